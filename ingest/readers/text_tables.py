"""Tables in plain text: rows with tabs or spaces between cells, HTML markup, Markdown pipes, a cell a paragraph.

Text exported from OCR or a portal holds tables in these dialects, with faults: a cell broken over lines,
markup inside a cell, trailing tabs lost. Each run of rows becomes one `Grid`; a table that a page break, notes or
blank lines cut gives several, which the structure joins. A table of markup that only sets the head or the foot of
a document side by side becomes lines, its left column first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.readers.flow import is_foot_line, is_head_line
from ingest.readers.text_cells import Found, trim
from ingest.readers.text_markup import find_markup
from ingest.readers.text_pipes import find_pipes
from ingest.readers.text_rows import find_tabbed
from ingest.readers.text_spaced import find_spaced
from ingest.readers.text_stacked import find_stacked
from kb.models import Grid, Line, LineKind, Span


def mark_tables(text: str, lines: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Grid, ...]]:
    r"""The lines, those of tables marked ROW, and the tables.

    >>> from kb.models import Span
    >>> text = "STT\tNội dung\tNăm 2024\n1\tHồ sơ\t12\n"
    >>> lines, grids = mark_tables(text, (Line(Span(0, 21)), Line(Span(22, 32))))
    >>> [line.kind.value for line in lines], [cell.spans[0].cut(text) for cell in grids[0].rows[1]]
    (['row', 'row'], ['1', 'Hồ sơ', '12'])
    """
    taken = bytearray(len(lines))
    found: list[Found] = []
    # Markup may hold tabs, and cells with tabs may hold pipes: the surest dialect first.
    for find in (find_markup, find_pipes, find_tabbed, find_stacked, find_spaced):
        for table in find(text, lines, taken):
            found.append(table)
            taken[table.first : table.last + 1] = b"\1" * (table.last + 1 - table.first)
    if not found:
        return tuple(lines), ()
    found.sort(key=lambda table: table.first)
    marked: list[Line] = []
    grids: list[Grid] = []
    at = 0
    for table in found:
        marked += lines[at : table.first]
        own = lines[table.first : table.last + 1]
        if _is_side_by_side(text, table):
            marked += _set_apart(text, own, table)
        else:
            first = len(marked)
            marked += [replace(line, kind=LineKind.ROW) for line in own]
            grids.append(Grid(table.rows, (first, len(marked) - 1), table.header_rows, own[0].page))
        at = table.last + 1
    marked += lines[at:]
    return tuple(marked), tuple(grids)


def _is_side_by_side(text: str, table: Found) -> bool:
    """Whether a table only sets the head or the foot of a document in columns."""
    columns = max(len(row) for row in table.rows)
    if not 1 < columns <= 4 or len(table.rows) > 8:
        return False
    words = [span.cut(text) for row in table.rows for cell in row for span in cell.spans]
    if any(map(is_head_line, words)):
        return True
    return columns <= 3 and len(table.rows) <= 6 and any(map(is_foot_line, words))


def _set_apart(text: str, lines: Sequence[Line], table: Found) -> Iterator[Line]:
    """The words of a table column by column, a line each, then what is only markup."""
    pieces = [
        (column, row, span)
        for row, cells in enumerate(table.rows)
        for column, cell in enumerate(cells)
        for span in cell.spans
    ]
    page = lines[0].page
    for _, _, span in sorted(pieces):
        yield Line(span, page=page, whole=True)
    for line in lines:
        at = line.span.start
        inside = (span for _, _, span in sorted(pieces, key=lambda piece: piece[2]) if at <= span.start)
        for start, end in [(span.start, span.end) for span in inside if span.end <= line.span.end]:
            yield from _markup(text, at, start, page)
            at = end
        yield from _markup(text, at, line.span.end, page)


def _markup(text: str, start: int, end: int, page: int | None) -> Iterator[Line]:
    left = trim(text, start, end) if start < end else None
    if left is not None:
        yield Line(Span(left.start, left.end), LineKind.FURNITURE, page, whole=True)
