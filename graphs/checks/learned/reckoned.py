"""FIG of a number that the words say is worked out from those beside it, and that is not what that gives.

Two things are weighed: how surely the words say so, which is learnt from papers whose numbers are right
(`clues`), and, less, how seldom a number is a slip away by chance (`odds`). No order of words is written down
anywhere. What something else gives exactly is right, and makes nothing else wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate
from math import log

from graphs.checks.learned.given import is_given_by_counts, is_given_by_rates, is_mean_here, is_mean_of_all
from graphs.checks.learned.loosely import may_give
from graphs.checks.learned.meant import Worked, is_spent, worked
from graphs.checks.learned.named_whole import is_another_whole, is_of_another_time
from graphs.checks.learned.odds import odds_of_slip
from graphs.checks.learned.worked_out import Supposed, Way, slip_apart, sum_told
from graphs.checks.reading.flows import flows
from graphs.checks.reading.moved import head
from graphs.checks.reading.named import with_unit
from graphs.checks.reading.placed import Placed
from graphs.checks.reading.prose import Stated
from graphs.checks.reading.proved import has_right_rate
from graphs.checks.reading.row_told import is_of_row
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import Finding, Severity

#: The weight of a slip, and how much it and the words must tell together, in natural logarithms of odds. Many
#: faults are no slip (a stale number, a rate of another whole); a long number that is one tells by itself.
_ENOUGH = ((0.4, 0.9), (0.67, 1.15))
#: So sure the words alone must be.
_SAID = -3.0
#: Without a slip a number is no further off than this, nor do parts make so little of their total.
_FURTHEST, _FEWER, _MOST_MISSING = 2.0, 2.5, 1.5
#: So sure it is that numbers which give another one are told for that.
_SPENT = -2.0
#: What words hardly say may hold by chance, but for a long number.
_HELD, _LONG = -5.0, 3
#: So sure all must be where words and a slip tell enough; where they do not and words tell so much, the surer the
#: more such numbers there are that one thing or another makes by chance.
_WITH, _ALONE = 1.0, -1.5
_WITHOUT = {
    Way.SHARE: 2.4,
    Way.GROWTH: 1.6,
    Way.CHANGE: 3.0,
    Way.TIMES: 2.0,
    Way.PRODUCT: 2.6,
    Way.MEAN: 2.0,
    Way.SUM: 4.5,
}
#: So sure it is that a rate is wrong for its two numbers, whatever other counts, and whatever other rates, make.
_SURE = 6.5, 4.0
#: So surely must words say that a number is split once more.
_SPLIT = 0.0
#: Numbers that are equal but for how they are kept.
_SLIGHT = 1e-9
_RATES = (Way.SHARE, Way.GROWTH)
_WHOLE = 100
_CHANGED = frozenset(("tăng", "giảm"))
#: Before what a change began from or led to, which is no sum: ``giảm 9 vụ (từ 64 xuống 55)``.
_ENDS_OF_CHANGE = frozenset(("từ", "lên", "xuống"))
#: By how much something was to change: ``chỉ tiêu giao tăng 7,5%``.
_PLANNED_CHANGE_RE = re.compile(
    r"(?<!so với )\b(?:kế hoạch|mục tiêu|chỉ tiêu|nghị quyết|dự toán)(?:\s+(?!so\b)[^\W\d_]+){0,4}"
    r"\s+(?:tăng|giảm)\s*$",
    re.IGNORECASE,
)
#: Behind a count that is told with what it is of: ``74 giải/94 em (78,7%)``.
_WITH_WHOLE_RE = re.compile(r"[^\d.,;:()/]{1,20}/\s?\d")
_LEFT_RE = re.compile(r"[^\d,;.()]{0,30}\bcòn lại\b")
_TIMES_RE = re.compile(r"[\s\d)][x×*]\s?\d")
#: Before how many some are out of: ``cứ 10 hộ thì có 3 hộ ở thôn Hạ (38 hộ)``.
_OUT_OF_EACH_RE = re.compile(r"\bcứ\s+(?:[^\W\d_]+\s+){0,2}$", re.IGNORECASE)


def check_reckoned(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``Tiếp nhận 539 đơn, gồm 504 đơn trong kỳ và 32 đơn kỳ trước chuyển qua``: 536 would be right."""
    for text in worked(subject):
        told: set[frozenset[Placed]] = set()
        for one in _slips(subject, text):
            places = frozenset((one.told, *one.terms))
            if not any(len(places & other) > 1 for other in told):
                told.add(places)
                tally.failed += 1
                yield _finding(text.where, one)


