"""The numbers of tables with their whole units, and whether the words of a clause name their rows."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from graphs.checks.reading.arithmetic import read_number
from graphs.checks.reading.named import GENERAL, plain_name, thing_words
from graphs.checks.reading.roles import Role, role_of
from graphs.checks.reading.rows import Grid, Line
from graphs.checks.reading.unit_words import IN_HUNDRED, IN_THOUSAND, WholeUnit, whole_unit

_BRACKET_RE = re.compile(r"\(([^()\d]{1,40}|[^()]{1,30}dân|1\.?000 ?đ(?:ồng)?)\)")
_PER_RE = re.compile(
    r"/\s*(?:(?:[\d.]+|một|mỗi)\s*)?(?:vạn|nghìn|ngàn|triệu)?\s*(?:dân|người|trẻ|năm|tháng|quý|ngày)\b"
)
_UNITS = "vạn nghìn ngàn triệu tỷ đồng usd kg tấn tạ ha lít dân người năm tháng quý ngày"
UNIT_WORDS = frozenset(_UNITS.split())
_EXPLAINS_RE, _WORD_RE = re.compile(r"\([^()]*\)"), re.compile(r"[^\W\d_]+")
_EXPLAINED_RE = re.compile(r"\s*(\d{1,3}(?:\.\d{3})*(?:,\d+)?)\s*\(")
_UNIT_HEAD_RE, _UNIT_LENGTH = re.compile(r"\W*đơn vị\W*", re.IGNORECASE), 3
_NO_AMOUNT = (Role.RATE, Role.CHANGE)
#: So many words of the name of a row, and so much of it, stand in a clause that names it.
_FEWEST, _MOST_OF = 2, 0.7


@dataclass(frozen=True, slots=True)
class UnitCell:
    """A number of a table with its unit; `shared` where that is told of the whole table."""

    grid: Grid
    line: Line
    column: int
    unit: WholeUnit
    shared: bool


def read_cell(grid: Grid, line: Line, column: int) -> UnitCell | None:
    """A number of a table with the unit that its row, its column or its table tells."""
    head, own = grid.head(column), _own_unit(grid, line)
    for text in (head, line.label):
        if "‰" in text:
            return UnitCell(grid, line, column, IN_THOUSAND, False)
    role = role_of(head)
    printed = f"{own}{line.printed(column)}"
    rate = line.rate or "%" in printed or any("%" in found for found in _BRACKET_RE.findall(line.label))
    if rate or role in _NO_AMOUNT:
        percent = rate or "%" in head
        return UnitCell(grid, line, column, IN_HUNDRED, False) if percent else None
    told = [found for text in (line.label, head) for found in _BRACKET_RE.findall(text)]
    units = [unit for text in (*told, own) if text and (unit := whole_unit(text))]
    unit = next((one for one in units if one.kind != "count" or one.size > 1 or one.people or one.time), None)
    if (per := _PER_RE.search(line.label)) and not (unit and (unit.time or unit.people)):
        by = whole_unit(f"{own or 'x'}{per[0]}")
        unit = replace(by, thing="", printed=f"{own}{per[0]}") if by else unit
    if unit is None and (own or role is Role.LABEL):  # things that are counted, levels and years
        counted = units[-1] if own and units and role is not Role.LABEL else None
        return UnitCell(grid, line, column, counted, False) if counted else None
    shared = unit is None
    unit = unit or (whole_unit(grid.table.measure) if grid.table.measure else None)
    return UnitCell(grid, line, column, unit, shared) if unit else None


def _own_unit(grid: Grid, line: Line) -> str:
    """The unit of a row, also where its column is headed by "Đơn vị" alone, which may be of bodies too."""
    if line.unit:
        return line.unit
    column = next((at for at, head in enumerate(grid.table.columns) if _UNIT_HEAD_RE.fullmatch(head or "")), None)
    words = line.printed(column).strip() if column is not None else ""
    return words if words and len(words.split()) <= _UNIT_LENGTH and not words[:1].isupper() else ""


def value_in(line: Line, column: int) -> Decimal | None:
    """The number of a cell, also where a bracket behind it explains it: ``7,9 (năm 2031)``."""
    value = line.value(column)
    if value is None and (found := _EXPLAINED_RE.match(line.printed(column))):
        value = read_number(found[1])
    return value


def label_of(line: Line) -> str:
    """The words that name a row: its first cell of words, without what brackets explain."""
    first = next((cell.text for cell in line.cells if len(_WORD_RE.findall(cell.text or "")) > 1), line.label)
    return _EXPLAINS_RE.sub(" ", first or "")


def names_row(line: Line, clause: frozenset[str], said: str) -> bool:
    """Whether the carrying words of a clause name a row; one that has few of its own is said word for word."""
    label = label_of(line)
    own = thing_words(label) - GENERAL - UNIT_WORDS
    if len(own) < _FEWEST:
        name = plain_name(label).strip(" .:-")
        return len(name.split()) > 1 and name in plain_name(said)
    common = len(own & clause)
    return common >= _FEWEST and common >= _MOST_OF * len(own)
