"""Vietnamese numbers in running text: what is a quantity, and what it is worth.

Decimal comma and thousands point are the rule; both slips occur (``78.04%``, ``15,357 phiếu``). What only looks
like a quantity is told by `ingest.figures.masks`; numbers in words are read by `ingest.figures.number_words`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ingest.figures.masks import DIGITS_RE, masked
from ingest.figures.number_words import find_in_words

_LETTER = r"[A-Za-zÀ-ỹĐđ]"
# A number from its second digit on: a pattern that begins with a digit is not tried at letters.
_REST = r"\d{0,2}(?:\.\d{3})+(?:,\d+)?|\d{0,2}(?:,\d{3})+(?!\d)|\d*[.,]\d+|\d*"
QUANTITY_RE = re.compile(
    rf"(?P<value>\d(?<![\w.,/%]\d)(?:{_REST}))(?:\s?/\s?(?P<of>\d(?:{_REST})))?"
    rf"(?![\d/]|[.,]\d)(?P<percent>\s?%|\s[Pp]hần trăm(?!\w))?(?!{_LETTER})"
)
#: A word that names what is counted: any but a measure.
_THING_RE = re.compile(
    r"\s*(?!(?:nghìn|ngàn|triệu|tỷ|tỉ|ha|km|tấn|kg|lít|m[²³23]?)(?![^\W\d_]))[^\W\d_]", re.IGNORECASE
)
#: The lower end of a range has the sign of the upper: ``10 - 11%``.
_TO_PERCENT_RE = re.compile(r"\s?[-–]\s?\d+(?:[.,]\d+)?(?:\s?%|\sphần trăm(?!\w))")
_PERCENT_RE = re.compile(r"\s[Pp]hần trăm$")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of a text: its place, its value as a decimal string, the denominator of a ratio, ``%`` printed."""

    start: int
    end: int
    value: str
    of: str | None
    percent: bool
    printed: str


@lru_cache(maxsize=4096)
def find_quantities(text: str, taken: tuple[tuple[int, int], ...] = ()) -> tuple[Quantity, ...]:
    """The quantities of a paragraph (NFC), left to right; ranges in `taken` (citations, say) hold none.

    >>> text = "Năm 2024 giải quyết 3.178/12.748 hồ sơ, đạt 24,9 phần trăm (khoản 2 Điều 5 Quyết định 12/QĐ-UBND)"
    >>> [(found.value, found.of, found.percent, found.printed) for found in find_quantities(text)]
    [('3178', '12748', False, '3.178/12.748'), ('24.9', None, True, '24,9%')]
    """
    in_words = tuple(
        Quantity(one.start, one.end, one.value, None, one.percent, text[one.start : one.end])
        for one in find_in_words(text)
        if not any(low < one.end and high > one.start for low, high in taken)
    )
    if not DIGITS_RE.search(text):
        return in_words
    hidden, at = sorted((*taken, *masked(text))), 0
    found = []
    for match in QUANTITY_RE.finditer(text):
        while at < len(hidden) and hidden[at][1] <= match.start():
            at += 1
        cut = at < len(hidden) and hidden[at][0] < match.end("value")
        if cut and not (match["percent"] and hidden[at][1] <= match.end("value")):  # "trọng điểm 97%" has no label
            continue
        # Only things that are counted come in whole numbers: "1,520 tỷ" is a decimal, "15,357 phiếu" a slip,
        # and behind "16,500" in a column of lengths stands no thing.
        percent = bool(match["percent"]) or bool(_TO_PERCENT_RE.match(text, match.end()))
        counted = not percent and bool(_THING_RE.match(text, match.end()))
        found.append(
            Quantity(
                match.start(),
                match.end(),
                parse_decimal(match["value"], counted),
                parse_decimal(match["of"], True) if match["of"] else None,
                percent,
                _PERCENT_RE.sub("%", match.group()),
            )
        )
    return tuple(sorted((*found, *in_words), key=lambda one: one.start)) if in_words else tuple(found)


@lru_cache(maxsize=4096)
def parse_decimal(printed: str, counted: bool = False) -> str:
    """The value of a printed number as a decimal string; `counted` things come in whole numbers.

    >>> parse_decimal("1.763"), parse_decimal("87,92"), parse_decimal("78.04"), parse_decimal("1.234,50")
    ('1763', '87.92', '78.04', '1234.5')
    >>> parse_decimal("15,357", counted=True), parse_decimal("15,357"), parse_decimal("06")
    ('15357', '15.357', '6')
    """
    text = printed.strip()
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", text):
        text = text.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"\d{1,3}(?:,\d{3}){2,}", text) or (counted and re.fullmatch(r"[1-9]\d{0,2},\d{3}", text)):
        text = text.replace(",", "")
    else:
        text = text.replace(",", ".")
    whole, _, rest = text.partition(".")
    whole, rest = whole.lstrip("0") or "0", rest.rstrip("0")
    return f"{whole}.{rest}" if rest else whole
