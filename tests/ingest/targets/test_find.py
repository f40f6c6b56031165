from __future__ import annotations

import pytest

from cases import Case, load_cases
from ingest.document import build_document
from ingest.readers.door import read_source
from ingest.sources import source_of
from ingest.targets.find import find_targets
from kb.models import Target

CASES = load_cases("targets")


def shown(target: Target) -> str:
    return f"{target.comparator.value} {target.value} {target.unit} | {target.metric} | {target.period}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_targets_of_a_paragraph(case: Case) -> None:
    source = source_of("ke-hoach.txt", case.text.encode())
    found = find_targets(build_document(source, read_source(source, case.text.encode())))
    assert ("\n".join(map(shown, found)) or "-") == case.expected
