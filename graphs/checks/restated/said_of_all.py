"""What is said of all of a kind, of none or of one alone: ``100% số xã đã …``, ``không còn xã nào …``.

Read clause by clause, with the words over it; what is planned, of a part of a year or of a place is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from graphs.checks.reading.counted import COUNT_WORDS
from graphs.checks.reading.forms import CAPITAL, PLANNED_RE
from graphs.checks.reading.named import Surroundings, thing_words
from graphs.checks.reading.rows import Same
from graphs.checks.report import Subject
from kb.models import BlockKind, Document, Span, TextBlock
from kb.text.sentences import split_sentences

_REST = r"(?P<rest>[^\W\d_][^.;:(),]{6,170})"
_EVERY = r"(?:100\s*%|[Tt]ất cả|[Tt]oàn bộ|[Mm]ọi)\s+(?:số\s+|các\s+|những\s+)*"
_EVERY_RE = re.compile(_EVERY)
_NONE = ("có", "để xảy ra", "để phát sinh", "xảy ra", "phát sinh", "ghi nhận", "phát hiện", "còn")
_NONE_GATES = tuple(f"{word} {what} " for word in ("hông", "hưa") for what in _NONE)
#: All of a kind with what is true of them; of none; of one alone: each with words of which one stands in it.
_FORMS: tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...] = (
    (
        "all",
        ("100%", "100 %", "ất cả ", "oàn bộ ", "mọi ", "Mọi ", "Cả ", " cả "),
        re.compile(
            rf"(?<![\w/,.])(?:{_EVERY}(?:(?P<x>\d{{1,4}})/(?P=x)\s+|\d{{1,4}}\s+)?"
            rf"|[Cc]ả\s+(?:\d{{1,3}}/)?(?:\d{{1,3}}|{COUNT_WORDS})\s+){_REST}"
        ),
    ),
    ("all", ("/",), re.compile(rf"\b(?<![/,.])(\d{{1,4}})/\1\s+{_REST}")),
    (
        "all",
        ("đều ",),
        re.compile(r"(?<!\w)[Cc]ác\s+(?P<rest>[^\W\d_][^.;:(),]{2,60}?\sđều\s[^.;:(),]{5,120})"),
    ),
    (
        "all",
        ("100%", "100 %", "ất cả ", "oàn bộ "),
        re.compile(
            r"\b[Đđ]ã\s+(?!hoàn thành\s+100)(?P<rest>[^.;:(),]{4,90}?\s"
            rf"{_EVERY}(?!kế hoạch|mục tiêu|chỉ tiêu)[^\W\d_][^.;:(),]{{3,80}})"
        ),
    ),
    (
        "all",
        ("100%", "100 %"),
        re.compile(
            r"\b[Tt][ỷỉ] lệ\s+(?P<rest>[^.;:(),]{8,120}?)\s+(?:(?:đã|ước|đạt|là|chiếm|bằng)\s+)+100\s*%"
            r"(?!\s+(?:kế|so|dự|chỉ))"
        ),
    ),
    (
        "none",
        (*_NONE_GATES, "đã xóa ", "đã giải quyết ", "đã xử lý "),
        re.compile(
            rf"(?:\b(?:[Kk]hông|[Cc]hưa)\s+(?:{'|'.join(_NONE)})"
            r"|\bđã\s+(?:xóa|giải quyết|xử lý)\s+(?:xong|hết|dứt điểm|hoàn toàn))\s+"
            r"(?:(?:tình trạng|trường hợp|việc|bất kỳ|một)\s+)*(?P<rest>[^\W\d_][^.;:(),]{4,120})"
        ),
    ),
    (
        "one",
        ("duy nhất",),
        re.compile(r"\b(?:là\s+)?(?P<rest>[^\W\d_]+(?:\s[^\W\d_]+){0,2}\s+duy nhất\s+[^\W\d_][^.;:(),]{5,120})"),
    ),
)
#: What a sentence says is done, or so: without it all of a kind are only named.
_SAYS_RE = re.compile(
    r"\b(?:đã|đều|được|có|đạt|hoàn thành|thực hiện|ban hành|triển khai|tổ chức)\s", re.IGNORECASE
)
#: Units told one beside the other are one noun: their commas end nothing.
_JOINED_RE = re.compile(
    r",(?=\s+(?:xã|phường|thị trấn|huyện|thị xã|thành phố|quận|tỉnh|sở|ban|ngành|cơ quan|đơn vị|tổ chức"
    r"|cá nhân|cán bộ|công chức|viên chức|thôn|bản|tổ dân phố|doanh nghiệp|nhà dột)\b)",
    re.IGNORECASE,
)
#: Behind these words a clause tells why, wherewith, or which: no part of what is so.
_TAIL_RE = re.compile(
    r"\s+(?:do|vì|bởi|nhằm|để|theo|trong đó|góp phần|nguyên nhân|tập trung|chủ yếu|gồm|bao gồm|cụ thể|nhưng"
    r"|tuy nhiên|so với|tăng|giảm|qua đó|từ đó|là|kịp thời|với|bằng|trước|khi|trong khi|song|như|và đã|vào"
    r"|trên cơ sở|trong\s+(?:năm|quý|tháng|kỳ)|(?:trong )?năm\s+(?:19|20)\d\d|diện tích|ước|sau)\b.*$",
    re.DOTALL,
)
_CUT_RE = re.compile(r"\b(?:đều|cũng|đã|đang|được|có)\s*$")
NOT_RE = re.compile(r"\b(?:chưa|không)\b")
#: A place or a body by its name: "của huyện Lập Thạch", "tại các xã Ea Bar, Ea Kao".
_NAME = rf"{CAPITAL}\w*(?:[\s'’.-]+{CAPITAL}\w*)*"
NAME_RE = re.compile(
    r"(?:(?:của|thuộc|tại|ở|trên địa bàn)\s+)*(?:(?:các|hai|ba|\d+)\s+)?"
    r"\b(?:xã|phường|thị trấn|huyện|thị xã|thành phố|quận|tỉnh|thôn|bản|trường|công ty|sở)\s+"
    rf"{_NAME}(?:(?:,\s*|\s+và\s+)(?:huyện\s+|xã\s+)?{_NAME})*"
)
#: Said of another time, or of what is to come.
ELSE_RE = re.compile(
    r"\b(?:cùng kỳ|năm (?:trước|ngoái)|trước (?:đây|đó)|đầu (?:năm|kỳ|nhiệm kỳ)|kỳ trước|phấn đấu|mục tiêu|dự kiến"
    r"|sẽ|nếu|giả sử|giả định|từ nay|hằng năm|hàng năm|hầu hết|đa số|phần lớn|(?<!xây dựng )cơ bản|diễn tập"
    r"|xuống còn|trừ|ngoại trừ)\b",
    re.IGNORECASE,
)
#: Before what is told these make it a task, or tell it of a part.
TASK_RE = re.compile(
    r"\b(?:trường hợp|cần|phải|yêu cầu|đề nghị|đề xuất|kiến nghị|(?<!được )(?<!tác )chỉ đạo|giao|đối với"
    r"|riêng|phòng ngừa|nguy cơ|hỗ trợ|kế hoạch|từ|tăng|giảm)\b",
    re.IGNORECASE,
)
_PART_OF_YEAR_RE = re.compile(
    r"\b(?:tháng\s+\d|quý\s+[IVX\d]|dịp|thời gian|đợt|vụ (?:Đông|Hè|mùa)|\d+ tháng|ngày|tuần)", re.IGNORECASE
)
_PLAN_HEAD_RE = re.compile(
    r"\b(?:mục tiêu|phương hướng|nhiệm vụ|giải pháp|kế hoạch|đề xuất|kiến nghị|yêu cầu)\b", re.IGNORECASE
)
_SCOPE_RE = re.compile(
    rf"\bcấp (?:tỉnh|huyện|xã|trung ương|bộ)\b|\b(?:19|20)\d\d\b|(?:huyện|xã|thành phố|phường|sở)\s+{CAPITAL}\w+"
    r"|\b(?:Đối với|khối)\b.*"
)
_DIGITS_RE = re.compile(r"(?<![\d/])\d+(?:,\d+)?(?![\d/])")
#: Said of one occasion or place alone: "Trong Lễ hội, không để xảy ra …".
_OCCASION_RE = re.compile(
    r"\b(?:[Tt]rong|[Tt]ại|[Qq]ua)\s+(?!(?:năm|kỳ(?! thi| họp)|toàn|cả|quý|công tác|lĩnh vực|thời gian qua)\b)"
    r"[^,;.]{2,60},\s*(?:[^\W\d_]+\s+){0,3}$"
)
#: "không có ca tử vong do dại": by what is a part of what there is none of; why is not.
_BY_RE = re.compile(
    r"\s+(?:do|vì|bởi)\s+(?!.*\b(?:làm tốt|chủ động|được|có|thực hiện|tăng cường|đã|tích cực|quan tâm)\b)",
    re.DOTALL,
)
YEAR_RE = re.compile(r"\b(?:19|20)\d\d\b")
#: "vụ cháy chợ nào trên địa bàn": where none is, is said of all that there is.
_WHERE_RE = re.compile(r"\s+nào(?:\s+(?:trên|tại|ở|trong)\b.*)?$", re.DOTALL)
#: What some have all of is theirs: "5 huyện đã có toàn bộ số xã …".
_SOME_HAVE_RE = re.compile(
    r"(?<![\w/])(?:(?!(\d+)/\1\b)\d{1,4}(?:/\d{1,4})?|một số|nhiều)\s+"
    r"[^\W\d_]+(?:\s+[^\W\d_]+){0,4}?\s+(?:(?:đã|đều|hiện|nay)\s+)*có\s+$",
    re.IGNORECASE,
)
_NO_WORDS = frozenset(("số", "nào", "duy", "nhất"))
#: What a clause may say besides: that there are some.
SOME = thing_words(
    "còn vẫn có hiện đã xảy ra phát hiện ghi nhận phát sinh tiếp nhận xử lý giải quyết bị số là tổng mới chỉ"
    " nay tình trạng trường hợp vụ việc lượt cái nhưng tuy nhiên một số hạn chế tồn tại riêng hết hàng vẫn tính"
    " hiện trạng cho thấy qua kiểm tra rà soát kỳ nghìn triệu tỷ đồng ha theo thống kê khó khăn khởi tố lại"
    " cơ quan điều tra công an lực lượng chức năng thanh tra"
) | frozenset(("trong",))
#: Called by no name of its own, one alone may be of any of these.
ANY = thing_words("đơn vị địa phương huyện xã phường thị trấn thành phố tỉnh sở ngành cơ quan trường thôn")
#: Who came to harm, by what is told elsewhere: "không có người chết" is said of fires, of accidents, of storms.
_HARM = thing_words("người chết bị thương mất tích thiệt hại về vụ")
_FEWEST, _LONGEST = 2, 22


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause and its place in its block of text `whole`; in `text` the commas of joined units are away."""

    block: TextBlock
    whole: str
    low: int
    text: str
    around: Surroundings

    @property
    def over(self) -> list[str]:
        """The headings and leads over it; one that is its own block says nothing more of it."""
        return [told for told in self.around.over(self.block) if told and told not in self.whole]

    @property
    def scope(self) -> frozenset[str]:
        """The levels, years and bodies that the headings and leads over it name."""
        return frozenset(found.group().lower() for told in self.over for found in _SCOPE_RE.finditer(told))

    @property
    def planned(self) -> bool:
        """Whether they are of what is to be done."""
        return any(map(_PLAN_HEAD_RE.search, self.over))

    def span(self, subject: Subject, low: int, high: int) -> Span:
        """Where a part of it stands."""
        at = self.block.view.start + self.low
        return subject.document.reading.hull(at + low, at + high)

    def printed(self, low: int, high: int) -> str:
        """A part of it as it stands."""
        return " ".join(self.whole[self.low + low : self.low + high].split())


