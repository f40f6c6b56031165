"""Classes of Vietnamese letters for patterns: capitals and small letters, with and without marks."""

from __future__ import annotations

import unicodedata

_BASES = "AĂÂEÊIOÔƠUƯY"
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")


def _marked_capitals() -> str:
    return "".join(unicodedata.normalize("NFC", base + tone) for base in _BASES for tone in _TONES) + "Đ"


#: What stands between the brackets of a class: ``[{UPPER}]``.
UPPER = "A-Z" + "".join(letter for letter in _marked_capitals() if not letter.isascii())
LOWER = "a-z" + "".join(letter.lower() for letter in _marked_capitals() if not letter.isascii())
