"""Tables of a document as an XLSX workbook: figures as figures, notes below."""

from __future__ import annotations

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from kb.models import Cell, Table, ValueKind
from webapp.outputs.workbook import safe_cell

_HEAD = PatternFill("solid", fgColor="DDE6F0")
#: Narrowest and widest column, in letters.
_NARROW, _WIDE = 8, 60
#: Digits that a spreadsheet keeps of a figure; one with more stays text.
_DIGITS = 15


def tables_workbook(tables: Sequence[Table], first: int = 1) -> bytes:
    """A workbook with a sheet a table; `first` is the number of the first of them in its document."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, table in enumerate(tables, first):
        sheet = book.create_sheet(f"Bảng {number}")
        title = " · ".join(
            dict.fromkeys(filter(None, (table.appendix, table.title, table.caption, table.measure)))
        )
        sheet.append([safe_cell(title)])
        sheet["A1"].font = Font(bold=True)
        sheet.append([safe_cell(column or "") for column in table.columns])
        for cell in sheet[2]:
            cell.font, cell.fill = Font(bold=True), _HEAD
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        for row in table.rows:
            sheet.append([cell_value(cell) for cell in row.cells])
        for line in sheet.iter_rows(min_row=3):
            for cell in line:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
        for mark, note in table.notes.items():
            sheet.append([safe_cell(f"[{mark}] {note}")])
        for at, width in enumerate(_widths(table), 1):
            sheet.column_dimensions[get_column_letter(at)].width = width
        sheet.freeze_panes = "A3"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def cell_value(cell: Cell) -> object:
    """A cell for a spreadsheet: a plain figure as a number, all else as it is printed.

    >>> from kb.models import CellValue
    >>> cell_value(Cell("1.763", (), CellValue(ValueKind.NUMBER, "1763")))
    1763
    >>> cell_value(Cell("=1+1", (), CellValue(ValueKind.TEXT)))
    "'=1+1"
    """
    value = cell.value
    printed = cell.text and cell.text[:1] == "0" and cell.text[1:2].isdigit()
    if value.kind is ValueKind.NUMBER and value.value and not value.unit and not printed:
        figures = value.value.lstrip("-").replace(".", "")
        if len(figures) <= _DIGITS:
            return float(value.value) if "." in value.value else int(value.value)
    return safe_cell(cell.text or "")


def _widths(table: Table) -> list[int]:
    lines = [list(table.columns), *([cell.text or "" for cell in row.cells] for row in table.rows)]
    columns = max((len(line) for line in lines), default=0)
    longest = [max((len(line[at] or "") for line in lines if at < len(line)), default=0) for at in range(columns)]
    return [min(max(width + 2, _NARROW), _WIDE) for width in longest]
