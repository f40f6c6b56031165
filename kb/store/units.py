"""Which units the held texts have, asked for many at once."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, select

from kb.store.graph import Base, batched
from kb.store.schema import units, versions

#: Names in one question to the database.
_MANY = 400

#: Put together once: every page of a document asks both.
_TEXTS = select(versions.c.id, versions.c.work_id).where(
    versions.c.current, versions.c.work_id.in_(bindparam("works", expanding=True))
)
_UNITS = select(units.c.version_id, units.c.eid).where(
    units.c.version_id.in_(bindparam("texts", expanding=True)), units.c.eid.in_(bindparam("eids", expanding=True))
)


def units_held(connection: Base, wanted: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those of some pairs of work and eid that a current text has."""
    asked: dict[str, set[str]] = {}
    for work, eid in wanted:
        asked.setdefault(work, set()).add(eid)
    works: dict[int, str] = {}
    for some in batched(sorted(asked), _MANY):
        works |= {row.id: row.work_id for row in connection.execute(_TEXTS, {"works": some})}
    # The rows of a text lie side by side, so each is walked once; what was asked of another text is left out.
    eids = sorted({eid for work in works.values() for eid in asked[work]})
    found: set[tuple[str, str]] = set()
    for some in batched(sorted(works), _MANY):
        for few in batched(eids, _MANY):
            rows = connection.execute(_UNITS, {"texts": some, "eids": few})
            found.update((works[row.version_id], row.eid) for row in rows)
    return {(work, eid) for work, eid in found if eid in asked[work]}
