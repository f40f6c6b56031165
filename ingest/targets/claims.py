"""Claims: what a report states as fact, and what it offers for it.

A claim is a sentence that says how things are or what was done, with a figure or with the document that was
issued; what is to be reached, what a rule lays down and what is only announced are none. Offered are, nearest
first: documents cited in it, footnotes at it, a system or address it names, a cell of its own tables with the same
words, another place that says the same; or nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from graphs.checks.periods import find_periods
from graphs.checks.years import YearRow, said_words, year_rows
from ingest.targets.find import digest
from ingest.targets.same import content_words, likeness
from ingest.targets.stating import is_claim, is_reporting
from kb.models import (
    BlockKind,
    Citation,
    CitationKind,
    Claim,
    ClaimSource,
    Document,
    Figure,
    Footnote,
    Relation,
    Span,
    Target,
    TextBlock,
    UnitKind,
    Where,
)
from kb.text.sentences import split_sentences

_SKIPPED = (UnitKind.PREFACE, UnitKind.RECITAL, UnitKind.CONCLUSIONS)
_URL_RE = re.compile(r"https?://[^\s>)\]]+|\b(?:[\w-]+\.)+(?:gov|edu|com)?\.?vn\b(?:/[^\s>)\]]*)?")
#: A system that keeps such figures, named in capitals.
_SYSTEM_RE = re.compile(
    r"\b(?:Cổng (?:Dịch vụ công|thông tin|TTĐT|dữ liệu)|Hệ thống (?:[Tt]hông tin|[Qq]uản lý|[Pp]hản ánh|giải"
    r" quyết|một cửa)"
    r"|[Cc]ơ sở dữ liệu quốc gia|CSDL quốc gia|Kho (?:quản lý )?dữ liệu|Bộ chỉ số|Phần mềm)[^,.;:()]{0,60}"
)
_LIKE_TABLE, _LIKE_TEXT = 0.6, 0.7
_FEWEST_WORDS = 3
#: Places that say the same, told of one claim.
_MOST = 6
#: Digits of a value that few things share, and the words that two statements of it have in common.
_TELLING, _SHARED = 3, 2
_YEAR_RE = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class _Places:
    document: Document
    citations: tuple[Citation, ...]
    starts: tuple[int, ...]
    notes: tuple[Footnote, ...]
    figures: tuple[Figure, ...]
    words: tuple[frozenset[str], ...]
    alike: dict[tuple[bool, frozenset[str]], tuple[int, ...]]
    valued: dict[tuple[str, str | None, bool], tuple[int, ...]]
    rows: tuple[YearRow, ...]


def find_claims(
    document: Document,
    citations: tuple[Citation, ...],
    figures: tuple[Figure, ...],
    targets: tuple[Target, ...] = (),
) -> tuple[Claim, ...]:
    """The claims of a document's running text, in reading order; what `targets` set is not claimed."""
    set_ = (one.span for one in targets if one.table is None and not one.result and not one.verdict)
    aims = tuple(sorted(set_, key=lambda span: span.start))
    ordered = tuple(sorted(citations, key=lambda one: one.span.start))
    words = tuple(content_words(figure.what or "") for figure in figures)
    starts = tuple(one.span.start for one in ordered)
    rows = tuple(year_rows(document.tables))
    alike, valued = _grouped(figures, _period_key), _grouped(figures, _value_key)
    places = _Places(document, ordered, starts, document.footnotes, figures, words, alike, valued, rows)
    by_view = sorted((figure.view.start, at) for at, figure in enumerate(figures) if figure.view.end)
    units = {unit.eid: unit for unit in document.units}
    seen: dict[str, int] = {}
    claims = []
    for block in document.blocks:
        unit = units.get(block.unit or "")
        if block.kind is not BlockKind.TEXT or (unit and unit.kind in _SKIPPED):
            continue
        for claim in _of_block(places, block, by_view, aims):
            seen[claim.id] = seen.get(claim.id, 0) + 1
            name = claim.id if seen[claim.id] == 1 else f"{claim.id}-{seen[claim.id]}"
            claims.append(Claim(name, claim.span, claim.text, claim.figures, claim.sources, claim.page))
    return tuple(claims)


_Key = TypeVar("_Key")


def _grouped(figures: tuple[Figure, ...], key: Callable[[Figure], _Key]) -> dict[_Key, tuple[int, ...]]:
    """The figures that share a key: of the same years, of the same value."""
    groups: dict[_Key, list[int]] = defaultdict(list)
    for at, figure in enumerate(figures):
        groups[key(figure)].append(at)
    return {one: tuple(found) for one, found in groups.items()}


def _value_key(figure: Figure) -> tuple[str, str | None, bool]:
    return figure.value, figure.of, figure.unit == "%"


def _period_key(figure: Figure) -> tuple[bool, frozenset[str]]:
    return figure.unit == "%", frozenset(_YEAR_RE.findall(figure.period or ""))


