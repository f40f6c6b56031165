"""Learn the weights of ``graphs/checks/learned/data/likeness.csv`` from papers whose numbers are sound.

    python tools/fit_likeness.py FOLDER [FOLDER…] > graphs/checks/learned/data/likeness.csv

Every ``*.txt`` of the folders is read. Nobody has to say what is of one thing: two equal numbers of several digits
that are rare in a paper are; pairs of other values, as large, are mostly not, and a part of them is read. A paper
that is known to hold errors may have ``NAME.key.json`` beside it with ``relations`` (``lines``, ``numbers``,
``holds``): the numbers of those that do not hold are left out.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from graphs.checks.learned.likeness import FEATURES, Likeness
from graphs.checks.reading.phrases import years_of
from graphs.checks.reading.telling import Telling
from graphs.checks.reading.tellings import read_tellings
from graphs.checks.report import Subject
from ingest.analysis import analyse
from ingest.document import text_document

_DIGITS, _OFTEN = 3, 4
#: Of pairs of unlike numbers one of so many is read: of those that share a word of their own, of others.
_SHARING, _SHARING_NONE = 5, 30
#: The features of a pair, whether it is of one thing, for how many pairs it stands.
Row = tuple[list[float], bool, float]


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper with what is known to be wrong in it: lines, and the numbers of each."""

    subject: Subject
    wrong: tuple[tuple[frozenset[int], tuple[str, ...]], ...] = ()

    def is_sound(self, one: Telling) -> bool:
        """Whether nothing is known against a number."""
        printed = one.printed.strip("% ").lstrip("0")
        text = self.subject.document.text
        lines = {text.count("\n", 0, place) + 1 for place in (one.span.start, one.span.end)}
        return not any(lines & at and any(printed in told for told in numbers) for at, numbers in self.wrong)


def papers_of(folder: Path) -> Iterator[Paper]:
    """The papers of a folder that set no rules."""
    for path in sorted(folder.glob("*.txt")):
        read = analyse(text_document(path.read_text(encoding="utf-8")), with_claims=False)
        issued = read.document.metadata.issued
        on = (
            date.fromisoformat(issued.value) if issued and re.fullmatch(r"\d{4}-\d\d-\d\d", issued.value) else None
        )
        subject = Subject(read.document, read.citations, read.figures, read.targets, on)
        key = path.with_suffix("").with_suffix(".key.json")
        told = json.loads(key.read_text(encoding="utf-8"))["relations"] if key.is_file() else []
        wrong = tuple(
            (frozenset(one["lines"]), tuple(map(str, one["numbers"]))) for one in told if not one["holds"]
        )
        if not subject.is_rule():
            yield Paper(subject, wrong)


def _digits(one: Telling) -> int:
    return len(re.sub(r"\D", "", one.printed.split("/")[0]).strip("0"))


def rows_of(paper: Paper) -> Iterator[Row]:
    """Each pair with whether it is surely of one thing; equal pairs that may be chance are left out."""
    like = Likeness(read_tellings(paper.subject), years_of(paper.subject))
    found = like.read.found
    often = Counter((one.kind, one.value) for one in found)
    seen = Counter[int]()
    fit = [at for at in range(len(found)) if like.compares(at)]
    for at, other in combinations(fit, 2):
        one, two = found[at], found[other]
        if (one.kind, one.value.adjusted()) != (two.kind, two.value.adjusted()) or not like.apart(at, other):
            continue
        if like.equal(at, other):
            if min(_digits(one), _digits(two)) >= _DIGITS and often[one.kind, one.value] <= _OFTEN:
                yield like.features(at, other), True, 1
        elif paper.is_sound(one) and paper.is_sound(two):
            share = _SHARING if one.own & two.own else _SHARING_NONE
            if seen[share] % share == 0:
                yield like.features(at, other), False, share
            seen[share] += 1


def fitted(rows: Sequence[Row], shrink: float = 1.0) -> list[float]:
    """The weights of a logistic regression, those but the first drawn to 0."""
    features = np.array([row for row, _, _ in rows], float)
    truth = np.array([true for _, true, _ in rows], float)
    counts = np.array([count for _, _, count in rows], float)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        told = features @ weights
        away = counts * (1 / (1 + np.exp(-told)) - truth)
        slope = features.T @ away
        slope[1:] += shrink * weights[1:]
        return float(
            (counts * (np.logaddexp(0, told) - truth * told)).sum() + shrink * (weights[1:] ** 2).sum() / 2
        ), slope

    return list(minimize(loss, np.zeros(features.shape[1]), jac=True, method="L-BFGS-B").x)


def main(folders: Sequence[str]) -> None:
    """Print the table."""
    rows = [row for folder in folders for paper in papers_of(Path(folder)) for row in rows_of(paper)]
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(("feature", "weight"))
    out.writerows((name, f"{weight:.2f}") for name, weight in zip(FEATURES, fitted(rows), strict=True))


if __name__ == "__main__":
    main(sys.argv[1:])
