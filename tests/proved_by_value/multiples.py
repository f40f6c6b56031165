"""How many times as much, told in a sentence: two amounts of it prove it, or two rows of a table that it names."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from itertools import permutations

from tests.proved_by_value.faults import Proved, broken_number
from tests.proved_by_value.numbers import Number, same_unit
from tests.proved_by_value.pages import Drawn, Printed
from tests.proved_by_value.sentences import rounds

_TIMES = re.compile(r"\b(?:gấp|bằng)(?: [^\W\d_]+){0,2} $", re.IGNORECASE)
_KIND = re.compile(
    r"^(?:huyện|thị xã|thành phố|quận|xã|phường|thị trấn|chi nhánh|nhóm)\s+(?=[A-ZĐÀ-Ỹ])", re.IGNORECASE
)


def multiples(read: Printed, chance: random.Random) -> Iterator[Proved]:
    """A multiple that is the quotient of two amounts of its sentence, or of two rows in a column of a table."""
    for passage in read.passages:
        told = [one for one in passage.numbers if one.unit == "lần"] if passage.table is None else []
        for number in told:
            if not _TIMES.search(read.text[passage.start : number.start]):
                continue
            amounts = [one for one in passage.numbers if one not in told and not one.percent and one.value]
            pairs = [two for two in permutations(amounts, 2) if same_unit(*two)]
            sentence = read.text[passage.start : passage.end]
            for table in read.tables:
                pairs += _named(table, sentence)
            for one, two in pairs:
                if one.base > two.base and rounds(one.base / two.base, number):
                    yield from broken_number("multiple", number, (one, two), chance, read, number.step)
                    break


def _named(table: Drawn, sentence: str) -> Iterator[tuple[Number, Number]]:
    """The cells of one column in two rows whose names a sentence has."""
    names = {row: _KIND.sub("", table.label(row).strip()) for row in range(len(table.rows))}
    rows = [
        row for row, name in names.items() if len(name) > 3 and re.search(rf"{re.escape(name)}(?!\w)", sentence)
    ]
    for one, two in permutations(rows, 2):
        for column, number in table.grid[one].items():
            other = table.grid[two].get(column)
            if other is not None and other.value and not number.percent:
                yield number, other
