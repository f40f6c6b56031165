"""The clock of the people who work with the base: Vietnam's, seven hours ahead of UTC; how days are told."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone

from kb.bilingual import Bilingual

VIETNAM = timezone(timedelta(hours=7))


def day_begins(day: str) -> str:
    """When a day (ISO) begins in Vietnam, as a moment in UTC (ISO 8601, seconds).

    A day at the very edge of the calendar comes back as it is; it still sorts before or after every moment.

    >>> day_begins("2026-11-29"), day_begins("0001-01-01")
    ('2026-11-28T17:00:00+00:00', '0001-01-01')
    """
    try:
        return datetime.combine(date.fromisoformat(day), time.min, VIETNAM).astimezone(UTC).isoformat()
    except OverflowError:
        return day


def day_ends(day: str) -> str:
    """When a day (ISO) ends in Vietnam, as a moment in UTC; the last day of the calendar comes back as it is.

    >>> day_ends("2026-11-29"), day_ends("9999-12-31")
    ('2026-11-29T17:00:00+00:00', '9999-12-31')
    """
    try:
        return day_begins((date.fromisoformat(day) + timedelta(days=1)).isoformat())
    except OverflowError:
        return day


def read_day(typed: str) -> date:
    """The day that a person typed, as papers print it or ISO; `ValueError` where it is none.

    >>> read_day("9/2/2024"), read_day("2024-02-09")
    (datetime.date(2024, 2, 9), datetime.date(2024, 2, 9))
    """
    printed = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", typed.strip(), re.ASCII)
    if printed:
        return date(int(printed[3]), int(printed[2]), int(printed[1]))
    # "20250101" and weeks are ISO as well, and nobody types them for a day.
    return date.fromisoformat(typed.strip() if typed.count("-") == 2 else "")


def told_moment(moment: str) -> datetime:
    """A moment that the base keeps (ISO 8601, with its offset) by Vietnam's clock.

    >>> told_moment("2025-06-27T20:15:30+00:00").isoformat(timespec="minutes")
    '2025-06-28T03:15+07:00'
    """
    return datetime.fromisoformat(moment).astimezone(VIETNAM)


def told_day(day: date | str | None) -> str:
    """A day of the calendar as papers print it; its English is the ISO day. What is no day (ISO) is as it is.

    >>> told_day("2024-07-01"), told_day(date(2024, 2, 9)), told_day("6/2021")
    ('01/7/2024', '09/02/2024', '6/2021')
    """
    found = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", str(day or ""))
    if found is None:
        return str(day or "")
    year, month, on = found.groups()
    # Nghị định 30/2020/NĐ-CP, Phụ lục I: a day below 10 and the months 1 and 2 take a zero.
    return Bilingual(f"{on}/{month if int(month) < 3 else int(month)}/{year}", str(day))
