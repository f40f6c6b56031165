"""How a document stands to what it mentions: each mention's governing words, found in reading order.

A mention is governed by words that touch it, else by the nearest verb of its clause, else by what governs the list
it goes on. What stands in the title of another document is governed inside that title. A list under a line that
ends with a colon takes that line's verb; a note takes the sentence of its anchor.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ingest.citations.acting import acting, right_of
from ingest.citations.clauses import (
    LABEL_RE,
    SENTENCE_END_RE,
    WINDOW,
    bracketed,
    deed_at_head,
    near_free,
    sentence_start,
    without_label,
)
from ingest.citations.found import Found
from ingest.citations.leads import Leads
from ingest.citations.letters import MARKS
from ingest.citations.owners import Owner
from ingest.citations.relations import DEEDS, NEAR_ONLY, Governing, adjacent, nearest_free
from kb.models import CitationKind, Direction, Relation

#: Kinds that stand in a relation; back and internal references only point.
GOVERNED = frozenset((CitationKind.NUMBER, CitationKind.NAME, CitationKind.ALIAS, CitationKind.SELF))
#: Goes on a list: signs, ``và``, a bracket with an explanation.
_JOIN_RE = re.compile(
    r"[”\"’)\]*¹²³⁰⁴-⁹.…]*\s*(?:\([^()\n]{0,200}\))?[¹²³⁰⁴-⁹.…]*\s*"
    r"(?:(?:[,;/+&]|và|VÀ|hoặc|hay|cùng|cùng với|cũng như)[\s.…]*){1,3}(?:\(?(?:\d{1,2}|[a-zđ])[.)]\s+)?"
    r"(?:các|số|tại|của|theo|cả)?\s*[“\"(*]*"
)
_LIST_END_RE = re.compile(r"(?:[,;]|\svà)\s*(?:và\s+)?(?:\(?(?:\d{1,2}|[a-zđ])[.)]\s+)?(?:các\s+|số\s+)?[“\"*]*$")


def govern_all(text: str, mentions: Iterable[Found], owner: Owner) -> None:
    """Set what governs each mention; they come in reading order, those of notes apart from those of the text."""
    holding: list[Found] = []  # the mentions in whose titles we stand, outermost first
    issuing: Found | None = None
    leads = Leads(text)
    for found in mentions:
        left: list[Found] = []
        while holding and found.start >= holding[-1].close:
            left.append(holding.pop())
        if left:
            left[-1].close = max(one.close for one in left)
        before = _sibling(text, left, found)
        if before is not None and before is not left[-1]:
            after = left.index(before) + 1
            holding.extend(reversed(left[after : after + _DEEPEST]))
        floor = before.close if before else holding[-1].reach if holding else 0
        if before is not None:
            found.outer = _outer(text, before, found)
        governing = _govern(text, found, min(floor, found.left), before, leads)
        if governing.given and not found.cell:
            governing = _over_line(text, found, before) or governing
        if governing.given and issuing and owner.issued(found) and _listed_on(text, issuing, found):
            governing = issuing.governing or governing
        if holding and before is None and governing.relation is Relation.ISSUES and governing.evidence:
            # "Quyết định số … phê duyệt Đề án …": what the paper approves stands as the paper stands.
            governing = holding[-1].governing or governing
        found.governing = owner.settle(found, governing)
        if not holding and found.governing.relation is Relation.ISSUES:
            issuing = found
        holding.append(found)


def _over_line(text: str, found: Found, before: Found | None) -> Governing | None:
    """What the line above governs, where a paragraph was torn before a capital (``thực hiện``, ``Chỉ thị``)."""
    line = text.rfind("\n", max(0, found.left - 3), found.left)
    if line < 0 or text[line : found.left].strip():
        return None
    above = text.rfind("\n", max(0, line - WINDOW), line) + 1
    last = text[above:line].rstrip()[-1:]
    if last in (";", ",") and before is not None and before.start >= above:
        return _inherited(text, before, "; ", found.outer is not None, found.type)
    if not (last.islower() or last == ","):
        return None
    low = max(above, before.close if before else above)
    touching = adjacent(text, low, line)
    if touching or line - above >= _SHORTEST_LINE:
        return touching or near_free(text, low, line)
    return deed_at_head(text, low, line, None)  # "Điều 2. Bãi bỏ toàn bộ"


_SHORTEST_LINE = 30


def _sibling(text: str, left: Sequence[Found], found: Found) -> Found | None:
    """Of the mentions just left, innermost first, the one that a mention goes on from.

    Mostly the outermost; ``được sửa đổi bởi Nghị định A và Nghị định B`` goes on inside.
    """
    if len(left) < 2:
        return left[0] if left else None
    inner, outer = left[0], left[-1]
    between = text[inner.close : found.left] if found.left - inner.close < WINDOW else ";"
    if ";" in between or ")" in between or not _JOIN_RE.fullmatch(between):
        return outer
    for one in left[:_DEEPEST]:
        acted = one.governing is not None and one.governing.direction is Direction.ACTIVE
        if one.type == found.type and not (acted and _amends(text, found)):
            return one
    return outer if outer.type == found.type else inner


_AMENDING_RE = re.compile(r"(?:về\s+)?(?:việc\s+)?sửa đổi", re.IGNORECASE)


def _amends(text: str, found: Found) -> bool:
    """Whether a document's title says that it amends another: it goes on a list of amending ones."""
    title = found.mention.title_span if found.mention else None
    return title is not None and _AMENDING_RE.match(text, title[0]) is not None


