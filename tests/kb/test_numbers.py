"""Numbers of documents: the cases of tests/cases/numbers.txt, and what must hold of any number."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases import Case, load_cases
from kb.numbers import (
    format_number,
    issuer_of,
    level_of,
    normalize_number,
    number_key,
    parse_number,
    same_number,
    type_of,
)
from kb.vocabulary.issuers import load_issuers
from kb.vocabulary.types import load_types


@pytest.mark.parametrize("case", load_cases("numbers"), ids=lambda case: case.id)
def test_number(case: Case):
    parsed = parse_number(case.text)
    if parsed is None:
        assert case.expected == "no number"
        return
    body = issuer_of(parsed)
    said = [
        str(parsed),
        parsed.form.value,
        type_of(parsed) or "–",
        body.name if body else "–",
        str(parsed.year or "–"),
    ]
    assert " | ".join([*said, *filter(None, [parsed.suspect])]) == case.expected


figures = st.integers(1, 99_999).map(str)
years = st.integers(1946, 2079).map(str)
types = st.sampled_from([code for row in load_types() for code in row.codes if code.isalpha() and len(code) > 1])
# Codes in the case of the vocabulary: SNGV is written SNgV.
bodies = st.sampled_from(
    [
        code
        for row in load_issuers()
        for code in row.codes
        if code.isalpha() and len(code) > 1 and normalize_number(f"1/QĐ-{code}").endswith(code)
    ]
)


@st.composite
def printed_numbers(draw: st.DrawFn) -> str:
    """Numbers as the law forms them: state with and without year, law, letter, party."""
    number, year, kind, body = draw(figures), draw(years), draw(types), draw(bodies)
    term = draw(st.integers(1, 20))
    return draw(
        st.sampled_from(
            [
                f"{number}/{kind}-{body}",
                f"{number}/{year}/{kind}-{body}",
                f"{number}/{year}/QH{term}",
                f"{number}/{body}-KSTT",
                f"{number}-{kind}/{body}",
                f"0{number}/{kind}-{body}",
            ]
        )
    )


@given(printed_numbers())
def test_parse_and_format_are_inverse(printed: str):
    parsed = parse_number(printed)
    assert parsed is not None
    assert format_number(parsed) == printed
    assert parse_number(format_number(parsed)) == parsed


@given(printed_numbers())
def test_spellings_are_one_number(printed: str):
    for other in (
        unicodedata.normalize("NFD", printed),
        printed.replace("-", "–"),
        printed.replace("-", "- "),
        printed.replace("Đ", "Ð"),
    ):
        assert normalize_number(other) == printed
        assert same_number(other, printed)


@given(st.text(max_size=60))
def test_any_text_is_taken(text: str):
    parsed = parse_number(text)
    if parsed is not None:
        assert parse_number(format_number(parsed)) is not None
    assert isinstance(number_key(text), str)


def test_leading_zeros_stay_but_do_not_tell_numbers_apart():
    assert str(parse_number("08/QĐ-UBND")) == "08/QĐ-UBND"
    assert same_number("08/QĐ-UBND", "8/QĐ-UBND")
    assert not same_number("80/QĐ-UBND", "8/QĐ-UBND")


def test_levels():
    assert [level_of(parse_number(n)) for n in ("1/NQ-CP", "1/QĐ-UBND", "1-NQ/TW", "1/QĐ-XYZW")] == [
        "central",
        "province",
        "party",
        None,
    ]
