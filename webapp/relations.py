"""What a document's page shows of the graph: where its citations lead, how it stands, who cites it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from graphs.diagram import GROUPS, Deed, deed_told, deeds_among
from graphs.lives import Lives
from graphs.status import answer_from, describe, describe_event
from graphs.trace import DOWN, Link, walk
from kb.bilingual import Bilingual, both
from kb.models import Relation
from kb.store import graph as rows
from kb.store.engine import said
from kb.store.store import Store
from kb.store.units import units_held
from kb.validity import Event, status_at
from webapp.presenters import vietnamese_date
from webapp.provisions import eids_of


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A document on the other end of citations: how often, and where first (a unit of the citing document)."""

    id: str
    number: str | None
    type: str | None
    title: str | None
    issued: str | None
    held: bool
    status: str
    count: int
    unit: str | None
    citing: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How a document stands on a day, in words, with the events that decide it."""

    word: str
    reason: str
    since: str | None
    because: tuple[str, ...]
    note: str
    certain: bool


@dataclass(frozen=True, slots=True)
class Surroundings:
    """All that a page shows of the graph around one document.

    `targets` gives the work that the citation of a position means, `places` the unit of it that is named, where
    its text is held and has it; `citing` the works that cite each place of this document, as places are stored;
    `deeds` what it and others do to each other.
    """

    standing: Standing
    targets: dict[int, str]
    places: dict[int, str]
    cards: dict[str, Neighbour]
    groups: dict[str, tuple[Neighbour, ...]]
    citing: dict[str, frozenset[str]]
    deeds: set[Deed]


def read_surroundings(store: Store, work_id: str, on: date) -> Surroundings:
    """The graph around a document that is held or only known of."""
    with said(), store.connect() as connection:
        lives = Lives(connection)
        outgoing = rows.edge_rows(connection, "source", [work_id])
        incoming = rows.edge_rows(connection, "target", [work_id])
        others = {row.target for row in outgoing if row.target} | {row.source for row in incoming}
        lives.read_ahead([work_id, *sorted(others - {work_id})])
        nodes = {name: row for name in sorted(others - {work_id}) if (row := lives.node(name)) is not None}
        words = _words(lives, nodes, on)
        answer = answer_from(lives, work_id, on.isoformat())
        places = _places_named(connection, outgoing)
        deeds = deeds_among(connection, lives.around(work_id), (work_id,))
    cards = {name: _neighbour(node, words[name]) for name, node in nodes.items()}
    targets = targets_among(outgoing)
    standing = Standing(
        answer.standing.word.value,
        Bilingual(*describe(answer)),
        answer.standing.start,
        tuple(_because(event) for event in answer.standing.because),
        answer.note,
        answer.standing.certain,
    )
    groups = _groups(outgoing, incoming, cards, deeds)
    return Surroundings(standing, targets, places, cards, groups, _citing(incoming), deeds)


def targets_among(outgoing: Iterable[rows.Record]) -> dict[int, str]:
    """The work that the citation of a position means."""
    return {row.position: row.target for row in outgoing if row.position is not None and row.target}


def _words(lives: Lives, works: Iterable[str], on: date) -> dict[str, str]:
    """How some works stand on a day, in a word."""
    return {work: status_at(lives.validity(work), on.isoformat()).word.value for work in works}


def _because(event: Event) -> Bilingual:
    deed = describe_event(event)
    if not event.on:
        return deed
    return both("{deed}, từ {day}", "{deed}, from {day}", deed=deed, day=vietnamese_date(event.on))


def _places_named(connection: rows.Base, outgoing: Iterable[rows.Record]) -> dict[int, str]:
    """The first unit that each citation names, by position, where the text of its document has it."""
    asked = {
        row.position: (row.target, eids_of(row.place.split("; ")[0]))
        for row in outgoing
        if row.position is not None and row.target and row.place
    }
    held = units_held(connection, ((work, eid) for work, eids in asked.values() for eid in eids))
    found = ((at, next((eid for eid in eids if (work, eid) in held), None)) for at, (work, eids) in asked.items())
    return {at: eid for at, eid in found if eid}


def _citing(incoming: Iterable[rows.Record]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in incoming:
        for place in (row.place or "").split("; ") if row.source != row.target else ():
            found.setdefault(place, set()).add(row.source)
    return {place: frozenset(works) for place, works in found.items() if place}


def _neighbour(node: rows.Record, status: str) -> Neighbour:
    return Neighbour(
        node.id, node.number, node.type, node.title, node.issued, bool(node.held), status, 0, None, ""
    )


def _groups(
    outgoing: Iterable[rows.Record],
    incoming: Iterable[rows.Record],
    cards: dict[str, Neighbour],
    deeds: set[Deed],
) -> dict[str, tuple[Neighbour, ...]]:
    """The neighbours by group as the deeds run, most cited first; who only tells of a deed just refers."""
    counted: dict[str, dict[str, list[rows.Record]]] = {}
    for side, edges in enumerate((outgoing, incoming)):
        for row in edges:
            other = row.source if side else row.target
            if other not in cards:
                continue
            acting, relation, _ = deed_told(row, deeds)
            seen = side if acting == row.source else 1 - side
            name = GROUPS[relation if relation in GROUPS else Relation.CITES.value][seen]
            counted.setdefault(name, {}).setdefault(other, []).append(row)
    order = [name for names in GROUPS.values() for name in names]
    return {
        name: tuple(
            sorted(
                (_counted(cards[other], edges) for other, edges in counted[name].items()),
                key=lambda one: (-one.count, one.issued or "", one.id),
            )
        )
        for name in order
        if name in counted
    }


def _counted(card: Neighbour, edges: Sequence[rows.Record | Link]) -> Neighbour:
    first = edges[0]
    return Neighbour(
        card.id,
        card.number,
        card.type,
        card.title,
        card.issued,
        card.held,
        card.status,
        len(edges),
        first.unit,
        first.source,
    )


def read_resting(store: Store, work_id: str, on: date, depth: int) -> list[tuple[int, Neighbour]]:
    """What rests on a work, nearest first: how many steps down, and who, with the place of the citation there."""
    chain = walk(store, work_id, DOWN, depth)
    via: dict[str, list[Link]] = {}
    for link in chain.links:
        via.setdefault(link.source, []).append(link)
    with said(), store.connect() as connection:
        lives = Lives(connection)
        names = sorted(set(chain.hops) - {work_id})
        lives.read_ahead(names)
        nodes = rows.node_rows(connection, "id", names)
        words = _words(lives, names, on)
    found = [(chain.hops[row.id], _counted(_neighbour(row, words[row.id]), via[row.id])) for row in nodes]
    return sorted(found, key=lambda one: (one[0], one[1].issued or "", one[1].id))
