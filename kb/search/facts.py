"""What the base knows of its works besides their texts: header, level, intervals of force, who cites them."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from sqlalchemy import Connection, select

from kb.numbers import issuer_of, parse_number
from kb.search.records import Interval, WorkFacts
from kb.store.graph import Record
from kb.store.graph_schema import intervals, nodes, ranks
from kb.store.schema import versions, works
from kb.store.store import Store
from kb.text.normalize import fold, nfc, unify_tones
from kb.vocabulary.fields import field_of
from kb.vocabulary.issuers import issuer_of_name

#: The PageRank that gives the whole of the prior; steps, so that one citation more does not change a row.
_HIGHEST, _STEPS = 100.0, 20
#: Works whose facts are compared again and again: what is read out of their words stays the same.
_REMEMBERED = 20_000


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
        field_of(row.title),
        held=held,
        digest=digest,
        authority=cited.get(row.id, 0.0),
        intervals=spans.get(row.id, ()),
        issuer_shown=issuer_shown(row.issuer),
    )


@lru_cache(maxsize=_REMEMBERED)
def level_of(number: str | None, issuer: str | None) -> str | None:
    """central, province, district, commune, local (which of the three is not said) or party.

    By the issuing body, else by the body that the number names.

    >>> level_of("34/2016/NĐ-CP", None), level_of("18-NQ/TW", None), level_of("12/QĐ-UBND", None)
    ('central', 'party', 'local')
    >>> [
    ...     level_of(None, f"UBND {place}")
    ...     for place in ("tỉnh Bình Định", "thị xã Ninh Hòa", "xã Đại Lãnh, tỉnh Khánh Hòa")
    ... ]
    ['province', 'district', 'commune']
    """
    body = issuer_of_name(issuer.split(";")[0].strip()) if issuer else None
    if body is None and number:
        parsed = parse_number(number)
        body = issuer_of(parsed) if parsed else None
    if body is None:
        return None
    return _local_level(issuer or "", body.name) if body.level == "province" else body.level


# The place that a local body names first is its own. Only six cities stand beside the provinces.
_LOCAL_RE = re.compile(
    r"\b(?:(?P<district>thị xã|huyện|quận)|(?P<commune>xã|phường|thị trấn|đặc khu)"
    r"|(?P<province>tỉnh|(?:thành phố|tp\.?) (?:hà nội|hồ chí minh|hải phòng|đà nẵng|cần thơ|huế))"
    r"|(?P<city>(?:thành phố|tp\.?) \w))"
)


def _local_level(issuer: str, body: str) -> str:
    found = _LOCAL_RE.search(nfc(issuer).lower())
    if found is None:
        return "province" if body.startswith("Sở ") else "local"
    return "district" if found.lastgroup == "city" else found.lastgroup or "local"


@lru_cache(maxsize=_REMEMBERED)
def issuer_shown(issuer: str | None) -> str | None:
    """The name of a body as facets count it: the body for its head, one name for all its spellings.

    >>> issuer_shown("Bộ trưởng Bộ Tài chính"), issuer_shown("CHÍNH PHỦ"), issuer_shown("Chủ tịch UBND tỉnh Huế")
    ('Bộ Tài chính', 'Chính phủ', 'Ủy ban nhân dân tỉnh Huế')
    """
    if not issuer:
        return None
    body = issuer_of_name(issuer)
    if body is None:
        return issuer
    printed = fold(unify_tones(nfc(" ".join(issuer.split()))))
    for name in (body.name, *body.aliases):
        if body.level != "province" and printed.endswith(fold(name)):
            return body.name
        if body.level == "province" and (at := printed.find(fold(name))) >= 0:
            rest = " ".join(issuer.split())[at + len(name) :]
            return body.name.removeprefix("Chủ tịch ") + rest
    return issuer


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
