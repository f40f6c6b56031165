"""The same text as others would have typed it, character for character, so that gold keeps its offsets."""

from __future__ import annotations

import re
from collections.abc import Callable

_SYMBOL_RE = re.compile(r"(?<=\d[/-])[\dA-ZĐa-z&/-]*[A-ZĐ][A-Za-zĐđ&/-]*")
_CYRILLIC = str.maketrans("ACEHKMOPTXB", "АСЕНКМОРТХВ")


def _in_symbols(table: dict[int, int]) -> Callable[[str], str]:
    return lambda text: _SYMBOL_RE.sub(lambda found: found.group().translate(table), text)


def wrap(text: str, width: int = 60) -> str:
    """Lines broken where a space follows some sixty letters, as a narrow column would."""
    out, column = [], 0
    for letter in text:
        column = 0 if letter == "\n" else column + 1
        if letter == " " and column >= width:
            letter, column = "\n", 0
        out.append(letter)
    return "".join(out)


def unwrap(text: str) -> str:
    """Line breaks before a small letter turned into spaces: paragraphs as a word processor has them."""
    return re.sub(r"(?<=[^\s.;:])\n(?=[a-zà-ỹđ])", " ", text)


#: name, what was done; every function keeps the length.
VARIANTS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("as it is", lambda text: text),
    ("lines broken anew", wrap),
    ("lines joined", unwrap),
    ("spaces that do not break", lambda text: re.sub(r"(?<=\w) (?=\w)", "\u00a0", text)),
    ("thin spaces", lambda text: re.sub(r"(?<=\w) (?=\w)", "\u2009", text)),
    ("en dashes", lambda text: text.replace("-", "–")),
    ("hyphens that do not break", lambda text: text.replace("-", "\u2011")),
    ("Ð for Đ", lambda text: text.replace("Đ", "Ð")),
    ("Cyrillic letters in symbols", _in_symbols(_CYRILLIC)),
)
