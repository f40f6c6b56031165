"""Tables that set goals beside results and verdicts: which column is which."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.models import Row, Table

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


#: What a row that adds up is called, and how many goals it counts, all of them or by how they came out.
_SUM_RE = re.compile(r"\W*(?:tổng(?:\s+(?:số|cộng))?|cộng|tổng hợp|chung)\W*", re.IGNORECASE)
_GOALS_RE = re.compile(r"\W*\d+\s+(?:chỉ tiêu|mục tiêu|nhiệm vụ|tiêu chí)\W*", re.IGNORECASE)
_CAME_OUT = r"(?:(?:chưa|không)\s+)?(?:đạt|hoàn thành|vượt)"
_CAME_OUT_RE = re.compile(
    rf"\b(?:{_CAME_OUT}\s*:?\s*\d+(?![\d.,]*\d|\s*%)|(?<![\d.,])\d+\s+(?:chỉ tiêu\s+|mục tiêu\s+)?{_CAME_OUT}\b)",
    re.IGNORECASE,
)


def counts_goals(row: Row) -> bool:
    """Whether a row sets no goal, but counts those above it: ``Cộng | 9 chỉ tiêu | Vượt 6, đạt 1, chưa đạt 2``."""
    told = [cell.text for cell in row.cells if cell.text and any(map(str.isalpha, cell.text))]
    if not told or not _SUM_RE.fullmatch(told[0]):
        return False
    return any(_GOALS_RE.fullmatch(one) or len(_CAME_OUT_RE.findall(one)) > 1 for one in told[1:])


#: What a verdict cell may say.
VERDICTS = ("Không đạt", "Chưa đạt", "Chưa hoàn thành", "Không hoàn thành", "Vượt", "Hoàn thành", "Đạt")
#: Those by which a goal was reached.
MET = ("Đạt", "Hoàn thành", "Vượt")
#: On the way to a level, or at a level of part of the time: whether the level was reached is not said.
ON_THE_WAY = (
    r"(?:\s+(?:và|,)?\s*(?:vượt|đạt|đúng|kịp|theo|so với|bảo đảm|đảm bảo))*\s+(?:(?:yêu cầu|mức)\s+)?(?:về\s+)?"
    r"(?:tiến độ|lộ trình|(?:kế hoạch|kịch bản|mục tiêu|chỉ tiêu|dự toán)\s+"
    r"(?:(?:của\s+)?(?:(?!12\b)\d{1,2}|ba|sáu|chín) tháng|(?:của\s+)?quý))"
)
_VERDICT_WORD_RE = re.compile(r"\s*(" + "|".join(VERDICTS) + rf")(?![^\W\d_])(?!{ON_THE_WAY}\b)", re.IGNORECASE)


def verdict_of(words: str) -> str:
    """A verdict in the words of running text, as a cell has it.

    >>> verdict_of("hoàn thành vượt mức"), verdict_of("chưa  đạt")
    ('Vượt', 'Chưa đạt')
    """
    told = " ".join(words.lower().split()).removesuffix(" mức")
    return "Vượt" if told.endswith("vượt") else told.capitalize()


def read_verdict(text: str | None) -> str | None:
    """The verdict that a cell begins with.

    >>> read_verdict("Không đạt (mới đạt 24%)"), read_verdict("đạt"), read_verdict("100%")
    ('Không đạt', 'Đạt', None)

    What goes as planned so far has not reached its level yet.

    >>> read_verdict("Đạt tiến độ"), read_verdict("Hoàn thành đúng tiến độ"), read_verdict("Đạt kế hoạch 6 tháng")
    (None, None, None)
    """
    found = _VERDICT_WORD_RE.match(text or "")
    return found[1].capitalize() if found else None
