"""FIG of what is told for several years and as a mean of each: the one divided by the years is the other.

How many years is told behind the mean, before the total, by the lead or the headings over it, or by the title. A
total that is some whole number of means may be of some of the years; it is of no more of them than there are,
where no others are told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from graphs.checks.reading.arithmetic import places_of, show, slip
from graphs.checks.reading.named import Surroundings, surroundings
from graphs.checks.reading.periods import find_periods
from graphs.checks.reading.prose import Stated, stated, value_as_printed
from graphs.checks.report import Subject, Tally, rule
from graphs.checks.sums.per_time import check_each_month
from kb.bilingual import both
from kb.models import Figure, Finding
from kb.text.sentences import split_sentences

_MEAN_RE = re.compile(
    r"[^.;:\d]{0,30}?,\s*(?:tính\s+)?(?:bình quân|trung bình)\s+(?P<each>(?:mỗi|hằng|hàng|một)\s+năm\s+)?"
    r"[^.;\d]{0,25}",
    re.IGNORECASE,
)
_EACH_RE = re.compile(r"[^.;,\d]{0,25}?(?:/|\s(?:mỗi|một|hằng|hàng)\s*)\s*năm\b", re.IGNORECASE)
_LASTED_RE = re.compile(r"[^.;,]{0,15}\b(?:trong|của)\s+(?P<count>0?[2-9]|10)\s+năm\b", re.IGNORECASE)
#: So many years that a sentence is of, and what a mean of each of them is told by.
_OVER_RE = re.compile(r"\b(?:trong|sau|qua)\s+(?P<count>0?[2-9]|10)\s+năm\b(?!\s+(?:tới|trước))", re.IGNORECASE)
_SPREAD_RE = re.compile(
    r"\b(?:(?:bình quân|trung bình)\s+(?:mỗi|hằng|hàng|một)\s+năm"
    r"|(?:mỗi|hằng|hàng)\s+năm\s+(?:bình quân|trung bình))\b[^.;:,()\d]{0,30}$",
    re.IGNORECASE,
)
_CHANGE_RE = re.compile(r"\b(?:tăng trưởng|tốc độ)\b", re.IGNORECASE)
_SPAN_RE = re.compile(r"(?<!\d)(?P<first>20\d\d)\s*[-–—]\s*(?P<last>20\d\d)(?!\d)")
_CLOSE = Decimal("0.006")
_MOST_YEARS, _TWO = 10, 2


def check_each_year(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``Giai đoạn 2026-2030 trồng 46.500 ha, bình quân 9.300 ha/năm``."""
    yield from check_each_month(subject, tally, EACH)
    text = subject.document.reading.text
    if subject.is_rule() or ("quân" not in text and "rung bình" not in text):
        return
    places = surroundings(subject.document)
    title = subject.document.metadata.title
    for where in stated(subject):
        if "ình quân" not in where.text and "rung bình" not in where.text:
            continue
        for total, mean in pairwise(where.figures):
            if _is_mean(where, total, mean):
                years = _years(where, total, mean, places, title.value if title else "")
                sure = _is_sure(subject, where, total, years)
                yield from _divided(where, total, mean, years, sure, tally)
            else:
                yield from _spread(where, mean, tally)


def _is_mean(where: Stated, total: Figure, mean: Figure) -> bool:
    found = _MEAN_RE.fullmatch(where.between(total, mean))
    each = found and (found["each"] or _EACH_RE.match(where.text, _number_end(where, mean)))
    alike = (total.unit or "").split()[:1] == (mean.unit or "").split()[:1] and total.unit not in (None, "%")
    plain = not any(one.of or one.bound for one in (total, mean))
    before = where.text[max(0, where.start(total) - 60) : where.start(total)]
    return bool(each and alike and plain and Decimal(mean.value) > 0 and not _CHANGE_RE.search(before))


