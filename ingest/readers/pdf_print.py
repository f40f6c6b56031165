"""What is printed on a page, whoever read it (a PDF's text layer or OCR): words, rules, lines, tables."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import ModuleType
from typing import NamedTuple

from kb.models import LineKind


class Word(NamedTuple):
    """A run of letters without white space, in points from the top left corner of the upright page.

    A named tuple, for a page holds a thousand of them. `spaced` says that white space stands before it in
    the source; without it, the distance to its neighbour decides. `angle` is the direction of writing in
    degrees, clockwise, on the upright page.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    baseline: float
    size: float
    bold: bool = False
    italic: bool = False
    spaced: bool = True
    angle: int = 0
    confidence: float | None = None


class Rule(NamedTuple):
    """A straight printed line, upright or level."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def level(self) -> bool:
        """Whether it runs from left to right."""
        return self.x1 - self.x0 >= self.bottom - self.top


@dataclass(slots=True)
class Segment:
    """Words that stand together on one printed line: a whole line, or one column's part of it."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    baseline: float
    size: float
    bold: bool = False
    italic: bool = False
    confidence: float | None = None
    kind: LineKind = LineKind.TEXT
    column: tuple[float, float] | None = None
    turned: bool = False

    @property
    def center(self) -> float:
        """The middle between left and right."""
        return (self.x0 + self.x1) / 2


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """A cell of a printed table; `text` has no line breaks, `column` is the first one it stands in."""

    text: str
    column: int
    colspan: int = 1
    rowspan: int = 1
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table on one page: `columns` in number, its rows of cells, and the upper edge of each row."""

    x0: float
    top: float
    x1: float
    bottom: float
    columns: int
    rows: tuple[tuple[PrintedCell, ...], ...]
    row_tops: tuple[float, ...]


@dataclass(slots=True)
class PrintedPage:
    """A page as the eye sees it: `rows` of segments from top to bottom, tables, and what to say of it."""

    number: int
    width: float
    height: float
    rows: list[list[Segment]] = field(default_factory=list)
    tables: list[PrintedTable] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    ocr: bool = False
    confidence: float | None = None


def may_hold_table(rules: Sequence[Rule]) -> bool:
    """Whether there are two upright and two level rules at all."""
    upright = sum(not rule.level for rule in rules)
    return upright >= 2 and len(rules) - upright >= 2


def tables_door() -> ModuleType:
    """The module that imports pdfplumber, which most documents need not wait for."""
    return importlib.import_module("ingest.readers.pdf_tables")
