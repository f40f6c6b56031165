"""What tables say, ready to be compared: each number with its name and time.

A table has its periods over its columns, or before its rows. Of a table that divides things ("số trường theo cấp
học") what it does not print is added up: all of them, and those of one sub-head under every head.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from graphs.checks.reading.arithmetic import show
from graphs.checks.reading.named import line_words, plain_name, thing_words, words_over
from graphs.checks.reading.periods import told_period
from graphs.checks.reading.roles import Role, role_of
from graphs.checks.reading.rows import Grid, Line, Same, grids, names_rate
from graphs.checks.report import Subject
from kb.models import Span

#: All that the label of a row says that is a period and no thing.
_TIME_RE = re.compile(
    r"giai đoạn|thời điểm|tính đến|đến hết|đến|từ|cả năm|năm|quý|tháng|đầu|cuối|ngày|ước|thực hiện|[IVX]+\b",
    re.IGNORECASE,
)
_WORD_RE = re.compile(r"[^\W\d_]")
_BRACKET_RE = re.compile(r"\([^()]*\)")
#: A caption that says of what a table counts all, divided by something.
_DIVIDED_RE = re.compile(
    r"^\W*(?:[IVX\d]+[.)]\s*)?(?:tổng\s+)?số\s+(?:lượng\s+)?(?P<thing>.{6,90}?)\s+(?:(?:phân|chia)\s+)?theo\s",
    re.IGNORECASE,
)
#: ``2023``, ``Hiện trạng 2025``, ``TH 2022``.
_YEAR_ALONE_RE = re.compile(r"[^\d]{0,40}((?:19|20)\d\d)[^\d]{0,12}")
_PLAN_RE = re.compile(
    r"\b(?:KH|DT|NQ|kế hoạch|dự toán|mục tiêu|chỉ tiêu|ước|dự kiến|phấn đấu|đề xuất|giao|nhu cầu|so|quý|tháng|đến"
    r"|từ|trước|sau)\b",
    re.IGNORECASE,
)
#: What a row that ends in "(%)" says without words.
_RATE = thing_words("tỷ lệ")
_SUB_HEADS = 2

Days = tuple[date | None, date]


@dataclass(frozen=True, slots=True)
class Told:
    """A number of a table with what it is called, the words over it, its period, whether it is a rate.

    It stands in one column of its row, or is the sum of several; `by_row`: its row is the thing, not the time.
    """

    grid: Grid
    line: Line
    columns: tuple[int, ...]
    words: frozenset[str]
    over: frozenset[str]
    period: Days
    rate: bool
    by_row: bool = True

    @property
    def column(self) -> int:
        """Its column, the first of several."""
        return self.columns[0]

    @property
    def value(self) -> Decimal:
        """The number."""
        return sum((self.line.value(at) or Decimal(0) for at in self.columns), Decimal(0))

    @property
    def printed(self) -> str:
        """The number as printed, or what is added up and the sum."""
        if len(self.columns) == 1:
            return self.line.printed(self.column)
        return f"{' + '.join(self.line.printed(at) for at in self.columns)} = {show(self.value)}"

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where it stands."""
        return tuple(self.line.span(at) for at in self.columns)

    @property
    def head(self) -> str:
        """What its column is called; the part that several columns share."""
        if len(self.columns) == 1:
            return self.grid.head(self.column)
        tails = {_tail(self.grid.head(at)) for at in self.columns}
        return (
            self.grid.head(self.column).rpartition(" / ")[2] if len(tails) <= _SUB_HEADS else "(mọi cột cộng lại)"
        )


def says_only_time(label: str) -> bool:
    """Whether a label says nothing but when.

    >>> says_only_time("Cả năm 2024"), says_only_time("Quý II"), says_only_time("Năm học")
    (True, True, False)
    """
    return not _WORD_RE.search(_TIME_RE.sub("", label))


def told_cells(subject: Subject) -> tuple[Told, ...]:
    """The numbers of tables whose columns, or whose rows, are periods, with what they are of; read once."""
    return _told_in(Same(subject))


@lru_cache(maxsize=2)
def _told_in(read: Same[Subject]) -> tuple[Told, ...]:
    return tuple(_told(read.it))


