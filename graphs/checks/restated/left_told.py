"""What is said to be left no more, and how much is left by its own item: ``Nợ đọng …: …, nay vẫn còn 14,6 tỷ``.

The item is called by the very words of the claim: before a colon, or right before "còn".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graphs.checks.report import Subject
from graphs.checks.restated.said_of_all import ELSE_RE, SOME, Claim, said_words
from kb.models import Span, TextBlock
from kb.text.sentences import split_sentences

_LEFT_RE = re.compile(r"\bcòn\s")
_MARK = r"\W*(?:(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ]|[IVX]+)[.)]\s*)?"
_LABEL_RE = re.compile(rf"{_MARK}(?P<label>[^.;:,\d()]{{4,90}}):\s")
_AMOUNT = r"(?:\s+lại)?(?:\s+(?:là|khoảng))*\s+(?P<count>\d[\d.]*(?:,\d+)?)(?!\s*%)"
#: Behind a mark, of the item itself: "nay vẫn còn 14,6 tỷ đồng".
_STILL_RE = re.compile(
    rf"[,;:]\s+(?:(?:đến nay|hiện(?: nay)?|nay|vẫn|số|số (?:tiền|vốn|dư)|tổng số|toàn tỉnh)\s+)*"
    rf"(?P<left>còn{_AMOUNT})"
)
_OWN_RE = re.compile(
    rf"(?:^|[.;]\s+){_MARK}(?P<label>[^.;:,\d()]{{4,90}}?)\s+(?:(?:hiện(?: nay)?|vẫn|đến nay)\s+)*"
    rf"(?P<left>còn{_AMOUNT})"
)
_SINCE_RE = re.compile(r"\b(?:xong|hết|dứt điểm|toàn bộ)\b")


def left_told(
    subject: Subject, claim: Claim, texts: Sequence[tuple[TextBlock, str, str]]
) -> Iterator[tuple[str, Span]]:
    """The amounts that are left of what a claim says there is none of: as printed, and where."""
    said = claim.clause.text[claim.start : claim.end]
    if claim.kind != "none" or claim.denies or not _LEFT_RE.search(said):
        return
    words = claim.words - SOME
    for block, text, _ in texts:
        if "còn" not in text or block is claim.clause.block:
            continue
        for low, high in split_sentences(text):
            found = _item(text, low, high, words)
            if found is not None and not ELSE_RE.search(text, found.start(), high):
                at = block.view.start
                where = subject.document.reading.hull(at + found.start("left"), at + high)
                yield " ".join(text[low:high].split())[:200], where


def _item(text: str, low: int, high: int, words: frozenset[str]) -> re.Match[str] | None:
    """Where a sentence tells last what is left of its own item; None where that is nothing, or done with since."""
    label = _LABEL_RE.match(text, low, high)
    if label and said_words(label["label"]) - SOME == words:
        told = list(_STILL_RE.finditer(text, label.end() - 2, high))
    else:
        told = [one for one in _OWN_RE.finditer(text, low, high) if said_words(one["label"]) - SOME == words]
    last = told[-1] if told else None
    if last is None or not last["count"].strip("0.,") or _SINCE_RE.search(text, last.end(), high):
        return None
    return last
