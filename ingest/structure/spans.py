"""From nodes to units: where each begins and ends in the text as read.

A unit runs from its label to the end of the last paragraph or table in it or below it. A paragraph may have
several parts, with the notes of a page between them; the unit's one span covers all, notes and page furniture
included, and the exact pieces are those of its blocks. Notes alone never make a unit longer. A quotation mark
before a label belongs to the quotation, not to the unit the label opens, though the paragraph is in that unit.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.structure.nodes import Node, Paragraph
from kb.models import BlockKind, Span, TextBlock, Unit
from kb.text.view import View


def make_units(
    nodes: Sequence[Node],
    owners: Sequence[Node | None],
    paragraphs: Sequence[Paragraph],
    blocks: Sequence[TextBlock],
    view: View,
) -> tuple[Unit, ...]:
    """The units of all nodes, in reading order; children inside their parents, siblings apart."""
    starts = _starts(nodes, blocks, view)
    ends = dict(zip(nodes, starts, strict=True))
    for paragraph, owner in zip(paragraphs, owners, strict=True):
        if owner is not None and paragraph.kind is not BlockKind.NOTE:
            end = blocks[paragraph.index].parts[-1].end
            if end > ends[owner]:
                ends[owner] = end
    _reach_into_blocks(nodes, starts, ends, blocks)
    limits = _limits(nodes, starts)
    units: list[Unit] = []
    for node, start, limit in zip(reversed(nodes), reversed(starts), reversed(limits), strict=True):
        end = max(start, min(ends[node], limit))
        if node.parent is not None:
            ends[node.parent] = max(ends[node.parent], end)
        units.append(
            Unit(
                node.eid,
                node.kind,
                node.label,
                node.heading,
                Span(start, end),
                node.parent.eid if node.parent else None,
                node.level,
                blocks[node.first].page,
            )
        )
    units.reverse()
    return tuple(units)


def _starts(nodes: Sequence[Node], blocks: Sequence[TextBlock], view: View) -> list[int]:
    """Source offsets of the labels, never falling."""
    starts, last = [], 0
    for node in nodes:
        block = blocks[node.first]
        here = block.span.start
        if node.at:
            here = view.to_source(block.view.start + node.at, block.view.start + node.at + 1)[0].start
        last = max(last, here)
        starts.append(last)
    return starts


def _reach_into_blocks(
    nodes: Sequence[Node], starts: Sequence[int], ends: dict[Node, int], blocks: Sequence[TextBlock]
) -> None:
    """A unit that begins within a block reaches to the end of the block (its next sibling cuts it short)."""
    for node, start in zip(nodes, starts, strict=True):
        ends[node] = max(ends[node], blocks[node.first].span.end, start)


def _limits(nodes: Sequence[Node], starts: Sequence[int]) -> list[int]:
    """The start of the next node that is not below: no unit runs over it."""
    limits = [0] * len(nodes)
    open_nodes: list[int] = []
    for place, node in enumerate(nodes):
        while open_nodes and nodes[open_nodes[-1]].level >= node.level:
            limits[open_nodes.pop()] = starts[place]
        open_nodes.append(place)
    for place in open_nodes:
        limits[place] = 1 << 62
    return limits


def assign_units(
    blocks: Sequence[TextBlock], owners: Sequence[Node | None], paragraphs: Sequence[Paragraph]
) -> tuple[TextBlock, ...]:
    """The blocks with the eid of the innermost unit that holds each; None for furniture."""
    assigned = list(blocks)
    for paragraph, owner in zip(paragraphs, owners, strict=True):
        if owner is not None:
            block = blocks[paragraph.index]
            assigned[paragraph.index] = TextBlock(
                block.kind,
                block.parts,
                block.view,
                block.page,
                block.box,
                block.style,
                owner.eid,
                block.confidence,
            )
    return tuple(assigned)
