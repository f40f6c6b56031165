"""How many working days lie between two days; some bodies work on Saturdays, and holidays may be left out."""

from __future__ import annotations

from datetime import date, timedelta

#: Days off that the Labour Code (Điều 112) sets by the solar calendar, with the second day of National Day.
_DAYS_OFF = ((1, 1), (4, 30), (5, 1), (9, 1), (9, 2), (9, 3))
#: Between these days lie those of the lunar New Year, of which so many are off, and the day of the Hùng Kings.
_NEW_YEAR, _NEW_YEAR_DAYS, _KINGS = ((1, 19), (2, 26)), 7, ((3, 28), (4, 29))
_SATURDAY = 5


def working_days(first: date, last: date) -> tuple[int, ...]:
    """The counts that fit, that of a week of five days without any holiday first.

    >>> working_days(date(2025, 11, 20), date(2025, 12, 3))
    (10, 9, 11, 12)
    """
    days = [first + timedelta(days=at) for at in range((last - first).days + 1)]
    week = sum(day.weekday() < _SATURDAY for day in days)
    saturdays = sum(day.weekday() == _SATURDAY for day in days)
    within = [(day.month, day.day) for day in days]
    off = sum(day in _DAYS_OFF for day in within) + any(_KINGS[0] <= day <= _KINGS[1] for day in within)
    off += _NEW_YEAR_DAYS if any(_NEW_YEAR[0] <= day <= _NEW_YEAR[1] for day in within) else 0
    # The first day may not be counted.
    fits = [*range(max(week - off - 1, 1), week), *range(week + 1, week + saturdays + 1)]
    return (week, *fits)
