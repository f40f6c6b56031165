"""A document made ready to be stored: packed, counted, its rows laid out.

This is the slow part of saving and needs no database, so that processes that read files can do it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from kb.models import Citation, Document, SourceFile
from kb.numbers import number_key
from kb.store.codec import dump_value, pack
from kb.works import Identity, fold_key, identify

#: How far a text can be trusted when a work has several: our own words, words OCR read, the words of the file.
DIGEST, OCR, FULL = 0, 1, 2

_HEADING = 500


@dataclass(frozen=True, slots=True)
class Prepared:
    """All that is written for one document, in plain values."""

    source: SourceFile
    identity: Identity
    rank: int
    pages: int | None
    payload: bytes
    problems: int
    size: int = 0
    mtime: int = 0
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


def prepare(document: Document, citations: tuple[Citation, ...] = (), mtime: int = 0) -> Prepared:
    """The document with its citations, ready to be written."""
    rows = {
        "units": _unit_rows(document),
        "tables": _table_rows(document),
        "footnotes": _footnote_rows(document),
        "citations": [_citation_row(citation) for citation in citations],
    }
    return Prepared(
        document.source,
        identify(document),
        _rank(document),
        document.pages,
        pack(document),
        len(document.problems),
        document.source.size,
        mtime,
        {name: [{**row, "position": at} for at, row in enumerate(found)] for name, found in rows.items()},
    )


def _rank(document: Document) -> int:
    if document.metadata.digest:
        return DIGEST
    return OCR if any(block.confidence is not None for block in document.blocks) else FULL


def _clean(text: str | None) -> str | None:
    """A text that every database takes: no NUL, no lone surrogate."""
    return text and text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def _unit_rows(document: Document) -> list[dict[str, Any]]:
    return [
        {
            "eid": unit.eid,
            "kind": unit.kind.value,
            "label": _clean(unit.label),
            "heading": _clean(unit.heading[:_HEADING]),
            "start": unit.span.start,
            "end": unit.span.end,
            "page": unit.page,
        }
        for unit in document.units
    ]


def _table_rows(document: Document) -> list[dict[str, Any]]:
    return [
        {
            "title": _clean(table.title),
            "appendix": _clean(table.appendix),
            "caption": _clean(table.caption),
            "rows": len(table.rows),
            "start": table.span.start,
            "end": table.span.end,
            "page": table.page,
        }
        for table in document.tables
    ]


def _footnote_rows(document: Document) -> list[dict[str, Any]]:
    return [
        {
            "mark": _clean(note.mark),
            "series": _clean(note.series),
            "text": _clean(note.text),
            "start": note.anchor.start if note.anchor else None,
            "page": note.page,
        }
        for note in document.footnotes
    ]


def _citation_row(citation: Citation) -> dict[str, Any]:
    span = citation.span
    return {
        "start": span.start,
        "end": span.end,
        "kind": citation.kind.value,
        "number": _clean(citation.number),
        "number_key": _clean(fold_key(number_key(citation.number))) if citation.number else None,
        "type": _clean(citation.type),
        "issuer": _clean(citation.issuer),
        "issued": citation.issued,
        "relation": citation.relation.value if citation.relation else None,
        "payload": _clean(dump_value(citation)),
    }
