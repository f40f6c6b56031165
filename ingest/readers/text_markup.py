"""Tables written as HTML inside a plain text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.readers.flow import parse_count
from ingest.readers.text_cells import Found, pieces
from kb.models import GridCell, Line, Span

_PART_RE = re.compile(
    r"<(?P<close>/?)(?P<name>table|thead|tbody|tfoot|tr|td|th)\b(?P<rest>[^<>]*)>", re.IGNORECASE
)
_SPAN_RE = re.compile(r"(?P<name>colspan|rowspan)\s*=\s*[\"']?\s*(?P<count>\d{1,4})", re.IGNORECASE)
# A cell of a real table covers no more; a larger number means "to the end" or is damage.
_SPAN_MAX = 1000


@dataclass(slots=True)
class _Open:
    """A table being read: its rows, the cell that is open, and how many head rows it began with."""

    start: int
    rows: list[list[GridCell]] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    cell: tuple[int, int] | None = None
    at: int = 0
    depth: int = 1
    head: bool = False
    plain: bool = False
    header_rows: int = 0


def find_markup(text: str, lines: Sequence[Line], taken: bytearray) -> Iterator[Found]:
    """The HTML tables of a text; a table inside a cell is part of that cell's words."""
    if "<table" not in text and "<TABLE" not in text:
        return
    starts = [line.span.start for line in lines]
    table: _Open | None = None
    last = 0
    for tag in _PART_RE.finditer(text):
        name, closing = tag["name"].lower(), bool(tag["close"])
        if table is None:
            if name == "table" and not closing:
                table = _Open(tag.start())
            continue
        last = tag.end()
        if name == "table":
            _keep_words(text, table, tag)
            table.depth += -1 if closing else 1
            if table.depth == 0:
                yield from _finish(table, last, starts)
                table = None
        elif table.depth > 1:
            _keep_words(text, table, tag)
        else:
            _read_part(text, table, tag, name, closing)
    if table is not None:
        yield from _finish(table, last, starts)


def _read_part(text: str, table: _Open, tag: re.Match[str], name: str, closing: bool) -> None:
    """One tag of the table's own frame."""
    if name in {"td", "th", "tr"}:
        _close_cell(text, table, tag.start())
    if closing:
        table.head = table.head and name != "thead"
        return
    if name == "thead":
        table.head = True
    elif name in {"tbody", "tfoot"}:
        table.head = False
    elif name == "tr":
        table.rows.append([])
        table.plain = False
    else:
        if not table.rows:
            table.rows.append([])
        row = len(table.rows)
        # A row of <th> alone, or one in <thead>, is a head row.
        table.plain = table.plain or (name == "td" and not table.head)
        if not table.plain and table.header_rows == row - 1:
            table.header_rows = row
        elif table.plain and table.header_rows == row:
            table.header_rows = row - 1
        spans = {found["name"].lower(): _reach(found["count"]) for found in _SPAN_RE.finditer(tag["rest"])}
        table.cell = spans.get("colspan", 1), spans.get("rowspan", 1)
        table.at = tag.end()
        table.spans = []


def _keep_words(text: str, table: _Open, tag: re.Match[str]) -> None:
    """Words of a cell up to a tag of an inner table."""
    if table.cell is not None:
        table.spans += pieces(text, table.at, tag.start())
        table.at = tag.end()


def _close_cell(text: str, table: _Open, end: int) -> None:
    if table.cell is None:
        return
    spans = (*table.spans, *pieces(text, table.at, end))
    table.rows[-1].append(GridCell(spans, *table.cell))
    table.cell, table.spans = None, []


def _finish(table: _Open, end: int, starts: Sequence[int]) -> Iterator[Found]:
    table.cell = None
    rows = tuple(tuple(row) for row in table.rows if row)
    if rows and any(cell.spans for row in rows for cell in row):
        first = max(bisect_right(starts, table.start) - 1, 0)
        last = max(bisect_left(starts, end) - 1, first)
        yield Found(first, last, rows, table.header_rows or None)


def _reach(printed: str) -> int:
    count = parse_count(printed) or _SPAN_MAX
    return min(count, _SPAN_MAX)
