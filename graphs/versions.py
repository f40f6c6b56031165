"""Texts that a page would compare a work with: its other texts, what it replaced or amended, what did so to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graphs.diagram import Deed, deeds_of
from kb.bilingual import both
from kb.models import Relation
from kb.store import graph as rows
from kb.store.engine import said
from kb.store.store import Store, VersionRow

#: How a work stands to an older one, and to a newer one.
_RELATIONS = {
    Relation.REPLACES.value: (both("thay thế", "replaces"), both("được thay thế bởi", "replaced by")),
    Relation.AMENDS.value: (both("sửa đổi bổ sung", "amends"), both("được sửa đổi bổ sung bởi", "amended by")),
}


@dataclass(frozen=True, slots=True)
class Twin:
    """Two texts to compare, the older first (``ID`` or ``ID@N``), how they stand, what the other is called."""

    older: str
    newer: str
    relation: str
    name: str


def twins_of_work(
    store: Store, work: str, deeds: set[Deed] | None = None, texts: Sequence[VersionRow] | None = None
) -> list[Twin]:
    """The comparisons that make sense for a work that is held; its deeds and texts are read where not given."""
    found = [*_own_texts(work, store.versions(work) if texts is None else texts)]
    if deeds is not None and not any(_pairs(deeds)):
        return found
    with said(), store.connect() as connection:
        pairs = set(_pairs(deeds_of(connection, [work]) if deeds is None else deeds))
        ids = sorted({one for pair in pairs for one in pair[:2]})
        held = {row.id: row for row in rows.node_rows(connection, "id", ids) if row.held}
    for older, newer, relation in sorted(pairs):
        if older in held and newer in held and (held[older].issued or "") <= (held[newer].issued or "9"):
            other = held[newer if older == work else older]
            words = _RELATIONS[relation][newer != work]
            found.append(Twin(older, newer, words, other.number or other.title or other.id))
    return found


def _own_texts(work: str, texts: Sequence[VersionRow]) -> Iterator[Twin]:
    current = next((text for text in texts if text.current), None)
    for text in texts:
        if current is not None and text is not current:
            first, second = sorted((text.ordinal, current.ordinal))
            name = both("bản {n}", "text {n}", n=text.ordinal)
            if text.digest:
                name = both("{name} (lược thuật)", "{name} (digest)", name=name)
            other = both("bản khác của văn bản này", "another text of this document")
            yield Twin(f"{work}@{first}", f"{work}@{second}", other, name)


def _pairs(deeds: set[Deed]) -> Iterator[tuple[str, str, str]]:
    """Older work, newer work, relation: what the acting text or the catalogue says, not what others tell of it."""
    for acting, relation, other in deeds:
        if relation in _RELATIONS and acting != other:
            yield other, acting, relation
