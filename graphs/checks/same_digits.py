"""FIG of units: a number told twice with the same digits, in units that are many times each other.

``3.850 tỷ USD`` in the text stands as ``Triệu USD | 3.850`` in a table, an income by the month as one by the year,
``31,7 giường/1.000 dân`` as beds for ten thousand. Digits alike by chance are told apart by their words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations

from graphs.checks.arithmetic import read_number
from graphs.checks.mentions import Mention, mentions
from graphs.checks.named import GENERAL, row_place, thing_words, words_over
from graphs.checks.report import Rule, Subject, Tally
from graphs.checks.roles import Role, role_of
from graphs.checks.rows import Grid, Line, grids
from graphs.checks.unit_words import WholeUnit, unit_behind, whole_unit
from kb.bilingual import both
from kb.models import Finding, Severity

#: So many digits that tell, so many words in common, and so much of all the words.
_DIGITS, _LONG, _SURE, _FEWEST, _MOST_OF = 3, 4, 7, 2, 0.75
_TOTAL_WORDS, _SOME_OF = 3, 0.5
_BRACKET_RE = re.compile(r"\(([^()\d]{1,40}|[^()]{1,30}dân)\)")
_PER_RE = re.compile(
    r"/\s*(?:(?:[\d.]+|một|mỗi)\s*)?(?:vạn|nghìn|ngàn|triệu)?\s*(?:dân|người|trẻ|năm|tháng|quý|ngày)\b"
)
_UNITS = "vạn nghìn ngàn triệu tỷ đồng usd kg tấn tạ ha lít dân người năm tháng quý ngày"
_UNIT_WORDS = frozenset(_UNITS.split())
_EXPLAINS_RE, _WORD_RE = re.compile(r"\([^()]*\)"), re.compile(r"[^\W\d_]+")
_EXPLAINED_RE = re.compile(r"\s*(\d{1,3}(?:\.\d{3})*(?:,\d+)?)\s*\(")
_NO_AMOUNT = (Role.RATE, Role.CHANGE, Role.LABEL)
_IN_HUNDRED, _IN_THOUSAND = (WholeUnit("count", 1, "", 0, of, sign) for of, sign in ((100, "%"), (1000, "‰")))


@dataclass(frozen=True, slots=True)
class _Cell:
    """A number of a table with its unit; `shared` where that is told of the whole table."""

    grid: Grid
    line: Line
    column: int
    unit: WholeUnit
    shared: bool


def check_same_digits(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """The same digits, told of one thing, have one unit."""
    told = defaultdict[Decimal, list[Mention]](list)
    for one in mentions(subject):
        if _is_telling(Decimal(one.figure.value)):
            told[Decimal(one.figure.value)].append(one)
    for found in told.values():
        for one, other in combinations(found, 2):
            if one.where.block is other.where.block:
                continue
            mine, its = _unit_of(one), _unit_of(other)
            if mine and its and _apart(mine, its) and _told_alike(one, other):
                tally.failed += 1
                yield _finding(by, other, its, mine, one)
    yield from _against_cells(subject, told, tally, by)


def _against_cells(
    subject: Subject, told: dict[Decimal, list[Mention]], tally: Tally, by: Rule
) -> Iterator[Finding]:
    places: dict[Decimal, list[tuple[Grid, Line, int]]] = defaultdict(list)
    for grid in grids(subject.document):
        for line in grid.lines:
            for column in range(len(line.cells)):
                value = _value_in(line, column)
                if value is not None and value in told:
                    places[value].append((grid, line, column))
    done: set[int] = set()
    for value, cells in places.items():
        for one in told[value]:
            unit = _unit_of(one)
            alike = [cell for at in cells if (cell := _read_cell(*at)) and _names_row(one, cell)] if unit else []
            if unit is None or any(cell.unit.times(unit) == 1 for cell in alike):
                continue
            cell = next((cell for cell in alike if _apart(cell.unit, unit)), None)
            if cell and not (cell.shared and id(cell.grid) in done):
                done |= {id(cell.grid)} if cell.shared else set()
                tally.failed += 1
                yield _finding(by, one, unit, cell.unit, cell)


def _value_in(line: Line, column: int) -> Decimal | None:
    """The number of a cell, also where a bracket behind it explains it: ``48,6 (năm 2024)``."""
    value = line.value(column)
    if value is None and (found := _EXPLAINED_RE.match(line.printed(column))):
        value = read_number(found[1])
    return value


def _is_telling(value: Decimal) -> bool:
    return len(_digits(value)) >= _DIGITS


def _digits(value: Decimal) -> str:
    return str(value).replace(".", "").strip("0")


def _apart(one: WholeUnit, other: WholeUnit) -> bool:
    """Whether two units measure alike and are many times each other."""
    return one.times(other) not in (0, 1)


def _unit_of(one: Mention) -> WholeUnit | None:
    """The whole unit of a number in the text; of a ratio by so many people, that it is so."""
    figure, text = one.figure, one.where.text
    end = one.where.end(figure)
    if figure.unit == "%":
        return _IN_HUNDRED
    if text[end : end + 2].lstrip().startswith("‰"):
        return _IN_THOUSAND
    if figure.of:
        told = figure.of.strip("0") == "1" and len(figure.of) > 2
        return WholeUnit("count", 1, "", 0, int(figure.of), f"/{figure.printed.split('/')[-1]}") if told else None
    return unit_behind(text, end)


def _read_cell(grid: Grid, line: Line, column: int) -> _Cell | None:
    """A number of a table with the unit that its row, its column or its table tells."""
    head = grid.head(column)
    for text in (head, line.label):
        if "‰" in text:
            return _Cell(grid, line, column, _IN_THOUSAND, False)
    if line.rate or "%" in line.unit or role_of(head) in _NO_AMOUNT:
        percent = line.rate or "%" in head or "%" in line.unit
        return _Cell(grid, line, column, _IN_HUNDRED, False) if percent else None
    told = [found for text in (line.label, head) for found in _BRACKET_RE.findall(text)]
    units = [unit for text in (*told, line.unit) if text and (unit := whole_unit(text))]
    unit = next((one for one in units if one.kind != "count" or one.size > 1 or one.people or one.time), None)
    if (per := _PER_RE.search(line.label)) and not (unit and (unit.time or unit.people)):
        by = whole_unit(f"{line.unit or 'x'}{per[0]}")
        unit = replace(by, thing="", printed=f"{line.unit}{per[0]}") if by else unit
    if unit is None and line.unit:
        return None  # things that are counted
    shared = unit is None
    unit = unit or (whole_unit(grid.table.measure) if grid.table.measure else None)
    return _Cell(grid, line, column, unit, shared) if unit else None


def _names_row(one: Mention, cell: _Cell) -> bool:
    """Whether the clause of a number names a row or what the table of a total is of, or tells more of it."""
    if _tells_more_of(one, cell):
        return True
    clause = one.clause
    if cell.unit.people:  # "có 2.310 giường bệnh; bình quân 31,7 giường/vạn dân"
        clause |= thing_words(one.where.text[: one.where.end(one.figure)])
    words = thing_words(_label(cell.line))
    if cell.line.total and not words - GENERAL:
        over = words_over(cell.grid, cell.line) - GENERAL - _UNIT_WORDS
        common = len(over & clause)
        long = len(_digits(Decimal(one.figure.value))) >= _LONG
        return long and common >= _TOTAL_WORDS and common >= _SOME_OF * len(over)
    own = words - GENERAL - _UNIT_WORDS
    if len(own) < _FEWEST:
        raw = thing_words(f"{one.sentence} {one.counted}")
        return len(words) > _FEWEST and words <= raw
    common = len(own & clause)
    return common >= _FEWEST and common >= _MOST_OF * len(own)


def _label(line: Line) -> str:
    """The words that name a row: its first cell of words, without what brackets explain."""
    first = next((cell.text for cell in line.cells if len(_WORD_RE.findall(cell.text or "")) > 1), line.label)
    return _EXPLAINS_RE.sub(" ", first or "")


def _tells_more_of(one: Mention, cell: _Cell) -> bool:
    """Whether the sentence of a number tells another number of the row in the same unit: no chance."""
    where, own = one.where, _unit_of(one)
    low = where.start(one.figure) - len(one.sentence)
    for figure in where.figures:
        value = Decimal(figure.value)
        inside = low <= where.start(figure) < where.sentence_end(where.end(one.figure))
        if inside and value != Decimal(one.figure.value) and _is_telling(value):
            many = len(_digits(value)) + len(_digits(Decimal(one.figure.value)))
            there = any(_value_in(cell.line, at) == value for at in range(len(cell.line.cells)))
            if there and many >= _SURE and own == unit_behind(where.text, where.end(figure)):
                return True
    return False


def _told_alike(one: Mention, other: Mention) -> bool:
    """Whether the words of the number told in fewer are those of the other one."""
    if one.set_apart(other):
        return False
    few, many = sorted((one, other), key=lambda told: len(_own(told)))
    own = _own(few)
    common = len(own & (many.clause - _UNIT_WORDS))
    long = len(_digits(Decimal(one.figure.value))) >= _LONG
    return common >= (_FEWEST if long else _FEWEST + 1) and common >= _MOST_OF * len(own)


def _own(told: Mention) -> frozenset[str]:
    return told.own - _UNIT_WORDS


def _finding(by: Rule, told: Mention, unit: WholeUnit, right: WholeUnit, other: Mention | _Cell) -> Finding:
    printed = told.figure.printed.split("/")[0].rstrip("%‰ ")
    stated, expected = (
        f"{printed}{'' if one.printed[:1] in '/%‰' else ' '}{one.printed}" for one in (unit, right)
    )
    if isinstance(other, Mention):
        where, span = both("chỗ khác", "elsewhere"), other.figure.span
    else:
        where, span = row_place(other.grid, other.line), other.line.span(other.column)
    return by.finding(
        (told.figure.span,),
        f"ghi {stated}, {where} ghi {expected}: khác nhau ở đơn vị",
        f"{stated} is stated, {where.en} {expected}: the units differ",
        stated=stated,
        expected=expected,
        evidence=(span,),
        suggestion=both("xem đơn vị nào gõ sai", "see which of the two units is wrong"),
        severity=Severity.WARNING,
        page=told.where.block.page,
    )
