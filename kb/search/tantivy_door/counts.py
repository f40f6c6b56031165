"""Facets over all hits: counts of values, and of states of force on a day."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import tantivy

from kb.search.force import ENDED, IN_FORCE, NOT_YET, PARTLY_ENDED, SUSPENDED, UNKNOWN
from kb.search.rows import FACETS, NEVER
from kb.search.tantivy_door.reader import Reader

#: More different values than this of one facet are not counted.
_MOST_VALUES = 60


def count_facets(reader: Reader, query: tantivy.Query, day: int) -> dict[str, dict[str, int]]:
    """Counts over all hits in one pass; in a second, rarely made, what is both suspended and partly ended."""
    searcher = reader.searcher
    counted = searcher.aggregate(query, _wanted(day, reader.intervals))
    out = {
        name: {str(bucket["key"]): int(bucket["doc_count"]) for bucket in counted[name]["buckets"]}
        for name in FACETS
    }
    now = {state: _count(counted, f"{state}from") - _count(counted, f"{state}to") for state in _STATES}
    both = _both(searcher, query, day) if now["partial"] and now["suspended"] else 0
    return {**out, "status": _states(counted, now, both)}


#: Intervals of a record by the names of their bounds. A day lies in as many of them as have begun by then and not
#: ended. Those of the last two lie within the first.
_STATES = ("force", "partial", "suspended")


@lru_cache(maxsize=64)
def _wanted(day: int, intervals: tuple[str, ...]) -> dict[str, Any]:
    """What is counted on a day. A count costs the same whatever it finds: only intervals that there are."""
    wanted: dict[str, Any] = {name: {"terms": {"field": name, "size": _MOST_VALUES}} for name in FACETS}
    for state in intervals:
        wanted |= _up_to(f"{state}from", day) | _up_to(f"{state}to", day)
    bounds = [{"key": "in", "to": day + 1}, {"key": "later", "from": day + 1, "to": NEVER}]
    wanted["forcefrom"] = {"range": {"field": "forcefrom", "ranges": [*bounds, {"key": "never", "from": NEVER}]}}
    return wanted


def _up_to(field: str, day: int, inner: dict[str, Any] | None = None) -> dict[str, Any]:
    """A count of values up to a day, and of something more among the records after it."""
    ranges = [{"key": "in", "to": day + 1}, {"key": "after", "from": day + 1}]
    return {field: {"range": {"field": field, "ranges": ranges}, **({"aggs": inner} if inner else {})}}


def _bucket(found: dict[str, Any], name: str, key: str) -> dict[str, Any]:
    """The bucket of a range (one without records may be absent)."""
    buckets = found.get(name, {}).get("buckets", [])
    return next((bucket for bucket in buckets if bucket["key"] == key), {"doc_count": 0})


def _count(found: dict[str, Any], name: str, key: str = "in") -> int:
    return int(_bucket(found, name, key)["doc_count"])


def _both(searcher: tantivy.Searcher, query: tantivy.Query, day: int) -> int:
    """How many hits are suspended while partly ended."""
    inner = _up_to("suspendedfrom", day, _up_to("suspendedto", day))
    found = searcher.aggregate(query, _up_to("partialto", day, _up_to("partialfrom", day, inner)))
    partial = _bucket(_bucket(found, "partialto", "after"), "partialfrom", "in")
    return _count(_bucket(partial, "suspendedfrom", "in"), "suspendedto", "after")


def _states(counted: dict[str, Any], now: dict[str, int], both: int) -> dict[str, int]:
    counts = {
        IN_FORCE: now["force"] - now["suspended"] - now["partial"] + both,
        PARTLY_ENDED: now["partial"] - both,
        ENDED: _count(counted, "forceto"),
        NOT_YET: _count(counted, "forcefrom", "later"),
        SUSPENDED: now["suspended"],
        UNKNOWN: _count(counted, "forcefrom", "never"),
    }
    return {state: count for state, count in counts.items() if count}
