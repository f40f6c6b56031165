"""TGT of a share of a plan and what is said of it: ``đạt 98,3% kế hoạch, vượt kế hoạch đề ra`` contradicts itself.

The share is one of a plan by the word behind it, or because two numbers of its sentence make it. Another plan (of
another body, of a part of the year) may be met while this one is not: then nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from graphs.checks.goals.judged import LESS_RE
from graphs.checks.reading.arithmetic import rounds_to
from graphs.checks.reading.forms import BARE, PLANNED_RE, Form, Match, Signs, signs_of
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.report import Rule, Subject, Tally
from graphs.checks.restated.said_of_all import texts_of
from kb.bilingual import both
from kb.models import Figure, Finding, Severity, TextBlock

_PLAN = r"(?:kế hoạch|dự toán|chỉ tiêu|mục tiêu|mức giao)"
_DONE = r"(?:hoàn thành|đạt|vượt)(?:(?:,|\s+và)?\s*(?:hoàn thành|đạt|vượt))?"
_SAID = (
    r"[,;(]\s*(?:(?:và|đã|như vậy|tức|nghĩa|là|nên)\s+)*"
    rf"(?:(?P<missed>(?:chưa|không)\s+(?:đạt|hoàn thành))|(?P<met>{_DONE}))"
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
#: What was set is that of any plan.
_SET = "mức giao"
_PLANS, _TWICE = ("kế hoạch", "dự toán", "chỉ tiêu", "mục tiêu", _SET), 2
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
    if not subject.is_rule():
        yield from _said_far(subject, tally, by)


#: What is said of a plan elsewhere than its share, of no time but that of the paper.
_FAR_RE = re.compile(
    r"\b(?:(?P<missed>(?:chưa|không)\s+đạt)|(?P<met>vượt))\s+(?:mức\s+)?(?P<plan>kế hoạch|dự toán)"
    r"(?=\s*(?:[.;,)]|$|(?:được\s+)?(?:đề ra|giao|năm)\b))"
)
_CUT_RE = re.compile(r"[.;:,()\d]")
_DONE_RE = re.compile(r"\s+(?:đã|đều)\s*$")
#: A thing and its share of a plan: "Thu nội địa 350 tỷ đồng, đạt 98,6% dự toán".
_SHARE_RE = re.compile(
    r"(?:^|[.;:]\s+|\n)\W*(?P<what>[^.;:,()\d]{6,70}?)(?:\s+(?:\d[\d.]*(?:,\d+)?)[^.;:()\d]{0,30},?)?\s+"
    r"(?:đạt|bằng)\s+(?P<share>\d{1,3}(?:,\d+)?)\s*%\s+(?P<plan>kế hoạch|dự toán)(?=\s*(?:[.;,)(]|$))"
)
_OTHER_TIME_RE = re.compile(
    r"\b(?:cùng kỳ|năm (?:trước|ngoái)|giai đoạn|tháng|quý|ước|dự kiến|khả năng|dự báo|cả năm|nếu|nhiều|một số|các"
    r"|phần lớn|hầu hết|cơ bản)\b|\b(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_LEAST_SAID = 3


def _said_far(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """``thu ngân sách vượt dự toán`` where its only share told is ``Thu ngân sách đạt 98,6% dự toán``."""
    told = texts_of(subject)
    for block, text, found in [(one, words, said) for one, words in told for said in _FAR_RE.finditer(words)]:
        low = text.rfind(". ", 0, found.start()) + 1
        sentence = text[low : found.end()]
        name = _DONE_RE.sub("", _CUT_RE.split(text[low : found.start()].rstrip())[-1])
        if _OTHER_TIME_RE.search(sentence) or PLANNED_RE.search(sentence) or LESS_RE.search(name):
            continue
        said = name.lower().split()
        shares = [
            (other, one)
            for other, words in told
            if "%" in words
            for one in _SHARE_RE.finditer(words)
            if one["plan"].lower() == found["plan"].lower() and _ends_as(said, one["what"].lower().split())
        ]
        several = {one["share"] for _, one in shares}
        if len(several) == 1 and not _OTHER_TIME_RE.search(shares[0][1].group()):
            yield from _far_held(subject, block, found, *shares[0], tally, by)


def _ends_as(said: list[str], name: list[str]) -> bool:
    """Whether words end with those a name begins with, three or more: "năm thứ hai thu ngân sách"."""
    return any(said[-many:] == name[:many] for many in range(_LEAST_SAID, len(said) + 1))


def _far_held(
    subject: Subject,
    block: TextBlock,
    found: re.Match[str],
    other: TextBlock,
    share: re.Match[str],
    tally: Tally,
    by: Rule,
) -> Iterator[Finding]:
    value = Decimal(share["share"].replace(",", "."))
    if value >= _FULL if found["met"] else value < _FULL:
        tally.held += 1
        return
    tally.failed += 1
    hull, words = subject.document.reading.hull, " ".join(found.group().split())
    at, there = block.view.start, other.view.start
    yield by.finding(
        (hull(at + found.start(), at + found.end()),),
        f"nói “{words}”, nhưng chỗ khác ghi {share['share']}% {share['plan']}",
        f"“{words}” is said, but elsewhere it came to {share['share']}% of the plan",
        stated=words,
        expected=f"{share['share']}%",
        evidence=(hull(there + share.start("share"), there + share.end("share")),),
        suggestion=both("đối chiếu mức đặt ra, kết quả và đánh giá", "compare goal, result and verdict"),
        severity=Severity.WARNING,
        page=block.page,
    )


def _is_of_one_plan(signs: Signs, match: Match, form: Form) -> bool:
    """Whether the share is one of the plan that the verdict is on, and of something that is to be reached."""
    share = match.figures["share"]
    if (
        share.unit != "%"
        or share.of
        or share.bound
        or match.words["first"].lower() not in (match.words["second"].lower(), _SET)
    ):
        return False
    which = " ".join(match.words["which"].split())
    own = " ".join(match.words.get("own", "").split())
    same = which == own or (_SAME_RE.fullmatch(which) is not None and not (own.startswith("năm") and not which))
    same = same or (match.words["first"].lower() == _SET and not own)
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
