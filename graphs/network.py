"""The graph some steps around a work: up its legal bases, down to what rests on it, and all it touches itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graphs.citation_graph import Graph, graph_of
from graphs.diagram import Deed, deed_told, deeds_of
from graphs.lives import Lives
from graphs.trace import BASES, DOWN, UP, Chain, Link, walk_from
from kb.store import graph as rows
from kb.store.engine import said
from kb.store.store import Store
from kb.validity import status_at

#: Works that a drawing can hold and still be read.
MOST = 150


@dataclass(frozen=True, slots=True)
class Node:
    """A work of the network.

    `hop` is how many steps away it stands, negative up the bases; `rests` how many steps lead down to it by legal
    bases alone (0: it does not rest on the work in the middle).
    """

    id: str
    label: str
    title: str
    issued: str
    status: str
    held: bool
    hop: int
    rests: int


@dataclass(frozen=True, slots=True)
class Edge:
    """What one work does to another, how often it is said, and where first: a unit of the citing work."""

    source: str
    target: str
    relation: str
    count: int
    citing: str
    unit: str | None
    start: int | None


@dataclass(frozen=True, slots=True)
class Network:
    """What is drawn; `left_out` works more are as near and are not."""

    root: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    left_out: int


def build_network(store: Store, work: str, on: str, depth: int, most: int = MOST) -> Network:
    """The network around a work on an ISO day, to so many steps each way, nearest works first."""
    with said(), store.connect() as connection:
        up, down = (walk_from(connection, work, way, depth, BASES) for way in (UP, DOWN))
        beside = [walk_from(connection, work, way, 1, None) for way in (UP, DOWN)]
        deeds = deeds_of(connection, [work])
        hops = _hops(up, down, beside)
        hops |= {end: 1 if end != by else -1 for by, _, to in deeds for end in (by, to) if end not in hops}
        found = {row.id: row for row in rows.node_rows(connection, "id", sorted(hops))}
        # Bases and deeds before works that are only named, held before cited, late before early.
        firm = {*up.hops, *down.hops, *(end for by, _, to in deeds for end in (by, to))}
        near = sorted(
            found,
            key=lambda name: (name not in firm, abs(hops[name]), not found[name].held, _late(found[name]), name),
        )
        kept = near[:most]
        lives = Lives(connection)
        lives.read_ahead(kept)
        all_deeds = deeds_of(connection, kept)
        nodes = tuple(
            _node(found[name], hops[name], down.hops.get(name, 0), status_at(lives.validity(name), on).word.value)
            for name in kept
        )
    links = (*up.links, *down.links, *(link for chain in beside for link in chain.links))
    return Network(work, nodes, _edges(links, deeds, all_deeds, set(kept)), len(near) - len(kept))


def network_graph(network: Network) -> Graph:
    """The network as networkx has it, for writing it out."""
    return graph_of(
        (
            (
                node.id,
                {
                    "label": node.label,
                    "title": node.title,
                    "issued": node.issued,
                    "status": node.status,
                    "held": node.held,
                    "hop": node.hop,
                },
            )
            for node in network.nodes
        ),
        (
            (edge.source, edge.target, {"relation": edge.relation, "count": edge.count, "unit": edge.unit or ""})
            for edge in network.edges
        ),
    )


def _hops(up: Chain, down: Chain, beside: Iterable[Chain]) -> dict[str, int]:
    """Steps from the work: up is negative; the nearer way counts."""
    hops = {name: -hop for name, hop in up.hops.items()}
    for name, hop in down.hops.items():
        if name not in hops or hop < -hops[name]:
            hops[name] = hop
    for chain in beside:
        for name, hop in chain.hops.items():
            side = -hop if chain.direction == UP else hop
            if abs(hops.get(name, 99)) > abs(side):
                hops[name] = side
    return hops


def _late(row: rows.Record) -> str:
    """Later works first; those without a date last."""
    return "".join(chr(0x7E - ord(sign)) for sign in row.issued) if row.issued else "\x7f"


def _node(row: rows.Record, hop: int, rests: int, status: str) -> Node:
    label = " ".join(filter(None, (row.type, row.number))) if row.number else row.title or row.id
    return Node(row.id, label, row.title or "", row.issued or "", status, bool(row.held), hop, rests)


def _edges(links: Iterable[Link], deeds: set[Deed], all_deeds: set[Deed], kept: set[str]) -> tuple[Edge, ...]:
    """One edge a pair and relation, as the deed runs; each mention counted once."""
    grouped: dict[Deed, dict[Link, None]] = {deed: {} for deed in deeds}
    for link in links:
        grouped.setdefault(deed_told(link, all_deeds), {})[link] = None
    made = []
    for (source, relation, target), told in sorted(grouped.items()):
        if source in kept and target in kept and source != target:
            first = next((link for link in told if link.start is not None), None)
            citing, unit, start = (first.source, first.unit, first.start) if first else (source, None, None)
            made.append(Edge(source, target, relation, len(told), citing, unit, start))
    return tuple(made)
