"""Rare words that nothing joins to their neighbours in a query.

Pairs of neighbours find records: who types "inav quỹ đầu tư" must find what says iNAV though no text says "inav
quỹ". A word of another tongue that few records hold, never beside what it was typed beside, finds them alone.
"""

from __future__ import annotations

import re

from kb.search.plan import Bag, Phrase, Plan, Prefer, any_of
from kb.search.protocol import Engine
from kb.text.words import JOINT

#: In more records than this a word is not rare.
RARE_RECORDS = 50
# A syllable of the language, folded. It stands for many words: where its neighbours are missing it tells nothing.
_SYLLABLE_RE = re.compile(
    r"(?:b|ch?|d|gh?|gi|h|kh?|l|m|ngh?|nh?|ph?|qu|r|s|th?|tr|v|x)?[aeiouy]{1,3}(?:ch?|m|ng?|nh|p|t)?"
)


def with_lone_words(engine: Engine, plan: Plan) -> Plan:
    """A plan of plain words by which their rare lone words find records too; any other as it is."""
    bag = plan
    while isinstance(bag, Prefer):
        bag = bag.plan
    if not isinstance(bag, Bag) or not bag.pairs:
        return plan
    lone = (word for word in dict.fromkeys(bag.words) if is_foreign(word) and _is_lone(engine, bag, word))
    return any_of(plan, *(Phrase((word,)) for word in lone))


def is_foreign(word: str) -> bool:
    """Whether a folded word is no syllable of Vietnamese: a name, a term or an abbreviation.

    >>> [word for word in ("nuoi", "tom", "inav", "vneid", "76", "oda") if is_foreign(word)]
    ['inav', 'vneid', 'oda']
    """
    return word.isalpha() and len(word) > 1 and _SYLLABLE_RE.fullmatch(word) is None


def _is_lone(engine: Engine, bag: Bag, word: str) -> bool:
    if not 0 < engine.frequency("words", word) <= RARE_RECORDS:
        return False
    joined = (pair for pair in bag.pairs if word in pair.split(JOINT))
    return not any(engine.frequency("pairs", pair) for pair in joined)
