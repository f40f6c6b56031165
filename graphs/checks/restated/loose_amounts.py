"""An amount told in round numbers, against the exact one: ``gần 5.100 người`` where 5.130 were counted.

The exact number has more digits and lies no further from the round one than its last digit reaches; it is of the
same thing by its words, or it is the total of the table right before. Where any number of the paper lies on the
side that the words tell, nothing is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from graphs.checks.reading.moved import head, scaled
from graphs.checks.reading.named import GENERAL, PLAIN
from graphs.checks.reading.prose import Stated
from graphs.checks.reading.rows import Grid, Line
from graphs.checks.restated.loose_said import is_else, twos
from graphs.checks.restated.shares_near import is_count
from kb.models import Figure, Span
from kb.text.sentences import sentence_start

_HEDGE_RE = re.compile(
    r"(?<!thấp )(?<!cao )(?<!ít )(?<!nhiều )(?<!lớn )(?<!nhỏ )(?<!kém )(?<!chậm )(?<!không )(?<!thì )(?<!dài )"
    r"\b(?P<words>(?P<over>hơn|vượt)|gần|ngót|(?:chưa|không) (?:đến|tới|đầy))\s+$",
    re.IGNORECASE,
)
#: Before a number in words "trên" and "quá" tell a bound too; before digits they may tell a whole.
_HEDGE_IN_WORDS_RE = re.compile(
    r"(?<!thấp )(?<!cao )(?<!ít )(?<!nhiều )(?<!lớn )(?<!nhỏ )(?<!kém )(?<!không )"
    r"\b(?P<words>(?P<over>hơn|trên|vượt|quá)|gần|ngót|(?:chưa|không) (?:đến|tới|đầy))\s+$",
    re.IGNORECASE,
)
#: Behind it: it is how much more or less than another, or so many of others: ``gần 7 trong 10 hợp đồng``.
_THAN_RE = re.compile(r"[^.;,()\d]{0,30}\bso (?:với|cùng)\b|\s*tr(?:ong|ên)(?: tổng(?: số)?)?\s+\d", re.IGNORECASE)
_YEAR_RE = re.compile(r"(?:19|20)\d\d")
_SCALES = (0, 3, 6, 9)
_BEFORE, _BEHIND = 120, 60
_SAME_THING, _MANY = 2, 3
_WIDE, _NEAR_TABLE = Decimal("1.5"), 700
_TENTH = Decimal("0.1")
#: Words of which two beside each other name nothing.
_NAMELESS = (
    PLAIN | GENERAL | frozenset(("toàn", "tỉnh", "huyện", "xã", "cả", "nước", "trong", "số", "đã", "có", "được"))
)


@dataclass(frozen=True, slots=True)
class Exact:
    """An exact number that a round one may be meant for: where, as printed, in the scale of the round one.

    `called` counts the words that both have in common, two by two.
    """

    span: Span
    printed: str
    value: Decimal
    called: int


@dataclass(frozen=True, slots=True)
class Round:
    """A round number with the word before it, where it stands, and between what it lies."""

    figure: Figure
    words: str
    span: tuple[int, int]
    over: bool
    value: Decimal
    step: Decimal

    def holds(self, exact: Decimal) -> bool:
        """Whether an exact number lies on the side that is told, near enough."""
        away = exact - self.value if self.over else self.value - exact
        return 0 <= away <= self.step * _WIDE

    def denies(self, exact: Decimal) -> bool:
        """Whether it lies on the other side, no further than the last digit reaches."""
        away = self.value - exact if self.over else exact - self.value
        return 0 < away < self.step


def rounds(where: Stated) -> Iterator[Round]:
    """The round numbers of a block."""
    for figure in where.figures:
        start, end = where.start(figure), where.end(figure)
        if not is_count(figure) or not figure.unit or figure.unit == "lần" or not Decimal(figure.value):
            continue
        hedge = _HEDGE_RE if any(map(str.isdigit, figure.printed)) else _HEDGE_IN_WORDS_RE
        found = hedge.search(where.text, max(0, start - 24), start)
        if not found or _THAN_RE.match(where.text, end) or where.text[: found.start()].rstrip().endswith("("):
            continue
        if is_else(where.text[sentence_start(where.text, start) : end], ""):
            continue
        unit = scaled(figure) / Decimal(figure.value)
        last = Decimal(1).scaleb(_last_place(figure.value)) * unit
        words = " ".join(f"{found['words']} {figure.printed} {figure.unit}".split())
        value = scaled(figure)
        yield Round(
            figure, words, (found.start("words"), end), bool(found["over"]), value, min(last, value * _TENTH)
        )


def _last_place(value: str) -> int:
    """The place of the last digit that is no nought: 2 for ``5100``, -1 for ``1.3``."""
    return int(Decimal(value).normalize().as_tuple().exponent)


def _digits(value: str) -> int:
    return len(Decimal(value).normalize().as_tuple().digits)


def exact_ones(
    one: Round, where: Stated, told: Sequence[Stated], tables: Sequence[Grid]
) -> tuple[list[Exact], list[Exact]]:
    """The exact numbers of a paper that bear out a round one, and those that deny it and are of the same thing."""
    name = _named(where, one.figure, (sentence_start(where.text, one.span[0]), one.span[0]))
    found = [*_in_text(one, name, told), *_in_tables(one, name, where, tables)]
    right = [exact for exact in found if one.holds(exact.value)]
    wrong = [exact for exact in found if exact.called and one.denies(exact.value)]
    near = [exact for exact in found if exact.called >= _SAME_THING and abs(exact.value - one.value) < one.value]
    return right, wrong or [exact for exact in near if _is_mistyped(one, exact.value)]


def _is_mistyped(one: Round, exact: Decimal) -> bool:
    """Whether another digit in a round number would make it right: ``gần 231`` for 240,9."""
    printed = one.figure.value
    if _digits(printed) < _MANY:
        return False  # of few digits, too many are one digit away
    for at, letter in enumerate(printed):
        for digit in "0123456789" if letter.isdigit() else "":
            value = scaled(replace(one.figure, value=f"{printed[:at]}{digit}{printed[at + 1 :]}"))
            if digit != letter and replace(one, value=value).holds(exact):
                return True
    return False


def _named(where: Stated, figure: Figure, before: tuple[int, int]) -> frozenset[tuple[str, str]]:
    """The words around a number two by two, without those that name nothing."""
    behind = re.split(r"[,;.(]", where.text[where.end(figure) :][:_BEHIND], maxsplit=1)[0]
    return named_twos(where.text[slice(*before)][-_BEFORE:]) | named_twos(behind)


def named_twos(text: str) -> frozenset[tuple[str, str]]:
    """The words of a text two by two, without those that name nothing.

    >>> sorted(named_twos("số lượng khách đường sắt"))
    [('khách', 'đường'), ('lượng', 'khách'), ('đường', 'sắt')]
    """
    return frozenset(pair for pair in twos(text) if not _NAMELESS.issuperset(pair))


def _in_text(one: Round, name: frozenset[tuple[str, str]], told: Sequence[Stated]) -> Iterator[Exact]:
    for where in told:
        for figure in where.figures:
            if figure is one.figure or figure.bound or not is_count(figure) or head(figure) != head(one.figure):
                continue
            if (figure.unit or "").count("/") != (one.figure.unit or "").count("/"):
                continue
            low = sentence_start(where.text, where.start(figure))
            own = _named(where, figure, (low, where.start(figure)))
            if _digits(figure.value) > _digits(one.figure.value):
                beside = where.block.view.start <= one.figure.view.start < where.block.view.end
                yield Exact(figure.span, figure.printed, scaled(figure), max(len(own & name), int(beside)))


def _in_tables(
    one: Round, name: frozenset[tuple[str, str]], where: Stated, tables: Sequence[Grid]
) -> Iterator[Exact]:
    start = where.block.span.start
    for grid in tables:
        beside = 0 <= start - grid.table.span.end <= _NEAR_TABLE
        for line in grid.lines:
            called = len(twos(line.label) & name) or int(beside and line.total)
            # A number of many digits bears it out wherever it stands.
            any_ = grid.columns if _digits(one.figure.value) >= _MANY else ()
            for column in columns_of_now(grid) if called else any_:
                yield from _cells(one, grid, line, column, called)


def columns_of_now(grid: Grid) -> list[int]:
    """The columns of a table without those of earlier years, where its heads tell years."""
    years = {at: max(map(int, found)) for at in grid.columns if (found := _YEAR_RE.findall(grid.head(at)))}
    last = max(years.values(), default=0)
    return [at for at in grid.columns if years.get(at, last) == last]


def _cells(one: Round, grid: Grid, line: Line, column: int, called: int) -> Iterator[Exact]:
    value = line.value(column)
    if value is None or value <= 0 or _digits(str(value)) <= _digits(one.figure.value):
        return
    for scale in _SCALES:
        exact = value * Decimal(10) ** scale
        if one.holds(exact) or one.denies(exact):
            yield Exact(line.span(column), line.printed(column), exact, called)
