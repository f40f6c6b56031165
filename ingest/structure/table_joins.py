"""Tables that a page break cut, whole again; several under one another, apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.structure.table_cells import Slot
from ingest.structure.table_heads import find_head, is_heading, looks_like_head, repeats_head, same_head
from ingest.structure.table_sheet import Sheet, SheetRow

# A cell longer than this is running text, which a page may cut before any word, also one with a capital.
_RUNNING = 60


def part_sheet(sheet: Sheet) -> list[Sheet]:
    """The tables that one grid holds, each with its head: a new one begins where another head is printed.

    A head printed again, on the next page of the same table, is set aside.
    """
    find_head(sheet)
    parts: list[Sheet] = []
    current, index = sheet, 1
    while current.head and index < len(current.rows):
        row = current.rows[index]
        first = current.head[0].at(0).text
        # The rows of a body hardly ever begin with the very word the head begins with.
        if not first or row.at(0).text != first or not looks_like_head(row):
            index += 1
        elif repeats_head(current.head, current.rows[index:]):
            stop = index + len(current.head)
            current.repeats += current.rows[index:stop]
            del current.rows[index:stop]
            _mend(current.rows, index)
        else:
            follower = Sheet(list(current.blocks), current.rows[index:], current.width, row.page, current.flat)
            del current.rows[index:]
            if len(current.rows) > 1 and is_heading(current.rows[-1], current.width):
                follower.caption = current.rows.pop().printed[0].text
            parts.append(current)
            find_head(follower)
            current, index = follower, 1
    return [*parts, current]


def continues(sheet: Sheet, following: Sheet) -> bool:
    """Whether a table goes on in the next one, nothing but notes and page furniture standing between them."""
    if following.caption:
        return False
    if following.head:
        return same_head(sheet.head, following.head) and (
            following.width <= sheet.width or all(row.reach <= sheet.width for row in following.rows)
        )
    return sheet.width == following.width and bool(following.rows)


def join_sheets(sheet: Sheet, following: Sheet) -> None:
    """Put the rows of the next sheet under those of this one; its head, printed again, is set aside."""
    border = len(sheet.rows)
    for row in following.rows:
        row.slots = (row.slots + [None] * sheet.width)[: sheet.width]
    sheet.rows += following.rows
    sheet.blocks += following.blocks
    sheet.repeats += following.head + following.repeats
    sheet.flat = sheet.flat and following.flat
    _mend(sheet.rows, border)


def mend_rows(sheet: Sheet) -> None:
    """Join rows that are plainly the rest of the one above, though no page break is known between them."""
    rows: list[SheetRow] = []
    for row in sheet.rows:
        if rows and not row.at(0).printed and rows[-1].at(0).printed and _plainly(rows[-1], row):
            rows[-1] = merge_rows(rows[-1], row)
        else:
            rows.append(row)
    sheet.rows = rows


def _mend(rows: list[SheetRow], at: int) -> None:
    """Join the row at `at` to the one before it when it is the rest of it, cut by a page break."""
    if not 0 < at < len(rows) or rows[at].at(0).printed:
        return  # what has a first cell of its own is no rest: the rows above need not be read
    if is_rest(rows[at - 1], rows[at], _are_numbered(rows[:at])):
        rows[at - 1 : at + 1] = [merge_rows(rows[at - 1], rows[at])]


def _plainly(above: SheetRow, row: SheetRow) -> bool:
    return all(
        slot.kind == "t" and slot.goes_on and above.at(at).kind == "t" and above.at(at).open
        for at, slot in enumerate(row.slots)
        if slot is not None and slot.printed
    )


def _are_numbered(rows: Sequence[SheetRow]) -> bool:
    """Whether every row begins with its number."""
    return all(row.at(0).printed for row in rows) and sum(row.at(0).ordinal for row in rows) * 4 >= len(rows) * 3


def is_rest(above: SheetRow, row: SheetRow, numbered: bool) -> bool:
    """Whether the first row of a page is the rest of the last row of the page before.

    The number of a row is not printed twice, so its first cell is empty; and each of its cells goes on in the
    middle of what the cell above it says, or, where all rows are `numbered`, after a sentence of running text.
    """
    printed = [(at, slot) for at, slot in enumerate(row.slots) if slot is not None and slot.printed]
    if not printed or printed[0][0] == 0 or not above.printed:
        return False
    pairs = [(above.at(at), slot) for at, slot in printed]
    if numbered and all(_may_go_on_unnumbered(*pair) for pair in pairs):
        return any(slot.kind == "t" and before.kind == "t" for before, slot in pairs)
    return all(_may_go_on(*pair) for pair in pairs) and any(_goes_on(*pair) for pair in pairs)


def _may_go_on_unnumbered(above: Slot, slot: Slot) -> bool:
    """Whether a cell may be the rest of the one above where every row has a number and this one has none."""
    if above.kind == "e":
        # Figures set in the middle of a row come to stand on the second page.
        return True
    return above.kind == "t" and (above.open or len(above.text) > _RUNNING)


def _may_go_on(above: Slot, slot: Slot) -> bool:
    """Whether a cell may be the rest of the one above: that one is words that have come to no end."""
    if above.kind == "n":
        # A list of codes: one more number would be a value of its own.
        return " " in above.text and slot.kind == "n" and above.text.count(".") > 1
    if above.kind == "e":
        return slot.kind == "t" and slot.goes_on
    return above.open or slot.goes_on or _goes_on(above, slot)


def _goes_on(above: Slot, slot: Slot) -> bool:
    """Whether a cell is plainly the rest of the one above."""
    if slot.goes_on and slot.kind == "t":
        return True
    if slot.text[:2] in {"- ", "– ", "+ "}:
        # The next item of a list inside the cell.
        return above.text[:2] == slot.text[:2] or len(above.text) > _RUNNING
    if above.kind == "n":
        return True
    return above.open and (slot.kind == "n" or len(above.text) > _RUNNING or above.unclosed)


def merge_rows(above: SheetRow, row: SheetRow) -> SheetRow:
    """The two halves of a row as one."""
    slots: list[Slot | None] = []
    for at in range(max(len(above.slots), len(row.slots))):
        first = above.slots[at] if at < len(above.slots) else None
        second = row.slots[at] if at < len(row.slots) else None
        if first is not None and second is not None:
            slots.append(first.join(second) if first.printed else second if second.printed else first)
        else:
            slots.append(first or second)
    return replace(above, slots=slots, spans=above.spans + row.spans)
