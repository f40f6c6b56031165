"""FIG of what is said of the years of a thing: that it rises, falls or gets better from year to year.

The words are rows of a table, each with a way; the years are those of the table row of that name (one row a level
where the text names no level) or those told in the same breath. One finding lists all that goes the other way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from graphs.checks.changes.always import meant_years
from graphs.checks.changes.years_far import course_far
from graphs.checks.reading.course import (
    Course,
    Point,
    courses,
    led_courses,
    name_before,
    named_courses,
    pairs_of,
    referred_totals,
    told_course,
    with_spoken,
    years_shown,
)
from graphs.checks.reading.named import surroundings, thing_words
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.reading.yearly import Series, yearly_series
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import BlockKind, Figure, Finding
from kb.text.sentences import split_sentences


class Way(StrEnum):
    """Which way a thing is said to go."""

    UP = "up"
    DOWN = "down"
    BETTER = "better"


_EACH = (
    r"(?:qua|theo)\s+(?:các|từng|mỗi|hằng|hàng)\s+năm|(?:từng|mỗi|hằng|hàng)\s+năm"
    r"|năm\s+sau\s+so\s+với\s+năm\s+trước"
)


@dataclass(frozen=True, slots=True)
class TrendRow:
    """Words that say which way a thing goes from year to year; `strict` where it may not stand still.

    `example` says so, `not_` does not.
    """

    way: Way
    pattern: str
    example: str
    not_: str
    strict: bool = False


TRENDS: tuple[TrendRow, ...] = (
    TrendRow(
        Way.UP,
        r"năm\s+sau\s+(?:luôn\s+|đều\s+)?cao\s+hơn\s+năm\s+trước",
        "năm sau cao hơn năm trước",
        "năm trước",
        True,
    ),
    TrendRow(
        Way.DOWN,
        r"năm\s+sau\s+(?:luôn\s+|đều\s+)?(?:thấp|ít)\s+hơn\s+năm\s+trước",
        "năm sau thấp hơn năm trước",
        "thấp hơn năm trước",
        True,
    ),
    TrendRow(
        Way.UP,
        rf"(?:đều\s+|liên\s+tục\s+|ngày\s+càng\s+|không\s+ngừng\s+)?tăng(?:\s+(?:lên|dần|đều|nhanh|mạnh|cao|trưởng))*"
        rf"(?:\s+(?:liên\s+tục|ổn\s+định|rõ\s+rệt|đáng\s+kể))*\s+(?:{_EACH})(?!\s+(?:\d|khoảng|bình|thêm|từ))",
        "tăng đều qua các năm",
        "mỗi năm tăng 5%",
    ),
    TrendRow(
        Way.DOWN,
        rf"(?:đều\s+|liên\s+tục\s+|ngày\s+càng\s+|không\s+ngừng\s+)?giảm(?:\s+(?:xuống|dần|đều|nhanh|mạnh|sâu))*"
        rf"(?:\s+(?:liên\s+tục|ổn\s+định|rõ\s+rệt|đáng\s+kể))*\s+(?:{_EACH})(?!\s+(?:\d|khoảng|bình|thêm|từ))",
        "giảm dần qua từng năm",
        "giảm bình quân mỗi năm 1%",
    ),
    TrendRow(
        Way.UP, r"liên\s+tục\s+tăng|tăng\s+(?:trưởng\s+)?liên\s+tục|tăng\s+dần", "liên tục tăng", "tiếp tục tăng"
    ),
    TrendRow(Way.DOWN, r"liên\s+tục\s+giảm|giảm\s+liên\s+tục|giảm\s+dần", "giảm dần", "giảm nghèo"),
    TrendRow(
        Way.UP,
        r"(?:đảm\s+bảo|bảo\s+đảm|duy\s+trì|giữ)\s+(?:được\s+)?(?:mức\s+(?:độ\s+)?|tốc\s+độ\s+|đà\s+)?tăng\s+trưởng"
        r"\s+(?:trong\s+)?(?:giai\s+đoạn|(?:qua\s+)?(?:các|từng|hằng|hàng)\s+năm)",
        "đảm bảo mức độ tăng trưởng giai đoạn",
        "đảm bảo tăng trưởng kinh tế",
    ),
    TrendRow(
        Way.BETTER,
        r"(?:chuyển\s+biến\s+(?:tích\s+cực|rõ\s+(?:rệt|nét))|cải\s+thiện|tiến\s+bộ|nâng\s+(?:lên|cao))(?:\s+(?:đáng\s+kể"
        rf"|rõ\s+(?:rệt|nét)))*\s+(?:{_EACH})|năm\s+sau\s+(?:luôn\s+)?tốt\s+hơn\s+năm\s+trước",
        "có sự chuyển biến tích cực qua từng năm",
        "chuyển biến tích cực về nhận thức",
    ),
)
_TREND_RES = tuple((row, re.compile(rf"\b(?:{row.pattern})", re.IGNORECASE)) for row in TRENDS)
_ANY_RE = re.compile("|".join(f"(?:{row.pattern})" for row in TRENDS), re.IGNORECASE)
#: A string that stands wherever one of these patterns may.
_HINTS = ("ng năm", "các năm", "mỗi năm", "năm sau", "liên tục", "dần", "tăng trưởng")
#: Of these things less is better.
LESS_IS_BETTER_RE = re.compile(
    r"nghèo|thất nghiệp|tai nạn|quá hạn|trễ hạn|chậm|tồn đọng|vi phạm|nợ|khiếu nại|tử vong|suy dinh dưỡng|thất thu"
    r"|ma t[úu]y|tội phạm|bỏ học|thiệt hại|lạm phát|thất thoát|phạm pháp|hủy|dịch bệnh|ngộ độc|cháy"
    r"|thương vong|bị thương|sinh con thứ|tảo hôn|mù chữ|hao hụt|tổn thất|ô nhiễm|rác thải nhựa|trái pháp luật",
    re.IGNORECASE,
)
_PLANNED_RE = re.compile(
    r"\b(?:phấn đấu|sẽ|mục tiêu|dự kiến|yêu cầu|cần|phải|hướng tới|nhằm|để|định hướng|giải pháp|tập trung"
    r"|(?<!được )đẩy mạnh|tiếp tục (?:rà soát|thực hiện|duy trì)|bảo đảm|đảm bảo|theo hướng|chưa|không (?!ngừng)"
    r"|lộ trình)\b",
    re.IGNORECASE,
)
_FEWEST, _MOST_BETWEEN, _OWN_PERIOD, _AHEAD, _RIGHT_BEHIND = 3, 60, 15, 220, 22
_YEAR_AFTER_YEAR_RE = re.compile(r"năm\s+sau\b", re.IGNORECASE)


def check_trends(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``Tỷ lệ hồ sơ đúng hạn tăng qua các năm`` is true of the row of that rate, year by year."""
    if subject.is_rule():
        return
    for where in blocks_that_say(subject, _TWO_YEARS_RE, _TWO_YEARS_HINTS):
        yield from _two_years(subject, where, tally)
    for where in blocks_that_say(subject, _ANY_RE, _HINTS):
        series = list(yearly_series(where))
        for low, high in split_sentences(where.text):
            for row, found in _claims(where.text, low, high):
                yield from _claimed(subject, where, (low, high), row, found, series, tally)


