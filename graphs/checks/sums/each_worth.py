"""FIG of things and what they come to, told year by year: what one is worth does not jump in a single year."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import permutations
from statistics import median

from graphs.checks.reading.arithmetic import show
from graphs.checks.reading.prose import everywhere
from graphs.checks.reading.yearly import Series, yearly_series
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import Finding, Severity

_FEWEST, _JUMP, _ALIKE = 4, Decimal("2.5"), Decimal("1.5")


def check_each_worth(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """108.937 payments of 347,6 tỷ in the one year and 135.943 of 134,0 tỷ in the next: one of them is odd."""
    for where in everywhere(subject) if not subject.is_rule() else ():
        series = list(yearly_series(where))
        for things, money in permutations(series, 2):
            if (
                things.opened == money.opened
                and "đồng" in money.unit
                and things.unit
                and not {"đồng", "%"} & set(things.unit.split())
            ):
                yield from _odd(things, money, where.block.page, tally)


def _odd(things: Series, money: Series, page: int | None, tally: Tally) -> Iterator[Finding]:
    worth = {
        year: Decimal(money.by_year[year].value) / Decimal(one.value)
        for year, one in things.by_year.items()
        if year in money.by_year and Decimal(one.value)
    }
    if len(worth) < _FEWEST:
        return
    for year, value in worth.items():
        others = [one for other, one in worth.items() if other != year]
        usual = Decimal(median(others))
        if not usual or not value or any(max(one, usual) > _ALIKE * min(one, usual) for one in others):
            continue
        if max(value, usual) < _JUMP * min(value, usual):
            tally.held += 1
            continue
        tally.failed += 1
        times = show((max(value, usual) / min(value, usual)).quantize(Decimal("0.1")))
        vi, en = ("cao", "more") if value > usual else ("thấp", "less")
        one, sum_ = things.by_year[year], money.by_year[year]
        yield WORTH.finding(
            (sum_.span,),
            f"năm {year}: {one.printed} {one.unit or ''}, {sum_.printed} đồng, bình quân mỗi {things.unit} {vi}"
            f" gấp {times} lần các năm khác",
            f"{year}: {one.printed} and {sum_.printed} đồng: each is worth {times} times {en} than in other years",
            stated=sum_.printed,
            evidence=(one.span, *(money.by_year[other].span for other in worth if other != year)),
            suggestion=both(
                "xem lại số tiền hoặc số lượng của năm ấy", "check the money or the count of that year"
            ),
            page=page,
            severity=Severity.NOTE,
        )
        return


WORTH = rule("FIG-296", check_each_worth)
WORTH_RULES = (WORTH,)
