"""The number told of the row of a table that is said to be most: ``nhiều nhất là A (485 vụ)``, which has 435."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graphs.checks.learned.twice import told_twice
from graphs.checks.reading.arithmetic import digits_of, read_number, slip_by_chance
from graphs.checks.reading.named import row_place
from graphs.checks.reading.phrases import years_of
from graphs.checks.reading.rows import RATE_RE, Grid, Line
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.models import Finding, Span, TextBlock
from kb.text.sentences import split_sentences

#: The number told right behind a row that is named, or behind "cao nhất" and the like that stand there.
_BEHIND_RE = re.compile(
    r"(?:(?!\b(?:tăng|giảm|hơn|gấp|năm|quý|tháng|từ|trên|gần|khoảng|chiếm)\b)[^\d.,;:()]){0,45}?\(?"
    r"(?<!\w)(?P<value>\d[\d.]*(?:,\d+)?)\s*(?P<unit>%|[^\W\d_]+)(?!\s*(?:/|\d))"
)
_YEAR_RE = re.compile(r"\b(?:19|20)\d\d\b")
_MONEY = ("đồng", "nghìn", "triệu", "tỷ")
_DIGITS = 3


def check_number_of_most(
    subject: Subject,
    told_at: tuple[TextBlock, int],
    row: tuple[Grid, Line, Sequence[int]],
    tally: Tally,
    by: Rule,
) -> Iterator[Finding]:
    """The number behind a row is the one that it has, in the one column in which it is most and that may be meant.

    A digit, or two, of it is typed wrong, and no other row has it; what is of another year or unit is not meant.
    """
    (block, end), (grid, line, most) = told_at, row
    text = subject.document.block_text(block)
    told = _BEHIND_RE.match(text, end)
    value = read_number(told["value"]) if told else None
    if told is None or value is None or any(value == one.value(at) for one in grid.lines for at in grid.columns):
        return
    columns = [
        at
        for at in most
        if (own := line.value(at)) is not None
        and len(digits_of(own)) >= _DIGITS
        and slip_by_chance(own, value) is not None
        and _decimals(line.printed(at)) == _decimals(told["value"])
        and _in_unit(told["unit"].lower(), grid, line, at)
    ]
    span = subject.document.reading.hull(*(block.view.start + at for at in told.span("value")))
    if len(columns) != 1 or span is None or _is_told(subject, span) or _other_year(subject, text, end, grid):
        return
    tally.failed += 1
    place, head, printed = row_place(grid, line), grid.called(columns[0]), line.printed(columns[0])
    yield by.finding(
        (span,),
        f"lời văn ghi {told['value']} cho “{line.label}”, nhưng {place}, cột {head}, ghi {printed}",
        f"the text says {told['value']} of “{line.label}”, but {place.en}, column {head}, {printed}",
        stated=told["value"],
        expected=printed,
        evidence=(line.span(columns[0]),),
        suggestion=both("đối chiếu số nêu trong lời văn với bảng", "compare the number with the table"),
        page=block.page,
    )


def _decimals(printed: str) -> int:
    return len(printed.strip(" %").partition(",")[2])


def _in_unit(unit: str, grid: Grid, line: Line, column: int) -> bool:
    """Whether a column holds what is told: rates where it is one, else what its head, row or table names."""
    head = grid.head(column)
    if unit == "%" or RATE_RE.search(head):
        return unit == "%" and bool(RATE_RE.search(head))
    names = f"{head} {line.unit} {grid.over}".lower()
    return bool(re.search(rf"\b{re.escape(unit)}\b", names)) and (unit not in _MONEY or "đồng" in names)


def _is_told(subject: Subject, span: Span) -> bool:
    """Whether the number is told as one of two that are unlike."""
    places = (place for one in told_twice(subject) for place in (*one.spans, *one.evidence))
    return any(place.start <= span.start < place.end for place in places)


def _other_year(subject: Subject, text: str, end: int, grid: Grid) -> bool:
    """Whether the clause of a row tells another year than the paper or the table."""
    low, high = next(
        ((low, high) for low, high in split_sentences(text, clauses=True) if low <= end <= high), (0, len(text))
    )
    known = years_of(subject) | set(_YEAR_RE.findall(grid.over))
    return not known.issuperset(_YEAR_RE.findall(text, low, high))
