"""Numbers that a task of a plan sets by its deed or by what it makes: ``mở 12 lớp``, ``sản lượng 512 tấn``."""

from __future__ import annotations

import re

from ingest.figures.measures import PERIOD_RE
from ingest.figures.quantities import Quantity
from ingest.targets.amounts import is_counted_time, is_measured
from ingest.targets.led import ITEM_RE

#: "b) Về nông nghiệp: …", "Tiểu dự án 2 - Cấp nước bản xa: …": what the task is about.
_ABOUT_RE = re.compile(r"[^:;.]{2,80}:\s+")
_MORE = r"(?:\s+(?:mới|thêm|bổ sung|khoảng|trên|hơn|được|cho|lại))*"
#: The last words before the number: what is done.
_DEED_RE = re.compile(
    r"(?P<ahead>(?:[^\W\d_]+,?\s+){0,4}?)(?:tổ chức|mở|thành lập|trồng|xây dựng|xây|đào tạo|tập huấn|bồi dưỡng"
    r"|phát triển|phát hành|in|trao|tặng|cải tạo|nâng cấp|sửa chữa|lắp đặt|đầu tư|kết nạp|khám|hỗ trợ|cấp|cử|đưa"
    r"|tuyển(?:\s+(?:sinh|dụng|chọn))?|tham gia|dự|đón|đăng|phát sóng|biên soạn|xuất bản|sản xuất|lắp|sửa|làm|thả"
    r"|phục vụ|luân chuyển|phát|tiêm|nạo vét|chăm sóc"
    r"|xử lý|xóa(?:\s+bỏ)?|xoá|diễn tập|kiểm tra|thanh tra"
    rf"|tạo việc làm|thu hút|triển khai|công nhận|nâng tổng số lên){_MORE}\s+",
    re.IGNORECASE,
)
_LENDS_RE = re.compile(
    rf"(?:[^\W\d_]+,?\s+){{0,12}}?(?:cho vay|giải ngân|huy động|thu hút){_MORE}\s+", re.IGNORECASE
)
#: What is measured, with what is to become of it.
_AMOUNT_OF_RE = re.compile(
    r"(?:(?:duy trì|giữ vững|giữ ổn định|ổn định|nâng|bảo đảm|đảm bảo)\s+)?(?:tổng\s+)?"
    r"(?:sản lượng|diện tích|đàn|doanh thu|năng suất)\s+(?:[^\W\d_]+\s+){0,8}",
    re.IGNORECASE,
)
#: Turns of a thing that is told: "tổ chức 04 buổi tọa đàm"; bare they are time.
_TURNS_RE = re.compile(r"\s*(?:buổi|đợt)\s+(?!(?:trong|vào|mỗi|một|cho|từ|đến|và|hoặc|ở|tại)\b)[^\W\d_]{2,}")
_HOLDS_RE = re.compile(r"\b(?:tổ chức|mở|triển khai)\s+(?:(?:ít nhất|khoảng|trên)\s+)?$", re.IGNORECASE)
#: "mỗi năm dạy 1.200 người, cả giai đoạn dạy 7.200 người"
_ALSO_RE = re.compile(r"(?:cả|mỗi|toàn|và)\s", re.IGNORECASE)
_PARTS_RE = re.compile(r"\b(?:trong đó|gồm)\b", re.IGNORECASE)
_SCHOOL_YEAR_RE = re.compile(r"\bnăm học\s+20\d\d\s*[-–]\s*20\d\d", re.IGNORECASE)
_REACHES_RE = re.compile(r"đạt\s+", re.IGNORECASE)
_MONEY_RE = re.compile(r"(?:(?:nghìn|ngàn|triệu|tỷ|tỉ)\s+)*(?:đồng|USD)", re.IGNORECASE)
_HEADS_RE = re.compile(r"\s*(?:con|cây|giường|bác sĩ)\b", re.IGNORECASE)
#: What a number has behind it where it is a price, or the way to the thing.
_EACH_RE = re.compile(r"[^.;,()\d]{0,20}/\s*(?:hộ|người|lớp|suất|lần|ngày|tháng|công|ha|m2|m²)\b", re.IGNORECASE)

#: "Hỗ trợ 16 dự án đang làm thủ tục", "ưu tiên vốn xử lý 3 điểm sạt lở": whom a task helps, what money is for.
_HELPS_RE = re.compile(r"\bhỗ trợ\s+$", re.IGNORECASE)
_STANDS_RE = re.compile(r"(?:\s+[^\W\d_]+){1,6}?\s+(?:đang|chưa|còn|hiện có|gặp)(?![^\W\d_])")
_FIRST_RE = re.compile(
    r"\bưu tiên\s+(?:bố trí\s+)?(?:vốn|nguồn lực|kinh phí|nguồn vốn)(?![^\W\d_])", re.IGNORECASE
)


def is_deed(text: str, quantity: Quantity, unit: str | None) -> bool:
    """Whether a task of a plan does so many things, or lends, grows or makes so much.

    >>> from ingest.figures.quantities import find_quantities
    >>> texts = "1. Sàn việc: tổ chức 12 phiên", "- sản lượng lúa 512.000 tấn"
    >>> [is_deed(text, find_quantities(text)[-1], text.split()[-1]) for text in texts]
    [True, True]
    >>> text = "Mức chi 18 triệu đồng/lớp"
    >>> is_deed(text, find_quantities(text)[0], "triệu đồng")
    False
    """
    if quantity.percent or quantity.of or unit is None:
        return False
    turns = _TURNS_RE.match(text, quantity.end) and _HOLDS_RE.search(text, 0, quantity.start)
    if is_counted_time(text, quantity) and not turns:
        return False
    if _EACH_RE.match(text, quantity.end):
        return False
    left = ITEM_RE.sub("", text[: quantity.start])
    if _FIRST_RE.search(left) or (_HELPS_RE.search(left) and _STANDS_RE.match(text, quantity.end)):
        return False
    left = _ABOUT_RE.sub("", left, count=1) if _ABOUT_RE.match(left) else left
    left = PERIOD_RE.sub(" ", _SCHOOL_YEAR_RE.sub(" ", left)).strip(" ,") + " "
    told = re.search(r"\d", left) is not None
    left = left.rpartition(", ")[2]  # "Dự 8 hội chợ, mở 3 điểm bán hàng"
    if told and (_PARTS_RE.search(text, 0, quantity.start) or re.search(r"\d", left)):
        return False
    if _MONEY_RE.match(unit):
        return _LENDS_RE.fullmatch(left) is not None or _AMOUNT_OF_RE.fullmatch(left) is not None
    deed = _DEED_RE.fullmatch(left)
    if deed:
        return not told or not deed["ahead"] or _ALSO_RE.match(deed["ahead"]) is not None
    counted = is_measured("", unit) or _HEADS_RE.match(unit) is not None
    return counted and (_AMOUNT_OF_RE.fullmatch(left) or _REACHES_RE.fullmatch(left)) is not None
