"""From mentions being read to the values that other stages use."""

from __future__ import annotations

from bisect import bisect_right

from ingest.citations.found import Found
from kb.models import BlockKind, Citation, Document, ResolutionStatus, Span, TextBlock
from kb.numbers import format_number


class Places:
    """Blocks of a document by their place in the reading text."""

    def __init__(self, document: Document) -> None:
        self._blocks = document.blocks
        self._starts = [block.view.start for block in document.blocks]

    def at(self, offset: int) -> TextBlock | None:
        """The block in which an offset of the reading text stands; None between blocks."""
        index = bisect_right(self._starts, offset) - 1
        block = self._blocks[index] if index >= 0 else None
        return block if block and offset < block.view.end else None

    def in_table(self, offset: int) -> bool:
        """Whether an offset of the reading text stands in a table."""
        block = self.at(offset)
        return block is not None and block.kind is BlockKind.TABLE

    def readable(self, offset: int) -> bool:
        """Page numbers, running heads and website frames hold no citations."""
        block = self.at(offset)
        return block is None or block.kind is not BlockKind.FURNITURE


def source_parts(document: Document, start: int, end: int) -> tuple[Span, ...]:
    """The ranges of the source behind a range of the reading text; a mere line end does not cut one in two.

    They come in the order of the source, which columns read one after the other may not keep.
    """
    parts: list[Span] = []
    for part in sorted(document.reading.to_source(start, end)):
        if parts and not document.text[parts[-1].end : part.start].strip():
            parts[-1] = Span(parts[-1].start, part.end)
        else:
            parts.append(part)
    return tuple(parts)


def citation_of(document: Document, found: Found, places: Places, antecedent: int | None) -> Citation:
    """The citation behind a mention of a document's reading text."""
    mention, name, governing = found.mention, found.name, found.governing
    block = places.at(found.start)
    text = document.reading.text
    date = name.date if name else None
    pinpoint, pinpoints = (mention.pinpoint, mention.pinpoints) if mention else (None, ())
    if found.run:
        pinpoint, pinpoints = found.run.text, found.run.pinpoints
    return Citation(
        parts=found.parts,
        surface="".join(part.cut(document.text) for part in found.parts),
        kind=found.kind,
        type=found.type,
        number=format_number(mention.number) if mention else None,
        issuer=mention.issuer if mention else name.issuer if name else None,
        issued=mention.issued if mention else date.value if date else None,
        year=mention.year if mention else date.year if date else None,
        name=" ".join(text[name.start : name.end].split()) if name else None,
        title=_cut_line(text, mention.title_span) if mention else None,
        pinpoint=pinpoint,
        pinpoints=pinpoints,
        relation=governing.relation if governing else None,
        direction=governing.direction if governing else None,
        evidence=_source(document, governing.evidence) if governing and governing.evidence else None,
        use=found.use,
        footnote=found.note,
        unit=block.unit if block else None,
        page=block.page if block else None,
        antecedent=antecedent,
        status=_status(found),
        reason=_reason(found),
    )


def _status(found: Found) -> ResolutionStatus | None:
    if found.mention is None:
        return None
    return ResolutionStatus.SUSPECT if found.mention.suspect else None


def _reason(found: Found) -> str | None:
    if found.mention is None:
        return None
    return found.mention.suspect or ("ngày ghi không đọc được" if found.mention.date_unreadable else None)


def _source(document: Document, span: Span) -> Span:
    spans = document.reading.to_source(span.start, span.end)
    return Span(min(part.start for part in spans), max(part.end for part in spans))


def _cut_line(text: str, span: tuple[int, int] | None) -> str | None:
    return " ".join(text[span[0] : span[1]].split()) or None if span else None
