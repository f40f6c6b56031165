"""FIG of a share of all there are that is one of some: ``18/22 xã``; ``07 xã, chiếm 38,9% tổng số xã``.

How many there are is what all ratios of them are of; told only where another number of them gives the very rate.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from graphs.checks.reading.arithmetic import percent, rounds_to, show
from graphs.checks.reading.moved import head
from graphs.checks.reading.prose import everywhere, rate_link, value_as_printed
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.models import Figure, Finding, Severity

#: All of them behind a share, and nothing that makes them some.
_OF_ALL_RE = re.compile(
    r"\s*(?:trên\s+|trong\s+|của\s+)?tổng số\s+(?P<noun>[^\W\d_]+)"
    r"(?:,\s*(?:phường|thị trấn|xã))*\s*"
    r"(?:(?:của|trên địa bàn|trong)?\s*(?:toàn\s+|cả\s+)?(?:tỉnh|huyện|thành phố)\b|[.;)]|$)"
)


def check_share_of_all(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """A share of all that there are is of how many ratios say that there are."""
    if subject.is_rule():
        return
    texts = [where for where in everywhere(subject) if where.figures]
    wholes: dict[str, set[str]] = defaultdict(set)
    for one in (one for where in texts for one in where.figures if one.of):
        wholes[head(one)].add(one.of or "")
    for where in texts if wholes else ():
        for at, rate in enumerate(where.figures):
            part = where.figures[at - 1] if at else None
            found = _OF_ALL_RE.match(where.text, where.end(rate)) if rate.unit == "%" and part else None
            if not found or part is None or rate.bound or part.of or part.bound:
                continue
            noun = found["noun"].lower()
            if head(part) != noun or len(wholes[noun]) != 1 or not rate_link(where.between(part, rate)):
                continue
            whole = next(iter(wholes[noun]))
            if Decimal(part.value) > Decimal(whole):
                continue  # ratios of fewer things are of some of them
            exact = percent(part.value, whole)
            if exact is None or _fits(exact, rate):
                tally.held += 1
                continue
            everything = (one for place in texts for one in place.figures if head(one) == noun)
            others = [
                one
                for one in everything
                if one is not part and (share := percent(part.value, one.value)) is not None and _fits(share, rate)
            ]
            if others:
                tally.failed += 1
                finding = _finding(part, rate, whole, exact, others[0], by)
                # What is told far from it may be how many there were at another time.
                yield finding if others[0] in where.figures else replace(finding, severity=Severity.NOTE)


def _fits(exact: Decimal, rate: Figure) -> bool:
    return rounds_to(exact, value_as_printed(rate))


def _finding(part: Figure, rate: Figure, whole: str, exact: Decimal, other: Figure, by: Rule) -> Finding:
    sum_ = f"{part.printed} / {whole} = {show(exact)}%"
    return by.finding(
        (rate.span,),
        f"ghi {rate.printed} trên tổng số, nhưng đó là tỷ lệ trên {other.printed}; trên tổng số thì {sum_}",
        f"{rate.printed} is stated of all, but is a share of {other.printed}; of all it is {sum_}",
        stated=rate.printed,
        expected=f"{show(exact)}%",
        evidence=(part.span, other.span),
        suggestion=both("tính lại tỷ lệ, hoặc ghi đúng mẫu số", "work the rate out again, or name its whole"),
        page=part.page,
    )
