"""What tells a level that is to be reached from one that a rule is made of, and from what only happened."""

from __future__ import annotations

import re

from ingest.figures.quantities import Quantity

#: Words before a number that say it happened.
PAST_RE = re.compile(
    r"\bđã\b"
    r"|\b(?:luôn|(?<!phát )(?<!thực )(?<!thể )(?<!xuất )hiện(?:\s+nay)?|có|được khảo sát|kết quả|thực tế|chưa"
    r"|ước)\b[^.;]{0,60}$"
    r"|^\W*(?:Hiện (?:nay|tại)|Hiện,|Đến nay|Tính đến|Thời gian qua|Những năm qua)(?![^\W\d_])"
    r"|\b(?:chiếm|tăng|giảm)\s+(?:tỷ lệ|tỉ lệ)?\s*$",
    re.IGNORECASE,
)
#: The same where goals are listed, or behind an aim: "có", "chiếm", "tăng" say there what is to be.
DONE_RE = re.compile(
    r"\bđã\b"
    r"|\b(?:luôn|(?<!phát )(?<!thực )(?<!thể )(?<!xuất )hiện(?:\s+nay)?|kết quả|thực tế|ước)\b[^.;]{0,60}$"
    r"|^\W*(?:Hiện (?:nay|tại)|Hiện,|Đến nay|Tính đến|Thời gian qua|Những năm qua)(?![^\W\d_])",
    re.IGNORECASE,
)
#: "Có ít nhất 30% cơ quan được kiểm tra": no count says so of itself.
HAS_LEAST_RE = re.compile(r"(?:^|[.;]\s)\W*Có\s+(?:ít nhất|tối thiểu|không dưới)\s*$")
#: Words before a number that say in which case a rule applies, or what a rule grants or weighs.
CASE_RE = re.compile(
    r"(?:^|[;.,:]\s*)\W*(?:khi|nếu|(?:(?:trong|đối với|với)\s+)?(?:(?:các|những|một số)\s+)?trường hợp)\b[^;.]*$",
    re.IGNORECASE,
)
THEN_RE = re.compile(r"\bthì\b", re.IGNORECASE)
GRANT_RE = re.compile(
    r"\b(?:hỗ trợ|mức (?:hỗ trợ|chi|thu|phạt|phí|đóng|hưởng|lãi|giá)|phạt|phụ cấp|trích|khấu trừ|giảm trừ|tạm ứng"
    r"|miễn|bồi thường|lãi suất|thang điểm|chấm)\b[^;.]*$",
    re.IGNORECASE,
)
_POINTS_RE = re.compile(r"\s*(?:điểm|lần mức)(?![^\W\d_])")
#: Time that is allowed for a step is a rule of procedure.
_TIME_RE = re.compile(r"\s*(?:\([^()]{1,20}\)\s*)?(?:giờ|phút|ngày|tuần|tháng|năm|buổi|tiết)(?![^\W\d_])")


def is_rule(sentence: str, quantity: Quantity, left: str, *, listed: bool, norm: bool) -> bool:
    """Whether a least or a most belongs to a rule: its case, what it grants, its points, the time for a step."""
    if CASE_RE.search(left) or GRANT_RE.search(left) or (_POINTS_RE.match(sentence, quantity.end) and not listed):
        return True
    return (norm and not listed) or _TIME_RE.match(sentence, quantity.end) is not None
