"""Documents and bases for tests of the graph, short to write."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from ingest.citations.find import find_citations
from ingest.document import build_document
from ingest.events.read import read_events
from ingest.readers.plain import read_plain
from kb.models import Document, Field, MediaType, Metadata, SourceFile
from kb.settings import Settings
from kb.store.prepared import prepare
from kb.store.store import Store, open_store


def make_document(text: str, path: str = "/a.txt", **header: str) -> Document:
    """A document of a text with a header of our own."""
    data = text.encode()
    source = SourceFile(path, sha256(data + path.encode()).hexdigest(), MediaType.PLAIN, len(data))
    document = build_document(source, read_plain(data))
    if not header:
        return document
    issuer = header.pop("issuer", None)
    fields = {name: Field(value, ()) for name, value in header.items()}
    return replace(document, metadata=Metadata(**fields, issuers=(Field(issuer, ()),) if issuer else ()))


def save_document(store: Store, document: Document) -> str:
    """The id of the work that a document became, with its citations and events; the graph is left as it was."""
    citations = find_citations(document)
    return store.save_prepared(prepare(document, citations, 0, read_events(document, citations))).work_id


def add(store: Store, text: str, path: str = "/a.txt", **header: str) -> str:
    """The same from a text."""
    return save_document(store, make_document(text, path, **header))


def new_store(folder: Path, name: str = "kho") -> Store:
    """An empty base."""
    home = folder / name
    return open_store(Settings(home, f"sqlite:///{home / 'cancu.sqlite3'}"))
