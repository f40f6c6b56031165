"""Headers and feet: cases, and that every field shows the place it was read from."""

from __future__ import annotations

import pytest

from cases import load_cases
from ingest.layout import lay_out
from ingest.readers.plain import read_plain
from ingest.structure.parser import Structure, parse_structure


def structure_of(text: str) -> Structure:
    return parse_structure(lay_out(read_plain(text.encode())))


def fields_of(text: str, structure: Structure) -> str:
    found = structure.metadata
    lines = [
        (name, field.value)
        for name, field in (
            ("number", found.number),
            ("type", found.type),
            *(("issuer", issuer) for issuer in found.issuers),
            ("parent", found.parent_issuer),
            ("place", found.place),
            ("issued", found.issued),
            ("title", found.title),
            ("signing", found.signing),
            ("signer", found.signer),
            *(("recipient", recipient) for recipient in found.recipients),
        )
        if field is not None
    ]
    if found.digest:
        lines.append(("digest", "yes"))
    for problem in structure.problems:
        places = " | ".join(span.cut(text) for span in problem.spans)
        lines.append(("problem", f"{problem.code} {places}"))
    return "\n".join(f"{name}: {value}" for name, value in lines)


@pytest.mark.parametrize("case", load_cases("headers"), ids=lambda case: case.id)
def test_fields(case) -> None:
    assert fields_of(case.text, structure_of(case.text)) == case.expected


def test_fields_show_where_they_were_read() -> None:
    text = next(case.text for case in load_cases("headers") if case.title == "a letter")
    found = structure_of(text).metadata
    cut = [[span.cut(text) for span in field.spans] for field in (found.number, found.issued, found.signer)]
    assert cut == [["1234/BNV-CCHC"], ["ngày 02 tháng 5 năm 2025"], ["Vũ Thị H"]]
    assert " ".join(" ".join(span.cut(text) for span in found.title.spans).split()) == found.title.value
    assert found.recipients[0].spans[0].cut(text) == "Các bộ, cơ quan ngang bộ"
