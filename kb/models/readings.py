"""What a reader gives: text, lines, tables as printed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kb.models.places import Box, Span
from kb.models.sources import Problem


class LineKind(StrEnum):
    """What a reader knows of a line; TEXT where it knows nothing."""

    TEXT = "text"
    ROW = "row"  # one row of a table, cells separated by tabs
    NOTE = "note"  # part of a footnote or endnote
    FURNITURE = "furniture"  # page number, running head, website frame


@dataclass(frozen=True, slots=True)
class Style:
    """How a line is printed, as far as the format tells; None where it does not."""

    size: float | None = None
    bold: bool = False
    italic: bool = False
    centered: bool = False
    indent: float | None = None
    heading: int | None = None


PLAIN_STYLE = Style()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a reading: a printed line of a page, a paragraph of a Word file, a line of a text file.

    `span` leaves out the line end. `whole` says that the line is a paragraph by itself (Word, HTML): it is
    never joined with the next. `confidence` (0 to 1) is OCR's.
    """

    span: Span
    kind: LineKind = LineKind.TEXT
    page: int | None = None
    box: Box | None = None
    style: Style = PLAIN_STYLE
    whole: bool = False
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a table as printed: its pieces of text and how far it reaches."""

    spans: tuple[Span, ...]
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table a reader saw: rows of cells; `lines` are the indexes of its first and last line, inclusive.

    `header_rows` is None where the format does not mark head rows.
    """

    rows: tuple[tuple[GridCell, ...], ...]
    lines: tuple[int, int]
    header_rows: int | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as text and lines; what every reader gives.

    `text` is the file's own text exactly as decoded (plain text, Markdown); for other formats, text made by
    the reader in the same dialect: a line a paragraph or printed line, table rows as tab-separated lines,
    note marks as superscript digits (``Chính phủ¹``), each note a line that begins with its mark.
    """

    text: str
    lines: tuple[Line, ...]
    grids: tuple[Grid, ...] = ()
    pages: int | None = None
    problems: tuple[Problem, ...] = ()
    ocr_pages: tuple[int, ...] = ()