#: "năm 2020 … vẫn cao hơn năm 2019", where no value of the earlier year stands behind.
_TWO_YEARS_RE = re.compile(
    r"\b[Nn]ăm\s+(?P<year>(?:19|20)\d\d)\b(?![^.;:]*\bnăm\s+(?:19|20)\d\d[^.;:]*\bhơn\b)[^.;:]{0,80}?"
    r"\b(?P<way>cao|nhiều|lớn|thấp|ít|nhỏ)\s+hơn\s+(?:so\s+với\s+)?năm\s+(?P<before>(?:19|20)\d\d)\b(?!\s*[(\d]|\s+là\b)"
)
_TWO_YEARS_HINTS = ("hơn năm", "hơn so với năm")
_MORE = ("cao", "nhiều", "lớn")


def _two_years(subject: Subject, where: Stated, tally: Tally) -> Iterator[Finding]:
    """A year said to be above or below another one, whose values stand right before."""
    found = _TWO_YEARS_RE.search(where.text)
    if found is None or _PLANNED_RE.search(where.text, found.start(), found.end()):
        return
    before, year = int(found["before"]), int(found["year"])
    pair = {one: figure for one in (before, year) if (figure := _of_year(where, one, found.start()))}
    units = {figure.unit for figure in pair.values()} - {None}
    if len(pair) == 2 and len(units) <= 1 and year > before:
        row = TrendRow(Way.UP if found["way"] in _MORE else Way.DOWN, "", "", "", strict=True)
        course = told_course(pair, "", rate=units == {"%"})
        yield from _held_against(subject, where, found, row, "", [course], None, tally, fewest=2)


