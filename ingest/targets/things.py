"""A deed alone, with the thing that it is done to, which stands behind the number."""

from __future__ import annotations

import re

from ingest.figures.quantities import Quantity

#: Deeds that say nothing without their thing, and the thing behind the unit in which it is measured.
_DEEDS_RE = re.compile(
    r"(?:trồng|đón|cho vay|giải ngân|hỗ trợ|đầu tư|đào tạo|(?:tạo|giải quyết) việc làm|mở|tổ chức|thành lập|xây"
    r"|phát triển|thu hút|cấp|cử|đưa|in|trao|cải tạo|nâng cấp|sửa chữa|tham gia|dự|đăng|xử lý"
    r"|xóa(?: bỏ)?|lắp(?: đặt)?|kiểm tra|thanh tra|làm|sửa|thả)"
    r"(?:\s+(?:mới|thêm|bổ sung|nghề cho|cho))*",
    re.IGNORECASE,
)
_NO_WORD = (
    r"(?!(?:cho|tại|trong|với|năm|đến|trước|so|ở|vào|để|theo|từ|và|nghìn|ngàn|triệu|tỷ|tỉ"
    r"|ha|tấn|tạ|kg|km|m2|m3|đồng|USD|MW)(?![^\W\d_]))"
)
#: What is counted or measured, behind the number and its measure.
THING_RE = re.compile(
    r"\s+(?:(?:nghìn|ngàn|triệu|tỷ|tỉ)\s+)*(?:(?:ha|tấn|tạ|kg|km|m2|m3|đồng|USD|MW)\s+)?"
    rf"(?P<thing>{_NO_WORD}[^\W\d_]+(?:\s+{_NO_WORD}[^\W\d_]+){{0,6}})"
)


def with_thing(metric: str, text: str, quantity: Quantity) -> str:
    """A deed alone, with what it is done to, which stands behind the number: ``trồng mới`` … ``ha rừng``.

    >>> from ingest.figures.quantities import find_quantities
    >>> text = "b) Trồng mới 1.200 ha rừng phòng hộ; đón 2,5 triệu lượt khách"
    >>> [with_thing(deed, text, one) for deed, one in zip(("Trồng mới", "đón"), find_quantities(text))]
    ['Trồng mới rừng phòng hộ', 'đón lượt khách']
    """
    thing = THING_RE.match(text, quantity.end)
    if quantity.percent or quantity.of or thing is None or not _DEEDS_RE.fullmatch(metric):
        return metric
    ended = text[: quantity.start].rstrip().lower().endswith(metric.lower())
    return f"{metric} {' '.join(thing['thing'].split())}" if ended else metric
