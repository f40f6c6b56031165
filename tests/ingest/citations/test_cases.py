"""The cases that a lawyer can read: tests/cases/{citations,pinpoints,relations,names,antecedents}.txt."""

from __future__ import annotations

import pytest

from cases import Case, load_cases
from ingest.citations.pinpoints import find_pinpoints
from ingest.citations.plain import cite_text
from kb.models import Citation, CitationKind


def surface(citation: Citation) -> str:
    return " ".join(citation.surface.split())


def told(citation: Citation) -> str:
    year = str(citation.year) if citation.year else None
    place = f"[{citation.pinpoint}]" if citation.pinpoint else None
    reason = f"({citation.reason})" if citation.reason else None
    fields = (
        citation.kind.value,
        citation.type,
        citation.number,
        citation.issued or year,
        citation.issuer,
        place,
        reason,
    )
    return f"{surface(citation)} => " + " · ".join(field for field in fields if field)


@pytest.mark.parametrize("case", load_cases("citations") + load_cases("names"), ids=lambda case: case.id)
def test_mentions(case: Case):
    assert "\n".join(map(told, cite_text(case.text))) == case.expected


@pytest.mark.parametrize("case", load_cases("pinpoints"), ids=lambda case: case.id)
def test_places(case: Case):
    lines = []
    for run in find_pinpoints(case.text):
        lines.append(run.text)
        for pinpoint in run.pinpoints:
            lines.append("  " + " / ".join(f"{level} {label}" for level, label in pinpoint.path))
    assert "\n".join(lines) == case.expected


@pytest.mark.parametrize("case", load_cases("relations"), ids=lambda case: case.id)
def test_relations(case: Case):
    lines = []
    for citation in cite_text(case.text):
        if citation.kind in (CitationKind.NUMBER, CitationKind.NAME):
            words = filter(None, (citation.relation, citation.direction))
            lines.append(f"{surface(citation)} => " + " ".join(word.value for word in words))
            if citation.evidence:
                assert citation.evidence.cut(case.text).strip(), "evidence is words of the text"
    assert "\n".join(lines) == case.expected


@pytest.mark.parametrize("case", load_cases("antecedents"), ids=lambda case: case.id)
def test_antecedents(case: Case):
    found = cite_text(case.text)
    lines = []
    for citation in found:
        if citation.kind in (CitationKind.ALIAS, CitationKind.BACK):
            meant = found[citation.antecedent].surface if citation.antecedent is not None else "nothing"
            lines.append(f"{surface(citation)} => {meant}")
    assert "\n".join(lines) == case.expected
