"""Files as they come in: which ones, what each is by its content, and its bytes."""

from __future__ import annotations

import hashlib
import io
import os
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ingest.readers.decode import decode_text
from kb.errors import UnreadableFile, system_reason
from kb.models import MediaType, Problem, Severity, SourceFile

#: Bytes of the largest file that is read; a gazette scan of 500 pages takes some 60 MB.
SIZE_LIMIT = 200 * 1024 * 1024

_MAGIC = (
    (b"{\\rtf", MediaType.RTF),
    (b"\x89PNG\r\n\x1a\n", MediaType.PNG),
    (b"\xff\xd8\xff", MediaType.JPEG),
    (b"II*\x00", MediaType.TIFF),
    (b"MM\x00*", MediaType.TIFF),
)
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Names of streams in an OLE2 file are UTF-16.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLE2_KINDS = (
    ("WordDocument".encode("utf-16-le"), "doc"),
    ("Workbook".encode("utf-16-le"), "Excel"),
    ("PowerPoint Document".encode("utf-16-le"), "PowerPoint"),
)
# What else comes in a zip container, by the folder that tells it; the last one is any.
_ZIP_KINDS = (
    (
        "xl/",
        "tệp Excel không được hỗ trợ (danh mục văn bản thì nạp bằng “cancu catalogue import”)",
        "Excel files are not supported (a list of documents is loaded with “cancu catalogue import”)",
    ),
    ("ppt/", "tệp PowerPoint không được hỗ trợ", "PowerPoint files are not supported"),
    (
        "",
        "tệp nén không phải văn bản Word hay ODT; nếu là gói nhiều tệp, hãy giải nén rồi nạp cả thư mục",
        "a zip file that is neither Word nor ODT; if files are packed in it, unpack it and load the folder",
    ),
)
_HTML_RE = re.compile(
    rb"<!doctype\s+html|<(?:html|head|body|main|article|section|table|div|p|span|meta|title|h[1-6]|center|font)"
    rb"(?=[\s>/])[^<>]*>",
    re.IGNORECASE,
)
_HTML_END_RE = re.compile(rb"</(?:p|div|table|span|b|article|section|main|h[1-6])\s*>\s*$", re.IGNORECASE)
_MARKDOWN_RE = re.compile(r"^(?:#{1,6} \S|\|(?:\s*:?-{3,}:?\s*\|)+\s*$|```|\[\^\w+\]:)", re.MULTILINE)
_EXTENSIONS = {
    MediaType.PLAIN: (".txt", ".text", ".log", ".md"),
    MediaType.MARKDOWN: (".md", ".markdown", ".txt"),
    MediaType.HTML: (".html", ".htm", ".xhtml", ".mht", ".mhtml"),
    MediaType.PDF: (".pdf",),
    MediaType.DOCX: (".docx", ".docm", ".dotx"),
    MediaType.ODT: (".odt", ".ott"),
    MediaType.DOC: (".doc", ".dot"),
    MediaType.RTF: (".rtf",),
    MediaType.PNG: (".png",),
    MediaType.JPEG: (".jpg", ".jpeg"),
    MediaType.TIFF: (".tif", ".tiff"),
}


def sniff(data: bytes, name: str) -> MediaType:
    r"""What a file is, by its content; its name only tells Markdown from plain text.

    >>> sniff(b"%PDF-1.7 ...", "bao-cao.docx").name, sniff("# Báo cáo\n".encode(), "a.txt").name
    ('PDF', 'MARKDOWN')
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise UnreadableFile(code="file.empty", vi="tệp rỗng", en="the file is empty")
    for magic, media_type in _MAGIC:
        if data.startswith(magic):
            return media_type
    if b"%PDF-" in data[:1024]:
        return MediaType.PDF
    if data.startswith(_OLE2):
        return _sniff_ole2(data)
    if data.startswith(b"PK"):
        return _sniff_zip(data)
    if looks_like_html(data, Path(name).suffix.lower()):
        return MediaType.HTML
    text, _ = decode_text(data)
    if Path(name).suffix.lower() in {".md", ".markdown"} or _is_markdown(text):
        return MediaType.MARKDOWN
    return MediaType.PLAIN


def _is_markdown(text: str) -> bool:
    """Whether a text is marked up: it opens with a heading, or has several marks; one ``#`` may be a slip."""
    return text.lstrip("\ufeff \r\n").startswith("# ") or len(_MARKDOWN_RE.findall(text[:200000])) >= 3


def check_extension(source: SourceFile) -> tuple[Problem, ...]:
    """A warning when the name of a file says another format than its content."""
    suffix = Path(source.path).suffix.lower()
    if (
        not suffix
        or suffix in _EXTENSIONS[source.media_type]
        or not any(suffix in known for known in _EXTENSIONS.values())
    ):
        return ()
    kind = source.media_type.name
    return (
        Problem(
            __name__,
            "file.extension",
            f"phần mở rộng {suffix} không đúng: nội dung là {kind}",
            f"the extension {suffix} is wrong: the content is {kind}",
            severity=Severity.WARNING,
        ),
    )


def load_source(path: Path | str, size_limit: int = SIZE_LIMIT) -> tuple[SourceFile, bytes]:
    """A file and its bytes; refuses what is empty, too big, unreadable or of no known format."""
    path = Path(path)
    try:
        size = path.stat().st_size
        if size > size_limit:
            raise UnreadableFile(
                code="file.size",
                vi=f"tệp {size / 1e6:.0f} MB, quá giới hạn {size_limit / 1e6:.0f} MB",
                en=f"the file has {size / 1e6:.0f} MB, more than the limit of {size_limit / 1e6:.0f} MB",
            )
        data = path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from error
    return source_of(str(path), data), data


