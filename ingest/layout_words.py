"""What a printed line begins and ends with: labels, open and closed ends, words that want another after them."""

from __future__ import annotations

import re

_UPPER = "".join(filter(str.isupper, map(chr, (*range(0x41, 0x250), *range(0x1E00, 0x1F00)))))
# Where a paragraph begins whatever stands before: a number, a letter, a bullet, the name of a unit.
_LABEL_RE = re.compile(
    rf"""(?:\#{{1,6}}\s+)?[*_"“„«]*(?:
        [-–—+•·●▪○◦*➢✓~_]+\s                                # bullets, also as OCR reads them
      | [-–]\+                                               # "- +"
      | \(?\d{{1,3}}(?:\.\d{{1,3}}){{0,4}}[.)/]\)?(?:\s|$)     # 1.  1.1.  2)  3/
      | \d{{1,2}}(?:\.\d{{1,2}}){{1,4}}\s+[{_UPPER}]            # 1.1 Kết quả
      | \(\d{{1,3}}\) | \[\d{{1,3}}[a-z]?\]                    # (1)  [02]
      | \((?:[a-zđ]|[ivx]{{1,4}})\)\s                         # (a) (ii)
      | (?:[A-ZĐ]|[a-zđ]{{1,2}})\d?(?:\.\d{{1,2}})*[.)/]\)?(?:\s|$) # a)  đ)  A.  a.1)  b2)  c/
      | [^\W\d_]{{1,2}}©?[)}}]\s                              # misread: "ø)"  "b}}"
      | [a-zđ]-\s | [a-zA-Z]{{1,2}}\d?:\s                     # a-  "k: hệ số"
      | [IVXLC]{{1,6}}(?:\.\d{{1,2}})*(?:[.)/][-–]?|[-–])(?:\s|$)  # II.
      | (?:Điều|ĐIỀU)\s+\d+[a-zđ]?(?:[.:]|\s*$)              # Điều 5.
      | (?:Chương|CHƯƠNG|Mục|MỤC|Tiểu\s+mục|TIỂU\s+MỤC|Phần|PHẦN)
        \s+(?:[IVXLC]+|\d+|thứ\s+\w+|THỨ\s+\w+)\b(?=[.:]|\s*$|\s+[{_UPPER}])
      | (?:Phụ\s+lục|PHỤ\s+LỤC|Mẫu\s+số|MẪU\s+SỐ)\b(?=\s*(?:số\s*)?[IVXLC\d]*[.:]?\s*$|\s*[:.]|\s+[IVXLC\d])
      | Căn\s+cứ\s | Xét\s | Theo\s+đề\s+nghị\s | Nơi\s+nhận | Kính\s+gửi | Số\s*:\s*\S
      | V/v\s | VỀ\s+VIỆC\b | (?:TM|KT|TL|TUQ|Q)\.\s
    )""",
    re.VERBOSE,
)
_BULLET_RE = re.compile(r"[*_]*(?P<bullet>[-–—+•·●▪○◦*]+)\s")
_FIRST = frozenset('[#*_"“„«-–—+•·●▪○◦➢✓~(CĐMTPXNKSVQ')

#: Letters of marks and quotation that may stand behind the last letter of a sentence.
_BEHIND = " \t\u00a0*_\"”’»'⁰¹²³⁴⁵⁶⁷⁸⁹"
_BEHIND_MARK_RE = re.compile(r"(?:\[\^?\d{1,3}\]|<sup>\s*\(?\d{1,3}\)?\s*</sup>)$")
_ENDS = frozenset(".;:!?…")
_SENTENCE_ENDS = frozenset(".!?…")

