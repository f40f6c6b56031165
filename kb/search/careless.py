"""What was typed carelessly, put right before it is read: signs that cannot be meant, fields without a value.

Each takes a text and gives the text that is read; what is left out and may be missed is told.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from kb.bilingual import both
from kb.search.whoosh_door.language import OPERATORS, emptied
from kb.text.normalize import nfc

#: Longer queries are cut: whole pages pasted into the box.
MOST_LETTERS = 1000
#: So much of what is pasted is looked at, blanks between words among it.
_MOST_PASTED = 100_000
#: Letters of forms that East Asian keyboards give: "３０/2020".
_WIDE = {at: at - 0xFEE0 for at in range(0xFF01, 0xFF5F)}
# Weights of words ("văn thư^5") and wider room than a phrase can have: other languages of queries have them.
_WEIGHT_RE = re.compile(r"(?<=[\w\"”)])\^+[\d.]*(?!\w)")
_ROOM_RE = re.compile(r"(?<=[\"”])~\d{3,}")
# A dash inside a number, as word processors make it of a hyphen.
_DASH_RE = re.compile(r"(?<=\w)[\u2010-\u2015](?=\w)")
_MOST_ROOM = 99
# What joins nothing: "văn thư OR", "AND văn thư". NOT before words leaves them out.
_DANGLING_RE = re.compile(r"(?:\s+(?:AND|OR|NOT|ANDNOT|ANDMAYBE))+$|^(?:(?:AND|OR|ANDNOT|ANDMAYBE)\s+)+")


def put_right(typed: str, say: Callable[[str], None]) -> str:
    r"""A text as it is to be read.

    >>> put_right("３０/2020/NĐ–CP\u200b và văn thư^5", print)
    '30/2020/NĐ-CP và văn thư'
    >>> put_right("đất đai loại:", print)
    sau “loại:” chưa có gì, nên bỏ qua
    'đất đai'
    >>> put_right("AND đất đai OR", print), put_right("NOT đất đai", print)
    ('đất đai', 'NOT đất đai')
    >>> put_right("OR AND", print)
    OR, AND chỉ nối các vế, chưa có từ nào để tìm
    ''
    """
    # More than is read is not looked at: letters of several signs become one.
    seen = _joined(" ".join(typed[:_MOST_PASTED].split())[: 4 * MOST_LETTERS])
    seen = "".join(" " if unicodedata.category(each) in ("Cc", "Cf") else each for each in seen)
    text = _DASH_RE.sub("-", " ".join(nfc(seen.translate(_WIDE)).split()))
    if len(text) > MOST_LETTERS:
        text = text[:MOST_LETTERS].rsplit(" ", 1)[0]
        say(both("chỉ đọc {n} chữ đầu", "only the first {n} letters are read", n=MOST_LETTERS))
    text = _ROOM_RE.sub(f"~{_MOST_ROOM}", _WEIGHT_RE.sub("", text))
    # An odd quotation mark is a slip, not an operator.
    if sum(text.count(mark) for mark in '"“”„') % 2:
        text = re.sub(r'["“”„]', " ", text)
    while (cut := emptied(text)) is not None:
        say(
            both(
                "sau “{name}” chưa có gì, nên bỏ qua",
                "nothing stands behind “{name}”, so it is left out",
                name=text[cut:].strip(),
            )
        )
        text = text[:cut].rstrip()
    words = re.findall(r"\w+", text)
    if words and OPERATORS.issuperset(words):
        say(
            both(
                "{words} chỉ nối các vế, chưa có từ nào để tìm",
                "{words} only join parts; no word to look for yet",
                words=", ".join(dict.fromkeys(words)),
            )
        )
        return ""
    text = _DANGLING_RE.sub("", text)
    return text if words or "*" in text else ""


def _joined(typed: str) -> str:
    """A text without the invisible joints that word processors put into words."""
    return re.sub("[\u00ad\u200b-\u200d\u2060\ufeff]", "", typed)
