"""Tables whose cells are separated by tabs: which lines are rows, and where a row goes on over the next lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.readers.flow import is_foot_line, is_head_line
from ingest.readers.text_cells import Found, pieces
from kb.models import GridCell, Line, LineKind, Span

# A rule of dashes between rows, as exports draw it; it holds no cell.
_RULE_RE = re.compile(r"[ \t]*:?-+:?(?:[ ]*\t[ ]*:?-+:?)*[ \t]*")
_NUMBER_RE = re.compile(r"[-–(]?\s*\d[\d.,/\s]*\s*[%)]?|[-–]|")
# What only opens a list item when a tab follows it.
_LABEL_RE = re.compile(
    r"[-–+•*·o●▪]|\(?\d{1,3}(?:\.\d{1,3}){0,4}[.)]|\(?[a-zđ]{1,2}[.)]|[IVXLC]{1,6}[.)]|(?:Điều|Chương|Mục|Phần)\s\S+",
)
_LEADER_RE = re.compile(r"(?:\.{4,}|…{2,}|_{4,})")
_OPERATOR_RE = re.compile(r"[=+×x*:≤≥<>÷±–-]")
# The first cell of a head, where rows are numbered.
_FIRST_RE = re.compile(r"(?:S(?:ố)?\s?\.?/?\s?TT|T\.?T|Stt|Số thứ tự)\.?")
# No cell ends so: a tab typed for a space in a sentence, "Nghị định số\t30/2020/NĐ-CP".
_OPEN_CELL_RE = re.compile(r".*[^\W\d_],?\s(?:số|ngày|khoản|điểm|Điều|của|tại|theo|và|do|bởi)")
_SIGNED_RE = re.compile(r"\((?:đã\s)?ký\b", re.IGNORECASE)
_TIMES_RE = re.compile(r"[xX×]")
# A row of one cell over the whole width: a numbered or lettered part of the table, or capitals.
_GROUP_RE = re.compile(r"(?:[IVXLC]{1,6}|[A-ZĐ]|\d{1,2}(?:\.\d{1,2}){0,3})[.)/]?\s+[^\W\d_]")
_CAPTION_RE = re.compile(r"(?:bảng|biểu|phụ lục|mẫu|điều|chương|hình|ghi chú)\b", re.IGNORECASE)
# What opens an item of a list after a table: "a) So với dự toán".
_ITEM_RE = re.compile(r"\(?[a-zđ]{1,2}[.)]\s")
_TITLE_RE = re.compile(r"(?:bảng|biểu|phụ lục)\s(?:số\s)?\d", re.IGNORECASE)
_GROUP_MAX = 200
# No heading between rows is so long and ends as a sentence does.
_SENTENCE = 80
# A row broken over more lines than this is not one row.
_BROKEN_MAX = 12
# More lines in a row that begin with a tab are a paragraph, not rows.
_INDENTED_MAX = 4


@dataclass(slots=True)
class _Row:
    """A row being read: its first and last line, its cells as ranges, several where a line end cuts a cell."""

    first: int
    last: int
    cells: list[list[tuple[int, int]]]

    def join(self, other: _Row) -> None:
        """Go on with `other`, whose first cell continues the last one here."""
        self.cells[-1] += other.cells[0]
        self.cells += other.cells[1:]
        self.last = other.last


def find_tabbed(text: str, lines: Sequence[Line], taken: bytearray) -> Iterator[Found]:
    """The tables whose cells are separated by tabs.

    A letterhead, a foot with its signature, a formula, list items and a table of contents, which tabs set too,
    are none.
    """
    if text.find("\t") < 0:
        return
    tabbed = [
        index
        for index, line in enumerate(lines)
        if line.kind is LineKind.TEXT
        and not taken[index]
        and text.find("\t", line.span.start, line.span.end) >= 0
        and not _sets_words(text, line)
    ]
    reader = _Reader(text, lines, taken)
    for first, last in reader.zones(tabbed):
        rows = reader.read(first, last)
        for start, stop in reader.cut(rows):
            part = rows[start:stop]
            if _is_table(text, part):
                yield Found(part[0].first, part[-1].last, tuple(_grid_row(text, row) for row in part if row.cells))


def _sets_words(text: str, line: Line) -> bool:
    """Whether the tabs of a line only place words: indent, letterhead, foot, contents, item label."""
    printed = line.span.cut(text)
    cells = printed.split("\t")
    filled = [cell.strip() for cell in cells if cell and not cell.isspace()]
    if not filled or (len(filled) == 1 and cells[-1].strip()):
        # A line that only begins with tabs is indented, unless it fills the last column of a table: the zone asks.
        return len(cells) == 2 or not filled
    if len(cells) <= 4:
        if len(filled) == 2 and _LABEL_RE.fullmatch(filled[0]):
            return True
        if any(is_head_line(cell) or is_foot_line(cell) or _SIGNED_RE.match(cell) for cell in filled):
            return True
    if _is_formula(filled) or (len(filled) > 1 and all(map(_OPEN_CELL_RE.fullmatch, filled[:-1]))):
        return True
    return bool(_LEADER_RE.search(printed)) and len(filled) <= 3


def _is_formula(cells: Sequence[str]) -> bool:
    """Whether cells are the parts of a formula; a cross alone between numbers is a mark in a table."""
    if any(cell == "=" for cell in cells[1:]):
        return True
    return any(
        _TIMES_RE.fullmatch(cell) and len(before) > 15 and len(after) > 15
        for before, cell, after in zip(cells, cells[1:], cells[2:], strict=False)
    )


@dataclass(slots=True)
class _Reader:
    text: str
    lines: Sequence[Line]
    taken: bytearray

    def zones(self, tabbed: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Runs of lines, from the first row with tabs to the last, that may be one table."""
        at = 0
        while at < len(tabbed):
            first = last = tabbed[at]
            at += 1
            while at < len(tabbed) and self._goes_on(last, tabbed[at]):
                last = tabbed[at]
                at += 1
            while last + 1 < len(self.lines) and self._continues(first, last):
                last += 1
            yield first, last

    def _touch(self, index: int) -> bool:
        """Whether no blank line stands between a line and the one before it."""
        if index == 0:
            return False
        return self.text.count("\n", self.lines[index - 1].span.end, self.lines[index].span.start) <= 1

    def _free(self, index: int) -> bool:
        return self.lines[index].kind is LineKind.TEXT and not self.taken[index]

    def _goes_on(self, last: int, following: int) -> bool:
        """Whether the table of row `last` still holds row `following`."""
        gap = range(last + 1, following)
        if not gap:
            return self.lines[last].page == self.lines[following].page
        if len(gap) > _BROKEN_MAX or not all(map(self._free, gap)) or self._ends(last, gap):
            return False
        if all(self._touch(index) for index in range(last + 1, following + 1)):
            return True
        # Rows with blank lines between them may have one of a single cell: a heading over the whole width, or
        # what a cell merged from above leaves.
        if self._touch(last):
            return False
        indented = all("\t" in self.lines[index].span.cut(self.text) for index in gap)
        return (indented and len(gap) <= _INDENTED_MAX) or (len(gap) == 1 and self._is_group(gap[0]))

    def _ends(self, last: int, gap: range) -> bool:
        """Whether lines between two rows are of none: a caption, the foot, a sentence behind a closed row."""
        printed = [self.lines[index].span.cut(self.text).strip() for index in gap]
        if any(_TITLE_RE.match(one) or any(map(is_foot_line, one.split("\t"))) for one in printed):
            return True
        sentence = any(len(one) > _SENTENCE and one.endswith((".", ";", ":", "./.")) for one in printed)
        over = len(printed[0]) > _GROUP_MAX or printed[0].endswith((".", ";", ":"))
        return self._is_closed(last) and (over or sentence)

    def _is_closed(self, index: int) -> bool:
        """Whether the last cell of a row is a number, which no words go on."""
        last = self.lines[index].span.cut(self.text).rpartition("\t")[2].strip()
        return bool(last) and _NUMBER_RE.fullmatch(last) is not None

    def _continues(self, first: int, last: int) -> bool:
        """Whether the line after the last row ends its last cell: it touches it and goes on in small letters."""
        if not self._free(last + 1) or not self._touch(last + 1):
            return False
        printed = self.lines[last + 1].span.cut(self.text).strip()
        if _ITEM_RE.match(printed) or self._is_closed(last):
            return False
        return printed[:1].islower() and "\t" not in printed and first < last

    def _is_group(self, index: int) -> bool:
        printed = self.lines[index].span.cut(self.text).strip()
        if len(printed) > _GROUP_MAX or _CAPTION_RE.match(printed) or printed.endswith((".", ";", ":")):
            return False
        return bool(_GROUP_RE.match(printed)) or printed.isupper()

    def read(self, first: int, last: int) -> list[_Row]:
        """The rows of a zone."""
        rows = [self._split(index) for index in range(first, last + 1)]
        counts = [len(row.cells) for row in rows if len(row.cells) > 1]
        width = max(counts, key=counts.count) if counts else 0
        if self._is_loose(rows):
            return self._join_blocks(rows)
        joined: list[_Row] = []
        at = 0
        while at < len(rows):
            row = rows[at]
            stop = self._broken_until(rows, at, width)
            for other in rows[at + 1 : stop]:
                row.join(other)
            if stop == at + 1 and len(row.cells) == 1 and joined and self._goes_in(row, joined[-1]):
                joined[-1].join(row)
            else:
                joined.append(row)
            at = stop
        return joined

    def cut(self, rows: Sequence[_Row]) -> Iterator[tuple[int, int]]:
        """The rows of a zone, cut where its head is printed again (on a new page) or another table begins."""
        start = 0
        head = _printed(self.text, rows[0]) if rows else ()
        loose = self._is_loose(rows)
        for index in range(1, len(rows)):
            row = _printed(self.text, rows[index])
            if len(row) > 1 and self._begins(row, head, rows, index, loose):
                yield start, index
                start, head = index, row
        if rows:
            yield start, len(rows)

    def _begins(
        self, row: tuple[str, ...], head: tuple[str, ...], rows: Sequence[_Row], index: int, loose: bool
    ) -> bool:
        """Whether a row is the head of another table, or the same one printed again."""
        if row == head:
            return True
        if any(cell and _NUMBER_RE.fullmatch(cell) for cell in row):
            return False
        if row[:2] == head[:2] and all(head[:2]):
            return True
        if self._touch(rows[index].first):
            return False
        if _FIRST_RE.fullmatch(row[0]):
            return True
        # After a blank line, names of another number of columns.
        named = all(cell[:1].isupper() for cell in row) and len(row) > 2
        return named and not loose and len(row) != len(rows[index - 1].cells)

    def _is_loose(self, rows: Sequence[_Row]) -> bool:
        """Whether blank lines part the rows, so that lines that touch are one row with cells broken over lines."""
        blocks: list[list[int]] = []
        for index, row in enumerate(rows):
            if index == 0 or not self._touch(row.first):
                blocks.append([])
            if len(row.cells) > 1:
                blocks[-1].append(len(row.cells))
        width = max(len(row.cells) for row in rows)
        single = all(len(counts) == len(set(counts)) for counts in blocks)
        if not single and any(sum(counts) - len(counts) >= width for counts in blocks):
            return False
        return len(blocks) > 2 or (len(blocks) == 2 and len(rows) > 2)

    def _join_blocks(self, rows: Sequence[_Row]) -> list[_Row]:
        joined: list[_Row] = []
        for row in rows:
            if joined and row.cells and joined[-1].cells and self._touch(row.first):
                joined[-1].join(row)
            else:
                joined.append(row)
        return joined

    def _split(self, index: int) -> _Row:
        start, end = self.lines[index].span.start, self.lines[index].span.end
        if _RULE_RE.fullmatch(self.text, start, end):
            return _Row(index, index, [])
        cells, at = [], start
        for piece in self.text[start:end].split("\t"):
            cells.append([(at, at + len(piece))])
            at += len(piece) + 1
        return _Row(index, index, cells)

    def _broken_until(self, rows: Sequence[_Row], at: int, width: int) -> int:
        """The index after the last line of the row that begins at `at`: more than one line where it is broken."""
        count = len(rows[at].cells)
        if not 0 < count < width:
            return at + 1
        for stop in range(at + 1, min(at + _BROKEN_MAX, len(rows))):
            before, row = rows[stop - 1], rows[stop]
            if not 0 < len(row.cells) < width or not self._touch(row.first):
                return at + 1
            if not self._goes_over(before.cells[-1][-1], row.cells[0][0]):
                return at + 1
            count += len(row.cells) - 1
            if count == width:
                return stop + 1
            if count > width:
                return at + 1
        return at + 1

    def _goes_over(self, above: tuple[int, int], below: tuple[int, int]) -> bool:
        """Whether a cell that ends a line goes on at the beginning of the next."""
        if self._is_number(above) or self._is_number(below):
            return False
        end, start = self.text[slice(*above)].rstrip()[-1:], self.text[slice(*below)].lstrip()[:1]
        return start.islower() or start in "(=;,.:)/" or end in ",-–(/"

    def _goes_in(self, row: _Row, above: _Row) -> bool:
        """Whether a line without tabs ends the last cell of the row above rather than heading the rows below."""
        if not self._touch(row.first) or not above.cells or self._is_number(above.cells[-1][-1]):
            return False
        start, end = row.cells[0][0]
        return self.text[start:end].lstrip()[:1].islower()

    def _is_number(self, cell: tuple[int, int]) -> bool:
        return _NUMBER_RE.fullmatch(self.text[cell[0] : cell[1]].strip()) is not None


def _printed(text: str, row: _Row) -> tuple[str, ...]:
    return tuple(" ".join(text[start:end].strip() for start, end in cell) for cell in row.cells)


def _is_table(text: str, rows: Sequence[_Row]) -> bool:
    """Whether rows are a table: two or more of them, or one of three cells, and no formula."""
    filled = [[cell for cell in _printed(text, row) if cell] for row in rows]
    wide = [cells for cells in filled if len(cells) > 1]
    if not wide or (len(wide) == 1 and len(rows) == 1 and len(wide[0]) < 3):
        return False
    return not any(_OPERATOR_RE.fullmatch(cells[0]) and len(rows) <= 2 for cells in wide)


def _grid_row(text: str, row: _Row) -> tuple[GridCell, ...]:
    cells = []
    for ranges in row.cells:
        spans: tuple[Span, ...] = ()
        for start, end in ranges:
            spans += pieces(text, start, end)
        cells.append(GridCell(spans))
    return tuple(cells)
