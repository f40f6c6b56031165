"""Days, months and quarters of years as they are typed and as texts print them.

``21/4/1998`` and ``ngày 21 tháng 4 năm 1998`` are one day: who types the one finds the other too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

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
