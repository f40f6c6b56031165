"""How many things a sentence tells behind their count: ``05 công trình, gồm: đường A; trường B; trạm bơm C``.

A list may be read in several ways: a comma, or "và", may stand within one thing. A count is wrong only where no
way to read the list has as many things.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graphs.checks.lists.things import EXTREME_RE
from graphs.checks.reading.body_names import as_one_name
from graphs.checks.reading.counted import COUNT_WORDS, NUMBER_WORDS, read_count
from graphs.checks.reading.forms import CAPITAL, occurrences
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.models import BlockKind, Finding, Severity
from kb.text.sentences import SENTENCE_END_RE

#: What is measured, or comes by time, is not listed; nor is what a count that is no count stands before.
_MEASURED = (
    r"(?:[Đđ]ã|đang|sẽ|được|có|là|không|và|của|về|tại|trên|dưới|so|lần|lượt|đồng(?! chí)|triệu|tỷ|tỉ|nghìn|ngàn"
    r"|ha|km|m|tấn|kg"
    r"|cấp|năm|quý|tháng|tuần|ngày|giờ|phút|khoản|điều"
    r"|điểm(?! (?:đen|trường|nóng|bưu|dân|du|cầu|giao|tiếp))|bản|bộ|mục(?! tiêu)|người|hộ|trường hợp"
    r"|lao động|cán bộ|đại biểu|ghi|nêu|đến|lên|hoặc|thành viên|ủy viên)\b"
)
MEASURED_RE = re.compile(_MEASURED)
_COUNTS = rf"0[2-9]|[2-9]|[1-3]\d|{COUNT_WORDS}"
#: What the words of a thing counted are not: those of a sentence of its own, of another count, of a choice.
_NO_NOUN_RE = re.compile(
    r"\b(?:hoặc|ghi(?! danh| nhận)|giao|phối hợp"
    r"|không(?! (?:đạt|hoàn thành)\b)|tuổi|này|trong số|một trong|và các|mỗi|từng|lần lượt|trừ"
    r"|như|phải|về|nêu"
    rf"|so với|cả|đối với|là|(?:và|cùng)\s+(?:một|{'|'.join(NUMBER_WORDS)}))\b"
)
#: A count, what it counts, and words that open a list.
_OPENED_RE = re.compile(
    rf"(?<![\w.,/-])(?P<count>{_COUNTS})\s+(?!{_MEASURED})(?P<noun>[a-zà-ỹđ][^.;:()\d,]{{1,60}}?)"
    r"(?:\s*\([^()]{1,60}\))?(?:[⁰¹²³⁴-⁹]+|\[\d{1,2}\])?"
    r"(?:[\s,]+(?:(?:bao\s+)?gồm(?!\s+cả)(?:\s+có)?|cụ thể(?:\s+là)?|đó là|sau đây|như sau)\s*:?|(?:\s+là)?\s*:"
    r"|(?P<named>\s+là(?=\s)|\s+(?P<bracket>\()))\s*(?=\S)"
)
#: Numbers that names end in, or begin with: "Quốc lộ 14C", "Km 12+300", "bệnh viện giai đoạn 2".
_ROAD_RE = re.compile(
    r"\b(?P<kind>km|quốc lộ|tỉnh lộ|đường (?:tỉnh|huyện)|đường|QL|TL|ĐT|ĐH|lô|thửa|khu phố|khu|tổ|thôn|ấp|buôn"
    r"|đoàn|đội|nhóm|khóa|giai đoạn|hợp phần|tiểu dự án|gói thầu|mức độ|hạng|quận|phường|số)"
    r"\.?\s*\d+(?:\+\d+)?[A-ZĐ]?\b",
    re.IGNORECASE,
)
_OF_NAME_RE = re.compile(
    rf"(?<={CAPITAL}[^\W\d_])\s+\d{{1,2}}(?=\s+và\s)|(?<=\w\w[^\W\d_])(?<! các)\s+\d(?=\s+và\s)"
)
_ENDS_IN_RE = re.compile(r"\s*(?P<head>\S.*?)\s+\d{1,4}[A-ZĐ]?\s*")
#: Words behind which a number is one of a series, a part of another, or no count of what is listed.
_NO_COUNT_RE = re.compile(
    r"\b(?:trong|từ|thứ|số|tháng|quý|năm|mục|điểm|khoản|điều|cột|bảng|biểu|chương|phần|cấp|loại|nhóm|ít nhất"
    r"|tối thiểu|tối đa|ngoài|trên|hơn|dưới|gần|khoảng|đến|mỗi|các|một trong|hoặc|lên|Article|Clause|/)\s*$|^\W*$",
    re.IGNORECASE,
)
_OPEN_END_RE = re.compile(r"\.\.|…|\bv\.?\s?v\b|\bkhác\b|\bcòn lại\b|\bvà/hoặc\b|\bhoặc\b|\bnhư\b", re.IGNORECASE)
#: What follows a list in its sentence without being one of its things.
_TAIL_RE = re.compile(
    r"\s*(?:có|trong đó|với|tổng|đạt|chiếm|tăng|giảm|bằng|để|nhằm|tại|theo|đã|được|do|thuộc|cho|qua đó|từ đó"
    r"|góp phần|đến nay|riêng|còn|trong khi|hoàn thành|bảo đảm|đảm bảo|thu hút|phục vụ|giúp|ước|dự kiến|nâng"
    r"|trị giá|kinh phí|hiện|nay|này)\b",
    re.IGNORECASE,
)
#: The same where it can be no thing: the list ends with it.
_SURE_TAIL_RE = re.compile(
    r"[,;]\s*(?:qua đó|từ đó|góp phần|trong đó|trong khi|đến nay|nhằm|ước|dự kiến)\s.*", re.DOTALL
)
#: Things with marks are counted by them.
_MARK_RE = re.compile(r"\(?[\divxa-e]{1,4}[).]\s|một là\b|thứ nhất\b", re.IGNORECASE)
#: A thing that stands for several, nobody says how many.
_SEVERAL_RE = re.compile(r"\s*(?:và\s+)?(?:các|những|một số|nhiều|đại diện)\s", re.IGNORECASE)
_AND_RE = re.compile(r"\s(?:và|cùng)\s", re.IGNORECASE)
#: A number that belongs to no name.
_FREE_NUMBER_RE = re.compile(r"(?<!\bsố )(?<!\bthứ )(?<![A-ZĐ][.\s])(?<![\w/.])\d[\d.,]*(?=\s+[a-zà-ỹđ])")
#: A thing that has a count of its own, or is told by its share.
_COUNTED_ITEM_RE = re.compile(
    rf"^\s*(?:và\s+)?(?:\d(?!\d?/\d)|(?:một|{'|'.join(NUMBER_WORDS)})\s)|(?<![A-ZĐ./])\b\d[\d.,]*\s*(?:%|$)",
    re.IGNORECASE,
)
#: A thing with how many of it there are behind its name: "người cao tuổi 1.200 người".
_WITH_AMOUNT_RE = re.compile(r"\s*(?:và\s+)?[^\W\d_][^\d%]*?\s\d[\d.,]*\s+(?P<unit>[^\W\d_]+)[^\d%,]*")
#: One of these stands in all such words.
_OPENERS = (":", "gồm", "cụ thể", "đó là", "sau đây", "như sau", " là ", " (")
_BACK, _AHEAD = 100, 14
_BRACKET_RE = re.compile(r"\s*\([^()]*\)")
_FEWEST_AMOUNTS = 3
_LONGEST_ITEM, _FEWEST, _NOUN_WORDS, _LONG_NOUN, _NEAR = 14, 2, 9, 14, 4


@dataclass(frozen=True, slots=True)
class Itemised:
    """A count, what it counts, where both stand, and the fewest and most things that may be read behind it.

    `sure` says that semicolons set the things apart.
    """

    count: int
    noun: str
    start: int
    end: int
    least: int
    most: int
    sure: bool
    until: int

    @property
    def right(self) -> bool:
        """Whether the list may be read as so many things."""
        return self.least <= self.count <= self.most


def itemised(text: str) -> Iterator[Itemised]:
    """Counts of a paragraph with the list behind each; nothing for what is no list, or left open."""
    for found in _opened(text):
        count = read_count(found["count"])
        if count is None or _NO_NOUN_RE.search(found["noun"]):
            continue
        if _NO_COUNT_RE.search(text[max(0, found.start() - 20) : found.start()]) and found["count"][0] != "0":
            continue
        end = SENTENCE_END_RE.search(text, found.end())
        rest = text[found.end() : end.start() if end else len(text)]
        if found["bracket"]:
            rest = rest.partition(")")[0]
        same = _are_called(rest, found["noun"].split()[0])
        made_of = "gồm" in found.group()[found.end("noun") - found.start() :]
        told = things(rest)
        if told and (
            same
            if found["named"]
            else len(found["noun"].split()) <= (_LONG_NOUN if same or made_of else _NOUN_WORDS)
        ):
            yield Itemised(count, found["noun"], found.start(), found.end("noun"), *told, found.end() + len(rest))


def _opened(text: str) -> Iterator[re.Match[str]]:
    """Counts with the words that open a list; looked for around those words alone, which is far sooner."""
    low = 0
    for at in sorted(at for word in _OPENERS for at in occurrences(text, word)):
        for found in _OPENED_RE.finditer(text, max(low, at - _BACK), at + _AHEAD):
            low = found.end()
            yield found


def _are_called(rest: str, kind: str) -> bool:
    """Whether all that words list begins with what is counted: ``03 hồ: hồ A, hồ B và hồ C``."""
    items = re.split(r"[,;]\s*(?:và\s+)?|\s+và\s+", _BRACKET_RE.sub("", rest).strip(" .;,"))
    return len(items) > 1 and all(item.lower().split()[:1] == [kind.lower()] for item in items)


def _without_numbers(items: list[str]) -> list[str]:
    """Some things with a sign for the numbers that belong to their names: those of roads, or of several alike."""
    items = [_OF_NAME_RE.sub(" #", _ROAD_RE.sub(r"\g<kind> #", item)) for item in items]
    heads = [found["head"].lower() if (found := _ENDS_IN_RE.fullmatch(item)) else "" for item in items]
    return [
        f" {head} #" if head and heads.count(head) > 1 else item for head, item in zip(heads, items, strict=True)
    ]


def things(rest: str) -> tuple[int, int, bool] | None:
    """The fewest and the most things that words may list, and whether semicolons set them apart.

    >>> things("đường A; trường B; nhà văn hóa và sân"), things("lúa, ngô và khoai, sắn"), things("lúa, ngô, …")
    ((3, 4, True), (3, 4, False), None)
    >>> things("Kỳ Anh, Cẩm Xuyên, Đức Thọ và Hương Khê, qua đó nắm bắt được tình hình")
    (3, 4, False)
    >>> things("Quốc lộ 14, Quốc lộ 19 và đường Trường Sơn"), things("hồ A, hồ B và hồ C")
    ((3, 3, False), (3, 3, False))
    >>> things("chủ hộ, người sống một mình 20 người; người cao tuổi 35 người; trẻ em 12 người")
    (3, 3, True)
    """
    if _OPEN_END_RE.search(rest) or _MARK_RE.match(rest):
        return None
    bare = as_one_name(_BRACKET_RE.sub("", rest))
    bare = _SURE_TAIL_RE.sub("", bare).strip(" .;,")
    if ":" in bare or "(" in bare or ")" in bare:
        return None
    parts = bare.split(";")
    if _have_amounts(parts):
        return len(parts), len(parts), True
    whole = parts if (cut := _end(parts)) > 1 else parts[:1]
    sure = len(whole) > 1
    items = _without_numbers([one for one in (whole if sure else whole[0].split(",")) if one.strip()])
    if not sure:
        cut = _end(items)
        # "A, B và C, qua đó …": the list is at its end where "và" has joined its last.
        if 0 < cut < len(items) and _AND_RE.search(items[cut - 1]) and _TAIL_RE.match(items[cut]):
            items = items[:cut]
    if cut < _FEWEST or any(_COUNTED_ITEM_RE.search(one) or _SEVERAL_RE.match(one) for one in items[:cut]):
        return None
    commas = sum(one.count(",") for one in items) if sure else 0
    if any(EXTREME_RE.match(one.strip()) for one in items):
        return None
    if commas >= len(items) or (not sure and any(len(one.split()) > _LONGEST_ITEM for one in items[:cut])):
        return None
    more = commas + sum(len(_AND_RE.findall(one.strip())) for one in items)
    apart = cut == len(items) and _is_apart(items)
    return cut + apart, len(items) + more, sure and not commas


def _have_amounts(parts: list[str]) -> bool:
    """Whether each of some things has one amount, all in one unit: a comma before it parts nothing."""
    units = {found["unit"].lower() if (found := _WITH_AMOUNT_RE.fullmatch(one)) else "" for one in parts}
    return len(parts) >= _FEWEST_AMOUNTS and len(units) == 1 and "" not in units


def _is_apart(items: list[str]) -> bool:
    """Whether "và" in the last of some things joins two names: the one ends in a number, or both begin alike."""
    first, joined, last = items[-1].partition(" và ")
    begin = {one.split()[0].lower() for one in items[:-1] if one.split()}
    alike = bool(last) and len(begin) == 1 and {first.split()[0].lower(), last.split()[0].lower()} == begin
    return bool(joined) and " và " not in last and (first.rstrip().endswith("#") or alike)


def _end(items: list[str]) -> int:
    """The first of some things that may be a clause of its own; their number where none is."""
    tails = (
        at
        for at, one in enumerate(items)
        if at and ((_TAIL_RE.match(one) and len(one.split()) > 1) or _FREE_NUMBER_RE.search(one))
    )
    return next(tails, len(items))


def check_itemised(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """``05 loại mô hình, gồm: a, b, c`` has as many things as it says; far more or fewer are of something else."""
    if subject.is_rule():
        return
    document = subject.document
    for block in document.blocks:
        text = document.block_text(block) if block.kind is BlockKind.TEXT else ""
        for told in itemised(text) if ("," in text or ";" in text) else ():
            beyond = told.least - told.count if told.count < told.least else told.count - told.most
            if told.right:
                tally.held += 1
                continue
            if beyond > max(1, told.count // _NEAR):
                continue
            tally.failed += 1
            words = text[told.start : told.end]
            listed = str(told.least) if told.count < told.least else str(told.most)
            start = block.view.start
            yield by.finding(
                (document.reading.hull(start + told.start, start + told.end),),
                f"ghi {words}, nhưng liệt kê {listed}",
                f"{words} are stated, but {listed} are listed",
                stated=words.split()[0],
                expected=listed,
                evidence=(document.reading.hull(start + told.end, start + told.until),),
                suggestion=both("kiểm tra lại số lượng hoặc danh sách", "check the count or the list"),
                page=block.page,
                severity=Severity.ERROR if told.sure else Severity.WARNING,
            )
