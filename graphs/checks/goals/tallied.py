"""What is counted of the verdicts of a table or a list: ``06 chỉ tiêu đạt, 04 chưa đạt``; ``đạt 8/8 chỉ tiêu``.

A count is held against the places that judge as many goals as it is of. A verdict that may be read in two ways,
met and more than met, is held against each.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from graphs.checks.goals.goal_counts import GOALS, GoalCount, goal_counts, may_count, sums_told
from graphs.checks.goals.verdict_places import VerdictPlace, verdict_places
from graphs.checks.report import Rule, Subject, Tally
from graphs.checks.restated.all_rows import is_of_year
from kb.bilingual import both
from kb.goals import read_columns
from kb.models import BlockKind, Figure, Finding, Span, Target, TextBlock
from kb.text.sentences import split_sentences

_YEAR_RE = re.compile(r"\bnăm (?:19|20)\d\d\b", re.IGNORECASE)
_COUNT_RE = re.compile(r"(?<![\w.,/])\d{1,3}(?=\s[^\W\d_])")
_NEAR, _BESIDE = 4000, 400


def goal_rows(subject: Subject) -> dict[tuple[int, int], str | None]:
    """The verdict of each row of the largest table of goals."""
    rows: dict[tuple[int, int], str | None] = {}
    for target in subject.targets:
        if target.table is not None and target.row is not None and is_judged(subject, target):
            rows[target.table, target.row] = target.verdict
    sizes = Counter(table for table, _ in rows)
    if not sizes:
        return {}
    largest = sizes.most_common(1)[0][0]
    return {key: verdict for key, verdict in rows.items() if key[0] == largest}


def is_judged(subject: Subject, target: Target) -> bool:
    """Whether a target's table has a column for what was reached or for how that is judged."""
    return target.table is not None and read_columns(subject.document.tables[target.table]) is not None


@dataclass(frozen=True, slots=True)
class CountedGoals:
    """What a sentence counts, its paragraph, and for each count the places that judge so many goals."""

    block: TextBlock
    told: tuple[GoalCount, ...]
    places: tuple[tuple[VerdictPlace, ...], ...]


def counted_goals(subject: Subject) -> Iterator[CountedGoals]:
    """What the text counts of goals met or missed, and where they are judged; the nearest place first."""
    document = subject.document
    found = [
        (block, told, text[low:high])
        for block in document.blocks
        if block.kind is BlockKind.TEXT and may_count(text := document.block_text(block))
        for low, high in split_sentences(text)
        if (told := goal_counts(text, low, high))
    ]
    places = verdict_places(subject) if found else []
    wholes = {one.whole for _, told, _ in found for one in told if one.whole and one.noun in GOALS}
    for block, told, sentence in found:
        near = _near(subject, block, sentence, places)
        yield CountedGoals(block, told, tuple(tuple(_meant(block, one, told, near, wholes)) for one in told))


def judged_counts(subject: Subject) -> Iterator[tuple[Figure, int, bool]]:
    """Counts with their whole (``7/8``), the table that judges so many goals, and whether it bears them out."""
    figures = {figure.view.start: figure for figure in subject.figures if figure.of}
    for goals in counted_goals(subject) if figures else ():
        for one, places in zip(goals.told, goals.places, strict=True):
            table = next((place for place in places if place.table is not None), None)
            figure = figures.get(goals.block.view.start + one.number[0])
            if figure is not None and table is not None and table.table is not None:
                ways = ways_to_count(one, goals.told, table.kinds)
                yield figure, subject.document.tables.index(table.table), one.count in ways


