"""Learn the weights of ``graphs/checks/learned/data/mistyped.csv`` from papers whose numbers are sound.

    python tools/fit_mistyped.py FOLDER [FOLDER…] > graphs/checks/learned/data/mistyped.csv

In a sound paper no number is another one mistyped. Then one by one numbers of it are, with two digits that changed
places or one that is another: what gives the number that stood there shows what a misprint looks like.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator

from graphs.checks.learned.by_chance import Seen, slips_of
from graphs.checks.learned.in_lines import Number
from graphs.checks.learned.mistyped import Read, Signs, may_be_mistyped, read_numbers
from tools.fit_meant import Row, print_worth, read

#: So many numbers of a paper are mistyped; what each counts; how often two digits changed places.
_MISTYPED, _COUNTS, _SWAPPED = 45, 0.5, 0.5


def rows_of(text: str, chance: random.Random) -> Iterator[Row]:
    """What a sound paper holds, which is right, then each number mistyped, which is wrong."""
    subject = read(text)
    if subject.is_rule():
        return
    numbers = read_numbers(subject)
    fit = [one for one in numbers.lines.found if may_be_mistyped(one)]
    for one in fit:
        for _, _, signs in numbers.signs(numbers.seen(one)):
            yield signs, False, 1.0
    chance.shuffle(fit)
    for one in fit[:_MISTYPED]:
        if signs_of := signs_mistyped(numbers, one, slip(one.whole, chance)):
            yield signs_of, True, _COUNTS


def signs_mistyped(numbers: Read, one: Number, typed: int) -> Signs | None:
    """The signs that a number is what it was, once it is mistyped; none where nothing gives what it was."""
    was = one.whole
    _retype(numbers, one, typed)
    seen = Seen(numbers.lines, one)
    signs = next((signs for whole, _, signs in numbers.signs(seen) if whole == was), None)
    _retype(numbers, one, was)
    return signs


def _retype(numbers: Read, one: Number, whole: int) -> None:
    numbers.lines.by_value[one.key].remove(one)
    one.whole = whole
    numbers.lines.by_value[one.key].append(one)


def slip(whole: int, chance: random.Random) -> int:
    """A number mistyped."""
    slips = slips_of(whole)
    swapped = [other for other, kind in slips.items() if kind == "swap"]
    if swapped and chance.random() < _SWAPPED:
        return chance.choice(swapped)
    return chance.choice([other for other, kind in slips.items() if kind == "digit"])


if __name__ == "__main__":
    print_worth(sys.argv[1:], rows_of)
