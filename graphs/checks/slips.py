"""FIG of slips: a number told twice in like words, with two digits changed about, or in another unit of money.

Such a slip tells by itself that the two are one number, whatever the period; a single digit that differs tells it
only of a number that is the only one of its row.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from graphs.checks.arithmetic import digits_exchanged, digits_swapped, is_slip, is_swapped, show
from graphs.checks.mentions import Mention, mentions
from graphs.checks.moved import scaled
from graphs.checks.named import (
    ANY_UNIT,
    GENERAL,
    line_words,
    names_of,
    plain_name,
    row_place,
    thing_words,
    with_unit,
)
from graphs.checks.report import Subject, Tally, rule
from graphs.checks.restated import unlike_finding
from graphs.checks.rows import TOTAL_RE, Grid, Line, grids
from graphs.checks.said import MONEY_RE
from graphs.checks.told import says_only_time
from graphs.checks.twice import told_twice
from kb.bilingual import both
from kb.models import Finding, Span

#: So many digits tell a slip, and so many tell it by themselves; a single digit that differs tells it of more.
_DIGITS, _MANY_DIGITS, _LEAST, _LEAST_ALONE = 3, 4, 1000, 10_000
_FEWEST, _MOST_MORE = 2, 4
#: So many figures of one unit may be told before two of them are alike by chance.
_FEW = 8
_BRACKET_RE = re.compile(r"\([^()]*\)")
_NUMBERED_RE = re.compile(r"^[\W\d_]+")
#: A number of a table and where it stands.
_Cell = tuple[Decimal, Grid, Line, int]
#: The way of a change that stands before it: a rise is no fall.
_WAY_RE = re.compile(r"\b(tăng|giảm)\b[^,;.\d]*$", re.IGNORECASE)


def check_slips(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``tạo việc làm cho 2.145 lao động`` in the text, 2.415 in the row “Tạo việc làm” of a table."""
    if subject.is_rule():
        return
    places: set[Span] = set()
    for unlike in told_twice(subject):
        if unlike.mistyped:
            tally.failed += 1
            places.update((*unlike.spans, *unlike.evidence))
            yield unlike_finding(SLIP, unlike, both(": khác nhau ở chữ số", ": digits differ"))
    told = [one for one in mentions(subject) if one.figure.of is None and one.figure.bound in (None, "~")]
    long = [one for one in told if len(_digits(one)) >= _DIGITS]
    for finding in (
        *_told_twice(long, tally),
        *_in_another_unit(long, tally),
        *_against_tables(subject, long, tally),
    ):
        if places.isdisjoint(finding.spans):
            yield finding


def _digits(one: Mention) -> str:
    """The digits of a number as printed."""
    return re.sub(r"\D", "", one.figure.printed).lstrip("0")


def _kind(digits: str) -> str:
    """What two numbers share of which digits changed places."""
    return "".join(sorted(digits.replace("0", "")))


def _told_twice(told: list[Mention], tally: Tally) -> Iterator[Finding]:
    """``4.986 thành viên`` at one place, ``4.896 thành viên`` at another."""
    alike: dict[str, list[Mention]] = defaultdict(list)
    by_unit: dict[str, int] = defaultdict(int)
    for one in told:
        alike[_kind(_digits(one))].append(one)
        by_unit[(one.figure.unit or "").lower()] += 1
    for found in alike.values():
        by_value: dict[Decimal, list[Mention]] = defaultdict(list)
        for one in found:
            by_value[Decimal(one.figure.value)].append(one)
        tally.held += sum(len(same) - 1 for same in by_value.values())
        for first, second in combinations(by_value.values(), 2):
            values = Decimal(first[0].figure.value), Decimal(second[0].figure.value)
            if digits_swapped(*values) or digits_exchanged(*values):
                # What is told less often is more likely the slip.
                fewer, more = (first, second) if len(first) < len(second) else (second, first)
                yield from _told_otherwise(fewer, more, by_unit, tally)


