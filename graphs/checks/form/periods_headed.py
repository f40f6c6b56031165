"""DOC of the year that a heading names: what is planned is headed with the year that the title plans for.

Where the title plans for no year, the words below the heading tell which one is meant.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import BlockKind, Finding, Severity, TextBlock

_PERIOD = r"(?:năm\s+(?P<year>20\d\d)(?!\s*[-–]\s*20)|giai đoạn\s+(?P<from>20\d\d)\s*[-–]\s*(?P<to>20\d\d))"
_PERIOD_RE = re.compile(rf"(?<!đến\s)(?<!hết\s)(?<!cuối\s)\b{_PERIOD}", re.IGNORECASE)
_LABEL = r"\W*(?:(?:[IVX]{1,5}|[A-H]|\d{1,2})[.)]|(?:Phần|PHẦN)\s+\S+(?:\s\S+)?\W)\s*"
#: What is to come, and what has been.
_PLAN_RE = re.compile(
    r"\b(?:phương hướng|nhiệm vụ|kế hoạch|mục tiêu|chỉ tiêu|giải pháp|định hướng|trọng tâm"
    r"|chương trình công tác)\b",
    re.IGNORECASE,
)
_RESULT_RE = re.compile(
    r"\b(?:kết quả|tình hình|thực hiện|đánh giá|tổng kết|sơ kết|kiểm điểm|hoàn thành|đạt được"
    r"|công tác năm|so với|giao)\b",
    re.IGNORECASE,
)
_OPENS_RESULT_RE = re.compile(rf"(?:{_LABEL})?\s*(?:kết quả|tình hình|đánh giá kết quả|tổng kết)\b", re.IGNORECASE)
_PART_OF_YEAR_RE = re.compile(r"\b(?:\d{1,2}|sáu|chín|ba)\s+tháng\b|\bquý\b|\btuần\b|\btháng\s+\d", re.IGNORECASE)
_LABEL_RE = re.compile(_LABEL)
_ENDS_RE = re.compile(r"[.;:,/]\s*$")
_SPLIT_RE = re.compile(
    r"[;,]\s*(?=\s*(?:phương hướng|nhiệm vụ|kế hoạch|mục tiêu|định hướng|chương trình|và\b))"
    r"|\bvà\s+(?=(?:(?:triển khai|đề xuất|xây dựng)\s+)?(?:phương hướng"
    r"|nhiệm vụ|kế hoạch|mục tiêu|định hướng)\b)",
    re.IGNORECASE,
)
_CITES_RE = re.compile(r"\bsố\s+\d|\d/[A-ZĐ]")
_YEAR_RE = re.compile(r"(?<![\d/])(?:năm\s+|\d{1,2}/)(20\d\d)(?![\d/])")
_WORDS, _CAPITALS, _LEAST, _FAR = 24, 0.6, 3, 6000


@dataclass(frozen=True, slots=True)
class _Told:
    """What a title plans for and what it tells of, in years or in times of several years."""

    planned: frozenset[str]
    done: frozenset[str]


def check_headed_periods(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``NHIỆM VỤ TRỌNG TÂM NĂM 2025`` in a report on 2025 whose title plans for 2026."""
    title = subject.document.metadata.title
    if title is None or subject.is_rule() or subject.document.metadata.digest:
        return
    told = _told(title.value)
    if not told.done or _PART_OF_YEAR_RE.search(title.value):
        return
    document = subject.document
    blocks = [block for block in document.blocks if block.kind is BlockKind.TEXT]
    for at, block in enumerate(blocks):
        text = document.block_text(block)
        if block.span.start < title.spans[-1].end or not _is_heading(text) or _CITES_RE.search(text):
            continue
        found = list(_PERIOD_RE.finditer(text))
        if len(found) != 1:
            continue
        period = _period(found[0])
        right, sure = None, True
        if _RESULT_RE.search(text[: found[0].start()]):
            right = _done(told, period) if _OPENS_RESULT_RE.match(text) else None
        elif _PLAN_RE.search(text):
            right, sure = _right(told, period, document.text, blocks[at + 1 :])
        if right is None or right == period:
            tally.held += right == period
            continue
        tally.failed += 1
        where = both("trích yếu", "the title") if sure else both("nội dung bên dưới", "what stands below")
        yield HEADED.finding(
            (document.reading.hull(block.view.start + found[0].start(), block.view.start + found[0].end()),),
            f"đề mục “{' '.join(text.split())}” ghi {period}, nhưng {where} nói về {right}",
            f"the heading “{' '.join(text.split())}” names {period}, but {where.en} tells of {right}",
            stated=period,
            expected=right,
            evidence=title.spans if sure else (),
            suggestion=both("sửa năm trong đề mục", "mend the year of the heading"),
            page=block.page,
            severity=None if sure else Severity.NOTE,
        )


def _period(found: re.Match[str]) -> str:
    return found["year"] or f"{found['from']}-{found['to']}"


def _told(title: str) -> _Told:
    """What the clauses of a title plan for and tell of."""
    planned: set[str] = set()
    done: set[str] = set()
    for clause in _SPLIT_RE.split(" ".join(title.split())):
        periods = {_period(one) for one in _PERIOD_RE.finditer(clause)}
        (planned if _PLAN_RE.search(clause) and not _RESULT_RE.search(clause) else done).update(periods)
    return _Told(frozenset(planned - done), frozenset(done))


def _is_heading(text: str) -> bool:
    """Whether a paragraph is a heading: short, with a label or in capitals, and no sentence."""
    words = text.split()
    if not 2 <= len(words) <= _WORDS or _ENDS_RE.search(text):
        return False
    letters = [sign for sign in text if sign.isalpha()]
    return bool(_LABEL_RE.match(text)) or sum(sign.isupper() for sign in letters) >= _CAPITALS * len(letters)


def _done(told: _Told, period: str) -> str | None:
    """The period that a heading of results should name where it names one that the title plans for."""
    alike = [one for one in told.done if ("-" in one) == ("-" in period)]
    return alike[0] if period in told.planned and len(alike) == 1 else None


def _right(told: _Told, period: str, text: str, below: list[TextBlock]) -> tuple[str | None, bool]:
    """The period that a heading of a plan should name, and whether the title says so; None for none to tell."""
    if told.planned:
        # A year beside the one that is planned for.
        alike = [one for one in told.planned if ("-" in one) == ("-" in period)]
        right = period if period in told.planned else alike[0] if len(alike) == 1 else None
        return (right, True) if right == period or period in told.done else (None, True)
    if "-" in period or period not in told.done:
        return None, False
    start = below[0].span.start if below else len(text)
    years = Counter(_YEAR_RE.findall(text, start, start + _FAR))
    after = str(int(period) + 1)
    return (after if years[after] >= _LEAST and years[after] > 2 * years[period] else None), False


HEADED = rule("DOC-022", check_headed_periods)
HEADED_RULES = (HEADED,)
