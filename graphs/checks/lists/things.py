"""The things that words tell one after another: names, things with a bracket or a value behind each, and the like.

Each form is one in which, in papers without a fault, a count before it is nearly always the number of the things.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise, takewhile

from graphs.checks.lists.pieces import Piece, pieces
from graphs.checks.reading.body_names import as_one_name
from graphs.checks.reading.forms import CAPITAL

#: A list that is left open, or is of some only; things with marks are counted by them.
_PARTIAL_RE = re.compile(
    r"\.\.|…|\bv\.?\s?v\b|\b(?:hoặc|kể cả|trong đó|nhất là|chủ yếu|tiêu biểu|điển hình|ví dụ|còn lại|lồng ghép)\b"
    r"|^\W*(?:\(?(?:1|i|a)\)|một là|thứ nhất|như)\s",
    re.IGNORECASE,
)
#: What is said of the things counted in a bracket, not which they are.
_SAYS_RE = re.compile(
    r"(?:từ|do|theo|tại|về|với|cho|tăng|giảm|đạt|chiếm|bằng|tổng|bình quân|cùng kỳ|gọi tắt|viết tắt|năm|quý"
    r"|kế hoạch|sau|trước|thuộc|để|nhằm|mỗi|cách|một số|nhiều|các|những|không|chưa|đã|đang|sẽ|được|có|thay|thời"
    r"|nguồn|kinh phí|vượt|thiếu|tính|mức|tỷ lệ|tỉ lệ|tương ứng|hiện|mới|cũ|gồm"
    r"|thấp|cao|cần|phải|nhiều|ít|hơn|lớn|nhỏ|vì|khi|nếu|ngoài|trong|trên|dưới|cùng|xem|tức|hay|trực tiếp)\b",
    re.IGNORECASE,
)
_TAIL_RE = re.compile(
    r"(?:có|trong đó|với|tổng|đạt|chiếm|tăng|giảm|bằng|để|nhằm|tại|theo|đã|được|do|thuộc|cho|qua đó|từ đó|góp phần"
    r"|đến nay|riêng|còn|trong khi|hoàn thành|thấp|cao|cộng|vượt|chưa|không|mỗi|chủ yếu|nhưng|thiếu|đều|dưới|trên"
    r"|giải ngân|bình quân|so với|gấp|tức|hay|ứng|tương|đây|ước|dự kiến|hiện|nguyên nhân)\b",
    re.IGNORECASE,
)
#: One of the things told is told as the first or the last of them: not all are.
EXTREME_RE = re.compile(
    r"(?:cao|thấp|lớn|nhỏ|nhiều|ít|nhanh|chậm) nhất\b|tiếp (?:theo|đến)\b|kế đến\b|đứng đầu\b|dẫn đầu\b|riêng\b",
    re.IGNORECASE,
)
#: A small word or two before a name: what the thing is.
_KIND = (
    r"(?:(?!(?:ở|tại|và|của|từ|do|với|là|thuộc|có|riêng|trên|cho|theo|gồm|đến|về)\b)[a-zà-ỹđ]+\s"
    r"|TP\.?\s|TX\.?\s|TT\.?\s){0,2}"
)
_NAME_RE = re.compile(rf"{_KIND}(?P<name>{CAPITAL}[^\W\d_]*(?:[\s'’–-]+[^\W_]+){{0,6}})")
_CODE_RE = re.compile(
    r"(?:các\s+)?(?P<head>(?!số\b)[^\W\d_]+(?:\s(?!số\b)[^\W\d_]+)?\s)?(?:số\s+)?(?P<code>\d{1,2}|[IVX]{1,4})"
    r"(?:\s(?:tại|của|nêu|ở)\s.*)?"
)
#: What a thing has reached, behind it: "ngân sách huyện 68,6%".
_VALUED_RE = re.compile(r"[^\W\d_][^\d]*[^\d\s]\s+\d+(?:,\d+\s?(?:%|điểm)?|\s?%)")
_OWN_COUNT_RE = re.compile(r"(?:\d|(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\s)")
_FREE_COUNT_RE = re.compile(r"(?<![\w.,/])(?P<count>\d{1,3})(?![\w/]|[.,]\d|\s?%)")
#: What happens is told by its places, several in one: "03 vụ (A, B)".
_HAPPENS_RE = re.compile(
    r"(?:vụ|lớp|cuộc|buổi|đợt|hội nghị|hội thảo|ca|phiên|trận|ổ|điểm|đoàn|tổ|máy|xe|căn|ngôi|phòng|tàu|thiết bị"
    r"|biên chế|hồ sơ|đơn(?! vị)|văn bản|tin|bài|mô hình|công trình|dự án|lễ|kỳ|chuyến|phương tiện|đối tượng)\b"
)
#: What has no name of its own, and is told by a few words in a bracket; of other things it tells the kinds.
_TOLD_BY_WORDS_RE = re.compile(
    r"(?:(?:chỉ|mục) tiêu|tiêu chí|chỉ số|nội dung|nhiệm vụ|yêu cầu|bước|nguyên nhân|lý do|nhóm|loại|lĩnh vực|mặt"
    r"|(?:biện|giải) pháp|hạn chế|tồn tại|khó khăn|khoản|nguồn|kênh|hình thức|thị trường|khâu|kỹ thuật|thủ tục"
    r"|(?:mặt|nhóm) hàng|sản phẩm|hợp phần|phương án|bài học|kiến nghị|trụ cột|đột phá|nguyên tắc|điều kiện|chế độ"
    r"|chính sách|chương trình|dịch vụ|cơ chế|cơ quan|sở|ngành|phòng|nước|quốc gia)\b"
)
_ENDS_IN_NUMBER_RE = re.compile(r"\s\d[\d.,]*(?:\s?%)?$")
#: A clause that speaks of all things told, or of how many they are.
_SAYS_MORE_RE = re.compile(
    r"^(?:các|những|tất cả|cả|đây|trong đó|do đó|vì vậy|như vậy|tổng|qua đó|đồng thời)\b|\b\d+/\d+\b"
)
_FEWEST_CLAUSES = 3
_NAME_WORDS, _ITEM_WORDS, _SHORT, _TWO_VALUED = 7, 12, 2, 2


def things_told(rest: str, noun: str, count: int, bracket: bool) -> tuple[int, int] | None:
    """The fewest and the most things that words tell behind a count of `noun`; None where one cannot be sure.

    They stand in the first clause, else in clauses set apart by semicolons.

    >>> things_told("Lương Sơn (71%) và Ea Na (68%); hai xã này giảm", "xã chưa đạt", 3, bracket=False)
    (2, 2)
    >>> (
    ...     things_told("nhà ở 12,5%; trường học 9%", "loại", 2, bracket=True),
    ...     things_told("từ năm 2020", "xã", 2, True),
    ... )
    ((2, 2), None)
    """
    words = as_one_name(rest)
    clause, _, more = _at_semicolon(words)
    first = _listed(clause, noun, count, bracket) if len(pieces(clause)) > 1 or not more else None
    return first or ((_listed(words, noun, count, bracket) or _in_clauses(words, noun)) if more else None)


def _in_clauses(words: str, noun: str) -> tuple[int, int] | None:
    """What is told by a clause each, set apart by semicolons; a comma may set two apart as well.

    >>> _in_clauses("thiết bị cũ; người dùng chưa quen; hai hệ thống chưa nối", "nguyên nhân chính")
    (3, 3)
    """
    told = pieces(words)
    if not _TOLD_BY_WORDS_RE.match(noun) or _PARTIAL_RE.search(words):
        return None
    if any(_SAYS_MORE_RE.search(one.words) or EXTREME_RE.match(one.words) for one in told):
        return None
    marks = [one.mark for one in told[1:]]
    clauses, commas = 1 + marks.count(";"), marks.count(",")
    return (clauses, clauses + commas) if clauses >= _FEWEST_CLAUSES else None


def _at_semicolon(words: str) -> tuple[str, str, str]:
    """Words before and behind the first semicolon that stands in no bracket."""
    depth = 0
    for at, letter in enumerate(words):
        depth += (letter == "(") - (letter == ")")
        if letter == ";" and depth <= 0:
            return words[:at], ";", words[at + 1 :]
    return words, "", ""


def _listed(words: str, noun: str, count: int, bracket: bool) -> tuple[int, int] | None:
    """The same of some clauses."""
    told = _by_values(pieces(words))
    if not told or _PARTIAL_RE.search(words) or any(EXTREME_RE.match(one.words) for one in told):
        return None
    codes = _codes(told, noun)
    if codes or any(_OWN_COUNT_RE.match(one.words) for one in told):
        return codes
    happens = bool(_HAPPENS_RE.match(noun))
    read = None if happens or _are_parts(told, count) else _names(told)
    read = read or _called(told, noun) or (None if bracket else _bracketed(told, noun, count))
    if read or happens or (bracket and _SAYS_RE.match(words)):
        return read
    return _valued(told) or (_plain(told, words) if bracket and _TOLD_BY_WORDS_RE.match(noun) else None)


def _by_values(told: list[Piece]) -> list[Piece]:
    """The pieces; where each but for some before "và" ends with a number, that number is of both: one thing.

    >>> [one.words for one in _by_values(pieces("miền Bắc 2, miền Trung và Tây Nguyên 3, miền Nam 1"))]
    ['miền Bắc 2', 'miền Trung và Tây Nguyên 3', 'miền Nam 1']
    """
    valued = [bool(_ENDS_IN_NUMBER_RE.search(one.words)) for one in told]
    pairs = [
        at
        for at in range(1, len(told))
        if told[at].mark == "và" and valued[at] and not valued[at - 1] and told[at - 1].bracket is None
    ]
    if not pairs or valued.count(False) != len(pairs) or valued.count(True) < _TWO_VALUED:
        return told
    joined: list[Piece] = []
    for at, one in enumerate(told):
        if at in pairs:
            before = joined.pop()
            one = replace(one, words=f"{before.words} và {one.words}", mark=before.mark)
        joined.append(one)
    return joined


def _names(told: list[Piece]) -> tuple[int, int] | None:
    """Names with a capital one after another, up to words that are none."""
    names: list[str] = []
    joined = 0
    for at, one in enumerate(told):
        name = _NAME_RE.fullmatch(re.sub(r"\s\d[\d.,]*(?:\s?%)?$", "", one.words))
        if not name:
            if at < 2 or not _TAIL_RE.match(one.words):
                return None
            break
        if len(name["name"].split()) > _NAME_WORDS:
            return None
        names.append(name["name"])
        joined += one.mark == "và" and not _is_proper(names[-2:])
    return (len(names) - joined, len(names)) if len(names) > 1 else None


def _is_proper(names: list[str]) -> bool:
    """Whether all words of some names have a capital."""
    return all(word[0].isupper() for name in names for word in re.split(r"[\s'’–-]+", name) if word)


def _bracketed(told: list[Piece], noun: str, whole: int) -> tuple[int, int] | None:
    """Things that each have a bracket behind them: ``than (12%), điện, nước (3%) và gạo (1%)``, three or four."""
    segments = 1 + sum(one.mark == ";" for one in told)
    count = more = waiting = 0
    for one in told:
        if one.mark == ";" and waiting:
            return None
        if one.bracket is None and count and not waiting and one.mark == "," and _TAIL_RE.match(one.words):
            break
        waiting += 1
        if one.bracket is not None:
            count, more = count + 1, more + waiting - 1
            waiting = 0
    head = noun.split()[0]
    parts = any(re.search(rf"\d\s+{re.escape(head)}\b", one.words) for one in told)
    if waiting or count < 2 or parts or _are_parts(told, whole):
        return None
    if segments > 1:
        return (count, count) if segments == count else None
    return count, count + more


def _called(told: list[Piece], noun: str) -> tuple[int, int] | None:
    """Things that all begin with what is counted: ``nhóm 1 giảm do …; nhóm 2 giảm do …``."""
    head = noun.split()[0]
    called = [one for one in told if one.words.lower().split()[:1] == [head]]
    segments = [one for one in told if one.mark in ("", ";")]
    if len(segments) > 1:
        # "…; khu đất tại A và khu đất tại B": "và" may join two of the things.
        return (len(segments), len(called)) if all(one in called for one in segments) else None
    # What comes behind the last of them says more: "…, với 58 công chức".
    first = sum(1 for _ in takewhile(called.__contains__, told))
    ends = first == len(told) or (first > 1 and bool(_TAIL_RE.match(told[first].words)))
    return (first, first) if first > 1 and ends and len(called) == first else None


def _valued(told: list[Piece]) -> tuple[int, int] | None:
    """Things that each have what they reached behind them: ``ngân sách tỉnh 68,5%; ngân sách huyện 68,6%``."""
    segments: list[list[Piece]] = []
    for one in told:
        if one.mark in ("", ";"):
            segments.append([])
        segments[-1].append(one)
    if any(_SAYS_RE.match(one.words) or one.bracket is not None for one in told):
        return None
    if len(segments) > 1:
        valued = all(_VALUED_RE.fullmatch(one[-1].words) for one in segments)
        return (len(segments), len(segments)) if valued else None
    return (
        (len(told), len(told)) if len(told) > 1 and all(_VALUED_RE.fullmatch(one.words) for one in told) else None
    )


def _are_parts(told: list[Piece], whole: int) -> bool:
    """Whether each of some things has a count of its own, one no larger than their number: they are its parts."""
    counts = [_FREE_COUNT_RE.search(one.words) for one in told]
    return all(one and int(one["count"]) <= whole for one in counts)


def _codes(told: list[Piece], noun: str) -> tuple[int, int] | None:
    """Things that are called by the noun and a number: ``chỉ tiêu số 5 và số 7``."""
    codes = [_CODE_RE.fullmatch(one.words) for one in told]
    first = codes[0] if codes else None
    if first is None or not first["head"] or len(codes) < 2 or not all(codes):
        return None
    called = first["head"].split()[0] == noun.split()[0]
    numbers = {code["code"] for code in codes if code}
    alone = all(not code["head"] or code["head"] == first["head"] for code in codes if code)
    return (len(codes), len(codes)) if called and alone and len(numbers) == len(codes) else None


def _plain(told: list[Piece], rest: str) -> tuple[int, int] | None:
    """Things in a bracket without a number: by semicolons where there are such, else by commas and "và"."""
    if any(letter.isdigit() for letter in rest) or any(one.bracket is not None for one in told):
        return None
    segments = 1 + sum(one.mark == ";" for one in told)
    if segments > 1:
        return segments, segments
    if len(told) < 2 or any(len(one.words.split()) > _ITEM_WORDS for one in told):
        return None
    if any(one.mark == "và" for one in told[:-1]):
        return None  # "tổ chức, cán bộ và thu, chi" may be two
    # "vốn xổ số, vốn theo ngành, lĩnh vực": short words behind longer ones may go with them.
    short = sum(
        one.mark == "," and len(one.words.split()) <= _SHORT < len(before.words.split())
        for before, one in pairwise(told)
    )
    return len(told) - (told[-1].mark == "và") - short, len(told)
