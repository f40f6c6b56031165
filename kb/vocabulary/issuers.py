"""Issuing bodies: names, codes in numbers, levels, and who took over from whom and when.

Rows of ``data/issuers.csv``. Dates bound a body's life; a successor answers for its predecessor's documents
(Nghị quyết 190/2025/QH15), but the documents keep the name they were issued under.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from kb.text.normalize import unify_tones


@dataclass(frozen=True, slots=True)
class Issuer:
    """One body; `level` is central, province or party; dates are ISO or empty; `successor` is a key or empty."""

    key: str
    name: str
    codes: tuple[str, ...]
    aliases: tuple[str, ...]
    level: str
    valid_from: str
    valid_to: str
    successor: str
    source: str
    example: str


@lru_cache(maxsize=1)
def load_issuers() -> tuple[Issuer, ...]:
    """All bodies of the table."""
    table = files("kb.vocabulary").joinpath("data/issuers.csv").read_text(encoding="utf-8")
    return tuple(
        Issuer(
            row["key"],
            row["name"],
            tuple(row["codes"].split()),
            tuple(filter(None, row["aliases"].split("|"))),
            row["level"],
            row["valid_from"],
            row["valid_to"],
            row["successor"],
            row["source"],
            row["example"],
        )
        for row in csv.DictReader(table.splitlines())
    )


@lru_cache(maxsize=1)
def issuers_by_key() -> dict[str, Issuer]:
    """The bodies by their keys."""
    return {row.key: row for row in load_issuers()}


@lru_cache(maxsize=1)
def issuer_codes() -> dict[str, Issuer]:
    """Every code, folded to lower case; the first body that has it (codes were used again by later bodies)."""
    codes: dict[str, Issuer] = {}
    for row in load_issuers():
        for code in row.codes:
            codes.setdefault(code.lower(), row)
    return codes


@lru_cache(maxsize=1)
def issuer_names() -> dict[str, Issuer]:
    """Every name and alias, folded."""
    names: dict[str, Issuer] = {}
    for row in load_issuers():
        for name in (row.name, *row.aliases):
            names.setdefault(name_key(name), row)
    return names


# A legislature's or council's term: QH15, UBTVQH10, HĐNN7.
_TERM_RE = re.compile(r"^(QH|UBTVQH|HĐNN|HDNN)\d{1,2}$", re.IGNORECASE)
_BRACKET_RE = re.compile(r"\([^)]*\)$")


@lru_cache(maxsize=4096)
def issuer_of_code(code: str) -> Issuer | None:
    """The body a code of a number stands for.

    >>> issuer_of_code("UBTVQH15").name, issuer_of_code("BCA(C11)").key, issuer_of_code("QQQ")
    ('Ủy ban Thường vụ Quốc hội', 'BCA', None)
    """
    bare = _BRACKET_RE.sub("", code)
    term = _TERM_RE.match(bare)
    return issuer_codes().get((term[1] if term else bare).lower())


# The person stands for the body: "Bộ trưởng Bộ Nội vụ", "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ".
_PERSON_RE = re.compile(
    r"^(?:Bộ trưởng,? Chủ nhiệm|Bộ trưởng|Chủ nhiệm|Thống đốc|Tổng Giám đốc|Giám đốc|Tổng cục trưởng|Cục trưởng"
    r"|Chánh án|Viện trưởng|Chủ tịch(?=\s(?:Quốc hội|Hội đồng))|Ban Thường vụ|Ban Chấp hành Đảng bộ)\s+"
)


@lru_cache(maxsize=4096)
def issuer_of_name(name: str) -> Issuer | None:
    """The body a printed name means, whatever place or person stands with it.

    >>> [issuer_of_name(n).key for n in ("Bộ trưởng Bộ Nội vụ", "UBND tỉnh Bình Định", "Thủ tướng Chính phủ")]
    ['BNV', 'UBND', 'TTg']
    """
    words = " ".join(name.split())
    for candidate in (words, _PERSON_RE.sub("", words)):
        parts = name_key(candidate).split(" ")
        for length in range(len(parts), 0, -1):
            found = issuer_names().get(" ".join(parts[:length]))
            if found:
                return found
    return None


def name_key(name: str) -> str:
    """What names of one body have in common, however they are set: no capitals, commas, dashes or stop.

    >>> name_key("BỘ VĂN HOÁ - THỂ THAO VÀ DU LỊCH.") == name_key("Bộ Văn hóa, Thể thao và Du lịch")
    True
    """
    plain = unify_tones(name.replace("Ð", "Đ")).lower().replace("uỷ", "ủy")
    return " ".join(re.sub(r"[,–-]|\.$", " ", plain).split())