def _of_block(
    places: _Places, block: TextBlock, by_view: list[tuple[int, int]], aims: tuple[Span, ...]
) -> Iterator[Claim]:
    text = places.document.block_text(block)
    reports = is_reporting(places.document, block)
    for low, high in split_sentences(text, clauses=True):
        start, end = block.view.start + low, block.view.start + high
        inside = tuple(at for _, at in by_view[bisect_left(by_view, (start, 0)) : bisect_left(by_view, (end, 0))])
        span = places.document.reading.hull(start, end)
        cited = tuple(_cited(places, span))
        states = is_claim(
            text[low:high],
            figures=bool(inside),
            cited=bool(cited),
            issues=_issues(places, cited),
            aimed=_overlaps(aims, span),
            reports=reports,
            norm=places.document.grammar == "norm",
        )
        if not states:
            continue
        words = " ".join(text[low:high].split())
        named = _named(places, text[low:high], start)
        sentence = text[low:high]
        elsewhere = (*_totals(places, inside, sentence), *_elsewhere(places, inside, sentence))
        sources = (*cited, *_noted(places, span), *named, *elsewhere)
        yield Claim(f"c-{digest(words)}", span, words, inside, sources or (ClaimSource("none"),), block.page)


def _issues(places: _Places, cited: tuple[ClaimSource, ...]) -> bool:
    found = [places.citations[one.citation] for one in cited if one.citation is not None]
    return any(one.relation is Relation.ISSUES and one.kind is not CitationKind.BACK for one in found)


def _overlaps(spans: tuple[Span, ...], span: Span) -> bool:
    at = bisect_left(spans, span.start, key=lambda one: one.start)
    return any(one.start < span.end and span.start < one.end for one in spans[max(at - 2, 0) : at + 2])


def _cited(places: _Places, span: Span) -> Iterator[ClaimSource]:
    low, high = bisect_left(places.starts, span.start), bisect_left(places.starts, span.end)
    for at in range(low, high):
        citation = places.citations[at]
        own = citation.kind is CitationKind.BACK and citation.surface.rstrip().endswith("này")
        noted = citation.footnote is not None  # a note of a page end that the sentence runs over
        if citation.kind not in (CitationKind.INTERNAL, CitationKind.SELF) and not own and not noted:
            yield ClaimSource("citation", places.citations[at].span, citation=at)


def _noted(places: _Places, span: Span) -> Iterator[ClaimSource]:
    for note in places.notes:
        if note.anchor and span.start <= note.anchor.start < span.end and note.parts:
            yield ClaimSource("footnote", Span(note.parts[0].start, note.parts[-1].end))


def _named(places: _Places, sentence: str, start: int) -> Iterator[ClaimSource]:
    reading = places.document.reading
    for kind, pattern in (("url", _URL_RE), ("system", _SYSTEM_RE)):
        found = pattern.search(sentence)
        if found:
            yield ClaimSource(kind, reading.hull(start + found.start(), start + found.end()))


def _elsewhere(places: _Places, inside: tuple[int, ...], sentence: str) -> Iterator[ClaimSource]:
    """Cells and other sentences that speak of the same thing in the same year, or state the same telling value."""
    told: dict[int, ClaimSource] = {}
    for at in inside:
        figure, words = places.figures[at], places.words[at]
        if len(words) >= _FEWEST_WORDS:
            for other_at in places.alike[_period_key(figure)]:
                if other_at not in inside and other_at not in told and (found := _alike(places, at, other_at)):
                    told[other_at] = found
        if (least := _shared_least(figure)) is not None:
            around = content_words(sentence)
            for other_at in places.valued[_value_key(figure)]:
                other = places.figures[other_at]
                shared = len(places.words[other_at] & around) + (other.unit == figure.unit)
                if other_at not in inside and other_at not in told and shared >= least:
                    told[other_at] = _source(places.figures[other_at], True)
    yield from list(told.values())[:_MOST]


def _shared_least(figure: Figure) -> int | None:
    """How many words, the unit for one, two statements of a value share; None for a value that tells nothing."""
    digits = sum(letter.isdigit() for letter in figure.value)
    if digits < _TELLING or figure.value == "100":
        return None
    if digits > _TELLING + 1:
        return _SHARED - 1
    return _SHARED + (1 if digits > _TELLING or "." in figure.value else 3)


def _alike(places: _Places, at: int, other_at: int) -> ClaimSource | None:
    figure, other = places.figures[at], places.figures[other_at]
    tabled = other.where is Where.TABLE
    if likeness(places.words[at], places.words[other_at]) < (_LIKE_TABLE if tabled else _LIKE_TEXT):
        return None
    agrees = (figure.value, figure.of) == (other.value, other.of)
    if not agrees and not tabled and not figure.period:
        return None  # another thing of like words, for all that is said
    return _source(other, agrees)


def _source(other: Figure, agrees: bool) -> ClaimSource:
    kind = "table" if other.where is Where.TABLE else "restated"
    return ClaimSource(kind, other.span, table=other.table, row=other.row, column=other.column, agrees=agrees)


def _totals(places: _Places, inside: tuple[int, ...], sentence: str) -> Iterator[ClaimSource]:
    """The row of a table whose years add up to a figure that the sentence states of the row's thing."""
    figures = [places.figures[at] for at in inside]
    counts = {Decimal(one.value) for one in figures if one.unit != "%" and not one.of and not one.bound}
    if not counts or not places.rows:
        return
    said = said_words(sentence)
    spans = [period.years for period in find_periods(sentence)]
    for row in places.rows:
        if row.is_named_by(said) and counts & {row.total(row.values), *map(row.total, spans)}:
            cells = [cell for cell in places.document.tables[row.table].rows[row.row].cells if cell.spans]
            span = Span(cells[0].spans[0].start, cells[-1].spans[-1].end)
            yield ClaimSource("table", span, table=row.table, row=row.row, agrees=True)
            return
