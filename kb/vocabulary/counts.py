"""Counts as they are written in words."""

from __future__ import annotations

_WORDS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai")
#: One to twelve by their words.
COUNTS = {word: count for count, word in enumerate(_WORDS, 1)}
