"""Counts as they are written in words."""

from __future__ import annotations

_WORDS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai")
#: One to twelve by their words.
COUNTS = {word: count for count, word in enumerate(_WORDS, 1)}

_DIGITS = {
    **dict(zip(_WORDS[:9], range(1, 10), strict=True)),
    **{"không": 0, "mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5, "bẩy": 7},
}
_SCALES = {"nghìn": 10**3, "ngàn": 10**3, "vạn": 10**4, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_TENS = {"mươi": 10, "trăm": 100}
_SILENT = frozenset(("linh", "lẻ", "và"))


def number_in_words(words: str) -> int | None:
    """The number that words write out; None where they are none.

    >>> (
    ...     number_in_words("hai trăm bốn mươi tư tỷ, năm triệu"),
    ...     number_in_words("ba mươi lăm"),
    ...     number_in_words("một nghìn hai trăm tỷ"),
    ... )
    (244005000000, 35, 1200000000000)
    >>> number_in_words("một nghìn không trăm linh hai"), number_in_words("hai xã")
    (1002, None)
    """
    whole = group = 0
    digit: int | None = None
    told = words.lower().replace(",", " ").split()
    for word in told:
        if word in _DIGITS and digit is None:
            digit = _DIGITS[word]
        elif word == "mười" and digit is None:
            group += 10
        elif word in _TENS and digit is not None:
            group, digit = group + digit * _TENS[word], None
        elif word in _SCALES and (whole or group or digit):
            below, scale = group + (digit or 0), _SCALES[word]
            # "một nghìn hai trăm tỷ": thousands of what is larger.
            whole = (whole + below) * scale if whole < scale else whole + below * scale
            group, digit = 0, None
        elif word not in _SILENT:
            return None
    return whole + group + (digit or 0) if told else None
