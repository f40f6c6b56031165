"""FIG of what is said to be highest or lowest: of the rows of a table, of times, of what a sentence lists."""

from __future__ import annotations

from collections.abc import Iterator

from graphs.checks.report import Subject, Tally, rule
from graphs.checks.restated.most_of_rows import check_most_of_rows
from graphs.checks.restated.most_of_times import check_most_of_times
from graphs.checks.restated.most_told import check_most_told
from graphs.checks.restated.order_told import check_order_told
from graphs.checks.restated.ranked_rows import check_ranked_rows
from graphs.checks.restated.ranked_told import check_ranked_told
from kb.models import Finding, Span


def check_topmost(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """What is said to be highest or lowest is so; each place is told once."""
    if subject.is_rule():
        return
    told: list[Span] = []
    checks = (check_most_told, check_ranked_told, check_most_of_times, check_ranked_rows, check_most_of_rows)
    for check in (*checks, check_order_told):
        for finding in check(subject, tally, TOPMOST):
            places = (*finding.spans, *finding.evidence)
            if check in (check_ranked_told, check_most_of_rows, check_order_told) and any(
                _meet(one, other) for one in finding.spans for other in told
            ):
                continue
            told += places
            yield finding


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


TOPMOST = rule("FIG-272", check_topmost)
TOPMOST_RULES = (TOPMOST,)
