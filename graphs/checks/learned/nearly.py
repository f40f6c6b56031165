"""FIG of near misses: a number that the numbers beside it would give, were not a digit of it mistyped.

No word has to say how the numbers hang together. What tells is how seldom it happens by chance: of all that can be
worked out from so few numbers, one result has the very digits of the number that is told, but for one, or for two
side by side that changed places; and nothing worked out gives the number itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations

from graphs.checks.reading.arithmetic import digits_printed, is_slip, is_swapped, rounds_to, show
from graphs.checks.reading.moved import head, scaled
from graphs.checks.reading.named import VIETNAMESE_RE
from graphs.checks.reading.placed import sort_of
from graphs.checks.reading.prose import Stated, everywhere, is_met_plan, is_of_each, rate_link, value_as_printed
from graphs.checks.reading.proved import has_right_rate, is_proved
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import Figure, Finding
from kb.text.sentences import split_sentences

_HUNDRED = Decimal(100)
#: More figures than these in two sentences give nearly every number.
_MOST_FIGURES, _MOST_TERMS = 24, 10
#: So seldom a result of chance, and behind words that say that it is worked out.
_CHANCE, _CHANCE_WORKED = Decimal("0.01"), Decimal("0.06")
#: A number of fewer digits tells nothing without such words.
_DIGITS = 4
#: A share of two letters may be that of any two numbers.
_COARSE = _PAIR = 2
_WORKED_OUT_RE = re.compile(
    r"(?:\btổng (?:cộng|số)|\btổng là|\bcộng|\bchiếm|\bđạt|\bbằng|\btương (?:ứng|đương)|\bhiện có|\bcòn"
    r"|\btỷ lệ|\btỉ lệ|=)"
    r"(?:\s+(?:là|với|lại|tỷ lệ|tỉ lệ|có|khoảng))*\s*$",
    re.IGNORECASE,
)
#: A year that stands alone, in a text of another language say.
_YEAR_RE = re.compile(r"(?:19|20)\d\d")
_CHANGED_RE = re.compile(r"\b(?:tăng|giảm|hụt|vượt|thêm|cao hơn|thấp hơn)\b[^,;.\d]{0,30}$", re.IGNORECASE)
#: Before the last number of a range, and behind its first.
_RANGE_RES = (re.compile(r"\d\s?[-–]\s?$"), re.compile(r"\s?[-–]\s?\d"))
#: The time that a change is since, and words by which a value is of an earlier time.
_SINCE_RE = re.compile(
    r"[^,;.:()\d]{0,40}?\bso(?: với)?\s+(?:\w+\s+){0,2}"
    r"(?:cùng kỳ|năm|kỳ|quý|tháng|đầu|cuối|trước|nhiệm kỳ|giai đoạn)\b",
    re.IGNORECASE,
)
_EARLIER_RE = re.compile(
    r"\b(?:cùng kỳ|trước|đầu (?:năm|kỳ|quý|tháng)|năm ngoái|so với|đã có|từ\s*$)(?!\w)", re.IGNORECASE
)
#: Behind a rate that is of a plan, and before what is one.
_PLAN_RE = re.compile(r"\s*(?:so với\s+)?(?:kế hoạch|dự toán|chỉ tiêu|mục tiêu|kh\b|dt\b)", re.IGNORECASE)
_PLANNED_RE = re.compile(r"\b(?:kế hoạch|dự toán|chỉ tiêu|mục tiêu|giao|vốn|nhu cầu)\b", re.IGNORECASE)
_UP_TO_RE = re.compile(r"[^,;.)\d]*(?:(?:19|20)\d\d)?")
_YEARS_RE = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Result:
    """What is worked out from figures: its value, its sum in words, what from."""

    value: Decimal
    sum_: str
    terms: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Slip:
    """A figure and the result that it would be but for a digit."""

    figure: Figure
    result: Result
    worked: bool


def check_nearly(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``Đầu kỳ 1.650, công bố mới 210, bãi bỏ 198, hiện có 1.672``: 1.662 would be right."""
    for where in everywhere(subject) if not subject.is_rule() else ():
        told: set[frozenset[int]] = set()
        for own, near in _windows(where):
            slips = sorted(_slips(subject, where, own, near), key=lambda one: not one.worked)
            for slip in slips:
                places = frozenset(one.span.start for one in (slip.figure, *slip.result.terms))
                if not told & {places}:
                    told.add(places)
                    tally.failed += 1
                    yield _finding(where, slip)


