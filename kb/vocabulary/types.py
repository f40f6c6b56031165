"""Kinds of documents: their names, the codes in their numbers, who issues them.

Rows of ``data/types.csv``. A code never decides alone: ``QĐ`` is a decision of the state and often a
*quy định* of the party, ``TT`` a circular or a party *thông tri*. The printed word comes first.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from kb.text.normalize import unify_tones


@dataclass(frozen=True, slots=True)
class DocumentType:
    """One kind: its name, codes, printed words; `system` is state, party or both; `norm` yes, no or maybe.

    `english` is what pages in English call it.
    """

    name: str
    english: str
    codes: tuple[str, ...]
    words: tuple[str, ...]
    system: str
    norm: str
    source: str
    example: str


@lru_cache(maxsize=1)
def load_types() -> tuple[DocumentType, ...]:
    """All kinds of the table."""
    table = files("kb.vocabulary").joinpath("data/types.csv").read_text(encoding="utf-8")
    return tuple(
        DocumentType(
            row["name"],
            row["english"],
            tuple(row["codes"].split()),
            tuple(row["words"].split("|")),
            row["system"],
            row["norm"],
            row["source"],
            row["example"],
        )
        for row in csv.DictReader(table.splitlines())
    )


#: Laws and what stands beside or above them: made by the National Assembly or its Standing Committee.
LAW_TYPES = frozenset(("Hiến pháp", "Bộ luật", "Luật", "Pháp lệnh"))

#: Abbreviations printed before a number instead of the type word (``NĐ 102/2021``).
PRINTED_ABBREVIATIONS: tuple[tuple[str, str], ...] = (
    ("NĐ", "Nghị định"),
    ("NQ", "Nghị quyết"),
    ("QĐ", "Quyết định"),
    ("TT", "Thông tư"),
    ("TTLT", "Thông tư liên tịch"),
    ("CT", "Chỉ thị"),
    ("CV", "Công văn"),
    ("KH", "Kế hoạch"),
    ("BC", "Báo cáo"),
    ("TB", "Thông báo"),
    ("TTr", "Tờ trình"),
    ("KL", "Kết luận"),
    ("VB", "Văn bản"),
)


@lru_cache(maxsize=1)
def type_codes() -> dict[str, DocumentType]:
    """Every code, folded to lower case, with the first kind that has it."""
    codes: dict[str, DocumentType] = {}
    for row in load_types():
        for code in row.codes:
            codes.setdefault(code.lower(), row)
    codes["l"] = next(row for row in load_types() if row.name == "Lệnh")
    return codes


@lru_cache(maxsize=1)
def type_words() -> dict[str, str]:
    """Every printed word, folded to lower case, with the name of its kind."""
    words = {word: row.name for row in load_types() for word in row.words}
    words |= {short.lower(): name for short, name in PRINTED_ABBREVIATIONS}
    return words


def type_of_code(code: str) -> str | None:
    """The name of the kind that a code stands for; None for an unknown code.

    >>> type_of_code("NĐ"), type_of_code("TTr"), type_of_code("XYZ")
    ('Nghị định', 'Tờ trình', None)
    """
    found = type_codes().get(code.lower())
    return found.name if found else None


@lru_cache(maxsize=1024)
def type_of_word(word: str) -> str | None:
    """The name of the kind a printed word or abbreviation means, in the case of the vocabulary.

    >>> type_of_word("quyết định"), type_of_word("NĐ"), type_of_word("Chương trình  hành động")
    ('Quyết định', 'Nghị định', 'Chương trình hành động')
    """
    return type_words().get(unify_tones(" ".join(word.split())).lower())


@lru_cache(maxsize=1)
def english_types() -> dict[str, str]:
    """What each kind is called in English, by its name.

    >>> english_types()["Nghị định"]
    'Decree'
    """
    return {row.name: row.english for row in load_types()}
