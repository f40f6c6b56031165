"""Plans as queries of Tantivy."""

from __future__ import annotations

import math
from dataclasses import dataclass

import tantivy

from kb.search.plan import (
    ALONE_WEIGHT,
    COMMON_SHARE,
    COVER_SCORE,
    COVERED_WORDS,
    FEW_RECORDS,
    HEAD_WEIGHT,
    KEPT_PAIRS,
    KEY_WEIGHT,
    MARK_WEIGHT,
    OTHER_WEIGHT,
    OVER_WEIGHT,
    PAIR_WEIGHT,
    WORD_WEIGHT,
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
from kb.search.rows import NEVER
from kb.search.tantivy_door.reader import Reader

#: With more words than this, exact marks and single words of headings change next to nothing, and cost.
_SHORT = 7


@dataclass(frozen=True, slots=True)
class Compiler:
    """Makes queries for a schema; `lean` leaves out what only ranks the hits."""

    schema: tantivy.Schema
    reader: Reader
    lean: bool = False

    def query(self, plan: Plan) -> tantivy.Query:
        """A plan as a query."""
        if isinstance(plan, Bag):
            return self._bag(plan)
        if isinstance(plan, Phrase):
            return self._phrase(plan)
        if isinstance(plan, Heads):
            return _every([self._term("heads", word) for word in plan.words])
        if isinstance(plan, Glob):
            pattern = "".join({"*": ".*", "?": "."}.get(letter, _plain(letter)) for letter in plan.pattern)
            return tantivy.Query.regex_query(self.schema, "words", pattern)
        if isinstance(plan, Term):
            return tantivy.Query.const_score_query(self._term(plan.field, plan.value), 1.0)
        if isinstance(plan, Range):
            low, high = plan.low or 0, NEVER if plan.high is None else plan.high
            bounds = tantivy.Query.range_query(self.schema, plan.field, tantivy.FieldType.Unsigned, low, high)
            return tantivy.Query.const_score_query(bounds, 0.0)
        return self._joined(plan)

    def _joined(self, plan: Plan) -> tantivy.Query:
        if isinstance(plan, All):
            must = [(tantivy.Occur.Must, self.query(part)) for part in plan.parts if not isinstance(part, Not)]
            never = [
                (tantivy.Occur.MustNot, self.query(part.part)) for part in plan.parts if isinstance(part, Not)
            ]
            return tantivy.Query.boolean_query([*(must or [(tantivy.Occur.Must, _all())]), *never])
        if isinstance(plan, Any_):
            return _either([self.query(part) for part in plan.parts])
        if isinstance(plan, Prefer):
            if self.lean:
                return self.query(plan.plan)
            return tantivy.Query.boolean_query(
                [
                    (tantivy.Occur.Must, self.query(plan.plan)),
                    (tantivy.Occur.Should, self.query(plan.better)),
                ]
            )
        if isinstance(plan, Not):
            return tantivy.Query.boolean_query(
                [(tantivy.Occur.Must, _all()), (tantivy.Occur.MustNot, self.query(plan.part))]
            )
        if isinstance(plan, Const):
            return tantivy.Query.const_score_query(self.query(plan.part), plan.score)
        if isinstance(plan, Everything):
            return _all()
        return tantivy.Query.empty_query()

    def _bag(self, bag: Bag) -> tantivy.Query:
        words, pairs = list(dict.fromkeys(bag.words)), list(dict.fromkeys(bag.pairs))
        telling, common = self._telling(pairs)
        needed = self._needed(bag, words, telling) if pairs else self._term("words", words[0])
        if self.lean:
            return needed
        better = [(self._term("pairs", pair), PAIR_WEIGHT) for pair in common]
        better += [(self._term("words", word), WORD_WEIGHT) for word in words] if pairs else []
        better += [(self._term("heads", pair), HEAD_WEIGHT) for pair in pairs]
        better += [(self._term("keys", key), KEY_WEIGHT) for key in dict.fromkeys(bag.keys)]
        if len(words) <= _SHORT:
            better += [(self._term("heads", word), HEAD_WEIGHT) for word in words]
            weight = MARK_WEIGHT if pairs else ALONE_WEIGHT
            better += [(self._term("marks", mark), weight) for mark in dict.fromkeys(bag.marks)]
        return tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Must, needed),
                *((tantivy.Occur.Should, _weighted(query, weight)) for query, weight in better),
            ]
        )

    def _telling(self, pairs: list[str]) -> tuple[list[str], list[str]]:
        """The pairs that tell records apart, and those so common that they only help to rank."""
        if len(pairs) <= KEPT_PAIRS:
            return pairs, []
        rows = {pair: self.reader.frequency("pairs", pair) for pair in pairs}
        rarest = sorted((pair for pair in pairs if rows[pair]), key=rows.__getitem__)
        most = self._most()
        telling = [pair for at, pair in enumerate(rarest) if at < KEPT_PAIRS or rows[pair] <= most]
        return telling or pairs[:1], [pair for pair in rarest if pair not in telling]

    def _most(self) -> float:
        """Lists longer than this cost more than they tell."""
        return max(self.reader.rows * COMMON_SHARE, FEW_RECORDS)

    def _needed(self, bag: Bag, words: list[str], pairs: list[str]) -> tantivy.Query:
        """What a hit must hold. Counting short lists of pairs is ten times faster than long ones of syllables."""
        least = min(bag.at_least, math.ceil(len(pairs) / 3))
        inside = _either(
            [
                query
                for pair in pairs
                for query in (self._term("pairs", pair), *map(self._together, bag.alone_of(pair)))
            ]
        )
        if self.lean and least <= 1:
            together = inside  # what stands over a record only ranks it then
        else:
            parts = [(tantivy.Occur.Should, self._pair(bag, pair)) for pair in pairs]
            counted = tantivy.Query.boolean_query(parts, minimum_number_should_match=max(least, 1))
            held = tantivy.Query.const_score_query(inside, 0.0)
            together = tantivy.Query.boolean_query([(tantivy.Occur.Must, counted), (tantivy.Occur.Must, held)])
        if len(words) > COVERED_WORDS:
            return together
        apart = _every([self._term(field, token) for field, token in bag.apart])
        return _either([together, tantivy.Query.const_score_query(apart, COVER_SCORE * len(words))])

    def _pair(self, bag: Bag, pair: str) -> tantivy.Query:
        """A pair that a record holds, or else the headings and the title over it; or what texts say for it."""
        found = [_weighted(self._term("pairs", pair), PAIR_WEIGHT)]
        found += [_weighted(self._together(other), OTHER_WEIGHT) for other in bag.others_of(pair)]
        if self.reader.frequency("heads", pair) <= self._most():
            found.append(_weighted(self._term("heads", pair), OVER_WEIGHT))
        return _weighted(tantivy.Query.disjunction_max_query(found, 0.0), bag.shares.get(pair, 1.0))

    def _together(self, pairs: tuple[str, ...]) -> tantivy.Query:
        return _every([self._term("pairs", pair) for pair in pairs])

    def _phrase(self, phrase: Phrase) -> tantivy.Query:
        if len(phrase.words) == 1:
            return self._term("words", phrase.words[0])
        plain = tantivy.Query.phrase_query(self.schema, "words", list(phrase.words), phrase.slop)
        if self.lean or not phrase.marks:
            return plain
        marked = tantivy.Query.phrase_query(self.schema, "marks", list(phrase.marks), phrase.slop)
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, plain), (tantivy.Occur.Should, marked)])

    def _term(self, field: str, value: str) -> tantivy.Query:
        return tantivy.Query.term_query(self.schema, field, value, "freq")


def _all() -> tantivy.Query:
    return tantivy.Query.const_score_query(tantivy.Query.all_query(), 0.0)


def _every(queries: list[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, query) for query in queries])


def _either(queries: list[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in queries])


def _weighted(query: tantivy.Query, weight: float) -> tantivy.Query:
    return query if weight == 1.0 else tantivy.Query.boost_query(query, weight)


def _plain(letter: str) -> str:
    return letter if letter.isalnum() else "\\" + letter