def _windows(where: Stated) -> Iterator[tuple[Sequence[Figure], Sequence[Figure]]]:
    """The figures of each sentence, and the same with those of the sentence before."""
    if len(where.figures) < 2 or not VIETNAMESE_RE.search(where.text):
        return
    before: list[Figure] = []
    for low, high in split_sentences(where.text):
        own = [one for one in where.figures if low <= where.start(one) < high and not _is_end(where, one)]
        if own and 1 < len(before) + len(own) <= _MOST_FIGURES:
            yield own, [*before, *own]
        before = own


def _is_end(where: Stated, figure: Figure) -> bool:
    """Whether a number is an end of a range, or of a round ratio: ``105.375 - 106.750 MVA``, ``cứ 8 hộ có 1``."""
    if is_of_each(where, figure):
        return True
    before = where.text[max(0, where.start(figure) - 4) : where.start(figure)]
    return bool(_RANGE_RES[0].search(before) or _RANGE_RES[1].match(where.text, where.end(figure)))


def _slips(subject: Subject, where: Stated, own: Sequence[Figure], near: Sequence[Figure]) -> Iterator[Slip]:
    """The figures of a sentence that are results but for a digit; none of what holds with the others."""
    sums = {unit: _sums(unit, near) for unit in {_kind(one) for one in near} - {"%"}}
    rates = list(_rates(near)) if any(one.unit == "%" for one in own) else []
    # What makes a share of several digits is told rightly, and makes no other one.
    shares = [one for one in near if one.unit == "%" and len(value_as_printed(one)) > _COARSE]
    makes = [(one, [share for share in shares if rounds_to(one.value, value_as_printed(share))]) for one in rates]
    sound = {one for result, fits in makes if fits for one in (*result.terms, *fits)}
    # What has a share of another is a part of it: the two together are nothing.
    pairs = [one.terms for one, fits in makes if fits and len(one.terms) == _PAIR]
    parts = {sum(map(scaled, terms)): set(terms) for terms in pairs}
    rates = [one for one, fits in makes if not fits]
    since, now = _apart_in_time(where, near)
    for figure in own:
        if figure in sound:
            continue
        digits = digits_printed(figure.printed)
        before = where.text[max(0, where.start(figure) - 60) : where.start(figure)]
        changed = bool(_CHANGED_RE.search(before))
        worked = changed or bool(_WORKED_OUT_RE.search(before))
        if figure.of or figure.bound or _YEAR_RE.fullmatch(figure.printed) or digits < (2 if worked else _DIGITS):
            continue
        if figure.unit == "%" and _is_moved(figure, near):
            continue
        if figure.unit == "%":
            found, printed = [*rates, *_changes(rates, changed)], value_as_printed(figure)
        else:
            found, printed = sums[_kind(figure)], figure.value
        unit = _unit(figure)
        without = [one for one in found if figure not in one.terms and not _is_of_others(figure, one)]
        without = [one for one in without if parts.get(one.value) != set(one.terms)]
        if any(rounds_to(one.value / unit, printed) for one in without) or _is_part(figure, near, sums):
            continue
        tried = len({one.value for one in without})
        held = {scaled(one) for one in near}
        slipped = [
            one
            for one in without
            if one.value not in held
            and not (since.intersection((figure, *one.terms)) and now.issuperset((figure, *one.terms)))
            and _is_near(one.value / unit, Decimal(printed), digits, tried, worked, figure.unit != "%")
            and (figure.unit != "%" or changed or _may_be_of(where, figure, one, near))
        ]
        if len({one.value for one in slipped}) == 1 and not _is_right(subject, where, figure, near):
            yield Slip(figure, min(slipped, key=lambda one: len(one.terms)), worked)


def _may_be_of(where: Stated, rate: Figure, result: Result, near: Sequence[Figure]) -> bool:
    """Whether a rate may be of a part: of the count right before it, the first of all, or one that follows it.

    ``98.311 triệu đồng, đạt 67,38%; trong đó …``: what follows has its own rate. ``95% kế hoạch`` is of a plan.
    """
    counts = [one for one in near if one.unit != "%"]
    before = [one for one in counts if where.start(one) < where.start(rate)]
    part, whole = result.terms[0], result.terms[-1]
    if is_met_plan(where, part) or (_PLAN_RE.match(where.text, where.end(rate)) and not _is_plan(where, whole)):
        return False
    if part in before:
        return part in (before[0], before[-1])
    return not before or not rate_link(where.between(before[-1], rate))


