"""A target traced whole: its basis, the matching target in the basis, and the chain of legal bases above."""

from __future__ import annotations

from typing import Any

from graphs.trace import UP, walk
from ingest.analysis import Analysis
from kb.bilingual import both
from kb.errors import NotFound
from kb.models import Basis, Citation, Target
from kb.store.store import Store
from kb.vocabulary.schemes import known_scheme
from webapp.cli.analysed import Rows
from webapp.cli.trace import trace_row
from webapp.library import works_meant
from webapp.twins import Twin, find_twin


def find_target(analysis: Analysis, name: str) -> Target:
    """The target with an id; raises `NotFound`."""
    found = next((target for target in analysis.targets if target.id == name), None)
    if found is None:
        raise NotFound(
            code="target.absent", vi=f"văn bản không có chỉ tiêu “{name}”", en=f"there is no target “{name}”"
        )
    return found


def trace_target(store: Store, analysis: Analysis, target: Target, root: str, on: str) -> dict[str, Any]:
    """The trace of a target in the shape of ``cancu trace``: nodes, edges with evidence, gaps by name."""
    rows = Rows(analysis)
    shown = rows.target(target)
    nodes: dict[str, dict[str, Any]] = {
        root: {"work": root, "number": None, "title": target.text, "status": target.verdict, "target": shown}
    }
    edges: list[dict[str, Any]] = []
    gaps: list[str] = (
        [] if target.bases else [both("không thấy căn cứ của chỉ tiêu này", "no basis of this target is found")]
    )
    meant = works_meant(store, analysis)
    for basis in target.bases:
        citation, work = analysis.citations[basis.citation], meant[basis.citation]
        name = work or citation.number or citation.surface
        edges.extend(_basis_edge(rows, root, name, tie, citation) for tie in basis.ties)
        if work is None:
            nodes[name] = {"work": name, "number": citation.number, "title": citation.surface, "status": None}
            gaps.append(
                both(
                    "kho và danh mục chưa có “{name}”",
                    "“{name}” is neither held nor in the catalogue",
                    name=citation.surface,
                )
            )
            continue
        chain = trace_row(store, walk(store, work, UP), on)
        nodes.update({node["work"]: node for node in chain["nodes"]})
        edges.extend(chain["edges"])
        gaps.extend(_gaps(chain["nodes"]))
        twin = find_twin(store, work, target)
        if twin is None:
            gaps.append(
                both(
                    "không thấy chỉ tiêu tương ứng trong “{name}”",
                    "no such target is found in “{name}”",
                    name=citation.surface,
                )
            )
        else:
            edges.append(_twin_edge(name, twin))
            nodes[f"{work}#{twin.target.id}"] = {
                "work": f"{work}#{twin.target.id}",
                "number": None,
                "title": twin.target.text,
                "status": None,
                "target": Rows(twin.analysis).target(twin.target),
            }
    return {
        "root": root,
        "direction": UP,
        "nodes": list(nodes.values()),
        "edges": edges,
        "gaps": list(dict.fromkeys(gaps)),
    }


def _basis_edge(rows: Rows, root: str, name: str, basis: Basis, citation: Citation) -> dict[str, Any]:
    return {
        "source": root,
        "target": name,
        "relation": "căn cứ",
        "kind": basis.kind.value,
        "confidence": basis.confidence,
        "evidence": rows.evidence(basis.evidence[-1] if basis.evidence else citation.span),
        "pinpoint": citation.pinpoint,
        "named": _named(citation),
    }


def _named(citation: Citation) -> str | None:
    """What a programme's name stands for and who says so, where the mention gives no number."""
    scheme = known_scheme(citation.surface) if citation.number is None else None
    return f"{scheme.name}: {scheme.number} ({scheme.source})" if scheme else None


def _twin_edge(name: str, twin: Twin) -> dict[str, Any]:
    return {
        "source": name,
        "target": f"{twin.work}#{twin.target.id}",
        "relation": "chỉ tiêu tương ứng",
        "compared": twin.compared,
        "evidence": {"work": twin.work, **Rows(twin.analysis).evidence(twin.target.span)},
        "pinpoint": None,
    }


def _gaps(nodes: list[dict[str, Any]]) -> list[str]:
    return [
        both(
            "chưa có toàn văn {name}",
            "{name} is not held",
            name=" ".join(filter(None, (node["type"], node["number"] or node["work"]))),
        )
        for node in nodes
        if not node["held"]
    ]
