"""Works that people follow, and what of each they have seen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update

from kb.store.engine import said
from kb.store.revisions import Touch
from kb.store.saving import put
from kb.store.schema import follows
from kb.store.store import Store


@dataclass(frozen=True, slots=True)
class Follow:
    """One work that somebody follows: since when, when last looked at (ISO 8601, UTC), the marks seen then.

    `who` is an account, empty where there are none.
    """

    work: str
    who: str
    since: str
    seen: str
    marks: frozenset[str]


#: What somebody follows, latest first, and whether they follow one work: every page of a document asks.
_ALL = select(follows).where(follows.c.who == bindparam("who")).order_by(follows.c.since.desc(), follows.c.work_id)
_ONE = _ALL.where(follows.c.work_id == bindparam("work"))


def find_follow(store: Store, work: str, who: str = "") -> Follow | None:
    """How somebody follows a work; None where they do not."""
    found = _read(store, work, who)
    return found[0] if found else None


def list_follows(store: Store, who: str = "") -> list[Follow]:
    """All that somebody follows, latest first."""
    return _read(store, None, who)


def keep_follow(store: Store, work: str, marks: Iterable[str], who: str = "") -> None:
    """Follow a work, or note of one that is followed that all these marks have been seen."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    before = find_follow(store, work, who)
    values: dict[str, Any] = {"since": before.since if before else now, "seen": now}
    with said(), store.transaction(Touch.DESK) as connection:
        put(connection, follows, {"work_id": work, "who": who}, values | {"marks": "\n".join(sorted(marks))})


def drop_follow(store: Store, work: str, who: str = "") -> None:
    """Follow a work no longer."""
    with said(), store.transaction(Touch.DESK) as connection:
        connection.execute(delete(follows).where(follows.c.work_id == work, follows.c.who == who))


def move_follows(connection: Connection, former: str, now: str) -> None:
    """Who followed a work under its former id follows it under the new one."""
    already = select(follows.c.who).where(follows.c.work_id == now)
    here = update(follows).where(follows.c.work_id == former, follows.c.who.not_in(already))
    connection.execute(here.values(work_id=now))
    connection.execute(delete(follows).where(follows.c.work_id == former))


def _read(store: Store, work: str | None, who: str) -> list[Follow]:
    with said(), store.connect() as connection:
        rows = connection.execute(_ALL if work is None else _ONE, {"work": work, "who": who}).all()
    return [Follow(row.work_id, row.who, row.since, row.seen, frozenset(row.marks.split())) for row in rows]
