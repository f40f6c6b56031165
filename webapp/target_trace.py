"""A target traced whole: its basis, the matching target in the basis, and the chain of legal bases above."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from graphs.checks.report import Twin as CheckTwin
from graphs.checks.report import Twins
from graphs.trace import UP, walk
from ingest.analysis import Analysis, analyse
from ingest.targets.same import content_words, likeness
from kb.bilingual import both
from kb.errors import NotFound
from kb.models import Basis, Citation, Target
from kb.store.store import Store
from kb.vocabulary.schemes import known_scheme
from webapp.cli.analysed import Rows
from webapp.cli.trace import trace_row
from webapp.library import works_meant

#: How alike two targets must be to be taken for one.
_TWIN = 0.5
#: The share of the words of two metrics that must be common before their levels are held against each other.
_SAME_METRIC = 0.75
#: The least words that two statements of one target share.
_FEWEST = 3
_YEAR_RE = re.compile(r"(?:19|20)\d\d")
COMPARISONS = {
    "same": "cùng mức",
    "lower": "thấp hơn căn cứ",
    "higher": "cao hơn căn cứ",
    "other_deadline": "khác thời hạn",
    "unlike": "không cùng đơn vị để so",
}


@dataclass(frozen=True, slots=True)
class Twin:
    """The target of a basis document that says the same, and how the levels compare."""

    work: str
    target: Target
    analysis: Analysis
    compared: str


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
        edges.append(_basis_edge(rows, root, name, basis, citation))
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


def find_twin(store: Store, work: str, target: Target) -> Twin | None:
    """The target of a held work that speaks most of the same thing; None where none is near enough."""
    try:
        analysis = analyse(store.load(work), store.citations(work))
    except NotFound:
        return None
    found = _nearest(analysis, target)
    return Twin(work, found, analysis, compare(target, found)) if found else None


def _nearest(analysis: Analysis, target: Target) -> Target | None:
    """The target of a document that is most like another; None where none is near enough."""
    wanted = content_words(f"{target.metric} {target.text}")
    scored = [(_likeness(wanted, target, other), -at) for at, other in enumerate(analysis.targets)]
    best, at = max(scored, default=(0.0, 0))
    return analysis.targets[-at] if best >= _TWIN else None


def twins_of(store: Store, analysis: Analysis) -> Twins:
    """Finds the same target in the basis documents that a base holds; each of them is read once.

    A check speaks against a report only where the two surely measure one thing: of levels that differ, what is
    measured must be told in nearly the same words.
    """
    held = {document.id: document.number for document in store.list_documents()}
    meant = works_meant(store, analysis)

    @lru_cache(maxsize=32)
    def read(work: str) -> Analysis:
        return analyse(store.load(work), store.citations(work))

    def twin(target: Target) -> CheckTwin | None:
        for basis in target.bases:
            work = meant[basis.citation]
            found = _nearest(read(work), target) if work in held else None
            if work is None or found is None:
                continue
            compared = compare(target, found)
            if compared == "same" or _one_thing(target, found):
                level = f"{found.value or ''}{found.unit or ''}"
                return CheckTwin(held[work] or work, found.text, level, compared)
        return None

    return twin


def _one_thing(target: Target, other: Target) -> bool:
    one, two = content_words(target.metric), content_words(other.metric)
    return min(len(one), len(two)) >= _FEWEST and likeness(one, two) >= _SAME_METRIC


def _likeness(wanted: frozenset[str], target: Target, other: Target) -> float:
    """Likeness of the words; the same level counts too, since one list holds many targets of like words."""
    words = content_words(f"{other.metric} {other.text}")
    if len(wanted & words) < _FEWEST:
        return 0.0
    # One of the two is often the shorter: what of it stands in the other counts as much as what they share.
    shared = len(wanted & words)
    contained, common = shared / min(len(wanted), len(words)), shared / len(wanted | words)
    return (contained + common) / 2 + (0.3 if (target.value, target.unit) == (other.value, other.unit) else 0.0)


def compare(target: Target, basis: Target) -> str:
    """How a target's level stands to that of its basis: a key of `COMPARISONS`.

    A level is compared only with one of the same unit; of two alike the years of the deadlines decide.
    """
    if target.unit != basis.unit or (target.value is None) != (basis.value is None):
        return "unlike"
    if target.value is not None and basis.value is not None and Decimal(target.value) != Decimal(basis.value):
        return "lower" if Decimal(target.value) < Decimal(basis.value) else "higher"
    years = [_YEAR_RE.findall(one.period or "")[-1:] for one in (target, basis)]
    return "other_deadline" if all(years) and years[0] != years[1] else "same"


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
