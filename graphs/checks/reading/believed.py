"""Which relation between series is believed: it tells at enough places, and fails at few, best by slips."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from graphs.checks.reading.arithmetic import places_of, slipped
from graphs.checks.reading.relations import (
    CONFIRMED,
    FACTORS,
    Asked,
    Kind,
    Relation,
    Tested,
    Values,
    agrees,
    try_out,
    work_out,
)

#: At so many places that tell something a relation must hold for each at which it may fail; one may fail always.
_HOLDS_FOR_EACH_FAILURE = 5
#: Quotients with decimals that agree in so many rows do not do so by chance: there half as many may fail.
_RATES, _HOLDS_FOR_EACH_FAILURE_OF_RATES = 4, 2
#: Where several places fail, each by a slip, half as many may: the double of so many asks for it to be seen.
_FEWEST_SLIPS = 4
#: Sums of so many digits in all, at two places or more, hardly come about by chance: they do without words.
_WEIGHTY = 4.5
#: Two cells that changed places.
_TWO = 2


def believed(tested: Tested, least: int, slips: int = 0) -> bool:
    """Whether a relation is one: it tells at enough places and fails at few, `slips` of which a slip explains."""
    fine = tested.relation.kind in FACTORS and tested.fine >= _RATES
    allowed = max(1, tested.telling // (_HOLDS_FOR_EACH_FAILURE_OF_RATES if fine else _HOLDS_FOR_EACH_FAILURE))
    weighty = tested.relation.kind is Kind.SUM and tested.telling >= 2 and tested.weight >= _WEIGHTY
    telling = tested.telling + CONFIRMED * tested.confirmed
    enough = telling >= least or weighty
    return enough and len(tested.failed) - slips <= allowed and telling > len(tested.failed) + tested.among


def _slips(tested: Tested, series: Sequence[Values], signless: bool) -> int:
    """At how many of the places where a relation fails it would hold but for a digit of one of the numbers."""
    relation = tested.relation
    return sum(
        any(
            agrees(relation.kind, worked, one[0], signless)
            for one in _mistyped([series[of][at] for of in (relation.result, *relation.operands)])
            if one[0] is not None and (worked := work_out(relation.kind, one[1:]))
        )
        for at in tested.failed
    )


def _confirmed(tested: Tested, series: Sequence[Values], asked: Asked) -> int:
    """At how many of the places where a relation fails it holds with what is asked for in place of one number."""
    relation, count = tested.relation, 0
    for at in tested.failed:
        members = (relation.result, *relation.operands)
        values = [series[one][at] for one in members]
        for place, one in enumerate(members):
            other = asked.get((one, at))
            if other is None:
                continue
            values[place], kept = other, values[place]
            printed, worked = values[0], work_out(relation.kind, values[1:])
            values[place] = kept
            if (
                printed is not None
                and worked is not None
                and agrees(relation.kind, (worked[0], Decimal(0)), printed)
            ):
                count += 1
                break
    return count


def _exchanged(tested: Tested, series: Sequence[Values], signless: bool) -> bool:
    """Whether a quotient that fails at two places holds at both with the cells of the two exchanged."""
    relation = tested.relation
    if len(tested.failed) != _TWO or relation.kind not in FACTORS:
        return False
    for at, of in (tested.failed, tested.failed[::-1]):
        printed = series[relation.result][of]
        worked = work_out(relation.kind, [series[operand][at] for operand in relation.operands])
        if (
            printed is None
            or worked is None
            or not agrees(relation.kind, (worked[0], Decimal(0)), printed, signless)
        ):
            return False
    return tested.telling > 0


def _mistyped(values: Values) -> Iterator[Values]:
    """The same numbers with a slip in one of them."""
    for at, value in enumerate(values):
        if value:
            places = places_of(str(value))
            for other in slipped(str(int(abs(value).scaleb(places)))):
                yield [*values[:at], Decimal(other).scaleb(-places).copy_sign(value), *values[at + 1 :]]


def best(
    relations: Iterable[Relation],
    series: Sequence[Values],
    places: Sequence[int],
    least: Callable[[Relation], int],
    signless: bool = False,
    asked: Asked | None = None,
    odd: Container[int] = (),
) -> Tested | None:
    """The relation that is believed and tells at most places; None for none.

    `asked` has the numbers that other sums ask for where they fail; at `odd` places stand other things.
    """
    found: Tested | None = None
    for relation in relations:
        tested = try_out(relation, series, places, signless, odd)
        if asked and len(tested.failed) == 1 and tested.telling:
            tested = replace(tested, confirmed=_confirmed(tested, series, asked))
        rough = relation.kind in FACTORS and tested.fine < _RATES  # a digit more or less is no slip of those
        few = not rough and _FEWEST_SLIPS <= 2 * len(tested.failed) <= tested.telling + 1
        slips = _slips(tested, series, signless) if few and not believed(tested, least(relation)) else 0
        if _exchanged(tested, series, signless):
            tested, slips = replace(tested, confirmed=_TWO), _TWO
        if believed(tested, least(relation), slips) and (found is None or _rank(tested) > _rank(found)):
            found = tested
    return found


def _rank(tested: Tested) -> tuple[int, int]:
    return tested.telling - 2 * len(tested.failed), -len(tested.relation.operands)
