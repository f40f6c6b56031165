"""TGT of goals that are judged by their name, or all together, behind their levels and results.

``mục tiêu giải ngân vốn đầu tư công đã đạt`` in a paragraph of its own; ``cả 03 chỉ tiêu đều đạt`` behind results
with their plans in brackets; ``đã hoàn thành mục tiêu giảm trên cả ba tiêu chí`` where one of the three rose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from graphs.checks.goals.judged import LESS_RE, MOST_BEHIND_RE, MOST_RE, Judged, alike
from graphs.checks.goals.judged_apart import END, PLANNED_AT_RE, levels_in, results_in
from graphs.checks.reading.counted import COUNT, DONE, read_count
from graphs.checks.reading.forms import PLANNED_RE, SIGN, WORDS, Signs, signs_of
from graphs.checks.reading.named import GENERAL, thing_words
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.report import Subject
from kb.models import BlockKind, Figure
from kb.text.sentences import split_sentences

#: A goal that is called by its name: "chỉ tiêu kết nạp đảng viên đã hoàn thành".
_CALLED_RE = re.compile(
    rf"\b(?:mục tiêu|chỉ tiêu)\s+(?P<name>(?!này|trên|đó|nêu|cụ thể|chủ yếu){WORDS}{{3,70}}?)\s+"
    rf"(?:đã\s+|được\s+|đều\s+)*(?P<never>(?:chưa|không)\s+)?{DONE}(?:\s+(?:vượt mức|đúng hạn|xong))?"
    rf"(?:\s+(?:theo\s+)?(?:kế hoạch|yêu cầu))?(?:\s+(?:đề ra|đặt ra|năm))?{END}",
    re.IGNORECASE,
)
_ASIDE = thing_words("năm đã được việc công tác của theo về đề ra kế hoạch nghị quyết giảm tăng kéo giao")
_WAY_RE = re.compile(r"\b(?P<way>tăng|giảm)(?:\s+(?:thêm|được))?\s*$", re.IGNORECASE)
_GOAL_WAY_RE = re.compile(r"\b(?P<way>tăng|giảm)\b[^.;:,]{0,45}$", re.IGNORECASE)
_WINDOW, _LONGEST, _BESIDE = 3, 900, 60


def judged_named(subject: Subject) -> Iterator[tuple[Stated, Judged]]:
    """Results and goals with what is said of them by name, or of all of them."""
    if subject.is_rule():
        return
    for where in _windows(subject):
        signs = signs_of(where)
        for found in _CALLED_RE.finditer(signs.text):
            if judged := _called(signs, found):
                yield where, judged
    for where in stated(subject):
        if "đều" in where.text and "(" in where.text:
            for judged in _all_with_plans(where):
                yield where, judged
    yield from _all_ways(subject)


def _windows(subject: Subject) -> Iterator[Stated]:
    """Paragraphs that judge a goal by its name, each with those right before it as one text."""
    document = subject.document
    blocks = sorted(document.blocks, key=lambda one: one.view.start)
    for at, block in enumerate(blocks):
        own = document.block_text(block) if block.kind is BlockKind.TEXT else ""
        if not ("ục tiêu" in own or "hỉ tiêu" in own) or not _CALLED_RE.search(own):
            continue
        first = block
        for before in reversed(blocks[max(0, at - _WINDOW + 1) : at]):
            if before.kind is not BlockKind.TEXT or block.view.end - before.view.start > _LONGEST:
                break
            first = before
        low, high = first.view.start, block.view.end
        inside = tuple(
            one
            for where in stated(subject)
            if low <= where.block.view.start < high
            for one in where.figures
            if one.view.end <= high
        )
        if len(inside) > 1:
            yield Stated(first, document.reading.text[low:high], inside)


def _called(signs: Signs, verdict: re.Match[str]) -> Judged | None:
    """A goal of that name with its level, and the only result of its unit told before the verdict."""
    name = thing_words(verdict["name"]) - GENERAL - _ASIDE
    goals = levels_in(signs, 0, verdict.start())
    goals = goals or list(PLANNED_AT_RE.finditer(signs.text, 0, verdict.start()))
    own = signs.text[signs.sentence_start(verdict.start()) : verdict.start()]
    if not name or len(goals) != 1 or PLANNED_RE.search(own):
        return None
    level, goal = goals[0], signs.of(goals[0]["goal"])
    start = signs.sentence_start(level.start())
    told = re.split(r"[.;]\s", signs.text[start : verdict.start()])[0]
    if not name <= thing_words(told):
        return None
    ahead, behind = signs.text[start : level.start("goal")], signs.text[level.end() : level.end() + 25]
    most = bool(MOST_RE.search(ahead) or MOST_BEHIND_RE.match(behind))
    way = _GOAL_WAY_RE.search(ahead)
    if way and not most:
        results = list(_changes(signs, level.end(), verdict.start(), goal, way["way"]))
    elif most or not LESS_RE.search(told):
        results = results_in(signs, level.end(), verdict.start(), goal)
    else:
        return None
    return Judged(results[0], goal, not verdict["never"], most) if len(results) == 1 else None


def _changes(signs: Signs, low: int, high: int, goal: Figure, way: str) -> Iterator[Figure]:
    """The changes of a stretch that go one way, in the unit of a goal."""
    for at, figure in signs.inside(low, high):
        if alike(figure, goal):
            found = _WAY_RE.search(signs.text, low, at)
            if found and found["way"].lower() == way.lower():
                yield figure


_WITH_PLAN_RE = re.compile(
    rf"\b(?:đạt|là|được|có)\s+(?P<result>{SIGN})[^.;:()]{{0,40}}?\((?:so với\s+)?"
    rf"(?:kế hoạch|chỉ tiêu|mục tiêu|KH|giao)(?:\s+(?:là|giao|năm))*\s*:?\s*(?P<goal>{SIGN})[^.;()]{{0,20}}\)",
    re.IGNORECASE,
)
_ALL_MET_RE = re.compile(
    rf"\b(?:cả|tất cả|các)\s+(?:các\s+|(?P<count>{COUNT})\s+)?(?:chỉ tiêu|mục tiêu|nội dung|nhiệm vụ)\b"
    rf"[^.;:]{{0,40}}?\bđều\s+(?:đã\s+|được\s+)*{DONE}",
    re.IGNORECASE,
)


def _all_with_plans(where: Stated) -> Iterator[Judged]:
    """Results with their plans in brackets, and in the same paragraph that all were met."""
    said = list(_ALL_MET_RE.finditer(where.text))
    if len(said) != 1:
        return
    signs = signs_of(where)
    found = list(_WITH_PLAN_RE.finditer(signs.text))
    if len(found) < 2 or read_count(said[0]["count"]) not in (None, len(found)):
        return
    for one in found:
        result, goal = signs.of(one["result"]), signs.of(one["goal"])
        before = signs.text[max(0, one.start() - _BESIDE) : one.start()]
        if alike(result, goal) and not LESS_RE.search(before):
            yield Judged(result, goal, True, False)


_THINGS = r"(?:tiêu chí|mặt|chỉ số)"
#: "giảm ít nhất 5% cả ba tiêu chí về số vụ, số người chết và số người bị thương"
_ALL_GOAL_RE = re.compile(
    rf"\b(?P<way>giảm|tăng)\s+(?:(?:ít nhất|tối thiểu|từ|trên|là)\s+)*(?P<goal>{SIGN})(?:\s+trở lên)?"
    rf"{WORDS}{{0,40}}?\b(?:cả|các)\s+(?:[^\W\d_]+|{SIGN}|\d+)\s+{_THINGS}{WORDS}{{0,140}}",
    re.IGNORECASE,
)
_ALL_REACHED_RE = re.compile(
    rf"(?<!chưa )(?<!không )\b{DONE}\s+(?:được\s+)?(?:mục tiêu|chỉ tiêu|kế hoạch)\b[^.;:]{{0,80}}?"
    rf"\bcả\s+(?P<count>{COUNT})\s+{_THINGS}"
    rf"|\b(?:mục tiêu|chỉ tiêu)\s+(?:kéo\s+)?(?:giảm|tăng)\b[^.;:]{{0,80}}?\bcả\s+(?P<many>{COUNT})\s+{_THINGS}\s+"
    rf"(?:đã\s+|đều\s+|được\s+)+{DONE}",
    re.IGNORECASE,
)


def _all_ways(subject: Subject) -> Iterator[tuple[Stated, Judged]]:
    """What is said to have fallen, or risen, in all respects by so much, and the first sentence that tells how."""
    document = subject.document
    texts = (document.block_text(block) for block in document.blocks if block.kind is BlockKind.TEXT)
    said = [
        count
        for text in texts
        if "ả " in text and ("tiêu" in text or "kế hoạch" in text)
        for found in _ALL_REACHED_RE.finditer(text)
        if not PLANNED_RE.search(text[: found.start()].rpartition(". ")[2])
        if (count := read_count(found["count"] or found["many"]))
    ]
    if not said:
        return
    signed = [
        (where, signs_of(where)) for where in stated(subject) if "tăng" in where.text or "giảm" in where.text
    ]
    goals = [(found, signs) for _, signs in signed for found in _ALL_GOAL_RE.finditer(signs.text)]
    levels = {(signs.of(found["goal"]).value, found["way"].lower()) for found, signs in goals}
    if len(levels) != 1:
        return
    goal, way = goals[0][1].of(goals[0][0]["goal"]), goals[0][0]["way"].lower()
    told = [
        (where, changes)
        for where, signs in signed
        for low, high in split_sentences(signs.text)
        if len(changes := _ways_of(signs, low, high, goal)) == said[0]
    ]
    level = Decimal(goal.value)
    kept = [all(one == way and Decimal(figure.value) >= level for one, figure in changes) for _, changes in told]
    for where, changes in told[:1] if not any(kept) else ():
        for one, figure in changes:
            yield where, Judged(figure, goal, True, False, one != way)


def _ways_of(signs: Signs, low: int, high: int, goal: Figure) -> list[tuple[str, Figure]]:
    """The changes that a sentence tells in the unit of a goal, each with its way, told with it or before it."""
    text = signs.text[low:high]
    if not re.search(r"so với|cùng kỳ", text, re.IGNORECASE) or _ALL_GOAL_RE.search(text):
        return []
    way, changes = "", []
    for part in re.finditer(rf"\b(?P<way>tăng|giảm)\b|(?P<figure>{SIGN})", text, re.IGNORECASE):
        if part["way"]:
            way = part["way"].lower()
        elif way and alike(figure := signs.of(part["figure"]), goal):
            changes.append((way, figure))
    return changes
