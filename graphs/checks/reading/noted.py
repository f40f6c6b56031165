"""Notes read where their marks stand: what a sentence counts, and what the note on it tells of that.

``Chi trả cho 10.150 người[2]`` with the note ``Trong đó nữ 6.090 người`` tells what one sentence may tell as well;
so it is read as one, by the rules of parts, sums and lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from graphs.checks.reading.forms import OF_THESE
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.reading.rows import Same
from graphs.checks.report import Subject
from kb.models import BlockKind, Figure, Footnote, Span, TextBlock
from kb.text.sentences import split_sentences

#: With these words a note goes on from its sentence; with others it lists what the sentence counts.
_GOES_ON_RE = re.compile(rf"(?:{OF_THESE}|riêng|(?:bao\s+)?gồm|cụ thể|chia ra|còn lại)\b", re.IGNORECASE)
_CLAUSE_END_RE = re.compile(r"[,;.:(](?=\s|$)|\s\(")
_LABEL_RE = re.compile(r"\s*(?:\(?\[?(?:\d{1,3}|\*+)\]?\)?|[⁰¹²³⁴-⁹]+)?[.:]?\s*")


@dataclass(frozen=True, slots=True)
class Noted:
    """A sentence up to the mark of a note, with the note behind it; `joint` is where the note begins."""

    where: Stated
    joint: int
    text_start: int
    note_start: int

    def is_of_both(self, *figures: Figure) -> bool:
        """Whether the first of some figures stands in the sentence, and the others in the note."""
        sides = [self.where.start(one) >= self.joint for one in figures]
        return not sides[0] and all(sides[1:])

    def place(self, low: int, high: int) -> Span:
        """Where a range of the sentence, or of the note, stands in the reading text."""
        start = self.note_start - self.joint if low >= self.joint else self.text_start
        return Span(start + low, start + high)


def noted(subject: Subject) -> tuple[Noted, ...]:
    """The notes of a paper, each behind the sentence that bears its mark; read once for all rules."""
    return _read_once(Same(subject))


@lru_cache(maxsize=2)
def _read_once(read: Same[Subject]) -> tuple[Noted, ...]:
    return tuple(_noted(read.it)) if read.it.document.footnotes and not read.it.is_rule() else ()


def _noted(subject: Subject) -> Iterator[Noted]:
    document = subject.document
    figures = {where.block.view.start: where.figures for where in stated(subject)}
    notes = [block for block in document.blocks if block.kind is BlockKind.NOTE]
    texts = [block for block in document.blocks if block.kind is BlockKind.TEXT]
    for note in document.footnotes:
        body = next((one for one in notes if _holds(one, note)), None)
        over = next((one for one in texts if note.anchor and _covers(one, note.anchor.start)), None)
        mark = document.reading.from_source(note.anchor.start, over.view) if over and note.anchor else None
        if body is None or over is None or mark is None:
            continue
        told = document.block_text(over)
        at = mark - over.view.start
        low, high = next(one for one in reversed(split_sentences(told)) if one[0] <= at)
        at = _counted_until(figures.get(over.view.start, ()), over, told, low, at, high)
        own = document.block_text(body)
        label = _LABEL_RE.match(own)
        skip = label.end() if label else 0
        words = own[skip:]
        goes_on = _GOES_ON_RE.match(words)
        words = words[:1].lower() + words[1:] if goes_on else words
        sentence = told[low:at].rstrip() + (", " if goes_on else ": ")
        block = replace(body, kind=BlockKind.NOTE, view=Span(0, len(sentence) + len(words)))
        moved = [
            *_moved(figures.get(over.view.start, ()), over, low, at, 0),
            *_moved(figures.get(body.view.start, ()), body, skip, len(own), len(sentence)),
        ]
        where = Stated(block, sentence + words, tuple(moved))
        yield Noted(where, len(sentence), over.view.start + low, body.view.start + skip)


def _counted_until(
    figures: tuple[Figure, ...], block: TextBlock, text: str, low: int, mark: int, high: int
) -> int:
    """Where what a note is on ends: at its mark, or behind the first count that follows: ``Trợ cấp[2]: 9 hộ``."""
    starts = [one.view.start - block.view.start for one in figures]
    if any(low <= start < mark for start in starts):
        return mark
    first = next((start for start in starts if mark <= start < high), None)
    if first is None:
        return mark
    end = _CLAUSE_END_RE.search(text, first, high)
    return end.start() if end else high


def _holds(block: TextBlock, note: Footnote) -> bool:
    return any(_covers(block, part.start) for part in note.parts[:1])


def _covers(block: TextBlock, at: int) -> bool:
    return any(part.start <= at < part.end for part in block.parts)


def _moved(figures: tuple[Figure, ...], block: TextBlock, low: int, high: int, to: int) -> Iterator[Figure]:
    """The figures of a range of a block, at their places behind `to`."""
    start = block.view.start + low
    for one in figures:
        if start <= one.view.start and one.view.end <= block.view.start + high:
            yield replace(one, view=Span(one.view.start - start + to, one.view.end - start + to))
