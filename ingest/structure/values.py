"""Numbers in cells as Vietnamese documents print them.

The dot groups thousands and the comma begins decimals (Luật Kế toán 88/2015/QH13, Điều 11), but tables mix both
habits. What a form says by itself:

* ``1.763``, ``3.784.535``, ``1 763`` whole numbers; ``1.234,56``, ``67,7`` decimals; ``1,234.56``, ``1,234,567``
  the English habit; ``78.04``, ``0.123`` decimals with a dot: three digits follow every mark of a thousand, and
  none stands after a leading zero;
* ``67,7%``, ``78.04 %`` shares, never above a thousand by a dot: ``99.123%`` has decimals;
* ``21/21`` a ratio; ``12/2024``, ``31/3/2025`` dates, which are text;
* ``1.234. 567``, ``85, 70%`` numbers that the end of a line cut, alone in their cell;
* ``-``, ``–`` nothing to report; ``06`` is 6; ``-5``, ``+5`` signed; ``(12)`` is -12, as accounts print it, except
  where all numbers of its column stand in brackets;
* ``50,92 tỷ``, ``12 hồ sơ`` a number with its unit.

``15,357`` and, less often, ``12.345`` can be either. The other cells decide, those of the column first, then, when
they say nothing or both, those of the row (years side by side); without a word from either the law's habit holds.
A column in which every number has a comma before its last three digits, beside others with points, has decimals:
who writes points between thousands in one column writes no commas there in the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.models import CellValue, ValueKind

#: Where the end of a line cuts a number: at a mark of thousands, before the decimals of a share.
_CUT_RE = re.compile(r"(?<=\d)(?:\s*\.\s+|\s+\.\s*)(?=\d{3}(?!\d))|(?<=\d)\s*,\s+(?=\d{1,2}\s*%)")
_CUT_NUMBER_RE = re.compile(r"[-–+(]?\s?\d[\d.,\s]*%?\)?")
_DASH_RE = re.compile(r"[-–—_]{1,3}")
_NUMBER_RE = re.compile(
    r"(?P<open>\(\s*)?(?P<sign>[-–−+]\s?)?(?P<digits>\d+(?:[.,]\d+)*|\d{1,3}(?:[ \u00a0]\d{3})+(?:,\d+)?)"
    r"(?P<percent>\s*[%％])?(?P<close>\s*\))?(?:\s*(?P<unit>[^\W\d_][^\d,.;:()\n]{0,24}\.?))?"
)
_RATIO_RE = re.compile(r"(?P<value>\d{1,3}(?:[.,]\d{3})+|\d+)\s*/\s*(?P<of>\d{1,3}(?:[.,]\d{3})+|\d+)")
_GROUPED_RE = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?")
_ENGLISH_RE = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")
_EITHER_RE = re.compile(r"[1-9]\d{0,2}(?P<mark>[.,])\d{3}")
_DECIMAL_RE = re.compile(r"\d+(?P<mark>[.,])\d+")
# A unit is a word or three, in small letters or an abbreviation: "tỷ đồng", "TTHC", "m²".
_UNIT_RE = re.compile(
    r"(?:[a-zà-ỹđ][^\s]*|[A-ZĐ]{2,8}|[A-ZĐ]{2,5}/\S+)(?:\s(?:[a-zà-ỹđ][^\s]*|[A-ZĐ]{2,8})){0,3}\.?"
)
# Words that make a phrase of a number, not a unit.
_PHRASE_RE = re.compile(
    r"(?:và|hoặc|đến|trở|trong|của|là|được|theo|tại|cho|với|đạt|năm|quý|so|từ|trên|dưới|tháng \w)\b", re.IGNORECASE
)

_SEVERAL = 3

BLANK = CellValue(ValueKind.BLANK)
DASH = CellValue(ValueKind.DASH)
TEXT = CellValue(ValueKind.TEXT)


@dataclass(frozen=True, slots=True)
class _Printed:
    """A number as printed, before its neighbours are asked."""

    digits: str
    negative: bool = False
    bracketed: bool = False
    percent: bool = False
    unit: str | None = None

    @property
    def either(self) -> str | None:
        """The mark that may group thousands or begin decimals; None when the form says which."""
        found = None if self.percent else _EITHER_RE.fullmatch(self.digits)
        return found["mark"] if found else None


def parse_value(text: str | None, neighbours: Iterable[str] = ()) -> CellValue:
    """The value of a cell, `neighbours` being the other cells of its column.

    >>> parse_value("1.763").value, parse_value("67,7%").value, parse_value("78.04").value
    ('1763', '67.7', '78.04')
    >>> parse_value("21/21").of, parse_value("-").kind.value, parse_value("Đạt").kind.value
    ('21', 'dash', 'text')
    >>> parse_value("15,357").value, parse_value("15,357", ["1.204", "23.988"]).value
    ('15.357', '15357')
    >>> parse_value("1.234. 567").value, parse_value("85, 70%").value, parse_value("12, 5").kind.value
    ('1234567', '85.70', 'text')
    """
    column = [text, *neighbours]
    return read_values([[cell] for cell in column])[0][0]


def read_values(rows: Sequence[Sequence[str | None]]) -> list[list[CellValue]]:
    """The values of a table's cells, doubtful ones by the cells around them."""
    printed = [[_parse(cell) for cell in row] for row in rows]
    # What a column says is asked only where a cell is in doubt, and once.
    said: dict[int, _Habit] = {}
    decimals: dict[int, bool] = {}
    values = []
    for row in printed:
        line = []
        for column, found in enumerate(row):
            if isinstance(found, CellValue):
                line.append(found)
                continue
            habit = None
            if found.either or found.bracketed:
                if column not in said:
                    said[column] = _habit_of(other[column] for other in printed if column < len(other))
                habit = said[column]
                if found.either and habit.silent:
                    # The first cell of a row may be its label: "1.4" says nothing of the marks of numbers.
                    habit = _Habit(*_habit_of(row[1:]).marks, habit.all_bracketed)
                    if found.either == "," and "," not in habit.groups and "." not in habit.decimals:
                        if column not in decimals:
                            decimals[column] = _has_decimals(printed, column)
                        habit = _SILENT if decimals[column] else habit
            line.append(_finish(found, habit))
        values.append(line)
    return values


