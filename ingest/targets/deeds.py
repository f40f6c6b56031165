"""Goals without a number: a thing to be done, or what is to have become of it."""

from __future__ import annotations

import re

from ingest.targets.contexts import TARGET_WORDS_RE, Context
from ingest.targets.levels import COMPLETION_RE, GOAL
from kb.text.items import list_style

#: A list of things to be done sets targets only where its lead-in calls them so.
_GOALS_RE = re.compile(rf"\b(?:{GOAL}|chỉ tiêu)\b", re.IGNORECASE)
#: "Phấn đấu đến năm 2030:"
_STRIVES_RE = re.compile(r"\W*(?:\w{1,3}[.)]\s+)?Phấn đấu\b[^.;:]{0,60}:\W*$")
#: A heading over goals that are to be measured; "Mục tiêu tổng quát" only says whither.
_CONCRETE_RE = re.compile(
    rf"\b(?:{GOAL}|chỉ tiêu)(?:,\s*chỉ tiêu)?\s+(?:cụ thể|chủ yếu|đến năm|giai đoạn|năm \d)|\bchỉ tiêu\b",
    re.IGNORECASE,
)
_TASKS_RE = re.compile(r"\b(?:nhiệm vụ|giải pháp|nội dung|công việc|hoạt động)\b", re.IGNORECASE)
#: What is to have become of a thing, or is to be no more, where goals are listed.
_OUTCOME_RE = re.compile(
    r"^[\s*_“\"+•–-]*(?:[a-zđ]\)|\(?\d{1,2}[.)])?\s*(?:(?:Không để|Không còn|Không phát sinh|Chấm dứt)\b"
    r"|[A-ZĐÀ-Ỹ][^.;:()\d]{2,70}\s(?:đạt chuẩn|được công nhận|thoát khỏi|ra khỏi|về đích)\s)"
)
#: "không để phát sinh nợ mới", behind what it is about or what is done.
_FORBIDS_RE = re.compile(
    r"\W*(?:[^:;.\d]{2,60}:\s+|(?:[^\W\d_]+\s){0,3}[^\W\d_]+,\s+)?"
    r"(?:(?:và|kiên quyết|tuyệt đối)\s+)?không (?:để|phát sinh)(?![^\W\d_])",
    re.IGNORECASE,
)
#: "(Chi tiết tại Phụ lục II.)", "Bảng 4. Chỉ tiêu năm 2032"
_ASIDE_RE = re.compile(
    r"\W*\(?(?:(?:Kết quả|Nội dung)\s+)?(?:chi tiết|từng chỉ tiêu|xem)\b|\s*\([^()]*\)\W*$"
    r"|\W*(?:bảng|biểu|hình)\s+(?:số\s+)?\d+\s*[.:]",
    re.IGNORECASE,
)


def _completes(sentence: str, context: Context) -> bool:
    """Whether an item without a level sets a thing to be done."""
    if not context.leads:
        heading = next((words for words in context.headings if TARGET_WORDS_RE.search(words)), "")
        goals_alone = _CONCRETE_RE.search(heading) and not _TASKS_RE.search(heading)
        plainly = _GOALS_RE.search(heading) and not _TASKS_RE.search(heading) and _OUTCOME_RE.match(sentence)
        done = plainly or (goals_alone and COMPLETION_RE.match(sentence))
        return bool(done and list_style(sentence))
    goals = list(_GOALS_RE.finditer(context.leads[0].text))
    if _STRIVES_RE.match(context.leads[0].text) and _OUTCOME_RE.match(sentence):
        return True
    # "… để đạt mục tiêu trên, tập trung các nhiệm vụ sau:" lists tasks.
    opens = context.leads[0].text.rstrip().endswith(":")
    tasks = goals and opens and _TASKS_RE.search(context.leads[0].text, goals[-1].end())
    return bool((COMPLETION_RE.match(sentence) or _OUTCOME_RE.match(sentence)) and goals and not tasks)


def is_outcome(sentence: str) -> bool:
    """Whether an item says what is to have become of a thing, or is to be no more.

    >>> is_outcome("1. Không để xảy ra mất nước kéo dài"), is_outcome("2. Phát triển thị trường")
    (True, False)
    """
    return _OUTCOME_RE.match(sentence) is not None


def forbids(clause: str, context: Context) -> bool:
    """Whether a clause among goals says that a thing is not to happen: ``không để phát sinh nợ mới``."""
    over = [lead.text for lead in context.leads[:1]] or context.headings[:1]
    goals = context.sets and any(_GOALS_RE.search(words) and not _TASKS_RE.search(words) for words in over)
    return goals and _FORBIDS_RE.match(clause) is not None


def sets_deed(sentence: str, context: Context) -> bool:
    """Whether an item without a level sets a thing to be done, or one of a list of goals reached or missed."""
    if sentence.rstrip().endswith((":", "...", "…")):
        return False  # it leads in to others
    judged = bool(context.leads) and not _ASIDE_RE.match(sentence) and _is_judged(context)
    return _completes(sentence, context) or judged


def _is_judged(context: Context) -> bool:
    """Whether the lead-in of a list counts its items as goals that were reached or missed."""
    lead = context.leads[0].text.rstrip()
    return context.leads[0].verdict is not None and lead.endswith(":") and bool(_GOALS_RE.search(lead))
