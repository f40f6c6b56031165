"""A loose word where it stands: its clause, what it is said of, and what makes it no share of now."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from graphs.checks.reading.loose import Loose, loose_in
from graphs.checks.reading.named import thing_words
from graphs.checks.reading.prose import Stated
from kb.text.sentences import split_sentences

#: Of another time, or only asked for.
_ELSE_RE = re.compile(
    r"\b(?:cùng kỳ|năm (?:trước|ngoái)|trước (?:đây|đó)|đầu (?:năm|kỳ|nhiệm kỳ)|kỳ trước|mục tiêu|từ nay"
    r"|(?<!đạt )yêu cầu|đề nghị|cần|tối thiểu|ít nhất|tối đa|không quá|quy định|ngưỡng|lộ trình|bảo đảm|đảm bảo"
    r"|phải (?:có|đạt))\b",
    re.IGNORECASE,
)
_TO_COME_RE = re.compile(r"\b(?:phấn đấu|dự kiến|sẽ|nếu|giả sử)\b", re.IGNORECASE)
_CHANGED_RE = re.compile(
    r"\b(?P<way>tăng|giảm|thêm|vượt|hụt|rút ngắn|tiết kiệm|cắt)\s+(?:[^\W\d_]+\s+){0,3}$", re.IGNORECASE
)
_COMES_TO_RE = re.compile(r"\bchiếm(?:\s+(?:tỷ lệ|tỷ trọng|tới|đến))*\s+$", re.IGNORECASE)
#: The time that a change is told since.
_SINCE_RE = re.compile(
    r"\bso (?:với|cùng)\s+(?:cùng kỳ|năm (?:trước|ngoái)|kỳ trước|đầu (?:năm|kỳ|nhiệm kỳ))\b", re.IGNORECASE
)
_CLAUSE_RE = re.compile(r"[;:(]\s?|,\s|\.\s")
_END_RE = re.compile(r"[,;:.()]|\snhưng\s(?=[^,;:.()]*\d)")
_VERB_RE = re.compile(
    r"\b(?:đã|được|có|đang|bị|đều|chưa|không|là|thuộc|đạt|hoàn thành|hưởng ứng|sử dụng|tham gia|thực hiện)\b"
)
#: What a share is made of, or why: said of the thing before it, not of how many of all.
_MADE_RE = re.compile(
    r"\s*(?:là|ở|do|vì|bởi|trong|tại|thuộc|tập trung|từ|nằm|đến từ|kiêm|chưa|có|còn|được|bị|phát sinh|liên quan"
    r"|rơi|đều|đã|không|vẫn|sản xuất|hoạt động|cho|đúng|trước|sau|trễ|quá|nộp|làm|sử dụng)\b",
    re.IGNORECASE,
)
_OPENING_RE = re.compile(
    r"\W*(?:(?:[a-zđ]|\d{1,2}(?:\.\d{1,2})*)[).]\s+)?(?:(?:[Nn]hư vậy|[Nn]hư thế|[Tt]heo đó|[Tt]ức là|[Nn]ghĩa là"
    r"|[Nn]hìn chung|[Dd]o đó|[Vv]ì vậy|[Cc]ó|[Đđ]ến nay|[Cc]hỉ|[Mm]ới|[Vv]ậy là|[Tt]rong đó|[Tt]uy nhiên"
    r"|[Đđ]áng chú ý|[Tt]ính chung|[Tt]hực tế|[Nn]hờ đó|[Qq]ua đó|[Cc]ụ thể|[Đđ]ánh giá chung)[,\s]+)*"
)
NOT_RE = re.compile(r"\b(?:chưa|không|còn|thiếu|quá hạn|trễ|chậm)\b", re.IGNORECASE)
_WORD_RE = re.compile(r"[^\W\d_]+")
_PLAIN = thing_words(
    "đã được có là số tỷ lệ đạt chiếm nay đến hiện tổng như vậy thực hiện hoàn thành các những toàn bộ xong đều"
    " lượng"
)


@dataclass(frozen=True, slots=True)
class LooseSaid:
    """A loose word of a sentence of a block, which begins at `low` and ends at `high`."""

    where: Stated
    low: int
    high: int
    loose: Loose
    #: It is told as so many out of each so many.
    each: bool = False

    @property
    def text(self) -> str:
        """The text of the block."""
        return self.where.text

    @property
    def clause_start(self) -> int:
        """Where its clause begins: behind the last comma, semicolon, colon or bracket before it."""
        ends = [found.end() for found in _CLAUSE_RE.finditer(self.text, self.low, self.loose.start)]
        return ends[-1] if ends else self.low

    @property
    def before(self) -> str:
        """Its clause before it."""
        return self.text[self.clause_start : self.loose.start]

    @property
    def behind(self) -> str:
        """Its clause behind it."""
        end = _END_RE.search(self.text, self.loose.end, self.high)
        return self.text[self.loose.end : end.start() if end else self.high]

    @property
    def is_bound(self) -> bool:
        """Whether it may as well be the bound of a class, and is not told to be what something comes to."""
        return self.loose.is_bound and not _COMES_TO_RE.search(self.text, self.low, self.loose.start)

    @property
    def begins_part(self) -> bool:
        """Whether its clause begins behind a semicolon."""
        return self.text[self.low : self.clause_start].rstrip().endswith(";")

    @property
    def opens(self) -> bool:
        """Whether its sentence begins with it, or with words that only lead up to it."""
        return bool(_OPENING_RE.fullmatch(self.text, self.low, self.loose.start))

    @property
    def way(self) -> str:
        """The word for a change whose share it is; none for a share of a whole."""
        found = _CHANGED_RE.search(self.text, self.low, self.loose.start)
        return found["way"].lower() if found else ""

    @property
    def is_else(self) -> bool:
        """Whether it is said of another time, or is only to be reached."""
        start = max(self.text.rfind(mark, self.low, self.loose.start) for mark in ";:")
        behind = _SINCE_RE.sub(" ", self.behind) if self.way else self.behind
        return is_else(self.text[max(start, self.low) : self.loose.start], f"{self.before} {behind}")

    @property
    def is_made(self) -> bool:
        """Whether no thing is named behind it: what is said is what the thing before is made of."""
        return not self.behind.strip() or bool(_MADE_RE.match(self.behind))

    @property
    def is_whole(self) -> bool:
        """Whether only the whole is named behind it, and nothing is said of it."""
        return not self.behind.strip() or not _VERB_RE.search(self.behind)

    @property
    def of(self) -> frozenset[str]:
        """The words of what stands behind it."""
        return own_words(self.behind)

    @property
    def denies(self) -> bool:
        """Whether what is said is that it is not so."""
        return bool(NOT_RE.search(self.behind))


def is_else(before: str, clause: str) -> bool:
    """Whether something is said of another time, or is only to be reached, by what stands before it and around it.

    >>> is_else("phấn đấu có ", "số thôn"), is_else("", "cùng kỳ"), is_else("đã có ", "số thôn")
    (True, True, False)
    """
    return bool(_TO_COME_RE.search(before) or _ELSE_RE.search(clause))


def twos(text: str) -> frozenset[tuple[str, str]]:
    """The words of a text, two by two.

    >>> sorted(twos("thuế giá trị"))
    [('giá', 'trị'), ('thuế', 'giá')]
    """
    words = [word.lower() for word in _WORD_RE.findall(text)]
    return frozenset(pairwise(words))


def own_words(text: str) -> frozenset[str]:
    """The words of a text that name something.

    >>> sorted(own_words("số hộ đã có nước sạch"))
    ['hộ', 'nước', 'sạch']
    """
    return thing_words(text) - _PLAIN


def loose_said(where: Stated) -> Iterator[LooseSaid]:
    """The loose words of a block that are said of now."""
    loose = list(loose_in(where.text))
    for low, high in split_sentences(where.text) if loose else ():
        for one in loose:
            if low <= one.start < high and not (said := LooseSaid(where, low, high, one)).is_else:
                yield said
