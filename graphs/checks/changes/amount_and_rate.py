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
from itertools import permutations

from graphs.checks.reading.arithmetic import digits_of, rounds_to, show
from graphs.checks.reading.compared import Member, named_sets
from graphs.checks.reading.forms import BARE, PLANNED_RE, SIGN, WORDS, Signs, signs_of
from graphs.checks.reading.moved import RISES, head, scaled
from graphs.checks.reading.prose import Stated, everywhere, value_as_printed
from graphs.checks.reading.rows import grids
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
        rf"\b{_WAY}\s+(?:(?:thêm|được|là|tới)\s+)*(?P<by>{SIGN})(?P<since>{WORDS}{{0,60}}?{_BRACKET}"
        rf"(?:so với\s+(?:mức\s+|số\s+)?{SIGN}{WORDS}{{0,40}}?)?)(?:[,;(]|\bvà\b)\s*"
        rf"(?P<also>{_ALSO})(?P<rate>{SIGN})",
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
_PAST = r"(?:cùng kỳ|năm (?:học )?(?:trước|ngoái|(?P<year>(?:19|20)\d\d))|kỳ trước|đầu (?:năm|kỳ|nhiệm kỳ))"
_FEW = r"(?:(?:số|mức|con số)\s+)?"
_BASE_RES = (
    re.compile(
        r"\b(?:so với|so|bằng)\s+(?:(?:số|mức|con số|của)\s+)*(?:cùng kỳ|cùng thời điểm|năm|kỳ|quý|tháng|đầu|cuối"
        rf"|thời điểm|giai đoạn|nhiệm kỳ|vụ|niên){WORDS}{{0,50}}?"
        rf"\(\s*{_IN}{{0,40}}?(?P<base>{SIGN}){_IN}{{0,30}}\)",
        re.IGNORECASE,
    ),
    re.compile(rf"\bso với\s+{_FEW}(?P<base>{SIGN}){BARE}{{0,30}}?\bcủa\s+{_PAST}", re.IGNORECASE),
    # "cùng kỳ năm trước là 39 vụ", "(cùng kỳ 260 lượt)"
    re.compile(
        rf"(?<!so với )\b{_PAST}(?:\s+năm\s+(?:trước|ngoái))?(?:\s+(?:chỉ|có|là|đạt|xảy ra|thu)|:)*\s*"
        rf"(?P<base>{SIGN})",
        re.IGNORECASE,
    ),
)
#: Several values of the time before in one bracket: each is of another thing.
_SEVERAL_RE = re.compile(rf"\bso (?:với )?[^()]{{0,60}}\([^()]*{SIGN}[^()]*{SIGN}[^()]*\)", re.IGNORECASE)
_NOW_RE = re.compile(r"\b(?:năm nay|đến nay|nay|hiện)\b", re.IGNORECASE)
#: Before a number that is a change, a plan, or of another time.
_NO_LATER_RE = re.compile(
    r"\b(?:tăng|giảm|thêm|vượt|hơn|kém|hụt|so với|kế hoạch|dự toán|chỉ tiêu|mục tiêu|giao|cùng kỳ|trước|ngoái)\b"
    r"[^,;.]{0,25}$",
    re.IGNORECASE,
)
#: What a rate is of, behind it, that is no earlier value.
_OF_RE = re.compile(
    r"\s*\)?\s*(?:so với\s+|của\s+)?(?:tổng|kế hoạch|dự toán|chỉ tiêu|mục tiêu|số\s|toàn|điểm)", re.IGNORECASE
)
#: A rate that is held against one of another time is no rate of the change: "giảm 9 ca; tỷ lệ 2% so với 3%".
_WAS_RE = re.compile(rf"\s*so với\s+(?:(?:mức|tỷ lệ|tỉ lệ|con số)\s+)*(?P<was>{SIGN})", re.IGNORECASE)
#: A bracket with what there was: "tăng 66% so với năm 2022 (".
_IN_BRACKET_RE = re.compile(r"\bso với\b[^()]*\(\s*$", re.IGNORECASE)
_PLAN_RE = re.compile(r"\b(?:kế hoạch|dự toán|chỉ tiêu|mục tiêu|giao)\b", re.IGNORECASE)
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
_RARE, _FAR, _NEAR, _BARE = 3, Decimal("2.5"), 40, 1


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
            bases = list(_told_of_before(signs, told)) or list(_of_tables(subject, signs, told))
            given = list(_given_by_later(signs, told, subject.as_of.year if subject.as_of else None))
            yield from _held(subject, where, told, bases, given, tally, by)


