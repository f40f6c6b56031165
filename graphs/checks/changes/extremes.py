"""FIG of the year that is said to be the highest or the lowest of a thing: no other year of it is beyond."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graphs.checks.changes.trends import blocks_that_say, meant_courses
from graphs.checks.reading.course import Course, Point, courses, named_courses, told_course, years_shown
from graphs.checks.reading.named import surroundings, thing_words
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.reading.yearly import Series, series_between, series_in_turn, yearly_series
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import Figure, Finding
from kb.text.sentences import split_sentences

_MOST, _LEAST = r"(?:(?:cao|lớn|nhiều|đông)\s+nhất|đạt đỉnh)", r"(?:(?:thấp|ít|nhỏ)\s+nhất|chạm đáy)"
_YEAR = r"(?:là\s+)?(?:vào\s+|ở\s+|trong\s+)?năm\s+(?P<{}>(?:19|20)\d\d)(?!\s*[-–]\s*(?:19|20)\d\d)"
_EXTREME_RE = re.compile(
    rf"\b(?:(?P<word>{_MOST}|{_LEAST})\s+{_YEAR.format('year')}"
    rf"|{_YEAR.format('before')}\s+(?:(?:cũng\s+)?là\s+năm\s+|đạt\s+|có\s+mức\s+|ở\s+mức\s+|xảy ra\s+|thu\s+"
    rf"|chi\s+)*(?P<word_before>{_MOST}|{_LEAST})"
    # "năm 2024 là năm có số thu cao nhất"
    rf"|{_YEAR.format('named')}\s+(?:cũng\s+)?là\s+năm\s+có\s+(?P<inner>(?:(?!năm\b)[^\W\d_]+\s+){{1,8}}?)"
    rf"(?P<word_named>{_MOST}|{_LEAST})"
    # "năm 2024 đạt 6.110 tỷ đồng, là năm có số thu cao nhất"
    rf"|{_YEAR.format('told')}\s+(?:(?!\bnăm\s)[^;:()]){{2,50}}?,\s+(?:là|đây là)\s+năm\s+(?:có\s+)?"
    rf"(?:(?!năm\b)[^\W\d_]+\s+){{0,5}}?(?P<word_told>{_MOST}|{_LEAST})"
    r")(?!\s+(?:cả nước|so với|khu vực|vùng|toàn quốc|trong các (?:huyện|tỉnh|xã)))",
    re.IGNORECASE,
)
_PLANNED_RE = re.compile(r"\b(?:phấn đấu|sẽ|mục tiêu|dự kiến|kế hoạch)\b", re.IGNORECASE)
_MOST_RE = re.compile(_MOST, re.IGNORECASE)
_ITEM_RE = re.compile(r"\W*(?:[a-zđ]\)\s*)?[Nn]ăm\s+(?P<year>(?:19|20)\d\d)\b\s*(?:[:,]|đạt|là|có|ước)?")
_FEWEST, _NEAR, _AHEAD, _BESIDE = 3, 40, 60, 30


def check_extremes(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``cao nhất là năm 2019`` is no year that another one exceeds."""
    if subject.is_rule():
        return
    lists: dict[int, Course] = {}
    for where in blocks_that_say(subject, _EXTREME_RE, ("nhất",)):
        series = list(yearly_series(where))
        lists = lists or _year_lists(subject)
        for sentence in split_sentences(where.text):
            for found in _EXTREME_RE.finditer(where.text, *sentence):
                if _PLANNED_RE.search(where.text, sentence[0], found.start()):
                    continue
                _, meant, _ = meant_courses(subject, where, sentence, found, series, courses(subject))
                meant = (
                    meant
                    or _named_inside(subject, where, found)
                    or _told_with(where, found, series)
                    or _told_before(where, sentence[0], series)
                    or _told_in_turn(where, sentence[0], found.start())
                    or _told_in_list(where, lists)
                )
                for course in meant if len(meant) == 1 else ():
                    yield from _held_against(subject, where, found, course, tally)


def _told_with(where: Stated, found: re.Match[str], series: Sequence[Series]) -> tuple[Course, ...]:
    """The only series, where the words tell its own number of the year that they say to be the most."""
    own = series[0].by_year.get(int(found["told"])) if found["told"] and len(series) == 1 else None
    inside = own is not None and found.start() <= where.start(own) < found.end()
    return (told_course(series[0].by_year, "", rate=series[0].unit == "%"),) if inside else ()


