"""Provinces and the years in which their offices began to number anew."""

from __future__ import annotations

#: Provinces that Nghị quyết 202/2025/QH15 left as they were; the other 23 are new bodies from 01/7/2025, some
#: under an old name, and number their papers anew from that day.
UNCHANGED = frozenset(
    (
        "cao-bang",
        "dien-bien",
        "ha-noi",
        "ha-tinh",
        "hue",
        "lai-chau",
        "lang-son",
        "nghe-an",
        "quang-ninh",
        "son-la",
        "thanh-hoa",
    )
)
_MERGER = "2025-07-01"


def renumbered(place: str, year: str, day: str | None) -> str:
    """The time in which a number of a local office comes once: the year, or its half in 2025.

    >>> renumbered("khanh-hoa", "2025", "2025-03-01"), renumbered("khanh-hoa", "2025", "2025-08-01")
    ('2025a', '2025b')
    >>> renumbered("ha-noi", "2025", "2025-08-01"), renumbered("khanh-hoa", "2024", "2024-08-01")
    ('2025', '2024')
    """
    if year != _MERGER[:4] or place in UNCHANGED or day is None:
        return year
    return year + ("a" if day < _MERGER else "b")
