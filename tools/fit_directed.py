"""Learn the weights of ``graphs/checks/learned/data/directed.csv`` from papers whose numbers are sound.

    python tools/fit_directed.py FOLDER|TEXTS.jsonl.gz ... > graphs/checks/learned/data/directed.csv

Where two numbers give a change, the word for its way tells in a sound paper which of the two is the later one.
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from graphs.checks.learned.clues import said
from graphs.checks.learned.directed import Directed, directed, signs
from graphs.checks.learned.meant import worked
from graphs.checks.report import Subject
from ingest.analysis import analyse
from ingest.document import text_document

#: A sign that fewer papers hold is chance; what the square of a worth costs; what is worth less is not kept.
_FEWEST, _COST, _LEAST = 3, 1.0, 0.05
#: So likely the words must make a change of two numbers to teach anything.
_MEANT = -3.5
_LONGEST = 120_000


@dataclass(frozen=True, slots=True)
class Row:
    """The signs of one change of a paper, and how surely its words mean the two numbers."""

    paper: str
    signs: tuple[tuple[str, int], ...]
    meant: float


def rows_of(paper: str, subject: Subject) -> Iterator[Row]:
    """The changes of a sound paper, each with the two numbers nearest to it that give it."""
    for text in worked(subject):
        for pairs in directed(text.told):
            one = min(pairs, key=_far)
            yield Row(paper, tuple(signs(one)), said(one.change, turned=True))


def _far(one: Directed) -> int:
    return max(abs(term.at - one.change.told.at) for term in one.change.terms)


def learn(rows: Sequence[Row]) -> dict[str, float]:
    """What each sign is worth: logistic regression, in which all rows are true."""
    taught = [row for row in rows if row.meant > _MEANT]
    papers: dict[str, set[str]] = defaultdict(set)
    for row in taught:
        for sign, _ in row.signs:
            papers[sign].add(row.paper)
    names = sorted(sign for sign, of in papers.items() if len(of) >= _FEWEST)
    place = {sign: at for at, sign in enumerate(names)}
    cells = [(at, place[sign], side) for at, row in enumerate(taught) for sign, side in row.signs if sign in place]
    down, across, sides = zip(*cells, strict=True)
    table = csr_matrix((np.array(sides, float), (down, across)), shape=(len(taught), len(names)))

    def loss(worth: np.ndarray) -> tuple[float, np.ndarray]:
        margins = table @ worth
        slope = -(table.T @ (1 / (1 + np.exp(np.clip(margins, -500, 500)))))
        return float(np.logaddexp(0, -margins).sum() + _COST / 2 * worth @ worth), slope + _COST * worth

    worth = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x
    return {sign: float(value) for sign, value in zip(names, worth, strict=True) if abs(value) >= _LEAST}


def texts(paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The papers with their names."""
    for path in paths:
        if path.endswith(".gz"):
            with gzip.open(path, "rt", encoding="utf-8") as lines:
                for at, line in enumerate(lines):
                    text = json.loads(line).get("text") or ""
                    if len(text) < _LONGEST:
                        yield f"{path}#{at}", text
            continue
        for file in sorted(Path(path).glob("*.txt")):
            yield str(file), file.read_text(encoding="utf-8")


def main(paths: Sequence[str]) -> None:
    """Print the table."""
    rows: list[Row] = []
    for name, text in texts(paths):
        read = analyse(text_document(text), with_claims=False)
        rows += rows_of(name, Subject(read.document, read.citations, read.figures, read.targets))
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(("sign", "worth"))
    out.writerows((sign, f"{worth:.2f}") for sign, worth in sorted(learn(rows).items()))


if __name__ == "__main__":
    main(sys.argv[1:])
