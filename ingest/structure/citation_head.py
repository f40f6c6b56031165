"""Heads that are one sentence: "Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ ban hành ...".

So pages of portals and notes taken from documents name them, where the printed head is not kept.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ingest.structure.kinds import KINDS
from kb.numbers import NUMBER_RE
from kb.text.dates import match_date

Range = tuple[int, int]


class CitationHead(NamedTuple):
    """The parts of such a head; ranges are in the line."""

    type: str
    type_range: Range
    number_range: Range
    issued: str | None
    date_range: Range
    issuer: Range
    title: Range


_TYPE_RE = re.compile(
    r"[\s#*_>“\"]*(?P<type>"
    + "|".join(sorted((kind.name for kind in KINDS), key=len, reverse=True))
    + r")(?![^\W\d_])[ ]+(?:số[ ]*:?[ ]*)?(?=\d)"
)
_DATE_RE = re.compile(r"[\s,]{0,3}(?=ngày)")
_MATTER = (
    "về|V/v|ban hành|quy định|phê duyệt|hướng dẫn|sửa đổi|công bố|triển khai"
    "|bãi bỏ|thực hiện|kết quả|sơ kết|tổng kết"
)
_TITLE_RE = re.compile(rf"[\s,:–-]*(?P<title>(?:{_MATTER})(?!\w).*)", re.IGNORECASE | re.DOTALL)
_ISSUER_RE = re.compile(
    rf"[\s,]{{0,3}}của\s+(?P<name>[^\d,;:(]{{3,90}}?)(?=\s+(?:{_MATTER})(?!\w)|[\s*_.]*$)", re.IGNORECASE
)


def read_citation_head(line: str) -> CitationHead | None:
    """The head that a line is; None when it is none.

    >>> head = read_citation_head("Kế hoạch số 12/KH-UBND ngày 05/3/2024 của UBND tỉnh Cà Mau về chuyển đổi số")
    >>> head.type, head.issued
    ('Kế hoạch', '2024-03-05')
    >>> read_citation_head("Kế hoạch của tỉnh năm 2024") is None
    True
    """
    kind = _TYPE_RE.match(line)
    number = NUMBER_RE.match(line, kind.end()) if kind else None
    if kind is None or number is None or len(line) > 700:
        return None
    end = number.end()
    date = _DATE_RE.match(line, end)
    printed = match_date(line, date.end()) if date else None
    issued, date_range = None, (end, end)
    if printed is not None:
        issued, date_range, end = printed.value, (printed.start, printed.end), printed.end
    issuer = _ISSUER_RE.match(line, end)
    issuer_range = issuer.span("name") if issuer else (end, end)
    end = issuer.end("name") if issuer else end
    title = _TITLE_RE.match(line, end)
    if title is None and line[end:].strip(" *_.#"):
        return None
    title_range = title.span("title") if title else (end, end)
    return CitationHead(
        kind["type"], kind.span("type"), number.span(), issued, date_range, issuer_range, title_range
    )