def _told(subject: Subject) -> Iterator[Told]:
    for grid in grids(subject.document):
        heads = {at: _head_period(grid.head(at)) for at in grid.columns}
        if any(heads.values()):
            yield from _by_columns(grid, heads)
        else:
            yield from _by_rows(grid)


def _head_period(head: str) -> Days | None:
    """The time over a column; a year alone is one, but no year that only a plan is of."""
    told = told_period(head)
    if told is None and (year := _YEAR_ALONE_RE.fullmatch(head)) and not _PLAN_RE.search(head):
        return date(int(year[1]), 1, 1), date(int(year[1]), 12, 31)
    return told


def _by_columns(grid: Grid, heads: dict[int, Days | None]) -> Iterator[Told]:
    for line in grid.lines:
        words, over = line_words(line), None
        for column, period in heads.items():
            if period is not None and line.value(column) is not None and line.label:
                over = words_over(grid, line) | (_RATE if line.rate else frozenset()) if over is None else over
                yield Told(grid, line, (column,), words, over, period, line.rate)


def _by_rows(grid: Grid) -> Iterator[Told]:
    """``| Năm 2024 | 128 | 99,2% |``: rows of which nothing but a period is said, things over the columns."""
    firsts = list(map(_first, grid.lines))
    periods = [
        (line, _head_period(first))
        for line, first in zip(grid.lines, firsts, strict=True)
        if says_only_time(first)
    ]
    over = thing_words(f"{grid.table.title or ''} ; {grid.table.caption or ''}")
    sums = list(_sums(grid))
    for line, period in periods if len(periods) > 1 else ():
        if period is None:
            continue
        for column in grid.columns:
            head = _BRACKET_RE.sub(" ", grid.head(column))
            named = line.printed(column) == _first(line)  # the years themselves: "Năm đánh giá"
            if line.value(column) is not None and not named and not says_only_time(head):
                rate = names_rate(head)
                yield Told(grid, line, (column,), thing_words(head), over, period, rate, False)
        for words, columns in sums:
            if all(line.value(at) is not None for at in columns):
                yield Told(grid, line, columns, words, over, period, False, False)


def _first(line: Line) -> str:
    """What stands first in a row, behind its ordinal."""
    texts = [cell.text for cell in line.cells if cell.text]
    numbered = len(texts) > 1 and line.ordinal and texts[0].strip(" .") == ".".join(line.ordinal)
    return texts[1 if numbered else 0] if texts else ""


def _sums(grid: Grid) -> Iterator[tuple[frozenset[str], tuple[int, ...]]]:
    """What a table that divides things lets add up: all, and those under one sub-head of every head."""
    divided = _DIVIDED_RE.match(grid.table.caption or grid.table.title or "")
    counts = [at for at in grid.columns if role_of(grid.head(at)) is Role.COUNT]
    if divided is None or len(counts) < _SUB_HEADS or counts != list(grid.columns):
        return
    yield thing_words(plain_name(divided["thing"])), tuple(counts)
    groups: dict[str, list[int]] = {}
    for at in counts:
        groups.setdefault(grid.head(at).partition(" / ")[0], []).append(at)
    tails = _whole_tails(grid, list(groups.values()))
    for tail, count in Counter(tails.values()).items():
        if tail and count == len(groups) > 1:
            yield thing_words(plain_name(divided["thing"])) | tail, tuple(at for at in counts if tails[at] == tail)


def _whole_tails(grid: Grid, groups: Sequence[Sequence[int]]) -> dict[int, frozenset[str]]:
    """The sub-head of each column; the one that a head lacks stands over its one column without any."""
    tails = {at: _tail(grid.head(at)) for group in groups for at in group}
    usual = set(tails.values()) - {frozenset()}
    for group in groups:
        bare = [at for at in group if not tails[at]]
        missing = usual - {tails[at] for at in group}
        if len(bare) == 1 and len(missing) == 1:
            tails[bare[0]] = next(iter(missing))
    return tails


def _tail(head: str) -> frozenset[str]:
    """The words of a sub-head; a letter alone is what a line of print left."""
    return frozenset(word for word in thing_words(head.partition(" / ")[2]) if len(word) > 1)
