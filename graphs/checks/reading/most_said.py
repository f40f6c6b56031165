"""Where a sentence says that one of several is the most or the least, and of what: ``tăng nhanh nhất``.

The words are few: how (*cao*, *chậm*), whether of a change (*tăng*, *giảm*), and the clause around them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.text.sentences import split_sentences

_HIGH = "cao|lớn|nhiều|(?-i:đông)|dài|rộng|nặng|mạnh|nhanh|sâu|tốt|khá|sớm"
_LOW = "thấp|ít|nhỏ|ngắn|hẹp|nhẹ|chậm|kém|yếu"
_MARK_RE = re.compile(
    rf"\b(?:(?:(?P<high>{_HIGH})|(?P<low>{_LOW}))\s+"
    rf"(?P<inside>(?:(?!(?:nh[ấứ]t|{_HIGH}|{_LOW}|là|có)\b)[^\W\d_]+\s+){{0,7}}?)nh[ấứ]t(?!\s+(?:là\s+)?\d)"
    r"|(?P<first>dẫn đầu|đứng đầu|(?:đứng|xếp)(?: ở)?(?: vị trí)? (?:thứ nhất|nhất))"
    r"|(?P<last>(?:đứng|xếp) cuối(?: cùng)?))\b",
    re.IGNORECASE,
)
GATES = (" nhất", " nhứt", "ẫn đầu", "ứng đầu", "ứng cuối", "ếp cuối", "thứ nhất")
_CHANGE_RE = re.compile(r"\b(?P<way>tăng|giảm|bứt phá)(?:\s+trưởng)?(?:\s+[^\W\d_]+){0,3}\s*$", re.IGNORECASE)
_BEHIND_CHANGE_RE = re.compile(r"\s+về\s+(?:mức|tốc độ|tỷ lệ|số)\s+(?P<way>tăng|giảm)\b", re.IGNORECASE)
#: Of a part of them only, of others, of what is to come; several told together.
_ELSE_RE = re.compile(
    r"\b(?:cả nước|toàn quốc|khu vực|vùng|một trong|trong (?:số|các|nhóm|những)|từ trước|trước (?:nay|đến nay)"
    r"|cùng kỳ|phấn đấu|mục tiêu|kế hoạch giao|dự kiến|lần lượt|thứ (?:hai|ba|tư|nhì|\d)|sẽ|cần|để|từ trước"
    r"|nếu(?! (?:tính|xét|xếp|so)\b)"
    r"|(?:hai|ba|bốn|các|những|0?[2-9])\s+(?:huyện|xã|phường|sở|đơn vị|địa phương|tỉnh|cơ quan|nơi|loại|nhóm))\b",
    re.IGNORECASE,
)
_SMALL = ("hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
#: "trong các lĩnh vực được thanh tra", "trong các chủ đầu tư nêu tên": of all rows.
_THINGS = (
    "huyện|xã|phường|tỉnh|địa phương|địa bàn|đơn vị|cơ quan|sở|ngành|lĩnh vực|loại|tháng|quý|trường|tuyến|nhóm"
    "|nguyên nhân|tên|chủ đầu tư|ngân hàng|dự án"
)
_OF_ALL_RE = re.compile(
    rf"\btrong\s+(?:số\s+)?(?:các|những)\s+(?:{_THINGS})\s+(?:nêu\s+(?:tên|trên)|được\s+[^\W\d_]+(?:\s+[^\W\d_]+)?"
    r"|trong\s+(?:bảng|biểu)|của\s+tỉnh)(?=\s*[,.;(]|\s*$)",
    re.IGNORECASE,
)
#: The same at the head of a sentence: "Trong số các huyện, …".
_OF_THESE_RE = re.compile(
    rf"\W*Trong\s+(?:số\s+)?(?:các|những)\s+(?:{_THINGS})(?:\s+(?:nêu\s+)?tại\s+[Bb]ảng\s+\d+)?"
    rf"(?:,\s+(?:{_THINGS}))*,\s"
)
#: Only among these: "Trong 10 huyện, …".
_AMONG_RE = re.compile(r"\b[Tt]rong\s+(?:số\s+)?(?:\d+|các|những|khối|nhóm|hai|ba|bốn|số)\s", re.IGNORECASE)
#: Among so many, at the head of the sentence: "Trong ba xã, …"; all of them where there are no more.
_AMONG_SO_MANY_RE = re.compile(
    rf"\W*Trong\s+(?:số\s+)?(?P<many>\d{{1,2}}|{'|'.join(_SMALL)})\s+(?:{_THINGS})(?:\s+[^\W\d_]+){{0,4}},\s"
)
_LEAST_RE = re.compile(
    r"(?:ít|chậm|cao|nhiều|thấp|muộn|sớm)\s+nhất\s+(?:là\s+)?(?:\d|vào|trong\s+(?:năm|tháng|quý|ngày|thời)|phải|một|hai)",
    re.IGNORECASE,
)
_CLAUSE_RE = re.compile(r"[;:]\s|,(?!\d)\s?|\s(?:còn|trong khi|nhưng|song)\s|\s[-–]\s", re.IGNORECASE)
_BRACKET_RE = re.compile(r"\s*\([^()]*\)")
_WHY_RE = re.compile(r"\s(?:vì|do|nhờ|bởi|nên|để|cho thấy)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MostSaid:
    """What a clause says is the most or the least: its place, that of the clause and of the sentence.

    `way` is that of a change (*tăng*, *giảm*); empty where it is of a value. `among` is of how many it is told to
    be so; 0 where that is not told.
    """

    text: str
    start: int
    end: int
    low: int
    high: int
    sentence: tuple[int, int]
    least: bool
    way: str
    first: bool
    among: int = 0

    @property
    def before(self) -> str:
        """The clause before the words."""
        return self.text[self.low : self.start]

    @property
    def behind(self) -> str:
        """The clause behind them."""
        return self.text[self.end : self.high]

    @property
    def of_many(self) -> bool:
        """Whether it is said of people or things in their number: ``đông nhất``."""
        return self.text[self.start : self.end].lower().startswith("đông")

    @property
    def of_pace(self) -> bool:
        """Whether it is said of how fast a thing is carried out: how much of it is done by now (``chậm nhất``)."""
        return self.text[self.start : self.end].lower().startswith(("chậm", "nhanh"))

    @property
    def clause(self) -> str:
        """The whole clause."""
        return self.text[self.low : self.high]


def most_said(text: str) -> Iterator[MostSaid]:
    """What the clauses of a text say is the most or the least.

    >>> [(one.clause, one.least, one.way) for one in most_said("Lúa có diện tích lớn nhất; ngô giảm chậm nhất.")]
    [('Lúa có diện tích lớn nhất', False, ''), ('ngô giảm chậm nhất.', True, 'giảm')]
    """
    if not any(gate in text for gate in GATES):
        return
    for sentence in split_sentences(text):
        marks = list(_MARK_RE.finditer(text, *sentence))
        for at, mark in enumerate(marks):
            since = marks[at - 1].end() if at else sentence[0]
            if at and (named := _BRACKET_RE.match(text, since, mark.start())):
                since = named.end()  # which one the words before are of
            until = marks[at + 1].start() if at + 1 < len(marks) else sentence[1]
            cuts = [cut.end() for cut in _CLAUSE_RE.finditer(text, since, mark.start())]
            low = cuts[-1] if cuts else since
            stop = _CLAUSE_RE.search(text, mark.end(), until)
            high = stop.start() if stop else until
            why = _WHY_RE.search(text, mark.end(), high)
            high = why.start() if why else high
            around = _OF_THESE_RE.sub(" ", _OF_ALL_RE.sub(" ", text[low:high]))
            so_many = _AMONG_SO_MANY_RE.match(text, sentence[0], low)
            before = text[so_many.end() if so_many else sentence[0] : low]
            among = _AMONG_RE.search(_OF_THESE_RE.sub(" ", before))
            if _ELSE_RE.search(around) or among or _LEAST_RE.match(text, mark.start()):
                continue
            changed = _CHANGE_RE.search(text, low, mark.start()) or _BEHIND_CHANGE_RE.match(text, mark.end(), high)
            way = changed["way"].lower().replace("bứt phá", "tăng") if changed else ""
            if not way and (inside := re.search(r"\b(tăng|giảm)\b", mark["inside"] or "")):
                way = inside[1]
            first = bool(mark["first"] or mark["last"])
            least, many = bool(mark["low"] or mark["last"]), _number(so_many["many"]) if so_many else 0
            yield MostSaid(text, *mark.span(), low, high, sentence, least, way, first, many)


def _number(told: str) -> int:
    return int(told) if told.isdigit() else _SMALL.index(told.lower()) + 2
