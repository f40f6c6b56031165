"""What is known of cited documents: the base of a home, or the shipped catalogue alone."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from pathlib import Path

from graphs.base import open_base
from graphs.checks.report import Library, Standing
from graphs.finding import FoundWork, find_works
from graphs.lives import Lives
from graphs.status import answer_from, describe
from kb.models import Citation, CitationKind
from kb.numbers import same_number
from kb.settings import Settings
from kb.store.catalogue import list_batches
from kb.store.store import Store
from kb.vocabulary.schemes import known_scheme


@contextmanager
def shipped_base() -> Iterator[Store]:
    """A base in memory that holds the shipped catalogue and no documents."""
    with tempfile.TemporaryDirectory(prefix="cancu-") as folder:
        store = open_base(Settings(Path(folder), "sqlite://"))
        try:
            yield store
        finally:
            store.close()


def library_date(store: Store) -> str:
    """The day on which the catalogue of a base was last added to (ISO)."""
    return max((batch.loaded[:10] for batch in list_batches(store) if not batch.undone), default="")


def library_of(store: Store) -> Library:
    """How known documents stand on a day; None for what the base knows nothing of, or cannot tell apart."""

    @lru_cache(maxsize=4096)
    def of(number: str, name: str, issued: str, kind: CitationKind, on: str) -> Standing | None:
        work = _the_one(find_works(store, number or name), number, issued, on)
        if work is None:
            return None
        with store.connect() as connection:
            lives = Lives(connection)
            answer = answer_from(lives, work.id, on)
        reason, _ = describe(answer)
        successor = ", ".join(answer.names[one] for one in answer.successors)
        standing = answer.standing
        since, until = _day(standing.start), _day(standing.end)
        # Of a document that has ended the interval is that of its absence: it ended where the interval begins.
        ended = standing.word.value == "Hết hiệu lực toàn bộ"
        return Standing(
            standing.word.value,
            since,
            since if ended else until,
            reason,
            successor or None,
            standing.certain,
        )

    def library(citation: Citation, on: date) -> Standing | None:
        scheme = known_scheme(citation.surface) if citation.number is None else None
        number = citation.number or (scheme.number if scheme else "")
        issued = (scheme.issued if scheme else None) or citation.issued or ""
        return of(number, citation.name or citation.surface, issued, citation.kind, on.isoformat())

    return library


def _the_one(found: list[FoundWork], number: str, issued: str, on: str) -> FoundWork | None:
    """The single work that a mention can mean: by its date, else the only one issued by that day."""
    if number:
        found = [work for work in found if work.number and same_number(work.number, number)]
    dated = [work for work in found if issued and work.issued and work.issued.startswith(issued)]
    if dated:
        found = dated
    elif issued:
        found = [work for work in found if not work.issued]
    else:
        found = [work for work in found if not work.issued or work.issued <= on]
    return found[0] if len(found) == 1 else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
