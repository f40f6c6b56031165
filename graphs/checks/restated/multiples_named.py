"""The two values that a multiple compares, by their names, wherever the paper has them."""

from __future__ import annotations

from collections.abc import Iterator

from graphs.checks.reading.compared import Words
from graphs.checks.reading.multiples import Multiple, clauses_before
from graphs.checks.reading.prose import Stated
from graphs.checks.restated.called_values import Called, CalledValues, is_under, naming

_NO_VALUE = frozenset(("change", "mean", "from"))
#: How much of a name is said, and of what is said is in the name: in the paragraph itself, and anywhere.
_BESIDE, _ANYWHERE = (0.4, 0.6), (0.75, 0.75)


def two_named(where: Stated, told: Multiple, values: CalledValues) -> Iterator[tuple[Called, Called, bool]]:
    """Two values of the names before and behind a multiple; the nearest two are surely meant."""
    then_said = naming(told.object)
    for clause in clauses_before(told.subject):
        now_said = naming(clause)
        if not (now_said - then_said and then_said):
            continue
        found = list(_two(where, told, now_said, then_said, values))
        if found:
            at = where.block.span.start + told.start
            found.sort(key=lambda row: (-round(row[2], 2), abs(at - row[0].node.told.span.start)))
            for one, other, score in found:
                yield one, other, score == found[0][2] and (one, other) == found[0][:2]
            return


def _two(
    where: Stated, told: Multiple, now_said: Words, then_said: Words, values: CalledValues
) -> Iterator[tuple[Called, Called, float]]:
    now = list(_named(where, told, now_said, values))
    then = list(_named(where, told, then_said, values))
    for one, first in now:
        for other, second in then:
            if one is not other and one.value and other.value and _is_alike(one, other):
                yield one, other, first * second


def _named(where: Stated, told: Multiple, said: Words, values: CalledValues) -> Iterator[tuple[Called, float]]:
    whole = values.weight(said)
    for _, one in values.named(said, _BESIDE[0]):
        node = one.node
        beside = node.block == where.block.view.start or is_under(where.block, node)
        start = node.told.span.start - where.block.span.start
        if (node.block == where.block.view.start and told.start <= start < told.end) or node.told.unit == "lần":
            continue
        if node.kind == "%" or node.told.of or node.told.said.marks & _NO_VALUE or node.told.said.aim[0]:
            continue
        least_name, least_said = _BESIDE if beside else _ANYWHERE
        of_name = values.weight(one.own & said) / values.weight(one.own)
        of_said = values.weight(one.all & said) / whole
        if of_name >= least_name and of_said >= least_said:
            yield one, of_name * of_said


def _is_alike(one: Called, other: Called) -> bool:
    """Whether two values stand in one column, one row, or one kind of place, and are counted alike."""
    if one.node.kind != other.node.kind:
        return False
    left, right = one.node.cell, other.node.cell
    if left and right:
        # A row beside the total of its column is a part of it.
        in_column = left[2] == right[2] and not (left[1].total or right[1].total)
        return left[0] is right[0] and (left[1].at == right[1].at or in_column)
    units = {call.node.told.unit.split("/")[-1] if "/" in call.node.told.unit else "" for call in (one, other)}
    return left is None and right is None and len(units) == 1
