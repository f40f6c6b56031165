"""The story of a file: bytes, lines, blocks, a document."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from ingest.footnotes import tie_footnotes
from ingest.layout import lay_out
from ingest.readers.plain import read_text
from ingest.structure.parser import parse_structure
from ingest.structure.table_places import with_notes
from ingest.structure.tables import build_tables
from kb.collector import collector_quiet
from kb.models import Document, MediaType, Reading, SourceFile
from kb.text.normalize import plain_letters


def text_document(text: str, name: str = "") -> Document:
    """The document that a text is which someone typed, pasted or sent: plain text whatever it looks like.

    Any string is taken, also one that no file could hold (half a surrogate pair).
    """
    data = text.encode("utf-8", "replace")
    source = SourceFile(name, hashlib.sha256(data).hexdigest(), MediaType.PLAIN, len(data))
    return build_document(source, read_text(data.decode("utf-8")))


@collector_quiet()
def build_document(source: SourceFile, reading: Reading) -> Document:
    """The document that a reading holds: header, units, tables, footnotes, each with its place."""
    # What only looks like a space or a hyphen tells no line from another; offsets stay those of the text as read.
    plain = replace(reading, text=plain_letters(reading.text))
    layout = lay_out(plain)
    structure = parse_structure(layout)
    tables, table_problems = build_tables(layout, structure, plain.text)
    footnotes, note_problems = tie_footnotes(layout, structure, tables)
    return Document(
        source,
        reading.text,
        layout.view,
        structure.blocks,
        structure.units,
        structure.metadata,
        with_notes(tables, footnotes),
        footnotes,
        (*reading.problems, *layout.problems, *structure.problems, *table_problems, *note_problems),
        reading.pages,
        structure.grammar,
    )