def _slips(subject: Subject, text: Worked) -> list[Supposed]:
    """The surest slip of each number of a text, the surest first."""
    best = (max(_weighed(text, told), key=lambda pair: pair[0], default=None) for told in text.told)
    sure = [pair for pair in best if pair and not is_excused(subject, text, pair[1])]
    terms = {term for _, one in sure for term in one.terms}
    giving = [one for one in text.held if not terms.isdisjoint((one.told, *one.terms)) and text.said(one) > _SPENT]
    free = [(much, one) for much, one in sure if _is_left(one.told) or not any(is_spent(one, by) for by in giving)]
    return [one for _, one in sorted(free, key=lambda pair: -pair[0])]


def _has_rate(subject: Subject, one: Supposed) -> bool:
    """Whether a number has a rate behind it that is right, and is no slip of what it would be."""
    known = one.way is Way.CHANGE or odds_of_slip(one) <= 1
    return known and has_right_rate(subject, one.told.where, one.told.figure)


def _is_right(one: Supposed, held: Sequence[Supposed]) -> bool:
    """Whether a sum is none: rates prove it, or what is taken from its total makes another number that is told.

    ``ước 24.380, bằng 112,4% kế hoạch (21.690) và tăng 8% so với năm trước (22.574)``; ``trong đó giáo dục 4.122
    (chiếm 43,8%)``, which is one of its parts; ``712 đơn …, số đơn giảm 36``, where 676 are told.
    """
    if len(one.terms) == 2 and _adds_up(one.told.value, *(term.value for term in one.terms)):
        return True  # "3.732 đơn, ít hơn năm 2023 (4.015 đơn) là 283 đơn": the other way round
    if any(by.way is Way.SUM and one.told in by.terms and _is_long(by.told) for by in held):
        return True  # it is a part of a total that is right
    ratios = [figure for figure in one.told.where.figures if figure.of and figure.unit == one.told.figure.unit]
    if any(Decimal(figure.of or 0) - Decimal(figure.value) == Decimal(one.told.figure.value) for figure in ratios):
        return True  # what a ratio leaves
    if one.way is Way.CHANGE and any(_leaves(one, by) for by in held):
        return True
    own, nouns = head(one.told.figure), {head(term.figure) for term in one.terms}
    other_noun = own and len(nouns) == 1 and nouns.isdisjoint((own, ""))
    if one.way is Way.CHANGE and other_noun and not _is_rest_slipped(one):
        return True  # two counts of another noun give none of this
    if one.way is Way.CHANGE and own in nouns and len(nouns - {""}) > 1 and own and not _is_rest_slipped(one):
        return True  # "186 người tại 41 đơn vị": what the one is more than the other counts nothing
    if one.way is not Way.SUM:
        return False
    of_own = [term.value for term in one.terms if head(term.figure) == own != ""]
    if len(one.terms) > len(of_own) > 1 and abs(sum(of_own) - one.told.value) <= _SLIGHT * one.told.value:
        return True  # "10 trường với 2.606 học sinh, gồm 4 trường (1.480 học sinh) và 6 trường (1.126 học sinh)"
    grown = [by.terms for by in held if by.way is Way.GROWTH]
    if any((one.told, term) in grown for term in one.terms):
        return True  # "thu 7.052, vượt 42 và tăng 7,9% so với năm trước (6.538)": that is what it grew from
    if any(_is_left_of_more(one, term) for term in one.terms) or _has_rest(one) or _is_beside(one):
        return True
    rates = [by.terms for by in held if by.way in _RATES and len(by.terms) > 1]
    if all((one.told, term) in rates for term in one.terms):
        return True
    apart = any(term.sentence != one.told.sentence for term in one.terms)
    fewer = (apart or one.exact < one.told.value) and any((term, one.told) in rates for term in one.terms)
    told = {place.value for place in one.places if place.sort == one.told.sort and place is not one.told}
    return fewer or any(told & {one.told.value - term.value, one.told.value + term.value} for term in one.taken)


def _adds_up(told: float, first: float, second: float) -> bool:
    """Whether a number is the sum or the difference of two others."""
    return any(abs(told - exact) <= _SLIGHT * told for exact in (first + second, abs(first - second)))


def _has_rest(one: Supposed) -> bool:
    """Whether the first parts and one behind them all are the total: ``70 đạt, 18 khá, 4 giỏi; 25 chưa``."""
    parts = sorted(one.terms, key=lambda place: place.at)
    told, last = one.told, parts[-1]
    near = range(last.sentence, last.sentence + 2)
    behind = {
        place.value
        for place in one.places
        if place.sort == told.sort and place.at > last.at and place.sentence in near
    }
    sums = accumulate(place.value for place in parts[:-1])
    return one.side > 0 and any(told.value - sum_ in behind for sum_ in sums)


