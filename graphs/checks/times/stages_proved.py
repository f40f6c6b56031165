"""FIG of two stages told one after the other, against a row of years: ``2026-2027 …; giai đoạn 2028-2030 …``.

What the years of one stage come to in a row shows that the row is meant; the other stage is to be its own sum.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from graphs.checks.reading.arithmetic import decimal, show
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.models import Figure, Finding, Span

_STAGE_RE = re.compile(r"\b[Gg]iai đoạn\s+(20\d\d)\s*[-–—]\s*(20\d\d)[^.;\d]{0,60}$")
_HEAD_RE = re.compile(r"(?:[Nn]ăm\s+)?(20\d\d)")
_AHEAD, _MOST = 100, 3


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a table with its values by year."""

    label: str
    values: dict[int, tuple[Decimal, Span]]


def check_stages_proved(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """Of two stages of one sentence, of which one is the sum of its years in a row, the other is so too."""
    rows: list[_Row] | None = None
    for where in stated(subject) if not subject.is_rule() else ():
        told = _stages(where) if where.text.lower().count("giai đoạn") > 1 else []
        for (one, years), (other, then) in pairwise(told):
            if years[-1] + 1 != then[0] or one.unit != other.unit:
                continue
            rows = list(_rows(subject)) if rows is None else rows
            yield from _held(where, ((one, years), (other, then)), rows, tally, by)


def _stages(where: Stated) -> list[tuple[Figure, range]]:
    found = []
    for figure in where.figures:
        stage = _STAGE_RE.search(where.text[max(0, where.start(figure) - _AHEAD) : where.start(figure)])
        if stage and figure.unit not in (None, "%") and not figure.of and not figure.bound:
            found.append((figure, range(int(stage[1]), int(stage[2]) + 1)))
    return found


def _rows(subject: Subject) -> Iterator[_Row]:
    for table in subject.document.tables:
        years = {at: int(found[1]) for at, head in enumerate(table.columns) if (found := _HEAD_RE.fullmatch(head))}
        columns = years if len(set(years.values())) == len(years) > _MOST else {}
        for row in table.rows if columns else ():
            texts = [(cell.text or "").strip() for cell in row.cells]
            values = {
                year: (value, row.cells[at].spans[0])
                for at, year in columns.items()
                if at < len(texts) and row.cells[at].spans and (value := _value(texts[at])) is not None
            }
            if len(values) > _MOST:
                yield _Row(next((text for text in texts if text and not text[0].isdigit()), ""), values)


def _value(printed: str) -> Decimal | None:
    return decimal(printed.replace(".", "").replace(",", ".")) if printed[:1].isdigit() else None


def _held(
    where: Stated, told: Sequence[tuple[Figure, range]], rows: list[_Row], tally: Tally, by: Rule
) -> Iterator[Finding]:
    wrong = None
    for row in rows:
        if any(year not in row.values for _, years in told for year in years):
            continue
        sums = [sum((row.values[year][0] for year in years), Decimal(0)) for _, years in told]
        fits = [sum_ == Decimal(figure.value) for sum_, (figure, _) in zip(sums, told, strict=True)]
        if all(fits):
            tally.held += 1
            return
        proof = told[fits.index(True)] if any(fits) else None
        if proof and len(proof[1]) > 1 and len(proof[0].printed) > _MOST - 1:
            wrong = (row, told[fits.index(False)], sums[fits.index(False)])
    if wrong is None:
        return
    row, (figure, years), due = wrong
    tally.failed += 1
    words = " + ".join(show(row.values[year][0]) for year in years)
    yield by.finding(
        (figure.span,),
        f"ghi {figure.printed} {figure.unit}, nhưng bảng, dòng “{row.label}”: {words} = {show(due)}",
        f"{figure.printed} is stated, but the row “{row.label}” gives {words} = {show(due)}",
        stated=figure.printed,
        expected=show(due),
        evidence=tuple(row.values[year][1] for year in years),
        suggestion=both("xem lại số của giai đoạn hoặc bảng", "check the number of the stage or the table"),
        page=where.block.page,
    )
