"""TGT of verdicts in running text and what is told right before them: ``thiếu 02 thôn, nhiệm vụ hoàn thành``.

A verdict closes a clause. What bears on it stands in its sentence, or in the two before where it says by its words
that it is of them (``Mục tiêu này đã hoàn thành``): how much is lacking or over, the share of a plan, a ratio of
few, a level and its result. It is wrong only where all that is told speaks against it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from decimal import Decimal
from itertools import permutations

from graphs.checks.goals.judged import LESS_RE, MOST_BEHIND_RE, MOST_RE, is_harm
from graphs.checks.goals.level_and_result import (
    LEVEL_RE,
    PLAN,
    SET,
    WAY_RE,
    WHAT,
    is_whole,
    level_of,
    results_of,
    unit_of,
    ways_of,
)
from graphs.checks.reading.arithmetic import rounds_to
from graphs.checks.reading.forms import AT_MOST, BARE, SIGN, Signs, signs_of
from graphs.checks.reading.moved import head, scaled
from graphs.checks.reading.prose import Stated, everywhere
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.models import BlockKind, Figure, Finding, Severity, Span

_SO = r"(?:nên|do đó|do vậy|vì vậy|vì thế|như vậy|theo đó|tức(?:\s+là)?|nghĩa là|và|thì|đánh giá|kết luận)"
_CALLED = (
    r"(?:(?:đã|đều|được|tự|coi|xem|như|là|đánh giá|xác định|xếp loại|xếp mức|ghi nhận|công nhận|kết luận"
    r"|ở mức)\s+)*"
)
#: What closes a clause as a verdict: "chưa đạt", "hoàn thành chỉ tiêu được giao", "vượt so với kế hoạch đề ra".
_DEED_RE = re.compile(
    r"(?<!\w)(?:hoàn thành(?:\s+vượt mức)?|đạt(?:\s*(?:,|và)?\s*vượt)?|vượt)"
    rf"(?P<plan>\s+(?:so với\s+)?(?:mức\s+)?(?:{PLAN}|mức)"
    r"(?:\s+(?:này|trên|đó|của\s+(?:tỉnh|huyện|xã|Nghị quyết|Đề án)))*)?"
    r"(?=\s*(?:[.;,)]|$))",
    re.IGNORECASE,
)
#: What stands before it: "nên được đánh giá là", "Mục tiêu này đã", "do đó nhiệm vụ".
_LEAD_RE = re.compile(
    rf"(?:(?:^|[.,;:(–]|\s-)\s*|\b(?={_SO}\b)|{SIGN}\s(?=(?:được|là)\s)"
    rf"|\b(?={WHAT}\s+(?:này\s+|trên\s+|đó\s+)?(?:đã|được|chưa|không|coi)))"
    rf"\s*(?:{_SO}[,:]?\s+)*(?P<of>{WHAT}(?P<this>\s+(?:này|trên|đó|nêu trên))?{SET}\s+)?{_CALLED}"
    r"(?P<not>(?:chưa|không)\s+(?:được\s+)?)?$",
    re.IGNORECASE,
)
_LEAD = 110
#: How much is lacking, or over; what is under a plan, or over it.
_SHORT_RE = re.compile(
    rf"\b(?:thiếu|hụt)\s+(?:khoảng\s+)?{SIGN}"
    rf"|\b(?:thấp hơn|ít hơn|kém(?:\s+hơn)?)\s+{SIGN}{BARE}{{0,25}}?\s+so với\s+{PLAN}",
    re.IGNORECASE,
)
_OVER_RE = re.compile(
    rf"\bvượt\s+(?:thêm\s+)?{SIGN}|\b(?:cao hơn|nhiều hơn)\s+{SIGN}{BARE}{{0,25}}?\s+so với\s+{PLAN}",
    re.IGNORECASE,
)
_UNDER_PLAN_RE = re.compile(
    rf"\b(?:thấp hơn|ít hơn|kém(?:\s+hơn)?|chưa bằng|chưa tới|chưa đến)\s+(?:so với\s+)?{PLAN}", re.IGNORECASE
)
_OVER_PLAN_RE = re.compile(rf"\b(?:cao hơn|nhiều hơn)\s+(?:so với\s+)?{PLAN}", re.IGNORECASE)
#: A share of a plan, told as such or worked out of level and result; a part of all that there are.
_SHARE_RE = re.compile(
    rf"\b(?:đạt|bằng|tương đương|tương ứng|hoàn thành)\s+(?:khoảng\s+)?(?:tỷ lệ\s+)?(?P<share>{SIGN})"
    rf"(?P<plan>\s+(?:so với\s+)?{PLAN})?",
    re.IGNORECASE,
)
_FEW_RE = re.compile(rf"\b(?:mới|chỉ)\s+(?:có\s+)?{BARE}{{0,25}}?(?P<ratio>{SIGN})", re.IGNORECASE)
_ALL_RE = re.compile(rf"\b(?:cả|toàn bộ|tất cả)\s+(?P<ratio>{SIGN})", re.IGNORECASE)
#: A result and how far it is under or over, right before a verdict; what the level is its sentence says.
_GAP_RE = re.compile(
    rf"(?P<result>{SIGN}){BARE}{{0,25}}?,\s*(?:còn\s+)?"
    r"(?:(?P<under>thấp hơn|ít hơn|kém(?:\s+hơn)?)|cao hơn|nhiều hơn)\s+"
    rf"(?P<gap>{SIGN})(?:(?!so với){BARE}){{0,20}}?[,\s]*(?:{_SO}\s+)*$",
    re.IGNORECASE,
)
_REST_RE = re.compile(rf"\b(?:vẫn\s+)?còn\s+{SIGN}{BARE}{{1,40}}?\s(?:chưa|không)\s", re.IGNORECASE)
_RESULT_OPENS_RE = re.compile(
    r"\s*(?:kết quả|thực hiện|thực tế|đến nay|đến hết|đến cuối|số liệu|tổng hợp|năm|hết)\b", re.IGNORECASE
)
_BUT_RE = re.compile(
    r"\b(?:vẫn|nhưng|song|tuy|mặc dù|dù|cơ bản|gần|riêng|trừ|trong đó|phấn đấu|dự kiến|sẽ|nhằm|để|nếu|khả năng"
    r"|tiếp tục|cùng kỳ|năm trước)\b",
    re.IGNORECASE,
)
_LACKING_STAFF = frozenset(("biên", "cán", "công", "giáo", "bác", "nhân", "viên", "kinh"))
_SETS_RE = re.compile(
    r"\b(?:mục tiêu|chỉ tiêu|kế hoạch|dự toán|yêu cầu|đề ra|đặt ra|giao|phấn đấu|phải)\b", re.IGNORECASE
)
_OTHER_TIME_RE = re.compile(r"\b(?:cùng kỳ|năm trước|năm ngoái|cả nước|toàn quốc)\b", re.IGNORECASE)
_SENTENCES, _FARTHEST = 2, 460
_FULL = Decimal(100)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A verdict that closes a clause: its words, where they and what leads to them stand, its plan."""

    words: str
    met: bool
    of: bool
    this: bool
    lead: int
    start: int
    end: int
    plan: str