def _is_beside(one: Supposed) -> bool:
    """Whether a number and its terms make a total told before: ``1.127 tấn. Đốt 318, ủ 246, chôn 563``."""
    whole = one.told.value + one.exact
    before = min(place.at for place in (one.told, *one.terms))
    wholes = (place for place in one.places if place.at < before and place.sort == one.told.sort)
    return not one.taken and any(place.value == whole and _is_long(place) for place in wholes)


def _leaves(one: Supposed, by: Supposed) -> bool:
    """Whether a number is what several parts leave of a total: ``250 thẻ, thu hồi 30 và 12, còn 208``."""
    return (
        by.way is Way.SUM
        and len(by.terms) > len(one.terms)
        and one.told in by.terms
        and by.told in one.terms
        and not {*by.terms}.isdisjoint(one.terms)
    )


def _is_left_of_more(one: Supposed, term: Placed) -> bool:
    """Whether a term is what a number told before leaves: ``86 hồ sơ. Đã thẩm tra 78, …; 8 hồ sơ còn lại``."""
    words = one.told.where.text[term.end :]
    wholes = (place.value for place in one.places if place.sort == term.sort and place.at < one.told.at)
    return bool(_LEFT_RE.match(words)) and one.told.value + term.value in wholes


def _is_left(told: Placed) -> bool:
    """Whether a number is what is left: that and the rate that was reached are told of the same two numbers."""
    return not {"còn", "lại"}.isdisjoint(told.before[-2:])


def _is_rest_slipped(one: Supposed) -> bool:
    """Whether a number is what is left of two of its sentence, mistyped: it may be called by another noun."""
    near = all(term.sentence == one.told.sentence and term.at < one.told.at for term in one.terms)
    return near and one.way is Way.CHANGE and _is_left(one.told) and odds_of_slip(one) > 1


def may_be_wrong(text: Worked, told: Placed) -> Iterator[Supposed]:
    """What a number may be wrong for.

    What gives it makes it right; but a total that some parts make may still be wrong for other parts that are told
    of it.
    """
    found = text.told[told]
    holding = [one for one in found if one in text.holding]
    right = [one for one in holding if _is_long(told) or text.said(one) > _HELD]
    used = {term for one in right for term in one.terms}
    split = all(one.way is Way.SUM for one in right)
    for one in found:
        more = one.way is Way.SHARE and told.value > _WHOLE > one.exact
        more = more or (one.way is Way.PRODUCT and _has_more_factors(one, text.places))
        other = not right or (split and one.way is Way.SUM and used.isdisjoint(one.terms))
        if not other or more or one in text.holding or not _is_near(one) or may_give(one) or _is_of_another(one):
            continue
        if text.said(one) > (_SPLIT if right else _HELD if _is_rest_slipped(one) else _SAID):
            yield one


def is_excused(subject: Subject, text: Worked, one: Supposed) -> bool:
    """Whether something else makes a number right."""
    sure = text.odds(one)
    given = sure < _SURE[0] and is_given_by_counts(one.told, text.told[one.told], text.places)
    given = given or (sure < _SURE[1] and is_given_by_rates(one.told, text.places))
    given = given or (one.way is Way.MEAN and is_mean_here(one.told, text.places))
    given = given or (one.way is Way.MEAN and is_mean_of_all(one.told, one.terms))
    given = given or any(flow.right and flow.end is one.told.figure for flow in flows(subject))
    if given or _has_rate(subject, one) or _is_right(one, text.held):
        return True
    return all(term.at < one.told.at for term in one.terms) and is_of_row(subject, one.told)


def _weighed(text: Worked, told: Placed) -> Iterator[tuple[float, Supposed]]:
    """What a number is surely wrong for, with how much surer that is than it has to be."""
    for one in may_be_wrong(text, told):
        slip, sure, score = log(odds_of_slip(one)), text.said(one), 0.0
        if (slip > 0 and not _may_be_some(one, sure)) or (_is_twice_at_most(one) and _may_be_meant(one, sure)):
            score = max(weight * slip + sure - enough for weight, enough in _ENOUGH)
        rest = _is_rest_slipped(one)
        if score > 0 or rest or (sure > _ALONE and not _may_be_some(one, sure)):
            odds = text.odds(one) - (_WITH if score > 0 or rest else _WITHOUT[one.way])
            if odds > 0:
                yield odds, one