def _parse(text: str | None) -> CellValue | _Printed:
    if text is None or not text.strip():
        return BLANK
    text = text.strip()
    if len(text) > 48:
        return TEXT
    if _DASH_RE.fullmatch(text):
        return DASH
    if _CUT_NUMBER_RE.fullmatch(text):
        text = _CUT_RE.sub(lambda found: found.group().strip(), text)
    ratio = _RATIO_RE.fullmatch(text)
    if ratio:
        return _ratio(ratio)
    found = _NUMBER_RE.fullmatch(text)
    if found is None or bool(found["open"]) != bool(found["close"]):
        return TEXT
    unit = found["unit"]
    if unit and (not _UNIT_RE.fullmatch(unit) or _PHRASE_RE.match(unit)):
        return TEXT
    digits = re.sub(r"[ \u00a0]", "", found["digits"])
    if not (digits.isdecimal() or _knows(digits)):
        return TEXT
    negative = (found["sign"] or "").strip() in {"-", "–", "−"}
    return _Printed(digits, negative, bool(found["open"]), bool(found["percent"]), unit)


def _knows(digits: str) -> bool:
    return any(form.fullmatch(digits) for form in (_GROUPED_RE, _ENGLISH_RE, _DECIMAL_RE))


def _ratio(found: re.Match[str]) -> CellValue:
    value, of = (re.sub(r"[.,]", "", found[name]) for name in ("value", "of"))
    # A month of a year.
    if len(of) == 4 and of[:2] in {"19", "20"} and len(found["of"]) == 4 and 1 <= int(value) <= 12:
        return TEXT
    return CellValue(ValueKind.RATIO, _strip(value), _strip(of))


