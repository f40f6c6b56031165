"""FIG of one task that is given two deadlines, or done on two days: by one part of a paper and by another.

Two deadlines differ when no day is in both. What a task is called is compared word by word. Another stage of it, a
part of it, what another body is to do, another time of a task that returns: each is another task.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from graphs.checks.report import Subject, Tally, rule
from graphs.checks.times.dues import Due, Name, dues_of
from graphs.checks.times.one_day import check_one_day
from kb.bilingual import both
from kb.models import Finding

#: A thing that is to be there is to be made, passed and found until then.
_MADE = frozenset(("", "submit", "issue", "plan", "found", "tender"))
#: What may be told along with a task in one place, and not in the other.
_ALONG = _MADE | {"check"}
#: One word in so many may be told otherwise; so many of its pairs agree; the longer name is so many times longer.
_OTHERS, _SHARED, _LONGER = 8, 0.7, 3.0


def _one_task(one: Due, other: Due) -> bool:
    if not one.sure and not other.sure:
        return False
    if one.body and other.body and not (one.body.startswith(other.body) or other.body.startswith(one.body)):
        return False
    return any(_one_name(name, another) for name in one.names for another in other.names)


def _one_name(one: Name, other: Name) -> bool:
    short, long = sorted((one.words, other.words), key=lambda words: len(set(words)))
    few, many = set(short), set(long)
    if len(many) > _LONGER * len(few) or len(few - many) > len(few) // _OTHERS:
        return False
    if not one.proper <= set(other.words) or not other.proper <= set(one.words):
        return False
    if one.stage != other.stage and not ("" in (one.stage, other.stage) and {one.stage, other.stage} <= _MADE):
        return False
    if not one.stages ^ other.stages <= _ALONG:
        return False
    if one.marks != other.marks or one.shares != other.shares:
        return False
    if one.counts and other.counts and not one.counts & other.counts:
        return False
    pairs, others = set(pairwise(short)), set(pairwise(long))
    return len(pairs & others) >= _SHARED * len(pairs)


def _together(one: Due, other: Due) -> bool:
    """Whether two tasks are steps of one: in one unit, or in items of a list one behind the other."""
    if one.unit == other.unit:
        return True
    over, across = one.unit.rpartition("__")[0], other.unit.rpartition("__")[0]
    return over == across and "itm_" in over and abs(one.rank - other.rank) <= 1


def _apart(one: Due, other: Due) -> bool:
    return one.last < other.first or other.last < one.first


def _set_anew(one: Due, other: Due) -> bool:
    """Whether a task that was not done in time has a later day now: ``phải xong trước …, nhưng đến nay chưa``."""
    early, late = sorted((one, other), key=lambda due: due.last)
    return early.missed and not late.missed and early.last < late.first


def check_deadlines(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``xóa điểm đen trước ngày 30/9/2024`` among the goals, ``… trước ngày 30/11/2024`` among the tasks."""
    told = [due for due in dues_of(subject) if due.names and not due.yearly] if not subject.is_rule() else []
    for at, other in enumerate(told):
        same = [one for one in told[:at] if not _together(one, other) and _one_task(one, other)]
        same = [one for one in same if not _set_anew(one, other)]
        if not same:
            continue
        if not all(_apart(one, other) for one in same):
            tally.held += 1
            continue
        tally.failed += 1
        one = same[0]
        yield DEADLINE.finding(
            (other.span,),
            f"thời hạn ghi {other.printed}, nhưng chỗ khác ghi {one.printed} cho cùng việc: “{one.task[:110]}”",
            f"the deadline is {other.printed}, elsewhere {one.printed} for the same task: “{one.task[:110]}”",
            stated=other.printed,
            expected=one.printed,
            evidence=(one.span,),
            suggestion=both("thống nhất một thời hạn cho cùng một việc", "keep one deadline for one task"),
            page=other.page,
        )
    yield from check_one_day(subject, tally, DEADLINE)


DEADLINE = rule("FIG-251", check_deadlines)
DEADLINE_RULES = (DEADLINE,)
