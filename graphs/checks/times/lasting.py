"""FIG of how long a thing lasted, told beside its two ends: ``kéo dài 5 ngày, từ ngày 25 đến ngày 29 tháng 9``.

Days are counted with the first or without it, years too; so many years since a thing that a row of a table dates
are held against that row.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from graphs.checks.reading.counted import COUNT_WORDS, read_count
from graphs.checks.reading.rows import Grid, grids
from graphs.checks.report import Subject, Tally, rule
from graphs.checks.times.span_counts import spans_counted
from graphs.checks.times.working_days import working_days
from graphs.checks.times.years_carried import years_carried
from graphs.checks.times.years_counted import years_counted
from kb.bilingual import both
from kb.models import Finding, Severity, Span
from kb.text.sentences import split_sentences

_COUNT = rf"(?<![\w.,/-])(?P<count>\d{{1,3}}|{COUNT_WORDS}|năm)"
_NO_DAYS = r"(?!\s*(?:làm|công|đêm|lễ|nghỉ|phép|trong|mỗi|/))"
_DAYS_LONG = rf"(?P<told>{_COUNT}\s+ngày(?P<work>\s+làm\s+việc)?)\b{_NO_DAYS}"
#: Two days of which the first may lack its month and its year.
_SPAN_RE = re.compile(
    r"[Tt]ừ\s+(?:ngày\s+)?(?P<d1>\d{1,2})(?:(?:\s?/\s?|\s+tháng\s+)(?P<m1>\d{1,2}))?"
    r"(?:(?:\s?/\s?|\s+năm\s+)(?P<y1>(?:19|20)\d\d))?\s*(?:đến|tới|-|–)\s*(?:hết\s+)?(?:ngày\s+)?"
    r"(?P<d2>\d{1,2})(?:\s?/\s?|\s+tháng\s+)(?P<m2>\d{1,2})"
    r"(?:(?:\s?/\s?|\s+năm\s+)(?P<y2>(?:19|20)\d\d))?(?![\d/])"
)
_BEFORE_RE = re.compile(rf"{_DAYS_LONG}[^.;:\d]{{0,25}}?\s*[,(:]?\s*$", re.IGNORECASE)
_BEHIND_RE = re.compile(
    rf"\s*(?:,\s*(?:kéo dài|diễn ra trong|trong|tức)\s+(?:là\s+)?|\((?:tức\s+|trong\s+)?){_DAYS_LONG}",
    re.IGNORECASE,
)
#: More years than a time in a bracket has: "Sau 7 năm thực hiện Đề án (2021-2025)"; fewer may have gone by.
_YEARS_RE = re.compile(
    r"\(\s*(?:giai đoạn\s+|từ\s+)?(?:năm\s+)?(?P<y1>(?:19|20)\d\d)\s*[-–]\s*(?P<y2>(?:19|20)\d\d)\s*\)"
)
_SO_LONG_RE = re.compile(rf"(?P<told>{_COUNT}\s+năm)\s+(?:[^\W\d_]+\s+){{1,9}}$", re.IGNORECASE)
#: So many years after a thing happened: the year is told there, or by a row.
_SINCE_RE = re.compile(
    r"năm\s+(?:kể\s+từ|tính\s+từ|từ)\s+(?:(?:khi|lúc|ngày|thời điểm)\s+)?(?P<what>[^.;:()]{3,80})"
)
_AFTER_RE = re.compile(rf"\b(?:sau|qua|tròn|đúng|được|trải qua|mất)\s+(?P<told>{_COUNT}\s+)$", re.IGNORECASE)
_YEAR_RE = re.compile(
    r"(?<![\d/.,])(?:(?:năm|tháng\s+\d{1,2}/|\d{1,2}/\d{1,2}/)\s*)(?P<year>(?:19|20)\d\d)(?![\d])", re.IGNORECASE
)
_HEAD_RE = re.compile(r"\bnăm\b", re.IGNORECASE)
_FIRST, _LAST, _LONGEST, _LETTERS = 1930, 2100, 120, 4
_LEAD, _FAR = 50, 110


@dataclass(frozen=True, slots=True)
class _Lasted:
    """So many days or years are told where; the ends, as printed, make so many, by either way of counting."""

    count: int
    span: tuple[int, int]
    made: tuple[int, ...]
    ends: Span
    unit: str


def check_lasting(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """Five days from the 25th to the 29th; nine years from 2015 to 2024."""
    text = subject.document.text if not subject.is_rule() else ""
    told_at: set[tuple[int, int]] = set()
    for told in (
        *_days(text, subject.as_of),
        *_years(text),
        *_since(subject, text),
        *(_Lasted(one.count, one.span, one.made, one.ends, one.unit) for one in spans_counted(text)),
    ):
        if told.span in told_at:
            continue
        told_at.add(told.span)
        if told.count in told.made:
            tally.held += 1
            continue
        tally.failed += 1
        low, high = told.span
        printed, ends = " ".join(text[low:high].split()), " ".join(told.ends.cut(text).split())
        made = f"{told.made[0]} {told.unit}"
        yield LASTING.finding(
            (Span(low, high),),
            f"ghi “{printed}”, nhưng “{ends}” là {made}",
            f"“{printed}” is stated, but “{ends}” makes {told.made[0]}",
            stated=str(told.count),
            expected=made,
            evidence=(told.ends,),
            suggestion=both("đối chiếu với hai mốc thời gian", "compare it with the two ends of the time"),
        )
    for year in (*years_counted(text), *(years_carried(subject) if text else ())):
        if year.told in year.fits:
            tally.held += 1
            continue
        tally.failed += 1
        ends = " ".join(year.proof.cut(text).split())
        yield LASTING.finding(
            (year.place,),
            f"ghi “{year.told}”, nhưng theo “{ends}” là {year.fits[0]}",
            f"“{year.told}” is stated, but “{ends}” makes it another ({year.fits[0]})",
            stated=year.told,
            expected=year.fits[0],
            evidence=(year.proof,),
            suggestion=both("đối chiếu với hai mốc thời gian", "compare it with the two ends of the time"),
            severity=None if year.sure else Severity.NOTE,
        )


def _days(text: str, own: date | None) -> Iterator[_Lasted]:
    for found in _SPAN_RE.finditer(text) if "ngày" in text else ():
        low = max(0, found.start() - _LEAD)
        before = _BEFORE_RE.search(text[low : found.start()])
        told = before or _BEHIND_RE.match(text, found.end())
        count, ends = read_count(told["count"]) if told else None, _ends(found, own)
        if told is None or count is None or ends is None or not 0 < (ends[1] - ends[0]).days <= _LONGEST:
            continue
        apart = (ends[1] - ends[0]).days
        yield _Lasted(
            count,
            _moved(told, low if before else 0),
            working_days(*ends) if told["work"] else (apart + 1, apart),
            Span(found.start("d1"), max(found.end("y2"), found.end("m2"))),
            "ngày làm việc" if told["work"] else "ngày",
        )


def _moved(told: re.Match[str], by: int) -> tuple[int, int]:
    low, high = told.span("told")
    return low + by, high + by


def _ends(found: re.Match[str], own: date | None) -> tuple[date, date] | None:
    """The two days; a year that is not told is that of the other one, or of the paper."""
    month = int(found["m1"] or found["m2"])
    year = int(found["y2"] or found["y1"] or (own.year if own else 0))
    try:
        last = date(year, int(found["m2"]), int(found["d2"]))
        first = date(int(found["y1"] or year), month, int(found["d1"]))
    except ValueError:
        return None
    return first, last


def _years(text: str) -> Iterator[_Lasted]:
    for found in _YEARS_RE.finditer(text):
        low, apart = max(0, found.start() - _FAR), int(found["y2"]) - int(found["y1"])
        told = _SO_LONG_RE.search(text[low : found.start()]) if apart > 0 else None
        count = read_count(told["count"]) if told else None
        if told and count is not None:
            made = (apart + 1, *range(1, apart + 1))  # fewer years may have gone by of a scheme
            yield _Lasted(count, _moved(told, low), made, Span(found.start("y1"), found.end("y2")), "năm")


def _since(subject: Subject, text: str) -> Iterator[_Lasted]:
    names: list[tuple[Grid, dict[str, int]]] | None = None
    for found in _SINCE_RE.finditer(text):
        told = _AFTER_RE.search(text[max(0, found.start() - _LEAD) : found.start()])
        count = read_count(told["count"]) if told else None
        if told is None or count is None:
            continue
        words = found.start() - len(told["told"]), found.start() + len("năm")
        low = max(text.rfind("\n", 0, found.start()) + 1, found.start() - 400)
        before = text[low : found.start()]
        start = split_sentences(before)[-1][0] if before.strip() else 0
        years = list(_YEAR_RE.finditer(before, start))
        then = _YEAR_RE.search(found["what"])
        now = int(years[-1]["year"]) if years else None
        if now is None:
            continue
        if then:
            apart, at = now - int(then["year"]), found.start("what")
            if apart > 0:
                yield _since_told(words, count, apart, Span(at + then.start("year"), at + then.end("year")))
            continue
        names = names if names is not None else [(grid, _dated(grid)) for grid in grids(subject.document)]
        clause = re.split(r"[;:]", before[start:])[-1]
        dated = [
            (apart, grid.table.rows[row])
            for grid, rows in names
            for name, row in rows.items()
            if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", clause)
            and (apart := now - (_year_of(grid, row) or now)) > 0
        ]
        if len({apart for apart, _ in dated}) == 1:
            apart, row_ = dated[0]
            cell = next((cell for cell in reversed(row_.cells) if cell.spans), None)
            if cell is not None:
                yield _since_told(words, count, apart, Span(cell.spans[0].start, cell.spans[-1].end))


def _since_told(words: tuple[int, int], count: int, apart: int, ends: Span) -> _Lasted:
    return _Lasted(count, words, (apart, apart + 1), ends, "năm")


def _dated(grid: Grid) -> dict[str, int]:
    """The rows of a table by name, where one of its columns has a year for nearly each; a name of two is none."""
    if _year_column(grid) is None:
        return {}
    names = Counter(" ".join(line.label.split()) for line in grid.lines if not line.total)
    return {
        name: line.at
        for line in grid.lines
        if names[name := " ".join(line.label.split())] == 1
        and len(name) >= _LETTERS
        and not any(letter.isdigit() for letter in name)
    }


def _year_column(grid: Grid) -> int | None:
    """The one column of a table that holds years."""
    found = []
    for column in grid.columns:
        values = [value for line in grid.lines if (value := line.value(column)) is not None and not line.total]
        if _HEAD_RE.search(grid.head(column)) and values and all(_FIRST <= value <= _LAST for value in values):
            found.append(column)
    return found[0] if len(found) == 1 else None


def _year_of(grid: Grid, row: int) -> int | None:
    column = _year_column(grid)
    line = next((line for line in grid.lines if line.at == row), None)
    value = line.value(column) if line is not None and column is not None else None
    return int(value) if value is not None else None


LASTING = rule("FIG-351", check_lasting)
LASTING_RULES = (LASTING,)
