"""What words say a target rests on without naming a document: a plan without its number, a body that gave it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from ingest.targets.called import called_by
from ingest.targets.places import basis_on
from kb.models import BasisKind, Citation, Document, Span, Target

_BODY = (
    r"(?:UBND|HĐND|Ủy ban nhân dân|Uỷ ban nhân dân|Hội đồng nhân dân|Chính phủ|Thủ tướng|Quốc hội|Tỉnh ủy|Thành ủy"
    r"|Huyện ủy|Trung ương|Bộ|Sở|Tổng cục|Cục|Tập đoàn|Tổng công ty|cấp trên|[Tt]ỉnh|[Tt]hành phố|[Hh]uyện|ngành)"
    r"(?:\s+[^\W\d_]+){0,6}?"
)
#: "theo Kế hoạch công tác dân tộc năm 2023 của UBND tỉnh"
_PLAN_RE = re.compile(
    r"\b(?:[Tt]heo|tại|của|trong)\s+"
    r"(?P<name>(?:Kế hoạch|Nghị quyết|Chương trình|Đề án|Quyết định|Chỉ thị|Chiến lược)"
    r"\s+(?!số\b|này\b|trên\b)[^.;:()\n|]{3,120}?(?:\s+(?:năm|giai đoạn)\s+20\d\d(?:\s*[-–]\s*20\d\d)?)?"
    rf"(?:\s+của\s+{_BODY})?)(?=\s*(?:[.;:(,|]|$))"
)
#: The end of a printed line inside a paragraph.
_ONE_LINE_RE = re.compile(r"(?<!\n)\n(?!\n)")
#: "chỉ tiêu do Tổng cục Thuế giao", "Mục tiêu tỉnh đề ra", "dự toán HĐND huyện giao"
_GIVEN_RE = re.compile(
    rf"\b(?P<name>(?:[Cc]hỉ tiêu|[Mm]ục tiêu|[Dd]ự toán|[Mm]ức)\b[^.;:()\n|]{{0,30}}?\b(?:do\s+|mà\s+)?{_BODY}"
    r"\s+(?:giao|đề ra|đặt ra)"
    r"|(?:UBND|HĐND)\s+(?:tỉnh|huyện|xã|thành phố)\s+(?:đề ra|đặt ra)\s+(?:mục tiêu|chỉ tiêu))"
    r"(?![^\W\d_])"
)


def with_unnamed(
    document: Document, citations: tuple[Citation, ...], target: Target, spans: Iterable[Span]
) -> Target:
    """A target without a basis, with the words, its own or those over it, that say what it rests on.

    A plan that the paper cites with its number elsewhere is its basis; of several of one name none is.
    """
    if target.bases:
        return target
    for span in (target.span, *spans):
        place = name_of(_ONE_LINE_RE.sub(" ", span.cut(document.text)))
        if place:
            words = Span(span.start + place[0], span.start + place[1])
            called = called_by(document, citations, words.cut(document.text))
            if len(called) == 1:
                basis = basis_on(called[0], BasisKind.PROGRAMME, words, citations[called[0]].span)
                return replace(target, bases=(basis,))
            return replace(target, unnamed=words, perhaps=called)
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


def calls_plan(words: str) -> bool:
    """Whether words rest on a plan that they call without its number.

    >>> calls_plan("Theo Kế hoạch sản xuất vụ Xuân của UBND xã, gieo 40 ha"), calls_plan("theo kế hoạch, đạt 90%")
    (True, False)
    """
    return _PLAN_RE.search(_ONE_LINE_RE.sub(" ", words)) is not None
