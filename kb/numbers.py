"""Số, ký hiệu: the number of a document, parsed and printed again.

One type for all forms (Nghị định 30/2020/NĐ-CP, Hướng dẫn 36-HD/VPTW and the papers before them): state
``34/2016/NĐ-CP``, law ``31/2024/QH15``, letter ``4211/UBND-NC&KSTT``, party ``18-NQ/TW``, old ``19-CP``,
short ``130/2020``. Damage of OCR and typing is repaired where the vocabulary leaves one reading, and only
said where it leaves none. A number is never an identity: it comes back every year, term and province.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kb.bilingual import both
from kb.symbols import LETTER, LOST_TERM, NO_BODY, NO_TERM, PLAIN_SIGNS, NumberForm, SymbolParts, read_symbol
from kb.text.normalize import nfc
from kb.vocabulary.issuers import Issuer, issuer_of_code
from kb.vocabulary.types import type_of_code

TOO_LONG = both("số có quá nhiều chữ số, có thể mất dấu gạch", "too many figures: a stroke may be lost")
NO_YEAR = both("năm trong số, ký hiệu không thể có", "the year in the number cannot be")
#: Why a number cannot be right.
DOUBTS = (TOO_LONG, NO_YEAR, NO_TERM, LOST_TERM, NO_BODY)


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A parsed number.

    Attributes:
        number: the figures, leading zeros as printed; a circular may have none but these.
        letter, series: ``c`` of ``30c/NQ-CP``, ``.22`` of ``66.22/2026/NQ-CP``.
        year, printed_year: 1998 and ``98`` of ``12/98/NĐ-CP``.
        joint: what stands after the figures: ``/``, ``-`` or nothing (``704 NQ/HĐNN7``).
        symbol: all after number and year, in the case of the vocabulary (``NĐ-CP``).
        type_code, issuers, unit: its parts: ``NĐ``, ``("CP",)``, drafting unit ``NC&KSTT``.
        raw: as it stood in the text.
        suspect: why it cannot be right, empty when it may be.
        repaired: damage was undone.
    """

    number: str
    letter: str
    series: str
    year: int | None
    printed_year: str
    joint: str
    symbol: str
    form: NumberForm
    type_code: str | None
    issuers: tuple[str, ...]
    unit: str
    raw: str
    suspect: str = ""
    repaired: bool = False

    @property
    def party(self) -> bool:
        """Whether a body of the party issued it, whatever the shape (``20/CTr-TU``)."""
        issuer = issuer_of_code(self.issuers[0]) if self.issuers else None
        return issuer.level == "party" if issuer else self.form is NumberForm.PARTY

    def __str__(self) -> str:
        return format_number(self)


_CAPITAL = "A-ZĐÐƯĂÂÔÊАВЕКМНОРСТХУ"
_DASH = "-‐‑‒–—"
# No letter follows, or a word that lost its space does ("NĐ-CPngày").
_END = rf"(?:(?!{LETTER})|(?=ngày|năm|của|về việc|ban hành|quy định))"
_TOKEN = (
    rf"[{_CAPITAL}](?:[{_CAPITAL}0-9]|[ \n]?&[ \n]?(?=[{_CAPITAL}])|[a-zđ]{{1,2}}(?=[{_CAPITAL}&]))*"
    rf"(?:[a-zđ]{{1,2}}[0-9]{{0,2}}(?!{LETTER}))?(?:\.(?=[IVX])[IVX]{{1,4}})?{_END}"
)
_GAP = rf"(?:[ ]?[{_DASH}/][ \n]{{0,2}})"
_SPACED_PAIR = (
    r"(?:NĐ|NQ|QĐ|TT|CT|KH|BC|TB|TTr|CTr|HD)[ ](?=(?:CP|TTg|UBND|HĐND|CTUBND|TU|TW"
    r"|B[A-ZĐ]{2,7}|S[A-ZĐ]{2,6})(?![A-Za-zĐđ]))"
)
_SYMBOL = (
    rf"(?:{_SPACED_PAIR})?{_TOKEN}"
    rf"(?:(?:[ ][{_DASH}][ ](?=[A-ZĐ]{{2}}){_TOKEN}))?"
    rf"(?:{_GAP}{_TOKEN}|,[ ]?(?=[A-ZĐ&]{{2,10}}-){_TOKEN}"
    rf"|,(?=[A-ZĐ]{{2}}){_TOKEN}){{0,7}}(?:\([A-ZĐ]{{1,4}}\d{{0,3}}\))?"
)
_OLD_CODE = r"(?:CP|TTg|TTG|HĐBT|HĐCP|SL|SLt|QT|NV|CT|TC|LĐ)"

