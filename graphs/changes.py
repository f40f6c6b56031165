"""Events as works undergo them: what texts state and what the catalogue knows, targets resolved."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from graphs.parts import Parts
from kb.mentions import stored_places
from kb.models import Change, Pinpoint, Relation, StatedEvent, When
from kb.store import graph as rows
from kb.store import resolving
from kb.store.codec import load_value
from kb.store.graph import Base, Record
from kb.store.graph_schema import catalogue_events, catalogue_relations, catalogue_works
from kb.validity import ENDS

_SOME = 20_000
#: Changes that are told in passing of a third document.
_TOLD = frozenset((Change.AMEND, Change.INSERT))

#: Relations of the catalogue that change what they act on.
_RELATIONS = {
    "sửa đổi bổ sung": Change.AMEND,
    "thay thế": Change.REPLACE,
    "bãi bỏ": Change.REPEAL,
    "đình chỉ": Change.SUSPEND,
    "đính chính": Change.CORRECT,
    "hợp nhất": Change.CONSOLIDATE,
}
#: The relation by which one document lives with another.
_GUIDES = Relation.GUIDES.value
_EVENTS = {
    "có hiệu lực": Change.START,
    "dời hiệu lực": Change.MOVE,
    "ngưng hiệu lực": Change.SUSPEND,
    "tiếp tục hiệu lực": Change.RESUME,
    "hết hiệu lực": Change.END,
    "hết thời hạn": Change.TERM,
}
_END_KINDS = {
    "thay thế": Change.REPLACE,
    "bãi bỏ": Change.REPEAL,
    "hết thời hạn": Change.TERM,
}


def stated_changes(connection: Base, keys: Sequence[str] | None) -> Iterator[dict[str, Any]]:
    """Rows of changes that current texts state, of all keys or of some."""
    batch: list[Record] = []
    parts = Parts(connection)
    hearsay = Hearsay()
    for row in rows.stated_rows(connection, keys):
        batch.append(row)
        if len(batch) >= _SOME:
            yield from _of_batch(connection, batch, parts, hearsay)
            batch = []
    yield from _of_batch(connection, batch, parts, hearsay)
    yield from hearsay.rows()


class Hearsay:
    """What texts tell in passing of what others did, each deed once, by the text that told it first.

    What the acting text itself is held to say of the same document is not told again.
    """

    def __init__(self) -> None:
        self._told: dict[tuple[str, ...], tuple[tuple[str, str, int], dict[str, Any]]] = {}
        self._stated: set[tuple[str, str]] = set()

    def hear(self, row: Record, made: dict[str, Any], by: str) -> None:
        """One telling, in a row of changes, of a deed of the document of a key."""
        deed = (made["node_id"], by, made["change"], made["place"], made["on"] or "")
        order = (row.issued or "9999", row.work, row.position)
        if deed not in self._told or order < self._told[deed][0]:
            self._told[deed] = order, made

    def state(self, node: str, by: str) -> None:
        """That the text of a key itself says what it does to a work."""
        self._stated.add((node, by))

    def rows(self) -> Iterator[dict[str, Any]]:
        """The rows of what was only told."""
        return (made for deed, (_, made) in sorted(self._told.items()) if deed[:2] not in self._stated)


def _of_batch(connection: Base, batch: list[Record], parts: Parts, hearsay: Hearsay) -> Iterator[dict[str, Any]]:
    meant = rows.targets_of(connection, [(row.version_id, row.target) for row in batch if row.target is not None])
    for row in batch:
        event = load_value(StatedEvent, row.payload)
        target = row.work if event.target is None else meant.get((row.version_id, row.target))
        if target is None:
            continue
        node, by = (row.work, target) if event.passive else (target, None if event.target is None else row.work)
        if event.target is not None and node == by:
            continue
        base = {
            "work_key": row.own_key or f"id:{row.work}" if event.target is None else row.target_key,
            "node_id": node,
            "by_id": by,
            "change": event.change.value,
            "on": event.on,
            "when": event.when.value,
            "days": event.days,
            "other": event.other,
            "saved": places_line(event.saved),
            "until": event.until,
            "article": event.article,
            "origin": "text",
            "certainty": "text",
            "version_id": row.version_id,
            "unit": event.unit,
            "start": event.span.start,
            "end": event.span.end,
            "text": row.text,
            "rule": "",
        }
        told = event.change in _TOLD and event.other is not None and row.other_key
        if not told and by == row.work:
            hearsay.state(node, row.own_key)
        for place in [place_line(place) for place in event.pinpoints] or [""]:
            if told:
                hearsay.hear(row, {**base, "place": place}, row.other_key)
                continue
            yield {**base, "place": place}
            if event.change in ENDS:
                yield from ({**base, "place": article} for article in parts.articles(node, place))


def place_line(place: Pinpoint) -> str:
    """A place as one line, outer level first; chapters and sections do not stand over an article.

    >>> place_line(Pinpoint((("chương", "II"), ("điều", "5"), ("khoản", "2"))))
    'điều 5/khoản 2'
    """
    path = place.path
    levels = [level for level, _ in path]
    if "điều" in levels:
        path = path[levels.index("điều") :]
    return "/".join(f"{level} {label}" for level, label in path)


def places_line(places: Iterable[Pinpoint]) -> str:
    """Several places as one stored line."""
    return "; ".join(map(place_line, places))


class _Nodes:
    """The works of the catalogue's rows, found by key and day."""

    def __init__(self, connection: Base, keys: Iterable[str]) -> None:
        self._by_key: dict[str, list[Record]] = defaultdict(list)
        for row in rows.node_rows(connection, "work_key", sorted(set(keys))):
            self._by_key[row.work_key].append(row)

    def find(self, key: str, issued: str) -> str | None:
        """The one work of a key and day; None where there is none or several."""
        near = self._by_key.get(key, [])
        exact = [row for row in near if issued and row.issued == issued]
        found = exact or [row for row in near if not (issued and row.issued and row.issued[:4] != issued[:4])]
        return found[0].id if len(found) == 1 else None