_DEEPEST = 4


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


def _govern(text: str, found: Found, floor: int, before: Found | None, leads: Leads) -> Governing:
    same = before is not None and _one_sentence(text, floor, found.left)
    sentence = floor if same else sentence_start(text, found.left)
    low = max(sentence, min(floor, found.left))
    between = text[low : found.left]
    if not same and _SUBJECT_RE.fullmatch(without_label(text, low, found.left)):
        right = right_of(text, found.reach)
        if right:
            return right
    touching = adjacent(text, low, found.left)
    joined = same and _JOIN_RE.fullmatch(between)
    if joined and before and before.governing and before.governing.direction is Direction.PASSIVE:
        return _inherited(text, before, between, found.outer is not None, found.type)
    if touching is None or touching.relation in (Relation.CITES, Relation.PROMULGATED_WITH):
        # Behind a mention of the same sentence only a semicolon begins a clause of its own.
        head = low + between.rfind(";") + 1 if same else low
        deed = deed_at_head(text, head, found.left, touching) if head > low or not same else None
        if deed:
            return deed
    if touching and not touching.weak and touching.relation is not Relation.PROMULGATED_WITH:
        return touching
    if same and before is not None and _APPOSED_RE.fullmatch(between):
        return _apposed(before)
    semicolon = between.rfind(";") + 1 if same else 0
    attached = touching is not None and touching.relation is Relation.PROMULGATED_WITH
    stop = touching.evidence.start if attached and touching and touching.evidence else found.left
    free = near_free(text, low + semicolon, stop, attached=attached)
    at = free.evidence.start if attached and free and free.direction and free.evidence else 0
    if free and at and _SUFFERED_RE.search(text, max(low, at - 8), at):
        free = replace(free, direction=Direction.PASSIVE)  # "được thay thế bằng Phụ lục … ban hành kèm theo …"
    if touching:
        if attached and free is None and same and before and _ATTACHED_ITEM_RE.match(between):
            return _inherited(text, before, between, found.outer is not None, found.type)
        if free and free.relation in DEEDS and (touching.weak or touching.relation is Relation.PROMULGATED_WITH):
            return free
        return free if free and (free.relation is Relation.BASED_ON or bracketed(between)) else touching
    itself = acting(text, found.left, found.reach) if free is None else None
    if itself:
        return itself
    listed = same and before and not free and _ATTACHED_ITEM_RE.match(between)
    listed = listed or _JOIN_RE.fullmatch(between) or _LIST_END_RE.search(between) or _OPEN_END_RE.search(between)
    if free and not (same and _JOIN_RE.fullmatch(between)):
        return free
    if same and before is not None and listed:
        return _inherited(text, before, between, found.outer is not None, found.type)
    return leads.of(found, sentence) or GIVEN