def _told_before(where: Stated, low: int, series: Sequence[Series]) -> tuple[Course, ...]:
    """The only series of a paragraph, where the sentence before tells it."""
    if len(series) != 1:
        return ()
    ends = [where.end(one) for one in series[0].by_year.values()]
    between = where.text[max(ends) : low]
    near = max(ends) <= low and len(between) <= _NEAR
    return (told_course(series[0].by_year, "", rate=series[0].unit == "%"),) if near else ()


def _named_inside(subject: Subject, where: Stated, found: re.Match[str]) -> tuple[Course, ...]:
    """The course that is named between the year and what it is: ``năm 2024 là năm có số thu cao nhất``."""
    around = surroundings(subject.document).words(where.block, where.text[: found.start()])
    name = thing_words(found["inner"] or "")
    alike = [one for one in courses(subject) if one.words and one.words <= name]
    return named_courses(name, around, courses(subject)) or tuple(alike if len(alike) == 1 else ()) if name else ()


def _told_in_turn(where: Stated, low: int, at: int) -> tuple[Course, ...]:
    """The series that stands before in the sentence, or in turn in the sentence or the one before."""
    told = list(series_between(where, low, at))
    if not told:
        ends = ((one, max(map(where.end, one.by_year.values()))) for one in series_in_turn(where))
        told = [one for one, end in ends if end <= at and at - end <= _AHEAD]
    return (told_course(told[0].by_year, "", rate=told[0].unit == "%"),) if len(told) == 1 else ()


def _year_lists(subject: Subject) -> dict[int, Course]:
    """The lists of years with one number each, by where the block right behind them begins."""
    found: dict[int, Course] = {}
    run: dict[int, Figure] = {}
    figures = {where.block.view.start: where for where in stated(subject)}
    for block in subject.document.blocks:
        where = figures.get(block.view.start)
        label = _ITEM_RE.match(where.text) if where else None
        if where and label and where.start(where.figures[0]) - label.end() <= _BESIDE:
            run[int(label["year"])] = where.figures[0]
            continue
        units = {(one.unit or "").lower() for one in run.values()}
        if len(run) >= _FEWEST and len(units) == 1 and not any(one.of or one.bound for one in run.values()):
            found[block.view.start] = told_course(run, "", rate=units == {"%"})
        run = {}
    return found


def _told_in_list(where: Stated, lists: dict[int, Course]) -> tuple[Course, ...]:
    course = lists.get(where.block.view.start)
    return (course,) if course else ()


def _word(found: re.Match[str]) -> str:
    """Whether the most or the least is said."""
    return found["word"] or found["word_before"] or found["word_told"] or found["word_named"]


def _held_against(
    subject: Subject, where: Stated, found: re.Match[str], course: Course, tally: Tally
) -> Iterator[Finding]:
    year, word = int(found["year"] or found["before"] or found["told"] or found["named"]), _word(found)
    points = [one for one in course.points if one.whole]
    own = next((one for one in points if one.year == year), None)
    if own is None or len(points) < _FEWEST:
        return
    most = bool(_MOST_RE.fullmatch(word))
    beyond: list[Point] = [one for one in points if (one.value > own.value if most else one.value < own.value)]
    if not beyond:
        tally.held += 1
        return
    tally.failed += 1
    at = where.block.view.start
    yield EXTREME.finding(
        (subject.document.reading.hull(at + found.start(), at + found.end()),),
        f"lời văn nói “{found.group()}” ({own.printed}), nhưng {course.place}: {years_shown(beyond)}",
        f"the text says “{found.group()}” ({own.printed}), but {course.place.en}: {years_shown(beyond)}",
        stated=str(year),
        expected=str((max if most else min)(beyond, key=lambda one: one.value).year),
        evidence=(own.span, *(one.span for one in beyond)),
        suggestion=both("kiểm tra lại năm hoặc số của từng năm", "check the year or the numbers of the years"),
        page=where.block.page,
    )


EXTREME = rule("FIG-264", check_extremes)
EXTREME_RULES = (EXTREME,)
