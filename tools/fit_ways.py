"""Learn the weights of ``graphs/checks/learned/data/ways.csv`` from papers whose numbers are sound.

    python tools/fit_ways.py FOLDER ... > graphs/checks/learned/data/ways.csv

A pointer is right where it goes the way of the word. With ``--left-out`` only what weights of the other hands tell
of each hand (folder) is printed: of its words turned, and of its words as they stand.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from graphs.checks.learned.ways import pointed
from graphs.checks.report import Subject
from ingest.analysis import analyse
from ingest.document import text_document

#: A sign that fewer papers hold is chance; what the square of a worth costs; what is worth less is not kept.
_FEWEST, _COST, _LEAST = 3, 1.0, 0.05
_SURE, _MAYBE = 2.5, 1.0


@dataclass(frozen=True, slots=True)
class Row:
    """One claim: hand and paper, whether it has a number, its pointers: right or not, with their signs."""

    hand: str
    paper: str
    told: bool
    pointers: tuple[tuple[bool, tuple[str, ...]], ...]


def rows_of(hand: str, paper: str, subject: Subject) -> Iterator[Row]:
    """The claims of a sound paper."""
    for told, claims in zip((True, False), pointed(subject), strict=True):
        for claim, pointers in claims:
            yield Row(hand, paper, told, tuple((one.up == claim.up, one.signs) for one in pointers))


def learn(rows: Sequence[Row]) -> dict[str, float]:
    """What each sign is worth: logistic regression over the pointers."""
    papers: dict[str, set[str]] = defaultdict(set)
    pointers = [(right, signs) for row in rows for right, signs in row.pointers]
    for row in rows:
        for _, signs in row.pointers:
            for sign in signs:
                papers[sign].add(row.paper)
    names = sorted(sign for sign, of in papers.items() if len(of) >= _FEWEST)
    place = {sign: at for at, sign in enumerate(names)}
    cells = [(at, place[sign]) for at, (_, signs) in enumerate(pointers) for sign in signs if sign in place]
    down, across = zip(*cells, strict=True)
    table = csr_matrix((np.ones(len(cells)), (down, across)), shape=(len(pointers), len(names)))
    sides = np.array([1.0 if right else -1.0 for right, _ in pointers])

    def loss(worth: np.ndarray) -> tuple[float, np.ndarray]:
        margins = (table @ worth) * sides
        slope = -(table.T @ (sides / (1 + np.exp(np.clip(margins, -500, 500)))))
        return float(np.logaddexp(0, -margins).sum() + _COST / 2 * worth @ worth), slope + _COST * worth

    worth = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x
    return {sign: float(value) for sign, value in zip(names, worth, strict=True) if abs(value) >= _LEAST}


def left_out(rows: Sequence[Row]) -> None:
    """Print what is told of each hand by weights of the others."""
    for told in (True, False):
        kind = [row for row in rows if row.told is told]
        count: Counter[str] = Counter()
        for hand in sorted({row.hand for row in kind}):
            worth = learn([row for row in rows if row.hand != hand])
            for row in kind:
                if row.hand != hand:
                    continue
                best = [
                    max(
                        (
                            sum(worth.get(sign, 0.0) for sign in signs)
                            for is_so, signs in row.pointers
                            if is_so is right
                        ),
                        default=0.0,
                    )
                    for right in (True, False)
                ]
                count["all"] += 1
                count["turned"] += best[0] > _SURE and best[1] < _MAYBE
                count["as they stand"] += best[1] > _SURE and best[0] < _MAYBE
        sys.stdout.write(f"{'with a number' if told else 'without'} {dict(count)}\n")


def _surest(row: Row, right: bool, worth: dict[str, float]) -> float:
    told = (sum(worth.get(sign, 0.0) for sign in signs) for is_so, signs in row.pointers if is_so is right)
    return max(told, default=0.0)


def main(arguments: Sequence[str]) -> None:
    """Print the table, or what it tells of hands left out."""
    folders = [Path(one) for one in arguments if not one.startswith("-")]
    rows: list[Row] = []
    for folder in folders:
        for file in sorted(folder.glob("*.txt")):
            read = analyse(text_document(file.read_text(encoding="utf-8")), with_claims=False)
            subject = Subject(read.document, read.citations, read.figures, read.targets)
            rows += rows_of(folder.name, str(file), subject)
    if "--left-out" in arguments:
        left_out(rows)
        return
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(("sign", "worth"))
    out.writerows((sign, f"{worth:.2f}") for sign, worth in sorted(learn(rows).items()))


if __name__ == "__main__":
    main(sys.argv[1:])
