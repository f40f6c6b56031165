"""What texts use for the words of a query: words of one meaning, days printed the other way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.search.analysis import Analysis
from kb.search.days import find_days
from kb.search.plan import Other
from kb.text.words import JOINT, fold_words, pairs_of, printed_words
from kb.vocabulary.synonyms import find_synonyms


def find_others(analysis: Analysis, runs: Sequence[tuple[int, int]]) -> Iterator[Other]:
    """Words that texts use for some of those typed; words that only ask count ("gồm những ai": "thành phần").

    `runs` are the words that do more than ask (`kb.search.questions`).
    """
    words = analysis.words
    for found in (*find_synonyms(words, analysis.marks), *find_days(words)):
        last = _last_pair(found.start, found.end, runs)
        if last is not None:
            pairs = (tuple(pairs_of(fold_words(printed_words(other)))) for other in found.others)
            typed, pair = words[found.start : found.end], JOINT.join(words[last : last + 2])
            yield Other(typed, pair, tuple(pairs), found.others)


def _last_pair(start: int, end: int, runs: Sequence[tuple[int, int]]) -> int | None:
    """Where the last pair that is looked for begins, of those inside some words or else of those that touch them.

    >>> _last_pair(1, 4, [(0, 6)]), _last_pair(2, 5, [(0, 3)]), _last_pair(0, 3, [(2, 5)]), _last_pair(0, 2, [])
    (2, 1, 2, None)
    """
    pairs = [at for first, last in runs for at in range(first, last - 1)]
    inside = [at for at in pairs if start <= at and at + 2 <= end]
    return max(inside or [at for at in pairs if start < at + 2 and at < end], default=None)