def _spread(where: Stated, mean: Figure, tally: Tally) -> Iterator[Finding]:
    """``Trong 05 năm đào tạo 113.800 người, đạt 103,5% …; bình quân mỗi năm 22.760 người``: over other figures."""
    low, _ = next(pair for pair in reversed(split_sentences(where.text)) if pair[0] <= where.start(mean))
    lasted = _OVER_RE.search(where.text, low, where.start(mean))
    if lasted is None or not _SPREAD_RE.search(where.text, low, where.start(mean)) or mean.of or mean.bound:
        return
    count, each = int(lasted["count"]), Decimal(mean.value)
    totals = [
        one
        for one in where.figures
        if low <= where.start(one) < where.start(mean)
        and one.unit == mean.unit != "%"
        and not (one.of or one.bound)
    ]
    if not totals or not each:
        return
    half = Decimal(1).scaleb(-places_of(value_as_printed(mean)))
    if any(
        abs(Decimal(one.value) / years - each) <= half for one in totals for years in range(1, _MOST_YEARS + 1)
    ):
        tally.held += 1
        return
    exact = (Decimal(totals[0].value) / count).quantize(half)
    if slip(str(exact).replace(".", ""), str(each.quantize(half)).replace(".", "")):
        tally.failed += 1
        yield _wrong(where, totals[0], mean, count)


def _number_end(where: Stated, figure: Figure) -> int:
    """Where the digits of a figure end, before its unit."""
    found = re.compile(r"[\d.,]*\d").match(where.text, where.start(figure))
    return found.end() if found else where.end(figure)


def _years(where: Stated, total: Figure, mean: Figure, places: Surroundings, title: str) -> list[int]:
    """How many years may be meant, the nearest first."""
    lasted = _LASTED_RE.match(where.text, where.end(mean))
    if lasted:
        return [int(lasted["count"])]
    texts = (where.text[: where.start(total)], *places.over(where.block), title)
    found = [len(period.years) for text in texts for period in reversed(list(find_periods(text)))]
    return [count for count in found if count > 1] or [count for text in texts for count in _spans(text)[::-1]]


def _is_sure(subject: Subject, where: Stated, total: Figure, years: list[int]) -> bool:
    """Whether no other years can be meant: those of the sentence, or the only ones that the paper tells."""
    sentence = split_sentences(where.text[: where.start(total)] or " ")[-1]
    own = _spans(where.text[sentence[0] : where.start(total)])
    return bool(years) and max(own or _spans(subject.document.reading.text), default=0) == years[0]


def _spans(text: str) -> list[int]:
    """How many years each span of a text has, those of programmes too."""
    found = (int(one["last"]) - int(one["first"]) + 1 for one in _SPAN_RE.finditer(text))
    return [count for count in found if count > 1]


def _divided(
    where: Stated, total: Figure, mean: Figure, years: list[int], sure: bool, tally: Tally
) -> Iterator[Finding]:
    whole, each = Decimal(total.value), Decimal(mean.value)
    half = Decimal(1).scaleb(-places_of(value_as_printed(mean)))
    if not years:
        return
    if any(abs(whole / count - each) <= half for count in years):
        tally.held += 1
        return
    times = whole / each
    others = abs(times - times.to_integral()) <= _CLOSE * times and not (sure and 0 < times - years[0] < _TWO)
    if times > _MOST_YEARS + 1 or others:
        tally.skip(both("số bình quân có thể của khoảng năm khác", "the mean may be of other years"))
        return
    tally.failed += 1
    yield _wrong(where, total, mean, years[0])


def _wrong(where: Stated, total: Figure, mean: Figure, years: int) -> Finding:
    exact = show(Decimal(total.value) / years)
    sum_ = f"{total.printed} / {years} = {exact}"
    return EACH.finding(
        (mean.span,),
        f"ghi bình quân mỗi năm {mean.printed}, nhưng {sum_}",
        f"a mean of {mean.printed} a year is stated, but {sum_}",
        stated=mean.printed,
        expected=exact,
        evidence=(total.span,),
        suggestion=both("kiểm tra lại tổng, số năm hoặc số bình quân", "check the total, the years or the mean"),
        page=where.block.page,
    )


EACH = rule("FIG-266", check_each_year)
EACH_RULES = (EACH,)
