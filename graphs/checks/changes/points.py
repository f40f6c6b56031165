"""FIG of points: the difference of two rates told in per cent.

From 92,4 % to 94,2 % a rate rises by 1,8 points, or by 1,9 %. Where a table alone has the two rates, a paper that
never speaks of points is let be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from graphs.checks.reading.arithmetic import rounds_to
from graphs.checks.reading.mentions import Mention, mentions
from graphs.checks.reading.moved import RISES
from graphs.checks.reading.prose import Stated, value_as_printed
from graphs.checks.reading.rows import grids
from graphs.checks.reading.unit_cells import names_row
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.models import Figure, Finding, Severity, Span
from kb.text.sentences import split_sentences

_POINTS_RE = re.compile(r"điểm\s+(?:phần trăm|%)", re.IGNORECASE)
_WAY_RE = re.compile(r"\b(?P<way>tăng|giảm|cao hơn|thấp hơn)(?:\s+(?:thêm|được|khoảng))*\s*$", re.IGNORECASE)
_SINCE_RE = re.compile(r"\b[Ss]o với\b|\bcùng kỳ\b|\bnăm trước\b|\bnăm ngoái\b|\bđầu năm\b")
_RATE_RE = re.compile(r"\b(?:tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng|độ che phủ|độ bao phủ|mức độ)\b", re.IGNORECASE)
_HUNDRED = Decimal(100)
_BEFORE = 40


def check_points(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """``tỷ lệ … tăng 1,8% so với năm học trước (92,4%)`` and now 94,2 %: in points, or else 1,9 %."""
    named = bool(_POINTS_RE.search(subject.document.reading.text))
    for one in mentions(subject) if not subject.is_rule() else ():
        where, change = one.where, one.figure
        if change.unit != "%" or change.of or change.bound or not Decimal(change.value):
            continue
        start = where.start(change)
        way = _WAY_RE.search(where.text, max(0, start - _BEFORE), start)
        if way is None or not _RATE_RE.search(one.sentence):
            continue
        rose = way["way"].lower() in RISES
        pair = _in_text(where, change, rose) or (_in_row(one, subject, rose) if named else None)
        if pair:
            tally.failed += 1
            yield _finding(by, one, way["way"].lower(), *pair)


_Pair = tuple[str, str, tuple[Span, Span]]


def _is_points(earlier: Decimal, later: Decimal, change: Figure, rose: bool) -> bool:
    """Whether a change is the difference of two rates and no share of the earlier one."""
    if not earlier or (later > earlier) != rose:
        return False
    told = Decimal(change.value)
    relative = abs(later - earlier) / earlier * _HUNDRED
    return abs(later - earlier) == told and not rounds_to(relative, value_as_printed(change))


def _in_text(where: Stated, change: Figure, rose: bool) -> _Pair | None:
    """The earlier rate, told of a time compared with in the sentence of the change, and a later one before it."""
    sentences = list(split_sentences(where.text))
    at = next((at for at, (_, high) in enumerate(sentences) if where.start(change) < high), 0)
    low, high = sentences[at]
    first = sentences[max(0, at - 1)][0]
    rates = [
        one for one in where.figures if one.unit == "%" and not one.of and not one.bound and one is not change
    ]
    for earlier in rates:
        start = where.start(earlier)
        gap = where.text[low:start]
        since = list(_SINCE_RE.finditer(gap)) if low <= start < high else []
        if not since or "%" in gap[since[-1].end() :]:
            continue
        for later in rates:
            before = first <= where.start(later) < where.start(change) and later is not earlier
            if before and _is_points(Decimal(earlier.value), Decimal(later.value), change, rose):
                return earlier.printed, later.printed, (earlier.span, later.span)
    return None


def _in_row(one: Mention, subject: Subject, rose: bool) -> _Pair | None:
    """The two rates of a row that the clause names, side by side."""
    end = one.where.sentence_end(one.where.end(one.figure))
    if not _SINCE_RE.search(one.where.text, one.where.end(one.figure), end):
        return None
    said = f"{one.sentence} {one.counted}"
    for grid in grids(subject.document):
        for line in grid.lines:
            if not (line.rate or "%" in line.unit) or not names_row(line, one.clause, said):
                continue
            for was, now in zip(grid.columns, grid.columns[1:], strict=False):
                earlier, later = line.value(was), line.value(now)
                if earlier and later and _is_points(earlier, later, one.figure, rose):
                    return line.printed(was), line.printed(now), (line.span(was), line.span(now))
    return None


def _finding(by: Rule, one: Mention, way: str, earlier: str, later: str, spans: tuple[Span, Span]) -> Finding:
    printed = one.figure.printed
    points = f"{printed.rstrip('% ')} điểm phần trăm"
    return by.finding(
        (one.figure.span,),
        f"ghi {way} {printed}, nhưng từ {earlier} đến {later} là {points}",
        f"{way} {printed} is stated, but from {earlier} to {later} it is that many points",
        stated=printed,
        expected=points,
        evidence=spans,
        suggestion=both("ghi “điểm phần trăm”", "call it points"),
        severity=Severity.NOTE,
        page=one.where.block.page,
    )
