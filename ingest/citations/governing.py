"""How a document stands to what it mentions: each mention's governing words, found in reading order.

A mention is governed by words that touch it, else by the nearest verb of its clause, else by what governs the list
it goes on. What stands in the title of another document is governed inside that title. A list under a line that
ends with a colon takes that line's verb; a note takes the sentence of its anchor.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ingest.citations.found import Found
from ingest.citations.letters import LOWER, UPPER
from ingest.citations.owners import Owner
from ingest.citations.relations import (
    DEEDS,
    NEAR_ONLY,
    Governing,
    adjacent,
    first_free,
    nearest_free,
    right_of,
)
from kb.models import CitationKind, Direction, Relation

#: Kinds that stand in a relation; back and internal references only point.
GOVERNED = frozenset((CitationKind.NUMBER, CitationKind.NAME, CitationKind.ALIAS, CitationKind.SELF))
#: A full stop, or a line of its own, ends what a word can govern; a semicolon does not (lists).
_SENTENCE_END_RE = re.compile(rf"(?<=[^\s\d.A-ZĐ])[.!?…]\s+(?=[{UPPER}“\"(\-+])|\n(?![{LOWER}])")
_WINDOW = 420
#: Goes on a list: signs, ``và``, a bracket with an explanation.
_JOIN_RE = re.compile(
    r"[”\"’)\]*¹²³⁰⁴-⁹.…]*\s*(?:\([^()\n]{0,200}\))?[¹²³⁰⁴-⁹.…]*\s*"
    r"(?:(?:[,;/+&]|và|hoặc|hay|cùng|cùng với|cũng như)[\s.…]*){1,3}(?:các|số|tại|của|theo|cả)?\s*[“\"(*]*"
)
_LIST_END_RE = re.compile(r"(?:[,;]|\svà)\s*(?:và\s+)?(?:các\s+|số\s+)?[“\"*]*$")
_LABEL_RE = re.compile(
    r"[ \t“\"]*(?:[-–+•*]|[a-zđ]{1,2}[.)]|\(?\d{1,3}(?:\.\d{1,3})*[.)]?|[IVX]{1,5}\.|Điều \d+[a-z]?\.)\s+"
)


def sentence_start(text: str, at: int, floor: int = 0) -> int:
    """Where the sentence that holds `at` begins, at most a window back and not before `floor`."""
    low = max(floor, at - _WINDOW)
    start = low
    for found in _SENTENCE_END_RE.finditer(text, low, at):
        start = found.end()
    return start


def govern_all(text: str, mentions: Iterable[Found], owner: Owner) -> None:
    """Set what governs each mention; they come in reading order, those of notes apart from those of the text."""
    holding: list[Found] = []  # the mentions in whose titles we stand, outermost first
    issuing: Found | None = None
    leads = _Leads(text)
    for found in mentions:
        left: list[Found] = []
        while holding and found.start >= holding[-1].close:
            left.append(holding.pop())
        before = _sibling(text, left, found)
        if before is not None and before is not left[-1]:
            holding.extend(reversed(left[1:]))
        floor = before.close if before else holding[-1].reach if holding else 0
        if before is not None:
            found.outer = _outer(text, before, found)
        governing = _govern(text, found, min(floor, found.left), before, leads)
        if governing.given and issuing and owner.issued(found) and _listed_on(text, issuing, found):
            governing = issuing.governing or governing
        found.governing = owner.settle(found, governing)
        if not holding and found.governing.relation is Relation.ISSUES:
            issuing = found
        for holder in holding:
            holder.close = max(holder.close, found.close)
        holding.append(found)


def _sibling(text: str, left: Sequence[Found], found: Found) -> Found | None:
    """Of the mentions just left, innermost first, the one that a mention goes on from.

    Mostly the outermost; ``được sửa đổi bởi Nghị định A và Nghị định B`` goes on inside.
    """
    if len(left) < 2:
        return left[0] if left else None
    inner, outer = left[0], left[-1]
    between = text[inner.close : found.left] if found.left - inner.close < _WINDOW else ";"
    if ";" in between or inner.type != found.type or not _JOIN_RE.fullmatch(between):
        return outer
    passive = inner.governing is not None and inner.governing.direction is Direction.PASSIVE
    return inner if passive or outer.type != found.type else outer


def _listed_on(text: str, issuing: Found, found: Found) -> bool:
    """Whether a mention goes on the list that ``đã ban hành`` opened in the same paragraph."""
    between = text[issuing.close : found.left] if found.left - issuing.close < _LONGEST_LIST else "\n"
    return "\n" not in between and _LIST_END_RE.search(between) is not None


def _outer(text: str, before: Found, found: Found) -> Found | None:
    """The mention before the bracket in which a mention stands."""
    between = text[min(before.end, found.left) : found.left]
    opened, closed = between.count("("), between.count(")")
    if opened > closed:
        return before
    return before.outer if opened == closed else None


def _govern(text: str, found: Found, floor: int, before: Found | None, leads: _Leads) -> Governing:
    same = before is not None and _one_sentence(text, floor, found.left)
    sentence = floor if same else sentence_start(text, found.left)
    low = max(sentence, min(floor, found.left))
    between = text[low : found.left]
    if not same and not _without_label(text, low, found.left).strip(' “"*'):
        right = right_of(text, found.reach)
        if right:
            return right
    touching = adjacent(text, low, found.left)
    joined = same and _JOIN_RE.fullmatch(between)
    if joined and before and before.governing and before.governing.direction is Direction.PASSIVE:
        return _inherited(text, before, between, found.outer is not None)
    if touching is None or touching.relation in (Relation.CITES, Relation.PROMULGATED_WITH):
        deed = _deed(text, low, found.left, touching)
        if deed:
            return deed
    if touching and not touching.weak:
        return touching
    if same and before is not None and _APPOSED_RE.fullmatch(between):
        return _apposed(before)
    semicolon = between.rfind(";") + 1 if same else 0
    free = _free(text, low + semicolon, found.left)
    if touching:
        if touching.weak and free and free.relation in DEEDS:
            return free
        return free if free and (free.relation is Relation.BASED_ON or _bracketed(between)) else touching
    listed = _JOIN_RE.fullmatch(between) or _LIST_END_RE.search(between) or _OPEN_END_RE.search(between)
    if free and not (same and _JOIN_RE.fullmatch(between)):
        return free
    if same and before is not None and listed:
        return _inherited(text, before, between, found.outer is not None)
    return leads.of(found, sentence) or _GIVEN


_GIVEN = Governing(Relation.CITES, None, None, given=True)
#: A document and, in brackets right behind it, the paper it came with: ``Đề án X (Quyết định số …)``.
_APPOSED_RE = re.compile(r"[”\"*¹²³⁰⁴-⁹]*\s*\((?:(?:theo|tại|kèm theo|ban hành theo|ban hành kèm theo|là)\s)?")
#: A colon, a bracket or nothing at all: the list goes on.
_OPEN_END_RE = re.compile(r"[:(]\s*$|^\s*$")
_FAR = 48
_FARTHER = 140
_LONGEST_GAP = 900
_LONGEST_LIST = 3000


def _one_sentence(text: str, floor: int, at: int) -> bool:
    """Whether no sentence ends between two mentions that stand near enough."""
    return floor >= at or (at - floor <= _LONGEST_GAP and _SENTENCE_END_RE.search(text, floor, at) is None)


def _apposed(before: Found) -> Governing:
    return before.governing or _GIVEN


def _bracketed(between: str) -> bool:
    """Whether ``tại`` stands right behind an opening bracket: ``bổ sung Quy chế (tại Quyết định …)``."""
    return between.rfind("(") >= len(between.rstrip()) - 6


def _free(text: str, low: int, at: int) -> Governing | None:
    """The nearest verb to the left; one that amends or repeals must be near, and on this side of a bracket."""
    free = nearest_free(text, low, at)
    if free is None or free.evidence is None or free.relation not in NEAR_ONLY:
        return free
    words = text[free.evidence.end : at]
    if "(" in words and ")" not in words:
        if free.relation in DEEDS and _bracketed(words):
            return replace(free, direction=Direction.PASSIVE)
        return None
    far = free.relation in (Relation.REPLACES, Relation.REPEALS) and not _OTHER_GROUND_RE.search(words)
    near = len(words) <= _FAR or words.rstrip(" số“\n").endswith(":") or (far and len(words) <= _FARTHER)
    return free if near or free.relation is Relation.GUIDES else None


def _deed(text: str, low: int, at: int, touching: Governing | None) -> Governing | None:
    """The verb at the head of the clause when it amends, replaces, repeals, suspends or corrects."""
    label = _LABEL_RE.match(text, low, at)
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


def _without_label(text: str, low: int, at: int) -> str:
    label = _LABEL_RE.match(text, low, at)
    return text[label.end() if label else low : at]


_OTHER_GROUND_RE = re.compile(r"(?<![^\W\d_])(?:theo|như sau|bằng|căn cứ)(?![^\W\d_¹²³⁰⁴-⁹])")


def _inherited(text: str, before: Found, between: str, inside: bool) -> Governing:
    """What governs the list goes on; a bracket that closed takes its own words (``sửa đổi bởi``) with it.

    Behind a semicolon, words inside a title (``quy định chi tiết Luật X; …``) have lost their force.
    """
    governing = before.governing
    closed, opened = between.find(")"), between.find("(")
    if closed >= 0 and not 0 <= opened < closed and before.outer is not None and before.outer.governing:
        governing = before.outer.governing
    if governing is None:
        return _GIVEN
    if inside:
        return governing
    if ";" in between and governing.evidence and (governing.direction or governing.relation is Relation.GUIDES):
        sentence = sentence_start(text, governing.evidence.start)
        head = _LABEL_RE.match(text, sentence)
        first = max(sentence, head.end() if head else sentence)
        if governing.evidence.start > first + 2:
            return _outside_title(text, sentence, governing.evidence.start)
    return governing


def _outside_title(text: str, sentence: int, at: int) -> Governing:
    """The nearest verb to the left that is not of a title (``sửa đổi``, ``quy định chi tiết``)."""
    free = nearest_free(text, sentence, at)
    while free and free.evidence and free.relation in NEAR_ONLY:
        free = nearest_free(text, sentence, free.evidence.start)
    return free or _GIVEN


class _Leads:
    """The verbs of lead-in lines (``Bãi bỏ các văn bản sau:``), for the items under them."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[int, Governing | None] = {}

    def of(self, found: Found, sentence: int) -> Governing | None:
        """The verb over the list in which a mention begins an item."""
        line = self._text.rfind("\n", max(0, found.left - _WINDOW), found.left) + 1
        label = _LABEL_RE.match(self._text, line, found.left)
        begins = label.end() if label else line
        colon = self._text[max(0, line - 3) : line].rstrip().endswith(":")
        if line == 0 or sentence > line + _LABEL_REACH or found.left - begins > _ITEM_LEAD:
            return None
        if label is None and not colon:
            return None
        return self._over(line)

    def _over(self, line: int) -> Governing | None:
        """Walk back over the items above a line; each is walked once."""
        walked, lead = [line], None
        while line > 0:
            end = line - 1
            line = self._text.rfind("\n", max(0, end - _LONGEST_ITEM), end) + 1
            if line in self._known:
                lead = self._known[line]
                break
            if self._text[line:end].rstrip().endswith(":") or self._text.startswith("Điều ", line):
                lead = self._verb(line, end)
                break
            if line == 0 or not _LABEL_RE.match(self._text, line, end):
                break
            walked.append(line)
        self._known.update(dict.fromkeys(walked, lead))
        return lead

    def _verb(self, line: int, end: int) -> Governing | None:
        """The deed at the head of a lead-in; without one, the last verb before its colon."""
        colon = self._text.rfind(":", line, end)
        touching = adjacent(self._text, line, colon) if colon >= 0 else None
        if touching and touching.direction:
            return touching
        deed = _deed(self._text, line, end, None)
        if deed or not self._text[line:end].rstrip().endswith(":"):
            return deed
        return nearest_free(self._text, max(line, end - _WINDOW), end)


