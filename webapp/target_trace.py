"""A target traced whole: its basis, the matching target in the basis, and the chain of legal bases above."""

from __future__ import annotations

from typing import Any

from graphs.trace import HOPS, UP, walk
from ingest.analysis import Analysis
from ingest.targets.carried import programmes
from ingest.targets.places import Places
from kb.bilingual import both
from kb.errors import NotFound
from kb.models import Basis, Citation, CitationKind, Span, Target
from kb.store.store import Store
from kb.vocabulary.schemes import known_scheme
from kb.vocabulary.types import LAW_TYPES
from webapp.cli.analysed import Rows
from webapp.cli.trace import trace_row
from webapp.library import works_meant
from webapp.sentences import near, sentence_at
from webapp.target_words import RESULT_ELSEWHERE, VERDICT_ELSEWHERE, as_cited
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
    """The trace of a target in the shape of ``cancu trace``: nodes, edges with evidence, gaps by name.

    What the paper sets itself goes first to the paper, and from it to what the paper carries out.
    """
    trace = _Trace(store, analysis, target, on, root)
    own = next((one for one in target.bases if analysis.citations[one.citation].kind is CitationKind.SELF), None)
    source = trace.add_own(own) if own else root
    for basis in target.bases:
        if basis is not own:
            trace.add_basis(basis, source)
    if own:
        trace.add_above(source)
    trace.add_elsewhere()
    if not target.bases:
        trace.gaps.append(both("không thấy căn cứ của chỉ tiêu này", "no basis of this target is found"))
    return {
        "root": root,
        "direction": UP,
        "nodes": list(trace.nodes.values()),
        "edges": trace.edges,
        "gaps": list(dict.fromkeys(trace.gaps)),
    }


