"""Levels written in words: ``gấp đôi``, ``ít nhất một cơ sở``, ``một nửa số xã``, ``không còn hộ nghèo``."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from ingest.figures.quantities import Quantity, find_quantities
from kb.vocabulary.counts import COUNTS

#: What stands for none of a thing.
NONE_LEFT = "không còn"
_COUNTS = {word: str(count) for word, count in COUNTS.items() if count <= 10}
_TIMES = {"rưỡi": "1.5", "đôi": "2", "ba": "3", "bốn": "4"}
_PARTS = {
    "một nửa": "50",
    "một phần ba": "33.33",
    "hai phần ba": "66.67",
    "một phần tư": "25",
    "ba phần tư": "75",
    "một phần năm": "20",
}
_WORDED_RE = re.compile(
    r"\bgấp\s+(?P<times>" + "|".join(_TIMES) + r")\b(?!\s+(?:lần|mươi|trăm))"
    r"|\b(?:ít nhất|tối thiểu|trên|hơn|giảm|còn|đạt|khoảng)\s+(?P<part>" + "|".join(_PARTS) + r")\b"
    r"|\b(?:ít nhất|tối thiểu|không quá|tối đa)\s+(?P<count>" + "|".join(_COUNTS) + r")\b"
    r"(?!\s+(?:\d|phần|nửa|mươi|trăm|nghìn|ngàn|triệu|tỷ|lần|năm|tháng|tuần|ngày|giờ|phút|trong)\b)"
    r"|(?:^|[,;:.]\s+|\b(?:cơ bản|và|phấn đấu|năm 20\d\d)\s+)(?P<none>không còn)\s+(?=[^\W\d_])",
    re.IGNORECASE,
)
#: One of these stands wherever the pattern finds something: most sentences need no closer look.
_AMONG_HINTS = ("nhóm", "tốp", "top")
_HINTS = ("gấp", "nửa", "phần", "ít nhất", "tối thiểu", "tối đa", "không quá", NONE_LEFT)
#: Behind the lower end of a range its upper end: "18 - 20 dự án"; "từ 8,5 đến 9%".
_RANGES_RE = re.compile(r"\s+[-–]\s+(?P<upper>\d+(?:\.\d{3})*(?:,\d+)?)(?=\s+[^\W\d_])")
_UP_TO_RE = re.compile(r"\s+đến\s+(?P<upper>\d{1,3}(?:,\d+)?)\s*%")
#: A place among the first, which for figures is an order: "nhóm 30 tỉnh dẫn đầu", "top 10".
_AMONG_RE = re.compile(
    r"\bnhóm\s+(?:các\s+|những\s+)?(?=\d{1,3}\s+[^.;()\d]{3,60}?(?:(?:dẫn|đứng) đầu|(?:cao|tốt) nhất)(?![^\W\d_]))"
    r"(?P<place>\d{1,3})|\b(?:tốp|top)\s+(?:đầu\s+|các\s+)?(?P<top>\d{1,3})(?![\d.,/%])",
    re.IGNORECASE,
)
#: Before a number of times: how something grows or shrinks.
_MULTIPLIED_RE = re.compile(
    r"(?<![^\W\d_])(?:tăng|gấp|bằng|còn|xuống)"
    r"(?:\s*(?:khoảng|trên|hơn|ít nhất|tối thiểu|từ|lên|thêm|được|gấp|dưới))*\s*$",
    re.IGNORECASE,
)


@lru_cache(maxsize=2048)
def level_quantities(text: str) -> tuple[Quantity, ...]:
    """The numbers of a sentence that a level may be, those in words too, left to right.

    >>> [(one.printed, one.value, one.percent) for one in level_quantities("giảm một nửa, không còn xã yếu")]
    [('một nửa', '50', True), ('không còn', '0', False)]
    >>> [one.value for one in level_quantities("tăng gấp đôi; có ít nhất một trạm và 20% hộ")]
    ['2', '1', '20']
    >>> [one.value for one in level_quantities("nằm trong nhóm 20 tỉnh dẫn đầu; dự án nhóm 2")]
    ['20']
    >>> [(one.value, one.percent) for one in level_quantities("tăng từ 6,5 đến 7%")]
    [('6.5', True), ('7', True)]
    """
    found = [_with_upper_end(text, _as_share(text, one)) for one in find_quantities(text)]
    starts = {one.start for one in found}
    small = text.lower()
    for match in _WORDED_RE.finditer(text) if any(hint in small for hint in _HINTS) else ():
        name = match.lastgroup or ""
        if match.start(name) in starts:  # "ít nhất mười hai xã"
            continue
        printed = match[name]
        word = " ".join(printed.lower().split())
        value = {"times": _TIMES, "part": _PARTS, "count": _COUNTS}.get(name, {}).get(word, "0")
        found.append(Quantity(*match.span(name), value, None, name == "part", printed))
        starts.add(match.start(name))
    for match in _AMONG_RE.finditer(text) if any(hint in small for hint in _AMONG_HINTS) else ():
        name = match.lastgroup or ""
        if match.start(name) not in starts:
            found.append(Quantity(*match.span(name), str(int(match[name])), None, False, match[name]))
    return tuple(sorted(found, key=lambda one: one.start))


def _as_share(text: str, quantity: Quantity) -> Quantity:
    """The lower end of a range as the share that its upper end is: ``từ 8,5 đến 9%``."""
    upper = None if quantity.percent or quantity.of else _UP_TO_RE.match(text, quantity.end)
    if upper is None or Decimal(quantity.value) >= Decimal(upper["upper"].replace(",", ".")):
        return quantity
    return replace(quantity, percent=True)


def _with_upper_end(text: str, quantity: Quantity) -> Quantity:
    """The lower end of a range of things with its upper end, behind which their unit stands: ``18 - 20 dự án``."""
    upper = None if quantity.percent or quantity.of else _RANGES_RE.match(text, quantity.end)
    if upper is None or Decimal(quantity.value) >= Decimal(upper["upper"].replace(".", "").replace(",", ".")):
        return quantity
    return replace(quantity, end=upper.end("upper"), printed=text[quantity.start : upper.end("upper")])


def is_range(quantity: Quantity) -> bool:
    """Whether a level is a range of things, of which its value is the lower end.

    >>> [is_range(one) for one in level_quantities("thu hút 18 - 20 dự án, 5 hộ")]
    [True, False, False]
    """
    return re.search(r"\d\s+[-–]\s+\d", quantity.printed) is not None


def is_none_left(quantity: Quantity) -> bool:
    """Whether a level says that none of a thing is to be left."""
    return " ".join(quantity.printed.lower().split()) == NONE_LEFT


def is_times(text: str, quantity: Quantity) -> bool:
    """Whether a number says how many times as much: ``tăng 1,5 lần``, ``gấp đôi``; ``tối đa 02 lần`` is a count.

    >>> [is_times(text, level_quantities(text)[0]) for text in ("tăng ít nhất 1,5 lần so với", "tối đa 02 lần")]
    [True, False]
    """
    if quantity.printed.lower() in _TIMES:
        return True
    behind = re.match(r"\s*lần(?![^\W\d_])(?!\s+(?:mức|lượt))", text[quantity.end :])
    return behind is not None and _MULTIPLIED_RE.search(text, 0, quantity.start) is not None