# A line that ends with one of these wants more: function words, and nouns that take a number or a name.
_WANTING_WORDS = """
    và hoặc hay của cho với tại trong trên dưới theo từ đến tới về bởi do để là bằng các những mỗi mọi một
    gồm như nếu khi mà thì được bị đã đang sẽ sau trước ngoài giữa cùng không chưa phải cần vào ra lên
    số năm ngày tháng quý điều khoản điểm mục chương phần lần khóa khoá thứ ông bà
    Điều Khoản Điểm Mục Chương Phần Số Bộ Sở Ban Cục Vụ Phòng Luật Tỉnh Huyện Xã Phường Quận UBND HĐND TP TP.
"""
_WANTING = frozenset(_WANTING_WORDS.split())
_ITEM_END_RE = re.compile(r"[\s:]\((?:\d{1,2}|[ivx]{1,4}|[a-zđ])\)$")
# Function words that never end a heading.
_CERTAIN_WORDS = "và hoặc của cho với bởi các những mỗi mọi là gồm để đã đang sẽ nếu mà thì"
# Capital nouns that a name follows.
_NAMED_WORDS = "Bộ Sở Ban Cục Vụ Phòng Luật Tỉnh Huyện Xã Phường Quận UBND HĐND TP TP."
_CERTAIN = frozenset(_CERTAIN_WORDS.split())
_NAMED = frozenset(_NAMED_WORDS.split())
# What stands before a number, or the name of a unit, that is no label.
_BEFORE_NUMBER = frozenset(("và", "hoặc", "Điều", "Khoản"))
_BEFORE_FIGURE_WORDS = (
    "đạt khoảng hơn gần tăng giảm còn bằng chiếm quá ước thêm có trên dưới là từ đến tổng với cả"
)
_BEFORE_FIGURE = frozenset(_BEFORE_FIGURE_WORDS.split())
_BEFORE_UNIT_WORDS = "tại của theo và với hoặc từ đến cho các trong thuộc bởi"
_BEFORE_UNIT = frozenset(_BEFORE_UNIT_WORDS.split())
_OPENERS = {"(": ")", "[": "]", "“": "”", "«": "»"}
_UPPER_RE = re.compile(r"[^\W\d_]")


def opens_paragraph(text: str) -> bool:
    """Whether a line begins with a label, a bullet or a word that only a new paragraph begins with.

    >>> [opens_paragraph(t) for t in ("1.1. Kết quả", "- Như trên;", "Điều 5. Phạm vi", "Căn cứ Luật Giá;")]
    [True, True, True, True]
    >>> [opens_paragraph(t) for t in ("Điều 5 của Luật này", "1.763 hồ sơ", "- xã hội", "a lô")]
    [False, False, True, False]
    """
    first = text[:1]
    if first not in _FIRST and not first.isdigit() and text[1:2] not in ")." and not _short_label(text):
        return False
    return _LABEL_RE.match(text) is not None


def _short_label(text: str) -> bool:
    head = text[:8]
    return "." in head or ")" in head or "/" in head or ":" in head or text[1:3] == "- " or head[0] in "IVXL"


def bullet_of(text: str) -> str:
    """The bullet that a line begins with; empty when there is none.

    >>> bullet_of("- Hội nghị"), bullet_of("+ Thu nội địa"), bullet_of("Điều 5")
    ('-', '+', '')
    """
    found = _BULLET_RE.match(text)
    return found["bullet"] if found else ""


def label_style(text: str) -> str:
    """What kind of label a line begins with: its letters and digits told alike; empty when it has none.

    >>> label_style("1.1. Kết quả"), label_style("b) Chỉ đạo"), label_style("- Lưu: VT"), label_style("Trong năm")
    ('0.0.', 'a)', '-', '')
    """
    found = _LABEL_RE.match(text)
    if found is None:
        return ""
    label = re.sub(r"\d+", "0", found.group().strip(' *_"“„«'))
    return re.sub(r"^[a-zđ]{1,2}(?=[.)])", "a", label)[:12]


def last_letter(text: str) -> str:
    """The last letter of a line that is no quotation mark, emphasis or note mark; empty when there is none.

    >>> last_letter("ban hành Chương trình²."), last_letter("xếp hạng tốt”; [3]"), last_letter("trách nhiệm*")
    ('.', ';', 'm')
    """
    last = text[-1:]
    if last not in _BEHIND and last not in "]>":
        return last
    if last in "]>":
        found = _BEHIND_MARK_RE.search(text[-24:])
        if found:
            text = text[: found.start() - 24] if len(text) > 24 else text[: found.start()]
    return text.rstrip(_BEHIND)[-1:]


