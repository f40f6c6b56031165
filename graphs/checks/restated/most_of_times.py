"""The quarter or the month that is said to have the most or the least, against a table of quarters or months.

``Hồ sơ dồn nhiều nhất vào quý III`` is held against each row, or column, of numbers by quarter that shares a word
with it; where it is true of one of them, nothing is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from graphs.checks.reading.rows import Grid, grids
from graphs.checks.report import Rule, Subject, Tally
from graphs.checks.restated.loose_said import is_else, own_words
from graphs.checks.restated.most_told import LOW_WORDS
from graphs.checks.restated.said_of_all import texts_of
from kb.bilingual import both
from kb.models import Finding, Span
from kb.text.sentences import split_sentences

_TIME = r"(?P<kind>quý|tháng)\s+(?P<which>IV|I{1,3}|\d{1,2})(?![\w/]|\s+năm)"
_WAY = r"(?P<way>cao|lớn|nhiều|đông|thấp|ít|nhỏ)\s+nhất"
_BEHIND_RE = re.compile(
    rf"\b{_WAY}\s+(?:(?:là|vào|trong|ở|thuộc|rơi vào|tập trung vào|tập trung ở)\s+)*{_TIME}", re.IGNORECASE
)
_BEFORE_RE = re.compile(rf"\b{_TIME}(?P<what>[^.;:,()\d]{{1,60}}?)\s+{_WAY}\b", re.IGNORECASE)
_LABEL_RE = re.compile(
    r"\W*(?P<kind>quý|tháng)\s+(?P<which>IV|I{1,3}|\d{1,2})\b[\W\d]*(?:năm\s+\d{4}\W*)?", re.IGNORECASE
)
#: Of some of them, or of others than these.
_SOME_RE = re.compile(
    r"\b(?:từ đầu năm|trong (?:ba|hai|\d) quý|so với|các năm|giai đoạn|quý còn lại|còn lại)\b", re.IGNORECASE
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_FEWEST = 3
_EMPTY_WORDS = "cao lớn nhiều đông thấp ít nhỏ nhất quý tháng trong vào dồn tập trung rơi số lượng"
_EMPTY = frozenset(_EMPTY_WORDS.split())


@dataclass(frozen=True, slots=True)
class _Series:
    """Numbers by quarter or by month: what they are of in words, and each with its place."""

    words: frozenset[str]
    over: frozenset[str]
    values: dict[tuple[str, int], tuple[Decimal, Span]]

    def most(self, low: bool) -> tuple[str, int]:
        """The time that has the least or the most."""
        choose = min if low else max
        return choose(self.values, key=lambda at: self.values[at][0])


def check_most_of_times(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """No series that may be meant has its most, or its least, at another time alone."""
    series = [one for grid in grids(subject.document) for one in _series(grid)] if not subject.is_rule() else []
    for block, text in texts_of(subject) if series else ():
        for low, high in split_sentences(text, clauses=True) if "nhất" in text else ():
            found = _BEHIND_RE.search(text, low, high) or _BEFORE_RE.search(text, low, high)
            if not found or _SOME_RE.search(text, low, high) or is_else(text[low : found.start()], text[low:high]):
                continue
            at, lowest = _time(found), found["way"].lower() in LOW_WORDS
            words = own_words(text[low:high]) - _EMPTY
            named = [one for one in series if at in one.values and words & one.words]
            meant = named or [one for one in series if at in one.values and words & one.over]
            if not meant:
                continue
            if any(one.values[at][0] == one.values[one.most(lowest)][0] for one in meant):
                tally.held += 1
                continue
            tally.failed += 1
            yield _finding(subject, (block.view.start, found), (at, meant[0].most(lowest)), meant[0], by)


def _finding(
    subject: Subject,
    where: tuple[int, re.Match[str]],
    times: tuple[tuple[str, int], tuple[str, int]],
    series: _Series,
    by: Rule,
) -> Finding:
    view, found = where
    said, right = (_printed(one) for one in times)
    words = " ".join(found.group().split())
    return by.finding(
        (subject.document.reading.hull(view + found.start(), view + found.end()),),
        f"nói “{words}”, nhưng trong bảng đó là {right}",
        f"“{words}” is said, but in the table that is {right}",
        stated=said,
        expected=right,
        evidence=(series.values[times[1]][1], series.values[times[0]][1]),
        suggestion=both("đối chiếu với bảng theo quý, tháng", "compare with the table by quarter or month"),
    )


def _time(found: re.Match[str]) -> tuple[str, int]:
    which = found["which"].lower()
    return found["kind"].lower(), _ROMAN.get(which) or int(which)


def _printed(at: tuple[str, int]) -> str:
    kind, number = at
    return (
        f"{kind} {('', 'I', 'II', 'III', 'IV')[number]}" if kind == "quý" and number <= 4 else f"{kind} {number}"
    )


def _series(grid: Grid) -> Iterator[_Series]:
    over = own_words(f"{grid.table.caption or ''} {grid.table.title or ''}") - _EMPTY
    rows = {line: found for line in grid.lines if (found := _LABEL_RE.fullmatch(line.label))}
    if len(rows) >= _FEWEST:
        for column in grid.columns:
            values = {
                _time(found): (value, line.span(column))
                for line, found in rows.items()
                if (value := line.value(column)) is not None
            }
            if len(values) == len(rows):
                yield _Series(own_words(grid.head(column)) - _EMPTY, over, values)
    heads = {at: found for at in grid.columns if (found := _LABEL_RE.fullmatch(grid.head(at)))}
    if len(heads) >= _FEWEST:
        for line in grid.lines:
            told = {
                _time(found): (value, line.span(at))
                for at, found in heads.items()
                if (value := line.value(at)) is not None
            }
            if len(told) == len(heads) and not line.total:
                yield _Series(own_words(line.label) - _EMPTY, over, told)
