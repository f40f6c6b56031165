"""Levels that are no shares: so many things, so much money or land, so many in a thousand."""

from __future__ import annotations

import re

from ingest.figures.measures import PERIOD_RE
from ingest.figures.quantities import Quantity
from ingest.targets.worded import is_none_left, is_times

#: Words that an amount follows where it is to be reached; between them and it only how it is meant.
_LEADS_RE = re.compile(
    r"(?<![^\W\d_])(?:đạt|còn|lên|xuống|là|mức|có|thêm|xây dựng|xây mới|thành lập|hình thành|thu hút|trồng|đào tạo"
    r"|bồi dưỡng|tập huấn|tổ chức|mở|đón|phát triển|việc làm(?: mới)?(?: cho)?|tạo|tạo ra|công nhận|cấp|nâng cấp"
    r"|cải tạo|sửa chữa|tuyển|triển khai|hoàn thành|ban hành|duy trì|kết nối|đầu tư|khởi công|số hóa|chuyển đổi"
    r"|x(?:óa|oá)|số hoá|kích hoạt|giảm|tăng|cắt giảm|tinh giản"
    r"|huy động|giải ngân|cai nghiện|hỗ trợ|sản xuất|xuất khẩu|lắp đặt|cho"
    r"|mốc|để đủ|đủ số|kết nạp|vận động|in|phát hành|đăng tải|kiểm tra|rà soát|trang bị|bố trí)"
    r"(?:\s*(?:khoảng|trên|hơn|dưới|gần|từ|được|mới|thêm|ít nhất|tối thiểu|tối đa|không quá|bình quân|mức|ở|đạt"
    r"|tới|đến|số lượng|tổng số))*\s*$",
    re.IGNORECASE,
)
#: Parts that a text counts of itself or of its plan; time that something takes; points and turns.
_NOT_COUNTED_RE = re.compile(
    r"\s*(?:\([^()]{1,20}\)\s*)?(?:nội dung|nhiệm vụ|nhóm|giải pháp|mục tiêu|chỉ tiêu|tiêu chí(?!\s*/)|lĩnh vực"
    r"|khâu|bước|giai đoạn|phần|hình thức|cấp|yêu cầu|nguyên tắc|đột phá|trụ cột|lần|giờ|phút|ngày|tuần"
    r"|tháng|năm|quý|buổi|tiết|tuổi|vấn đề|mặt|mảng|bên|phía|đợt"
    r"|điểm(?=\s*(?:[^\s\w]|\d|$)"
    r"|\s+(?:phần trăm|trở|so|cho|của|tối|trong|năm|và|hoặc|đối|nếu|thưởng|trừ|cộng|đánh)))"
    r"(?![^\W\d_])",
    re.IGNORECASE,
)
_LISTS_RE = re.compile(r"[^.;,\d]{0,80}?(?:sau|sau đây|như sau|gồm|bao gồm)\s*:|[^.;,\d]{0,40}:\s*$")
_ITEM_RE = re.compile(r"^[\s*_“\"+•–-]*(?:\(?(?:[a-zđ]{1,2}|[ivx]{1,4}|\d{1,2}(?:\.\d{1,2})*)[.)]\s+)?")
#: Years that an amount is of, and where things are counted.
_SPAN_RE = re.compile(r"\b(?:trong\s+)?\d{1,2}\s+năm\b", re.IGNORECASE)
_AT_RE = re.compile(r"\b(?:tại|ở|cho)\s*$")
#: The most words before the number of a listed goal.
_FEW = 7
#: What is done with for good, before its number; or a deed, where the number is of what is left.
_FOR_GOOD_RE = re.compile(
    r"\b(?:dứt điểm|xong|toàn bộ|hợp nhất|xóa)(?:\s+(?:được|cả|toàn bộ))*\s*$", re.IGNORECASE
)
_ENDS_RE = re.compile(
    r"\b(?:xử lý|giải quyết|khắc phục|kết thúc|hoàn thành|phê duyệt|đối chiếu|còn|cho|thu hồi|bàn giao)\s*$",
    re.IGNORECASE,
)
_LEFT_RE = re.compile(r"\s*[^.;,\d]{2,40}?\b(?:còn lại|tồn đọng|quá hạn|xử lý xong|giải quyết xong)(?![^\W\d_])")
#: "diễn tập tại 06 xã xong trước ngày 15/6"
_DONE_BY_RE = re.compile(r"\s*[^.;,\d]{2,60}?\s(?:xong|hoàn thành)\s+(?:trước|trong|chậm nhất)\b", re.IGNORECASE)
_OPENING_RE = re.compile(r"(?:Trước|Đến|Hết|Trong|Năm)\s[^,;.:]{3,30},\s*")
#: What is to have become of things that a goal begins with the number of.
_BECOMES_RE = re.compile(
    r"\s*[^.;,\d]{2,60}?\s(?:thoát|ra khỏi|đạt|được|hoàn thành|về đích|không còn)(?![^\W\d_])", re.IGNORECASE
)
#: A number without its thing: what it comes to, and the end of its item, or by how much that is less.
_COMES_TO_RE = re.compile(r"\s(?:còn|xuống còn|đạt|lên|là)\s+(?:dưới\s+|trên\s+|khoảng\s+)?$")
_BARE_END_RE = re.compile(r"\s*(?:\((?:giảm|tăng)\s[^()]{1,40}\)\s*)?[;.]?\s*$")
#: The same between an aim and an amount of land, weight or money.
_FAR = 12
_MEASURE_RE = re.compile(
    r"(?:(?:nghìn|ngàn|triệu|tỷ|tỉ|trăm)\s+)*(?:ha|tấn|tạ|kg|km|m2|m3|m²|m³|đồng|USD|MW|kWh)(?![^\W\d_])"
    r"|(?:triệu|tỷ|tỉ)\s+(?:đồng|USD)",
    re.IGNORECASE,
)
_POINTS_RE = re.compile(r"\s*điểm\s+(?:phần trăm|%)")
_DONE_RE = re.compile(r"[^.;,(]{0,60}?\bđã\b")
_BOUND_RE = re.compile(r"(?<![^\W\d_])(?:dưới|trên|khoảng|tối thiểu|tối đa|không quá)\s*$", re.IGNORECASE)
#: What a rate may be in.
_BASES = ("100", "1000", "10000", "100000", "1000000")


