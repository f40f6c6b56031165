"""FIG in lists: a count in digits or in words right before a colon, and the things told behind it.

``bốn nhóm khuyết điểm: một là …; hai là …``; the things are marked in the sentence, stand in the paragraphs below,
or are names each with its number. What is no list, or a list that one cannot be sure of, says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graphs.checks.reading.body_names import as_one_name
from graphs.checks.reading.counted import COUNT_WORDS, NUMBER_WORDS, read_count
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.models import BlockKind, Finding
from kb.text.items import list_style
from kb.text.sentences import SENTENCE_END_RE

#: What a number word counts; "năm" before other words is a year.
_NOUN = (
    r"(?:(?:nhóm|loại|mặt|điểm|khâu|hướng)\s+)?(?:mục tiêu|chỉ tiêu|nội dung|nhiệm vụ|giải pháp|biện pháp"
    r"|nguyên tắc|yêu cầu|bài học|kinh nghiệm|nguyên nhân|hạn chế|tồn tại|khó khăn|thuận lợi|vướng mắc|khuyết điểm"
    r"|sai sót|sai phạm|kiến nghị|đề xuất|đột phá|trọng tâm|ưu tiên|trụ cột|hoạt động|phong trào|mô hình"
    r"|chương trình|đề án|dự án|kế hoạch|lĩnh vực|ngành|nghề|sản phẩm|hình thức|tiêu chí|điều kiện|công trình"
    r"|hạng mục|hợp phần|tiểu dự án|chuyên đề|phân hệ|gói thầu"
    r"|kỹ thuật|quy trình|thủ tục|bước|đơn vị|cơ quan|tổ chức|đoàn thể|nhóm|vấn đề|đợt|cuộc|kỳ"
    r"|công việc|việc|lý do|phương án|sự kiện|tiểu ban"
    r"|(?:tổ|đoàn|đội) (?:công tác|kiểm tra|giám sát|giúp việc))"
)
#: A count, what it counts, and few words up to a colon.
_ANNOUNCED_RE = re.compile(
    rf"(?<![\w.,/-])(?P<count>0?[2-9]|[1-5]\d|{'|'.join(NUMBER_WORDS)})\s+(?P<noun>{_NOUN})\b"
    r"(?P<more>[^.;:,()\d]{0,40}?)"
    r"(?:\s(?:năm|giai đoạn)\s(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)\d\d)?)?(?:[⁰¹²³⁴-⁹]+|\[\d{1,2}\])?"
    r"(?:,\s*(?:(?:bao\s+)?gồm|cụ thể|đó là|như sau|sau đây)(?:\s+(?:có|là))?)?\s*:\s*",
    re.IGNORECASE,
)
#: Whatever is counted, where a mark opens the list right behind the colon, or a name with its number.
_MARKED_RE = re.compile(
    rf"(?<![\w.,/-])(?P<count>0?[2-9]|[1-5]\d|{COUNT_WORDS})\s+"
    r"(?P<noun>(?!(?:đã|đang|sẽ|được|có|là|không|và|của|về|tại|năm|quý|tháng|tuần|ngày|giờ|lần|đồng|triệu|tỷ|tỉ"
    r"|nghìn|ha|km|tấn|cấp)\b)[^\W\d_]+"
    r"(?:\s[^\W\d_]+){0,3})(?P<more>[^.;:,()\d]{0,40})[⁰¹²³⁴-⁹]*\s*:\s*"
    r"(?=(?:\(?(?:1|i|a)\)|một là|thứ nhất)\s|(?-i:[A-ZĐ])[^\d,;.:()]{4,50}\s\d)",
    re.IGNORECASE,
)
#: What a place is, before its name.
_KINDS = r"(?:xã|phường|huyện|thị xã|thị trấn|thành phố|quận|TP\.?|TX\.?|tỉnh)"
#: Places that are counted and then named: "hai huyện không đạt là A, B và C".
_PLACES_RE = re.compile(
    rf"(?<![\w.,/-])(?P<count>0?[2-9]|1\d|{'|'.join(NUMBER_WORDS)})\s+"
    r"(?P<noun>huyện|xã|phường|thị xã|thị trấn|thành phố|tỉnh|thôn|bản|buôn|địa phương"
    r"|đơn vị cấp (?:xã|huyện))\b[^.;:,()]{0,50}?\b(?:là|gồm|gồm có)\s*:?\s+"
    rf"(?P<names>(?=[A-ZĐÀ-Ỹ]|{_KINDS}\b)[^.;:()\d]{{3,240}}?)"
    r"(?=\s*(?:[.;]\s|[.;]?$))",
)
#: Places that are counted, and named behind a clause that a colon ends, whatever it cites.
_PLACES_BEHIND_RE = re.compile(
    rf"(?<![\w.,/-])(?P<count>0?[2-9]|[1-6]\d|{'|'.join(NUMBER_WORDS)})\s+"
    r"(?P<noun>huyện|xã|phường|thị trấn|tỉnh|thôn|bản|buôn|tỉnh, thành phố|xã, phường|xã, thị trấn|địa phương"
    r"|đơn vị cấp (?:xã|huyện))\s+"
    r"(?:(?:còn|vẫn|đã)\s+)?(?:chưa|không|có|đạt|được|hoàn thành|bị|thực hiện)\b[^;:()]{3,160}?:\s*"
    rf"(?P<names>(?=[A-ZĐÀ-Ỹ]|{_KINDS}\b)[^.;:()\d]{{3,400}}?)(?=\s*(?:[.;]\s|[.;]?$))",
)
#: "04 đoàn kiểm tra tại các huyện A, B và C, mỗi đoàn một huyện".
_EACH_ONE_RE = re.compile(
    rf"(?<![\w.,/-])(?P<count>0?[2-9]|[1-3]\d|{'|'.join(NUMBER_WORDS)})\s+(?P<noun>[^\W\d_]+)\b[^.;:()]{{0,80}}?"
    r"\b(?:các\s+)?(?P<place>huyện|xã|phường|tỉnh|thành phố|sở|trường|đơn vị|bệnh viện)\s+"
    r"(?P<names>[A-ZĐÀ-Ỹ][^.;:()\d]{3,300}?),\s+mỗi\s+(?P=noun)\b[^.;:()\d]{0,40}?\b(?:một|01)\s+(?P=place)\b"
)
_KIND_RE = re.compile(rf"(?:{_KINDS}\s+)?")
_PLACE_RE = re.compile(rf"{_KIND_RE.pattern}[A-ZĐÀ-Ỹ][^\W\d_]*(?:[\s'’-]+[A-ZĐÀ-Ỹ][^\W\d_]*){{0,4}}")
_NAME = rf"{_KIND_RE.pattern}[A-ZĐÀ-Ỹ][^\W\d_]*(?:[\s'’-]+(?!và\b)[^\W\d_]+){{0,5}}"
#: Whatever is counted, and then called by names alone: "06 khu công nghiệp: A, B, C", "07 huyện nghèo (A, B, C)".
_BY_NAMES_RE = re.compile(
    rf"(?<![\w.,/-])(?P<count>0[2-9]|[2-9]|[12]\d|{COUNT_WORDS})\s+"
    r"(?P<noun>(?!(?:đã|đang|sẽ|được|có|là|không|và|của|về|tại|năm|quý|tháng|tuần|ngày|giờ|lần|lượt|đồng|triệu|tỷ|tỉ"
    r"|nghìn|ha|km|tấn|cấp|người|cán)\b)[^\W\d_]+(?:\s[^\W\d_]+){0,4}?)\s*(?:(?P<open>\()|:)\s*"
    rf"(?P<names>{_NAME}(?:,\s+{_NAME}){{2,23}}(?:\s+và\s+{_NAME})?)"
    r"(?(open)\s*\)|(?=\s*(?:[.;]\s|[.;]?$)))"
)
#: Words behind which "năm" is a year, and a count one of a series or of a whole.
_NO_COUNT_RE = re.compile(
    r"\b(?:trong|từ|các|hằng|hàng|đầu|cuối|mỗi|cả|một|thứ|tháng|quý|mục|điểm|khoản|điều|(?<!khẩn )(?<!cung )cấp"
    r"|loại|ít nhất|tối thiểu|ngoài|trên|hơn|gần|/)\s*$",
    re.IGNORECASE,
)
_DEALS_RE = re.compile(r"\b(?:đối với|căn cứ)\s*$|\b(?:trong đó|riêng)\b", re.IGNORECASE)
#: The count belongs to a name: "ĐA 06".
_CODE_RE = re.compile(r"(?<!\w)[A-ZĐ]{2,}\s*$")
#: Other things are counted along: "ba trụ cột và một nền tảng".
_ALONG_RE = re.compile(rf"\b(?:và|cùng)\s+(?:với\s+)?(?:một|\d+|{'|'.join(NUMBER_WORDS)})\s", re.IGNORECASE)
_ORDINAL_RE = re.compile(
    rf"(?<!\w)(?:(?P<is>một|{'|'.join(NUMBER_WORDS)}) là\b|thứ (?P<th>nhất|hai|ba|tư|{'|'.join(NUMBER_WORDS)})\b)",
    re.IGNORECASE,
)
_MARK_RE = re.compile(
    r"(?<![\w.,/])\(?(?:(?P<number>\d{1,2})|(?P<roman>i{1,3}|iv|vi{0,3}|ix|x)|(?P<letter>[a-eghiklmnđ]))\)\s"
)
_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_LETTERS = tuple("abcdđeghiklmn")
#: So many other paragraphs may stand between two of a list whose items are paragraphs of their own.
_BETWEEN = 8
#: One in so many may be left out or told twice.
_FEW = 4
#: A name has so many words at most.
_NAME_WORDS = 6
_FIRST = {"nhất": 1, "một": 1, "tư": 4}
#: A name with a capital and its number, up to the next comma.
_NUMBERED_NAME_RE = re.compile(
    r"\s*(?:và\s+)?(?:[A-ZĐÀ-Ỹ][^\d,;.:()]{2,50}?)\s(?P<value>\d[\d.]*)(?=[,;.\s]|$)[^,;.\d]{0,20}"
)
_HEADING_RE = re.compile(r"[\s*_#]*(?:Điều|Chương|Mục|Phần|Phụ lục|PHỤ LỤC|CHƯƠNG|PHẦN)\s+[\dIVXA-Zt]")
_NUMBER_RE = re.compile(r"[\s*_]*\(?(?P<number>\d{1,2})[.)]\s")


def check_announced(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """``Ba khó khăn lớn: thứ nhất, …; thứ hai, …`` tells as many things as it says."""
    if subject.is_rule():
        return  # a rule names how many cases it has, and divides each
    document = subject.document
    blocks = [block for block in document.blocks if block.kind is BlockKind.TEXT]
    texts = [document.block_text(block) for block in blocks]
    for at, text in enumerate(texts):
        for found in _announcing(text):
            count = read_count(found["count"])
            if count is None or _is_no_count(text[: found.start()], found):
                continue
            told = _told(found, text[found.end() :], texts, at + 1, count)
            if told is None:
                continue
            if told == count:
                tally.held += 1
                continue
            tally.failed += 1
            start = blocks[at].view.start
            words = f"{found['count']} {found['noun']}"
            yield by.finding(
                (document.reading.hull(start + found.start("count"), start + found.end("noun")),),
                f"ghi {words}, nhưng nêu {told}",
                f"{words} are announced, but {told} are told",
                stated=found["count"],
                expected=str(told),
                evidence=(document.reading.hull(start + found.end("noun"), start + _sentence_end(text, found)),),
                suggestion=both("kiểm tra lại số lượng hoặc danh sách", "check the count or the list"),
                page=blocks[at].page,
            )


def _sentence_end(text: str, found: re.Match[str]) -> int:
    end = SENTENCE_END_RE.search(text, found.end())
    return end.start() if end else len(text)


def _announcing(text: str) -> Iterator[re.Match[str]]:
    """Where a text counts things and then names them, each count once."""
    seen = set()
    patterns = [_ANNOUNCED_RE, _MARKED_RE] if ":" in text else []
    patterns += [_PLACES_RE] if " và " in text else []
    patterns += [_PLACES_BEHIND_RE] if " và " in text and ":" in text else []
    patterns += [_EACH_ONE_RE] if ", mỗi " in text else []
    patterns += [_BY_NAMES_RE] if text.count(",") > 1 and (":" in text or "(" in text) else []
    for pattern in patterns:
        for found in pattern.finditer(text):
            if found.start() not in seen:
                seen.add(found.start())
                yield found


def _places(names: str) -> int | None:
    """How many places are named one after another, the last behind "và"; None for anything else."""
    first, _, last = names.rpartition(" và ")
    each = [*first.split(","), last]
    return len(each) if first and all(_PLACE_RE.fullmatch(name.strip()) for name in each) else None


def names_told(words: str, count: int) -> int | None:
    """How many names are told one after another; None where some are no names.

    "và" in a name that holds small letters may be a part of it: then the count, where it may be right.

    >>> (
    ...     names_told("Mường Ảng, Nậm Pồ và Tủa Chùa", 4),
    ...     names_told("Y tế, Công Thương, Tài nguyên và Môi trường", 3),
    ... )
    (3, 3)
    >>> names_told("Y tế, Công Thương, Tài nguyên và Môi trường", 5)
    3
    """
    words = as_one_name(words)
    each = [_KIND_RE.sub("", name.strip()).split() for name in re.split(r",|\bvà\b", words)]
    if not all(name and name[0][0].isupper() and len(name) <= _NAME_WORDS for name in each):
        return None
    least = len(words.split(","))
    proper = all(word[0].isupper() for name in each for word in name)
    return count if not proper and least <= count <= len(each) else len(each)


def _is_no_count(before: str, found: re.Match[str]) -> bool:
    words, more = before[-40:], found.groupdict().get("more") or ""
    return bool(
        _CODE_RE.search(words)
        or _NO_COUNT_RE.search(words)
        or _DEALS_RE.search(words)
        or _DEALS_RE.search(more)
        or _ALONG_RE.search(more)
    )


def _told(found: re.Match[str], rest: str, texts: list[str], below: int, count: int) -> int | None:
    """How many things are told behind a count: in the sentence, else in the paragraphs below; None for no list."""
    if found.re in (_PLACES_RE, _PLACES_BEHIND_RE, _EACH_ONE_RE):
        return _places(found["names"])
    if found.re is _BY_NAMES_RE:
        told = names_told(found["names"], count) if found["noun"][0].islower() else None
        # "12 xã (A, B, C)": names that are far fewer are of what the things counted are in.
        return told if told and abs(told - count) <= max(1, count // _FEW) else None
    if rest.strip():
        marked = rest
        # Behind a list that is told without marks a marked one is another.
        open_ = _MARK_RE.search(rest) or _ORDINAL_RE.search(rest)
        while open_ and below < len(texts) and (_MARK_RE.match(texts[below]) or _ORDINAL_RE.match(texts[below])):
            marked, below = f"{marked} {texts[below]}", below + 1
        return in_sequence(marked) or _named(rest, count)
    apart = _numbered_below(texts, below, found["noun"])
    if apart:
        return apart
    items = items_below(texts, below)
    return None if items is None else count if count in (items[0], sum(items)) else sum(items)


def _numbered_below(texts: list[str], below: int, noun: str) -> int:
    """How many paragraphs below begin with "Thứ nhất", "Thứ hai" … or with the noun and a number: "Nhóm 1" ….

    Other paragraphs may stand between them; fewer than two are none.
    """
    named = re.compile(
        rf"{re.escape(noun.split()[0])}(?:\s+thứ)?\s+(?P<number>\d{{1,2}}|[IVX]{{1,4}})\b", re.IGNORECASE
    )
    last, since = 0, 0
    for text in texts[below:]:
        words = text.lstrip(" -–+*•")
        ordinal = _ORDINAL_RE.match(words)
        own = None if ordinal else named.match(words)
        number = _number(ordinal) if ordinal else _value(own["number"]) if own else None
        if number == last + 1:
            last, since = number, 0
        elif number is not None or since == _BETWEEN or not last or _HEADING_RE.match(text):
            break
        else:
            since += 1
    return last if last >= 2 else 0


def _value(label: str) -> int:
    """The number of a label in digits or in Roman ones; nothing where it is none."""
    if label.isdigit():
        return int(label)
    return _ROMANS.index(label.lower()) + 1 if label.lower() in _ROMANS else 0


def in_sequence(rest: str) -> int | None:
    """Things marked (1), (2) …, (i), (ii) …, a), b) … or "một là", "hai là" …; None for none or one broken off.

    >>> (
    ...     in_sequence("(1) giao; (2) nhận."),
    ...     in_sequence("một là giao; hai là nhận; ba là trả"),
    ...     in_sequence("giao, nhận"),
    ... )
    (2, 3, None)
    """
    for pattern in (_MARK_RE, _ORDINAL_RE):
        count, kind = 0, None
        for mark in pattern.finditer(rest):
            number = _number(mark)
            if kind is None:
                kind = mark.lastgroup
            if mark.lastgroup != kind:
                continue  # marks of another kind are parts of a thing
            if number == 1 and count:
                break
            if number != count + 1:
                return None
            count = number
        if count >= 2:
            return count
    return None


def _number(mark: re.Match[str]) -> int:
    kind, text = mark.lastgroup, mark[mark.lastgroup or 0].lower()
    if kind == "number":
        return int(text)
    if kind == "roman":
        return _ROMANS.index(text) + 1
    if kind == "letter":
        return _LETTERS.index(text) + 1
    return _FIRST.get(text) or NUMBER_WORDS.get(text, 0)


def _named(rest: str, count: int) -> int | None:
    """Names with a capital, each with a number larger than the count, as far as they go one after another."""
    end = SENTENCE_END_RE.search(rest)
    clause = rest[: end.start() + 1 if end else len(rest)].partition(";")[0]
    at, found = 0, 0
    while name := _NUMBERED_NAME_RE.match(clause, at):
        if int(name["value"].replace(".", "") or 0) <= count:
            return None
        found, at = found + 1, name.end()
        if clause[at : at + 1] != ",":
            break
        at += 1
    return found if found >= 3 and not clause[at:].strip(" .;") else None


def items_below(texts: list[str], at: int) -> tuple[int, int] | None:
    """Items of the list that begins at a paragraph, and unmarked paragraphs between them; None for no list.

    A heading ends a list, and so does a number that does not rise: there another list begins.
    """
    style = list_style(texts[at]) if at < len(texts) else None
    if style is None:
        return None
    marked = asides = waiting = last = 0
    for text in texts[at:]:
        mark = list_style(text)
        if mark == style and _is_bracketed(text) == _is_bracketed(texts[at]):
            number = _NUMBER_RE.match(text)
            if number and int(number["number"]) <= last:
                break
            last = int(number["number"]) if number else last
            marked, asides, waiting = marked + 1, asides + waiting, 0
        elif mark is None and waiting == 0 and not _HEADING_RE.match(text):
            waiting = 1
        elif mark in ("plus", "dash") and style in ("number", "letter", "roman", "dash"):
            continue  # a part of an item
        else:
            break
    return (marked, asides) if marked >= 2 else None


def _is_bracketed(text: str) -> bool:
    return text.lstrip(" *_").startswith("(")
