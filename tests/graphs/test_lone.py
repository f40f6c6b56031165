from __future__ import annotations

from pathlib import Path

import pytest

from cases import Case, load_cases
from graph_maker import add, make_document, new_store
from graphs.lone import resolve_alone
from graphs.update import update_graph
from ingest.citations.find import find_citations
from kb.models import ResolutionStatus


@pytest.mark.parametrize("case", load_cases("resolve"), ids=lambda case: case.id)
def test_a_lone_text_says_what_the_base_says(case: Case, tmp_path: Path) -> None:
    citations = find_citations(make_document(case.text))
    with new_store(tmp_path) as store:
        resolved = resolve_alone(citations, "khanh-hoa", "2025-06-27", store)
    found = [
        " ".join((one.target or "?", one.status.value, *one.candidates)) for one in resolved if one is not None
    ]
    assert found == case.expected.split("\n")


def test_the_shipped_catalogue_is_known_without_a_base() -> None:
    citations = find_citations(make_document("Theo Nghị quyết số 76/NQ-CP của Chính phủ và Nghị định 34/2016."))
    first, second = resolve_alone(citations, "khanh-hoa", "2025-06-27")
    assert first and second
    assert (first.target, first.status) == ("76-nq-cp.2021-07-15", ResolutionStatus.KNOWN)
    assert (second.target, second.status) == ("34-2016-nd-cp", ResolutionStatus.KNOWN)


def test_what_the_base_holds_is_resolved(tmp_path: Path) -> None:
    header = {"number": "90/2015/NĐ-CP", "type": "Nghị định", "issuer": "Chính phủ", "issued": "2015-09-12"}
    with new_store(tmp_path) as store:
        update_graph(store, [add(store, "Nghị định", **header)])
        citations = find_citations(make_document("Theo Nghị định số 90/2015/NĐ-CP và Nghị định 90/2015."))
        found = resolve_alone(citations, "", "2025-06-27", store)
    assert [(one.target, one.status) for one in found if one] == [("90-2015-nd-cp", ResolutionStatus.RESOLVED)] * 2
