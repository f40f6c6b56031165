"""FIG of units: a number told twice with the same digits, in units that are many times each other.

``2.460 tỷ USD`` in the text stands as ``Triệu USD | 2.460`` in a table, an income by the month as one by the year,
``26,4 giường/1.000 dân`` as beds for ten thousand. Digits alike by chance are told apart by their words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from graphs.checks.reading.arithmetic import digits_of
from graphs.checks.reading.mentions import Mention, mentions
from graphs.checks.reading.named import GENERAL, row_place, thing_words, words_over
from graphs.checks.reading.rows import Grid, Line, grids
from graphs.checks.reading.unit_cells import UNIT_WORDS, UnitCell, label_of, names_row, read_cell, value_in
from graphs.checks.reading.unit_words import EACH, IN_HUNDRED, IN_THOUSAND, WholeUnit, unit_behind
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import Bilingual, both
from kb.models import Finding, Severity, Span

#: So many digits that tell, so many words in common, and so much of all the words.
_DIGITS, _LONG, _SURE, _FEWEST, _MOST_OF = 3, 4, 7, 2, 0.75
_TOTAL_WORDS, _SOME_OF = 3, 0.5
_YEAR_RE = re.compile(r"(?:[Nn]ăm\s+)?(?:19|20)\d\d")

#: What is counted of a population, and never one for the other.
_COUNTED = {**EACH, "nhân": "người"}

#: What only says how high a number has come: "lên tới 7.215,4 tỷ đồng".
_REACHED = frozenset({"lên", "tới", "mức"})


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
    yield from _cells_apart(subject, tally, by)


def _cells_apart(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """The same digits in rows of one name, in tables of other units: one of the two is wrong."""
    rows: dict[tuple[frozenset[str], Decimal], list[tuple[Grid, Line, int]]] = defaultdict(list)
    tables = grids(subject.document)
    for grid in tables if len(tables) > 1 else ():
        for line in grid.lines:
            words = thing_words(label_of(line)) - GENERAL - UNIT_WORDS
            for column in grid.columns if len(words) >= _FEWEST else ():
                value = line.value(column)
                if value is not None and len(digits_of(value)) >= _LONG:
                    rows[words, value].append((grid, line, column))
    done: set[tuple[int, int]] = set()
    for found in rows.values():
        for one, other in combinations(found, 2):
            pair = id(one[0]), id(other[0])
            if one[0] is other[0] or pair in done:
                continue
            mine, its = read_cell(*one), read_cell(*other)
            if mine and its and _apart(mine.unit, its.unit):
                done.add(pair)
                tally.failed += 1
                place, printed = row_place(other[0], other[1]), other[1].printed(other[2])
                spans = (other[1].span(other[2]), *_measured_at(subject, its))
                yield _found(
                    by, spans[:1], printed, place, (its.unit, mine.unit), (one[1].span(one[2]), *spans[1:])
                )


def _against_cells(
    subject: Subject, told: dict[Decimal, list[Mention]], tally: Tally, by: Rule
) -> Iterator[Finding]:
    places: dict[Decimal, list[tuple[Grid, Line, int]]] = defaultdict(list)
    for grid in grids(subject.document):
        for line in grid.lines:
            for column in range(len(line.cells)):
                value = value_in(line, column)
                if value is not None and value in told:
                    places[value].append((grid, line, column))
    wrong: list[tuple[Mention, WholeUnit, UnitCell]] = []
    for value, cells in places.items():
        for one in told[value]:
            unit = _unit_of(one)
            alike = [cell for at in cells if (cell := read_cell(*at)) and _names_row(one, cell)] if unit else []
            if unit is None or any(cell.unit.times(unit) == 1 and not _apart(cell.unit, unit) for cell in alike):
                continue
            wrong += [(one, unit, cell) for cell in alike if _apart(cell.unit, unit)][:1]
    done: set[int] = set()
    for one, unit, cell in sorted(wrong, key=lambda found: found[0].figure.view.start):
        if id(cell.grid) not in done:
            tally.failed += 1
            yield _finding(by, one, unit, cell.unit, cell, _measured_at(subject, cell))
        if cell.shared:
            done.add(id(cell.grid))


def _measured_at(subject: Subject, cell: UnitCell) -> tuple[Span, ...]:
    """Where the unit of a whole table is told: in the last line before it that has its words."""
    table = cell.grid.table
    told = [
        block.span
        for block in subject.document.blocks
        if cell.shared
        and block.span.end <= table.span.start
        and table.measure
        and table.measure in subject.document.block_text(block)
    ]
    return tuple(told[-1:])


def _is_telling(value: Decimal) -> bool:
    return len(digits_of(value)) >= _DIGITS


def _apart(one: WholeUnit, other: WholeUnit) -> bool:
    """Whether two units measure alike and are many times each other, or count or fall to households for people."""
    many = one.times(other)
    if many not in (0, 1) or (many and one.each and other.each and one.each != other.each):
        return True
    plain = not (one.time or one.people or other.time or other.people) and one.size == other.size == 1
    mine, its = _COUNTED.get(one.thing), _COUNTED.get(other.thing)
    return plain and mine is not None and its is not None and mine != its


def _unit_of(one: Mention) -> WholeUnit | None:
    """The whole unit of a number in the text; of a ratio by so many people, that it is so."""
    figure, text = one.figure, one.where.text
    end = one.where.end(figure)
    if figure.unit == "%":
        return IN_HUNDRED
    if text[end : end + 2].lstrip().startswith("‰"):
        return IN_THOUSAND
    if figure.of:
        told = figure.of.strip("0") == "1" and len(figure.of) > 2
        return WholeUnit("count", 1, "", 0, int(figure.of), f"/{figure.printed.split('/')[-1]}") if told else None
    return unit_behind(text, end)


def _names_row(one: Mention, cell: UnitCell) -> bool:
    """Whether the clause of a number names a row or what the table of a total is of, or tells more of it."""
    if _tells_more_of(one, cell):
        return True
    if _names_column(one, cell):
        return True
    clause = one.clause
    if cell.unit.people:  # "đã kê 1.980 giường bệnh, tức 26,4 giường/vạn dân"
        clause |= thing_words(one.where.text[: one.where.end(one.figure)])
    if cell.line.total and not thing_words(label_of(cell.line)) - GENERAL:
        over = words_over(cell.grid, cell.line) - GENERAL - UNIT_WORDS
        common = len(over & clause)
        long = len(digits_of(Decimal(one.figure.value))) >= _LONG
        return long and common >= _TOTAL_WORDS and common >= _SOME_OF * len(over)
    return names_row(cell.line, clause, f"{one.sentence} {one.counted}")


def _names_column(one: Mention, cell: UnitCell) -> bool:
    """Whether a number is told of the year that a row is of, by the words over its column."""
    year = next((at.text.strip() for at in cell.line.cells if at.text), "")
    if not _YEAR_RE.fullmatch(year) or year not in f"{one.figure.period or ''} {one.sentence}":
        return False
    head = thing_words(cell.grid.table.columns[cell.column].partition("(")[0]) - GENERAL - UNIT_WORDS
    told = head | words_over(cell.grid, cell.line) - GENERAL - UNIT_WORDS
    long = _is_telling(Decimal(one.figure.value)) and len(one.figure.printed) > _LONG
    return long and len(head) >= _FEWEST and head <= one.clause and len(one.clause & told) >= _TOTAL_WORDS


def _tells_more_of(one: Mention, cell: UnitCell) -> bool:
    """Whether the sentence of a number tells another number of the row in the same unit: no chance."""
    where, own = one.where, _unit_of(one)
    low = where.start(one.figure) - len(one.sentence)
    for figure in where.figures:
        value = Decimal(figure.value)
        inside = low <= where.start(figure) < where.sentence_end(where.end(one.figure))
        if inside and value != Decimal(one.figure.value) and _is_telling(value):
            many = len(digits_of(value)) + len(digits_of(Decimal(one.figure.value)))
            there = any(value_in(cell.line, at) == value for at in range(len(cell.line.cells)))
            if there and many >= _SURE and own == unit_behind(where.text, where.end(figure)):
                return True
    return False


def _told_alike(one: Mention, other: Mention) -> bool:
    """Whether the words of the number told in fewer are those of the other one."""
    if one.set_apart(other):
        return False
    few, many = sorted((one, other), key=lambda told: len(_own(told)))
    own = _own(few)
    common = len(own & (many.clause - UNIT_WORDS))
    long = len(digits_of(Decimal(one.figure.value))) >= _LONG
    return common >= (_FEWEST if long else _FEWEST + 1) and common >= _MOST_OF * len(own)


def _own(told: Mention) -> frozenset[str]:
    return told.own - UNIT_WORDS - _REACHED


def _finding(
    by: Rule,
    told: Mention,
    unit: WholeUnit,
    right: WholeUnit,
    other: Mention | UnitCell,
    more: tuple[Span, ...] = (),
) -> Finding:
    printed = told.figure.printed.split("/")[0].rstrip("%‰ ")
    if isinstance(other, Mention):
        where, span = both("chỗ khác", "elsewhere"), other.figure.span
    else:
        where, span = row_place(other.grid, other.line), other.line.span(other.column)
    finding = _found(by, (told.figure.span,), printed, where, (unit, right), (span, *more))
    return replace(finding, page=told.where.block.page)


def _found(
    by: Rule,
    spans: tuple[Span, ...],
    printed: str,
    where: Bilingual,
    units: tuple[WholeUnit, WholeUnit],
    evidence: tuple[Span, ...],
) -> Finding:
    stated, expected = (f"{printed}{'' if one.printed[:1] in '/%‰' else ' '}{one.printed}" for one in units)
    return by.finding(
        spans,
        f"ghi {stated}, {where} ghi {expected}: khác nhau ở đơn vị",
        f"{stated} is stated, {where.en} {expected}: the units differ",
        stated=stated,
        expected=expected,
        evidence=evidence,
        suggestion=both("xem đơn vị nào gõ sai", "see which of the two units is wrong"),
        severity=Severity.WARNING,
    )