def _of_year(where: Stated, year: int, high: int) -> Figure | None:
    """The figure that stands right behind a year in the words before a place; None for none or several."""
    low = max(high - _AHEAD, 0)
    ends = [found.end() for found in re.finditer(rf"\bnăm\s+{year}\b", where.text[:high], re.IGNORECASE)]
    told = [
        figure
        for end in ends
        if end > low
        for figure in where.figures
        if 0 <= where.start(figure) - end <= _RIGHT_BEHIND
        and not re.search(r"[,;.]", where.text[end : where.start(figure)])
    ]
    return told[0] if len(told) == 1 and not told[0].of and not told[0].bound else None


def blocks_that_say(subject: Subject, words: re.Pattern[str], hints: tuple[str, ...]) -> Iterator[Stated]:
    """The blocks of running text in which some words stand, with their figures, if any.

    `hints` are plain strings, one of which stands wherever the words do: most blocks need no closer look.
    """
    if not any(hint in subject.document.reading.text for hint in hints):
        return
    by_start: dict[int, Stated] = {}
    for block in subject.document.blocks:
        text = subject.document.block_text(block) if block.kind in (BlockKind.TEXT, BlockKind.NOTE) else ""
        if any(hint in text for hint in hints) and words.search(text):
            by_start = by_start or {where.block.view.start: where for where in stated(subject)}
            yield by_start.get(block.view.start) or Stated(block, text, ())


def _claims(text: str, low: int, high: int) -> Iterator[tuple[TrendRow, re.Match[str]]]:
    """The claims of a sentence about what was done, each by the words that say most."""
    reach = low
    found = [(row, one) for row, pattern in _TREND_RES for one in pattern.finditer(text, low, high)]
    for row, one in sorted(found, key=lambda pair: (pair[1].start(), -pair[1].end())):
        clause = max(low, text.rfind("; ", low, one.start()))
        if one.start() >= reach and not _PLANNED_RE.search(text, clause, one.start()):
            yield row, one
            reach = one.end()


def _claimed(
    subject: Subject,
    where: Stated,
    sentence: tuple[int, int],
    row: TrendRow,
    found: re.Match[str],
    series: Sequence[Series],
    tally: Tally,
) -> Iterator[Finding]:
    among = [one for one in courses(subject) if one.rate or row.way is not Way.BETTER]
    label, meant, told = meant_courses(subject, where, sentence, found, series, among)
    years = None if told else _years(where.text, sentence, found)
    whole = meant if told else [with_spoken(subject, course) for course in meant]
    yield from _held_against(subject, where, found, row, label, whole, years, tally)


def _years(text: str, sentence: tuple[int, int], found: re.Match[str]) -> range | None:
    """The years that a claim is made of, told with it, before it or elsewhere in its sentence; None for all."""
    low, high = sentence
    for part in (text[found.start() : found.end() + _OWN_PERIOD], text[low : found.start()], text[low:high]):
        several = [years for years in meant_years(part) if len(years) > 1]
        if several:
            return several[-1]
    return None


