"""Facets over all hits: counts of values, and of states of force on a day."""

from __future__ import annotations

from typing import Any

import tantivy

from kb.search.force import ENDED, IN_FORCE, NOT_YET, PARTLY_ENDED, SUSPENDED, UNKNOWN
from kb.search.rows import FACETS, NEVER

#: More different values than this of one facet are not counted.
_MOST_VALUES = 60


def count_facets(searcher: tantivy.Searcher, query: tantivy.Query, day: int) -> dict[str, dict[str, int]]:
    """Counts over all hits; the states of force come of ranges inside ranges, in the same pass.

    Ranges inside ranges cost more than all the rest: those of states that no hit was ever in are left out.
    """
    wanted: dict[str, Any] = {name: {"terms": {"field": name, "size": _MOST_VALUES}} for name in FACETS}
    ever = {state: _range(f"ever{state}", f"{state}from", day, begun=True) for state in ("suspended", "partial")}
    wanted |= _state_ranges(day, frozenset())
    for ranges in ever.values():
        wanted |= ranges
    counted = searcher.aggregate(query, wanted)
    seen = frozenset(state for state in ever if _inside(counted, f"ever{state}")["doc_count"])
    out = {
        name: {str(bucket["key"]): int(bucket["doc_count"]) for bucket in counted[name]["buckets"]}
        for name in FACETS
    }
    if seen:
        counted |= searcher.aggregate(query, _state_ranges(day, seen))
    return {**out, "status": _states(counted)}


def _range(name: str, field: str, day: int, *, begun: bool, inner: dict[str, Any] | None = None) -> dict[str, Any]:
    """A count of values up to a day, or after it."""
    bounds = {"key": "in", "to": day + 1} if begun else {"key": "in", "from": day + 1}
    return {name: {"range": {"field": field, "ranges": [bounds]}, **({"aggs": inner} if inner else {})}}


def _during(state: str, day: int, inner: dict[str, Any] | None = None) -> dict[str, Any]:
    """A count of records in whose interval of a state the day lies."""
    ends = _range("until", f"{state}to", day, begun=False, inner=inner)
    return _range(state, f"{state}from", day, begun=True, inner=ends)


def _state_ranges(day: int, seen: frozenset[str]) -> dict[str, Any]:
    """The ranges of force, with those of the other states that hits were `seen` in."""
    stopped = _during("suspended", day) if "suspended" in seen else {}
    inner = {**stopped, **(_during("partial", day, stopped or None) if "partial" in seen else {})}
    lasting = _range("until", "forceto", day, begun=False, inner=inner or None)
    unknown = {"unknown": {"range": {"field": "forcefrom", "ranges": [{"key": "in", "from": NEVER}]}}}
    later = {"later": {"range": {"field": "forcefrom", "ranges": [{"key": "in", "from": day + 1, "to": NEVER}]}}}
    return {**_range("force", "forcefrom", day, begun=True, inner=lasting), **unknown, **later}


def _inside(found: dict[str, Any], name: str) -> dict[str, Any]:
    """The one bucket of a range that has its key (a range without records may be absent)."""
    buckets = found.get(name, {}).get("buckets", [])
    return next((bucket for bucket in buckets if bucket["key"] == "in"), {"doc_count": 0})


def _states(counted: dict[str, Any]) -> dict[str, int]:
    def lasting(found: dict[str, Any], state: str) -> dict[str, Any]:
        return _inside(_inside(found, state), "until")

    begun = _inside(counted, "force")
    force = _inside(begun, "until")
    stopped = lasting(force, "suspended")["doc_count"]
    partial = lasting(force, "partial")
    partial_only = partial["doc_count"] - lasting(partial, "suspended")["doc_count"]
    counts = {
        IN_FORCE: force["doc_count"] - stopped - partial_only,
        PARTLY_ENDED: partial_only,
        ENDED: begun["doc_count"] - force["doc_count"],
        NOT_YET: _inside(counted, "later")["doc_count"],
        SUSPENDED: stopped,
        UNKNOWN: _inside(counted, "unknown")["doc_count"],
    }
    return {state: count for state, count in counts.items() if count}
