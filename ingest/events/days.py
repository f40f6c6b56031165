"""Days that effect clauses name: a date, the day of signing or of the gazette, the day of another text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from kb.models import When

DATE = (
    r"ngày\s*(?P<d>\d{1,2})\s*"
    r"(?:tháng\s*(?P<m>\d{1,2})\s*năm\s*(?P<y>\d{4})|[/.-](?P<m2>\d{1,2})[/.-](?P<y2>\d{4}))"
)
DATE_RE = re.compile(DATE, re.IGNORECASE)
TYPES = (
    r"(?:Bộ luật|Luật|Hiến pháp|Pháp lệnh|Sắc lệnh|Nghị định|Nghị quyết(?: liên tịch)?|Quyết định|Chỉ thị"
    r"|Thông tư liên tịch|Thông tư liên bộ|Thông tư|Quy định|Quy chế|Văn bản|Kế hoạch|Hướng dẫn|Điều lệ"
    r"|Chương trình)"
)
#: The document that speaks: ``Nghị định này``.
OWN = rf"{TYPES}\s+(?:liên\s+tịch\s+)?này"
_AFTER = (
    r"(?:sau|tính\s+từ\s+sau)\s*(?P<n>\d{1,3})\s*(?:\([^()]*\)\s*)?ngày\s*,?\s*(?:kể\s+)?(?:từ\s+)?(?:sau\s+)?"
)
_FROM = r"(?:kể\s+từ|từ|kể)\s+(?:khi\s+)?"
#: What stands behind ``có hiệu lực``: each row a way of fixing the day.
_DAY_ROWS: tuple[tuple[re.Pattern[str], When], ...] = (
    (
        re.compile(
            rf"{_AFTER}ngày\s+(?:được\s+)?(?:đăng|công\s+bố|niêm\s+yết)(?:\s+(?:trên\s+)?Công\s+báo)?",
            re.IGNORECASE,
        ),
        When.PUBLICATION,
    ),
    (
        re.compile(
            rf"{_AFTER}(?:ngày\s+)?(?:được\s+)?(?:ký(?:\s+ban\s+hành)?|ban\s+hành|thông\s+qua)", re.IGNORECASE
        ),
        When.SIGNING,
    ),
    (re.compile(rf"(?:{_FROM}|vào\s+|là\s+)?{DATE}", re.IGNORECASE), When.DAY),
    (
        re.compile(
            rf"{_FROM}ngày\s+(?:được\s+)?(?:[^.;,]{{0,60}}?\s)?(?:ký|ban\s+hành|thông\s+qua)(?![^.;,]*hiệu\s+lực)",
            re.IGNORECASE,
        ),
        When.SIGNING,
    ),
    (re.compile(rf"{_FROM}ngày\s+(?:được\s+)?(?:đăng|công\s+bố)", re.IGNORECASE), When.PUBLICATION),
    (re.compile(rf"{_FROM}(?:ngày\s+)?{OWN}\s+(?:bắt\s+đầu\s+)?có\s+hiệu\s+lực", re.IGNORECASE), When.ACT),
    (
        re.compile(
            rf"(?:cùng|đồng\s+thời)\s+(?:ngày\s+)?(?:với\s+)?|{_FROM}ngày\s+(?=[^.;]{{5,200}}có\s+hiệu\s+lực)"
        ),
        When.WITH,
    ),
)


@dataclass(frozen=True, slots=True)
class Day:
    """A day as printed: how it is fixed, the ISO date where it is one, days after; where the words end."""

    when: When
    on: str | None
    days: int
    end: int


def read_day(text: str, at: int) -> Day | None:
    """The day that ``text[at:]`` begins with, spaces and ``thi hành`` aside.

    >>> read_day("có hiệu lực thi hành kể từ ngày 01 tháng 7 năm 2016.", 12).on
    '2016-07-01'
    >>> day = read_day("sau 45 ngày, kể từ ngày ký", 0)
    >>> (day.when.value, day.days)
    ('signing', 45)
    """
    while at < len(text) and (
        text[at] in " \n,(" or text.startswith("thi hành", at) or text.startswith("kể,", at)
    ):
        at += len("thi hành") if text.startswith("thi hành", at) else 1
    for pattern, when in _DAY_ROWS:
        found = pattern.match(text, at)
        if found is None:
            continue
        groups = found.groupdict()
        on = date_of(found) if when is When.DAY else None
        if when is When.DAY and on is None:
            continue
        return Day(when, on, int(groups.get("n") or 0), found.end())
    return None


def date_of(found: re.Match[str]) -> str | None:
    """The ISO date behind a match of `DATE`; None for one that is no day.

    >>> date_of(DATE_RE.search("ngày 01/7/2016")), date_of(DATE_RE.search("ngày 31 tháng 02 năm 2020"))
    ('2016-07-01', None)
    """
    try:
        return date(int(found["y"] or found["y2"]), int(found["m"] or found["m2"]), int(found["d"])).isoformat()
    except ValueError:
        return None


def later(on: str | None, days: int) -> str | None:
    """The day so many days later; None for what is no whole date.

    >>> later("2020-12-31", 1), later("2020", 1)
    ('2021-01-01', None)
    """
    if not on or len(on) != len("2020-12-31"):
        return None
    return (date.fromisoformat(on) + timedelta(days=days)).isoformat()
