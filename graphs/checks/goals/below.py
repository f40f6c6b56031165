"""TGT of a goal called met while a newer number of the same thing, or that of the very part, is under its level.

A number of the text is of a goal when its name opens as the goal does and has most of its words in one run; of two
goals that open alike it is of the one with which it shares the longer run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from graphs.checks.goals.judged import LESS_RE
from graphs.checks.goals.steps import read_steps
from graphs.checks.reading.arithmetic import show
from graphs.checks.reading.named import plain_name
from graphs.checks.reading.periods import told_period
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.reading.said import PLANNED_RE
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.goals import MET
from kb.models import BlockKind, Comparator, Figure, Finding, Target

_LEAST = (Comparator.AT_LEAST, Comparator.EQUAL, Comparator.MORE)
_CHANGE_RE = re.compile(
    r"\b(?:tăng|giảm|thêm|hơn|vượt|kém|chênh lệch)(?:\s+(?:thêm|được|khoảng|là))?\s*$", re.IGNORECASE
)
_SENTENCE_RE = re.compile(r"(?<=[^\d])[.;]\s")
_WORD_RE = re.compile(r"[^\W\d_]+")
_OPENS, _RUN, _NEAR, _BESIDE = 4, 4, 220, 2
#: A rate of one level of government is none of all.
_NARROWER = frozenset(("huyện", "xã", "phường"))


@dataclass(frozen=True, slots=True)
class _Measure:
    """A rate of the text: its figure, its name in words behind the opening, its period, what it is a part of."""

    figure: Figure
    words: tuple[str, ...]
    last: date | None
    whole: Figure | None


def check_below(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``tối thiểu 90%``, ``Đạt`` on the 87,9 % of last year, while the text has 85,9 % of this year."""
    if subject.is_rule():
        return
    goals = [one for one in subject.targets if one.value is not None and one.unit == "%" and _opening(one.metric)]
    met = [one for one in goals if one.verdict in MET and one.result and one.comparator in _LEAST]
    found: dict[tuple[str, ...], list[_Measure]] = {}
    low = [(where, where.text.lower().replace("tỉ lệ", "tỷ lệ")) for where in stated(subject)] if met else []
    for target in met:
        if LESS_RE.search(target.metric) or read_steps(target.text):
            continue
        opening = _opening(target.metric)
        if opening not in found:
            found[opening] = list(_measures(subject, opening, low))
        rivals = [one for one in goals if one is not target and _opening(one.metric) == opening]
        told = [one for one in found[opening] if _is_of(one, target, rivals) and _counts(one, target, subject)]
        under = [one for one in told if Decimal(one.figure.value) < Decimal(target.value or 0)]
        tally.held += len(told) - len(under)
        if under:
            tally.failed += 1
            yield _finding(subject, target, under)


@lru_cache(maxsize=1024)
def _opening(metric: str) -> tuple[str, ...]:
    words = tuple(_WORD_RE.findall(plain_name(metric)))
    return words[:_OPENS] if len(words) > _OPENS else ()


def _measures(
    subject: Subject, opening: tuple[str, ...], places: Sequence[tuple[Stated, str]]
) -> Iterator[_Measure]:
    """The rates of running text whose names open so, and those of notes that divide one of them."""
    targets = {span.start for one in subject.targets for span in (one.span, one.level) if span}
    first = " ".join(opening[:2])
    for where, text in places:
        if first not in text:
            continue
        for figure in where.figures:
            name = _name(where, figure, opening)
            if name is None or figure.span.start in targets:
                continue
            told = told_period(figure.period or "")
            yield _Measure(figure, name, told[1] if told else None, None)
            yield from _parts(subject, figure)


def _name(where: Stated, figure: Figure, opening: tuple[str, ...]) -> tuple[str, ...] | None:
    """The words of a rate's name behind its opening; None where it opens otherwise, or is no value reached."""
    if figure.unit != "%" or figure.of or figure.bound:
        return None
    start = where.start(figure)
    sentence = _SENTENCE_RE.split(where.text[max(0, start - _NEAR) : start])[-1]
    if " ".join(opening[:2]) not in sentence.lower().replace("tỉ lệ", "tỷ lệ"):
        return None
    if _CHANGE_RE.search(sentence) or PLANNED_RE.search(sentence):
        return None
    words = tuple(_WORD_RE.findall(plain_name(sentence)))
    at = next((at for at in range(len(words), -1, -1) if words[at : at + len(opening)] == opening), None)
    between = [one for one in where.figures if start - len(sentence) <= where.start(one) < start]
    if at is None or any(one.unit == "%" for one in between[-1:]):
        return None
    return words[at + len(opening) :]


