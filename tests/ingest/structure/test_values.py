"""Numbers in cells: every form of tests/cases/values.txt, and what must hold of any."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases import Case, load_cases
from ingest.structure.values import parse_value, read_values
from kb.models import ValueKind


@pytest.mark.parametrize("case", load_cases("values"), ids=lambda case: case.id)
def test_cell(case: Case):
    cell, *column = case.text.split("\n")
    value = parse_value(cell, column)
    said = value.kind.value
    if value.value is not None:
        said += f" {value.value}"
    if value.of is not None:
        said += f" of {value.of}"
    if value.unit is not None:
        said += f" unit {value.unit}"
    assert said == case.expected


def test_years_side_by_side_are_asked_when_the_column_says_both():
    rows = [["24.364", "23,988", "28.846"], ["20,03", "56,53", "84,18"], ["1.249", "1.220", "1.459"]]
    values = read_values(rows)
    assert [value.value for value in values[0]] == ["24364", "23988", "28846"]
    assert [value.value for value in values[1]] == ["20.03", "56.53", "84.18"]


@given(st.integers(0, 10**9))
def test_a_number_in_dots_reads_back(number: int):
    assert parse_value(f"{number:,}".replace(",", ".")).value == str(number)


@given(st.integers(0, 10**6), st.integers(0, 99))
def test_a_share_reads_back(whole: int, part: int):
    value = parse_value(f"{whole},{part:02d}%")
    assert (value.kind, value.value) == (ValueKind.PERCENT, f"{whole}.{part:02d}")


@given(st.lists(st.lists(st.one_of(st.none(), st.text(max_size=12)), min_size=3, max_size=3), max_size=6))
def test_any_text_has_a_value(rows: list[list[str | None]]):
    values = read_values(rows)
    assert [len(row) for row in values] == [len(row) for row in rows]


def test_the_label_of_a_row_says_nothing_of_the_marks_of_its_numbers() -> None:
    rows = [["1.4", "Tổng số", "1.763", "1.794"], ["1.5", "Tỷ lệ", "2.513", "20,03"]]
    assert [cell.value for cell in read_values(rows)[0][2:]] == ["1763", "1794"]
