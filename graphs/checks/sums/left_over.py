"""FIG of bodies that are left after a merger: what the text tells of each kind is what a table has of it then.

Several kinds told together (``còn 83 phòng và 11 chi cục``) are matched with the heads, or the rows, of one table
that count just these kinds at that time; ``giảm 24/99 đầu mối`` with the numbers before and after.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from graphs.checks.reading.arithmetic import show
from graphs.checks.reading.named import plain_name, thing_words
from graphs.checks.reading.periods import find_periods, told_period
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.reading.rows import Grid, grids
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import Figure, Finding, Severity, Span

_LEFT_RE = re.compile(r"\b(?:còn|hiện có|còn lại)\s*(?:lại\s+)?$", re.IGNORECASE)
_JOIN_RE = re.compile(r"[^.;:,()\d]{0,30}(?:,|\bvà\b)\s*")
_CUT_RE = re.compile(r"\bgiảm\s+(?:được\s+)?$", re.IGNORECASE)
_SUBJECT_RE = re.compile(r"(?:^|[.;]\s+)(?:Đối với|Riêng|Với)\s+(?P<what>[^.;,\d]{8,90}?)(?:,|\s+đã\b|\s+giảm\b)")
_BRACKET_RE = re.compile(r"\([^()]*\)")
_LEVEL_OF_RE = re.compile(r"^(?:tổ chức|đơn vị|cơ quan)\s+(?:hành chính\s+)?cấp\s+(?=phòng|ban|đội|tổ)")
_FEWEST, _NEAR, _WORDS = 2, Decimal("1.34"), 4


@dataclass(frozen=True, slots=True)
class _Kind:
    """A number of a table: what it counts, the last day of its period, where it stands."""

    name: str
    words: frozenset[str]
    last: date
    value: Decimal
    head: str
    span: Span
    line: int


def check_left_over(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``còn 83 phòng và 11 chi cục`` where the table of that year has 81 and 10."""
    if subject.is_rule():
        return
    tables = [kinds for grid in grids(subject.document) if (kinds := list(_kinds(grid)))]
    for where in stated(subject) if tables else ():
        if "còn" in where.text:
            for told in _told_together(where):
                yield from _held(where, told, tables, tally)
        if "giảm" in where.text:
            yield from _cut(where, tables, tally)


def _kinds(grid: Grid) -> Iterator[_Kind]:
    """The counts of a table whose rows, or whose columns, are times."""
    times = {line.at: told_period(line.label) for line in grid.lines}
    heads = {column: told_period(grid.head(column)) for column in grid.columns}
    by_row = sum(period is not None for period in times.values()) > 1
    for line in grid.lines:
        for column in grid.columns:
            period = times[line.at] if by_row else heads[column]
            name = grid.head(column) if by_row else line.label
            value = line.value(column)
            if period is not None and value is not None and not line.rate and "%" not in name:
                plain = _LEVEL_OF_RE.sub("", plain_name(_BRACKET_RE.sub(" ", name)))
                yield _Kind(plain, thing_words(name), period[1], value, name, line.span(column), line.at)


def _told_together(where: Stated) -> Iterator[list[Figure]]:
    """Counts of several kinds behind words that say that they are left."""
    for at, first in enumerate(where.figures):
        if not _LEFT_RE.search(where.text, 0, where.start(first)) or not _is_count(first):
            continue
        told = [first]
        for one in where.figures[at + 1 :]:
            if not _is_count(one) or not _JOIN_RE.fullmatch(where.between(told[-1], one)):
                break
            told.append(one)
        if len(told) >= _FEWEST and len({one.unit for one in told}) == len(told):
            yield told


def _is_count(figure: Figure) -> bool:
    return bool(figure.unit) and figure.unit != "%" and not figure.of and not figure.bound


def _held(where: Stated, told: Sequence[Figure], tables: list[list[_Kind]], tally: Tally) -> Iterator[Finding]:
    years = [period.last.year for period in find_periods(where.text[: where.start(told[0])])]
    for kinds in tables if years else ():
        then = max((kind.last for kind in kinds if kind.last.year == years[-1]), default=None)
        pairs = [(one, _only(one, [kind for kind in kinds if kind.last == then])) for one in told]
        found = [(one, kind) for one, kind in pairs if kind is not None]
        if len(found) != len(told) or len({kind.head for _, kind in found}) != len(found):
            continue
        if not all(_near(Decimal(one.value), kind.value) for one, kind in found):
            continue
        wrong = [(one, kind) for one, kind in found if Decimal(one.value) != kind.value]
        tally.held += not wrong
        if wrong:
            tally.failed += 1
            text = "; ".join(f"{one.printed} {one.unit}" for one, _ in wrong)
            table = "; ".join(f"“{' '.join(kind.head.split())}” {show(kind.value)}" for _, kind in wrong)
            yield LEFT.finding(
                (wrong[0][0].span,),
                f"lời văn ghi còn {text}; bảng cùng thời điểm ghi {table}",
                f"the text says that {text} are left; the table of that time has {table}",
                stated=wrong[0][0].printed,
                expected=show(wrong[0][1].value),
                evidence=tuple(span for one, kind in wrong for span in (one.span, kind.span)),
                suggestion=both("thống nhất số liệu lời văn và bảng", "make text and table agree"),
                page=where.block.page,
            )
        return


def _only(figure: Figure, kinds: Sequence[_Kind]) -> _Kind | None:
    """The one kind whose name begins with what a figure counts."""
    unit = plain_name(figure.unit or "")
    named = [kind for kind in kinds if kind.name == unit or kind.name.startswith(f"{unit} ")]
    return named[0] if len(named) == 1 else None


def _near(one: Decimal, other: Decimal) -> bool:
    low, high = sorted((one, other))
    return low > 0 and high <= low * _NEAR


def _cut(where: Stated, tables: list[list[_Kind]], tally: Tally) -> Iterator[Finding]:
    """``Đối với cơ quan chuyên môn cấp huyện đã giảm được 24/99 đầu mối``: before 99, after 75."""
    for figure in where.figures:
        if not figure.of or not _CUT_RE.search(where.text, 0, where.start(figure)):
            continue
        subjects = list(_SUBJECT_RE.finditer(where.text, 0, where.start(figure)))
        named = thing_words(subjects[-1]["what"]) if subjects else frozenset[str]()
        was, left = Decimal(figure.of), Decimal(figure.of) - Decimal(figure.value)
        for kinds in tables if len(named) >= _WORDS else ():
            heads = {kind.head for kind in kinds if named <= kind.words}
            course = sorted((one for one in kinds if one.head in heads), key=lambda one: one.last)
            if len(heads) != 1 or len(course) < _FEWEST or not _near(was, course[0].value):
                continue
            values = {one.value for one in course}
            if was in values or left in values:
                tally.held += 1
                continue
            tally.failed += 1
            shown = " → ".join(show(one.value) for one in (course[0], course[-1]))
            head = " ".join(course[0].head.split())
            yield LEFT.finding(
                (figure.span,),
                f"ghi giảm {figure.printed} (còn {show(left)}); bảng, “{head}”: {shown}",
                f"a cut of {figure.printed} is stated ({show(left)} left); the table, “{head}”: {shown}",
                stated=figure.printed,
                expected=shown,
                evidence=(course[0].span, course[-1].span),
                suggestion=both("thống nhất số liệu lời văn và bảng", "make text and table agree"),
                page=where.block.page,
                severity=Severity.NOTE,
            )


LEFT = rule("FIG-297", check_left_over)
LEFT_RULES = (LEFT,)
