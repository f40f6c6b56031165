"""Documents written to Word and PDF and read back: what is written, and what came back of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

from kb.models import BlockKind, Document, Table, UnitKind

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
MARK_RE = re.compile(f"[{SUPERSCRIPTS[1:]}][{SUPERSCRIPTS}]{{0,2}}")
TO_DIGITS = str.maketrans(SUPERSCRIPTS, "0123456789")
TO_RAISED = str.maketrans("0123456789", SUPERSCRIPTS)
_TITLE_KINDS = {UnitKind.PREFACE, UnitKind.PART, UnitKind.CHAPTER, UnitKind.APPENDIX}


@dataclass(frozen=True)
class Paragraph:
    """A paragraph to write; raised marks stand in its text."""

    text: str
    centered: bool = False


@dataclass(frozen=True)
class Note:
    """A footnote to write."""

    mark: str
    text: str


@dataclass(frozen=True)
class Flow:
    """What is written, in reading order; `notes` come in the order of their marks; `restarts` are the items at
    which their numbers begin again."""

    items: tuple[Paragraph | Table, ...]
    notes: tuple[Note, ...]
    restarts: frozenset[int]


def flow_of(document: Document) -> Flow:
    """A document as it is to be written: notes apart, tables whole."""
    tables = iter(document.tables)
    current: Table | None = next(tables, None)
    items: list[Paragraph | Table] = []
    notes: list[Note] = []
    units = {unit.eid: unit for unit in document.units}
    for block in document.blocks:
        text = " ".join(document.block_text(block).split())
        if block.kind is BlockKind.NOTE:
            found = MARK_RE.match(text)
            notes.append(Note(found.group() if found else "", text[found.end() if found else 0 :].strip()))
        elif block.kind is BlockKind.TABLE:
            while current is not None and current.span.start < block.span.end:
                items.append(current)
                current = next(tables, None)
        elif block.kind is BlockKind.TEXT and text:
            unit = units.get(block.unit or "")
            title = unit is not None and unit.kind in _TITLE_KINDS and len(text) < 200
            items.append(Paragraph(text, title))
    return Flow(tuple(items), tuple(notes), frozenset(_restarts(items)))


def _restarts(items: Sequence[Paragraph | Table]) -> Iterator[int]:
    """The appendix at which notes are numbered anew: the paragraphs before the item that has mark 1 again."""
    last = 0
    for index, item in enumerate(items):
        for mark in marks_of(item):
            number = int(mark.translate(TO_DIGITS))
            if number == 1 and last > 1:
                at = index
                while at and isinstance(items[at - 1], Paragraph) and items[at - 1].centered:
                    at -= 1
                yield at
            last = number


def marks_of(item: Paragraph | Table) -> list[str]:
    """The raised marks of an item in reading order."""
    if isinstance(item, Paragraph):
        return MARK_RE.findall(item.text)
    return [mark.translate(TO_RAISED) for row in item.rows for cell in row.cells for mark in cell.marks]


def head_rows(table: Table) -> list[list[tuple[str, int, int]]]:
    """The head of a table as rows of (text, columns covered, rows covered), merged as the names say."""
    names = [tuple(name.split(" / ")) for name in table.columns]
    depth = max(map(len, names), default=0)
    rows: list[list[tuple[str, int, int]]] = []
    for level in range(depth):
        row = []
        for key, group in groupby(names, key=lambda name: name[: level + 1]):
            count = len(list(group))
            if len(key) <= level:
                row += [("", count, 0)]
            else:
                row.append((key[level], count, depth - level if _is_last(names, key) else 1))
        rows.append(row)
    return rows


def _is_last(names: Sequence[tuple[str, ...]], key: tuple[str, ...]) -> bool:
    return all(len(name) == len(key) for name in names if name[: len(key)] == key)


@dataclass(frozen=True)
class Agreement:
    """How much of a document came back: pairs of equal and all; what differs, for people to read."""

    units: tuple[int, int]
    texts: tuple[int, int]
    notes: tuple[int, int]
    tables: tuple[int, int]
    cells: tuple[int, int]
    differences: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether all of it came back."""
        pairs = (self.units, self.texts, self.notes, self.tables, self.cells)
        return all(equal == total for equal, total in pairs)


def compare(before: Document, after: Document) -> Agreement:
    """What of `before` is found in `after`: units by id, label and heading, paragraphs, notes, cells of tables."""
    differences: list[str] = []
    units = _matched("unit", *([_unit_key(unit) for unit in d.units] for d in (before, after)), differences)
    texts = _matched("text", *(_texts(d, BlockKind.TEXT) for d in (before, after)), differences)
    notes = _matched("note", *([*flow_of(d).notes] for d in (before, after)), differences)
    cells = equal = tables = 0
    for index, table in enumerate(before.tables):
        other = after.tables[index] if index < len(after.tables) else None
        wanted = _cells(table)
        got = _cells(other) if other is not None else []
        cells += sum(map(len, wanted))
        same = 0
        for at, row in enumerate(wanted):
            found = got[at] if at < len(got) else []
            same += sum(one == two for one, two in zip(row, found, strict=False))
            if row != found:
                differences.append(f"table {index + 1} row {at}: {row} <> {found}")
        equal += same
        tables += wanted == got
    return Agreement(
        units,
        texts,
        notes,
        (tables, max(len(before.tables), len(after.tables))),
        (equal, cells),
        tuple(differences),
    )


def _unit_key(unit: object) -> tuple[str, str, str]:
    return unit.eid, tidy(unit.label), tidy(unit.heading)[:60]  # type: ignore[attr-defined]


def _texts(document: Document, kind: BlockKind) -> list[str]:
    return [tidy(document.block_text(block)) for block in document.blocks if block.kind is kind]


def _cells(table: Table) -> list[list[str]]:
    rows = [
        [tidy(cell.text or "") + "".join(f"^{mark}" for mark in cell.marks) for cell in row.cells]
        for row in table.rows
    ]
    return [[tidy(name) for name in table.columns], *rows]


def _matched(
    what: str, before: Sequence[object], after: Sequence[object], differences: list[str]
) -> tuple[int, int]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, low, high, start, stop in matcher.get_opcodes():
        if tag != "equal":
            differences.append(f"{what}: {list(before[low:high])} <> {list(after[start:stop])}")
    return sum(block.size for block in matcher.get_matching_blocks()), max(len(before), len(after))


def tidy(text: str) -> str:
    """The text with single spaces, none before a raised mark."""
    return re.sub(rf"\s+(?=[{SUPERSCRIPTS}])", "", " ".join(text.split()))


def edit_distance(before: str, after: str) -> int:
    """How many letters must be put in, left out or changed (Myers 1999, in words of any length, after Hyyrö 2003).

    >>> edit_distance("Khánh Hòa", "Khanh Hoà!")
    4
    """
    if not before:
        return len(after)
    ones = (1 << len(before)) - 1
    high = 1 << (len(before) - 1)
    places: dict[str, int] = {}
    for at, letter in enumerate(before):
        places[letter] = places.get(letter, 0) | 1 << at
    plus, minus, distance = ones, 0, len(before)
    for letter in after:
        match = places.get(letter, 0)
        diagonal = (((match & plus) + plus) ^ plus) | match | minus
        up = minus | (~(diagonal | plus) & ones)
        down = plus & diagonal
        distance += bool(up & high) - bool(down & high)
        up = (up << 1 | 1) & ones
        down = (down << 1) & ones
        plus = (down | (~(diagonal | up) & ones)) & ones
        minus = up & diagonal
    return distance
