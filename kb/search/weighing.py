"""What a hit is worth beside others that match as well: by what it is, what it is called, what came before it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kb.search.analysis import analyse
from kb.search.force import ENDED, state_of
from kb.search.rows import bare_title, day_number, is_label

#: How much a document that everything relies on gains.
AUTHORITY_WEIGHT = 0.15
#: What a title is worth beside a passage: that of a held document more, that of one that is only cited less.
TITLE_SHARE, CITED_SHARE = 1.2, 0.6
#: What is left of the title of a document of which but its number is known: one with a name is meant more likely.
NAMELESS_SHARE = 0.9
#: What bases, the words of enactment, recipients and signatures are worth: they repeat names and rule nothing.
FORMAL_SHARE = 0.6
#: What a document is worth that is called just as was typed, and what is left of it when its force has ended.
CALLED_SHARE, _ENDED_SHARE = 2.5, 0.8
#: What a title may repeat of type and number.
_REPEATED_LETTERS = 40
#: What a provision and a row of a table are worth beside what reports say, a note beside what it is a note to.
PROVISION_SHARE, ROW_SHARE, NOTE_SHARE = 1.1, 1.1, 0.8
#: A few words are the label of something ("Vốn đầu tư công"), not a rule about it.
LABEL_SHARE = 0.8
#: What each further hit of a work is worth that says the same but for its figures.
_AGAIN, _SAME_LETTERS = 0.8, 120
_FIGURES_RE = re.compile(r"[\d.,%/ ]+")
_FORMAL = ("preamble", "conclusions")


@dataclass(slots=True)
class Scored:
    """A hit while it is weighed: its score, its stored record, whether what it means was weighed too."""

    score: float
    stored: dict[str, Any]
    meant: bool = False


def place_of(hit: Scored) -> tuple[float, int, str, int]:
    """What hits are sorted by: the best first; of equal ones the newest, then in the order of reading.

    >>> old, new = (
    ...     Scored(2.0, {"work": work, "issued": day, "position": 1})
    ...     for work, day in (("a", None), ("b", "2020-05-05"))
    ... )
    >>> [hit.stored["work"] for hit in sorted([old, new], key=place_of)]
    ['b', 'a']
    """
    stored = hit.stored
    # Sums of the same shares in another order differ in their last digits.
    return (-round(hit.score, 6), -(day_number(stored["issued"]) or 0), stored["work"], stored["position"])


def share_of(stored: Mapping[str, Any]) -> float:
    """What a record is worth beside others that match as well, by what it is and who relies on its work."""
    share: float = 1 + AUTHORITY_WEIGHT * stored["authority"]
    if stored["kind"] == "title":
        share *= 1.0 if stored["title"] else NAMELESS_SHARE
        return share * (TITLE_SHARE if stored["held"] else CITED_SHARE)
    share *= {"provision": PROVISION_SHARE, "row": ROW_SHARE, "note": NOTE_SHARE}.get(stored["kind"], 1.0)
    if is_label(stored["text"]):
        share *= LABEL_SHARE
    return share * (FORMAL_SHARE if (stored.get("unit") or "").startswith(_FORMAL) else 1.0)


def name_share(stored: Mapping[str, Any], query: str, typed: tuple[str, ...], day: int) -> float:
    """What a title gains that is just what was typed, more where its work still counts."""
    title = stored["title"]
    if stored["kind"] != "title" or not title or len(title) > len(query) + _REPEATED_LETTERS:
        return 1.0
    name = analyse(bare_title(stored["type"], stored["number"], stored["title"])).words
    kind = analyse(stored["type"] or "").words
    if typed not in (name, kind + name):
        return 1.0
    return CALLED_SHARE * (_ENDED_SHARE if state_of(stored.get("force", {}), day) == ENDED else 1.0)


def spread(hits: list[Scored]) -> None:
    """Put back hits of one work that say what a better one says, but for the figures: rows of footnotes, say."""
    seen: Counter[tuple[str, str]] = Counter()
    often = Counter(hit.stored["work"] for hit in hits)
    for hit in hits:
        if often[hit.stored["work"]] == 1:
            continue
        said = (hit.stored["work"], _FIGURES_RE.sub("", hit.stored["text"][: 2 * _SAME_LETTERS])[:_SAME_LETTERS])
        hit.score *= _AGAIN ** seen[said]
        seen[said] += 1
