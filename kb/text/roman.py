"""Roman numbers, as parts, chapters and sections bear them."""

from __future__ import annotations

_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def roman_value(number: str) -> int:
    """The value of a Roman number in capitals; 0 when it is none.

    >>> roman_value("XIV"), roman_value("IIII"), roman_value("CV")
    (14, 0, 105)
    """
    total = 0
    for here, after in zip(number, number[1:] + " ", strict=True):
        value = _ROMAN_VALUES.get(here)
        if value is None:
            return 0
        total += -value if _ROMAN_VALUES.get(after, 0) > value else value
    return total if format_roman(total) == number else 0


def format_roman(value: int) -> str:
    """A number in Roman figures; the inverse of `roman_value`.

    >>> format_roman(49)
    'XLIX'
    """
    pieces = []
    for size, sign in (
        (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")
    ):  # fmt: skip
        pieces.append(sign * (value // size))
        value %= size
    return "".join(pieces)