def _parts(subject: Subject, whole: Figure) -> Iterator[_Measure]:
    """``đạt 87,9%⁹`` with the note ``Trong đó: nhóm cơ quan … đạt 87,5%; nhóm …``: parts of the rate."""
    end = whole.span.end
    notes = (one for one in subject.document.footnotes if one.anchor)
    note = next((one for one in notes if one.anchor and 0 <= one.anchor.start - end <= _BESIDE), None)
    if note is None or not note.text.lstrip().lower().startswith("trong đó"):
        return
    for host in stated(subject):
        if host.block.kind is not BlockKind.NOTE:
            continue
        for figure in host.figures:
            if figure.unit == "%" and any(part.start <= figure.span.start < part.end for part in note.parts):
                clause = re.split(r"[;:]", host.text[: host.start(figure)])[-1]
                yield _Measure(figure, tuple(_WORD_RE.findall(plain_name(clause))), None, whole)


def _is_of(measure: _Measure, target: Target, rivals: Sequence[Target]) -> bool:
    """Whether a rate is of a goal, and of none that opens alike."""
    own = _run(measure.words, target)
    return own >= _RUN and all(own > _run(measure.words, one) for one in rivals if one.value != target.value)


def _run(words: Sequence[str], target: Target) -> int:
    """The longest run of words that a name and a goal have in common behind the opening."""
    goal = _WORD_RE.findall(plain_name(target.metric))[_OPENS:]
    best = 0
    if len(frozenset(goal) & frozenset(words)) < _RUN:
        return best
    row = [0] * (len(goal) + 1)
    for word in words:
        row = [0, *(row[at] + 1 if word == other else 0 for at, other in enumerate(goal))]
        best = max(best, *row)
    return best


def _counts(measure: _Measure, target: Target, subject: Subject) -> bool:
    """Whether a rate tells of a goal what its result does not: it is newer, or the part that the goal is of."""
    result = target.result
    if result is None or result.value is None or measure.figure.value == result.value:
        return False
    if measure.whole is not None:
        return measure.whole.value == result.value
    in_cell = (one for one in subject.figures if (one.table, one.row) == (target.table, target.row))
    told = next((one for one in in_cell if one.value == result.value and one.period), None)
    period = told_period(told.period or "") if told else None
    narrower = frozenset(measure.words) & _NARROWER - set(_WORD_RE.findall(plain_name(target.metric)))
    return bool(period and measure.last and measure.last > period[1] and not narrower)


def _finding(subject: Subject, target: Target, low: Sequence[_Measure]) -> Finding:
    level = f"{show(Decimal(target.value or 0))}%"
    shown = "; ".join(
        f"{one.figure.printed} ({one.figure.period})" if one.figure.period else one.figure.printed for one in low
    )
    again = (one.level or one.span for one in subject.targets if one.id in target.same_as)
    return BELOW_LEVEL.finding(
        (target.span,),
        f"ghi “{target.verdict}” cho mức {level}, nhưng chỗ khác số mới hơn, hoặc số của đúng phần ấy, thấp hơn:"
        f" {shown}",
        f"“{target.verdict}” is stated for {level}, but a newer number, or that of its very part, is under it:"
        f" {shown}",
        stated=target.verdict,
        expected="Không đạt",
        evidence=tuple(dict.fromkeys((*(one.figure.span for one in low), *again))),
        suggestion=both(
            "đánh giá theo số mới nhất của đúng chỉ tiêu, hoặc nói vì sao không dùng số ấy",
            "judge by the newest number of the goal, or say why that is not used",
        ),
        page=target.page,
    )


BELOW_LEVEL = rule("TGT-023", check_below)
BELOW_RULES = (BELOW_LEVEL,)
