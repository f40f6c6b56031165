"""How a document stands to what it mentions: each mention's governing words, found in reading order.

A mention is governed by words that touch it, else by the nearest verb of its clause, else by what governs the list
it goes on. What stands in the title of another document is governed inside that title. A list under a line that
ends with a colon takes that line's verb; a note takes the sentence of its anchor.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from ingest.citations.found import Found
from ingest.citations.letters import LOWER, UPPER
from ingest.citations.owners import Owner
from ingest.citations.relations import DEEDS, Governing, adjacent, first_free, nearest_free, right_of
from kb.models import CitationKind, Relation, Span

#: Kinds that stand in a relation; back and internal references only point.
GOVERNED = frozenset((CitationKind.NUMBER, CitationKind.NAME, CitationKind.ALIAS))
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
    top: Found | None = None
    last: Found | None = None
    for found in mentions:
        nested = top is not None and found.start < top.close and found.start >= top.end
        before = last if nested and last is not top else (None if nested else top)
        floor = top.reach if nested and top else (top.close if top else 0)
        if before is not None:
            floor = max(floor, min(before.close, found.left))
            found.outer = _outer(text, before, found)
        found.governing = owner.settle(found, _govern(text, found, floor, before))
        last = found
        if not nested:
            top = found


def _outer(text: str, before: Found, found: Found) -> Found | None:
    """The mention before the bracket in which a mention stands."""
    between = text[min(before.end, found.left) : found.left]
    opened, closed = between.count("("), between.count(")")
    if opened > closed:
        return before
    return before.outer if opened == closed else None


def _govern(text: str, found: Found, floor: int, before: Found | None) -> Governing:
    right = right_of(text, found.reach)
    if right:
        return right
    sentence = sentence_start(text, found.left)
    low = max(sentence, min(floor, found.left))
    touching = adjacent(text, low, found.left)
    deed = _deed(text, low, found.left) if touching is None or touching.weak else None
    if deed:
        return deed
    if touching and not touching.weak:
        return touching
    same = before is not None and before.start >= sentence
    semicolon = text.rfind(";", low, found.left) + 1 if same else 0
    free = nearest_free(text, max(low, semicolon), found.left)
    if touching:
        return touching if free is None or free.relation is not Relation.BASED_ON else free
    between = text[low : found.left]
    if free and not (same and _JOIN_RE.fullmatch(between)):
        return free
    listed = _JOIN_RE.fullmatch(between) or _LIST_END_RE.search(between) or between.rstrip().endswith(":")
    if same and before is not None and listed:
        return _inherited(before, between)
    return _lead(text, found, sentence) or Governing(Relation.CITES, None, None, given=True)


def _deed(text: str, low: int, at: int) -> Governing | None:
    """The verb at the head of the clause when it amends, replaces, repeals, suspends or corrects."""
    label = _LABEL_RE.match(text, low, at)
    begin = label.end() if label else low
    while begin < at and text[begin] in ' \n“"(*,;:':
        begin += 1
    found = first_free(text, begin, at)
    if found is None or found.relation not in DEEDS:
        return None
    words = text[found.evidence.end : at] if found.evidence else ""
    return (
        None if re.search(r"(?<![^\W\d_])(?:theo|như sau|bằng|căn cứ|quy định tại)(?![^\W\d_])", words) else found
    )


def _inherited(before: Found, between: str) -> Governing:
    """What governs the list goes on; a bracket that closed takes its own words (``sửa đổi bởi``) with it."""
    governing = before.governing
    if governing is None:
        return Governing(Relation.CITES, None, None, given=True)
    closed = between.find(")")
    opened = between.find("(")
    if closed >= 0 and not 0 <= opened < closed and before.outer is not None and before.outer.governing:
        return before.outer.governing
    return governing


def _lead(text: str, found: Found, sentence: int) -> Governing | None:
    """The verb of the line with a colon over the list in which a mention begins an item."""
    line = text.rfind("\n", max(0, found.left - _WINDOW), found.left) + 1
    if line == 0 or sentence > line + _LABEL_REACH or not _LABEL_RE.match(text, line, found.left):
        return None
    end = line - 1
    for _ in range(_MOST_ITEMS):
        start = text.rfind("\n", max(0, end - _LONGEST_ITEM), end) + 1
        if end <= 0:
            return None
        if text[start:end].rstrip().endswith(":"):
            return nearest_free(text, max(start, end - _WINDOW), end)
        if start == 0 or not _LABEL_RE.match(text, start, end):
            return None
        end = start - 1
    return None


_MOST_ITEMS = 12
_LONGEST_ITEM = 1200
_LABEL_REACH = 8


def govern_note(text: str, anchor: int, mentions: Iterable[Found], body: Iterable[Found], owner: Owner) -> None:
    """Set what governs the mentions of a note by the sentence in which its mark stands at `anchor`."""
    lead = _at_anchor(text, anchor, body)
    for found in mentions:
        if found.governing is None or found.governing.given:
            found.governing = owner.settle(found, lead or Governing(Relation.CITES, None, None, given=True))


def _at_anchor(text: str, anchor: int, body: Iterable[Found]) -> Governing | None:
    sentence = sentence_start(text, anchor)
    low = sentence
    for found in body:
        if found.start < sentence or found.governing is None:
            continue
        if anchor in (found.end, found.reach, found.close) or 0 <= anchor - found.close <= 1:
            return replace(found.governing)
    return nearest_free(text, low, anchor)


def evidence_of(governing: Governing | None) -> Span | None:
    """The deciding words, None where nothing was read."""
    return governing.evidence if governing else None
