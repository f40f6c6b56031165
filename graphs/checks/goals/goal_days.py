"""TGT of one goal that is told at two places with two days by which it is to be reached, or with two levels."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from graphs.checks.goals.goal_levels import are_apart, check_levels_twice
from graphs.checks.reading.named import plain_name
from graphs.checks.reading.periods import told_period
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import Comparator, Finding, Target
from kb.text.words import cut_short

#: What goes on, and what is told stage by stage, has a level at several times.
_ON_RE = re.compile(r"\b(?:duy trì|giữ vững|tiếp tục|hằng năm|hàng năm|mỗi năm|từng năm|ổn định)\b", re.IGNORECASE)
#: A level that another body set, beside the paper's own.
_OTHERS_RE = re.compile(
    r"\b(?:cả nước|toàn quốc|trung ương|chính phủ giao|tỉnh giao|bộ giao|cấp trên)\b", re.IGNORECASE
)
_WORD_RE = re.compile(r"[^\W\d_]+")
_LEADS_RE = re.compile(r"^(?:(?:tỷ lệ|có|phấn đấu|đạt|các|số)\s+)+")
_LIGHT = frozenset(("phấn", "đấu", "trong", "đến", "vào", "hết", "tối", "thiểu", "ít", "nhất", "có", "tỷ", "lệ"))
_FEWEST, _BEFORE = 6, 700


def check_days_of_goals(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``100% thủ tục … trong năm 2025`` at one place, ``đến năm 2026 … 100% thủ tục …`` at another."""
    groups: dict[tuple[str | None, str | None, tuple[str, ...]], list[tuple[Target, date]]] = defaultdict(list)
    for target in subject.targets if not subject.is_consolidated() else ():
        words = _words(target)
        day = _day(subject, target)
        if target.value is None or len(words) < _FEWEST or day is None or _ON_RE.search(target.text):
            continue
        groups[target.value, target.unit, words].append((target, day))
    for told in groups.values():
        first, day = told[0]
        for other, another in told[1:]:
            if another == day:
                tally.held += 1
                continue
            if other.eid == first.eid:
                continue  # the stages of one goal
            if (other.result is None) != (first.result is None):
                continue  # what came of it is told of the time past, and it is set anew for another
            tally.failed += 1
            level = f"{(other.value or '').replace('.', ',')}{other.unit if other.unit == '%' else ''}"
            name = cut_short(other.metric, 100)
            yield DAYS.finding(
                (other.level or other.span,),
                f"mục tiêu {level} “{name}” ghi {other.period}, chỗ khác ghi {first.period}",
                f"the goal of {level} “{name}” is set for {other.period}, elsewhere {first.period}",
                stated=other.period,
                expected=first.period,
                evidence=(first.level or first.span,),
                suggestion=both("thống nhất một thời hạn cho cùng một mục tiêu", "keep one day for one goal"),
                page=other.page,
            )
            break


def check_levels_of_goals(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``đến năm 2025, tỷ lệ … đạt 65%`` at one place, ``năm 2025, tỷ lệ … đạt ít nhất 60%`` at another."""
    told = list(_levels_in_text(subject, tally))
    yield from told
    for one in check_levels_twice(subject, tally, LEVELS) if not subject.is_consolidated() else ():
        if not any(one.spans[0] == other.spans[0] for other in told):
            yield one


def _levels_in_text(subject: Subject, tally: Tally) -> Iterator[Finding]:
    groups: dict[tuple[str | None, str | None, date, tuple[str, ...]], list[Target]] = defaultdict(list)
    for target in subject.targets if not subject.is_consolidated() else ():
        words = _words(target)
        told = told_period(target.period) if target.period else None
        floor = target.comparator in (Comparator.AT_LEAST, Comparator.EQUAL) and target.unit == "%"
        if not floor or target.value is None or told is None or target.table is not None or len(words) < _FEWEST:
            continue
        if not _OTHERS_RE.search(target.text):
            groups[target.unit, target.scope, told[1], words].append(target)
    for goals in groups.values():
        first = goals[0]
        for other in goals[1:]:
            if other.value == first.value:
                tally.held += 1
                continue
            if other.eid == first.eid or are_apart(subject, other, first):
                continue  # the stages of one goal
            tally.failed += 1
            one, another = (f"{(goal.value or '').replace('.', ',')}%" for goal in (first, other))
            name = cut_short(other.metric, 100)
            yield LEVELS.finding(
                (other.level or other.span,),
                f"mục tiêu “{name}” đến {other.period} ghi {another}, chỗ khác ghi {one}",
                f"the goal “{name}” for {other.period} is {another} here and {one} elsewhere",
                stated=another,
                expected=one,
                evidence=(first.level or first.span,),
                suggestion=both("thống nhất một mức cho cùng một mục tiêu", "keep one level for one goal"),
                page=other.page,
            )
            break


def _words(target: Target) -> tuple[str, ...]:
    """What a goal is of, word by word: its name, or where that is short its sentence without level and time."""
    name = plain_name(target.metric).rpartition("tỷ lệ ")[2]
    words = tuple(_WORD_RE.findall(_LEADS_RE.sub("", name)))
    if len(words) >= _FEWEST:
        return words
    text = target.text.replace(target.period or " ", " ")
    return tuple(word for word in _WORD_RE.findall(plain_name(text)) if word not in _LIGHT)


def _day(subject: Subject, target: Target) -> date | None:
    """The last day that a goal's own sentence tells; None where only a heading or a lead does."""
    period = " ".join((target.period or "").split())
    if not period:
        return None
    text = subject.document.text
    line = max(text.rfind("\n\n", 0, target.span.start), target.span.start - _BEFORE, 0)
    if period not in " ".join(text[line : target.span.end].split()):
        return None
    told = told_period(period)
    return told[1] if told else None


DAYS = rule("TGT-022", check_days_of_goals)
LEVELS = rule("TGT-026", check_levels_of_goals)
GOAL_DAY_RULES = (DAYS, LEVELS)
