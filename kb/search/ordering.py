"""The last order of the best hits: what was learned from judged queries, on top of what each rule says.

Most of what is lost stands in the right document, at the wrong place. Some features of a hit tell the answer from
its neighbours, each with a weight from ``data/ordering.csv``; ``tools/fit_ordering.py`` learns them again. A score
is multiplied by e to the power of the weighted sum.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import accumulate
from typing import Any

from kb.search.analysis import folded_words
from kb.search.coverage import Coverage, tokens_over
from kb.search.rows import label_of
from kb.search.weighing import Scored
from kb.text.words import JOINT, WORD_RE

#: So many words are an opening, and so many at most the heading that an article begins with; sentences looked at.
_OPENING, _HEADING, _SENTENCES = 30, 20, 40
#: A hit that scores this much less (e**3) than the best counts for no other.
_FURTHEST = 3.0
#: Words that no heading repeats: what stands before its figure, and how a figure is asked for.
_LABELS = frozenset(("dieu", "khoan", "chuong", "muc"))
_COUNTING = frozenset(("nam", "so", "ti", "le", "tong", "bao", "nhieu", "muc"))
_NOUN_RE = re.compile(r"(?<!\w)(?:bao nhieu|may) (\w+)")
_YEAR_RE = re.compile(r"(?:19|20)\d\d")
_SENTENCE_RE = re.compile(r"(?<=[.;:])\s+")


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


def _sentences(text: str, words: Sequence[str], own: Mapping[str, str]) -> Iterator[Sequence[str]]:
    """The folded words of the first sentences: cut from those of the text, where none of them was written out."""
    sentences = _SENTENCE_RE.split(text)
    counts = [len(WORD_RE.findall(sentence)) for sentence in sentences]
    if sum(counts) == len(words):
        ends = list(accumulate(counts[:_SENTENCES]))
        return (words[end - count : end] for end, count in zip(ends, counts, strict=False))
    return (folded_words(sentence, own) for sentence in sentences[:_SENTENCES])


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
        self._named = {word: weight for word, weight in (named or query.words).items() if not word.isdigit()}
        self._total_named = sum(self._named.values()) or 1.0
        nouns = "|".join(map(re.escape, dict.fromkeys(_NOUN_RE.findall(query.line))))
        self._counted = re.compile(rf"(?<!\w)\d+ (?:\w+ )?(?:{nouns})(?!\w)") if nouns else None

    def of(self, stored: Mapping[str, Any], told: Told) -> tuple[float, ...]:
        words = stored["folded"].split()
        unit = stored.get("unit") or ""
        own = stored.get("own") or {}
        title = tokens_over(stored["title"], own) if stored["title"] else frozenset[str]()
        row = stored["kind"] == "row"
        return (
            float(stored["kind"] == "note"),
            float(stored["kind"] == "provision"),
            float(_is_whole(unit)),
            float(unit.count("__")),
            told.lost,
            math.log(told.apart),
            self._share(set(words[:_OPENING])),
            self._best_sentence(stored["text"], words, own) if stored["kind"] != "title" else 0.0,
            math.log1p(sum(map(self._query.words.__contains__, words))),
            self._heading(stored, words),
            self._agreement(folded_words(label_of(stored["text"]), own))[1] if row else 0.0,
            self._share(title),
            sum(self._query.pairs[token] for token in title & self._query.pairs.keys()) / self._pairs,
            float(self._counted is not None and self._counted.search(stored["folded"]) is not None),
        )

    def _share(self, tokens: Collection[str]) -> float:
        words = self._query.words
        return sum(words[token] for token in tokens if token in words) / self._total

    def _best_sentence(self, text: str, words: Sequence[str], own: Mapping[str, str]) -> float:
        return max((self._agreement(sentence)[1] for sentence in _sentences(text, words, own)), default=0.0)

    def _heading(self, stored: Mapping[str, Any], words: Sequence[str]) -> float:
        """How much of the heading close over a hit was typed; a whole article begins with its own."""
        if _is_whole(stored.get("unit") or ""):
            return self._begun(words[: _HEADING + 2])
        last = tokens_over(stored["crumbs"][-1], stored.get("own")) if stored["crumbs"] else frozenset[str]()
        return self._agreement(token for token in last if JOINT not in token and token not in _LABELS)[0]

    def _begun(self, words: Iterable[str]) -> float:
        """How much of the first words was typed, cut where they agree best with the query."""
        named, total = self._named, self._total_named
        seen: set[str] = set()
        typed = best = precise = 0.0
        shared = 0
        for word in words:
            if word in seen or word in _LABELS or word.isdigit():
                continue
            seen.add(word)
            if word in named:
                typed += named[word] / total
                shared += 1
                agreement = 2 * typed * shared / (typed * len(seen) + shared)
                if agreement > best:
                    best, precise = agreement, shared / len(seen)
        return precise

    def _agreement(self, said: Iterable[str]) -> tuple[float, float]:
        """How much of some words was typed, and how well they and the query cover each other (F1)."""
        words = set(said)
        shared = words & self._named.keys()
        if not shared:
            return 0.0, 0.0
        typed = sum(self._named[word] for word in shared) / self._total_named
        precise = len(shared) / (len(words) - sum(map(str.isdigit, words)))
        return precise, 2 * typed * precise / (typed + precise) if typed else 0.0
