"""The story of a file: bytes, lines, blocks, a document."""

from __future__ import annotations

from ingest.layout import lay_out
from kb.models import Document, Metadata, Reading, SourceFile


def build_document(source: SourceFile, reading: Reading) -> Document:
    """The document that a reading holds: header, units, tables, footnotes, each with its place."""
    layout = lay_out(reading)
    return Document(
        source,
        reading.text,
        layout.view,
        layout.blocks,
        (),
        Metadata(),
        problems=layout.problems,
        pages=reading.pages,
    )