def _read(signs: Signs) -> Iterator[_Told]:
    for pattern in _TOLD_RES:
        for found in _of_amounts(pattern, signs):
            amount, rate = signs.of(found["by"]), signs.of(found["rate"])
            end = max(found.end("by"), found.end("rate"))
            if _OF_RE.match(signs.text, found.end("rate")) or not Decimal(amount.value):
                continue
            own = found["also"].lower().split()
            since = _IN_BRACKET_RE.search(signs.text, found.start("since"), found.start("by"))
            if since and pattern is _TOLD_RES[1]:
                continue  # "tăng 66% so với năm 2022 (1.045 ca)": what there was
            was = _WAS_RE.match(signs.text, found.end("rate"))
            if was and signs.of(was["was"]).unit == "%":
                continue
            if {"bằng", "đạt"} & set(own) and _WHOLE_RE.match(signs.text, found.end("rate")):
                continue  # so much of the earlier value
            way, low = found["way"].lower(), signs.sentence_start(found.start())
            ways = {"tăng", "giảm"} & set(own)
            if ways and (way in RISES or way == "thêm") != ("tăng" in ways):
                continue
            if ways and way in ("vượt", "hụt") and _PLAN_RE.search(found["since"]):
                continue  # over the plan by so much, and so much more than was
            stop = SENTENCE_END_RE.search(signs.text, end)
            high = stop.start() if stop else len(signs.text)
            if PLANNED_RE.search(signs.text, low, found.start()):
                continue
            yield _Told(amount, rate, way, low, found.start(), end, high)


def _of_amounts(pattern: re.Pattern[str], signs: Signs) -> Iterator[re.Match[str]]:
    """Where a pattern finds an amount and a rate; what only seems one hides none behind it.

    ``vượt 20 tỷ đồng; tăng 45 tỷ đồng (12%)``: the second amount is no rate of the first.
    """
    at = 0
    while found := pattern.search(signs.text, at):
        amount, rate = signs.of(found["by"]), signs.of(found["rate"])
        exact = not (rate.of or rate.bound or amount.of or amount.bound)
        told = rate.unit == "%" and exact and (head(amount) not in _NO_AMOUNTS or _is_bare(amount))
        at = found.end() if told else found.start() + 1
        if told:
            yield found


def _is_bare(amount: Figure) -> bool:
    """Whether an amount without a unit is one all the same: it has several digits."""
    return not amount.unit and len(amount.value.replace(".", "")) > _BARE


def _told_of_before(signs: Signs, told: _Told) -> Iterator[_Base]:
    """The one value that is told of the time before, in the sentence of a change or right before it."""
    low = min(told.low, _before(signs, told.low))
    last = max(_YEAR_RE.findall(signs.text, low, told.high), default="9")
    found: dict[Figure, int] = {}
    for pattern in _BASE_RES:
        for one in pattern.finditer(signs.text, low, told.high):
            figure, year = signs.of(one["base"]), one.groupdict().get("year") or ""
            past = year < last or _NOW_RE.search(signs.text, one.end(), told.high)
            alike = "" in (head(figure), head(told.by)) or head(figure) == head(told.by)
            if past and alike and figure.unit != "%" and not figure.of and figure is not told.by:
                found[figure] = one.start()
    own = [figure for figure, at in found.items() if at >= told.low] or list(found)
    changes = sum(1 for _ in _TOLD_RES[0].finditer(signs.text, told.low, told.high))
    if len(own) == 1 and changes < 2 and not own[0].bound:
        base = own[0]
        scale = _scale(told.by) if not base.unit else Decimal(1)
        yield _Base(scaled(base) * scale, base.printed, (base.span,))


