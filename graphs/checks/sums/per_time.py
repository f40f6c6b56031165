"""FIG of what is told for a time and as a mean of its months or quarters, and of one amount told for two times.

How many months is told by the words, ``06 tháng đầu năm``, ``quý I``, ``năm 2024``, else by the title.
``46,5 triệu đồng/năm, tương ứng 3,78 triệu đồng/tháng`` is one amount told twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from graphs.checks.reading.arithmetic import digits_swapped, places_of, show
from graphs.checks.reading.forms import BARE, Form, signs_of
from graphs.checks.reading.moved import head, scaled
from graphs.checks.reading.prose import Stated, everywhere, stated, value_as_printed
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.models import Figure, Finding, Severity

_EACH = r"(?:mỗi|một|hằng|hàng)"
#: A mean of each month or quarter.
MEANS: tuple[Form, ...] = (
    Form(
        rf"\b(?:bình quân|trung bình)\s+(?:{_EACH}\s+)?(?P<by>tháng|quý)\b{BARE}{{0,30}}?{{each}}",
        "bình quân mỗi tháng tiếp 457 lượt",
    ),
    Form(
        rf"\b{_EACH}\s+(?P<by>tháng|quý)\s+(?:bình quân|trung bình){BARE}{{0,20}}?{{each}}",
        "mỗi quý bình quân 90 vụ",
    ),
    Form(
        rf"\b(?:bình quân|trung bình){BARE}{{0,25}}?{{each}}{BARE}{{0,20}}?(?:/|\s{_EACH}\s)\s*"
        r"(?P<by>tháng|quý)\b",
        "trung bình 1.560 hồ sơ/tháng",
    ),
    Form(
        rf"\b(?:tính ra|tức(?: là)?|như vậy|nghĩa là|quy ra)\s*,?\s*{_EACH}\s+(?P<by>tháng|quý)\b"
        rf"{BARE}{{0,25}}?{{each}}",
        "tức mỗi tháng chi 4,5 tỷ đồng",
    ),
)
_MEAN_RE = re.compile(r"\b(?:bình quân|trung bình|tính ra|tức|như vậy|nghĩa là|quy ra)\b", re.IGNORECASE)
_SMALL = ("hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_MONTHS = {"tháng": 1, "quý": 3, "năm": 12}
_TIME_RE = re.compile(
    rf"\b(?P<months>0?[2-9]|1[0-2]|{'|'.join(_SMALL)})\s+tháng(?!\s+(?:tới|sau|trước|làm|liên))|\b(?P<quarters>[2-3])\s+quý\b"
    r"|\bquý\s+(?:[IVX]+|[1-4])\b|\b(?P<half>nửa (?:đầu )?năm)\b"
    r"|\b(?P<year>(?:cả |trong |toàn )?năm\s+(?:20\d\d|qua|nay))",
    re.IGNORECASE,
)
_SINCE_RE = re.compile(r"\b(?:so với|cùng kỳ|lũy kế|luỹ kế|kế hoạch|giai đoạn)\b[^,;.]*$", re.IGNORECASE)
_YEAR = 12
#: So many paragraphs before a mean may tell what it is of, where its own tells nothing of its unit.
_BEFORE = 3
#: How far a total that is meant may be from so many means.
_NEAR = Decimal("0.12")
#: For what time an amount is told, behind it, and what leads to the same one for another time.
_RATE_RE = re.compile(r"[^.;,()\d]{0,30}?(?:/|\b(?:mỗi|một)\s)\s*(?P<by>tháng|quý|năm)\b", re.IGNORECASE)
_SAME_RE = re.compile(
    r"\s*[,;]?\s*\(?\s*(?:(?:tương ứng(?: với)?|tương đương(?: với)?|tức(?: là)?|hay(?: là)?|bằng|khoảng"
    r"|nghĩa là|là|bình quân|trung bình|đạt)\s*)*",
    re.IGNORECASE,
)
#: Of so many times one amount is no other told for another time.
_FAR = Decimal("1.35")


def check_each_month(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """``5.482 lượt … Bình quân mỗi tháng 475 lượt``; ``46,5 triệu đồng/năm, tương ứng 3,78 triệu đồng/tháng``."""
    title = subject.document.metadata.title
    prose = list(stated(subject))
    for where in everywhere(subject) if not subject.is_rule() else ():
        text = where.text.lower()
        if "tháng" not in text and "quý" not in text:
            continue
        for one, other in pairwise(where.figures):
            yield from _two_rates(where, one, other, tally, by)
        if _MEAN_RE.search(text):
            before = [one for one in prose if one.block.span.start < where.block.span.start][-_BEFORE:]
            yield from _means(where, before, title.value if title else "", tally, by)


def _means(where: Stated, before: Sequence[Stated], title: str, tally: Tally, by: Rule) -> Iterator[Finding]:
    signs = signs_of(where)
    seen: set[Figure] = set()
    for match in (one for form in MEANS for one in form.read(signs)):
        each = match.figures["each"]
        if each in seen or not each.unit or each.of or each.unit == "%" or not Decimal(each.value):
            continue
        seen.add(each)
        totals = [
            signs.of(letter)
            for letter in signs.text[: match.start]
            if signs.is_sign(letter) and head(signs.of(letter)) == head(each)
        ]
        told = _months_told(signs.text[: match.start])
        if not totals:
            # What is told a paragraph before, in full the same unit, with the time that it is told for.
            of_unit = [(place, one) for place in before for one in place.figures if one.unit == each.unit]
            totals = [one for _, one in of_unit]
            times = [_months_told(place.text[: place.start(one)]) for place, one in of_unit]
            told = told or [count for found in times for count in found]
        totals = [one for one in totals if not one.of and not one.bound and one is not each]
        told = told or _months_told(title)
        parts = [Decimal(count) / _MONTHS[match.words["by"].lower()] for count in told]
        yield from _divided(where, totals, each, parts, tally, by)


def _months_told(text: str) -> list[int]:
    """How many months the times of a text have, the last first."""
    found = []
    for time in _TIME_RE.finditer(text):
        if _SINCE_RE.search(text, 0, time.start()):
            continue
        months = time["months"] or (time["quarters"] and int(time["quarters"]) * 3)
        if time["months"] and not time["months"].isdigit():
            months = _SMALL.index(time["months"].lower()) + 2
        found.append(int(months or (6 if time["half"] else _YEAR if time["year"] else 3)))
    return found[::-1]


def _divided(
    where: Stated, totals: list[Figure], each: Figure, parts: list[Decimal], tally: Tally, by: Rule
) -> Iterator[Finding]:
    last = Decimal(1).scaleb(-places_of(value_as_printed(each)))
    mean, worth = scaled(each), scaled(each) / Decimal(each.value)
    # Any number of months may be meant where it gives the mean; what is only cut or rounded up, of those told.
    if any(
        abs(scaled(one) / count - mean) <= last * worth / (1 if count in parts else 2)
        for one in totals
        for count in range(2, _YEAR + 1)
    ):
        tally.held += 1
        return
    if len(set(parts)) != 1 or parts[0] < 2:
        return
    near = [one for one in totals if _is_near(scaled(one) / parts[0] / worth, Decimal(each.value), last)]
    if len(near) != 1 or each.bound:
        return
    tally.failed += 1
    exact = scaled(near[0]) / parts[0] / worth
    yield _wrong(where, each, f"{near[0].printed} / {show(parts[0])} = {show(exact)}", exact, near[0], by)


def _is_near(exact: Decimal, mean: Decimal, last: Decimal) -> bool:
    """Whether a mean is a little off, or a slip of its digits."""
    return abs(exact - mean) <= _NEAR * mean or digits_swapped(exact.quantize(last), mean.quantize(last))


def _two_rates(where: Stated, one: Figure, other: Figure, tally: Tally, by: Rule) -> Iterator[Finding]:
    alike = one.unit and head(one) == head(other) and one.unit != "%" and not (one.of or other.of)
    first = _RATE_RE.match(where.text, where.end(one)) if alike else None
    second = _RATE_RE.match(where.text, where.end(other)) if first else None
    if first is None or second is None or first["by"].lower() == second["by"].lower():
        return
    if not _SAME_RE.fullmatch(where.text[first.end() : where.start(other)]) or not Decimal(other.value):
        return
    times = Decimal(_MONTHS[first["by"].lower()]) / _MONTHS[second["by"].lower()]
    exact, told = scaled(one) / times, scaled(other)
    slack = sum(
        Decimal(1).scaleb(-places_of(value_as_printed(figure))) * scaled(figure) / Decimal(figure.value) / by_
        for figure, by_ in ((one, times), (other, Decimal(1)))
        if Decimal(figure.value)
    )
    if abs(exact - told) <= slack:
        tally.held += 1
    elif max(exact, told) <= _FAR * min(exact, told):
        tally.failed += 1
        worth = told / Decimal(other.value)
        sum_ = f"{one.printed} / {show(times)}" if times > 1 else f"{one.printed} × {show(1 / times)}"
        yield _wrong(where, other, f"{sum_} = {show(exact / worth)}", exact / worth, one, by)


def _wrong(where: Stated, told: Figure, sum_: str, exact: Decimal, of: Figure, by: Rule) -> Finding:
    return by.finding(
        (told.span,),
        f"ghi {told.printed} {told.unit or ''}, nhưng {sum_}",
        f"{told.printed} is stated, but {sum_}",
        stated=told.printed,
        expected=show(exact),
        evidence=(of.span,),
        suggestion=both("kiểm tra lại tổng, thời gian hoặc số bình quân", "check the total, the time or the mean"),
        severity=Severity.WARNING,
        page=where.block.page,
    )
