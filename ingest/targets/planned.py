"""Which column names the rows of a table that calls them no goals, but holds a plan beside what came of it.

``Nhóm nghề | Kế hoạch năm 2031 | 6 tháng 2031 | So kế hoạch (%)``, ``Nhiệm vụ | Chỉ tiêu | Kết quả``; and in a
plan what is to be done year by year: ``Nội dung | ĐVT | Năm 2031 | Năm 2032``. Money, posts and works are shared
out in tables like these; they are no goals.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

#: The head of a number that is planned, and no more.
_PLAN_RE = re.compile(
    r"(?:mức\s+)?(?:kế hoạch|KH|chỉ tiêu|mục tiêu)(?:\s+(?:được\s+)?(?:giao|đề ra|đặt ra|cả năm))*"
    r"(?:\s+(?:năm\s+)?20\d\d)?(?:\s+năm)?(?:\s*\((?!\s*(?:triệu|tỷ|nghìn)\s)[^()]{1,20}\))?",
    re.IGNORECASE,
)
#: What came of it, and the time that passed.
_CAME_RE = re.compile(
    r"(?:(?:ước\s+)?(?:TH|thực hiện)|kết quả|đạt được|đã\s+[^\W\d_]+)(?![^\W\d_])"
    r"|(?:\d{1,2}\s+tháng|quý\s+[IVX]+)(?![^\W\d_])",
    re.IGNORECASE,
)
#: How much of the plan that is.
_OF_PLAN_RE = re.compile(
    r"\W*(?:%|tỷ lệ|tỉ lệ|so(?: sánh)?|đạt|mức độ)[\s(%)]*(?:so\s+|với\s+|hoàn thành\s*|đạt\s*|thực hiện\s*)*"
    r"(?:KH|kế hoạch|chỉ tiêu|mục tiêu)?(?:\s+(?:năm|giao))*[\s(%)]*",
    re.IGNORECASE,
)
#: A head over what is no goal: money and what it is spent on, works, posts, places, scores, who and where.
_NO_GOALS_RE = re.compile(
    r"\b(?:vốn|nguồn|kinh phí|dự toán|ngân sách|chi|khoản|dự án|công trình|gói thầu|chủ đầu tư|biên chế|vị trí"
    r"|họ tên|họ và tên|chức danh|đơn vị(?!\s+tính)|địa phương|địa bàn|xã|phường|huyện|cơ quan|trường|điểm"
    r"|giải ngân|nhu cầu|đất|học sinh|lớp|tài sản|văn bản)\b",
    re.IGNORECASE,
)
_CALLED_RE = re.compile(r"chỉ tiêu|mục tiêu", re.IGNORECASE)
#: The head of a column of units.
UNIT_RE = re.compile(r"(?:đvt|đ\.v\.t|đv tính|đơn vị(?:\s+tính)?)\.?", re.IGNORECASE)
_YEAR_RE = re.compile(r"\W*(?:năm\s+)?(?P<year>20\d\d)\W*", re.IGNORECASE)
_MONEY_RE = re.compile(r"(?<!hợp )đồng|USD", re.IGNORECASE)
#: The fewest years that make a plan of years.
_FEWEST = 2


def sets_plan_beside_result(columns: Sequence[str], name: str) -> bool:
    """Whether heads hold a plan, what came of it and how much of the plan that is; or a goal called so.

    >>> sets_plan_beside_result(["Nhóm nghề", "Kế hoạch năm 2031", "6 tháng 2031", "So kế hoạch (%)"], "Nhóm nghề")
    True
    >>> sets_plan_beside_result(["Nhiệm vụ", "Chỉ tiêu", "Kết quả"], "Nhiệm vụ")
    True
    >>> sets_plan_beside_result(["Dự án", "Kế hoạch", "Thực hiện", "% kế hoạch"], "Dự án")
    False
    """
    if _NO_GOALS_RE.search(name):
        return False
    planned = [head for head in columns if _PLAN_RE.fullmatch(head)]
    came = any(_CAME_RE.match(head) for head in columns)
    share = any(_OF_PLAN_RE.fullmatch(head) for head in columns)
    called = any(_CALLED_RE.search(head) for head in planned)
    return bool(planned) and came and (share or called)


def sets_years(columns: Sequence[str], name: str, over: str, units: Sequence[str], year: int | None) -> bool:
    """Whether heads hold the years to come, a unit a row, and neither the head nor the words over it are of money.

    >>> heads = ["Nội dung", "ĐVT", "Năm 2031", "Năm 2032"]
    >>> sets_years(heads, "Nội dung", "Lộ trình", ["ha", "cây"], 2031)
    True
    >>> sets_years(heads, "Nội dung", "Nhu cầu kinh phí", ["ha", "cây"], 2031)
    False
    >>> sets_years(heads, "Nội dung", "Lộ trình", ["hợp đồng"], 2031), sets_years(heads, "", "", ["đồng"], 2031)
    (True, False)
    """
    if year is None or _NO_GOALS_RE.search(name) or _NO_GOALS_RE.search(over):
        return False
    if not any(UNIT_RE.fullmatch(head) for head in columns) or any(map(_MONEY_RE.search, units)):
        return False
    years = [int(found["year"]) for head in columns if (found := _YEAR_RE.fullmatch(head))]
    return len(years) >= _FEWEST and min(years) >= year
