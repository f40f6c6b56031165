"""What is said of the years of a thing: the rows of words."""

from __future__ import annotations

import re

import pytest

from graphs.checks.trends import TRENDS, TrendRow


@pytest.mark.parametrize("row", TRENDS, ids=lambda row: row.example)
def test_a_row_of_trends_has_words_that_say_it_and_words_that_do_not(row: TrendRow) -> None:
    assert re.search(rf"\b(?:{row.pattern})", row.example, re.IGNORECASE)
    assert not re.search(rf"\b(?:{row.pattern})", row.not_, re.IGNORECASE)
