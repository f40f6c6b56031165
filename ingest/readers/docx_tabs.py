"""Heads and feet of documents that are typed with tab stops, or rows of spaces, in the place of a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ingest.readers.flow import FlowBlock, FlowCell, FlowParagraph, FlowTable, is_foot_line, is_head_line

_GAP_RE = re.compile(r"\s*\t\s*|\s{5,}")
_ITEM_RE = re.compile(r"\s*[-–+]\s")
# The longest list of recipients beside a signature that was met has some thirty lines.
_LONGEST = 40


def pair_columns(blocks: Iterable[FlowBlock]) -> Iterator[FlowBlock]:
    """The blocks, with lines that hold two columns (``UBND TỈNH   CỘNG HÒA ...``) put side by side.

    Only a line whose left or right half is a motto or opens a foot begins such a group; it goes on over lines of
    two halves, lines that stand in the right half, and recipients.
    """
    group: list[tuple[FlowParagraph, str, str]] = []
    for block in blocks:
        halves = _halves(block) if isinstance(block, FlowParagraph) else None
        if group:
            if halves is not None and len(group) < _LONGEST and isinstance(block, FlowParagraph):
                group.append((block, *halves))
                continue
            yield _side_by_side(group)
            group = []
        if halves is not None and all(halves) and isinstance(block, FlowParagraph) and any(map(_opens, halves)):
            group.append((block, *halves))
        else:
            yield block
    if group:
        yield _side_by_side(group)


def _opens(half: str) -> bool:
    return is_head_line(half) or is_foot_line(half)


def _halves(paragraph: FlowParagraph) -> tuple[str, str] | None:
    """The left and the right half of a line; None when it is not of two columns."""
    if len(paragraph.lines) != 1 or paragraph.notes:
        return None
    text = paragraph.lines[0].rstrip()
    parts = [part.strip() for part in _GAP_RE.split(text)]
    if len(parts) >= 2 and not any(parts[1:-1]):
        return parts[0], parts[-1]
    return (text.strip(), "") if len(parts) == 1 and _ITEM_RE.match(text) else None


def _side_by_side(group: list[tuple[FlowParagraph, str, str]]) -> FlowTable:
    rows = tuple(
        tuple(
            FlowCell((replace(paragraph, lines=(half,)),), column)
            for column, half in enumerate((left, right))
            if half
        )
        for paragraph, left, right in group
    )
    return FlowTable(rows, ruled=False, page=group[0][0].page, side_by_side=True)