class _Trace:
    """The trace of one target while it is put together."""

    def __init__(self, store: Store, analysis: Analysis, target: Target, on: str, root: str) -> None:
        self._store, self._analysis, self._target, self._on, self._root = store, analysis, target, on, root
        self._rows = Rows(analysis)
        self._meant = works_meant(store, analysis)
        verdict = self._rows.shown(target)[1].verdict
        self.nodes: dict[str, dict[str, Any]] = {root: self._node(root, self._rows, target, verdict)}
        self.edges: list[dict[str, Any]] = []
        self.gaps: list[str] = []

    def add_own(self, basis: Basis) -> str:
        """The paper itself, which sets the target; the name of its node."""
        citation = self._analysis.citations[basis.citation]
        title = self._analysis.document.metadata.title
        name = citation.number or citation.surface
        node = {"work": name, "number": name, "title": title.value if title else None, "status": None}
        self.nodes[name] = {**node, "self": True}
        self.edges.extend(self._edge(self._root, name, tie) for tie in basis.ties)
        return name

    def add_basis(self, basis: Basis, source: str) -> None:
        """A document that the target, or the paper that sets it, rests on, with its twin and the chain above."""
        citation, work = self._analysis.citations[basis.citation], self._meant[basis.citation]
        name = work or citation.number or citation.surface
        self.edges.extend(self._edge(source, name, tie) for tie in basis.ties)
        if work is None:
            self.nodes[name] = {
                "work": name,
                "number": citation.number,
                "title": as_cited(citation),
                "status": None,
            }
            self.gaps.append(
                both(
                    "kho chưa biết “{name}”",
                    "the base does not know “{name}”",
                    name=as_cited(citation),
                )
            )
            return
        chain = trace_row(self._store, walk(self._store, work, UP), self._on)
        self.nodes.update({node["work"]: node for node in chain["nodes"]})
        self.edges.extend(chain["edges"])
        self.gaps.extend(_gaps(chain["nodes"], chain["edges"]))
        # Of a text that is not held it is said once that it is missing.
        if not self._add_twin(work) and self.nodes[work]["held"]:
            self.gaps.append(
                both(
                    "không thấy chỉ tiêu tương ứng trong “{name}”",
                    "no such target is found in “{name}”",
                    name=as_cited(citation),
                )
            )

    def add_above(self, own: str) -> None:
        """Other papers that this one carries out, where the base holds them and the same target stands there."""
        places = Places.of(self._analysis.document, self._analysis.citations)
        for basis in programmes(places):
            work = self._meant[basis.citation]
            if work is None or work in self.nodes or not self._add_twin(work):
                continue
            self.edges.insert(-1, self._edge(own, work, basis))
            chain = trace_row(self._store, walk(self._store, work, UP, 1), self._on)
            self.nodes.update({node["work"]: node for node in chain["nodes"] if node["work"] == work})

    def add_elsewhere(self) -> None:
        """The places of the paper that tell the result and the verdict of the target, where its own does not."""
        at, judged_at = self._rows.shown(self._target)
        if at.result and at is not self._target:
            self._add_place(at, at.result.span, RESULT_ELSEWHERE, "result")
        if judged_at is not self._target:
            self._add_place(judged_at, judged_at.judged or judged_at.span, VERDICT_ELSEWHERE, "verdict")

    def _add_place(self, there: Target, span: Span, relation: str, told: str) -> None:
        name = f"{self._root.rpartition('#')[0] or self._root}#{there.id}"
        self.nodes[name] = self._node(name, self._rows, there, there.verdict)
        evidence = self._rows.evidence(span)
        edge = {"source": self._root, "target": name, "relation": relation, "told": told}
        self.edges.append({**edge, "evidence": evidence, "pinpoint": None})

    def _add_twin(self, work: str) -> bool:
        """Whether a work is held and has the same target, which is added."""
        twin = find_twin(self._store, work, self._target)
        if twin is None:
            return False
        name = f"{work}#{twin.target.id}"
        self.edges.append(_twin_edge(work, twin))
        self.nodes[name] = self._node(name, Rows(twin.analysis), twin.target, None)
        return True

    def _edge(self, source: str, name: str, tie: Basis) -> dict[str, Any]:
        """A step to a basis; `through` is the sentence that names it, or bears the mark of the note that does."""
        citation = self._analysis.citations[tie.citation]
        first, proof = (tie.evidence[0], tie.evidence[-1]) if tie.evidence else (citation.span, citation.span)
        told, note = self._note(proof)
        return {
            "source": source,
            "target": name,
            "relation": "căn cứ",
            "kind": tie.kind.value,
            "confidence": tie.confidence,
            "evidence": {**self._rows.evidence(told), **note},
            "through": None if told.start <= first.start < told.end else self._sentence(first),
            "pinpoint": citation.pinpoint,
            "named": _named(citation),
        }

    def _note(self, proof: Span) -> tuple[Span, dict[str, str]]:
        """The note in which a proof stands, with its mark and its id on a page; the proof itself elsewhere."""
        for at, note in enumerate(self._analysis.document.footnotes):
            if any(part.start <= proof.start < part.end for part in note.parts):
                whole = Span(note.parts[0].start, note.parts[0].end) if len(note.parts) == 1 else proof
                return whole, {"footnote": note.mark, "anchor": f"chu-thich-{at}"}
        return proof, {}

    def _sentence(self, span: Span) -> dict[str, object]:
        """A place with the sentence around it, the place itself `marked`."""
        found = near(sentence_at(self._analysis.document, span))
        parts = {"before": found.before, "marked": found.marked, "after": found.after}
        return {**self._rows.evidence(span), "text": "".join(parts.values()), **parts}

    @staticmethod
    def _node(name: str, rows: Rows, target: Target, status: str | None) -> dict[str, Any]:
        return {
            "work": name,
            "number": None,
            "title": target.text,
            "status": status,
            "target": rows.target(target),
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


def _gaps(nodes: list[dict[str, Any]], edges: list[dict[str, Any]]) -> list[str]:
    """Where a chain stops short: a text that is not held, or one that is held and names nothing it rests on.

    A law needs none above it, and what stands at the last hop was not asked.
    """
    resting = {edge["source"] for edge in edges}
    gaps: list[str] = []
    for node in nodes:
        name = " ".join(filter(None, (node["type"], node["number"] or node["work"])))
        if not node["held"]:
            gaps.append(both("chưa có toàn văn {name}", "{name} is not held", name=name))
        elif node["work"] not in resting and node["hop"] < HOPS and node["type"] not in LAW_TYPES:
            gaps.append(
                both(
                    "bản trong kho của {name} không ghi căn cứ nào: chuỗi dừng ở đó",
                    "the text held of {name} names no legal basis: the chain ends there",
                    name=name,
                )
            )
    return gaps
