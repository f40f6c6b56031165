"""The clock of the people who work with the base: Vietnam's, seven hours ahead of UTC all year."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

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


def told_moment(moment: str) -> datetime:
    """A moment that the base keeps (ISO 8601, with its offset) by Vietnam's clock.

    >>> told_moment("2025-06-27T20:15:30+00:00").isoformat(timespec="minutes")
    '2025-06-28T03:15+07:00'
    """
    return datetime.fromisoformat(moment).astimezone(VIETNAM)
