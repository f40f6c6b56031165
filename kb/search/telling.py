"""What is told of a query beside its hits: how it was read, what is not there, what was perhaps meant."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from kb.bilingual import both
from kb.search.effects import EFFECT_FIRST, NO_EFFECT, NO_WORDS, Effect, told_force
from kb.search.numbered import ARTICLE_FIRST, Pinpoint, what_was_found
from kb.search.protocol import Engine
from kb.search.query import Reading
from kb.search.slips import Slips
from kb.text.normalize import fold, nfc


def explained(
    engine: Engine,
    reading: Reading,
    hits: Sequence[Mapping[str, Any]],
    place: Pinpoint | Effect | None,
    day: date,
    whole: bool,
) -> tuple[str, ...]:
    """How a query was read, and whether what it asks for by number is there, where the `whole` of it is looked at.

    `hits` are stored records; of a document whose force is asked for, what is known of it on a day is told.
    """
    if not whole:
        return reading.explanation
    instead: dict[str, str | None] = {}
    for asked in reading.numbers:
        if asked.wish.sure:
            instead[asked.said] = what_was_found(asked.wish, asked.shown, hits)
    if reading.pinpoint and not any(map(reading.pinpoint.holds, hits[:1])):
        instead[ARTICLE_FIRST] = both(
            "văn bản ấy không có Điều {article}, hoặc không nằm trong kho",
            "that document has no Article {article}, or is not held",
            article=reading.pinpoint.article,
        )
    force = told_force(engine, reading.effect, day) if reading.effect else None
    if reading.effect and place is None:
        # A name may be none: "quyết định kỷ luật có hiệu lực khi nào" asks of no document.
        missing = NO_WORDS if force else NO_EFFECT if reading.effect.numbered else ""
        instead[EFFECT_FIRST] = missing
    told = ((line, instead.get(line)) for line in reading.explanation)
    lines = tuple(line if other is None else other for line, other in told if other != "")
    return (force, *lines) if force else lines


def suggested(query: str, slips: Slips) -> str | None:
    """What was perhaps meant; a number in it as it was typed.

    >>> suggested("nghị địn 61/2018", Slips({"din": "dinh"}, "nghị định 61 2018"))
    'nghị định 61/2018'
    """
    if slips.suggestion is None or not re.search(r"\d[/-]", query):
        return slips.suggestion
    printed, typed = slips.suggestion.split(), list(re.finditer(r"\w+", nfc(query)))
    if len(printed) != len(typed):
        return slips.suggestion
    made, end = "", 0
    for word, found in zip(printed, typed, strict=True):
        made += nfc(query)[end : found.start()] + (word if fold(found[0]) in slips.words else found[0])
        end = found.end()
    return made + nfc(query)[end:]
