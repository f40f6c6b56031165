"""The tables. What is asked across documents has columns; the document itself is one packed value."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.schema import SchemaItem

#: Revisions of the schema, oldest first; the last one is what this program reads and writes.
REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010", "0011")

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

#: Original files, kept by hash.
files = Table(
    "files",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("media_type", String(100), nullable=False),
    Column("size", BigInteger, nullable=False),
)

#: Where files were found; `mtime` (nanoseconds) and `size` tell an untouched file without reading it.
places = Table(
    "places",
    metadata,
    Column("path", Text, primary_key=True),
    Column("sha256", String(64), ForeignKey("files.sha256"), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("mtime", BigInteger, nullable=False),
    Column("origin", Text, nullable=False),
    Column("retrieved", String(40), nullable=False),
)

#: Documents by identity: number, issuer, date. `number_key` and `title_key` are folded for look-up.
works = Table(
    "works",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("number", Text),
    Column("number_key", Text),
    Column("type", Text),
    Column("issuer", Text),
    Column("issuer_key", Text, nullable=False),
    Column("issued", String(10)),
    Column("title", Text),
    Column("title_key", Text, nullable=False),
    Column("place", Text, nullable=False, server_default=""),
    Column("work_key", Text, nullable=False, server_default=""),
    Index("ix_works_number_key", "number_key"),
    Index("ix_works_work_key", "work_key"),
)

#: Texts of a work, one a file; `ordinal` counts from 1 in a work; one of them is current. `reading` tells the
#: program that read the text (`kb.store.prepared.READING`).
versions = Table(
    "versions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("work_id", String(200), ForeignKey("works.id"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("sha256", String(64), ForeignKey("files.sha256"), nullable=False, unique=True),
    Column("path", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("ingested", String(40), nullable=False),
    Column("current", Boolean, nullable=False),
    Column("rank", Integer, nullable=False),
    Column("digest", Boolean, nullable=False),
    Column("pages", Integer),
    Column("units", Integer, nullable=False),
    Column("tables", Integer, nullable=False),
    Column("footnotes", Integer, nullable=False),
    Column("citations", Integer, nullable=False),
    Column("problems", Integer, nullable=False),
    Column("reading", Integer, nullable=False, server_default="0"),
    Column("payload", LargeBinary, nullable=False),
    UniqueConstraint("work_id", "ordinal"),
)


def _part(name: str, *columns: SchemaItem) -> Table:
    return Table(
        name,
        metadata,
        Column("version_id", Integer, ForeignKey("versions.id", ondelete="CASCADE"), primary_key=True),
        Column("position", Integer, primary_key=True, autoincrement=False),
        *columns,
    )


units = _part(
    "units",
    Column("eid", Text, nullable=False),
    Column("kind", String(30), nullable=False),
    Column("label", Text, nullable=False),
    Column("heading", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("page", Integer),
)

tables = _part(
    "tables",
    Column("title", Text),
    Column("appendix", Text),
    Column("caption", Text),
    Column("rows", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("page", Integer),
)

footnotes = _part(
    "footnotes",
    Column("mark", Text, nullable=False),
    Column("series", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("start", Integer),
    Column("page", Integer),
)

citations = _part(
    "citations",
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("number", Text),
    Column("number_key", Text),
    Column("type", Text),
    Column("issuer", Text),
    Column("issued", String(10)),
    Column("relation", String(40)),
    Column("payload", Text, nullable=False),
    *[
        Column(name, Text)
        for name in ("work_key", "place", "title", "direction", "pinpoint", "unit", "status", "reason")
    ],
    *[Column(name, Integer) for name in ("year", "antecedent")],
    Index("ix_citations_number_key", "number_key"),
    Index("ix_citations_work_key", "work_key"),
)

#: What people changed, oldest first; rows are only ever added (`kb.store.audit`).
audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", String(40), nullable=False),
    Column("who", Text, nullable=False),
    Column("action", String(60), nullable=False),
    Column("subject", Text, nullable=False),
    Column("details", Text, nullable=False),
    Index("ix_audit_at", "at"),
)

#: Works that people follow; `marks` are those of what they have seen of it, one a line (`kb.store.follows`).
follows = Table(
    "follows",
    metadata,
    Column("work_id", String(200), primary_key=True),
    Column("who", String(200), primary_key=True),
    Column("since", String(40), nullable=False),
    Column("seen", String(40), nullable=False),
    Column("marks", Text, nullable=False),
)

#: People who may come in. `name_key` is the name folded for look-up; `password` is a hash that names its method.
accounts = Table(
    "accounts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("name_key", Text, nullable=False),
    Column("role", String(20), nullable=False),
    Column("password", Text, nullable=False),
    Column("made", String(40), nullable=False),
    UniqueConstraint("name_key"),
)

#: Sessions of browsers and tokens of programs. Only the hash of a secret is kept; a token may have no end (empty).
account_keys = Table(
    "account_keys",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account_id", Integer, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("label", Text, nullable=False),
    Column("made", String(40), nullable=False),
    Column("ends", String(40), nullable=False),
    UniqueConstraint("sha256"),
)

#: Words for the state of the base, one for each thing that others keep answers of (`kb.store.revisions`).
revisions = Table(
    "revisions",
    metadata,
    Column("name", String(20), primary_key=True),
    Column("word", String(32), nullable=False),
)

#: Works whose text came in or changed, and which the graph has not taken in yet.
news = Table("news", metadata, Column("work_id", String(200), primary_key=True))

#: Tables whose rows belong to a version.
PARTS = (units, tables, footnotes, citations)
