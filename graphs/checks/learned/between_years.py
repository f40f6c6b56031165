"""FIG of a change that a text tells between two years, whose values a table has for both: it went the other way.

``Chỉ số SIPAS năm 2024 giảm 1,38 điểm so với năm 2023`` where its column has 82,88 and 84,26. Only the way is
told: the two values lie just so far apart, in a row or a column of the words of the paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from graphs.checks.reading.arithmetic import digits_of, rounds_to
from graphs.checks.reading.course import Course, Point, courses
from graphs.checks.reading.named import GENERAL, thing_words
from graphs.checks.reading.prose import Stated, stated, value_as_printed
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.models import Figure, Finding
from kb.text.sentences import split_sentences

_UP = "tăng|nhích lên|vươn lên|đi lên|cao hơn|nhiều hơn|lớn hơn|thêm"
_DOWN = "giảm|sụt|tụt|hụt|bớt|lùi|đi xuống|thấp hơn|ít hơn|nhỏ hơn|kém"
_WAY_RE = re.compile(
    rf"\b(?P<way>(?P<up>{_UP})|{_DOWN})(?:\s+(?:giảm|nhẹ|mạnh|nhanh|sâu|thêm|được|đến|tới|khoảng|hẳn))*\s*$",
    re.IGNORECASE,
)
_SINCE = r"(?:so với|so cùng|hơn|kém)\s+(?:[^\W\d_]+\s+){0,3}?"
_PAST = r"năm (?:liền )?trước|năm ngoái|cùng kỳ|năm liền kề"
_BASE_RE = re.compile(
    rf"\s*[^.;,()\d]{{0,25}}?\b{_SINCE}(?:năm\s+(?P<year>(?:19|20)\d\d)\b|(?P<past>{_PAST}))", re.I
)
_BASE_BEFORE_RE = re.compile(
    rf"\b[Ss]o với\s+(?:[^\W\d_]+\s+){{0,2}}?(?:năm\s+(?P<year>(?:19|20)\d\d)\b|(?P<past>{_PAST}))"
)
_YEAR_RE = re.compile(r"\bnăm\s+(?P<year>(?:19|20)\d\d)\b(?!\s*[-–]\s*(?:19|20)\d\d)", re.IGNORECASE)
_PLANNED_RE = re.compile(
    r"\b(?:phấn đấu|dự kiến|sẽ|mục tiêu|kế hoạch|chỉ tiêu|dự toán|bình quân|nếu)\b", re.IGNORECASE
)
_RANK_RE = re.compile(r"xếp (?:hạng|thứ)|thứ (?:hạng|bậc)|vị trí", re.IGNORECASE)
_PLACES = ("bậc", "hạng", "vị trí", "thứ bậc")
_BEFORE, _SURE, _SHARED = 40, 3, 0.5
_HUNDRED = Decimal(100)


def check_between_years(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """No course of the words of a paragraph went the other way by just as much as is told."""
    among = courses(subject) if not subject.is_rule() else ()
    for where in stated(subject) if among else ():
        if " năm " not in where.text and "Năm " not in where.text:
            continue
        sentences = split_sentences(where.text)
        for figure in where.figures:
            start = where.start(figure)
            way = _WAY_RE.search(where.text, max(0, start - _BEFORE), start)
            if way is None or figure.of or figure.bound or not Decimal(figure.value):
                continue
            low, high = next((one for one in sentences if one[0] <= start < one[1]), (0, len(where.text)))
            years = _years(where, figure, way.start(), low, high)
            if years is not None and not _PLANNED_RE.search(where.text, low, start):
                yield from _held(where, figure, way, years, among, tally, by)


def _years(where: Stated, figure: Figure, at: int, low: int, high: int) -> tuple[int, int] | None:
    """The year of a change and the one that it is told since."""
    text = where.text
    behind = _BASE_RE.match(text, where.end(figure), high)
    ahead = list(_BASE_BEFORE_RE.finditer(text, low, at))
    since = behind or (ahead[-1] if ahead else None)
    past = [one.span("year") for one in ahead]
    own = [int(one["year"]) for one in _YEAR_RE.finditer(text, low, at) if one.span("year") not in past]
    if not own:
        return None
    if since is None or since["past"]:
        return own[-1], own[-1] - 1
    return own[-1], int(since["year"])


def _held(
    where: Stated,
    figure: Figure,
    way: re.Match[str],
    years: tuple[int, int],
    among: Sequence[Course],
    tally: Tally,
    by: Rule,
) -> Iterator[Finding]:
    said = thing_words(where.text)
    places, up = (figure.unit or "").lower() in _PLACES, bool(way["up"])
    against: list[tuple[Course, Point, Point]] = []
    for course in among:
        told = {one.year: one for one in course.points}
        now, was = told.get(years[0]), told.get(years[1])
        ranks = bool(_RANK_RE.search(course.label))
        if now is None or was is None or now.value == was.value or places != ranks:
            continue
        if not _is_between(was.value, now.value, figure, course):
            continue
        if ((now.value > was.value) != ranks) == up:
            tally.held += 1
            return
        name = course.words - GENERAL
        if name and len(name & said) >= _SHARED * len(name):
            against.append((course, was, now))
    if len(against) != 1 or len(digits_of(Decimal(figure.value))) < _SURE:
        return
    tally.failed += 1
    course, was, now = against[0]
    said_, right = f"{way['way'].lower()} {figure.printed}", "giảm, thấp hơn" if up else "tăng, cao hơn"
    shown = f"{was.printed} ({was.year}) → {now.printed} ({now.year})"
    yield by.finding(
        (figure.span,),
        f"ghi “{said_}”, nhưng {course.place}: {shown}: là {right}",
        f"“{said_}” is stated, but {course.place.en}: {shown}: it went the other way",
        stated=said_,
        expected=right,
        evidence=(was.span, now.span),
        suggestion=both("đối chiếu chiều tăng, giảm", "compare which way it went"),
        page=where.block.page,
    )


def _is_between(was: Decimal, now: Decimal, figure: Figure, course: Course) -> bool:
    """Whether two values lie just so far apart as is told, or in per cent of the earlier one."""
    told, apart = Decimal(figure.value), abs(now - was)
    if apart == told:
        return True
    relative = figure.unit == "%" and not course.rate and was
    return bool(relative) and rounds_to(apart / abs(was) * _HUNDRED, value_as_printed(figure))