def _is_plan(where: Stated, whole: Figure) -> bool:
    """Whether a number, or a ratio, is said to be planned by the words before it."""
    return bool(whole.of) or bool(
        _PLANNED_RE.search(where.text, max(0, where.start(whole) - 60), where.start(whole))
    )


def _is_right(subject: Subject, where: Stated, figure: Figure, near: Sequence[Figure]) -> bool:
    """Whether a number is proved by one told elsewhere: a rate by its whole, a count by the rate behind it."""
    if figure.unit == "%":
        counts = [one for one in near if one.unit != "%" and where.start(one) < where.start(figure)]
        return any(is_proved(subject, one, figure) for one in (*counts[:1], *counts[-1:]))
    alike = [scaled(one) for one in where.figures if one.unit == figure.unit and not one.of]
    given = figure.unit and any(abs(one - other) == scaled(figure) for one, other in combinations(alike, 2))
    return bool(given) or has_right_rate(subject, where, figure)


def _apart_in_time(where: Stated, near: Sequence[Figure]) -> tuple[set[Figure], set[Figure]]:
    """The changes that are since another time; they and the values that are not of that time.

    ``Kế hoạch tuyển 1.200, thực hiện 1.350; tăng 80 so với năm trước``: 1.200 is nothing of the year before.
    """
    since = {one for one in near if _is_since(where, one)} if " so " in where.text else set()
    return since, {one for one in near if one in since or not _is_earlier(where, one)} if since else set()


def _is_since(where: Stated, figure: Figure) -> bool:
    before = where.text[max(0, where.start(figure) - 60) : where.start(figure)]
    return bool(_CHANGED_RE.search(before) and _SINCE_RE.match(where.text, where.end(figure)))


def _is_earlier(where: Stated, figure: Figure) -> bool:
    """Whether the words around a value say that it is of an earlier time, or of a year before another one told."""
    low = max((where.end(one) for one in where.figures if where.end(one) <= where.start(figure)), default=0)
    behind = _UP_TO_RE.match(where.text, where.end(figure))
    words = (where.text[low : where.start(figure)], behind[0] if behind else "")
    years = _YEARS_RE.findall(" ".join(words))
    past = bool(years) and max(years) < max(_YEARS_RE.findall(where.text))
    return past or any(map(_EARLIER_RE.search, words))


def _is_moved(figure: Figure, near: Sequence[Figure]) -> bool:
    """Whether a rate is another one with its change in points, which makes it right."""
    rates = [Decimal(one.value) for one in near if one is not figure and sort_of(one) in ("%", "points")]
    told = Decimal(figure.value)
    return any(told in (one + other, abs(one - other)) for one, other in combinations(rates, 2))


def _kind(figure: Figure) -> str:
    """What a figure may be added to: money to money, counts to counts, a measure to its like, per cent to none."""
    sort = sort_of(figure)
    return "" if sort == "count" else sort


def _unit(figure: Figure) -> Decimal:
    """What one of a figure's unit is in the unit in which sums are made."""
    value = Decimal(figure.value)
    return scaled(figure) / value if value and figure.unit != "%" else Decimal(1)


def _is_part(figure: Figure, near: Sequence[Figure], sums: dict[str, list[Result]]) -> bool:
    """Whether a figure is one of those that add up to another one."""
    alike = [one for one in near if one is not figure and _kind(one) == _kind(figure) and not one.of]
    told = {scaled(one) for one in near if one is not figure}
    # With one of whatever noun: 3.837 ô tô, 8.853 mô tô.
    with_one = any(scaled(figure) + scaled(one) in told for one in alike)
    return with_one or any(figure in one.terms and one.value in told for one in sums.get(_kind(figure), ()))


def _is_of_others(figure: Figure, result: Result) -> bool:
    """Whether a result is of two counts of one noun, and the figure counts another: ``321 lượt, 351 người``."""
    nouns = {head(one) for one in result.terms}
    pair = len(result.terms) == _PAIR and figure.unit != "%"
    return pair and len(nouns) == 1 and "" not in nouns and head(figure) not in nouns | {""}


