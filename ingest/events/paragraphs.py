"""Paragraphs of a norm as an amender reads them: under which article and clause each stands, what is quoted.

New wording put in quotation marks is no statement of the amending text, however much it looks like one: what
stands between an opening mark at the head of a paragraph and the closing one is left out, and kept beside the
paragraph that brings it in.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kb.models import BlockKind, Citation, Document, Span

ARTICLE, CLAUSE, POINT, DASH, PLAIN = 0, 1, 2, 3, 4

_ARTICLE_RE = re.compile(r"(?:ĐIỀU|Điều)\s+(?P<no>\d{1,3}[a-zđ]?)(?:\s*[.:)]|\s*$|\s+(?=[A-ZĐÀ-Ỹ]))\s*")
_CLAUSE_RE = re.compile(r"(?P<no>\d{1,3}[a-zđ]?)\s*[.)]\s*(?=\D)")
_POINT_RE = re.compile(r"(?P<no>[a-zđ]{1,2}|[a-zđ]\d{1,2}|\d{1,2}\.\d{1,2})[.)]\s+")
_DASH_RE = re.compile(r"[-–+•*]\s*")
_OPEN = '“"«'
#: A quotation that opens a paragraph and is not closed in it goes on to the paragraph that ends with its mark.
_CLOSED_RE = re.compile(r"[”\"»]\s*[.;,]?\s*(?:\([^()]*\)\s*[.;,]?)?\s*$")
_LEAD_RE = re.compile(r"(?:như sau|sau đây|sau)\s*:?\s*$|:\s*$", re.IGNORECASE)
_LONGEST_QUOTE = 4000
_COMMAND_RE = re.compile(
    r"(?:(?:sửa đổi|bổ sung|thay thế|bãi bỏ)\b"
    r"|(?:tên |các )?(?:điều|khoản|điểm|mục|chương)\s[^.;:]{1,80}?được\s+(?:sửa|bổ sung))"
    r"[^.]{0,300}?(?:như\s+sau|nhu\s+sau)\s*:?\s*$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Paragraph:
    """One paragraph: `start` is the offset in the reading text of `text`, which has no label.

    `level` is that of its label; `article`, `clause` where it stands; `quoted` the new wording that follows it;
    `appendix` says that it stands behind the signature.
    """

    start: int
    end: int
    text: str
    level: int
    article: str | None
    clause: str | None
    unit: str | None
    heading: bool = False
    quoted: list[str] = field(default_factory=list)


def read_paragraphs(document: Document) -> list[Paragraph]:
    """The paragraphs of a document that speak for themselves, in reading order."""
    found: list[Paragraph] = []
    quote: str | None = None
    length = 0
    article: str | None = None
    clause: str | None = None
    for block in document.blocks:
        if block.kind is not BlockKind.TEXT:
            continue
        raw = block.view.cut(document.reading.text)
        text = raw.strip()
        if not text:
            continue
        at = block.view.start + raw.index(text[0])
        label = _ARTICLE_RE.match(text)
        if quote is not None:
            length += 1
            ended = _is_next(label, article) and not _expects_article(found)
            if length < _LONGEST_QUOTE and not ended and not _commands_next(text, clause):
                if found:
                    found[-1].quoted.append(text)
                if _CLOSED_RE.search(text):
                    quote = None
                continue
            quote = None
        if text[0] in _OPEN and found and _LEAD_RE.search(found[-1].text):
            found[-1].quoted.append(text)
            if not _CLOSED_RE.search(text[1:]):
                quote, length = text[0], 0
            continue
        if label and not _is_next(label, article) and found and _LEAD_RE.search(found[-1].text):
            # New wording without quotation marks: an article out of its turn.
            found[-1].quoted.append(text)
            continue
        paragraph = _paragraph(text, at, block.view.end, label, article, clause, block.unit)
        article, clause = paragraph.article, paragraph.clause
        found.append(paragraph)
    return found


def _is_next(label: re.Match[str] | None, article: str | None) -> bool:
    """Whether an article's label goes on the numbering of the document itself."""
    if label is None:
        return False
    number = int(re.sub(r"\D", "", label["no"]))
    before = int(re.sub(r"\D", "", article)) if article else 0
    return number == before + 1 or (before == 0 and number < 5)


def _commands_next(text: str, clause: str | None) -> bool:
    """Whether the next clause of the document itself begins where a quotation was left open."""
    found = _CLAUSE_RE.match(text)
    if found is None or clause is None or not (found["no"].isdigit() and clause.isdigit()):
        return False
    return int(found["no"]) == int(clause) + 1 and bool(_COMMAND_RE.match(text, found.end()))


def _expects_article(found: Sequence[Paragraph]) -> bool:
    """Whether the paragraph before brings in whole articles, whose numbers may look like our own."""
    return bool(found and re.search(r"[Đđ]iều\s+\d+", found[-1].text) and len(found[-1].quoted) < 2)


def _paragraph(
    text: str,
    at: int,
    end: int,
    label: re.Match[str] | None,
    article: str | None,
    clause: str | None,
    unit: str | None,
) -> Paragraph:
    if label:
        rest = text[label.end() :]
        return Paragraph(at + label.end(), end, rest, ARTICLE, label["no"], None, unit, heading=True)
    for level, pattern in ((POINT, _POINT_RE), (CLAUSE, _CLAUSE_RE), (DASH, _DASH_RE)):
        found = pattern.match(text)
        if found:
            if level == CLAUSE:
                clause = found["no"]
            return Paragraph(at + found.end(), end, text[found.end() :], level, article, clause, unit)
    return Paragraph(at, end, text, PLAIN, article, clause, unit)


class Mentions:
    """The citations of a document by where they stand in its reading text."""

    def __init__(self, document: Document, citations: Sequence[Citation]) -> None:
        view = document.reading
        order = sorted(range(len(view.starts)), key=lambda at: view.origins[at])
        origins = [view.origins[at] for at in order]
        self.citations = citations
        self._found: list[tuple[int, int, int]] = []
        for index, citation in enumerate(citations):
            start = self._in_view(document, order, origins, citation.parts[0].start)
            end = self._in_view(document, order, origins, citation.parts[-1].end - 1)
            if start is not None and end is not None:
                self._found.append((start, end + 1, index))
        self._found.sort()
        self._starts = [start for start, _, _ in self._found]

    def between(self, low: int, high: int) -> Iterator[tuple[int, int, int]]:
        """The citations that begin in a range of the reading text: start, end, index."""
        at = bisect_right(self._starts, low - 1)
        while at < len(self._found) and self._found[at][0] < high:
            yield self._found[at]
            at += 1

    @staticmethod
    def _in_view(document: Document, order: list[int], origins: list[int], offset: int) -> int | None:
        view = document.reading
        at = bisect_right(origins, offset) - 1
        if at < 0:
            return None
        segment = order[at]
        origin, width, here = view.origins[segment], view.widths[segment], view.starts[segment]
        if offset >= origin + width:
            return None
        after = view.starts[segment + 1] if segment + 1 < len(view.starts) else len(view.text)
        return here + (offset - origin if width == after - here else 0)


def source_span(document: Document, start: int, end: int) -> Span:
    """The range of the document's text behind a range of its reading text."""
    return document.reading.hull(start, end)
