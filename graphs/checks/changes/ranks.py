"""FIG of ranks: by how many places an index rose or fell is what the row of its ranks has for the two years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from graphs.checks.reading.forms import SIGN, Signs, signs_of
from graphs.checks.reading.prose import stated
from graphs.checks.reading.rows import Grid, Line, grids
from graphs.checks.reading.years import year_columns
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.models import Finding

_RANK_RE = re.compile(r"\b(?:xếp hạng|thứ hạng|xếp thứ|hạng|vị trí|thứ bậc)\b", re.IGNORECASE)
_NAME_RE = re.compile(r"\b[A-ZĐ]{3,}(?:[ -]INDEX)?\b")
_MOVED_RE = re.compile(
    rf"\bnăm\s+(?P<own>(?:19|20)\d\d)\b[^.;]{{0,60}}?\b(?P<way>tăng|giảm|tụt)\s+(?:{SIGN}[^.;,]{{0,30}}?\bvà\s+)?"
    rf"(?P<places>{SIGN})\s+bậc\s+so với\s+năm\s+(?P<year>(?:19|20)\d\d)",
    re.IGNORECASE,
)


def check_ranks(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """``Chỉ số PCI năm 2019 tăng 04 bậc so với năm 2018`` is what the row of the ranks of PCI has."""
    ranked = [
        (grid, line)
        for grid in grids(subject.document)
        for line in grid.lines
        if _RANK_RE.search(line.label) and _NAME_RE.search(line.label)
    ]
    for where in stated(subject) if ranked and not subject.is_rule() else ():
        if "bậc" not in where.text:
            continue
        signs = signs_of(where)
        for found in _MOVED_RE.finditer(signs.text):
            yield from _held_against(signs, found, ranked, where.block.page, tally, by)


def _held_against(
    signs: Signs, found: re.Match[str], ranked: list[tuple[Grid, Line]], page: int | None, tally: Tally, by: Rule
) -> Iterator[Finding]:
    names = _NAME_RE.findall(signs.text, signs.sentence_start(found.start()), found.start())
    rows = [(grid, line) for grid, line in ranked if names and names[-1] in _NAME_RE.findall(line.label)]
    if len(rows) != 1:
        return
    grid, line = rows[0]
    columns = {year: at for at, year in year_columns(grid)}
    one, two = columns.get(int(found["year"])), columns.get(int(found["own"]))
    before = line.value(one) if one is not None else None
    after = line.value(two) if two is not None else None
    told = signs.of(found["places"])
    if before is None or after is None or one is None or two is None:
        return
    rose = before - after
    if abs(rose) == Decimal(told.value) and (rose > 0) == (found["way"].lower() == "tăng"):
        tally.held += 1
        return
    tally.failed += 1
    way = found["way"].lower()
    risen = "tăng" if rose > 0 else "giảm"
    places = f"{line.printed(one)} → {line.printed(two)}"
    yield by.finding(
        (told.span,),
        f"ghi {way} {told.printed} bậc, nhưng bảng, dòng “{line.label}”: {places}, {risen} {abs(rose)} bậc",
        f"{way} {told.printed} places is stated, but the table has {places}: {rose} places",
        stated=f"{way} {told.printed} bậc",
        expected=f"{abs(rose)} bậc",
        evidence=(line.span(one), line.span(two)),
        suggestion=both("đối chiếu thứ hạng hai năm", "compare the ranks of the two years"),
        page=page,
    )
