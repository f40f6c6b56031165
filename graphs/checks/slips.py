"""FIG of slips: a number told twice in like words, with digits changed about, or in another unit of money."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from graphs.checks.mentions import Mention, mentions
from graphs.checks.moved import scaled
from graphs.checks.named import with_unit
from graphs.checks.report import Subject, Tally, rule
from graphs.checks.restated import unlike_finding
from graphs.checks.said import MONEY_RE
from graphs.checks.twice import told_alike, told_twice
from kb.bilingual import both
from kb.models import Finding, Span

#: So many digits, and shared words, tell a sum of money.
_DIGITS, _FEWEST = 3, 2


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
    for finding in _in_another_unit(mentions(subject), tally):
        if places.isdisjoint(finding.spans):
            yield finding


def _in_another_unit(told: Iterable[Mention], tally: Tally) -> Iterator[Finding]:
    """``64,2 tỷ đồng`` at one place, ``64,2 triệu đồng`` at another: one sum of money."""
    same: dict[str, list[Mention]] = defaultdict(list)
    for one in told:
        figure = one.figure
        few = len(re.sub(r"\D", "", figure.printed).lstrip("0")) < _DIGITS
        if MONEY_RE.match(figure.unit or "") and figure.unit and not few and figure.bound in (None, "~"):
            same[figure.value].append(one)
    for found in same.values():
        for one, other in combinations(found, 2):
            if one.where.block is other.where.block or scaled(one.figure) == scaled(other.figure):
                continue
            if not one.set_apart(other) and len(one.clause & other.clause) > _FEWEST:
                tally.failed += 1
                yield SLIP.finding(
                    (other.figure.span,),
                    f"ghi {with_unit(other.figure)}, chỗ khác ghi {with_unit(one.figure)}: khác nhau ở đơn vị",
                    f"{with_unit(other.figure)} is stated, elsewhere {with_unit(one.figure)}: the units differ",
                    stated=with_unit(other.figure),
                    expected=with_unit(one.figure),
                    evidence=(one.figure.span,),
                    suggestion=both("xem đơn vị nào gõ sai", "see which of the two units is wrong"),
                    page=other.where.block.page,
                )


SLIP = rule("FIG-228", check_slips)
SLIP_RULES = (SLIP,)