def check_tallied(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """``05 chỉ tiêu đạt, 04 chỉ tiêu chưa đạt`` counts the verdicts of the table, or list, of so many goals."""
    found = list(counted_goals(subject)) if not subject.is_rule() else []
    alone = Counter[str]()
    for goals in found:
        if len(goals.told) == 1 and goals.told[0].whole is None:
            alone[goals.told[0].verdict] += goals.told[0].count
    for goals in found:
        told = list(_held(subject, goals, alone, tally, by))
        yield from told or _added(subject, goals, tally, by)


def _away(place: VerdictPlace, block: TextBlock) -> int:
    return max(place.span.start - block.span.end, block.span.start - place.span.end, 0)


def _near(subject: Subject, block: TextBlock, sentence: str, places: Sequence[VerdictPlace]) -> list[VerdictPlace]:
    """The places of the time that a sentence tells, the nearest first."""
    years = " ".join(_YEAR_RE.findall(sentence))
    of_time = [place for place in places if place.table is None or is_of_year(years, subject, place.table)]
    return sorted(of_time, key=lambda place: _away(place, block))


def _meant(
    block: TextBlock,
    one: GoalCount,
    told: Sequence[GoalCount],
    near: Sequence[VerdictPlace],
    wholes: Set[int | None],
) -> list[VerdictPlace]:
    """The places whose verdicts a count is of: they judge as many goals as it is of, or as the counts come to."""
    if one.whole is not None:
        return [place for place in near if place.goals == one.whole]
    kinds = {other.verdict for other in told}
    together = sum(other.count for other in told) if len(kinds) == len(told) > 1 else 0
    if fit := [place for place in near if place.goals == together and _away(place, block) <= _NEAR]:
        return fit
    if not one.plain or not {other.noun for other in told} & set(GOALS):
        return []
    # Of the only goals that are judged, and counted elsewhere, or of those right beside.
    sizes = {place.goals for place in near}
    if len(sizes) == 1 and wholes == sizes:
        return list(near)
    return [place for place in near[:1] if _away(place, block) <= _BESIDE and len(kinds) > 1]


def ways_to_count(one: GoalCount, told: Sequence[GoalCount], kinds: Counter[str]) -> tuple[int, ...]:
    """How many verdicts a count may mean, the likeliest way to read it first; none where a place tells no such."""
    apart = {other.verdict for other in told}
    met = kinds["done"] + kinds["met"]
    if one.verdict in ("met", "done"):
        every = met + kinds["over"]
        ways = (every, every + kinds["nearly"])
        if one.verdict == "met":
            return ways
        return (met, *ways) if "over" in apart and not one.of else (*ways, met)
    if one.verdict == "missed" and not {"hard", "likely"} & apart:
        return (
            kinds["missed"],
            kinds["missed"] + kinds["nearly"],
            kinds["missed"] + kinds["hard"] + kinds["likely"],
        )
    if one.verdict == "over" and not kinds["over"]:
        return ()  # the place tells only whether a goal was met
    return (kinds[one.verdict],)


def _held(subject: Subject, goals: CountedGoals, alone: Counter[str], tally: Tally, by: Rule) -> Iterator[Finding]:
    """The counts that no place of so many goals bears out; the nearest place is told."""
    block, told = goals.block, goals.told
    for one, places in zip(told, goals.places, strict=True):
        ways = [(place, rows) for place in places if (rows := ways_to_count(one, told, place.kinds))]
        if not ways:
            continue
        mended = (ways_to_count(one, told, kinds) for place, _ in ways for kinds in place.mended)
        if any(one.count in rows for rows in (*(rows for _, rows in ways), *mended)):
            tally.held += 1
            continue
        if one.whole is None and len(told) == 1 and alone[one.verdict] in ways[0][1]:
            continue  # told part by part
        tally.failed += 1
        (place, rows), words = ways[0], _words(subject, block, one)
        vi, en = ("bảng", "table") if place.table is not None else ("danh mục", "list")
        span, text = _span(subject, block, one), subject.document.text
        printed = span.cut(text)
        yield by.finding(
            (span,),
            f"lời văn ghi “{words}”, nhưng {vi} có {rows[0]} dòng được đánh giá như vậy",
            f"“{words}” is said, but the {en} has {rows[0]} rows with that verdict",
            stated=printed,
            expected=f"{rows[0]}/{one.whole}" if "/" in printed else str(rows[0]),
            evidence=(_first_line(place.span, text),),
            suggestion=both(f"đếm lại theo các đánh giá của {vi}", f"count again by the verdicts of the {en}"),
            page=block.page,
        )


def _first_line(span: Span, text: str) -> Span:
    """Where a table or a list begins: its first line."""
    end = text.find("\n", span.start, span.end)
    return Span(span.start, span.end if end < 0 else end)


def _added(subject: Subject, goals: CountedGoals, tally: Tally, by: Rule) -> Iterator[Finding]:
    """Goals met and missed of one sentence that do not come to all of them."""
    block, told = goals.block, goals.told
    for one, right in sums_told(told):
        if _has_more(subject.document.block_text(block), told):
            continue
        tally.failed += 1
        words = _words(subject, block, one)
        others = ", ".join(f"“{_words(subject, block, other)}”" for other in told if other is not one)
        yield by.finding(
            (_span(subject, block, one),),
            f"lời văn ghi “{words}” bên cạnh {others}, không cộng thành {one.whole}",
            f"“{words}” beside {others} does not come to {one.whole}",
            stated=str(one.count),
            expected=str(right),
            evidence=tuple(_span(subject, block, other) for other in told if other is not one),
            suggestion=both("đếm lại số mục tiêu của từng đánh giá", "count the goals of each verdict again"),
            page=block.page,
        )


def _has_more(text: str, told: Sequence[GoalCount]) -> bool:
    """Whether what counts lack of their whole stands among them: ``22 bài: 4 xuất sắc, 17 đạt, 1 không đạt``."""
    low = max((text.rfind(mark, 0, told[0].start) for mark in (".", ";", ":")), default=-1) + 1
    lacking = (told[0].whole or 0) - sum(one.count for one in told)
    return any(int(found[0]) == lacking > 0 for found in _COUNT_RE.finditer(text, low, told[-1].end))


def _words(subject: Subject, block: TextBlock, one: GoalCount) -> str:
    return " ".join(subject.document.block_text(block)[one.start : one.end].split())


def _span(subject: Subject, block: TextBlock, one: GoalCount) -> Span:
    start = block.view.start
    return subject.document.reading.hull(start + one.number[0], start + one.number[1])
