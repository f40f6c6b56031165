"""Learn the weights of ``graphs/checks/data/related.csv`` from papers whose numbers are sound.

    python tools/fit_related.py FOLDER [FOLDER…] > graphs/checks/data/related.csv

Every ``*.txt`` of the folders is read; nobody has to say which two numbers a text means. In a sound paper those
that are meant make what is said: the weights are those that make that likeliest, over all numbers of a paper that
may be meant, and that none of them is (`graphs.checks.restated.related.Related.by_chance`).
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from graphs.checks.reading.prose import stated
from graphs.checks.report import Subject
from graphs.checks.restated.related import related_in
from graphs.checks.restated.related_made import made
from graphs.checks.restated.related_names import names_of
from graphs.checks.restated.related_terms import Signs
from ingest.analysis import analyse
from ingest.document import text_document

#: What the square of a weight costs; a sign of fewer texts is chance; what is less is not kept.
_COST, _FEWEST, _LEAST = 0.3, 4, 0.03
#: How much less likely than by chance a text is whose two numbers do not make it.
_ELSE = 1e-2

#: All that may be meant of one text: the signs of each, and how well it gives what is said.
Text = list[tuple[Signs, float]]


def texts_of(paper: str) -> Iterator[Text]:
    """What a paper says that two numbers make, each with all that may be meant."""
    of = analyse(text_document(paper), with_claims=False)
    subject = Subject(of.document, of.citations, of.figures, of.targets)
    for where in stated(subject) if not subject.is_rule() else ():
        for said in related_in(where):
            found, none = made(said, names_of(subject))
            text = [
                (_of_kind(said.kind, *one.signs), max(said.fits(one.exact), _ELSE * said.by_chance))
                for one in found
            ]
            yield [*text, (_of_kind(said.kind, none), said.by_chance)]


def _of_kind(kind: str, *some: Signs) -> Signs:
    """Signs, each once for all kinds and once for its own."""
    signs = {sign: much for one in some for sign, much in one.items()}
    return signs | {f"{kind}: {sign}": much for sign, much in signs.items()}


def learn(texts: Sequence[Text]) -> dict[str, float]:
    """The weights that make it likeliest that what is meant gives what is said; small ones are preferred."""
    count = Counter(sign for text in texts for sign in {sign for signs, _ in text for sign in signs})
    names = sorted(sign for sign, many in count.items() if many >= _FEWEST)
    place = {sign: at for at, sign in enumerate(names)}
    rows = [row for text in texts for row in text]
    cells = [
        (at, place[sign], much)
        for at, (signs, _) in enumerate(rows)
        for sign, much in signs.items()
        if sign in place
    ]
    down, across, much_ = zip(*cells, strict=True)
    table = csr_matrix((np.array(much_, float), (down, across)), shape=(len(rows), len(names)))
    given = np.log(np.array([fits for _, fits in rows]))
    sizes = np.array([len(text) for text in texts])
    first = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    of = np.repeat(np.arange(len(texts)), sizes)

    def sums(scores: np.ndarray) -> np.ndarray:
        most = np.maximum.reduceat(scores, first)
        whole: np.ndarray = most + np.log(np.add.reduceat(np.exp(scores - most[of]), first))
        return whole

    def loss(worth: np.ndarray) -> tuple[float, np.ndarray]:
        scores = table @ worth
        whole, right = sums(scores), sums(scores + given)
        slope = table.T @ (np.exp(scores - whole[of]) - np.exp(scores + given - right[of]))
        return float((whole - right).sum() + _COST / 2 * worth @ worth), slope + _COST * worth

    best = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return {sign: float(value) for sign, value in zip(names, best.x, strict=True) if abs(value) >= _LEAST}


def main(folders: Sequence[str]) -> None:
    """Print the table."""
    papers = [path for folder in folders for path in sorted(Path(folder).glob("*.txt"))]
    texts = [text for path in papers for text in texts_of(path.read_text(encoding="utf-8"))]
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(("sign", "worth"))
    out.writerows((sign, f"{worth:.2f}") for sign, worth in sorted(learn(texts).items()))


if __name__ == "__main__":
    main(sys.argv[1:])