_SUFFERED_RE = re.compile(r"(?<![^\W\d_])(?:được|bị)\s$")
#: What may stand before the first subject of a sentence: ``Các``, ``Toàn bộ``; a note's mark.
_SUBJECT_RE = re.compile(
    rf'(?:[{MARKS}]{{1,3}}|\[\d{{1,3}}\])?[\s“"*]*(?:(?:[Cc]ác|[Nn]hững|[Hh]ai|[Bb]a|[Tt]oàn bộ|[Cc]ả)\s+){{0,2}}'
)
#: Nothing was read: a mere mention.
GIVEN = Governing(Relation.CITES, None, None, given=True)
#: A document and, in brackets right behind it, the paper it came with: ``Đề án X (Quyết định số …)``.
_APPOSED_RE = re.compile(r"[”\"*¹²³⁰⁴-⁹]*\s*\((?:(?:theo|tại|kèm theo|ban hành theo|ban hành kèm theo|là)\s)?")
#: A colon, a bracket or nothing at all: the list goes on.
_OPEN_END_RE = re.compile(r"[:(]\s*$|^\s*$")
_LONGEST_GAP = 900
_LONGEST_LIST = 3000


def _one_sentence(text: str, floor: int, at: int) -> bool:
    """Whether no sentence ends between two mentions that stand near enough."""
    return floor >= at or (at - floor <= _LONGEST_GAP and SENTENCE_END_RE.search(text, floor, at) is None)


def _apposed(before: Found) -> Governing:
    return before.governing or GIVEN


#: ``; số thứ tự 4 mục B Danh mục ban hành kèm theo``: the list goes on with a part of what came with a paper.
_ATTACHED_ITEM_RE = re.compile(
    r"[^;]{0,400};\s*(?:và\s+)?(?:các\s+|thủ tục\s+(?:tại\s+)?)?"
    r"(?:số thứ tự|mục|phần|điều|khoản|điểm|danh mục|phụ lục)(?![^\W\d_])",
    re.IGNORECASE,
)
#: A verb behind a type word is of a title: ``ban hành Nghị quyết sửa đổi Nghị quyết số …``.
_TITLED_RE = re.compile(
    r"(?:luật|pháp lệnh|nghị định|nghị quyết|quyết định|thông tư|kế hoạch|văn bản|dự thảo|về|việc)\s+"
    r"(?:(?:sửa đổi|bổ sung|thay thế|bãi bỏ|hoặc|và),?\s+)*$",
    re.IGNORECASE,
)


def _inherited(text: str, before: Found, between: str, inside: bool, kind: str | None) -> Governing:
    """What governs the list goes on; a bracket that closed takes its own words (``sửa đổi bởi``) with it.

    Behind a semicolon, words inside a title (``quy định chi tiết Luật X; …``) have lost their force; a deed whose
    subject is a body (``tỉnh thay thế Quyết định A; Quyết định B``) goes on with documents of its type.
    """
    governing = before.governing
    closed, opened = between.find(")"), between.find("(")
    if closed >= 0 and not 0 <= opened < closed and before.outer is not None and before.outer.governing:
        governing = before.outer.governing
    if governing is None:
        return GIVEN
    behind = governing.evidence is not None and governing.evidence.start >= before.close + len(between)
    if inside or behind:
        return governing  # one verb behind all of its subjects: "A; B và C hết hiệu lực"
    if ";" in between and governing.evidence and (governing.direction or governing.relation is Relation.GUIDES):
        sentence = sentence_start(text, governing.evidence.start)
        head = LABEL_RE.match(text, sentence)
        first = max(sentence, head.end() if head else sentence)
        listing = ":" in text[governing.evidence.end : min(before.start, governing.evidence.end + _LONGEST_LIST)]
        at = governing.evidence.start
        titled = _TITLED_RE.search(text, max(sentence, at - 60), at) is not None or before.type != kind
        if at > first + 2 and not listing and (titled or governing.direction is not Direction.ACTIVE):
            return _outside_title(text, sentence, at)
    return governing


def _outside_title(text: str, sentence: int, at: int) -> Governing:
    """The nearest verb to the left that is not of a title (``sửa đổi``, ``quy định chi tiết``)."""
    free = nearest_free(text, sentence, at)
    while free and free.evidence and free.relation in NEAR_ONLY:
        free = nearest_free(text, sentence, free.evidence.start)
    return free or GIVEN
