from __future__ import annotations

import pytest

from cases import Case, load_cases
from ingest.analysis import Analysis, analyse
from ingest.document import build_document
from ingest.readers.door import read_source
from ingest.sources import source_of
from kb.models import Target


def shown(analysis: Analysis, target: Target) -> str:
    bases = [
        f"{basis.kind.value}:{citation.number or citation.surface}"
        for strongest in target.bases
        for basis in strongest.ties
        for citation in (analysis.citations[basis.citation],)
    ]
    result = target.result.value if target.result else None
    return f"{target.value} | {result or '-'} | {target.verdict or '-'} | {', '.join(bases) or '-'}"


@pytest.mark.parametrize("case", load_cases("bases"), ids=lambda case: case.id)
def test_results_and_bases_of_targets(case: Case) -> None:
    source = source_of("bao-cao.txt", case.text.encode())
    analysis = analyse(build_document(source, read_source(source, case.text.encode())))
    assert "\n".join(shown(analysis, target) for target in analysis.targets) == case.expected
