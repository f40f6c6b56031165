"""FIG of what the rows of a table count: what is done with things is done with no more of them than there are.

The row of a whole has nothing but its name, with or without a level (``Số TTHC cấp huyện``); a row of the same
name that goes on ("… được tiếp nhận tại Bộ phận Một cửa cấp huyện") counts some of them. A stock goes on from what
it was by what came and what went.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from graphs.checks.arithmetic import show
from graphs.checks.named import plain_name, row_place, thing_words, with_unit
from graphs.checks.periods import same_period
from graphs.checks.report import Subject, Tally, rule
from graphs.checks.rows import Grid, Line, grids
from graphs.checks.said import Said, said_figures
from graphs.checks.told import Told, told_cells
from graphs.checks.years import year_columns
from kb.bilingual import both
from kb.models import Finding, Severity

_LEVEL_RE = re.compile(r"\s*\b(?:(?:ở|thuộc)\s+)?cấp\s+(tỉnh|huyện|xã)\b")
_BRACKET_RE = re.compile(r"\([^()]*\)|</?i>|[*_]+")
#: What goes on behind the name of things is said of some of them; nothing that may be done with one thing again.
_DONE_RE = re.compile(
    r"(?:đã\s+)?(?:thực hiện|được|có|đủ|giải quyết|tiếp nhận|công khai|niêm yết|cung cấp|áp dụng|hoàn thành"
    r"|kết nối|triển khai|đạt|bị|tự bảo đảm)\s"
)
_DONE_OF_RE = re.compile(r"(?P<name>[^\d,;:]{6,60}?)\s+(?:đã\s+)?được\s")
_UNSAID = frozenset(("công", "lập"))
_ALL_RE = re.compile(r"\b(?:tổng số|số lượng|toàn (?:tỉnh|huyện|xã|thành phố|ngành))\b", re.IGNORECASE)
_AGAIN_RE = re.compile(
    r"\b(?:lượt|lần|tập huấn|đào tạo|bồi dưỡng|khen thưởng|kiểm tra|thanh tra|lũy kế|luỹ kế|phát sinh|mới)\b"
)
_OF_ALL_RE = re.compile(
    r"\s+(?:của|trên|tại|toàn)\s+(?:địa bàn\s+|toàn\s+)?(?:tỉnh|thành phố|huyện|xã|địa phương)$"
)
_NAME_WORDS = range(2, 7)
#: So many times its whole, a part is no matter of how things are counted.
_TIMES = 4
_CAME_RE = re.compile(
    r"\s+(?:(?:được\s+)?(?:công bố|ban hành|thành lập|tuyển|bổ sung|phát sinh|kết nạp|đăng ký)\s+)?mới"
    r"(?:\s+trong (?:năm|kỳ))?"
)
_WENT_RE = re.compile(
    r"\s+(?:(?:bị|được|đã)\s+)?(?:bãi bỏ|hủy bỏ|giải thể|giảm|hết hiệu lực)"
    r"(?:\s*(?:,|và|hoặc)\s*(?:bãi bỏ|hủy bỏ|giải thể|thay thế|hợp nhất))*(?:\s+trong (?:năm|kỳ))?"
)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row that counts: the name of what it counts, what goes on behind it, the level it is of."""

    line: Line
    name: str
    level: str


def _rows(grid: Grid) -> Iterator[_Row]:
    for line in grid.lines:
        if line.rate or not line.label:
            continue
        name = " ".join(plain_name(_BRACKET_RE.sub(" ", line.label)).split()).strip(" .:;-–+")
        levels = set(_LEVEL_RE.findall(name))
        if len(levels) <= 1:
            yield _Row(line, _OF_ALL_RE.sub("", _LEVEL_RE.sub("", name).strip()), next(iter(levels), ""))


