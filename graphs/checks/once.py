"""One fault is told once: the same finding at several places, several findings on one date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kb.models import Finding, Span

#: Rules that a wrong date breaks together, the one that says most first.
_OF_DATES = ("CIT-003", "CIT-014", "CIT-012", "CIT-004", "CIT-002")
_REPEATED = ("CIT", "DOC")


def told_once(findings: Iterable[Finding]) -> list[Finding]:
    """Findings without those that only repeat others; what a stronger one lacks it takes from a dropped one."""
    kept = _one_a_place(findings)
    return _one_a_document(kept)


def _one_a_place(findings: Iterable[Finding]) -> list[Finding]:
    """Of the findings on one date the first of the order; two dates of which one is known to be wrong are one."""
    found = list(findings)
    strongest: dict[Span, Finding] = {}
    for rule in _OF_DATES:
        for one in found:
            if one.rule != rule or not one.spans:
                continue
            places = (one.spans[0], *one.evidence) if rule == "CIT-004" else one.spans[:1]
            over = next((strongest[place] for place in places if place in strongest), None)
            if over is None:
                strongest[one.spans[0]] = one
            elif over.rule == "CIT-003" and one.rule == "CIT-012":
                strongest[over.spans[0]] = replace(over, expected=one.expected, suggestion=one.suggestion)
    kept = []
    for one in found:
        if one.rule not in _OF_DATES or not one.spans:
            kept.append(one)
        elif (best := strongest.get(one.spans[0])) is not None and best.rule == one.rule:
            kept.append(best)
    return kept


def _one_a_document(findings: list[Finding]) -> list[Finding]:
    """A finding that is told word for word at several places has them all."""
    places: dict[tuple[str, str], list[Span]] = {}
    for one in findings:
        if one.family in _REPEATED:
            places.setdefault((one.rule, one.vi), []).extend(one.spans)
    kept = []
    for one in findings:
        spans = places.get((one.rule, one.vi)) if one.family in _REPEATED else None
        if spans is None:
            kept.append(one)
        elif spans:
            kept.append(replace(one, spans=tuple(dict.fromkeys(spans))))
            spans.clear()
    return kept
