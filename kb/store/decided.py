"""What people decided about works, kept: merges, splits, pins, each with who, when and why."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import delete, insert, select

from kb.errors import NotFound
from kb.store.engine import said
from kb.store.graph_schema import decisions, edges, nodes
from kb.store.schema import citations, versions
from kb.store.store import Store


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: merge, split or pin."""

    id: int
    kind: str
    payload: dict[str, object]
    made: str
    by: str
    note: str


def merge_works(store: Store, former: str, into: str, by: str, note: str = "") -> list[str]:
    """Decide that one work is another: the keys that this touches."""
    if former == into:
        raise NotFound(code="works.same", vi="hai mã là một văn bản", en="both ids are one work")
    return _decide(store, "merge", {"from": former, "into": into}, [former, into], by, note)


def pin_mentions(
    store: Store, kind: str, mentions: Sequence[tuple[str, int]], into: str, by: str, note: str = ""
) -> list[str]:
    """Decide what mentions (work, offset in its text) mean: the keys that this touches; `kind` is pin or split."""
    places = []
    keys: set[str] = set()
    ids = [into]
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
    return _decide(store, kind, {"mentions": places, "into": into}, ids, by, note, keys)


def list_decisions(store: Store) -> list[Decision]:
    """All decisions, oldest first."""
    with said(), store.connect() as connection:
        rows = connection.execute(select(decisions).order_by(decisions.c.id)).all()
    return [Decision(row.id, row.kind, json.loads(row.payload), row.made, row.by, row.note) for row in rows]


def withdraw_decision(store: Store, number: int) -> list[str]:
    """Take a decision back: the keys that this touches."""
    with said(), store.transaction() as connection:
        row = connection.execute(select(decisions).where(decisions.c.id == number)).first()
        if row is None:
            raise NotFound(
                code="works.no_decision",
                vi=f"không có quyết định số {number}",
                en=f"there is no decision {number}",
            )
        connection.execute(delete(decisions).where(decisions.c.id == number))
        return sorted(json.loads(row.payload)["keys"])


def _decide(
    store: Store,
    kind: str,
    payload: dict[str, object],
    ids: Sequence[str],
    by: str,
    note: str,
    keys: set[str] | None = None,
) -> list[str]:
    with said(), store.transaction() as connection:
        found = connection.execute(select(nodes.c.id, nodes.c.work_key).where(nodes.c.id.in_(ids))).all()
        touched = sorted({row.work_key for row in found} | (keys or set()))
        told = json.dumps({**payload, "keys": touched}, ensure_ascii=False)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        row = {
            "kind": kind,
            "work_key": touched[0] if touched else "",
            "payload": told,
            "made": now,
            "by": by,
            "note": note,
        }
        connection.execute(insert(decisions).values(**row))
    return touched
