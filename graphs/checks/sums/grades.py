"""Parts that are each of another grade of one scale, so that none is counted twice: ``… 4 sao và … 3 sao``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graphs.checks.reading.prose import Stated
from kb.models import Figure

#: A grade: a thing has one of them.
_GRADE_RE = re.compile(
    r"\s*(?:[^\W\d_]+\s+){0,3}?(?:(?P<count>\d)\s(?P<of>sao)|(?:(?:được )?xếp )?"
    r"(?P<kind>hạng|loại|nhóm|cấp độ|mức độ|bậc)"
    r"\s(?P<grade>[IVX]+|[A-D]|\d|tốt|khá|giỏi|đạt|trung bình|yếu|kém))(?=\s*(?:[,;.()]|và\b|$))",
    re.IGNORECASE,
)


def are_grades(where: Stated, parts: Sequence[Figure]) -> bool:
    """Whether each part is of another grade of one scale: ``15 sản phẩm 4 sao và 35 sản phẩm 3 sao``."""
    grades = [_GRADE_RE.match(where.text, where.end(part)) for part in parts]
    scales = {(one["of"] or one["kind"]).lower() for one in grades if one}
    told = {(one["count"] or one["grade"]).lower() for one in grades if one}
    return all(grades) and len(scales) == 1 and len(told) == len(parts)
