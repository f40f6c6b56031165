"""FIG of a bound that is said to hold always: ``luôn đạt từ 98% trở lên`` is true of every year and every level.

The years are those of the table rows of that rate, or those told in a bracket right behind the bound.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from graphs.checks.reading.course import Course, Point, courses, name_before, told_course, years_shown
from graphs.checks.reading.forms import AT_LEAST, AT_MOST
from graphs.checks.reading.named import thing_words
from graphs.checks.reading.periods import find_periods
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.reading.yearly import yearly_series
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import Figure, Finding

_SINCE_RE = re.compile(r"[Tt]ừ\s+(?:đầu\s+)?năm\s+(?P<year>(?:19|20)\d\d)\s+đến\s+nay")
_ALWAYS = (
    r"\b(?:luôn(?:\s+luôn)?|đều|năm\s+nào\s+cũng|thường\s+xuyên)\s+"
    r"(?:(?:đạt|duy\s+trì|giữ|ở|bảo\s+đảm|đảm\s+bảo|được|(?:ở\s+)?mức|tỷ\s+lệ)\s+){0,4}"
)
_AT_LEAST_RE, _AT_MOST_RE = (
    re.compile(_ALWAYS + f"(?P<word>{words})".replace(" ", r"\s+") + r"\s*$", re.IGNORECASE)
    for words in (f"{AT_LEAST}|hơn|cao hơn", f"{AT_MOST}|thấp hơn")
)
_ALL_RE = re.compile(_ALWAYS + r"(?P<word>)$", re.IGNORECASE)
_PLANNED_RE = re.compile(
    r"\b(?:phấn đấu|sẽ|mục tiêu|dự kiến|yêu cầu|cần|phải|chỉ tiêu|hướng tới|nhằm|để)\b", re.IGNORECASE
)
_FEWEST, _BEHIND = 2, 80
_FULL = Decimal(100)


def check_always(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``luôn đạt từ 98% trở lên`` is true of every year of the rows of that rate."""
    for where in stated(subject):
        for figure in where.figures:
            before = where.text[: where.start(figure)]
            found = _bound(figure, before)
            if found is None or _PLANNED_RE.search(before[max(before.rfind(". "), before.rfind("; "), 0) :]):
                continue
            word, least = found
            said = thing_words(name_before(figure.what or "")) - {"tỷ", "lệ"}
            periods = meant_years(before) or meant_years(where.text)
            told = list(_told(where, figure))
            if told:
                yield from _beyond(figure, word, least, None, told, tally)
            elif len(said) > _FEWEST and periods:
                like = [one for one in courses(subject) if one.rate and said <= one.words]
                yield from _beyond(figure, word, least, periods[-1], like, tally)


def _bound(figure: Figure, before: str) -> tuple[str, bool] | None:
    """The word of a bound that is said to hold always, and whether it is the least; None for no such bound."""
    if figure.unit != "%" or figure.of:
        return None
    for pattern, least in ((_AT_LEAST_RE, True), (_AT_MOST_RE, False), (_ALL_RE, True)):
        found = pattern.search(before)
        if found and (found["word"] or Decimal(figure.value) == _FULL):
            return found["word"], least
    return None


def _told(where: Stated, figure: Figure) -> Iterator[Course]:
    """The shares that a bracket or the rest of the sentence right behind a bound tells year by year."""
    low = where.end(figure)
    for series in yearly_series(where):
        start = min(where.start(one) for one in series.by_year.values())
        if series.unit == "%" and low <= start <= min(low + _BEHIND, where.sentence_end(low)):
            yield told_course(series.by_year, figure.what or "", rate=True)


def meant_years(text: str) -> list[range]:
    """The years of the periods of a text in their order; "từ năm 2023 đến nay" has no last one.

    >>> meant_years("Giai đoạn 2021-2023 và từ năm 2024 đến nay")
    [range(2021, 2024), range(2024, 9999)]
    """
    since = list(_SINCE_RE.finditer(text))
    whole = (one for one in find_periods(text) if not any(at.start() <= one.start < at.end() for at in since))
    found = [(period.start, period.years) for period in whole]
    found += [(one.end(), range(int(one["year"]), 9999)) for one in since]
    return [years for _, years in sorted(found, key=lambda one: one[0])]


def _beyond(
    figure: Figure, word: str, least: bool, years: range | None, among: Sequence[Course], tally: Tally
) -> Iterator[Finding]:
    bound = Decimal(figure.value)
    wrong: list[tuple[Course, list[Point]]] = []
    for course in among:
        points = [one for one in course.points if years is None or one.year in years]
        over = [one for one in points if (one.value < bound if least else one.value > bound)]
        if over:
            wrong.append((course, over))
    if among and not wrong:
        tally.held += 1
    if not wrong:
        return
    tally.failed += 1
    told = " ".join(f"{word} {figure.printed}".split())
    vi = "; ".join(f"{course.place} ({years_shown(points)})" for course, points in wrong)
    en = "; ".join(f"{course.place.en} ({years_shown(points)})" for course, points in wrong)
    yield ALWAYS.finding(
        (figure.span,),
        f"lời văn nói luôn đạt {told}, nhưng có năm {'thấp' if least else 'cao'} hơn: {vi}",
        f"the text says always {told}, but it is {'lower' if least else 'higher'} in some years: {en}",
        stated=told,
        expected=wrong[0][1][0].printed,
        evidence=tuple(point.span for _, points in wrong for point in points),
        suggestion=both(
            "nói đúng mức thấp nhất, hoặc nói rõ cấp, năm", "say the lowest level, or which level and years"
        )
        if least
        else both(
            "nói đúng mức cao nhất, hoặc nói rõ cấp, năm", "say the highest level, or which level and years"
        ),
        page=figure.page,
    )


ALWAYS = rule("FIG-211", check_always)
ALWAYS_RULES = (ALWAYS,)
