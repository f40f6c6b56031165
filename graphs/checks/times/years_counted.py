"""Years that are counted from a beginning: the second year of a plan, fifty years since a day.

``Năm 2023 là năm thứ ba thực hiện Kế hoạch 5 năm 2021-2025``; ``kỷ niệm 80 năm Ngày thành lập (22/12/1944 -
22/12/2024)``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.models import Span

_ORDER = {
    "đầu": 1,
    "nhất": 1,
    "hai": 2,
    "ba": 3,
    "tư": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
}
_ORDINAL_RE = re.compile(
    r"[Nn]ăm\s+(?P<year>20\d\d)\s*,?\s*(?:được xác định\s+)?(?:là\s+|-\s*)?năm\s+"
    r"(?:(?P<first>đầu)(?:\s+tiên)?|thứ\s+(?P<nth>nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười|\d{1,2})"
    r"|(?P<last>cuối)(?:\s+cùng)?)\b"
    r"[^.;:()\d]{0,110}?(?:\b[35]\s+năm\s+|\b10\s+năm\s+)?(?:\((?:giai đoạn\s+)?|\b)"
    r"(?P<from>20\d\d)\s*[-–]\s*(?P<to>20\d\d)"
)
_PLAN_RE = re.compile(r"\b(?:5|10|năm)\s+năm\b", re.IGNORECASE)
_TERM_RE = re.compile(r"\bnhiệm kỳ\b|\bĐại hội\b|\bkhóa\b", re.IGNORECASE)
_SINCE_RE = re.compile(
    r"(?<![\w.,/-])(?P<count>\d{1,3})\s+năm\s+(?P<what>[^.;:()\d]{3,120}?)\(\s*(?P<d1>\d{1,2}[/.]\d{1,2})[/.](?P<y1>1[89]\d\d|20\d\d)"
    r"\s*[-–]\s*(?P<d2>\d{1,2}[/.]\d{1,2})[/.](?P<y2>(?:19|20)\d\d)\s*\)"
)


@dataclass(frozen=True, slots=True)
class YearTold:
    """A year by its order, or how many years since a day: what is told and where, what fits, what proves it.

    `sure` where a thing began with the time that is named for it; a programme may begin a year later.
    """

    told: str
    place: Span
    fits: tuple[str, ...]
    proof: Span
    sure: bool = True


def years_counted(text: str) -> Iterator[YearTold]:
    """The years of a text that are counted from a beginning, each with what fits.

    >>> [
    ...     (one.told, one.fits)
    ...     for one in years_counted("Năm 2023 là năm thứ hai thực hiện kế hoạch giai đoạn 2021-2025.")
    ... ]
    [('năm thứ hai', ('năm thứ 3',))]
    """
    for found in _ORDINAL_RE.finditer(text) if "năm" in text else ():
        year, low, high = (int(found[name]) for name in ("year", "from", "to"))
        if not low <= year <= high + 1:
            continue
        term = _TERM_RE.search(found.group()) is not None
        if found["last"]:
            fits = ("năm cuối",) if year in ((high, high - 1) if term else (high,)) else (_nth(year - low + 1),)
            told = "năm cuối"
        else:
            nth = 1 if found["first"] else _ORDER.get(found["nth"]) or int(found["nth"])
            told = "năm đầu" if found["first"] else f"năm thứ {found['nth']}"
            right = year - low + 1
            fits = (told,) if nth in ((right, right - 1) if term else (right,)) else (_nth(right),)
        at = text.rindex("năm", found.start(), max(found.end("first"), found.end("nth"), found.end("last")))
        end = max(found.end("first"), found.end("nth"), found.end("last"))
        sure = bool(found["last"] or _PLAN_RE.search(found.group()))
        proof = Span(found.start("from"), found.end("to"))
        yield YearTold(told, Span(_word(text, at, found), end), fits, proof, sure)
    for found in _SINCE_RE.finditer(text) if "(" in text else ():
        if re.split(r"[/.]", found["d1"]) != re.split(r"[/.]", found["d2"]):
            continue
        apart = int(found["y2"]) - int(found["y1"])
        if apart > 0:
            place = Span(found.start("count"), found.start("what"))
            yield YearTold(
                f"{found['count']} năm", place, (f"{apart} năm",), Span(found.start("d1"), found.end("y2"))
            )


def _nth(order: int) -> str:
    return f"năm thứ {order}"


def _word(text: str, at: int, found: re.Match[str]) -> int:
    """Where ``năm thứ …`` begins: not the word for five."""
    return text.rindex("năm", found.start(), at) if found["nth"] == "năm" else at