def _in_another_unit(told: list[Mention], tally: Tally) -> Iterator[Finding]:
    """``64,2 tỷ đồng`` at one place, ``64,2 triệu đồng`` at another: one sum of money."""
    same: dict[str, list[Mention]] = defaultdict(list)
    for one in told:
        if MONEY_RE.match(one.figure.unit or "") and one.figure.unit:
            same[one.figure.value].append(one)
    for found in same.values():
        for one, other in combinations(found, 2):
            if one.where.block is other.where.block or scaled(one.figure) == scaled(other.figure):
                continue
            if not one.set_apart(other) and len(one.clause & other.clause) > _FEWEST:
                tally.failed += 1
                yield SLIP.finding(
                    (other.figure.span,),
                    f"ghi {with_unit(other.figure)}, chỗ khác ghi {with_unit(one.figure)}: khác nhau ở đơn vị",
                    f"{with_unit(other.figure)} is stated, elsewhere {with_unit(one.figure)}: the units differ",
                    stated=with_unit(other.figure),
                    expected=with_unit(one.figure),
                    evidence=(one.figure.span,),
                    suggestion=both("xem đơn vị nào gõ sai", "see which of the two units is wrong"),
                    page=other.where.block.page,
                )


def _told_otherwise(
    fewer: list[Mention], more: list[Mention], by_unit: dict[str, int], tally: Tally
) -> Iterator[Finding]:
    blocks = {id(one.where.block) for one in fewer} & {id(one.where.block) for one in more}
    same = [(one, other) for one in fewer for other in more if not blocks and _one_thing(one, other, by_unit)]
    if not same:
        return
    tally.failed += 1
    one, other = same[0][0].figure, same[0][1].figure
    yield SLIP.finding(
        tuple(dict.fromkeys(first.figure.span for first, _ in same)),
        f"ghi {with_unit(one)}, chỗ khác ghi {with_unit(other)}: khác nhau ở chữ số",
        f"{with_unit(one)} is stated, elsewhere {with_unit(other)}: digits differ",
        stated=one.printed,
        expected=other.printed,
        evidence=tuple(dict.fromkeys(second.figure.span for _, second in same)),
        suggestion=both("xem số nào gõ sai", "see which of the two is mistyped"),
        page=one.page,
    )


def _one_thing(one: Mention, other: Mention, by_unit: dict[str, int]) -> bool:
    """Whether two places speak of one thing: a unit that few have, or words that the other has too."""
    units = [(told.figure.unit or "").lower() for told in (one, other)]
    kinds = {unit if unit == "%" or MONEY_RE.match(unit) else "" for unit in units if unit}
    ways = {found[1].lower() if (found := _WAY_RE.search(told.sentence)) else "" for told in (one, other)}
    if len(kinds) > 1 or len(ways) > 1 or one.set_apart(other):
        return False
    if one.led and other.led and one.own == other.own:
        return False  # items of one name in two lists are of as many things
    many = min(len(_digits(one)), len(_digits(other))) >= _MANY_DIGITS
    if not digits_swapped(Decimal(one.figure.value), Decimal(other.figure.value)):
        return one.shares(other, _FEWEST if units[0] == units[1] != "" else _FEWEST + 1)
    if not many and "." not in one.figure.value:
        return False
    own_unit = units[0] == units[1] and units[0] not in {*ANY_UNIT, ""} and kinds == {""}
    if many and own_unit and by_unit[units[0]] <= _FEW:
        return True
    return one.shares(other, _FEWEST if many else _FEWEST + 1)


def _against_tables(subject: Subject, told: list[Mention], tally: Tally) -> Iterator[Finding]:
    rows: dict[str, list[tuple[Grid, Line, frozenset[str]]]] = defaultdict(list)
    cells: dict[str, list[_Cell]] = defaultdict(list)
    for grid in grids(subject.document):
        for line in grid.lines:
            words = line_words(line) - thing_words(line.unit)
            if len(words - GENERAL) >= _FEWEST and not line.rate:
                rows[min(words - GENERAL)].append((grid, line, words))
            for column in grid.columns:
                if (value := line.value(column)) is not None:
                    cells[_kind(str(value).replace(".", ""))].append((value, grid, line, column))
    for one in told:
        found = next(_cells_named(one, cells[_kind(_digits(one))]), None)
        if found is None and len(_digits(one)) >= _MANY_DIGITS:
            found = _in_rows(one, rows, tally)
        if found:
            tally.failed += 1
            yield _differs(one, *found)


