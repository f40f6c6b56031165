"""Clues that words give: whether they say that a number is worked out in a supposed way.

A clue is a short word such as ``r.L=đạt`` (*đạt* stands before the rate). What each is worth is learnt from papers
whose numbers are right (`data/clues.csv`): where a way gives the very number, the words around say so.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

from graphs.checks.learned.worked_out import Supposed, Way
from graphs.checks.reading.placed import Placed

#: What the numbers of a way are called in its clues: the one told, then its terms.
_ROLES = {
    Way.SHARE: "rpw",
    Way.GROWTH: "rne",
    Way.CHANGE: "rne",
    Way.TIMES: "rne",
    Way.PRODUCT: "tne",
    Way.MEAN: "etn",
}
_CUE_WORDS = (
    "gồm bao trong đó chia ra tổng cộng số chiếm đạt bằng tỷ lệ còn lại so với tăng giảm kế hoạch dự toán lần lượt"
    " cùng kỳ năm trước mục tiêu chỉ trên từ tối thiểu hơn vượt cao thấp cụ thể là và có của thực hiện riêng mỗi"
    " bình quân trung lũy để cho sau ước tương ứng đương tức hay thêm bớt nhiều ít cả hai đã chưa xong hoàn thành"
)
_CUES = frozenset(_CUE_WORDS.split())
_UP = frozenset(("tăng", "vượt", "cao", "nhiều", "hơn", "thêm"))
_DOWN = frozenset(("giảm", "thấp", "ít", "hụt", "bớt"))
#: The clues that a change goes the way of its word, or the other one.
_TURNED = {"right", "wrong"}
_MARKS = ";:,()"
_BEFORE, _BEHIND, _WAY = 7, 6, 8
_MOST, _MANY = 3, 5
_WIDTHS = (2, 5, 10, 20)
_LEADS = ("bao gồm", "gồm", "trong đó", "chia ra", "cụ thể", "theo", "tổng", "cộng", "lần lượt")
_AMONG_WORDS = "trong đó|tăng|giảm|so với|riêng|còn|để|đạt|thành|lại|trước|hơn|gồm|cùng kỳ|kế hoạch|không|tổng"
_AMONG = tuple(_AMONG_WORDS.split("|"))
_OPEN_RE = re.compile(r"[:(]\s*$|:")
_AND_RE = re.compile(r"\bvà\b")
#: What tells nothing of how parts are set apart: what is in brackets among them, marks within numbers.
_ASIDE_RE = re.compile(r"\([^()]*\)|\d[\d.,/]*\s?%?")
_END_RE = re.compile(r"[;:.)](?=\s|$)|,\s|\(|\svà\s")
_EACH = ("mỗi", "bình quân", "trung bình", "định mức")
_OF_EACH = (*_EACH, "/", "đơn giá", "cứ", "tổng", "cộng", "là", "x ", "×")
_PER_RE = re.compile(r"[^,.;]{0,20}(?:/|một\b|mỗi\b)")
_FOR_EACH_RE = re.compile(r"[^,.;\d]{0,20}?(?:/|\bmột\s|\bmỗi\s)\s*([^\W\d_]+)")
_EACH_BEFORE_RE = re.compile(r"\bmỗi\s+([^\W\d_]+)[^,.;\d]{0,30}$")
_WORDS_EACH, _BEHIND_EACH = 40, 30


def clues(one: Supposed) -> Iterator[str]:
    """The clues of a supposed way of working out a number."""
    for place, role in _roles(one):
        yield from _around(place, role)
    yield from _together(one)


def _roles(one: Supposed) -> list[tuple[Placed, str]]:
    """The numbers that have a role in a way, with its letter: the total, the first and the last part of a sum."""
    if one.way is not Way.SUM:
        return list(zip((one.told, *one.terms), _ROLES[one.way], strict=False))
    parts = sorted((one.terms[0], one.terms[-1]), key=lambda place: place.at)
    return [(one.told, "t"), (parts[0], "a"), (parts[1], "z")]


def _together(one: Supposed) -> Iterator[str]:
    """The clues that are not those of one number."""
    yield "1"
    if one.way is Way.SUM:
        yield from _of_sum(one)
        return
    yield from _of_roles(one)
    if one.way is Way.SHARE:
        part, whole = one.terms[0], one.terms[-1]
        yield "p<w" if part is whole or part.value <= whole.value else "p>w"
        if one.shared:
            yield "shared"
    elif one.way in (Way.PRODUCT, Way.MEAN):
        yield from _of_product(one)
    else:
        yield from _of_way(one)
    if one.way is Way.CHANGE:
        rates = (one.terms[0].sort == "%", one.told.sort == "%", one.told.unit.startswith("điểm"))
        yield f"pct={rates}"
        yield f"ru={one.told.unit == one.terms[0].unit}"


def _around(one: Placed, role: str) -> Iterator[str]:
    """What stands before and behind a number."""
    before, behind = ["^", "^", *one.before], [*one.behind, "$", "$"]
    yield f"{role}.L={before[-1]}"
    yield f"{role}.LL={before[-2]} {before[-1]}"
    yield f"{role}.R={behind[0]}"
    yield f"{role}.RR={behind[0]} {behind[1]}"
    for word in _CUES.intersection(one.before[-_BEFORE:]):
        yield f"{role}.l={word}"
    for word in _CUES.intersection(one.behind[:_BEHIND]):
        yield f"{role}.r={word}"
    if one.figure.bound:
        yield f"{role}.bound"
    if one.depth > 0:
        yield f"{role}.deep"


def _between(one: Placed, other: Placed, name: str) -> Iterator[str]:
    """What stands between two numbers."""
    text = one.where.text[one.end : other.start]
    yield f"{name}.n={min(other.rank - one.rank - 1, _MOST)}"
    if one.sentence != other.sentence:
        yield f"{name}.sentence"
    yield from (f"{name}.has{mark}" for mark in _MARKS if mark in text)
    words = len(text.split())
    yield f"{name}.w={sum(words >= width for width in _WIDTHS)}"


def _apart(ahead: Placed, behind: Placed, places: Sequence[Placed], name: str) -> Iterator[str]:
    """What stands between a total and its parts; a rate in brackets behind the total is nothing."""
    among = places[ahead.at + 1 : behind.at]
    yield f"{name}.n={min(sum(place.sort != '%' and not place.is_name for place in among), _MOST)}"
    if ahead.sentence != behind.sentence:
        yield f"{name}.sentence"
    words = _words_between(ahead, behind)
    yield from (f"{name}.has{mark}" for mark in _MARKS if mark in words)
    many = len(words.split())
    yield f"{name}.w={sum(many >= width for width in _WIDTHS)}"


def _words_between(one: Placed, other: Placed) -> str:
    return _without_asides(one.where.text[one.end : other.start])


@lru_cache(maxsize=4096)
def _without_asides(text: str) -> str:
    return _ASIDE_RE.sub(" ", text.lower())


def _of_roles(one: Supposed) -> Iterator[str]:
    """The order in which a number and its terms are told, and what stands between."""
    in_order = sorted(((role, place) for place, role in _roles(one)), key=lambda pair: pair[1].at)
    for at, ((_, place), (_, following)) in enumerate(pairwise(in_order)):
        yield from _between(place, following, f"g{at}")
    order = "".join(role for role, _ in in_order)
    first = in_order[0][1]
    apart = [min(later.rank - place.rank - 1, _MOST) for (_, place), (_, later) in pairwise(in_order)]
    yield f"o={order}"
    yield f"o={order}{apart}"
    yield f"o={order}.L={one.told.before[-1] if one.told.before else '^'}"
    if len(one.terms) > 1:
        units = [place.unit for place in one.terms]
        yield "u=" + ("same" if units[0] == units[1] else "diff" if all(units) else "none")
    yield f"s={[place.sentence - first.sentence for _, place in in_order]}"


def _of_way(one: Supposed) -> Iterator[str]:
    """Whether the words say more or less, and whether the values agree."""
    words = one.told.before[-_WAY:]
    up, down = not _UP.isdisjoint(words), not _DOWN.isdisjoint(words)
    later, earlier = (place.value for place in one.terms)
    yield f"dir={up}{down}"
    yield "right" if (later >= earlier and up) or (later <= earlier and down) else "wrong"


def _of_product(one: Supposed) -> Iterator[str]:
    """The words for what falls to each."""
    places = (one.told, *one.terms)
    text = one.told.where.text
    low, high = min(place.start for place in places), max(place.end for place in places)
    all_ = text[low : high + _WORDS_EACH].lower()
    yield from (f"has.{word}" for word in _OF_EACH if word in all_)
    for role, place in zip(_ROLES[one.way], places, strict=True):
        before = text[max(0, place.start - _WORDS_EACH) : place.start].lower()
        yield from (f"{role}.bef.{word}" for word in _EACH if word in before)
        if _PER_RE.match(text[place.end : place.end + _BEHIND_EACH].lower()):
            yield f"{role}.per"
    if one.way is Way.MEAN:
        yield from _of_mean(one)


def _of_mean(one: Supposed) -> Iterator[str]:
    """Whether what a mean is of, and what it is for each of, are those of the sum and of the number of things."""
    told, text = one.told, one.told.where.text.lower()
    total, count = one.terms
    of = _FOR_EACH_RE.match(text, told.end) or _EACH_BEFORE_RE.search(text[told.low : told.start])
    each = of[1] if of else told.unit.partition("/")[2]
    words = (count.unit or " ".join(count.behind[:2])).split()
    yield f"each={each in words if each else None}"
    sum_, own = total.unit.split(), told.unit.partition("/")[0].split()
    yield f"of={sum_[-1:] == own[-1:] or sum_[:1] == own[:1] if sum_ and own else None}"
    yield f"first={total.at < told.at}{count.at < told.at}"


def _of_sum(one: Supposed) -> Iterator[str]:
    """What leads to the parts, sets them apart and ends them."""
    told, side = one.told, one.side
    parts = sorted(one.terms, key=lambda place: place.at)
    ahead, behind = (told, parts[0]) if side > 0 else (parts[-1], told)
    yield from _apart(ahead, behind, one.places, f"g{side}")
    text = told.where.text
    # What leads to parts that other numbers set apart from their total stands right before them.
    words = text[max(ahead.end, behind.low) : behind.start].lower()
    lead = next((word for word in _LEADS if word in words), None) or next((m for m in "(:;" if m in words), "-")
    many, ends = min(len(parts), _MANY), _ends(parts[-1])
    yield f"k{side}={lead}"
    yield f"k{side}n={lead}{min(many, _MANY - 1)}"
    yield f"k{side}end={lead}{ends}"
    yield f"end={ends}"
    if side > 0 and _OPEN_RE.search(words):
        yield "colon"
    yield f"n={many}"
    yield f"n={many}{side}"
    yield from _of_list(one, parts, _mark(ahead, behind))
    units = list(_of_units(told, parts))
    yield from units
    yield f"k{side}{units[1]}{units[0]}={lead}"
    yield f"k{side}{units[1]}end={lead}{ends}"
    own = {place.at for place in (told, *parts)}
    left = sum(
        place.sentence == parts[0].sentence
        and place.at not in own
        and place.sort == parts[0].sort
        and not (place.is_name or place.of)
        for place in one.places
    )
    yield f"left={min(left, _MOST)}"
    yield f"k{side}left={lead}{min(left, _MOST)}"
    if one.taken:
        yield "taken"
        yield f"taken={len(one.taken)}/{many}"
    yield "big" if any(place.value > told.value for place in parts) else "small"
    yield f"skip={min(_MOST, parts[-1].at - parts[0].at + 1 - len(parts))}"
    sentences = [place.sentence for place in parts]
    yield f"ps={max(sentences) - min(sentences)}"
    yield f"ts={one.terms[0].sentence - told.sentence}"
    deeper = one.terms[0].depth > told.depth
    yield f"dd={deeper}{side}"
    if deeper:
        yield f"close={')' in text[parts[-1].end : parts[-1].high]}"


def _mark(one: Placed, other: Placed) -> str:
    """The mark or word that sets two numbers apart."""
    return _set_apart(one, other)[0]


@lru_cache(maxsize=4096)
def _set_apart(one: Placed, other: Placed) -> tuple[str, tuple[str, ...]]:
    """The mark or word that sets two numbers apart, and which words of `_AMONG` stand there; many lists ask it."""
    words = _words_between(one, other)
    mark = next((mark for mark in ";,(:" if mark in words), "va" if _AND_RE.search(words) else "-")
    return "." if one.sentence != other.sentence else mark, tuple(word for word in _AMONG if word in words)


def _of_list(one: Supposed, parts: Sequence[Placed], lead: str) -> Iterator[str]:
    """How the parts are set apart, what is said among them, whether the total may be one of them."""
    marks = []
    for place, following in pairwise(parts):
        mark, among = _set_apart(place, following)
        marks.append(mark)
        yield from (f"in.{word}" for word in among)
    yield from (f"sep={mark}" for mark in marks)
    yield "sepset=" + "".join(sorted(set(marks)))
    yield f"lastsep={marks[-1]}"
    yield f"sT={lead}{one.side}"
    yield f"sTeq={lead == marks[0]}{one.side}"
    yield f"sT1={lead}{marks[0]}"
    last = one.told.before[-1] if one.told.before else "^"
    leads = [place.before[-1] if place.before else "^" for place in parts]
    shapes = [_shape(place) for place in parts]
    yield f"shape={_shape(one.told) in shapes}{len(set(shapes)) == 1}"
    yield f"Llike={len(last) > 1 and last in leads}"
    if len(set(leads[1:])) == 1:
        yield "sameL"
    if {",", ";", "và", ":"}.issuperset(leads[1:]):
        yield "bare"


def _shape(place: Placed) -> tuple[str, ...]:
    """The last words before a number but for the digits in them: ``năm 2022`` and ``năm 2023`` are alike."""
    return tuple("#" if word[:1].isdigit() else word for word in place.before[-2:])


def _ends(last: Placed) -> str:
    """What ends the parts; with ``$`` where no figure follows, with ``!`` where none that counts alike does."""
    text, figures = last.where.text, last.where.figures
    following = last.at + 1 < len(figures)
    end = last.where.start(figures[last.at + 1]) if following else len(text)
    found = _END_RE.search(text, last.end, end)
    return f"{found.group().strip() if found else '-'}{'' if following else '$'}"


def _of_units(told: Placed, parts: Sequence[Placed]) -> Iterator[str]:
    """Whether a total and its parts have one unit."""
    units = {place.unit for place in parts}
    yield "pu=" + ("1" if len(units) == 1 else "1n" if len(units - {""}) <= 1 else "m")
    yield "tu=" + ("in" if told.unit in units else "none" if not told.unit or units == {""} else "out")
    heads = {place.unit.partition(" ")[0] for place in parts}
    head = told.unit.partition(" ")[0]
    yield "th=" + ("in" if head in heads else "none" if not head or heads == {""} else "out")


@lru_cache(maxsize=1)
def worth() -> dict[Way, dict[str, float]]:
    """What each clue is worth for each way, in natural logarithms of odds."""
    table = files("graphs.checks.learned").joinpath("data/clues.csv").read_text(encoding="utf-8")
    found: dict[Way, dict[str, float]] = {way: {} for way in Way}
    for row in csv.reader(table.splitlines()[1:]):
        found[Way(row[0])][row[1]] = float(row[2])
    return found


def said(one: Supposed, *, turned: bool = False) -> float:
    """How surely the words say that a number is worked out so: the natural logarithm of the odds.

    With `turned` it counts for nothing that the word for the way of a change goes with the two values or against.
    """
    way = Way.CHANGE if one.way is Way.TIMES else one.way
    table = worth()[way]
    sum_ = sum(table.get(clue, 0.0) for clue in {*_together(one)} - (_TURNED if turned else set()))
    for place, role in _roles(one):
        known = place.weighed.get((way, role))
        if known is None:
            known = place.weighed[way, role] = sum(table.get(clue, 0.0) for clue in _around(place, role))
        sum_ += known
    return sum_
