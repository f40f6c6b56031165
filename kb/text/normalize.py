"""Normal forms of Vietnamese text.

Two spellings of one word must compare equal: composed and decomposed letters (NFC / NFD), old and
new tone placement (``hòa`` / ``hoà``), and, for search, with and without marks.
"""

from __future__ import annotations

import re
import unicodedata

_UNPRINTABLE_RE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

#: One code point for another, so that offsets survive. Look-alikes of đ, odd spaces and odd hyphens.
LOOKALIKES = str.maketrans(
    {
        "\u00d0": "Đ",  # Latin capital eth, typed for Đ
        "\u0110": "Đ",
        "\u00a0": " ",
        "\u2007": " ",
        "\u202f": " ",
        "\u2009": " ",
        "\u200a": " ",
        "\u2002": " ",
        "\u2003": " ",
        "\u2004": " ",
        "\u2005": " ",
        "\u2006": " ",
        "\u2008": " ",
        "\u205f": " ",
        "\u3000": " ",
        "\u2010": "-",  # hyphen
        "\u2011": "-",  # non-breaking hyphen
        "\u2212": "-",  # minus sign
    }
)

_LOOKALIKE_RE = re.compile(
    "[" + "".join(chr(code) for code, plain in LOOKALIKES.items() if chr(code) != plain) + "]"
)

# Marks of writing direction, which chat programs and web pages leave round what is copied from them.
_DIRECTIONS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
#: Characters that print nothing and are left out of a view.
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff" + _DIRECTIONS

_TONES = ("\u0300", "\u0301", "\u0303", "\u0309", "\u0323")  # huyền, sắc, ngã, hỏi, nặng


def _tone_pairs() -> dict[str, str]:
    """``oà -> òa``, ``oè -> òe``, ``uỳ -> ùy`` ... in lower, upper and title case."""
    pairs = {}
    for first, second in ("oa", "oe", "uy"):
        for tone in _TONES:
            new = nfc(first + second + tone)
            old = nfc(first + tone + second)
            for change in (str.lower, str.upper, str.capitalize):
                pairs[change(new)] = change(old)
    return pairs


def nfc(text: str) -> str:
    """The text in Unicode normal form C.

    >>> len(nfc("e\u0323\u0302")), nfc("Nghị")
    (1, 'Nghị')
    """
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def printable(text: str) -> str:
    r"""The text without what no file of XML can hold: control characters, halves of letters.

    >>> printable("số\x0b 5\x1b[31m\n")
    'số 5[31m\n'
    """
    return _UNPRINTABLE_RE.sub("", text)


def plain_letters(text: str) -> str:
    """The text with plain spaces, hyphens and Đ for what only looks like them; same length.

    >>> plain_letters("số\u00a05/N\u00d0\u2011CP")
    'số 5/NĐ-CP'
    """
    return _LOOKALIKE_RE.sub(lambda found: LOOKALIKES[ord(found.group())], text)


_TONE_PAIRS = _tone_pairs()
# At the end of a syllable only (hoàn and quý keep theirs), so one letter stands for one letter. A pattern that
# begins with a set of letters is searched for several times as fast; it finds "oý" too, which stays as it is.
_TONE_RE = re.compile(
    r"[oOuU](?<![qQ].)[" + "".join(sorted({pair[1] for pair in _TONE_PAIRS})) + r"](?![^\W\d_])", re.DOTALL
)


def unify_tones(text: str) -> str:
    """The text (NFC) with every tone in its old place; same length.

    >>> unify_tones("Khánh Hoà, thuỷ lợi, hoàn thành, quý I")
    'Khánh Hòa, thủy lợi, hoàn thành, quý I'
    """
    return _TONE_RE.sub(lambda found: _TONE_PAIRS.get(found.group(), found.group()), text)


def _fold_table() -> dict[int, str]:
    table = {ord("đ"): "d", ord("Đ"): "D", 0x00D0: "D"}
    for code in (*range(0x00C0, 0x0250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii() and base.isalpha():
            table[code] = base
    return table


_FOLD = _fold_table()


def fold(text: str) -> str:
    """The text (NFC) without marks and in lower case; same length, so offsets survive.

    >>> fold("Nghị định, Đắk Lắk, ĐƯỜNG")
    'nghi dinh, dak lak, duong'
    """
    return text.translate(_FOLD).lower()
