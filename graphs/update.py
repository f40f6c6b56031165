"""Pass 2: the graph of the whole base, brought up to date after documents came in.

Everything is worked out by key: the works that bear it, what each mention of it means, the edges and events that
follow. A document that arrives touches its own key and those it cites; making all of them anew gives the same.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from graphs.authority import refresh_ranks
from graphs.changes import catalogue_changes, stated_changes
from graphs.decided import Decisions, load_decisions
from graphs.intervals import refresh_intervals
from graphs.resolve import Group, Mention, Resolution, resolve_group
from graphs.slots import Node, Said
from kb.mentions import head_of
from kb.models import Change, Relation
from kb.store import graph as rows
from kb.store import resolving
from kb.store.follows import move_follows
from kb.store.graph import Base, Record
from kb.store.graph_schema import catalogue_relations, catalogue_works, changes, edges, former_ids, nodes
from kb.store.saving import put, take_news
from kb.store.store import Store
from kb.vocabulary.types import LAW_TYPES
from kb.works import slug

_SHORT_RE = re.compile(r"(\d+[a-z]?(?:\.\d+)?-(?:19|20)\d\d)-")
_SHORT_KEY_RE = re.compile(r"\d+[a-z]?(?:\.\d+)?-(?:19|20)\d\d")
_AMENDING = (Change.AMEND.value, Change.INSERT.value, Change.MOVE.value)
_ENDING = (Change.REPLACE.value, Change.REPEAL.value, Change.END.value, Change.TERM.value)
#: The changes that a relation of a mention may stand for, where it is the citing text that makes them.
_CHANGING = {
    Relation.AMENDS.value: _AMENDING,
    Relation.REPLACES.value: (*_ENDING, Change.AMEND.value),
    Relation.REPEALS.value: (*_ENDING, Change.AMEND.value),
    Relation.SUSPENDS.value: (Change.SUSPEND.value,),
}


@dataclass(frozen=True, slots=True)
class Updated:
    """How much was worked out: keys, works, mentions."""

    keys: int
    works: int
    mentions: int


def update_graph(store: Store, works: Iterable[str] | None = None, keys: Iterable[str] = ()) -> Updated:
    """Bring the graph up to date for what came in, some works and keys besides; all of it with `works` None."""
    with store.transaction() as connection:
        wanted = sorted({*take_news(connection), *(works or ())})
        if works is None:
            rows.clear(connection)
            return update_within(connection, None)
        touched = resolving.keys_of_works(connection, wanted) | set(keys) | {f"id:{work}" for work in wanted}
        return update_within(connection, touched)


def update_within(connection: Base, touched: set[str] | None, *, ranked: bool = True) -> Updated:
    """Bring the graph up to date for some keys inside a transaction; the whole of it with None.

    Where nothing is worked out yet, all is: nothing need be looked up key by key. Ranks order hits alone: a base
    that nobody searches goes without (`ranked` false), and without what makes them.
    """
    keys: list[str] | None = None
    old_nodes: set[str] = set()
    old_meant: dict[tuple[int, int], str] = {}
    decided = load_decisions(connection)
    touched = touched if rows.has_rows(connection, nodes) else None
    if touched is not None:
        touched = touched | _shorter(connection, touched)
        touched |= decided.partners(touched)
        keys = sorted(touched)
        old_nodes, old_meant = resolving.old_state(connection, keys)
        resolving.forget_keys(connection, keys, sorted(old_nodes))
    made: list[str] = []
    meant: dict[tuple[int, int], str] = {}
    count = 0
    full, short = _split(keys)
    for some in (full, short):
        if some is not None and not some:
            continue
        for found, edge_rows in _resolve(connection, some, decided, is_short=some is short and some is not None):
            rows.put_rows(connection, nodes, found)
            rows.put_rows(connection, edges, edge_rows)
            made += [node["id"] for node in found]
            count += len(edge_rows)
            if old_meant:
                meant |= {
                    (row["version_id"], row["position"]): row["target"] for row in edge_rows if row["target"]
                }
    rows.put_rows(connection, changes, stated_changes(connection, keys))
    more_edges, more_changes = catalogue_changes(connection, keys)
    rows.put_rows(connection, edges, more_edges)
    rows.put_rows(connection, changes, more_changes)
    rows.demote_edges(connection, keys, _CHANGING, Relation.CITES.value)
    if old_nodes:
        _record_former(connection, old_nodes - set(made), old_meant, meant, made)
    refresh_intervals(connection, None if keys is None else made)
    if ranked:
        refresh_ranks(connection, everything=keys is None)
    return Updated(len(keys) if keys is not None else len(made), len(made), count)


def _split(keys: list[str] | None) -> tuple[list[str] | None, list[str]]:
    """Keys that stand for themselves, and those that are looked up among fuller ones."""
    if keys is None:
        return None, []
    short = [key for key in keys if _is_short(key)]
    return [key for key in keys if not _is_short(key)], short


def _is_short(key: str) -> bool:
    return bool(_SHORT_KEY_RE.fullmatch(key)) or not (key[:1].isdigit() or ":" in key)


def _shorter(connection: Base, keys: set[str]) -> set[str]:
    """The short keys that can mean works under some keys, as far as mentions have them."""
    wanted = {found[1] for key in keys if (found := _SHORT_RE.match(key))}
    own = sorted(key for key in keys if key[:1].isdigit())
    for row in resolving.held_rows(connection, own):
        if row.type in LAW_TYPES:
            wanted |= _names_of(row)
    return resolving.short_keys(connection, wanted - keys)


def _names_of(row: Record) -> set[str]:
    """The keys under which a law can be mentioned by its name."""
    title = row.title or ""
    bare = title.removeprefix(row.type).strip() if title.startswith(row.type) else title
    return {slug(f"{row.type} {bare}", 150)} if bare else set()


def _resolve(
    connection: Base, keys: list[str] | None, decided: Decisions, is_short: bool
) -> Iterator[tuple[list[dict[str, Any]], list[dict[str, Any]]]]:
    """Rows of nodes and edges, many groups at a time; short keys last, for they look among the others."""
    held, catalogued = known_works(connection, keys)
    later: list[tuple[str, list[Record]]] = []
    batch_nodes: list[dict[str, Any]] = []
    batch_edges: list[dict[str, Any]] = []

    def take(group: Group, mentions: Sequence[Record]) -> None:
        found, resolved = resolve_group(group)
        found, resolved = decided.apply(group.key, found, resolved)
        batch_nodes.extend(_node_row(group.key, node) for node in found)
        batch_edges.extend(map(_edge_row, mentions, resolved))

    seen: set[str] = set()
    # The order of mentions inside a group is the order in which resolutions come back.
    for key, some in groupby(resolving.mention_rows(connection, keys), key=lambda row: row.work_key):
        mentions = sorted(some, key=lambda row: (row.version_id, row.position))
        seen.add(key)
        if _is_short(key):
            later.append((key, mentions))
            continue
        take(_group(key, held, catalogued, mentions), mentions)
        if len(batch_edges) > 50_000:
            yield batch_nodes[:], batch_edges[:]
            batch_nodes.clear()
            batch_edges.clear()
    for key in sorted((set(held) | set(catalogued)) - seen):
        if not _is_short(key):
            take(_group(key, held, catalogued, ()), ())
    for row in resolving.keyless_works(connection):
        if keys is None or f"id:{row.id}" in keys:
            batch_nodes.append(_node_row(f"id:{row.id}", Node(row.id, _said(row), held=True)))
    yield batch_nodes[:], batch_edges[:]
    batch_nodes.clear()
    batch_edges.clear()
    for key, mentions in later:
        candidates = fuller_works(connection, key, [row.title for row in mentions if row.title])
        take(Group(key, mentions=[mention_of(row) for row in mentions], candidates=candidates), mentions)
    yield batch_nodes, batch_edges


def known_works(connection: Base, keys: list[str] | None) -> tuple[dict[str, list[Node]], dict[str, list[Said]]]:
    """The works that are held and those of the catalogue, by key; all of them or those of some keys."""
    held: dict[str, list[Node]] = defaultdict(list)
    for row in resolving.held_rows(connection, keys):
        if row.work_key:
            held[row.work_key].append(Node(row.id, _said(row), held=True))
    catalogued: dict[str, list[Said]] = defaultdict(list)
    for row in resolving.catalogue_rows(connection, catalogue_works, "work_key", keys):
        catalogued[row.work_key].append(
            Said(
                row.number, row.type or None, row.issuer or None, row.place, *_dated(row.issued), row.title or None
            )
        )
    for column, prefix in (("work_key", ""), ("other_key", "other_")):
        for row in resolving.catalogue_rows(connection, catalogue_relations, column, keys):
            key, number = getattr(row, column), getattr(row, f"{prefix}number")
            said = Said(number, None, None, "", *_dated(getattr(row, f"{prefix}issued")), None)
            if not any(_agrees(said, other) for other in catalogued[key]):
                catalogued[key].append(said)
    return held, catalogued


def _agrees(said: Said, other: Said) -> bool:
    return not said.issued or not other.issued or said.issued == other.issued


def _dated(issued: str) -> tuple[str | None, int | None]:
    return issued or None, int(issued[:4]) if issued else None


def _group(
    key: str, held: dict[str, list[Node]], catalogued: dict[str, list[Said]], mentions: Sequence[Record]
) -> Group:
    return Group(key, held.get(key, ()), catalogued.get(key, ()), [mention_of(row) for row in mentions])


def mention_of(row: Record) -> Mention:
    """The mention behind a row of `resolving.mention_rows`."""
    # In the order of `resolving.mention_rows`: by place, for a million of them are made.
    _, version, position, number, kind, issuer, place, issued, year, title, status, reason, antecedent = row[:13]
    said = Said(number, kind, issuer, place or "", issued, year, title)
    return Mention(said, version, position, row[19], row[20], status, reason, antecedent)


def _said(row: Record) -> Said:
    year = int(row.issued[:4]) if row.issued else None
    return Said(row.number, row.type, row.issuer, row.place, row.issued, year, row.title)


def names_called(titles: Iterable[str]) -> set[str]:
    """The names by which works are known that bear some titles."""
    names = {slug(title, 400) for title in titles}
    return names | {re.sub(r"^(?:bo-luat|luat|phap-lenh)-", "", name) for name in names}


def fuller_works(
    connection: Base, key: str, titles: Iterable[str], called: Sequence[Record] | None = None
) -> list[Node]:
    """The works under fuller keys that a short number or a name can mean.

    `called` are held works that bear these and other titles, where they were read already.
    """
    if _SHORT_KEY_RE.fullmatch(key):
        found = [row for row in rows.nodes_like(connection, key) if row.work_key != key]
    else:
        names = names_called(titles)
        if called is None:
            called = resolving.laws_called(connection, sorted(names))
        ids = [row.id for row in called if row.title_key in names and row.type in LAW_TYPES]
        found = rows.node_rows(connection, "id", ids)
    return [Node(row.id, _said(row), row.held, row.catalogued) for row in found]


def _node_row(key: str, node: Node) -> dict[str, Any]:
    said = node.said
    return {
        "id": node.id,
        "work_key": key,
        "head": head_of(key),
        "number": said.number,
        "type": said.type,
        "issuer": said.issuer,
        "place": said.place,
        "issued": said.issued,
        "title": said.title,
        "held": node.held,
        "catalogued": node.catalogued,
    }


def _edge_row(row: Record, resolution: Resolution) -> dict[str, Any]:
    relation, direction, place, unit, start, end, source = row[13:20]
    return {
        "work_key": row[0],
        "source": source,
        "target": resolution.target,
        "status": resolution.status._value_,
        "relation": relation,
        "direction": direction,
        "place": place,
        "version_id": row[1],
        "position": row[2],
        "unit": unit,
        "start": start,
        "end": end,
        "on": None,
        "origin": "text",
        "certainty": "text",
        "reason": resolution.reason,
        "candidates": " ".join(resolution.candidates) or None,
    }


def _record_former(
    connection: Base,
    gone: set[str],
    before: dict[tuple[int, int], str],
    after: dict[tuple[int, int], str],
    made: list[str],
) -> None:
    """Keep the old ids of works that have a new one: where most of their mentions went."""
    went: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for place, old in before.items():
        if old in gone and place in after:
            went[old][after[place]] += 1
    now = datetime.now(UTC).isoformat(timespec="seconds")
    for old in sorted(gone):
        targets = went.get(old) or {new: 1 for new in made if new.startswith(old + ".")}
        if targets:
            new = min(targets, key=lambda name: (-targets[name], name))
            put(
                connection,
                former_ids,
                {"former": old},
                {"node_id": new, "work_key": "", "on": now, "reason": "hợp nhất khi biết thêm về văn bản"},
            )
            move_follows(connection, old, new)