def meant_courses(
    subject: Subject,
    where: Stated,
    sentence: tuple[int, int],
    found: re.Match[str],
    series: Sequence[Series],
    among: Sequence[Course],
) -> tuple[str, Sequence[Course], bool]:
    """What a claim of a sentence is about: its name, the courses of it, whether they are told right behind it."""
    low, high = sentence
    label = name_before(where.text[low : found.start()])
    told = [one for one in series if found.end() <= _start(where, one) < high]
    if told and _start(where, told[0]) - found.end() <= _MOST_BETWEEN:
        rates = [one for one in told if (one.unit == "%") == ("lệ" in thing_words(label))]
        meant = told if len(told) == 1 else rates
        if len(meant) != 1:
            return label, (), True
        return label, [told_course(meant[0].by_year, label, rate=meant[0].unit == "%")], True
    # "năm 2017: 28,6; năm 2018: 41,3; …, năm sau cao hơn năm trước": of the only series of its sentence.
    ahead = [one for one in series if low <= _start(where, one) < found.start()]
    ends = [max(map(where.end, one.by_year.values())) for one in ahead]
    beside = len(ends) == 1 and found.start() - ends[0] <= _MOST_BETWEEN
    if not told and beside and _YEAR_AFTER_YEAR_RE.match(found.group()):
        return label, [told_course(ahead[0].by_year, label, rate=ahead[0].unit == "%")], True
    around = surroundings(subject.document).words(where.block, where.text[:low])
    named = named_courses(thing_words(label), around, among)
    led = named or led_courses(thing_words(label), among) or referred_totals(where.text[low:high], among)
    far = course_far(subject, where, label) if not led and _YEAR_AFTER_YEAR_RE.match(found.group()) else None
    return label, led or ((far,) if far else ()), False


def _start(where: Stated, series: Series) -> int:
    return min(where.start(figure) for figure in series.by_year.values())


def _held_against(
    subject: Subject,
    where: Stated,
    found: re.Match[str],
    row: TrendRow,
    label: str,
    among: Sequence[Course],
    years: range | None,
    tally: Tally,
    fewest: int = _FEWEST,
) -> Iterator[Finding]:
    up = row.way is Way.UP or (row.way is Way.BETTER and not LESS_IS_BETTER_RE.search(label))
    against: list[tuple[Course, list[tuple[Point, Point]]]] = []
    for course in among:
        points = course.within(years)
        if len(points) < fewest:
            continue
        wrong = [
            (one, other) for one, other in pairs_of(points) if _goes_back(one, other, up=up, strict=row.strict)
        ]
        if wrong:
            against.append((course, wrong))
        else:
            tally.held += 1
    if not against:
        return
    tally.failed += 1
    vi = "; ".join(f"{course.place}: {_steps(wrong)}" for course, wrong in against)
    en = "; ".join(f"{course.place.en}: {_steps(wrong)}" for course, wrong in against)
    said = where.text[found.start() : found.end()]
    at = where.block.view.start
    yield TREND.finding(
        (subject.document.reading.hull(at + found.start(), at + found.end()),),
        f"lời văn nói “{said}”, nhưng có năm không như vậy — {vi}",
        f"the text says “{said}”, but some years do not: {en}",
        stated=said,
        expected=years_shown(against[0][0].within(years)),
        evidence=tuple(dict.fromkeys(point.span for _, wrong in against for pair in wrong for point in pair)),
        suggestion=both(
            "nói đúng diễn biến từng năm, hoặc nói rõ cấp, năm",
            "say how it went year by year, or which level and years",
        ),
        page=where.block.page,
    )


def _goes_back(before: Point, after: Point, *, up: bool, strict: bool) -> bool:
    if before.value == after.value:
        return strict
    return (after.value < before.value) is up


def _steps(pairs: Sequence[tuple[Point, Point]]) -> str:
    return ", ".join(f"{one.printed} ({one.year}) → {other.printed} ({other.year})" for one, other in pairs)


TREND = rule("FIG-250", check_trends)
TREND_RULES = (TREND,)
