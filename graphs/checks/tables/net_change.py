"""FIG of a change that is told with what went and came: ``giảm 780 hộ``; ``912 hộ thoát nghèo, 132 hộ tái nghèo``.

Only what leaves and what enters the very things counted is weighed, each told once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from graphs.checks.reading.arithmetic import show
from graphs.checks.reading.moved import head
from graphs.checks.reading.prose import Stated, everywhere
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.models import Figure, Finding, Severity


@dataclass(frozen=True, slots=True)
class Moves:
    """Words for what leaves and what enters things of a name; a sentence that has all three."""

    name: str
    went: str
    came: str
    example: str


MOVES: tuple[Moves, ...] = (
    Moves(
        r"nghèo",
        r"thoát (?:cận )?nghèo",
        r"tái nghèo|nghèo phát sinh|phát sinh|nghèo tăng thêm|nghèo mới",
        "Còn 4.210 hộ nghèo, giảm 780 hộ. Có 912 hộ thoát nghèo; 132 hộ tái nghèo và phát sinh.",
    ),
    Moves(
        r"doanh nghiệp|hợp tác xã|cơ sở",
        r"giải thể|ngừng hoạt động|chấm dứt",
        r"thành lập mới|đăng ký mới|quay (?:lại|trở lại) hoạt động",
        "Có 412 hợp tác xã, tăng 16 hợp tác xã. Trong năm 28 hợp tác xã thành lập mới, 12 hợp tác xã giải thể.",
    ),
    Moves(
        r"đảng viên|hội viên|đoàn viên|biên chế|công chức|viên chức",
        r"nghỉ hưu|nghỉ việc|xóa tên|khai trừ|từ trần|chuyển đi",
        r"kết nạp|tuyển dụng|chuyển đến|tiếp nhận",
        "Có 640 viên chức, giảm 14 viên chức. Trong năm 36 viên chức nghỉ hưu; 22 viên chức tuyển dụng.",
    ),
)
_CHANGE_RE = re.compile(r"\b(?P<way>tăng|giảm)\s+(?:thêm\s+|được\s+)?$", re.IGNORECASE)
_AHEAD, _BEHIND, _NEAR = 30, 60, 2
_CLAUSE_RE = re.compile(r"[,;.:(]\s")


def check_net_change(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """A fall is what went less what came, a rise what came less what went."""
    for where in everywhere(subject) if not subject.is_rule() else ():
        if "iảm" in where.text or "tăng" in where.text:
            for moves in MOVES:
                yield from _held(where, moves, tally, by)


def _held(where: Stated, moves: Moves, tally: Tally, by: Rule) -> Iterator[Finding]:
    told = [one for one in where.figures if not one.of and not one.bound and one.unit not in (None, "%")]
    went = _as_one([one for one in told if _is(moves.went, where, one)])
    came = _as_one([one for one in told if one not in went and _is(moves.came, where, one)])
    changes = [
        (one, found["way"].lower())
        for one in told
        if (found := _CHANGE_RE.search(where.text[max(0, where.start(one) - _AHEAD) : where.start(one)]))
    ]
    if len(went) != 1 or len(came) != 1 or len(changes) != 1:
        return
    change, way = changes[0]
    stock = [one for one in told if where.end(one) <= where.start(change)]
    terms = (went[0], came[0])
    if not stock or change in terms or len({head(one) for one in (change, stock[-1], *terms)}) != 1:
        return
    name = where.text[where.start(stock[-1]) : where.start(change)]
    if not re.search(moves.name, name) or where.start(change) > min(map(where.start, terms)):
        return
    out, in_ = (Decimal(one.value) for one in terms)
    due, value = (out - in_ if way == "giảm" else in_ - out), Decimal(change.value)
    if due == value:
        tally.held += 1
        return
    if due <= 0 or max(due, value) > _NEAR * min(due, value):
        return
    tally.failed += 1
    first, second = terms if way == "giảm" else terms[::-1]
    sum_ = f"{first.printed} - {second.printed} = {show(due)}"
    yield by.finding(
        (change.span,),
        f"ghi {way} {change.printed} {change.unit or ''}, nhưng {sum_}",
        f"a change of {change.printed} is stated, but {sum_}",
        stated=change.printed,
        expected=show(due),
        evidence=tuple(one.span for one in terms),
        suggestion=both(
            "đối chiếu mức tăng, giảm với số ra, số vào", "compare the change with what went and came"
        ),
        page=where.block.page,
        severity=Severity.WARNING,
    )


def _as_one(told: list[Figure]) -> list[Figure]:
    """The first of some figures, where the others only divide it."""
    values = [Decimal(one.value) for one in told]
    return told[:1] if len(told) > 2 and values[0] == sum(values[1:]) else told


def _is(words: str, where: Stated, one: Figure) -> bool:
    """Whether the clause of a figure says so, behind it or right before it."""
    low, high = where.start(one), where.end(one)
    behind = _CLAUSE_RE.split(f"{where.text[high : high + _BEHIND]} ", maxsplit=1)[0]
    ahead = _CLAUSE_RE.split(where.text[max(0, low - _AHEAD) : low])[-1]
    return bool(re.search(rf"\b(?:{words})\b", behind) or re.search(rf"\b(?:{words})\b[^\d]*$", ahead))
