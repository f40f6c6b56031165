"""Of which level and which place the body of a citation is: bodies of every place bear one name and one symbol."""

from __future__ import annotations

import re

_LEVEL = r"tỉnh|thành phố|TP\.?|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu"
_PLACE_RE = re.compile(rf"\b((?:{_LEVEL})\s+[A-ZĐ].*)")
#: A body with its level and, perhaps, its place: ``UBND huyện Hòa Vang``, ``Huyện ủy Hòa Vang``.
_BODY_RE = re.compile(
    rf"\b(?:(?P<level>{_LEVEL})|(?P<party>Tỉnh|Thành|Huyện|Quận|Thị|Đảng)\s+(?:ủy|uỷ))\b(?P<name>\s+[A-ZĐ][^,;.()]*)?"
)


def place_of(issuer: str | None) -> str:
    """The place whose body it is, small letters; empty for a body named without one.

    >>> place_of("UBND huyện Hòa Vang"), place_of("UBND tỉnh")
    ('huyện hòa vang', '')
    """
    found = _PLACE_RE.search(issuer or "")
    return found[1].lower() if found else ""


def are_of_two_places(one: str | None, other: str | None) -> bool:
    """Whether two bodies are of different levels or of different places, as far as they tell.

    >>> are_of_two_places("Huyện ủy Hòa Vang", "Huyện ủy Hòa Thịnh"), are_of_two_places("UBND huyện", "UBND tỉnh")
    (True, True)
    >>> are_of_two_places("UBND tỉnh", "UBND tỉnh Quảng Bình"), are_of_two_places("Chính phủ", "UBND tỉnh")
    (False, False)
    """
    mine, its = _BODY_RE.search(one or ""), _BODY_RE.search(other or "")
    if mine is None or its is None:
        return False
    if (mine["level"] or mine["party"]).casefold() != (its["level"] or its["party"]).casefold():
        return True
    names = [" ".join((found["name"] or "").split()).casefold() for found in (mine, its)]
    return bool(all(names)) and not names[0].startswith(names[1]) and not names[1].startswith(names[0])
