"""A sound report told in other words, numbers and layout: it is as sound as before, and raises no alarm."""

from __future__ import annotations

import re
from collections.abc import Callable

Way = Callable[[str], str]
_ITEM = r"[-+] "
_LONG = 40


def _sub(pattern: str, other: str) -> Way:
    return lambda text: re.sub(pattern, other, text)


def _of_paragraphs(way: Way) -> Way:
    """A way for paragraphs alone: no tables, headings or lines of the head and the foot."""

    def reword(text: str) -> str:
        return "\n".join(
            way(line) if len(line) > _LONG and not {"\t", "|"} & set(line) else line for line in text.split("\n")
        )

    return reword


def _outside_brackets(mark: str, join: Callable[[re.Match[str]], str]) -> Way:
    def reword(line: str) -> str:
        return re.sub(
            mark,
            lambda found: (
                join(found) if line.count("(", 0, found.start()) == line.count(")", 0, found.start()) else found[0]
            ),
            line,
        )

    return _of_paragraphs(reword)


def _in_line(text: str) -> str:
    """Short items behind a colon become one sentence."""
    return re.sub(
        rf"(?m)^((?!Nơi nhận|Kính gửi)[^\n]*:)\n+((?:{_ITEM}[^\n.]{{1,150}}[;.]\n*){{2,}})",
        lambda found: (
            f"{found[1]} {' '.join(line.removeprefix('- ') for line in found[2].split(chr(10)) if line)}\n\n"
        ),
        text,
    )


#: How a clerk of another office might tell the same.
WAYS: dict[str, Way] = {
    "per cent in words": _sub(r"(\d)%(?=[ ,;.)])", r"\1 phần trăm"),
    "thousands without points": _sub(r"(?<![\d.,/])(\d{1,3})\.(\d{3})(?![\d.,/])", r"\1\2"),
    "no leading noughts": _sub(r"(?<=\s)0([1-9]) (?!tháng|năm)(?=[a-zđ])", r"\1 "),
    "the other i": _sub(r"\b([Tt])ỷ (?=lệ|trọng|đồng)", r"\1ỉ "),
    "rose in other words": _sub(r"\btăng (?=\d[\d.,]*\s?%[^;.\n]{0,12}so với)", "cao hơn "),
    "fell in other words": _sub(r"\bgiảm (?=\d[\d.,]*\s?%[^;.\n]{0,12}so với)", "thấp hơn "),
    "shares in other words": _sub(r"\bchiếm (?=\d[\d.,]*\s?%)", "tương đương "),
    "rates in other words": _sub(r"\bđạt (?=\d[\d.,]*\s?%)", "đạt tỷ lệ "),
    "wholes in other words": _sub(r", gồm:? (?=\d)", ", trong đó có "),
    "bounds in other words": _sub(r"\bhơn (?=\d)", "trên "),
    "sentences split": _outside_brackets(r"; ([a-zđà-ỹ])", lambda found: f". {found[1].upper()}"),
    "clauses set off by commas": _outside_brackets(r"; (?=[a-zđà-ỹ])", lambda _: ", "),
    "lists in a line": _in_line,
    "tables with strokes": lambda text: text.replace("\t", " | "),
}