@dataclass(frozen=True, slots=True)
class Sign:
    """What bears on a verdict: whether for a goal that is met, where it ends, its figures, its words."""

    met: bool
    end: int
    figures: tuple[Figure, ...]
    words: str


def check_said_against(subject: Subject, known: Set[Span], tally: Tally, by: Rule) -> Iterator[Finding]:
    """The verdicts against which all speaks that is told of them; none beside what is known already."""
    for where in everywhere(subject) if not subject.is_rule() else ():
        if not _DEED_RE.search(where.text):
            continue
        signs, last = signs_of(where), 0
        for verdict in verdicts(signs):
            told = list(evidence(signs, verdict, last))
            last = verdict.end
            if not told:
                continue
            if any(one.met == verdict.met for one in told):
                tally.held += 1
                continue
            figures = [figure for one in told for figure in one.figures]
            if any(span.start < one.span.end and one.span.start < span.end for span in known for one in figures):
                continue
            tally.failed += 1
            yield _finding(subject, where, signs, verdict, told, by)


def verdicts(signs: Signs) -> Iterator[Verdict]:
    """The verdicts of a text."""
    for deed in _DEED_RE.finditer(signs.text):
        low = max(0, deed.start() - _LEAD)
        lead = _LEAD_RE.search(signs.text[low : deed.start()])
        if lead is None:
            continue
        start = deed.start() - len(lead["not"] or "")
        words = signs.text[start : deed.start("plan") if deed["plan"] else deed.end()]
        at = low + lead.start("of") if lead["of"] else start
        yield Verdict(
            words,
            not lead["not"],
            bool(lead["of"]),
            bool(lead["this"]),
            at,
            start,
            deed.end(),
            (deed["plan"] or "").strip(),
        )


