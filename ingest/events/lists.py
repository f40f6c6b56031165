"""Tables of documents that have ended: ``danh mục văn bản hết hiệu lực``, ``danh mục văn bản bị bãi bỏ``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.citations.pinpoints import find_pinpoints
from ingest.citations.repealed import EndedList, read_ended
from ingest.events.days import TYPES, date_of
from ingest.events.paragraphs import Mentions
from kb.models import Change, Citation, CitationKind, Document, Pinpoint, Row, Span, StatedEvent, Table, When

_DAY_COLUMN_RE = re.compile(r"(?:ngày|thời\s+(?:điểm|gian))[^/]*(?:hết|ngưng)\s+hiệu\s+lực", re.IGNORECASE)
_PART_COLUMN_RE = re.compile(r"nội\s+dung|quy\s+định\s+(?:hết|bị)|điều,?\s+khoản", re.IGNORECASE)
_TITLE_COLUMN_RE = re.compile(r"trích\s+yếu|tên\s+(?:gọi|văn\s+bản)", re.IGNORECASE)
_REASON_COLUMN_RE = re.compile(r"lý\s+do|căn\s+cứ|ghi\s+chú|văn\s+bản\s+(?:thay|bãi|sửa|quy)", re.IGNORECASE)
_CELL_DAY_RE = re.compile(r"(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4})(?P<m2>)(?P<y2>)")
_REASONS: tuple[tuple[re.Pattern[str], Change], ...] = (
    (re.compile(r"(?:sửa\s+đổi|bổ\s+sung)", re.IGNORECASE), Change.AMEND),
    (re.compile(r"ngưng\s+hiệu\s+lực", re.IGNORECASE), Change.SUSPEND),
    (re.compile(r"thay\s+thế", re.IGNORECASE), Change.REPLACE),
    (re.compile(r"bãi\s+bỏ|h[uủ][yỷ]\s+bỏ", re.IGNORECASE), Change.REPEAL),
)
_BY_RE = re.compile(
    r"(?:sửa\s+đổi|bổ\s+sung|thay\s+thế|bãi\s+bỏ|ngưng\s+hiệu\s+lực)"
    rf"(?:[^;.]{{0,80}}?\b(?:bởi|bằng|theo|tại|do)\b|\s+(?={TYPES}\s))",
    re.IGNORECASE,
)


def table_events(document: Document, citations: Sequence[Citation], mentions: Mentions) -> Iterator[StatedEvent]:
    """The ends that tables of the document list, one row a document."""
    for table in document.tables:
        kind = _kind(document, table)
        if kind is None:
            continue
        for row in table.rows:
            event = _row_event(document, citations, table, row, kind)
            if event:
                yield event


def change_of(kind: EndedList, reason: str, partly: bool) -> Change:
    """What happened to a document of a list, by the heading and by the reason that its row gives.

    >>> change_of(EndedList("hết hiệu lực", False), "Được thay thế bởi Thông tư số 5/2020/TT-BNV", False).value
    'thay thế'
    """
    for pattern, change in _REASONS:
        if pattern.search(reason) and (partly or change is not Change.AMEND):
            return change
    told = {"ngưng hiệu lực": Change.SUSPEND, "bãi bỏ": Change.REPEAL, "thay thế": Change.REPLACE}
    return told.get(kind.word, Change.END)


def acting_of(reason: str) -> re.Match[str] | None:
    """The words of a reason after which the document stands that did it; None where it names none.

    >>> acting_of("Được thay thế bởi Thông tư số 5").end()
    17
    """
    return _BY_RE.search(reason)


def _kind(document: Document, table: Table) -> EndedList | None:
    """What the nearest heading over a table says that it lists."""
    titles = [table.caption, table.title]
    if not table.title:
        titles.append(document.text[max(0, table.span.start - 400) : table.span.start])
    by_eid = {unit.eid: unit for unit in document.units}
    unit = by_eid.get(table.unit or "")
    while unit is not None:
        titles.append(unit.heading)
        unit = by_eid.get(unit.parent or "")
    found = [kind for title in titles if title and (kind := read_ended(title))]
    sure = next((kind for kind in found if kind.partly is not None), None)
    return sure or (found[0] if found else None)


def _row_event(
    document: Document, citations: Sequence[Citation], table: Table, row: Row, kind: EndedList
) -> StatedEvent | None:
    cells = [(name, cell) for name, cell in zip(table.columns, row.cells, strict=False) if cell.spans]
    if not cells:
        return None
    spans = [span for _, cell in cells for span in cell.spans]
    hull = Span(min(span.start for span in spans), max(span.end for span in spans))
    named = [(at, one) for at, one in enumerate(citations) if hull.start <= one.span.start < hull.end]
    named = [(at, one) for at, one in named if one.kind in (CitationKind.NUMBER, CitationKind.NAME)]
    places: tuple[Pinpoint, ...] = ()
    on: str | None = None
    reason, by = "", None
    own = list(named)
    for name, cell in cells:
        text = cell.text or ""
        inside = [at for at, one in named if any(s.start <= one.span.start < s.end for s in cell.spans)]
        if _DAY_COLUMN_RE.search(name):
            found = _CELL_DAY_RE.search(text)
            on = on or (date_of(found) if found else None)
        elif _REASON_COLUMN_RE.search(name):
            own = [pair for pair in own if pair[0] not in inside]
            reason = f"{reason} {text}"
            by = by if by is not None or not acting_of(text) else next(iter(inside), None)
        elif kind.partly is not False and _PART_COLUMN_RE.search(name) and not _TITLE_COLUMN_RE.search(name):
            places += tuple(place for run in find_pinpoints(text) for place in run.pinpoints)
    if not own:
        return None
    partly = bool(kind.partly or places)
    change = change_of(kind, reason, partly)
    return StatedEvent(
        Change.AMEND if partly and not places else change,
        hull,
        When.DAY if on else When.ACT if by is None else When.TOLD,
        on,
        target=own[0][0],
        pinpoints=places,
        other=by,
        unit=table.unit,
    )
