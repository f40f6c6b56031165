"""Keys of the rows that a base of the first schema holds, worked out from what it kept."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select, update

from kb.mentions import work_key
from kb.models import Citation, Document
from kb.store.codec import load_value, unpack
from kb.store.desk_schema import doubts
from kb.store.prepared import OCR, doubt_rows, mention_columns
from kb.store.schema import citations, versions, works
from kb.works import place_of


def fill_keys(connection: Connection) -> None:
    """Write keys, places and what else resolution asks of works and citations."""
    wanted = select(works.c.id, works.c.number, works.c.issuer, works.c.issued)
    for row in connection.execute(wanted).all():
        place = place_of(row.issuer)
        key = work_key(row.number) if row.number else ""
        connection.execute(update(works).where(works.c.id == row.id).values(place=place, work_key=key))
        _fill_citations(connection, row.id, place, row.issued)


def _fill_citations(connection: Connection, work: str, place: str, issued: str | None) -> None:
    texts = select(versions.c.id).where(versions.c.work_id == work)
    for version in connection.execute(texts).scalars().all():
        mine = citations.c.version_id == version
        found = select(citations.c.position, citations.c.payload).where(mine).order_by(citations.c.position)
        rows = connection.execute(found).all()
        values = [load_value(Citation, row.payload) for row in rows]
        for row, columns in zip(rows, mention_columns(values, place, issued), strict=True):
            here = update(citations).where(mine, citations.c.position == row.position)
            connection.execute(here.values(**columns))


def fill_doubts(connection: Connection) -> None:
    """Write what the readers of the texts that are held were not sure of."""
    doubtful = (versions.c.problems > 0) | (versions.c.rank == OCR)
    for version in connection.execute(select(versions.c.id).where(doubtful)).scalars().all():
        payload = connection.execute(select(versions.c.payload).where(versions.c.id == version)).scalar_one()
        rows = [
            {**row, "version_id": version, "position": at}
            for at, row in enumerate(doubt_rows(unpack(Document, payload)))
        ]
        if rows:
            connection.execute(insert(doubts), rows)
