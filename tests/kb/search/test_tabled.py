"""What rows of tables stand under, as tests/cases/rows_over.txt tells."""

from __future__ import annotations

import re

import pytest

from cases import Case, load_cases
from kb.models import Cell, CellValue, Row, Span, Table, ValueKind
from kb.search.tabled import RowsOver


@pytest.mark.parametrize("case", load_cases("rows_over"), ids=lambda case: case.id)
def test_what_rows_stand_under(case: Case) -> None:
    head, *lines = ([cell.strip() for cell in line.split("|")] for line in case.text.split("\n"))
    table = Table(None, None, None, tuple(head), tuple(map(_row, lines)), {}, Span(0, 0))
    over = RowsOver(table)
    assert [" < ".join((_telling(row), *over.over(row))) for row in table.rows] == case.expected.split("\n")


def _row(texts: list[str]) -> Row:
    blank = CellValue(ValueKind.BLANK)
    return Row(tuple(Cell(None if text == "∅" else text, (), blank) for text in texts), ())


def _telling(row: Row) -> str:
    return next(cell.text for cell in row.cells if cell.text and re.search(r"[a-zà-ỹ]", cell.text))
