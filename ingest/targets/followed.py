"""Goals that a paper tells of what was, with what the other clauses of their paragraph say came of them.

``Nghị quyết đề ra có 60 thôn kiểu mẫu; kết quả có 58 thôn, chưa đạt``: goals that are known get what stands behind
them, what is known only by its answer becomes a goal, and what was taken for one is part of an answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from ingest.figures.measures import measure
from ingest.figures.quantities import Quantity
from ingest.targets.asked import asked, name_of
from ingest.targets.behind import Told, of_another, told_behind, turns
from ingest.targets.came_of import Goal, came_of, comes_down
from ingest.targets.contexts import Context
from ingest.targets.judgements import judged
from ingest.targets.levels import read_level
from ingest.targets.met_first import met_first
from ingest.targets.metrics import metric_of_level
from ingest.targets.papers import tells
from ingest.targets.worded import level_quantities
from kb.models import Comparator, Document, Span, Target, TextBlock
from kb.text.sentences import sentence_start, split_sentences

_GATE_RE = re.compile(r"đạt|vượt|hoàn thành|thiếu|hụt|thực tế|kết quả|thực hiện|bằng", re.IGNORECASE)
#: A level behind the verdict that it was passed: "vượt mức 5,8 tấn/ha đề ra".
_PASSED_RE = re.compile(r"\bvượt\s+(?:so với\s+)?mức\s+$", re.IGNORECASE)
#: A sentence that goes on about the goal before it.
_BEHIND_RE = re.compile(r"\.\s+(?:Đây là|Như vậy|Đánh giá|Kết quả này)(?![^\W\d_])")
#: What a plan is of, between it and its level: "vượt mục tiêu giải ngân 95%"; no words that say who gave it when.
_NAMED_RE = re.compile(
    r"\b(?:mục tiêu|chỉ tiêu)\s+(?P<name>(?!(?:là|giao|được|đề ra|đặt ra|cả|năm|của|do|tại|theo|tỉnh|huyện|xã"
    r"|ngành|từ|trên|dưới|ít nhất|tối thiểu|không quá|giảm|tăng)\b)"
    r"(?:(?!\b(?:giao|đề ra|đặt ra|năm)\b)[^\W\d_]+\s+){1,5}?"
    r"[^\W\d_]+)(?:\s+(?:đạt|là))?\s+$"
)
#: What makes a target of a clause: its place, its level, how that is meant, what stands over it.
Make = Callable[[tuple[int, int], Quantity | None, Comparator, Context], Target]


def with_followed(
    document: Document, block: TextBlock, targets: list[Target], context: Context, make: Make
) -> list[Target]:
    """The targets of a paragraph that tells what was, with what its other clauses say of result and verdict.

    `make`: the target of a clause, of its level, how that is meant, and what stands over it.
    """
    text = document.block_text(block).replace("\n", " ")
    if not tells(document, context) or not _GATE_RE.search(text):
        return targets
    goals = sorted(_goals(document, block, text, targets), key=lambda one: one.at)
    held = [(one.level.start if one.level else one.at, _sets(text, one)) for one in goals]
    met = list(met_first(text))
    reached_ones = {reached.start for _, reached, _ in met if reached}
    for one in asked(text, held):
        if one.level and one.level.start in reached_ones:
            continue  # "cho mượn 74.800 cuốn; vượt chỉ tiêu 70.000 cuốn": what the clause behind judges
        target = make(one.place, one.level, one.comparator, context)
        target = replace(target, metric=name_of(text, one.begins, one.level, one.at, target.metric))
        targets.append(target)
        goals.append(Goal(target, one.level, one.place[0], one.at, one.told))
    for level, reached, told in met:
        known = next((at for at, one in enumerate(goals) if one.level and one.level.start == level.start), None)
        if known is not None:
            if goals[known].told is None and told.said is None and _BEHIND_RE.search(text, level.end):
                continue  # "(mục tiêu 400 trang). Đây là chỉ tiêu vượt": what stands behind judges it
            goals[known] = _met(text, goals[known], reached, told)
            targets[:] = [
                goals[known].target if one.level == goals[known].target.level else one for one in targets
            ]
            continue
        low = sentence_start(text, level.start)
        passed = _PASSED_RE.search(text, low, level.start)
        how = Comparator.EQUAL if passed else read_level(text, level.start, level.end)[0]
        target = make((low + len(text[low:]) - len(text[low:].lstrip()), _end(text, level)), level, how, context)
        goals.append(_met(text, Goal(target, level, low, level.end, told), reached, told))
        targets.append(goals[-1].target)
    return _with_told(document, block, text, targets, sorted(goals, key=lambda one: (one.told is None, one.at)))


def _met(text: str, goal: Goal, reached: Quantity | None, told: Told) -> Goal:
    """A goal that is held against a number before it, called by what that number is of."""
    if reached is None:
        return goal if goal.told else replace(goal, told=told)
    named = _NAMED_RE.search(text, 0, goal.level.start) if goal.level else None
    name = named["name"] if named else metric_of_level(text, reached, measure(text, reached).what, None)
    target = replace(goal.target, metric=name or goal.target.metric)
    kept = goal.told and (goal.told.low <= reached.start or (goal.told.said and told.said is None))
    return replace(goal, target=target, told=goal.told if kept else told)


def _end(text: str, level: Quantity) -> int:
    """Where the clause of a level ends."""
    return next(
        (high for low, high in split_sentences(text, clauses=True) if low <= level.start < high), len(text)
    )


def _with_told(
    document: Document, block: TextBlock, text: str, targets: list[Target], goals: Sequence[Goal]
) -> list[Target]:
    """The targets with what is told of them, but for those that are only part of what is told."""
    done: dict[int, Target] = {}
    gone: list[Span] = []
    for goal in goals:
        if any(_overlap(goal.target.level or goal.target.span, span) for span in gone):
            continue
        beside = [one for one in goals if one.low == goal.low and one is not goal]
        behind = [one.low for one in goals if one.low > goal.low and _sets(text, one)]
        told = goal.told or told_behind(text, goal.low, goal.at, max(min(behind, default=len(text)), goal.at))
        if (
            told is None
            or of_another(text, told.said, goal.level)
            or any((one.level.start if one.level else one.at) < told.low for one in beside)
        ):
            continue  # several levels of one clause: which of them is meant is not said
        found = _answered(document, block, text, goal, told)
        done[id(goal.target)] = found
        gone.append(document.reading.hull(block.view.start + told.low, block.view.start + told.end))
        if found.result is not None:
            gone.append(found.result.span)
    kept = [one for one in targets if id(one) in done or not any(_is_told(one, span) for span in gone)]
    return [done.get(id(one), one) for one in kept]


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _is_told(target: Target, span: Span) -> bool:
    """Whether what was taken for a goal is part of an answer."""
    return _overlap(target.level, span) if target.level else _overlap(target.span, span)


_GOAL_WORDS_RE = re.compile(
    r"\b(?:mục tiêu|chỉ tiêu|phấn đấu|yêu cầu|kế hoạch|đề ra|đặt ra|giao|phải đạt)\b", re.IGNORECASE
)
_ITEM_RE = re.compile(r"\s*(?:\(?(?:\d{1,2}|[a-zđ])\)|[-–+])\s")


def _sets(text: str, goal: Goal) -> bool:
    """Whether the words of a goal set it, or it is an item: what stands there is no answer to the one before."""
    level = goal.level.start if goal.level else goal.at
    words = text[goal.low : level]
    if _ANSWERED_RE.search(words):
        return False
    return (
        goal.target.comparator is not Comparator.EQUAL
        or goal.target.value is None
        or bool(_ITEM_RE.match(text, goal.low) or _GOAL_WORDS_RE.search(words))
    )


#: "kết quả trồng 1.620 ha, vượt 8%": how far beyond its level something came.
_ANSWERED_RE = re.compile(
    r"^\W*(?:kết quả|thực tế|đến nay|hiện)(?![^\W\d_])[^;]*\d[^;]*(?:vượt|thiếu|hụt|bằng|tăng|giảm)\s*$",
    re.IGNORECASE,
)


def _goals(document: Document, block: TextBlock, text: str, targets: Sequence[Target]) -> Iterator[Goal]:
    start = block.view.start
    clauses = split_sentences(text, clauses=True)
    by_place = {
        document.reading.hull(start + one.start, start + one.end).start: one for one in level_quantities(text)
    }
    by_start = {document.reading.hull(start + low, start + low + 1).start: (low, high) for low, high in clauses}
    for target in targets:
        level = by_place.get(target.level.start) if target.level else None
        if level is not None:
            low = max((one for one, _ in clauses if one <= level.start), default=0)
            yield Goal(target, level, low, level.end)
        elif target.value is None and (place := by_start.get(target.span.start)):
            end = place[1] - (text[place[1] - 1] in ".;")
            turn = turns(text, place[0], end)
            yield Goal(target, None, place[0], turn or end)


def _answered(document: Document, block: TextBlock, text: str, goal: Goal, told: Told) -> Target:
    target = goal.target
    if target.verdict is None:
        target = judged(document, block, target, told.said)
    if comes_down(text, goal) and target.comparator is Comparator.EQUAL:
        target = replace(target, comparator=Comparator.AT_MOST)
    target = replace(target, metric=_RUNS_ON_RE.sub("", target.metric) or target.metric)
    known = target.result
    if known is not None and known.value is not None and (known.unit == "%") == (target.unit == "%"):
        return target
    return replace(target, result=came_of(document, block, text, goal, told) or known)


#: What a name runs on into: the verdict, what came of it.
_RUNS_ON_RE = re.compile(
    r"(?:,|\s[-–])?\s+(?:(?:không|chưa) (?:hoàn thành|đạt)|như vậy|vì (?:vậy|thế)|do (?:đó|vậy)"
    r"|được (?:đánh giá|xác nhận)"
    r"|(?:cũng |đều )?đã (?:đạt|vượt|hoàn thành))(?![^\W\d_]).*$"
    r"|,\s(?:[^\W\d_]+\s){0,2}(?:thực hiện|kết quả|đã|mới|chỉ|đến)\s.*\d.*$|\s+(?:nhưng|song)\s.*$"
    r"|\s[-–]\s(?:mới|thực hiện|đã|kết quả|đạt)\s.*$"
    r"|,\s(?:kế hoạch|mục tiêu|chỉ tiêu)(?:\s+năm)?(?:\s+(?:là|giao))?$"
)
