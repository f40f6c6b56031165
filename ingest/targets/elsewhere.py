"""What is told of a target at another place: a list of goals tells no results, the annex tells them.

It is only shown beside the target: what a check holds against a target is told at its own place. Nothing is
guessed: where other places tell different results of one time, none is taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from graphs.checks.goals.verdicts import reached
from graphs.checks.reading.arithmetic import decimal
from ingest.figures.quantities import find_quantities
from ingest.targets.same import differ, is_linked_by_neighbours
from ingest.targets.times import Time, is_one_time, is_same_time, month_of, time_of
from kb.goals import MET
from kb.models import Comparator, Result, Target

#: Which way a level is to be reached; one that is only told fits either way.
_WAYS = {
    Comparator.AT_LEAST: "up",
    Comparator.MORE: "up",
    Comparator.AT_MOST: "down",
    Comparator.LESS: "down",
    Comparator.INCREASE: "more",
    Comparator.DECREASE: "less",
}
_CHANGES = (Comparator.INCREASE, Comparator.DECREASE)
_LEVEL_RE = re.compile(r"\bcấp\s+(?P<of>bộ|trung ương|tỉnh|thành phố|huyện|xã|thôn|cơ sở)\b", re.IGNORECASE)
_NOT_RE = re.compile(r"\b(?:chưa|không)\b", re.IGNORECASE)
_YEAR_RE = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The targets at whose places the result and the verdict of a target are told, where not at its own."""

    result: Target | None = None
    verdict: Target | None = None


def told_elsewhere(targets: Sequence[Target], issued: str | None = None) -> dict[str, Elsewhere]:
    """What is told elsewhere of targets, by their ids; `issued` is the day of their paper.

    What begins after that day has no result yet.
    """
    goals = _Goals(targets)
    today = month_of(issued)
    found = {}
    for target in targets:
        time = goals.times[target.id]
        if (target.result and target.verdict) or (time and today and time.first > today):
            continue
        told = _told(target, goals.others(target))
        if told.result or told.verdict:
            found[target.id] = told
    return found


def same_goals(targets: Sequence[Target]) -> list[tuple[Target, ...]]:
    """The targets, those of several places that are one goal together: of each the places that tell it."""
    goals = _Goals(targets)
    kept: dict[str, list[Target]] = {}
    told: list[list[Target]] = []
    for target in targets:
        near = (kept[one.id] for one in goals.linked(target) if one.id in kept)
        mine = next((those for those in near if all(goals.is_one(target, one) for one in those)), None)
        if mine is None:
            told.append(mine := [])
        mine.append(target)
        kept[target.id] = mine
    return [tuple(those) for those in told]


class _Goals:
    """The targets of a paper, with their times and links."""

    def __init__(self, targets: Sequence[Target]) -> None:
        self._by_id: Mapping[str, Target] = {target.id: target for target in targets}
        self.times = {target.id: time_of(target) for target in targets}

    def linked(self, target: Target) -> Iterator[Target]:
        """The same target at other places, and what is the same as those, in turn."""
        seen, reach = {target.id}, [target]
        for one in reach:
            for name in one.same_as:
                if name not in seen and name in self._by_id:
                    seen.add(name)
                    reach.append(self._by_id[name])
                    yield self._by_id[name]

    def others(self, target: Target) -> list[Target]:
        """Other places of one goal, those of the very same time alone where there are any."""
        found = [one for one in self.linked(target) if self.is_one(target, one)]
        exact = [one for one in found if is_same_time(self.times[target.id], self.times[one.id])]
        return exact or found

    def is_one(self, one: Target, other: Target) -> bool:
        """Whether two that are linked are one goal told at two places: one thing, one way, one body, one time."""
        if (one.group and one.group == other.group) or _is_row(one, other):
            return False
        if differ(one, other) and not is_linked_by_neighbours(one, other):
            return False
        if not {_WAYS.get(one.comparator), _WAYS.get(other.comparator)} <= _either(one, other):
            return False
        state = one.unit in ("%", None) and one.comparator not in _CHANGES
        return _bodies(one) == _bodies(other) and is_one_time(*self._times(one, other), state=state)

    def _times(self, one: Target, other: Target) -> tuple[Time | None, Time | None]:
        return self.times[one.id], self.times[other.id]


def _is_row(one: Target, other: Target) -> bool:
    return one.table is not None and (one.table, one.row) == (other.table, other.row)


def _either(one: Target, other: Target) -> set[str | None]:
    """The ways that fit a target: its own, and where it goes up or down, none."""
    way = _WAYS.get(one.comparator) or _WAYS.get(other.comparator)
    return {way} if way in ("more", "less") else {way, None}


@lru_cache(maxsize=512)
def _bodies_of(words: str) -> frozenset[str]:
    found = frozenset(one["of"].lower() for one in _LEVEL_RE.finditer(words))
    return found if len(found) == 1 else frozenset()


def _bodies(target: Target) -> frozenset[str]:
    """The one level of bodies that a target is of; empty for all, or several."""
    return _bodies_of(f"{target.scope or ''} {target.metric}")


def _told(target: Target, others: Sequence[Target]) -> Elsewhere:
    result = verdict = None
    if target.result is None:
        fit = [one for one in others if one.result and not _is_opposite(one.verdict, target.verdict)]
        result = _agreed(fit, lambda one, other: _is_alike(one.result, other.result))
    if target.verdict is None:
        own = target.result or (result.result if result else None)
        fit = [one for one in others if one.verdict and _judges(one) and _is_alike(own, one.result)]
        verdict = _agreed(fit, lambda one, other: not _is_opposite(one.verdict, other.verdict))
        if result and result in fit and verdict:
            verdict = result  # both from one place
    return Elsewhere(result, verdict)


def _agreed(found: Sequence[Target], alike: Callable[[Target, Target], bool]) -> Target | None:
    """The place to be shown of several that tell alike: one with a number, then one of a table, then the first."""
    if any(not alike(one, other) for at, one in enumerate(found) for other in found[at + 1 :]):
        return None
    return min(
        found,
        key=lambda one: (not (one.result and one.result.value), one.table is None, one.span.start),
        default=None,
    )


def _judges(target: Target) -> bool:
    """Whether a verdict is surely on this level: one of several in a row that was missed may have been reached."""
    return target.group is None or target.verdict in MET or reached(target) is False


def _is_opposite(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and (one in MET) is not (other in MET)


def _is_alike(one: Result | None, other: Result | None) -> bool:
    """Whether two results may be one: the same number, or none that the other has not."""
    if one is None or other is None:
        return True
    if one.value is not None and other.value is not None and one.unit == other.unit:
        return decimal(one.value) == decimal(other.value)
    mine, theirs = _numbers(one), _numbers(other)
    if not mine and not theirs:
        return bool(_NOT_RE.search(one.text)) is bool(_NOT_RE.search(other.text))
    return mine <= theirs or theirs <= mine


def _numbers(result: Result) -> set[object]:
    told = {one.value for one in find_quantities(result.text) if not _YEAR_RE.fullmatch(one.value)}
    return {decimal(value) for value in (*told, result.value) if value}
