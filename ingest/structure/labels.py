"""Labels at the beginning of a paragraph: Chương I, Điều 5., 1., 1.1., a), (1), -, and their order.

Only what a paragraph begins with is told here; whether the label counts (a wrapped line may begin with
"Điều 5 Luật này") is decided by `ingest.structure.outline`, which knows what came before.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from ingest.structure.letters import UPPER
from kb.text.roman import roman_value


@dataclass(frozen=True, slots=True)
class Label:
    """A label as printed.

    Attributes:
        style: the row of `STYLES` it belongs to.
        text: as printed, without Markdown marks.
        number: what tells it from its siblings (``5``, ``6a``, ``II``, ``1.1``, ``đ``); empty for bullets.
        value: its place in the order of its style; 0 for bullets.
        suffix: the letter of an inserted one.
        start: offset of the label in the paragraph.
        end: offset of the first character after it.
    """

    style: str
    text: str
    number: str
    value: int
    suffix: str
    start: int
    end: int


class LabelStyle(NamedTuple):
    """How far out a style usually stands (small is outer) and the tag of its eids."""

    rank: int
    tag: str


STYLES = {
    "part": LabelStyle(10, "prt"),
    "chapter": LabelStyle(20, "chp"),
    "section": LabelStyle(30, "sec"),
    "subsection": LabelStyle(40, "sub"),
    "article": LabelStyle(50, "art"),
    "upper": LabelStyle(55, "itm"),
    "roman": LabelStyle(60, "itm"),
    "romandec": LabelStyle(65, "itm"),
    "arabic": LabelStyle(70, "itm"),
    "decimal": LabelStyle(72, "itm"),
    "letter": LabelStyle(80, "itm"),
    "letterdec": LabelStyle(82, "itm"),
    "round": LabelStyle(84, "itm"),
    "lowroman": LabelStyle(86, "itm"),
    "dash": LabelStyle(90, "ind"),
    "star": LabelStyle(91, "ind"),
    "plus": LabelStyle(92, "ind"),
    "dot": LabelStyle(93, "ind"),
}

#: The Vietnamese alphabet, with the letters that lists of some ministries use besides (f, j, w, z).
ALPHABET = "abcdđefghijklmnopqrstuvwxyz"
_ORDINAL_WORDS = ["nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười"]
_ORDINALS = {word: place for place, word in enumerate(_ORDINAL_WORDS, 1)} | {
    "nhì": 2, "bốn": 4, "bẩy": 7, "lăm": 5
}  # fmt: skip

_ROMAN = "[IVXLC]{1,8}"
_AFTER = r"(?P<{0}>[ \t]*(?:[.:/)–—-]+(?!\d)|(?=[ \t\n*_]|$)))"
# Words that make a mention of what might be a heading: "Chương này", "Mục 2 Chương III Luật ...".
_MENTION_RE = re.compile(
    r"\s*[,;]|\s*(?:của|này|và|và các|hoặc|thì|là|đến|nêu|ban hành|kèm|đã|được|tại|theo|có|quy định|phải|còn"
    r"|Luật|Nghị|Thông tư|Bộ luật|Pháp lệnh|Quyết định"
    r"|Quy|Hiến pháp|Chương|Mục|Điều|Phần|Phụ lục|khoản|trên)(?!\w)"
)

LABEL_RE = re.compile(
    rf"""
    (?P<mark>[ \t]*(?:\#{{1,6}}[ \t]+|>[ \t]+)?(?:\*{{1,3}}(?=[^\s*])|_{{1,2}}(?=[^\s_]))?[ \t]*(?:\[)?)
    (?:
      (?P<part>(?:PHẦN|Phần)(?:[ ](?:THỨ|thứ|Thứ))?[ ](?P<partno>[IVX]{{1,6}}|\d{{1,2}}|[A-HĐ](?![^\W\d_])
          |(?i:nhất|hai|nhì|ba|tư|bốn|năm|sáu|bảy|bẩy|tám|chín|mười))(?!\w){_AFTER.format("partend")})
    | (?P<chapter>(?:CHƯƠNG|Chương|Chapter|CHAPTER)[ ]+(?:thứ[ ])?
          (?P<chapterno>{_ROMAN}[a-z]?(?!\w)|\d{{1,3}}[a-z]?(?!\w)){_AFTER.format("chapterend")})
    | (?P<section>(?:MỤC|Mục|Section|SECTION)[ ]+
          (?P<sectionno>\d{{1,3}}[a-zđ]?(?!\w)(?!\.\d)|{_ROMAN}(?!\w)|[A-HĐ](?!\w)){_AFTER.format("sectionend")})
    | (?P<subsection>(?:TIỂU[ ]MỤC|Tiểu[ ]mục|TIỂU[ ]MUC|Sub-?section)[ ]+
          (?P<subsectionno>\d{{1,3}}[a-z]?(?!\w)|{_ROMAN}(?!\w)){_AFTER.format("subsectionend")})
    | (?P<article>(?:Điều|ĐIỀU|Article|ARTICLE|Ðiều|Điểu|Điêu)[ ]*(?:thứ[ ])?
          (?P<articleno>[1-9lIO][\dlIO]{{0,3}}[a-zđ]{{0,2}}(?!\w)|(?:duy[ ])?nhất(?!\w))
          (?P<articleend>\.\d{{1,3}}(?=[ ]*\()|[ \t]*(?:[.:/)–—-]+(?!\d)|(?=[ \t\n*_]|$))))
    | (?P<romandec>[IVX]{{1,6}}(?:\.\d{{1,2}}){{1,3}}\.?(?=[ \t*_]))
    | (?P<roman>[IVXLC]{{1,7}}[ ]?[./)–-](?=[ \t*_]|[^\W\d_]{{2}}|$))
    | (?P<upper>[A-ZĐ](?:[./)](?=[ \t*_]|$)|[ ]?[–-](?=[ ][{UPPER}]{{2}})))
    | (?P<decimal>\d{{1,3}}(?:\.\d{{1,2}}){{1,5}}(?:[.)/:](?=[ \t*_]|[^\W\d_]|$)|(?=[ \t*_])))
    | (?P<arabic>(?:\d{{1,3}}[a-zđ]{{0,2}}|l(?=\.))[ ]?
          (?:[.)](?=[ \t*_“"]|[^\W\d_]|$)|[/:](?=[ \t*_])|-[ ]?(?=[ \t][A-ZĐ]|[^\W\d_])))
    | (?P<letterdec>[a-zđ](?:\.\d{{1,2}}){{1,3}}[.)/]?(?=[ \t*_]))
    | (?P<lowroman>[ivx]{{2,6}}[.)/](?=[ \t*_]|$))
    | (?P<letter>[a-zđ]{{1,2}}\d{{0,2}}(?:[ ]?[)](?=[ \t*_“"]|[^\W\d_]|$)|[./](?=[ \t*_]|$)))
    | (?P<round>\((?:\d{{1,2}}|[ivx]{{1,6}}|[a-zđ])\)(?=[ \t*_]|[^\W\d_]))
    | (?P<plus>(?:-[ ])?\++(?=[ \t*_]|[^\W\d_]))
    | (?P<dash>[-–—−](?=[ \t*_]|[^\W\d_]))
    | (?P<star>\*{{1,3}}(?=[ \t]))
    | (?P<dot>[•●○▪■◦·❖➢►✓\uf0b7\uf02d](?=\s|\w)|o(?=\t))
    )
    """,
    re.VERBOSE,
)
_FIRST_LETTERS = frozenset(
    "#>*_ \t[PCMSTĐÐADabcdđefghijklmnopqrstuvwxyzIVXLBEFGHKNOQRUWYZ0123456789(-–—−+•●○▪■◦·❖➢►✓\uf0b7\uf02d"
)
_OCR_FIGURES = str.maketrans({"l": "1", "I": "1", "O": "0"})
_NAMED = ("part", "chapter", "section", "subsection", "article")


def read_label(text: str) -> Label | None:
    """The label a paragraph begins with; None when it begins with none.

    >>> read_label("Điều 6a. Phạm vi").number, read_label("**II. KẾT QUẢ**").text, read_label("đ) Nội dung").value
    ('6a', 'II.', 5)
    >>> [read_label(t) for t in ("2024 là năm", "15/3/2025 họp", "5.000 đồng", "Điều 5 của Luật này")]
    [None, None, None, None]
    """
    if not text or text[0] not in _FIRST_LETTERS or text.count("\t") > 1:  # a row of a table
        return None
    found = LABEL_RE.match(text)
    if found is None:
        return None
    style = found.lastgroup or ""
    if style.endswith(("no", "end")):
        style = style.removesuffix("end").removesuffix("no")
    start, end = found.start(style), found.end(style)
    printed = text[start:end].rstrip(" \t*_") or text[start:end]
    if style in _NAMED:
        number = found[f"{style}no"]
        if not found[f"{style}end"].strip() and _MENTION_RE.match(text, end):
            return None
    else:
        number = printed.strip("().:/[]–- \t")
    while end < len(text) and text[end] in " \t*_]":
        end += 1
    return _READERS.get(style, _read_bullet)(style, printed, number, start, end)


def _read_named(style: str, printed: str, number: str, start: int, end: int) -> Label | None:
    if style == "article":
        head, suffix = _split_suffix(number)
        number = head + suffix
        if number.endswith("nhất"):
            return Label(style, printed, "1", 1, "", start, end)
        return Label(style, printed, number, int(head), suffix, start, end)
    if number[0].isdigit():
        head, suffix = _split_suffix(number)
        return Label(style, printed, number, int(head), suffix, start, end)
    if number.lower() in _ORDINALS:
        value = _ORDINALS[number.lower()]
        return Label(style, printed, str(value), value, "", start, end)
    if number.upper() == number and (value := roman_value(number)):
        return Label(style, printed, number, value, "", start, end)
    if number[-1].islower() and (value := roman_value(number[:-1])):
        return Label(style, printed, number, value, number[-1], start, end)
    value = ALPHABET.find(number.lower()) + 1 if len(number) == 1 else 0
    return Label(style, printed, number, value, "", start, end) if value else None


def _split_suffix(number: str) -> tuple[str, str]:
    """Figures and the letter after them; look-alikes of figures read as figures."""
    body = number.rstrip("abcdđeghik")
    figures = body.translate(_OCR_FIGURES)
    return (figures, number[len(body) :]) if figures.isdigit() else ("0", "")


def _read_roman(style: str, printed: str, number: str, start: int, end: int) -> Label | None:
    value = roman_value(number)
    return Label(style, printed, number, value, "", start, end) if value else None


def _read_arabic(style: str, printed: str, number: str, start: int, end: int) -> Label | None:
    if number == "l":
        return Label(style, printed, "1", 1, "", start, end)
    figures = number.rstrip(ALPHABET)
    return Label(style, printed, number, int(figures), number[len(figures) :], start, end)


def _read_parts(style: str, printed: str, number: str, start: int, end: int) -> Label | None:
    """Compound numbers: 1.1, I.2, a.1; the value is the last part."""
    return Label(style, printed, number, int(number.rsplit(".", 1)[1]), "", start, end)


def _read_letter(style: str, printed: str, number: str, start: int, end: int) -> Label | None:
    letters = number.rstrip("0123456789")
    suffix = number[len(letters) :]
    low = letters.lower()
    if len(low) == 2 and low[0] != low[1]:
        return None
    value = ALPHABET.index(low[0]) + 1 + (len(ALPHABET) if len(low) == 2 else 0)
    return Label(style, printed, number, value, suffix, start, end)


def _read_round(style: str, printed: str, number: str, start: int, end: int) -> Label | None:
    if number.isdigit():
        return Label("round", printed, number, int(number), "", start, end)
    if number in ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"):
        return Label("lowroman", printed, number, roman_value(number.upper()), "", start, end)
    if len(number) == 1:
        return Label("letter", printed, number, ALPHABET.index(number) + 1, "", start, end)
    value = roman_value(number.upper())
    return Label("lowroman", printed, number, value, "", start, end) if value else None


def _read_lowroman(style: str, printed: str, number: str, start: int, end: int) -> Label | None:
    value = roman_value(number.upper())
    return Label(style, printed, number, value, "", start, end) if value else None


def _read_bullet(style: str, printed: str, number: str, start: int, end: int) -> Label | None:
    return Label(style, printed, "", 0, "", start, end)


_READERS: dict[str, Callable[[str, str, str, int, int], Label | None]] = {
    **dict.fromkeys(_NAMED, _read_named),
    "roman": _read_roman,
    "upper": _read_letter,
    "arabic": _read_arabic,
    "decimal": _read_parts,
    "romandec": _read_parts,
    "letterdec": _read_parts,
    "letter": _read_letter,
    "round": _read_round,
    "lowroman": _read_lowroman,
}
