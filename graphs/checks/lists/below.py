"""FIG in lists: a count in the words above a list, or in its heading, and how many things stand below.

``Còn 03 chỉ tiêu chưa đạt, cụ thể:``, ``2. Tồn tại (03 mặt)``: in papers without a fault one of the counts of such
words is the number of the things.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graphs.checks.lists.announced import items_below
from graphs.checks.lists.behind import differs, exact_counts
from graphs.checks.report import Rule, Subject, Tally
from kb.models import BlockKind, Finding
from kb.text.items import list_style
from kb.text.sentences import split_sentences

#: A heading that counts what stands below it: in a bracket, behind a colon, or in its first words.
_HEADING_RE = re.compile(
    r"(?:.*[(:]\s*(?:có |còn |gồm )?|[\W_]*(?:(?:[IVX]{1,5}|\d{1,2}(?:\.\d{1,2})*|[a-zđ])[.)]\s+)?)"
    r"(?P<count>(?:\d{1,2}(?:/\d{1,2})?|[^\W\d_]+)\s+[^\W\d_][^.;:()\d]{1,60}?)\)?\s*$"
)
#: What is said of the things counted stands below, or some of them.
_PARTIAL_RE = re.compile(
    r"\b(?:trong đó|một số|chủ yếu|tiêu biểu|điển hình|nổi bật|ví dụ|riêng|kính gửi|nơi nhận|đối với)\b",
    re.IGNORECASE,
)
#: A thing with a count of its own, behind its mark or in a bracket.
_OWN_COUNT_RE = re.compile(r"[\s*_]*(?:[-–+•*]|\(?\w{1,3}[.)])\s*\d{1,4}\s+(?!(?:tháng|năm|ngày)\b)[^\W\d_]")
_TOTAL_RE = re.compile(r"[\s*_]*(?:[-–+•*]|\(?\w{1,3}[.)])\s*(?:Tổng|Cộng)\b", re.IGNORECASE)
#: A goal that was met, or not; not one that is to be.
_MET_RE = re.compile(r"\b(?<!phải )(?<!cần )(?:đạt|vượt|hoàn thành)\b", re.IGNORECASE)
_SENT_RE = re.compile(r"[.;]\s*$")
_BULLETS = ("dash", "plus", "dot")
_LONGEST_HEADING, _BEFORE, _FAR = 110, 40, 4


@dataclass(frozen=True, slots=True)
class Lead:
    """Words above a list: their counts with the range of each, the least things below and the most.

    `numbers` are all that the words have, whatever they count.
    """

    counts: tuple[tuple[int, int | None, int, int], ...]
    least: int
    most: int
    numbers: frozenset[int] = frozenset()

    @property
    def right(self) -> bool:
        """Whether one of the counts, a whole of them, or two together are the number of the things."""
        known = self.numbers | {one[0] for one in self.counts}
        pairs = {one[0] + other[0] for one in self.counts for other in self.counts if one is not other}
        return any(self.least <= one <= self.most for one in known | pairs)


def leads(texts: list[str]) -> Iterator[tuple[int, Lead]]:
    """Paragraphs that count what the list right below them has.

    >>> [(at, one.least, one.right) for at, one in leads(["Còn 03 tồn tại:", "- Thiếu vốn;", "- Thiếu người."])]
    [(0, 2, False)]
    """
    for at, text in enumerate(texts[:-1]):
        if list_style(texts[at + 1]) is None or "|" in text:
            continue
        counts = tuple(_counts(text))
        if not counts:
            continue
        items = items_below(texts, at + 1)
        things = texts[at + 1 : at + 1 + sum(items or ())]
        if items is None or _count_apart(things, counts[0], text) or any(map(_TOTAL_RE.match, things)):
            continue
        if not (_is_of_some(text, counts) and sum(map(bool, map(_MET_RE.search, things))) * 2 > len(things)):
            yield at, Lead(counts, items[0], sum(items), _numbers(text))


def _numbers(text: str) -> frozenset[int]:
    """All small numbers of the last sentence of some words."""
    low, high = split_sentences(text)[-1]
    return frozenset(int(one) for one in re.findall(r"(?<![\d.,-])\d{1,2}(?![\d,-]|\.\d)", text[low:high]))


def _count_apart(things: list[str], count: tuple[int, int | None, int, int], text: str) -> bool:
    """Whether most things have counts of their own: those make the count together, or are of another kind."""
    kind = re.escape(text[count[2] : count[3]].split()[1])
    own = sum(bool(_OWN_COUNT_RE.match(one) or re.search(rf"\(\d{{1,3}}\s+{kind}\b", one)) for one in things)
    return own * 2 >= len(things)


def _is_of_some(text: str, counts: tuple[tuple[int, int | None, int, int], ...]) -> bool:
    """Whether the only count is of those that were met, of how many is not said: below all may be judged."""
    return len(counts) == 1 and counts[0][1] is None and bool(_MET_RE.search(text, max(0, counts[0][2] - _BEFORE)))


def _counts(text: str) -> Iterator[tuple[int, int | None, int, int]]:
    """The counts of words above a list: of their last sentence before a colon, or of a heading."""
    if text.rstrip().endswith(":"):
        low, high = split_sentences(text)[-1]
        if not _PARTIAL_RE.search(text, low):
            yield from exact_counts(text, low, high)
    elif len(text) <= _LONGEST_HEADING and not _SENT_RE.search(text) and list_style(text) not in _BULLETS:
        found = _HEADING_RE.match(text)
        if found:
            yield from (one for one in exact_counts(text, 0, len(text)) if one[2] == found.start("count"))


def check_below(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """``2. Tồn tại, hạn chế (03 mặt)`` is followed by as many things as it says."""
    if subject.is_rule():
        return
    document = subject.document
    blocks = [block for block in document.blocks if block.kind is BlockKind.TEXT]
    for at, lead in leads([document.block_text(block) for block in blocks]):
        if lead.right:
            tally.held += 1
            continue
        count, _, start, end = max(lead.counts, key=lambda one: one[0])
        listed = lead.least if count < lead.least else lead.most
        if abs(listed - count) > max(1, count // _FAR):
            continue
        tally.failed += 1
        low = blocks[at].view.start
        spans = (document.reading.hull(low + start, low + end),)
        words = document.block_text(blocks[at])[start:end]
        below = blocks[at + 1 : at + 1 + lead.most]
        yield differs(by, spans, words, listed, tuple(one.span for one in below), blocks[at].page)
