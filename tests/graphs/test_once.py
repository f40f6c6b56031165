"""Which of several findings of one fault is told, and where it stands."""

from __future__ import annotations

import pytest

from graphs.checks.once import told_once
from kb.models import Finding, Severity, Span

_SLIP, _RIGHT, _PARTS = Span(10, 13), Span(90, 93), (Span(20, 22), Span(30, 33))


def found(rule: str, at: Span, *evidence: Span, stated: str, expected: str) -> Finding:
    words = f"ghi {stated}, {expected}"
    return Finding(rule, Severity.WARNING, (at,), words, words, stated, expected, evidence)


@pytest.mark.parametrize("first", [_SLIP, _RIGHT], ids=["the slip first", "the right one first"])
def test_a_number_told_twice_stands_where_the_numbers_beside_it_deny_it(first: Span) -> None:
    other = _RIGHT if first is _SLIP else _SLIP
    twice = found("FIG-228", first, other, stated="236", expected="263")
    beside = found("FIG-270", _SLIP, *_PARTS, stated="263", expected="236")
    (told,) = told_once([twice, beside])
    assert (told.rule, told.spans) == ("FIG-228", (_SLIP,))
    assert {*_PARTS, _RIGHT} <= {*told.evidence} and beside.vi in told.vi and twice.vi in told.vi


def test_nothing_moves_where_nothing_beside_says_which_is_wrong() -> None:
    twice = found("FIG-228", _RIGHT, _SLIP, stated="236", expected="263")
    elsewhere = found("FIG-270", Span(200, 203), *_PARTS, stated="1", expected="2")
    told = {one.rule: one for one in told_once([twice, elsewhere])}
    assert told["FIG-228"] == twice


def test_a_wrong_total_breaks_its_restatement_and_its_rate_and_is_told_once() -> None:
    total, rate, text = Span(50, 57), Span(60, 65), Span(400, 405)
    of_parts = found("FIG-102", total, *_PARTS, stated="3.846", expected="3.864")
    told_twice = found("FIG-228", total, text, stated="3.846", expected="3.864")
    of_total = found("FIG-101", rate, total, stated="100,0", expected="99,53%")
    (told,) = told_once([of_parts, told_twice, of_total])
    assert (told.rule, told.spans) == ("FIG-102", (total,))
    assert {text, rate} <= {*told.evidence} and of_total.vi in told.vi and told_twice.vi in told.vi


def test_a_rate_of_another_cell_stays_beside_a_wrong_total() -> None:
    total, rate, cell = Span(50, 57), Span(60, 65), Span(70, 75)
    of_parts = found("FIG-102", total, *_PARTS, stated="3.846", expected="3.864")
    of_row = found("FIG-101", rate, cell, total, stated="26,0", expected="28,84%")
    assert [one.rule for one in told_once([of_parts, of_row])] == ["FIG-102", "FIG-101"]


def test_of_two_documents_out_of_order_the_one_known_to_be_wrong_is_told() -> None:
    lower, higher = Span(10, 30), Span(40, 60)
    pair = Finding("CIT-005", Severity.WARNING, (higher, lower), "một trong hai", "one of the two", None, None)
    known = found("CIT-012", lower, stated="2018-06-19", expected="2018-11-19")
    assert [one.rule for one in told_once([pair, known])] == ["CIT-012"]
    assert told_once([pair]) == [pair]