def evidence(signs: Signs, verdict: Verdict, last: int) -> Iterator[Sign]:
    """What bears on a verdict: of its own sentence, else of those before where it is of them."""
    at = verdict.lead
    own = max(signs.sentence_start(at), last)
    opens = signs.text[own:at].strip(" ,;:–-").lower()
    behind = not any(map(signs.is_sign, signs.text[own:at]))
    low = own
    if (behind and (verdict.this or re.fullmatch(rf"(?:{_SO}|kết quả|\W|{_CALLED})*", opens, re.IGNORECASE))) or (
        _RESULT_OPENS_RE.match(signs.text, own)
    ):
        for _ in range(_SENTENCES):
            low = signs.sentence_start(max(low - 2, 0))
    gap = _gap(signs, own, at)
    if gap is not None:
        yield gap
        return
    low = max(low, at - _FARTHEST, last)
    for span in ((own, at), (low, at)) if low < own else ((own, at),):
        told = [*_lacking(signs, *span, verdict.of), *_shares(signs, *span, verdict.plan), *_results(signs, *span)]
        told = [one for one in told if not _BUT_RE.search(signs.text, one.end, verdict.end)]
        if told:
            yield from told
            return


def _gap(signs: Signs, low: int, high: int) -> Sign | None:
    """``mới được 28,4%, thấp hơn 0,6 điểm phần trăm``, where the 29% that the two make are told as the level."""
    found = _GAP_RE.search(signs.text, low, high)
    if found is None:
        return None
    result, gap = signs.of(found["result"]), signs.of(found["gap"])
    under = bool(found["under"])
    made = scaled(result) + (scaled(gap) if under else -scaled(gap))
    before = max(0, high - _FARTHEST)
    if result.of or gap.of or result.bound or unit_of(result) != unit_of(gap):
        return None
    for at, level in signs.inside(before, found.start()):
        words = signs.text[signs.sentence_start(at) : at]
        if scaled(level) != made or unit_of(level) != unit_of(result) or level.of or not _SETS_RE.search(words):
            continue
        if _OTHER_TIME_RE.search(words) or LESS_RE.search(signs.text, signs.sentence_start(at), found.start()):
            continue
        bounded = re.search(rf"\b(?:{AT_MOST})\b", words, re.IGNORECASE) or MOST_RE.search(words)
        if not bounded and not is_harm(f"{words} {signs.text[low : found.start()]}"):
            return Sign(not under, found.end(), (result, gap, level), found.group())
    return None


def _lacking(signs: Signs, low: int, high: int, of: bool) -> Iterator[Sign]:
    """What is said to lack, to be left or to be over, and what is under a plan or over it."""
    text = signs.text
    less = LESS_RE.search(re.sub(r"\bcòn\s+(?:thiếu|thấp)", "", text[low:high], flags=re.IGNORECASE))
    most = re.search(rf"\b(?:{AT_MOST})\b", text[low:high], re.IGNORECASE)
    levels = {head(signs.of(one["goal"])) for one in LEVEL_RE.finditer(text, low, high)} - {""}
    for pattern, met in ((_SHORT_RE, False), (_OVER_RE, True)):
        for found in pattern.finditer(text, low, high):
            figure = next(figure for _, figure in signs.inside(*found.span()))
            planned = re.match(rf"{BARE}{{0,25}}?\s+so với\s+{PLAN}", text[found.end() : high], re.IGNORECASE)
            plain = "so với" not in found.group() and not planned
            if plain and head(figure) not in levels and not (of and head(figure) not in _LACKING_STAFF):
                continue
            if met and (less or most):
                continue
            yield Sign(met, found.end(), (figure,), found.group())
    for pattern, met in ((_UNDER_PLAN_RE, False), (_OVER_PLAN_RE, True)):
        for found in pattern.finditer(text, low, high) if not (less or most) else ():
            yield Sign(met, found.end(), (), found.group())
    whole = re.search(r"\b(?:toàn bộ|tất cả)\b", text[low:high]) or any(
        one.unit == "%" and one.value == "100" for _, one in signs.inside(low, high)
    )
    for found in _REST_RE.finditer(text, low, high) if whole else ():
        yield Sign(False, found.end(), tuple(one for _, one in signs.inside(*found.span())), found.group())


