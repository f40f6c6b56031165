"""The document's own number and type among its mentions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.citations.found import Found
from kb.models import CitationKind, Document, Span
from kb.numbers import DocumentNumber, format_number

_HEAD = 2500
#: What stands before the number in its line: ``Số:``, with a type word or not, behind capitals of the letterhead.
_SO_RE = re.compile(
    r"(?:(?:Luật|Bộ luật|Pháp lệnh|Nghị quyết|Nghị định|Quyết định|Thông tư|Chỉ thị|Lệnh)\s+[Ss]ố\s*:{1,2}"
    r"|S[ốỐ]\s*:{0,2})\s*$"
)
_LONGEST_HEAD = 90
#: A title in capitals that names another document: ``BÃI BỎ QUYẾT ĐỊNH SỐ …``.
_DEED_RE = re.compile(
    r"(?<![^\W\d_])(?:BÃI BỎ|SỬA ĐỔI|BỔ SUNG|THAY THẾ|THỰC HIỆN|TRIỂN KHAI|THEO|TẠI|CỦA)(?![^\W\d_])"
)
_WITH_RE = re.compile(r"[Kk]èm[ \n]{1,2}theo[ \n]{1,2}(?:[^\W\d_]+[ \n]){0,4}$")


def mark_own(document: Document, found: Sequence[Found]) -> Found | None:
    """The mention of the document's own number in its head; it and its repetitions become ``self``."""
    own = _in_header(document, found) or (None if document.metadata.number else _by_line(document, found))
    if own is None or own.mention is None:
        return None
    own.kind = CitationKind.SELF
    number = own.mention.number
    text, issued = document.reading.text, document.metadata.issued
    for one in found:
        if one is own or one.mention is None or one.kind is not CitationKind.NUMBER:
            continue
        if not _same(one.mention.number, number):
            continue
        dates = issued is not None and one.mention.issued is not None and one.mention.issued == issued.value
        with_it = _WITH_RE.search(text, max(0, one.start - 60), one.start) is not None
        if dates or (with_it and (issued is None or one.mention.issued is None)):
            one.kind = CitationKind.SELF
    return own


def _same(first: DocumentNumber, second: DocumentNumber) -> bool:
    """Whether two numbers are one, case and leading zeros aside."""
    if first.number.lstrip("0") != second.number.lstrip("0"):
        return False
    return format_number(first).lstrip("0").casefold() == format_number(second).lstrip("0").casefold()


def own_type(document: Document, own: Found | None) -> str | None:
    """What kind of document it is, as its head or its number says."""
    if own is None and document.metadata.number is not None:
        return None  # what the header took for its number is no head: a passage, not a document
    return document.metadata.type.value if document.metadata.type else own.type if own else None


def _in_header(document: Document, found: Sequence[Found]) -> Found | None:
    field = document.metadata.number
    if field is None:
        return None
    for one in found:
        if one.mention and any(_overlap(part, span) for part in one.parts for span in field.spans):
            return one if _heads(document.reading.text, one, numbered=False) else None
    return None


def _by_line(document: Document, found: Sequence[Found]) -> Found | None:
    """Without a header: the first number that ``Số:`` at the beginning of a line introduces."""
    for one in found:
        if one.start > _HEAD:
            return None
        if one.mention and _heads(document.reading.text, one, numbered=True):
            return one
    return None


def _heads(text: str, found: Found, *, numbered: bool) -> bool:
    """Whether a number stands where a head has it: behind ``Số:``, or alone where that is not asked."""
    if found.mention is None:
        return False
    at = found.mention.number_span[0]
    line = text.rfind("\n", max(0, at - _LONGEST_HEAD), min(at, found.left)) + 1
    before = text[max(line, at - _LONGEST_HEAD) : at]
    so = _SO_RE.search(before)
    rest = before[: so.start()] if so else before
    if any(letter.islower() for letter in rest) or _DEED_RE.search(rest):
        return False
    return so is not None or not numbered


def _overlap(first: Span, second: Span) -> bool:
    return first.start < second.end and second.start < first.end
