from __future__ import annotations

import re

import pytest

from graphs.checks.tables.net_change import MOVES, Moves


@pytest.mark.parametrize("row", MOVES, ids=lambda row: row.name)
def test_each_row_of_moves_finds_its_words_in_its_example(row: Moves) -> None:
    assert all(re.search(rf"\b(?:{words})\b", row.example) for words in (row.name, row.went, row.came))
