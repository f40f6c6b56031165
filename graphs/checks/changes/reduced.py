"""FIG of a rate by which bodies fell in number: the number before stands in another sentence.

``Có 125 tổ chức, gồm 112 phòng, 13 chi cục. … giảm còn 94 (83 phòng và 11 chi cục), đạt tỷ lệ 24,8%``: that both
are made of the same kinds tells that they are of one thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from graphs.checks.changes.aimed import check_aimed
from graphs.checks.reading.arithmetic import rounds_to, show
from graphs.checks.reading.enumerated import bracketed
from graphs.checks.reading.made_of import parts_of
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import Figure, Finding

_LEFT_RE = re.compile(r"\bgiảm\s+(?:xuống\s+)?còn\s*$", re.IGNORECASE)
_RATE_RE = re.compile(
    r"[^.;%()]{0,60}\([^()%]{3,120}\)[^.;%\d]{0,30}\b(?:tỷ lệ|tỉ lệ|tương (?:ứng|đương)|giảm)"
    r"\s*(?:là\s*|giảm\s*)?$",
    re.IGNORECASE,
)
_REACH = 20
#: A rate so many points away was worked out of other numbers.
_POINTS = Decimal(3)


def check_reduced(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A rate of reduction fits the total before, made of the same kinds of bodies, and the one that is left."""
    yield from check_aimed(subject, tally, REDUCED)
    totals: list[tuple[int, Figure, frozenset[str]]] = []
    for block, where in enumerate(stated(subject)):
        for at, figure in enumerate(where.figures):
            left = _LEFT_RE.search(where.text[: where.start(figure)])
            parts = bracketed(where, at) if left else parts_of(where, at) or bracketed(where, at)
            kinds = _kinds(parts)
            if not kinds or figure.of or figure.unit == "%":
                continue
            rate = _rate_behind(where, at) if left else None
            if rate is not None:
                before = [one for place, one, same in totals if same == kinds and block - place <= _REACH]
                more = [one for one in before if Decimal(one.value) > Decimal(figure.value)]
                if more:
                    yield from _held_against(where, more[-1], figure, rate, tally)
            totals.append((block, figure, kinds))


def _kinds(parts: tuple[Figure, ...]) -> frozenset[str]:
    """The first words of what parts count; none for one kind alone, or where one counts nothing named."""
    kinds = frozenset((part.unit or "").lower().split(" ")[0] for part in parts)
    return kinds if len(kinds) >= 2 and "" not in kinds else frozenset()


def _rate_behind(where: Stated, at: int) -> Figure | None:
    figure = where.figures[at]
    rate = next((one for one in where.figures[at + 1 :] if one.unit == "%"), None)
    return rate if rate and not rate.bound and _RATE_RE.fullmatch(where.between(figure, rate)) else None


def _held_against(where: Stated, before: Figure, left: Figure, rate: Figure, tally: Tally) -> Iterator[Finding]:
    one, two = Decimal(before.value), Decimal(left.value)
    exact = (one - two) / one * 100
    if rounds_to(exact, rate.value):
        tally.held += 1
        return
    if abs(exact - Decimal(rate.value)) > _POINTS:
        tally.skip(both("không chắc tỷ lệ giảm tính từ số nào", "not sure of which number the rate is"))
        return
    tally.failed += 1
    sum_ = f"({show(one)} - {show(two)}) / {show(one)} = {show(exact)}%"
    yield REDUCED.finding(
        (rate.span,),
        f"ghi giảm {rate.printed}, nhưng {sum_}",
        f"a fall of {rate.printed} is stated, but {sum_}",
        stated=rate.printed,
        expected=f"{show(exact)}%",
        evidence=(before.span, left.span),
        suggestion=both("đối chiếu số trước, số sau và tỷ lệ giảm", "compare the two numbers and the rate"),
        page=where.block.page,
    )


REDUCED = rule("FIG-220", check_reduced)
REDUCED_RULES = (REDUCED,)
