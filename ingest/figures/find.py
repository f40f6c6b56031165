"""The figures of a document: every quantity of its prose, lists, notes and tables."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ingest.figures.measures import measure
from ingest.figures.quantities import Quantity, find_quantities
from kb.models import (
    BlockKind,
    Cell,
    Citation,
    Document,
    Figure,
    Row,
    Span,
    Table,
    TextBlock,
    Unit,
    UnitKind,
    ValueKind,
    Where,
)

#: Digits alone in their paragraph are what is left of a table that was lost: an ordinal, a year, a coordinate.
_ORDINAL_RE = re.compile(r"[\s*_|]*(?:\d{1,3}(?:\.\d{1,3}){0,4}[.)]?|\d+|\d{5,}\.\d+|\d{4}\.\d\d)[\s*_|]*")
#: A value alone in its paragraph, of a row whose label stands some paragraphs before it; a unit alone.
_CELL_RE = re.compile(r"[\s*_|≥≤<>=~]*\d[\d.,]*\s?%?[\s*_|]*")
_UNIT_CELL_RE = re.compile(
    r"\s*(?P<unit>%|(?:[Nn]ghìn |[Tt]riệu |[Tt]ỷ )?(?:đồng|USD|người|tấn|lượt)|[Hh]a|[Kk]m2?|[Nn]gười|[Hh]ộ"
    r"|[Xx]ã)\s*"
)
_FARTHEST = 12
#: A part right before what it is a part of, both with their unit: ``66 em trên 220 em``.
_PART_RE = re.compile(r"\d\s+(?P<unit>[^\W\d_]+(?:\s[^\W\d_]+){0,2})\s+trên\s*$")
#: Heads of columns that hold codes.
_CODE_RE = re.compile(
    r"\W*(?:mã|nhóm hàng|số hiệu|số,? ký hiệu|ký hiệu|điện thoại|số tài khoản)(?!\w)", re.IGNORECASE
)
_LIST_KINDS = (UnitKind.POINT, UnitKind.SUBPOINT, UnitKind.ITEM)


def find_figures(document: Document, citations: Iterable[Citation] = ()) -> tuple[Figure, ...]:
    """Every quantity that a document states, in reading order; what citations are made of is none."""
    units = {unit.eid: unit for unit in document.units}
    taken = _taken(document, citations)
    found = [figure for block in document.blocks for figure in _of_block(document, block, units, taken)]
    found = list(_labelled(document, found))
    found += [figure for at, table in enumerate(document.tables) for figure in _of_table(document, at, table)]
    return tuple(sorted(found, key=lambda figure: figure.span.start))


@dataclass(frozen=True, slots=True)
class _Taken:
    """Ranges of the reading text that citations take, rising."""

    ranges: tuple[tuple[int, int], ...]

    def within(self, low: int, high: int) -> tuple[tuple[int, int], ...]:
        """Those inside ``[low, high)``, counted from `low`."""
        return tuple((max(a, low) - low, min(b, high) - low) for a, b in self.ranges if a < high and b > low)


def _taken(document: Document, citations: Iterable[Citation]) -> _Taken:
    ranges = []
    blocks = sorted(document.blocks, key=lambda block: block.span.start)
    starts = [block.span.start for block in blocks]

    def read_at(offset: int) -> int | None:
        block = blocks[max(bisect_right(starts, offset) - 1, 0)]
        return document.reading.from_source(offset, block.view)

    for citation in citations:
        start = read_at(citation.span.start)
        end = read_at(max(citation.span.end - 1, citation.span.start))
        if start is not None and end is not None:
            ranges.append((start, end + 1))
    return _Taken(tuple(sorted(ranges)))


def _of_block(document: Document, block: TextBlock, units: dict[str, Unit], taken: _Taken) -> Iterator[Figure]:
    if block.kind not in (BlockKind.TEXT, BlockKind.NOTE):
        return
    unit = units.get(block.unit or "")
    if unit and unit.kind in (UnitKind.PREFACE, UnitKind.CONCLUSIONS) and block.kind is BlockKind.TEXT:
        return  # a note may stand below the signature
    text = document.block_text(block).replace("\n", " ")  # the ends of lines are no more than spaces
    if _ORDINAL_RE.fullmatch(text):
        return
    where = Where.NOTE if block.kind is BlockKind.NOTE else Where.PROSE
    if where is Where.PROSE and unit and unit.kind in _LIST_KINDS and len(text) < 400:
        where = Where.LIST
    for quantity in find_quantities(text, taken.within(block.view.start, block.view.end)):
        yield _figure(document, block, text, quantity, where)


def _labelled(document: Document, figures: Iterable[Figure]) -> Iterator[Figure]:
    """Figures alone in their paragraph with the words, and the unit, that stand alone before them.

    So a table comes out of a page that kept the texts of its cells and lost its lines.
    """
    rows: list[tuple[Span, str, str | None]] = []
    label, unit, since = "", None, _FARTHEST
    for block in document.blocks:
        text = document.block_text(block)
        if _CELL_RE.fullmatch(text):
            since += 1
            if label and since <= _FARTHEST:
                rows.append((block.view, label, unit))
        elif sign := _UNIT_CELL_RE.fullmatch(text):
            unit = sign["unit"]
        elif block.kind is BlockKind.TEXT and any(letter.isalpha() for letter in text):
            label, unit, since = " ".join(text.split())[:160], None, 0
    starts = [view.start for view, _, _ in rows]
    for figure in figures:
        at = bisect_right(starts, figure.view.start) - 1
        if figure.what or at < 0 or figure.view.start >= rows[at][0].end:
            yield figure
        else:
            yield replace(figure, what=rows[at][1], unit=figure.unit or rows[at][2])


def _figure(document: Document, block: TextBlock, text: str, quantity: Quantity, where: Where) -> Figure:
    start, end = block.view.start + quantity.start, block.view.start + quantity.end
    measured = measure(text, quantity)
    part = _PART_RE.search(text, 0, quantity.start)
    whole = part is not None and part["unit"] == measured.unit
    return Figure(
        document.reading.hull(start, end),
        Span(start, end),
        quantity.value,
        measured.unit,
        measured.what,
        where,
        of=quantity.of,
        period=measured.period,
        scope=measured.scope,
        bound=None if whole else measured.bound,
        printed=quantity.printed,
        eid=block.unit,
        page=block.page,
    )


def _of_table(document: Document, at: int, table: Table) -> Iterator[Figure]:
    """Cells that hold a number; long cells of words are read as prose."""
    for row_at, row in enumerate(table.rows):
        label = row_label(table, row_at)
        for column, cell in enumerate(row.cells):
            if (
                not cell.spans
                or not cell.text
                or (column == 0 and (_is_ordinal(table) or _numbers_row(table, row)))
            ):
                continue
            head = table.columns[column] if column < len(table.columns) else ""
            if _CODE_RE.match(head or ""):
                continue
            place = {"page": row.page, "table": at, "row": row_at, "column": column, "eid": table.unit}
            if cell.value.kind is ValueKind.TEXT:
                yield from _of_words(document, cell, label or head, head, place)
            elif cell.value.value is not None:
                yield Figure(
                    cell.span,
                    Span(0, 0),
                    cell.value.value,
                    "%" if cell.value.kind is ValueKind.PERCENT else _unit_of(label),
                    label or head or None,
                    Where.TABLE,
                    of=cell.value.of,
                    period=head or None,
                    printed=cell.text,
                    **place,  # type: ignore[arg-type]
                )


def _of_words(
    document: Document, cell: Cell, label: str, head: str, place: dict[str, int | str | None]
) -> Iterator[Figure]:
    """The quantities of a cell of words, each where it is printed; what it measures is the label of its row."""
    text = " ".join((cell.text or "").splitlines())
    at = 0
    for quantity in find_quantities(text):
        measured = measure(text, quantity)
        span, at = _printed_at(document, cell, quantity.printed, at)
        yield Figure(
            span,
            Span(0, 0),
            quantity.value,
            measured.unit or _unit_of(label),
            label or None,
            Where.TABLE,
            of=quantity.of,
            period=measured.period or head or None,
            bound=measured.bound,
            printed=quantity.printed,
            inside=Span(quantity.start, quantity.end),
            **place,  # type: ignore[arg-type]
        )


def _printed_at(document: Document, cell: Cell, printed: str, low: int) -> tuple[Span, int]:
    """Where a quantity stands in the source of its cell, and where the next may begin; else the whole cell."""
    for span in cell.spans:
        start = document.text.find(printed, max(span.start, low), span.end)
        if start >= 0:
            return Span(start, start + len(printed)), start + len(printed)
    return cell.span, low


def row_label(table: Table, row: int) -> str:
    """What a row is about: its first cell of words, with the words of the row that it is a part of left out.

    An ordinal (``1.2``) is no word.
    """
    for cell in table.rows[row].cells:
        if cell.text and cell.value.kind is ValueKind.TEXT and any(letter.isalpha() for letter in cell.text):
            return " ".join(cell.text.split())
    return ""


def _unit_of(label: str) -> str | None:
    """The unit a label tells: per cent of a rate."""
    return "%" if label.lower().startswith(("tỷ lệ", "tỉ lệ", "mức độ hài lòng")) else None


_ROW_NUMBER_RE = re.compile(r"\d{1,3}(?:\.\d{1,2}){0,3}\.?")


def _numbers_row(table: Table, row: Row) -> bool:
    """Whether the first cell numbers its row, in a table whose head stands on an earlier page."""
    first, *others = row.cells
    words = bool(others) and others[0].value.kind is ValueKind.TEXT
    return not any(table.columns) and words and bool(_ROW_NUMBER_RE.fullmatch(first.text or ""))


_ORDINAL_HEAD_RE = re.compile(r"\W*(?:stt|tt|số tt|số thứ tự)\b", re.IGNORECASE)


def _is_ordinal(table: Table) -> bool:
    """Whether the first column numbers the rows: its head says so, or it counts from one."""
    if table.columns and _ORDINAL_HEAD_RE.match(table.columns[0]):
        return True
    first = [row.cells[0].value.value for row in table.rows if row.cells and row.cells[0].value.value]
    return len(first) > 1 and first == [str(at) for at in range(1, len(first) + 1)]
