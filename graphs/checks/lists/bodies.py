"""FIG of the bodies that a province has: how many the text counts in all is one of the numbers that a table has.

A table may count them as the whole of ratios (``Số sở, ngành …: 21/21``) or as themselves, at several times; a
count that is none of these numbers, and near one, was taken of others or at another time, and nothing says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graphs.checks.reading.prose import Stated, stated
from graphs.checks.reading.rows import grids
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import Finding, Severity, Span

_COUNT = r"(?<![\d/.,])(?P<count>\d{1,3})\s+"
_OF_PROVINCE = r"(?:trực\s+)?(?:thuộc\s+(?:UBND\s+)?(?:cấp\s+)?tỉnh|cấp\s+tỉnh|của\s+tỉnh)\b"


@dataclass(frozen=True, slots=True)
class Bodies:
    """Bodies of one kind: how a text counts all of them, and what the row or column of a table is called."""

    name: str
    english: str
    said: re.Pattern[str]
    head: re.Pattern[str]


BODIES: tuple[Bodies, ...] = (
    Bodies(
        "sở, ngành",
        "departments",
        re.compile(_COUNT + r"sở, ngành\s+" + _OF_PROVINCE),
        re.compile(r"^\W*(?:Tổng\s+)?[Ss]ố\s+(?:lượng\s+)?sở, ngành\b"),
    ),
    Bodies(
        "sở, ban, ngành",
        "departments and boards",
        re.compile(_COUNT + r"sở, ban, ngành\s+" + _OF_PROVINCE),
        re.compile(r"^\W*(?:Tổng\s+)?[Ss]ố\s+(?:lượng\s+)?sở, ban, ngành\b"),
    ),
    Bodies(
        "đơn vị sự nghiệp thuộc UBND tỉnh",
        "service units of the province",
        re.compile(_COUNT + r"(?:ĐVSN(?:CL)?|đơn vị sự nghiệp(?: công lập)?)\s+" + _OF_PROVINCE),
        re.compile(
            r"^\W*(?:Tổng\s+)?[Ss]ố\s+(?:lượng\s+)?(?:ĐVSN(?:CL)?|đơn vị sự nghiệp(?: công lập)?)\s+"
            r"(?:trực\s+)?thuộc\s+(?:UBND\s+)?(?:cấp\s+)?tỉnh\W*$"
        ),
    ),
    Bodies(
        "cơ quan chuyên môn thuộc UBND tỉnh",
        "specialised bodies of the province",
        re.compile(_COUNT + r"cơ quan chuyên môn\s+(?:trực\s+)?thuộc\s+UBND\s+(?:cấp\s+)?tỉnh\b"),
        re.compile(
            r"^\W*(?:Tổng\s+)?[Ss]ố\s+(?:lượng\s+)?cơ quan chuyên môn\s+thuộc\s+UBND\s+(?:cấp\s+)?tỉnh\W*$"
        ),
    ),
)
#: That only some are meant, or how many came or went.
_SOME_RE = re.compile(r"\b(?:trong đó|gồm|riêng|tại|thêm|mới|giảm(?: được)?|tăng|sáp nhập|hợp nhất|từ)\s+$")
_NEAR, _PROVINCE = 4, " tỉnh"
_NOUNS = ("sở, ngành", "sở, ban", "sự nghiệp", "ĐVSN", "chuyên môn")


def check_bodies(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``20 sở, ngành thuộc UBND tỉnh`` is one of the wholes of ``Số sở, ngành …: 21/21 | 14/14``."""
    places = [
        where
        for where in (stated(subject) if not subject.is_rule() else ())
        if _PROVINCE in where.text and any(word in where.text for word in _NOUNS)
    ]
    for bodies in BODIES if places else ():
        said = [(where, found) for where in places for found in bodies.said.finditer(where.text)]
        known = _known(subject, bodies) if said else {}
        for where, found in said if known else ():
            if not _SOME_RE.search(where.text, 0, found.start()):
                yield from _held(subject, bodies, where, found, known, tally)


def _known(subject: Subject, bodies: Bodies) -> dict[int, Span]:
    """The numbers that tables have of some bodies, with where they stand."""
    known: dict[int, Span] = {}
    for grid in grids(subject.document):
        named = [column for column in grid.columns if bodies.head.search(grid.head(column))]
        for line in grid.lines:
            for column in grid.columns if bodies.head.search(line.label) else named:
                value = line.of(column) or line.value(column)
                if value is not None and not line.rate:
                    known.setdefault(int(value), line.span(column))
    return known


def _held(
    subject: Subject, bodies: Bodies, where: Stated, found: re.Match[str], known: dict[int, Span], tally: Tally
) -> Iterator[Finding]:
    count = int(found["count"])
    if count in known:
        tally.held += 1
        return
    nearest = min(known, key=lambda one: abs(one - count))
    if abs(nearest - count) * _NEAR > max(nearest, count):
        return
    tally.failed += 1
    start = where.block.view.start
    printed = " ".join(found.group().split())
    yield OF_PROVINCE.finding(
        (subject.document.reading.hull(start + found.start("count"), start + found.end()),),
        f"ghi “{printed}”, trong bảng số {bodies.name} là {' hoặc '.join(map(str, known))}",
        f"“{printed}” is stated, in the table there are {' or '.join(map(str, known))} {bodies.english}",
        stated=str(count),
        expected=str(nearest),
        evidence=tuple(known.values()),
        suggestion=both("đối chiếu phạm vi, thời điểm của hai chỗ", "compare scope and time of the two places"),
        page=where.block.page,
        severity=Severity.NOTE,
    )


OF_PROVINCE = rule("FIG-285", check_bodies)
BODY_RULES = (OF_PROVINCE,)
