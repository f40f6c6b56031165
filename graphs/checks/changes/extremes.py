"""FIG of the year that is said to be the highest or the lowest of a thing: no other year of it is beyond.

The years are told in a table or in the text; or a change tells which of two has more: ``nhiều nhất là năm 2022;
năm 2024 tăng 1.138 lượt so với năm 2022``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graphs.checks.changes.trends import blocks_that_say, meant_courses
from graphs.checks.reading.course import Course, Point, courses, named_courses, told_course, years_shown
from graphs.checks.reading.named import surroundings, thing_words
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.reading.telling import carrying_in
from graphs.checks.reading.unit_words import IN_HUNDRED, whole_unit
from graphs.checks.reading.yearly import Series, series_between, series_in_turn, yearly_series
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import Figure, Finding
from kb.text.sentences import split_sentences

_MOST, _LEAST = r"(?:(?:cao|lớn|nhiều|đông)\s+nhất|đạt đỉnh)", r"(?:(?:thấp|ít|nhỏ)\s+nhất|chạm đáy)"
_YEAR = (
    r"(?:là\s+)?(?:(?:rơi\s+)?vào\s+|ở\s+|trong\s+|thuộc về\s+)?"
    r"năm\s+(?P<{}>(?:19|20)\d\d)(?!\s*[-–]\s*(?:19|20)\d\d)"
)
#: Among which years.
_AMONG = r"(?:trong\s+(?:cả\s+)?(?:giai đoạn|thời kỳ|kỳ|(?:hai|ba|bốn|năm)\s+năm)\s+)?"
_EXTREME_RE = re.compile(
    rf"\b(?:(?P<word>{_MOST}|{_LEAST})\s+{_AMONG}{_YEAR.format('year')}"
    rf"|{_YEAR.format('before')}\s+(?:(?:cũng\s+)?là\s+năm\s+|đạt\s+(?:mức\s+)?|có\s+mức\s+|ở\s+mức\s+|xảy ra\s+"
    rf"|thu\s+|chi\s+)*(?P<word_before>{_MOST}|{_LEAST})"
    # "năm 2024 là năm có số thu cao nhất"
    rf"|{_YEAR.format('named')}\s+(?:cũng\s+)?là\s+năm\s+(?:có\s+)?(?P<inner>(?:(?!năm\b)[^\W\d_]+\s+){{1,8}}?)"
    rf"(?P<word_named>{_MOST}|{_LEAST})"
    # "năm 2024 đạt 6.110 tỷ đồng, là năm có số thu cao nhất"
    rf"|{_YEAR.format('told')}\s+(?:(?!\bnăm\s)[^;:()]){{2,50}}?,\s+(?:là|đây là)\s+năm\s+(?:có\s+)?"
    rf"(?:(?!năm\b)[^\W\d_]+\s+){{0,5}}?(?P<word_told>{_MOST}|{_LEAST})"
    r")(?!\s+(?:cả nước|so với|khu vực|vùng|toàn quốc|trong các (?:huyện|tỉnh|xã)))",
    re.IGNORECASE,
)
#: Which of two years has more.
_Y, _GAP = r"năm\s+(?P<{}>(?:19|20)\d\d)\b", r"(?:(?!\bnăm\s+(?:19|20))[^.;:]|\.(?=\d)){0,70}?"
_CHANGED_RES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_Y.format('later')}(?P<thing>{_GAP})\b(?P<way>tăng|giảm)\b{_GAP}"
        rf"\bso với\s+(?:cùng kỳ\s+)?{_Y.format('earlier')}",
        rf"\bso với\s+{_Y.format('earlier')}\s*,\s*{_Y.format('later')}"
        rf"(?P<thing>{_GAP})\b(?P<way>tăng|giảm)\b",
    )
)
_CUT_RE = re.compile(r"[,;:.(]\s")
_AND_RE = re.compile(r"\b(?:trong khi|còn|và|nhưng|đồng thời|số)\b", re.IGNORECASE)
_NUMBER_RE, _UNIT_RE = re.compile(r"\d[\d.,]*\s+[^\W\d_]+"), re.compile(r"\d[\d.,]*\s+(?P<unit>[^\W\d_]+)")
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
                if not meant:
                    yield from _against_changes(subject, where, sentence, found, tally)


def _against_changes(
    subject: Subject, where: Stated, sentence: tuple[int, int], found: re.Match[str], tally: Tally
) -> Iterator[Finding]:
    """A year is not the most of which the sentence, or the next one, says that another year has more."""
    year, most = _year(found), bool(_MOST_RE.fullmatch(_word(found)))
    high = where.sentence_end(min(sentence[1] + 1, len(where.text)))
    words = carrying_in(where.text[sentence[0] : found.end()])
    for change in (one for pattern in _CHANGED_RES for one in pattern.finditer(where.text, sentence[0], high)):
        later, earlier = int(change["later"]), int(change["earlier"])
        lead = _CUT_RE.split(where.text[sentence[0] : change.start()])[-1]
        own = carrying_in(
            _NUMBER_RE.sub(
                " ", f"{'' if found.end() > change.start() else _AND_RE.sub(' ', lead)} {change['thing']}"
            )
        )
        less = later if (change["way"].lower() == "giảm") == most else earlier
        unit = _UNIT_RE.search(where.text, change.start("way"))
        measured = unit and (whole_unit(unit["unit"]) or IN_HUNDRED).kind != IN_HUNDRED.kind
        known = own <= words and (own or measured or (unit and unit["unit"].lower() in words))
        if year not in (later, earlier) or not known:
            continue
        if year != less and later != earlier:
            tally.held += 1
            continue
        tally.failed += 1
        at = where.block.view.start
        place, proof = (subject.document.reading.hull(at + one.start(), at + one.end()) for one in (found, change))
        said = " ".join(change.group().split())
        other = earlier if less == later else later
        yield EXTREME.finding(
            (place,),
            f"lời văn nói “{found.group()}”, nhưng cũng nói “{said}”",
            f"the text says “{found.group()}”, but “{said}” too",
            stated=str(year),
            expected=str(other) if other != year else None,
            evidence=(proof,),
            suggestion=both("kiểm tra lại năm hoặc mức tăng, giảm", "check the year or the change"),
            page=where.block.page,
        )
        return


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


def _year(found: re.Match[str]) -> int:
    """The year that is said to be so."""
    return int(found["year"] or found["before"] or found["told"] or found["named"])


def _held_against(
    subject: Subject, where: Stated, found: re.Match[str], course: Course, tally: Tally
) -> Iterator[Finding]:
    year, word = _year(found), _word(found)
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
