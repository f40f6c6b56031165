"""Tables without rules: rows one under the other whose parts stand in the same columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.readers.pdf_print import PrintedCell, PrintedTable, Segment

# Fewer columns are letterheads, signatures and tabs; fewer rows line up by chance.
_COLUMNS_MIN = 3
_ROWS_MIN = 3
_ALIGNED = 4.0
# Rows farther apart than this many sizes are no table.
_APART = 2.5
_LEADER_RE = re.compile(r"[.…_\-–\s]+")


def split_unruled(rows: Sequence[list[Segment]]) -> list[list[list[Segment]] | PrintedTable]:
    """The rows in order, in lists, with a table in place of three or more rows that line up in columns."""
    parts: list[list[list[Segment]] | PrintedTable] = []
    plain: list[list[Segment]] = []
    at = 0
    while at < len(rows):
        end = at + 1
        if _may_be_row(rows[at]):
            while end < len(rows) and _line_up(rows[end - 1], rows[end]):
                end += 1
        if end - at < _ROWS_MIN:
            plain.append(rows[at])
            at += 1
            continue
        if plain:
            parts.append(plain)
            plain = []
        parts.append(_build(rows[at:end]))
        at = end
    if plain:
        parts.append(plain)
    return parts


def _may_be_row(row: Sequence[Segment]) -> bool:
    return (
        len(row) >= _COLUMNS_MIN
        and not row[0].turned
        and all(segment.column is None for segment in row)
        and not any(_LEADER_RE.fullmatch(segment.text) and len(segment.text) > 3 for segment in row)
    )


def _line_up(above: Sequence[Segment], below: Sequence[Segment]) -> bool:
    """Whether each part of a row starts, ends or has its middle where the one above has."""
    if len(above) != len(below) or not _may_be_row(below):
        return False
    if below[0].baseline - above[0].baseline > _APART * max(above[0].size, below[0].size):
        return False
    return all(
        min(abs(a.x0 - b.x0), abs(a.x1 - b.x1), abs(a.center - b.center)) < _ALIGNED
        for a, b in zip(above, below, strict=True)
    )


def _build(rows: Sequence[list[Segment]]) -> PrintedTable:
    segments = [segment for row in rows for segment in row]
    return PrintedTable(
        min(s.x0 for s in segments),
        min(s.top for s in segments),
        max(s.x1 for s in segments),
        max(s.bottom for s in segments),
        len(rows[0]),
        tuple(
            tuple(PrintedCell(s.text, column, confidence=s.confidence) for column, s in enumerate(row))
            for row in rows
        ),
        tuple(min(s.top for s in row) for row in rows),
    )
