"""What tells a level that is to be reached from one that a rule is made of, and from what only happened."""

from __future__ import annotations

import re

from ingest.figures.quantities import Quantity

#: "hiện", "hiện nay": how things stand; but "giá hiện hành", "thiết bị hiện đại", "thể hiện".
_NOW = r"(?<!phát )(?<!thực )(?<!thể )(?<!xuất )hiện(?:\s+nay)?(?!\s+(?:hành|đại|hữu|trường)\b)"
#: Words before a number that say it happened.
PAST_RE = re.compile(
    r"\bđã\b"
    rf"|\b(?:luôn|{_NOW}|có|được khảo sát|kết quả|thực tế|chưa|ước)\b[^.;]{{0,60}}$"
    r"|^\W*(?:Hiện (?:nay|tại)|Hiện,|Đến nay|Tính đến|Thời gian qua|Những năm qua|Ước)(?![^\W\d_])"
    r"|\b(?:chiếm|tăng|giảm)\s+(?:tỷ lệ|tỉ lệ)?\s*$",
    re.IGNORECASE,
)
#: The same where goals are listed, or behind an aim: "có", "chiếm", "tăng" say there what is to be.
DONE_RE = re.compile(
    r"\bđã\b"
    rf"|\b(?:luôn|{_NOW}|kết quả|thực tế|ước|(?<!từ )đến nay|qua (?:khảo sát|rà soát|thống kê))"
    r"\b[^.;]{0,60}$"
    r"|^\W*(?:Hiện (?:nay|tại)|Hiện,|Đến nay|Tính đến|Thời gian qua|Những năm qua|Ước)(?![^\W\d_])",
    re.IGNORECASE,
)
#: "Có ít nhất 30% cơ quan được kiểm tra": no count says so of itself.
HAS_LEAST_RE = re.compile(r"(?:^|[.;]\s)\W*Có\s+(?:ít nhất|tối thiểu|không dưới)\s*$")
#: "Người trúng cử đạt tỷ lệ phiếu cao nhất 96,71%, thấp nhất 61,05%": what was, unless it is aimed at.
EXTREME_RE = re.compile(r"\b(?:thấp nhất|cao nhất)(?:\s+là)?\s*$", re.IGNORECASE)
#: "mỗi xã có ít nhất 01 mô hình", among tasks
HAS_IN_ALL_RE = re.compile(
    r"\b(?:mỗi|từng|các|tất cả)\s[^.;,\d]{2,40}\scó\s+(?:ít nhất|tối thiểu)\s*$", re.IGNORECASE
)
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
#: "Hỗ trợ giống cho ít nhất 950 hộ": for how many, and not how much.
_FOR_SO_MANY_RE = re.compile(r"\bcho\s+(?:ít nhất|tối thiểu|trên|khoảng|hơn)\s*$", re.IGNORECASE)
_POINTS_RE = re.compile(r"\s*(?:điểm|lần mức)(?![^\W\d_])")
#: Time that is allowed for a step is a rule of procedure.
_TIME_RE = re.compile(r"\s*(?:\([^()]{1,20}\)\s*)?(?:giờ|phút|ngày|tuần|tháng|năm|buổi|tiết)(?![^\W\d_])")

#: The same as a share, and what the things cost: "42 người, bằng 1,85% tổng số", "tổng mức đầu tư 74 tỷ đồng".
_AS_SHARE_RE = re.compile(r",\s*(?:bằng|chiếm|tỷ lệ|tỉ lệ|tương ứng(?: với)?)\s*(?:khoảng\s+|trên\s+|gần\s+)?$")
_THAT_IS_RE = re.compile(r",\s*tương ứng(?:\s+với)?\s+(?:giảm|tăng)\s+(?:khoảng\s+|trên\s+|gần\s+)?$")
_COSTS_RE = re.compile(
    r"\b(?:tổng mức đầu tư|tổng vốn(?: đầu tư)?|tổng kinh phí|kinh phí|vốn đầu tư|tổng dự toán)"
    r"(?:\s+(?:là|khoảng|dự kiến|trên|gần|thực hiện))*\s*$",
    re.IGNORECASE,
)
#: The level before in other words: "khám 185.000 lượt, tăng 9,8% so với năm 2020".
_GROWN_RE = re.compile(
    r",\s*(?:[^\W\d_]+\s+){0,3}(?:tăng|giảm)(?:\s+(?:khoảng|trên|hơn|thêm|bình quân|ít nhất|tối thiểu))*\s*$",
    re.IGNORECASE,
)
_SINCE_RE = re.compile(r"[^.;,\d]{0,40}\bso với\b")
#: "đạt 87,4%, tăng 1,6 điểm phần trăm so với năm 2020 (85,8%)": a change between two values that are told.
_RISEN_RE = re.compile(r"\d\s*%?(?:\s+[^\W\d_]+){0,3},?\s+(?:tăng|giảm)(?:\s+(?:khoảng|trên|hơn|thêm))*\s*$")
_SINCE_VALUE_RE = re.compile(r"[^.;,\d]{0,40}\bso với[^.;,()\d]*(?:(?:19|20)\d\d)?\s*\(\s*\d")
#: An amount in land, weight or money right before its growth: "đạt 5,0 tỷ USD, tăng bình quân 10,4%/năm".
_AMOUNT_RE = re.compile(
    r"\d\s*(?:(?:nghìn|ngàn|triệu|tỷ|tỉ)\s+)?(?:ha|tấn|tạ|đồng|USD|m3|m³|kWh|lượt khách|lượt|người)"
    r"(?:\s*/\s*[^\W\d_]+)?(?:\s*\([^()]*\))?,\s*(?:tăng|giảm)[^,;.\d]*$",
    re.IGNORECASE,
)


def is_rule(sentence: str, quantity: Quantity, left: str, *, listed: bool, norm: bool) -> bool:
    """Whether a least or a most belongs to a rule: its case, what it grants, its points, the time for a step."""
    grants = GRANT_RE.search(left) and not (listed and not quantity.percent and _FOR_SO_MANY_RE.search(left))
    if CASE_RE.search(left) or grants or (_POINTS_RE.match(sentence, quantity.end) and not listed):
        return True
    return (norm and not listed) or _TIME_RE.match(sentence, quantity.end) is not None


def is_told_again(sentence: str, quantity: Quantity, left: str, *, after: bool = True) -> bool:
    """Whether a number behind a level says the same as a share, as growth, or what the things cost.

    With no level before it (`after`), whether it is the change to a value told before it, from one told behind it.

    >>> from ingest.figures.quantities import find_quantities
    >>> texts = "khám 500 lượt, tăng 9,8% so với năm 2030", "thu 5,0 tỷ đồng, tăng 10,4%/năm", "đạt 5 xã, tăng 10%"
    >>> [
    ...     is_told_again(text, one, text[: one.start])
    ...     for text in texts
    ...     for one in find_quantities(text)
    ...     if one.percent
    ... ]
    [True, True, False]
    """
    if not after:
        return bool(_RISEN_RE.search(left) and _SINCE_VALUE_RE.match(sentence, quantity.end))
    if (quantity.percent and _AS_SHARE_RE.search(left)) or _THAT_IS_RE.search(left):
        return True
    if not quantity.percent and _COSTS_RE.search(left):
        return True
    return bool(_GROWN_RE.search(left) and (_SINCE_RE.match(sentence, quantity.end) or _AMOUNT_RE.search(left)))
