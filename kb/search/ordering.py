"""The last order of the best hits: what was learned from judged queries, on top of what each rule says.

Most of what is lost stands in the right document, at the wrong place. Some features of a hit tell the answer from
its neighbours, each with a weight from ``data/ordering.csv``; ``tools/fit_ordering.py`` learns them again. A score
is multiplied by e to the power of the weighted sum.
"""

from __future__ import annotations

import csv
import math
import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from operator import itemgetter
from typing import Any

from kb.search.analysis import folded_words
from kb.search.coverage import LABELS, Coverage, heading_words, tokens_over
from kb.search.rows import label_of
from kb.search.weighing import Scored

#: So many words are an opening, and so many at most the heading that an article begins with.
_OPENING, _HEADING = 30, 20
#: A hit that scores this much less (e**3) than the best counts for no other.
_FURTHEST = 3.0
#: How a figure is asked for: words that no heading repeats.
_COUNTING = frozenset(("nam", "so", "ti", "le", "tong", "bao", "nhieu", "muc"))
_NOUN_RE = re.compile(r"(?<!\w)(?:bao nhieu|may) (\w+)")
_YEAR_RE = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Query:
    """What the features are asked about: the folded words as typed, what each tells, and each pair."""

    line: str
    words: Mapping[str, float]
    pairs: Mapping[str, float]

    @classmethod
    def of(cls, line: str, coverage: Coverage) -> Query:
        """The query of a coverage."""
        return cls(line, coverage.words, coverage.pairs)


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a hit already: the share of words it lacks, what it gained by standing apart."""

    lost: float
    apart: float


def put_in_order(hits: Sequence[Scored], query: Query, told: Sequence[Told]) -> None:
    """Change the scores of the best hits of one query, as learned; `told` are in the order of the hits."""
    weights = load_weights()
    for hit, features in zip(hits, features_of(hits, query, told), strict=True):
        hit.score *= math.exp(sum(map(float.__mul__, weights, features)))


def order_within(hits: Sequence[Scored], gains: Sequence[float]) -> None:
    """Change the order of the hits of each document by `gains` (powers of e); documents keep their places.

    >>> hits = [Scored(score, {"work": work}) for work, score in (("a", 4.0), ("b", 3.0), ("a", 2.0))]
    >>> order_within(hits, [0.0, 0.0, 1.0])
    >>> [hit.score for hit in hits]
    [2.0, 3.0, 4.0]
    """
    if not any(gains):
        return
    works: dict[str, list[tuple[Scored, float]]] = {}
    for hit, gain in zip(hits, gains, strict=True):
        works.setdefault(hit.stored["work"], []).append((hit, hit.score * math.exp(gain)))
    for told in works.values():
        scores = sorted((hit.score for hit, _ in told), reverse=True)
        for (hit, _), score in zip(sorted(told, key=itemgetter(1), reverse=True), scores, strict=True):
            hit.score = score


@lru_cache(maxsize=1)
def load_weights() -> tuple[float, ...]:
    """The weights of `FEATURES`."""
    table = files("kb.search").joinpath("data/ordering.csv").read_text(encoding="utf-8")
    found = {row["feature"]: float(row["weight"]) for row in csv.DictReader(table.splitlines())}
    return tuple(found.get(name, 0.0) for name in FEATURES)


#: In the order in which `features_of` gives them.
FEATURES = (
    "work",  # how near the best hit of its document comes to the best of all
    "article",  # the same of the best other hit of its article
    "crowd",  # how many hits its article has
    "note", "provision", "whole article", "depth",
    "lost", "apart",  # words that it lacks altogether; that set it apart
    "opening", "sentence", "often",  # words in its opening; how well a sentence agrees; how many there are
    "heading", "label",  # how much of its heading was typed; how well the label of a row agrees
    "title words", "title pairs",
    "counted",  # it counts what was asked for: "mấy người" and "5 người"
)  # fmt: skip


def features_of(hits: Sequence[Scored], query: Query, told: Sequence[Told]) -> list[tuple[float, ...]]:
    """The features of each hit; scores must be what all other rules have made of them."""
    top = max((hit.score for hit in hits), default=0.0)
    near = [max(math.log(max(hit.score, 1e-9) / top), -_FURTHEST) if top > 0 else 0.0 for hit in hits]
    beside = _Beside(hits, near)
    features = _Features(query)
    return [
        (*beside.of(hit, score), *features.of(hit.stored, known))
        for hit, score, known in zip(hits, near, told, strict=True)
    ]


class _Beside:
    """The hits of one query by their documents and articles."""

    def __init__(self, hits: Sequence[Scored], near: Sequence[float]) -> None:
        self._works: dict[str, float] = {}
        self._articles: dict[tuple[str, str], list[float]] = {}
        for hit, score in zip(hits, near, strict=True):
            work = hit.stored["work"]
            self._works[work] = max(self._works.get(work, -_FURTHEST), score)
            self._articles.setdefault(_article(hit.stored), []).append(score)
        for scores in self._articles.values():
            scores.sort(reverse=True)

    def of(self, hit: Scored, score: float) -> tuple[float, float, float]:
        """The features of a hit that others give it."""
        article = _article(hit.stored)
        scores = self._articles[article]
        best = scores[score == scores[0]] if article[1] and len(scores) > 1 else -_FURTHEST
        return self._works[hit.stored["work"]], best, math.log(len(scores))


def _article(stored: Mapping[str, Any]) -> tuple[str, str]:
    """The article, or the outermost section, of a hit; empty for a title."""
    return stored["work"], (stored.get("unit") or "").split("__")[0]


def _is_whole(unit: str) -> bool:
    return unit.startswith("art_") and "__" not in unit


class _Features:
    """The features that a hit has by itself."""

    def __init__(self, query: Query) -> None:
        self._query = query
        self._total = sum(query.words.values()) or 1.0
        self._pairs = sum(query.pairs.values()) or 1.0
        named = {
            word: weight
            for word, weight in query.words.items()
            if word not in _COUNTING and not _YEAR_RE.fullmatch(word)
        }
        named = {word: weight for word, weight in (named or query.words).items() if not word.isdigit()}
        total = sum(named.values()) or 1.0
        self._named = {word: weight / total for word, weight in named.items()}
        nouns = "|".join(map(re.escape, dict.fromkeys(_NOUN_RE.findall(query.line))))
        self._counted = re.compile(rf"(?<!\w)\d+ (?:\w+ )?(?:{nouns})(?!\w)") if nouns else None

    def of(self, stored: Mapping[str, Any], told: Told) -> tuple[float, ...]:
        words = stored["folded"].split()
        typed = self._query.words
        places = [place for place, word in enumerate(words) if word in typed]
        unit = stored.get("unit") or ""
        own = stored.get("own")
        title = tokens_over(stored["title"], own) if stored["title"] else frozenset[str]()
        kind = stored["kind"]
        return (
            float(kind == "note"),
            float(kind == "provision"),
            float(_is_whole(unit)),
            float(unit.count("__")),
            told.lost,
            math.log(told.apart),
            self._share({words[place] for place in places[: bisect_left(places, _OPENING)]}),
            self._best_sentence(words, places, stored.get("ends")) if kind != "title" else 0.0,
            math.log1p(len(places)),
            self._begun(words[: _HEADING + 2]) if _is_whole(unit) else self._heading(stored),
            self._agreement(set(folded_words(label_of(stored["text"]), own or {}))) if kind == "row" else 0.0,
            self._share(typed.keys() & title),
            sum(map(self._query.pairs.__getitem__, self._query.pairs.keys() & title)) / self._pairs,
            float(self._counted is not None and self._counted.search(stored["folded"]) is not None),
        )

    def _share(self, tokens: Collection[str]) -> float:
        return sum(map(self._query.words.__getitem__, tokens)) / self._total

    def _best_sentence(self, words: Sequence[str], places: Sequence[int], ends: Sequence[int] | None) -> float:
        """How well the sentence agrees that does best; `places` are those of typed words, `ends` of sentences."""
        best = 0.0
        first = 0
        for start, end in pairwise((0, *(ends or (len(words),)))):
            last = bisect_left(places, end, first)
            if first < last:
                typed = sum(
                    map(
                        self._named.__getitem__,
                        self._named.keys() & {words[place] for place in places[first:last]},
                    )
                )
                # A sentence of nothing else would not do better.
                if 2 * typed / (typed + 1) > best:
                    best = max(best, self._agreement(set(words[start:end])))
                first = last
        return best

    def _heading(self, stored: Mapping[str, Any]) -> float:
        """How much of the heading close over a hit was typed."""
        if not stored["crumbs"]:
            return 0.0
        said = heading_words(stored["crumbs"][-1], stored.get("own"))
        shared = len(self._named.keys() & said)
        return shared / (len(said) - sum(map(str.isdigit, said))) if shared else 0.0

    def _begun(self, words: Iterable[str]) -> float:
        """How much of the first words of a whole article was typed, cut where they agree best with the query."""
        named = self._named
        seen: set[str] = set()
        typed = best = precise = 0.0
        shared = 0
        for word in words:
            if word in seen or word in LABELS or word.isdigit():
                continue
            seen.add(word)
            if word in named:
                typed += named[word]
                shared += 1
                agreement = 2 * typed * shared / (typed * len(seen) + shared)
                if agreement > best:
                    best, precise = agreement, shared / len(seen)
        return precise

    def _agreement(self, words: Collection[str]) -> float:
        """How well some words and the query cover each other (F1)."""
        shared = self._named.keys() & words
        if not shared:
            return 0.0
        typed = sum(map(self._named.__getitem__, shared))
        precise = len(shared) / (len(words) - sum(map(str.isdigit, words)))
        return 2 * typed * precise / (typed + precise) if typed else 0.0
