"""Slips of typing and of OCR: words that nothing holds, and the close ones that something does."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from kb.search.plan import Bag
from kb.search.protocol import Engine, Request
from kb.search.whoosh_door.spelling import close_words
from kb.text.normalize import fold, nfc
from kb.text.words import JOINT, pairs_of, printed_words

_MOST_SLIPS = 2
# Figures and letters without a vowel are no syllables: an abbreviation that is not known is no slip.
_VOWEL_RE = re.compile(r"[aeiouy]")


@dataclass(frozen=True, slots=True)
class Slips:
    """Words that were mistaken with what stands for them (folded); the whole corrected, as texts spell it."""

    words: Mapping[str, str]
    suggestion: str | None


def correct(engine: Engine, words: tuple[str, ...]) -> Slips:
    """What was probably meant by words that find next to nothing."""
    mended = list(words)
    for at, word in enumerate(words):
        if _VOWEL_RE.search(word) and _is_slip(engine, mended, at):
            mended[at] = _better(engine, mended, at) or word
    # A word is mended only where the whole then makes sense: it stands by one of its neighbours somewhere.
    changed = {
        word: mended[at]
        for at, word in enumerate(words)
        if word != mended[at] and (len(words) == 1 or _stands_together(engine, mended, at))
    }
    mended = [changed.get(word, word) for word in words]
    # One or two slips are slips; a query half of which is unknown asks for what is not here.
    if not changed or len(changed) > max(_MOST_SLIPS, len(words) // 4):
        return Slips({}, None)
    return Slips(changed, _as_printed(engine, mended))


def _is_slip(engine: Engine, words: list[str], at: int) -> bool:
    """A word that nothing holds, or that never stands by any of its neighbours."""
    if engine.frequency("words", words[at]) == 0:
        return True
    return len(words) > 1 and not _stands_together(engine, words, at)


def _stands_together(engine: Engine, words: list[str], at: int) -> bool:
    return any(engine.frequency("pairs", pair) for pair in _near(words, at))


def _near(words: list[str], at: int) -> list[str]:
    pairs = [words[at - 1] + JOINT + words[at]] if at else []
    return pairs + ([words[at] + JOINT + words[at + 1]] if at + 1 < len(words) else [])


def _better(engine: Engine, words: list[str], at: int) -> str | None:
    word = words[at]
    known = engine.vocabulary(word[:1])
    candidates = close_words(word, sorted(known))
    if len(word) > 1:  # the first two letters changed places, or the first one is the slip
        candidates += [
            other for other in close_words(word, sorted(engine.vocabulary(word[1:2]))) if other not in known
        ]
    scored = []
    for rank, other in enumerate(candidates):
        if other.isdigit() or other == word:
            continue
        trial = [*words[:at], other, *words[at + 1 :]]
        together = sum(engine.frequency("pairs", pair) for pair in _near(trial, at))
        scored.append((together, -rank, engine.frequency("words", other), other))
    if not scored:
        return None
    together, _, rows, best = max(scored)
    return best if together or (rows and engine.frequency("words", word) == 0) else None


def _as_printed(engine: Engine, words: list[str]) -> str:
    """The words as texts print them, where one holds them side by side."""
    found = engine.search(Request(Bag(tuple(words), tuple(pairs_of(words)), (), (), 1), 5))
    folded = [fold(word) for word in words]
    for hit in found.hits:
        printed = printed_words(nfc(json.loads(hit.stored)["text"]))
        plain = [fold(word) for word in printed]
        for start in range(len(plain) - len(folded) + 1):
            if plain[start : start + len(folded)] == folded:
                return " ".join(printed[start : start + len(folded)]).lower()
    return " ".join(words)
