"""Who a sentence says issued a document, and when: ``Ngày 30/12/2022, UBND tỉnh đã ban hành Quyết định số …``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.citations.dates import DatePart
from ingest.citations.issuers import IssuerPart, fits, match_issuer
from ingest.citations.letters import UPPER
from kb.numbers import DocumentNumber
from kb.text.dates import match_date

_WINDOW = 110
#: The verb that stands between body and document, or the colon of ``các báo cáo của UBND tỉnh:``.
_VERB_RE = re.compile(
    r"(?:(?:[ \n](?:đã|vừa|cũng|tiếp tục|kịp thời|mới|và|sẽ|xây dựng|chủ động)){0,3}"
    r"[ \n](?:ký[ ]ban hành|ban hành|có|ký|phê duyệt|thông qua|công bố|ra|tại)(?:[ \n](?:các|những))?|:)[ \n]?$"
)
#: How these verbs end: asked first, for most numbers have none before them.
_ENDINGS = ("hành", "có", "ký", "duyệt", "qua", "bố", "ra", "tại", "các", "những", ":")
#: ``kiến nghị của UBND tỉnh A (Văn bản số …``: what a body asked or said, and the paper in brackets.
_ASKED_RE = re.compile(
    r"(?:đề nghị|kiến nghị|đề xuất|ý kiến|phản ánh|chỉ đạo)[ \n]của[ \n][^;:.()\n]{4,80}[ \n]\($"
)
_CAPITAL_RE = re.compile(rf"(?<![^\W_])[{UPPER}]")
_MOST_STARTS = 12


@dataclass(frozen=True, slots=True)
class Subject:
    """The issuing body and, where printed before it, the day."""

    issuer: IssuerPart
    date: DatePart | None


def read_subject(text: str, at: int, floor: int, number: DocumentNumber) -> Subject | None:
    """The subject of the verb that stands before a mention, when it can have issued the number.

    >>> from kb.numbers import parse_number
    >>> text = "Ngày 30/12/2022, UBND tỉnh đã ban hành Quyết định số 5/QĐ-UBND"
    >>> found = read_subject(text, text.index("Quyết"), 0, parse_number("5/QĐ-UBND"))
    >>> found.issuer.name, found.date.value
    ('UBND tỉnh', '2022-12-30')
    """
    low = max(floor, at - _WINDOW)
    asked = _ASKED_RE.search(text, low, at) if text[at - 1 : at] == "(" else None
    ends = text[max(low, at - 10) : at].rstrip(" \n").endswith(_ENDINGS)
    verb = _VERB_RE.search(text, max(low, at - 42), at) if ends else None
    if verb is None and asked is None:
        return None
    end = verb.start() if verb else at - 2
    for tried, start in enumerate(_CAPITAL_RE.finditer(text, low, end)):
        if tried == _MOST_STARTS:
            return None
        part = match_issuer(text, start.start())
        if part and part.end == end and fits(part, number):
            return Subject(part, _date_before(text, part.start, floor))
    return None


def _date_before(text: str, at: int, floor: int) -> DatePart | None:
    """``Ngày 30/12/2022,`` right before the body."""
    start = text.rfind("gày ", max(floor, at - 34), at)
    found = match_date(text, start - 1) if start > 0 else None
    if found is None or found.value is None or text[found.end : at].strip(" ,\n"):
        return None
    return DatePart(start - 1, found.end, found.value, int(found.value[:4]))
