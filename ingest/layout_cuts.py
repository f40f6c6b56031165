"""Joints told by a few words alone: a motto cut in two, a provision and its act, a label without its text."""

from __future__ import annotations

import re

from ingest.layout_lines import Strip
from ingest.layout_words import bullet_of, label_style, wants_number, wants_unit
from kb.text.normalize import unify_tones

_LEADERS = ("....", "……", "____")
_PROVISION_RE = re.compile(r"(?:Điều|[Kk]hoản|[Đđ]iểm|Chương|Mục|Phụ lục)\s+[\dA-ZIVXa-zđ]{1,5}$")
_ACTS = ("Nghị ", "Luật", "Bộ luật", "Quyết định", "Thông tư", "Pháp lệnh", "Hiến pháp", "Chương", "Điều", "Quy ")
_MOTTOS = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "ĐẢNG CỘNG SẢN VIỆT NAM")
_NUMBER_LABEL_RE = re.compile(r"\b[Ss]ố\s*:$")
_CLAUSE_RE = re.compile(r"(?:[Kk]hoản|[Đđ]iểm)\s+[\da-zđ]{1,3}$")


def is_leader(before: str, text: str) -> bool:
    """Whether either line is, at the joint, a dotted line to be filled in."""
    return before.endswith(_LEADERS) or text.startswith(_LEADERS)


def gives_number(before: str, text: str) -> bool:
    """Whether a line begins with the number of the act that the line before it is about to name.

    >>> gives_number("2. Thông tư số", "23/2014/TT-BNV ngày 19/8/2014"), gives_number("Có số", "12 hồ sơ")
    (True, False)
    """
    return _NUMBER_HEAD_RE.match(text) is not None and _ACT_NUMBER_RE.search(before) is not None


_ACT_NUMBER_RE = re.compile(
    r"(?:luật|Luật|Pháp lệnh|Nghị định|Nghị quyết|Quyết định|Chỉ thị|Thông tư|liên tịch|Công văn) số:?\s*$",
    re.IGNORECASE,
)
_NUMBER_HEAD_RE = re.compile(r"\d+[a-zđ]?\s?/\s?(?:\d{4}\s?/\s?)?[A-ZĐ]{2}")


def names_act(before: str, text: str) -> bool:
    """Whether a provision ends a line and its document begins the next: "khoản 1 Điều 8 | Nghị định số"."""
    return _PROVISION_RE.search(before[-24:]) is not None and text.startswith(_ACTS)


def is_motto(before: str, text: str) -> bool:
    """Whether two lines are the name of the state, or of the Party, cut in two."""
    words = unify_tones(f"{before} {text}".upper())
    return any(words.startswith(motto) or motto.startswith(words) for motto in _MOTTOS)


def is_lone_label(text: str) -> bool:
    """Whether a line is a label alone, its text on the next line."""
    if (len(text) <= 16 and _NUMBER_LABEL_RE.search(text)) or is_bare_label(text):
        return True
    return len(text) <= 10 and (bullet_of(text + " ") == text or text[-1:] in ".)]") and label_style(text) != ""


def is_bare_label(text: str) -> bool:
    """Whether a line is nothing but the number of an item of several levels, without a sign behind it.

    >>> is_bare_label("2.1"), is_bare_label("2.1.3"), is_bare_label("21"), is_bare_label("2.100")
    (True, True, False, False)
    """
    return _BARE_LABEL_RE.fullmatch(text) is not None


def begins_item(before: str, text: str, after: str) -> bool:
    """Whether a line that is a bare label begins an item: what follows begins with a capital, nothing asks for it.

    >>> begins_item("2. Cải cách thủ tục hành chính", "2.1", "Kết quả"), begins_item("theo mục", "2.1", "Đề án")
    (True, False)
    """
    return is_bare_label(text) and after[:1].isupper() and _NUMBERED_RE.search(before) is None


_NUMBERED_RE = re.compile(
    r"(?:\b(?:mục|điểm|khoản|bảng|biểu|số|hình|tiêu chí|phụ lục|mẫu|và|hoặc|đến|từ)|[,(–-])$", re.IGNORECASE
)
_BARE_LABEL_RE = re.compile(r"[1-9]\d?(?:\.[1-9]\d?){1,3}")


_RANGE_END_RE = re.compile(r"[-–]\s\d+(?:[.,]\d+)*(?:\s?%|[”\"’)]?\s*[;,.]|\s|$)")


def is_cut_label(before: Strip, strip: Strip) -> bool:
    """Whether what looks like a label is the rest of a sentence: "kinh tế | - xã hội", "tại | Điều 5."."""
    if not before.open:
        return False
    text = strip.text
    if bullet_of(text) in ("-", "–"):
        # "giai đoạn 2021 | - 2025", "tăng 05 | - 06%/năm": the other end of a range.
        ranged = _RANGE_END_RE.match(text) and before.text[-1:].isdigit()
        return (text[2:3].islower() or ranged is not None) and strip.gap == 1
    if text[:1].isdigit():
        return wants_number(before.text)
    if text.startswith(("Điều", "Chương", "Mục", "Phần", "Phụ lục", "Căn cứ")):
        return wants_unit(before.text) or _CLAUSE_RE.search(before.text[-24:]) is not None
    return False
