"""The symbol of a number, all that follows figures and year: ``NĐ-CP``, ``UBND-NC&KSTT``, ``QC/BTCTU-BDVTU``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from kb.bilingual import both
from kb.vocabulary.issuers import issuer_codes, issuer_of_code
from kb.vocabulary.types import type_codes, type_of_code


class NumberForm(StrEnum):
    """How a number is built."""

    STATE = "state"
    PARTY = "party"
    LAW = "law"
    LETTER = "letter"
    OLD = "old"
    SHORT = "short"


_CYRILLIC = dict(zip(map(ord, "АВЕКМНОРСТХУІ"), "ABEKMHOPCTXYI", strict=True))
PLAIN_SIGNS: dict[int, str] = {**_CYRILLIC, 0x00D0: "Đ", **dict.fromkeys(map(ord, "‐‑‒–—−­"), "-")}

#: A letter, but not the superscript figure of a note mark, which Python takes for a word character.
LETTER = r"[^\W\d_¹²³⁰⁴-⁹]"

#: Codes that are no type and no issuer, in their usual case.
_OTHER_CODES = ("KSTT", "NC", "XDVB", "CCHC", "KTTH", "KGVX", "QHQT", "NN", "CN", "PL", "TCCV", "TKBT")
_STUCK_TYPES = ("TTLT", "TTr", "CTr", "NĐ", "NQ", "QĐ", "TT", "CT", "KH", "BC", "TB")
_LAST_TERM = 20


@dataclass(frozen=True, slots=True)
class SymbolParts:
    """A symbol taken apart; `suspect` says why it cannot be right, `repaired` that damage was undone."""

    symbol: str
    form: NumberForm
    type_code: str | None = None
    issuers: tuple[str, ...] = ()
    unit: str = ""
    suspect: str = ""
    repaired: bool = False


#: Why a symbol cannot be right.
NO_TERM = both("khóa Quốc hội không thể có", "there is no such term of the National Assembly")
LOST_TERM = both("thiếu số khóa Quốc hội", "the number of the term of the National Assembly is missing")
NO_BODY = both("ký hiệu cơ quan không có trong từ điển", "no known body has this code")


@lru_cache(maxsize=8192)
def read_symbol(symbol: str, joint: str = "/", dated: bool = False, broken: bool = False) -> SymbolParts:
    """The parts of all that follows number and year; `broken` says the sign before it was lost.

    Symbols recur, so the answers are kept.
    """
    if not symbol:
        return SymbolParts("", NumberForm.SHORT)
    clean = _canonical(symbol, broken)
    repaired = clean != re.sub(r"\s", "", symbol)
    pieces = re.split(r"[-/]", clean)
    parts = _split_law(clean) or (
        _split_dashed(clean, pieces) if joint != "/" else _split_slashed(clean, pieces, dated)
    )
    suspect = _implausible_term(pieces[-1], dated) or _unknown_party(parts)
    return SymbolParts(clean, parts.form, parts.type_code, parts.issuers, parts.unit, suspect, repaired)


def _split_law(symbol: str) -> SymbolParts | None:
    if re.fullmatch(r"(?:UBTV)?QH[0-9K]{0,3}", symbol):
        return SymbolParts(symbol, NumberForm.LAW, None, (symbol,))
    return None


def _split_dashed(symbol: str, pieces: list[str]) -> SymbolParts:
    """``NQ/TW``, ``QC/BTCTU-BDVTU``, ``L/CTN``, ``CP``, ``HĐBT/TĐ``."""
    if "/" not in symbol:
        return SymbolParts(symbol, NumberForm.OLD, "SL" if symbol == "SL" else None, (pieces[0],))
    second = issuer_of_code(pieces[1])
    body = issuer_of_code(pieces[0]) is not None and (second is None or second.level != "party")
    if type_of_code(pieces[0]) is None or body:
        return SymbolParts(symbol, NumberForm.OLD, None, (pieces[0],), "-".join(pieces[1:]))
    issuer = second
    form = NumberForm.PARTY if issuer is None or issuer.level == "party" else NumberForm.OLD
    known = [piece for piece in pieces[1:] if issuer_of_code(piece)]
    issuers = tuple(known) if len(known) == len(pieces) - 1 else (pieces[1],)
    return SymbolParts(symbol, form, pieces[0], issuers, "-".join(pieces[1 + len(issuers) :]))


def _split_slashed(symbol: str, pieces: list[str], dated: bool) -> SymbolParts:
    """``NĐ-CP``, ``TTLT-BTC-BNV``, ``VBHN-TT-BCT``, ``BGDĐT-VBHN``, ``UBND-NC&KSTT``, ``CP``, ``QĐ``."""
    first, rest = pieces[0], pieces[1:]
    if rest and rest[-1] == "VBHN":
        return SymbolParts(symbol, NumberForm.STATE, "VBHN", (first,))
    if _is_type(first, rest):
        if first == "VBHN" and len(rest) > 1 and type_of_code(rest[0]):
            rest = rest[1:]
        joint_act = first in ("TTLT", "NQLT", "TTLN", "TTLB", "CTrPH", "KHPH") or (first == "TT" and len(rest) > 1)
        issuers = tuple(rest) if joint_act else tuple(rest[:1])
        return SymbolParts(symbol, NumberForm.STATE, first, issuers, "-".join(rest[len(issuers) :]))
    if not rest:
        old = first in ("CP", "TTg", "HĐBT", "HĐCP", "TC", "SL", "NV") or dated
        return SymbolParts(
            symbol, NumberForm.OLD if old else NumberForm.LETTER, "SL" if first == "SL" else None, (first,)
        )
    return SymbolParts(symbol, NumberForm.LETTER, None, (first,), "-".join(rest))


def _is_type(first: str, rest: list[str]) -> bool:
    """A type code, unless it is also a body's and what follows is none: ``CT-TTHT`` is a letter of Cục Thuế."""
    if first.lower() not in type_codes():
        return False
    ambiguous = issuer_of_code(first) is not None
    return (
        not ambiguous
        or not rest
        or issuer_of_code(rest[0]) is not None
        or (len(rest[0]) > 2 and rest[0][0] in "BSU")
    )


