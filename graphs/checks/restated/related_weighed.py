"""FIG of what a text says that two numbers make, and what the two make that are likely meant.

``So với năm 2021 (14 hồ) gấp 2,5 lần`` where 21 stands a paragraph before. Which numbers are meant is weighed by
where they stand and how they are named; what each sign is worth (``data/related.csv``) is learned from papers
without a fault, in which the numbers that are meant give what is said (`tools/fit_related.py`). Where likely ones
give it, it is right, whatever others make; else it is wrong where what likely ones make is a slip away.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from math import exp, log

from graphs.checks.reading.arithmetic import show
from graphs.checks.reading.moved import in_unit_of
from graphs.checks.reading.prose import stated
from graphs.checks.report import Subject, Tally, rule
from graphs.checks.restated.called_near import measured_as
from graphs.checks.restated.related import EACH, PART, TIMES, Related, related_in
from graphs.checks.restated.related_made import Made, made
from graphs.checks.restated.related_names import names_of
from graphs.checks.restated.related_terms import Signs
from kb.bilingual import both
from kb.models import Finding, Severity

#: How many of such texts are wrong; no two numbers are sure to be meant.
_PRIOR, _LEAST, _FLOOR = 0.05, 1e-3, 1e-3
#: From so much on something is told at all, and told as a warning, in natural logarithms of odds.
_TOLD = {TIMES: 0.0, PART: 2.3, EACH: -0.7}
_SURE = {TIMES: 1.4, PART: 3.3, EACH: 0.0}


@dataclass(frozen=True, slots=True)
class Weighed:
    """What is said, what is likelier meant, how likely each of all is, the odds that what is said is wrong."""

    said: Related
    best: Made | None
    odds: float
    held: bool


@lru_cache(maxsize=1)
def worth() -> dict[str, float]:
    """What each sign is worth; those of one kind of relation have its name before them."""
    table = files("graphs.checks").joinpath("data/related.csv").read_text(encoding="utf-8")
    return {row[0]: float(row[1]) for row in csv.reader(table.splitlines()[1:])}


class _Scores:
    """What signs are worth together for one kind of relation."""

    def __init__(self, kind: str) -> None:
        self.kind, self.worth = kind, worth()
        self._of: dict[str, float] = {}

    def __call__(self, signs: Signs) -> float:
        return sum(self._one(sign) * much for sign, much in signs.items())

    def _one(self, sign: str) -> float:
        if sign not in self._of:
            self._of[sign] = self.worth.get(sign, 0.0) + self.worth.get(f"{self.kind}: {sign}", 0.0)
        return self._of[sign]


def weighed(said: Related, found: Sequence[Made], scores: Sequence[float], none: float) -> Weighed:
    """What is said, weighed against what numbers make, each so likely meant."""
    most = max((*scores, none))
    likely = [exp(score - most) for score in scores]
    chance = exp(none - most)
    whole = sum(likely) + chance
    right, wrong, best, best_much = chance * said.by_chance, 0.0, None, 0.0
    fitting = 0.0
    for one, much in zip(found, likely, strict=True):
        fits = said.fits(one.exact)
        fitting += much * fits
        # That a mean is told again makes it right; where it is not, another one is told.
        slip = much * said.slip(one.exact) * (1 - fits) if said.kind != EACH or len(one.terms) > 1 else 0.0
        wrong += slip
        if slip > best_much:
            best, best_much = one, slip
    doubt = said.by_chance * _FLOOR
    odds = log(_PRIOR * (wrong / whole + doubt * _LEAST) / ((right + fitting) / whole + doubt))
    return Weighed(said, best, odds, fitting > whole / 2)


def weigh(subject: Subject) -> Iterator[Weighed]:
    """All that a paper says that two numbers make, weighed."""
    scores = {kind: _Scores(kind) for kind in (TIMES, PART, EACH)}
    for where in stated(subject):
        for said in related_in(where):
            score = scores[said.kind]
            found, none = made(said, names_of(subject), score)
            yield weighed(said, found, [one.score for one in found], score(none))


def check_related(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """What likely numbers make is what is said of them."""
    told: list[Related] = []
    for one in sorted(weigh(subject), key=lambda it: -it.odds) if not subject.is_rule() else ():
        if one.best is not None and one.odds > _TOLD[one.said.kind]:
            if not any(one.said.overlaps(other) for other in told):
                told.append(one.said)
                tally.failed += 1
                yield _finding(subject, one.said, one.best, one.odds)
        elif one.held:
            tally.held += 1


def _finding(subject: Subject, said: Related, best: Made, odds: float) -> Finding:
    view = said.where.block.view.start
    # "bằng ba phần tư năm trước": both that were told in papers of people not met were false alarms.
    fraction = said.kind == TIMES and said.value < 1
    if said.figure is not None:
        _, least = measured_as(said.unit, Decimal(1))
        right = show(in_unit_of(Decimal(f"{best.exact:.6f}") / least, said.figure))
        span = said.figure.span
        words = f"{said.figure.printed} {said.figure.unit or ''}".strip()
    else:
        right = f"{show(Decimal(f'{best.exact:.6f}'))}{' lần' if said.kind == TIMES else '%'}"
        span = subject.document.reading.hull(view + said.start, view + said.end)
        words = said.words
    worked = best.told if best.told.removesuffix("%") == right.removesuffix("%") else f"{best.told} = {right}"
    return RELATED.finding(
        (span,),
        f"ghi “{words}”, nhưng {worked}",
        f"“{words}” is stated, but {worked}",
        stated=said.words,
        expected=right,
        evidence=best.spans,
        suggestion=both("đối chiếu với hai số được nói tới", "compare with the two numbers that are meant"),
        severity=Severity.WARNING if odds > _SURE[said.kind] and not fraction else Severity.NOTE,
        page=said.where.block.page,
    )


RELATED = rule("FIG-355", check_related)
RELATED_RULES = (RELATED,)
