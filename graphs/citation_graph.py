"""The graph as networkx sees it: paths, common bases, cycles, authority. The tables are the truth, this is a view.

The one door to networkx and scipy; both are loaded when a graph is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from graphs.lives import Lives
from graphs.trace import BASES
from kb.lawrules import rank_of
from kb.models import Change
from kb.store import graph as rows
from kb.store.engine import said
from kb.store.graph_schema import is_told
from kb.store.store import Store

Graph = Any


@dataclass(frozen=True, slots=True)
class Anomaly:
    """Something that cannot be right: its code, the works, what is said of it in Vietnamese and English."""

    code: str
    works: tuple[str, ...]
    vi: str
    en: str


def load_graph(store: Store, relations: Collection[str] | None = None) -> Graph:
    """The directed multigraph of all works with an edge a mention, of all relations or of some."""
    networkx = import_module("networkx")
    graph = networkx.MultiDiGraph()
    with said(), store.connect() as connection:
        for row in rows.node_rows(connection, "id", None):
            graph.add_node(row.id, **_facts(row))
        for row in rows.link_rows(connection):
            if relations is None or row.relation in relations:
                graph.add_edge(
                    row.source, row.target, relation=row.relation, direction=row.direction, origin=row.origin
                )
    return graph


def graph_of(
    nodes: Iterable[tuple[str, dict[str, Any]]], edges: Iterable[tuple[str, str, dict[str, Any]]]
) -> Graph:
    """A directed multigraph of some nodes and edges with their facts."""
    graph = import_module("networkx").MultiDiGraph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from(edges)
    return graph


def _facts(row: rows.Record) -> dict[str, Any]:
    return {
        "number": row.number or "",
        "type": row.type or "",
        "issuer": row.issuer or "",
        "issued": row.issued or "",
        "title": row.title or "",
        "held": bool(row.held),
    }


def shortest_path(store: Store, source: str, target: str, relations: Collection[str] | None = BASES) -> list[str]:
    """The shortest chain of works from one up to another, both ends with it; empty where there is none."""
    networkx = import_module("networkx")
    graph = load_graph(store, relations)
    try:
        return [str(node) for node in networkx.shortest_path(graph, source, target)]
    except (networkx.NetworkXNoPath, networkx.NodeNotFound):
        return []


def common_bases(store: Store, works: Iterable[str], relations: Collection[str] = BASES) -> list[str]:
    """The works that all of some works rest on, directly or through others."""
    networkx = import_module("networkx")
    graph = load_graph(store, relations)
    above = [networkx.descendants(graph, work) for work in works if work in graph]
    return sorted(set.intersection(*above)) if above else []


def authority(store: Store, limit: int = 50) -> list[tuple[str, float]]:
    """The works by PageRank, highest first: those that much rests on, and on which much rests in turn."""
    with said(), store.connect() as connection:
        ranks = page_ranks(rows.link_pairs(connection))
    return sorted(ranks.items(), key=lambda item: (-item[1], item[0]))[:limit]


#: The share of its rank that a work hands on, as in the paper that named PageRank.
DAMPING = 0.85
_EXACT, _MOST_ROUNDS = 1e-10, 500


def page_ranks(links: Iterable[tuple[str, str]]) -> dict[str, float]:
    """PageRank of the works that others cite, in multiples of that of a work nobody cites.

    So counted, a rank hangs on the works that lead to it and on nothing else: an unrelated document changes none.

    >>> page_ranks([("a", "b"), ("c", "b"), ("c", "d")])
    {'b': 2.275, 'd': 1.425}
    """
    numpy, sparse = import_module("numpy"), import_module("scipy.sparse")
    pairs = sorted({(source, target) for source, target in links if source != target})
    names = sorted({name for pair in pairs for name in pair})
    if not names:
        return {}
    number = {name: at for at, name in enumerate(names)}
    sources = numpy.array([number[source] for source, _ in pairs])
    targets = numpy.array([number[target] for _, target in pairs])
    weights = DAMPING / numpy.bincount(sources, minlength=len(names))[sources]
    handed = sparse.csr_array((weights, (targets, sources)), shape=(len(names), len(names)))
    ranks = numpy.ones(len(names))
    for _ in range(_MOST_ROUNDS):
        before, ranks = ranks, 1 + handed @ ranks
        if numpy.abs(ranks - before).max() < _EXACT:
            break
    return {names[at]: round(float(ranks[at]), 6) for at in sorted(set(targets.tolist()))}


def cycles(store: Store) -> list[list[str]]:
    """The groups of works that rest on each other in a circle."""
    networkx = import_module("networkx")
    graph = networkx.DiGraph(load_graph(store, BASES))
    found = [sorted(group) for group in networkx.strongly_connected_components(graph) if len(group) > 1]
    return sorted(found)


_CHANGING = frozenset((Change.AMEND.value, Change.REPLACE.value, Change.REPEAL.value, Change.SUSPEND.value))


def anomalies(store: Store) -> list[Anomaly]:
    """What cannot be right: circles, a lower act that changes a higher one, an act older than its basis."""
    found = [
        Anomaly(
            "cycle",
            tuple(group),
            "các văn bản căn cứ vòng quanh nhau",
            "these works rest on each other in a circle",
        )
        for group in cycles(store)
    ]
    with said(), store.connect() as connection:
        lives = Lives(connection, everything=True)
        for row in rows.change_rows(connection, "node_id", None):
            if row.by_id and row.change in _CHANGING and not is_told(row):
                found.extend(_lower(lives, row))
        seen: set[tuple[str, str]] = set()
        for link in rows.link_rows(connection):
            if link.relation in BASES and (link.source, link.target) not in seen:
                seen.add((link.source, link.target))
                found.extend(_before(lives, link))
    return sorted(found, key=lambda one: (one.code, one.works))


def _lower(lives: Lives, row: rows.Record) -> Iterable[Anomaly]:
    acting, target = lives.node(row.by_id), lives.node(row.node_id)
    if acting is None or target is None:
        return
    low, high = rank_of(acting.number, acting.type), rank_of(target.number, target.type)
    if low is not None and high is not None and low > high:
        yield Anomaly(
            "lower_changes_higher",
            (row.by_id, row.node_id),
            f"văn bản cấp thấp hơn {row.change} văn bản cấp cao hơn",
            "an act of lower rank changes one of higher rank",
        )


def _before(lives: Lives, link: rows.Record) -> Iterable[Anomaly]:
    source, target = lives.node(link.source), lives.node(link.target)
    if source is not None and target is not None and source.issued and target.issued:
        size = min(len(source.issued), len(target.issued))
        if source.issued[:size] < target.issued[:size]:
            yield Anomaly(
                "before_its_basis",
                (link.source, link.target),
                f"ban hành {source.issued}, trước văn bản mà nó {link.relation} ({target.issued})",
                f"issued {source.issued}, before the work it rests on ({target.issued})",
            )


@dataclass(frozen=True, slots=True)
class Series:
    """Works of one office that come back every year: those there are, and the years that are missing."""

    type: str
    issuer: str
    title: str
    works: tuple[tuple[int, str], ...]
    missing: tuple[int, ...]


def series_with_gaps(store: Store, least: int = 3) -> list[Series]:
    """The yearly series among the works, with the years that no work is known of."""
    grouped: dict[tuple[str, str, str, str], dict[int, str]] = {}
    with said(), store.connect() as connection:
        for row in rows.node_rows(connection, "id", None):
            years = _YEAR_RE.findall(row.title or "")
            if len(set(years)) != 1 or not row.type:
                continue
            stem = " ".join(_YEAR_RE.sub(" ", row.title).split()).casefold()
            key = (row.type, row.issuer or "", row.place, stem)
            grouped.setdefault(key, {})[int(years[0])] = row.id
    found = []
    for (kind, issuer, _, stem), works in sorted(grouped.items()):
        span = range(min(works), max(works) + 1)
        missing = tuple(year for year in span if year not in works)
        if len(works) >= least and missing and len(missing) <= len(works):
            found.append(Series(kind, issuer, stem, tuple(sorted(works.items())), missing))
    return found


_YEAR_RE = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d|\s*[-–]\s*\d{4})")
