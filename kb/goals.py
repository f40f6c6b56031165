"""Tables that set goals beside results and verdicts: which column is which."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.models import Table

_GOAL_RE = re.compile(
    r"mục tiêu|chỉ tiêu (?:đề ra|giao|kế hoạch|phấn đấu|năm \d{4})|nhiệm vụ được giao|yêu cầu", re.IGNORECASE
)
_RESULT_RE = re.compile(r"kết quả|thực hiện được|đạt được|đã thực hiện", re.IGNORECASE)
_VERDICT_RE = re.compile(r"đánh giá|đạt\s*/\s*(?:không|chưa)|mức độ hoàn thành|tự đánh giá", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column is which."""

    goal: int
    result: int | None
    verdict: int | None


def read_columns(table: Table) -> Columns | None:
    """The columns of goal, result and verdict; None when the table sets no goals beside anything."""
    goal = result = verdict = None
    for at, head in enumerate(table.columns):
        if verdict is None and _VERDICT_RE.search(head):
            verdict = at
        elif result is None and _RESULT_RE.search(head):
            result = at
        elif goal is None and _GOAL_RE.search(head):
            goal = at
    if goal is None or (result is None and verdict is None):
        return None
    return Columns(goal, result, verdict)


#: What a verdict cell may say.
VERDICTS = ("Không đạt", "Chưa đạt", "Chưa hoàn thành", "Không hoàn thành", "Vượt", "Hoàn thành", "Đạt")
_VERDICT_WORD_RE = re.compile(r"\s*(" + "|".join(VERDICTS) + r")(?![^\W\d_])", re.IGNORECASE)


def verdict_of(words: str) -> str:
    """A verdict in the words of running text, as a cell has it.

    >>> verdict_of("hoàn thành vượt"), verdict_of("chưa  đạt")
    ('Vượt', 'Chưa đạt')
    """
    told = " ".join(words.lower().split())
    return "Vượt" if told.endswith("vượt") else told.capitalize()


def read_verdict(text: str | None) -> str | None:
    """The verdict that a cell begins with.

    >>> read_verdict("Không đạt (mới đạt 24%)"), read_verdict("đạt"), read_verdict("100%")
    ('Không đạt', 'Đạt', None)
    """
    found = _VERDICT_WORD_RE.match(text or "")
    return found[1].capitalize() if found else None
