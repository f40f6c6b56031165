"""What people should look at: mentions that mean no one work, places where readers were not sure.

A place is named by the hash of its file, a code and an offset: what was said of it outlives every rebuild.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    Subquery,
    and_,
    case,
    delete,
    func,
    literal,
    or_,
    select,
    tuple_,
    union_all,
)

from kb.store.audit import write_entry
from kb.store.desk_schema import doubts, reviews
from kb.store.engine import said
from kb.store.graph_schema import edges
from kb.store.prepared import OCR_DOUBT
from kb.store.revisions import Touch
from kb.store.saving import put
from kb.store.schema import citations, versions
from kb.store.store import Store

#: The code of places that are mentions.
CITED = "cite"


class Queue(StrEnum):
    """Why a place is to be looked at."""

    HEADER = "header"
    SUSPECT = "suspect"
    AMBIGUOUS = "ambiguous"
    OCR = "ocr"


class Said(StrEnum):
    """What a person said of a place: it is as read, it is wrong, later."""

    RIGHT = "right"
    WRONG = "wrong"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file."""

    sha256: str
    code: str
    start: int


@dataclass(frozen=True, slots=True)
class Open:
    """A place to be looked at: in which text of which work, why; `later` when somebody put it off.

    `key` is the key of the number that a mention has (`kb.mentions`), empty for other places.
    """

    queue: Queue
    place: Place
    work: str
    version: int
    position: int
    end: int | None
    reason: str
    english: str
    candidates: tuple[str, ...]
    key: str
    later: bool


def count_open(store: Store) -> dict[Queue, tuple[int, int]]:
    """How many places each queue has, and how many more that were put off."""
    found = dict.fromkeys(Queue, (0, 0))
    queued = _queued()
    later = queued.c.said == Said.LATER.value
    asked = select(queued.c.queue, func.count(), func.count().filter(later)).group_by(queued.c.queue)
    with said(), store.connect() as connection:
        for queue, count, put_off in connection.execute(asked):
            found[Queue(queue)] = (count - put_off, put_off)
    return found


def next_open(
    store: Store, queue: Queue, later: bool = False, after: Place | None = None, back: bool = False
) -> Open | None:
    """The next place of a queue in the order of works and texts, or the one before; the first without `after`."""
    queued = _queued()
    put_off = queued.c.said == Said.LATER.value
    asked = select(queued).where(queued.c.queue == queue.value, put_off if later else queued.c.said.is_(None))
    order = (queued.c.work_id, queued.c.sha256, queued.c.start, queued.c.code)
    with said(), store.connect() as connection:
        if after is not None:
            asked = asked.where(_beyond(connection, queued, after, back))
        asked = asked.order_by(*(column.desc() for column in order) if back else order).limit(1)
        row = connection.execute(asked).first()
    return _open(row) if row else None


def find_open(store: Store, place: Place) -> Open | None:
    """The place, when it still is to be looked at."""
    queued = _queued()
    asked = select(queued).where(
        queued.c.sha256 == place.sha256, queued.c.code == place.code, queued.c.start == place.start
    )
    with said(), store.connect() as connection:
        row = connection.execute(asked).first()
    return _open(row) if row else None


def same_mentions(store: Store, asked: Open) -> list[int]:
    """Offsets of the mentions in the same text that are open too and say the very same."""
    same = [citations.c[name] for name in ("work_key", "number", "issuer", "issued", "year", "type", "place")]
    with said(), store.connect() as connection:
        where = (citations.c.version_id == asked.version, citations.c.position == asked.position)
        row = connection.execute(select(*same).where(*where)).first()
        if row is None:
            return []
        wanted = select(citations.c.start).join(
            edges, and_(edges.c.version_id == citations.c.version_id, edges.c.position == citations.c.position)
        )
        wanted = wanted.where(citations.c.version_id == asked.version, citations.c.antecedent.is_(None))
        wanted = wanted.where(edges.c.status == asked.queue.value, citations.c.start != asked.place.start)
        for column, value in zip(same, row, strict=True):
            wanted = wanted.where(column.is_not_distinct_from(value))
        return list(connection.execute(wanted.order_by(citations.c.start)).scalars())


