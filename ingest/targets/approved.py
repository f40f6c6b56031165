"""The programme that a decision itself approves or issues, as the basis of the goals that it sets out in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.targets.places import Places, basis_on
from kb.models import Basis, BasisKind, CitationKind, Span, Target, Unit, UnitKind

#: An article that approves or issues what sets goals.
_APPROVES_RE = re.compile(
    r"\W*(?:Phê\s+duyệt|Thông\s+qua|Ban\s+hành)(?:\s+kèm\s+theo\s+(?:Quyết\s+định|Nghị\s+quyết)\s+này)?\s+"
    r"(?:(?:chủ\s+trương\s+đầu\s+tư|điều\s+chỉnh|nội\s+dung)\s+)?[“\"]?\s*"
    r"(?P<programme>Chương\s+trình|Kế\s+hoạch|Đề\s+án|Chiến\s+lược|Quy\s+hoạch|Phương\s+án)(?![^\W\d_])"
)


def approved_here(places: Places, target: Target) -> Iterator[Basis]:
    """The paper's own decision, where its article over a target, or over an annex, approves a programme.

    The number is that of the paper; where the paper bears none, the programme's name as the article cites it.
    """
    units = {unit.eid: unit for unit in places.document.units}
    chain = list(_chain(units, _unit_of(places, target)))
    annexed = any(unit.kind is UnitKind.ATTACHMENT for unit in chain)
    for article in places.document.units:
        words = _approves(places, article) if article.kind is UnitKind.ARTICLE else None
        if words is None or not (annexed or article in chain):
            continue
        own = [at for at, one in enumerate(places.citations) if one.kind is CitationKind.SELF and one.number]
        named = [at for at, one in enumerate(places.citations) if words.start <= one.span.start < words.end]
        for at in (own or named)[:1]:
            yield basis_on(at, BasisKind.SECTION, words, places.citations[at].span)
        return


def _approves(places: Places, article: Unit) -> Span | None:
    """The heading of an article that approves a programme; None for another one."""
    text = places.document.text[article.span.start : article.span.end]
    label = re.match(rf"\s*{re.escape(article.label)}\W*", text) if article.label else None
    found = _APPROVES_RE.match(text, label.end() if label else 0)
    if found is None:
        return None
    end = article.span.start + max(found.end(), len(article.label) + len(article.heading))
    return Span(article.span.start + found.start("programme"), min(end, article.span.end))


def _unit_of(places: Places, target: Target) -> str | None:
    return target.eid if target.table is None else places.document.tables[target.table].unit


def _chain(units: dict[str, Unit], eid: str | None) -> Iterator[Unit]:
    unit = units.get(eid or "")
    while unit is not None:
        yield unit
        unit = units.get(unit.parent or "")
