"""Rows of figures, targets, claims and findings, as the contract gives them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from ingest.analysis import Analysis
from ingest.targets.elsewhere import Elsewhere, told_elsewhere
from kb.bilingual import english
from kb.models import Citation, CitationKind, Claim, ClaimSource, Figure, Finding, Span, Target
from kb.vocabulary.schemes import known_scheme
from webapp.cli.documents import LineFinder


class Rows:
    """Turns what was read from one document into rows of JSON, with lines."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self._lines = LineFinder(analysis.document.text)

    @cached_property
    def elsewhere(self) -> dict[str, Elsewhere]:
        """What is told of targets at other places, by their ids."""
        issued = self.analysis.document.metadata.issued
        return told_elsewhere(self.analysis.targets, issued.value if issued else None)

    def shown(self, target: Target) -> tuple[Target, Target]:
        """The targets at whose places the result and the verdict of a target are told: itself, or another."""
        told = self.elsewhere.get(target.id)
        return (told and told.result) or target, (told and told.verdict) or target

    def place(self, span: Span) -> dict[str, int]:
        """A range with its line."""
        return {"start": span.start, "end": span.end, "line": self._lines(span.start)}

    def evidence(self, span: Span) -> dict[str, object]:
        """A range with its line, its words, and where a reader finds it: the unit, the page."""
        document = self.analysis.document
        block = document.block_over(span.start)
        return {
            **self.place(span),
            "text": " ".join(span.cut(document.text).split()),
            "unit": block.unit if block else None,
            "page": block.page if block else None,
        }

    def figure(self, at: int, figure: Figure) -> dict[str, object]:
        """A figure; its id is its place in the list."""
        return {
            "id": f"f{at + 1}",
            **self.place(figure.span),
            "value": figure.value,
            "of": figure.of,
            "unit": figure.unit,
            "what": figure.what,
            "period": figure.period,
            "scope": figure.scope,
            "where": figure.where.value,
            "table": figure.table,
            "row": figure.row,
            "column": figure.column,
            "printed": figure.printed,
            "bound": figure.bound,
            "page": figure.page,
        }

    def target(self, target: Target) -> dict[str, object]:
        """A target with its result, verdict and bases; a result or verdict told elsewhere with its place there."""
        at, judged_at = self.shown(target)
        result = at.result
        return {
            "id": target.id,
            **self.place(target.span),
            "text": target.text,
            "metric": target.metric,
            "comparator": target.comparator.value,
            "value": target.value,
            "unit": target.unit,
            "period": target.period,
            "period_from": self.place(target.period_from) if target.period_from else None,
            "scope": target.scope,
            "group": target.group,
            "result": None
            if result is None
            else {
                "text": result.text,
                "value": result.value,
                "unit": result.unit,
                **self.place(result.span),
                "elsewhere": at.id if at is not target else None,
            },
            "verdict": judged_at.verdict,
            "verdict_place": None
            if judged_at.verdict is None
            else {
                **self.place(judged_at.judged or judged_at.span),
                "elsewhere": judged_at.id if judged_at is not target else None,
            },
            "bases": [
                {
                    **_cited(self.analysis.citations[basis.citation]),
                    "kind": basis.kind.value,
                    "evidence": [self.place(span) for span in basis.evidence],
                    "confidence": basis.confidence,
                }
                for strongest in target.bases
                for basis in strongest.ties
            ],
            "unnamed": self.evidence(target.unnamed) if target.unnamed else None,
            "perhaps": [self.analysis.citations[at].number for at in target.perhaps],
            "same_as": list(target.same_as),
            "table": target.table,
            "row": target.row,
            "page": target.page,
            "evidence": [self.evidence(target.level)] if target.level else [],
        }

    def claim(self, claim: Claim) -> dict[str, object]:
        """A claim with what the document offers for it."""
        return {
            "id": claim.id,
            **self.place(claim.span),
            "text": claim.text,
            "figures": [f"f{at + 1}" for at in claim.figures],
            "sources": [self._source(source) for source in claim.sources],
            "page": claim.page,
        }

    def _source(self, source: ClaimSource) -> dict[str, object]:
        work = self.analysis.citations[source.citation].number if source.citation is not None else None
        return {
            "kind": source.kind,
            "work": work,
            **(self.place(source.span) if source.span else {"start": None, "end": None, "line": None}),
            "table": source.table,
            "row": source.row,
            "column": source.column,
            "agrees": source.agrees,
        }

    def finding(self, finding: Finding) -> dict[str, object]:
        """A finding with its evidence."""
        span = finding.spans[0] if finding.spans else Span(0, 0)
        return {
            "rule": finding.rule,
            "severity": finding.severity.value,
            **self.place(span),
            "page": finding.page,
            "message": finding.vi,
            "message_en": finding.en,
            "stated": finding.stated,
            "expected": finding.expected,
            "evidence": [self.evidence(one) for one in evidence_of(finding)],
            "suggestion": finding.suggestion,
            "suggestion_en": english(finding.suggestion),
        }


def evidence_of(finding: Finding) -> Iterable[Span]:
    """The places that prove a finding: further places of its own, then its evidence."""
    return dict.fromkeys((*finding.spans[1:], *finding.evidence))


def _cited(citation: Citation) -> dict[str, object]:
    scheme = known_scheme(citation.surface) if citation.number is None else None
    number = citation.number or (scheme.number if scheme else None)
    year = citation.year or (int(scheme.issued[:4]) if scheme and scheme.issued else None)
    return {
        "work": number or citation.name or citation.surface,
        "number": number,
        "year": year,
        "pinpoint": citation.pinpoint,
        "surface": citation.surface,
        "self": citation.kind is CitationKind.SELF,
    }
