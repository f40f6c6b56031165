"""Lược đồ: a work in the middle, its neighbours in groups named as vbpl.vn names them.

What the work rests on and acts on stands left, what rests on it and acts on it right; in a group time runs down.
`graphs.drawing` draws it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from graphs.lives import Lives
from graphs.trace import Link
from kb.models import Change, Relation
from kb.store import graph as rows
from kb.store.engine import said
from kb.store.graph_schema import is_told
from kb.store.store import Store
from kb.validity import Word, status_at

#: Names of the groups by relation: left of the work (it acts), right of it (it is acted on).
GROUPS: dict[str, tuple[str, str]] = {
    Relation.BASED_ON.value: ("Văn bản căn cứ", "Văn bản căn cứ vào văn bản này"),
    Relation.GUIDES.value: ("Văn bản được hướng dẫn, quy định chi tiết", "Văn bản hướng dẫn, quy định chi tiết"),
    Relation.IMPLEMENTS.value: ("Văn bản được triển khai thực hiện", "Văn bản triển khai thực hiện"),
    Relation.AMENDS.value: ("Văn bản bị sửa đổi, bổ sung", "Văn bản sửa đổi, bổ sung"),
    Relation.REPLACES.value: ("Văn bản bị thay thế", "Văn bản thay thế"),
    Relation.REPEALS.value: ("Văn bản bị bãi bỏ, hết hiệu lực", "Văn bản bãi bỏ, quy định hết hiệu lực"),
    Relation.SUSPENDS.value: ("Văn bản bị đình chỉ", "Văn bản đình chỉ"),
    Relation.CORRECTS.value: ("Văn bản bị đính chính", "Văn bản đính chính"),
    Relation.CONSOLIDATES.value: ("Văn bản được hợp nhất", "Văn bản hợp nhất"),
    Relation.PROMULGATED_WITH.value: ("Văn bản ban hành kèm theo", "Văn bản dẫn văn bản kèm theo"),
    Relation.ISSUES.value: ("Văn bản đã ban hành", "Văn bản nêu việc ban hành"),
    Relation.CITES.value: ("Văn bản được dẫn chiếu", "Văn bản dẫn chiếu"),
}
#: The acting work, the relation, the other.
Deed = tuple[str, str, str]

#: Relations that are deeds, by the change they make.
_DEEDS = {
    Change.AMEND.value: Relation.AMENDS.value,
    Change.INSERT.value: Relation.AMENDS.value,
    Change.REPLACE.value: Relation.REPLACES.value,
    Change.REPEAL.value: Relation.REPEALS.value,
    Change.END.value: Relation.REPEALS.value,
    Change.SUSPEND.value: Relation.SUSPENDS.value,
    Change.CORRECT.value: Relation.CORRECTS.value,
    Change.CONSOLIDATE.value: Relation.CONSOLIDATES.value,
}

#: Relations from the strongest: deeds, which change a life, before what one rests on and what one only names.
_STRENGTH = sorted(
    GROUPS,
    key=lambda name: (name in (Relation.ISSUES.value, Relation.CITES.value), name not in _DEEDS.values()),
)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A work beside the one in the middle."""

    id: str
    label: str
    issued: str
    title: str
    word: Word


@dataclass(frozen=True, slots=True)
class Diagram:
    """What a lược đồ shows: the work, and its neighbours by side and name of group."""

    centre: Neighbour
    left: tuple[tuple[str, tuple[Neighbour, ...]], ...]
    right: tuple[tuple[str, tuple[Neighbour, ...]], ...]
    as_of: str