def _differs(one: Mention, grid: Grid, line: Line, column: int) -> Finding:
    figure, printed = one.figure, line.printed(column)
    first = next((cell.text for cell in line.cells if cell.text), "")
    place = row_place(grid, replace(line, label=line.label or first))
    head = f", cột {grid.head(column)}" if says_only_time(line.label) or line.total else ""
    return SLIP.finding(
        (figure.span,),
        f"lời văn ghi {with_unit(figure)}; {place}{head}, ghi {printed}: khác nhau ở chữ số",
        f"the text says {with_unit(figure)}; {place.en}, {printed}: digits differ",
        stated=figure.printed,
        expected=show(line.value(column) or Decimal(0)),
        evidence=(line.span(column),),
        suggestion=both("xem số nào gõ sai", "see which of the two is mistyped"),
        page=one.where.block.page,
    )


def _cells_named(one: Mention, cells: list[_Cell]) -> Iterator[tuple[Grid, Line, int]]:
    """The cells that a figure names by row and column together, of those that hold its digits otherwise.

    A total, and a row that only tells a time, need no name of their own.
    """
    value = Decimal(one.figure.value)
    fewest = _FEWEST if len(_digits(one)) >= _MANY_DIGITS else _FEWEST + 1
    money = MONEY_RE.match(one.figure.unit or "")
    for told, grid, line, column in cells:
        if not (digits_swapped(value, told) or (money and _swapped_in_units(value, told))):
            continue
        if any(other.value(at) == value for other in grid.lines for at in grid.columns):
            continue
        plain = line.total or TOTAL_RE.fullmatch(line.label) or says_only_time(line.label)
        row = frozenset() if plain else line_words(line)
        head = _BRACKET_RE.sub(" ", grid.head(column))
        words = (row | (frozenset() if says_only_time(head) else thing_words(head))) - GENERAL
        noun = thing_words(one.figure.unit or "")
        if fewest > _FEWEST and noun and not money and not noun & (row | thing_words(head)):
            continue
        named = words <= one.around | one.clause and len(words & (one.clause | one.paragraph)) >= fewest
        if named or _labelled(one, line):
            yield grid, line, column


def _swapped_in_units(value: Decimal, told: Decimal) -> bool:
    """Whether digits changed places in sums of money of which one is told in a larger unit."""
    first, second = (str(one).replace(".", "").strip("0") for one in (value, told))
    return len(first) >= _DIGITS and is_swapped(Decimal(first or 0), Decimal(second or 0))


def _labelled(one: Mention, line: Line) -> bool:
    """Whether what leads to a figure begins with the whole label of a row: ``Tổng chi ngân sách: …``."""
    label = plain_name(line.label)
    return (
        len(line.label.split()) >= _FEWEST
        and bool(label)
        and _NUMBERED_RE.sub("", plain_name(one.sentence)).startswith(label)
    )


def _in_rows(
    one: Mention, rows: dict[str, list[tuple[Grid, Line, frozenset[str]]]], tally: Tally
) -> tuple[Grid, Line, int] | None:
    """The cell of a row that a figure names by its words alone."""
    figure, value = one.figure, Decimal(one.figure.value)
    if figure.unit == "%" or value < _LEAST:
        return None
    for name in names_of(figure, one.where.text[: one.where.start(figure)]):
        near = [row for word in name for row in rows.get(word, ())]
        named = [(grid, line) for grid, line, words in near if words <= name and len(name - words) <= _MOST_MORE]
        if any(line.value(column) == value for grid, line in named for column in grid.columns):
            tally.held += 1
            continue
        for grid, line in named:
            values = {column: told for column in grid.columns if (told := line.value(column)) is not None}
            alone = len([told for told in values.values() if told >= _LEAST]) == 1 and value >= _LEAST_ALONE
            for at, told in values.items():
                if is_swapped(value, told) or (alone and is_slip(value, told)):
                    return grid, line, at
    return None


SLIP = rule("FIG-228", check_slips)
SLIP_RULES = (SLIP,)
