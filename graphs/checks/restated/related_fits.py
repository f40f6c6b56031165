"""How well words tell what two numbers make: rightly, and by a slip of a digit, a fraction, a unit."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from math import exp, log

from graphs.checks.reading.loose import PARTS, Loose
from graphs.checks.reading.moved import scaled
from graphs.checks.reading.multiples import Multiple
from graphs.checks.reading.telling import places_printed
from graphs.checks.restated.called_near import measured_as
from kb.models import Figure

#: How well words tell a value, from 0 to 1.
Fit = Callable[[float], float]
#: Fractions as they are said, in hundredths.
_FRACTIONS = tuple((float(value), words) for words, value in PARTS[1:])
#: A fraction tells what is so near to it; one with a word before it what is so much more or less.
_NARROW, _BARE, _ABOUT, _HEDGED = 0.055, 0.02, 0.05, 0.16
_ROUNDED = 0.004


def fits_of_times(told: Multiple) -> tuple[Fit, Fit]:
    """How well a multiple tells a quotient, and how likely it is a slip of it."""

    def fits(value: float) -> float:
        return float(told.fits(Decimal(value), Decimal(_ROUNDED)))

    return fits, _slip_of_times(told)


_NUMBER_RE = re.compile(r"\d+(?:,\d+)?")


def _slip_of_times(told: Multiple) -> Fit:
    low, high, value = float(told.low), float(told.high), float(told.value)
    others = {value + by for by in (-3, -2, -1, 1, 2, 3)}
    found = _NUMBER_RE.search(told.words)
    if found and "," in found.group():
        whole, _, rest = found.group().partition(",")
        if len(whole) == len(rest) == 1:
            others.add(float(f"{rest}.{whole}"))
    moves = [other - value for other in others if other > 1 and other != value]

    def slip(exact: float) -> float:
        near = [by for by in moves if (low + by) * 0.996 <= exact <= (high + by) * 1.004]
        if near:
            return 0.3 if any(abs(by) <= 1.01 for by in near) else 0.1
        return 0.02 if 0.4 < exact / value < 2.5 else 0.0

    return slip


def _value_of(loose: Loose) -> tuple[float, str]:
    """The round share of loose words, and whether it is told to be more, less or about that."""
    words = loose.words.lower()
    said = next((share for share, pattern in _FRACTIONS if re.search(rf"(?:{pattern})$", words)), None)
    number = re.search(r"(\d+)(?:,(\d+))?(?:/(\d))?", words)
    value = 50.0 if said is None else said
    if said is None and number:
        value = 100 * float(number[1]) / float(number[3]) if number[3] else float(f"{number[1]}.{number[2] or 0}")
    if re.match(r"hơn|quá|trên(?! dưới)|già", words):
        return value, "more"
    if re.match(r"gần|ngót|suýt|sát|non|(?:còn )?(?:chưa|không)|dưới|ít hơn", words):
        return value, "less"
    return value, "about" if re.match(r"khoảng|chừng|cỡ|xấp xỉ|trên dưới", words) else ""


def _well(value: float, side: str, exact: float) -> float:
    """How well a round share with such a word before it tells an exact one."""
    if exact <= 0 or value <= 0:
        return 0.0
    off = log(exact / value)
    if side == "more":
        off = off - _HEDGED if off > _HEDGED else 0.0 if off > -0.003 else off * 6
    elif side == "less":
        off = off + _HEDGED if off < -_HEDGED else 0.0 if off < 0.003 else off * 6
    elif side == "about":
        off = max(0.0, abs(off) - _ABOUT)
    else:
        off = max(0.0, abs(off) - _BARE)
    return exp(-((off / _NARROW) ** 2) / 2)


def fits_of_part(loose: Loose) -> tuple[Fit, Fit]:
    """How well loose words tell a share in per cent, and how likely they are a slip of it."""
    value, side = _value_of(loose)
    number = loose.is_number
    others = [share for share, _ in _FRACTIONS if not number and abs(share - value) > 1]
    if number:
        others = [value + by for by in (-20, -10, 10, 20) if 0 < value + by < 100]
    flipped = {"more": "less", "less": "more"}.get(side, "")

    @lru_cache(maxsize=512)
    def fits(exact: float) -> float:
        if side and float(loose.low) <= exact <= float(loose.high):
            return 1.0
        return _well(value, side, exact)

    @lru_cache(maxsize=512)
    def slip(exact: float) -> float:
        if flipped and _well(value, flipped, exact) > 0.5 and not fits(exact) > 0.5:
            return 0.2
        best = max((_well(other, side, exact) for other in others), default=0.0)
        return max(0.15 * best, 0.02 if 3 < exact < 97 else 0.002)

    return fits, slip


def fits_of_each(one: Figure, hedge: str) -> tuple[Fit, Fit]:
    """How well a mean tells what falls to each in the least unit, and how likely it is a slip of it."""
    _, exact_told = measured_as((one.unit or "").lower(), scaled(one))
    told = float(exact_told)
    step = told / float(one.value) * 10.0 ** -places_printed(one.value, one.printed)
    digits = str(round(told / step))
    significant = digits.rstrip("0")
    swapped = [
        int(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]) * step
        for at in range(len(digits) - 1)
        if digits[at] != digits[at + 1]
    ]
    changed = [
        int(digits[:at] + digit + digits[at + 1 :]) * step
        for at in range(len(significant))
        for digit in "0123456789"
        if digit != digits[at]
    ]
    own = 1 / (27 * 10.0 ** (len(significant) - 1))
    slack = {"": 0.0}.get(hedge, 0.1)

    def near(value: float, exact: float) -> bool:
        return -step * 0.55 <= exact - value < step * 1.02 or abs(exact - value) <= slack * value

    def fits(exact: float) -> float:
        return float(near(told, exact))

    def slip(exact: float) -> float:
        if any(abs(exact / told * power - 1) < max(step / told, 0.004) for power in (1e3, 1e-3, 1e6, 1e-6)):
            return 0.06
        if any(abs(exact / told * power - 1) < max(step / told, 0.004) for power in (10, 0.1, 100, 0.01)):
            return 0.01
        if any(abs(value - exact) <= step * 0.55 for value in swapped):
            return 0.3 / len(swapped)
        if any(abs(value - exact) <= step * 0.55 for value in changed):
            return 0.4 / len(changed)
        return own / 2 if 0.5 < exact / told < 2 else own / 50

    return fits, slip