def _given_by_later(signs: Signs, told: _Told, now: int | None) -> Iterator[_Base]:
    """The values before that the amount gives with those told now: in the sentence, else in the one before it."""
    sign = 1 if told.way in RISES or told.way in ("thêm", "lớn hơn") else -1
    if _SEVERAL_RE.search(signs.text, told.low, told.high):
        return
    for low, high in ((told.low, told.start), (_before(signs, told.low), told.low)):
        later = [
            one
            for at, one in signs.inside(low, high)
            if (head(one) == head(told.by) or (not told.by.unit and head(one) not in _NO_AMOUNTS))
            and not (one.of or one.bound)
            and not _NO_LATER_RE.search(signs.text, max(low, at - _NEAR), at)
        ]
        if later:
            years = set(_YEAR_RE.findall(signs.text, low, high))
            was = high == told.low and _is_of_year_before(signs, told, low)
            # "… 612.500 hồ sơ. Năm 2024 có 548.000 hồ sơ; như vậy tăng 64.500 hồ sơ": the last of them was before.
            others = any(head(one) == head(told.by) for _, one in signs.inside(_before(signs, told.low), low))
            was = was or (high == told.start and others and now is not None and years == {str(now - 1)})
            for one in later:
                value = scaled(one) - (0 if was else sign * scaled(told.by))
                if value > 0:
                    yield _Base(value, show(value / _scale(told.by)), (one.span,))
            return


def _is_of_year_before(signs: Signs, told: _Told, low: int) -> bool:
    """Whether the sentence before tells of an earlier year: ``Năm 2023 có 250 hộ. Năm 2024 tăng 35 hộ``."""
    there, here = (_YEAR_RE.findall(signs.text, *ends) for ends in ((low, told.low), (told.low, told.start)))
    return bool(there and here) and max(there) < min(here)


def _before(signs: Signs, low: int) -> int:
    """Where the sentence before the one that begins at a place begins."""
    return signs.sentence_start(max(low - 2, 0))


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


def _is_of_row(subject: Subject, told: _Told, printed: str) -> bool:
    """Whether two numbers of a row of a table give both the amount and the rate."""
    scale, up = _scale(told.by), told.way in RISES or told.way in ("thêm", "lớn hơn")
    for grid in grids(subject.document):
        for line in grid.lines:
            values = [value for at in grid.columns if (value := line.value(at)) is not None and value > 0]
            for was, now in permutations(values, 2):
                apart = now - was if up else was - now
                amount = apart in (scaled(told.by), scaled(told.by) / scale)
                if amount and rounds_to(apart / was * 100, printed):
                    return True
    return False


def _held(
    subject: Subject, where: Stated, told: _Told, bases: list[_Base], given: list[_Base], tally: Tally, by: Rule
) -> Iterator[Finding]:
    amount, printed = scaled(told.by), value_as_printed(told.rate)
    half = Decimal("0.5").scaleb(-len(told.by.value.partition(".")[2])) * _scale(told.by)
    half = half if half < amount / 10 and "." in told.by.value else Decimal(0)
    for base in (*bases, *given):
        rate, slack = amount / base.value * 100, half / base.value * 100
        if rounds_to(rate, printed) or rate - slack <= Decimal(printed) <= rate + slack:
            tally.held += 1
            return
    exact = {amount / base.value * 100: base for base in bases or given if base.value}
    if len(exact) != 1:
        return
    rate, base = next(iter(exact.items()))
    if max(rate, Decimal(printed)) > _FAR * min(rate, Decimal(printed)) or _is_of_row(subject, told, printed):
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