@lru_cache(maxsize=1)
def _spellings() -> tuple[dict[str, str], dict[str, str]]:
    """Codes folded to lower case, and the same with ``đ`` as ``d``, with their right spelling."""
    codes = [code for row in type_codes().values() for code in row.codes]
    codes += [code for row in issuer_codes().values() for code in row.codes]
    exact = {code.lower(): code for code in (*reversed(codes), *_OTHER_CODES)}
    loose: dict[str, str] = {}
    for low, code in exact.items():
        loose.setdefault(low.replace("đ", "d"), code)
    return exact, loose


#: ``QH`` that OCR read as ``OH``, before the number of a term.
_OH_RE = re.compile(r"(?<![A-Za-zĐđ])OH(?=\d{1,2}$)")


def _canonical(symbol: str, broken: bool) -> str:
    """The symbol with its signs restored and its letters in the case of the vocabulary."""
    spaced = re.match(rf"({LETTER}+) (?={LETTER})", symbol)
    text = re.sub(r"\s", "", f"{spaced[1]}-{symbol[spaced.end() :]}" if spaced else symbol).translate(PLAIN_SIGNS)
    text = _OH_RE.sub("QH", text)
    pieces = [_spell(piece) for piece in re.split(r"([-/,])", text)]
    if len(pieces) == 1:
        pieces = [_unstick(pieces[0])]
    elif broken and pieces[1] == "/" and pieces[0] in _STUCK_TYPES:
        pieces[1] = "-"
    return "".join(pieces)


def _spell(piece: str) -> str:
    exact, loose = _spellings()
    low = piece.lower()
    if low in exact:
        return exact[low]
    if "D" in piece and low.replace("đ", "d") in loose:
        return loose[low.replace("đ", "d")]
    return piece


def _unstick(piece: str) -> str:
    """``NĐCP`` -> ``NĐ-CP``: a type and a body that lost the hyphen between them."""
    if issuer_of_code(piece) or type_of_code(piece):
        return piece
    for code in _STUCK_TYPES:
        if piece.startswith(code) and issuer_of_code(piece[len(code) :]):
            return f"{code}-{piece[len(code) :]}"
    # "CTTg": the letter that ends the type and begins the body was typed once.
    lost = piece.removesuffix("Tg")
    return f"{lost}-TTg" if lost != piece and lost.endswith("T") and lost in _STUCK_TYPES else piece


def _implausible_term(piece: str, dated: bool) -> str:
    if dated and piece in ("QH", "UBTVQH"):
        return LOST_TERM
    found = re.fullmatch(r"(?:UBTV)?QH(\d+)", piece)
    return NO_TERM if found and int(found[1]) > _LAST_TERM else ""


def _unknown_party(parts: SymbolParts) -> str:
    if parts.form is NumberForm.PARTY and parts.issuers and re.fullmatch(r"(?:TW|TU).{1,2}", parts.issuers[0]):
        return NO_BODY
    return ""
