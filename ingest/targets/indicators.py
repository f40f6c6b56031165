"""Targets of tables that give each goal a number in a column: ``Chỉ tiêu | Đơn vị | Kế hoạch 2026 | Thực hiện``.

The row says what is measured, a unit column or the brackets of the row in what, the head of the column by when.
A number in a bracket of years (``Năm 2026 | Năm 2030``) is a level for each; a column of what was reached is the
result of a report's level, and only where things stood in a plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import blake2b

from ingest.figures.measures import periods
from ingest.figures.quantities import parse_decimal
from ingest.targets.columns import LEVEL_RE, Heads, has_letters, last_year, read_heads, text_of
from ingest.targets.contexts import SCHOOL_YEAR_RE
from ingest.targets.due_cells import due_of
from ingest.targets.levels import read_level
from ingest.targets.papers import reports
from kb.goals import counts_goals, read_verdict
from kb.models import Cell, Comparator, Document, Result, Row, Span, Table, Target, ValueKind

_ROMAN_RE = re.compile(r"[IVX]+\.?")
_BRACKET_RE = re.compile(r"\s*\((?P<unit>%|[^()\d]{1,25})\)\s*$")
_SIGNS = {
    "≥": Comparator.AT_LEAST,
    ">=": Comparator.AT_LEAST,
    "≤": Comparator.AT_MOST,
    "<=": Comparator.AT_MOST,
    ">": Comparator.MORE,
    "<": Comparator.LESS,
}
_PART_RE = re.compile(r"[-+–•*]\s*|trong đó\b", re.IGNORECASE)
#: The last row of a table, which only adds up.
_SUM_RE = re.compile(r"\W*(?:tổng\s+)?cộng\W*", re.IGNORECASE)
#: Texts whose tables are forms and criteria, not goals of a plan.
_NORMS = ("Luật", "Bộ luật", "Pháp lệnh", "Nghị định", "Thông tư", "Thông tư liên tịch", "Văn bản hợp nhất")


def indicators_of(document: Document, at: int) -> tuple[Target, ...]:
    """The targets of one table of a document; none where its columns hold no levels."""
    table, kind = document.tables[at], document.metadata.type
    if kind and kind.value in _NORMS:
        return ()
    heads = read_heads(document, table)
    if heads is None:
        return ()
    tells = heads.settles or reports(document)
    return tuple(_of_rows(table, at, heads, tells=tells))


def period_over(table: Table) -> str | None:
    """The one period that the title or the caption of a table of goals names; None where there are several."""
    words = " ".join(filter(None, (table.caption, table.title)))
    words = words.lower() if words.isupper() else words
    school = SCHOOL_YEAR_RE.search(words)
    if school:
        return " ".join(school.group().split())
    told = {" ".join(one.group().split()) for one in periods(words, 0, len(words))}
    return told.pop() if len(told) == 1 else None


def _of_rows(table: Table, at: int, heads: Heads, *, tells: bool) -> Iterator[Target]:
    whole = ""
    parted = heads.settles and any(map(_is_roman, table.rows))
    for row_at, row in enumerate(table.rows):
        name = text_of(row, heads.name)
        if parted and row.cells[0].text and not _is_roman(row):
            continue  # what a part of the budget is made of
        if not has_letters(name) or _SUM_RE.fullmatch(name) or counts_goals(row):
            continue
        part = _PART_RE.match(name)
        whole = whole if part else name
        metric = f"{_bare(whole)}: {_bare(name[part.end() :])}" if part and whole else _bare(name)
        words = " ".join(filter(None, (text_of(row, column) for column in range(len(row.cells)))))
        told = [(level, found) for level in heads.levels if (found := LEVEL_RE.fullmatch(text_of(row, level[0])))]
        group = blake2b(words.lower().encode(), digest_size=4).hexdigest() if len(told) > 1 else None
        for level, found in told:
            unit = _unit(table, row, heads, level[0], _own_unit(found))
            verdict = read_verdict(text_of(row, heads.verdict)) if heads.verdict is not None else None
            yield Target(
                "",
                _hull(row),
                words[:600],
                (f"{_bare(table.columns[level[0]] or '')}: {metric}" if heads.placed else metric)[:200],
                _comparator(name, text_of(row, level[0]), found),
                _value(row.cells[level[0]], found["number"]),
                unit,
                due_of(table, row) or level[1],
                group=group,
                # A plan's column of what was reached says where things stood, unless a verdict goes with it.
                result=_result(row, heads, level, unit) if tells or verdict else None,
                verdict=verdict,
                eid=table.unit,
                page=row.page,
                table=at,
                row=row_at,
                level=row.cells[level[0]].span,
                judged=row.cells[heads.verdict].span if heads.verdict is not None and verdict else None,
            )


def _comparator(name: str, text: str, found: re.Match[str]) -> Comparator:
    """How a level is meant, by its sign, by its words, else by those that end the name of its row."""
    how = found["how"].strip()
    if how in _SIGNS:
        return _SIGNS[how]
    if name.lower().startswith("giảm "):
        return Comparator.DECREASE
    said = f"{_bare(name)} {text}"
    start = said.rindex(found["number"])
    end = start + found.end("unit" if found["unit"] else "number") - found.start("number")
    comparator = read_level(said, start, end)[0]
    return Comparator.AT_LEAST if comparator is Comparator.EQUAL and found["range"] else comparator


def _unit(table: Table, row: Row, heads: Heads, column: int, own: str | None) -> str | None:
    """The unit: of the cell, of its column, of the row's brackets, of the head's, else of the whole table."""
    told = text_of(row, heads.unit) if heads.unit is not None else ""
    brackets = (_BRACKET_RE.search(text_of(row, heads.name)), _BRACKET_RE.search(table.columns[column] or ""))
    over = "%" if "(%)" in (table.columns[heads.name] or "") else table.measure
    return own or told or next((one["unit"] for one in brackets if one), None) or over


def _own_unit(found: re.Match[str]) -> str | None:
    """What a cell counts (``420 cuộc``); of a share what it is one of is no unit."""
    return found["unit"] or (" ".join(found["things"].split()) if found["things"] and not found["up"] else None)


def _is_roman(row: Row) -> bool:
    return _ROMAN_RE.fullmatch(text_of(row, 0)) is not None


def _value(cell: Cell, number: str) -> str:
    plain = cell.value.kind in (ValueKind.NUMBER, ValueKind.PERCENT) and cell.value.value is not None
    return str(cell.value.value) if plain else parse_decimal(number)


def _result(row: Row, heads: Heads, level: tuple[int, str | None], unit: str | None) -> Result | None:
    """What was reached in the time of a level: the nearest column behind it, of no earlier year."""
    year = last_year(level[1])
    for column, period in sorted(heads.results, key=lambda one: (one[0] < level[0], one[0])):
        told = last_year(period)
        text = text_of(row, column)
        if not text or (told and year and told < year):
            continue
        found = LEVEL_RE.fullmatch(text)
        span = row.cells[column].span
        if found is None:
            return Result(text, None, None, span)
        return Result(text, _value(row.cells[column], found["number"]), _own_unit(found) or unit, span)
    return None


def _bare(name: str) -> str:
    return _BRACKET_RE.sub("", name).strip(" .;,:*_")


def _hull(row: Row) -> Span:
    spans = [span for cell in row.cells for span in cell.spans]
    return Span(spans[0].start, spans[-1].end)
