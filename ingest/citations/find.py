"""The story of citations: a document's reading text, its mentions, the values other stages use."""

from __future__ import annotations

from bisect import bisect_right

from ingest.citations.mentions import Mention, find_mentions
from kb.models import BlockKind, Citation, CitationKind, Document, ResolutionStatus, Span, TextBlock
from kb.numbers import format_number


def find_citations(document: Document) -> tuple[Citation, ...]:
    """Every mention of a legal document in a document, in reading order."""
    mentions = find_mentions(document.reading.text)
    return tuple(citation_of(document, mention) for mention in mentions if _readable(document, mention.start))


def citation_of(document: Document, mention: Mention) -> Citation:
    """The citation behind a numbered mention of a document's reading text."""
    parts = document.reading.to_source(mention.start, mention.end)
    block = block_at(document, mention.start)
    return Citation(
        parts=parts,
        surface="".join(part.cut(document.text) for part in parts),
        kind=CitationKind.SELF if _is_own(document, mention) else CitationKind.NUMBER,
        type=mention.type,
        number=format_number(mention.number),
        issuer=mention.issuer,
        issued=mention.issued,
        year=mention.year,
        title=_cut_line(document.reading.text, mention.title_span),
        pinpoint=mention.pinpoint,
        pinpoints=mention.pinpoints,
        unit=block.unit if block else None,
        page=block.page if block else None,
        status=ResolutionStatus.SUSPECT if mention.suspect else None,
        reason=mention.suspect or ("ngày ghi không đọc được" if mention.date_unreadable else None),
    )


def block_at(document: Document, offset: int) -> TextBlock | None:
    """The block of a document in which an offset of its reading text stands; None between blocks."""
    index = bisect_right(document.blocks, offset, key=lambda block: block.view.start) - 1
    block = document.blocks[index] if index >= 0 else None
    return block if block and offset < block.view.end else None


def _readable(document: Document, offset: int) -> bool:
    """Page numbers, running heads and website frames hold no citations."""
    block = block_at(document, offset)
    return block is None or block.kind is not BlockKind.FURNITURE


def _is_own(document: Document, mention: Mention) -> bool:
    """Whether a mention is the number in the document's own head."""
    own = document.metadata.number
    if own is None:
        return False
    place = document.reading.hull(*mention.number_span)
    return any(_overlap(place, span) for span in own.spans)


def _overlap(first: Span, second: Span) -> bool:
    return first.start < second.end and second.start < first.end


def _cut_line(text: str, span: tuple[int, int] | None) -> str | None:
    return " ".join(text[span[0] : span[1]].split()) or None if span else None
