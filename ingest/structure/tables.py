"""Tables as data: head, rows, notes, numbers, joined over pages."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.layout import Layout
from ingest.structure.parser import Structure
from ingest.structure.table_cells import Slot
from ingest.structure.table_heads import is_ordinal_head, name_columns
from ingest.structure.table_joins import continues, join_sheets, mend_rows, part_sheet
from ingest.structure.table_places import find_notes, name_table
from ingest.structure.table_shape import settle
from ingest.structure.table_sheet import Sheet, place_of, read_sheet
from ingest.structure.values import BLANK, TEXT, read_values
from kb.models import BlockKind, Cell, CellValue, Problem, Row, Severity, Span, Table, TextBlock, Unit

_PAGE_NUMBER_RE = re.compile(r"\s*[-–]?\s*\d{1,3}\s*[-–]?\s*")


def build_tables(layout: Layout, structure: Structure, text: str) -> tuple[tuple[Table, ...], tuple[Problem, ...]]:
    """The tables of a document in order, and what is wrong with them; `text` is the text the grids point into."""
    blocks = structure.blocks
    sheets: list[Sheet] = []
    grids = iter(layout.grids)
    for index, block in enumerate(blocks):
        grid = next(grids, None) if block.kind is BlockKind.TABLE else None
        if grid is None:
            continue
        for place, sheet in enumerate(part_sheet(read_sheet(text, grid, index))):
            last = sheets[-1] if sheets else None
            if (
                last
                and not place
                and _touch(blocks, last.blocks[-1], index, layout.view.text)
                and continues(last, sheet)
            ):
                join_sheets(last, sheet)
            elif sheet.rows or sheet.head:
                sheets.append(sheet)
    units = {unit.eid: unit for unit in structure.units}
    tables = []
    for sheet in sheets:
        if sheet.flat:
            mend_rows(sheet)
            settle(sheet)
        tables.append(_table(sheet, blocks, layout.view.text, units))
    return tuple(tables), tuple(problem for sheet in sheets for problem in sheet.problems)


def _touch(blocks: Sequence[TextBlock], last: int, following: int, reading: str) -> bool:
    """Whether only notes and page furniture stand between two tables, or the number of a page that was misread."""
    return all(
        block.kind in {BlockKind.NOTE, BlockKind.FURNITURE}
        or _PAGE_NUMBER_RE.fullmatch(reading, block.view.start, block.view.end)
        for block in blocks[last + 1 : following]
    )


def _table(sheet: Sheet, blocks: Sequence[TextBlock], reading: str, units: dict[str, Unit]) -> Table:
    columns = name_columns(sheet)
    name = name_table(sheet.blocks[0], blocks, reading, units, sheet.caption)
    values = _values(sheet, columns)
    rows = tuple(
        Row(
            tuple(_cell(slot, value) for slot, value in zip(row.slots, line, strict=True)),
            row.spans,
            row.page,
        )
        for row, line in zip(sheet.rows, values, strict=True)
    )
    printed = [*sheet.head, *sheet.repeats, *sheet.rows]
    marks = {mark for row in printed for slot in row.slots if slot is not None for mark in slot.marks}
    spans = place_of(printed)
    if not sheet.head:
        sheet.report(
            "table.no_head",
            "bảng không có hàng đầu ghi tên các cột",
            "the table has no row that names its columns",
            rows[0].spans if rows else (),
            Severity.NOTE,
        )
    return Table(
        title=name.title,
        appendix=name.appendix,
        caption=name.caption,
        columns=columns,
        rows=rows,
        notes=find_notes(marks, sheet.blocks, blocks, reading) if marks else {},
        span=Span(min(span.start for span in spans), max(span.end for span in spans)),
        unit=name.unit,
        page=sheet.page,
        head_spans=place_of([*sheet.head, *sheet.repeats]),
        problems=tuple(sheet.notices),
        measure=name.measure,
    )


def _values(sheet: Sheet, columns: Sequence[str]) -> list[list[CellValue]]:
    """The value of every cell; what only numbers a row is text."""
    texts = [[slot.text if slot is not None else None for slot in row.slots] for row in sheet.rows]
    values = read_values(texts)
    if columns and is_ordinal_head(columns[0]):
        for line, row in zip(values, texts, strict=True):
            line[0] = TEXT if row[0] else BLANK
    return values


def _cell(slot: Slot | None, value: CellValue) -> Cell:
    if slot is None or not slot.printed:
        return _NOTHING
    # A cell that holds only a mark has a place, though no text.
    spans = slot.spans or (Span(slot.start, slot.start),)
    return Cell(slot.text or None, spans, value, slot.marks)


_NOTHING = Cell(None, (), BLANK)