@dataclass(frozen=True, slots=True)
class Claim:
    """What is said of all (`kind` "all"), of none, or of one alone; its words, and whether they deny."""

    kind: str
    clause: Clause
    start: int
    end: int
    words: frozenset[str]
    denies: bool


def clauses_of(block: TextBlock, text: str, around: Surroundings, words: Sequence[str] = ()) -> Iterator[Clause]:
    """The clauses of a block that holds `text`, those that have all of some words in small letters."""
    for low, high in split_sentences(text, clauses=True):
        clause = text[low:high]
        if not words or all(map(clause.lower().__contains__, words)):
            yield Clause(block, text, low, _JOINED_RE.sub(" ", clause) if "," in clause else clause, around)


def texts_of(subject: Subject) -> tuple[tuple[TextBlock, str], ...]:
    """The blocks of running text and notes, each with its text; taken once for all rules."""
    return _texts(Same(subject.document))


@lru_cache(maxsize=2)
def _texts(read: Same[Document]) -> tuple[tuple[TextBlock, str], ...]:
    document = read.it
    return tuple(
        (block, document.block_text(block))
        for block in document.blocks
        if block.kind in (BlockKind.TEXT, BlockKind.NOTE)
    )


def claims_of(block: TextBlock, text: str, around: Surroundings) -> Iterator[Claim]:
    """What a block says of all, of none or of one alone."""
    forms = [form for form in _FORMS if _has(text, form[1])]
    for low, high in split_sentences(text, clauses=True) if forms else ():
        raw = text[low:high]
        told = [(kind, pattern) for kind, gates, pattern in forms if _has(raw, gates)]
        if told:
            clause = Clause(block, text, low, _JOINED_RE.sub(" ", raw), around)
            found = ((kind, pattern.search(clause.text)) for kind, pattern in told)
            yield from (claim for kind, one in found if one and (claim := _claim(kind, clause, one)))


