"""Places of a sound report that its own order proves: headings, tables that are called, times, bases."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from itertools import pairwise

from kb.text.roman import roman_value
from tests.proved_by_value.facts import CITED
from tests.proved_by_value.faults import Proved
from tests.proved_by_value.pages import Printed

_HEADED = re.compile(r"^(?P<label>[IVX]{1,5})\. (?P<words>[^\n]{3,140})$", re.MULTILINE)
_CAPTION = re.compile(r"^(?P<word>Bảng|Biểu) (?P<label>\d{1,2})[.:]", re.MULTILINE)
_CALLED = re.compile(r"(?P<word>Bảng|Biểu) (?P<label>\d{1,2})(?=[,;.)]| (?:cho thấy|trên|nêu trên|dưới đây))")
_TITLE_YEARS = re.compile(
    r"[^\n]*năm (?P<done>20\d\d)(?:;|,| và)\s+(?:phương hướng|nhiệm vụ|kế hoạch)[^;\n]*?năm (?P<planned>20\d\d)",
    re.IGNORECASE,
)
_PLANS = re.compile(
    r"^[^\n\d]{0,12}[^\n]*(?:NHIỆM VỤ|KẾ HOẠCH|PHƯƠNG HƯỚNG)[^\n]*NĂM (?P<year>20\d\d)\s*$", re.MULTILINE
)
_TIMES = re.compile(
    r"(?<![\d.,/])(?P<count>0?[2-9]) (?:lần|đợt|phiên|kỳ họp)(?: [^\W\d_]+){0,5},? (?:vào |\()*(?:các )?"
    r"(?P<times>tháng \d{1,2}(?:(?:, | và )(?:tháng )?\d{1,2})+)(?=[.;,)\n])"
)
_CARRIES = re.compile(r"[^.;\n]{0,120}\b(?:để thực hiện|triển khai thực hiện|triển khai|cụ thể hóa|thực hiện) $")


def headings(read: Printed, chance: random.Random) -> Iterator[Proved]:
    """The Roman number of a heading between two others that run."""
    found = list(_HEADED.finditer(read.text))
    values = [roman_value(one["label"]) for one in found]
    for at in range(1, len(found)):
        if values[at] == values[at - 1] + 1:
            proofs = tuple(found[near].span() for near in (at - 1, at + 1) if near < len(found))
            yield Proved("number of a heading", *found[at].span("label"), found[at - 1]["label"], proofs)


def tables_called(read: Printed, chance: random.Random) -> Iterator[Proved]:
    """The number of a table that the text calls, where all tables are numbered from one on."""
    captions = list(_CAPTION.finditer(read.text))
    labels = [int(one["label"]) for one in captions]
    if labels != list(range(1, len(labels) + 1)) or len(labels) < 2:
        return
    starts = {one.start() for one in captions}
    for called in _CALLED.finditer(read.text):
        if called.start() not in starts and int(called["label"]) in labels:
            other = str(len(labels) + chance.randint(1, 2))
            yield Proved("number of a table", *called.span("label"), other, tuple(one.span() for one in captions))


def years_headed(read: Printed, chance: random.Random) -> Iterator[Proved]:
    """The year that a heading plans for, which the title tells."""
    title = _TITLE_YEARS.search(read.text, 0, 1500)
    for headed in _PLANS.finditer(read.text, title.end()) if title else ():
        if title and headed["year"] == title["planned"] != title["done"]:
            yield Proved("year of a heading", *headed.span("year"), title["done"], (title.span(),))


def times(read: Printed, chance: random.Random) -> Iterator[Proved]:
    """How many times a thing was done, in months that are named."""
    for found in _TIMES.finditer(read.text):
        named = re.split(r", | và ", found["times"])
        if len(named) == int(found["count"]):
            other = f"{len(named) + 1:0{len(found['count'])}}"
            yield Proved("times named", *found.span("count"), other, (found.span("times"),))


def bases(read: Printed, chance: random.Random) -> Iterator[Proved]:
    """The year of a paper that carries out another one, told right behind it with its day."""
    cited = [one for one in CITED.finditer(read.text) if one["date"]]
    for one, other in pairwise(cited):
        between = read.text[one.end() : other.start()]
        later = (int(one["of"]), int(one["month"]), int(one["day"])) >= tuple(
            int(other[part]) for part in ("of", "month", "day")
        )
        if later and not one["year"] and _CARRIES.fullmatch(between):
            yield Proved(
                "year of what carries out", *one.span("of"), str(int(other["of"]) - 1), (other.span("date"),)
            )
