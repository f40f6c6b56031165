"""A document made ready to be stored: packed, counted, its rows laid out.

This is the slow part of saving and needs no database, so that processes that read files can do it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from kb.mentions import key_of, names_told, places_of, root_of
from kb.models import Citation, Document, SourceFile, StatedEvent
from kb.numbers import number_key
from kb.store.codec import dump_value, pack
from kb.works import Identity, fold_key, identify

#: How far a text can be trusted when a work has several: our own words, words OCR read, the words of the file.
DIGEST, OCR, FULL = 0, 1, 2

#: What the program reads in a file: text, units, tables, notes, citations, events. Raised when it reads something
#: that it did not read before, or reads it otherwise: a text of a lower number can be read anew, and pages say so.
READING = 5

_HEADING = 500
#: Below this, OCR itself doubts a paragraph (the lowest confidence of its lines).
LOW_CONFIDENCE = 0.6
#: The code under which such a paragraph is a doubt.
OCR_DOUBT = "ocr.doubt"

#: Characters of a sentence kept as evidence.
_EVIDENCE = 600


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


def prepare(
    document: Document,
    citations: tuple[Citation, ...] = (),
    mtime: int = 0,
    events: tuple[StatedEvent, ...] = (),
) -> Prepared:
    """The document with its citations and the events it states, ready to be written."""
    identity = identify(document)
    rows = {
        "units": _unit_rows(document),
        "tables": _table_rows(document),
        "footnotes": _footnote_rows(document),
        "citations": [
            _citation_row(citation) | columns
            for citation, columns in zip(
                citations, mention_columns(citations, identity.place, identity.issued), strict=True
            )
        ],
        "stated": [_stated_row(event, document) for event in events],
        "doubts": list(doubt_rows(document)),
    }
    return Prepared(
        document.source,
        identity,
        _rank(document),
        document.pages,
        pack(document),
        len(document.problems),
        document.source.size,
        mtime,
        {name: [{**row, "position": at} for at, row in enumerate(found)] for name, found in rows.items()},
    )


def doubt_rows(document: Document) -> Iterator[dict[str, Any]]:
    """What a reader was not sure of: problems as they were said, paragraphs that OCR doubts."""
    for problem in document.problems:
        first = problem.spans[0] if problem.spans else None
        yield {
            "code": problem.code,
            "severity": problem.severity.value,
            "vi": _clean(problem.vi),
            "en": _clean(problem.en),
            "start": first.start if first else None,
            "end": first.end if first else None,
            "page": None,
            "confidence": None,
        }
    for block in document.blocks:
        if block.confidence is not None and block.confidence < LOW_CONFIDENCE:
            yield {
                "code": OCR_DOUBT,
                "severity": "note",
                "vi": f"máy đọc chữ từ ảnh, độ tin cậy {block.confidence:.0%}",
                "en": f"read from an image, confidence {block.confidence:.0%}",
                "start": block.span.start,
                "end": block.span.end,
                "page": block.page,
                "confidence": block.confidence,
            }


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


def mention_columns(citations: Sequence[Citation], home: str, on: str | None) -> Iterator[dict[str, Any]]:
    """What resolution asks of each mention of a text of the place `home` and the day `on`.

    A back reference or a short name has the key of the mention it stands for.
    """
    told = names_told(citations)
    for at, citation in enumerate(citations):
        root = root_of(citations, at)
        key = key_of(citations[root], home, on, told)
        yield {
            "number": _clean(citation.number or (key.number if key else None)),
            "work_key": key.key if key else None,
            "place": key.place if key else None,
            "title": _clean((citation.title or citation.name or "")[:_HEADING]) or None,
            "year": key.year if key else citation.year,
            "direction": citation.direction.value if citation.direction else None,
            "pinpoint": _clean(places_of(citation.pinpoints)) or None,
            "unit": citation.unit,
            "status": citation.status.value if citation.status else None,
            "reason": _clean(citation.reason or (key.reason if key else None)) or None,
            "antecedent": root if root != at else None,
        }


def _stated_row(event: StatedEvent, document: Document) -> dict[str, Any]:
    words = " ".join(event.span.cut(document.text).split())
    return {
        "target": event.target,
        "other": event.other,
        "payload": dump_value(event),
        "text": _clean(words[:_EVIDENCE]),
    }
