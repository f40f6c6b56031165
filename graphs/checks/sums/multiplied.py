"""FIG of products: so many times so much each is the sum.

They are told in many orders; each order is a form (a row below).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from graphs.checks.reading.arithmetic import show
from graphs.checks.reading.forms import BARE, Form, Match, Signs, signs_of
from graphs.checks.reading.moved import head, scaled
from graphs.checks.reading.named import GENERAL, thing_words
from graphs.checks.reading.products import PRODUCTS
from graphs.checks.reading.prose import Stated, everywhere
from graphs.checks.reading.relations import half_unit
from graphs.checks.report import Subject, Tally, rule
from graphs.checks.sums.stocks import UNITS
from graphs.checks.times.how_often import check_how_often
from kb.bilingual import both
from kb.models import Figure, Finding, Severity

#: How much falls to each of the communes or districts of a province, which the paper counts elsewhere.
ALL_UNITS = Form(
    rf"\bmỗi\s+(?P<by>xã, phường(?:, thị trấn|, đặc khu)?|đơn vị (?:hành chính )?cấp xã"
    rf"|huyện, thị xã, thành phố)\s{BARE}{{0,40}}?{{each}}{BARE}{{0,60}}?"
    rf",\s*(?:toàn|cả)\s+tỉnh(?:\s+(?:là|có|tổ chức))?\s*{{total}}",
    "mỗi xã, phường tổ chức 02 hội nghị, toàn tỉnh 270 hội nghị",
)
#: A mean of a sum, by its unit.
MEANS: tuple[Form, ...] = (
    Form(
        rf"\b(?:bình quân|trung bình|khoảng|mật độ|năng suất){BARE}{{0,20}}?{{each}}{BARE}{{0,25}}?"
        rf"(?:/|\bmỗi\s|\bmột\s)\s*"
        r"(?P<by>[^\W\d_]+)",
        "bình quân 92 người/lớp",
    ),
    Form(
        r"\b(?:bình quân |trung bình )?mỗi\s+(?P<by>[^\W\d_]+)(?:\s[^\W\d_]+){0,2}?\s+"
        r"(?:bình quân |trung bình |khoảng |có )?{each}",
        "22 hội nghị, 2.640 lượt người, mỗi hội nghị trung bình 120 lượt",
    ),
)
#: A mean with the sum and the number of things in a bracket behind it.
_BEHIND_MEAN = Form(
    rf"\b(?:bình quân|mật độ|năng suất){BARE}{{0,50}}?{{each}}{BARE}{{0,25}}?"
    rf"\({BARE}{{0,40}}?{{total}}{BARE}{{0,45}}?{{count}}{BARE}{{0,25}}?\)",
    "thu nhập bình quân đầu người 57,5 triệu đồng (tổng thu nhập 12.400 tỷ đồng, dân số 215,6 nghìn người)",
)
#: What people are counted as: a mean of the ones may be of a sum of the others.
_PEOPLE = frozenset(("người", "lượt", "thành", "học", "đại", "hội", "cán", "em", "đoàn"))
_OTHER_SUM_RE = re.compile(r"\b(?:lũy kế|luỹ kế|cộng dồn|giai đoạn|kế hoạch|năm trước|cùng kỳ)\b", re.IGNORECASE)
#: What a project costs in all, how large it is, and what each measure of it costs.
_INVESTED_RE = re.compile(r"\btổng (?:mức|vốn|kinh phí) đầu tư[^.;,()\d]{0,40}$", re.IGNORECASE)
_WHOLE_RE = re.compile(
    r"\b(?:tổng (?:chiều dài|diện tích|công suất|số|quy mô)|quy mô|toàn tuyến)[^.;,()\d]{0,30}$", re.IGNORECASE
)
_EACH_INVESTED_RE = re.compile(r"\bsuất (?:vốn )?đầu tư[^.;()\d]{0,40}$", re.IGNORECASE)
_PER_RE = re.compile(r"[^.;,()\d]{0,25}?(?:/|\b(?:mỗi|một|trên)\s)\s*(?P<by>[^\W\d_]+)")
#: Before a number of another time, of a plan, or by which something changed.
_NOT_NOW_RE = re.compile(
    r"\b(?:so với|cùng kỳ|năm trước|kế hoạch|chỉ tiêu|mục tiêu|dự toán|giao|tăng|giảm|vượt|thiếu)\b"
    r"[^.,;:()]{0,40}\(?\s*$",
    re.IGNORECASE,
)
#: Before what falls to each itself: ``mỗi héc ta mất đến 150 triệu đồng``.
_EACH_BEFORE_RE = re.compile(r"\b(?:mỗi|bình quân|trung bình)\b[^,;.()]{0,40}$")
#: One of these stands in every sentence that tells so much each.
_MEAN_WORDS = ("mỗi", "bình quân", "trung bình", "đồng/", "mật độ", "năng suất")
_FAR, _NEAR = Decimal(4), Decimal("1.5")


def check_products(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``35 lớp, mỗi lớp 40 người, tổng số 1.400 người``; ``12.000 suất, 4,8 tỷ đồng, bình quân 400 nghìn``."""
    if not subject.is_rule():
        yield from _invested(subject, tally)
    yield from check_how_often(subject, tally, PRODUCT)
    for where in everywhere(subject) if not subject.is_rule() else ():
        text = where.text.lower()
        if not any(word in text for word in _MEAN_WORDS):
            continue
        signs = signs_of(where)
        for form in PRODUCTS:
            for match in form.read(signs):
                count, each, total = (match.figures[name] for name in ("count", "each", "total"))
                by = match.words.get("by", "").lower()
                other = _OTHER_SUM_RE.search(signs.text, match.start, match.end) or by not in ("", head(count))
                if head(each) == head(total) and not other:
                    mean = bool(by) and "quân" in signs.text[match.start : match.end]
                    yield from _multiplied(where, count, each, total, tally, mean, _NEAR if by else _FAR)
        for match in ALL_UNITS.read(signs) if " tỉnh " in text else ():
            each, total = match.figures["each"], match.figures["total"]
            there = _all_units(subject, match.words["by"].lower())
            if head(each) == head(total) and there:
                yield from _multiplied(where, there, each, total, tally, most=_NEAR)
        for match in (one for form in MEANS for one in form.read(signs)):
            found = _of_mean(signs, match)
            if found:
                yield from _multiplied(where, found[0], match.figures["each"], found[1], tally, True)
        for match in _BEHIND_MEAN.read(signs):
            count, each, total = (match.figures[name] for name in ("count", "each", "total"))
            if head(each) == head(total) and not (count.unit or "").endswith("đồng"):
                yield from _multiplied(where, count, each, total, tally, True)