#: The figures, then year and symbol; every piece is bounded, so a scan is linear. What may not stand before is
#: asked behind the first figure: a pattern that begins with a set of letters is searched for twice as fast.
#: Examples: ``34/2016/NĐ-CP``, ``255/2025/NĐ- CP``, ``19- NQ/TW``, ``28/2014TT/BNNPTNT``, ``43/2017 NĐ-CP``,
#: ``704 NQ/HĐNN7``, ``130/2020``.
NUMBER_RE = re.compile(
    rf"""
    (?P<num>[0-9](?<![0-9A-Z/][0-9])(?<![0-9][.,:][0-9])[0-9]{{0,8}})
    (?P<letter>[a-eghk-np-tv-yđ](?=[ ]?[{_DASH}/]))?
    (?P<series>\.[0-9]{{1,3}}(?=[ ]?[/{_DASH}]))?
    (?:
      [ \n]?/[ \n]{{0,2}}
      (?:
        (?:(?P<year>[0-9]{{2,6}})(?P<yearsep>[ \n]?/[ \n]{{0,2}}|[ ]?[{_DASH}][ ]?|[ ]|))?
        (?P<sym>{_SYMBOL})
      | (?P<shortyear>(?:19|20)[0-9]{{2}})(?![0-9A-Za-z/]|[.,{_DASH}][0-9])
      )
    | [ ]?[{_DASH}][ ]?(?P<party>
        (?:{_TOKEN}(?<=[{_CAPITAL}a-zđ]))[ ]?/[ \n]{{0,2}}{_TOKEN}(?:{_GAP}{_TOKEN}){{0,4}}
      | {_OLD_CODE}(?![A-Za-zĐđ])(?:/{_TOKEN})?)
    | [ ]?(?P<spaced>(?:(?:NQ|LCT|L|PL|QĐ|NĐ|CT|TT|SL)/
        (?:HĐNN|HĐBT|CTN|QH|TVQH|UBTVQH)[0-9]{{0,2}}
        |[A-ZĐ]{{2,6}}/[A-ZĐ]{{2,6}}(?:[ ]?-[A-ZĐ]{{1,6}}){{0,2}})(?![A-Za-zĐđ0-9/]))
    )
    """,
    re.VERBOSE,
)

_FIRST_YEAR, _LAST_YEAR, _MOST_FIGURES = 1945, 2079, 5


_YEAR_RE = re.compile(r"(?:19|20)\d\d")


def is_ratio(found: re.Match[str]) -> bool:
    """Whether what `NUMBER_RE` found is a ratio of things that letters name, and no number that lost its slash.

    >>> [is_ratio(found) for found in NUMBER_RE.finditer("có 358/412 DN; 35/2019 NĐ-CP; 12/QĐ-UBND")]
    [True, False, False]
    """
    return found["yearsep"] == " " and not _YEAR_RE.fullmatch(found["year"]) and found["sym"].isalpha()


@lru_cache(maxsize=4096)
def parse_number(text: str) -> DocumentNumber | None:
    """The number a text is, white space around it aside; None when it is none.

    >>> str(parse_number("255/2025/NĐ- CP")), str(parse_number("19- NQ/TW")), parse_number("14/14")
    ('255/2025/NĐ-CP', '19-NQ/TW', None)
    """
    found = NUMBER_RE.fullmatch(nfc(text).strip())
    return number_of_match(found) if found else None


def number_of_match(found: re.Match[str]) -> DocumentNumber | None:
    """The number behind a match of `NUMBER_RE`."""
    number, letter, series, year, sep, symbol, short, party, spaced = found.group(
        "num", "letter", "series", "year", "yearsep", "sym", "shortyear", "party", "spaced"
    )
    printed_year, joint = year or short or "", "/"
    repaired = False
    if party:
        symbol, joint = party, "-"
    elif spaced:
        symbol, joint = spaced, ""
    elif symbol and year:
        repaired = "/" not in sep
    parts = read_symbol(symbol or "", joint, bool(printed_year), repaired)
    raw = found.group()
    if mark := _note_mark(parts):
        raw = raw[: -len(mark)]
        parts = read_symbol((symbol or "")[: -len(mark)], joint, bool(printed_year), repaired)
    return DocumentNumber(
        number,
        letter or "",
        series or "",
        _year(printed_year),
        printed_year,
        joint,
        parts.symbol,
        parts.form,
        parts.type_code,
        parts.issuers,
        parts.unit,
        raw,
        parts.suspect or _implausible(number, printed_year),
        repaired or parts.repaired,
    )


