"""The preamble: legal bases (căn cứ), who proposed, and the words that lead to the body."""

from __future__ import annotations

import re

_MARK = r"[\s*_\-–+“\"(]{0,4}"
_BASIS_RE = re.compile(rf"{_MARK}(?:C[ăẳắ]n\s+c[ứừử]|CĂN\s+CỨ|Pursuant\s+to)(?!\w)")
_OTHER_RE = re.compile(
    rf"{_MARK}(?:Theo\s+(?:đề\s+nghị|đề\s+xuất|Tờ\s+trình|ý\s+kiến)|Xét|Sau\s+khi|Trên\s+cơ\s+sở|Thực\s+hiện|Thi\s+hành|Để|Nhằm"
    r"|Được\s+sự|Theo\s+Nghị\s+quyết|Tiếp\s+theo|At\s+the\s+(?:proposal|request)|In\s+furtherance|Considering|In\s+order\s+to)(?!\w)"
)
_NEXT_RE = re.compile(
    r"[;.]\s*(?=(?:Căn\s+cứ|Theo\s+đề\s+nghị|Xét\s+(?:đề\s+nghị|Tờ\s+trình)|Pursuant\s+to|At\s+the\s+proposal)(?!\w))"
)
_FORMULA_RE = re.compile(
    rf"{_MARK}(?:QUY[ẾÊ]T\s+(?:ĐỊNH|NGHỊ)|BAN\s+HÀNH|NGHỊ\s+ĐỊNH|CHỈ\s+THỊ|THÔNG\s+TƯ|YÊU\s+CẦU|LUẬT|DECIDES|DECREES|HEREBY\s+\w+|RESOLVES"
    r"|Quyết\s+(?:định|nghị))\s*\W{0,4}$"
)
_ENACTS_RE = re.compile(
    r"(?:ban\s+hành|quy\s+định|hướng\s+dẫn|quyết\s+định|quyết\s+nghị|thống\s+nhất|công\s+bố|promulgates?|issues?)\s+"
    r"(?:Luật|Bộ\s+luật|Pháp\s+lệnh|Nghị\s+định|Nghị\s+quyết|Thông\s+tư|Quyết\s+định|Chỉ\s+thị|Quy\s+chế|Quy\s+định|Kế\s+hoạch|this|the)",
)
_BODY_RE = re.compile(
    rf"{_MARK}(?:QUỐC\s+HỘI|CHÍNH\s+PHỦ|CHỦ\s+TỊCH|BỘ\s+TRƯỞNG|ỦY\s+BAN|UỶ\s+BAN|HỘI\s+ĐỒNG|GIÁM\s+ĐỐC|THỐNG\s+ĐỐC|TỔNG\s+|CỤC\s+TRƯỞNG|THỦ\s+TƯỚNG)"
)


def recital_starts(text: str) -> list[int]:
    """Offsets at which recitals begin in a paragraph; empty when it is none.

    >>> recital_starts("Căn cứ Luật Tổ chức Chính phủ; Căn cứ Luật Đầu tư công;")
    [0, 31]
    >>> recital_starts("Căn cứ kết quả trên, Sở Nội vụ báo cáo như sau:")
    []
    """
    head = text[:40]
    tail = text[-3:].rstrip(' *_)”"')[-1:]
    if _BASIS_RE.match(head):
        if tail == ":" and "; " not in text:
            return []
    elif not (tail in (";", ",") and _OTHER_RE.match(head)) and not (
        head.startswith(("Theo đề nghị", "Xét đề nghị", "Xét Tờ trình", "At the proposal", "*Theo đề nghị"))
    ):
        return []
    return [0, *(found.end() for found in _NEXT_RE.finditer(text))]


def leads_in(text: str) -> bool:
    """Whether a paragraph before the body leads to it: "QUYẾT ĐỊNH:", "Chính phủ ban hành ...", "... như sau:"."""
    tail = text.rstrip(" *_")[-1:]
    return (
        tail == ":"
        or _FORMULA_RE.match(text) is not None
        or (text.upper() == text and _BODY_RE.match(text) is not None)
        or (len(text) < 600 and _ENACTS_RE.search(text[:300]) is not None)
    )
