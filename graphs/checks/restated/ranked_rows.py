"""FIG of rows that a sentence puts in an order, each with its number: the number is that of another row.

``chậm nhất là huyện A, mới giảm 41,6%`` where 41,6 is the lowest of the column, and B has it; ``nhiều nhất là A
(tăng 7), kế đến là B (tăng 6)`` where the second of that column is C. Whichever word says what is most: the number
itself tells the column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from graphs.checks.reading.arithmetic import digits_of
from graphs.checks.reading.named import row_place
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.reading.rows import RATE_RE, Grid, Line, grids
from graphs.checks.report import Rule, Subject, Tally
from graphs.checks.tables.named_rows import names_of_rows
from kb.bilingual import both
from kb.models import Figure, Finding, Span
from kb.text.sentences import split_sentences

_ORDINALS = {"hai": 2, "nhì": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7}
_ORDER_RE = re.compile(
    r"\b(?:(?P<most>cao|lớn|nhiều|(?-i:đông)|thấp|ít|nhỏ|nhanh|chậm|mạnh|sâu|tốt|khá|kém|nặng|nhẹ|dài|ngắn|trễ|muộn)\s+"
    r"(?:(?!(?:nhất|cao|lớn|nhiều|thấp|ít|nhỏ)\b)[^\W\d_]+\s+){0,5}?nhất"
    r"|(?P<first>dẫn đầu|đứng đầu|(?:đứng|xếp)(?: ở)?(?: vị trí)? thứ nhất|đứng cuối(?: cùng)?|xếp cuối(?: cùng)?)"
    r"|(?P<next>tiếp (?:đến|theo|sau|đó)|kế (?:đến|tiếp|sau)|sau đó|theo sau|xếp sau|liền sau)"
    r"|(?:(?:đứng|xếp)(?: ở)?(?: vị trí)?|(?P<high>cao|lớn|nhiều|(?-i:đông))|(?P<low>thấp|ít|nhỏ))\s+thứ\s+"
    rf"(?P<ordinal>{'|'.join(_ORDINALS)}|\d{{1,2}}))(?!\w)",
    re.IGNORECASE,
)
_GATES = (" nhất", " đầu", " cuối", "iếp ", "kế ", "Kế ", "au đó", " sau", " thứ ")
#: Of some of the rows, or of others than these.
_SOME_RE = re.compile(
    r"\b(?:cả nước|toàn quốc|khu vực|vùng|một trong|trong (?:số|các|nhóm|những)|nhóm|khối(?! lượng)|từ trước"
    r"|cùng kỳ|phấn đấu|mục tiêu|kế hoạch|dự kiến|lần lượt|liên tiếp|lần thứ|năm thứ)\b",
    re.IGNORECASE,
)
_BEHIND_RE = re.compile(
    r"(?:\s+[^\W\d_]+){0,9}\s+(?:là|thuộc về|ở|tại)\s+(?:[^\W\d_.]+\.?\s+){0,2}|\s*:?\s*(?:[^\W\d_.]+\.?\s+){0,3}"
)
_BEFORE_RE = re.compile(r"(?:\s+[^\W\d_]+){0,9}(?:\s*\(?\d[\d.,]*\s*%?\)?(?:\s+[^\W\d_]+){0,4})?,?\s*")
_NUMBER_RE = re.compile(r"[^\d;.]{0,40}\(?")
_FEWEST, _SURE, _BARE, _AROUND = 3, 2, 3, 25


@dataclass(frozen=True, slots=True)
class _Placed:
    """A row that a sentence gives a place, by the words that do, with the number told of it."""

    mark: re.Match[str]
    line: Line
    figure: Figure
    named: tuple[int, int]

    @property
    def value(self) -> Decimal:
        """The number that is told."""
        return Decimal(self.figure.value)


def check_ranked_rows(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """The numbers told of rows in an order are theirs."""
    tables = [(grid, names_of_rows(grid)) for grid in grids(subject.document)] if not subject.is_rule() else []
    tables = [(grid, names) for grid, names in tables if len(names) >= _FEWEST]
    for where in stated(subject) if tables else ():
        if not any(gate in where.text for gate in _GATES):
            continue
        for low, high in split_sentences(where.text):
            marks = list(_ORDER_RE.finditer(where.text, low, high))
            for grid, names in tables if marks else ():
                others = [known for other, known in tables if other is not grid]
                told = [
                    one
                    for one in _placed(where, (low, high), marks, names)
                    if not any(_has(known.get(where.text[slice(*one.named)]), one.value) for known in others)
                ]
                if told:
                    yield from _held(subject, where, grid, told, tally, by)


def _placed(
    where: Stated, sentence: tuple[int, int], marks: Sequence[re.Match[str]], names: dict[str, Line]
) -> Iterator[_Placed]:
    """The rows named right behind words for a place, or right before, each with the number behind both."""
    text, (low, high) = where.text, sentence
    places = sorted((at, at + len(name), name) for name in names for at in _all(text, name, low, high))
    places = [one for one in places if not any(o[0] <= one[0] and one[1] <= o[1] and o != one for o in places)]
    since = low
    for at, mark in enumerate(marks):
        until = marks[at + 1].start() if at + 1 < len(marks) else high
        behind = [one for one in places if mark.end() <= one[0] < until]
        before = [one for one in places if since <= one[0] and one[1] <= mark.start()]
        named = behind[:1] if behind and _BEHIND_RE.fullmatch(text, mark.end(), behind[0][0]) else []
        if (
            not named and before and _BEFORE_RE.fullmatch(text, before[-1][1], mark.start())
        ):  # "Xã A giảm nhanh nhất"
            named = before[-1:]
        since = mark.end()
        if not named:
            continue
        start = max(mark.end(), named[0][1])
        end = next((one[0] for one in places if one[0] >= start), until)
        figure = next((one for one in where.figures if start <= where.start(one) < min(end, until)), None)
        if figure and not _NUMBER_RE.fullmatch(text, start, where.start(figure)):
            figure = None
        if named[0][1] <= mark.start() and figure is None:  # "Xã A tiếp nhận 1.512 hồ sơ, nhiều thứ hai"
            ahead = [
                one for one in where.figures if named[0][1] <= where.start(one) and where.end(one) <= mark.start()
            ]
            figure = ahead[0] if len(ahead) == 1 else None
        if figure and not figure.of and not figure.bound and figure.unit:
            around = (max(low, min(mark.start(), named[0][0]) - _AROUND), min(high, where.end(figure) + _AROUND))
            since = where.end(figure)
            if not _SOME_RE.search(text, *around):
                yield _Placed(mark, names[named[0][2]], figure, named[0][:2])


def _has(line: Line | None, value: Decimal) -> bool:
    """Whether the row of that name in another table has a number."""
    return line is not None and any(line.value(at) == value for at in range(len(line.cells)))


def _all(text: str, name: str, low: int, high: int) -> Iterator[int]:
    at = text.find(name, low, high)
    while at >= 0:
        around = text[at - 1 : at] + text[at + len(name) : at + len(name) + 1]
        # "An Phú Đông" is no "An Phú".
        if not any(map(str.isalnum, around)) and not re.match(r"\s+[A-ZĐ]", text[at + len(name) :]):
            yield at
        at = text.find(name, at + 1, high)


def _held(
    subject: Subject, where: Stated, grid: Grid, told: Sequence[_Placed], tally: Tally, by: Rule
) -> Iterator[Finding]:
    rows = [line for line in grid.lines if line.label and not line.total and not grid.children(line)]
    chain: tuple[int, Decimal] | None = None
    for one in told:
        own = [at for at in grid.columns if one.line.value(at) == one.value]
        if own:
            tally.held += 1
            chain = (own[-1] if chain is None or chain[0] not in own else chain[0], one.value)
            if one.mark["ordinal"] and not any(_is_place(rows, at, one) for at in own):
                tally.failed += 1
                yield _misplaced(subject, where, grid, one, own[-1], by)
            continue
        found = [
            (at, other)
            for at in _columns(grid, one, chain if one.mark["next"] else None)
            for other in rows
            if other is not one.line and other.value(at) == one.value and one.line.value(at) is not None
        ]
        if len({other.at for _, other in found}) != 1:
            chain = None
            continue
        at, other = found[0]
        if one.mark["next"] and chain:
            fits = _is_next(rows, at, chain[1], one.value)
        else:
            values = [value for line in rows if (value := line.value(at)) is not None]
            fits = one.value in (min(values), max(values)) or bool(one.mark["next"] or one.mark["ordinal"])
            fits = fits and len(digits_of(one.value)) >= (_SURE if not one.mark["next"] else _BARE)
        chain = (at, one.value)
        if fits:
            tally.failed += 1
            yield _finding(subject, where, grid, one, other, at, by)


def _columns(grid: Grid, one: _Placed, chain: tuple[int, Decimal] | None) -> list[int]:
    """The columns that may be meant: that of the one before it, else those of rates or of none."""
    if chain:
        return [chain[0]]
    rate = one.figure.unit == "%"
    return [at for at in grid.columns if bool(RATE_RE.search(grid.head(at)) or "%" in grid.head(at)) == rate]


def _is_next(rows: Sequence[Line], column: int, before: Decimal, value: Decimal) -> bool:
    """Whether no row lies between two values of a column."""
    low, high = sorted((before, value))
    values = [own for line in rows if (own := line.value(column)) is not None]
    return not any(low < own < high for own in values)


def _is_place(rows: Sequence[Line], column: int, one: _Placed) -> bool:
    """Whether a row has its place from above or from below in a column."""
    place = _ORDINALS.get(one.mark["ordinal"].lower()) or int(one.mark["ordinal"])
    values = [own for line in rows if (own := line.value(column)) is not None]
    above, below = sum(own > one.value for own in values), sum(own < one.value for own in values)
    for beyond in (*(() if one.mark["low"] else (above,)), *(() if one.mark["high"] else (below,))):
        if beyond < place <= beyond + values.count(one.value):
            return True
    return False


def _span(subject: Subject, where: Stated, one: _Placed) -> Span:
    """From the name or the words for its place to the number."""
    view, places = (
        where.block.view.start,
        (*one.mark.span(), *one.named, where.start(one.figure), where.end(one.figure)),
    )
    return subject.document.reading.hull(view + min(places), view + max(places)) or one.figure.span


def _misplaced(subject: Subject, where: Stated, grid: Grid, one: _Placed, column: int, by: Rule) -> Finding:
    words = " ".join(one.mark.group().split())
    values = sorted((line.value(column) or 0 for line in grid.lines if not line.total), reverse=True)
    place = values.index(one.value) + 1
    return by.finding(
        (_span(subject, where, one),),
        f"nói “{one.line.label}” {words}, nhưng trong cột {grid.called(column)} dòng ấy đứng thứ {place} từ trên",
        f"“{one.line.label}” is said to be “{words}”, but in column {grid.called(column)} it is number {place}",
        stated=words,
        expected=str(place),
        evidence=(one.line.span(column),),
        suggestion=both("kiểm tra lại thứ tự", "check the order"),
        page=where.block.page,
    )


def _finding(
    subject: Subject, where: Stated, grid: Grid, one: _Placed, other: Line, column: int, by: Rule
) -> Finding:
    words, place = " ".join(one.mark.group().split()), row_place(grid, other)
    own = one.line.printed(column)
    return by.finding(
        (_span(subject, where, one),),
        f"nói “{words}” là “{one.line.label}” với {one.figure.printed}, nhưng số ấy là của {place}, cột"
        f" {grid.called(column)}; dòng “{one.line.label}” ghi {own}",
        f"“{one.line.label}” with {one.figure.printed} is said to be “{words}”, but that is of {place.en}, column"
        f" {grid.called(column)}; its own is {own}",
        stated=one.line.label,
        expected=other.label,
        evidence=(other.span(column), one.line.span(column)),
        suggestion=both("kiểm tra lại tên nêu trong lời văn và bảng", "check the name in the text and the table"),
        page=where.block.page,
    )