def catalogue_changes(
    connection: Base, keys: Sequence[str] | None
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Rows of edges and of changes that the catalogue gives, of all keys or of some."""
    works = list(resolving.catalogue_rows(connection, catalogue_works, "work_key", keys))
    relations = {
        (row.batch_id, row.row): row
        for column in ("work_key", "other_key")
        for row in resolving.catalogue_rows(connection, catalogue_relations, column, keys)
    }
    happened = {
        (row.batch_id, row.row): row
        for column in ("work_key", "by_key")
        for row in resolving.catalogue_rows(connection, catalogue_events, column, keys)
    }
    wanted = {row.work_key for row in (*works, *relations.values(), *happened.values())}
    wanted |= {row.other_key for row in relations.values()} | {row.by_key for row in happened.values()}
    nodes = _Nodes(connection, wanted - {""})
    fresh = None if keys is None else set(keys)
    edge_rows = list(_edges(relations.values(), nodes))
    changes = list(_of_works(works, nodes))
    changes += _of_relations(relations.values(), nodes)
    changes += _of_events(happened.values(), nodes)
    if fresh is not None:
        # A row of which one end was forgotten is made anew, whichever end it was.
        edge_rows = [row for row in edge_rows if row["work_key"] in fresh or row["source_key"] in fresh]
    return [{k: v for k, v in row.items() if k != "source_key"} for row in edge_rows], changes


def _of_works(works: Iterable[Record], nodes: _Nodes) -> Iterator[dict[str, Any]]:
    for row in works:
        node = nodes.find(row.work_key, row.issued)
        if node and row.effective:
            yield _change(row, node, None, Change.START, row.effective)
        if node and row.ended:
            yield _change(row, node, None, _END_KINDS.get(row.end_kind, Change.END), row.ended, rule=row.end_kind)


def _of_relations(relations: Iterable[Record], nodes: _Nodes) -> Iterator[dict[str, Any]]:
    for row in relations:
        source, target = _ends(row, nodes)
        if source and target and row.relation == _GUIDES:
            key = row.work_key if row.direction != "passive" else row.other_key
            yield _change(row, source, target, Change.DETAILS, "", key=key)
        change = _RELATIONS.get(row.relation)
        if source and target and change:
            key = row.other_key if row.direction != "passive" else row.work_key
            for place, saved in _concerned(row.pinpoint):
                yield _change(row, target, source, change, row.on, place, key=key, saved=saved)


def _of_events(happened: Iterable[Record], nodes: _Nodes) -> Iterator[dict[str, Any]]:
    for row in happened:
        node = nodes.find(row.work_key, row.issued)
        by = nodes.find(row.by_key, row.by_issued) if row.by_key else None
        change = _EVENTS.get(row.event)
        if node and change:
            for place, saved in _concerned(row.pinpoint):
                yield _change(row, node, by, change, row.on, place, saved=saved)


_ALL_BUT_RE = re.compile(r"\s*(?:toàn bộ\s*,?\s*)?trừ\s+(?P<saved>.+)", re.IGNORECASE)


def _concerned(pinpoint: str) -> Iterator[tuple[str, str]]:
    """The places that a row of the catalogue names, each with what it leaves alive.

    >>> list(_concerned("toàn bộ, trừ Điều 11")), list(_concerned("Điều 5, Điều 9"))
    ([('', 'điều 11')], [('điều 5', ''), ('điều 9', '')])
    """
    but = _ALL_BUT_RE.fullmatch(pinpoint)
    if but:
        yield "", "; ".join(stored_places(but["saved"]))
    else:
        yield from ((place, "") for place in stored_places(pinpoint))


def _edges(relations: Iterable[Record], nodes: _Nodes) -> Iterator[dict[str, Any]]:
    for row in relations:
        source, target = _ends(row, nodes)
        if not (source and target):
            continue
        passive = row.direction == "passive"
        yield {
            "source_key": row.other_key if passive else row.work_key,
            "work_key": row.work_key if passive else row.other_key,
            "source": source,
            "target": target,
            "status": "known",
            "relation": row.relation,
            "direction": "active" if row.relation in _RELATIONS else None,
            "place": "; ".join(place for place, _ in _concerned(row.pinpoint) if place) or None,
            "version_id": None,
            "position": None,
            "unit": None,
            "start": None,
            "end": None,
            "on": row.on or None,
            "origin": "catalogue",
            "certainty": row.certainty,
            "reason": row.source,
            "candidates": None,
        }


def _ends(row: Record, nodes: _Nodes) -> tuple[str | None, str | None]:
    one, other = nodes.find(row.work_key, row.issued), nodes.find(row.other_key, row.other_issued)
    return (other, one) if row.direction == "passive" else (one, other)


def _change(
    row: Record,
    node: str,
    by: str | None,
    change: Change,
    on: str,
    place: str = "",
    rule: str = "",
    key: str = "",
    saved: str = "",
) -> dict[str, Any]:
    when = When.DAY if on else When.ACT if by else When.UNKNOWN
    return {
        "work_key": key or row.work_key,
        "node_id": node,
        "by_id": by,
        "change": change.value,
        "on": on or None,
        "when": when.value,
        "days": 0,
        "other": None,
        "place": place,
        "saved": saved,
        "until": None,
        "article": None,
        "origin": "catalogue",
        "certainty": row.certainty or "general",
        "version_id": None,
        "unit": None,
        "start": None,
        "end": None,
        "text": row.source,
        "rule": rule,
    }
