"""What a mention says of the document it means, in the form that resolution groups by: key, place, year.

The key of a number is what all its spellings share. A law named without its number gets the key of the number it
bore on the day of the citing text; a law that no table knows gets a key made of its name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kb.lawrules import is_central
from kb.models import Citation, CitationKind, Pinpoint
from kb.numbers import number_key
from kb.text.normalize import fold
from kb.vocabulary.laws import Law, laws_by_name, name_key
from kb.works import place_of, slug

_TYPE_RE = re.compile(r"^(Bộ luật|Luật|Pháp lệnh|Hiến pháp)\s+", re.IGNORECASE)
_NAME_LENGTH = 150
_NO_NAMES: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class MentionKey:
    """The group of a mention: `key`, `place` of a local body, `year`; `number` where a name told it."""

    key: str
    place: str
    year: int | None
    number: str | None
    reason: str = ""


@lru_cache(maxsize=1 << 18)
def work_key(number: str) -> str:
    """What all spellings of a number share.

    >>> work_key("012/CTr-TU"), work_key("12-CTr/TU"), work_key("34/2016/NĐ-CP"), work_key("66.22/2026/NQ-CP")
    ('12-ctr-tu', '12-ctr-tu', '34-2016-nd-cp', '66.22-2026-nq-cp')
    """
    return re.sub(r"[^a-z0-9.]+", "-", fold(number_key(number))).strip("-")


@lru_cache(maxsize=1 << 16)
def central(number: str) -> bool:
    """Whether a number is of a body of the centre."""
    return is_central(number)


def names_told(citations: Sequence[Citation]) -> dict[str, str]:
    """The numbers of laws that a text gives once with their names: ``Luật Giá số 16/2023/QH15``.

    >>> from kb.models import Span
    >>> told = Citation((Span(0, 3),), "Luật Giá số 16/2023/QH15", CitationKind.NUMBER, number="16/2023/QH15")
    >>> names_told([told])
    {'giá': '16/2023/QH15'}
    """
    found: dict[str, set[str]] = {}
    for citation in citations:
        if citation.kind is CitationKind.NUMBER and citation.number:
            named = _NAMED_RE.match(" ".join(citation.surface.split()))
            if named:
                found.setdefault(name_key(named["name"]), set()).add(citation.number)
    return {name: next(iter(numbers)) for name, numbers in found.items() if len(numbers) == 1}


_NAMED_RE = re.compile(r"(?:Bộ luật|Luật|Pháp lệnh)\s+(?P<name>[^\d]{2,150}?)(?:,)?\s+số:?\s*\d", re.IGNORECASE)


def key_of(
    citation: Citation, home: str, on: str | None, told: Mapping[str, str] = _NO_NAMES
) -> MentionKey | None:
    """The group of a mention in a text of the place `home` and the day `on`; None for a mere pointer.

    `told` are the numbers that the text itself gives with names of laws.

    >>> from kb.models import Span
    >>> mention = Citation(
    ...     (Span(0, 3),), "x", CitationKind.NUMBER, number="5/QĐ-UBND", issuer="UBND tỉnh Bình Định", year=2024
    ... )
    >>> key_of(mention, "khanh-hoa", None)
    MentionKey(key='5-qd-ubnd', place='binh-dinh', year=2024, number='5/QĐ-UBND', reason='')
    """
    if citation.kind in (CitationKind.INTERNAL, CitationKind.SELF):
        return None
    if citation.number:
        place = place_of(citation.issuer)
        if not place and not central(citation.number):
            place = home
        return MentionKey(work_key(citation.number), place, _year(citation), citation.number)
    name = citation.name or (citation.surface if citation.kind is CitationKind.NAME else None)
    if not name:
        return None
    number = told.get(name_key(_TYPE_RE.sub("", " ".join(name.split()))))
    if number and _year(citation) is None:
        return MentionKey(work_key(number), "", None, number, "tên luật, số ghi trong cùng văn bản")
    return key_of_name(name, citation.type, _year(citation), on)


def root_of(citations: Sequence[Citation], at: int) -> int:
    """The index of the mention that a back reference or a short name stands for; its own where there is none."""
    seen = {at}
    while (before := citations[at].antecedent) is not None and before not in seen and before < len(citations):
        seen.add(before)
        at = before
    return at


def head_of(key: str) -> str:
    """The figures of a number's key, with their letter: what a short mention shares with the full one.

    >>> head_of("34-2016-nd-cp"), head_of("30c-nq-cp"), head_of("luat-day-them")
    ('34', '30c', 'luat-day-them')
    """
    return key.split("-", 1)[0] if key[:1].isdigit() else key


def key_of_name(name: str, kind: str | None, year: int | None, on: str | None) -> MentionKey:
    """The group of a law called by its name.

    >>> key_of_name("Luật Đất đai", "Luật", None, "2025-06-27").number
    '31/2024/QH15'
    >>> key_of_name("Luật Đất đai", "Luật", None, "2020-01-01").number
    '45/2013/QH13'
    >>> key_of_name("Luật Dạy thêm", "Luật", 2031, None).key
    'luat-day-them'
    """
    bare = _TYPE_RE.sub("", " ".join(name.split()))
    laws = laws_by_name().get(name_key(bare), ())
    laws = tuple(law for law in laws if not kind or law.type == kind) or laws
    law, reason = choose_law(laws, year, on)
    if law:
        return MentionKey(work_key(law.number), "", None, law.number, reason)
    head = kind or "Luật"
    return MentionKey(slug(f"{head} {bare}", _NAME_LENGTH), "", year, None, reason)


def choose_law(laws: tuple[Law, ...], year: int | None, on: str | None) -> tuple[Law | None, str]:
    """The law that a name means: that of the year said, else the one in force on the day of the citing text."""
    if year is not None:
        laws = tuple(law for law in laws if _issued_year(law) == year) or laws
    if len(laws) == 1:
        return laws[0], "tên luật"
    if not laws:
        return None, ""
    if on is None:
        return None, "nhiều luật cùng tên, văn bản viện dẫn không có ngày"
    ranked = sorted(laws, key=lambda law: (law.effective or law.issued or str(_issued_year(law)), law.number))
    before = [law for law in ranked if (law.effective or law.issued or str(_issued_year(law))) <= on]
    if before:
        return before[-1], f"tên luật, luật có hiệu lực ngày {on}"
    return ranked[0], f"tên luật, ban hành trước ngày {on}"


def places_of(pinpoints: tuple[Pinpoint, ...]) -> str:
    """Pinpoints as one stored line, outer level first.

    >>> places_of((Pinpoint((("điều", "5"), ("khoản", "2"))), Pinpoint((("điều", "6"),))))
    'điều 5/khoản 2; điều 6'
    """
    return "; ".join("/".join(f"{level} {label}" for level, label in place.path) for place in pinpoints)


def printed_place(place: str) -> str:
    """A stored place as one reads it, smallest first.

    >>> printed_place("điều 5/khoản 2/điểm a")
    'điểm a khoản 2 Điều 5'
    """
    parts = [
        part if part.split()[0] in _SMALL else part[0].upper() + part[1:] for part in place.split("/") if part
    ]
    return " ".join(reversed(parts))


_SMALL = frozenset(("khoản", "điểm", "tiết", "gạch"))


def _year(citation: Citation) -> int | None:
    if citation.issued:
        return int(citation.issued[:4])
    return citation.year


def _issued_year(law: Law) -> int | None:
    if law.issued:
        return int(law.issued[:4])
    found = re.search(r"/((?:19|20)\d\d)/", law.number)
    return int(found[1]) if found else None
