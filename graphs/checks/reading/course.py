"""What tables and text tell of one thing year by year, under its name: the courses that claims are held against.

A course is a row of a table with a number a year, a column of a table whose rows are years, or the figures that a
bracket, a sentence or a list tells for years one after the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from graphs.checks.reading.named import cost, plain_name, row_place, thing_words
from graphs.checks.reading.rows import Same
from graphs.checks.reading.said import said_figures
from graphs.checks.reading.told import Told, told_cells
from graphs.checks.report import Subject
from kb.bilingual import Bilingual, both
from kb.models import BlockKind, Figure, Span

_FEWEST, _LONG_NAME, _YEAR_END = 2, 4, (12, 31)
_LEVEL = "cấp-"
_LEAD_RE = re.compile(r"^[^,]{0,90}\b(?:19|20)\d\d[^,]{0,30},\s*", re.IGNORECASE)
#: The nouns with which the name of something measured begins.
_HEAD_RE = re.compile(
    r"\b(?:tỷ lệ|tỉ lệ|tỷ trọng|tỷ suất|chỉ số|số lượng|số|tổng|sản lượng|diện tích|năng suất|giá trị|thu nhập"
    r"|mức độ|mức|kinh phí|thu ngân sách|tốc độ|doanh thu|kim ngạch|quy mô|lượng|điểm)\b",
    re.IGNORECASE,
)
#: Where the name ends: a time, a manner, a verb.
_TAIL_RE = re.compile(
    r"\s*(?:\(|[⁰¹²³⁴-⁹]|\b(?:từ\s+(?:năm|tháng|ngày|đầu)|giai đoạn|trong|qua|năm\s+(?:19|20)|luôn|đều|đã"
    r"|được\s+(?:nâng|cải)|có\s+(?:sự|chuyển|xu)|ngày càng|không ngừng|tiếp tục|liên tục|hằng năm|hàng năm"
    r"|đạt|duy trì|bình quân|ở mức|tăng|giảm)\b).*",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Point:
    """What a course has in a year: the value, as printed, where; `whole` where all of the year is counted."""

    year: int
    value: Decimal
    printed: str
    span: Span
    whole: bool


@dataclass(frozen=True, slots=True)
class Course:
    """A thing with its values by year, the earliest first; its name and the words over it compare (`cost`).

    `lead` are the words of the paragraph before the table of which it is a column.
    """

    words: frozenset[str]
    over: frozenset[str]
    rate: bool
    points: tuple[Point, ...]
    place: Bilingual
    label: str
    appendix: str = ""
    total: bool = False
    lead: frozenset[str] = frozenset()

    @property
    def levels(self) -> frozenset[str]:
        """The levels of government that its name tells."""
        return frozenset(word for word in self.words if word.startswith(_LEVEL))

    def within(self, years: range | None) -> tuple[Point, ...]:
        """The points of some years; a part of a year only where those years are meant to end in it."""
        last = years[-1] if years else None
        return tuple(
            one for one in self.points if (years is None or one.year in years) and (one.whole or one.year == last)
        )


def courses(subject: Subject) -> tuple[Course, ...]:
    """The courses of the tables of a document; read once for all rules."""
    return _courses_of(Same(subject))


@lru_cache(maxsize=2)
def _courses_of(read: Same[Subject]) -> tuple[Course, ...]:
    rows: dict[tuple[int, bool, int], list[Told]] = {}
    for cell in told_cells(read.it):
        if len(cell.columns) == 1:
            at = cell.line.at if cell.by_row else cell.column
            rows.setdefault((id(cell.grid), cell.by_row, at), []).append(cell)
    return tuple(
        course for cells in rows.values() if (course := _course(cells, _lead(read.it, cells[0]) if cells else ""))
    )


def _lead(subject: Subject, cell: Told) -> str:
    """The paragraph before the table of a column."""
    if cell.by_row:
        return ""
    at = cell.grid.table.span.start
    before = (one for one in subject.document.blocks if one.kind is BlockKind.TEXT and one.span.end <= at)
    nearest = max(before, key=lambda one: one.span.end, default=None)
    return subject.document.block_text(nearest) if nearest else ""


def _course(cells: Sequence[Told], lead: str) -> Course | None:
    """The cells of a row as a course; None where a year is told twice or hardly any is."""
    points = [point for cell in cells if (point := _point(cell))]
    years = [point.year for point in points]
    if len(years) < _FEWEST or len(set(years)) != len(years):
        return None
    first = cells[0]
    label = first.line.label if first.by_row else first.head
    place = (
        row_place(first.grid, first.line) if first.by_row else both("cột “{head}”", "column “{head}”", head=label)
    )
    points.sort(key=lambda one: one.year)
    appendix = " ".join((first.grid.table.appendix or "").lower().split())
    total = first.by_row and first.line.total
    return Course(
        first.words, first.over, first.rate, tuple(points), place, label, appendix, total, thing_words(lead)
    )


def _point(cell: Told) -> Point | None:
    low, high = cell.period
    low = low or date(high.year, 1, 1)
    if low.year != high.year or low.month > 1:
        return None
    return Point(high.year, cell.value, cell.printed, cell.spans[0], (high.month, high.day) == _YEAR_END)


def told_course(by_year: Mapping[int, Figure], label: str, *, rate: bool) -> Course:
    """The figures that the text tells year by year, as a course of the name that they stand behind."""
    points = [
        Point(year, Decimal(figure.value), figure.printed, figure.span, True)
        for year, figure in sorted(by_year.items())
    ]
    return Course(frozenset(), frozenset(), rate, tuple(points), both("lời văn", "the text"), label)


def with_spoken(subject: Subject, course: Course) -> Course:
    """A course of shares with what the text tells, by its very name, for years that the table lacks."""
    name = plain_name(course.label)
    if not course.rate or len(name.split()) < _LONG_NAME:
        return course
    known = {point.year for point in course.points}
    spoken: dict[int, list[Point]] = {}
    for said in said_figures(subject):
        high, figure = said.period[1], said.figure
        if figure.unit != "%" or said.planned or said.follows_ratio or high.year in known:
            continue
        if name in plain_name(said.label):
            whole = (high.month, high.day) == _YEAR_END
            point = Point(high.year, Decimal(figure.value), figure.printed, figure.span, whole)
            spoken.setdefault(high.year, []).append(point)
    added = [points[0] for points in spoken.values() if len({one.value for one in points}) == 1]
    return replace(course, points=tuple(sorted([*course.points, *added], key=lambda one: one.year)))


def name_before(text: str) -> str:
    """The name of what a clause is about, from the words before what it says of it.

    >>> name_before("Giai đoạn 2021-2024, tỷ lệ giải quyết hồ sơ đúng hạn từ năm 2021")
    'tỷ lệ giải quyết hồ sơ đúng hạn'
    >>> name_before("nhờ đó số vụ tai nạn giao thông của huyện")
    'số vụ tai nạn giao thông của huyện'
    """
    clause = re.split(r"[;:]\s|,\s(?=[^,]*\b(?:tỷ lệ|tỉ lệ|số|mức|tổng|giá trị)\b)", text)[-1]
    clause = _LEAD_RE.sub("", clause)
    head = _HEAD_RE.search(clause)
    named = clause[head.start() :] if head else clause
    return _TAIL_RE.sub("", named).strip(" ,;:-+–*")


def named_courses(
    name: frozenset[str], around: frozenset[str], among: Sequence[Course], *, rate: bool | None = None
) -> tuple[Course, ...]:
    """The courses of a name: the nearest one, one a level where the name tells none; none where unsure."""
    ranked = [
        ((len(name - course.words), supplied), course)
        for course in among
        if rate is None or course.rate == rate
        if (supplied := cost(name, course.words, around, course.over)) is not None
    ]
    # A row that says all of the name itself is nearer than one whose place says it.
    least = min((rank for rank, _ in ranked), default=(0, 0))
    nearest = [course for rank, course in ranked if rank == least]
    bare = {course.words - course.levels for course in nearest}
    levels = [course.levels for course in nearest]
    if len(nearest) > 1 and (len(bare) > 1 or len(set(levels)) != len(levels)):
        return ()
    return tuple(nearest)


def led_courses(name: frozenset[str], among: Sequence[Course]) -> tuple[Course, ...]:
    """The one column whose head has words of a name and none else, under a paragraph that has all of them."""
    found = [one for one in among if one.words and one.words <= name <= one.lead]
    return tuple(found) if len(found) == 1 else ()


_REFERRED_RE = re.compile(r"\b(?:phụ lục|biểu|bảng)\s+(?:số\s+)?(?:\d{1,2}|[IVX]{1,4})\b", re.IGNORECASE)


def referred_totals(sentence: str, among: Sequence[Course]) -> tuple[Course, ...]:
    """The one total row of the table that a sentence sends its reader to; none for none or several."""
    places = {" ".join(found.lower().split()) for found in _REFERRED_RE.findall(sentence)}
    found = [course for course in among if course.total and course.appendix in places]
    return tuple(found) if len(found) == 1 else ()


def years_shown(points: Sequence[Point]) -> str:
    """Points as a person reads them: ``2022: 94,2%; 2023: 93%``."""
    return "; ".join(f"{one.year}: {one.printed}" for one in points)


def pairs_of(points: Sequence[Point]) -> Iterator[tuple[Point, Point]]:
    """Each point with the one of the year before."""
    for before, after in pairwise(points):
        if after.year == before.year + 1:
            yield before, after
