"""The programme that a decision itself approves or issues, as the basis of the goals that it sets out in it."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.targets.places import Places, basis_on
from kb.models import Basis, BasisKind, Citation, CitationKind, Relation, Target, Unit, UnitKind

#: The programme's name stands so near the beginning of the article that approves it.
_NEAR = 200
#: What is approved and sets goals.
_PROGRAMMES = ("Chương trình", "Kế hoạch", "Đề án", "Chiến lược", "Quy hoạch", "Dự án", "Phương án")


def approved_here(places: Places, target: Target) -> Iterator[Basis]:
    """The paper's own decision, where its article over a target, or over an annex, approves a programme.

    The number is that of the paper; where the paper bears none, the programme's name stands alone.
    """
    units = {unit.eid: unit for unit in places.document.units}
    chain = list(_chain(units, _unit_of(places, target)))
    annexed = any(unit.kind is UnitKind.ATTACHMENT for unit in chain)
    for at, citation in enumerate(places.citations):
        if not _is_approved(citation):
            continue
        article = next((unit for unit in units.values() if _opens_with(unit, citation)), None)
        if article is None or not (annexed or article in chain):
            continue
        own = next(
            (n for n, one in enumerate(places.citations) if one.kind is CitationKind.SELF and one.number), at
        )
        yield basis_on(own, BasisKind.SECTION, citation.span, places.citations[own].span)
        return


def _is_approved(citation: Citation) -> bool:
    words = " ".join(citation.surface.split())
    return (
        citation.kind is CitationKind.NAME
        and citation.relation is Relation.ISSUES
        and citation.footnote is None
        and words.startswith(_PROGRAMMES)
    )


def _opens_with(unit: Unit, citation: Citation) -> bool:
    return unit.kind is UnitKind.ARTICLE and 0 <= citation.span.start - unit.span.start <= _NEAR


def _unit_of(places: Places, target: Target) -> str | None:
    return target.eid if target.table is None else places.document.tables[target.table].unit


def _chain(units: dict[str, Unit], eid: str | None) -> Iterator[Unit]:
    unit = units.get(eid or "")
    while unit is not None:
        yield unit
        unit = units.get(unit.parent or "")
