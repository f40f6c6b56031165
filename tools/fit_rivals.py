"""Learn the weights of ``graphs/checks/learned/data/rivals.csv`` from papers whose numbers are sound.

    python tools/fit_rivals.py FOLDER [FOLDER…] > graphs/checks/learned/data/rivals.csv

Every ``*.txt`` of the folders is read; nobody has to say what is of one thing. Pairs of unlike numbers that a
sound paper holds are two things. Then one by one its numbers that are told again are typed wrong
(`tests.proved_by_value`): what stands at that place and at the other one is one thing. Pairs that the wrong number
makes with others are two things again, and count for half, as they are made up.
"""

from __future__ import annotations

import csv
import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from graphs.checks.learned.likeness import Likeness
from graphs.checks.learned.rivals import FEATURES, Rivals
from graphs.checks.reading.phrases import years_of
from graphs.checks.reading.telling import Telling
from graphs.checks.reading.tellings import read_tellings
from graphs.checks.report import Subject
from ingest.analysis import analyse
from ingest.document import text_document
from kb.models import Document
from tests.proved_by_value import Broken, break_one
from tests.proved_by_value.numbers import Place
from tests.proved_by_value.pages import Printed
from tests.proved_by_value.sentences import restated
from tools.fit_likeness import Row, fitted

#: So many numbers of a paper are altered; what a made up pair counts.
_ALTERED, _SEED, _HALF = 16, 20, 0.5


def _read(text: str) -> tuple[Rivals | None, Document]:
    """The numbers of a paper; none of one that sets rules."""
    read = analyse(text_document(text), with_claims=False)
    subject = Subject(read.document, read.citations, read.figures, read.targets)
    if subject.is_rule():
        return None, read.document
    return Rivals(Likeness(read_tellings(subject), years_of(subject))), read.document


def rows_of(text: str, chance: random.Random) -> Iterator[Row]:
    """The pairs of a sound paper, then those that each number makes that is told again and typed wrong."""
    rivals, document = _read(text)
    if rivals is None:
        return
    for pair in rivals.candidates():
        yield rivals.features(*pair), False, 1.0
    faults = list(restated(Printed.of(document), chance))
    chance.shuffle(faults)
    for fault in faults[:_ALTERED]:
        broken = break_one(text, fault)
        altered, _ = _read(broken.text)
        if altered is not None:
            yield from _of_altered(altered, broken)


def _of_altered(rivals: Rivals, broken: Broken) -> Iterator[Row]:
    """The pairs of a number typed wrong: the likeliest with what tells it right is of one thing."""
    found = rivals.like.read.found
    wrong, right = _at(found, [broken.place]), _at(found, broken.proofs)
    values = {(found[at].kind, found[at].value) for at in right}
    right |= {at for at, told in enumerate(found) if (told.kind, told.value) in values} - wrong
    pairs = [pair for pair in rivals.candidates() if wrong & set(pair)]
    true = [pair for pair in pairs if right & set(pair)]
    if true:
        yield rivals.features(*max(true, key=lambda pair: rivals.likely(*pair))), True, 1.0
    for pair in pairs:
        if pair not in true:
            yield rivals.features(*pair), False, _HALF


def _at(found: Sequence[Telling], places: Iterable[Place]) -> set[int]:
    """Which numbers stand at some places."""
    return {
        at
        for at, told in enumerate(found)
        if any(told.span.start < end and start < told.span.end for start, end in places)
    }


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
