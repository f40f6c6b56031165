"""What is said of the years of a thing: the rows of words."""

from __future__ import annotations

import re

import pytest

from graphs.checks.changes.trends import TRENDS, TrendRow
from graphs.checks.reading.named import plain_name
from graphs.checks.sums.means import MEANS, MeanRow
from graphs.checks.sums.splits import SPLITS, SplitRow
from graphs.checks.tables.tied import TIES, TieRow


@pytest.mark.parametrize("row", TRENDS, ids=lambda row: row.example)
def test_a_row_of_trends_has_words_that_say_it_and_words_that_do_not(row: TrendRow) -> None:
    assert re.search(rf"\b(?:{row.pattern})", row.example, re.IGNORECASE)
    assert not re.search(rf"\b(?:{row.pattern})", row.not_, re.IGNORECASE)


@pytest.mark.parametrize("row", MEANS, ids=lambda row: row.name)
def test_a_row_of_means_names_one_of_its_parts_and_what_must_be_there(row: MeanRow) -> None:
    assert sum(bool(re.search(rf"\b(?:{pattern})\b", row.example, re.IGNORECASE)) for _, pattern in row.parts) == 1
    assert row.least <= {part for part, _ in row.parts}


@pytest.mark.parametrize("row", SPLITS, ids=lambda row: f"{row.things} {row.whole}")
def test_a_row_of_kinds_names_its_law(row: SplitRow) -> None:
    assert len(row.kinds) > 1
    assert re.search(r"\d+/\d{4}/", row.source)


@pytest.mark.parametrize("row", TIES, ids=lambda row: row.part_of)
def test_a_row_of_ties_has_rows_that_are_so_tied(row: TieRow) -> None:
    part, whole = plain_name(row.part_of), plain_name(row.whole_of)
    assert all(re.search(row.things, name) and not re.search(row.neither, name) for name in (part, whole))
    assert re.search(row.part, part)
    assert re.search(row.whole, whole)
    assert not re.search(row.part, whole)
