"""What is known of a work that others did to it or say of it, as signs: what somebody has not seen yet is news.

A sign is told by what it says, not by a row, so that making the graph anew brings no news.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2s

from graphs.diagram import GROUPS
from graphs.lives import Lives
from graphs.status import deed_of, describe_places
from kb.models import Change, Relation
from kb.store import graph as rows
from kb.store.engine import said
from kb.store.follows import Follow, find_follow, keep_follow, list_follows
from kb.store.store import Store
from kb.validity import Event, Origin, status_at

#: Relations that change the work they point at; the event says it better than the citation.
_DEEDS = frozenset(
    relation.value
    for relation in (
        Relation.AMENDS,
        Relation.REPLACES,
        Relation.REPEALS,
        Relation.SUSPENDS,
        Relation.CORRECTS,
        Relation.CONSOLIDATES,
    )
)


#: How the mark of a status begins.
_STATUS = "status:"


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing known of a work: in words, from which day (ISO), by which work and where that stands.

    `kind` is ``effect`` (its force changed), ``act`` (another work changed it) or ``cite`` (one cites it);
    `held` says whether the text of the other is in the base, so that `unit` can be opened.
    """

    mark: str
    kind: str
    words: str
    on: str | None = None
    by: str | None = None
    number: str | None = None
    unit: str | None = None
    held: bool = False


def read_signs(store: Store, work: str, on: str) -> tuple[Sign, ...]:
    """All that is known of a work on an ISO day: its force, what changed it, what cites it."""
    with said(), store.connect() as connection:
        return tuple(_signs(connection, Lives(connection), work, on))


def news_of(store: Store, follow: Follow, on: str) -> tuple[Sign, ...]:
    """What is known of a followed work that has not been seen."""
    return tuple(sign for sign in read_signs(store, follow.work, on) if sign.mark not in follow.marks)


def all_news(store: Store, on: str, who: str = "") -> list[tuple[Follow, tuple[Sign, ...]]]:
    """All that somebody follows with its news, those with news first."""
    found = [(follow, news_of(store, follow, on)) for follow in list_follows(store, who)]
    return sorted(found, key=lambda pair: not pair[1])


def see(store: Store, work: str, on: str, who: str = "") -> None:
    """Follow a work from what is known of it now; of one that is followed: all of it has been seen."""
    before = find_follow(store, work, who)
    marks = {sign.mark for sign in read_signs(store, work, on)}
    # What was seen once is no news when it comes back, as a load taken back and loaded again; a status is.
    old = {mark for mark in before.marks if not mark.startswith(_STATUS)} if before else set()
    keep_follow(store, work, marks | old, who)


def _signs(connection: rows.Base, lives: Lives, work: str, on: str) -> Iterator[Sign]:
    standing = status_at(lives.validity(work), on)
    mark = _STATUS + _mark(standing.word.value, standing.start)
    yield Sign(mark, "effect", standing.word.value, standing.start)
    deeds: dict[tuple[Change, str, str], list[Event]] = {}
    for event in lives.events(work):
        if event.by not in (None, work) and event.origin is not Origin.LAW:
            deeds.setdefault((event.change, event.by or "", event.on or ""), []).append(event)
    acting = {by for _, by, _ in deeds}
    for (change, by, on_day), events in deeds.items():
        node = lives.node(by)
        proofs = [event.evidence for event in events if event.evidence and event.evidence.work == by]
        yield Sign(
            _mark(change, by, on_day),
            "act",
            deed_of(change, describe_places(events)),
            on_day or None,
            by,
            node.number or node.title if node else None,
            proofs[0].unit if proofs else None,
            bool(node and node.held),
        )
    seen: set[tuple[str, str]] = set()
    for row in rows.edge_rows(connection, "target", [work]):
        # A passive mention says what the work did to another, not what was done to it.
        relation = row.relation if row.relation in GROUPS and row.direction != "passive" else Relation.CITES.value
        key = (row.source, relation)
        if row.source == work or key in seen or (relation in _DEEDS and row.source in acting):
            continue
        seen.add(key)
        node = lives.node(row.source)
        yield Sign(
            _mark("cite", *key),
            "cite",
            GROUPS[relation][1],
            node.issued if node else None,
            row.source,
            node.number or node.title if node else None,
            row.unit,
            bool(node and node.held),
        )


def _mark(*parts: str | None) -> str:
    return blake2s("|".join(part or "" for part in parts).encode(), digest_size=6).hexdigest()