def source_of(path: str, data: bytes) -> SourceFile:
    """What bytes are that came under a name; refuses what is empty or of no known format."""
    retrieved = datetime.now(UTC).isoformat(timespec="seconds")
    media_type = sniff(data, Path(path).name)
    return SourceFile(path, hashlib.sha256(data).hexdigest(), media_type, len(data), retrieved=retrieved)


@dataclass(frozen=True, slots=True)
class Passed:
    """A path that gives no file, and why; an error where it should have given one."""

    path: Path
    vi: str
    en: str
    severity: Severity = Severity.WARNING
    code: str = "file.skipped"


def iter_files(paths: Iterable[Path | str], passed: list[Passed] | None = None) -> Iterator[Path]:
    """The files under `paths`, folders walked in the order of names, each file once.

    Hidden files, Word's lock files (``~$...``), and folders that cannot be read are named in `passed`;
    a path that does not exist too. A folder reached again through a link is not walked twice.
    """
    said: list[Passed] = [] if passed is None else passed
    seen: set[tuple[int, int]] = set()
    for path in map(Path, paths):
        try:
            path.stat()
        except OSError as error:
            reason = system_reason(error)
            said.append(Passed(path, reason, reason.en, Severity.ERROR))
            continue
        yield from _walk(path, said, seen)


def _walk(path: Path, said: list[Passed], seen: set[tuple[int, int]]) -> Iterator[Path]:
    pending = [path]
    while pending:
        path = pending.pop()
        try:
            status = path.stat()
            key = (status.st_dev, status.st_ino)
            if key in seen:
                continue
            seen.add(key)
            if not path.is_dir():
                if path.is_file():
                    yield path
                else:
                    said.append(Passed(path, "không phải tệp thường", "not a regular file"))
                continue
            with os.scandir(path) as entries:
                names = sorted(entry.name for entry in entries)
        except OSError as error:
            why = system_reason(error)
            said.append(Passed(path, f"không đọc được: {why}", f"cannot be read: {why.en}", Severity.ERROR))
            continue
        for name in reversed(names):
            if name.startswith("."):
                said.append(Passed(path / name, "tệp ẩn", "hidden", Severity.NOTE))
            elif name.startswith(("~$", ".~lock.")):
                said.append(Passed(path / name, "tệp khóa tạm của Word", "lock file of Word", Severity.NOTE))
            else:
                pending.append(path / name)


def _unreadable(path: Path, error: OSError) -> UnreadableFile:
    if isinstance(error, IsADirectoryError):
        return UnreadableFile("file.folder", "đây là thư mục, không phải tệp", "a folder, not a file")
    why = system_reason(error)
    return UnreadableFile("file.unreadable", f"không đọc được tệp: {why}", f"the file cannot be read: {why.en}")


def _sniff_ole2(data: bytes) -> MediaType:
    if _ENCRYPTED in data:
        raise UnreadableFile(
            code="file.password",
            vi="tệp Word được bảo vệ bằng mật khẩu; hãy bỏ mật khẩu rồi nạp lại",
            en="the Word file is protected by a password; remove it and try again",
        )
    for mark, kind in _OLE2_KINDS:
        if mark in data:
            if kind == "doc":
                return MediaType.DOC
            raise UnreadableFile(
                code="file.unsupported", vi=f"tệp {kind} không được hỗ trợ", en=f"{kind} files are not supported"
            )
    raise UnreadableFile(
        code="file.unsupported",
        vi="tệp OLE2 không chứa văn bản Word, hoặc bị cắt cụt",
        en="an OLE2 file without a Word document, or truncated",
    )


def _sniff_zip(data: bytes) -> MediaType:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "word/document.xml" in names or any(re.match(r"word/document\d*\.xml$", name) for name in names):
                return MediaType.DOCX
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                kind = archive.read("mimetype").strip()
                if kind.startswith(b"application/vnd.oasis.opendocument.text"):
                    return MediaType.ODT
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError) as error:
        raise UnreadableFile(
            code="file.truncated",
            vi="tệp nén (Word, ODT) bị hỏng hoặc bị cắt cụt",
            en="the zip container (Word, ODT) is damaged or truncated",
        ) from error
    names.add("")
    vi, en = next((vi, en) for start, vi, en in _ZIP_KINDS if any(name.startswith(start) for name in names))
    raise UnreadableFile(code="file.unsupported", vi=vi, en=en)


def looks_like_html(data: bytes, suffix: str) -> bool:
    """Whether data are an HTML page, or a web archive with one."""
    head = data[:65536]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.replace(b"\x00", b"")
    lead = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if re.match(rb"(?:from:|mime-version:)", lead) and b"multipart/related" in lead[:4096]:
        return True
    if not lead.startswith(b"<"):
        return False
    if re.match(rb"<(?:!doctype\s+html|html|head|body|meta)", lead) or lead.startswith((b"<?xml", b"<!--")):
        return bool(_HTML_RE.search(head))
    # Text exported from OCR, and Markdown, may begin and end with an HTML table; a page is all tags.
    if lead.startswith(b"<table") and suffix in {".txt", ".md", ".markdown"}:
        return False
    return bool(_HTML_RE.match(lead)) and bool(_HTML_END_RE.search(data[-400:]))
