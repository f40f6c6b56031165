"""FIG of a change whose two numbers give it, but whose word goes the other way.

``1.264 đơn, tăng 36 đơn so với năm 2023 (1.300 đơn)``: 36 is the difference, and it is a fall. Which number is now
and which is before is learnt from papers without a fault, where the word for the way tells it
(`data/directed.csv`): the words around the two, in which order they stand, their years. What the words hardly make
a change of the two (`clues`) is not told, nor what two other numbers near it make right.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from graphs.checks.learned.claimed import is_borne_out, is_of_kind
from graphs.checks.learned.clues import said
from graphs.checks.learned.meant import worked
from graphs.checks.learned.worked_out import Supposed, Way
from graphs.checks.reading.placed import Placed
from graphs.checks.reading.prose import Stated
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.models import Finding

_UP = frozenset(("tăng", "vượt", "cao", "nhiều", "lớn"))
_DOWN = frozenset(("giảm", "thấp", "ít", "hụt", "kém", "nhỏ"))
#: Such a word tells a way only with *hơn* behind it.
_WITH_THAN = frozenset(("cao", "nhiều", "lớn", "thấp", "ít", "nhỏ", "kém"))
#: Behind these marks and words no way is told: ``số vượt thu còn lại 227 tỷ``.
_ENDS = frozenset((*",;:.)", "còn", "có"))
_REACH, _WORDS, _FAR = 5, 7, 3
_BEHIND = 40
_TIME_RE = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|\bquý\s+(?:iv|i{1,3}|[1-4])\b", re.IGNORECASE)
_QUARTERS = {"iv": 4, "iii": 3, "ii": 2, "i": 1, "4": 4, "3": 3, "2": 2, "1": 1}
_SINCE_RE = re.compile(r"\b(?:so với|so cùng|hơn)\b")
#: So surely one of the two is the later one, in natural logarithms of odds, and so surely the change is of them.
_SURE, _MEANT = 2.0, -2.5
#: Words that hold a number against a level, and those of a time before a number.
_OVER = frozenset(("vượt", "hụt"))
_THEN_RE = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?!\d)|\b(?:cùng kỳ|năm (?:trước|ngoái)|kế hoạch|giao)\b", re.IGNORECASE
)
#: Words before the first number of a sentence that set it as a level: ``Nghị quyết giao mở 10 lớp; đã mở 12 lớp``.
_SET_RE = re.compile(
    r"\b(?:giao|đề ra|đặt ra|phấn đấu|(?:chỉ|mục) tiêu|kế hoạch (?:năm )?(?:là|cần|phải)|yêu cầu)\b[^.;:()\d]*$",
    re.IGNORECASE,
)
#: A plan, and what came of it in the next sentence: ``Kế hoạch …: 5.200 người. Thực hiện: 4.930 người, hụt 270``.
_PLANNED_RE = re.compile(r"\b(?:kế hoạch|chỉ tiêu|dự toán|mục tiêu)\b[^.;()\d]*$", re.IGNORECASE)
_ANSWERED_RE = re.compile(r"[^.;\d]{0,30}[.;]\s+(?:thực hiện|kết quả|đã|cả năm|thực tế)\b", re.IGNORECASE)
#: As surely a level is told before what was reached.
_LEVELLED = 4.5
#: What may be meant makes a change right that another pair makes wrong.
_MAYBE = -5.0


@dataclass(frozen=True, slots=True, eq=False)
class Directed:
    """A change that two numbers give; `now` is what its word makes the later one, `before` the earlier one."""

    change: Supposed
    up: bool
    now: Placed
    before: Placed

    @property
    def odds(self) -> float:
        """How surely `now` is the later one, the natural logarithm of the odds."""
        level = _level_named(self)
        if level is not None:
            return _LEVELLED if level is self.before else -_LEVELLED
        table = worth()
        return sum(table.get(sign, 0.0) * side for sign, side in signs(self))


def check_directed(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """``Quý III 86.400 tấn, giảm 5.000 tấn so với quý II (81.400 tấn)``: it rose."""
    for text in worked(subject):
        for pairs in directed(text.told):
            one = _wrong(pairs)
            if one is None or is_borne_out(one.change.told, one.up):
                tally.held += 1
                continue
            tally.failed += 1
            yield _finding(text.where, one, by)


def directed(told_of: Mapping[Placed, Sequence[Supposed]]) -> Iterator[list[Directed]]:
    """Of each change the pairs of numbers that give it, once each."""
    for told, found in told_of.items():
        up = way_said(told)
        pairs: dict[frozenset[Placed], Directed] = {}
        for one in found if up is not None else ():
            changes = one.way in (Way.CHANGE, Way.GROWTH) and len(one.terms) > 1
            # "tăng 48 ca; quai bị 61 ca": what something changed by is no value of it.
            if changes and one.holds and all(way_said(term) is None for term in one.terms):
                first, second = one.terms
                rises = first.beside(second) > second.beside(first)
                now, before = (first, second) if rises == up else (second, first)
                pairs.setdefault(frozenset(one.terms), Directed(one, bool(up), now, before))
        if pairs:
            yield list(pairs.values())


def way_said(told: Placed) -> bool | None:
    """Whether the words right before a number say that something rose by it (True), or fell (False)."""
    words = told.before[-_REACH:]
    for at in range(len(words) - 1, -1, -1):
        word = words[at]
        if word in _ENDS:
            return None
        if word in _WITH_THAN and words[at + 1 : at + 2] != ["hơn"]:
            continue
        if word == "giảm" and "miễn" in words[max(at - 2, 0) : at]:
            return None  # "miễn, giảm học phí 1.486 người"
        if word == "vượt" and ("và" in words[max(at - 1, 0) : at] or words[at + 1 : at + 2] == ["đạt"]):
            return None  # "tỷ lệ đạt và vượt 75%"
        if word in _UP or word in _DOWN:
            return None if is_of_kind(words, at) else word in _UP
    return None


def _level_named(one: Directed) -> Placed | None:
    """The number of what was to be done, where what was done is held against it behind.

    ``Mở 10 lớp: đã mở 12 lớp, vượt 2 lớp``, ``giao mở 10 lớp; đã mở 12 lớp, vượt 2 lớp``: 10.
    """
    told = one.change.told
    first, second = sorted((one.now, one.before), key=lambda place: place.start)
    lead = told.where.text[first.end : second.start]
    over = next((word for word in reversed(told.before[-_REACH:]) if word in _UP | _DOWN), "")
    planned = _PLANNED_RE.search(told.where.text[first.low : first.start])
    answered = bool(planned and _ANSWERED_RE.match(lead))
    of_one = second.sentence == told.sentence and (answered or first.sentence == second.sentence)
    if not of_one or second.start > told.start:
        return None
    behind_colon = lead.count(":") == 1 and not re.search(r"[;.]\s", lead)
    is_set = _SET_RE.search(told.where.text[first.low : first.start]) and "." not in lead
    is_result = (behind_colon or is_set or answered) and not _THEN_RE.search(lead)
    return first if is_result and over in _OVER and first.unit == second.unit else None


def signs(one: Directed) -> Iterator[tuple[str, int]]:
    """What tells the later number from the earlier one: each sign with 1 where it is one of `now`, else -1."""
    told = one.change.told
    for place, other, side in ((one.now, one.before, 1), (one.before, one.now, -1)):
        far = "" if place.sentence == told.sentence else "far."
        yield from ((far + sign, side) for sign in _around(place))
        order = sorted((("t", told.at), ("s", place.at), ("o", other.at)), key=lambda pair: pair[1])
        shape = "".join(name for name, _ in order)
        yield f"o={shape}", side
        yield f"o={shape}{min(abs(place.rank - told.rank), _FAR)}", side
        yield f"deep={place.depth > told.depth}{place.at > told.at}", side
        yield f"s={max(-2, min(2, place.sentence - told.sentence))}", side
        if place.at > told.at and _SINCE_RE.search(told.where.text[told.end : place.start].lower()):
            yield f"since{min(place.rank - told.rank, _FAR)}", side
    times = [_times(place) for place in (one.now, one.before)]
    yield from _of_times(*times)
    yield from _of_since(told, *times)
    if one.change.way is Way.GROWTH:
        bases = [
            told.told_as(abs(later.beside(base) / base.beside(later) * 100 - 100)) if base.value else False
            for later, base in ((one.now, one.before), (one.before, one.now))
        ]
        if bases[0] != bases[1]:
            yield "base", 1 if bases[0] else -1


def _around(place: Placed) -> Iterator[str]:
    before, behind = ["^", "^", *place.before], [*place.behind, "$", "$"]
    yield f"L={before[-1]}"
    yield f"LL={before[-2]} {before[-1]}"
    yield f"R={behind[0]}"
    yield f"RR={behind[0]} {behind[1]}"
    yield from (f"l={word}" for word in sorted(set(place.before[-_WORDS:])) if word.isalpha())
    yield from (f"r={word}" for word in sorted(set(place.behind[:_WORDS])) if word.isalpha())


def _of_times(now: tuple[int, int], before: tuple[int, int]) -> Iterator[tuple[str, int]]:
    for name, one, other in zip(("year", "quarter"), now, before, strict=True):
        if one and other and one != other:
            yield f"later {name}", 1 if one > other else -1
        elif one != other:
            yield f"with {name}", 1 if one else -1


def _of_since(told: Placed, now: tuple[int, int], before: tuple[int, int]) -> Iterator[tuple[str, int]]:
    """Whether one of the two is of the time that the change is said to be since."""
    behind = told.where.text[told.end : told.end + _BEHIND]
    since = _SINCE_RE.search(behind)
    found = _TIME_RE.search(behind, since.end()) if since else None
    at, time = _time(found.group()) if found else (0, 0)
    if time and time in (now[at], before[at]) and now[at] != before[at]:
        yield "since time", 1 if before[at] == time else -1


def _time(words: str) -> tuple[int, int]:
    """0 and a year, or 1 and a quarter."""
    return (0, int(words)) if words.isdigit() else (1, _QUARTERS[words.split()[-1].lower()])


def _times(place: Placed) -> tuple[int, int]:
    """The year and the quarter told nearest before a number, or right behind it; 0 where there is none."""
    text = place.where.text
    found = (
        *reversed(_TIME_RE.findall(text[place.low : place.start])),
        *_TIME_RE.findall(text[place.end : place.high][:_BEHIND]),
    )
    times = [_time(one) for one in found]
    year, quarter = (next((time for which, time in times if which == at), 0) for at in (0, 1))
    return year, quarter


def _wrong(pairs: Sequence[Directed]) -> Directed | None:
    """The pair that a change is surely of, but the other way; None where one of them may be right."""
    meant = [(said(one.change, turned=True), one) for one in pairs]
    if any(sure > _MAYBE and one.odds > 0 for sure, one in meant):
        return None
    wrong = [(sure, one) for sure, one in meant if sure > _MEANT and one.odds < -_SURE]
    return max(wrong, key=lambda pair: pair[0])[1] if wrong else None


def _finding(where: Stated, one: Directed, by: Rule) -> Finding:
    figure = one.change.told.figure
    later, earlier = one.before.figure.printed, one.now.figure.printed
    way, way_en = ("tăng", "a rise") if one.up else ("giảm", "a fall")
    right, right_en = ("giảm", "a fall") if one.up else ("tăng", "a rise")
    return by.finding(
        (figure.span,),
        f"ghi {way} {figure.printed}, nhưng từ {earlier} đến {later} là {right}",
        f"{way_en} of {figure.printed} is stated, but from {earlier} to {later} is {right_en}",
        stated=f"{way} {figure.printed}",
        expected=f"{right} {figure.printed}",
        evidence=(one.now.figure.span, one.before.figure.span),
        suggestion=both("đối chiếu chiều tăng, giảm", "compare which way it went"),
        page=where.block.page,
    )


@lru_cache(maxsize=1)
def worth() -> dict[str, float]:
    """What each sign is worth, in natural logarithms of odds."""
    table = files("graphs.checks.learned").joinpath("data/directed.csv").read_text(encoding="utf-8")
    return {row[0]: float(row[1]) for row in csv.reader(table.splitlines()[1:])}
