"""What leads to a number of a goal or a task: its deed, few words, a part with its level."""

from __future__ import annotations

import re

from ingest.figures.measures import PERIOD_RE
from ingest.figures.quantities import Quantity

#: The mark of an item before its first word.
ITEM_RE = re.compile(r"^[\s*_“\"+•–-]*(?:\(?(?:[a-zđ]{1,2}|[ivx]{1,4}|\d{1,2}(?:\.\d{1,2})*)[.)]\s+)?[\s*_“\"]*")
#: What a level comes to, where goals are listed.
_COMES_RE = re.compile(r"\b(?:tới|là|giữ|lần lượt|tương ứng)(?:\s+(?:tỷ lệ|tỉ lệ|trên|dưới|khoảng|là|mức))*\s*$")
#: "xử lý rác: đô thị 98%, nông thôn 93%": each part of a goal with its level.
_PART_RE = re.compile(r"[:,]\s+(?:[^\W\d_]+\s+){1,5}$")
#: The most words of an item before its level, and words alone: "công nghiệp - xây dựng".
_FEW, _MANY = 9, 16
_WORDS_RE = re.compile(r"(?:[^\W\d_]+,?\s+(?:[-–]\s+)?)+")
#: What is measured by its share: "Tỷ lệ dân số tham gia bảo hiểm xã hội 41,5%".
_SHARE_RE = re.compile(r"(?:Tỷ lệ|Tỉ lệ|Tỷ trọng|Tốc độ)\s", re.IGNORECASE)
_UNTIL_RE = re.compile(
    r"\b(?:đến|trước|vào|trong)\s+(?:hết\s+|cuối\s+)?(?:(?:ngày|tháng|năm)\s+)?\d[\d/]*\s", re.IGNORECASE
)
_BOUND_RE = re.compile(r"\s+(?:trên|dưới|hơn|vượt)\s*$", re.IGNORECASE)
#: "Về môi trường: 100% cụm công nghiệp"
_ABOUT_RE = re.compile(r"[^:;.\d]{2,60}:\s+")
_REACHES_RE = re.compile(r"[^\W\d_]+\s+[^\W\d_]+\s+(?:đạt|còn|lên)\s+(?:trên\s+|khoảng\s+)?$")
_OF_BEFORE_RE = re.compile(r"[^.;,]{0,20}\b(?:số thực hiện|so với|cùng kỳ|năm trước)\b")
#: "Có 40% số đàn được cấp mã số": what a task wants to be so; "Có 40% số đàn chưa …" tells.
_HAS_RE = re.compile(r"Có\s+(?:khoảng\s+|trên\s+|từ\s+)?$")
_LACKS_RE = re.compile(r"[^.;]{0,120}?\b(?:chưa|đã|đang|còn|không)\b")
#: Between an aim and its level: by when, and what it comes to.
_STRAIGHT_RE = re.compile(
    r"\s*(?:(?:đến|vào|trong|của)\s+)?(?:(?:hết\s+|cuối\s+|đầu\s+)?năm\s+20\d\d\s+)?"
    r"(?:(?:là|đạt|còn|giảm|tăng|xuống|lên|ở mức|khoảng)\s+)+",
    re.IGNORECASE,
)
#: Behind a comma a price, a part or what a number is held against.
_BESIDE_RE = re.compile(
    r"\W*(?:mỗi|bình quân|mức|trong đó|gồm|so với|từ|hơn|bằng|tương)(?![^\W\d_])", re.IGNORECASE
)
#: "rút ngắn từ 30 ngày xuống còn 20 ngày"; behind an aim whence need not be told.
_SHORTENED_RE = re.compile(
    r"\b(?:rút ngắn|giảm)\b[^.;]*\btừ\s+\d+\s+[^\W\d_]+\s+(?:xuống|lên|còn)(?:\s+còn)?\s*$", re.IGNORECASE
)
_SHORTENS_RE = re.compile(r"\b(?:rút ngắn|giảm)\b[^.;,\d]*\b(?:xuống|còn)(?:\s+còn)?\s*$", re.IGNORECASE)


