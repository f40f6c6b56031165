"""Learn the weights of ``kb/search/data/ordering.csv`` from judged queries (the format of ``corpus/gold/search``).

    python tools/fit_ordering.py HOME=FILE[,FILE…] [HOME=FILE…] > kb/search/data/ordering.csv

Each home is a base that the queries of its files were judged on. What each file gains is told on stderr: when the
weights are learned from the others alone, and when they have seen it. A hit without a judgement counts as none;
what the files share is weighed by their queries.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from kb.search.home import open_index
from kb.search.index import SearchIndex, Wanted
from kb.search.ordering import FEATURES, Query, Told, features_of
from kb.search.weighing import Scored
from kb.settings import Settings
from kb.store.store import open_store
from tests.benchmarks.bench_search_gold import DAY, Judge

Table: TypeAlias = NDArray[np.float64]

#: Hits looked at, how soft a wrong order is, how much weights cost, and how the slope is followed.
_DEPTH, _SOFT, _COST, _STEPS, _PACE = 50, 0.3, 0.1, 120, 0.02
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """The hits of one query: their scores (as powers of e), features and gains; `best` is the most to be had."""

    part: str
    scores: Table
    features: Table
    gains: Table
    best: float


class _Seen(SearchIndex):
    """A search that keeps what the order is made of, and leaves it."""

    kept: tuple[list[Scored], list[float], Table]

    @classmethod
    def beside(cls, index: SearchIndex) -> _Seen:
        """The same index, seen."""
        seen = cls(index.engine)
        vars(seen).update(vars(index))
        return seen

    def _order(self, near: list[Scored], query: Query, told: list[Told]) -> None:
        self.kept = near[:], [hit.score for hit in near], np.array(features_of(near, query, told))


def judged_queries(home: Path, files: Sequence[Path]) -> Iterator[Judged]:
    """The queries of some files over one base; numbers are not ordered."""
    settings = Settings(home, f"sqlite:///{home / 'cancu.sqlite3'}")
    plain = open_index(settings)
    index = _Seen.beside(plain)
    with open_store(settings) as store:
        judge = Judge(store, plain)
        for file in files:
            for line in file.read_text(encoding="utf-8").splitlines():
                row = json.loads(line)
                if row["kind"] == "number":
                    continue
                index.kept = [], [], np.zeros((0, len(FEATURES)))
                hits = index.search(Wanted(row["query"], DAY, limit=_DEPTH, facets=False)).hits
                found, scores, features = index.kept
                if not found:  # who names an article, say, gets that
                    continue
                places = {(hit.work, hit.kind, hit.start, hit.end): judge.grade(hit, row) for hit in hits}
                keys = [tuple(hit.stored[name] for name in ("work", "kind", "start", "end")) for hit in found]
                gains = 2.0 ** np.array([places.get(key, 0) for key in keys], float) - 1
                grades = list((judge.answers(row) | places).values())
                ideal = np.sort(2.0 ** np.array(grades, float) - 1)[::-1][:_SHOWN]
                best = float((ideal * _worth(np.arange(len(ideal)))).sum()) or 1.0
                yield Judged(
                    f"{file.parent.name}/{file.stem}", np.log(np.maximum(scores, 1e-9)), features, gains, best
                )
    plain.close()


def _worth(places: NDArray[np.int_]) -> Table:
    return 1 / np.log2(places + 2.0)


def ndcg(judged: Judged, weights: Table) -> float:
    """What a query reaches of the most to be had with some weights."""
    if not len(judged.gains):
        return 0.0
    order = np.argsort(-(judged.scores + judged.features @ weights), kind="stable")[:_SHOWN]
    return float((judged.gains[order] * _worth(np.arange(len(order)))).sum() / judged.best)


def fitted(queries: Sequence[Judged]) -> Table:
    """Weights that put better hits before worse ones, most where it counts most (LambdaRank on a linear score)."""
    rows = [each for each in queries if len(set(each.gains)) > 1]
    spread = np.vstack([each.features for each in rows]).std(axis=0) + 1e-9
    pairs = [np.nonzero(each.gains[:, None] > each.gains[None, :]) for each in rows]
    scaled = [(each.features - each.features.mean(axis=0)) / spread for each in rows]
    weights, mean, square, kept = (np.zeros(len(FEATURES)) for _ in range(4))
    for step in range(1, _STEPS + 1):
        slope = np.zeros(len(FEATURES))
        for each, table, (better, worse) in zip(rows, scaled, pairs, strict=True):
            scores = each.scores + table @ weights
            places = np.empty(len(scores), int)
            places[np.argsort(-scores, kind="stable")] = np.arange(len(scores))
            worth = np.where(places < 3 * _SHOWN, _worth(places), 0.0)
            cost = (each.gains[better] - each.gains[worse]) * np.abs(worth[better] - worth[worse]) / each.best
            pull = cost / (1 + np.exp((scores[better] - scores[worse]) / _SOFT))
            slope += (
                (np.bincount(better, pull, len(scores)) - np.bincount(worse, pull, len(scores))) @ table / _SOFT
            )
        slope = slope / len(rows) - 2 * _COST * weights
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        weights = weights + _PACE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-3)
        kept += weights if step > _STEPS // 2 else 0.0
    return kept / (_STEPS - _STEPS // 2) / spread


def main() -> None:
    """Read the judged queries of each base, learn, and say what it gains."""
    queries = []
    for argument in sys.argv[1:]:
        home, _, files = argument.partition("=")
        queries += judged_queries(Path(home), [Path(file) for file in files.split(",")])
    weights = fitted(queries)
    parts = list(dict.fromkeys(each.part for each in queries))
    for part in parts:
        own = [each for each in queries if each.part == part]
        others = [each for each in queries if each.part != part]
        before, after = (np.mean([ndcg(each, used) for each in own]) for used in (0 * weights, weights))
        unseen = fitted(others)
        told = np.mean([ndcg(each, unseen) for each in own])
        gains = f"left out {told - before:+.4f}  seen {after - before:+.4f}"
        sys.stderr.write(f"{part:24}{len(own):4}  {before:.4f}  {gains}\n")
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(("feature", "weight"))
    out.writerows((name, f"{weight:.4f}") for name, weight in zip(FEATURES, weights, strict=True))


if __name__ == "__main__":
    main()
