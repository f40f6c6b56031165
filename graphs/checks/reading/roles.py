"""What the head of a column, or the label of a row, says that its numbers are: rates, changes, totals, amounts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from graphs.checks.reading.rows import TOTAL_RE


class Role(StrEnum):
    """What the numbers of a column or row are to the others."""

    RATE = "rate"
    CHANGE = "change"
    TOTAL = "total"
    AMOUNT = "amount"
    COUNT = "count"
    LABEL = "label"  # years, codes, prices, levels: nothing is added up of them


@dataclass(frozen=True, slots=True)
class RoleRow:
    """Words that tell a role; `example` is a head that has it, `not_` one that has not."""

    role: Role
    pattern: str
    example: str
    not_: str


#: In the order of their strength: a rate of a change is a change.
ROLES: tuple[RoleRow, ...] = (
    RoleRow(
        Role.CHANGE,
        r"^\W*\+\W*[-–−]\W*$"
        r"|(?<!cắt )(?<!tinh )\b(?:tăng|giảm)\s*[,/(–-]|^\W*(?:mức\s+|số\s+|tỷ\s+lệ\s+|thực\s+)?(?:tăng|giảm)\b"
        r"|tăng\s+trưởng|chênh\s+lệch"
        r"|so\s+sánh|\bso\b.{0,40}\bvới\b|^\W*so\s+(?:kh|kế\s+hoạch|ck|cùng\s+kỳ|nq|dt|dự\s+toán)\b|biến\s+động|tốc\s+độ|cùng\s+kỳ",
        "Tăng (+), giảm (-)",
        "Cắt giảm điều kiện kinh doanh",
    ),
    RoleRow(
        Role.RATE,
        r"t[ỷỉ] (?:lệ|trọng|số)|cơ cấu|phần trăm|%|mức độ hài lòng|chỉ số",
        "Tỷ lệ (%)",
        "Số hồ sơ",
    ),
    RoleRow(
        Role.LABEL,
        r"^\W*(?:(?:số\s+)?tt|stt|năm|số\s+thứ\s+tự|xếp\s+hạng|thứ\s+hạng|ghi\s+chú)\W*$|^\W*mã\b(?!\s+lực)|định\s+mức"
        r"|đơn\s+giá|(?<!trị )(?<!đánh )(?<!đấu )(?<!thu )(?<!theo )\bgiá\b"
        r"(?!\s+(?:trị|so\s+sánh|hiện\s+hành|cố\s+định))"
        r"|^\W*mức\b|hệ\s+số|t[ỷỉ]\s+suất|‰|tuổi\s+thọ|bình\s+quân|trung\s+bình|năng\s+suất|/\s*(?:ha|người|năm|tháng|lần|đợt|vụ|km²|km2"
        r"|(?:[\d.]+\s+|vạn\s+|nghìn\s+)?dân|kg|tấn|m²|m2|lượt|giường|sào)\b|mật\s+độ|khoảng\s+cách",
        "Đơn giá (đồng)",
        "Số người",
    ),
    RoleRow(Role.AMOUNT, r"thành\s+tiền|kinh\s+phí|giá\s+trị|số\s+tiền|dự\s+toán", "Thành tiền", "Số lượng"),
)
_ROLE_RES = tuple((row.role, re.compile(row.pattern, re.IGNORECASE)) for row in ROLES)
_TOTAL_PART_RE = re.compile(r"^\W*(?:tổng\s+(?:số|cộng)|tổng|cộng)\W*$", re.IGNORECASE)


@lru_cache(maxsize=4096)
def role_of(words: str) -> Role:
    """The role that a head or a label tells; a count where it tells none.

    The last of several heads over each other says it, then those over it.

    >>> role_of("Năm 2024 / Tỷ lệ (%)").value, role_of("So sánh 2024/2023").value, role_of("Tổng số").value
    ('rate', 'change', 'total')
    >>> role_of("Đơn giá").value, role_of("Tăng, giảm / Diện tích (ha)").value, role_of("Nam").value
    ('label', 'change', 'count')
    """
    parts = [part for part in words.split(" / ") if part.strip()][::-1]
    for part in parts:
        if _TOTAL_PART_RE.search(part) or (part is parts[0] and TOTAL_RE.search(part)):
            return Role.TOTAL
        for role, pattern in _ROLE_RES:
            if pattern.search(part):
                return role
    return Role.COUNT
