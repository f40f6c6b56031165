"""FIG of what all things are said to have in two kinds: the counts of the two kinds are one.

``100% thủ tục đều được xây dựng quy trình nội bộ và quy trình điện tử`` is not so where 2.580 of the one kind were
approved and 2.450 of the other are in the system.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from graphs.checks.reading.arithmetic import show
from graphs.checks.reading.forms import occurrences
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import Figure, Finding, Severity, Span
from kb.text.sentences import split_sentences

_SYLLABLE = r"[^\W\d_]+"
#: "100% … đều được xây dựng quy trình nội bộ và quy trình điện tử": one head, two kinds of two syllables.
_ALL_RE = re.compile(
    r"(?:100%|ất cả|oàn bộ)\s[^.;%]{5,110}?\b(?:được|có|đã)\s[^.;%]{0,30}?"
    rf"\b(?P<head>{_SYLLABLE} {_SYLLABLE})"
    rf" (?P<one>{_SYLLABLE} {_SYLLABLE}) và (?P=head) (?P<other>{_SYLLABLE} {_SYLLABLE})\b"
)
_ALL_WORDS = ("100%", "ất cả ", "oàn bộ ")
_FEW, _FAR = 50, Decimal("1.34")


@dataclass(frozen=True, slots=True)
class _Kinds:
    head: str
    one: str
    other: str
    span: Span


def check_all_have_both(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """The counts of two kinds that all things have are told alike."""
    if subject.is_rule():
        return
    reading = subject.document.reading
    claims = {
        (found["head"].lower(), found["one"].lower(), found["other"].lower()): found.span()
        for words in _ALL_WORDS
        for at in occurrences(reading.text, words)
        if (found := _ALL_RE.match(reading.text, at))
    }
    for (head, one, other), place in claims.items():
        kinds = _Kinds(head, one, other, reading.hull(*place))
        places = [where for where in stated(subject) if head in where.text]
        first, second = list(_counts(places, kinds, one)), list(_counts(places, kinds, other))
        if len({figure.value for figure in first}) != 1 or len({figure.value for figure in second}) != 1:
            continue
        low, high = sorted((Decimal(first[0].value), Decimal(second[0].value)))
        if low == high or high > low * _FAR:
            tally.held += low == high
            continue
        tally.failed += 1
        yield _finding(kinds, first[0], second[0])


def _counts(places: Sequence[Stated], kinds: _Kinds, kind: str) -> Iterator[Figure]:
    """The counts of one kind: named behind the number, or by the head alone where the sentence named that kind."""
    full, others = f"{kinds.head} {kind}", {kinds.one, kinds.other} - {kind}
    for where in places:
        for figure in where.figures:
            if figure.of or figure.bound or figure.unit == "%" or Decimal(figure.value) < _FEW:
                continue
            digits = re.compile(r"[\d.,]*\d\s*").match(where.text, where.start(figure))
            behind = where.text[digits.end() if digits else where.end(figure) :].lower()
            if behind.startswith(full):
                yield figure
            elif behind.startswith(kinds.head) and not any(
                behind.startswith(f"{kinds.head} {one}") for one in others
            ):
                sentences = split_sentences(where.text)
                low = next((low for low, high in sentences if low <= where.start(figure) < high), 0)
                before = where.text[low : where.start(figure)].lower()
                if before.rfind(full) > max(before.rfind(f"{kinds.head} {one}") for one in others):
                    yield figure


def _finding(kinds: _Kinds, one: Figure, other: Figure) -> Finding:
    first, second = f"{kinds.head} {kinds.one}", f"{kinds.head} {kinds.other}"
    return BOTH.finding(
        (other.span,),
        f"nói tất cả đều có {first} và {second}, nhưng chỗ này ghi {other.printed} {second}, chỗ khác ghi"
        f" {one.printed} {first}: lệch {show(abs(Decimal(one.value) - Decimal(other.value)))}",
        f"all are said to have both ({first}, {second}), but there are {one.printed} of the one,"
        f" {other.printed} of the other",
        stated=other.printed,
        expected=one.printed,
        evidence=(one.span, kinds.span),
        suggestion=both("đối chiếu hai số, hoặc nói lại", "compare the two counts, or say otherwise"),
        page=other.page,
        severity=Severity.NOTE,
    )


BOTH = rule("FIG-290", check_all_have_both)
BOTH_RULES = (BOTH,)
