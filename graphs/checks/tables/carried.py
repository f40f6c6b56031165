"""FIG of a stock that a paragraph tells: what there was, what came, what went, and what there is.

``Dư nợ đầu năm 218,5 tỷ đồng. Vay mới 64,0 tỷ đồng, trả nợ gốc 41,2 tỷ đồng. Dư nợ cuối năm 241,3 tỷ đồng.``
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from graphs.checks.reading.arithmetic import places_of, show
from graphs.checks.reading.moved import head, scaled
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.reading.relations import half_unit
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.models import Figure, Finding, Severity
from kb.text.sentences import SENTENCE_END_RE

_STOCK = r"\b(?:dư nợ|số dư|tồn(?: quỹ| kho)?|nợ đọng)\b"
_BEFORE = r"(?:đầu (?:năm|kỳ)|(?:năm|kỳ) trước(?: chuyển sang)?|(?:cuối|hết) năm trước)"
_OPENS_RE = re.compile(
    rf"(?:{_STOCK}[^.;:()]{{0,60}}?\b{_BEFORE}|\b{_BEFORE}[^.;:()]{{0,40}}?{_STOCK}|\bnăm trước chuyển sang)"
    r"[^.;:()]{0,30}$",
    re.IGNORECASE,
)
_CLOSES_RE = re.compile(
    rf"{_STOCK}[^.;:()]{{0,50}}?"
    r"\b(?:cuối (?:năm|kỳ)|đến (?:hết |cuối )?(?:ngày|năm|tháng|nay|kỳ)|hiện (?:nay|tại|còn)|còn)"
    r"[^.;:()]{0,30}$",
    re.IGNORECASE,
)
_CAME_RE = re.compile(r"\b(?:vay|huy động|thu|phát sinh|bổ sung|tiếp nhận|nhập)\b", re.IGNORECASE)
_WENT_RE = re.compile(r"\b(?:trả|chi|sử dụng|thu hồi|thanh toán|xuất|thu nợ)\b", re.IGNORECASE)
#: What is paid beside what is owed.
_BESIDE_RE = re.compile(r"\b(?:lãi|phí)\b", re.IGNORECASE)
_CHANGE_RE = re.compile(r"\b(?:tăng|giảm|bình quân)\b", re.IGNORECASE)
#: What should come or may go is neither, and what is told behind these are parts of what is told before them.
_PLAN_RE = re.compile(r"\b(?:kế hoạch|hạn mức|dự toán|chỉ tiêu)\b", re.IGNORECASE)
_PARTS_RE = re.compile(r"\b(?:gồm|trong đó)\b", re.IGNORECASE)
_CLAUSE_RE = re.compile(r".*[,;.(:]\s", re.DOTALL)
_WORDS, _NEAR = 90, Decimal("0.1")


def check_carried(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """What there is at the end is what there was, with what came and without what went."""
    for where in stated(subject) if not subject.is_rule() else ():
        small = where.text.lower()
        if not ("dư" in small or "tồn" in small or "nợ đọng" in small):
            continue
        told = [one for one in where.figures if not one.of and one.unit != "%"]
        opening = next((at for at, one in enumerate(told) if _OPENS_RE.search(_ahead(where, one))), None)
        if opening is None:
            continue
        told = [one for one in told[opening:] if head(one) == head(told[opening])]
        for at in range(3, len(told)):
            if _CLOSES_RE.search(_ahead(where, told[at])):
                yield from _held(where, told[0], told[1:at], told[at], tally, by)
                break


def _ahead(where: Stated, figure: Figure) -> str:
    start = where.start(figure)
    return where.text[max(0, start - _WORDS) : start]


def _is_part(where: Stated, one: Figure, flows: list[Figure]) -> bool:
    """Whether a number is told as a part of what came or went in the same sentence."""
    start = where.start(one)
    ends = [where.end(flow) for flow in flows]
    between = where.text[max(ends) : start] if ends else ""
    return bool(_PARTS_RE.search(between)) and not SENTENCE_END_RE.search(between)


def _held(
    where: Stated, was: Figure, flows: list[Figure], now: Figure, tally: Tally, by: Rule
) -> Iterator[Finding]:
    came, went = list[Figure](), list[Figure]()
    for one in flows:
        words = _CLAUSE_RE.sub("", _ahead(where, one))
        if _BESIDE_RE.search(words) or _PLAN_RE.search(words) or _is_part(where, one, [*came, *went]):
            continue
        kind = went if _WENT_RE.search(words) else came if _CAME_RE.search(words) else None
        if kind is None or _CHANGE_RE.search(words):
            return  # something else is told between
        kind.append(one)
    terms = (was, *came, *went)
    if len(came) != 1 or len(went) != 1:
        return
    due, told = scaled(was) + scaled(came[0]) - scaled(went[0]), scaled(now)
    unit = told / Decimal(now.value) if Decimal(now.value) else Decimal(1)
    slack = sum((half_unit(Decimal(one.value)) for one in (*terms, now)), Decimal(0)) * unit
    if abs(due - told) <= (slack if places_of(now.value) else 0):
        tally.held += 1
        return
    if abs(due - told) > _NEAR * told:
        return
    tally.failed += 1
    sum_ = f"{was.printed} + {came[0].printed} - {went[0].printed} = {show(due / unit)}"
    yield by.finding(
        (now.span,),
        f"ghi {now.printed} {now.unit or ''}".rstrip() + f", nhưng {sum_}",
        f"{now.printed} is stated, but {sum_}",
        stated=now.printed,
        expected=show(due / unit),
        evidence=tuple(one.span for one in terms),
        suggestion=both(
            "đối chiếu số đầu kỳ, số tăng, số giảm và số cuối kỳ", "compare what there was, came, went and is"
        ),
        page=where.block.page,
        severity=Severity.WARNING,
    )
