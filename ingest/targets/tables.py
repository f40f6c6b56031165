"""Targets of tables that set goals beside results and verdicts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from hashlib import blake2b

from ingest.figures.measures import measure
from ingest.figures.quantities import Quantity, find_quantities
from ingest.targets.amounts import is_amount
from ingest.targets.due_cells import due_of, tasks_of_table
from ingest.targets.indicators import indicators_of, period_over
from ingest.targets.levels import joined, read_level
from ingest.targets.metrics import in_order, metric_of_level
from ingest.targets.same import content_words, likeness
from kb.goals import Columns, counts_goals, read_columns, read_verdict
from kb.models import Cell, Comparator, Document, Result, Row, Span, Target

_IN_TURN_RE = re.compile(r"[^;.]*\d\s*%(?:\s*[;,]\s*[^;.]*?\d\s*%)+\W*")
_PERIOD_RE = re.compile(r"(?:đến\s+(?:hết\s+)?)?(?:năm|giai đoạn)\s+20\d\d(?:\s*[-–]\s*20\d\d)?", re.IGNORECASE)
_MISSED_RE = re.compile(r"\b(?:chưa|không)\s+(?:đảm bảo|bảo đảm|đạt)[^.;]{0,30}$", re.IGNORECASE)


def targets_of_tables(document: Document) -> Iterator[Target]:
    """The targets of every row of every table of goals."""
    for at, table in enumerate(document.tables):
        listed = indicators_of(document, at)
        if listed:
            yield from listed
            continue
        columns = read_columns(table)
        if columns is None:
            yield from tasks_of_table(document, at)
            continue
        for row_at, row in enumerate(table.rows):
            if columns.goal < len(row.cells) and row.cells[columns.goal].text and not counts_goals(row):
                yield from _of_row(document, at, row_at, columns)


def _of_row(document: Document, at: int, row_at: int, columns: Columns) -> Iterator[Target]:
    table = document.tables[at]
    row = table.rows[row_at]
    cell = row.cells[columns.goal]
    text = " ".join((cell.text or "").split())
    verdict = read_verdict(_text(row, columns.verdict))
    base = Target(
        "",
        cell.span,
        text,
        text[:200],
        Comparator.COMPLETE,
        verdict=verdict,
        eid=table.unit,
        page=row.page,
        table=at,
        row=row_at,
        judged=row.cells[columns.verdict].span if columns.verdict is not None and verdict else None,
    )
    told = _PERIOD_RE.search(table.columns[columns.goal] or "")
    period_head = " ".join(told.group().split()) if told else None
    levels = [quantity for quantity in find_quantities(text) if quantity.percent or _required(text, quantity)]
    levels = levels or [one for one in find_quantities(text) if _is_amount(text, one)][:1]
    if not levels:
        yield replace(
            base,
            period=due_of(table, row) or period_head or period_over(table),
            result=_result(row, columns, None),
        )
        return
    group = blake2b(text.lower().encode(), digest_size=4).hexdigest() if len(levels) > 1 else None
    found: list[Target] = []
    for quantity, comparator in joined(text, [(one, read_level(text, one.start, one.end)[0]) for one in levels]):
        measured = measure(text, quantity)
        before = found[-1].metric if found else None
        metric = metric_of_level(text, quantity, measured.what, before)
        target = replace(
            base,
            metric=metric or text[:200],
            comparator=comparator,
            value=quantity.value,
            unit=measured.unit,
            period=measured.period or due_of(table, row) or period_head or period_over(table),
            scope=measured.scope,
            group=group,
            result=_result(row, columns, metric, quantity, measured.unit),
            level=_behind_break(document, cell, text, quantity),
        )
        found.append(target)
    found = list(in_order(text, found))
    yield from _in_turn(row, columns, found) or _own_results(found)


def _behind_break(document: Document, cell: Cell, text: str, level: Quantity) -> Span | None:
    """The part of a cell cut by the end of a page in which a level stands; None where that is its first part."""
    printed = text[level.start : level.end]
    before = text.count(printed, 0, level.start)
    for at, span in enumerate(cell.spans if len(cell.spans) > 1 else ()):
        there = " ".join(document.text[span.start : span.end].split()).count(printed)
        if before < there:
            return span if at else None
        before -= there
    return None


def _in_turn(row: Row, columns: Columns, targets: list[Target]) -> list[Target]:
    """``từ 95%; cấp huyện từ 98%`` beside ``99,31%; cấp huyện 98,45%``: as many rates as levels, in order."""
    text = _text(row, columns.result) or ""
    rates = [one for one in find_quantities(text) if one.percent]
    if len(targets) < 2 or len(rates) != len(targets) or not _IN_TURN_RE.fullmatch(text):
        return []
    return [
        replace(target, result=target.result and replace(target.result, value=rate.value, unit="%", what=None))
        for target, rate in zip(targets, rates, strict=True)
    ]


def _is_amount(text: str, quantity: Quantity) -> bool:
    """Whether a number of a goal is a level that is no share: so many things, so much money."""
    unit = measure(text, quantity).unit
    return is_amount(text, quantity, unit) or bool(unit and "đồng" in unit)


def _own_results(targets: list[Target]) -> Iterator[Target]:
    """Of several levels that got one figure that one keeps it whose words speak of it most.

    Of equals the first: what is set behind it ("trong đó …") is a part, and the figure speaks of the whole. Levels
    of one thing ("cấp tỉnh, cấp huyện tương ứng 30%, 20%", "… cho đến khi đạt 100%") share it; a change does not.
    """
    shared = [
        likeness(content_words(one.metric), content_words((one.result and one.result.what) or ""))
        for one in targets
    ]
    for at, target in enumerate(targets):
        rivals = [
            (shared[other], -other)
            for other, one in enumerate(targets)
            if other == at
            or one.metric != target.metric
            or (one.period != target.period and target.comparator in (Comparator.INCREASE, Comparator.DECREASE))
            if one.result and target.result and one.result.what and one.result.value == target.result.value
        ]
        if target.result and rivals and (shared[at], -at) < max(rivals):
            yield replace(target, result=replace(target.result, value=None, unit=None, what=None))
        else:
            yield target


def _required(text: str, quantity: Quantity) -> bool:
    return read_level(text, quantity.start, quantity.end)[1] != "plain"


def _result(
    row: Row, columns: Columns, metric: str | None, level: Quantity | None = None, unit: str | None = None
) -> Result | None:
    """What the result cell says, with the figure in it that is spoken of as reached."""
    if columns.result is None or columns.result >= len(row.cells):
        return None
    cell = row.cells[columns.result]
    text = " ".join((cell.text or "").split())
    if not text:
        return None
    shares = level is None or level.percent
    rates = [
        quantity
        for quantity in find_quantities(text)
        if quantity.percent is shares and (_is_reached(text, quantity) if shares else not quantity.of)
    ]
    if not shares:
        # Of amounts the first in the level's own unit, or the one that the cell begins with.
        rates = [one for one in rates if measure(text, one).unit == unit or not text[: one.start].strip()][:1]
    best = _best(text, rates, metric)
    if best is None:
        return Result(text, None, None, cell.span)
    return Result(text, best.value, "%" if shares else unit, cell.span, _told(text, best))


def _is_reached(text: str, quantity: Quantity) -> bool:
    """Whether a rate of a result cell is a level that was reached: no change, no level, nothing missed."""
    row = read_level(text, quantity.start, quantity.end)[1]
    left = text[: quantity.start]
    return row not in ("at least", "at most", "increase", "decrease") and not _MISSED_RE.search(left)


def _best(text: str, rates: list[Quantity], metric: str | None) -> Quantity | None:
    """The rate whose clause shares most words with the target; the last of equals, for it is the latest."""
    if not rates:
        return None
    wanted = content_words(metric or "")
    scored = [(len(wanted & content_words(_told(text, rate) or "")), at) for at, rate in enumerate(rates)]
    return rates[max(scored)[1]]


def _told(text: str, rate: Quantity) -> str | None:
    return metric_of_level(text, rate, measure(text, rate).what, None)


def _text(row: Row, column: int | None) -> str | None:
    return row.cells[column].text if column is not None and column < len(row.cells) else None
