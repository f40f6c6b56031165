"""FIG of a count whose words are the very name of a row: ``46 giếng khoan mới`` and *Giếng khoan mới | 54*.

Short numbers are everywhere, so nothing else may be said of it: no place, time, part or other level, and nothing
before it in its clause that the titles of paper and table do not say.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from graphs.checks.reading.mentions import proper_names
from graphs.checks.reading.named import GENERAL, row_place, surroundings, thing_words, with_unit, words_over
from graphs.checks.reading.phrases import times_in, years_of
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.reading.rows import Grid, Line, grids
from graphs.checks.reading.said import PLANNED_RE
from graphs.checks.reading.telling import PLAN_HEAD_RE, marks_of
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.models import Figure, Finding
from kb.text.sentences import split_sentences

#: Before the name of a row: its mark, and that it counts.
_COUNTS_RE = re.compile(r"^\W*(?:(?:tổng số|số lượng|số)\s+)*")
_TAIL_RE = re.compile(r"\s*\([^()]*\)\s*$|[\s.:;*]+$")
#: What is counted, to the end of what is said of it.
_NAME_RE = re.compile(r"(?:\d[\d.]*)?\s*(?P<name>[^\W\d_]+(?:[ \n]+[^\W\d_]+)*)\s*(?=[,;.:(]|$)")
_OTHER_RE = re.compile(
    r"\b(?:trong đó|riêng|cùng kỳ|năm trước|so với|mỗi|từng|trên|khoảng|gần|hơn|một số|thêm|ngoài|lần lượt"
    r"|trong (?:số|tổng)|chưa|không|còn|quý|tháng|tuần|đợt)\b",
    re.IGNORECASE,
)
_OTHER_HEAD_RE = re.compile(r"cùng kỳ|trước|so\b|tăng|giảm|%|tỷ lệ|chênh|giá|tiền|kinh phí|đồng", re.IGNORECASE)
#: Words that only say that it is, or was done.
_DONE = thing_words(
    "triển khai thực hiện hoàn thành phê duyệt tổ chức ban hành xây dựng ghi nhận phát hiện tiếp nhận"
)
_FEWEST, _LONG, _TIMES = 4, 1000, 3


@dataclass(frozen=True, slots=True)
class _Row:
    """A row with the one number that it counts."""

    grid: Grid
    line: Line
    column: int
    value: Decimal


def check_rows_called(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """A short count of the text that bears the name of a row, and nothing else, is that of the row."""
    rows = {} if subject.is_rule() else _rows(subject)
    told: dict[str, list[tuple[Stated, Figure]]] = defaultdict(list)
    for where in stated(subject) if rows else ():
        for figure in where.figures:
            name = _name(where, figure)
            if name in rows:
                told[name].append((where, figure))
    for name, found in told.items():
        row = rows[name]
        if any(Decimal(figure.value) == row.value for _, figure in found):
            tally.held += 1
            continue
        alone = [(where, figure) for where, figure in found if _is_all(subject, where, figure, row)]
        if len(found) == len(alone) == 1:
            tally.failed += 1
            yield _finding(by, alone[0][1], row)


def _rows(subject: Subject) -> dict[str, _Row]:
    """The rows by name that count one thing, of tables with one column of results; no name that two rows have."""
    found: dict[str, list[_Row]] = defaultdict(list)
    title = subject.document.metadata.title
    for grid in grids(subject.document):
        heads = [*map(grid.head, grid.columns), grid.table.title or ""]
        if len(grid.columns) > 1 or _OTHER_HEAD_RE.search(heads[0]) or any(map(PLAN_HEAD_RE.search, heads)):
            continue
        column, known = grid.columns[0], thing_words(f"{grid.over} ; {title.value if title else ''}")
        for line in grid.lines:
            value, name = line.value(column), _plain(line.label, line.unit)
            if value is not None and 0 < value < _LONG and len(name.split()) >= _FEWEST:
                narrow = words_over(grid, line) - known - GENERAL - thing_words(name)
                found[name].append(_Row(grid, line, column, value if not narrow else Decimal(0)))
    return {name: rows[0] for name, rows in found.items() if len(rows) == 1 and rows[0].value}


def _plain(label: str, unit: str = "") -> str:
    """The name of a row in small letters, without its mark and unit.

    >>> _plain("- Số giếng khoan mới (giếng)"), _plain("Giếng khoan mới giếng", "giếng")
    ('giếng khoan mới', 'giếng khoan mới')
    """
    name = _TAIL_RE.sub("", _COUNTS_RE.sub("", " ".join(label.lower().split())))
    return name.removesuffix(f" {unit}") if unit else name


def _name(where: Stated, figure: Figure) -> str:
    """What a short whole number counts, to the end of what is said of it; empty for none."""
    if figure.of or figure.bound or not figure.value.isdigit() or Decimal(figure.value) >= _LONG:
        return ""
    found = _NAME_RE.match(where.text, where.start(figure))
    return " ".join(found["name"].lower().split()) if found else ""


def _is_all(subject: Subject, where: Stated, figure: Figure, row: _Row) -> bool:
    """Whether a count is of all that the row is of: its clause and place say nothing else of it."""
    low, high = next(
        (low, high)
        for low, high in split_sentences(where.text, clauses=True)
        if low <= where.start(figure) < high or high == len(where.text)
    )
    before, clause = where.text[low : where.start(figure)], where.text[low:high]
    title = subject.document.metadata.title
    titles = f"{row.grid.over} ; {title.value if title else ''}"
    known = thing_words(f"{titles} ; {row.line.label}") | GENERAL | _DONE
    times = times_in(clause) - years_of(subject) - times_in(row.grid.over.lower())
    over = " ; ".join((before, *surroundings(subject.document).over(where.block)))
    names = frozenset(proper_names(over)) - frozenset(
        proper_names(f"{row.grid.over} ; {title.value if title else ''}")
    )
    far = sorted((Decimal(figure.value), row.value))
    return not (
        times
        or names
        or far[0] * _TIMES < far[1]
        or _OTHER_RE.search(before)
        or PLANNED_RE.search(clause)
        or marks_of(before, before) - {"total"}
        or thing_words(before) - known
    )


def _finding(by: Rule, figure: Figure, row: _Row) -> Finding:
    place, printed = row_place(row.grid, row.line), row.line.printed(row.column)
    return by.finding(
        (figure.span,),
        f"lời văn ghi {with_unit(figure)}; {place} ghi {printed}",
        f"the text says {with_unit(figure)}; {place.en} has {printed}",
        stated=figure.printed,
        expected=printed,
        evidence=(row.line.span(row.column),),
        suggestion=both(
            "đối chiếu lời văn với bảng, thống nhất một số liệu",
            "compare the text with the table and keep one number",
        ),
        page=figure.page,
    )
