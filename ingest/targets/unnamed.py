"""What words say a target rests on without naming a document: a plan without its number, a body that gave it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from kb.models import Document, Span, Target

_BODY = (
    r"(?:UBND|HĐND|Ủy ban nhân dân|Uỷ ban nhân dân|Hội đồng nhân dân|Chính phủ|Thủ tướng|Quốc hội|Tỉnh ủy|Thành ủy"
    r"|Huyện ủy|Trung ương|Bộ|Sở|Tổng cục|Cục|Tập đoàn|Tổng công ty|cấp trên|[Tt]ỉnh|[Tt]hành phố|[Hh]uyện|ngành)"
    r"(?:\s+[^\W\d_]+){0,6}?"
)
#: "theo Kế hoạch công tác dân tộc năm 2023 của UBND tỉnh"
_PLAN_RE = re.compile(
    r"\b(?:theo|tại|của|trong)\s+(?P<name>(?:Kế hoạch|Nghị quyết|Chương trình|Đề án|Quyết định|Chỉ thị|Chiến lược)"
    r"\s+(?!số\b|này\b|trên\b)[^.;:()\n|]{3,120}?(?:\s+(?:năm|giai đoạn)\s+20\d\d(?:\s*[-–]\s*20\d\d)?)?"
    rf"(?:\s+của\s+{_BODY})?)(?=\s*(?:[.;:(,|]|$))"
)
#: "chỉ tiêu do Tổng cục Thuế giao", "Mục tiêu tỉnh đề ra", "dự toán HĐND huyện giao"
_GIVEN_RE = re.compile(
    rf"\b(?P<name>(?:[Cc]hỉ tiêu|[Mm]ục tiêu|[Dd]ự toán|[Mm]ức)\b[^.;:()\n|]{{0,30}}?\b(?:do\s+|mà\s+)?{_BODY}"
    r"\s+(?:giao|đề ra|đặt ra)"
    r"|(?:UBND|HĐND)\s+(?:tỉnh|huyện|xã|thành phố)\s+(?:đề ra|đặt ra)\s+(?:mục tiêu|chỉ tiêu))"
    r"(?![^\W\d_])"
)


def with_unnamed(document: Document, target: Target, spans: Iterable[Span]) -> Target:
    """A target without a basis, with the words, its own or those over it, that say what it rests on."""
    if target.bases:
        return target
    for span in (target.span, *spans):
        place = name_of(span.cut(document.text))
        if place:
            return replace(target, unnamed=Span(span.start + place[0], span.start + place[1]))
    return target


@lru_cache(maxsize=512)
def name_of(words: str) -> tuple[int, int] | None:
    """Where words call a plan without its number, or say who gave a level.

    >>> words = "1. Các chỉ tiêu theo Kế hoạch công tác dân tộc năm 2023 của UBND tỉnh"
    >>> words[slice(*name_of(words))]
    'Kế hoạch công tác dân tộc năm 2023 của UBND tỉnh'
    >>> words = "8. Kết quả thực hiện chỉ tiêu do Tổng cục Thuế giao"
    >>> words[slice(*name_of(words))], name_of("theo Kế hoạch số 12/KH-UBND của tỉnh, đạt 90%")
    ('chỉ tiêu do Tổng cục Thuế giao', None)
    """
    found = _PLAN_RE.search(words) or _GIVEN_RE.search(words)
    return found.span("name") if found else None
