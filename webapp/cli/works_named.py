"""Works that a command line names, and the rows in which commands of the graph speak of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from functools import lru_cache
from typing import Any

import click

from graphs.base import open_base
from graphs.finding import FoundWork, find_works
from graphs.trace import Link
from kb.clock import told_day
from kb.errors import NotFound, Several
from kb.models import Document, Span
from kb.settings import Settings
from kb.store import graph as rows
from kb.store.engine import said
from kb.store.store import Store
from kb.validity import Event, Evidence
from webapp.cli.documents import LineFinder
from webapp.sentences import sentence_at

#: Characters of a sentence shown on each side of a mention.
_AROUND = 160


def open_graph(settings: Settings) -> Store:
    """The base with its catalogue and graph, made when it is new."""
    return open_base(settings)


def one_work(store: Store, name: str) -> FoundWork:
    """The one work that a name means; none or several are said so, each with its id."""
    found = find_works(store, name)
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFound(code="work.unknown", vi=f"kho không biết văn bản “{name}”", en=f"no work “{name}” is known")
    raise Several(name, {work.id: work_line(work) for work in found})


def work_line(work: FoundWork) -> str:
    """A work in one line: type, number, date, title."""
    return named(work.type, work.number, work.issued, work.title)


def named(kind: str | None, number: str | None, issued: str | None, title: str | None) -> str:
    """The same of its parts; a title that begins with the type does not say it twice.

    >>> named("Bộ luật", "10/2012/QH13", "2012-06-18", "Bộ luật Lao động")
    'Bộ luật 10/2012/QH13 ngày 18/6/2012 Lao động'
    """
    if kind and title and title.casefold().startswith(kind.casefold() + " "):
        title = title[len(kind) + 1 :]
    day = f"ngày {told_day(issued)}" if issued and issued.count("-") > 1 else issued
    return " ".join(part for part in (kind, number, day, title) if part)


def named_works(store: Store, ids: Iterable[str]) -> dict[str, str]:
    """Works in one line each, by id; an id that nothing is known of is itself."""
    wanted = sorted(set(ids))
    with said(), store.connect() as connection:
        found = rows.node_rows(connection, "id", wanted)
    lines = {row.id: named(row.type, row.number, row.issued, row.title) for row in found}
    return {name: lines.get(name) or name for name in wanted}


def work_row(work: FoundWork) -> dict[str, object]:
    """What is known of a work as a row of JSON."""
    facts = {name: value for name, value in asdict(work).items() if name not in ("id", "place")}
    return {"work": work.id, **facts}


def numbers_of(store: Store, ids: Iterable[str]) -> dict[str, str]:
    """The numbers of works by id; of one without a number its title, else its id."""
    wanted = sorted(set(ids))
    with said(), store.connect() as connection:
        found = rows.node_rows(connection, "id", wanted)
    numbers = {row.id: row.number or row.title for row in found}
    return {name: numbers.get(name) or name for name in wanted}


class Proofs:
    """Evidence as rows: lines, pages and words looked up in the texts that are held."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._document = lru_cache(maxsize=64)(self._load)

    def of_event(self, event: Event) -> dict[str, Any] | None:
        """The evidence of an event; what a catalogue says has only its source."""
        return self._row(event.evidence) if event.evidence else None

    def of_link(self, link: Link) -> dict[str, Any] | None:
        """The mention behind an edge, with the words around it; the source where it comes from the catalogue."""
        if link.version is None or link.start is None or link.end is None:
            return {**_EMPTY, "work": link.source, "text": link.reason} if link.reason else None
        found = self._document(link.source)
        text = ""
        if found:
            text = shown_sentence(found[0], link.start, link.end)
        return self._row(Evidence(link.source, link.unit, link.start, link.end, text=text))

    def _row(self, proof: Evidence) -> dict[str, Any]:
        found = self._document(proof.work) if proof.start is not None else None
        line = page = None
        if found and proof.start is not None:
            document, lines = found
            line = lines(proof.start)
            pages = [block.page for block in document.blocks if block.span.start <= proof.start < block.span.end]
            page = pages[0] if pages else None
        return {
            "work": proof.work,
            "unit": proof.unit,
            "start": proof.start,
            "end": proof.end,
            "line": line,
            "page": page,
            "text": proof.text,
        }

    def _load(self, work: str) -> tuple[Document, LineFinder] | None:
        try:
            document = self._store.load(work)
        except NotFound:
            return None
        return document, LineFinder(document.text)


_EMPTY: dict[str, Any] = dict.fromkeys(("work", "unit", "start", "end", "line", "page", "text"))


def shown_sentence(document: Document, start: int, end: int) -> str:
    """The sentence of a mention, of a long one what stands around it."""
    told = sentence_at(document, Span(start, end))
    before, after = told.before.lstrip(), told.after.rstrip()
    if len(before) > _AROUND:
        before = "… " + before[-_AROUND:].partition(" ")[2]
    if len(after) > _AROUND:
        after = after[:_AROUND].rpartition(" ")[0] + " …"
    return f"{before}{told.marked}{after}"


def listed(rows: list[str]) -> None:
    """Lines on standard output."""
    for row in rows:
        click.echo(row)
