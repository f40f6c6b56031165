"""The head of a table: which rows it has, what its columns are called, where another head begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from ingest.structure.table_sheet import Sheet, SheetRow
from kb.models import Severity
from kb.text.normalize import fold

# The first cell of a head: it numbers the rows, or says what they are.
_FIRST_RE = re.compile(
    r"(?:s(?:o)?\s?\.?/?\s?tt|t\.?t|so thu tu|stt\b.*|chi tieu|noi dung|nhiem vu|tieu chi|ten\b.*|ma so|muc tieu"
    r"|ngay\b.*|danh muc|don vi|loai\b.*|linh vuc)\.?"
)
_ORDINAL_HEAD_RE = re.compile(r"(?:s(?:o)?\s?\.?/?\s?tt|t\.?t|so thu tu|stt|no\.?)\.?")
_YEAR = r"(?:19|20)\d\d"
#: A column of a year, or of one year held against another: "2024/2023 (%)".
_YEAR_RE = re.compile(rf"{_YEAR}(?:\s?[/–-]\s?{_YEAR})?(?:\s?\(?%\)?)?")
#: A column of a day or a month among those of years: "31/3/2025".
_TIME_RE = re.compile(rf"(?:\d{{1,2}}/){{1,2}}{_YEAR}|{_YEAR_RE.pattern}")
_NUMBERING_RE = re.compile(r"\(?(?:\d{1,2}|[A-Za-zĐđ])(?:\)?\s?=.*)?\)?")
_COUNTED_RE = re.compile(r"\(?(?P<number>\d+)")
_LABELLED_RE = re.compile(r"(?:\d{1,3}(?:\.\d{1,3}){0,4}|[IVXLC]{1,6}|[a-zđ])[.)]\s+\S")
_ALPHABET = "abcdđeghiklmnopqrstuvxy"
_NOTES_RE = re.compile(r"(?:ghi chu|luu y)\b")
# OCR reads one letter for another; two printings of one head still agree to this degree.
_ALIKE = 0.85
_TWICE = 0.93
# A heading over the whole width of a table is no longer than this.
_HEADING_MAX = 300


def is_ordinal_head(name: str) -> bool:
    """Whether a column so called only numbers its rows.

    >>> is_ordinal_head("STT"), is_ordinal_head("Số TT"), is_ordinal_head("Nội dung")
    (True, True, False)
    """
    return _ORDINAL_HEAD_RE.fullmatch(fold(name).strip()) is not None


def looks_like_head(row: SheetRow) -> bool:
    """Whether a row names columns: words, or years, and no figures, numbers of rows or halves of sentences."""
    printed = row.printed
    if len(printed) < 2:
        return False
    first = printed[0]
    if _FIRST_RE.fullmatch(fold(first.text).strip()) and first is row.slots[0]:
        return not any(slot.kind == "n" and not _TIME_RE.fullmatch(slot.text) for slot in printed[1:])
    if first.ordinal or _LABELLED_RE.match(first.text):
        return False
    if any(slot.kind == "n" and not _YEAR_RE.fullmatch(slot.text) for slot in printed):
        return False
    words = [slot for slot in printed if slot.kind == "t"]
    return bool(words) and sum(slot.text[:1].islower() for slot in words) * 2 <= len(words)


def find_head(sheet: Sheet) -> None:
    """Set the head rows of a sheet apart from its body, and a title over the whole width as its caption."""
    while len(sheet.rows) > 1 and is_heading(sheet.rows[0], sheet.width) and looks_like_head(sheet.rows[1]):
        title = sheet.rows.pop(0)
        sheet.caption = " ".join(filter(None, (sheet.caption, title.printed[0].text)))
        if sheet.header_rows:
            sheet.header_rows -= 1
    count = _count_head(sheet)
    sheet.head, sheet.rows = sheet.rows[:count], sheet.rows[count:]
    if sheet.head and sheet.rows and is_numbering(sheet.rows[0]):
        sheet.head.append(sheet.rows.pop(0))


def _count_head(sheet: Sheet) -> int:
    rows = sheet.rows
    if not rows or not _heads(rows, sheet):
        return 0
    count = max(1, min(_reach_down(rows[0]), len(rows)))
    while count < len(rows) and _is_under(rows[:count], rows[count]):
        count += 1
    hint = sheet.header_rows
    if hint and hint > count and hint < len(rows) and not any(row.printed[0].ordinal for row in rows[:hint]):
        count = hint
    return count if count < len(rows) or count == 1 else len(rows) - 1


def _heads(rows: Sequence[SheetRow], sheet: Sheet) -> bool:
    if looks_like_head(rows[0]):
        return len(rows) == 1 or not _same_pattern(rows[0], rows[1])
    if len(rows) > 1 and _times_over_numbers(rows[0], rows[1]):
        return True
    # A first row that the format itself calls a head, unless it is plainly a row like those below: Markdown
    # knows no table without a head.
    first = rows[0].printed[0]
    plain = first.ordinal or _LABELLED_RE.match(first.text) or is_heading(rows[0], sheet.width)
    numbers = any(slot.kind == "n" and not _TIME_RE.fullmatch(slot.text) for slot in rows[0].printed)
    return bool(sheet.header_rows) and not plain and not numbers


def _times_over_numbers(row: SheetRow, below: SheetRow) -> bool:
    """Whether a row names columns by days or months, under which other numbers stand: ``Huyện | 31/12/2024``."""
    times = [at for at, slot in enumerate(row.slots) if slot is not None and slot.printed and slot.kind == "n"]
    return (
        bool(times)
        and row.at(0).kind == "t"
        and all(_TIME_RE.fullmatch(row.at(at).text) for at in times)
        and all(below.at(at).kind == "n" and not _TIME_RE.fullmatch(below.at(at).text) for at in times)
    )


def _same_pattern(row: SheetRow, other: SheetRow) -> bool:
    """Whether two rows begin alike but for a number: ``Mẫu số 01`` and ``Mẫu số 02``."""
    first, second = row.at(0).text, other.at(0).text
    mask = re.compile(r"\d+")
    return bool(mask.search(first)) and first != second and mask.sub("#", first) == mask.sub("#", second)


def _reach_down(row: SheetRow) -> int:
    """How many rows the tallest cell of a row covers, when others beside it are lower."""
    heights = [slot.rowspan for slot in row.printed]
    return max(heights) if heights and (min(heights) < max(heights) or max(heights) > 1) else 1


def _is_under(head: Sequence[SheetRow], row: SheetRow) -> bool:
    """Whether a row names parts of the columns that the head above merges."""
    printed = [(at, slot) for at, slot in enumerate(row.slots) if slot is not None and slot.printed]
    if not printed or any(slot.kind == "n" and not _YEAR_RE.fullmatch(slot.text) for _, slot in printed):
        return False
    above = head[-1]
    merged = {
        column
        for at, slot in enumerate(above.slots)
        if slot is not None and slot.colspan > 1
        for column in range(at, at + slot.colspan)
    }
    if merged:
        return all(at in merged for at, _ in printed)
    if printed[0][0] == 0 and printed[0][1].ordinal:
        return False
    # In text a merged cell leaves its words in the first of its columns and the others empty.
    return (
        any(not above.at(at).printed for at, _ in printed) and not row.at(0).printed and bool(above.at(0).printed)
    )


def is_heading(row: SheetRow, width: int) -> bool:
    """Whether a row is one cell over the whole width, or only its first cell holds something, words."""
    printed = row.printed
    if len(printed) != 1 or len(printed[0].text) > _HEADING_MAX or width < 2:
        return False
    return printed[0].colspan >= width or (row.slots[0] is printed[0] and printed[0].kind == "t")


def is_numbering(row: SheetRow) -> bool:
    """Whether a row only numbers the columns: ``(1) (2) (3)``, ``A B 1 2``, ``a b c d đ``, ``1 2 3=1+2``."""
    texts = [slot.text for slot in row.printed]
    if len(texts) < 2 or len(texts) * 2 < len(row.slots) or not all(map(_NUMBERING_RE.fullmatch, texts)):
        return False
    bracketed = all(text.startswith("(") for text in texts)
    if len(texts) < 3 and not bracketed:
        return False
    letters = [text.strip("()").lower() for text in texts]
    numbers = [int(found["number"]) for found in map(_COUNTED_RE.match, texts) if found]
    if not numbers:
        places = [_ALPHABET.find(letter) for letter in letters]
        return places == sorted(set(places)) and places[0] == 0
    steps = [after - before for before, after in pairwise(numbers)]
    return (
        len(numbers) > 1
        and all(step in {0, 1} for step in steps)
        and any(steps)
        and (numbers[0] <= 2 or bracketed)
    )


def same_head(first: Sequence[SheetRow], second: Sequence[SheetRow]) -> bool:
    """Whether two heads name the same columns, but for a letter misread and empty cells at the end."""
    return len(first) == len(second) and all(
        _alike(_words(row), _words(other)) for row, other in zip(first, second, strict=True)
    )


def _words(row: SheetRow) -> list[str]:
    return [re.sub(r"[^\w%]+", " ", fold(slot.text)).strip() for slot in row.printed]


def _alike(first: Sequence[str], second: Sequence[str]) -> bool:
    if first == second:
        return True
    if len(first) != len(second):
        return False
    unlike = [pair for pair in zip(first, second, strict=True) if not _same_name(*pair)]
    # Of five names one may have lost its end.
    return len(unlike) * 5 <= len(first) and all(
        one.startswith(other) or other.startswith(one) for one, other in unlike
    )


def _same_name(one: str, other: str) -> bool:
    if one == other:
        return True
    # Another year is another column, however like its letters.
    if re.sub(r"\D", "", one) != re.sub(r"\D", "", other):
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE


def repeats_head(head: Sequence[SheetRow], rows: Sequence[SheetRow]) -> bool:
    """Whether rows begin with a head that is printed again."""
    return bool(head) and len(rows) >= len(head) and same_head(head, rows[: len(head)])


def name_columns(sheet: Sheet) -> tuple[str, ...]:
    """The name of each column: the cells over it from top to bottom, joined by `` / ``, a merged one over each."""
    names: list[list[str]] = [[] for _ in range(sheet.width)]
    rows = named_rows(sheet)
    for depth, row in enumerate(rows):
        texts = _row_names(row, sheet.width)
        if sheet.flat and depth + 1 < len(rows):
            for start, end in merged_heads(row, rows[depth + 1], sheet.width):
                texts[start:end] = [texts[start]] * (end - start)
        for at, text in enumerate(texts):
            if text and (not names[at] or names[at][-1] != text):
                names[at].append(text)
    return tuple(" / ".join(name) for name in names)


def named_rows(sheet: Sheet) -> list[SheetRow]:
    """The head rows without one that only numbers the columns."""
    return [row for row in sheet.head if not is_numbering(row)] or sheet.head


def _row_names(row: SheetRow, width: int) -> list[str]:
    texts = [""] * width
    for at in range(width):
        slot = row.at(at)
        if slot.printed:
            texts[at : at + slot.colspan] = [slot.text] * min(slot.colspan, width - at)
    return texts


def merged_heads(row: SheetRow, below: SheetRow, width: int) -> list[tuple[int, int]]:
    """The columns that each merged cell of a head row covers, in text, where what it covers is left empty.

    A cell reaches as far as the next one when the row below has names under it.
    """
    starts = [at for at in range(width) if row.at(at).printed]
    return [
        (start, end)
        for start, end in zip(starts, [*starts[1:], width], strict=True)
        if end - start > 1 and any(below.at(at).printed for at in range(start, end))
    ]


def settle_names(sheet: Sheet) -> None:
    """Move names of a lower head row that a lost one before them let slip to the left, under the wrong cell.

    The sign: a name comes twice under one merged cell, and the last merged cell has no name over its last column.
    """
    named = named_rows(sheet)
    if not sheet.flat or len(named) < 2:
        return
    top, under = named[0], named[1]
    groups = merged_heads(top, under, sheet.width)
    lacking: list[int] = []
    while len(groups) > 1 and not under.at(groups[-1][1] - 1).printed:
        twice = next((at for group in groups[:-1] if (at := _named_twice(under, group)) is not None), None)
        if twice is None:
            break
        under.slots = [*under.slots[:twice], None, *under.slots[twice : sheet.width - 1]]
        lacking.append(twice + 1)
    if lacking:
        columns = ", ".join(map(str, lacking))
        sheet.report(
            "table.head_shifted",
            f"đầu bảng thiếu tên cột {columns}: các tên sau đó đã dời sang phải một cột",
            f"the head lacks the name of column {columns}: the names after it were moved one column to the right",
            under.spans,
            Severity.WARNING,
        )


def _named_twice(row: SheetRow, group: tuple[int, int]) -> int | None:
    """The column whose name already stands at the beginning of its group."""
    first = fold(row.at(group[0]).text)
    for at in range(group[0] + 1, group[1]):
        if first and SequenceMatcher(None, first, fold(row.at(at).text), autojunk=False).ratio() >= _TWICE:
            return at
    return None


def is_notes_column(name: str) -> bool:
    """Whether a column so called holds remarks."""
    return _NOTES_RE.match(fold(name).strip()) is not None
