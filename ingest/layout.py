"""From a reader's lines to blocks in reading order: paragraphs whole again, notes and furniture apart."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.layout_furniture import mark_furniture
from ingest.layout_lines import Strip, read_sheet
from ingest.layout_markup import Hidden, find_marks, find_markup
from ingest.layout_paragraphs import Piece, build_pieces
from ingest.layout_view import Writer
from kb.models import Grid, LineKind, Problem, Reading, TextBlock
from kb.text.view import View


@dataclass(frozen=True, slots=True)
class Layout:
    """A reading laid out: `blocks` tile its text, `view` is what one reads, block by block.

    A paragraph, note or piece of furniture is one line of the view; a table has a line for each row, a tab between
    cells. Furniture stands in the view too, so that nothing is lost; who reads on must skip blocks of that kind.
    Marks of Markdown and HTML, control characters and the white space around lines are left out.

    `grids` are the tables, one for each TABLE block, in order.
    """

    view: View
    blocks: tuple[TextBlock, ...]
    grids: tuple[Grid, ...]
    problems: tuple[Problem, ...] = ()


def lay_out(reading: Reading) -> Layout:
    r"""The blocks of a reading; every character that is not white space stands in exactly one of them.

    >>> from ingest.readers.plain import read_plain
    >>> text = "Thực hiện Chương trình tổng\n\n¹ Nghị quyết số 76/NQ-CP\n\nthể¹ của **Chính phủ**.\n"
    >>> layout = lay_out(read_plain(text.encode()))
    >>> layout.view.text.split("\n")
    ['Thực hiện Chương trình tổng thể¹ của Chính phủ.', '¹ Nghị quyết số 76/NQ-CP', '']
    >>> [(block.kind.value, len(block.parts)) for block in layout.blocks]
    [('text', 2), ('note', 1)]
    """
    sheet = read_sheet(reading)
    mark_furniture(sheet)
    pieces = build_pieces(sheet)
    tables = {at: grid for grid in reading.grids for at in range(grid.lines[0], grid.lines[1] + 1)}
    writer = Writer(reading.text, _markup(reading.text, pieces))
    grids: list[Grid] = []
    for run in _with_tables(pieces, tables):
        if isinstance(run, Piece):
            writer.add_piece(run)
        else:
            grid, strips = run
            writer.add_table(grid, strips)
            grids.append(grid)
    return Layout(writer.build(), tuple(writer.blocks), tuple(grids))


def _with_tables(pieces: Sequence[Piece], tables: dict[int, Grid]) -> Iterator[Piece | tuple[Grid, list[Strip]]]:
    """Pieces as they are, the rows of a table together."""
    grid: Grid | None = None
    rows: list[Strip] = []
    for piece in pieces:
        here = tables.get(piece.first.at) if piece.kind is LineKind.ROW else None
        if grid is not None and here is not grid:
            yield grid, rows
            rows = []
        grid = here
        if here is None:
            yield piece
        else:
            rows += piece.strips
    if grid is not None:
        yield grid, rows


def _markup(text: str, pieces: Sequence[Piece]) -> list[Hidden]:
    """What is mark-up in plain text; paragraphs that touch are looked through together."""
    marks = find_marks(text)
    if not marks:
        return []
    found: list[Hidden] = []
    group: list[Piece] = []
    last = -2
    for piece in pieces:
        if piece.kind is LineKind.ROW or not piece.first.plain:
            continue
        if group and (piece.first.gap > 1 or piece.first.at != last + 1):
            found += _markup_of(text, group, marks)
            group = []
        group.append(piece)
        last = piece.last.at
    found += _markup_of(text, group, marks)
    found.sort(key=lambda hidden: hidden.start)
    return found


def _markup_of(text: str, group: Sequence[Piece], marks: Sequence[int]) -> list[Hidden]:
    if not group:
        return []
    at = bisect_left(marks, group[0].first.start)
    if at == len(marks) or marks[at] >= max(piece.last.end for piece in group):
        return []
    return find_markup(text, [[(strip.start, strip.end) for strip in piece.strips] for piece in group])
