"""What is looked for where too little holds a query: its words mended, and last any telling part of it.

A small base has one provision on music at funerals, and it says none of the words of "đám ma thổi kèn mấy giờ".
What texts say for one of them ("lễ tang") is all that finds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kb.bilingual import both
from kb.search.coverage import Coverage
from kb.search.plan import Bag, Phrase, Plan, Prefer, Term, all_of, any_of, nodes_of
from kb.search.protocol import Engine
from kb.search.query import at_least
from kb.search.slips import Slips
from kb.text.normalize import fold
from kb.text.words import JOINT, fold_words, mark_words, pairs_of, printed_words

#: With fewer hits than this, any telling part of a query is enough.
FEW_WHOLE = 5
#: A pair in a larger share of the records tells nothing alone, unless it stands in so few.
RARE_SHARE, FEW_RECORDS = 0.01, 20
#: A hit that lacks less of the words, by what they tell, is what was looked for.
MISSING = 0.35
#: So many phrases are looked for, those in the fewest records.
_MOST_PARTS = 8

ANY_PART = both(
    "ít nơi có đủ các từ: tìm cả nơi chỉ có một phần",
    "few places hold enough of the words: a part of them will do",
)


def any_part(engine: Engine, plan: Plan, hits: Iterable[Mapping[str, Any]]) -> Plan | None:
    """A plan of plain words that a rare pair of them fulfils, or what texts say for one.

    None for other plans, and where one of the hits holds nearly all that was typed: that is what was looked for.
    """
    bag = plan
    while isinstance(bag, Prefer):
        bag = bag.plan
    if not isinstance(bag, Bag) or len(bag.pairs) < 2:
        return None
    coverage = Coverage(engine, plan)
    if any(coverage.lost(hit, coverage.held(hit))[0] < MISSING for hit in hits):
        return None
    most = max(engine.count() * RARE_SHARE, FEW_RECORDS)
    rows: dict[Phrase, int] = {}
    for phrase in _phrases(bag):
        found = min((engine.frequency("pairs", pair) for pair in pairs_of(phrase.words)), default=0)
        if 0 < found <= most:
            rows[phrase] = found
    rarest = sorted(rows, key=rows.__getitem__)[:_MOST_PARTS]
    return Prefer(any_of(*map(_with_marks, rarest)), plan) if rarest else None


def _phrases(bag: Bag) -> Iterator[Phrase]:
    """The pairs that were typed, and the words that texts use for some."""
    marked = {fold(mark): mark for mark in bag.marks}
    for pair in bag.pairs:
        words = tuple(pair.split(JOINT))
        yield Phrase(words, tuple(marked.get(word, word) for word in words))
    for other in bag.others:
        for shown in other.shown:
            printed = printed_words(shown)
            yield Phrase(tuple(fold_words(printed)), tuple(mark_words(printed)))


def _with_marks(phrase: Phrase) -> Plan:
    """The phrase where its marks are: "chó cắn" is not "cho cán bộ", nor "việc tang" "việc tăng"."""
    marks = phrase.marks if phrase.marks != phrase.words else ()
    return all_of(Phrase(phrase.words), *(Term("marks", mark) for mark in marks))


def mended(plan: Plan, slips: Slips) -> Plan:
    """The plan with the words that nothing holds replaced by the close ones that something does."""
    bags = []
    for node in nodes_of(plan, shown=True):
        if isinstance(node, Bag | Phrase):
            words = tuple(slips.words.get(word, word) for word in node.words)
            bags.append(Bag(words, tuple(pairs_of(words)), (), (), at_least(len(set(pairs_of(words))))))
    return any_of(*bags)
