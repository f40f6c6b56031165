"""FIG of differences: by how much one thing is said to be more than another, against the values of both.

``số bé trai nhiều hơn số bé gái 84 cháu``; ``So với năm trước, số lao động có việc làm nhiều hơn 580 người``. The
two are found as those of a multiple are; where any two that may be meant make it, it is right.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from graphs.checks.reading.arithmetic import show
from graphs.checks.reading.differences import Difference, differences_in
from graphs.checks.reading.moved import in_unit_of, scaled
from graphs.checks.reading.named import with_unit
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.reading.telling import places_printed
from graphs.checks.report import Subject, Tally, rule
from graphs.checks.restated.called_near import measured_as
from graphs.checks.restated.called_values import called_values
from graphs.checks.restated.multiples_named import Compared, two_named
from kb.bilingual import both
from kb.models import Finding

#: So many times the difference is more than two things that are not the ones meant have.
_FAR = Decimal(5)


def check_differences_said(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A difference is that of the two values that it compares."""
    year = subject.as_of.year if subject.as_of else 0
    for where in stated(subject) if not subject.is_rule() else ():
        for told in differences_in(where):
            pairs = [
                (now, then, sure)
                for now, then, sure in two_named(where, told.compared, called_values(subject), year)
                if _is_alike(told, now, then)
            ]
            if any(_fits(told, now, then) for now, then, _ in pairs):
                tally.held += 1
                continue
            most = max((sure for *_, sure in pairs), default=0)
            best = [(now, then) for now, then, sure in pairs if sure == most > 0]
            exact = {abs(now.value - then.value) for now, then in best}
            if len(exact) == 1 and 0 < min(exact) <= _FAR * scaled(told.figure) <= _FAR * _FAR * min(exact):
                tally.failed += 1
                yield _finding(where, told, *best[0])


def _is_alike(told: Difference, now: Compared, then: Compared) -> bool:
    """Whether a difference is measured as what it is of."""
    kind = measured_as((told.figure.unit or "").lower(), Decimal(1))[0]
    kinds = {kind if one.kind == "" and not kind else one.kind for one in (now, then)}
    return kinds == {kind}


def _fits(told: Difference, now: Compared, then: Compared) -> bool:
    figure = told.figure
    unit = scaled(figure) / Decimal(figure.value)
    last = unit.scaleb(-places_printed(figure.value, figure.printed))
    slack = last if last != 1 or (figure.value.endswith("0") and len(figure.value) > 4) else Decimal(0)
    return abs(abs(now.value - then.value) - scaled(figure)) <= max(slack, (now.step + then.step) / 2)


def _finding(where: Stated, told: Difference, now: Compared, then: Compared) -> Finding:
    figure = told.figure
    more, less = sorted((now, then), key=lambda one: -one.value)
    right = show(in_unit_of(more.value - less.value, figure))
    worked = f"{more.told} - {less.told} = {right}"
    return DIFFERENCE.finding(
        (figure.span,),
        f"ghi hơn kém {with_unit(figure)}, nhưng {worked}",
        f"a difference of {with_unit(figure)} is stated, but {worked}",
        stated=figure.printed,
        expected=right,
        evidence=(*now.spans, *then.spans),
        suggestion=both("tính lại hiệu của hai số được so sánh", "work out the difference again"),
        page=where.block.page,
    )


DIFFERENCE = rule("FIG-314", check_differences_said)
DIFFERENCES_SAID_RULES = (DIFFERENCE,)
