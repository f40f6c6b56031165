"""Arithmetic of real tables: cells altered one at a time, the share that is seen, what unaltered tables raise."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from dataclasses import replace

from graphs.checks.reading.rows import read_grid
from graphs.checks.report import Subject, Tally
from graphs.checks.tables.columns import COLUMN_RULES
from graphs.checks.tables.tables import TABLE_RULES
from ingest.document import build_document
from ingest.readers.door import read_source
from ingest.sources import source_of
from kb.models import Document, Span, Table, ValueKind
from tests.benchmarks.texts import REPORT

TEXTS = REPORT.parents[1] / "texts"
_COLLECTIONS = ("vbpl", "others", "phap-dien")
_SEED, _CELLS, _FEWEST, _TABS, _LONGEST = 3, 12, 6, 10, 250_000


def run() -> None:
    """Every table of the collections that is set with tabs and holds numbers, and those of the real report."""
    chance = random.Random(_SEED)
    tables = known = altered = seen = raised = held = 0
    for document in documents():
        for table in document.tables:
            one = replace(document, tables=(table,))
            cells = _numbers(table)
            if len(cells) < _FEWEST:
                continue
            before, counts = _findings(one)
            tables, raised, held = tables + 1, raised + len(before), held + counts
            chance.shuffle(cells)
            hits = sum(bool(_findings(_altered(one, place, chance))[0] - before) for place in cells[:_CELLS])
            if hits:
                known, seen, altered = known + 1, seen + hits, altered + min(_CELLS, len(cells))
    if not tables:
        print("  no collection of papers beside the project: skipped")
        return
    print(f"  {tables} tables with numbers: {held} relations hold, {raised} findings")
    print(f"  {known} with arithmetic that is checked: {seen} of {altered} cells altered there are seen")


def documents() -> Iterator[Document]:
    """Texts with tables set in tabs, each as a document; the real report last."""
    for name in _COLLECTIONS:
        path = TEXTS / f"{name}.jsonl.gz"
        if not path.is_file():
            continue
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                text = json.loads(line)["text"] or ""
                if text.count("\t") > _TABS and len(text) < _LONGEST:
                    yield _document(text)
    if REPORT.is_file():
        yield _document(REPORT.read_text("utf-8"))


def _document(text: str) -> Document:
    source = source_of("van-ban.txt", text.encode())
    return build_document(source, read_source(source, text.encode()))


def _numbers(table: Table) -> list[tuple[int, int]]:
    """Row and column of every number that a check may use, but nothings."""
    grid = read_grid(table)
    if grid is None or len(table.rows) < 3:
        return []
    kinds = (ValueKind.NUMBER, ValueKind.PERCENT)
    return [
        (line.at, column)
        for line in grid.lines
        for column in grid.columns
        if line.value(column) and line.cells[column].value.kind in kinds
    ]


def _altered(document: Document, place: tuple[int, int], chance: random.Random) -> Document:
    """The document with another digit in one number: the second, or the only one."""
    (table,), (at, column) = document.tables, place
    cell = table.rows[at].cells[column]
    value = cell.value.value or "0"
    digits = [index for index, letter in enumerate(value) if letter.isdigit()]
    index = digits[min(1, len(digits) - 1)]
    new = value[:index] + str((int(value[index]) + chance.randint(2, 7)) % 10) + value[index + 1 :]
    other = replace(cell, text=new.replace(".", ","), value=replace(cell.value, value=new))
    cells = (*table.rows[at].cells[:column], other, *table.rows[at].cells[column + 1 :])
    rows = (*table.rows[:at], replace(table.rows[at], cells=cells), *table.rows[at + 1 :])
    return replace(document, tables=(replace(table, rows=rows),))


def _findings(document: Document) -> tuple[set[tuple[str, tuple[Span, ...], str | None, str | None]], int]:
    """What the rules on tables raise, and how much of them holds."""
    tally = Tally()
    found = {
        (finding.rule, finding.spans, finding.stated, finding.expected)
        for rule in (*TABLE_RULES, *COLUMN_RULES)
        for finding in rule.run(Subject(document), tally)
    }
    return found, tally.held
