"""Claims: what a report states as fact, and what it offers for it.

A claim is a sentence that states a figure or that a document was issued. Offered are, nearest first: documents
cited in it, footnotes at it, a system or address it names, a cell of its own tables with the same words, another
place that says the same; or nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.targets.find import digest
from ingest.targets.same import content_words, likeness
from kb.models import (
    BlockKind,
    Citation,
    CitationKind,
    Claim,
    ClaimSource,
    Document,
    Figure,
    Footnote,
    Span,
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
    r"|Cơ sở dữ liệu quốc gia|CSDL quốc gia|Kho (?:quản lý )?dữ liệu|Bộ chỉ số|Phần mềm)[^,.;:()]{0,60}"
)
_DOCUMENT_RE = re.compile(r"\b(?:đã\s+)?(?:ban hành|trình|phê duyệt|công bố|tổ chức|triển khai)\b", re.IGNORECASE)
_LIKE_TABLE, _LIKE_TEXT = 0.6, 0.7
_FEWEST_WORDS = 3
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


def find_claims(
    document: Document, citations: tuple[Citation, ...], figures: tuple[Figure, ...]
) -> tuple[Claim, ...]:
    """The claims of a document's running text, in reading order."""
    ordered = tuple(sorted(citations, key=lambda one: one.span.start))
    words = tuple(content_words(figure.what or "") for figure in figures)
    starts = tuple(one.span.start for one in ordered)
    places = _Places(document, ordered, starts, document.footnotes, figures, words, _by_year(figures))
    by_view = sorted((figure.view.start, at) for at, figure in enumerate(figures) if figure.view.end)
    units = {unit.eid: unit for unit in document.units}
    seen: dict[str, int] = {}
    claims = []
    for block in document.blocks:
        unit = units.get(block.unit or "")
        if block.kind is not BlockKind.TEXT or (unit and unit.kind in _SKIPPED):
            continue
        for claim in _of_block(places, block, by_view):
            seen[claim.id] = seen.get(claim.id, 0) + 1
            name = claim.id if seen[claim.id] == 1 else f"{claim.id}-{seen[claim.id]}"
            claims.append(Claim(name, claim.span, claim.text, claim.figures, claim.sources, claim.page))
    return tuple(claims)


def _by_year(figures: tuple[Figure, ...]) -> dict[tuple[bool, frozenset[str]], tuple[int, ...]]:
    """The figures that can speak of one thing: rates or not, of the same years."""
    groups: dict[tuple[bool, frozenset[str]], list[int]] = defaultdict(list)
    for at, figure in enumerate(figures):
        groups[_period_key(figure)].append(at)
    return {key: tuple(found) for key, found in groups.items()}


def _period_key(figure: Figure) -> tuple[bool, frozenset[str]]:
    return figure.unit == "%", frozenset(_YEAR_RE.findall(figure.period or ""))


def _of_block(places: _Places, block: TextBlock, by_view: list[tuple[int, int]]) -> Iterator[Claim]:
    text = places.document.block_text(block)
    for low, high in split_sentences(text, clauses=True):
        start, end = block.view.start + low, block.view.start + high
        inside = tuple(at for _, at in by_view[bisect_left(by_view, (start, 0)) : bisect_left(by_view, (end, 0))])
        span = places.document.reading.hull(start, end)
        cited = tuple(_cited(places, span))
        if not inside and not (cited and _DOCUMENT_RE.search(text[low:high])):
            continue
        words = " ".join(text[low:high].split())
        named = _named(places, text[low:high], start)
        sources = (*cited, *_noted(places, span), *named, *_elsewhere(places, inside))
        yield Claim(f"c-{digest(words)}", span, words, inside, sources or (ClaimSource("none"),), block.page)


def _cited(places: _Places, span: Span) -> Iterator[ClaimSource]:
    low, high = bisect_left(places.starts, span.start), bisect_left(places.starts, span.end)
    for at in range(low, high):
        if places.citations[at].kind not in (CitationKind.INTERNAL, CitationKind.SELF):
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


def _elsewhere(places: _Places, inside: tuple[int, ...]) -> Iterator[ClaimSource]:
    """Cells and other sentences that speak of the same thing in the same year."""
    for at in inside:
        figure = places.figures[at]
        words = places.words[at]
        if len(words) < _FEWEST_WORDS:
            continue
        for other_at in places.alike[_period_key(figure)]:
            other = places.figures[other_at]
            if other_at in inside:
                continue
            tabled = other.where is Where.TABLE
            if likeness(words, places.words[other_at]) < (_LIKE_TABLE if tabled else _LIKE_TEXT):
                continue
            agrees = (figure.value, figure.of) == (other.value, other.of)
            yield ClaimSource(
                "table" if tabled else "restated",
                other.span,
                table=other.table,
                row=other.row,
                column=other.column,
                agrees=agrees,
            )