def say_of(store: Store, place: Place, what: Said, who: str, subject: str, note: str = "") -> None:
    """Keep what a person said of a place; the last word counts."""
    values = {
        "said": what.value,
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "by": who,
        "note": note,
    }
    details = {"code": place.code, "start": place.start, "sha256": place.sha256, "note": note}
    with said(), store.transaction(Touch.DESK) as connection:
        put(connection, reviews, _key(place), values)
        write_entry(connection, who, f"review.{what.value}", subject, details)


def unsay(store: Store, place: Place, who: str, subject: str) -> bool:
    """Take back what was said of a place; False when nothing was."""
    details = {"code": place.code, "start": place.start, "sha256": place.sha256}
    with said(), store.transaction(Touch.DESK) as connection:
        where = [reviews.c[name] == value for name, value in _key(place).items()]
        gone = connection.execute(delete(reviews).where(*where)).rowcount
        if gone:
            write_entry(connection, who, "review.withdraw", subject, details)
    return bool(gone)


def _key(place: Place) -> dict[str, Any]:
    return {"sha256": place.sha256, "code": place.code, "start": place.start}


def _queued() -> Subquery:
    """All places that are to be looked at, with what was said of them: nothing, or later."""
    found = union_all(_mentions(), _doubts()).subquery()
    marks = and_(
        reviews.c.sha256 == found.c.sha256, reviews.c.code == found.c.code, reviews.c.start == found.c.start
    )
    asked = select(*found.c, reviews.c.said).outerjoin(reviews, marks)
    return asked.where(or_(reviews.c.said.is_(None), reviews.c.said == Said.LATER.value)).subquery()


def _mentions() -> Select[Any]:
    """Mentions of several works or of doubtful numbers; not those that only repeat one."""
    columns = (
        edges.c.status.label("queue"),
        versions.c.sha256,
        literal(CITED).label("code"),
        citations.c.start,
        versions.c.work_id,
        edges.c.version_id,
        edges.c.position,
        citations.c.end,
        edges.c.reason.label("vi"),
        literal("").label("en"),
        edges.c.candidates,
        edges.c.work_key.label("key"),
    )
    asked = select(*columns).join(versions, versions.c.id == edges.c.version_id)
    asked = asked.join(
        citations, and_(citations.c.version_id == edges.c.version_id, citations.c.position == edges.c.position)
    )
    open_ones = edges.c.status.in_((Queue.AMBIGUOUS.value, Queue.SUSPECT.value))
    # "none" leaves a mention suspect, with that as its reason.
    judged = edges.c.reason.endswith("theo quyết định của người dùng")
    return asked.where(open_ones, citations.c.antecedent.is_(None), func.coalesce(judged, False).is_(False))


def _doubts() -> Select[Any]:
    """Heads that contradict themselves, and paragraphs that OCR doubts; in the texts that are read."""
    columns = (
        case((doubts.c.code == OCR_DOUBT, Queue.OCR.value), else_=Queue.HEADER.value).label("queue"),
        versions.c.sha256,
        doubts.c.code,
        func.coalesce(doubts.c.start, -1).label("start"),
        versions.c.work_id,
        doubts.c.version_id,
        doubts.c.position,
        doubts.c.end,
        doubts.c.vi,
        doubts.c.en,
        literal("").label("candidates"),
        literal("").label("key"),
    )
    ours = or_(doubts.c.code == OCR_DOUBT, doubts.c.code.startswith("header."))
    return select(*columns).join(versions, versions.c.id == doubts.c.version_id).where(versions.c.current, ours)


def _beyond(connection: Connection, queued: Subquery, after: Place, back: bool) -> ColumnElement[bool]:
    """What stands behind a place (or before it), whether it still is in the queue or not."""
    work = connection.execute(select(versions.c.work_id).where(versions.c.sha256 == after.sha256)).scalar()
    here = tuple_(*map(literal, (work or "", after.sha256, after.start, after.code)))
    there = tuple_(queued.c.work_id, queued.c.sha256, queued.c.start, queued.c.code)
    return there < here if back else there > here


def _open(row: Row[Any]) -> Open:
    return Open(
        Queue(row.queue),
        Place(row.sha256, row.code, row.start),
        row.work_id,
        row.version_id,
        row.position,
        row.end,
        row.vi or "",
        row.en or "",
        tuple((row.candidates or "").split()),
        row.key,
        row.said is not None,
    )