def shortens(left: str, *, listed: bool, aimed: bool) -> bool:
    """Whether the words before a number say to what a time is to be shortened, where goals stand or behind an aim.

    >>> shortens("Phấn đấu giảm thời gian chờ xuống còn ", listed=False, aimed=True)
    True
    """
    return bool((listed and _SHORTENED_RE.search(left)) or (aimed and _SHORTENS_RE.search(left)))


def has(sentence: str, quantity: Quantity) -> bool:
    """Whether a sentence begins with the share of things that are to be so.

    >>> from ingest.figures.quantities import find_quantities
    >>> [has(text, find_quantities(text)[0]) for text in ("Có 40% hộ được cấp sổ", "Có 40% hộ chưa có sổ")]
    [True, False]
    """
    left = ITEM_RE.sub("", sentence[: quantity.start])
    return _HAS_RE.fullmatch(left) is not None and not _LACKS_RE.match(sentence, quantity.end)


def comes_straight(aimed: str) -> bool:
    """Whether nothing but by when, and that it comes to it, stands between an aim and a number.

    >>> comes_straight(" cuối năm 2032 còn "), comes_straight(" đề ra; số hộ nghèo còn ")
    (True, False)
    """
    return _STRAIGHT_RE.fullmatch(aimed) is not None


def next_of(aimed: str) -> str:
    """What stands behind the last comma between an aim and a further number of it, if it says no price.

    >>> next_of(" thu hút 18 dự án, vốn đăng ký "), next_of(" xây 40 nhà, mỗi nhà ")
    ('vốn đăng ký ', ' xây 40 nhà, mỗi nhà ')
    """
    words = aimed.rpartition(", ")[2]
    return aimed if _BESIDE_RE.match(words) else words


def reaches(sentence: str, quantity: Quantity) -> bool:
    """Whether a thing that is named is to come to a number, and not to a share of what was.

    >>> from ingest.figures.quantities import find_quantities
    >>> texts = "tỷ lệ kênh kiên cố đạt 61,5%", "thu phí đạt 94,2% số thực hiện năm 2030", "đạt 94,2%"
    >>> [reaches(text, find_quantities(text)[0]) for text in texts]
    [True, False, False]
    """
    named = _REACHES_RE.search(sentence, 0, quantity.start)
    return named is not None and not _OF_BEFORE_RE.match(sentence, quantity.end)


def is_short(left: str) -> bool:
    """Whether few words stand before the bound of a number, by when aside.

    >>> is_short("3. Giảm hộ cận nghèo đến 30/6/2035 xuống dưới "), is_short("gồm 3 xã, mỗi xã trên ")
    (True, False)
    """
    words = _ABOUT_RE.sub("", ITEM_RE.sub("", left), count=1)
    words = PERIOD_RE.sub(" ", _UNTIL_RE.sub(" ", _BOUND_RE.sub(" ", words) + " "))
    return _WORDS_RE.fullmatch(words.lstrip()) is not None and len(words.split()) <= _FEW


def opens(left: str) -> bool:
    """Whether nothing stands before a number but the label of its item, or what it is about.

    >>> opens("b) "), opens("2. Về môi trường: "), opens("Tỷ lệ hộ ")
    (True, True, False)
    """
    words = ITEM_RE.sub("", left)
    return not words or _ABOUT_RE.fullmatch(words) is not None


def is_led(left: str, quantity: Quantity, *, after: bool) -> bool:
    """Whether words before a number of a listed goal lead to it: ``tới``, ``là``, the deed of a short item.

    >>> from ingest.targets.worded import level_quantities
    >>> one, two, three = level_quantities("Xóa 100% điểm đen; rác: đô thị 98%, nông thôn 93%")
    >>> is_led("1. Xóa ", one, after=False), is_led("rác: đô thị 98%, nông thôn ", three, after=True)
    (True, True)
    """
    if _COMES_RE.search(left):
        return True
    if not quantity.percent:
        return False
    words = ITEM_RE.sub("", left)
    most = _MANY if _SHARE_RE.match(words) else _FEW
    first = _WORDS_RE.fullmatch(words) is not None and len(words.split()) <= most
    return first or (_PART_RE.search(left) is not None and (after or ":" in left))
