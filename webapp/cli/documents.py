"""A document that a command line names: a file, an id, a URL or a number."""

from __future__ import annotations

import sys
from bisect import bisect_right
from importlib import import_module
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.document import build_document
from ingest.readers.door import read_source
from ingest.sources import load_source, source_of
from kb.clock import told_day
from kb.errors import NotFound, Several
from kb.models import Document
from kb.settings import Settings
from webapp.cli.options import say

if TYPE_CHECKING:
    from kb.store.lookup import DocumentRow
    from kb.store.store import Store

#: What a document is called that came by standard input.
PIPED = "stdin.txt"


def read_file(path: str | Path) -> Document:
    """The document that a lone file holds; no base is needed."""
    source, data = load_source(path)
    return build_document(source, read_source(source, data))


def read_standard_input() -> Document:
    """The document that is piped in."""
    data = sys.stdin.buffer.read()
    source = source_of(PIPED, data)
    return build_document(source, read_source(source, data))


def is_alone(name: str) -> bool:
    """Whether a name is that of a file, or ``-`` for standard input, and of nothing in a base."""
    return name == "-" or Path(name).is_file()


def open_document(name: str, settings: Settings) -> Document:
    """The document of a file when there is one of that name, of standard input for ``-``, else of the base."""
    if name == "-":
        return read_standard_input()
    if Path(name).is_file():
        return read_file(name)
    if Path(name).is_dir():
        raise NotFound(
            code="file.is_folder",
            vi=f"“{name}” là thư mục, ở đây cần một tệp; nạp cả thư mục: cancu ingest",
            en=f"“{name}” is a folder, a file is needed here; cancu ingest reads folders",
        )
    with open_existing(settings, name) as store:
        work = find_one(store, name, no_file=True).id
        say_old(store, work)
        return store.load(work)


def say_old(store: Store, work_id: str) -> None:
    """Say that an older version of the program read a document, where one did, and how to read it anew."""
    if any(text.current and text.is_old for text in store.versions(work_id)):
        say(
            f"văn bản này do phiên bản cũ của chương trình đọc; đọc lại: cancu ingest --again {work_id}",
            f"an older version of the program read this document; to read it anew: cancu ingest --again {work_id}",
        )


def open_existing(settings: Settings, name: str) -> Store:
    """The base, which must exist: a look-up never makes one."""
    if settings.database_url.startswith("sqlite") and not (settings.home / "cancu.sqlite3").exists():
        raise NotFound(
            code="base.absent",
            vi=f"không có tệp “{name}” và chưa có kho ở {settings.home}",
            en=f"there is no file “{name}” and no base at {settings.home}",
        )
    # SQL is loaded when a base is asked, not for a lone file.
    opened: Store = import_module("kb.store.store").open_store(settings)
    return opened


def find_one(store: Store, name: str, *, no_file: bool = False) -> DocumentRow:
    """The one work that a name means; none or several are said so, each with its id.

    `no_file`: a file of that name was looked for before.
    """
    rows = store.find(name)
    if len(rows) == 1:
        return rows[0]
    if not rows:
        vi, en = f"kho không có văn bản “{name}”", f"no document “{name}” is held"
        if no_file:
            vi = f"không có tệp “{name}”, kho cũng không có văn bản nào như vậy"
            en = f"there is no file “{name}”, and no such document is held"
        raise NotFound(code="work.not_held", vi=vi, en=en)
    parts = {row.id: (row.type, row.number, told_day(row.issued)) for row in rows}
    raise Several(name, {key: " ".join(filter(None, words)) for key, words in parts.items()})


class LineFinder:
    """Lines (from 1) of offsets in a text."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]

    def __call__(self, offset: int) -> int:
        """The line of an offset."""
        return bisect_right(self._starts, offset)
