"""The reading order of a page: where two columns stand side by side, the left one is read first.

An official document has two columns at its head (issuing body and number | quốc hiệu, place and date) and
at its foot (nơi nhận | signature): Nghị định 30/2020/NĐ-CP, Phụ lục I, ô số 1-9. Anywhere else words far
apart in a row are one line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.readers.pdf_lines import join_segments
from ingest.readers.pdf_print import Segment

_HEAD_RE = re.compile(
    r"""CỘNG\s+H[ÒO][ÀA]?\s+XÃ\s+HỘI | CHỦ\s+NGHĨA\s+VIỆT | ĐẢNG\s+CỘNG\s+SẢN | Độc\s+lập
      | ^\s*(?:Luật\s+)?Số\s*:? .* \d | ,\s*ngày\s .* tháng""",
    re.VERBOSE | re.IGNORECASE,
)
_FOOT_RE = re.compile(
    r"""^\s*N[ơo]i\s+nhận | ^\s*(?:TM|KT|TL|TUQ|Q)\s?\.\s | ^\s*(?:-\s*)?Lưu\s*:""",
    re.VERBOSE | re.IGNORECASE,
)
# Two columns of running text, as old gazettes have: so many rows, each column this part of the page.
_NEWSPAPER_ROWS = 12
_NEWSPAPER_WIDTH = 0.28


def order_rows(rows: list[list[Segment]], width: float) -> list[Segment]:
    """The lines of a page in reading order.

    `rows` come from top to bottom; a zone of two columns gives its left lines, then its right ones, each
    with its column's edges; every other row is one line.
    """
    lines: list[Segment] = []
    rows = _side_by_side(rows)
    at = 0
    while at < len(rows):
        end, gutter = _zone_with_head(rows, at, width)
        if end > at:
            lines += _read_zone(rows[at:end], gutter)
            at = end
        else:
            lines.append(join_segments(rows[at]))
            at += 1
    return lines


def _side_by_side(rows: list[list[Segment]]) -> list[list[Segment]]:
    """The rows, those put together that stand beside each other a few points out of line."""
    merged: list[list[Segment]] = []
    for row in rows:
        if merged and not row[0].turned and _beside(merged[-1], row):
            merged[-1] = sorted([*merged[-1], *row], key=lambda s: s.x0)
        else:
            merged.append(row)
    return merged


def _beside(above: list[Segment], below: list[Segment]) -> bool:
    overlap = min(s.bottom for s in above) - max(s.top for s in below)
    if above[0].turned or overlap < 0.4 * min(s.bottom - s.top for s in (*above, *below)):
        return False
    return all(a.x1 < b.x0 - 2 or b.x1 < a.x0 - 2 for a in above for b in below)


def _zone_with_head(rows: list[list[Segment]], at: int, width: float) -> tuple[int, float]:
    """A zone that may begin with a signature's first lines, a little higher than the left column's first."""
    for first in range(at, min(at + 4, len(rows))):
        end, gutter = _zone(rows, first, width)
        if end > first:
            over = [s for row in rows[at:first] for s in row]
            column = [s for row in rows[first:end] for s in row if s.x0 >= gutter]
            center = sum(s.center for s in column) / len(column)
            near = all(s.x0 > gutter and abs(s.center - center) < s.size for s in over)
            return (end, gutter) if near else (at, 0.0)
        if len(rows[first]) > 1:
            break
    return at, 0.0


def _zone(rows: list[list[Segment]], at: int, width: float) -> tuple[int, float]:
    """The end of the two-column zone that begins at a row, and its gutter; the row itself when there is none."""
    if len(rows[at]) < 2 or len(rows[at]) > 4:
        return at, 0.0
    low, high = _widest_gap(rows[at])
    end = last = at + 1
    two_sided = 1
    while end < len(rows):
        row = rows[end]
        if row[0].top - max(s.bottom for s in rows[end - 1]) > 6 * row[0].size:
            break
        inner = [s for s in row if s.x0 < high and s.x1 > low]
        if inner:
            narrower = _narrow(low, high, row)
            if narrower is None:
                break
            low, high = narrower
        end += 1
        if row[0].x1 <= low + 1 and row[-1].x0 >= high - 1:
            two_sided, last = two_sided + 1, end
    gutter = (low + high) / 2
    last = _trailing(rows, at, last, end, gutter)
    zone = rows[at:last]
    left = [s for row in zone for s in row if s.x1 <= gutter]
    right = [s for row in zone for s in row if s.x0 >= gutter]
    if left and right and _is_columns(left, right, two_sided, width):
        return last, gutter
    return at, 0.0


def _widest_gap(row: Sequence[Segment]) -> tuple[float, float]:
    _, low, high = max((b.x0 - a.x1, a.x1, b.x0) for a, b in pairwise(row))
    return low, high


def _narrow(low: float, high: float, row: Sequence[Segment]) -> tuple[float, float] | None:
    """The gutter left over by a row whose segments reach into it; None when one crosses it."""
    for segment in row:
        if segment.x0 <= low and segment.x1 >= high:
            return None
        if segment.x0 < high and segment.x1 > low:
            if segment.x0 <= low or segment.x1 - low < high - segment.x0:
                low = max(low, segment.x1)
            else:
                high = min(high, segment.x0)
    return (low, high) if high - low > 2 else None


def _trailing(rows: list[list[Segment]], at: int, last: int, end: int, gutter: float) -> int:
    """How far one-sided rows below the last two-sided one belong to a column: set close under it, in line."""
    for index in range(last, end):
        row = rows[index]
        left = row[-1].x1 <= gutter
        column = [s for r in rows[at:index] for s in r if (s.x1 <= gutter) == left]
        if not column:
            break
        above = column[-1]
        segment = join_segments(row)
        aligned = (
            abs(segment.center - above.center) < 0.5 * segment.size
            or abs(segment.x0 - min(s.x0 for s in column)) < 0.5 * segment.size
        )
        foot = any(_FOOT_RE.search(s.text) for s in column)
        if left:
            if segment.top - above.bottom >= 1.2 * segment.size or not (aligned or foot):
                break
        elif not foot or not _is_under(segment, column):
            break
        last = index + 1
    return last


def _is_under(name: Segment, signature: list[Segment]) -> bool:
    """Whether a line stands under the middle of a signature, with room for the hand between."""
    center = sum(s.center for s in signature) / len(signature)
    return name.top - signature[-1].bottom < 8 * name.size and abs(name.center - center) < 1.5 * name.size


def _is_columns(left: list[Segment], right: list[Segment], two_sided: int, width: float) -> bool:
    texts = [s.text for s in (*left, *right)]
    if any(_HEAD_RE.search(t) for t in texts) or any(_FOOT_RE.search(t) for t in texts):
        return True
    if two_sided >= _NEWSPAPER_ROWS:
        spans = [max(s.x1 for s in side) - min(s.x0 for s in side) for side in (left, right)]
        return min(spans) >= _NEWSPAPER_WIDTH * width
    return two_sided >= 2 and _centered(left) and _centered(right)


def _centered(column: list[Segment]) -> bool:
    """Whether lines of different lengths share one middle, as the lines of a signature do."""
    centers = [s.center for s in column]
    widths = [s.x1 - s.x0 for s in column]
    return len(column) >= 2 and max(centers) - min(centers) < 8 and max(widths) - min(widths) > 12


def _read_zone(rows: list[list[Segment]], gutter: float) -> list[Segment]:
    lines = []
    for left in (True, False):
        parts = [[s for s in row if (s.center < gutter) == left] for row in rows]
        column = [join_segments(part) for part in parts if part]
        edges = min(s.x0 for s in column), max(s.x1 for s in column)
        for segment in column:
            segment.column = edges
        lines += column
    return lines
