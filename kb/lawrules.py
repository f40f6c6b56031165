"""Rules of the laws on legal documents, each for its time: first day of force, what falls with its parent.

Luật 1996 (02/2002/QH11), Luật 17/2008/QH12 and Luật 31/2004/QH11, Luật 80/2015/QH13 (amended by 63/2020/QH14),
Luật 64/2025/QH15 (amended by 87/2025/QH15). A rule is a row with its provision; dates are those of the act ruled.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from kb.numbers import DocumentNumber, issuer_of, parse_number
from kb.vocabulary.types import load_types


@dataclass(frozen=True, slots=True)
class Row:
    """A rule for documents issued (or parents ended) in ``[since, until)``; `level`: central, province."""

    since: str
    until: str
    level: str
    days: int
    provision: str


#: The earliest first day of force where the text does not say one: days after signing.
STARTS: tuple[Row, ...] = (
    Row("2025-04-01", "9999", "central", 45, "Luật 64/2025/QH15 Điều 53 khoản 1"),
    Row("2025-04-01", "9999", "province", 10, "Luật 64/2025/QH15 Điều 53 khoản 1"),
    Row("2016-07-01", "2025-04-01", "central", 45, "Luật 80/2015/QH13 Điều 151 khoản 1"),
    Row("2016-07-01", "2025-04-01", "province", 10, "Luật 80/2015/QH13 Điều 151 khoản 1"),
    Row("2009-01-01", "2016-07-01", "central", 45, "Luật 17/2008/QH12 Điều 78 khoản 1"),
    Row("2005-04-01", "2016-07-01", "province", 10, "Luật 31/2004/QH11 Điều 51"),
    Row("1997-01-01", "2009-01-01", "central", 15, "Luật Ban hành văn bản quy phạm pháp luật 1996 Điều 75"),
)

#: What becomes of a document that details another when that one ends; `days` 1: it falls, 0: it goes on.
CHILDREN: tuple[Row, ...] = (
    Row("2025-04-01", "9999", "", 0, "Luật 64/2025/QH15 Điều 57 khoản 2"),
    Row("2016-07-01", "2025-04-01", "", 1, "Luật 80/2015/QH13 Điều 154 khoản 4"),
    Row("2009-01-01", "2016-07-01", "", 1, "Luật 17/2008/QH12 Điều 81 khoản 4"),
    Row("1997-01-01", "2009-01-01", "", 1, "Luật Ban hành văn bản quy phạm pháp luật 1996 Điều 78"),
)

#: What becomes of a document that details several when only some of them end: what details those ends with them.
PARTS: tuple[Row, ...] = (
    Row("2016-07-01", "2025-04-01", "", 1, "Nghị định 34/2016/NĐ-CP Điều 38 khoản 2 điểm c"),
)

_ALWAYS = frozenset(row.name for row in load_types() if row.norm == "yes")
_MAYBE = frozenset(("Nghị quyết", "Quyết định", "Chỉ thị"))
_TERM_RE = re.compile(r"(?:QH|UBTVQH)\d+$")


def default_start(issued: str, number: str | None) -> tuple[str, str] | None:
    """The earliest first day of force that the law allows for a document, and the provision; None without a rule.

    >>> default_start("2020-03-01", "5/2020/TT-BNV")
    ('2020-04-15', 'Luật 80/2015/QH13 Điều 151 khoản 1')
    """
    level = "central" if is_central(number) else "province"
    row = next((row for row in STARTS if row.level == level and row.since <= issued < row.until), None)
    if row is None or len(issued) != len("2020-03-01"):
        return None
    return (date.fromisoformat(issued) + timedelta(days=row.days)).isoformat(), row.provision


def child_rule(parent_ended: str) -> Row | None:
    """The rule for documents that detail one which ended on a day; `days` is 1 where they fall with it.

    >>> child_rule("2024-01-01").days, child_rule("2025-07-01").days
    (1, 0)
    """
    return next((row for row in CHILDREN if row.since <= parent_ended < row.until), None)


def part_rule(parent_ended: str) -> str | None:
    """The provision by which the part that details one of several parents ends with it; None without one.

    >>> part_rule("2024-01-01"), part_rule("2025-07-01")
    ('Nghị định 34/2016/NĐ-CP Điều 38 khoản 2 điểm c', None)
    """
    return next((row.provision for row in PARTS if row.since <= parent_ended < row.until), None)


def has_formal_end(number: str | None, kind: str | None) -> bool:
    """Whether a document is one whose force begins and ends formally (văn bản quy phạm pháp luật).

    Administrative acts, letters, plans and party papers are not; the year in a number tells a norm from an
    administrative decision (Nghị định 34/2016/NĐ-CP Điều 60, Nghị định 30/2020/NĐ-CP Phụ lục I).

    >>> has_formal_end("45/2024/QĐ-UBND", "Quyết định"), has_formal_end("468/QĐ-TTg", "Quyết định")
    (True, False)
    >>> has_formal_end("18-NQ/TW", "Nghị quyết"), has_formal_end("31/2024/QH15", "Luật")
    (False, True)
    """
    parsed = parse_number(number) if number else None
    if parsed and (parsed.party or parsed.type_code == "VBHN"):
        return False
    if kind in _ALWAYS:
        return True
    if parsed is None:
        return False
    if kind in _MAYBE or kind is None:
        return bool(parsed.printed_year) and (kind is not None or _norm_symbol(parsed))
    return False


#: The order of acts (Luật 64/2025/QH15 Điều 4): a smaller figure stands higher.
_RANKS = {
    "Hiến pháp": 1,
    "Bộ luật": 2,
    "Luật": 2,
    "Pháp lệnh": 3,
    "Lệnh": 4,
    "Nghị định": 5,
    "Thông tư liên tịch": 8,
    "Thông tư": 8,
}
_BY_ISSUER = {"QH": 2, "UBTVQH": 3, "CTN": 4, "CP": 5, "TTg": 6, "HĐTP": 7, "HĐND": 9, "UBND": 10}


def rank_of(number: str | None, kind: str | None) -> int | None:
    """How high an act stands, 1 for the Constitution; None for what stands in no order (letters, party papers).

    >>> rank_of("31/2024/QH15", "Luật"), rank_of("5/2020/TT-BNV", "Thông tư"), rank_of("18-NQ/TW", "Nghị quyết")
    (2, 8, None)
    """
    if not has_formal_end(number, kind):
        return None
    if kind in _RANKS:
        return _RANKS[kind]
    parsed = parse_number(number) if number else None
    issuer = issuer_of(parsed) if parsed else None
    return _BY_ISSUER.get(issuer.key) if issuer else None


def power_of(number: str | None, kind: str | None) -> int | None:
    """How high the body stands that issued an act, norm or not: which norms it can change at all.

    A norm is changed only by its own body or one above (Luật 80/2015/QH13 Điều 12, Luật 64/2025/QH15 Điều 8). None
    for party papers and bodies that are not known.

    >>> power_of("2083/QĐ-UBND", "Quyết định"), power_of("135/QĐ-BYT", "Quyết định"), power_of("18-NQ/TW", None)
    (10, 8, None)
    """
    rank = rank_of(number, kind)
    parsed = parse_number(number) if number and rank is None else None
    issuer = issuer_of(parsed) if parsed and not parsed.party else None
    if issuer is None or issuer.level == "party":
        return rank
    return _BY_ISSUER.get(issuer.key, 8 if issuer.level == "central" else 10)


def is_central(number: str | None) -> bool:
    """Whether a number is of a body of the centre (state or party)."""
    parsed = parse_number(number) if number else None
    issuer = issuer_of(parsed) if parsed else None
    if issuer is None:
        return False
    if issuer.level == "party":
        return issuer.key.endswith("TW") or issuer.key in ("BBT", "ĐUCA")
    return issuer.level == "central"


def _norm_symbol(number: DocumentNumber) -> bool:
    return bool(_TERM_RE.search(number.symbol)) or number.type_code in (
        "NĐ",
        "TT",
        "TTLT",
        "QĐ",
        "NQ",
        "PL",
        "NQLT",
    )