def _is_of_another(one: Supposed) -> bool:
    """Whether the words right before a number make it none of a way: a change no share, one that is planned.

    A number that fell is no part beside what is there: ``ngô 510 ha; sắn 480 ha …, diện tích giảm 25 ha``.
    """
    told = one.told
    words = told.where.text[told.low : told.start]
    if any(_OUT_OF_EACH_RE.search(told.where.text, term.low, term.start) for term in one.terms):
        return True
    if one.way is Way.SHARE:
        with_whole = _WITH_WHOLE_RE.match(told.where.text, one.terms[0].start + len(one.terms[0].figure.printed))
        if len(one.terms) > 1 and is_another_whole(told, one.terms[1]):
            return True
        return bool(with_whole) or not _CHANGED.isdisjoint(told.before[-1:])
    if one.way is Way.TIMES:
        return is_of_another_time(told, one.terms[-1])
    if one.way in (Way.GROWTH, Way.CHANGE):
        return _PLANNED_CHANGE_RE.search(words) is not None
    if one.way is Way.MEAN:  # "Mỗi lớp 53 học viên. So với năm 2022 (10 lớp, 515 học viên)": of another time
        return all(term.sentence > told.sentence and term.depth > told.depth for term in one.terms)
    fallen = [not _CHANGED.isdisjoint(term.before[-1:]) for term in one.terms]
    apart = any(term.sentence != told.sentence for term in one.terms)
    if one.way is Way.SUM and not _ENDS_OF_CHANGE.isdisjoint(told.before[-1:]):
        return True
    first, last = (at(one.terms, key=lambda place: place.at) for at in (min, max))
    apart = apart or ";" in told.where.text[min(first.end, told.end) : last.start]
    return one.way is Way.SUM and not one.taken and apart and any(fallen) and not all(fallen)


def _is_near(one: Supposed) -> bool:
    """Whether a sum or a change is near what is told, or a slip away; of the others more may be wrong."""
    if one.way is Way.SUM and (
        any(part.value == one.told.value for part in one.terms)  # what one part is, no sum of it and others is
        or (one.terms[0].depth > one.told.depth and one.told.where.text.lstrip().startswith("("))
    ):
        return False  # what such a bracket splits stands in the text before
    return one.way not in (Way.SUM, Way.CHANGE) or _is_twice_at_most(one) or slip_apart(one.told, one.exact)


def _is_twice_at_most(one: Supposed) -> bool:
    return one.told.value < _FURTHEST * one.exact < _FURTHEST**2 * one.told.value


def _may_be_meant(one: Supposed, sure: float) -> bool:
    """Whether what is no slip may be meant: the parts that words name may be some only."""
    few = sure > _FEWER and one.told.value <= _MOST_MISSING * one.exact
    return one.way is not Way.SUM or one.exact > one.told.value or few


def _may_be_some(one: Supposed, sure: float) -> bool:
    """Whether few things are told with some of them: ``15 đoàn, trong đó 06 …, 04 …, 03 …``."""
    if one.way is not Way.SUM or one.exact > one.told.value or _digits(one.told) > 2 or sure > _FEWER:
        return False
    first = min(one.terms, key=lambda place: place.at)
    return "trong đó" in one.told.where.text[one.told.end : first.start].lower()


def _has_more_factors(one: Supposed, places: Sequence[Placed]) -> bool:
    """Whether a third number makes a product right: ``80 giờ x 40.000 đồng x 10 hồ sơ``."""
    rest = one.told.value / one.exact
    starts = [place.start for place in (one.told, *one.terms)]
    if len(_TIMES_RE.findall(one.told.where.text, min(starts), max(starts))) >= len(one.terms):
        return True
    return any(place.value == rest for place in places if place not in one.terms)


def _is_long(told: Placed) -> bool:
    """Whether a number has so many digits that nothing gives it by chance."""
    return _digits(told) > _LONG


def _digits(told: Placed) -> int:
    """How many digits a number has, without zeros at its end."""
    return len(str(round(told.value / told.step)).rstrip("0"))


def _finding(where: Stated, one: Supposed) -> Finding:
    figure, (words, expected) = one.told.figure, sum_told(one)
    return RECKONED.finding(
        (figure.span,),
        f"ghi {with_unit(figure)}, nhưng {words}",
        f"{with_unit(figure)} is stated, but {words}",
        stated=figure.printed,
        expected=expected,
        evidence=tuple(place.figure.span for place in one.terms),
        suggestion=both("xem số nào gõ sai", "see which of the numbers is mistyped"),
        severity=None if odds_of_slip(one) > 1 else Severity.WARNING,
        page=where.block.page,
    )


RECKONED = rule("FIG-274", check_reckoned)
RECKONED_RULES = (RECKONED,)
