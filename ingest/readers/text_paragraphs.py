"""Paragraphs of a text as cells: what a page copied from a portal leaves of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.readers.text_cells import trim
from kb.models import Line, LineKind, Span

_HEAD_RE = re.compile(r"(?:S(?:ố)?\s?\.?/?\s?TT|T\.?T|Stt|Số thứ tự)\.?")
_NUMBER_RE = re.compile(r"\(?[-–+]?\s?\d[\d.,]*\s?%?\)?|[-–]")
#: What prints as nothing: a cell that is known to be empty.
_EMPTY_RE = re.compile(r"(?:\*\s*\*|&nbsp;|\s)+")
#: No cell is longer.
LONGEST = 400


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its first and last line, its printed ranges, its words (none for a cell known to be empty)."""

    first: int
    last: int
    spans: tuple[Span, ...]
    words: str
    plain: bool

    @property
    def number(self) -> bool:
        """Whether it is a number, a dash for none, or empty."""
        return not self.words or bool(_NUMBER_RE.fullmatch(self.words))

    @property
    def opens(self) -> bool:
        """Whether it is the first name of a head: ``STT``."""
        return bool(_HEAD_RE.fullmatch(self.words))


def paragraphs(text: str, lines: Sequence[Line], taken: bytearray) -> Iterator[Paragraph]:
    """Lines without a blank line between them, as one cell."""
    at = 0
    while at < len(lines):
        end = at
        while end + 1 < len(lines) and text.count("\n", lines[end].span.end, lines[end + 1].span.start) == 1:
            end += 1
        spans = tuple(span for line in lines[at : end + 1] if (span := trim(text, line.span.start, line.span.end)))
        words = " ".join(span.cut(text) for span in spans)
        empty = bool(_EMPTY_RE.fullmatch(words))
        plain = all(line.kind is LineKind.TEXT for line in lines[at : end + 1]) and not any(taken[at : end + 1])
        yield Paragraph(at, end, () if empty else spans, "" if empty else words, plain)
        at = end + 1
