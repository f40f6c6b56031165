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
from graphs.lives import Lives
from graphs.lone import resolve_alone
from graphs.status import answer_from, describe
from ingest.analysis import Analysis
from kb.bilingual import Bilingual
from kb.models import Citation
from kb.settings import Settings
from kb.store import graph as rows
from kb.store.catalogue import list_batches
from kb.store.engine import said
from kb.store.store import Store
from kb.works import identify


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


def works_meant(store: Store, analysis: Analysis) -> tuple[str | None, ...]:
    """The one work of the base that each citation means; None where none or several answer."""
    own = identify(analysis.document)
    found = resolve_alone(analysis.citations, own.place, own.issued, store)
    meant = tuple(one.target if one else None for one in found)
    with said(), store.connect() as connection:
        known = {row.id for row in rows.node_rows(connection, "id", sorted({name for name in meant if name}))}
    return tuple(name if name in known else None for name in meant)


def library_of(store: Store, analysis: Analysis) -> Library:
    """How the documents that a text cites stand on a day; None for what the base cannot tell."""
    spans = (citation.span for citation in analysis.citations)
    meant = works_meant(store, analysis)
    works = dict(zip(spans, meant, strict=True))
    with said(), store.connect() as connection:
        named = sorted({name for name in meant if name})
        nodes = rows.node_rows(connection, "id", named)
        lives = Lives(connection)
        lives.read_ahead(named)
    # What other papers say of a date may be a slip like this one: only a text or the catalogue tells it.
    told = {row.id for row in nodes if row.held or row.catalogued}

    @lru_cache(maxsize=4096)
    def of(work: str, on: str) -> Standing:
        with store.connect() as connection:
            answer = answer_from(lives.over(connection), work, on)
        reason = Bilingual(*describe(answer))
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
            _day(answer.issued) if work in told else None,
        )

    def library(citation: Citation, on: date) -> Standing | None:
        work = works.get(citation.span)
        return of(work, on.isoformat()) if work else None

    return library


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None  # a month or a year alone