def _has(text: str, gates: Sequence[str]) -> bool:
    return any(map(text.__contains__, gates))


def _claim(kind: str, clause: Clause, found: re.Match[str]) -> Claim | None:
    rest = without_tail(found["rest"])
    before = clause.text[: found.start()]
    if kind == "none" and (_OCCASION_RE.search(before) or _BY_RE.match(found["rest"], len(rest))):
        return None
    if kind == "all" and (_CUT_RE.search(rest) or _SOME_HAVE_RE.search(before)):
        return None  # what is so of them was cut off with the tail; or they are those of some
    rest = _WHERE_RE.sub("", rest) if kind == "none" else rest
    told = before + rest
    denies = bool(NOT_RE.search(rest))
    kept = found.group().replace(found["rest"], rest)
    if kind == "all" and (denies or not _SAYS_RE.search(kept)):
        return None
    words = said_words(rest) - (ANY if kind == "one" else frozenset())
    if not _FEWEST <= len(words) <= _LONGEST or ELSE_RE.search(told) or _PART_OF_YEAR_RE.search(told):
        return None
    # "tiếp tục được củng cố: 100% số trạm đã có …": what is done already is told behind the colon.
    aim = before.rpartition(":")[2] if re.search(r"\bđã\s", rest) else before
    if PLANNED_RE.search(aim) or TASK_RE.search(before) or (clause.planned and "đã" not in told):
        return None
    if kind != "one" and NAME_RE.search(told):
        return None
    if kind == "none" and (words <= _HARM or said_words(YEAR_RE.sub(" ", before.rpartition(",")[2])) - SOME - ANY):
        return None  # of the things that stand before it
    return Claim(kind, clause, found.start(), found.start("rest") + len(rest), words, denies)


def without_tail(words: str) -> str:
    """Words up to what tells why, wherewith or which.

    >>> without_tail("xã chưa đạt chuẩn do thiếu vốn")
    'xã chưa đạt chuẩn'
    """
    return _TAIL_RE.sub("", words)


def said_words(text: str) -> frozenset[str]:
    """The words that say something, numbers among them, without what denies.

    >>> sorted(said_words("các xã chưa đạt mức độ 2"))
    ['2', 'mức', 'xã', 'độ']
    """
    plain = _EVERY_RE.sub(" ", NOT_RE.sub(" ", text))
    return (thing_words(plain) | frozenset(_DIGITS_RE.findall(plain))) - _NO_WORDS
