"""Tables in plain text: rows with tabs between cells, HTML markup, Markdown pipes.

Text exported from OCR or a portal holds tables in these three dialects, with faults: a cell broken over lines,
markup inside a cell, trailing tabs lost. Each run of rows becomes one `Grid`; a table that a page break, notes or
blank lines cut gives several, which the structure joins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.readers.text_cells import Found
from ingest.readers.text_markup import find_markup
from ingest.readers.text_pipes import find_pipes
from ingest.readers.text_rows import find_tabbed
from kb.models import Grid, Line, LineKind


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
    for find in (find_markup, find_pipes, find_tabbed):
        for table in find(text, lines, taken):
            found.append(table)
            taken[table.first : table.last + 1] = b"\1" * (table.last + 1 - table.first)
    if not found:
        return tuple(lines), ()
    marked = list(lines)
    for table in found:
        for index in range(table.first, table.last + 1):
            marked[index] = replace(marked[index], kind=LineKind.ROW)
    found.sort(key=lambda table: table.first)
    grids = tuple(
        Grid(table.rows, (table.first, table.last), table.header_rows, lines[table.first].page) for table in found
    )
    return tuple(marked), grids