def check_wholes(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``Số TTHC … tiếp nhận tại Bộ phận Một cửa cấp huyện`` is no more than ``Số TTHC cấp huyện``."""
    yield from check_told_wholes(subject, tally)
    for grid in grids(subject.document) if not subject.is_rule() else ():
        rows = list(_rows(grid))
        names = {row.name for row in rows if len(row.name.split()) in _NAME_WORDS}
        for whole in rows:
            if (
                whole.name not in names
                or sum(row.name == whole.name and row.level == whole.level for row in rows) > 1
            ):
                continue
            of_all = (
                next((row for row in rows if row.name == whole.name and not row.level), None)
                if whole.level
                else None
            )
            for part in rows:
                rest = part.name.removeprefix(whole.name + " ")
                some = part.level == whole.level and rest != part.name and _DONE_RE.match(rest)
                if some and not _AGAIN_RE.search(rest):
                    yield from _held_against(grid, whole.line, part.line, of_all.line if of_all else None, tally)


def check_told_wholes(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """Things that the text counts are no fewer than those of them that a row of a table counts, at one time."""
    parts: dict[frozenset[str], list[Told]] = {}
    for cell in told_cells(subject) if not subject.is_rule() else ():
        name = plain_name(_BRACKET_RE.sub(" ", cell.line.label)) if cell.by_row and not cell.rate else ""
        found = _DONE_OF_RE.match(name)
        if found and not _AGAIN_RE.search(name) and not _LEVEL_RE.search(name):
            parts.setdefault(thing_words(found["name"]), []).append(cell)
    wholes = [
        said
        for said in (said_figures(subject) if parts else ())
        if not said.planned and not said.figure.of and _ALL_RE.search(said.label)
    ]
    for words, cells in parts.items():
        for cell in cells:
            alike = [said for said in wholes if _names(said, words) and same_period(said.period, cell.period)]
            smaller = [said for said in alike if Decimal(said.figure.value) < cell.value]
            tally.held += len(alike) - len(smaller)
            if smaller:
                tally.failed += 1
                yield _more_than_told(smaller, cell)


def _names(said: Said, words: frozenset[str]) -> bool:
    """Whether a figure is called so, but for words that such papers leave out where they go without saying."""
    return any(name - _UNSAID == words - _UNSAID for name in said.names)


def _more_than_told(smaller: Sequence[Said], cell: Told) -> Finding:
    said, figure = smaller[0], smaller[0].figure
    place = row_place(cell.grid, cell.line)
    return WHOLE.finding(
        cell.spans,
        f"{place}, cột {cell.head}, ghi {cell.printed}, lớn hơn “{said.label}” ở lời văn ({with_unit(figure)})",
        f"{place.en}, column {cell.head}, {cell.printed}, is more than “{said.label}” of the text"
        f" ({with_unit(figure)})",
        stated=cell.printed,
        expected=f"không quá {figure.printed}",
        evidence=tuple(one.figure.span for one in smaller),
        suggestion=both(
            "kiểm tra lại hai số, hoặc nói rõ vì sao phần lớn hơn toàn thể",
            "check both numbers, or say why the part is larger",
        ),
        page=cell.line.page,
    )


def _held_against(grid: Grid, whole: Line, part: Line, of_all: Line | None, tally: Tally) -> Iterator[Finding]:
    over: list[tuple[int, bool]] = []
    for column in grid.columns:
        top, bottom = part.value(column), whole.value(column)
        if top is None or not bottom:
            continue
        if top <= bottom:
            tally.held += 1
            continue
        most = of_all.value(column) if of_all else None
        over.append((column, top > bottom * _TIMES or (most is not None and top > most)))
    tally.failed += len(over)
    for column, plain in over:
        yield WHOLE.finding(
            (part.span(column),),
            f"cột {grid.called(column)}: “{part.label}” ghi {part.printed(column)}, lớn hơn “{whole.label}”"
            f" ({whole.printed(column)})",
            f"column {grid.called(column)}: “{part.label}” is {part.printed(column)}, more than “{whole.label}”"
            f" ({whole.printed(column)})",
            stated=part.printed(column),
            expected=f"không quá {whole.printed(column)}",
            evidence=(whole.span(column),),
            suggestion=both(
                "kiểm tra lại hai số, hoặc nói rõ vì sao phần lớn hơn toàn thể",
                "check both numbers, or say why the part is larger",
            ),
            page=part.page,
            severity=Severity.ERROR if plain else None,
        )


def check_stocks(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """The number at the end of a year is that of the year before, with what came and without what went."""
    for grid in grids(subject.document) if not subject.is_rule() else ():
        columns = sorted(year_columns(grid), key=lambda one: one[1])
        rows = [row for row in _rows(grid) if not row.level] if columns else []
        for stock in rows:
            came = _only(rows, stock.name, _CAME_RE)
            went = _only(rows, stock.name, _WENT_RE)
            if came is None or went is None or len(stock.name.split()) not in _NAME_WORDS:
                continue
            for (before, year), (after, then) in pairwise(columns):
                if then == year + 1:
                    yield from _carried(grid, stock.line, came, went, (before, after), tally)


def _only(rows: Sequence[_Row], name: str, tail: re.Pattern[str]) -> Line | None:
    found = [row.line for row in rows if row.name.startswith(name) and tail.fullmatch(row.name[len(name) :])]
    return found[0] if len(found) == 1 else None


def _carried(
    grid: Grid, stock: Line, came: Line, went: Line, at: tuple[int, int], tally: Tally
) -> Iterator[Finding]:
    before, after = at
    values = (stock.value(before), came.value(after), went.value(after), stock.value(after))
    if any(value is None for value in values):
        return
    old, more, less, new = (value or Decimal(0) for value in values)
    if old + more - less == new:
        tally.held += 1
        return
    tally.failed += 1
    sum_ = f"{stock.printed(before)} + {came.printed(after)} - {went.printed(after)} = {show(old + more - less)}"
    yield STOCK.finding(
        (stock.span(after),),
        f"“{stock.label}”, cột {grid.called(after)}, ghi {stock.printed(after)}, nhưng số kỳ trước cộng"
        f" “{came.label}” trừ “{went.label}”: {sum_}",
        f"“{stock.label}”, column {grid.called(after)}, is {stock.printed(after)}, but what it was before with"
        f" “{came.label}” and without “{went.label}” is {sum_}",
        stated=stock.printed(after),
        expected=show(old + more - less),
        evidence=(stock.span(before), came.span(after), went.span(after)),
        suggestion=both(
            "đối chiếu số đầu kỳ, số tăng, số giảm; nêu lý do nếu cách thống kê khác nhau",
            "compare what there was, came and went; say why if they are counted otherwise",
        ),
        page=stock.page,
    )


WHOLE = rule("FIG-223", check_wholes)
STOCK = rule("FIG-224", check_stocks)
WHOLE_RULES = (WHOLE, STOCK)
