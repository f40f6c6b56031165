"""Which units the held texts have, asked for many at once."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select, tuple_

from kb.store.graph import Base
from kb.store.schema import units, versions

#: Pairs in one question to the database.
_MANY = 400


def units_held(connection: Base, wanted: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those of some pairs of work and eid that a current text has."""
    pairs = sorted(set(wanted))
    found: set[tuple[str, str]] = set()
    for at in range(0, len(pairs), _MANY):
        query = (
            select(versions.c.work_id, units.c.eid)
            .join(versions, versions.c.id == units.c.version_id)
            .where(versions.c.current, tuple_(versions.c.work_id, units.c.eid).in_(pairs[at : at + _MANY]))
        )
        found.update((row[0], row[1]) for row in connection.execute(query))
    return found
