"""Claims: what a report states as fact, and what it offers for it.

A claim is a sentence that says how things are or what was done, with a figure or with the document that was
issued; what is to be reached, what a rule lays down and what is only announced are none. Offered are, nearest
first: documents cited in it, footnotes at it, a system or address it names, a cell of its own tables with the same
words, another place that says the same; or nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from ingest.targets.find import digest
from ingest.targets.named import number_of
from ingest.targets.offered import refers_to
from ingest.targets.restating import Places, in_paper, read_places, set_again, word_for_word
from ingest.targets.stating import is_claim, is_proposing, is_reporting
from kb.models import (
    BlockKind,
    Citation,
    CitationKind,
    Claim,
    ClaimSource,
    Document,
    Figure,
    Relation,
    Span,
    Target,
    TextBlock,
    UnitKind,
)
from kb.text.sentences import split_sentences
from kb.vocabulary.types import LAW_TYPES

_SKIPPED = (UnitKind.PREFACE, UnitKind.RECITAL, UnitKind.CONCLUSIONS)
#: Opening words that only say what a paper carries out.
_CARRIES_OUT_RE = re.compile(r"\W*(?:Căn cứ|Thực hiện|Triển khai|Xét|Theo)\b.*;\s*$", re.DOTALL)
_URL_RE = re.compile(r"https?://[^\s>)\]]+|\b(?<![\w-]\.)(?:[\w-]+\.){1,9}(?:gov|edu|com)?\.?vn\b(?:/[^\s>)\]]*)?")
#: A system that keeps such figures, named in capitals.
_SYSTEM_RE = re.compile(
    r"\b(?:C[ổô]ng (?:[Dd]ịch vụ công|[Tt]hông tin|TTĐT|[Dd]ữ liệu)|Hệ thống (?:[Tt]hông tin|[Qq]uản lý"
    r"|[Pp]hản ánh|giải quyết|một cửa|thư điện tử|báo cáo|định danh|giám sát|theo dõi)"
    r"|[Cc]ơ sở dữ liệu quốc gia|CSDL\s?(?:quốc gia|QG)|Kho (?:quản lý )?dữ liệu|Bộ chỉ số|[Pp]hần mềm)"
    r"[^,.;:()]{0,60}"
)
#: How far behind a closing bracket the mark of its note stands.
_MARK = 4
#: What a cited document tells begins behind these.
_OPENS_RE = re.compile(r"\b(?:trong đó|cụ thể|gồm|như sau|kết quả)\s*:")
#: A sentence that goes on telling of what the one before it named.
_GOES_ON_RE = re.compile(r"\W*(?:Đã|Đến nay|Tính đến|Trong đó|Hiện|Qua đó)(?![^\W\d_])")
#: Counts of the levels of government and of the time that went by are no figures of a report.
_PASSING_RE = re.compile(r"(?:cấp|năm|tháng|quý|tuần|ngày|giờ)(?![^\W\d_])", re.IGNORECASE)


def find_claims(
    document: Document,
    citations: tuple[Citation, ...],
    figures: tuple[Figure, ...],
    targets: tuple[Target, ...] = (),
) -> tuple[Claim, ...]:
    """The claims of a document's running text, in reading order; what `targets` set is not claimed."""
    set_ = (one.span for one in targets if one.table is None and not one.result and not one.verdict)
    aims = tuple(sorted(set_, key=lambda span: span.start))
    places = read_places(document, citations, figures, targets)
    by_view = sorted((figure.view.start, at) for at, figure in enumerate(figures) if figure.view.end)
    units = {unit.eid: unit for unit in document.units}
    seen: dict[str, int] = {}
    claims = []
    for block in document.blocks:
        unit = units.get(block.unit or "")
        if block.kind is not BlockKind.TEXT or (unit and unit.kind in _SKIPPED):
            continue
        opens = unit is not None and unit.kind is UnitKind.PREAMBLE
        if opens and _CARRIES_OUT_RE.match(document.block_text(block)):
            continue
        for claim in _of_block(places, block, by_view, aims):
            seen[claim.id] = seen.get(claim.id, 0) + 1
            name = claim.id if seen[claim.id] == 1 else f"{claim.id}-{seen[claim.id]}"
            claims.append(Claim(name, claim.span, claim.text, claim.figures, claim.sources, claim.page))
    return tuple(claims)