def is_amount(text: str, quantity: Quantity, unit: str | None) -> bool:
    """Whether a number that is no share is an amount which words before it may set.

    >>> from ingest.figures.quantities import find_quantities
    >>> text = "xây dựng 05 mô hình điểm về 02 nội dung sau:"
    >>> [is_amount(text, one, "x") for one in find_quantities(text)]
    [True, False]
    """
    if is_times(text, quantity):
        return True
    if quantity.percent or unit is None or (quantity.of and quantity.of not in _BASES):
        return False
    if (
        _DONE_RE.match(text, quantity.end)
        or (_NOT_COUNTED_RE.match(text, quantity.end) and not _POINTS_RE.match(text, quantity.end))
        or _LISTS_RE.match(text, quantity.end)
    ):
        return False
    told = _BOUND_RE if quantity.of else _LEADS_RE  # "tỷ lệ tử vong mẹ dưới 4/100.000 trẻ"
    return (_LEADS_RE.search(text, 0, quantity.start) or told.search(text, 0, quantity.start)) is not None


def is_measured(aimed: str, unit: str | None) -> bool:
    """Whether what stands between an aim and a number is a thing that is measured in land, weight or money.

    >>> is_measured(" gieo trồng vụ Hè Thu, Thu Đông ", "ha"), is_measured(" tổ chức ", "hội nghị")
    (True, False)
    """
    return bool(unit and _MEASURE_RE.match(unit)) and not re.search(r"\d", aimed) and len(aimed.split()) <= _FAR


def is_finished(text: str, quantity: Quantity, unit: str | None) -> bool:
    """Whether a number counts what is to be done with for good: ``xử lý dứt điểm 25 văn bản còn lại``.

    >>> from ingest.figures.quantities import find_quantities
    >>> texts = "xử lý dứt điểm 25 văn bản", "phê duyệt cấp độ cho 02 hệ thống còn lại", "rà soát 27 chung cư"
    >>> [is_finished(text, find_quantities(text)[-1], "x") for text in texts]
    [True, True, False]
    """
    if quantity.percent or quantity.of or unit is None or _NOT_COUNTED_RE.match(text, quantity.end):
        return False
    left = text[: quantity.start]
    return _FOR_GOOD_RE.search(left) is not None or (
        _ENDS_RE.search(left) is not None and _LEFT_RE.match(text, quantity.end) is not None
    )


def is_done_by(text: str, quantity: Quantity, unit: str | None) -> bool:
    """Whether a further number of a task counts what is to be done by a day: ``…, diễn tập tại 06 xã xong trước``.

    >>> from ingest.figures.quantities import find_quantities
    >>> texts = "tập huấn 98% đội viên, diễn tập tại 06 xã xong trước 15/6", "46 hộ ở 05 xã xong trước 15/6"
    >>> [is_done_by(text, find_quantities(text)[1], "xã") for text in texts]
    [True, False]
    """
    if quantity.percent or quantity.of or unit is None or re.search(r"\d[^,;]*$", text[: quantity.start]):
        return False
    return _DONE_BY_RE.match(text, quantity.end) is not None


