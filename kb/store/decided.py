"""What people decided about works, kept: merges, splits, pins, each with who, when and why.

Every decision writes its line in the log of changes, in the same transaction; `relate` (`graphs.update`) makes
what follows from it there too, so that a program that is stopped in between leaves neither.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import delete, insert, select

from kb.errors import NotFound
from kb.store.audit import write_entry
from kb.store.engine import said
from kb.store.graph_schema import decisions, edges, nodes
from kb.store.schema import citations, versions
from kb.store.store import Relate, Store


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: merge, split, pin, or none: the mention means no work that is known."""

    id: int
    kind: str
    payload: dict[str, object]
    made: str
    by: str
    note: str


@dataclass(frozen=True, slots=True)
class Decided:
    """The number of a decision that was written, and the keys that it touches (for `graphs.update`)."""

    number: int
    keys: list[str]


def merge_works(
    store: Store, former: str, into: str, by: str, note: str = "", who: str = "", relate: Relate | None = None
) -> Decided:
    """Decide that one work is another; `who` is for the log, where `by` is not enough."""
    if former == into:
        raise NotFound(code="works.same", vi="hai mã là một văn bản", en="both ids are one work")
    maker = _Maker(by, note, who)
    return _decide(store, "merge", {"from": former, "into": into}, [former, into], maker, relate=relate)


def pin_mentions(
    store: Store,
    kind: str,
    mentions: Sequence[tuple[str, int]],
    into: str,
    by: str,
    note: str = "",
    who: str = "",
    relate: Relate | None = None,
) -> Decided:
    """Decide what mentions (work, offset in its text) mean; `kind` is pin, split or none (then without `into`)."""
    places = []
    keys: set[str] = set()
    ids = [into] if into else []
    with said(), store.connect() as connection:
        for work, start in mentions:
            wanted = (
                select(versions.c.sha256, citations.c.start, citations.c.work_key, edges.c.target)
                .select_from(citations)
                .join(versions, versions.c.id == citations.c.version_id)
                .outerjoin(
                    edges,
                    (edges.c.version_id == citations.c.version_id) & (edges.c.position == citations.c.position),
                )
                .where(versions.c.work_id == work, versions.c.current)
                .where(citations.c.start <= start, citations.c.end > start, citations.c.work_key.is_not(None))
            )
            row = connection.execute(wanted).first()
            if row is None:
                raise NotFound(
                    code="works.no_mention",
                    vi=f"không có viện dẫn nào ở vị trí {start} của “{work}”",
                    en=f"there is no mention at {start} of “{work}”",
                )
            places.append([row.sha256, row.start])
            keys.add(row.work_key)
            ids += [row.target] if row.target else []
    told: dict[str, object] = {"mentions": places, "into": into}
    return _decide(store, kind, told, ids, _Maker(by, note, who), keys, mentions, relate)


def list_decisions(store: Store) -> list[Decision]:
    """All decisions, oldest first."""
    with said(), store.connect() as connection:
        rows = connection.execute(select(decisions).order_by(decisions.c.id)).all()
    return [Decision(row.id, row.kind, json.loads(row.payload), row.made, row.by, row.note) for row in rows]


def withdraw_decision(store: Store, number: int, who: str = "", relate: Relate | None = None) -> Decided:
    """Take a decision back."""
    with said(), store.transaction() as connection:
        row = connection.execute(select(decisions).where(decisions.c.id == number)).first()
        if row is None:
            raise NotFound(
                code="works.no_decision",
                vi=f"không có quyết định số {number}",
                en=f"there is no decision {number}",
            )
        connection.execute(delete(decisions).where(decisions.c.id == number))
        told = json.loads(row.payload)
        details = {"decision": number, "kind": row.kind, "by": row.by, "made": row.made}
        write_entry(connection, who or row.by, "works.withdraw", told["into"], details)
        if relate:
            relate(connection, set(told["keys"]))
        return Decided(number, sorted(told["keys"]))


@dataclass(frozen=True, slots=True)
class _Maker:
    by: str
    note: str
    who: str


def _decide(
    store: Store,
    kind: str,
    payload: dict[str, object],
    ids: Sequence[str],
    maker: _Maker,
    keys: set[str] | None = None,
    mentions: Sequence[tuple[str, int]] = (),
    relate: Relate | None = None,
) -> Decided:
    with said(), store.transaction() as connection:
        found = connection.execute(select(nodes.c.id, nodes.c.work_key).where(nodes.c.id.in_(ids))).all()
        touched = sorted({row.work_key for row in found} | (keys or set()))
        into_key = next((row.work_key for row in found if row.id == payload["into"]), "")
        told = json.dumps({**payload, "into_key": into_key, "keys": touched}, ensure_ascii=False)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        row = {
            "kind": kind,
            "work_key": touched[0] if touched else "",
            "payload": told,
            "made": now,
            "by": maker.by,
            "note": maker.note,
        }
        made = connection.execute(insert(decisions).values(**row)).inserted_primary_key
        number = int(made[0]) if made else 0
        details = {"decision": number, "note": maker.note, "into": payload["into"]}
        if mentions:
            details["mentions"] = [f"{work}#{start}" for work, start in mentions]
        subject = str(payload.get("from") or (mentions[0][0] if mentions else payload["into"]))
        write_entry(connection, maker.who or maker.by, f"works.{kind}", subject, details)
        if relate:
            relate(connection, set(touched))
    return Decided(number, touched)
