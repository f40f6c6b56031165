"""FIG of some and the rest of all: ``kiểm tra 16 xã; 86 xã còn lại (toàn tỉnh có 102 xã)``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from graphs.checks.reading.arithmetic import show
from graphs.checks.reading.moved import head
from graphs.checks.reading.prose import everywhere
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.models import Finding

_ALL_RE = re.compile(
    r"[^.;()\d]{0,30}\bcòn lại\b[^.;()\d]{0,30}\(\s*(?:toàn|cả|trên)\s+[^()\d;.]{2,20}\s+(?:có|là)\s+$"
)
_NEAR = Decimal("0.1")


def check_rest_of_all(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """The number before the rest and the rest make all that a bracket behind the rest tells."""
    for where in everywhere(subject) if not subject.is_rule() else ():
        if "còn lại" not in where.text or "(" not in where.text:
            continue
        for rest, whole in pairwise(where.figures):
            if not _ALL_RE.fullmatch(where.between(rest, whole)) or head(rest) != head(whole):
                continue
            end = where.sentence_end(where.start(rest))
            some = [
                one
                for one in where.figures
                if where.end(one) <= where.start(rest)
                and where.sentence_end(where.end(one)) == end
                and head(one) == head(rest)
            ]
            exact = all(not one.of and not one.bound and one.unit != "%" for one in (*some, rest, whole))
            if len(some) != 1 or not exact:
                continue
            sum_, told = Decimal(some[0].value) + Decimal(rest.value), Decimal(whole.value)
            if sum_ == told:
                tally.held += 1
            elif abs(sum_ - told) <= _NEAR * told:
                tally.failed += 1
                words = f"{some[0].printed} + {rest.printed} = {show(sum_)}"
                yield by.finding(
                    (rest.span,),
                    f"ghi còn lại {rest.printed}, nhưng {words}, khác {whole.printed}",
                    f"{rest.printed} are stated as left, but {words}, not {whole.printed}",
                    stated=rest.printed,
                    expected=show(told - Decimal(some[0].value)),
                    evidence=(some[0].span, whole.span),
                    suggestion=both("kiểm tra lại ba số", "check the three numbers"),
                    page=where.block.page,
                )
