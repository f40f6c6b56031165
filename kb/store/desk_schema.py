"""Tables of the desk: files that came in by the pages, what is doubtful in texts, what people said of it."""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, String, Table, Text

from kb.store.schema import metadata

#: Files handed in by the pages, each with its verdict once it has one; the bytes stand in the home until then.
inbox = Table(
    "inbox",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("batch", String(32), nullable=False),
    Column("position", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("who", Text, nullable=False),
    Column("received", String(40), nullable=False),
    Column("state", String(10), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("verdict", String(20)),
    Column("work", String(200)),
    Column("version", Integer),
    *[Column(name, Text, nullable=False, server_default="") for name in ("code", "vi", "en", "perhaps")],
    Column("pages", Integer),
    Column("problems", Integer, nullable=False, server_default="0"),
    Index("ix_inbox_batch", "batch"),
    Index("ix_inbox_state", "state"),
)

#: What a reader was not sure of: its problems, and paragraphs that OCR itself doubts.
doubts = Table(
    "doubts",
    metadata,
    Column("version_id", Integer, ForeignKey("versions.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("code", String(40), nullable=False),
    Column("severity", String(10), nullable=False),
    Column("vi", Text, nullable=False),
    Column("en", Text, nullable=False),
    Column("start", Integer),
    Column("end", Integer),
    Column("page", Integer),
    Column("confidence", Float),
    Index("ix_doubts_code", "code"),
)

#: What people said of a place in a file: looked at and right, wrong, or to be looked at later.
reviews = Table(
    "reviews",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("code", String(40), primary_key=True),
    Column("start", Integer, primary_key=True, autoincrement=False),
    Column("said", String(10), nullable=False),
    Column("made", String(40), nullable=False),
    Column("by", Text, nullable=False),
    Column("note", Text, nullable=False, server_default=""),
)
