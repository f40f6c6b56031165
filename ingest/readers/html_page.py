"""The door to lxml.html: a saved page as a tree, its encoding told as a browser tells it."""

from __future__ import annotations

import codecs
import email
import email.policy
import re
from typing import Any

from lxml import etree, html

from ingest.readers.decode import decode_text
from kb.errors import UnreadableFile
from kb.models import Problem, Severity

#: An element of a page: lxml's.
Element = Any

_CHARSET_RE = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:-]+)|<\?xml[^>]{0,100}?encoding=[\"']([\w-]+)", re.I
)
_DECLARATION_RE = re.compile(r"\s*<\?xml[^>]*\?>")
_ARCHIVE_RE = re.compile(rb"\s*(?:from:|mime-version:)", re.IGNORECASE)
_NUL_RE = re.compile("[\x00-\x08\x0b\x0e-\x1f]")
_INLINE_RE = re.compile(r"</?(?:font|span|b|i|u|strong|em|a|big|small|ins)(?=[\s>/])[^<>]*>", re.IGNORECASE)
_BOX_RE = re.compile(r"</?(?:div|center|blockquote|section|ul|ol|dl|li)(?=[\s>/])[^<>]*>", re.IGNORECASE)
_TOO_DEEP = Problem(
    __name__,
    "html.depth",
    "trang lồng thẻ quá sâu: đọc được chữ, không đọc được kiểu chữ và danh sách",
    "tags nested too deep: words are read, type and lists are not",
)
# Browsers read these names as windows-1252, whose codes 80-9F are letters.
_WIDER = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254"}


def parse_page(data: bytes) -> tuple[Element, tuple[Problem, ...]]:
    """The root element of a page, and what is odd about its encoding."""
    if _ARCHIVE_RE.match(data):
        data = _archived_page(data)
    text, problems = _decode(data)
    text = _NUL_RE.sub(" ", _DECLARATION_RE.sub("", text, count=1))
    try:
        root, whole = _parse(text)
        if not whole:
            root, _ = _parse(_flatten(text))
            problems = (*problems, _TOO_DEEP)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise UnreadableFile(
            code="html.damaged", vi="trang HTML không có nội dung", en="the HTML page has no content"
        ) from error
    return root, problems


def _parse(text: str) -> tuple[Element, bool]:
    """The root of a page, and whether the parser took all of it.

    Word nests a font in a font hundreds deep; the parser's usual limit of 256 would drop the rest of the page.
    """
    parser = html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, no_network=True)
    root = html.document_fromstring(text, parser=parser)
    return root, not any("depth" in str(entry.message) for entry in parser.error_log)


def _flatten(text: str) -> str:
    """A page without the tags that nest without need: only its lines remain apart."""
    return _BOX_RE.sub("<br>", _INLINE_RE.sub("", text))


def _decode(data: bytes) -> tuple[str, tuple[Problem, ...]]:
    found = _CHARSET_RE.search(data[:4096])
    name = (found[1] or found[2]).decode("ascii").lower() if found else ""
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decode_text(data)
    try:
        codec = codecs.lookup(name).name if name else ""
    except LookupError:
        codec = ""
    if not codec or codec.startswith("utf"):
        return _decode_plain(data)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(_WIDER.get(codec, codec), errors="replace"), ()
    # Pages saved again as UTF-8 keep the declaration of what they were.
    return _decode_plain(data)


def _decode_plain(data: bytes) -> tuple[str, tuple[Problem, ...]]:
    try:
        return decode_text(data)
    except UnreadableFile as error:
        text = data.decode("utf-8", errors="replace")
        lost = text.count("\ufffd")
        if lost > 50 or lost > len(text) // 1000:
            raise
        return text, (
            Problem(
                __name__,
                "html.encoding",
                f"{lost} ký tự không đọc được trong trang UTF-8 ({error.vi})",
                f"{lost} unreadable characters in a UTF-8 page",
                severity=Severity.WARNING,
            ),
        )


def _archived_page(data: bytes) -> bytes:
    """The page inside a web archive (MHTML, which Word also saves as ``.doc``)."""
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and content.strip():
                charset = part.get_content_charset()
                if charset and not _CHARSET_RE.search(content[:4096]):
                    return b'<meta charset="' + charset.encode("ascii", "replace") + b'">' + content
                return content
    raise UnreadableFile(
        code="html.damaged", vi="tệp lưu trữ web không chứa trang HTML", en="the web archive holds no HTML page"
    )
