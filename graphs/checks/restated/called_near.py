"""The numbers of a paper that some words count or measure, with how near they stand to a sentence.

``mỗi khách`` falls to ``54.000 lượt khách``, or to what a column *Lượt khách* comes to; ``200 m²`` is of a sum in
``ha``. The nearest are those of the sentence itself, then of its paragraph, then of the table or paragraph beside.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from graphs.checks.reading.moved import MONEY
from graphs.checks.reading.prose import Stated
from graphs.checks.reading.unit_words import whole_unit
from graphs.checks.restated.called_values import Called

#: How far a number stands: in the sentence, in its paragraph, beside it, anywhere else.
SENTENCE, PARAGRAPH, BESIDE, ELSEWHERE = range(4)
_BLOCKS, _TABLES, _NEXT = 700, 1500, 2
#: What people are counted as: the ones may be counted again as the others.
_PEOPLE = frozenset(
    re.findall(
        r"\w+",
        "người lượt thành học đại hội cán em đoàn thí khách cháu ngư nông viên sinh công nhân khẩu dân lao đối"
        " bệnh hòa cộng hộ",
    )
)
#: What is measured, as it is written out.
_WRITTEN = {"héc": "ha", "hecta": "ha", "cây": "km", "ki": "km", "mét": "m", "khối": "m3"}
_WORD_RE = re.compile(r"[^\W_]+")


def reach(where: Stated, low: int, high: int, one: Called) -> int:
    """How far a number stands from a sentence of a block."""
    told, block = one.node.told, where.block
    if one.node.cell is not None:
        table = one.node.cell[0].table.span
        between = max(block.span.start - table.end, table.start - block.span.end)
        return BESIDE if between <= _TABLES else ELSEWHERE
    if one.node.block == block.view.start:
        at = told.span.start - block.span.start
        return SENTENCE if low <= at < high else PARAGRAPH
    between = max(block.span.start - told.span.end, told.span.start - block.span.end)
    return BESIDE if between <= _BLOCKS else ELSEWHERE


def in_one_place(one: Called, other: Called) -> bool:
    """Whether two numbers stand in one row, or in one paragraph."""
    if one.node.cell is None and other.node.cell is None:
        return one.node.block == other.node.block
    left, right = one.node.cell, other.node.cell
    return left is not None and right is not None and left[0] is right[0] and left[1].at == right[1].at


def measured(one: Called) -> tuple[str, Decimal]:
    """What a number measures, empty for what is counted, and its value in the least unit of that."""
    return measured_as(one.node.told.unit, one.value)


def measured_as(unit: str, value: Decimal) -> tuple[str, Decimal]:
    """What a unit measures, and a value that is scaled by its thousands in the least unit of that.

    >>> measured_as("ha", Decimal("1.72")), measured_as("m²", Decimal(200))
    (('area', Decimal('17200.00')), ('area', Decimal('200')))
    >>> measured_as("triệu đồng", Decimal(5000000)), measured_as("lượt khách", Decimal(9))
    (('money', Decimal('5000000')), ('', Decimal('9')))
    """
    kind, times = _measure(unit.lower())
    return kind, value * times if times != 1 else value


@lru_cache(maxsize=1024)
def _measure(unit: str) -> tuple[str, Decimal]:
    whole = whole_unit(unit) if unit else None
    if whole is None or whole.kind == "count":
        return "", Decimal(1)
    return whole.kind, Decimal(whole.size) / Decimal(10) ** MONEY.get(unit.split(" ")[0], 0)


def counts(one: Called, by: str) -> bool:
    """Whether a number counts, or measures, what some words name first."""
    first = by.split(" ")[0]
    first = _WRITTEN.get(first, first)
    if one.node.kind:
        return False
    words = _WORD_RE.findall(one.node.told.unit.lower())
    if one.node.cell is None and first in _WORD_RE.findall(one.node.head.lower().partition("|")[2])[:_NEXT]:
        return True  # "54.000 lượt khách" counts guests
    if first in words or (first == "người" and words and words[0] in _PEOPLE):
        return True
    return one.node.cell is not None and (first in _words(one.node.head) or _is_titled(one, by))


def _is_titled(one: Called, by: str) -> bool:
    """Whether the title of its table says what a number counts: *Lượt khách theo điểm* over columns of years."""
    table = one.node.cell[0].table if one.node.cell else None
    two = by.split(" ")[:2]
    over = f"{table.title or ''} {table.caption or ''} {table.measure or ''}".lower() if table else ""
    return len(two) > 1 and " ".join(two) in " ".join(over.split())


def is_of_unit(one: Called, unit: str) -> bool:
    """Whether a number may be a sum of what is counted or measured in a unit."""
    kind, _ = measured_as(unit, Decimal(1))
    if kind or one.node.kind:
        return (measured(one)[0] == kind and bool(kind)) or (kind == one.node.kind == "money")
    if measured(one)[0]:
        return False
    own, first = _thing(one.node.told.unit.lower()), _thing(unit.lower())
    if own and (own == first or {own, first} <= _PEOPLE):
        return True
    head = _words(one.node.head) if one.node.cell is not None else frozenset()
    return first in head or bool(first in _PEOPLE and head & _PEOPLE)


@lru_cache(maxsize=1024)
def _thing(unit: str) -> str:
    """The first word of a unit for what is counted, behind thousands and millions."""
    return next((word for word in _WORD_RE.findall(unit) if word not in MONEY), "")


@lru_cache(maxsize=1024)
def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD_RE.findall(text.lower()))
