"""The door to pdfplumber: ruled tables, from the rules that are drawn on a page and the words between them.

Only pdfplumber's geometry is used, on rules already read through pdfium: parsing the page a second time
costs ten times as much as all the rest.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from statistics import median
from typing import Any

from pdfplumber import table as plumber

from ingest.readers.flow import SUPERSCRIPT
from ingest.readers.pdf_lines import build_rows, join_segments
from ingest.readers.pdf_print import PrintedCell, PrintedTable, Rule, Word

# Borders drawn cell by cell miss each other by a point or two.
_SLACK = 3.0
# Finding cells takes the square of this; a page of 130 rows by 30 columns stays below, hatched drawings do not.
_CROSSINGS_MAX = 4000
# A mark of a note is set in two thirds of the size of the text.
_MARK_SIZE = 0.75
_ADDRESS_RE = re.compile(r"(?:https?://|www\.)\S*(?P<end>\S)$")
_ADDRESS_REST_RE = re.compile(r"[a-z0-9\-._~/?#&=%]+")
Bounds = tuple[float, float, float, float]


def find_cells(rules: Sequence[Rule], slack: float = _SLACK) -> list[list[Bounds]]:
    """The cells that rules enclose, table by table; rules that miss each other by `slack` points meet."""
    edges = plumber.merge_edges([_edge(rule) for rule in rules], slack, slack, slack, slack)
    upright = sum(edge["orientation"] == "v" for edge in edges)
    if upright * (len(edges) - upright) > _CROSSINGS_MAX:
        return []
    cells = plumber.intersections_to_cells(plumber.edges_to_intersections(edges, slack, slack))
    return plumber.cells_to_tables(cells) if cells else []


def find_tables(
    rules: Sequence[Rule], words: list[Word], slack: float = _SLACK
) -> tuple[list[PrintedTable], list[Word]]:
    """The ruled tables that hold text, from top to bottom, and the words outside them."""
    tables = []
    for group in find_cells(rules, slack):
        table, words = _fill(group, words)
        if table is not None:
            tables.append(table)
    return sorted(tables, key=lambda table: table.top), words


def _edge(rule: Rule) -> dict[str, Any]:
    if rule.level:
        middle = (rule.top + rule.bottom) / 2
        return {
            "x0": rule.x0,
            "x1": rule.x1,
            "top": middle,
            "bottom": middle,
            "width": rule.x1 - rule.x0,
            "height": 0.0,
            "orientation": "h",
        }
    middle = (rule.x0 + rule.x1) / 2
    return {
        "x0": middle,
        "x1": middle,
        "top": rule.top,
        "bottom": rule.bottom,
        "width": 0.0,
        "height": rule.bottom - rule.top,
        "orientation": "v",
    }


def _fill(cells: Sequence[Bounds], words: list[Word]) -> tuple[PrintedTable | None, list[Word]]:
    """A table from its cells, and the words it leaves; None when it is a frame around text, or empty."""
    columns = sorted({cell[0] for cell in cells} | {cell[2] for cell in cells})
    tops = sorted({cell[1] for cell in cells} | {cell[3] for cell in cells})
    width, height = len(columns) - 1, len(tops) - 1
    if width < 2 or (height < 2 and width < 3):
        return None, words
    inside: dict[Bounds, list[Word]] = {cell: [] for cell in cells}
    outside = []
    for word in words:
        cell = _cell_of(word, cells, (columns[0], tops[0], columns[-1], tops[-1]))
        if cell is None:
            outside.append(word)
        else:
            inside[cell].append(word)
    if not any(inside.values()):
        return None, words
    usual = median(word.size for held in inside.values() for word in held)
    rows: list[list[PrintedCell]] = [[] for _ in range(height)]
    for cell in sorted(cells, key=lambda cell: (cell[1], cell[0])):
        row, column = bisect_left(tops, cell[1]), bisect_left(columns, cell[0])
        across = bisect_left(columns, cell[2]) - column
        down = bisect_left(tops, cell[3]) - row
        rows[row].append(_read_cell(inside[cell], column, max(across, 1), max(down, 1), usual))
    box = columns[0], tops[0], columns[-1], tops[-1]
    return PrintedTable(*box, width, tuple(map(tuple, rows)), tuple(tops[:-1])), outside


def _cell_of(word: Word, cells: Sequence[Bounds], table: Bounds) -> Bounds | None:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    if not (table[0] <= x <= table[2] and table[1] <= y <= table[3]):
        return None
    for cell in cells:
        if cell[0] <= x <= cell[2] and cell[1] <= y <= cell[3]:
            return cell
    return None


def _read_cell(words: list[Word], column: int, across: int, down: int, usual: float) -> PrintedCell:
    if words and all(word.confidence is None and _is_mark(word, usual) for word in words):
        # Nothing beside it tells that it is raised.
        return PrintedCell(" ".join(word.text for word in words).translate(SUPERSCRIPT), column, across, down)
    lines = [join_segments(row) for row in build_rows(words)] if words else []
    sure = [line.confidence for line in lines if line.confidence is not None]
    text = ""
    for line in lines:
        text += line.text if not text or _cuts_address(text, line.text) else f" {line.text}"
    return PrintedCell(text, column, across, down, sum(sure) / len(sure) if sure else None)


def _is_mark(word: Word, usual: float) -> bool:
    """Whether a word, alone in its cell, is the mark of a note: a small number."""
    return word.size <= _MARK_SIZE * usual and word.text.isdecimal() and len(word.text) <= 3


def _cuts_address(before: str, after: str) -> bool:
    """Whether a line end cuts an address of the web."""
    found = _ADDRESS_RE.search(before)
    rest = _ADDRESS_REST_RE.match(after)
    return (
        found is not None
        and rest is not None
        and (found["end"] in "-/._?=&%#" or bool(set("/.-=_") & set(rest[0])))
    )
