"""The period of a target that says none: of the paper that sets it, of the words over it, of its paper's title.

Each is asked in turn, and the nearest that names one period gives it; where it names several, none is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from ingest.figures.measures import periods
from ingest.targets.contexts import SCHOOL_YEAR_RE, TELL, Context, context_of
from ingest.targets.over import heading_of, spans_of_table, spans_over
from ingest.targets.places import Places
from ingest.targets.titles import main_part, part_to_come
from ingest.targets.years import year_of_words
from kb.models import BasisKind, Citation, CitationKind, Document, Span, Target

#: The name behind a number and its date.
_NAMED_RE = re.compile(
    r"(?:[^,;.\n]|\n(?!\s*\n)){0,80}?\b(?P<name>(?:về|ban hành|phê duyệt)\s(?:[^,;.\n]|\n(?!\s*\n)){5,240})"
)
#: Ties by which a target is surely one of the document's.
_SURE = (BasisKind.EXPLICIT, BasisKind.FOOTNOTE, BasisKind.SECTION, BasisKind.TABLE)
#: Ties to a document that sets the target whatever the words over it speak of.
_ELSEWHERE = (BasisKind.EXPLICIT, BasisKind.FOOTNOTE, BasisKind.INFERRED)
#: What stands behind the main period of a title or heading, and what is only compared with.
_BEYOND_RE = re.compile(
    r"[\s,;]*(?:và\s+)?(?:định hướng|tầm nhìn|tiến tới|những năm tiếp theo|so với|cùng kỳ)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
_YEAR_RE = re.compile(r"\b20\d\d\b")


def dated(places: Places, contexts: tuple[Context | None, ...], target: Target, over: Sequence[Span]) -> Target:
    """A target with its period, and where that is told, `over` it, when it is not by its own words."""
    document = places.document
    if target.period is not None and _says(target):
        return target
    kind = target.bases[0].kind if target.bases else None
    if target.period is None and kind in _SURE:
        target = _of_basis(document, places.citations, target)
    tells = document.metadata.type is not None and document.metadata.type.value in TELL
    elsewhere = tells and kind in _ELSEWHERE and not _own(places.citations, target)
    spans = [(span.cut(document.text), span) for span in over]
    for words, span in (*spans, *_title(document, contexts, target)):
        if target.period is None and kind is BasisKind.PROGRAMME and (words, span) not in spans:
            target = _of_basis(document, places.citations, target)  # its years, before those of the paper's title
        if target.period is None:
            told = None if elsewhere else one_period(words)
            if told is None:
                continue
            if not told:
                break  # several: none of them is surely its own
            target = replace(target, period=told, period_from=span)
        elif target.period_from is None and _tells(words, target.period):
            return replace(target, period_from=span)
    return target


@lru_cache(maxsize=512)
def one_period(words: str) -> str | None:
    """The one period that words over a target name, with its year; empty for several, None for none.

    >>> one_period("Kế hoạch sử dụng năng lượng năm 2024, định hướng năm 2025"), one_period("VỤ XUÂN 2023")
    ('năm 2024', 'vụ xuân 2023')
    >>> one_period("Kết quả năm 2022, kế hoạch năm 2023"), one_period("Kết quả 6 tháng đầu năm")
    ('', None)
    """
    words = _BEYOND_RE.sub("", " ".join(words.split()))
    words = words.lower() if words.isupper() else words
    season = SCHOOL_YEAR_RE.search(words)
    if season:
        return season.group()
    told = {one.group() for one in periods(words, 0, len(words)) if _YEAR_RE.search(one.group())}
    if told:
        return told.pop() if len(told) == 1 else ""
    year = year_of_words(words)
    return f"năm {year}" if year else None


def _title(
    document: Document, contexts: tuple[Context | None, ...], target: Target
) -> Iterator[tuple[str, Span | None]]:
    """The part of the title of its paper that a target belongs to, then all of it, with its place."""
    title = document.metadata.title
    if title is not None:
        context = None if target.table is not None else context_of(document, contexts, target)
        ahead = context is not None and context.ahead
        part = part_to_come(title.value) if ahead else _with_year(main_part(title.value), title.value)
        span = title.spans[0] if title.spans else None
        # What was is not of the time to come, which a title may name alone.
        whole = "" if not ahead and part_to_come(title.value) and one_period(part) else title.value
        yield from ((words, span) for words in dict.fromkeys((part, whole)) if words)


def _with_year(part: str, title: str) -> str:
    """The first part of a title, or the one year that only the second names: a goal may be of all of it.

    >>> _with_year("Kết quả 6 tháng đầu năm", "Kết quả 6 tháng đầu năm; nhiệm vụ 6 tháng cuối năm 2023")
    'năm 2023'
    """
    years = set(_YEAR_RE.findall(title))
    return part if _YEAR_RE.search(part) or len(years) != 1 else f"năm {years.pop()}"


def words_over(document: Document, contexts: tuple[Context | None, ...], target: Target) -> Sequence[Span]:
    """The lead-ins and headings over a target, or what names its table and stands over that, nearest first."""
    if target.table is None:
        return spans_over(document, contexts, target)
    over = [span for span, _ in spans_of_table(document, target)]
    units = {unit.eid: unit for unit in document.units}
    unit = units.get(document.tables[target.table].unit or "")
    while unit is not None:
        over.append(heading_of(document, unit))
        unit = units.get(unit.parent or "")
    return over


def _own(citations: tuple[Citation, ...], target: Target) -> bool:
    return citations[target.bases[0].citation].kind is CitationKind.SELF


def _tells(words: str, period: str) -> bool:
    return " ".join(period.lower().split()) in " ".join(words.lower().split())


def _says(target: Target) -> bool:
    """Whether the target's own words, or the row of its table, name its period."""
    return _tells(target.text, target.period or "")


def _of_basis(document: Document, citations: tuple[Citation, ...], target: Target) -> Target:
    """The one period of the title of a target's basis: ``Kế hoạch cải cách hành chính năm 2025``."""
    basis = citations[target.bases[0].citation]
    if basis.kind is CitationKind.SELF:
        kind, title = document.metadata.type, document.metadata.title
        told = [(title.value, title.spans[0])] if title and not (kind and kind.value == "Báo cáo") else []
    else:
        same = (one for one in citations if one.number and one.number == basis.number)
        told = [(_named(document, one), one.span) for one in same]
    found = {period: span for words, span in told if (period := one_period(words))}
    if len(found) != 1:
        return target
    ((period, span),) = found.items()
    return replace(target, period=period, period_from=span)


def _named(document: Document, citation: Citation) -> str:
    """What stands behind the number of a document: ``… ngày 29/12/2021 của UBND tỉnh về cải cách năm 2022``."""
    found = _NAMED_RE.match(document.text, citation.span.end)
    return " ".join(found["name"].split()) if found else ""