def build_diagram(store: Store, work: str, on: str) -> Diagram:
    """The neighbours of a work, each once, in the group of its strongest relation; statuses on an ISO day."""
    with said(), store.connect() as connection:
        lives = Lives(connection)
        deeds = deeds_of(connection, [work])
        left = _grouped(rows.some_edges(connection, "source", [work], None), "target", deeds)
        right = _grouped(rows.some_edges(connection, "target", [work], None), "source", deeds)
        for source, relation, target in deeds:
            side, other = (left, target) if source == work else (right, source)
            side[relation, True].add(other)
        acting, acted_on = _turned(left, right)
        centre = _neighbour(lives, work, on)
        return Diagram(centre, _side(lives, acting, 0, on), _side(lives, acted_on, 1, on), on)


def deeds_of(connection: rows.Base, works: Sequence[str]) -> set[Deed]:
    """What works do to others and others to them; what a list only tells is the deed of whom it names."""
    changes = rows.change_rows(connection, "node_id", works) + rows.change_rows(connection, "by_id", works)
    return deeds_among(connection, changes, works)


def deeds_among(connection: rows.Base, changes: Iterable[rows.Record], works: Collection[str]) -> set[Deed]:
    """The deeds that some changes are, as far as one of the works does or bears them: it may only tell them."""
    found = [row for row in changes if row.by_id and row.change in _DEEDS]
    told = rows.targets_of(connection, [(row.version_id, row.other) for row in found if is_told(row)])
    by = ((told.get((row.version_id, row.other)) if is_told(row) else row.by_id, row) for row in found)
    deeds = {(acting, _DEEDS[row.change], row.node_id) for acting, row in by if acting}
    near = set(works)
    return {deed for deed in deeds if deed[0] in near or deed[2] in near}


def deed_told(edge: rows.Record | Link, deeds: set[Deed]) -> Deed:
    """Which deed an edge tells of; of a report that tells who amended what, the telling is a mere reference."""
    relation = edge.relation or Relation.CITES.value
    acting, other = (edge.source, edge.target) if edge.direction != "passive" else (edge.target, edge.source)
    hearsay = relation in _DEEDS.values() and edge.origin == "text" and (acting, relation, other) not in deeds
    if hearsay or relation == Relation.CITES.value:
        return edge.source, Relation.CITES.value, edge.target
    return acting, relation, other


def _grouped(found: Iterable[rows.Record], end: str, deeds: set[Deed]) -> dict[tuple[str, bool], set[str]]:
    """Neighbours by relation, and whether the citing side acts."""
    grouped: dict[tuple[str, bool], set[str]] = defaultdict(set)
    for row in found:
        acting, relation, _ = deed_told(row, deeds)
        grouped[relation, acting == row.source].add(getattr(row, end))
    return grouped


def _turned(
    left: dict[tuple[str, bool], set[str]], right: dict[tuple[str, bool], set[str]]
) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """The sides as the deeds run: who says "amended by" stands where the amended one stands."""
    sides: tuple[dict[str, set[str]], dict[str, set[str]]] = (defaultdict(set), defaultdict(set))
    for at, side in enumerate((left, right)):
        for (relation, active), names in side.items():
            sides[at if active else 1 - at][relation] |= names
    seen: set[str] = set()
    for relation in _STRENGTH:
        for one in sides:
            one[relation] -= seen
        seen |= sides[0][relation] | sides[1][relation]
    return sides


def _side(
    lives: Lives, groups: dict[str, set[str]], side: int, on: str
) -> tuple[tuple[str, tuple[Neighbour, ...]], ...]:
    found = []
    for relation in GROUPS:
        names = groups.get(relation)
        if names:
            works = sorted(
                (_neighbour(lives, name, on) for name in names),
                key=lambda one: (not one.issued, one.issued, one.label),
            )
            found.append((GROUPS[relation][side], tuple(works)))
    return tuple(found)


def _neighbour(lives: Lives, name: str, on: str) -> Neighbour:
    node = lives.node(name)
    word = status_at(lives.validity(name), on).word
    if node is None:
        return Neighbour(name, name, "", "", word)
    label = " ".join(part for part in (node.type, node.number) if part) if node.number else node.title or name
    return Neighbour(name, label, node.issued or "", node.title or "", word)
