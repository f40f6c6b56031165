"""TGT in tables: levels, results and verdicts that stand in columns, beside what running text says of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from graphs.checks.goals.judged import (
    MOST_BEHIND_RE,
    MOST_NAMED_RE,
    MOST_RE,
    Judged,
    is_harm,
    judged_in_text,
    wants_less,
)
from graphs.checks.goals.judged_answers import judged_answers
from graphs.checks.goals.judged_apart import judged_apart
from graphs.checks.goals.judged_named import judged_named
from graphs.checks.goals.reckoned_items import BEGAN_RE
from graphs.checks.goals.verdict_columns import cells_of, judged_in_columns, on_the_way
from graphs.checks.reading.arithmetic import decimal
from graphs.checks.reading.forms import signs_of
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import Bilingual, both
from kb.goals import MET, read_columns
from kb.models import Comparator, Figure, Finding, Severity, Span, Target

#: Harm that is put right: more of that is better.
_MENDED_RE = re.compile(r"\b(?:khắc phục|xử lý|giải quyết|thu hồi|xóa|xoá)\b", re.IGNORECASE)
_YEAR_RE = re.compile(r"\b(?:19|20)\d\d\b")


def check_judged(
    subject: Subject, tally: Tally, rule: Rule, right: Set[tuple[int, int]], sound: Set[Span]
) -> Iterator[Finding]:
    """What a sentence or a row says of a level is what result and level give; what is known as right is left."""
    found = (
        *judged_in_text(subject),
        *judged_answers(subject),
        *judged_over_sentences(subject),
        *judged_named(subject),
        *judged_in_rows(subject),
        *judged_in_columns(subject),
    )
    seen: set[Span] = set()
    for where, judged in found:
        if judged.met == judged.reached:
            tally.held += 1
            continue
        if any(span.start <= judged.goal.span.start < span.end for span in sound):
            continue
        if judged.result.span in seen or (judged.goal.table, judged.goal.row) in right:
            continue
        seen.add(judged.result.span)
        tally.failed += 1
        vi, en = ("đạt", "met") if judged.met else ("chưa đạt", "missed")
        bound = ("không quá", "at most") if judged.most else ("ít nhất", "at least")
        unit = "" if judged.goal.unit in (None, "%") else f" {judged.goal.unit}"
        away = both(" theo chiều ngược lại", ", the other way") if judged.away else both("", "")
        away = away or among_others(subject, judged.result.span, judged.result.value)
        yield rule.finding(
            (judged.result.span,),
            f"ghi mục tiêu {vi}, nhưng mức đặt ra {bound[0]} {judged.goal.printed}{unit}, kết quả"
            f" {judged.result.printed}{away}",
            f"the goal is said to be {en}, but it is {bound[1]} {judged.goal.printed}{unit} and the result is"
            f" {judged.result.printed}{away.en}",
            stated="Đạt" if judged.met else "Không đạt",
            expected="Đạt" if judged.reached else "Không đạt",
            evidence=(judged.goal.span,),
            suggestion=both("đối chiếu mục tiêu, kết quả và đánh giá", "compare goal, result and verdict"),
            # What reached its level may yet be missed for another reason.
            severity=None if judged.met and not judged.supposed else Severity.WARNING,
            page=where.block.page if where else judged.result.page,
        )


def among_others(subject: Subject, held: Span, value: str | None) -> Bilingual:
    """Which of the results that a cell tells year by year was held: that of when, and what the others are.

    Empty where the cell tells no other.
    """
    cells = [one for one in subject.figures if one.table is not None and held.start <= one.span.start < held.end]
    own = next((one for one in cells if one.value == value and _YEAR_RE.search(one.period or "")), None)
    if own is None:
        return both("", "")
    when = str(own.period).lower()
    others: dict[str, str] = {}
    for one in cells:
        period = str(one.period).lower()
        if period != when and one.unit == own.unit and _YEAR_RE.search(period):
            others.setdefault(period, one.printed)
    if not others:
        return both("", "")
    told = ", ".join(f"{period}: {printed}" for period, printed in others.items())
    return both(" ({when}; cùng ô còn {told})", " ({when}; the cell also tells {told})", when=when, told=told)


def reached(target: Target) -> bool | None:
    """Whether the result reaches the level; None where one of them has no number, or they are of unlike kinds."""
    level, result = decimal(target.value), decimal(target.result.value) if target.result else None
    if BEGAN_RE.search(target.text):
        return None  # it is to fall from the one to the other
    comparator = target.comparator
    if comparator is Comparator.EQUAL and target.table is not None:
        if any(MOST_NAMED_RE.search(words) for words in (target.metric, target.text)):
            comparator = Comparator.AT_MOST
        elif wants_less(target.text):
            return None  # a level of what should be little may be a most
    elif comparator is Comparator.EQUAL and is_harm(target.metric):
        told = f"{target.text} {target.result.text if target.result else ''}"
        if not _MENDED_RE.search(told):
            return None
    if level is None or result is None or target.result is None or target.unit != target.result.unit:
        return None
    if target.unit != "%" and (target.table is not None or not target.unit):
        return None
    return {
        Comparator.AT_LEAST: result >= level,
        Comparator.EQUAL: result >= level,
        Comparator.MORE: result > level,
        Comparator.AT_MOST: result <= level,
        Comparator.LESS: result < level,
        Comparator.INCREASE: result >= level,
        Comparator.DECREASE: result >= level,
    }.get(comparator)


#: One of these stands in all that is said of a result.
_SAID_IN = ("hoàn thành", "đạt", "đều", "vượt", "% kế hoạch", "% chỉ tiêu")


def judged_over_sentences(subject: Subject) -> Iterator[tuple[Stated, Judged]]:
    """Results, goals and verdicts of running text that stand in sentences one after another."""
    for where in stated(subject) if not subject.is_rule() else ():
        text = where.text
        if len(where.figures) > 1 and any(word in text for word in _SAID_IN):
            for judged in judged_apart(signs_of(where)):
                yield where, judged


_LEAST_IN_CELL_RE = re.compile(
    r"\b(?:ít nhất|tối thiểu|không dưới|từ|trên|đạt|có|bình quân)\b|trở lên", re.IGNORECASE
)


def judged_in_rows(subject: Subject) -> Iterator[tuple[None, Judged]]:
    """Rows of tables of goals whose level and result are one number each of one unit that is no rate."""
    rows: dict[tuple[int, int], list[Target]] = {}
    for target in subject.targets:
        if target.table is not None and target.row is not None and target.verdict:
            rows.setdefault((target.table, target.row), []).append(target)
    cells = cells_of(subject) if rows else {}
    for (table, row), targets in rows.items():
        columns = read_columns(subject.document.tables[table])
        if columns is None or columns.result is None or len(targets) != 1 or targets[0].unit == "%":
            continue
        if on_the_way(subject.document.tables[table]):
            continue
        levels = cells.get((table, row, columns.goal), [])
        results = cells.get((table, row, columns.result), [])
        words = subject.document.tables[table].rows[row].cells[columns.goal].text or ""
        if len(levels) != 1 or len(results) != 1:
            continue
        judged = _judged_row(levels[0], results[0], words, (targets[0].verdict or "") in MET)
        if judged is not None:
            yield None, judged


def _judged_row(goal: Figure, result: Figure, words: str, met: bool) -> Judged | None:
    units = [(one.unit or "").lower().split(" ")[0] for one in (goal, result)]
    if "%" in units or not units[0] or units[1] not in ("", units[0]) or goal.of or result.of:
        return None
    before = words[: goal.inside.start] if goal.inside else words
    behind = words[goal.inside.end :] if goal.inside else ""
    most = bool(MOST_RE.search(before) or MOST_BEHIND_RE.match(behind))
    least = bool(_LEAST_IN_CELL_RE.search(words))
    if not most and not least and wants_less(words):
        return None
    if result.bound == "~" or goal.bound == "~":
        return None
    return Judged(result, goal, met, most)
