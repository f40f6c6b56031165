"""FIG of a change told as an amount and as a rate, whose earlier value stands in a bracket or in a table.

``So với cùng kỳ (39 vụ), tăng 07 vụ, tăng 17,9%``; ``năm 2025 tăng 261.911 hồ sơ so với năm 2021, tương ứng mức
tăng 42,8%``: the table has 612.480 for 2021 and so much more for 2025. The amount itself proves which values are
meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from graphs.checks.reading.arithmetic import digits_of, rounds_to, show
from graphs.checks.reading.compared import Member, named_sets
from graphs.checks.reading.forms import PLANNED_RE, SIGN, WORDS, Signs, signs_of
from graphs.checks.reading.moved import RISES, head, scaled
from graphs.checks.reading.prose import Stated, everywhere, value_as_printed
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.models import Figure, Finding, Severity, Span
from kb.text.sentences import SENTENCE_END_RE

_WAY = r"(?P<way>tăng|giảm|thêm|cao hơn|nhiều hơn|lớn hơn|thấp hơn|ít hơn|vượt|hụt)"
_ALSO = (
    r"(?:(?:tức|tương ứng|tương đương|hay|bằng|với|tỷ lệ|tỉ lệ|mức|tốc độ|tăng trưởng|là|khoảng|nghĩa là|đạt|có"
    r"|tăng|giảm|thêm)\s+){0,4}"
)
_BRACKET = r"(?:\((?-i:[^()]){0,60}\)\s*)?"
#: An amount and its rate behind it, in a bracket or behind a comma; or the other way round.
_TOLD_RES = (
    re.compile(
        rf"\b{_WAY}\s+(?:(?:thêm|được|là|tới)\s+)*(?P<by>{SIGN})(?P<since>{WORDS}{{0,60}}?{_BRACKET})"
        rf"(?:[,;(]|\bvà\b)\s*(?P<also>{_ALSO})(?P<rate>{SIGN})",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b{_WAY}\s+(?:(?:thêm|được|là|tới)\s+)*(?P<rate>{SIGN})(?P<since>{WORDS}{{0,50}}?)"
        rf"(?:[,;(]|\bvà\b)\s*(?P<also>{_ALSO})(?P<by>{SIGN})",
        re.IGNORECASE,
    ),
)
#: A time before with its one value in a bracket.
_IN = r"(?-i:[^();,])"
_BASE_RE = re.compile(
    r"\b(?:so với|so|bằng)\s+(?:(?:số|mức|con số|của)\s+)*(?:cùng kỳ|cùng thời điểm|năm|kỳ|quý|tháng|đầu|cuối"
    rf"|thời điểm|giai đoạn|nhiệm kỳ|vụ|niên){WORDS}{{0,50}}?\(\s*{_IN}{{0,40}}?(?P<base>{SIGN}){_IN}{{0,30}}\)",
    re.IGNORECASE,
)
#: What a rate is of, behind it, that is no earlier value.
_OF_RE = re.compile(
    r"\s*\)?\s*(?:so với\s+|của\s+)?(?:tổng|kế hoạch|dự toán|chỉ tiêu|mục tiêu|số\s|toàn|điểm)", re.IGNORECASE
)
_WHOLE_RE = re.compile(r"\s*\)?\s*(?:so với\s+|của\s+|mức\s+)?(?:cùng kỳ|năm|kỳ|quý)\b", re.IGNORECASE)
_SINCE_RE = re.compile(
    r"\bso (?:với )?(?:cả\s+|ước\s+|thực hiện\s+|cuối\s+)*(?:năm\s+(?P<year>(?:19|20)\d\d)"
    r"|(?P<past>cùng kỳ|năm trước|năm ngoái))",
    re.IGNORECASE,
)
_YEAR_RE = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
#: Words one of which stands in every sentence that tells a change.
_ANY = ("tăng", "giảm", "thêm", "hơn", "vượt", "hụt", "Tăng", "Giảm")
_NO_AMOUNTS = ("%", "điểm", "lần", "bậc", "")
_RARE, _FAR = 3, 4


@dataclass(frozen=True, slots=True)
class _Told:
    """A change as an amount and as a rate, its way, its places in the text."""

    by: Figure
    rate: Figure
    way: str
    low: int
    start: int
    end: int
    high: int


@dataclass(frozen=True, slots=True)
class _Base:
    """An earlier value that the change is since, as it is printed."""

    value: Decimal
    printed: str
    spans: tuple[Span, ...]


def check_amounts_and_rates(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """The rate of a change is its amount by the earlier value."""
    for where in everywhere(subject) if not subject.is_rule() else ():
        rates = sum(one.unit == "%" for one in where.figures)
        if not rates or rates == len(where.figures) or not any(word in where.text for word in _ANY):
            continue
        signs = signs_of(where)
        for told in _read(signs):
            bases = list(_in_brackets(signs, told)) or list(_of_tables(subject, signs, told))
            yield from _held(where, told, bases, tally, by)


def _read(signs: Signs) -> Iterator[_Told]:
    for pattern in _TOLD_RES:
        for found in pattern.finditer(signs.text):
            amount, rate = signs.of(found["by"]), signs.of(found["rate"])
            if (
                rate.unit != "%"
                or rate.of
                or rate.bound
                or amount.of
                or amount.bound
                or head(amount) in _NO_AMOUNTS
            ):
                continue
            end = max(found.end("by"), found.end("rate"))
            if _OF_RE.match(signs.text, found.end("rate")) or not Decimal(amount.value):
                continue
            own = found["also"].lower().split()
            if {"bằng", "đạt"} & set(own) and _WHOLE_RE.match(signs.text, found.end("rate")):
                continue  # so much of the earlier value
            way, low = found["way"].lower(), signs.sentence_start(found.start())
            ways = {"tăng", "giảm"} & set(own)
            if ways and (way in RISES or way == "thêm") != ("tăng" in ways):
                continue
            stop = SENTENCE_END_RE.search(signs.text, end)
            high = stop.start() if stop else len(signs.text)
            if PLANNED_RE.search(signs.text, low, found.start()):
                continue
            yield _Told(amount, rate, way, low, found.start(), end, high)


def _in_brackets(signs: Signs, told: _Told) -> Iterator[_Base]:
    """The one value that a bracket gives for the time before, in the sentence of a change."""
    found = [
        signs.of(one["base"])
        for one in _BASE_RE.finditer(signs.text, told.low, told.high)
        if head(signs.of(one["base"])) in (head(told.by), "") and not signs.of(one["base"]).of
    ]
    changes = sum(1 for _ in _TOLD_RES[0].finditer(signs.text, told.low, told.high))
    if len(found) == 1 and changes < 2 and not found[0].bound:
        base = found[0]
        scale = scaled(told.by) / Decimal(told.by.value) if not base.unit else Decimal(1)
        yield _Base(scaled(base) * scale, base.printed, (base.span,))


def _of_tables(subject: Subject, signs: Signs, told: _Told) -> Iterator[_Base]:
    """The values of two times in a table that are apart by the amount."""
    since = _SINCE_RE.search(signs.text, told.low, told.high)
    if since is None or len(digits_of(scaled(told.by))) < _RARE - bool(since["year"]):
        return
    years = set(_YEAR_RE.findall(signs.text, told.low, told.high)) - {since["year"]}
    up = told.way in RISES or told.way in ("thêm", "lớn hơn")
    for set_ in named_sets(subject):
        if set_.place[0] not in ("row", "column"):
            continue
        timed = [(year, one) for one in set_.members if (year := _year_of(one))]
        for was, then in timed:
            if since["year"] and was != since["year"]:
                continue
            for year, now in timed:
                if year <= was or (years and year not in years) or (since["past"] and int(year) != int(was) + 1):
                    continue
                apart = now.value - then.value if up else then.value - now.value
                if then.value and rounds_to(apart / _scale(told.by), told.by.value):
                    yield _Base(then.value, then.printed, (then.span, now.span))


def _year_of(one: Member) -> str | None:
    years = [word for word in one.words if _YEAR_RE.fullmatch(word)]
    return years[0] if len(years) == 1 else None


def _scale(figure: Figure) -> Decimal:
    return scaled(figure) / Decimal(figure.value)


def _held(where: Stated, told: _Told, bases: list[_Base], tally: Tally, by: Rule) -> Iterator[Finding]:
    amount, printed = scaled(told.by), value_as_printed(told.rate)
    exact = {amount / base.value * 100: base for base in bases if base.value}
    half = Decimal("0.5").scaleb(-len(told.by.value.partition(".")[2])) * _scale(told.by)
    for rate, base in exact.items():
        slack = half / base.value * 100
        if rounds_to(rate, printed) or rate - slack <= Decimal(printed) <= rate + slack:
            tally.held += 1
            return
    if len(exact) != 1:
        return
    rate, base = next(iter(exact.items()))
    if max(rate, Decimal(printed)) > _FAR * min(rate, Decimal(printed)):
        return
    tally.failed += 1
    sum_ = f"{told.by.printed} / {base.printed} = {show(rate)}%"
    yield by.finding(
        (told.rate.span,),
        f"ghi {told.way} {told.by.printed}, {told.rate.printed}, nhưng {sum_}",
        f"{told.by.printed} and {told.rate.printed} are stated, but {sum_}",
        stated=told.rate.printed,
        expected=f"{show(rate)}%",
        evidence=(told.by.span, *base.spans),
        suggestion=both(
            "đối chiếu giá trị, mức và tỷ lệ tăng, giảm", "compare the value, the change and its rate"
        ),
        severity=Severity.WARNING,
        page=where.block.page,
    )
