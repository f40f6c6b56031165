"""The knowledge base: documents in, documents out."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeAlias

from sqlalchemy import ColumnElement, Connection, Select, bindparam, func, select, update
from sqlalchemy.exc import IntegrityError

from kb.errors import NotFound
from kb.models import Citation, Document, Problem, SourceFile
from kb.settings import Settings
from kb.store.codec import load_value, unpack
from kb.store.engine import check_schema, file_mark, make_engine, said, writing
from kb.store.lookup import DocumentRow, listing, read_query
from kb.store.originals import keep_original, original_path
from kb.store.packed import Packed
from kb.store.prepared import READING, Prepared, prepare
from kb.store.revisions import Touch
from kb.store.saving import Saved, forget_version, held_version, record_place, save_prepared
from kb.store.schema import citations as citation_table
from kb.store.schema import files, news, places, revisions, versions, works
from kb.text.normalize import nfc

#: What makes the effect of a change on the graph, inside its transaction, from the keys that it touches.
Relate: TypeAlias = Callable[[Connection, set[str]], object]

#: Two writers of one new work can collide on a server database; the second then finds it made.
_TRIES = 3


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One text of a work: its file, when it came, whether it is the one that is read."""

    ordinal: int
    sha256: str
    path: str
    ingested: str
    current: bool
    digest: bool
    reading: int = READING

    @property
    def is_old(self) -> bool:
        """Whether an older version of the program read it, which may have read less."""
        return self.reading < READING


@dataclass(frozen=True, slots=True)
class Place:
    """What was last seen of a file at a path."""

    sha256: str
    size: int
    mtime: int
    work_id: str
    version: int


#: The texts of a work; asked on every page of a document, so it is put together once.
_TEXTS = (
    select(*[versions.c[name] for name in VersionRow.__dataclass_fields__])
    .where(versions.c.work_id == bindparam("work"))
    .order_by(versions.c.ordinal)
)
#: One text of a work as it lies there, the current one or one by its number, and the mentions in a text.
_PACKED = {
    current: select(versions.c.id, versions.c.payload).where(
        versions.c.work_id == bindparam("work"),
        versions.c.current if current else versions.c.ordinal == bindparam("ordinal"),
    )
    for current in (True, False)
}
_MENTIONS = (
    select(citation_table.c.payload)
    .where(citation_table.c.version_id == bindparam("text"))
    .order_by(citation_table.c.position)
)


