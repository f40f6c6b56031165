"""The paper itself as the basis of the goals that it sets: a plan's are the plan's, whatever the plan rests on.

A resolution, decision, plan, programme or directive sets the levels that it states, and an official letter those
that it asks for; what its recitals and its title name is the basis of the paper, a step up the chain. A minute
sets none; a report tells of levels that others set, save those that it sets for the time to come.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.targets.contexts import Context, context_of
from ingest.targets.over import spans_of_table, spans_over
from ingest.targets.places import Places, basis_on
from ingest.targets.titles import is_of, part_to_come
from kb.models import Basis, BasisKind, CitationKind, Span, Target, Unit, UnitKind

#: Papers by which a body tells or proposes, and sets nothing.
_SETS_NOTHING = ("Biên bản", "Giấy mời", "Phiếu trình", "Phiếu gửi", "Giấy giới thiệu")
#: A report tells of what others set; under the heading of the time to come it sets its own.
_REPORT = "Báo cáo"
_AHEAD_RE = re.compile(
    r"\b(?:phương hướng|định hướng|(?<!chức năng, )nhiệm vụ(?:,| và| trọng tâm| chủ yếu| giải pháp|\s+(?:năm|quý"
    r"|\d|sáu|thời gian|giai đoạn|những tháng|các tháng))|thời gian tới)"
    r"|^\W*(?:\w{1,4}[.)])?\s*(?:nhiệm vụ\W*$|(?:đề xuất,?\s+)?kiến nghị\b)",
    re.IGNORECASE,
)
_YEAR_ALONE_RE = re.compile(r"\W*(?:trong\s+)?năm\s+(?P<year>20\d\d)\W*", re.IGNORECASE)
_LOOKS_BACK_RE = re.compile(
    r"\b(?:kết quả|tình hình|đánh giá|tồn tại|hạn chế|nguyên nhân|công tác chỉ đạo)\b", re.IGNORECASE
)
#: "… UBND tỉnh đặt ra một số chỉ tiêu cho năm 2023:"
_SETS_ITSELF_RE = re.compile(
    r"\b(?:Ủy ban nhân dân|Uỷ ban nhân dân|UBND|Hội đồng nhân dân|HĐND|Tỉnh ủy|Thành ủy|Sở|Bộ|[Tt]ỉnh|[Tt]hành phố"
    r"|[Hh]uyện|[Xx]ã|[Pp]hường|[Đđ]ơn vị|[Nn]gành)\b[^.;:,]{0,40}?\b(?:đề ra|đặt ra|xác định|phấn đấu|đề xuất"
    r"|dự kiến)\s+(?:(?:một số|các|những)\s+)?(?:mục tiêu|chỉ tiêu)(?![^.;:]*\b(?:của|tại|theo)\s+"
    r"(?:Nghị quyết|Quyết định|Kế hoạch|Chương trình|Đề án|Chỉ thị))"
    # "…; riêng năm 2022 UBND tỉnh đề ra:", "Sở kiến nghị UBND tỉnh giao cho năm 2025:"
    r"|\b(?:Ủy ban nhân dân|Uỷ ban nhân dân|UBND|Hội đồng nhân dân|HĐND|Tỉnh ủy|Thành ủy|Sở|Bộ|[Tt]ỉnh|[Hh]uyện"
    r"|[Đđ]ơn vị|[Nn]gành|Bệnh viện|Trường)\b[^.;:,]{0,40}?\b(?:đề ra|đặt ra|phấn đấu"
    r"|(?:đề nghị|kiến nghị|đề xuất)\b[^.;:,]{0,40}?\bgiao)\b(?:(?!\b(?:của|tại|theo)\b)[^.;:]){0,60}:\W*$"
)
#: "Mục tiêu do tỉnh đề ra:", "các mục tiêu dưới đây được đề xuất"
_ITS_OWN_RE = re.compile(
    r"\b(?:[Mm]ục tiêu|[Cc]hỉ tiêu)\b[^.;:]{0,30}\bdo\s+(?:Ủy ban|Uỷ ban|UBND|HĐND|[Tt]ỉnh|[Hh]uyện|[Tt]hành phố"
    r"|[Xx]ã|[Ss]ở|[Nn]gành|[Đđ]ơn vị)\b[^.;:]{0,40}\b(?:đề ra|đặt ra|xác định)"
    r"|\b(?:[Mm]ục tiêu|[Cc]hỉ tiêu)\s+(?:dưới đây|sau đây|sau)\s+được\s+(?:đề xuất|đề ra|đặt ra|xác định)"
)
_WAS_RE = re.compile(
    r"(?:(?:[IVX]+|\d+(?:\.\d+)*|[A-ZĐa-zđ])[.)])?\s*(?:kết quả|tình hình|thực trạng|hiện trạng|đánh giá|tồn tại"
    r"|hạn chế|bối cảnh)\b",
    re.IGNORECASE,
)
_PROPOSES_RE = re.compile(
    r"\W*(?:(?:[IVX]+|\d+(?:\.\d+)*|[a-zđ])[.)])?\W*(?:(?:một số|những|các|nội dung)\s+)*(?:đề xuất|kiến nghị)\b",
    re.IGNORECASE,
)

#: An article that approves or issues what sets goals.
_APPROVES_RE = re.compile(
    r"\W*(?:Phê\s+duyệt|Thông\s+qua|Ban\s+hành)(?:\s+kèm\s+theo\s+(?:Quyết\s+định|Nghị\s+quyết)\s+này)?\s+"
    r"(?:(?:chủ\s+trương\s+đầu\s+tư|điều\s+chỉnh|nội\s+dung)\s+)?[“\"]?\s*"
    r"(?P<programme>Chương\s+trình|Kế\s+hoạch|Đề\s+án|Chiến\s+lược|Quy\s+hoạch|Phương\s+án)(?![^\W\d_])"
)


def set_here(places: Places, contexts: tuple[Context | None, ...], target: Target) -> Iterator[Basis]:
    """The paper itself, tied to a target by the words over it; a report only for what it says is to come."""
    approved = next(_approved_here(places, target), None)
    if approved is not None:
        yield approved
        return
    kind = places.document.metadata.type
    numbers = (at for at, one in enumerate(places.citations) if one.kind is CitationKind.SELF and one.number)
    own = next(numbers, None)
    if own is None or kind is None or kind.value in _SETS_NOTHING:
        return
    of_table = (span for span, _ in spans_of_table(places.document, target))
    spans = [*spans_over(places.document, contexts, target), *of_table]
    if kind.value == _REPORT:
        if target.verdict or target.result or not _is_to_come(places, _context(places, contexts, target)):
            return
    elif looks_back(places, contexts, target) or any(
        _PROPOSES_RE.match(span.cut(places.document.text)) for span in spans
    ):
        return
    tie = BasisKind.SECTION if target.table is None else BasisKind.TABLE
    # What stands over a target shows best that the paper sets it; its own item does where nothing else does.
    apart = [one for one in spans if not one.start <= target.span.start < one.end]
    yield basis_on(own, tie, places.citations[own].span, *((apart or spans)[:1] or [target.span]))


def says_own(places: Places, contexts: tuple[Context | None, ...], target: Target) -> bool:
    """Whether the lead-in over a target says that the body itself sets it: ``UBND tỉnh đặt ra các chỉ tiêu:``.

    A report that looks back ("thực hiện Nghị quyết …, UBND tỉnh đề ra …") tells of what it was to carry out.
    """
    context = None if target.table is not None else context_of(places.document, contexts, target)
    if not (context and context.leads):
        return False
    lead = context.leads[0].text
    if not (_SETS_ITSELF_RE.search(lead) or _ITS_OWN_RE.search(lead)):
        return False
    kind = places.document.metadata.type
    return kind is None or kind.value != _REPORT or _is_to_come(places, context)


def calls_own(places: Places, contexts: tuple[Context | None, ...], target: Target) -> bool:
    """Whether the lead-in over a target calls it the body's own: ``Mục tiêu do tỉnh đề ra:``."""
    context = None if target.table is not None else context_of(places.document, contexts, target)
    return bool(context and context.leads and _ITS_OWN_RE.search(context.leads[0].text))