def is_counted_thing(text: str, quantity: Quantity, unit: str | None, *, labelled: bool = False) -> bool:
    """Whether the first number of a listed goal counts things, money or land: ``Khám bệnh 185.000 lượt``.

    >>> from ingest.figures.quantities import find_quantities
    >>> texts = "5.1. Khám bệnh 185.000 lượt người;", "- Thực hiện 03 đột phá;"
    >>> [is_counted_thing(text, find_quantities(text)[-1], "x") for text in texts]
    [True, False]
    """
    if quantity.percent or quantity.of or unit is None or _NOT_COUNTED_RE.match(text, quantity.end):
        return False
    mark = _ITEM_RE.match(text)
    if mark is None or not (mark.group().strip() or labelled):
        return False  # no item of a list
    opened = _OPENING_RE.match(text, mark.end())  # "Trước ngày 30/6/2030, 02 huyện …"
    left = text[opened.end() if opened and opened.end() <= quantity.start else mark.end() : quantity.start]
    if left.lower().startswith("việc "):
        return False  # "Việc hợp nhất 03 chương trình có ý nghĩa …": it says what that is
    left = _SPAN_RE.sub(" ", PERIOD_RE.sub(" ", left))  # "Tổng vốn đầu tư 5 năm 240.000 tỷ đồng"
    left = left.rstrip().removesuffix(":")  # "Thu ngân sách trên địa bàn: 340 tỷ đồng"
    if not left.strip():
        return _BECOMES_RE.match(text, quantity.end) is not None  # "02 huyện thoát khỏi danh sách"
    # "cây màu vụ Hè, Hè Thu 12.500 ha": what is measured may be named in several words
    most = _FAR if _MEASURE_RE.match(unit) or _AT_RE.search(left) else _FEW
    return len(left.split()) <= most and not re.search(r"[\d;:(]", left)


def is_bare(text: str, quantity: Quantity) -> bool:
    """Whether a listed goal ends in what a number comes to, without its thing: ``Công chức còn 1.310 (giảm 146)``.

    >>> from ingest.figures.quantities import find_quantities
    >>> texts = "- Công chức còn 1.310 (giảm 146);", "- Thu ngân sách đạt 1.310 tỷ đồng;", "- Đến năm 2030;"
    >>> [is_bare(text, find_quantities(text)[0]) for text in texts if find_quantities(text)]
    [True, False]
    """
    if quantity.percent or quantity.of or not _ITEM_RE.match(text):
        return False
    return bool(_COMES_TO_RE.search(text, 0, quantity.start) and _BARE_END_RE.match(text, quantity.end))


def is_counted_time(text: str, quantity: Quantity) -> bool:
    """Whether what a number counts is time, turns or parts of a plan."""
    return _NOT_COUNTED_RE.match(text, quantity.end) is not None


#: "triệu", of what: "triệu tấn".
_MANY = ("nghìn", "ngàn", "triệu", "tỷ", "tỉ")
_OF_MANY_RE = re.compile(
    r"\s*(?:[-–]\s*\d[\d.,]*\s*)?(?:nghìn|ngàn|triệu|tỷ|tỉ)\s+(?P<of>tấn|ha|m3|m³|kWh|m2|m²|lượt|người|con|bể|cây)(?!\w)",
    re.IGNORECASE,
)


_ONLY_RE = re.compile(r"\s*[^\W\d_]+\s+mới\s+(?:chỉ\s+)?(?:bằng|đạt)\s")


def unit_of(text: str, quantity: Quantity, unit: str | None) -> str | None:
    """The unit of a level: of a rate with what it is in (``4/100.000 trẻ``: "/100.000 trẻ")."""
    if is_none_left(quantity) or is_times(text, quantity):
        return None if is_none_left(quantity) else "lần"
    if unit in _MANY and (more := _OF_MANY_RE.match(text, quantity.end)):
        return f"{unit} {more['of']}"
    if unit == "điểm" and _POINTS_RE.match(text, quantity.end):
        return "điểm phần trăm"
    if unit and _ONLY_RE.match(text, quantity.end):
        unit = unit.removesuffix(" mới")  # "so với kế hoạch 26.000 sổ mới bằng 93,5%"
    if quantity.percent or not quantity.of:
        return unit
    return f"/{quantity.printed.split('/')[-1].strip()} {unit or ''}".strip()
