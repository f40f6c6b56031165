"""What is known of a thing holds for its own example and lets the other one be."""

from __future__ import annotations

import pytest

from graphs.checks.report import Subject, Tally
from graphs.checks.tables.out_of_bounds import BOUNDS, Bound, check_out_of_bounds
from ingest.analysis import analyse
from ingest.document import text_document


def findings(text: str) -> int:
    read = analyse(text_document(f"I. KẾT QUẢ\n\n{text}.\n"))
    return len(list(check_out_of_bounds(Subject(read.document, figures=read.figures), Tally())))


@pytest.mark.parametrize("row", BOUNDS, ids=lambda row: row.example)
def test_a_bound_is_broken_by_its_example_alone(row: Bound) -> None:
    assert findings(row.example) == 1
    assert findings(row.not_) == 0
