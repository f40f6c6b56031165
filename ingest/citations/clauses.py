"""Clauses: where a sentence begins, the verb at its head, the nearest verb to the left of a mention."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.citations.letters import LOWER, UPPER
from ingest.citations.relations import DEEDS, NEAR_ONLY, Governing, first_free, nearest_free
from kb.models import Direction, Relation

_FAR = 48
_FARTHER = 220
#: A far document is repealed when the verb is followed by a part of a document.
_PART_RE = re.compile(
    r"\s+(?:toàn bộ|một phần|một số|quy định|các|[Qq]uy chế|[Dd]anh mục|[Đđ]iều|[Kk]hoản|[Đđ]iểm|[Cc]hương|[Mm]ục"
    r"|[Pp]hụ lục|thủ tục|nội dung|văn bản|số thứ tự|[Mm]ẫu|quy trình|những)(?![^\W\d_])"
)
#: ``sửa đổi, bổ sung một số điều của Quy chế …``: the text that came with a paper.
_ATTACHED_RE = re.compile(r"\s+(?:(?:một số|các)\s+(?:điều|nội dung|quy định)|(?:khoản|điểm|[Đđ]iều)\s)")
#: No word governs from farther away.
WINDOW = 420
#: A full stop, or a line of its own, ends what a word can govern; a semicolon does not (lists).
SENTENCE_END_RE = re.compile(
    rf"[.!?…\n](?:(?<=\n)(?!(?![a-zđ]{{1,2}}[.)])[{LOWER}])|(?<=[^\s\d.A-ZĐ][.!?…])\s+(?=[{UPPER}“\"(\-+]))"
)
#: Labels of units at the beginning of a line: ``a)``, ``1.``, ``-``, ``Điều 5.``
LABEL_RE = re.compile(
    r"[ \t“\"]*(?:[-–+•*]|[a-zđ]{1,2}[.)]|\(?\d{1,3}(?:\.\d{1,3})*[.)]?|[IVX]{1,5}\.|Điều \d+[a-z]?\.)\s+"
)


def sentence_start(text: str, at: int, floor: int = 0) -> int:
    """Where the sentence that holds `at` begins, at most a window back and not before `floor`."""
    low = max(floor, at - WINDOW)
    start = low
    for found in SENTENCE_END_RE.finditer(text, low, at):
        start = found.end()
    return start


def bracketed(between: str) -> bool:
    """Whether ``tại`` stands right behind an opening bracket: ``bổ sung Quy chế (tại Quyết định …)``."""
    return between.rfind("(") >= len(between.rstrip()) - 6


def near_free(text: str, low: int, at: int, *, attached: bool = False) -> Governing | None:
    """The nearest verb to the left; one that amends or repeals must be near, and on this side of a bracket.

    With `attached`, the text that the paper at hand came with stands between them.
    """
    free = nearest_free(text, low, at)
    if free is None or free.evidence is None or free.relation not in NEAR_ONLY:
        return free
    words = text[free.evidence.end : at]
    if "(" in words and ")" not in words:
        if free.relation in DEEDS and bracketed(words):
            return replace(free, direction=Direction.PASSIVE)
        return None
    part = free.relation in (Relation.REPLACES, Relation.REPEALS) and _PART_RE.match(words) is not None
    part = part or (attached and free.relation is Relation.AMENDS and _ATTACHED_RE.match(words) is not None)
    far = part and not _OTHER_GROUND_RE.search(words)
    near = len(words) <= _FAR or words.rstrip(" số“\n").endswith(":") or (far and len(words) <= _FARTHER)
    return free if near or free.relation is Relation.GUIDES else None


def deed_at_head(text: str, low: int, at: int, touching: Governing | None) -> Governing | None:
    """The verb at the head of the clause when it amends, replaces, repeals, suspends or corrects."""
    label = LABEL_RE.match(text, low, at)
    begin = label.end() if label else low
    while begin < at and text[begin] in ' \n“"(*,;:':
        begin += 1
    found = first_free(text, begin, at)
    if found is None or found.relation not in DEEDS or found.evidence is None:
        return None
    if touching and touching.evidence and touching.evidence.cut(text)[:4].lower() == "theo":
        return None
    words = text[found.evidence.end : at]
    changes_words = found.evidence.cut(text).endswith("từ")
    return None if not changes_words and _OTHER_GROUND_RE.search(words) else found


def without_label(text: str, low: int, at: int) -> str:
    """What stands between the label of a line and a mention."""
    label = LABEL_RE.match(text, low, at)
    return text[label.end() if label else low : at]


_OTHER_GROUND_RE = re.compile(r"(?<![^\W\d_])(?:(?<!kèm\s)(?<!hành\s)theo|như sau|bằng|căn cứ)(?![^\W\d_¹²³⁰⁴-⁹])")