def _is_near(exact: Decimal, told: Decimal, digits: int, tried: int, worked: bool, sums: bool) -> bool:
    """Whether a number is a result mistyped, and not easily a number of its own that is alike by chance.

    A number of `digits` has ``9 * 10 ** (digits - 1)`` of its length beside it.
    """
    places = max(0, -int(told.as_tuple().exponent))
    near, whole = (
        Decimal(int(one.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP).scaleb(places)))
        for one in (exact, told)
    )
    apart = abs(near - whole)
    if not apart:
        return False
    if is_swapped(near, whole):
        alike = digits - 1
    elif is_slip(near, whole):
        alike = 9 * digits
    elif str(apart).strip("0") == "1" and sums and apart < whole:
        alike = 2 * digits  # one that was not carried
    else:
        return False
    chance = Decimal(alike * tried) / (9 * Decimal(10) ** (digits - 1))
    return chance <= (_CHANCE_WORKED if worked else _CHANCE)


def _rates(near: Sequence[Figure]) -> Iterator[Result]:
    """What per cent each number is of each other."""
    counts = [(one, scaled(one)) for one in near if one.unit != "%"]
    for one, value in counts:
        if one.of and Decimal(one.of):
            exact = value / Decimal(one.of) * _HUNDRED
            yield Result(exact, f"{one.printed} = {show(exact)}%", (one,))
    for (one, low), (other, high) in combinations(
        [(one, value) for one, value in counts if not one.of and value], 2
    ):
        if _kind(one) == _kind(other):
            yield _rate(one, other, low / high)
            yield _rate(other, one, high / low)


def _rate(part: Figure, whole: Figure, ratio: Decimal) -> Result:
    exact = ratio * _HUNDRED
    return Result(exact, f"{part.printed} / {whole.printed} = {show(exact)}%", (part, whole))


def _changes(rates: Sequence[Result], changed: bool) -> Iterator[Result]:
    """By how many per cent one number is more or less than another, where a change is told."""
    for one in rates if changed else ():
        yield Result(abs(one.value - _HUNDRED), one.sum_, one.terms)


def _sums(unit: str, near: Sequence[Figure]) -> list[Result]:
    """What numbers of one unit give: two together or one less the other, and several one after another."""
    alike = [one for one in near if _kind(one) == unit and not one.of and Decimal(one.value)]
    found: list[Result] = []
    for one, other in combinations(alike, 2):
        larger, smaller = (one, other) if scaled(one) >= scaled(other) else (other, one)
        # Two that count unlike things give nothing.
        for sign in (-1, 1) if len({head(one), head(other)} - {""}) < 2 else ():
            _add(found, (larger, smaller), (1, sign))
    for at in range(len(alike)):
        for size in range(3, _MOST_TERMS + 1):
            terms = tuple(alike[at : at + size])
            if len(terms) == size:
                _add(found, terms, (1,) * size)
        for signs in ((1, 1, -1), (1, -1, 1)):
            if len(alike[at : at + 3]) == 3 and len({head(one) for one in alike[at : at + 3]} - {""}) < _PAIR:
                _add(found, tuple(alike[at : at + 3]), signs)
    return found


def _add(found: list[Result], terms: tuple[Figure, ...], signs: tuple[int, ...]) -> None:
    value = sum((scaled(one) * sign for one, sign in zip(terms, signs, strict=True)), Decimal(0))
    if value > 0:
        words = "".join(
            f"{' - ' if sign < 0 else ' + '}{one.printed}" for one, sign in zip(terms, signs, strict=True)
        )
        found.append(Result(value, words[3:], terms))


def _finding(where: Stated, slip: Slip) -> Finding:
    figure, result = slip.figure, slip.result
    unit = _unit(figure)
    sum_ = result.sum_ if figure.unit == "%" else f"{result.sum_} = {show(result.value / unit)}"
    return NEARLY.finding(
        (figure.span,),
        f"ghi {figure.printed}, nhưng {sum_}: khác nhau ở chữ số",
        f"{figure.printed} is stated, but {sum_}: digits differ",
        stated=figure.printed,
        expected=show(result.value / unit),
        evidence=tuple(one.span for one in result.terms),
        suggestion=both("xem số nào gõ sai", "see which of the numbers is mistyped"),
        page=where.block.page,
    )


NEARLY = rule("FIG-270", check_nearly)
NEARLY_RULES = (NEARLY,)
