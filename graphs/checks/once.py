"""One fault is told once: at several places, of one date, of one number, of one cell of a table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from kb.models import Finding, Severity, Span

#: Rules that a wrong date breaks together, the one that says most first.
_OF_DATES = ("CIT-003", "CIT-014", "CIT-012", "CIT-004", "CIT-002")
#: A document older than what it carries out.
_OUT_OF_ORDER = "CIT-009"
#: Two documents of one series that contradict one another.
_IN_SERIES = "CIT-005"
_REPEATED = ("CIT", "DOC")
#: Rules that one wrong number breaks together, the one that says most first.
_OF_NUMBERS = (
    ("FIG-209", "FIG-215"),
    ("TGT-003", "FIG-207", "TGT-026", "FIG-206", "FIG-228", "FIG-301"),
    ("FIG-251", "FIG-207"),
    ("FIG-104", "FIG-223"),
    ("FIG-241", "FIG-271", "FIG-301"),
    ("FIG-263", "FIG-210"),
    ("FIG-225", "FIG-230", "FIG-214"),
    ("FIG-102", "FIG-228"),
    ("FIG-228", "FIG-306"),
    *((one, "FIG-311") for one in ("FIG-203", "FIG-219", "FIG-291")),
    *((one, "FIG-312") for one in ("FIG-203", "FIG-219")),
    ("FIG-340", "FIG-312", "FIG-355"),
    ("FIG-240", "FIG-353", "FIG-266", "FIG-303", "FIG-304", "FIG-274", "FIG-313", "FIG-355"),
    *((one, "TGT-010") for one in ("FIG-203", "FIG-219", "FIG-241", "FIG-274", "FIG-311")),
)
_STRENGTH = (Severity.NOTE, Severity.WARNING, Severity.ERROR)
#: Rules that know only that a number is near to what others give, the surest first.
_NEAR_MISSES = ("FIG-274", "FIG-270", "FIG-277")
#: A rate beside its two numbers: what it tells as a note is a last place rounded twice, and nothing mistyped.
_BESIDE = "FIG-201"
#: How much falls to each: the surest near miss finds more of what it is worked out from.
_MEANS = ("FIG-313", "FIG-355")
#: That a number is told twice with digits that differ.
_MISTYPED = "FIG-228"
#: A term may be told of elsewhere for another fault; where two are, it is the same one.
_FEW_KNOWN = 2
_SUMS, _RATE = ("FIG-102", "FIG-106", "FIG-107"), "FIG-101"


def told_once(findings: Iterable[Finding]) -> list[Finding]:
    """Findings without those that only repeat others; what a stronger one lacks it takes from a dropped one."""
    kept = _one_a_pair(_one_an_order(_one_a_place(findings)))
    kept = _one_a_cell(_one_a_number(_without_near_misses(_with_what_is_right(kept))))
    return _one_a_document(kept)


def _with_what_is_right(findings: list[Finding]) -> list[Finding]:
    """Of a number that is told twice, the place that is wrong by the numbers beside it."""
    order = (_MISTYPED, *_NEAR_MISSES)
    told = [one for one in findings if one.rule in order and one.spans]
    told.sort(key=lambda one: order.index(one.rule))

    def same(one: Finding, other: Finding) -> bool:
        return one.rule == _MISTYPED != other.rule and other.spans[0] in (*one.spans, *one.evidence)

    return _joined(findings, [told], same, at_other=True)


def _without_near_misses(findings: list[Finding]) -> list[Finding]:
    """A number that only looks mistyped is not told where a surer rule finds it, or what it is worked out from."""
    known = {
        span
        for one in findings
        if one.family == "FIG" and one.rule not in (*_NEAR_MISSES, *_MEANS) and one.severity is not Severity.NOTE
        for span in (*one.spans, *one.evidence)
    }
    known |= {span for one in findings if one.rule == _BESIDE for span in one.spans}
    for rule in _NEAR_MISSES:
        if rule != _NEAR_MISSES[0]:
            known |= {span for one in findings if one.rule in _MEANS for span in (*one.spans, *one.evidence)}
        near = [one for one in findings if one.rule == rule]
        free = [one for one in near if known.isdisjoint(one.spans) and len(known & {*one.evidence}) < _FEW_KNOWN]
        findings = [one for one in findings if one.rule != rule or one in free]
        known |= {span for one in free for span in (*one.spans, *one.evidence)}
    return findings


def _one_a_number(findings: list[Finding]) -> list[Finding]:
    """The findings that rules of one group make of the same number as one, the first of the order first."""
    sets = [
        sorted((one for one in findings if one.rule in group), key=lambda one: group.index(one.rule))
        for group in _OF_NUMBERS
    ]
    return _joined(findings, sets, lambda one, other: one.rule != other.rule and _same_numbers(one, other))


def _joined(
    findings: list[Finding],
    sets: Iterable[list[Finding]],
    same: Callable[[Finding, Finding], bool],
    *,
    at_other: bool = False,
) -> list[Finding]:
    """The findings, those of one set that are the same told with the first of them, with all that they say.

    `at_other`: what only a further one stands at is where the fault is; the joined one stands there.
    """
    over: dict[int, Finding] = {}
    dropped: set[int] = set()
    for own in sets:
        for at, first in enumerate(own):
            for other in own[at + 1 :]:
                if id(first) in dropped or id(other) in dropped or not same(first, other):
                    continue
                dropped.add(id(other))
                told = over.get(id(first), first)
                if at_other and id(first) not in over and other.spans[0] not in told.spans:
                    over[id(first)] = _moved(told, other)
                    continue
                over[id(first)] = replace(
                    told,
                    vi=f"{told.vi}; cùng chỗ đó: {other.vi}",
                    en=f"{told.en}; at the same place: {other.en}",
                    evidence=tuple(dict.fromkeys((*told.evidence, *other.spans, *other.evidence))),
                    severity=max(told.severity, other.severity, key=_STRENGTH.index),
                )
    return [over.get(id(one), one) for one in findings if id(one) not in dropped]


def _moved(told: Finding, other: Finding) -> Finding:
    """A finding of two places told at the one that another finding knows to be wrong."""
    return replace(
        told,
        spans=other.spans,
        page=other.page,
        stated=other.stated,
        expected=other.expected,
        vi=f"{other.vi}; {told.vi}",
        en=f"{other.en}; {told.en}",
        evidence=tuple(dict.fromkeys((*told.spans, *other.evidence, *told.evidence))),
        severity=max(told.severity, other.severity, key=_STRENGTH.index),
    )


def _same_numbers(one: Finding, other: Finding) -> bool:
    if not one.spans or not other.spans:
        return False
    mine, others = {one.spans[0], *one.evidence}, {other.spans[0], *other.evidence}
    return one.spans[0] == other.spans[0] or (len(mine & others) > 1 and (mine <= others or others <= mine))


def _one_a_cell(findings: list[Finding]) -> list[Finding]:
    """One wrong cell of a table breaks a sum of its row, one of its column, its own rate: told with the first."""
    sums = [one for one in findings if one.rule in _SUMS and one.spans]
    rates = [one for one in findings if one.rule == _RATE and one.spans]
    return _joined(findings, [[*sums, *rates]], _one_cause)


def _one_cause(one: Finding, other: Finding) -> bool:
    """Whether two sums miss by as much and have a cell in common, or a rate is worked out from a wrong sum."""
    if _RATE in (one.rule, other.rule):
        return one.rule != other.rule and set(other.evidence) == {one.spans[0]}
    cells = {one.spans[0], *one.evidence} & {other.spans[0], *other.evidence}
    away, beside = _away(one), _away(other)
    return len(cells) == 1 and away is not None and beside is not None and abs(away) == abs(beside)


def _away(finding: Finding) -> Decimal | None:
    """By how much what is stated misses what is expected; None where they are no numbers."""
    try:
        stated, expected = (
            Decimal((text or "").replace(".", "").replace(",", ".")) for text in (finding.stated, finding.expected)
        )
    except InvalidOperation:
        return None
    return expected - stated


def _one_an_order(findings: list[Finding]) -> list[Finding]:
    """Two documents out of order by a date that is known to be wrong: one finding, with both proofs."""
    dates = {one.spans[0]: one for one in findings if one.rule in _OF_DATES and one.spans}
    order = [one for one in findings if one.rule == _OUT_OF_ORDER and one.evidence]
    merged: dict[Span, Finding] = {}
    told: list[Finding] = []
    for one in order:
        older, carried = one.spans[0], one.evidence[0]
        # With the right date in the place of the wrong one the two would be in order.
        if older in dates and _is_no_later((one.expected or "").removeprefix(">= "), dates[older].expected):
            place, other = older, carried
        elif carried in dates and _is_no_later(dates[carried].expected, one.stated):
            place, other = carried, older
        else:
            continue
        date = merged.get(place, dates[place])
        merged[place] = replace(
            date, vi=f"{date.vi}; {one.vi}", en=f"{date.en}; {one.en}", evidence=(*date.evidence, other)
        )
        told.append(one)
    return [
        merged.get(one.spans[0], one) if one.rule in _OF_DATES and one.spans else one
        for one in findings
        if one not in told
    ]


def _one_a_pair(findings: list[Finding]) -> list[Finding]:
    """Without two documents of one series of which something else shows which one is wrong."""
    known = {
        one.spans[0]
        for one in findings
        if one.family == "CIT" and one.rule != _IN_SERIES and one.severity is not Severity.NOTE and one.spans
    }
    return [
        one
        for one in findings
        if one.rule != _IN_SERIES or len(one.spans) < 2 or not known.intersection(one.spans)
    ]


_ISO_RE = re.compile(r"\d{4}(?:-\d\d-\d\d)?")


def _is_no_later(one: str | None, other: str | None) -> bool:
    """Whether an ISO date, or a year, is not later than another; not where one of them is none."""
    if not one or not other or not _ISO_RE.fullmatch(one) or not _ISO_RE.fullmatch(other):
        return False
    size = min(len(one), len(other))
    return one[:size] <= other[:size]


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
            elif rule == "CIT-004":
                # the other place is told with it, whatever else shows which date is wrong
                both_places = dict.fromkeys((*over.evidence, *one.spans, *one.evidence))
                told = tuple(place for place in both_places if place not in over.spans)
                strongest[over.spans[0]] = replace(over, evidence=told)
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
