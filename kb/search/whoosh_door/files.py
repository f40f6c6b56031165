"""The files of Whoosh's index: its schema, opening it, rows as its documents."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from whoosh import columns, fields
from whoosh.analysis import RegexTokenizer
from whoosh.index import EmptyIndexError, FileIndex, IndexError, IndexVersionError, create_in, exists_in, open_dir

from kb.errors import StoreError
from kb.search.rows import FACETS, SCHEMA_VERSION, Row

_EXACT = ("number", "issuerword", "kind", "article", "work")
NUMBERS = ("issued", "forcefrom", "forceto", "partialfrom", "partialto", "suspendedfrom", "suspendedto")
#: Parts several values of a field; no value holds it.
_PART = "\x1f"
#: What stands in a column where there is no value: a column must have one for every document.
NONE = "∅"
#: Megabytes the writer gathers before it writes: the larger, the fewer merges.
GATHERED = 256
_VERSION_FILE = "cancu.version"


def make_schema() -> fields.Schema:
    """The fields of the index: tokens, exact values, columns of facets and of whole numbers."""
    tokens = RegexTokenizer(r"[^ ]+")
    values = RegexTokenizer(rf"[^{_PART}]+")
    schema = fields.Schema(
        words=fields.TEXT(analyzer=tokens, phrase=True),
        stored=fields.STORED,
        # Ten-thousandths: the column of floats cannot be written.
        authority=fields.NUMERIC(int, bits=32, sortable=True),
    )
    for name in ("marks", "pairs", "keys", "heads"):
        schema.add(name, fields.TEXT(analyzer=tokens, phrase=False))
    for name in _EXACT:
        schema.add(name, fields.KEYWORD(analyzer=values))
    for name in FACETS:
        # Few values, each kept once.
        schema.add(name, fields.ID(sortable=columns.RefBytesColumn()))
    for name in NUMBERS:
        schema.add(name, fields.NUMERIC(int, bits=32, sortable=True))
    return schema


def open_files(folder: Path) -> FileIndex:
    """The index of a folder; one of another shape is thrown away, it holds nothing that the base does not."""
    try:
        version = folder / _VERSION_FILE
        if exists_in(str(folder)) and version.read_text(encoding="utf-8") == SCHEMA_VERSION:
            return open_dir(str(folder))
    except (EmptyIndexError, IndexVersionError, IndexError, OSError, ValueError, EOFError):
        pass
    try:
        shutil.rmtree(folder)
        folder.mkdir(parents=True)
        made = create_in(str(folder), make_schema())
        (folder / _VERSION_FILE).write_text(SCHEMA_VERSION, encoding="utf-8")
        return made
    except OSError as error:
        raise StoreError(
            code="index.failed",
            vi=f"không mở được chỉ mục tìm kiếm: {error}",
            en=f"the search index failed: {error}",
        ) from error


def document_of(row: Row) -> dict[str, Any]:
    """A row as the fields of a document."""
    values = {name: _PART.join(found) or NONE for name, found in row.exact.items()}
    return {
        "words": " ".join(row.words),
        "pairs": " ".join(row.pairs),
        "marks": " ".join(row.marks),
        "keys": " ".join(row.keys),
        "heads": " ".join(row.heads),
        "stored": row.stored,
        "authority": round(row.authority * 10_000),
        **values,
        **{name: row.numbers[name] for name in NUMBERS},
    }
