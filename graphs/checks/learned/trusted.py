"""What rules with fixed words find of numbers worked out from others, asked what all that is known of them tells.

A rule that reads ``2/8 chỉ tiêu không đạt: … (15,9%`` as a rate of two of eight is told that nothing makes it so:
the finding is left out, and its place counts as not checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from graphs.checks.learned.loosely import may_give
from graphs.checks.learned.meant import Worked, worked
from graphs.checks.learned.worked_out import Supposed, Way
from graphs.checks.report import Subject, Tally
from kb.bilingual import both
from kb.models import Finding, Severity, Span

#: The rules that are asked, and how surely a number must be wrong that one of them finds.
ASKED: Mapping[str, float] = {
    "FIG-201": 0.5,
    "FIG-202": -1.0,
    "FIG-203": -8.0,
    "FIG-214": -6.5,
    "FIG-215": -0.8,
    "FIG-219": -8.0,
    "FIG-230": -6.0,
    "FIG-270": 1.0,
}
#: A rule that knows no words is not believed where words make no way of what it found.
_WORDLESS = "FIG-270"
#: What words say so surely makes a number right, whatever a rule finds.
_RIGHT = 0.7
#: The number that is expected; so far from it, in units of its last place, is what gives it.
_NUMBER_RE = re.compile(r"\d+(?:\.\d{3})*(?:,\d+)?")
_ROUNDED = 0.51


def trusted(subject: Subject, findings: Sequence[Finding], tally: Tally) -> Iterator[Finding]:
    """The findings without those that are hardly meant."""
    asked = [one for one in findings if one.rule in ASKED and one.severity is not Severity.NOTE and one.spans]
    texts: dict[Span, Worked] = {}
    if asked:
        texts = {figure.span: text for text in worked(subject) for figure in text.where.figures}
    for one in findings:
        text = texts.get(one.spans[0]) if one in asked else None
        way = supposed_by(text, one) if text else None
        if text is None or _is_trusted(text, way, one.rule):
            yield one
            continue
        tally.failed -= 1
        tally.skip(
            both(
                "không chắc số này tính từ các số bên cạnh",
                "not sure that a number is worked out from those beside it",
            )
        )


def _is_trusted(text: Worked, way: Supposed | None, rule: str) -> bool:
    """Whether a rule is believed; nothing is asked of a number that is right, as one gone the other way is."""
    if way is None:
        return rule != _WORDLESS
    # A total may be split twice, a rate is of one pair.
    others = (one for one in text.told[way.told] if one.holds and one.way is not Way.SUM)
    given = any(text.said(one) > _RIGHT for one in others)
    return way.holds or (not given and not may_give(way) and text.odds(way) > ASKED[rule])


def supposed_by(text: Worked, finding: Finding) -> Supposed | None:
    """The way of working out a number that a finding tells of; None where it is none of the supposed ones."""
    told, all_ = finding.spans[0], {finding.spans[0], *finding.evidence}
    expected = _NUMBER_RE.search(finding.expected or "")
    best: tuple[tuple[bool, bool, bool, bool, float], Supposed] | None = None
    for place, found in text.told.items():
        if place.figure.span not in all_:
            continue
        for one in found:
            spans = {place.figure.span, *(term.figure.span for term in one.terms)}
            own = place.figure.span == told
            if spans == all_ or (own and len(spans) > 1 and spans <= all_):
                meant = place.sort == "%" and expected is not None and _gives(one, expected[0])
                rank = (spans == all_, own, one.holds, meant, text.said(one))
                if best is None or rank > best[0]:
                    best = (rank, one)
    return best[1] if best else None


def _gives(one: Supposed, expected: str) -> bool:
    """Whether a way of working out a number gives what is expected, to the places that this is told with."""
    places = len(expected.partition(",")[2])
    value = float(expected.replace(".", "").replace(",", "."))
    return abs(one.exact / one.told.scale - value) <= _ROUNDED * 10.0**-places
