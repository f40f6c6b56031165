"""What pages, workbooks and the command line say of a target: its level, how it hangs on its basis."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from graphs.checks.reading.arithmetic import show
from kb.bilingual import both
from kb.models import BasisKind, Citation, CitationKind

BASIS_WORDS = {
    BasisKind.EXPLICIT: "cùng câu",
    BasisKind.FOOTNOTE: "chú thích",
    BasisKind.SECTION: "câu dẫn, đề mục",
    BasisKind.TABLE: "tên bảng",
    BasisKind.PROGRAMME: "chương trình mà văn bản thực hiện",
    BasisKind.INFERRED: "suy từ chỗ khác cùng chỉ tiêu",
}
#: What a text offers for a claim, after the kinds of `cancu claims`.
SOURCE_WORDS = {
    "citation": "dẫn văn bản",
    "footnote": "chú thích",
    "table": "bảng",
    "system": "hệ thống thông tin",
    "url": "địa chỉ trang",
    "restated": "nhắc lại số liệu đã nêu",
    "none": "không nêu nguồn",
}
#: What is told of a target at another place of its paper.
RESULT_ELSEWHERE = both("kết quả nêu ở chỗ khác", "result told elsewhere")
VERDICT_ELSEWHERE = both("đánh giá nêu ở chỗ khác", "verdict told elsewhere")
COMPARATORS = {
    ">=": "tối thiểu",
    "<=": "tối đa",
    "=": "",
    ">": "trên",
    "<": "dưới",
    "increase": "tăng",
    "decrease": "giảm",
    "complete": "hoàn thành",
}


def as_cited(citation: Citation) -> str:
    """A document in the words in which it is cited; those of a title in capitals as they stand in a sentence."""
    words = " ".join(citation.surface.split())
    if citation.type and citation.number and words.isupper() and words.startswith(citation.type.upper()):
        return f"{citation.type} số {citation.number}"
    return words


def called(citation: Citation) -> str:
    """A basis as it is cited; the paper itself is called so."""
    words = as_cited(citation)
    return (
        both("chính văn bản này, {name}", "this document itself, {name}", name=words)
        if (citation.kind is CitationKind.SELF)
        else words
    )


def amount(value: str | None, unit: str | None) -> str:
    """A number with its unit as Vietnamese papers print it; empty for none.

    >>> amount("90", "%"), amount("27.31", "%"), amount("270000", "tỷ đồng"), amount("4", "/100.000 trẻ")
    ('90%', '27,31%', '270.000 tỷ đồng', '4/100.000 trẻ')
    >>> amount(None, None)
    ''
    """
    if value is None:
        return ""
    try:
        shown = show(Decimal(value), 4)
    except InvalidOperation:
        shown = value
    close = not unit or unit == "%" or unit.startswith("/")
    return f"{shown}{unit or ''}" if close else f"{shown} {unit}"
