"""Numbers that are others mistyped: what gives them, and how seldom chance would."""

from __future__ import annotations

from graphs.checks.learned.bearings import Says
from graphs.checks.learned.by_chance import best_of
from graphs.checks.learned.mistyped import Read, read_numbers
from graphs.checks.report import Subject
from ingest.analysis import analyse
from ingest.document import text_document


def numbers(text: str) -> Read:
    """The numbers of a text with what gives each."""
    of = analyse(text_document(text), with_claims=False)
    return read_numbers(Subject(of.document, of.citations, of.figures, of.targets))


def test_a_long_number_is_given_by_chance_less_often_than_a_short_one() -> None:
    read = numbers(
        "Có 21 hộ, gồm 12 hộ nghèo và 9 hộ cận nghèo.\n\nChi 846.215 đồng, gồm 512.104 đồng và 334.111 đồng."
    )
    strengths = {
        one.whole: best_of(read.seen(one).own)[Says.PLUS].strength
        for one in read.text
        if one.whole in (21, 846215)
    }
    assert strengths[846215] > strengths[21] + 5


def test_what_a_slip_makes_of_a_number_is_found_with_what_gives_it() -> None:
    read = numbers("Chi 864.215 đồng.\n\nGồm chi lương 512.104 đồng và chi khác 334.111 đồng.")
    one = next(one for one in read.text if one.whole == 864215)
    assert set(read.seen(one).given[846215][0].terms) == {other for other in read.text if other is not one}
