"""The graph written out: GraphML, GEXF, JSON, CSV, DOT."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

from graphs.citation_graph import Graph
from kb.text.normalize import printable


def write_graph(graph: Graph, shape: str) -> str:
    """The graph as text in one of the shapes of `SHAPES`."""
    return SHAPES[shape](graph)


def _graphml(graph: Graph) -> str:
    out = io.BytesIO()
    import_module("networkx").write_graphml_xml(_without_none(graph), out)
    return out.getvalue().decode("utf-8")


def _gexf(graph: Graph) -> str:
    out = io.BytesIO()
    import_module("networkx").write_gexf(_without_none(graph), out)
    return out.getvalue().decode("utf-8")


def _without_none(graph: Graph) -> Graph:
    """A copy of printable words: both formats know no null on edges, and no control characters."""
    copy = graph.copy()
    for *_, facts in copy.edges(data=True):
        facts.update({name: value or "" for name, value in facts.items()})
    for *_, facts in (*copy.edges(data=True), *copy.nodes(data=True)):
        facts.update({name: printable(value) for name, value in facts.items() if isinstance(value, str)})
    return copy


def _json(graph: Graph) -> str:
    nodes = [{"work": name, **facts} for name, facts in graph.nodes(data=True)]
    return json.dumps({"nodes": nodes, "edges": list(_edges(graph))}, ensure_ascii=False)


def _csv(graph: Graph) -> str:
    out = io.StringIO()
    names = ("source", "source_number", "relation", "direction", "target", "target_number", "origin")
    writer = csv.DictWriter(out, names, lineterminator="\n")
    writer.writeheader()
    for edge in _edges(graph):
        numbers = {f"{end}_number": graph.nodes[edge[end]].get("number", "") for end in ("source", "target")}
        writer.writerow({**edge, **numbers})
    return out.getvalue()


def _dot(graph: Graph) -> str:
    lines = ["digraph {", "  rankdir=BT;", "  node [shape=box];"]
    for name, facts in graph.nodes(data=True):
        label = facts.get("number") or facts.get("title") or name
        shape = "" if facts.get("held") else ", style=dashed"
        lines.append(f"  {_quoted(name)} [label={_quoted(label)}{shape}];")
    lines += [
        f"  {_quoted(edge['source'])} -> {_quoted(edge['target'])} [label={_quoted(edge['relation'] or '')}];"
        for edge in _edges(graph)
    ]
    return "\n".join([*lines, "}", ""])


def _edges(graph: Graph) -> Iterator[dict[str, Any]]:
    for source, target, facts in graph.edges(data=True):
        yield {"source": source, "target": target, **facts}


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'


#: Writers by name.
SHAPES: dict[str, Callable[[Graph], str]] = {
    "graphml": _graphml,
    "gexf": _gexf,
    "json": _json,
    "csv": _csv,
    "dot": _dot,
}
