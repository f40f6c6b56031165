"""FIG of one thing told at two times, and what it changed by: all of it, its rate, or its mean by year.

``Năm 2016 có 118 xã đạt; năm 2014 mới có 62 xã đạt, sau hai năm tăng 56 xã``. The two values are those of the
unit before the change; each bears its own time, and the words of the one stand beside the other. Where more than
two may be meant, the change is only held to be right or left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import permutations

from graphs.checks.reading.arithmetic import places_of, show
from graphs.checks.reading.forms import BARE, PLANNED_RE, SIGN, SIGNS, Signs, signs_of
from graphs.checks.reading.moved import CLAUSE_END_RE, Moved, as_share, clause_words, fits, head, judge, scaled
from graphs.checks.reading.prose import Stated, everywhere, value_as_printed
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.models import Figure, Finding, Severity

_CHANGE_RE = re.compile(
    rf"\b(?P<way>tăng|giảm|thêm|bớt)(?:\s+(?:thêm|được|đi))*\s*(?P<change>{SIGN})"
    rf"(?!{BARE}{{0,30}}so với\s+(?:kế|dự|chỉ))",
    re.IGNORECASE,
)
#: The mean of a change by year: a rate of growth, or an amount.
_MEAN_RE = re.compile(
    rf"\b(?:(?:tốc độ\s+)?(?P<way>tăng|giảm)(?:\s+trưởng)?\s+bình quân|bình quân\s+(?:mỗi|hằng|hàng|một)\s+năm\s+"
    rf"(?P<way2>tăng|giảm)(?:\s+thêm)?)(?:\s+{SIGN}\s+năm)?(?:(?!,)(?-i:[^.;:(){SIGNS}])){{0,40}}?(?P<change>{SIGN})",
    re.IGNORECASE,
)
_YEAR = r"(?:19|20)\d\d"
_BEFORE_RE = re.compile(
    rf"(?P<year>(?<![\d/.-]){_YEAR}(?!\d|\s*[-–])|(?<=/){_YEAR}(?!\d))"
    r"|(?P<past>\bcùng kỳ|\b(?:năm|kỳ|quý|tháng|nhiệm kỳ|năm học|vụ) (?:trước|ngoái)|\bđầu (?:kỳ|năm|nhiệm kỳ|vụ)"
    r"|\btrước đây|\bban đầu)"
    r"|(?P<now>\bđến nay|\bhiện(?: nay| có| còn)?\b|\bnăm nay|\bkỳ này|\bnay\b"
    r"|\bcuối (?:kỳ|năm|nhiệm kỳ)(?!\s+\d))",
    re.IGNORECASE,
)
_BEHIND_RE = re.compile(
    rf"(?:(?!,){BARE}){{0,25}}?(?:\(|\bvào\s|\btrong\s)?\s*(?:cuối\s+|đầu\s+)?(?:năm\s+)?(?P<year>{_YEAR})(?!\d|\s*[-–])"
    # "840 giường (31/12/2019)", "(tháng 6/2020)": the day of the value before it, not of the one behind.
    rf"|(?:(?!,){BARE}){{0,25}}?\(\s*(?:tính\s+)?(?:đến\s+)?(?:hết\s+)?(?:ngày\s+|tháng\s+|quý\s+)?"
    rf"(?:\d{{1,2}}/(?:\d{{1,2}}/)?|[IV]+/)(?P<dated>{_YEAR})(?!\d|\s*[-–])"
)
#: The year that a change is said to be since, before it or behind it.
_SINCE_YEAR_RE = re.compile(rf"so với\s+(?:cùng kỳ\s+|cuối\s+|đầu\s+)?năm\s+(?P<year>{_YEAR})", re.IGNORECASE)
PAST, NOW = 0, 9999
#: Where what is said before a value begins.
VALUE_CUT_RE = re.compile(r"[,;:(]|\.\s")
NO_VALUE_RE = re.compile(
    rf"\b(?:(?:tăng|giảm)(?!{BARE}{{0,12}}\btừ\b)|thêm|bớt|hơn|kém|bình quân|mỗi|kế hoạch|dự toán|chỉ tiêu"
    rf"|mục tiêu|trong đó|còn thiếu|chiếm)\b{BARE}{{0,25}}$",
    re.IGNORECASE,
)
#: From one value to another in one breath: other forms read it.
_FROM_RE, _TO_RE = (
    re.compile(r"\btừ\s*$", re.IGNORECASE),
    re.compile(r"\b(?:lên|xuống|còn|đến)\s*$", re.IGNORECASE),
)
_SAID = (
    "năm đến hết cuối đầu kỳ cùng trước nay hiện mới chỉ đã còn có là đạt ước khoảng nếu như "
    "thì từ lên xuống toàn tỉnh huyện vào tháng quý ngày nhiệm học vụ thực tổng số cả của trong "
    "khi sau một hai ba bốn sáu bảy tám chín mười vậy tức nghĩa so với giai đoạn tốc độ mức "
    "bình quân mỗi hằng hàng theo qua thêm"
)
SAID_OF_TIME = frozenset(_SAID.split())
#: Words that make another thing of one that is called the same.
_APART = frozenset(("phi", "chưa", "không", "ngoài", "trong", "nâng", "tái", "riêng", "đầu", "chi"))
#: A change within a shorter time than that between the values.
_NARROW_RE = re.compile(r"\b(?:riêng|trong (?:năm|tháng|quý)|tháng đầu|tháng cuối)\b", re.IGNORECASE)
_PERIOD_RE = re.compile(rf"(?P<since>{_YEAR})\s*[-–]\s*(?P<to>{_YEAR})")
#: Prices of the day grow otherwise than what is produced.
_PRICED_RE = re.compile(r"GR?DP|giá trị (?:sản xuất|tăng thêm|gia tăng)|quy mô (?:nền )?kinh tế", re.IGNORECASE)
_FIXED_RE = re.compile(r"giá so sánh|giá cố định", re.IGNORECASE)
_CURRENT_RE = re.compile(r"hiện hành|thực tế", re.IGNORECASE)
_REACH, _FAR, _LONGEST, _ALONE = 330, 3, 12, 4


@dataclass(frozen=True, slots=True)
class Timed:
    """A value, its time (a year, `PAST`, `NOW` or none), the words of its clause, and its place."""

    figure: Figure
    time: int | None
    words: frozenset[str]
    at: int


def values_before(signs: Signs, at: int, unit: str) -> list[Timed]:
    """The values of a unit before a place, the nearest first: no changes, no parts, no means, no plans.

    A sentence before is read, and read to its head, where there are less than two behind it.
    """
    found: list[Timed] = []
    own = signs.sentence_start(at)
    for place in range(at - 1, max(0, at - _REACH) - 1, -1):
        if place < own:
            if len(found) >= 2:
                break
            own = signs.sentence_start(place)
        if not signs.is_sign(signs.text[place]):
            continue
        figure = signs.of(signs.text[place])
        owner = _owner(signs, place)
        low = signs.behind_last(VALUE_CUT_RE, owner)
        if head(figure) == unit and not figure.of and not NO_VALUE_RE.search(signs.text[low:place]):
            found.append(Timed(figure, time_of(signs, low, owner), words_beside(signs, owner), place))
    return found


def _owner(signs: Signs, place: int) -> int:
    """The place of a value, or of the count whose rate stands alone in a bracket: ``356 trẻ (5,0%)``."""
    low = signs.text.rfind("(", max(0, place - _ALONE), place)
    if low < 0 or signs.text[low + 1 : place].strip() or signs.text[place + 1 : place + 2] != ")":
        return place
    start = signs.behind_last(VALUE_CUT_RE, low)
    counts = [at for at in range(start, low) if signs.is_sign(signs.text[at])]
    return counts[-1] if counts else place


def time_of(signs: Signs, low: int, place: int) -> int | None:
    """The time of a value: behind it, else before it, but not what stands behind the value before."""
    if behind := _BEHIND_RE.match(signs.text, place + 1):
        return int(behind["year"] or behind["dated"])
    other = max((at for at in range(low, place) if signs.is_sign(signs.text[at])), default=None)
    start = low
    if other is not None:
        taken = _BEHIND_RE.match(signs.text, other + 1)
        start = taken.end() if taken else other + 1
    times = list(_BEFORE_RE.finditer(signs.text, start, place))
    if not times:
        return None
    return int(times[-1]["year"]) if times[-1]["year"] else PAST if times[-1]["past"] else NOW


def words_beside(signs: Signs, place: int) -> frozenset[str]:
    """The words of the clause of a value, without those of time."""
    low = signs.behind_last(CLAUSE_END_RE, place)
    high = CLAUSE_END_RE.search(signs.text, place + 1)
    return clause_words(signs.text[low : high.start() if high else None]) - SAID_OF_TIME


def two_values(signs: Signs, at: int, change: Figure) -> list[tuple[Timed, Timed]]:
    """The pairs of an earlier and a later value of one thing that a change behind them may be of."""
    unit = "%" if head(change) == "điểm" else head(change)
    known = values_before(signs, at, unit) if unit else []
    if len(known) < 2:
        return []
    since = _since_year(signs, at)
    return [
        (one, two)
        for one, two in permutations(known, 2)
        if one.time is not None and two.time is not None and one.time < two.time
        if since is None or one.time == since
        if not one.figure.bound and not two.figure.bound
        if _of_one_thing(signs, at, one, two)
        if not (_FROM_RE.search(signs.text, 0, one.at) and _TO_RE.search(signs.text, one.at, two.at))
    ]


def _of_one_thing(signs: Signs, at: int, one: Timed, two: Timed) -> bool:
    """Whether two values, and what changed at a place, are of one thing by their words."""
    low = signs.behind_last(CLAUSE_END_RE, at)
    low = max([low, *(place + 1 for place in (one.at, two.at))])
    own = clause_words(signs.text[low:at]) - SAID_OF_TIME
    apart = (one.words ^ two.words) & _APART
    return (one.words <= two.words or two.words <= one.words) and not apart and own <= one.words | two.words


def _since_year(signs: Signs, at: int) -> int | None:
    """The year that a change at a place is said to be since."""
    before = _SINCE_YEAR_RE.search(signs.text, max(0, at - 40), at)
    end = min((stop for stop in (signs.text.find(mark, at) for mark in ",;.") if stop >= 0), default=at)
    found = before or _SINCE_YEAR_RE.search(signs.text, at, end)
    return int(found["year"]) if found else None


def check_two_times(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """What a thing changed by between two times fits its two values; so does the mean of it by year."""
    for where in everywhere(subject) if not subject.is_rule() else ():
        if len(where.figures) < 3 or ("ăng" not in where.text and "iảm" not in where.text):
            continue
        signs = signs_of(where)
        for found in _CHANGE_RE.finditer(signs.text):
            change = signs.of(found["change"])
            if (
                change.of
                or change.bound
                or head(change) in ("", "%", "lần", "bậc")
                or _is_planned(signs, found.start())
            ):
                continue
            pairs = two_values(signs, found.start(), change)
            tried = [Moved(one.figure, two.figure, change, found["way"]) for one, two in pairs]
            if fit := next((one for one in tried if fits(one)), None):
                tally.held += 1
                if shared := as_share(signs, fit, None):
                    yield from judge(where, shared, tally, by)
            elif len(tried) == 1 and _is_sure(signs, found.start(), pairs[0], tried[0]):
                yield from judge(where, tried[0], tally, by)


def _is_planned(signs: Signs, at: int) -> bool:
    return bool(PLANNED_RE.search(signs.text, signs.sentence_start(at), at))


def _is_sure(signs: Signs, at: int, pair: tuple[Timed, Timed], moved: Moved) -> bool:
    """Whether a change is of the only two values of its unit before it, and of their size."""
    change = moved.change
    if change is None or not moved.difference:
        return False
    told, gives = scaled(change), abs(moved.difference)
    if head(change) == "điểm":
        told = Decimal(change.value)
    nearest = values_before(signs, at, head(pair[0].figure))
    if _NARROW_RE.search(signs.text, max(0, at - 40), at) or not (moved.right_way or told == gives):
        return False
    return len(nearest) == 2 and gives <= _FAR * told and told <= _FAR * gives


def check_mean_change(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """``32.400 tỷ đồng năm 2020 … 38.979 tỷ đồng năm 2023, tăng bình quân 6,4%/năm``; amounts by year too."""
    for where in everywhere(subject) if not subject.is_rule() else ():
        if len(where.figures) < 3 or "bình quân" not in where.text:
            continue
        signs = signs_of(where)
        for found in _MEAN_RE.finditer(signs.text):
            mean = signs.of(found["change"])
            if mean.of or mean.bound or _is_planned(signs, found.start()):
                continue
            way = found["way"] or found["way2"]
            for one, two in _yearly_values(signs, found.start(), mean):
                yield from _mean_against(where, one, two, mean, way, tally, by)


def _yearly_values(signs: Signs, at: int, mean: Figure) -> list[tuple[Timed, Timed]]:
    """The only two values of two years, one unit and one thing, that a mean may be of."""
    near = signs.inside(max(0, at - _REACH), at)
    heads = {head(one) for _, one in near} - {"", "%", "lần"}
    # Two shares differ by points.
    own = "%" if head(mean) == "điểm" else head(mean)
    heads = {own} if head(mean) == "điểm" else heads & {own} if own != "%" else heads
    found = []
    for unit in heads:
        known = values_before(signs, at, unit)
        if len(known) == 2 and all(one.time not in (None, PAST, NOW) and not one.figure.bound for one in known):
            one, two = sorted(known, key=lambda value: value.time or 0)
            words = signs.text[min(one.at, two.at) - 120 if min(one.at, two.at) > 120 else 0 : at]
            priced = _CURRENT_RE.search(words) or (_PRICED_RE.search(words) and not _FIXED_RE.search(words))
            same = _of_one_thing(signs, at, one, two) and _of_these_years(signs, at, mean, one, two)
            if same and not (head(mean) == "%" and priced):
                found.append((one, two))
    return found if len(found) == 1 else []


def _of_these_years(signs: Signs, at: int, mean: Figure, one: Timed, two: Timed) -> bool:
    """Whether the years that a mean is said to be of, if any, are those of two values."""
    said = _PERIOD_RE.search(signs.text, max(0, at - 60), signs.text.index(signs.sign(mean)) + 60)
    return not said or (int(said["to"]) == two.time and int(said["since"]) - (one.time or 0) in (0, 1))


def _mean_against(
    where: Stated, one: Timed, two: Timed, mean: Figure, way: str, tally: Tally, by: Rule
) -> Iterator[Finding]:
    years, first, last = (two.time or 0) - (one.time or 0), scaled(one.figure), scaled(two.figure)
    if not 2 <= years <= _LONGEST or first <= 0 or last <= 0:
        return
    sums = f"({two.figure.printed} - {one.figure.printed}) / {years}"
    exact = [(last - first) / years]
    told = scaled(mean)
    if head(mean) == "%":
        growth = ((last / first) ** (Decimal(1) / years) - 1) * 100
        exact = [growth, (last / first - 1) * 100 / years]
        sums = f"({two.figure.printed} / {one.figure.printed})^(1/{years}) - 1"
    places = Decimal(1).scaleb(-places_of(value_as_printed(mean)))
    slack = places if head(mean) in ("%", "điểm") else abs(exact[0]) / 50
    if any(abs(abs(value) - told) <= slack for value in exact) and (exact[0] > 0) == (way.lower() == "tăng"):
        tally.held += 1
        return
    if not abs(exact[0]) / 2 <= told <= abs(exact[0]) * 2:
        tally.skip(both("số bình quân có thể của khoảng năm khác", "the mean may be of other years"))
        return
    tally.failed += 1
    rate = show(exact[0]) + ("%" if head(mean) == "%" else "")
    yield by.finding(
        (mean.span,),
        f"ghi {way} bình quân {mean.printed}/năm, nhưng {sums} = {rate}",
        f"a mean change of {mean.printed} a year is stated, but {sums} = {rate}",
        stated=mean.printed,
        expected=rate.lstrip("-"),
        evidence=(one.figure.span, two.figure.span),
        suggestion=both(
            "đối chiếu hai giá trị, số năm và mức bình quân", "compare the values, the years and the mean"
        ),
        severity=Severity.WARNING,
        page=where.block.page,
    )
