"""What a deed is said to rest on, and the day of that: ``căn cứ danh sách bốc thăm, ban hành kế hoạch trước …``.

A clause names what it rests on behind words that lead it ("trên cơ sở", "căn cứ", "từ kết quả", "sau khi"), or is
what the one before it is for ("để", "làm cơ sở"). The deed that it rests on is the nearest one told before it, in
its paragraph or the one above, whose own words hold all words of that name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from graphs.checks.reading.events import Dated, dated_clauses
from graphs.checks.report import Subject
from kb.models import BlockKind, TextBlock

_PRODUCT = (
    r"(?:kết quả|danh sách|danh mục|số liệu|báo cáo|đề xuất|đề nghị|nhu cầu|kế hoạch|phương án|nguồn|hồ sơ"
    r"|dự toán|dữ liệu|ý kiến|biên bản|kết luận|chỉ tiêu)"
)
#: The name of what a deed rests on, up to what is done with it.
_NAME = (
    r"(?P<name>[^,;:.\d]{0,70}?)(?=[,;:.\d]|$|\s(?:ban hành|xây dựng|trình|tham mưu|gửi|về|được|để|phê duyệt"
    r"|công bố|tổ chức|quyết định|lập|thẩm định|phân bổ|trước|trong|vào|chậm nhất|hoàn thành)\b)"
)
#: Words that say that what follows them comes first.
_RESTS_RE = re.compile(
    rf"\b(?:trên cơ sở|căn cứ(?: vào| theo)?|dựa (?:trên|vào)|sau(?: khi)?(?: có| nhận(?: được)?| hoàn thành"
    rf"| kết thúc)?|(?:từ|theo|tiếp thu|tổng hợp|thẩm định)(?=\s+(?:các |những |toàn bộ )?{_PRODUCT}\b))\s+{_NAME}"
)
#: A result is told after the deed whose result it is.
_RESULT_RE = re.compile(rf"\bkết quả\s+(?!thực hiện\b|triển khai\b|hoạt động\b|công tác\b){_NAME}")
_FOR_RE = re.compile(r"\s*,?\s*(?:để|làm (?:cơ sở|căn cứ)(?: để| cho)?)\s+(?!phục vụ|bảo đảm|đảm bảo)")
_AFTER_RE = re.compile(r"\W*sau khi\b")
_SENDS_RE = re.compile(r"\b(?:gửi|nộp|đăng ký)\b")
_THEN_RE = re.compile(r"^\W*sau đó\b|\btrên cơ sở (?:đó|này)\b|\btừ (?:đó|kết quả (?:đó|này|trên))\b")
#: Who puts together what others send; who takes in what others say.
_TAKES_RE = re.compile(
    r"\b(?:tổng hợp|tiếp thu|thẩm định)\s*,|\btổng hợp(?:\s+\w+){0,6}?\s+(?:báo cáo|trình|gửi)\b"
)
_GIVES_RE = re.compile(r"\b(?:góp ý|ý kiến|gửi|nộp|đăng ký|đề xuất|báo cáo|lập)\b")
_IDLE_WORDS = (
    "kết quả danh sách số liệu nguồn dữ liệu các của những toàn bộ xong việc công tác hoàn thành đã được có nêu"
    " trên này đó cho và từ tại trong theo về với là khi do đơn vị địa phương cơ quan cụ thể thực tế trực thuộc"
    " bên bước đợt biên bản chính thức ngành cấp quyền sở tổ chức"
)
_IDLE = frozenset(_IDLE_WORDS.split())
#: What returns, or is only a part, has days of its own.
_PART = (
    r"\b(?:đợt|lần|quý|kỳ|giai đoạn|vòng|bước)\s+(?:\d+|[ivx]+|thứ)\b|\b\d+ tháng"
    r"|sơ bộ|dự kiến|bổ sung|điều chỉnh|phát sinh|lại\b|chuyển tiếp|năm (?:trước|sau)\b"
)
_PART_RE = re.compile(_PART)
_OTHER_RE = re.compile(rf"{_PART}|định kỳ|hằng|hàng (?:năm|tháng|quý)")
_YEAR_RE = re.compile(r"năm (20\d\d)")
#: The day of a paper that is cited is no day of a deed.
_CITED_RE = re.compile(
    r"\bsố\s*(?::\s*)?\d[^\s,;]*(?:\s+của[^,;.\d]{0,60})?[\s,]*(?:ngày\s*)?$"
    r"|\b(?:luật|nghị định|thông tư|nghị quyết|quyết định|chỉ thị|công văn|kế hoạch|tờ trình)(?:\s+\S+){0,2}"
    r"\s+ngày\s*$"
)
_WORD_RE = re.compile(r"[^\W\d_]+")
_FEWEST, _ROUND, _LAST_DAY = 2, 31, (12, 31)


@dataclass(frozen=True, slots=True)
class Rest:
    """A deed and the one that it rests on, each with its block."""

    then: Dated
    first: Dated
    blocks: tuple[TextBlock, TextBlock]
    result: bool

    @property
    def holds(self) -> bool:
        """Whether the deed may come after what it rests on."""
        days = self.first.until or self.first.days if self.result else self.first.days
        begin = days[0] - timedelta(days=1) if self.first.by else days[0]
        return self.then.days[1] >= begin or (self.result and _closes_year(begin, self.then.days[1]))


def _closes_year(first: date, then: date) -> bool:
    """Whether results of a year are told in its last weeks, before it is over."""
    end = first + timedelta(days=1)
    return _LAST_DAY in ((first.month, first.day), (end.month, end.day)) and (first - then).days <= _ROUND


def rests(subject: Subject) -> Iterator[Rest]:
    """The deeds of a paper with a day that rest on another one with a day."""
    above: tuple[TextBlock, tuple[Dated, ...]] | None = None
    for block in subject.document.blocks:
        if block.kind is not BlockKind.TEXT:
            continue
        text = subject.document.block_text(block)
        days = dated_clauses(text) if "/20" in text or "năm 20" in text else ()
        clauses = tuple(one for one in days if not _CITED_RE.search(one.clause))
        for at, then in enumerate(clauses):
            before = [(one, block) for one in reversed(clauses[:at])]
            if above is not None:
                before += [(one, above[0]) for one in reversed(above[1])]
            before += [
                (one, block) for one in clauses[at + 1 :] if one.by and then.by and _SENDS_RE.search(one.clause)
            ]
            found = _first_of(then, before, text[clauses[at - 1].end : then.start].lower() if at else "")
            if found is not None:
                (first, place), result = found
                yield Rest(then, first, (block, place), result)
        above = (block, clauses) if clauses else None


def _first_of(
    then: Dated, before: list[tuple[Dated, TextBlock]], between: str
) -> tuple[tuple[Dated, TextBlock], bool] | None:
    if not before or _OTHER_RE.search(then.clause):
        return None
    one = before[0][0]
    if between and one.sentence == then.sentence and _AFTER_RE.match(one.clause) and one.start < then.start:
        return before[0], False
    if _FOR_RE.match(between) or _THEN_RE.search(then.clause):
        return (before[0], False) if between and not _OTHER_RE.search(one.clause) else None
    named = [(found["name"], False) for found in _RESTS_RE.finditer(then.clause)]
    named += [(found["name"], True) for found in _RESULT_RE.finditer(then.clause)]
    for name, result in named:
        words = [word for word in _WORD_RE.findall(name) if word not in _IDLE]
        if len(words) < _FEWEST:
            continue
        for first, place in before:
            # What returns and has its first and its last day here is this one.
            other = _PART_RE if result and first.until else _OTHER_RE
            if not other.search(first.clause) and set(words) <= _own_words(first) and _one_year(first, then):
                return ((first, place), result)
    if between and _TAKES_RE.search(then.clause) and _GIVES_RE.search(one.clause) and one.by and then.by:
        return None if _OTHER_RE.search(one.clause) or _TAKES_RE.search(one.clause) else (before[0], False)
    return None


def _one_year(first: Dated, then: Dated) -> bool:
    """Whether the later clause names no year but those of the earlier one and its day."""
    years = {*_YEAR_RE.findall(first.clause), str(first.days[1].year)}
    return set(_YEAR_RE.findall(then.clause)) <= years


def _own_words(first: Dated) -> set[str]:
    """The words of a clause but for those of what it rests on itself."""
    return set(_WORD_RE.findall(_RESULT_RE.sub(" ", _RESTS_RE.sub(" ", first.clause))))