def _all_units(subject: Subject, called: str) -> Figure | None:
    """How many communes or districts a paper has, where it tells one number of them."""
    communes, districts = (re.compile(rf"\s*(?:{units.noun})") for units in UNITS)
    noun = districts if called.startswith("huyện") else communes
    told = {
        figure.value: figure
        for where in everywhere(subject)
        for figure in where.figures
        if not (figure.of or figure.bound) and noun.match(where.text, where.end(figure))
    }
    return next(iter(told.values())) if len(told) == 1 else None


def _of_mean(signs: Signs, match: Match) -> tuple[Figure, Figure] | None:
    """The number of things and the sum that a mean is of: the one of its unit, the nearest of the same measure."""
    led = re.search(r"\b(?:mật độ|năng suất)\b", signs.text[match.start : match.end])
    clause = signs.text[signs.sentence_start(match.start) : match.start].rpartition(";")
    if led and not thing_words(clause[2]) <= thing_words(clause[0]) | GENERAL and clause[1]:
        return None  # "vụ xuân 1.200 ha, 7.500 tấn; vụ mùa năng suất 5 tấn/ha": of other land
    each, by = match.figures["each"], match.words["by"].lower()
    low = signs.sentence_start(match.start)
    told = list(_told_now(signs, low, match.start))
    before = [figure for _, figure in told]
    counts = [figure for figure in before if head(figure) == by]
    if not counts:  # "Cả năm có 90 dự án. Tổng vốn 1.260 tỷ đồng, bình quân 14 tỷ đồng/dự án"
        earlier = _told_now(signs, signs.sentence_start(max(low - 2, 0)), low)
        counts = [figure for _, figure in earlier if head(figure) == by]
    means = [figure for at, figure in told if _EACH_BEFORE_RE.search(signs.text[:at])]
    sums = [one for one in before if _of_one(one, each) and one not in counts and one not in means]
    values = [Decimal(figure.value) for figure in counts]
    if len(counts) > 2 and values[0] == sum(values[1:]):  # "412 vụ: năm 2021 58 vụ, …": its parts are no other
        counts = counts[:1]
    return (counts[0], sums[0]) if len(counts) == 1 and len(sums) == 1 else None