_LONGEST_ITEM = 1200
_LABEL_REACH = 8
#: So much may stand between an item's label and its document: ``toàn bộ``, ``Điều 5 của``.
_ITEM_LEAD = 30


def govern_note(text: str, anchor: int, mentions: Iterable[Found], body: Sequence[Found], owner: Owner) -> None:
    """Set what governs the mentions of a note by the sentence in which its mark stands at `anchor`.

    A note that merely names a paper of the citing body tells with which paper it did what the sentence says.
    """
    lead = _at_anchor(text, anchor, body) or _GIVEN
    before: Found | None = None
    for found in mentions:
        if before is not None and found.start < before.close:
            continue
        own = found.governing
        direct = own and own.evidence and (before is None or own.evidence.start >= before.end)
        if own and not direct and owner.issued(found):
            evidence = lead.evidence if lead.relation is Relation.ISSUES else None
            found.governing = Governing(Relation.ISSUES, None, evidence)
        elif own is None or own.given:
            settled = owner.settle(found, lead)
            mere = settled.relation is Relation.ISSUES and not owner.issued(found)
            found.governing = replace(settled, relation=Relation.CITES) if mere else settled
        before = found


def _at_anchor(text: str, anchor: int, body: Sequence[Found]) -> Governing | None:
    """What governs the place of a mark: its mention, else words behind the last mention, else that mention's."""
    sentence = sentence_start(text, anchor)
    last: Found | None = None
    for index in range(bisect_left(body, sentence, key=lambda one: one.start), len(body)):
        if body[index].start >= anchor:
            break
        last = body[index] if body[index].governing else last
    if last is None:
        return nearest_free(text, sentence, anchor)
    if anchor - last.close <= 1 or anchor in (last.end, last.reach):
        return last.governing
    return nearest_free(text, min(last.close, anchor), anchor) or last.governing
