"""From printed pages to a `Reading`: on each page its head, the text with its tables, the notes, the foot."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate
from statistics import median
from typing import TypeAlias

from ingest.readers.pdf_columns import order_rows
from ingest.readers.pdf_furniture import mark_furniture
from ingest.readers.pdf_notes import body_size, mark_notes
from ingest.readers.pdf_print import PrintedCell, PrintedPage, PrintedTable, Segment
from ingest.readers.pdf_unruled import split_unruled
from kb.models import Box, Grid, GridCell, Line, LineKind, Problem, Reading, Span, Style

# Rules typed as letters under the issuing body, the tiêu ngữ and the title.
_ORNAMENT_RE = re.compile(r"[-_–—=~\s]{3,}")
# Words nearer than this to the middle count as centred, when both sides are free by more than _FREE.
_CENTER_SLACK = 8.0
_FREE = 24.0
# A line that begins where paragraphs begin is one, however far it runs.
_INDENT_SLACK = 2.0
#: Left and right edge of the text, by width of the page and whether its number is odd.
Margins: TypeAlias = dict[tuple[int, int], tuple[float, float]]


def build_reading(pages: Sequence[PrintedPage], page_count: int, problems: Sequence[Problem]) -> Reading:
    """The text of the pages, a line a printed line, with the place and style of each."""
    mark_furniture(pages)
    body = body_size(pages)
    writer = _Writer(_paragraph_indent(pages))
    usual = _usual_margins(pages)
    running: float | None = None
    for page in pages:
        running = _write_page(writer, page, body, running, usual)
    return Reading(
        "\n".join(writer.texts) + ("\n" if writer.texts else ""),
        tuple(writer.lines),
        tuple(writer.grids),
        page_count,
        tuple(problems),
        tuple(page.number for page in pages if page.ocr),
    )


def _write_page(
    writer: _Writer, page: PrintedPage, body: float, running: float | None, usual: Margins
) -> float | None:
    text_rows, furniture = _split_rows(page)
    items = list(_items(text_rows, page))
    lines = [item for item in items if isinstance(item, Segment)]
    notes = mark_notes(page, lines, body, running)
    left, right = _page_margins(page, [line for line in lines if not line.turned], usual)
    for segment in furniture:
        if segment.top < page.height / 2:
            writer.add_segment(segment, page, left, right)
    for item in items:
        if isinstance(item, PrintedTable):
            writer.add_table(item, page)
        else:
            writer.add_segment(item, page, left, right)
    for segment in furniture:
        if segment.top >= page.height / 2:
            writer.add_segment(segment, page, left, right)
    return notes


def _split_rows(page: PrintedPage) -> tuple[list[list[Segment]], list[Segment]]:
    rows, furniture = [], []
    for row in page.rows:
        text = [segment for segment in row if segment.kind is not LineKind.FURNITURE]
        furniture += [segment for segment in row if segment.kind is LineKind.FURNITURE]
        if text:
            rows.append(text)
    return rows, furniture


def _items(rows: list[list[Segment]], page: PrintedPage) -> Iterator[Segment | PrintedTable]:
    """Lines and tables of a page in reading order."""
    at = 0
    for table in page.tables:
        middle = (table.top + table.bottom) / 2
        end = at
        while end < len(rows) and rows[end][0].baseline < middle:
            end += 1
        yield from _unruled_items(rows[at:end], page)
        yield table
        at = end
    yield from _unruled_items(rows[at:], page)


def _unruled_items(rows: Sequence[list[Segment]], page: PrintedPage) -> Iterator[Segment | PrintedTable]:
    for part in split_unruled(rows):
        if isinstance(part, PrintedTable):
            yield part
        else:
            yield from order_rows(part, page.width)


def _usual_margins(pages: Sequence[PrintedPage]) -> Margins:
    """Left and right edge of the text on most pages of a width, odd and even ones apart."""
    edges: defaultdict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)
    for page in pages:
        lines = [row[0] for row in page.rows if len(row) == 1 and row[0].kind is LineKind.TEXT]
        wide = [line for line in lines if line.x1 - line.x0 > 0.6 * page.width]
        if len(wide) >= 3:
            edges[_page_class(page)].append(_margins(wide))
    return {key: (median(a for a, _ in found), median(b for _, b in found)) for key, found in edges.items()}


def _page_class(page: PrintedPage) -> tuple[int, int]:
    return round(page.width), page.number % 2


def _page_margins(page: PrintedPage, lines: Sequence[Segment], usual: Margins) -> tuple[float, float]:
    """The page's own margins where full lines show them, else those of its neighbours."""
    wide = [line for line in lines if line.x1 - line.x0 > 0.6 * page.width]
    if len(wide) >= 3 or _page_class(page) not in usual:
        return _margins(lines)
    left, right = usual[_page_class(page)]
    return min([left, *(line.x0 for line in lines)]), max([right, *(line.x1 for line in lines)])


