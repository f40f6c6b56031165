"""The sentence around a place of a document, as one reads it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.models import BlockKind, Document, Span
from kb.text.sentences import split_sentences

#: Characters around a place where no sentence is found, as in a table, or where one is long.
_AROUND = 160
_BLANK_RE = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words around a place, and the place itself."""

    before: str
    marked: str
    after: str


def near(sentence: Sentence) -> Sentence:
    """A sentence cut to the words near its place, where it is long.

    >>> near(Sentence("từ " * 100, "ở đây", " và" * 100)).before[:8]
    '… từ từ '
    """
    before, after = sentence.before, sentence.after
    if len(before) > _AROUND:
        before = f"… {before[-_AROUND:].partition(' ')[2]}"
    if len(after) > _AROUND:
        after = f"{after[:_AROUND].rpartition(' ')[0]} …"
    return Sentence(before, sentence.marked, after)


def sentence_at(document: Document, span: Span) -> Sentence:
    """The sentence that holds a place, as one reads it: paragraphs whole, notes out of the way."""
    block = document.block_over(span.start)
    if block is None or block.kind is not BlockKind.TEXT:
        text = document.text
        # One letter more than is shown, so that what is longer is cut between two words.
        before, after = text[: span.start][-_AROUND - 1 :], text[span.end : span.end + _AROUND + 1]
        cut = near(Sentence(_spaced(before), text[span.start : span.end], _spaced(after)))
        return _sentence(cut.before, cut.marked, cut.after)
    view = document.reading
    text = view.text[block.view.start : block.view.end]
    first = view.from_source(span.start, block.view)
    last = view.from_source(max(span.end - 1, span.start), block.view)
    start = (first if first is not None else block.view.start) - block.view.start
    end = (last + 1 if last is not None else block.view.end) - block.view.start
    around = [(low, high) for low, high in split_sentences(text) if low < end and high > start]
    low, high = (around[0][0], around[-1][1]) if around else (0, len(text))
    return _sentence(text[min(low, start) : start], text[start:end], text[end : max(high, end)])


def _sentence(before: str, marked: str, after: str) -> Sentence:
    return Sentence(_even(before), _even(marked), _even(after))


def _spaced(text: str) -> str:
    """A text of the same length with a space for every blank: the cells of a row part words too."""
    return _BLANK_RE.sub(" ", text)


def _even(text: str) -> str:
    """A text on one line, its outer blanks kept as one."""
    words = " ".join(text.split())
    lead = " " if text[:1].isspace() and words else ""
    return lead + words + (" " if text[-1:].isspace() and words else "")
