"""Every row of the table of governing words decides its own example."""

from __future__ import annotations

import pytest

from ingest.citations.acting import ACTING_ROWS, RIGHT_ROWS
from ingest.citations.plain import cite_text
from ingest.citations.relations import Row, all_rows
from kb.models import CitationKind, Relation

ROWS = [*RIGHT_ROWS, *all_rows(), *ACTING_ROWS]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_example(row: Row):
    text = row.example.replace("[", "").replace("]", "")
    start = row.example.index("[")
    mention = next(
        one
        for one in cite_text(text)
        if one.kind in (CitationKind.NUMBER, CitationKind.NAME) and one.span.start == start
    )
    assert (mention.relation, mention.direction) == (row.relation, row.direction)
    assert mention.evidence is not None
    assert mention.evidence.cut(text)


def test_every_relation_has_a_row():
    assert {row.relation for row in ROWS} == set(Relation)