def _margins(lines: Sequence[Segment]) -> tuple[float, float]:
    """The left and right edge of the running text: the outermost that several lines share."""
    if not lines:
        return 0.0, 0.0
    plain = [line for line in lines if line.column is None] or lines
    lefts = Counter(round(line.x0 / 3) for line in plain)
    rights = Counter(round(line.x1 / 3) for line in plain)
    return (
        min((line.x0 for line in plain if lefts[round(line.x0 / 3)] >= 2), default=min(line.x0 for line in plain)),
        max(
            (line.x1 for line in plain if rights[round(line.x1 / 3)] >= 2), default=max(line.x1 for line in plain)
        ),
    )


def _paragraph_indent(pages: Sequence[PrintedPage]) -> float:
    """How far the first lines of paragraphs are set in, by far the most frequent indent; 0 when there is none."""
    indents: Counter[int] = Counter()
    for page in pages:
        lines = [row[0] for row in page.rows if row[0].kind is LineKind.TEXT]
        left, _ = _margins(lines)
        indents.update(round(line.x0 - left) for line in lines if 10 < line.x0 - left < 72)
    return float(indents.most_common(1)[0][0]) if indents else 0.0


class _Writer:
    """Grows the text and its lines together."""

    def __init__(self, paragraph_indent: float) -> None:
        self.texts: list[str] = []
        self.lines: list[Line] = []
        self.grids: list[Grid] = []
        self.length = 0
        self.paragraph_indent = paragraph_indent

    def add_segment(self, segment: Segment, page: PrintedPage, left: float, right: float) -> None:
        """Append one printed line."""
        if not segment.text:
            return
        if segment.column is not None:
            left, right = segment.column
        centered = (
            abs(segment.center - (left + right) / 2) < _CENTER_SLACK
            and segment.x0 - left > _FREE
            and right - segment.x1 > _FREE
            and abs(segment.x0 - left - self.paragraph_indent) > _INDENT_SLACK
        )
        style = Style(
            None if page.ocr else round(segment.size, 1),
            segment.bold,
            segment.italic,
            centered,
            round(segment.x0 - left, 1),
        )
        box = Box(round(segment.x0, 1), round(segment.top, 1), round(segment.x1, 1), round(segment.bottom, 1))
        kind = LineKind.FURNITURE if _ORNAMENT_RE.fullmatch(segment.text) else segment.kind
        self._add(segment.text, kind, page, box, style, segment.confidence)

    def add_table(self, table: PrintedTable, page: PrintedPage) -> None:
        """Append the rows of a table and its grid."""
        rows: list[tuple[GridCell, ...]] = []
        first = len(self.lines)
        bottoms = (*table.row_tops[1:], table.bottom)
        for row, top, bottom in zip(table.rows, table.row_tops, bottoms, strict=True):
            text, cells = _row_text(row, table.columns, self.length)
            rows.append(cells)
            if not text.strip():
                continue
            box = Box(round(table.x0, 1), round(top, 1), round(table.x1, 1), round(bottom, 1))
            sure = [cell.confidence for cell in row if cell.confidence is not None]
            self._add(text, LineKind.ROW, page, box, Style(), min(sure, default=None))
        if len(self.lines) > first:
            self.grids.append(Grid(tuple(rows), (first, len(self.lines) - 1), page=page.number))

    def _add(
        self, text: str, kind: LineKind, page: PrintedPage, box: Box, style: Style, confidence: float | None
    ) -> None:
        self.lines.append(
            Line(
                Span(self.length, self.length + len(text)),
                kind,
                page.number,
                box,
                style,
                confidence=round(confidence, 3) if confidence is not None else None,
            )
        )
        self.texts.append(text)
        self.length += len(text) + 1


def _row_text(row: Sequence[PrintedCell], columns: int, start: int) -> tuple[str, tuple[GridCell, ...]]:
    """The text of a row, a tab between columns (what a merged cell covers is empty), and its cells' places."""
    slots = [""] * columns
    for cell in row:
        slots[cell.column] = cell.text
    starts = list(accumulate((len(slot) + 1 for slot in slots), initial=start))
    cells = tuple(
        GridCell(
            (Span(starts[cell.column], starts[cell.column] + len(cell.text)),) if cell.text else (),
            cell.colspan,
            cell.rowspan,
        )
        for cell in row
    )
    return "\t".join(slots), cells