class Store:
    """An open knowledge base. Use it as a context manager, or `close` it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.read_only = settings.is_read_only()
        self._engine = make_engine(settings)
        self._writing = writing(self._engine)
        check_schema(self._engine)
        self._file = file_mark(self._engine)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self.close()

    def is_in_place(self) -> bool:
        """Whether the file that was opened still lies there, unlike after a restore; a server always does."""
        return self._file is None or self._file == file_mark(self._engine)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    # --- in ---

    def save(self, document: Document, citations: tuple[Citation, ...], data: bytes, mtime: int = 0) -> Saved:
        """Where the document went; the file itself is kept first, then one transaction writes the rest."""
        with said():
            keep_original(self.settings.home, document.source.sha256, data)
        return self.save_prepared(prepare(document, citations, mtime))

    def save_prepared(self, prepared: Prepared, again: bool = False) -> Saved:
        """Where a prepared document went, whose original is kept; `again` replaces what was read before."""
        with said():
            for _ in range(_TRIES - 1):
                with suppress(IntegrityError):
                    return self._save_once(prepared, again)
            return self._save_once(prepared, again)

    def record_place(self, source: SourceFile, mtime: int) -> Saved | None:
        """Note that a file that is held was found at a path; None when it is not held."""
        with said(), self.transaction() as connection:
            held = held_version(connection, source.sha256)
            return record_place(connection, source, source.size, mtime, held) if held else None

    # --- out ---

    def list_documents(
        self, limit: int | None = None, offset: int = 0, *, kind: str = "", newest: bool = False
    ) -> list[DocumentRow]:
        """All works, or those of one kind: latest first, those without a date last; or the last taken in first."""
        wanted = listing().where(works.c.type == kind) if kind else listing()
        wanted = wanted.order_by(versions.c.ingested.desc(), versions.c.id.desc()) if newest else wanted
        wanted = wanted.order_by(works.c.issued.is_(None), works.c.issued.desc(), works.c.id)
        if limit is not None:
            wanted = wanted.limit(limit).offset(offset)
        return self._document_rows(wanted)

    def list_among(self, ids: Iterable[str]) -> list[DocumentRow]:
        """Those of some works that are held."""
        return self._document_rows(listing().where(works.c.id.in_(sorted(ids))))

    def count_documents(self) -> int:
        """How many works are held."""
        with said(), self._engine.connect() as connection:
            return int(connection.execute(select(func.count()).select_from(works)).scalar() or 0)

    def count_kinds(self) -> dict[str, int]:
        """How many works of each kind are held, most first; those whose kind was not read are left out."""
        wanted = select(works.c.type, func.count()).where(works.c.type.is_not(None)).group_by(works.c.type)
        with said(), self._engine.connect() as connection:
            found = [(str(kind), int(count)) for kind, count in connection.execute(wanted)]
        return dict(sorted(found, key=lambda one: (-one[1], one[0])))

    def has_news(self) -> bool:
        """Whether works came in or changed that the graph has not taken in."""
        with said(), self._engine.connect() as connection:
            return connection.execute(select(news.c.work_id).limit(1)).first() is not None

    def find(self, text: str) -> list[DocumentRow]:
        """The works that an id, a URL or a number as people type it can mean: none, one or several.

        ``34/2016``, ``224/bc-ubnd``, ``Nghị quyết 76/NQ-CP 2021``; marks, case and leading zeros do not matter.
        """
        wanted = nfc(text).strip()
        name = re.sub(r"[?#].*$", "", wanted).rstrip("/").rsplit("/", 1)[-1] if "://" in wanted else wanted
        exact = self._document_rows(listing().where(works.c.id == name))
        if exact or "://" in wanted:
            return exact
        query = read_query(wanted)
        if query is None:
            return []
        rows = self._document_rows(listing().where(query.condition()).order_by(works.c.id))
        return [row for row in rows if query.agrees(row)]

    def load(self, work_id: str, version: int | None = None) -> Document:
        """The very document that was saved: the current text of a work, or one of its versions."""
        with said(), self._engine.connect() as connection:
            payload = connection.execute(_of_text(versions.c.payload, work_id, version)).scalar()
        if payload is None:
            raise not_held(work_id)
        return unpack(Document, payload)

    def packed(self, work_id: str, version: int | None = None) -> Packed:
        """The same with its citations, not yet unpacked."""
        with said(), self._engine.connect() as connection:
            text = connection.execute(_PACKED[version is None], {"work": work_id, "ordinal": version}).first()
            found = connection.execute(_MENTIONS, {"text": text.id}).scalars().all() if text else ()
        if text is None:
            raise not_held(work_id)
        return Packed(text.payload, f"[{','.join(found)}]")

    def versions(self, work_id: str) -> list[VersionRow]:
        """All texts of a work, oldest first."""
        with said(), self._engine.connect() as connection:
            return [VersionRow(*row) for row in connection.execute(_TEXTS, {"work": work_id})]

    def problems(self, work_id: str) -> tuple[Problem, ...]:
        """What is wrong with the current text of a work."""
        return self.load(work_id).problems

    def citations(self, work_id: str, version: int | None = None) -> tuple[Citation, ...]:
        """The mentions in a text, in the order they were found."""
        wanted = _of_text(citation_table.c.payload, work_id, version).join(citation_table)
        with said(), self._engine.connect() as connection:
            found = connection.execute(wanted.order_by(citation_table.c.position)).scalars().all()
        return load_value(tuple[Citation, ...], f"[{','.join(found)}]")

    def original(self, sha256: str) -> Path:
        """Where the original file with this hash is kept."""
        path = original_path(self.settings.home, sha256)
        if not re.fullmatch(r"[0-9a-f]{64}", sha256) or not path.is_file():
            raise NotFound(
                code="original.missing",
                vi=f"kho không giữ tệp gốc {sha256[:12]}",
                en=f"no original file {sha256[:12]} is held",
            )
        return path

    def work_of_file(self, sha256: str) -> str | None:
        """The work of which a file with this hash is a text; None for a file that is not held."""
        with said(), self._engine.connect() as connection:
            held = held_version(connection, sha256)
        return str(held["work_id"]) if held else None

    def known_hashes(self) -> set[str]:
        """Hashes of all files that became documents."""
        with said(), self._engine.connect() as connection:
            return set(connection.execute(select(versions.c.sha256)).scalars())

    def old_hashes(self) -> set[str]:
        """Hashes of the files that an older version of the program read."""
        with said(), self._engine.connect() as connection:
            return set(connection.execute(select(versions.c.sha256).where(versions.c.reading < READING)).scalars())

    def kept_files(self) -> dict[str, int]:
        """Hash and size of every original that ought to be kept."""
        with said(), self._engine.connect() as connection:
            return {row.sha256: row.size for row in connection.execute(select(files.c.sha256, files.c.size))}

    def places(self) -> dict[str, Place]:
        """What was last seen at every path."""
        columns = (
            places.c.path,
            places.c.sha256,
            places.c.size,
            places.c.mtime,
            versions.c.work_id,
            versions.c.ordinal,
        )
        wanted = select(*columns).join(versions, versions.c.sha256 == places.c.sha256)
        with said(), self._engine.connect() as connection:
            return {row[0]: Place(*row[1:]) for row in connection.execute(wanted)}

    def connect(self) -> Connection:
        """A connection for reading."""
        return self._engine.connect()

    @contextmanager
    def transaction(self, touch: Touch = Touch.CONTENT) -> Iterator[Connection]:
        """A connection inside one write transaction; `touch` says what it changes of what others keep."""
        with self._writing.begin() as connection:
            yield connection
            if touch is not Touch.NOTHING_KEPT:
                fresh = update(revisions).values(word=secrets.token_hex(16))
                desk = revisions.c.name == Touch.DESK.value
                connection.execute(fresh.where(desk) if touch is Touch.DESK else fresh)

    def _save_once(self, prepared: Prepared, again: bool) -> Saved:
        with self.transaction() as connection:
            forgotten = forget_version(connection, prepared.source.sha256) if again else None
            return save_prepared(connection, prepared, forgotten)

    def _document_rows(self, wanted: Select[Any]) -> list[DocumentRow]:
        with said(), self._engine.connect() as connection:
            return [DocumentRow(**row) for row in connection.execute(wanted).mappings()]


def _of_text(column: ColumnElement[Any], work_id: str, version: int | None) -> Select[Any]:
    """What the current text of a work has, or one of its versions."""
    which = versions.c.current if version is None else versions.c.ordinal == version
    return select(column).select_from(versions).where(versions.c.work_id == work_id, which)


def not_held(work_id: str) -> NotFound:
    """What is said of a work whose text is not here."""
    return NotFound(
        code="work.not_held", vi=f"kho không có văn bản “{work_id}”", en=f"no document “{work_id}” is held"
    )


def open_store(settings: Settings) -> Store:
    """The base that the settings name, made when it is new, its schema brought up to date."""
    return Store(settings)
