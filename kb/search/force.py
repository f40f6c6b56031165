"""States of force in a search: their words, the records that are in one on a day, the state that bounds say."""

from __future__ import annotations

from kb.bilingual import both
from kb.search.plan import Not, Plan, Range, all_of, any_of
from kb.search.rows import NEVER

IN_FORCE, ENDED, PARTLY_ENDED = "Còn hiệu lực", "Hết hiệu lực toàn bộ", "Hết hiệu lực một phần"
NOT_YET, SUSPENDED, UNKNOWN = "Chưa có hiệu lực", "Ngưng hiệu lực", "Không xác định"
#: The states with their English, for what is told of a query.
STATES = {
    state: both(state, words)
    for state, words in (
        (IN_FORCE, "in force"),
        (ENDED, "no longer in force"),
        (PARTLY_ENDED, "partly in force"),
        (NOT_YET, "not yet in force"),
        (SUSPENDED, "suspended"),
        (UNKNOWN, "not determined"),
    )
}


def state_plan(state: str, day: int) -> Plan:
    """The records of works that are in a state on a day (``20250701``); none are in one that there is not."""
    known = Range("forcefrom", None, NEVER - 1)
    begun = Range("forcefrom", None, day)
    lasting = Range("forceto", day + 1, None)
    partial = all_of(Range("partialfrom", None, day), Range("partialto", day + 1, None))
    stopped = all_of(Range("suspendedfrom", None, day), Range("suspendedto", day + 1, None))
    force = all_of(begun, lasting)
    plans: dict[str, Plan] = {
        UNKNOWN: Range("forcefrom", NEVER, None),
        NOT_YET: all_of(known, Range("forcefrom", day + 1, None)),
        ENDED: all_of(begun, Range("forceto", None, day)),
        SUSPENDED: all_of(force, stopped),
        PARTLY_ENDED: all_of(force, Not(stopped), partial),
        IN_FORCE: all_of(force, Not(stopped), Not(partial)),
    }
    return plans.get(state, all_of(known, Range("forcefrom", NEVER, None)))


def in_force_plan(day: int) -> Plan:
    """The records of works in force on a day, wholly or in part, or issued by then with their force unknown.

    A plan or a letter has no formal end, and a law whose text does not say when it began is not thereby dead; what
    is known to have ended, to be suspended or not to have begun is left out.
    """
    known = all_of(Range("forcefrom", None, day), Range("forceto", day + 1, None))
    stopped = all_of(Range("suspendedfrom", None, day), Range("suspendedto", day + 1, None))
    unknown = all_of(Range("forcefrom", NEVER, None), Range("issued", None, day))
    return any_of(all_of(known, Not(stopped)), unknown)


def state_of(numbers: dict[str, int], day: int) -> str:
    """The state that a work's bounds say for a day; the same as `state_plan` decides.

    >>> state_of({"forcefrom": 20160701, "forceto": NEVER}, 20250701)
    'Còn hiệu lực'
    """
    low, high = numbers.get("forcefrom", NEVER), numbers.get("forceto", NEVER)
    if low >= NEVER:
        return UNKNOWN
    if low > day:
        return NOT_YET
    if high <= day:
        return ENDED
    for name, state in (("suspended", SUSPENDED), ("partial", PARTLY_ENDED)):
        if numbers.get(f"{name}from", NEVER) <= day < numbers.get(f"{name}to", NEVER):
            return state
    return IN_FORCE
