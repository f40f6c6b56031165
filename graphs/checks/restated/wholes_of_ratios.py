"""FIG of the whole of a ratio, and of all there are of its noun told elsewhere: ``42/64 khu phố`` of 46.

Only where the paper tells one number of all these things, of which the whole is a slip that chance hardly makes;
fewer may be those of one part.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from graphs.checks.reading.all_of import is_all_of
from graphs.checks.reading.arithmetic import digits_of, digits_swapped, is_typing_slip
from graphs.checks.reading.named import thing_words
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.models import Figure, Finding

#: So many digits make a slip seldom by chance.
_LONG = 3


def check_wholes_of_ratios(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """The whole of a ratio is as many as there are of its noun."""
    told = stated(subject)
    every: dict[str, list[Figure]] = defaultdict(list)
    values: dict[str, list[Decimal]] = defaultdict(list)
    for where in told:
        for figure in where.figures:
            noun = _noun(figure)
            if noun and not figure.bound:
                values[noun].append(Decimal(figure.of or figure.value))
                if not figure.of and is_all_of(where, figure, thing_words(noun)):
                    every[noun].append(figure)
    for where, ratio, whole in _ratios(told):
        all_ = every[_noun(ratio)]
        if len({one.value for one in all_}) != 1:
            continue
        count = Decimal(all_[0].value)
        if count == whole:
            tally.held += 1
        elif _is_slip(count, whole) and values[_noun(ratio)].count(whole) == 1:
            tally.failed += 1
            yield by.finding(
                (ratio.span,),
                f"ghi {ratio.printed} {ratio.unit}, chỗ khác ghi có {all_[0].printed} {ratio.unit}",
                f"{ratio.printed} {ratio.unit} is stated, elsewhere there are {all_[0].printed}",
                stated=ratio.printed,
                expected=all_[0].printed,
                evidence=(all_[0].span,),
                suggestion=both("kiểm tra lại tổng số của tỷ số", "check the whole of the ratio"),
                page=where.block.page,
            )


def _ratios(told: tuple[Stated, ...]) -> Iterator[tuple[Stated, Figure, Decimal]]:
    for where in told:
        yield from ((where, one, Decimal(one.of)) for one in where.figures if one.of and _noun(one))


def _noun(figure: Figure) -> str:
    """What a figure counts; nothing for shares and measures without a noun."""
    return "" if figure.unit in (None, "%") else (figure.unit or "").lower()


def _is_slip(one: Decimal, other: Decimal) -> bool:
    more = other > one and len(digits_of(one)) >= _LONG
    return digits_swapped(one, other) or (more and is_typing_slip(one, other))
