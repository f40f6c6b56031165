"""The door to python-docx: a Word file opened with care, its parts as XML trees."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from docx.opc.exceptions import OpcError
from docx.opc.part import Part
from docx.opc.rel import _Relationship
from docx.oxml.parser import parse_xml
from docx.package import Package
from lxml.etree import XMLSyntaxError

from kb.errors import UnreadableFile

#: An element of a part: python-docx gives lxml's.
Element = Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

#: All members together, unzipped; a 1,500-page Word file with pictures has some 300 MB.
TOTAL_LIMIT = 512 * 1024 * 1024
#: One XML part, unzipped; 9 MB holds a table of 10,000 rows as portals export it.
PART_LIMIT = 192 * 1024 * 1024
#: XML of repeated table borders shrinks 60 times; a bomb shrinks 1,000 times.
RATIO_LIMIT = 400
_RATIO_FREE = 4 * 1024 * 1024
_MEMBER_LIMIT = 20_000
_ENTITY_RE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ENTITY_WIDE_RE = re.compile(rb"<\x00?!\x00?(?:D\x00?O\x00?C\x00?T\x00?Y|E\x00?N\x00?T\x00?I)")
# ISO 29500 Strict names the same things with other addresses.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
)


@dataclass(frozen=True, slots=True)
class WordFile:
    """The parts of a Word file that hold text or say how it is printed; None where there is no such part.

    `chunks` are whole files (HTML, mostly) that programs put into a Word file for Word to convert.
    """

    body: Element
    styles: Element | None = None
    numbering: Element | None = None
    settings: Element | None = None
    footnotes: Element | None = None
    endnotes: Element | None = None
    headers: dict[str, Element] = field(default_factory=dict)
    chunks: dict[str, bytes] = field(default_factory=dict)


def open_word(data: bytes) -> WordFile:
    """The parts of a Word file; refuses bombs, damage and what is no Word file."""
    check_package(data)
    if b"purl.oclc.org/ooxml" in _member(data, "_rels/.rels"):
        data = _transitional(data)
    try:
        main = Package.open(io.BytesIO(data)).main_document_part
        parts = _related(main)
        chunks = {key: part.target_part.blob for key, part in main.rels.items() if _is_chunk(part)}
        root = _element(main)
    except (
        OpcError,
        KeyError,
        ValueError,
        AttributeError,
        XMLSyntaxError,
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
    ) as error:
        raise damaged_word(type(error).__name__) from error
    body = root.find(f"{W}body")
    if body is None:
        raise damaged_word(detail="no w:body")
    single = {kind: next(iter(trees.values())) for kind, trees in parts.items() if kind in _SINGLE}
    return WordFile(body, **single, headers={**parts.get("header", {}), **parts.get("footer", {})}, chunks=chunks)


def damaged_word(detail: str) -> UnreadableFile:
    """The refusal of a Word file that cannot be opened."""
    return UnreadableFile(
        "docx.damaged",
        f"tệp Word bị hỏng hoặc không đúng định dạng ({detail})",
        f"the Word file is damaged or not in its format ({detail})",
    )


def check_package(data: bytes) -> None:
    """Refuse a zip container that would burst: too many or too large members, or XML that declares entities.

    The sizes that the directory states are checked first; they can lie, so members are then read through a cap.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            total = sum(member.file_size for member in members)
            if len(members) > _MEMBER_LIMIT or total > TOTAL_LIMIT or _is_dense(total, len(data)):
                raise _bomb()
            for member in members:
                if member.flag_bits & 1:
                    raise UnreadableFile(
                        code="file.password",
                        vi="tệp được bảo vệ bằng mật khẩu; hãy bỏ mật khẩu rồi nạp lại",
                        en="the file is protected by a password; remove it and try again",
                    )
                if member.filename.lower().endswith((".xml", ".rels")):
                    _check_member(archive, member)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise UnreadableFile(
            code="file.truncated",
            vi="tệp nén (Word, ODT) bị hỏng hoặc bị cắt cụt",
            en="the zip container (Word, ODT) is damaged or truncated",
        ) from error


def _check_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    if member.file_size > PART_LIMIT or _is_dense(member.file_size, member.compress_size):
        raise _bomb()
    with archive.open(member) as stream:
        read = 0
        # A declaration stands before the root element, hence in the first block.
        first = True
        while block := stream.read(1 << 20):
            read += len(block)
            if read > PART_LIMIT:
                raise _bomb()
            if first and (_ENTITY_RE.search(block) or _ENTITY_WIDE_RE.search(block)):
                raise UnreadableFile(
                    code="file.xml_entities",
                    vi="tệp bị từ chối: XML bên trong khai báo thực thể (DTD), có thể là mã độc",
                    en="refused: XML inside declares entities (a DTD), which may be an attack",
                )
            first = False


def _is_dense(size: int, packed: int) -> bool:
    return size > _RATIO_FREE and size > RATIO_LIMIT * max(packed, 1)


def _bomb() -> UnreadableFile:
    return UnreadableFile(
        "file.zip_bomb",
        "tệp bị từ chối: bung nén ra quá lớn (bom nén)",
        "refused: it would unzip to far more than a document (zip bomb)",
    )


def _member(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name) if name in archive.namelist() else b""


def _transitional(data: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(target, "w") as copy:
        for member in archive.infolist():
            content = archive.read(member)
            if member.filename.endswith((".xml", ".rels")):
                for strict, transitional in _STRICT:
                    content = content.replace(strict, transitional)
            copy.writestr(member.filename, content)
    return target.getvalue()


def _is_chunk(relation: _Relationship) -> bool:
    return not relation.is_external and relation.reltype.endswith("/aFChunk")


def _related(main: Part) -> dict[str, dict[str, Element]]:
    """The trees of the parts that the main part names, by the last word of the relation, then by its id."""
    found: dict[str, dict[str, Element]] = {}
    for key, relation in main.rels.items():
        kind = relation.reltype.rpartition("/")[2]
        if relation.is_external or kind not in _KINDS:
            continue
        found.setdefault(kind, {})[key] = _element(relation.target_part)
    return found


_SINGLE = frozenset({"styles", "numbering", "settings", "footnotes", "endnotes"})
_KINDS = _SINGLE | {"header", "footer"}


def _element(part: Part) -> Element:
    element = getattr(part, "element", None)
    return element if element is not None else parse_xml(part.blob)


def iter_children(element: Element) -> Iterator[Element]:
    """The elements that stand in an element as Word shows them: wrappers opened, deleted text left out.

    Content controls, smart tags, insertions and moved-in text are opened; of alternative contents the first is
    taken; comments and processing instructions are passed over.
    """
    for child in element:
        tag = child.tag
        if not isinstance(tag, str) or tag in _DROPPED:
            continue
        if tag in _WRAPPERS:
            yield from iter_children(child)
        elif tag == f"{W}sdt":
            for content in child.findall(f"{W}sdtContent"):
                yield from iter_children(content)
        elif tag == f"{MC}AlternateContent":
            chosen = child.find(f"{MC}Choice")
            chosen = chosen if chosen is not None else child.find(f"{MC}Fallback")
            if chosen is not None:
                yield from iter_children(chosen)
        else:
            yield child


_DROPPED = frozenset(f"{W}{name}" for name in ("del", "moveFrom", "bookmarkStart", "bookmarkEnd", "proofErr"))
_WRAPPERS = frozenset(
    f"{W}{name}" for name in ("ins", "moveTo", "smartTag", "customXml", "hyperlink", "fldSimple", "dir", "bdo")
)
