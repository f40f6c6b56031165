from __future__ import annotations

import pytest

from cases import Case, load_cases
from ingest.analysis import Analysis, analyse
from ingest.document import build_document
from ingest.readers.door import read_source
from ingest.sources import source_of
from kb.models import Claim


def shown(analysis: Analysis, claim: Claim) -> str:
    figures = [analysis.figures[at] for at in claim.figures]
    values = ", ".join(f"{figure.value}{figure.unit or ''}" for figure in figures)
    return f"{values or '-'} | {', '.join(dict.fromkeys(source.kind for source in claim.sources))}"


@pytest.mark.parametrize("case", load_cases("claims"), ids=lambda case: case.id)
def test_claims_and_what_is_offered_for_them(case: Case) -> None:
    source = source_of("bao-cao.txt", case.text.encode())
    analysis = analyse(build_document(source, read_source(source, case.text.encode())))
    assert ("\n".join(shown(analysis, claim) for claim in analysis.claims) or "-") == case.expected


def test_a_scheme_called_by_its_name_is_traced_to_the_decision_that_issued_it() -> None:
    case = next(one for one in load_cases("claims") if one.title.startswith("A scheme called by its name"))
    source = source_of("bao-cao.txt", case.text.encode())
    analysis = analyse(build_document(source, read_source(source, case.text.encode())))
    meant = [one.citation for one in analysis.claims[-1].sources]
    assert [analysis.citations[at].number for at in meant if at is not None] == ["17/QĐ-UBND"]
