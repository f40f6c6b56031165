"""What a mention says of the document it means, in the form that resolution groups by: key, place, year.

The key of a number is what all its spellings share. A law named without its number gets the key of the number it
bore on the day of the citing text (`kb.names`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from kb.bilingual import Bilingual
from kb.lawrules import is_central
from kb.models import Citation, CitationKind, Pinpoint
from kb.names import MentionKey, bare_name, key_of_name, scheme_called, work_key
from kb.vocabulary.laws import name_key
from kb.works import place_of

#: A code like a ministry's that no table knows (often one misread) is no local body's.
_MINISTRY_RE = re.compile(r"[/-]B[A-ZĐ&]{2,}(?![a-z])")
_STATE = frozenset(("Hiến pháp", "Bộ luật", "Luật", "Pháp lệnh"))
_NO_NAMES: Mapping[str, str] = {}


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
        if not place and not central(citation.number) and not _MINISTRY_RE.search(citation.number):
            place = home
        return MentionKey(work_key(citation.number), place, _year(citation), citation.number)
    name = citation.name or (citation.surface if citation.kind is CitationKind.NAME else None)
    if not name:
        return scheme_called(citation.surface) if citation.kind is CitationKind.ALIAS else None
    number = told.get(name_key(bare_name(name)))
    if number and _year(citation) is None:
        return MentionKey(work_key(number), "", None, number, "tên luật, số ghi trong cùng văn bản")
    key = key_of_name(name, citation.type, _year(citation), on)
    # A scheme that no table knows is one of the citing body's province; a law or a national one is of the state.
    local = key.number is None and citation.type not in _STATE and not _NATIONAL_RE.search(name)
    return replace(key, place=home) if local else key


#: Names of schemes of the whole country (`Chương trình mục tiêu quốc gia`); `… tỉnh Bình An` is one of a province.
_NATIONAL_RE = re.compile(
    r"^(?!.*\s(?:tỉnh|thành phố|huyện|xã|trên địa bàn)(?!\w))"
    r"(?:.*(?<!\w)(?:quốc gia|toàn quốc|cả nước|Việt Nam)(?!\w)"
    r"|Nghị quyết (?:của )?Đại hội (?!.*Đảng bộ).*của Đảng)",
    re.IGNORECASE | re.DOTALL,
)


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


def places_of(pinpoints: tuple[Pinpoint, ...]) -> str:
    """Pinpoints as one stored line, outer level first.

    >>> places_of((Pinpoint((("điều", "5"), ("khoản", "2"))), Pinpoint((("điều", "6"),))))
    'điều 5/khoản 2; điều 6'
    """
    return "; ".join("/".join(f"{level} {label}" for level, label in place.path) for place in pinpoints)


def printed_place(place: str) -> Bilingual:
    """A stored place as one reads it, smallest first.

    >>> printed_place("điều 5/khoản 2/điểm a"), printed_place("điều 5/khoản 2/điểm a").en
    ('điểm a khoản 2 Điều 5', 'Point a, Clause 2, Article 5')
    """
    parts = [part for part in reversed(place.split("/")) if part]
    shown = (part if part.split()[0] in _SMALL else part[0].upper() + part[1:] for part in parts)
    return Bilingual(" ".join(shown), ", ".join(map(_in_english, parts)))


_SMALL = frozenset(("khoản", "điểm", "tiết", "gạch", "nội"))
#: Levels as official translations call them; others stay Vietnamese.
_ENGLISH = {
    "phụ lục": "Appendix",
    "mẫu": "Form",
    "phần": "Part",
    "chương": "Chapter",
    "mục": "Section",
    "tiểu mục": "Subsection",
    "điều": "Article",
    "khoản": "Clause",
    "điểm": "Point",
    "tiết": "Subpoint",
}


def _in_english(part: str) -> str:
    level, _, label = part.rpartition(" ")
    return f"{_ENGLISH[level]} {label}" if level in _ENGLISH else part


def _year(citation: Citation) -> int | None:
    if citation.issued:
        return int(citation.issued[:4])
    return citation.year


_PLACE_RE = re.compile(
    r"(điều|khoản|điểm|chương|mục|phần|phụ lục|mẫu)\s+(?:số\s+)?([0-9IVXLCa-zđ.]+)", re.IGNORECASE
)
_LEVELS = ("phụ lục", "mẫu", "phần", "chương", "mục", "điều", "khoản", "điểm")


def stored_places(text: str) -> list[str]:
    """The places that a line of words names, as stored, outer level first; one empty line for the whole.

    >>> stored_places("khoản 2 Điều 5, Điều 9"), stored_places("")
    (['điều 5/khoản 2', 'điều 9'], [''])
    """
    found: list[str] = []
    for piece in re.split(r"[,;]|\svà\s", text):
        parts = [(level.lower(), label) for level, label in _PLACE_RE.findall(piece)]
        if parts:
            parts.sort(key=lambda part: _LEVELS.index(part[0]))
            found.append("/".join(f"{level} {label}" for level, label in parts))
    return found or [text.strip()]


__all__ = [
    "MentionKey",
    "key_of",
    "names_told",
    "places_of",
    "printed_place",
    "root_of",
    "stored_places",
    "work_key",
]