@dataclass(frozen=True, slots=True)
class _Habit:
    """How cells write numbers: which of dot and comma groups thousands, and which begins decimals."""

    groups: frozenset[str]
    decimals: frozenset[str]
    whole: bool
    all_bracketed: bool = False

    @property
    def marks(self) -> tuple[frozenset[str], frozenset[str], bool]:
        """The habit without brackets."""
        return self.groups, self.decimals, self.whole

    @property
    def silent(self) -> bool:
        """Whether the cells say nothing of the marks, or both things."""
        thousands = bool(self.groups) or self.whole
        return thousands == bool(self.decimals)

    def is_group(self, mark: str) -> bool | None:
        """Whether `mark` between a digit and three more groups thousands; None when unknown."""
        if mark in self.decimals and mark not in self.groups:
            return False
        other = "." if mark == "," else ","
        if mark in self.groups or other in self.decimals:
            return True
        if other in self.groups or self.whole:
            # "15,357" between "1.204" and "23.988": a slip of the hand, not decimals.
            return True
        return None


def _habit_of(cells: Iterable[CellValue | _Printed]) -> _Habit:
    groups, decimals, perhaps, whole, plain, bracketed = set(), set(), False, False, False, 0
    for cell in cells:
        if isinstance(cell, CellValue):
            continue
        plain, bracketed = plain or not cell.bracketed, bracketed + cell.bracketed
        if cell.percent or cell.either == ",":
            continue
        digits = cell.digits
        if digits.isdecimal():
            # Numbers of a thousand and more in one piece; smaller ones go with any habit.
            whole = whole or len(digits) > 3
        elif cell.either:
            perhaps = True
        elif _GROUPED_RE.fullmatch(digits):
            groups.add(".")
            if "," in digits:
                decimals.add(",")
        elif _ENGLISH_RE.fullmatch(digits):
            groups.add(",")
        else:
            decimals.add("," if "," in digits else ".")
    if perhaps and "." not in decimals:
        groups.add(".")
    return _Habit(frozenset(groups), frozenset(decimals), whole, bracketed > 1 and not plain)


_SILENT = _Habit(frozenset(), frozenset(), whole=False)


def _has_decimals(rows: Sequence[Sequence[CellValue | _Printed]], column: int) -> bool:
    """Whether a column writes all its numbers, several, with a comma before three digits."""
    cells = [row[column] for row in rows if column < len(row)]
    numbers = [cell for cell in cells if not isinstance(cell, CellValue)]
    return len(numbers) >= _SEVERAL and all(cell.either == "," or cell.digits == "0" for cell in numbers)


def _finish(found: _Printed, habit: _Habit | None) -> CellValue:
    digits, mark = found.digits, found.either
    if mark:
        grouped = habit.is_group(mark) if habit else None
        # The law's habit: a dot groups, a comma begins decimals.
        if grouped is None:
            grouped = mark == "."
        number = digits.replace(mark, "" if grouped else ".")
    elif digits.isdecimal():
        number = digits
    elif found.percent and _DECIMAL_RE.fullmatch(digits):
        number = digits.replace(",", ".")
    elif _GROUPED_RE.fullmatch(digits):
        number = digits.replace(".", "").replace(",", ".")
    elif _ENGLISH_RE.fullmatch(digits):
        number = digits.replace(",", "")
    else:
        number = digits.replace(",", ".")
    negative = found.negative or (found.bracketed and not (habit and habit.all_bracketed))
    number = ("-" if negative else "") + _strip(number)
    return CellValue(ValueKind.PERCENT if found.percent else ValueKind.NUMBER, number, unit=found.unit)


def _strip(number: str) -> str:
    """The number without leading zeros."""
    whole, point, rest = number.partition(".")
    return (whole.lstrip("0") or "0") + point + rest
