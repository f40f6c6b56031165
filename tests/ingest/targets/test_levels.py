from __future__ import annotations

import re

import pytest

from ingest.targets.levels import LEVEL_ROWS, LevelRow, read_level


@pytest.mark.parametrize("row", LEVEL_ROWS, ids=lambda row: row.name)
def test_each_row_decides_its_own_example(row: LevelRow) -> None:
    found = re.search(r"\[(.*?)\]", row.example)
    assert found
    text = row.example.replace("[", "").replace("]", "")
    comparator, name = read_level(text, found.start(), found.start() + len(found[1]))
    assert (comparator, name) == (row.comparator, row.name)


def test_a_bare_number_is_to_be_equalled() -> None:
    text = "đạt 100% kế hoạch"
    assert read_level(text, 4, 8)[1] == "plain"
