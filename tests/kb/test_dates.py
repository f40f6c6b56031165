"""Dates as printed: the cases of tests/cases/dates.txt."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases import Case, load_cases
from kb.text.dates import find_dates, match_date, parse_date


@pytest.mark.parametrize("case", load_cases("dates"), ids=lambda case: case.id)
def test_date(case: Case):
    assert " ".join(found.value or "none" for found in find_dates(case.text)) == case.expected


@given(st.dates(min_value=date(1945, 9, 2), max_value=date(2079, 12, 31)))
def test_every_form_reads_the_same(day: date):
    forms = (
        f"ngày {day.day:02} tháng {day.month} năm {day.year}",
        f"ngày {day.day}/{day.month}/{day.year}",
        f"ngày {day.day:02}-{day.month:02}-{day.year}",
    )
    assert {parse_date(form) for form in forms} == {day.isoformat()}


@given(st.text(max_size=80))
def test_any_text_is_taken(text: str):
    for found in find_dates(text):
        assert 0 <= found.start < found.end <= len(text)
    match_date(text, 0)
