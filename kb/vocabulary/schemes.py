"""Schemes and programmes that papers call by name: the table, and what a printed name stands for."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from kb.text.normalize import fold, nfc
from kb.vocabulary.abbreviations import long_forms


@dataclass(frozen=True, slots=True)
class Scheme:
    """A scheme and the document that it was issued by; dates are ISO, fields empty where not known."""

    name: str
    number: str
    issued: str
    issuer: str
    source: str


@lru_cache(maxsize=1)
def load_schemes() -> tuple[Scheme, ...]:
    """All schemes of the table."""
    table = files("kb.vocabulary").joinpath("data/schemes.csv").read_text(encoding="utf-8")
    return tuple(Scheme(**row) for row in csv.DictReader(table.splitlines()))


_BRACKET_RE = re.compile(r"\([^()]*\)")


@lru_cache(maxsize=4096)
def name_words(name: str) -> str:
    """A name to compare by: folded, abbreviations written out, brackets and quotation marks gone.

    >>> name_words("Chương trình tổng thể CCHC (viết tắt là CCHC) nhà nước giai đoạn 2021 – 2030")
    'chuong trinh tong the cai cach hanh chinh nha nuoc giai doan 2021 2030'
    """
    printed = re.findall(r"\w+", _BRACKET_RE.sub(" ", nfc(name)))
    return " ".join(re.findall(r"[a-z0-9]+", fold(" ".join(long_forms().get(word, word) for word in printed))))


def known_scheme(name: str) -> Scheme | None:
    """The scheme that bears a name; None where none does, or a period is missing that tells several apart.

    >>> known_scheme("Chương trình tổng thể CCHC nhà nước giai đoạn 2021–2030").number
    '76/NQ-CP'
    >>> known_scheme("Chương trình tổng thể CCHC nhà nước"), known_scheme("Đề án 06").number
    (None, '06/QĐ-TTg')
    """
    return _by_words().get(name_words(name))


@lru_cache(maxsize=1)
def _by_words() -> dict[str, Scheme]:
    return {name_words(scheme.name): scheme for scheme in load_schemes()}
