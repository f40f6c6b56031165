"""FIG of two values that stand apart: what a thing rose or fell by since a year.

The earlier value is looked for right before the later one, else in the table row that bears the name and holds the
value of the later one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from graphs.checks.changes.alongside import check_alongside, check_rates_of_change
from graphs.checks.changes.amount_and_rate import check_amounts_and_rates
from graphs.checks.changes.both_ways import check_both_ways
from graphs.checks.changes.by_year import check_by_year
from graphs.checks.changes.change_far import check_change_far
from graphs.checks.changes.points import check_points
from graphs.checks.changes.ranks import check_ranks
from graphs.checks.changes.ranks_told import check_ranks_told
from graphs.checks.changes.row_changes import check_row_changes
from graphs.checks.changes.since_far import check_since_far
from graphs.checks.changes.two_times import check_mean_change, check_two_times
from graphs.checks.reading.arithmetic import places_of, rounds_to, show
from graphs.checks.reading.change_forms import MORE_FORMS, SINCE_FORMS
from graphs.checks.reading.moved import check_moved
from graphs.checks.reading.prose import Stated, everywhere
from graphs.checks.reading.said import cell_of, said_figures
from graphs.checks.reading.told import Told, told_cells
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import Figure, Finding, Span

_WAY_RE = re.compile(r"\b(?P<way>tăng|giảm)(?:\s+(?:thêm|được))*\s*$", re.IGNORECASE)
_SINCE_RE = re.compile(
    r"[^,;.()\d]{0,40}\bso với\s+(?:cuối\s+|đầu\s+)?năm\s+(?P<year>(?:19|20)\d\d)(?!\d)(?!\s*\([^()]*\d)"
)
_YEAR_RE = re.compile(r"(?:19|20)\d\d")
#: One more step since the last value: "cuối năm 2023 còn 2.382 hộ, giảm 692 hộ; cuối năm 2024 giảm thêm 677 hộ".
_STEP_RE = re.compile(r";\s*(?:đến\s+|hết\s+|cuối\s+)*năm\s+(?:19|20)\d\d\s+(?:tăng|giảm)\s+thêm\s+$")
_STEP = 60
_NEAR = Decimal("0.25")


def _way(where: Stated, figure: Figure) -> str | None:
    found = _WAY_RE.search(where.text[: where.start(figure)])
    return found["way"].lower() if found and not figure.of and not figure.bound else None


def check_since(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``Năm 2024 đạt 87,92%, tăng 2,22% so với năm 2023`` fits what 2023 had; ``tăng 3% so với cùng kỳ (1.6)``."""
    if subject.is_rule():
        return
    seen: set[Span] = set()
    for finding in (
        *check_moved(subject, tally, SINCE, SINCE_FORMS, MORE_FORMS),
        *check_alongside(subject, tally, SINCE),
        *check_rates_of_change(subject, tally, SINCE),
        *check_by_year(subject, tally, SINCE),
        *check_both_ways(subject, tally, SINCE),
        *check_ranks(subject, tally, SINCE),
        *check_ranks_told(subject, tally, SINCE),
        *check_row_changes(subject, tally, SINCE),
        *check_since_far(subject, tally, SINCE),
        *check_points(subject, tally, SINCE),
        *check_two_times(subject, tally, SINCE),
        *check_mean_change(subject, tally, SINCE),
        *check_change_far(subject, tally, SINCE),
        *check_amounts_and_rates(subject, tally, SINCE),
    ):
        start = finding.spans[0].start
        if _STEP_RE.search(subject.document.text[max(0, start - _STEP) : start]):
            continue
        if seen.isdisjoint(finding.spans):
            seen.update(finding.spans)
            yield finding
    cells = told_cells(subject)
    said = {one.figure.span: one for one in said_figures(subject)} if cells else {}
    for where in everywhere(subject):
        for at, change in enumerate(where.figures):
            way = _way(where, change)
            since = _SINCE_RE.match(where.text, where.end(change)) if way else None
            if since is None or way is None or not at:
                continue
            later = where.figures[at - 1]
            if later.unit != change.unit and (change.unit != "%" or later.of or later.bound):
                continue
            before = _right_before(where, at - 1, since["year"])
            one = said.get(later.span)
            cell = cell_of(one, cells) if one and before is None and later.unit == change.unit else None
            if before is not None:
                yield from _held_against(where, before, later, (before.span,), change, way, tally)
            elif cell is not None and cell.value == Decimal(later.value):
                yield from _from_row(where, cell, since["year"], later, change, way, tally)


def _changed_by(earlier: Figure | _Value, later: Figure, change: Figure) -> bool:
    """Whether a change is the difference of two values, or its share of the earlier one."""
    one, difference = Decimal(earlier.value), abs(Decimal(later.value) - Decimal(earlier.value))
    relative = difference / one * 100 if one else None
    return rounds_to(difference, change.value) or bool(
        change.unit == "%" and relative is not None and rounds_to(relative, change.value)
    )


def _right_before(where: Stated, at: int, year: str) -> Figure | None:
    """The figure right before another one, of its unit, that tells the same thing of a year."""
    later, one = where.figures[at], where.figures[at - 1] if at else None
    if one is None or one.unit != later.unit or one.of or one.bound or _way(where, one):
        return None
    own = set(_YEAR_RE.findall(one.period or ""))
    near = where.sentence_end(where.end(one)) > where.start(later)
    return one if near and own == {year} and year not in (later.period or "") else None


def _from_row(
    where: Stated, cell: Told, year: str, later: Figure, change: Figure, way: str, tally: Tally
) -> Iterator[Finding]:
    columns = [at for at in cell.grid.columns if set(_YEAR_RE.findall(cell.grid.head(at))) == {year}]
    value = cell.line.value(columns[0]) if len(columns) == 1 else None
    if value is not None:
        earlier = _Value(str(value), cell.line.printed(columns[0]), change.unit)
        evidence = (cell.line.span(columns[0]), later.span)
        yield from _held_against(where, earlier, later, evidence, change, way, tally)


@dataclass(frozen=True, slots=True)
class _Value:
    """A value of a table, as far as a comparison needs it."""

    value: str
    printed: str
    unit: str | None


def _held_against(
    where: Stated,
    earlier: Figure | _Value,
    later: Figure,
    evidence: tuple[Span, ...],
    change: Figure,
    way: str,
    tally: Tally,
) -> Iterator[Finding]:
    difference = Decimal(later.value) - Decimal(earlier.value)
    if (difference >= 0) == (way == "tăng") and _changed_by(earlier, later, change):
        tally.held += 1
        return
    tally.failed += 1
    rose = show(abs(difference), max(places_of(earlier.value), places_of(later.value)))
    if change.unit == "%" and later.unit != "%" and Decimal(earlier.value):
        rose = f"{show(abs(difference / Decimal(earlier.value)) * 100)}%"
    went, went_en = ("giảm ", "a fall of ") if difference < 0 else ("tăng ", "a rise of ")
    yield SINCE.finding(
        (change.span,),
        f"ghi {way} {change.printed}, nhưng từ {earlier.printed} đến {later.printed} là {went}{rose}",
        f"{way} {change.printed} is stated, but from {earlier.printed} to {later.printed} it is {went_en}{rose}",
        stated=f"{way} {change.printed}",
        expected=rose,
        evidence=evidence,
        suggestion=both("đối chiếu hai giá trị và mức tăng, giảm", "compare the two values and the change"),
        page=where.block.page,
    )


SINCE = rule("FIG-219", check_since)
COMPARED_RULES = (SINCE,)
