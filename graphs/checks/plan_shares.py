"""TGT of a share of a plan and what is said of it: ``đạt 98,3% kế hoạch, vượt kế hoạch đề ra`` contradicts itself.

The share is one of a plan by the word behind it, or because two numbers of its sentence make it. Another plan (of
another body, of a part of the year) may be met while this one is not: then nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from graphs.checks.arithmetic import rounds_to
from graphs.checks.forms import BARE, PLANNED_RE, Form, Match, Signs, signs_of
from graphs.checks.judged import LESS_RE
from graphs.checks.prose import Stated, stated
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.models import Figure, Finding, Severity

_PLAN = r"(?:kế hoạch|dự toán|chỉ tiêu|mục tiêu)"
_DONE = r"(?:hoàn thành|đạt|vượt)(?:(?:,|\s+và)?\s*(?:hoàn thành|đạt|vượt))?"
_SAID = (
    rf"[,;(]\s*(?:và\s+|đã\s+|như vậy\s+)*(?:(?P<missed>(?:chưa|không)\s+(?:đạt|hoàn thành))|(?P<met>{_DONE}))"
    rf"(?:\s+(?:mức|so với))?\s+(?P<second>{_PLAN})(?P<which>{BARE}{{0,40}}?)(?=\s*(?:[.;,)]|$))"
)
#: A share of a plan, and a verdict on it; a share that two numbers before it make.
_OF_PLAN = Form(
    rf"\b(?:đạt|bằng|tương đương)\s+(?:khoảng\s+)?{{share}}\s+(?:so với\s+)?(?P<first>{_PLAN})"
    rf"(?P<own>{BARE}{{0,40}}?)"
    rf"(?:\s*\({BARE}{{0,20}}{{of}}?{BARE}{{0,30}}\))?\s*{_SAID}",
    "trồng rừng đạt 98,3% kế hoạch, vượt kế hoạch đề ra",
)
_WORKED_OUT = Form(
    rf"\b(?P<first>{_PLAN}){BARE}{{0,40}}?{{plan}}{BARE}{{0,40}}?,{BARE}{{0,60}}?{{done}}{BARE}{{0,30}}?[,(]\s*"
    rf"(?:đạt|bằng|tương đương)(?:\s+tỷ lệ)?\s+{{share}}\)?\s*{_SAID}",
    "chỉ tiêu giao là 9.800 căn, hoàn thành 8.421 căn, đạt 85,93%, vượt chỉ tiêu được giao",
)
_SAME_RE = re.compile(r"\s*(?:(?:đã\s+|được\s+)?(?:đề ra|giao|đặt ra)|năm(?:\s+(?:19|20)\d\d)?|này|trên)?\s*")
_NEARLY_RE = re.compile(r"\b(?:cơ bản|gần|xấp xỉ|sẽ|khả năng)\b", re.IGNORECASE)
_SPENT_RE = re.compile(r"\bchi\b", re.IGNORECASE)
_PLANS, _TWICE = ("kế hoạch", "dự toán", "chỉ tiêu", "mục tiêu"), 2
_FULL = Decimal(100)


def check_plan_shares(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """``đạt 98,3% kế hoạch, vượt kế hoạch đề ra``: under a hundred per cent of a plan is not above it."""
    for where in stated(subject) if not subject.is_rule() else ():
        if "%" not in where.text or sum(map(where.text.lower().count, _PLANS)) < _TWICE:
            continue
        signs = signs_of(where)
        for form in (_OF_PLAN, _WORKED_OUT):
            for match in form.read(signs):
                if _is_of_one_plan(signs, match, form):
                    yield from _held(where, match, tally, by)


def _is_of_one_plan(signs: Signs, match: Match, form: Form) -> bool:
    """Whether the share is one of the plan that the verdict is on, and of something that is to be reached."""
    share = match.figures["share"]
    if (
        share.unit != "%"
        or share.of
        or share.bound
        or match.words["first"].lower() != match.words["second"].lower()
    ):
        return False
    which = " ".join(match.words["which"].split())
    own = " ".join(match.words.get("own", "").split())
    same = which == own or (_SAME_RE.fullmatch(which) is not None and not (own.startswith("năm") and not which))
    if own.startswith("năm") and which != own:
        return False  # of a part of the year
    before = signs.text[signs.sentence_start(match.start) : match.end]
    if not same or PLANNED_RE.search(before) or _NEARLY_RE.search(before) or LESS_RE.search(before):
        return False
    if _SPENT_RE.search(before) and "vượt" not in match.words.get("met", ""):
        return False
    if form is _WORKED_OUT:
        plan, done = (Decimal(match.figures[name].value) for name in ("plan", "done"))
        return bool(plan) and rounds_to(done / plan * _FULL, share.value)
    return True


def _held(where: Stated, match: Match, tally: Tally, by: Rule) -> Iterator[Finding]:
    share: Figure = match.figures["share"]
    value, missed = Decimal(share.value), bool(match.words.get("missed"))
    only_over = (match.words.get("met") or "").lower() == "vượt"
    if value >= _FULL if not missed else value < _FULL:
        tally.held += 1
        if not (only_over and value == _FULL):
            return
    words = (match.words.get("missed") or match.words.get("met") or "").lower()
    tally.failed += 1
    yield by.finding(
        (share.span,),
        f"nói “{words}” kế hoạch, nhưng chỉ số nêu ngay đó bằng {share.printed} kế hoạch",
        f"“{words}” is said of a plan of which {share.printed} was reached",
        stated=words,
        expected="Không đạt" if value < _FULL else "Đạt",
        evidence=tuple(figure.span for name, figure in match.figures.items() if name != "share"),
        suggestion=both("đối chiếu mức đặt ra, kết quả và đánh giá", "compare goal, result and verdict"),
        # What reached its plan may yet be missed for another reason.
        severity=Severity.WARNING if missed else None,
        page=where.block.page,
    )
