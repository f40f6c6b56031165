"""The outline of texts: cases, and what holds for any text."""

from __future__ import annotations

import pytest

from cases import load_cases
from ingest.layout import lay_out
from ingest.readers.plain import read_plain
from ingest.structure.parser import Structure, parse_structure


def structure_of(text: str) -> Structure:
    return parse_structure(lay_out(read_plain(text.encode())))


def outline_of(structure: Structure) -> str:
    return "\n".join(
        f"{'  ' * (unit.level - 1)}{unit.kind.value} {unit.label}".rstrip() + f" | {unit.heading} | {unit.eid}"
        for unit in structure.units
    )


@pytest.mark.parametrize("case", load_cases("units"), ids=lambda case: case.id)
def test_outline(case) -> None:
    assert outline_of(structure_of(case.text)) == case.expected