def _shares(signs: Signs, low: int, high: int, plan: str) -> Iterator[Sign]:
    """Shares of the plan that a verdict is of, and parts of all that there are."""
    text = signs.text
    counts = [one for _, one in signs.inside(low, high) if one.unit != "%" and not one.of]
    for found in _SHARE_RE.finditer(text, low, high):
        share = signs.of(found["share"])
        own = re.split(r"[,;.(]", text[found.start("plan") : high])[0].strip() if found["plan"] else ""
        if share.unit != "%" or share.of or share.bound or (own and plan and own.lower() != plan.lower()):
            continue
        alike = (two for two in permutations(counts, 2) if head(two[0]) == head(two[1]) and scaled(two[1]))
        made = (two for two in alike if rounds_to(scaled(two[0]) / scaled(two[1]) * _FULL, share.value))
        pair = next(made, None)
        set_ = (one for one in LEVEL_RE.finditer(text, low, high) if not is_whole(signs, low, one.start("goal")))
        levels = [signs.of(one["goal"]) for one in set_]
        # A share of all that there are, or the result of a level that is a share itself.
        of_all = pair and (pair[1] not in levels or " trên tổng " in text[low : found.start()])
        if pair and not found["plan"] and (of_all or any(one.unit == "%" for one in levels)):
            continue
        if (found["plan"] or pair) and not LESS_RE.search(text, low, found.start()):
            figures = (share, *(pair or ()))
            yield Sign(Decimal(share.value) >= _FULL, found.end(), figures, found.group())
    if LEVEL_RE.search(text, low, high):
        return
    for pattern in (_FEW_RE, _ALL_RE):
        for found in pattern.finditer(text, low, high):
            ratio = signs.of(found["ratio"])
            if ratio.of and not LESS_RE.search(text, low, found.start()):
                all_ = Decimal(ratio.value) >= Decimal(ratio.of)
                if all_ == (pattern is _ALL_RE):
                    yield Sign(all_, found.end(), (ratio,), found.group())


def _results(signs: Signs, low: int, high: int) -> Iterator[Sign]:
    """One level that is set and every number that may be its result, each held against it."""
    text, place = signs.text, level_of(signs, low, high)
    if place is None:
        return
    goal = signs.of(text[place])
    before, behind = text[signs.sentence_start(place) : place], text[place + 1 : place + 26]
    most = bool(MOST_RE.search(before) or MOST_BEHIND_RE.match(behind))
    results = list(results_of(signs, low, high, place))
    changes = ways_of(signs, place) and all(WAY_RE.search(text, low, at) for at, _ in results)
    if not most and not changes and LESS_RE.search(text, low, high):
        return
    total = sum((scaled(figure) for _, figure in results), Decimal(0))
    if len(results) > 1 and goal.unit != "%" and not most and total >= scaled(goal):
        return  # what was done in several parts
    rates = [one for _, one in signs.inside(low, high) if one.unit == "%" and not one.bound]
    for at, figure in results:
        result, level = scaled(figure), scaled(goal)
        if goal.unit != "%" and _is_share(rates, goal, figure) and not _is_share(rates, figure, goal):
            result, level = (
                level,
                result,
            )  # "120 ha theo kế hoạch: bàn giao 102 ha, bằng 85%": the share tells which
        yield Sign(result <= level if most else result >= level, max(at, place), (figure, goal), "")


def _is_share(rates: list[Figure], part: Figure, whole: Figure) -> bool:
    """Whether one of some rates is what one number is of another."""
    exact = scaled(part) / scaled(whole) * _FULL if scaled(whole) else None
    return exact is not None and any(rounds_to(exact, one.value) for one in rates)


def _finding(
    subject: Subject, where: Stated, signs: Signs, verdict: Verdict, told: list[Sign], by: Rule
) -> Finding:
    said, one = " ".join(verdict.words.split()), told[-1]
    figures = tuple({figure.span: figure for sign in told for figure in sign.figures}.values())
    if one.words:
        words = " ".join(re.sub(SIGN, lambda sign: signs.of(sign.group()).printed, one.words).split())
        vi, en = f"ngay trước đó ghi “{words}”", f"“{words}” is told right before"
    else:
        result, level = (figure.printed for figure in one.figures)
        vi, en = f"mức đặt ra {level}, kết quả {result}", f"the level is {level}, the result {result}"
    return by.finding(
        (_place(subject, where, signs, (verdict.start, verdict.start + len(verdict.words))),),
        f"đánh giá “{said}”, nhưng {vi}",
        f"the verdict is “{said}”, but {en}",
        stated=said,
        expected="Đạt" if one.met else "Không đạt",
        evidence=tuple(figure.span for figure in figures),
        suggestion=both("đối chiếu mục tiêu, kết quả và đánh giá", "compare goal, result and verdict"),
        # What reached its level may yet be missed for another reason.
        severity=Severity.WARNING if one.met else None,
        page=where.block.page,
    )


def _place(subject: Subject, where: Stated, signs: Signs, place: tuple[int, int]) -> Span:
    """Where some words among the signs stand in the file; of a cell, the whole of it."""
    if where.block.kind is not BlockKind.TEXT:
        return where.block.span
    low, high = (
        where.block.view.start + at + sum(where.end(one) - where.start(one) - 1 for _, one in signs.inside(0, at))
        for at in place
    )
    return subject.document.reading.hull(low, high)
