"""Learn the weights of ``graphs/checks/learned/data/rivals.csv`` from papers whose numbers are sound.

    python tools/fit_rivals.py FOLDER [FOLDER…] > graphs/checks/learned/data/rivals.csv

Every ``*.txt`` of the folders is read; nobody has to say what is of one thing. Pairs of unlike numbers that a
sound paper holds are two things. Then one by one its numbers that are told again are typed wrong: what stands at
that place and at the other one is one thing. Pairs that the wrong number makes with others are two things again,
and count for half, as they are made up.
"""

from __future__ import annotations

import csv
import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from graphs.checks.learned.likeness import Likeness, Places
from graphs.checks.learned.rivals import FEATURES, Rivals
from graphs.checks.reading.moved import scaled
from graphs.checks.reading.phrases import years_of
from graphs.checks.reading.telling import Telling
from graphs.checks.reading.tellings import read_tellings
from graphs.checks.report import Subject
from ingest.analysis import analyse
from ingest.document import text_document
from kb.models import Figure
from tools.fit_likeness import Row, fitted

#: So many digits, told again, are of one thing; what is told oftener is of many; so many of a paper are altered.
_DIGITS, _OFTEN, _ALTERED, _SEED = 3, 4, 30, 20
_HALF = 0.5


def _read(text: str) -> tuple[Rivals | None, Sequence[Figure]]:
    """The numbers of a paper; none of one that sets rules."""
    read = analyse(text_document(text), with_claims=False)
    subject = Subject(read.document, read.citations, read.figures, read.targets)
    if subject.is_rule():
        return None, ()
    return Rivals(Likeness(read_tellings(subject), years_of(subject))), read.figures


def _told_again(text: str, figures: Sequence[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """Each number of several digits with another place of the text that tells it."""
    by_value: dict[tuple[bool, Decimal], list[Figure]] = defaultdict(list)
    for figure in figures:
        digits = "".join(filter(str.isdecimal, text[figure.span.start : figure.span.end])).strip("0")
        if len(digits) >= _DIGITS and not figure.inside:
            by_value[figure.unit == "%", scaled(figure)].append(figure)
    for places in by_value.values():
        if 2 <= len(places) <= _OFTEN:
            for one in places:
                others = [other for other in places if _sentence(text, other) != _sentence(text, one)]
                if others:
                    yield one, others[0]


def _sentence(text: str, figure: Figure) -> int:
    return max(text.rfind(mark, 0, figure.span.start) for mark in ("\n", ". ", "; "))


def mistyped(printed: str, chance: random.Random) -> str:
    """A number with a digit typed wrong, two changed places, or another one of as many digits."""
    letters = list(printed)
    digits = [at for at, letter in enumerate(letters) if letter.isdecimal()]
    how = chance.choice("aaabc")
    if how == "b" and len(digits) > 2:
        at = chance.randrange(1, len(digits) - 1)
        one, other = digits[at : at + 2]
        letters[one], letters[other] = letters[other], letters[one]
    elif how == "c":
        for at in digits[1:]:
            letters[at] = str(chance.randrange(10))
    else:
        at = chance.choice(digits[1:] or digits)
        letters[at] = str((int(letters[at]) + chance.randrange(1, 10)) % 10)
    return "".join(letters)


def rows_of(text: str, chance: random.Random) -> Iterator[Row]:
    """The pairs of a sound paper, then those that each number makes that is told again and typed wrong."""
    rivals, figures = _read(text)
    if rivals is None:
        return
    for pair in rivals.candidates():
        yield rivals.features(*pair), False, 1.0
    again = list(_told_again(text, figures))
    chance.shuffle(again)
    for one, other in again[:_ALTERED]:
        printed = text[one.span.start : one.span.end]
        wrong = mistyped(printed, chance)
        altered, _ = _read(text[: one.span.start] + wrong + text[one.span.end :])
        if altered is not None and wrong != printed:
            yield from _of_altered(altered, one, other)


def _of_altered(rivals: Rivals, one: Figure, other: Figure) -> Iterator[Row]:
    """The pairs of a number typed wrong: the likeliest with what tells it right is of one thing."""
    found = rivals.like.read.found
    wrong, right = _at(found, one), _at(found, other)
    values = {(found[at].kind, found[at].value) for at in right}
    right |= {at for at, told in enumerate(found) if (told.kind, told.value) in values} - wrong
    pairs = [pair for pair in rivals.candidates() if wrong & set(pair)]
    true: list[Places] = [pair for pair in pairs if right & set(pair)]
    if true:
        yield rivals.features(*max(true, key=lambda pair: rivals.likely(*pair))), True, 1.0
    for pair in pairs:
        if pair not in true:
            yield rivals.features(*pair), False, _HALF


def _at(found: Sequence[Telling], figure: Figure) -> set[int]:
    """Which numbers stand where a figure does."""
    span = figure.span
    return {at for at, told in enumerate(found) if told.span.start < span.end and span.start < told.span.end}


def main(folders: Sequence[str]) -> None:
    """Print the table."""
    chance = random.Random(_SEED)
    papers = [
        path.read_text(encoding="utf-8") for folder in folders for path in sorted(Path(folder).glob("*.txt"))
    ]
    rows = [row for text in papers for row in rows_of(text, chance)]
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(("feature", "weight"))
    out.writerows((name, f"{weight:.2f}") for name, weight in zip(FEATURES, fitted(rows), strict=True))


if __name__ == "__main__":
    main(sys.argv[1:])
