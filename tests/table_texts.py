"""A plain layout for tests of tables: a block a line, a block a table, notes by their raised marks."""

from __future__ import annotations

import re

from ingest.layout import Layout
from ingest.readers.plain import read_plain
from ingest.structure.parser import Structure
from ingest.structure.tables import build_tables
from kb.models import BlockKind, Line, LineKind, Metadata, Problem, Reading, Span, Table, TextBlock
from kb.text.view import ViewBuilder

_NOTE_RE = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+ ")
_KINDS = {LineKind.NOTE: BlockKind.NOTE, LineKind.FURNITURE: BlockKind.FURNITURE}


def lay_out_plainly(reading: Reading) -> Layout:
    """The layout of a reading, its lines unjoined."""
    builder, blocks, at = ViewBuilder(reading.text), [], 0
    tables = {grid.lines[0]: grid for grid in reading.grids}
    while at < len(reading.lines):
        line, grid = reading.lines[at], tables.get(at)
        last = grid.lines[1] if grid else at
        parts = tuple(each.span for each in reading.lines[at : last + 1])
        start = builder.length
        for part in parts:
            builder.add(part.start, part.end)
            builder.insert(" ", part.end)
        kind = BlockKind.TABLE if grid else _kind(reading.text, line)
        blocks.append(TextBlock(kind, parts, Span(start, builder.length), line.page))
        builder.insert("\n", parts[-1].end)
        at = last + 1
    return Layout(builder.build(), tuple(blocks), reading.grids)


def _kind(text: str, line: Line) -> BlockKind:
    if _NOTE_RE.match(text, line.span.start):
        return BlockKind.NOTE
    return _KINDS.get(line.kind, BlockKind.TEXT)


def tables_of(reading: Reading) -> tuple[tuple[Table, ...], tuple[Problem, ...]]:
    """The tables of a reading, without units around them."""
    layout = lay_out_plainly(reading)
    return build_tables(layout, Structure(layout.blocks, (), Metadata(), ""), reading.text)


def read_tables(text: str) -> tuple[tuple[Table, ...], tuple[Problem, ...]]:
    """The tables of a plain text."""
    return tables_of(read_plain(text.encode()))


def cells_of(table: Table) -> list[list[str | None]]:
    """The texts of a table's cells."""
    return [[cell.text for cell in row.cells] for row in table.rows]
