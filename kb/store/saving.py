"""One document into the tables, inside one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, delete, exists, func, insert, select, update

from kb.mentions import work_key
from kb.models import SourceFile
from kb.store.desk_schema import doubts
from kb.store.graph_schema import stated
from kb.store.prepared import READING, Prepared
from kb.store.schema import PARTS, files, news, places, versions, works
from kb.works import Identity, distinct_id, perhaps_different, same_work, work_id


class SaveVerdict(StrEnum):
    """What became of a document."""

    ADDED = "added"
    UNCHANGED = "unchanged"
    NEW_VERSION = "new_version"
    SAME_DOCUMENT = "same_document"


@dataclass(frozen=True, slots=True)
class Saved:
    """Where a document went; `perhaps` are works of the same number that could be this one or not.

    `again`: its file was held already, and what was read before is replaced.
    """

    work_id: str
    version: int
    verdict: SaveVerdict
    perhaps: tuple[str, ...] = ()
    again: bool = False


def save_prepared(connection: Connection, prepared: Prepared, forgotten: RowMapping | None = None) -> Saved:
    """Write a document; a file that is held already only gets its place.

    What was `forgotten` to be read anew stays the text that it was among those of its work.
    """
    source = prepared.source
    held = held_version(connection, source.sha256)
    if held is not None:
        return record_place(connection, source, prepared.size, prepared.mtime, held)
    before = _version_at(connection, source.path)
    work, verdict, perhaps = _find_work(connection, prepared, before)
    put(connection, files, {"sha256": source.sha256}, {"media_type": source.media_type.value, "size": source.size})
    _put_place(connection, source, prepared.size, prepared.mtime)
    ordinal = 1 + (
        connection.execute(select(func.max(versions.c.ordinal)).where(versions.c.work_id == work)).scalar() or 0
    )
    if forgotten is not None and forgotten["work_id"] == work:
        ordinal = forgotten["ordinal"]
    _write_version(connection, prepared, work, ordinal)
    choose_current(connection, work)
    _is_news(connection, work)
    return Saved(work, ordinal, verdict, perhaps, again=forgotten is not None)


def held_version(connection: Connection, sha256: str) -> RowMapping | None:
    """The version that a file became; None when the file is new."""
    wanted = select(*[versions.c[name] for name in ("id", "work_id", "ordinal", "path", "reading")])
    return connection.execute(wanted.where(versions.c.sha256 == sha256)).mappings().first()


def record_place(connection: Connection, source: SourceFile, size: int, mtime: int, held: RowMapping) -> Saved:
    """Note that a held file was found at a place."""
    known = connection.execute(select(places.c.sha256).where(places.c.path == source.path)).scalar()
    _put_place(connection, source, size, mtime)
    verdict = SaveVerdict.UNCHANGED if known == source.sha256 else SaveVerdict.SAME_DOCUMENT
    if known is not None and known != source.sha256:
        # A file put back as it was: its old text is the newest at this place again.
        connection.execute(update(versions).where(versions.c.id == held["id"]).values(path=source.path))
        choose_current(connection, held["work_id"])
        _is_news(connection, held["work_id"])
    return Saved(held["work_id"], held["ordinal"], verdict)


def forget_version(connection: Connection, sha256: str) -> RowMapping | None:
    """Remove what was read from a file, so that it can be read again; the row of what was."""
    held = held_version(connection, sha256)
    if held is None:
        return None
    for part in (*PARTS, stated, doubts):
        connection.execute(delete(part).where(part.c.version_id == held["id"]))
    connection.execute(delete(versions).where(versions.c.id == held["id"]))
    left = connection.execute(select(func.count()).where(versions.c.work_id == held["work_id"])).scalar()
    if left:
        choose_current(connection, held["work_id"])
    else:
        connection.execute(delete(works).where(works.c.id == held["work_id"]))
    return held


def take_news(connection: Connection) -> list[str]:
    """The works that came in or changed since this was asked last; whoever asks brings the graph up to date."""
    found = [str(name) for name in connection.execute(select(news.c.work_id)).scalars()]
    connection.execute(delete(news))
    return found


def put(connection: Connection, table: Table, key: dict[str, Any], values: dict[str, Any]) -> None:
    """Insert a row or update the one that has its key; inside the write transaction, in any SQL."""
    where = [table.c[name] == value for name, value in key.items()]
    found = connection.execute(select(*[table.c[name] for name in key]).where(*where)).first()
    if found is None:
        connection.execute(insert(table).values(**key, **values))
    else:
        connection.execute(update(table).where(*where).values(**values))


def choose_current(connection: Connection, work: str) -> None:
    """Mark the text of a work that one reads: the file's own words before OCR's, those before a digest's.

    Of equals, the first file that came; of one file, its latest state.
    """
    live = exists().where(places.c.sha256 == versions.c.sha256).label("live")
    wanted = select(versions.c.id, versions.c.path, versions.c.rank, versions.c.ordinal, versions.c.current, live)
    rows = connection.execute(wanted.where(versions.c.work_id == work).order_by(versions.c.ordinal)).all()
    first: dict[str, int] = {}
    for row in rows:
        first.setdefault(row.path, row.ordinal)
    best = max(rows, key=lambda row: (row.rank, row.live, -first[row.path], row.ordinal))
    for row in rows:
        if row.current != (row.id == best.id):
            connection.execute(update(versions).where(versions.c.id == row.id).values(current=row.id == best.id))


def _is_news(connection: Connection, work: str) -> None:
    """The graph takes a work in by a transaction of its own; until then it stands here."""
    if connection.execute(select(news.c.work_id).where(news.c.work_id == work)).first() is None:
        connection.execute(insert(news).values(work_id=work))


def _put_place(connection: Connection, source: SourceFile, size: int, mtime: int) -> None:
    values = {
        "sha256": source.sha256,
        "size": size,
        "mtime": mtime,
        "origin": source.origin,
        "retrieved": source.retrieved,
    }
    put(connection, places, {"path": source.path}, values)


def _version_at(connection: Connection, path: str) -> RowMapping | None:
    """The version that the file at a path became when it was last read."""
    found = select(works).join(versions, works.c.id == versions.c.work_id)
    found = found.join(places, places.c.sha256 == versions.c.sha256).where(places.c.path == path)
    return connection.execute(found).mappings().first()


def _find_work(
    connection: Connection, prepared: Prepared, before: RowMapping | None
) -> tuple[str, SaveVerdict, tuple[str, ...]]:
    """The work a text belongs to, made when it is new."""
    identity, source = prepared.identity, prepared.source
    key = works.c.number_key == identity.number_key
    if not identity.number_key:
        key = works.c.number_key.is_(None) & (works.c.title_key == identity.title_key)
    near = connection.execute(select(works).where(key)).mappings().all()
    same = [row for row in near if same_work(identity, _identity_of(row, identity))]
    if before is not None and _replaces(identity, before):
        return before["id"], SaveVerdict.NEW_VERSION, ()
    if len(same) == 1:
        return same[0]["id"], SaveVerdict.SAME_DOCUMENT, ()
    perhaps = tuple(
        row["id"]
        for row in near
        if identity.number_key and not perhaps_different(identity, _identity_of(row, identity))
    )
    name = work_id(identity, source.path, source.sha256)
    if connection.execute(select(works.c.id).where(works.c.id == name)).first():
        name = distinct_id(name, source.sha256)
    connection.execute(insert(works).values(id=name, **_work_values(identity)))
    return name, SaveVerdict.ADDED, perhaps


def _replaces(identity: Identity, before: RowMapping) -> bool:
    """Whether a changed file still is the document it was: nothing it says contradicts what it said."""
    old = _identity_of(before, identity)
    if identity.number_key and old.number_key:
        return identity.number_key == old.number_key and not perhaps_different(identity, old)
    return not perhaps_different(identity, old)


def _identity_of(row: RowMapping, like: Identity) -> Identity:
    return Identity(
        row["number"],
        row["number_key"],
        row["type"],
        row["issuer"],
        row["issuer_key"],
        "",
        row["issued"],
        row["title"],
        row["title_key"],
        like.alone and row["number_key"] == like.number_key,
    )


def _work_values(identity: Identity) -> dict[str, Any]:
    return {
        "number": identity.number,
        "number_key": identity.number_key,
        "type": identity.type,
        "issuer": identity.issuer,
        "issuer_key": identity.issuer_key,
        "issued": identity.issued,
        "title": identity.title,
        "title_key": identity.title_key,
        "place": identity.place,
        "work_key": work_key(identity.number) if identity.number else "",
    }


def _write_version(connection: Connection, prepared: Prepared, work: str, ordinal: int) -> None:
    source = prepared.source
    values = {
        "work_id": work,
        "ordinal": ordinal,
        "sha256": source.sha256,
        "path": source.path,
        "origin": source.origin,
        "ingested": datetime.now(UTC).isoformat(timespec="seconds"),
        "current": False,
        "rank": prepared.rank,
        "digest": prepared.rank == 0,
        "pages": prepared.pages,
        "problems": prepared.problems,
        "reading": READING,
        "payload": prepared.payload,
        **{part.name: len(prepared.rows[part.name]) for part in PARTS},
    }
    made = connection.execute(insert(versions).values(**values)).inserted_primary_key
    if made is None:
        message = "the database gave no key for a version"
        raise LookupError(message)
    for part in (*PARTS, stated, doubts):
        rows = prepared.rows[part.name]
        if rows:
            connection.execute(insert(part), [{"version_id": made[0], **row} for row in rows])