def format_number(number: DocumentNumber) -> str:
    """The number as documents print it; the inverse of `parse_number`.

    >>> format_number(parse_number("28/2014TT/BNNPTNT"))
    '28/2014/TT-BNNPTNT'
    """
    head = f"{number.number}{number.letter}{number.series}{number.joint}"
    if not number.printed_year:
        return head + number.symbol
    return f"{head}{number.printed_year}/{number.symbol}" if number.symbol else head + number.printed_year


def normalize_number(text: str) -> str:
    """A number in its normal form; a text that is no number only loses spaces and odd hyphens.

    >>> normalize_number("9099/UBND- KSTT"), normalize_number("1490/QĐ UBND"), normalize_number("120/2013/ND-CP")
    ('9099/UBND-KSTT', '1490/QĐ-UBND', '120/2013/NĐ-CP')
    """
    parsed = parse_number(text)
    return format_number(parsed) if parsed else re.sub(r"\s+", "", nfc(text)).translate(PLAIN_SIGNS)


def same_number(first: str, second: str) -> bool:
    """Whether two printed numbers are one: case folded, figures as integers.

    >>> same_number("08/QĐ-UBND", "8/qđ-UBND"), same_number("8/QĐ-UBND", "8/QĐ-HĐND")
    (True, False)
    """
    return number_key(first) == number_key(second)


@lru_cache(maxsize=4096)
def number_key(text: str) -> str:
    """What equal numbers share; for look-up.

    >>> number_key("01/2023/TT-VPCP"), number_key("30C/NQ-CP")
    ('1/2023/tt-vpcp', '30c/nq-cp')
    """
    return re.sub(r"^0+(?=\d)", "", normalize_number(text).casefold())


def type_of(number: DocumentNumber) -> str | None:
    """The type a number tells; None where it tells none (``31/2024/QH15`` is a law or a resolution).

    >>> type_of(parse_number("34/2016/NĐ-CP")), type_of(parse_number("4211/UBND-NC&KSTT"))
    ('Nghị định', 'Công văn')
    """
    if number.type_code:
        return type_of_code(number.type_code)
    return "Công văn" if number.form is NumberForm.LETTER else None


def issuer_of(number: DocumentNumber) -> Issuer | None:
    """The first body a number names, as the vocabulary knows it; None where it names none or is unknown.

    >>> issuer_of(parse_number("71/2014/TTLT-BTC-BNV")).name
    'Bộ Tài chính'
    """
    return issuer_of_code(number.issuers[0]) if number.issuers else None


def level_of(number: DocumentNumber) -> str | None:
    """Level of the body: central, province or party; None when it is unknown."""
    issuer = issuer_of(number)
    return issuer.level if issuer else None


_MARKED_RE = re.compile(r"[A-ZĐ][A-Za-zĐđ]*?(\d{1,2})$")
#: Bodies whose codes end with the number of their term, and units with a number of their own.
_NUMBERED = ("QH", "UBTVQH", "HĐNN", "HDNN", "PA", "PC", "C")


def _note_mark(parts: SymbolParts) -> str:
    """Figures at the end of a body's code that are a note's mark, set plain: ``140/NQ-CP2``."""
    if parts.unit or not parts.issuers or not parts.issuers[-1][-1:].isdigit():
        return ""
    found = _MARKED_RE.fullmatch(parts.issuers[-1])
    if found is None:
        return ""
    bare = parts.issuers[-1][: -len(found[1])]
    return found[1] if bare not in _NUMBERED and issuer_of_code(bare) else ""


def _year(printed: str) -> int | None:
    if len(printed) == 4:
        return int(printed)
    return 1900 + int(printed) if len(printed) == 2 and printed >= "45" else None


def _implausible(number: str, printed_year: str) -> str:
    if len(number) > _MOST_FIGURES:
        return TOO_LONG
    if printed_year and not _FIRST_YEAR <= (_year(printed_year) or 0) <= _LAST_YEAR:
        return NO_YEAR
    return ""
