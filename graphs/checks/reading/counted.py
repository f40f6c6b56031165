"""Counts that a text states in digits or words; sentences that say that all goals of a paper were reached."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graphs.checks.reading.forms import PLANNED_RE
from graphs.checks.report import Subject
from kb.models import BlockKind, Span
from kb.text.sentences import split_sentences
from kb.vocabulary.counts import COUNTS

#: From two to ten: one is a word of many uses.
NUMBER_WORDS = {word: count for word, count in COUNTS.items() if 2 <= count <= 10}
#: The same as a pattern, without the word that is a year too.
COUNT_WORDS = "|".join(word for word in NUMBER_WORDS if word != "năm")
COUNT = rf"(?:\d{{1,3}}|{'|'.join(NUMBER_WORDS)})"
_GOALS = r"(?:mục tiêu|chỉ tiêu)"
_GOALS_RE = re.compile(_GOALS, re.IGNORECASE)
#: That a goal was reached.
DONE_WORDS = ("hoàn thành", "đạt", "vượt")
DONE = rf"(?:{'|'.join(DONE_WORDS)})"
#: All goals, or a count of them, and that they were reached: in either order.
_ALL_DONE_RE = re.compile(
    rf"\b(?:(?:cả|tất cả|toàn bộ|100%)\s+(?:các\s+|(?P<all>{COUNT})\s+)?{_GOALS}\b[^.;:%]{{0,80}}?"
    rf"\b(?:đều\s+|đã\s+)+(?:được\s+)?(?:cơ bản\s+)?{DONE}"
    rf"|(?P<many>{COUNT})\s+{_GOALS}\b[^.;:%]{{0,80}}?\bđều\s+(?:đã\s+|được\s+)*{DONE}"
    rf"|\bđã\s+(?:hoàn thành|đạt)(?:\s*(?:,|và)?\s*(?:vượt|hoàn thành))?\s+(?:mức\s+)?"
    rf"(?:cả|tất cả|toàn bộ|100%)\s+(?:số\s+)?(?:các\s+|(?P<these>{COUNT})\s+)?{_GOALS})\b",
    re.IGNORECASE,
)


def read_count(words: str | None) -> int | None:
    """The number that digits or a word say; None for none.

    >>> read_count("08"), read_count("Năm"), read_count("nhiều")
    (8, 5, None)
    """
    if words is None:
        return None
    return int(words) if words.isdigit() else NUMBER_WORDS.get(words.lower())


def all_goals_done(subject: Subject) -> Iterator[tuple[int | None, Span, str, int | None]]:
    """Where running text says that all goals were reached: page, place, its words, how many it counts."""
    document = subject.document
    for block in document.blocks:
        if block.kind is not BlockKind.TEXT:
            continue
        text = document.block_text(block)
        if not _GOALS_RE.search(text):
            continue
        for low, high in split_sentences(text):
            found = _ALL_DONE_RE.search(text, low, high)
            if found and not PLANNED_RE.search(text, low, found.end()):
                span = document.reading.hull(block.view.start + found.start(), block.view.start + found.end())
                count = read_count(found["all"] or found["many"] or found["these"])
                yield block.page, span, found.group(), count
