"""FIG of a fund: what it closes with is what it opened with, with what came in and without what was paid.

``Số dư đầu năm 15.376 triệu đồng … đã thu 61.924 … Tổng chi 38.450 … Số dư đến ngày 30/11 là 38.850``
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from graphs.checks.reading.arithmetic import show
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.models import Figure, Finding, Severity

_STOCK = r"(?:số dư|dư quỹ|tồn quỹ|kết dư|tồn kho|số tồn)"
_OPENS_RE = re.compile(
    rf"\b(?:{_STOCK}[^.;\d]{{0,25}}(?:đầu (?:năm|kỳ)|năm trước|kỳ trước|chuyển sang|năm \d{{4}} chuyển sang)"
    rf"|(?:năm|kỳ) (?:trước|\d{{4}}) chuyển sang)[^.;]{{0,40}}$",
    re.IGNORECASE,
)
_CAME_RE = re.compile(
    r"\b(?:tổng thu|đã thu|thu (?:được|trong (?:năm|kỳ))|số thu|thu vào)\b[^.;,\d]{0,40}$", re.IGNORECASE
)
_WENT_RE = re.compile(r"\b(?:tổng chi|đã chi|chi (?:ra|trong (?:năm|kỳ))|số chi)\b[^.;,\d]{0,40}$", re.IGNORECASE)
_CLOSES_RE = re.compile(
    rf"\b(?:{_STOCK}|còn dư|còn tồn|số còn lại|quỹ còn)\b(?![^.;]*(?:đầu (?:năm|kỳ)|chuyển sang))[^.;]{{0,60}}$",
    re.IGNORECASE,
)
_NEAR, _SENTENCE = Decimal("0.25"), re.compile(r"[.;]\s")


def check_funds(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """A paragraph that tells what a fund opened with, took in, paid and closed with tells four that fit."""
    for where in stated(subject) if not subject.is_rule() else ():
        text = where.text.lower()
        if "chi" not in text or "thu" not in text or not any(word in text for word in ("số dư", "tồn", "dư")):
            continue
        found = [_one(where, pattern) for pattern in (_OPENS_RE, _CAME_RE, _WENT_RE, _CLOSES_RE)]
        told = [one for one in found if one is not None]
        if len(told) != len(found) or len(set(told)) != len(found) or len({one.unit for one in told}) != 1:
            continue
        opened, came, went, closed = told
        if where.start(closed) < max(map(where.start, told[:3])):
            continue
        due, value = (Decimal(one.value) for one in (opened, closed))
        due += Decimal(came.value) - Decimal(went.value)
        if due == value:
            tally.held += 1
            continue
        if due <= 0 or abs(due - value) > _NEAR * due:
            continue
        tally.failed += 1
        sum_ = f"{opened.printed} + {came.printed} - {went.printed} = {show(due)}"
        yield by.finding(
            (closed.span,),
            f"ghi còn {closed.printed} {closed.unit}, nhưng {sum_}",
            f"{closed.printed} is stated as left, but {sum_}",
            stated=closed.printed,
            expected=show(due),
            evidence=(opened.span, came.span, went.span),
            suggestion=both(
                "đối chiếu số dư đầu kỳ, số thu, số chi và số dư cuối kỳ",
                "compare what there was, came in, was paid and is left",
            ),
            page=where.block.page,
            severity=Severity.WARNING,
        )


def _one(where: Stated, pattern: re.Pattern[str]) -> Figure | None:
    """The one exact sum of money that words lead to; None for none or several."""
    found = []
    for one in where.figures:
        clause = _SENTENCE.split(where.text[max(0, where.start(one) - 110) : where.start(one)])[-1]
        money = (one.unit or "").endswith("đồng")
        if money and not one.of and not one.bound and pattern.search(clause) and "kế hoạch" not in clause[-30:]:
            found.append(one)
    return found[0] if len(found) == 1 else None