def is_open(text: str) -> bool:
    """Whether a sentence goes on after the line.

    >>> is_open("lĩnh vực lực lượng đoàn"), is_open("Thanh tra tỉnh,"), is_open("theo quy định."), is_open("Gồm:")
    (True, True, False, False)
    """
    last = last_letter(text)
    return bool(last) and last not in _ENDS


def ends_sentence(text: str) -> bool:
    """Whether the line ends with a full stop or another mark that ends a sentence."""
    return last_letter(text) in _SENTENCE_ENDS


def begins_small(text: str) -> bool:
    """Whether the first letter of the line is a small one, marks of emphasis and quotation left out.

    >>> begins_small("thể CCHC"), begins_small("**và**"), begins_small("a) Thu"), begins_small("2045, Nghị quyết")
    (True, True, True, False)
    """
    if text[:1].islower():
        return True
    return text.lstrip("*_\"“„«'(")[:1].islower()


def last_word(text: str) -> str:
    """The last word of a line, without what stands behind it."""
    return text.rstrip(_BEHIND + ",").rpartition(" ")[2]


def first_word(text: str) -> str:
    """The first word of a line, without marks of emphasis and quotation before it and punctuation behind it."""
    return text.lstrip("*_\"“„«'(").partition(" ")[0].rstrip(',.;:)”"*_')


def is_wanting(text: str, certain: bool = False) -> bool:
    """Whether a line cannot end there: a comma, a bracket left open, a word that wants another.

    `certain` counts only words that never end a heading.

    >>> is_wanting("UBND tỉnh ban hành Văn bản số"), is_wanting("Thanh tra tỉnh,"), is_wanting("Kết quả đạt được")
    (True, True, False)
    """
    last = last_letter(text)
    if last in _ENDS:
        return False
    word = last_word(text)
    if certain:
        return word in _CERTAIN or last in "/("
    if last in ",-–/(&+=":
        return True
    if text.endswith("đạt được"):  # "Kết quả đã đạt được" is a heading
        return False
    if word in _WANTING or (word[:1].islower() is False and word.lower() in _WANTING and text.upper() == text):
        return True
    return leaves_bracket_open(text) or (last == ")" and _ITEM_END_RE.search(text[-8:]) is not None)


def wants_number(text: str) -> bool:
    """Whether a number goes on with a line, also when it looks like a label.

    >>> wants_number("các điểm a, b và"), wants_number("Tài khoản"), wants_number("Chính quyền số")
    (True, False, False)
    """
    return last_letter(text) not in _ENDS and last_word(text) in _BEFORE_NUMBER


def wants_figure(text: str) -> bool:
    """Whether a figure goes on with a line: "ước đạt | 560 tỷ đồng"."""
    return last_letter(text) not in _ENDS and last_word(text) in _BEFORE_FIGURE


def wants_name(text: str) -> bool:
    """Whether a line ends with a noun that a name follows: Bộ, Sở, UBND."""
    return last_word(text) in _NAMED


def wants_unit(text: str) -> bool:
    """Whether the name of a unit (Điều 5) goes on with a line, also when it looks like a heading."""
    return last_letter(text) not in _ENDS and last_word(text) in _BEFORE_UNIT


def leaves_bracket_open(text: str) -> bool:
    """Whether a bracket or quotation that the line opens is not closed in it.

    >>> leaves_bracket_open("thông qua 02 hình thức (theo kế hoạch"), leaves_bracket_open("(theo kế hoạch)")
    (True, False)
    """
    tail = text[-300:]
    return any(tail.rfind(opener) > tail.rfind(closer) for opener, closer in _OPENERS.items())


def is_capital(text: str) -> bool:
    """Whether a line is set in capitals: some letters, none of them small.

    >>> is_capital("NGHỊ QUYẾT SỐ 11/2022/NQ-HĐND"), is_capital("Điều 5"), is_capital("12")
    (True, False, False)
    """
    return text.upper() == text and _UPPER_RE.search(text) is not None
