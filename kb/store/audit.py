"""The log of changes: when, who, what, on what, with details. Rows are added and read, never changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Select, func, insert, or_, select

from kb.clock import day_begins, day_ends
from kb.store.engine import said
from kb.store.revisions import Touch
from kb.store.schema import audit
from kb.store.store import Store


@dataclass(frozen=True, slots=True)
class Entry:
    """One change: `at` is ISO 8601 in UTC; `who` is an account, or ``cli:`` and a user of the machine."""

    id: int
    at: str
    who: str
    action: str
    subject: str
    details: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Filter:
    """What of the log is wanted; an empty field asks for nothing.

    Attributes:
        who: exactly this person.
        action: this action, or all that begin with it and a dot (``works`` is ``works.merge``, ``works.pin`` ...).
        words: part of the subject or of the details.
        since, until: first and last day (ISO), by the clock of Vietnam.
    """

    who: str = ""
    action: str = ""
    words: str = ""
    since: str = ""
    until: str = ""


def record(store: Store, who: str, action: str, subject: str, details: Mapping[str, Any] | None = None) -> None:
    """Add one change to the log, in a transaction of its own.

    `details` is written as JSON; never put a password or a key there.
    """
    with said(), store.transaction(Touch.NOTHING_KEPT) as connection:
        write_entry(connection, who, action, subject, details)


def write_entry(
    connection: Connection, who: str, action: str, subject: str, details: Mapping[str, Any] | None = None
) -> None:
    """Add one change to the log inside the transaction that makes it."""
    row = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "who": who,
        "action": action,
        "subject": subject,
        "details": json.dumps(dict(details or {}), ensure_ascii=False, sort_keys=True, default=str),
    }
    connection.execute(insert(audit).values(**row))


def list_entries(
    store: Store, wanted: Filter | None = None, limit: int | None = None, offset: int = 0
) -> list[Entry]:
    """The changes that a filter lets through, latest first."""
    asked = _narrowed(select(audit), wanted or Filter()).order_by(audit.c.id.desc()).offset(offset)
    if limit is not None:
        asked = asked.limit(limit)
    with said(), store.connect() as connection:
        rows = connection.execute(asked).all()
    return [Entry(row.id, row.at, row.who, row.action, row.subject, json.loads(row.details)) for row in rows]


def count_entries(store: Store, wanted: Filter | None = None) -> int:
    """How many changes a filter lets through."""
    asked = _narrowed(select(func.count()).select_from(audit), wanted or Filter())
    with said(), store.connect() as connection:
        return int(connection.execute(asked).scalar() or 0)


def people_and_actions(store: Store) -> tuple[list[str], list[str]]:
    """Who is in the log, and which actions, each once and sorted."""
    with said(), store.connect() as connection:
        people = connection.execute(select(audit.c.who).distinct().order_by(audit.c.who)).scalars().all()
        actions = connection.execute(select(audit.c.action).distinct().order_by(audit.c.action)).scalars().all()
    return list(people), list(actions)


def _narrowed(asked: Select[Any], wanted: Filter) -> Select[Any]:
    if wanted.who:
        asked = asked.where(audit.c.who == wanted.who)
    if wanted.action:
        asked = asked.where(
            or_(audit.c.action == wanted.action, audit.c.action.startswith(wanted.action + ".", autoescape=True))
        )
    if wanted.words:
        asked = asked.where(
            or_(
                audit.c.subject.icontains(wanted.words, autoescape=True),
                audit.c.details.icontains(wanted.words, autoescape=True),
            )
        )
    if wanted.since:
        asked = asked.where(audit.c.at >= day_begins(wanted.since))
    if wanted.until:
        asked = asked.where(audit.c.at < day_ends(wanted.until))
    return asked
