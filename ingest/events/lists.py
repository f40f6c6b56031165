"""Tables of documents that have ended: ``danh mục văn bản hết hiệu lực``, ``danh mục văn bản bị bãi bỏ``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.citations.pinpoints import find_pinpoints
from ingest.events.days import date_of
from ingest.events.paragraphs import Mentions
from kb.models import Change, Citation, CitationKind, Document, Row, Span, StatedEvent, Table, When

#: A list of documents that end; one of procedures, or of papers that data stand in for, only cites its documents.
_TITLE_RE = re.compile(
    r"(?:danh\s+mục\s+(?=hết|bị|ngưng)"
    r"|(?:văn\s+bản|VBQPPL|luật|pháp\s+lệnh|nghị\s+(?:định|quyết)|quyết\s+định|chỉ\s+thị|thông\s+tư)(?![^\W\d_])"
    r"(?:(?!thủ\s+tục|TTHC|hồ\s+sơ|giấy\s+tờ)[^.;:]){0,160}?)"
    r"(?:hết\s+hiệu\s+lực|bãi\s+bỏ|ngưng\s+hiệu\s+lực|(?:được|bị)\s+thay\s+thế)"
    r"(?!\s+(?:\S+\s+){0,3}(?:thủ\s+tục|TTHC))",
    re.IGNORECASE,
)
_PARTLY_RE = re.compile(r"một\s+phần", re.IGNORECASE)
_DAY_COLUMN_RE = re.compile(r"ngày[^/]*(?:hết|ngưng)\s+hiệu\s+lực|thời\s+điểm\s+hết", re.IGNORECASE)
_PART_COLUMN_RE = re.compile(r"nội\s+dung|quy\s+định\s+(?:hết|bị)|điều,?\s+khoản", re.IGNORECASE)
_CELL_DAY_RE = re.compile(r"(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4})(?P<m2>)(?P<y2>)")


def table_events(document: Document, citations: Sequence[Citation], mentions: Mentions) -> Iterator[StatedEvent]:
    """The ends that tables of the document list, one row a document."""
    for table in document.tables:
        words = " ".join(filter(None, (table.title, table.caption, _over(document, table))))
        if not _TITLE_RE.search(words):
            continue
        for row in table.rows:
            event = _row_event(document, citations, table, row, words)
            if event:
                yield event


def _over(document: Document, table: Table) -> str:
    """The words that stand right over a table, its title where no reader has found one."""
    return document.text[max(0, table.span.start - 400) : table.span.start] if not table.title else ""


def _row_event(
    document: Document, citations: Sequence[Citation], table: Table, row: Row, words: str
) -> StatedEvent | None:
    cells = [span for cell in row.cells for span in cell.spans]
    if not cells:
        return None
    hull = Span(min(span.start for span in cells), max(span.end for span in cells))
    target = next(
        (
            at
            for at, citation in enumerate(citations)
            if hull.start <= citation.span.start < hull.end and citation.kind is CitationKind.NUMBER
        ),
        None,
    )
    if target is None:
        return None
    on = None
    places: tuple[object, ...] = ()
    partly = bool(_PARTLY_RE.search(words))
    for column, cell in zip(table.columns, row.cells, strict=False):
        text = cell.text or ""
        day = _CELL_DAY_RE.search(text) if _DAY_COLUMN_RE.search(column) else None
        on = on or (date_of(day) if day else None)
        if partly and _PART_COLUMN_RE.search(column):
            places += tuple(place for run in find_pinpoints(text) for place in run.pinpoints)
    change = Change.SUSPEND if re.search(r"ngưng\s+hiệu\s+lực", words, re.IGNORECASE) else Change.END
    if change is Change.END and re.search(r"bãi\s+bỏ", words, re.IGNORECASE) and not on:
        change = Change.REPEAL
    if partly and not places:
        change = Change.AMEND
    return StatedEvent(
        change,
        hull,
        When.DAY if on else When.ACT,
        on,
        target=target,
        pinpoints=places,  # type: ignore[arg-type]
        unit=table.unit,
    )
