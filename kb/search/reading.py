"""The passages of a base read for what they mean, those that have no vector yet (`kb.search.meaning`)."""

from __future__ import annotations

from collections.abc import Iterator

from kb.search.home import meaning_path, open_index
from kb.search.meaning import read_passages
from kb.search.meaning_door.encoder import load_encoder
from kb.search.meaning_door.vectors import Vectors
from kb.settings import Settings
from kb.store.store import open_store


def read_meanings(settings: Settings) -> Iterator[tuple[int, int, int]]:
    """Read what is new in a home; after each few passages: works done, works in all, passages read so far.

    It may be stopped at any moment and goes on from there. Nothing where the model is not installed.
    """
    encoder = load_encoder()
    if encoder is None:
        return
    with open_store(settings) as store:
        works = [row.id for row in store.list_documents()]
    index = open_index(settings)  # what just came in must be in it
    try:
        vectors = Vectors(meaning_path(settings))
        count = 0
        for done, work in enumerate(works):
            for some in read_passages(index.engine, (work,), vectors, encoder):
                count += some
                yield done, len(works), count
        yield len(works), len(works), count
    finally:
        index.close()
