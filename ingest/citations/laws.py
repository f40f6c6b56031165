"""Laws, codes, ordinances and the Constitution mentioned by name.

A name ends where the table of laws says; an unknown one where the grammar of a sentence says. An amending law
holds the names of the laws it amends: it is one document, not several.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.citations.dates import DatePart, read_date
from ingest.citations.letters import LOWER, NO_LETTER, UPPER, occurrences
from kb.vocabulary.laws import match_name


@dataclass(frozen=True, slots=True)
class Name:
    """A document mentioned by name: ``text[start:end]``; `type` as the law calls it.

    `reach` takes in the date or the year that follows; `definite` says that quotes, a period or a table make the
    name certain.
    """

    start: int
    end: int
    reach: int
    type: str
    date: DatePart | None = None
    issuer: str | None = None
    definite: bool = True


_LETTER = r"[^\W\d_¹²³⁰⁴-⁹]"
_LAW_RE = re.compile(r"(?:Bộ [Ll]uật|B[Ộộ] LUẬT|Luật|LUẬT|Pháp lệnh|PHÁP LỆNH|luật|pháp lệnh)[ \n]+(?=[^\W\d_])")
_CONSTITUTION_RE = re.compile(
    r"(?:Hiến pháp|HIẾN PHÁP)(?![^\W\d_]|[ ]hóa|(?:,|[ ]và)[ \n](?:pháp[ \n])?luật(?![ \n][A-ZĐ]))"
    r"(?:[ \n]+nước[ \n]+(?:Cộng hòa|Cộng hoà|CHXHCN|Cộng hòa XHCN)"
    r"(?:[ \n]+(?:xã hội chủ nghĩa|XHCN))?(?:[ \n]+Việt Nam)?)?"
)
_AMENDING_RE = re.compile(
    r"(?:[Ss]ửa[ \n]đổi|SỬA[ \n]ĐỔI)(?:,?[ \n]+(?:và[ \n]+)?(?:[Bb]ổ[ \n]sung|BỔ[ \n]SUNG))?[ \n]*"
    r"(?:(?:một[ \n]số[ \n]+|MỘT[ \n]SỐ[ \n]+|các[ \n]+)?(?:[Đđ]iều|ĐIỀU)?[ \n]*)"
    r"(?:có[ \n]liên[ \n]quan[ \n]đến[^.;\n]{0,60}?[ \n])?"
    r"(?:(?:và|,)[ \n]+[Pp]hụ[ \n]lục[ \n][^.;\n]{0,80}?)?(?:(?:của|CỦA)[ \n]+)?(?:các[ \n]+)?"
)
#: ``của 37 Luật có liên quan đến quy hoạch``
_COUNTED_RE = re.compile(
    r"(?P<count>\d{1,2}|các)[ \n]+[Ll]uật[ \n]+(?:có[ \n]+)?(?:liên[ \n]quan|trong|về)"
    r"(?:(?![ ](?:phù hợp|theo|đã|được|và các|có hiệu|của Quốc|số|ngày|để|nhằm|tại|có)[ ])[^.,;:()\n]){3,80}"
)
_JOINT_RE = re.compile(r"\s*(?:,|và|;)?\s*(?:và\s+)?(?=(?:Bộ [Ll]uật|Luật|LUẬT|Pháp lệnh)\s)")

#: After the type word these make no law's name: ``Luật sư``, ``Luật này``, ``Luật số`` ...
_NO_NAME_RE = re.compile(
    r"(?:sư|gia|học|này|trên|đó|nêu|nói|số|tục|pháp|định|sau|mới|hiện|khác|được|có|và|của|thì|về|cơ bản|chuyên"
    r"|khoa|do|là|đã|tại|theo|ban hành số|quốc tế|quy định|cũ|dự|phù hợp|bao gồm)(?![^\W\d_¹²³⁰⁴-⁹])"
    r"|(?:Việt Nam|Hà Nội|TP|Thành phố|Sư|Gia|Cơ bản)(?![^\W\d_¹²³⁰⁴-⁹])"
)
_STOP = (
    r"(?:năm|số|ngày|được|có|quy định|này|khi|thì|đã|sẽ|để|từ|tại|do|theo|nêu|trên|hiện|như|là|nhằm|trong|bao gồm"
    r"|gồm|thay|sửa|ban hành|và các|và những|và Luật|Luật|Bộ luật|Pháp lệnh|Nghị|Thông tư|Quyết định|cho|với|còn"
    r"|phải|chưa|đang|cần|đến|hoặc|của Quốc hội|về việc|vào|nhưng|mà|nếu|cũng|không|và quy|và pháp|hướng dẫn"
    r"|và Nghị"
    r"|và văn|đối với|sau|trước|bằng|thuộc|hiện hành|mới|liên quan|và Thông)"
)
#: An unknown name: a capitalised syllable and what follows, up to a word that no name holds.
_UNKNOWN_RE = re.compile(
    rf"[{UPPER}]{{3,10}}{NO_LETTER}|[{UPPER}][{LOWER}]*(?:[ \n]+(?!{_STOP}{NO_LETTER}){_LETTER}+){{1,9}}"
)
#: Another kind of document begins, not a name: ``Luật, Nghị định`` that lost its comma.
_OTHER_TYPE_RE = re.compile(rf"(?:Nghị|Thông tư|Quyết định|Chỉ thị|Hiến pháp|Công văn){NO_LETTER}")
_LOOSE_END_RE = re.compile(r"[ \n]+(?:và|về|của|các)$")
#: The type that each opening word stands for.
_TYPES = {"bộ luật": "Bộ luật", "luật": "Luật", "pháp lệnh": "Pháp lệnh"}
_REVISED_RE = re.compile(r"[ \n]*\((?:sửa[ \n]đổi|sửa[ \n]đổi,[ \n]bổ[ \n]sung|mới)\)")


def find_laws(text: str) -> Iterator[Name]:
    """The laws that a text mentions by name, in reading order.

    >>> text = "triển khai Luật Đất đai năm 2024, Luật Nhà ở Luật Kinh doanh bất động sản; Đoàn Luật sư tỉnh"
    >>> [(text[name.start : name.end], name.date and name.date.year) for name in find_laws(text)]
    [('Luật Đất đai', 2024), ('Luật Nhà ở', None), ('Luật Kinh doanh bất động sản', None)]
    """
    floor = 0
    for head in _LAW_RE.finditer(text):
        start = head.start()
        if start < floor or (start and (text[start - 1].isalpha() or text[start - 1] == "-")):
            continue
        word = " ".join(head.group().split())
        if word.isupper() and "\n" in head.group():
            continue  # its own title, a line each
        if text[max(0, start - 5) : start].rstrip().endswith(("Pháp", "pháp", "Dự", "dự")) and word == "luật":
            continue
        strict = not word[0].isupper() or word.isupper()
        end = _named_in_capitals(text, head) if word.isupper() else None
        end = end or law_name_end(text, head.end(), strict=strict)
        if end is not None:
            floor = end
            kind = _TYPES[word.lower()]
            yield _dated(
                text, start, end, kind, "Ủy ban Thường vụ Quốc hội" if kind == "Pháp lệnh" else "Quốc hội"
            )


def _named_in_capitals(text: str, head: re.Match[str]) -> int | None:
    """Where an amending law ends that a title in capitals names: ``THI HÀNH LUẬT SỬA ĐỔI … CỦA LUẬT NHÀ Ở``.

    At the beginning of a line it is the title of the amending law itself, which does what it says.
    """
    amending = _AMENDING_RE.match(text, head.end())
    line = text.rfind("\n", 0, head.start()) + 1
    if amending is None or not text[line : head.start()].strip():
        return None
    return _amended_end(text, amending.end(), 1, strict=True)


def find_constitutions(text: str) -> Iterator[Name]:
    """The mentions of a Constitution."""
    for at in occurrences(text, ("Hiến pháp", "HIẾN PHÁP")):
        found = _CONSTITUTION_RE.match(text, at)
        if found is None:
            continue
        if not found.start() or not text[found.start() - 1].isalpha():
            yield _dated(text, found.start(), found.end(), "Hiến pháp", "Quốc hội")


def law_name_end(text: str, at: int, *, strict: bool = False, depth: int = 0) -> int | None:
    """Where the name of a law that begins at ``text[at]`` ends; None when no name begins there.

    With `strict` (the type word is in lower case, or all in capitals) only a known, capitalised name counts.
    """
    amending = _AMENDING_RE.match(text, at)
    if amending is not None and not strict:
        return _amended_end(text, amending.end(), depth + 1) if depth < _DEEPEST else None
    known = match_name(text, at)
    if _NO_NAME_RE.match(text, at) and (known is None or text[at].islower()):
        return None
    if known is not None:
        return known if not strict or text[at].isupper() else None
    if strict:
        return None
    unknown = _UNKNOWN_RE.match(text, at)
    if unknown is None or _OTHER_TYPE_RE.match(text, at):
        return None
    return at + len(_LOOSE_END_RE.sub("", unknown.group()))


#: A law that amends an amending law is amended by no third.
_DEEPEST = 2


def _amended_end(text: str, at: int, depth: int, *, strict: bool = False) -> int | None:
    """Where the list of amended laws ends: ``… của Luật A, Luật B và Luật C``; with `strict` all of them known."""
    counted = _COUNTED_RE.match(text, at)
    if counted is not None:
        return counted.end()
    end = None
    head = _LAW_RE.match(text, at)
    while head is not None:
        reached = law_name_end(text, head.end(), strict=strict, depth=depth)
        if reached is None:
            break
        end = reached
        joint = _JOINT_RE.match(text, reached)
        head = _LAW_RE.match(text, joint.end()) if joint else None
    return end


def _dated(text: str, start: int, end: int, kind: str, issuer: str) -> Name:
    revised = _REVISED_RE.match(text, end)
    date = read_date(text, revised.end() if revised else end)
    return Name(start, end, date.end if date else end, kind, date, issuer)