def looks_back(places: Places, contexts: tuple[Context | None, ...], target: Target) -> bool:
    """Whether a target is told of what was, by a heading over it or by its verdict: a plan sets no such thing."""
    context = None if target.table is not None else context_of(places.document, contexts, target)
    headings = context.headings if context else tuple(_headings(places, target))
    told = target.verdict is not None or (target.table is not None and target.result is not None)
    return told or any(_WAS_RE.match(" ".join(heading.split())) for heading in headings)


def _headings(places: Places, target: Target) -> Iterator[str]:
    """The headings of the units that hold a target's table, innermost first."""
    units = {unit.eid: unit for unit in places.document.units}
    yield from (unit.heading for unit in _chain(units, _unit_of(places, target)) if unit.heading)


def _context(places: Places, contexts: tuple[Context | None, ...], target: Target) -> Context | None:
    """What governs a target; in a table its headings."""
    if target.table is None:
        return context_of(places.document, contexts, target)
    title = places.document.metadata.title
    return Context((), tuple(_headings(places, target)), part_to_come(title.value) if title else "")


def _is_to_come(places: Places, context: Context | None) -> bool:
    """Whether a report speaks of the time after it: a heading is of tasks to come, or of a later year alone."""
    issued = places.document.metadata.issued
    for heading in context.headings if context else ():
        words = " ".join(heading.split())
        year = _YEAR_ALONE_RE.fullmatch(words)
        if (year and issued and year["year"] > issued.value[:4]) or (context and is_of(words, context.coming)):
            return True
        if _LOOKS_BACK_RE.search(words):
            return False
        if _AHEAD_RE.search(words):
            return True
    return False


def _approved_here(places: Places, target: Target) -> Iterator[Basis]:
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
