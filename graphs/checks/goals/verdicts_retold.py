"""TGT of what the text says again of a goal that a table or a list judges: ``đạt 77,8%, chưa đạt chỉ tiêu``.

The number is the pointer: it is the result of one goal, with a word of its name. Held against the level of that
goal are the verdict of the sentence, whether it says over or under the level, and by how much.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from graphs.checks.goals.reckoned_verdicts import NUMBER, Amount, amounts
from graphs.checks.goals.verdict_words import VERDICT, kind_of_verdict
from graphs.checks.goals.verdicts_reckoned import Told, told_in_tables, told_in_text
from graphs.checks.reading.arithmetic import read_number, show
from graphs.checks.reading.named import thing_words
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.models import BlockKind, Finding, Severity, Span, TextBlock
from kb.text.sentences import split_sentences

_PLAN = (
    r"(?:(?:mức|chỉ tiêu|kế hoạch|mục tiêu|yêu cầu)\s+(?:(?:kế hoạch|chỉ tiêu|mục tiêu|yêu cầu)\s+)?"
    r"(?:được\s+)?(?:giao|đề ra|đặt ra|yêu cầu|phấn đấu|này)|mức (?:tối thiểu|tối đa|kế hoạch)|chỉ tiêu|kế hoạch"
    r"|mục tiêu|yêu cầu|dự toán)"
)
#: A verdict that is one on a goal: it names the goal, or is all that is said behind a result.
_SAID_RE = re.compile(
    rf"\b(?P<said>{VERDICT})\b(?:\s+(?:được\s+)?(?:so với\s+)?(?P<plan>{_PLAN})\b(?P<whose>[^.;:,()\d]{{0,40}})"
    rf"|\s*(?=[.;,()]|$))",
    re.IGNORECASE,
)
_BEHIND_RE = re.compile(
    r"(?:[,;:(–-]|\b(?:là|đã|thì|nên|vẫn|được|coi như|đánh giá)"
    r"|\b(?:chỉ tiêu|mục tiêu|kế hoạch)\b[^.;:,()\d]{0,30})\s*$",
    re.IGNORECASE,
)
#: Over or under the level, and by how much.
_AWAY_RE = re.compile(
    rf"\b(?:(?P<under>thấp hơn|ít hơn|kém|thiếu|hụt|dưới)|(?P<over>cao hơn|nhiều hơn|hơn|vượt|trên))\s+"
    rf"(?:so với\s+)?(?:mức\s+)?{_PLAN}\b(?P<whose>[^.;:,()\d]{{0,30}}?)"
    rf"(?:\s+(?:là\s+)?(?P<by>{NUMBER})\s*(?P<unit>%|[^\W\d_]+)?|(?=\s*[.;,()]|$))",
    re.IGNORECASE,
)
_GATE_RE = re.compile(r"đạt|vượt|hoàn thành|\b(?:mức|chỉ tiêu|kế hoạch|mục tiêu)\b", re.IGNORECASE)
#: Of another body, of another time, or not so yet.
_OTHERS_RE = re.compile(
    r"\b(?:Trung ương|Chính phủ|Quốc hội|quốc gia|Bộ|vùng|cả nước|năm \d{4}|giai đoạn|cùng kỳ|quý|tháng)\b"
)
_OPEN_RE = re.compile(
    r"\b(?:phấn đấu|dự kiến|ước|sẽ|nếu|nhằm|quyết tâm|cơ bản|gần|khả năng|một số|có thể|chưa thể|cần|phải"
    r"|cùng kỳ|năm (?:trước|ngoái))\b",
    re.IGNORECASE,
)
_SETS_RE = re.compile(
    r"\b(?:chỉ tiêu|mục tiêu|kế hoạch|yêu cầu)(?:\s+(?:là|giao|từ|ít nhất|tối thiểu))*\s+$", re.IGNORECASE
)
_LEAST_WORDS, _BEFORE, _UNIT = 1, 200, 20


@dataclass(frozen=True, slots=True)
class _Goal:
    """A goal that is judged in a table or a list: the words of its name, its level and its result."""

    told: Told
    name: frozenset[str]
    level: Amount
    result: Amount


def check_retold(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """``Tập huấn đạt 77,8%, đã đạt chỉ tiêu`` is held against the row that has 77,8% beside a level of 80%."""
    goals = list(_goals(subject))
    own = [span for one in told_in_text(subject) for span in (one.level[1], one.verdict[1])]
    document = subject.document
    for block in document.blocks if goals else ():
        text = document.block_text(block) if block.kind is BlockKind.TEXT else ""
        for low, high in split_sentences(text, clauses=True) if _GATE_RE.search(text) else ():
            start = block.view.start
            span = document.reading.hull(start + low, start + high)
            if not any(span.start <= one.start < span.end for one in own):
                yield from _sentence(subject, block, text, (low, high), goals, tally, by)


def _goals(subject: Subject) -> Iterator[_Goal]:
    for one in (*told_in_tables(subject), *told_in_text(subject)):
        levels, results = (amounts(_with_unit(subject, one, place)) for place in (one.level, one.result))
        if levels and results:
            yield _Goal(one, thing_words(_name(subject, one)) - _NO_NAME, levels[0], results[0])


def _with_unit(subject: Subject, one: Told, place: tuple[str, Span]) -> str:
    """The words of a level or a result; of an item, with those behind them."""
    words, span = place
    return words if one.row is not None else words + subject.document.text[span.end : span.end + _UNIT]


def _name(subject: Subject, one: Told) -> str:
    """What stands before the level and the result: the cells of the row, or the words of the item."""
    low = min(one.level[1].start, one.result[1].start)
    if one.row is not None:
        cells = subject.document.tables[one.row[0]].rows[one.row[1]].cells
        return " ".join(cell.text or "" for cell in cells if cell.spans and cell.span.start < low)
    before = subject.document.text[max(low - _BEFORE, 0) : low]
    return re.split(r"\n|[.;]\s", before)[-1]


#: Words of goals and of numbers name no goal.
_NO_NAME = thing_words(
    "chỉ tiêu mục tiêu kế hoạch mức giao tỷ lệ số đạt tổng tối thiểu thực hiện kết quả đánh giá từ không quá"
)


def _sentence(
    subject: Subject,
    block: TextBlock,
    text: str,
    place: tuple[int, int],
    goals: Sequence[_Goal],
    tally: Tally,
    by: Rule,
) -> Iterator[Finding]:
    """What a sentence says of the one goal whose result it tells."""
    low, high = place
    words = text[low:high]
    if _OPEN_RE.search(words):
        return
    named, numbers = thing_words(words), amounts(words)
    meant = [
        (one, number)
        for one in goals
        for number in numbers
        if number.value == one.result.value
        and _one_unit(number.unit, one.result.unit)
        and len(named & one.name) >= _LEAST_WORDS
        and not _sets_its_own(words, numbers, number, one)
    ]
    if len({id(one) for one, _ in meant}) != 1 or len(meant) > 1:
        return
    goal, number = meant[0]
    held = 0
    for found, said, right in _said(words, goal, number):
        if right:
            held += 1
            continue
        tally.failed += 1
        expected = "Đạt" if goal.told.reached else "Không đạt"
        away = f"{show(abs(goal.result.value - goal.level.value))}"
        span = _span(subject, block, low, found)
        yield _finding(by, block, goal, span, said, away if any(map(str.isdigit, said)) else expected)
        return
    tally.held += held


def _sets_its_own(words: str, numbers: Sequence[Amount], result: Amount, goal: _Goal) -> bool:
    """Whether a level of its own stands there: ``100% hòa giải viên: đã bồi dưỡng 95,0%``, ``chỉ tiêu 76%``."""
    return any(
        _one_unit(one.unit, goal.level.unit)
        and one.value != goal.level.value
        and (re.search(r":\s", words[one.end : result.start]) or _SETS_RE.search(words[: one.start]))
        for one in numbers
        if one.end <= result.start
    )


def _said(words: str, goal: _Goal, number: Amount) -> Iterator[tuple[tuple[int, int], str, bool]]:
    """What a sentence says of a goal behind its result: where, in what words, whether it is so."""
    for found in _AWAY_RE.finditer(words, number.end):
        if _OTHERS_RE.search(found["whose"]):
            continue
        if found["by"] and found["over"] == "trên" and read_number(found["by"]) == goal.level.value:
            continue  # "đã cấp 418 thẻ trên kế hoạch 500 thẻ": out of so many
        over = goal.result.value - goal.level.value
        way = over < 0 if found["under"] else over > 0
        if not way or not found["by"]:
            yield found.span(), found.group(), way
        elif (unit := found["unit"] or "") in ("%", "điểm") or _one_unit(unit.lower(), goal.level.unit):
            scaled = bool(unit) and not goal.level.unit
            right = unit == "%" or any(
                _is_short_for(read_number(found["by"]), value, scaled=scaled)
                for value in (abs(over), goal.level.value)
            )
            yield found.span("by"), found["by"], right
    for found in _SAID_RE.finditer(words, number.end):
        kind = kind_of_verdict(found)
        alone = not found["plan"] and not _BEHIND_RE.search(words, number.end, found.start())
        if alone or kind in ("likely", "hard", "nearly") or _OTHERS_RE.search(found["whose"] or ""):
            continue
        if not any(one.end <= found.start() and one.start > number.start for one in amounts(words)):
            yield found.span("said"), found["said"], (kind != "missed") == goal.told.reached


def _is_short_for(said: Decimal, value: Decimal, *, scaled: bool) -> bool:
    """Whether a number is another one as told in fewer digits, in thousands or millions where no unit is known.

    >>> _is_short_for(Decimal("42.7"), Decimal(42708), scaled=True)
    True
    """
    last = Decimal(1).scaleb(int(said.as_tuple().exponent))
    return any(abs(value.scaleb(-power) - said) < last for power in ((0, 3, 6) if scaled else (0,)))


def _one_unit(one: str, other: str) -> bool:
    return not one or not other or one.split()[0] == other.split()[0]


def _span(subject: Subject, block: TextBlock, low: int, place: tuple[int, int]) -> Span:
    start = block.view.start + low
    return subject.document.reading.hull(start + place[0], start + place[1])


def _finding(by: Rule, block: TextBlock, goal: _Goal, span: Span, said: str, expected: str) -> Finding:
    level, result = (" ".join(words.split()) for words, _ in (goal.told.level, goal.told.result))
    return by.finding(
        (span,),
        f"nói “{said}”, nhưng chỗ đánh giá chỉ tiêu này ghi mức đặt ra {level}, kết quả {result}",
        f"“{said}” is said, but where this goal is judged the level is {level} and the result {result}",
        stated=said,
        expected=expected,
        evidence=(goal.told.result[1], goal.told.level[1]),
        suggestion=both("đối chiếu mục tiêu, kết quả và đánh giá", "compare goal, result and verdict"),
        # What reached its level may yet be missed for another reason.
        severity=Severity.ERROR if expected == "Không đạt" else None,
        page=block.page,
    )
