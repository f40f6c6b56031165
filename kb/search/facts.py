"""What the base knows of its works besides their texts: header, level, intervals of force, who cites them."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

from sqlalchemy import Connection, select

from kb.numbers import issuer_of, parse_number
from kb.search.records import Interval, WorkFacts
from kb.store.graph import Record
from kb.store.graph_schema import intervals, nodes, ranks
from kb.store.schema import versions, works
from kb.store.store import Store
from kb.vocabulary.issuers import issuer_of_name

#: The PageRank that gives the whole of the prior; steps, so that one citation more does not change a row.
_HIGHEST, _STEPS = 100.0, 20


@dataclass(frozen=True, slots=True)
class KnownWork:
    """A work with the version that is read (None where it is only cited)."""

    facts: WorkFacts
    version: int | None

    @property
    def fingerprint(self) -> str:
        """What tells whether its rows must be made anew."""
        return f"{self.version}:{hash_of(self.facts)}"


def known_works(store: Store) -> list[KnownWork]:
    """All works of the base, held or only cited."""
    with store.connect() as connection:
        spans = _intervals(connection)
        cited = _authority(connection)
        held = [
            KnownWork(_facts(row, True, spans, cited, bool(row.digest)), row.version)
            for row in connection.execute(
                select(*_HEAD, versions.c.id.label("version"), versions.c.digest)
                .join(versions, versions.c.work_id == works.c.id)
                .where(versions.c.current)
            )
        ]
        known = {work.facts.work for work in held}
        only = [
            KnownWork(_facts(row, False, spans, cited, False), None)
            for row in connection.execute(select(*[nodes.c[name] for name in _NAMES]).where(~nodes.c.held))
            if row.id not in known
        ]
    return held + only


_NAMES = ("id", "number", "type", "issuer", "issued", "title")
_HEAD = [works.c[name] for name in _NAMES]


def hash_of(facts: WorkFacts) -> str:
    """A short name for the facts of a work; the same in every process.

    >>> hash_of(WorkFacts("a")) == hash_of(WorkFacts("a")), hash_of(WorkFacts("a")) == hash_of(WorkFacts("b"))
    (True, False)
    """
    return blake2b(repr(facts).encode("utf-8", "replace"), digest_size=8).hexdigest()


def _facts(
    row: Record, held: bool, spans: dict[str, tuple[Interval, ...]], cited: dict[str, float], digest: bool
) -> WorkFacts:
    return WorkFacts(
        row.id,
        row.number,
        row.type,
        row.issuer,
        level_of(row.number, row.issuer),
        row.issued,
        row.title,
        held=held,
        digest=digest,
        authority=cited.get(row.id, 0.0),
        intervals=spans.get(row.id, ()),
    )


def level_of(number: str | None, issuer: str | None) -> str | None:
    """central, province or party, by the issuing body or by the body that the number names.

    >>> level_of("34/2016/NĐ-CP", None), level_of(None, "UBND tỉnh Bình Định"), level_of("18-NQ/TW", None)
    ('central', 'province', 'party')
    """
    body = issuer_of_name(issuer.split(";")[0].strip()) if issuer else None
    if body is None and number:
        parsed = parse_number(number)
        body = issuer_of(parsed) if parsed else None
    return body.level if body else None


def _intervals(connection: Connection) -> dict[str, tuple[Interval, ...]]:
    found: dict[str, list[Interval]] = defaultdict(list)
    for row in connection.execute(select(intervals).order_by(intervals.c.node_id, intervals.c.position)):
        found[row.node_id].append(Interval(row.word, row.start, row.end))
    return {work: tuple(rows) for work, rows in found.items()}


def _authority(connection: Connection) -> dict[str, float]:
    """How much is relied on each work, 0 to 1."""
    return {row.node_id: authority_of(row.rank) for row in connection.execute(select(ranks))}


def authority_of(rank: float) -> float:
    """The prior of a work with a PageRank (1: nobody cites it), on a logarithmic scale.

    >>> authority_of(1), authority_of(10), authority_of(1000)
    (0.0, 0.5, 1.0)
    """
    share = min(math.log(max(rank, 1.0)) / math.log(_HIGHEST), 1.0)
    return round(share * _STEPS) / _STEPS


def changed_works(known: Iterable[KnownWork], indexed: dict[str, str]) -> tuple[list[KnownWork], list[str]]:
    """The works whose rows must be made anew, and the ids of those that are gone."""
    now = {work.facts.work: work for work in known}
    fresh = [work for name, work in now.items() if indexed.get(name) != work.fingerprint]
    return fresh, [name for name in indexed if name not in now]
