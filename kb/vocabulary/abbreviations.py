"""Abbreviations of administrative language, both ways: ``CCHC`` and ``cải cách hành chính`` are one thing.

Rows of ``data/abbreviations.csv``. Only what has one meaning in such papers stands there: ``CT`` (chỉ thị, chương
trình, chủ tịch, công trình) does not. A document may define more for itself (`find_definitions`).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from kb.kept_patterns import patterns_kept
from kb.text.normalize import fold
from kb.text.words import fold_words, printed_words
from kb.vocabulary.issuers import issuer_codes


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """One abbreviation and the words it stands for."""

    short: str
    long: str
    source: str


@lru_cache(maxsize=1)
def load_abbreviations() -> tuple[Abbreviation, ...]:
    """All rows of the table."""
    table = files("kb.vocabulary").joinpath("data/abbreviations.csv").read_text(encoding="utf-8")
    return tuple(Abbreviation(**row) for row in csv.DictReader(table.splitlines()))


@lru_cache(maxsize=1)
def long_forms() -> dict[str, str]:
    """The words of every abbreviation, by the abbreviation as printed.

    >>> long_forms()["CCHC"]
    'cải cách hành chính'
    """
    return {row.short: row.long for row in load_abbreviations()}


@lru_cache(maxsize=1)
def typed_forms() -> dict[str, str]:
    """The words of every abbreviation, by the abbreviation as people type it: small letters, no marks.

    >>> typed_forms()["hdnd"]
    'hội đồng nhân dân'
    """
    return {fold(row.short): row.long for row in load_abbreviations()}


@lru_cache(maxsize=1)
def _fixed_terms() -> dict[str, tuple[tuple[str, ...], ...]]:
    """The words of three syllables and more that have an abbreviation, folded, by their first; longest first.

    Names of bodies are none: who acts tells one passage from another.
    """
    terms: dict[str, set[tuple[str, ...]]] = {}
    for row in load_abbreviations():
        term = tuple(fold_words(printed_words(row.long)))
        if len(term) > 2 and row.short.lower() not in issuer_codes():
            terms.setdefault(term[0], set()).add(term)
    return {first: tuple(sorted(found, key=len, reverse=True)) for first, found in terms.items()}


def find_fixed(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where fixed terms begin and end among folded words: what is so common that it has an abbreviation.

    Words that are but one such term are none: there is nothing beside it.

    >>> list(find_fixed(("bao", "cao", "cai", "cach", "hanh", "chinh"))), list(find_fixed(("cai", "cach")))
    ([(2, 6)], [])
    >>> list(find_fixed(("to", "chuc", "uy", "ban", "nhan", "dan")))
    []
    """
    at = 0
    while at < len(words):
        found = (term for term in _fixed_terms().get(words[at], ()) if tuple(words[at : at + len(term)]) == term)
        size = len(next(found, ()))
        if 0 < size < len(words):
            yield at, at + size
        at += max(size, 1)


@lru_cache(maxsize=1)
@patterns_kept()
def _long_re() -> tuple[re.Pattern[str], dict[str, str]]:
    shorts: dict[str, str] = {}
    for row in load_abbreviations():
        shorts.setdefault(row.long.casefold(), row.short)
    longest = sorted(shorts, key=len, reverse=True)
    words = "|".join(map(_spaced, longest))
    return re.compile(rf"(?<![^\W\d_])(?:{words})(?![^\W\d_])", re.IGNORECASE), shorts


@lru_cache(maxsize=1024)
def abbreviate(text: str) -> str:
    """A text with every phrase of the table in its short form, the longest first: for comparing words.

    >>> abbreviate("Thủ tục hành chính và TTHC")
    'TTHC và TTHC'
    """
    pattern, shorts = _long_re()
    return pattern.sub(lambda found: shorts[" ".join(found.group().split()).casefold()], text)


def either_form(phrase: str) -> str:
    r"""A pattern for a phrase in which every phrase of the table may stand in its short form, spaces of any kind.

    >>> pattern = re.compile(either_form("giải quyết thủ tục hành chính"), re.IGNORECASE)
    >>> bool(pattern.fullmatch("Giải quyết TTHC")), bool(pattern.fullmatch("giải quyết thủ tục\nhành chính"))
    (True, True)
    """
    pattern, shorts = _long_re()
    pieces, at = [], 0
    for found in pattern.finditer(phrase):
        short = shorts[" ".join(found.group().split()).casefold()]
        pieces += [_spaced(phrase[at : found.start()]), f"(?:{_spaced(found.group())}|{re.escape(short)})"]
        at = found.end()
    return "".join((*pieces, _spaced(phrase[at:])))


def _spaced(words: str) -> str:
    return re.escape(words).replace(r"\ ", r"\s+")


# "(CCHC)", "(sau đây gọi tắt là CQĐP)", "(viết tắt là: TTHC)".
_BRACKET_RE = re.compile(
    r"""\((?:[^()]{0,30}\blà\s*:?\s*)?["“']?(?P<short>[A-ZĐƯƠÂĂÊÔ][A-ZĐƯƠÂĂÊÔ&]{1,9})["”']?\s*\)"""
)
_WORD_RE = re.compile(r"[^\W\d_]+,?")
_UNCOUNTED = ("va", "cua", "cac")


def find_definitions(text: str) -> Iterator[tuple[str, str]]:
    """The abbreviations that a text (NFC) defines: each with the words before the bracket whose initials it is.

    >>> list(find_definitions("Bộ phận Tiếp nhận và Trả kết quả (TN&TKQ) và kinh tế tư nhân (KTTN)"))
    [('KTTN', 'kinh tế tư nhân')]
    """
    for found in _BRACKET_RE.finditer(text):
        short = fold(found["short"])
        words = _WORD_RE.findall(text[max(found.start() - 100, 0) : found.start()])
        for count in range(len(short), min(len(short) + 3, len(words) + 1)):
            tail = [word.strip(",") for word in words[-count:]]
            initials = "".join(fold(word)[0] for word in tail if fold(word) not in _UNCOUNTED)
            if initials == short and fold(tail[0])[0] == short[0]:
                yield found["short"], " ".join(tail).lower()
                break