def _told_now(signs: Signs, low: int, high: int) -> Iterator[tuple[int, Figure]]:
    """The numbers of a stretch that are no shares, plans, changes, nor of another time."""
    for at, figure in signs.inside(low, high):
        if not figure.of and figure.unit != "%" and not _NOT_NOW_RE.search(signs.text, low, at):
            yield at, figure


def _invested(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``Tổng chiều dài 18,6 km … Tổng mức đầu tư 240 tỷ đồng … Suất đầu tư bình quân 12,9 tỷ đồng/km``."""
    if "uất đầu tư" not in subject.document.reading.text and "uất vốn đầu tư" not in subject.document.reading.text:
        return
    told = [(where, figure) for where in everywhere(subject) for figure in where.figures if not figure.of]
    sums = [one for one in told if _INVESTED_RE.search(one[0].text, 0, one[0].start(one[1]))]
    for where, each in told:
        found = _PER_RE.match(where.text, where.end(each))
        if found is None or not _EACH_INVESTED_RE.search(where.text, 0, where.start(each)):
            continue
        size = [
            (place, one)
            for place, one in told
            if head(one) == found["by"].lower() and _WHOLE_RE.search(place.text, 0, place.start(one))
        ]
        pairs = [(one, sum_) for _, one in size for _, sum_ in sums if head(sum_) == head(each)]
        if len({(scaled(one), scaled(sum_)) for one, sum_ in pairs}) == 1:
            yield from _multiplied(where, pairs[0][0], each, pairs[0][1], tally, True)


def _of_one(figure: Figure, each: Figure) -> bool:
    """Whether a mean may be of a sum: one unit, or people on both sides."""
    return bool(head(each)) and (head(figure) == head(each) or {head(figure), head(each)} <= _PEOPLE)


def _multiplied(
    where: Stated,
    count: Figure,
    each: Figure,
    total: Figure,
    tally: Tally,
    mean: bool = False,
    most: Decimal = _FAR,
) -> Iterator[Finding]:
    if any(one.bound or one.of or one.unit == "%" for one in (count, each, total)):
        return
    number, worth, sum_ = scaled(count), scaled(each), scaled(total)
    exact = number * worth
    slack = number * _half(each, mean) + worth * _half(count) + _half(total)
    cut = mean and 0 <= sum_ - exact < 2 * number * _half(each, mean)  # a mean may be cut, not rounded
    if abs(exact - sum_) <= slack or cut:
        tally.held += 1
        return
    far = max(exact, sum_) > (_NEAR if mean else most) * min(exact, sum_) if sum_ and exact else True
    if far:
        tally.skip(both("không chắc số nào nhân với số nào", "not sure which numbers are multiplied"))
        return
    tally.failed += 1
    product = f"{count.printed} × {each.printed} {each.unit or ''}".strip()
    unit = scaled(total) / Decimal(total.value) if Decimal(total.value) else Decimal(1)
    yield PRODUCT.finding(
        (total.span,),
        f"ghi {total.printed} {total.unit or ''}, nhưng {product} = {show(exact / unit)}",
        f"{total.printed} is stated, but {product} = {show(exact / unit)}",
        stated=total.printed,
        expected=show(exact / unit),
        evidence=(count.span, each.span),
        suggestion=both(
            "kiểm tra lại số lượng, mức mỗi đơn vị và tổng", "check the number, how much each, the sum"
        ),
        # A mean may be of another sum than the nearest.
        severity=Severity.WARNING if mean else None,
        page=where.block.page,
    )


def _half(figure: Figure, mean: bool = False) -> Decimal:
    """By how much rounding may move a figure; whole numbers but means are exact."""
    value = Decimal(figure.value)
    half = max(half_unit(value), Decimal("0.5") if mean and value == value.to_integral() else Decimal(0))
    return half * (scaled(figure) / value) if value else Decimal(0)


PRODUCT = rule("FIG-240", check_products)
MULTIPLIED_RULES = (PRODUCT,)
