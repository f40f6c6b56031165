"""Days, months and quarters of years as they are typed and as texts print them.

``21/4/1998`` and ``ngày 21 tháng 4 năm 1998`` are one day: who types the one finds the other too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kb.bilingual import Bilingual
from kb.vocabulary.synonyms import Spoken

_YEAR = r"(?P<y>(?:19|20)\d\d)"
#: What is typed, by its folded words, and what texts print for it.
_FORMS = tuple(
    (re.compile(rf"(?<!\S){typed}(?!\S)"), printed)
    for typed, printed in (
        (rf"(?P<d>[12]?\d|3[01]) (?P<m>\d|1[0-2]) {_YEAR}", "{d} tháng {m} năm {y}"),
        (rf"(?P<d>[12]?\d|3[01]) thang (?P<m>\d|1[0-2]) nam {_YEAR}", "{d}/{m}/{y}"),
        (rf"(?<!\d )thang (?P<m>\d|1[0-2]) {_YEAR}", "tháng {m} năm {y}"),
        (rf"(?<!\d )thang (?P<m>\d|1[0-2]) nam {_YEAR}", "tháng {m}/{y}"),
        (rf"(?:qui|quy) (?P<m>[1-4]|i{{1,3}}|iv) {_YEAR}", "quý {m} năm {y}"),
        (rf"(?:qui|quy) (?P<m>[1-4]|i{{1,3}}|iv) nam {_YEAR}", "quý {m}/{y}"),
    )
)


def told_day(day: str) -> str:
    """A day of the calendar (``2024-06-30``) as one reads it; what is no such day as it is.

    >>> told_day("2024-07-01"), told_day("2024-02-09"), told_day("6/2021")
    ('01/7/2024', '09/02/2024', '6/2021')
    """
    found = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", day)
    if found is None:
        return day
    year, month, on = found.groups()
    # Nghị định 30/2020/NĐ-CP, Phụ lục I: a day below 10 and the months 1 and 2 take a zero.
    return Bilingual(f"{on}/{month if int(month) < 3 else int(month)}/{year}", day)


def find_days(words: Sequence[str]) -> Iterator[Spoken]:
    """The days, months and quarters among folded words, each with the other way to print it.

    >>> [found.others for found in find_days(("tuyen", "truoc", "21", "4", "1998"))]
    [('21 tháng 4 năm 1998',)]
    >>> [(found.start, found.end, found.others) for found in find_days(("thang", "6", "nam", "2025"))]
    [(0, 4, ('tháng 6/2025',))]
    """
    line = " ".join(words)
    for typed, printed in _FORMS:
        for found in typed.finditer(line):
            start = line.count(" ", 0, found.start())
            yield Spoken(start, start + len(found[0].split()), (printed.format(**found.groupdict()),))
