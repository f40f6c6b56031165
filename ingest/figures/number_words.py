"""Numbers that a text writes out in words: ``bảy mươi tám dự án``, ``hai phẩy năm triệu``, ``ba mươi phần trăm``.

A number is read where its words hold together as one number: tens, hundreds, thousands with the digits before and
behind them. ``hai năm`` are two years, ``vài trăm`` and ``năm bảy trăm`` no number; what orders, dates, names,
shares and idioms are made of is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.text.sentences import SENTENCE_END_RE, sentence_start
from kb.vocabulary.counts import number_in_words

_ONE = r"(?:một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín)"
#: Behind tens; "năm" there is a year.
_LAST = r"(?:mốt|một|hai|ba|bốn|tư|lăm|nhăm|sáu|bảy|bẩy|tám|chín)"
_TENS = rf"(?:{_ONE}\s+mươi(?:\s+{_LAST})?|mười(?:\s+{_LAST})?)"
_HUNDREDS = rf"(?:{_ONE}\s+trăm(?:\s+(?:(?:linh|lẻ)\s+{_ONE}|{_TENS}))?)"
_BELOW = rf"(?:không\s+trăm\s+(?:(?:linh|lẻ)\s+{_ONE}|{_TENS})|{_HUNDREDS}|{_TENS})"
_GROUP = rf"(?:{_HUNDREDS}|{_TENS}|{_ONE})"
_THOUSANDS = rf"(?:{_GROUP}\s+(?:nghìn|ngàn)(?:\s+{_BELOW})?)"
#: "một tỷ lệ", "hai tỷ trọng": no thousand millions.
_MILLIARD = r"(?:tỷ|tỉ)(?!\s+(?:lệ|trọng|suất|số|giá|phú))"
_MILLIONS = rf"(?:(?:{_THOUSANDS}|{_GROUP})\s+triệu(?:\s+(?:{_THOUSANDS}|{_BELOW}))?)"
_MILLIARDS = rf"(?:(?:{_THOUSANDS}|{_GROUP})\s+{_MILLIARD}(?:\s+(?:{_MILLIONS}|{_THOUSANDS}))?)"
_WHOLE = rf"(?:{_MILLIARDS}|{_MILLIONS}|{_THOUSANDS}|{_ONE}\s+vạn|{_TENS}\s+vạn|{_HUNDREDS}|{_TENS})"
_PART = rf"\s+phẩy\s+(?P<part>(?:không\s+)*(?:{_TENS}|{_ONE}(?:\s+{_ONE}){{0,2}}))"
_MORE = r"(?:một|hai|ba|bốn|sáu|bảy|bẩy|tám|chín|mười|mươi|mốt|lăm|nhăm|trăm|vạn|mấy|chục|lẻ|linh|phẩy)(?![^\W_])"
NUMBER_RE = re.compile(
    rf"(?:(?P<half>nửa)(?=\s+(?:triệu|{_MILLIARD})(?![^\W_]))"
    rf"|(?P<whole>{_WHOLE}|{_ONE}(?=\s+ph(?:ẩy|ần\s+trăm)(?![^\W_])))(?:{_PART})?)(?![^\W_])"
    # Another number word behind: a way of speaking that is not read ("một trăm hai", "hai mươi mấy").
    rf"(?!\s+{_MORE})"
)
_PERCENT_RE = re.compile(r"\s+phần\s+trăm(?![^\W_])", re.IGNORECASE)
_AND_A_HALF_RE = re.compile(r"\s+rưỡi(?![^\W_])", re.IGNORECASE)
#: A last word of scale is the beginning of the unit, as behind digits: ``hai trăm tỷ đồng`` is 200 of "tỷ đồng".
_SCALE_RE = re.compile(r"\s+(?P<scale>triệu|tỷ|tỉ)$", re.IGNORECASE)
#: But of things that are counted the number is whole: ``hai triệu lượt`` are 2.000.000.
_THINGS_RE = re.compile(
    r"\s+(?P<scale>triệu|tỷ|tỉ)(?=\s+(?:lượt|người|dân|lao động|hộ|khách|con|cây|quả|liều|hồ sơ|giao dịch"
    r"|tài khoản|thuê bao|sản phẩm|tấn|lít|kWh|m[23²³])(?![^\W_]))",
    re.IGNORECASE,
)
_LARGE_RE = re.compile(r"triệu|tỷ|tỉ", re.IGNORECASE)
_SCALES = {"triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
#: What stands before a number that is none of things: the place in an order, a day, a name, a rough number.
_NONE_BEFORE_RE = re.compile(
    r"(?:(?<![^\W_])(?:thứ|(?<!nhiều )(?<!số )lần|khóa|khoá|điều|khoản|mục|chương|(?<!thành )phần|lớp|khối"
    r"|mùng|mồng|quận|phường|khu phố|tổ dân phố|(?<!tổng )(?<!về )(?<!con )số|trung ương|số nhà|bậc|hạng|vài|mấy"
    r"|hàng|những|đôi|dăm|bao|chừng|ngoài|(?:gió|bão|giật|mạnh)(?:\s+[^\W\d_]+){0,2}\s+cấp"
    r"|(?<!mỗi )(?<!một )(?<!hằng )(?<!hàng )(?<!trong )(?<!từng )(?:ngày|tháng|đêm|rằm|năm|tuổi)"
    r"|lúc|vào(?:\s+lúc)?|bằng chữ(?:\s+là)?"
    # Two of them tell a range or a rough number: "ba bốn mươi", "năm bảy trăm".
    r"|một|hai|ba|bốn|sáu|bảy|bẩy|tám|chín|mười|nghìn|ngàn|triệu|tỷ|tỉ|trăm|mươi|phẩy|chục|vạn)"
    r"|\d)\s*[:,]?\s*$",
    re.IGNORECASE,
)
_YEAR_RE = re.compile(r"(?<![^\W_])năm\s+$", re.IGNORECASE)
_BEFORE = 40
#: Behind it: a share of a whole, an idiom, an hour of the day.
_NONE_BEHIND_RE = re.compile(
    r"\s+phần\s+(?:hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười|nghìn|ngàn|vạn)(?![^\W_])"
    r"|\s+(?:phố phường|con giáp|phân vẹn|lẻ một|điều bác)(?![^\W_])"
    r"|\s+(?:tỷ\s+)?cây xanh(?![^\W_])"
    r"|(?<=mười)\s+phần(?!\s+(?:quà|thưởng|trăm|việc|mềm))(?![^\W_])",
    re.IGNORECASE,
)
#: The same in digits in a bracket right behind, or right before it.
_DIGITS_BEHIND_RE = re.compile(r"(?:\s+[^\W\d_]+){0,4}\s*\(\s*(?P<digits>\d[\d.]*(?:,\d+)?)")
_DIGITS_BEFORE_RE = re.compile(r"\d[^().;]{0,40}\(\s*$|bằng chữ[^.;)]*$", re.IGNORECASE)
#: Ten is a word of many uses: it counts these things.
_TEN_RE = re.compile(
    r"\s+(?:phần trăm|xã|phường|huyện|thôn|bản|hộ|người|đồng chí|cán bộ|dự án|công trình|mô hình|văn bản|trường"
    r"|lớp|doanh nghiệp|hợp tác xã|cơ sở|đơn vị|cơ quan|vụ|lượt|nhiệm vụ|chỉ tiêu|mục tiêu|hồ sơ|sản phẩm"
    r"|tấn|ha|km)(?![^\W_])"
)
#: The first word that makes a number of the one before it, or ten: most texts have none.
_MAKES_RE = re.compile(
    r"[tianmuyg]\s+(?:mươi|trăm|nghìn|ngàn|vạn|triệu|tỷ|tỉ|phẩy|phần\s+trăm)(?![^\W_])|mười(?![^\W_])"
)
#: What is counted, by its first word; times and scales are many things at once.
_THING_RE = re.compile(
    r"\s+(?!(?:năm|tháng|tuần|ngày|giờ|phút|quý|tuổi|lần|phần|triệu|tỷ|tỉ|đồng|trên|trong|so|là|và)(?![^\W_]))"
    r"(?P<thing>[^\W\d_]+)"
)
_SENTENCE_RE = re.compile(r"(?:^|[.:;!?“\"(\n]|[-–+*•]|\b[a-zđ]\)|\d[.)])\s*$")


@dataclass(frozen=True, slots=True)
class InWords:
    """A number in words: its place, its value as a decimal string, whether per cent stands behind it."""

    start: int
    end: int
    value: str
    percent: bool


def find_in_words(text: str) -> Iterator[InWords]:
    """The numbers that words of a text write out.

    >>> text = "Có bảy mươi tám dự án, vốn hai nghìn năm trăm tỷ đồng, tăng tám phẩy năm phần trăm"
    >>> [(text[one.start : one.end], one.value, one.percent) for one in find_in_words(text)]
    [('bảy mươi tám', '78', False), ('hai nghìn năm trăm', '2500', False), ('tám phẩy năm phần trăm', '8.5', True)]
    >>> [*find_in_words("Sau hai năm, lần thứ mười ba, hàng trăm hộ và ba phần tư số xã của tháng mười hai")]
    []
    """
    small = text.lower()
    if len(small) != len(text):
        return  # letters that no Vietnamese text has
    found, at = [], 0
    for makes in _MAKES_RE.finditer(small):
        start = makes.start()
        while start > at and small[start - 1].isalpha():
            start -= 1
        match = NUMBER_RE.match(small, start) if start >= at else None
        if match:
            at = match.end()
            if not _is_none(text, *match.span()):
                found.append(_read(small, match))
    yield from sorted((*found, *_beside(text, small, found)), key=lambda one: one.start)


def _beside(text: str, small: str, found: Sequence[InWords]) -> Iterator[InWords]:
    """The numbers of one word that count, in the same sentence, what a number of more words counts.

    "mười hai hộ làm đò, mười một hộ làm lưới và hai hộ làm thợ": without the last the parts make no whole.
    """
    done: set[int] = set()
    for one in found:
        thing = _THING_RE.match(small, one.end)
        if one.percent or thing is None:
            continue
        ends = SENTENCE_END_RE.search(text, one.end)
        low, high = sentence_start(text, one.start), ends.start() if ends else len(text)
        for match in re.finditer(rf"(?<![^\W_])(?:{_ONE}|mười)(?=\s+{thing['thing']}(?![^\W_]))", small[low:high]):
            start, end = low + match.start(), low + match.end()
            inside = any(other.start < end and start < other.end for other in found)
            if start in done or inside or _is_no_count(text, start):
                continue
            done.add(start)
            yield InWords(start, end, str(number_in_words(match.group())), False)


def _read(text: str, found: re.Match[str]) -> InWords:
    """The number of a match; a last scale is left to the unit where nothing speaks against it."""
    start, end = found.span()
    if found["half"]:
        things = _THINGS_RE.match(text, end)
        return (
            InWords(start, things.end(), str(_size(things) // 2), False)
            if things
            else InWords(start, end, "0.5", False)
        )
    whole = number_in_words(found["whole"]) or 0
    if percent := _PERCENT_RE.match(text, end):
        return InWords(start, percent.end(), _with_part(whole, found["part"]), True)
    scale = None if found["part"] else _SCALE_RE.search(found["whole"])
    if scale and (half := _AND_A_HALF_RE.match(text, end)):
        return InWords(start, half.end(), str(whole + _size(scale) // 2), False)
    if scale and not _LARGE_RE.search(found["whole"], 0, scale.start()):
        # Of two scales none is a unit: "một tỷ hai trăm triệu đồng" is counted in "đồng".
        before = start + scale.start()
        if not _THINGS_RE.match(text, before):
            return InWords(start, before, str(whole // _size(scale)), False)
    return InWords(start, end, _with_part(whole, found["part"]), False)


def _size(scale: re.Match[str]) -> int:
    return _SCALES[scale["scale"].lower()]


def _with_part(whole: int, part: str | None) -> str:
    return f"{whole}.{_decimals(part)}" if part else str(whole)


def _decimals(words: str) -> str:
    """The digits behind a decimal comma: ``không năm`` is 05, ``mười hai`` 12, ``hai ba`` 23."""
    each = words.lower().split()
    if "mười" in each or "mươi" in each:
        noughts = len([word for word in each if word == "không"])
        return ("0" * noughts + str(number_in_words(" ".join(each[noughts:])))).rstrip("0") or "0"
    return "".join(str(number_in_words(word)) for word in each).rstrip("0") or "0"


def _is_none(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - _BEFORE) : start]
    words = text[start:end]
    # In the middle of a sentence capitals make a name: "Ba Mươi Tháng Tư", "Trung ương Mười hai".
    if words[1:] != words[1:].lower() or (words[0].isupper() and not _SENTENCE_RE.search(before)):
        return True
    if _is_no_count(text, start):
        return True
    year = _YEAR_RE.search(before) and 1900 <= (number_in_words(words) or 0) <= 2100
    if year or _DIGITS_BEFORE_RE.search(before) or _NONE_BEHIND_RE.match(text, end):
        return True
    if words.lower() == "mười" and not _TEN_RE.match(text, end):
        return True
    digits = _DIGITS_BEHIND_RE.match(text, end)
    return digits is not None and re.sub(r"\D", "", digits["digits"]).lstrip("0") == str(number_in_words(words))


def _is_no_count(text: str, start: int) -> bool:
    return _NONE_BEFORE_RE.search(text, max(0, start - _BEFORE), start) is not None