def _of_block(
    places: Places, block: TextBlock, by_view: list[tuple[int, int]], aims: tuple[Span, ...]
) -> Iterator[Claim]:
    text = places.document.block_text(block)
    reports, kind = is_reporting(places.document, block), places.document.metadata.type
    proposes = kind is not None and kind.value == "Báo cáo" and is_proposing(places.document, block)
    governing: tuple[ClaimSource, ...] = ()
    system: tuple[ClaimSource, ...] = ()
    for low, high in split_sentences(text, clauses=True):
        start, end = block.view.start + low, block.view.start + high
        inside = tuple(at for _, at in by_view[bisect_left(by_view, (start, 0)) : bisect_left(by_view, (end, 0))])
        span = places.document.reading.hull(start, end)
        cited = tuple(_cited(places, span))
        bracket = places.document.reading.hull(start, block.view.start + _bracket_end(text, low, high))
        noted = _is_noted(places, bracket)
        # "… ban hành Quyết định số 5 về việc công bố …, trong đó: 596 văn bản; còn hiệu lực 392 văn bản": what the
        # document tells goes on behind the semicolons.
        opens = _OPENS_RE.search(text, low, high)
        told = governing if governing and not cited else ()
        governing = (cited if opens else governing) if text[low:high].rstrip().endswith(";") else ()
        states = is_claim(
            text[low:high],
            figures=any(not _PASSING_RE.match(places.figures[at].unit or "") for at in inside),
            cited=bool(cited) or noted,
            issues=_issues(places, cited),
            aimed=_overlaps(aims, span),
            reports=reports,
            norm=places.document.grammar == "norm",
            own=kind is not None and kind.value == "Báo cáo",
            system=_SYSTEM_RE.search(text, low, high) is not None,
            proposes=proposes,
        )
        sentence = text[low:high]
        named = tuple(_named(places, sentence, start))
        system = named or (system if _GOES_ON_RE.match(sentence) else ())
        refers = bool(inside) and places.document.grammar != "norm" and refers_to(sentence)
        if not states and not (refers and not _overlaps(aims, span)):
            continue
        words = " ".join(text[low:high].split())
        elsewhere = tuple(in_paper(places, inside, sentence, block))
        elsewhere = (*elsewhere, *set_again(places, span, elsewhere))
        sources = (*cited, *told, *_noted(places, bracket), *system, *elsewhere)
        sources = sources or tuple(word_for_word(places, span, sentence))
        yield Claim(f"c-{digest(words)}", span, words, inside, sources or (ClaimSource("none"),), block.page)


def _bracket_end(text: str, low: int, high: int) -> int:
    """The end of a clause; of one that a bracket holds with others, that of the bracket: its note is of all."""
    if text.count("(", low, high) <= text.count(")", low, high) or (close := text.find(")", high)) < 0:
        return high
    return close + _MARK


def _issues(places: Places, cited: tuple[ClaimSource, ...]) -> bool:
    found = [places.citations[one.citation] for one in cited if one.citation is not None]
    return any(one.relation is Relation.ISSUES and one.kind is not CitationKind.BACK for one in found)


def _overlaps(spans: tuple[Span, ...], span: Span) -> bool:
    at = bisect_left(spans, span.start, key=lambda one: one.start)
    return any(one.start < span.end and span.start < one.end for one in spans[max(at - 2, 0) : at + 2])


def _cited(places: Places, span: Span) -> Iterator[ClaimSource]:
    low, high = bisect_left(places.starts, span.start), bisect_left(places.starts, span.end)
    for at in places.order[low:high]:
        citation = places.citations[at]
        own = citation.kind is CitationKind.BACK and citation.surface.rstrip().endswith("này")
        noted = citation.footnote is not None  # a note of a page end that the sentence runs over
        if citation.kind not in (CitationKind.INTERNAL, CitationKind.SELF) and not own and not noted:
            # "Đề án “X”" here, "Quyết định số 5 ban hành Đề án “X”" there
            meant = at if citation.type in LAW_TYPES else number_of(places.citations, at)
            yield ClaimSource("citation", citation.span, citation=meant)


def _noted(places: Places, span: Span) -> Iterator[ClaimSource]:
    for note in places.notes:
        if note.anchor and span.start <= note.anchor.start < span.end and note.parts:
            yield ClaimSource("footnote", Span(note.parts[0].start, note.parts[-1].end))


def _is_noted(places: Places, span: Span) -> bool:
    """Whether a footnote of a sentence names a document: "đã ban hành Quy chế¹"."""
    for note in places.notes:
        if note.anchor and span.start <= note.anchor.start < span.end:
            for part in note.parts:
                low, high = bisect_left(places.starts, part.start), bisect_left(places.starts, part.end)
                if high > low:
                    return True
    return False


def _named(places: Places, sentence: str, start: int) -> Iterator[ClaimSource]:
    reading = places.document.reading
    for kind, pattern in (("url", _URL_RE), ("system", _SYSTEM_RE)):
        found = pattern.search(sentence)
        if found:
            yield ClaimSource(kind, reading.hull(start + found.start(), start + found.end()))
