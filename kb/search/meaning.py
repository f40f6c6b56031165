"""The best hits ordered by what they mean as well, where their passages were read (docs/query-language.md).

Words find, meaning only orders: a passage without a vector stands as the mean of those beside it. The model is
asked in full words, for it knows Vietnamese by its marks, and few abbreviations.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

from kb.search.analysis import analyse_query
from kb.search.marking import with_marks
from kb.search.meaning_door.encoder import Encoder, has_encoder, load_encoder
from kb.search.meaning_door.vectors import Vectors
from kb.search.plan import Term, all_of
from kb.search.protocol import Engine, Request
from kb.search.weighing import Scored
from kb.text.words import has_marks

#: What the product of two vectors is worth: nearness lies between 0.75 and 0.9 for most. Chosen on judged queries.
_WEIGHT = 18.0
#: Letters of a passage that are read: its title, the heading over it, its opening.
_LETTERS = 500
#: Hits of which fewer were read are not ordered so.
_LEAST_SHARE = 0.5
#: Passages of one work looked at, and read at once.
_MOST_PASSAGES, _AT_ONCE = 20_000, 16


class Meaning:
    """The vectors of a home and the model, which is loaded when it is first asked."""

    def __init__(self, vectors: Vectors, load: Callable[[], Encoder | None] = load_encoder) -> None:
        self._vectors = vectors
        self._load = load

    def put_in_order(self, hits: Sequence[Scored], query: str) -> None:
        """Change the scores of the best hits of one query, where enough of them were read."""
        found = self._vectors.find([meaning_key(passage_of(hit.stored)) for hit in hits])
        known = sum(vector is not None for vector in found)
        encoder = self._load() if known >= _LEAST_SHARE * len(hits) else None
        if encoder is None or known == 0:
            return
        asked = encoder.query(full_words(query, hits))
        near = [None if vector is None else float(vector @ asked) for vector in found]
        mean = sum(each for each in near if each is not None) / known
        for hit, each in zip(hits, near, strict=True):
            hit.meant = each is not None
            hit.score *= math.exp(_WEIGHT * (each - mean)) if each is not None else 1.0


def full_words(query: str, hits: Sequence[Scored]) -> str:
    """A query as the model is asked: with marks, abbreviations as what they stand for.

    >>> full_words("Lương CBCC", ())
    'Lương cán bộ công chức'
    """
    if not has_marks(query):
        over = ((*hit.stored["crumbs"][-1:], hit.stored["title"], hit.stored["text"]) for hit in hits)
        query = with_marks(query, (text for texts in over for text in texts if text))
    return analyse_query(query).spoken(query)


def open_meaning(path: Path) -> Meaning | None:
    """The meaning of the passages whose vectors a file holds; None where the model is not installed."""
    return Meaning(Vectors(path)) if has_encoder() else None


def read_passages(engine: Engine, works: Sequence[str], vectors: Vectors, encoder: Encoder) -> Iterator[int]:
    """Read the passages of some works that have no vector yet; after each few, how many were read."""
    for work in works:
        request = Request(all_of(Term("work", work), Term("held", "held")), _MOST_PASSAGES)
        texts: dict[int, str] = {}
        for hit in engine.search(request).hits:
            text = passage_of(json.loads(hit.stored))
            texts[meaning_key(text)] = text
        left = vectors.missing(list(texts))
        for at in range(0, len(left), _AT_ONCE):
            some = left[at : at + _AT_ONCE]
            vectors.add(some, encoder.passages([texts[key] for key in some]))
            yield len(some)


def passage_of(stored: Mapping[str, Any]) -> str:
    """What is read of a record: the title of its work, the heading over it, its opening.

    >>> passage_of({"title": "Về văn thư", "crumbs": ["Chương I", "Điều 5. Con dấu"], "text": "1. Con dấu …"})
    'Về văn thư. Điều 5. Con dấu. 1. Con dấu …'
    """
    over = stored["crumbs"][-1] if stored["crumbs"] else ""
    return ". ".join(filter(None, (stored["title"], over, stored["text"])))[:_LETTERS]


def meaning_key(text: str) -> int:
    """The key of a passage: equal ones have the same."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little")
