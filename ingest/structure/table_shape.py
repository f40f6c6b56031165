"""Cells that a merged cell pushed aside, put back into their columns.

Text and some exports print a merged cell once and leave out, or leave empty, what it covers: the cells after it
stand too far to the left. Where a cell belongs is read from the table itself: figures stand among figures, words
among words, short ones among short ones. What the table does not tell is left as printed and reported.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.structure.table_cells import EMPTY, Slot
from ingest.structure.table_heads import is_heading, is_notes_column, is_ordinal_head, named_rows, settle_names
from ingest.structure.table_sheet import Sheet, SheetRow, place_of
from kb.models import Severity

# How much better than where it stands a place must fit before a cell is moved there.
_MARGIN = 1.5
# The share of body rows that must be full for them to say what the columns hold.
_FULL = 0.15
_PROFILE_ROWS = 400


@dataclass(frozen=True, slots=True)
class _Column:
    """What a column holds: the kind of most of its cells, whether they number the rows, their usual length."""

    kind: str
    ordinal: bool
    length: float


def settle(sheet: Sheet) -> None:
    """Put the cells of a sheet without known merged cells into their columns, as far as it tells."""
    if not sheet.flat or not sheet.head or not sheet.rows:
        return
    _spread_head(sheet)
    settle_names(sheet)
    _split_column(sheet)
    _shift_rows(sheet)


def _spread_head(sheet: Sheet) -> None:
    """Spread a head whose merged cells lost the empty ones after them over the columns of the body.

    The names of the second row stand under the last cells of the first, but for remarks; where one of them comes
    again, the next merged cell begins.
    """
    if len(sheet.head) == 1 and len(sheet.rows) > 1:
        _take_sub_head(sheet)
    named = named_rows(sheet)
    if len(named) != 2 or any(len(row.printed) < row.count for row in named):
        return
    top, under = named
    body = max((row.count for row in sheet.rows), default=0)
    groups = _groups(under)
    merged = len(groups)
    if body > max(top.count, under.count):
        merged = top.count - (body - under.count)
        if 0 < merged < under.count and merged != len(groups) and under.count % merged == 0:
            each = under.count // merged
            groups = [each] * merged
    width = top.count - len(groups) + under.count
    places = [at for at in range(top.count) if not is_notes_column(top.at(at).text)][-len(groups) :]
    if top.count >= width or under.count >= width or body > width or len(places) < merged or merged != len(groups):
        return
    slots: list[Slot | None] = []
    names: list[Slot | None] = []
    given, reaches = iter(under.slots), dict(zip(places, groups, strict=True))
    for at in range(top.count):
        reach = reaches.get(at, 1)
        slots += [_wide(top.at(at), reach), *[None] * (reach - 1)]
        names += [next(given) for _ in range(reach)] if at in reaches else [None]
    top.slots, under.slots = slots, names
    sheet.width = width
    for row in sheet.rows:
        row.slots = (row.slots + [None] * width)[:width]
    sheet.report(
        "table.head_spread",
        "ô gộp ở đầu bảng mất các ô trống sau nó: đã trải trên các cột theo số tên cột ở hàng dưới",
        "a merged cell of the head lost the cells it covers: spread over the columns by the names below it",
        place_of(sheet.head),
        Severity.NOTE if merged == 1 and body == width else Severity.WARNING,
    )


def _groups(row: SheetRow) -> list[int]:
    """How many names of a lower head row stand under each merged cell: a new one where the first comes again."""
    names = [slot.text for slot in row.slots[: row.count] if slot is not None]
    starts = [at for at, name in enumerate(names) if name == names[0]]
    return [end - start for start, end in zip(starts, [*starts[1:], len(names)], strict=True)]


def _wide(slot: Slot | None, reach: int) -> Slot | None:
    if slot is None:
        return None
    return replace(slot, colspan=reach)


def _take_sub_head(sheet: Sheet) -> None:
    """Take the second row into the head where it holds the names that a merged head of the first row covers."""
    top, row = sheet.head[0], sheet.rows[0]
    body = max((other.count for other in sheet.rows[1:]), default=0)
    words = all(slot.kind == "t" and not slot.text[:1].islower() and not slot.ordinal for slot in row.printed)
    if not words or row.count < 2 or row.printed[0] is not row.slots[0]:
        return
    fewer = max(top.count, row.count) < body
    numbered = is_ordinal_head(top.at(0).text) and row.count == len(row.printed) != top.count
    if fewer or (numbered and sheet.rows[1].at(0).ordinal):
        sheet.head.append(sheet.rows.pop(0))


def _split_column(sheet: Sheet) -> None:
    """Find the column that some rows print as two, and move what follows it in all the others.

    The head and most rows then end in an empty column, and the rows that fill it have one name more.
    """
    head = max(row.reach for row in sheet.head)
    extra = max((row.reach for row in sheet.rows), default=0) - head
    if not 0 < extra <= 3 or len(named_rows(sheet)) > 1:
        return
    width = head + extra
    long = [row for row in sheet.rows if row.reach > head]
    short = [row for row in sheet.rows if row.reach <= head]
    if not short:
        return
    some, others = short[:_PROFILE_ROWS], [row.slots[:width] for row in long[:_PROFILE_ROWS]]
    best, cost = head, _clashes([row.slots[:width] for row in some] + others, width)
    for at in range(head - 1, -1, -1):
        moved = [_parted(row.slots, at, extra, width) for row in some] + others
        found = _clashes(moved, width)
        if found < cost:
            best, cost = at, found
    if best == head:
        sheet.report(
            "table.row_width",
            "hàng có nhiều ô hơn đầu bảng; để nguyên như in",
            "a row has more cells than the head; left as printed",
            place_of(long),
            Severity.WARNING,
        )
        return
    for row in (*sheet.head, *short):
        row.slots = _parted(row.slots, best, extra, width)
    for row in sheet.head:
        name = row.at(best)
        row.slots[best] = _wide(name, extra + 1)
    for row in long:
        row.slots = row.slots[:width]
    sheet.width = width
    sheet.report(
        "table.column_split",
        f"cột {best + 1} chia thành {extra + 1} ở một số hàng: các ô sau nó đã dời về đúng cột",
        f"column {best + 1} is split in {extra + 1} in some rows: the cells after it were moved to their columns",
        place_of(long),
        Severity.NOTE,
    )


def _parted(slots: Sequence[Slot | None], at: int, extra: int, width: int) -> list[Slot | None]:
    """The cells with `extra` covered ones after the one at `at`."""
    moved: list[Slot | None] = [*slots[: at + 1], *[None] * extra, *slots[at + 1 :]]
    return (moved + [EMPTY] * width)[:width]


def _clashes(rows: Sequence[Sequence[Slot | None]], width: int) -> int:
    """How many cells are of another kind than most of their column."""
    total = 0
    for column in range(width):
        kinds = Counter(
            slot.kind for row in rows if column < len(row) and (slot := row[column]) is not None and slot.printed
        )
        total += sum(kinds.values()) - max(kinds.values(), default=0)
    return total


def _shift_rows(sheet: Sheet) -> None:
    """Move the cells of rows that have too few of them, or whose last ones are empty, where they fit better."""
    columns = _profile(sheet)
    if columns is None:
        return
    moved, unsure = [], []
    for row in sheet.rows:
        cells = [slot for slot in row.slots[: row.reach] if slot is not None]
        slack = sheet.width - len(cells)
        lacking = row.count < sheet.width and len(row.printed) > 1
        if slack <= 0 or not (lacking or _slips(row, columns)) or is_heading(row, sheet.width):
            continue
        here = _fit(row.slots, columns)
        placed = {at: [*cells[:at], *[None] * slack, *cells[at:]] for at in range(len(cells), -1, -1)}
        scores = {at: _fit(slots, columns) for at, slots in placed.items()}
        best = max(scores, key=lambda at: (scores[at], at == len(cells), -at))
        if scores[best] >= here + _MARGIN and (lacking or _slipped(row, columns, best)):
            row.slots = placed[best]
            moved.append(row)
        elif lacking and here < len(cells) * 0.5:
            unsure.append(row)
    if moved:
        sheet.report(
            "table.cells_moved",
            f"{len(moved)} hàng thiếu ô vì có ô gộp: các ô đã dời về cột hợp với chúng",
            f"{len(moved)} rows lack cells under a merged one: their cells were moved to the columns they fit",
            place_of(moved),
            Severity.NOTE,
        )
    if unsure:
        sheet.report(
            "table.row_width",
            f"{len(unsure)} hàng có ít ô hơn đầu bảng, không rõ thuộc cột nào; để nguyên như in",
            f"{len(unsure)} rows have fewer cells than the head and do not tell their columns; left as printed",
            place_of(unsure),
            Severity.WARNING,
        )


def _profile(sheet: Sheet) -> list[_Column] | None:
    """What each column holds, by the rows that fill all of them, or else by most rows as they stand."""
    rows = [row for row in sheet.rows if not is_heading(row, sheet.width)][:_PROFILE_ROWS]
    full = [row for row in rows if row.reach == sheet.width]
    if len(full) < max(1, _FULL * len(rows)):
        counts = Counter(row.reach for row in rows if len(row.printed) > 1)
        usual = counts.most_common(1)[0][0] if counts else 0
        full = [row for row in rows if row.reach == usual]
    if not full:
        return None
    return [_column(sheet, full, at) for at in range(sheet.width)]


def _column(sheet: Sheet, rows: Sequence[SheetRow], at: int) -> _Column:
    cells = [slot for slot in (row.at(at) for row in rows) if slot.printed]
    kinds = Counter(slot.kind for slot in cells)
    kind = kinds.most_common(1)[0][0] if kinds else "e"
    ordinal = at == 0 and (
        is_ordinal_head(sheet.head[0].at(0).text)
        or (bool(cells) and sum(slot.ordinal for slot in cells) > 0.7 * len(cells))
    )
    lengths = sorted(len(slot.text) for slot in cells)
    return _Column(kind, ordinal, lengths[len(lengths) // 2] if lengths else 0)


def _slipped(row: SheetRow, columns: Sequence[_Column], at: int) -> bool:
    """Whether a row that lacks no cell plainly slipped to the left from column `at` on.

    From there on at least two cells, without a gap, are of another kind than their columns, and none before.
    """
    wrong = _slips(row, columns)
    rest = (slot for slot in row.slots[at : row.reach] if slot is not None)
    return len(wrong) > 1 and wrong[0] == at and all(slot.printed for slot in rest)


def _slips(row: SheetRow, columns: Sequence[_Column]) -> list[int]:
    """The cells of another kind than their columns."""
    return [
        index
        for index, (slot, column) in enumerate(zip(row.slots, columns, strict=False))
        if slot is not None
        and slot.printed
        and (not slot.ordinal if column.ordinal else column.kind not in {"e", slot.kind})
    ]


def _fit(slots: Sequence[Slot | None], columns: Sequence[_Column]) -> float:
    """How well cells fit in the columns they stand in."""
    score = 0.0
    for slot, column in zip(slots, columns, strict=False):
        if slot is None or not slot.printed:
            continue
        if column.ordinal:
            score += 1.0 if slot.ordinal else -2.0
        elif column.kind == "e":
            score -= 0.5
        elif slot.kind != column.kind:
            score -= 1.5
        else:
            score += 1.0
        # Codes stand among codes, sentences among sentences.
        if slot.kind == "t" and column.length:
            score -= min(abs(math.log((len(slot.text) + 4) / (column.length + 4))), 2.0) * 0.5
    return score
