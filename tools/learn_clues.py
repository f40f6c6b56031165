"""Learns what words say about how numbers are worked out, and writes ``graphs/checks/learned/data/clues.csv``.

    python tools/learn_clues.py FILE.txt ... [TEXTS.jsonl.gz ...] [--cases]

A number that a supposed way gives to its last digit is told as worked out so, any other is not. Beside a paper
may lie its key (``FILE.key.json`` with ``relations``: ``holds``, ``numbers``): a known fault that is a slip away
says as much as a number that is right. With ``--apart 6`` nothing is written: each sixth of the papers is judged
by what the others teach; the lines say how many numbers would be found were they a slip off, and how many are
doubted. With ``--cases`` the project's own sentences without a fault (`tests/cases/checks.txt`) teach too.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from math import log
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from graphs.checks.learned.clues import clues  # noqa: E402 (the project is found first)
from graphs.checks.learned.odds import odds_of_slip  # noqa: E402
from graphs.checks.learned.worked_out import Supposed, Way, supposed_of  # noqa: E402
from graphs.checks.reading.placed import Placed, placed  # noqa: E402
from graphs.checks.reading.prose import everywhere  # noqa: E402
from graphs.checks.report import Subject  # noqa: E402
from ingest.analysis import analyse  # noqa: E402
from ingest.document import text_document  # noqa: E402
from tests.cases import load_cases  # noqa: E402

TABLE = ROOT / "graphs/checks/learned/data/clues.csv"
#: A clue that fewer papers hold is chance; what each unit of worth costs; what is worth less is not kept.
_FEWEST, _COST, _LEAST = 5, 0.7, 0.02
#: A number that so many ways give by chance tells nothing.
_CHANCE = 0.5
_VIETNAMESE_RE = re.compile(r"[ăđơưạảấầậếềệộốồờợủừữ]")
_SURE = 2.0


@dataclass(frozen=True, slots=True)
class Row:
    """A supposed way with its clues, its paper, which number it is of, and whether it is told (None: unclear)."""

    paper: str
    number: int
    one: Supposed
    clues: frozenset[str]
    told: bool | None


def texts(paths: Sequence[str]) -> Iterator[tuple[str, str, list[set[str]]]]:
    """The papers with their names and the numbers of their known faults."""
    for path in paths:
        if path.endswith(".gz"):
            with gzip.open(path, "rt") as lines:
                for at, line in enumerate(lines):
                    text = json.loads(line).get("text") or ""
                    if 2000 < len(text) < 120_000 and len(_VIETNAMESE_RE.findall(text[:4000])) > 40:
                        yield f"{path}#{at}", text, []
            continue
        key = Path(path).with_suffix(".key.json")
        relations = json.loads(key.read_text(encoding="utf-8"))["relations"] if key.exists() else []
        faults = [_plain(" ".join(map(str, one["numbers"]))) for one in relations if not one["holds"]]
        yield path, Path(path).read_text(encoding="utf-8"), faults


def cases() -> Iterator[tuple[str, str, list[set[str]]]]:
    """The sentences of the cases in which a rule on figures finds nothing."""
    for at, case in enumerate(load_cases("checks")):
        if case.expected == "no" and case.title.startswith(("FIG", "TGT")):
            yield f"case {at}", case.text, []


def _plain(text: str) -> set[str]:
    return {one.lstrip("0") or "0" for one in re.findall(r"\d[\d.,]*\d|\d", text)}


def rows(papers: Iterable[tuple[str, str, list[set[str]]]]) -> list[Row]:
    """Every supposed way of the papers."""
    found: list[Row] = []
    number = 0
    for name, text, faults in papers:
        read = analyse(text_document(text), with_claims=False)
        subject = Subject(read.document, read.citations, read.figures, read.targets)
        for where in everywhere(subject) if not subject.is_rule() else ():
            if len(where.figures) < 400 and _VIETNAMESE_RE.search(where.text):
                for told, ways in supposed_of(placed(where)):
                    number += 1
                    found.extend(_of_number(name, number, told, ways, faults))
    return found


def _of_number(
    name: str, number: int, told: Placed, ways: Sequence[Supposed], faults: Sequence[set[str]]
) -> Iterator[Row]:
    digits = len(re.sub(r"\D", "", told.figure.printed).lstrip("0"))
    for way in Way:
        of_it = [one for one in ways if one.way is way]
        holding = sorted(
            (one for one in of_it if one.holds), key=lambda one: max(abs(term.at - told.at) for term in one.terms)
        )
        first: list[Supposed] = []
        for one in holding:  # a total may be split twice, a rate is of one pair
            if not first or (way is Way.SUM and not any({*one.terms} & {*other.terms} for other in first)):
                first.append(one)
        for one in of_it:
            numbers = _plain(" ".join(place.figure.printed for place in (told, *one.terms)))
            right: bool | None = False
            if one in first:
                right = True if len(of_it) / 10**digits < _CHANCE else None
            elif one.holds:
                right = None
            elif any(numbers <= fault for fault in faults):
                right = True if odds_of_slip(one) >= 1 else None
            yield Row(name, number, one, frozenset(clues(one)), right)


def learn(taught: Sequence[Row]) -> dict[str, float]:
    """What each clue is worth, by logistic regression that prefers few clues."""
    papers: dict[str, set[str]] = defaultdict(set)
    for row in taught:
        for clue in row.clues:
            papers[clue].add(row.paper)
    names = sorted(clue for clue, of in papers.items() if len(of) >= _FEWEST)
    place = {clue: at for at, clue in enumerate(names)}
    pairs = [(at, place[clue]) for at, row in enumerate(taught) for clue in sorted(row.clues) if clue in place]
    ones, (down, across) = np.ones(len(pairs)), zip(*pairs, strict=True)
    table = csr_matrix((ones, (down, across)), shape=(len(taught), len(names)))
    signs = np.array([1.0 if row.told else -1.0 for row in taught])
    cost = np.full(2 * len(names), _COST)
    cost[place["1"]] = cost[place["1"] + len(names)] = 0.0

    def loss(both: np.ndarray) -> tuple[float, np.ndarray]:
        worth = both[: len(names)] - both[len(names) :]
        margins = signs * (table @ worth)
        wrong = -signs / (1 + np.exp(np.clip(margins, -500, 500)))
        slope = table.T @ wrong
        squares = 0.05 * worth
        whole = np.logaddexp(0, -margins).sum() + cost @ both + 0.5 * squares @ worth
        return float(whole), np.concatenate([slope + squares, -slope - squares]) + cost

    best = minimize(
        loss,
        np.zeros(2 * len(names)),
        jac=True,
        method="L-BFGS-B",
        bounds=[(0, None)] * (2 * len(names)),
        options={"maxiter": 600},
    )
    worth = best.x[: len(names)] - best.x[len(names) :]
    return {clue: float(value) for clue, value in zip(names, worth, strict=True) if abs(value) >= _LEAST}


def _by_way(found: Sequence[Row]) -> dict[Way, list[Row]]:
    """The rows of each way; so many times is said as by how much is."""
    ways: dict[Way, list[Row]] = defaultdict(list)
    for row in found:
        ways[Way.CHANGE if row.one.way is Way.TIMES else row.one.way].append(row)
    return dict(sorted(ways.items()))


def apart(found: Sequence[Row], folds: int) -> None:
    """Prints what each part of the papers, judged by the others, shows."""
    names = sorted({row.paper for row in found}, key=lambda name: (Path(name).name, name))
    fold = {name: at % folds for at, name in enumerate(names)}
    said: dict[int, float] = {}
    for of_way in _by_way(found).values():
        for turn in range(folds):
            worth = learn([row for row in of_way if row.told is not None and fold[row.paper] != turn])
            for row in of_way:
                if fold[row.paper] == turn:
                    said[id(row)] = sum(worth.get(clue, 0.0) for clue in row.clues)
    count: Counter[str] = Counter()
    numbers: dict[int, list[Row]] = defaultdict(list)
    for row in found:
        numbers[row.number].append(row)
    for of_number in numbers.values():
        right = [row for row in of_number if row.told and row.one.holds]
        for row in right:
            digits = len(re.sub(r"\D", "", row.one.told.figure.printed).lstrip("0"))
            count[f"{row.one.way} told"] += 1
            count[f"{row.one.way} found"] += said[id(row)] + log(0.5 * 10 ** (digits - 1) / digits) > _SURE
        if not any(row.one.holds for row in of_number):
            doubted = max(said[id(row)] + log(odds_of_slip(row.one)) for row in of_number)
            fault = any(row.told for row in of_number)
            count["faults" if fault else "others"] += 1
            count["faults found" if fault else "others doubted"] += doubted > _SURE
    for name in sorted(count):
        sys.stdout.write(f"{name}: {count[name]}\n")


def main() -> None:
    """Reads the papers and writes the table, or judges it."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("paths", nargs="+")
    arguments.add_argument("--apart", type=int, default=0)
    arguments.add_argument("--cases", action="store_true")
    given = arguments.parse_args()
    found = rows(chain(texts(given.paths), cases() if given.cases else ()))
    if given.apart:
        apart(found, given.apart)
        return
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["way", "clue", "worth"])
        for way, of_way in _by_way(found).items():
            worth = learn([row for row in of_way if row.told is not None])
            table.writerows([way.value, clue, f"{worth[clue]:.2f}"] for clue in sorted(worth))


if __name__ == "__main__":
    main()
