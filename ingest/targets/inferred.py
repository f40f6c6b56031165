"""What another statement of the same target rests on, as the basis of one that says nothing itself."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.targets.places import Places, basis_on, work_name
from kb.models import Basis, BasisKind, Target


def inferred(places: Places, targets: list[Target], periods: dict[str, str | None]) -> tuple[Target, ...]:
    """What the same target, of the same years, rests on elsewhere, for targets that say nothing themselves.

    The programme that the document carries out is the stronger tie: where it is the same document, it stays.
    """
    by_id = {target.id: target for target in targets}
    weak = (BasisKind.PROGRAMME, BasisKind.INFERRED)
    done = []
    for target in targets:
        if any(basis.kind not in weak for basis in target.bases):
            done.append(target)
            continue
        borrowed: dict[str, Basis] = {}
        years = _years(periods.get(target.id))
        for other in (by_id[name] for name in target.same_as if name in by_id):
            if years and (theirs := _years(periods.get(other.id))) and years.isdisjoint(theirs):
                continue  # "nợ dưới 8%" of this year and of the next are two goals
            for basis in other.bases:
                if basis.kind not in weak:
                    name = work_name(places.citations[basis.citation])
                    evidence = (*basis.evidence, other.span)
                    borrowed.setdefault(name, basis_on(basis.citation, BasisKind.INFERRED, *evidence))
        for basis in target.bases:
            borrowed.pop(work_name(places.citations[basis.citation]), None)
        done.append(replace(target, bases=(*target.bases, *borrowed.values())))
    return tuple(done)


def _years(period: str | None) -> frozenset[str]:
    return frozenset(re.findall(r"20\d\d", period or ""))
