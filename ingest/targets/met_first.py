"""Results before the verdict and the level they are held against: ``5.210 hộ, vượt mục tiêu 5.000 hộ``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from graphs.checks.goals.reckoned_verdicts import NUMBER
from ingest.figures.measures import measure
from ingest.figures.quantities import Quantity, find_quantities
from ingest.targets.answer_words import HELD_AGAINST_RE
from ingest.targets.behind import Told
from ingest.targets.judgements import judgement
from ingest.targets.proofs import shows_plan, so_far
from kb.text.sentences import sentence_start

_PLAN = r"(?:mục tiêu|chỉ tiêu|kế hoạch|dự toán)"
_HOW = r"(?:chưa|không)\s+(?:đạt|hoàn thành)|(?:hoàn thành\s+)?vượt|hoàn thành|đạt"
#: "cơ bản vượt so với mức", "đạt đúng"
_OPENS = (
    rf"[,;(]\s*(?:và\s+|đã\s+|cơ bản\s+|vẫn\s+)*(?:(?P<how>{_HOW})|(?:cao|thấp) hơn"
    rf"(?:\s+{NUMBER}\s*điểm(?:\s+phần trăm|\s*%))?)\s+(?:đúng\s+)?(?:so với\s+)?"
)
#: The words between a plan and its level: "kế hoạch Trung ương giao năm 2030", "chỉ tiêu 6 tháng là".
_NAMED = r"(?:\s+(?:[^\W\d_]+|(?:19|20)\d\d(?=\s)|\d{1,2}(?=\s+tháng\s)))"
#: A level that is no rate, nor the time of the plan: "chỉ tiêu 6 tháng là".
_LEVEL = rf"(?P<level>{NUMBER})(?!\s*%|\s+tháng\s+(?:là|đầu)\s)"
#: Who set a level, behind it: a rate is a level and no difference there.
_SET = r"(?:đề ra|đặt ra|(?:được\s+|đã\s+)?giao|theo|của|tại|do|nêu|trong|mà)(?![^\W\d_])"
#: A verdict on a plan with its level; "vượt kế hoạch 310 tỷ đồng" may tell by how much, as the numbers show.
_FORM_RE = re.compile(rf"{_OPENS}(?:mức\s+)?{_PLAN}{_NAMED}{{0,9}}?\s+{_LEVEL}", re.IGNORECASE)
#: A level that is called none before it, but set behind it: "vượt mức 5,8 tấn/ha đề ra".
_SET_RE = re.compile(
    rf"{_OPENS}mức\s+(?P<level>{NUMBER})\s*(?:%|[^\W\d_]+(?:[\s/][^\W\d_]+){{0,8}}?)\s+{_SET}", re.IGNORECASE
)
#: A rate that is a goal: "93,5%, vượt chỉ tiêu 93,2%"; one of a plan where it is said who set it.
_PERCENT_RE = re.compile(
    rf"{_OPENS}(?:mức\s+)?(?:(?:mục tiêu|chỉ tiêu){_NAMED}{{0,9}}?\s+(?:là\s+)?(?P<level>{NUMBER})\s*%"
    rf"(?!\s*so với)|(?:kế hoạch|dự toán|yêu cầu){_NAMED}{{0,9}}?\s+(?P<given>{NUMBER})\s*%\s+{_SET})",
    re.IGNORECASE,
)
#: The rate of a plan with its level, and the verdict behind: "đạt 98,1% chỉ tiêu 46.000 giấy, chưa hoàn thành".
_RATE_RE = re.compile(
    rf"\b(?:đạt|bằng|tương đương)\s+(?P<rate>\d+(?:,\d+)?)\s*%\s+(?:so với\s+)?(?:mức\s+)?{_PLAN}"
    rf"{_NAMED}{{0,6}}?\s+{_LEVEL}[^.;,]{{0,60}}?"
    r"(?:(?:,\s*|\s)(?:nên\s+|vì vậy\s+|do đó\s+)?(?P<how>(?:chưa|không)\s+(?:đạt|hoàn thành)"
    r"|(?:hoàn thành\s+)?vượt|hoàn thành|đạt)(?=\s*(?:[.,;]|$)|\s+(?:kế hoạch|chỉ tiêu|mục tiêu|dự toán))"
    r"|(?=\s*(?:[.;]|$)))",
    re.IGNORECASE,
)
#: The same with the level first: "so với kế hoạch 26.000 sổ mới bằng 93,5%, không đạt".
_AGAINST_RE = re.compile(
    rf"\bso với\s+(?:mức\s+)?{_PLAN}{_NAMED}{{0,6}}?\s+{_LEVEL}[^.;,\d]{{0,60}}?"
    r"\s(?:đạt|bằng|tương đương)\s+(?P<rate>\d+(?:,\d+)?)\s*%"
    rf"(?:,?\s+(?:nên\s+|vì vậy\s+|do đó\s+)?(?P<how>{_HOW})(?=\s*(?:[.,;]|$)|\s+{_PLAN}))?",
    re.IGNORECASE,
)
#: A level in per cent that says how it is meant: "vượt yêu cầu giảm ít nhất 10%".
_SHARE_RE = re.compile(
    rf"[,;(]\s*(?P<how>{_HOW})\s+(?:so với\s+)?(?:mức\s+)?"
    r"(?:yêu cầu|kế hoạch|cam kết|mục tiêu|chỉ tiêu)(?:\s+[^\W\d_]+){0,9}?\s+(?:ít nhất|tối thiểu|không quá"
    r"|không dưới|dưới|trên"
    rf"|từ|giảm|tăng)\s+(?P<level>{NUMBER})\s*%(?!\s*so với)",
    re.IGNORECASE,
)
#: A plan behind what was reached of it, as the numbers show: "…; kế hoạch dựng 18 nhà, đạt 105,6%".
_PLANNED_RE = re.compile(
    rf"(?:[,;(]\s*|\sso với\s+){_PLAN}{_NAMED}{{0,8}}?\s+(?:là\s+)?(?P<level>{NUMBER})(?!\s*%|[\d/.,]*\d)",
    re.IGNORECASE,
)
#: A level in a bracket behind who set it: "vượt chỉ tiêu Kế hoạch số 5/KH-UBND đề ra (38 thôn)".
_BRACKET_RE = re.compile(
    rf"{_OPENS}(?:mức\s+)?{_PLAN}(?:\s+[^\s;,()]+){{0,16}}?\s*\(\s*(?:{_PLAN}\s+)?(?:là\s+)?(?P<level>{NUMBER})",
    re.IGNORECASE,
)
_FORMS = (_BRACKET_RE, _FORM_RE, _RATE_RE, _AGAINST_RE, _SHARE_RE, _SET_RE, _PERCENT_RE)
#: The rate of a level behind it, which shows that it is one: "vượt kế hoạch 150.000 người, bằng 101,7%".
_RATED_RE = re.compile(
    r"[^.;,\d]{0,60},\s*(?:đạt|bằng|tương đương)\s+\d{2,3}(?:,\d+)?\s*%"
    rf"(?=\s*(?:[.;,]|$)|\s+(?:so với\s+)?{_PLAN})",
    re.IGNORECASE,
)
_AIMED_RE = re.compile(r"\b(?:để|nhằm|phấn đấu|quyết tâm|cần|phải|sẽ|bảo đảm|đảm bảo|có thể)\b", re.IGNORECASE)
_NO_RESULT_RE = re.compile(
    r"\b(?:tăng|giảm|thêm|hơn|kém|còn lại|trong đó|so với|gấp)"
    r"(?:\s+(?:là|được|khoảng|mức))*\s*$",
    re.IGNORECASE,
)
#: So near the words of a plan its rate stands, and how far it was passed.
_BESIDE = 100
#: A level is not so much more or less than what was reached.
_LEAST, _MOST = Decimal("0.5"), Decimal(2)
#: How exact a rate is that is told with a decimal, and one without.
_EXACT, _ROUND = Decimal("0.06"), Decimal("0.6")
_MOVES_RE = re.compile(r"\b(?P<how>giảm|tăng)(?:\s+(?:ít nhất|tối thiểu|trên|từ|được|khoảng))*\s*$", re.IGNORECASE)


def met_first(text: str) -> Iterator[tuple[Quantity, Quantity | None, Told]]:
    """The levels of a paragraph that are named behind a verdict on a number before it, with both.

    The number is None where only the rate that it is of the level is told of it.

    >>> texts = "Số hộ vay là 5.210 hộ, vượt mục tiêu 5.000 hộ.", "Thu 5.310 tỷ đồng, vượt kế hoạch 310 tỷ đồng."
    >>> [(level.value, one and one.value) for text in texts for level, one, told in met_first(text)]
    [('5000', '5210')]
    >>> text = "Đã cấp 45.120 giấy, đạt 98,1% chỉ tiêu 46.000 giấy được giao, chưa hoàn thành."
    >>> [(level.value, one and one.value) for level, one, told in met_first(text)]
    [('46000', '45120')]
    >>> text = "Sổ hộ tăng 8,0%, nhưng so với kế hoạch 26.000 sổ mới bằng 93,5%, không đạt."
    >>> [(level.value, one, told.said.verdict) for level, one, told in met_first(text)]
    [('26000', None, 'Không đạt')]
    >>> text = "Dựng 19 nhà; kế hoạch dựng 18 nhà, vượt 01 nhà (19/18)."
    >>> [(level.value, one.value, told.said.verdict) for level, one, told in met_first(text)]
    [('18', '19', 'Vượt')]
    """
    matches = [found for form in _FORMS for found in form.finditer(text)]
    planned = list(_PLANNED_RE.finditer(text))
    quantities = find_quantities(text) if matches or planned else ()
    for found in matches:
        named = "level" if found["level"] else "given"
        level = next((one for one in quantities if one.start == found.start(named) and not one.of), None)
        low = max(text.rfind(". ", 0, found.start()), text.rfind("; ", 0, found.start())) + 1
        if level is None or _AIMED_RE.search(text, low, found.start()):
            continue
        against = found.re is _AGAINST_RE
        low = 0 if against else low  # the rate shows which number of the paragraph is meant
        reached = [
            one
            for one in quantities
            if low <= one.start < found.start()
            and not one.of
            and _may_be_of(text, low, one, level)
            and _near(one, level, found)
        ]
        if reached or (found["how"] and (against or (found.re is _FORM_RE and _RATED_RE.match(text, level.end)))):
            said = judgement(found, "how") if found["how"] else None
            at = reached[-1].start if reached else found.start()
            yield level, reached[-1] if reached else None, Told(at, found.start(), found.start(named), said)

    for found in planned:
        yield from _of_plan_behind(text, quantities, found)


def _of_plan_behind(
    text: str, quantities: Sequence[Quantity], found: re.Match[str]
) -> Iterator[tuple[Quantity, Quantity, Told]]:
    """The level of a plan with the last number before it that the numbers beside it show to be reached of it."""
    level = next((one for one in quantities if one.start == found.start("level") and not one.of), None)
    if level is None or _AIMED_RE.search(text, sentence_start(text, found.start()), found.start()):
        return
    near = [one for one in quantities if found.start() - _BESIDE < one.start < level.end + _BESIDE]
    for one in reversed(quantities):
        before = one.start < found.start() and _may_be_of(text, 0, one, level) and _near(one, level, found)
        if before and _is_shown(text, one, level, near):
            said = so_far(text, one, level, near)
            yield level, one, Told(one.start, found.start(), level.start, said)
            return


def _is_shown(text: str, one: Quantity, level: Quantity, near: Sequence[Quantity]) -> bool:
    """Whether the numbers beside a plan show that one was reached of it: a rate, how far it is, ``(19/18)``."""
    pair = any((other.value, other.of) == (one.value, level.value) for other in near)
    return pair or shows_plan(text, one, level, near)


def _may_be_of(text: str, low: int, one: Quantity, level: Quantity) -> bool:
    """Whether a number may be what was reached of a level: of its unit, a change only where the level is one."""
    if one.percent != level.percent or HELD_AGAINST_RE.search(text, low, one.start):
        return False
    moves = _MOVES_RE.search(text, low, one.start), _MOVES_RE.search(text, 0, level.start)
    if level.percent:
        return (moves[0] and moves[0]["how"].lower()) == (moves[1] and moves[1]["how"].lower())
    unit, other = measure(text, one).unit, measure(text, level).unit
    alike = bool(unit and other) and str(unit).split()[0].lower() == str(other).split()[0].lower()
    return alike and not _NO_RESULT_RE.search(text, low, one.start)


def _near(one: Quantity, level: Quantity, found: re.Match[str]) -> bool:
    """Whether a number is of the size of a level; where a rate is told, whether it is that rate of it."""
    rate = found.groupdict().get("rate")
    if not Decimal(level.value) or (level.percent and found.re is _SHARE_RE):
        return level.percent
    share = Decimal(one.value) / Decimal(level.value)
    if rate is None:
        return _LEAST <= share <= _MOST
    return abs(share * 100 - Decimal(rate.replace(",", "."))) <= (_EXACT if "," in rate else _ROUND)
