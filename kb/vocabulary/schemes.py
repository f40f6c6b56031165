"""Schemes and programmes that papers call by name: the table, and what a printed name stands for."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from kb.text.normalize import fold, nfc


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


#: Abbreviations in names, for what they stand for.
_SHORT = (("cchc", "cai cach hanh chinh"), ("tthc", "thu tuc hanh chinh"))
_BRACKET_RE = re.compile(r"\([^()]*\)")


def name_words(name: str) -> str:
    """A name to compare by: folded, abbreviations written out, brackets and quotation marks gone.

    >>> name_words("Chương trình tổng thể CCHC (viết tắt là CCHC) nhà nước giai đoạn 2021 – 2030")
    'chuong trinh tong the cai cach hanh chinh nha nuoc giai doan 2021 2030'
    """
    words = " ".join(re.findall(r"[a-z0-9]+", fold(_BRACKET_RE.sub(" ", nfc(name)))))
    for short, full in _SHORT:
        words = re.sub(rf"\b{short}\b", full, words)
    return words


def known_scheme(name: str) -> Scheme | None:
    """The scheme that a name means: the whole name, or without its period when one scheme only bears it.

    >>> known_scheme("Chương trình tổng thể CCHC nhà nước giai đoạn 2021–2030").number
    '76/NQ-CP'
    >>> known_scheme("Chương trình tổng thể CCHC nhà nước"), known_scheme("Đề án 06").number
    (None, '06/QĐ-TTg')
    """
    wanted = name_words(name)
    found = [scheme for scheme in load_schemes() if name_words(scheme.name) == wanted]
    found = found or [one for one in load_schemes() if name_words(one.name).startswith(f"{wanted} giai doan")]
    return found[0] if len(found) == 1 else None
