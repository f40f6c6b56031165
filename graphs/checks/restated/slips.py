"""FIG of slips: a number told twice in like words, with digits changed about, or in another unit."""

from __future__ import annotations

from collections.abc import Iterator

from graphs.checks.learned.twice import told_alike, told_twice
from graphs.checks.report import Subject, Tally, rule
from graphs.checks.restated.amounts_apart import check_amounts_apart
from graphs.checks.restated.pointed_back import check_pointed_back
from graphs.checks.restated.restated import unlike_finding
from graphs.checks.restated.same_digits import check_same_digits
from graphs.checks.restated.scale_slips import check_scale_slips
from graphs.checks.restated.wholes_of_ratios import check_wholes_of_ratios
from kb.bilingual import both
from kb.models import Finding, Span


def check_slips(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``tạo việc làm cho 2.145 lao động`` in the text, 2.415 in the row “Tạo việc làm” of a table."""
    if subject.is_rule():
        return
    tally.held += told_alike(subject)
    places: set[Span] = set()
    for unlike in told_twice(subject):
        if unlike.mistyped:
            tally.failed += 1
            places.update((*unlike.spans, *unlike.evidence))
            yield unlike_finding(SLIP, unlike, both(": khác nhau ở chữ số", ": digits differ"))
    for finding in check_pointed_back(subject, tally, SLIP):
        if places.isdisjoint(finding.spans):
            places.update(finding.spans)
            yield finding
    for finding in check_same_digits(subject, tally, SLIP):
        if places.isdisjoint(finding.spans):
            places.update(finding.spans)
            yield finding
    for finding in check_amounts_apart(subject, tally, SLIP):
        if places.isdisjoint((*finding.spans, *finding.evidence)):
            places.update((*finding.spans, *finding.evidence))
            yield finding
    for finding in check_wholes_of_ratios(subject, tally, SLIP):
        if places.isdisjoint((*finding.spans, *finding.evidence)):
            places.update(finding.spans)
            yield finding
    for finding in check_scale_slips(subject, tally, SLIP):
        if places.isdisjoint((*finding.spans, *finding.evidence)):  # one wrong unit breaks all that it is part of
            places.update(finding.spans)
            yield finding


SLIP = rule("FIG-228", check_slips)
SLIP_RULES = (SLIP,)
