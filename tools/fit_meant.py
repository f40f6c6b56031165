"""Learn the weights of ``graphs/checks/learned/data/meant.csv`` from papers whose numbers are sound.

    python tools/fit_meant.py FOLDER [FOLDER…] > graphs/checks/learned/data/meant.csv

In a sound paper no number is wrong, whatever it seems to be worked out from. Then one by one its numbers are
altered that others of their sentence prove (rates, growth, means, totals, differences): such a number is wrong for
those. Each counts once more as one that is off by some other part of itself, for few faults are slips of a digit.
"""

from __future__ import annotations

import csv
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from math import log
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from graphs.checks.learned.meant import Worked, apart, worked
from graphs.checks.learned.odds import OTHER, odds_of_slip
from graphs.checks.learned.reckoned import is_excused, may_be_wrong
from graphs.checks.learned.trusted import ASKED, supposed_by
from graphs.checks.learned.worked_out import Supposed
from graphs.checks.report import Subject, Tally
from graphs.checks.run import RULES
from ingest.analysis import analyse
from ingest.document import text_document
from tests import proved_by_value
from tests.proved_by_value.faults import Proved

KINDS = ("rate", "growth", "mean", "total in a sentence", "difference")
#: So many of each kind are altered; what the second count of a fault is worth; how far off it is then.
_OF_KIND, _AGAIN, _OFF, _LEAST_OFF, _SEED = 9, 0.5, 0.2, 0.01, 7
#: Of each number so many ways count.
_LIKELY = 2
#: A sign that is seen less often is chance; what the square of a weight costs; what is less is not kept.
_FEWEST, _COST, _LEAST = 5, 1.0, 0.02

Signs = dict[str, float]
Row = tuple[Signs, bool, float]


def read(text: str) -> Subject:
    """A paper as the rules get it."""
    of = analyse(text_document(text), with_claims=False)
    return Subject(of.document, of.citations, of.figures, of.targets)


def rows_of(text: str, chance: random.Random) -> Iterator[Row]:
    """What a sound paper holds, which is right, then each number altered, which is wrong."""
    subject = read(text)
    for of, one in supposed(subject):
        yield dict(of.signs(one)), False, 1.0
    proved: dict[str, list[Proved]] = defaultdict(list)
    for fault in proved_by_value.proved(subject.document, _SEED):
        proved[fault.kind].append(fault)
    for kind in KINDS:
        chance.shuffle(proved[kind])
        for fault in proved[kind][:_OF_KIND]:
            broken = proved_by_value.break_one(text, fault)
            for of, one in supposed(read(broken.text)):
                spans = [(place.figure.span.start, place.figure.span.end) for place in (one.told, *one.terms)]
                if _is_of(broken, spans):
                    signs = dict(of.signs(one))
                    yield signs, True, 1.0
                    yield off_otherwise(signs, chance), True, _AGAIN


def _is_of(broken: proved_by_value.Broken, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether numbers are the altered one and those that prove it, and no others."""
    places = (broken.place, *broken.proofs)
    known = all(any(low <= start < high for low, high in places) for start, _ in spans)
    return known and any(broken.place[0] <= start < broken.place[1] for start, _ in spans)


def supposed(subject: Subject) -> Iterator[tuple[Worked, Supposed]]:
    """What numbers of a paper may be wrong for: by their words, and by what the rules that are asked find."""
    found: dict[tuple[int, ...], tuple[Worked, Supposed]] = {}
    texts = {figure.span: text for text in worked(subject) for figure in text.where.figures}
    for text in worked(subject):
        for told in text.told:
            likely = sorted(may_be_wrong(text, told), key=lambda one: -text.said(one) - log(odds_of_slip(one)) / 2)
            found |= {_key(one): (text, one) for one in likely[:_LIKELY] if not is_excused(subject, text, one)}
    for rule in RULES:
        for finding in rule.run(subject, Tally()) if rule.id in ASKED else ():
            of = texts.get(finding.spans[0]) if finding.spans else None
            if of and (meant := supposed_by(of, finding)):
                found[_key(meant)] = (of, meant)
    yield from found.values()


def _key(one: Supposed) -> tuple[int, ...]:
    return one.told.figure.span.start, *sorted(term.figure.span.start for term in one.terms)


def off_otherwise(signs: Signs, chance: random.Random) -> Signs:
    """The signs of a number were it off by some part of itself that no slip explains."""
    kept = {sign: much for sign, much in signs.items() if not sign.startswith(("apart>", "slip", "no slip, "))}
    kept.pop("ratio apart", None)
    off = abs(chance.gauss(0, _OFF)) + _LEAST_OFF
    return kept | {"slip": log(OTHER), **dict(apart(off, by_slip=False, ratio="ratio" in signs))}


def learn(rows: Sequence[Row], cost: float = _COST, fewest: int = _FEWEST) -> dict[str, float]:
    """What each sign is worth: logistic regression that prefers small weights."""
    count = Counter(sign for signs, _, _ in rows for sign in signs)
    names = sorted(sign for sign, many in count.items() if many >= fewest)
    place = {sign: at for at, sign in enumerate(names)}
    cells = [
        (at, place[sign], much)
        for at, (signs, _, _) in enumerate(rows)
        for sign, much in signs.items()
        if sign in place
    ]
    down, across, much_ = zip(*cells, strict=True)
    table = csr_matrix((np.array(much_, float), (down, across)), shape=(len(rows), len(names)))
    wrong = np.array([1.0 if is_wrong else -1.0 for _, is_wrong, _ in rows])
    counts = np.array([times for _, _, times in rows])

    def loss(worth: np.ndarray) -> tuple[float, np.ndarray]:
        margins = wrong * (table @ worth)
        slope = table.T @ (counts * wrong / (1 + np.exp(np.clip(margins, -500, 500))))
        whole = counts @ np.logaddexp(0, -margins) + cost / 2 * worth @ worth
        return float(whole), cost * worth - slope

    best = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return {sign: float(value) for sign, value in zip(names, best.x, strict=True) if abs(value) >= _LEAST}


def print_worth(folders: Sequence[str], rows_of: Callable[[str, random.Random], Iterable[Row]]) -> None:
    """Print what each sign is worth, learned from the rows of all papers of some folders."""
    chance = random.Random(_SEED)
    rows = [
        row
        for folder in folders
        for path in sorted(Path(folder).glob("*.txt"))
        for row in rows_of(path.read_text(encoding="utf-8"), chance)
    ]
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(("sign", "worth"))
    out.writerows((sign, f"{worth:.2f}") for sign, worth in sorted(learn(rows).items()))


if __name__ == "__main__":
    print_worth(sys.argv[1:], rows_of)
