"""An engine in pure Python: Whoosh's index, asked for posting lists that Python joins.

Whoosh's own matchers spend all their time stepping through the long lists of common syllables. The lists of
telling pairs are short: they are read whole and counted, and the best are weighed again (`kb.search.rescoring`).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from fnmatch import translate
from pathlib import Path
from typing import Any, TypeAlias

from whoosh import query
from whoosh.index import (
    LockError,
)
from whoosh.writing import CLEAR

from kb.search.force import state_of
from kb.search.plan import (
    COVERED_WORDS,
    OVER_WEIGHT,
    All,
    Any_,
    Bag,
    Const,
    Everything,
    Glob,
    Heads,
    Not,
    Phrase,
    Plan,
    Prefer,
    Range,
    Term,
)
from kb.search.protocol import EngineHit, Found, IndexBusy, Request, Sort
from kb.search.rescoring import DEPTH, Statistics, rescore, telling_pairs
from kb.search.rows import FACETS, NEVER, Row
from kb.search.whoosh_door.files import GATHERED, NONE, NUMBERS, document_of, open_files
from kb.settings import Settings

#: With fewer documents found by pairs, the long lists of syllables are read too.
_LITTLE = 20

#: Values of a field by document; Whoosh has no types.
Column: TypeAlias = Any

#: Documents by number, with the score of the first stage.
Scores = dict[int, float]


class WhooshEngine:
    """An index of Whoosh in a folder."""

    name = "whoosh"

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._index = open_files(folder)
        self._searcher = self._index.searcher()
        self._columns: dict[str, Column] = {}

    def search(self, request: Request) -> Found:
        """The hits of a plan."""
        scores = self._scores(request.plan)
        if request.sort is Sort.RELEVANCE:
            chosen = sorted(scores, key=lambda number: (-scores[number], number))[: max(request.limit, DEPTH)]
            first = [(scores[number], self._stored(number)) for number in chosen]
            hits = rescore(request.plan, first, self._statistics())[: request.limit]
        else:
            column = self._column("issued" if request.sort is Sort.DATE else "authority")
            chosen = sorted(scores, key=lambda number: (-column[number], number))[: request.limit]
            hits = [(float(column[number]), self._stored(number)) for number in chosen]
        facets = self._facets(scores, request.day) if request.facets else {}
        return Found(len(scores), tuple(EngineHit(score, stored) for score, stored in hits), facets)

    def update(self, rows: Iterable[Row], drop: Iterable[str] = (), *, fresh: bool = False) -> int:
        """Drop, add and commit; readers see all of it or nothing."""
        try:
            writer = self._index.writer(limitmb=GATHERED)
        except LockError as error:
            raise IndexBusy(
                code="index.busy", vi="chỉ mục đang được tiến trình khác cập nhật", en="the index is being updated"
            ) from error
        added = 0
        try:
            for work in () if fresh else drop:
                writer.delete_by_term("work", work)
            for row in rows:
                writer.add_document(**document_of(row))
                added += 1
        except BaseException:
            writer.cancel()
            raise
        writer.commit(**({"mergetype": CLEAR} if fresh else {}))
        self.refresh()
        return added

    def frequency(self, field: str, token: str) -> int:
        """In how many rows a token stands."""
        return int(self._searcher.reader().doc_frequency(field, token))

    def vocabulary(self, prefix: str) -> Mapping[str, int]:
        """The folded words with a prefix."""
        reader = self._searcher.reader()
        return {
            word.decode(): int(reader.doc_frequency("words", word))
            for word in reader.expand_prefix("words", prefix)
        }

    def count(self) -> int:
        """How many rows there are."""
        return int(self._searcher.doc_count())

    def refresh(self) -> None:
        """See what was committed since."""
        # Whoosh's own refresh fails on an index that was empty.
        if not self._searcher.up_to_date():
            self._searcher.close()
            self._searcher = self._index.searcher()
            self._columns.clear()

    def close(self) -> None:
        """Let go of the files."""
        self._searcher.close()
        self._index.close()

    # --- plans into scored documents ---

    def _scores(self, plan: Plan) -> Scores:
        if isinstance(plan, Bag):
            return self._bag(plan)
        if isinstance(plan, Phrase):
            return dict.fromkeys(self._phrase(plan), 1.0)
        if isinstance(plan, Heads):
            return dict.fromkeys(_common([self._docs("heads", word) for word in plan.words]), 1.0)
        if isinstance(plan, Glob):
            return self._glob(plan.pattern)
        if isinstance(plan, Term):
            return dict.fromkeys(self._docs(plan.field, plan.value), 1.0)
        if isinstance(plan, Range):
            low, high = plan.low or 0, NEVER if plan.high is None else plan.high
            wanted = query.NumericRange(plan.field, low, max(high, 0)) if low <= high else query.NullQuery
            return dict.fromkeys(wanted.docs(self._searcher), 0.0)
        return self._joined(plan)

    def _joined(self, plan: Plan) -> Scores:
        if isinstance(plan, All):
            positive = [self._scores(part) for part in plan.parts if not isinstance(part, Not)]
            found = _multiply(positive or [self._everything()])
            for part in plan.parts:
                if isinstance(part, Not):
                    gone = self._scores(part.part)
                    found = {number: score for number, score in found.items() if number not in gone}
            return found
        if isinstance(plan, Any_):
            total: Counter[int] = Counter()
            for part in plan.parts:
                for number, score in self._scores(part).items():
                    total[number] += score  # type: ignore[assignment]
            return dict(total)
        if isinstance(plan, Prefer):
            better = self._scores(plan.better)
            return {number: score + better.get(number, 0.0) for number, score in self._scores(plan.plan).items()}
        if isinstance(plan, Not):
            gone = self._scores(plan.part)
            return {number: score for number, score in self._everything().items() if number not in gone}
        if isinstance(plan, Const):
            return dict.fromkeys(self._scores(plan.part), plan.score)
        return self._everything() if isinstance(plan, Everything) else {}

    def _bag(self, bag: Bag) -> Scores:
        statistics = self._statistics()
        words = list(dict.fromkeys(bag.words))
        if not bag.pairs:
            weight = statistics.weight("words", words[0])
            return dict.fromkeys(self._docs("words", words[0]), weight)
        telling = telling_pairs(bag.pairs, statistics)
        least = min(bag.at_least, -(-len(telling) // 3))
        times: Counter[int] = Counter()
        scores: defaultdict[int, float] = defaultdict(float)
        inside: set[int] = set()
        for pair in telling:
            typed = own = set(self._docs("pairs", pair))
            for other in bag.others_of(pair):
                own = own | _common([self._docs("pairs", each) for each in other])
            over = set(self._docs("heads", pair)) - own
            weight = statistics.weight("pairs", pair)
            inside |= own if bag.alone_of(pair) else typed
            times.update(own | over)
            for number in own:
                scores[number] += weight
            for number in over:
                scores[number] += OVER_WEIGHT * weight
        found: Scores = {number: scores[number] for number in inside if times[number] >= least}
        # Long lists of common syllables are read only where the pairs found little.
        if len(words) <= COVERED_WORDS and len(found) < _LITTLE:
            for number in _common([self._docs(name, token) for name, token in bag.apart]):
                found.setdefault(number, 0.0)
        return found

    def _phrase(self, phrase: Phrase) -> list[int]:
        if len(phrase.words) == 1:
            return self._docs("words", phrase.words[0])
        if phrase.slop:
            wanted = query.Phrase("words", list(phrase.words), slop=phrase.slop + 1)
            return list(wanted.docs(self._searcher))
        pairs = [f"{one}_{other}" for one, other in zip(phrase.words, phrase.words[1:], strict=False)]
        candidates = _common([self._docs("pairs", pair) for pair in pairs])
        if len(pairs) == 1:
            return sorted(candidates)
        allowed = query.Phrase("words", list(phrase.words))
        matching = set(allowed.docs(self._searcher)) if candidates else set()
        return sorted(candidates & matching)

    def _glob(self, pattern: str) -> Scores:
        start = re.split(r"[*?]", pattern, maxsplit=1)[0]
        shape = re.compile(translate(pattern))
        found: Scores = {}
        for word in self._searcher.reader().expand_prefix("words", start):
            if shape.match(word.decode()):
                found.update(dict.fromkeys(self._docs("words", word.decode()), 1.0))
        return found

    def _docs(self, field: str, token: str) -> list[int]:
        """The documents that hold a token, deleted ones left out."""
        reader = self._searcher.reader()
        if not token or (field, token) not in reader:
            return []
        return list(reader.postings(field, token).all_ids())

    def _everything(self) -> Scores:
        return dict.fromkeys(self._searcher.reader().all_doc_ids(), 0.0)

    def _stored(self, number: int) -> str:
        return str(self._searcher.stored_fields(number)["stored"])

    def _statistics(self) -> Statistics:
        return Statistics(self.count(), self.frequency)

    def _column(self, name: str) -> Column:
        """The values of a field by document, read once for each state of the index; none in an empty one."""
        if not self.count():
            return ()
        if name not in self._columns:
            self._columns[name] = self._searcher.reader().column_reader(name)
        return self._columns[name]

    def _facets(self, numbers: Iterable[int], day: int) -> dict[str, dict[str, int]]:
        chosen = list(numbers)
        counts: dict[str, dict[str, int]] = {}
        for name in FACETS:
            column = self._column(name)
            counted = Counter(column[number] for number in chosen)
            counts[name] = {
                _text(value): count for value, count in counted.items() if value and _text(value) != NONE
            }
        bounds = {name: self._column(name) for name in NUMBERS[1:]}
        states = Counter(
            state_of({name: int(column[number]) for name, column in bounds.items()}, day) for number in chosen
        )
        return {**counts, "status": dict(states)}


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)


def _common(lists: list[list[int]]) -> set[int]:
    if not lists:
        return set()
    shortest, *others = sorted(lists, key=len)
    return set(shortest).intersection(*others)


def _multiply(parts: list[Scores]) -> Scores:
    """What all parts hold; scores add up."""
    first, *others = sorted(parts, key=len)
    return {
        number: score + sum(other[number] for other in others)
        for number, score in first.items()
        if all(number in other for other in others)
    }


def open_engine(settings: Settings) -> WhooshEngine:
    """The index in the folder of a home."""
    return WhooshEngine(settings.home / "index" / "whoosh")
