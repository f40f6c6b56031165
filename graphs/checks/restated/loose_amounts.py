"""An amount told in round numbers, against the exact one: ``gần 5.100 người`` where 5.130 were counted.

The exact number has more digits and lies no further from the round one than its last digit reaches; it is of the
same thing by its words, or it is the total of the table right before. Where any number of the paper lies on the
side that the words tell, nothing is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from graphs.checks.reading.moved import head, scaled
from graphs.checks.reading.prose import Stated
from graphs.checks.reading.rows import Grid, Line
from graphs.checks.restated.loose_said import is_else, twos
from graphs.checks.restated.shares_near import is_count
from kb.models import Figure, Span
from kb.text.sentences import sentence_start

_HEDGE_RE = re.compile(
    r"(?<!thấp )(?<!cao )(?<!ít )(?<!nhiều )(?<!lớn )(?<!nhỏ )(?<!kém )(?<!chậm )(?<!không )(?<!thì )(?<!dài )"
    r"\b(?P<words>(?P<over>hơn)|gần|ngót|(?:chưa|không) (?:đến|tới|đầy))\s+$",
    re.IGNORECASE,
)
#: Behind it: it is how much more or less than another.
_THAN_RE = re.compile(r"[^.;,()\d]{0,30}\bso (?:với|cùng)\b", re.IGNORECASE)
_SCALES = (0, 3, 6, 9)
_WIDE, _NEAR_TABLE = Decimal("1.5"), 700
_TENTH = Decimal("0.1")
#: Words that stand beside any amount.
_NO_PAIRS = frozenset(
    (("trong", "năm"), ("tổng", "số"), ("số", "lượng"), ("toàn", "tỉnh"), ("năm", "nay"), ("đã", "có"))
)


@dataclass(frozen=True, slots=True)
class Exact:
    """An exact number that a round one may be meant for: where, as printed, in the scale of the round one."""

    span: Span
    printed: str
    value: Decimal
    called: bool


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
        if not is_count(figure) or not figure.unit or not Decimal(figure.value):
            continue
        found = _HEDGE_RE.search(where.text, max(0, start - 24), start)
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
    name = twos(where.text[sentence_start(where.text, one.span[0]) : one.span[0]]) | twos(
        where.text[one.span[1] :].split(",")[0][:80]
    )
    found = [*_in_text(one, name - _NO_PAIRS, told), *_in_tables(one, name - _NO_PAIRS, where, tables)]
    return [exact for exact in found if one.holds(exact.value)], [
        exact for exact in found if exact.called and one.denies(exact.value)
    ]


def _in_text(one: Round, name: frozenset[tuple[str, str]], told: Sequence[Stated]) -> Iterator[Exact]:
    for where in told:
        for figure in where.figures:
            if figure is one.figure or figure.bound or not is_count(figure) or head(figure) != head(one.figure):
                continue
            if (figure.unit or "").count("/") != (one.figure.unit or "").count("/"):
                continue
            low = sentence_start(where.text, where.start(figure))
            own = twos(where.text[low : where.start(figure)][-90:]) | twos(where.text[where.end(figure) :][:50])
            if _digits(figure.value) > _digits(one.figure.value):
                yield Exact(figure.span, figure.printed, scaled(figure), bool(own & name))


def _in_tables(
    one: Round, name: frozenset[tuple[str, str]], where: Stated, tables: Sequence[Grid]
) -> Iterator[Exact]:
    start = where.block.span.start
    for grid in tables:
        beside = 0 <= start - grid.table.span.end <= _NEAR_TABLE
        for line in grid.lines:
            called = bool(twos(line.label) & name) or (beside and line.total)
            for column in grid.columns:
                yield from _cells(one, grid, line, column, called)


def _cells(one: Round, grid: Grid, line: Line, column: int, called: bool) -> Iterator[Exact]:
    value = line.value(column)
    if value is None or value <= 0 or _digits(str(value)) <= _digits(one.figure.value):
        return
    for scale in _SCALES:
        exact = value * Decimal(10) ** scale
        if one.holds(exact) or one.denies(exact):
            yield Exact(line.span(column), line.printed(column), exact, called)
