"""The type and the title (trích yếu) of a document in its head."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ingest.structure.closing import closes_document
from ingest.structure.kinds import TYPE_LINE_RE, kind_of_line

#: (start, end, text) of a line of the head
HeadLine = tuple[int, int, str]


class TypeLine(NamedTuple):
    """The line that names the type: its place among the lines, the range of the word, what follows on it."""

    place: int
    name: str
    start: int
    end: int
    rest: str


_ROUND = " \t*_#\"“”„'‘’.,:;|~`()[]<>¹²³⁴⁵⁶⁷⁸⁹⁰0123456789-–—"
_ISSUER_LINE_RE = re.compile(
    r"(?:CHỦ\s+TỊCH|BỘ\s+TRƯỞNG|THỦ\s+TƯỚNG|THỐNG\s+ĐỐC|TỔNG\s+(?:GIÁM\s+ĐỐC|CỤC\s+TRƯỞNG|KIỂM\s+TOÁN|THANH\s+TRA|BÍ\s+THƯ)|CHÍNH\s+PHỦ|QUỐC\s+HỘI"
    r"|(?:ỦY|UỶ)\s+BAN\s+(?:NHÂN\s+DÂN|THƯỜNG\s+VỤ)|HỘI\s+ĐỒNG|GIÁM\s+ĐỐC|CỤC\s+TRƯỞNG|CHÁNH\s+(?:ÁN|VĂN\s+PHÒNG)|VIỆN\s+TRƯỞNG|BAN\s+THƯỜNG\s+VỤ"
    r"|TRƯỞNG\s+BAN|CHỦ\s+NHIỆM|HIỆU\s+TRƯỞNG|LIÊN\s+BỘ|CHI\s+CỤC\s+TRƯỞNG)(?!\w)"
)
_BODY_OPENER_RE = re.compile(
    r"(?:Thực\s+hiện|Triển\s+khai|Căn\s+cứ|Theo|Để|Trong|Nhằm|Trên\s+cơ\s+sở|Vừa\s+qua|Hiện\s+nay|Tiếp\s+(?:theo|tục)|Sau\s+khi|Ngày\s|Tổng\s+hợp|Xét"
    r"|Thi\s+hành|Từ\s+ngày|Sáng\s+ngày|Chiều\s+ngày|Ủy\s+ban|UBND|Uỷ\s+ban|Hội\s+đồng|Pursuant|Kính\s+gửi|KÍNH\s+GỬI|Đồng\s+kính|Phúc\s+đáp|Năm\s+\d"
    r"|Chiều\s|Sáng\s|Qua\s|Quốc\s+hội|Chính\s+phủ|Bộ\s+trưởng|Thủ\s+tướng)(?!\w)"
)
_DANGLING_RE = re.compile(
    r"(?:(?<!\w)(?:của|và|về|với|cho|tại|trong|theo|các|đến|từ|là|số|năm|tỉnh|thành phố|phố|huyện|xã|nghị quyết"
    r"|nghị định|quyết định|thông tư)|[,(“–-])$",
    re.IGNORECASE,
)
_SET_RE = re.compile(r"Kính\s+gửi|KÍNH\s+GỬI|.{0,60}(?:điện|gửi)\s*:\s*$")
_OWN_DATE_RE = re.compile(
    r"\s*,?\s*(?:ngày\s+\d{1,2}\s*(?:[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}|tháng\s+\d{1,2}\s+năm\s+\d{4}))?"
    r"\s*[.,:-]?\s*",
    re.IGNORECASE,
)
#: Years alone on a line, and the end of the line before that they belong to.
_YEARS_RE = re.compile(r"[\s*_]*(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)\d\d)?[\s*_]*")
_OF_YEARS_RE = re.compile(r"\b(?:giai đoạn|năm|năm học|nhiệm kỳ)[\s*_]*$", re.IGNORECASE)
_MOST_LINES = 12
_QUALIFIER = 25
_MOST_LINES_ABOVE = 45
#: "Nghị định số 77/2019/NĐ-CP ngày ...": the text under the title of a consolidated document.
_NAMES_ANOTHER_RE = re.compile(
    r"(?:Luật|Bộ\s+luật|Pháp\s+lệnh|Nghị\s+(?:định|quyết)|Thông\s+tư|Quyết\s+định)(?:\s+[^\W\d_]+){0,12}?\s+số\s*:?\s*\d"
)


def find_type(lines: Sequence[HeadLine], *, formal: bool) -> TypeLine | None:
    """The line of the type; a type with its title behind it only in a head that has a motto, number or date."""
    for place, (start, _, text) in enumerate(lines[:_MOST_LINES_ABOVE]):
        bare = text.strip(_ROUND)
        name = kind_of_line(bare) if 2 < len(bare) < 40 else None
        if name is not None:
            at = start + text.index(bare[0])
            return TypeLine(place, name, at, at + len(bare), "")
        if 1 < len(bare) < 20 and bare.isupper() and place + 1 < len(lines):
            second, _, other = lines[place + 1]
            name = kind_of_line(f"{bare} {other.strip(_ROUND)}") if len(other) < 20 else None
            if name is not None:
                return TypeLine(place + 1, name, start, second + len(other), "")
    if not formal:
        return None
    for place, (start, _, text) in enumerate(lines[:_MOST_LINES_ABOVE]):
        stripped = text.lstrip(_ROUND)
        found = TYPE_LINE_RE.match(stripped)
        if found is None or len(stripped) > 700:
            continue
        rest = stripped[found.end() :].lstrip(" \t*_.:-–")
        name = kind_of_line(found.group())
        if name is None or rest[:2] in ("VÀ", "ĐẦ") or not rest[:1].isalpha() or rest.endswith(("./.", ";")):
            continue
        at = start + len(text) - len(stripped)
        return TypeLine(place, name, at, at + found.end(), rest)
    return None


def title_lines(lines: Sequence[HeadLine], line: TypeLine, number_end: int) -> list[HeadLine]:
    """The lines of the title, from behind the type to the body that issues, a recipient or the text.

    The number of an older head (NGHỊ ĐỊNH / CỦA CHÍNH PHỦ SỐ 69/2000/NĐ-CP NGÀY ...), which ends at `number_end`,
    is no part of it, nor is the date behind it.
    """
    taken: list[HeadLine] = []
    following = list(lines[line.place + 1 : line.place + 1 + _MOST_LINES])
    if line.rest:
        start, end, text = lines[line.place]
        following.insert(0, (start + text.index(line.rest), end, line.rest))
    for start, end, text in following:
        if end <= number_end:
            continue
        if start < number_end:
            behind = _OWN_DATE_RE.match(text, number_end - start)
            cut = behind.end() if behind else number_end - start
            start, text = start + cut, text[cut:]
        if not any(letter.isalpha() for letter in text):
            if taken and _YEARS_RE.fullmatch(text) and _OF_YEARS_RE.search(taken[-1][2]):
                taken.append((start, end, text))
            continue
        if not taken and text.isupper() and kind_of_line(text.strip(_ROUND)) is not None:
            continue  # the type again: under the head of a gazette, or that of the text that was consolidated
        before = [piece for _, _, piece in taken]
        if len(taken) == 1 and line.rest and len(taken[0][2]) < _QUALIFIER:
            before = []  # BÁO CÁO TÓM TẮT over a title in small letters
        if not _goes_on(before, text):
            break
        taken.append((start, end, text))
    return taken


def issuing_lines(lines: Sequence[HeadLine], after: int) -> list[HeadLine]:
    """The lines under the title that name who issues: CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH ..., on one line or two."""
    taken: list[HeadLine] = []
    for line in lines:
        if line[0] < after or not any(letter.isalpha() for letter in line[2]):
            continue
        words = line[2].strip(" *_#")
        if words.upper() != words or len(taken) > 3 or not (taken or _ISSUER_LINE_RE.match(words)):
            break
        taken.append(line)
    return taken


def _goes_on(taken: Sequence[str], text: str) -> bool:
    """Whether a line belongs to the title of which `taken` are the lines before."""
    words = text.strip(" *_#")
    if _SET_RE.match(words) or closes_document(words):
        return False
    capital = words.upper() == words
    unfinished = bool(taken) and _DANGLING_RE.search(taken[-1].strip(" *_#")) is not None
    if _NAMES_ANOTHER_RE.match(words) and not unfinished and (taken or words.endswith((":", ";", "."))):
        return False
    if not taken:
        if _ISSUER_LINE_RE.match(words):
            return False
        told = capital or not words.endswith(":") or not _BODY_OPENER_RE.match(words)
        return told and len(words) < 900
    last = taken[-1].strip(" *_#")
    if capital and _ISSUER_LINE_RE.match(words) and not unfinished:
        return False
    if words[:1].islower() or unfinished:
        return len(words) < 400
    if last.endswith((".", ";", "./.")) and not last.endswith("TP."):
        return False
    if words.startswith("("):
        return len(words) < 300
    if last.upper() == last:
        return capital
    if capital:
        return False
    return not _BODY_OPENER_RE.match(words) and not words.endswith((".", ";", ":")) and len(words) < 200
