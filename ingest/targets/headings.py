"""What a heading says of the items under it: tasks, an outlook, what hinders, what was or who pays."""

from __future__ import annotations

import re
from collections.abc import Iterable

_LABEL = r"(?:(?:[IVX]+|\d+(?:\.\d+)*|[a-zđ])[.)]\s*)?"
#: Headings over what was, or who pays.
_NO_TASKS_RE = re.compile(
    rf"{_LABEL}(?:về\s+)?(?:đánh giá|kết quả|tình hình|thực trạng|hiện trạng|tồn tại|hạn chế"
    r"|ưu điểm|nguyên nhân|sự cần thiết|bối cảnh|quan điểm|căn cứ)(?![^\W\d_])"
    r"|.*\b(?:kinh phí|nguồn vốn|vốn đầu tư|dự toán|mức chi|mức hỗ trợ|định mức|chấm điểm|thang điểm)\b",
    re.IGNORECASE,
)
_TASKS_RE = re.compile(
    r"\b(?:nhiệm vụ(?!,?\s+(?:và\s+)?quyền hạn|\s+của\b)|giải pháp|phương hướng|tổ chức thực hiện"
    r"|nội dung (?:thực hiện|hoạt động|chủ yếu))\b",
    re.IGNORECASE,
)
#: "Kế hoạch vụ Mùa năm 2031", "Kế hoạch 6 tháng cuối năm": what is to be done in a time.
_PLANNED_RE = re.compile(
    rf"\W*{_LABEL}\W*kế hoạch(?:\s+công tác)?\s+(?:năm|quý|vụ|tháng|các tháng|\d{{1,2}} tháng)(?![^\W\d_])",
    re.IGNORECASE,
)
#: What things may come to whatever is done; a goal calls no forecast its own.
_OUTLOOK_RE = re.compile(
    rf"\W*{_LABEL}\W*(?:dự báo|nhu cầu)(?!,|\s+(?:và|cảnh)\b|.*(?:mục|chỉ) tiêu)(?![^\W\d_])", re.IGNORECASE
)
_OF_MONEY_RE = re.compile(
    r"\W*(?:(?:nhu cầu|tổng|dự kiến)\s+)*(?:kinh phí|nguồn vốn|vốn|nguồn lực)"
    r"(?:\s+(?:và|thực hiện|đầu tư|nguồn vốn|chương trình|đề án|kế hoạch|phân kỳ))*\W*",
    re.IGNORECASE,
)
#: "Tồn tại - 03 mục tiêu chưa tới mức, là:"
_HINDERS_RE = re.compile(
    rf"\W*{_LABEL}\W*(?:những\s+|một số\s+)?(?:hạn chế|tồn tại|khó khăn|nguyên nhân)(?![^\W\d_])", re.IGNORECASE
)
#: An item that ends in a verdict: "…, vượt 0,4 điểm phần trăm;", "…, chưa đạt chỉ tiêu."
_ANSWERED_RE = re.compile(
    r"\d[^;]*[,;(–-]\s*(?:(?:chưa|không|đã)\s+)?(?:đạt|vượt|hoàn thành)(?![^\W\d_])[^;:]{0,50}[.;)]\s*$",
    re.IGNORECASE,
)
#: A resolution on a plan sets in its articles what is to be done; one that lays down rules does not.
_PLAN_TITLE_RE = re.compile(
    r"\b(?:kế hoạch|nhiệm vụ|phương hướng|giải pháp|chương trình|đề án|mục tiêu|chỉ tiêu|dự toán)\b", re.IGNORECASE
)
_RULES_TITLE_RE = re.compile(
    r"\W*(?:Về\s+(?:việc\s+)?)?(?:ban hành\s+)?(?:quy định|quy chế|sửa đổi|bãi bỏ|thay thế)(?![^\W\d_])",
    re.IGNORECASE,
)


def is_answered(heading: str) -> bool:
    """Whether what stands over a paragraph is an item that answers its own goal, and no heading.

    >>> is_answered("Mở 40 lớp: đã mở 44 lớp, vượt chỉ tiêu."), is_answered("Kết quả đạt các chỉ tiêu")
    (True, False)
    """
    return _ANSWERED_RE.search(heading) is not None


def is_no_task(heading: str) -> bool:
    """Whether a heading stands over no tasks, but over what was, or who pays.

    >>> is_no_task("I. HIỆN TRẠNG"), is_no_task("Kinh phí thực hiện"), is_no_task("2. Nhiệm vụ")
    (True, True, False)
    """
    return _NO_TASKS_RE.match(" ".join(heading.split())) is not None


def is_outlook(heading: str) -> bool:
    """Whether a heading is over a forecast or a need.

    >>> is_outlook("4. Dự báo"), is_outlook("Dự báo, cảnh báo lũ"), is_outlook("Dự báo các chỉ tiêu năm 2031")
    (True, False, False)
    """
    return _OUTLOOK_RE.match(heading) is not None


def is_of_hindrance(heading: str) -> bool:
    """Whether a heading is over what hinders, though it counts goals.

    >>> is_of_hindrance("Tồn tại - 03 mục tiêu chưa tới:"), is_of_hindrance("Kết quả thực hiện chỉ tiêu")
    (True, False)
    """
    return _HINDERS_RE.match(heading) is not None


def is_of_money(heading: str) -> bool:
    """Whether a heading is over the money for a plan and nothing else.

    >>> is_of_money("KINH PHÍ THỰC HIỆN"), is_of_money("Thu hút vốn đầu tư")
    (True, False)
    """
    return _OF_MONEY_RE.fullmatch(heading) is not None


def are_tasks(headings: Iterable[str]) -> bool:
    """Whether the nearest heading that says so is over tasks.

    >>> are_tasks(["Y tế", "NHIỆM VỤ, GIẢI PHÁP"]), are_tasks(["Nhiệm vụ, quyền hạn"]), are_tasks(["Kinh phí"])
    (True, False, False)
    """
    for heading in headings:
        if is_no_task(heading) or is_outlook(heading):
            return False
        if _TASKS_RE.search(heading) or _PLANNED_RE.match(heading):
            return True
    return False


def lays_rules(title: str | None) -> bool:
    """Whether the title of a paper says that it lays down rules, of no plan.

    >>> lays_rules("Ban hành Quy định về bãi đỗ xe"), lays_rules("Sửa đổi, bổ sung Kế hoạch năm 2031")
    (True, False)
    """
    return bool(title and _RULES_TITLE_RE.match(title) and not _PLAN_TITLE_RE.search(title))


def is_on_plan(kind: str | None, title: str | None) -> bool:
    """Whether a resolution is on a plan and lays down no rules.

    >>> is_on_plan("Nghị quyết", "Về kế hoạch năm 2031"), is_on_plan("Nghị quyết", "Quy định mức chi của đề án")
    (True, False)
    """
    return (
        kind == "Nghị quyết"
        and title is not None
        and _PLAN_TITLE_RE.search(title) is not None
        and _RULES_TITLE_RE.match(title) is None
    )
