"""Which rows of tables a sentence names, each with the number that it tells of it.

A name stands before its number (``huyện Bình Gia có 12/19 trạm``) or is what it counts (``17 trường THCS``);
an item may speak of the heading over it (``Lĩnh vực này đã …``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from graphs.checks.reading.named import Surroundings, in_full
from graphs.checks.reading.prose import Stated
from graphs.checks.reading.rows import Grid, Line
from graphs.checks.reading.said import MONEY_RE
from graphs.checks.reading.telling import carrying_in, measured_in
from kb.models import Figure, ValueKind

Name = tuple[str, ...]
#: Rows by the first word of their names: the table, the name, the row.
Names = Mapping[str, Sequence[tuple[int, Name, Line]]]

_WORD_RE = re.compile(r"[^\W\d_]+")
_KINDS = frozenset(("huyện", "xã", "phường", "quận", "tỉnh", "khu", "đặc", "thị", "thành", "phố", "trấn"))
#: Where the name of what a number counts ends.
_CUT_RE = re.compile(r"[,;:.()]|\b(?:và|đạt|có|được|đã|với|bằng|chiếm|tăng|giảm)\b")
_STOP_RE = re.compile(r"[;,:.](?=\s|$)|\s(?:và|nhưng|còn|trong đó)\s")
#: The number before a heading.
_LABEL_RE = re.compile(r"^\W*(?:[IVX]+|\d+(?:\.\d+)*|[a-zđ])[.)]\s*")
#: An item that speaks of the heading over it.
_THIS_RE = re.compile(
    r"\b(?:lĩnh vực|nội dung|nhóm|tiêu chí|ngành|đơn vị|địa phương|huyện|xã|phường|chương trình|loại)\s+này\b",
    re.IGNORECASE,
)
#: A row that a name does not tell from another one.
_TWICE = Line(-1, (), "", (), None)
_NEAREST, _HEADING = 3, 80
_LETTERS, _FEWEST, _MOST_COLUMNS = 3, 2, 20
_BRACKET_RE = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class OfRow:
    """A number of the text with the row of the table that it is told of."""

    line: Line
    figure: Figure

    @property
    def kind(self) -> str:
        """What it is measured in: shares, money, or what is counted."""
        unit = (self.figure.unit or "").lower()
        return "%" if unit == "%" else "money" if MONEY_RE.match(unit) else ""


def names_in(tables: Sequence[Grid]) -> Names:
    """The rows that have a name of their own in their table."""
    found: dict[str, list[tuple[int, Name, Line]]] = defaultdict(list)
    for at, grid in enumerate(tables):
        if len(grid.columns) > _MOST_COLUMNS:
            continue
        rows: dict[Name, Line | None] = {}
        for line in grid.lines:
            name = _bare(tokens(_BRACKET_RE.sub(" ", name_of(line))))
            if not line.total and sum(map(len, name)) >= _LETTERS:
                rows[name] = None if name in rows else line
        for name, own in rows.items():
            if own is not None:
                found[name[0]].append((at, name, own))
    return found


def over_it(places: Surroundings, where: Stated) -> list[str]:
    """The leads and headings over a block, without the block itself, which may be one."""
    own = " ".join(where.text.split())
    return [text for text in places.over(where.block) if " ".join(text.split()) not in own]


def name_of(line: Line) -> str:
    """The name of a row: its first cell of words, behind its number."""
    texts = (cell.text for cell in line.cells[bool(line.ordinal) :] if cell.value.kind is ValueKind.TEXT)
    return next((text for text in texts if text and _WORD_RE.search(text)), line.label)


def tokens(text: str) -> list[str]:
    """The words of a text in small letters, abbreviations written out.

    >>> tokens("17 trường THCS")
    ['trường', 'trung', 'học', 'cơ', 'sở']
    """
    words: list[str] = []
    for word in _WORD_RE.findall(text):
        words.extend(in_full(word).lower().split() if word.isupper() else (word.lower(),))
    return words


def _bare(words: Sequence[str]) -> Name:
    """A name without the kind of place before it."""
    low = next((at for at, word in enumerate(words) if word not in _KINDS), 0)
    return tuple(words[low:])


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its figures, and the rows of tables that it may name."""

    where: Stated
    low: int
    high: int
    figures: tuple[Figure, ...]
    names: Names
    places: Surroundings

    @property
    def text(self) -> str:
        """Its text."""
        return self.where.text[self.low : self.high]

    @property
    def headings(self) -> frozenset[str]:
        """The words of the headings and leads over it."""
        return frozenset[str]().union(*map(carrying_in, over_it(self.places, self.where)))

    def clause(self, figure: Figure) -> str:
        """The words about a figure: from the figure before it, or the last stop, to the next."""
        text, start, end = self.where.text, self.where.start(figure), self.where.end(figure)
        low = max((match.end() for match in _STOP_RE.finditer(text, self.low, start)), default=self.low)
        stop = _STOP_RE.search(text, end, self.high)
        return f"{text[low:start]} {text[end : stop.start() if stop else self.high]}"

    def before_it(self, figure: Figure) -> str:
        """The words before a figure."""
        return self.where.text[self.low : self.where.start(figure)]

    def over(self) -> dict[int, list[OfRow]]:
        """The first figure of an item that speaks of the heading over it, with the row that bears its name."""
        found: dict[int, list[OfRow]] = defaultdict(list)
        if _THIS_RE.search(self.where.text, self.low, self.where.start(self.figures[0])):
            for heading in islice(self.places.over(self.where.block), _NEAREST):
                words = _bare(tokens(_LABEL_RE.sub("", heading[:_HEADING])))
                for table, name, line in self.names.get(words[0], ()) if words else ():
                    if words[: len(name)] == name and len(name) >= _FEWEST:
                        found[table].append(OfRow(line, self.figures[0]))
        return found

    def before(self) -> dict[int, list[OfRow]]:
        """Each figure with the last row named between it and the figure before it, by table."""
        found: dict[int, list[OfRow]] = defaultdict(list)
        start = self.low
        for figure in self.figures:
            words = tokens(self.where.text[start : self.where.start(figure)])
            start = self.where.end(figure)
            ends: dict[int, tuple[tuple[int, int], Line]] = {}
            for at, word in enumerate(words):
                for table, name, line in self.names.get(word, ()):
                    if tuple(words[at : at + len(name)]) == name:
                        rank = (at + len(name), len(name))
                        if table not in ends or rank > ends[table][0]:
                            ends[table] = rank, line
            for table, (_, line) in ends.items():
                found[table].append(OfRow(line, figure))
        return found

    def behind(self) -> dict[int, list[OfRow]]:
        """Each figure with the row that is named by what it counts, by table."""
        found: dict[int, list[OfRow]] = defaultdict(list)
        for figure, end in zip(self.figures, (*map(self.where.start, self.figures[1:]), self.high), strict=False):
            words = tuple(tokens(_CUT_RE.split(self.where.text[self.where.end(figure) : end], maxsplit=1)[0]))
            rows: dict[int, dict[int, Line]] = defaultdict(dict)
            for at, word in enumerate(words):
                for table, name, line in self.names.get(word, ()):
                    opens = not at and len(name) > len(words) and name[: len(words)] == words
                    if opens or name == words[at : at + len(name)]:
                        size = len(words) if opens else len(name)
                        rows[table][size] = _TWICE if size in rows[table] else line
            for table, lines in rows.items():
                if (line := lines[max(lines)]) is not _TWICE:
                    found[table].append(OfRow(line, figure))
        return found


def amount(grid: Grid, line: Line, column: int, kind: str) -> Decimal | None:
    """The number of a row in a column, in đồng where it is money; None where it is of another kind."""
    value = line.value(column)
    if value is None:
        return None
    table = grid.table
    own, over = (
        (line.label, grid.head(column)),
        (f"({table.measure or ''})", table.caption or "", table.title or ""),
    )
    measure, _, scale = measured_in(line, column, own, over)
    return value * scale if measure == kind else None
