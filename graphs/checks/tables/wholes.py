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

from graphs.checks.reading.arithmetic import show
from graphs.checks.reading.named import plain_name, row_place, thing_words, with_unit
from graphs.checks.reading.periods import same_period
from graphs.checks.reading.rows import Grid, Line, Same, grids
from graphs.checks.reading.said import Said, said_figures
from graphs.checks.reading.told import Told, told_cells
from graphs.checks.reading.years import year_columns
from graphs.checks.report import Subject, Tally, rule
from graphs.checks.tables.carried import check_carried
from graphs.checks.tables.funds import check_funds
from graphs.checks.tables.net_change import check_net_change
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
_CHECK_BOTH = both(
    "kiểm tra lại hai số, hoặc nói rõ vì sao phần lớn hơn toàn thể",
    "check both numbers, or say why the part is larger",
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
        over: dict[Same[Line], list[tuple[Told, list[Said]]]] = {}
        for cell in cells:
            alike = [said for said in wholes if _names(said, words) and same_period(said.period, cell.period)]
            smaller = [said for said in alike if Decimal(said.figure.value) < cell.value]
            tally.held += len(alike) - len(smaller)
            if smaller:
                tally.failed += 1
                over.setdefault(Same(cell.line), []).append((cell, smaller))
        yield from map(_more_than_told, over.values())


def _names(said: Said, words: frozenset[str]) -> bool:
    """Whether a figure is called so, but for words that such papers leave out where they go without saying."""
    return any(name - _UNSAID == words - _UNSAID for name in said.names)


def _more_than_told(over: Sequence[tuple[Told, Sequence[Said]]]) -> Finding:
    """What a row says at one or more columns that the text has fewer of: one finding."""
    cells = [cell for cell, _ in over]
    place = row_place(cells[0].grid, cells[0].line)
    pairs = [(cell, smaller[0]) for cell, smaller in over]
    vi = "; ".join(
        f"cột {cell.head}, ghi {cell.printed}, lớn hơn “{said.label}” ở lời văn ({with_unit(said.figure)})"
        for cell, said in pairs
    )
    en = "; ".join(
        f"column {cell.head}, {cell.printed}, is more than “{said.label}” of the text ({with_unit(said.figure)})"
        for cell, said in pairs
    )
    return WHOLE.finding(
        tuple(span for cell in cells for span in cell.spans),
        f"{place}, {vi}",
        f"{place.en}, {en}",
        stated=cells[0].printed,
        expected=f"không quá {pairs[0][1].figure.printed}",
        evidence=tuple(dict.fromkeys(one.figure.span for _, smaller in over for one in smaller)),
        suggestion=_CHECK_BOTH,
        page=cells[0].line.page,
    )


def _held_against(grid: Grid, whole: Line, part: Line, of_all: Line | None, tally: Tally) -> Iterator[Finding]:
    """What a row says at one or more columns that its whole has fewer of: one finding."""
    over: list[int] = []
    plain = False
    for column in grid.columns:
        top, bottom = part.value(column), whole.value(column)
        if top is None or not bottom:
            continue
        if top <= bottom:
            tally.held += 1
            continue
        most = of_all.value(column) if of_all else None
        plain = plain or top > bottom * _TIMES or (most is not None and top > most)
        over.append(column)
    if not over:
        return
    tally.failed += len(over)
    told = "; ".join(f"{grid.called(at)}: {part.printed(at)} > {whole.printed(at)}" for at in over)
    yield WHOLE.finding(
        tuple(part.span(column) for column in over),
        f"“{part.label}” lớn hơn “{whole.label}” ({told})",
        f"“{part.label}” is more than “{whole.label}” ({told})",
        stated=part.printed(over[0]),
        expected=f"không quá {whole.printed(over[0])}",
        evidence=tuple(whole.span(column) for column in over),
        suggestion=_CHECK_BOTH,
        page=part.page,
        severity=Severity.ERROR if plain else None,
    )


def check_stocks(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """The number at the end of a year is that of the year before, with what came and without what went."""
    yield from check_carried(subject, tally, STOCK)
    yield from check_net_change(subject, tally, STOCK)
    yield from check_funds(subject, tally, STOCK)
    for grid in grids(subject.document) if not subject.is_rule() else ():
        columns = sorted(year_columns(grid), key=lambda one: one[1])
        rows = [row for row in _rows(grid) if not row.level] if columns else []
        for stock in rows:
            came = _only(rows, stock.name, _CAME_RE)
            went = _only(rows, stock.name, _WENT_RE)
            if came is None or went is None or len(stock.name.split()) not in _NAME_WORDS:
                continue
            years = [(before, after) for (before, year), (after, then) in pairwise(columns) if then == year + 1]
            yield from _carried(grid, stock.line, came, went, years, tally)


def _only(rows: Sequence[_Row], name: str, tail: re.Pattern[str]) -> Line | None:
    found = [row.line for row in rows if row.name.startswith(name) and tail.fullmatch(row.name[len(name) :])]
    return found[0] if len(found) == 1 else None


def _carried(
    grid: Grid, stock: Line, came: Line, went: Line, years: Sequence[tuple[int, int]], tally: Tally
) -> Iterator[Finding]:
    """A row that does not go on from one or more years to the next: one finding."""
    off: list[tuple[int, int, Decimal]] = []
    for before, after in years:
        values = (stock.value(before), came.value(after), went.value(after), stock.value(after))
        if any(value is None for value in values):
            continue
        old, more, less, new = (value or Decimal(0) for value in values)
        if old + more - less == new:
            tally.held += 1
        else:
            off.append((before, after, old + more - less))
    if not off:
        return
    tally.failed += len(off)
    sums = [
        (
            f"{grid.called(after)}: {stock.printed(after)}",
            f"{stock.printed(before)} + {came.printed(after)} - {went.printed(after)} = {show(due)}",
        )
        for before, after, due in off
    ]
    first = off[0]
    yield STOCK.finding(
        tuple(stock.span(after) for _, after, _ in off),
        f"“{stock.label}” không bằng số kỳ trước cộng “{came.label}” trừ “{went.label}”"
        f" ({'; '.join(f'{told}, tính ra {sum_}' for told, sum_ in sums)})",
        f"“{stock.label}” is not what it was before with “{came.label}” and without “{went.label}”"
        f" ({'; '.join(f'{told}, worked out {sum_}' for told, sum_ in sums)})",
        stated=stock.printed(first[1]),
        expected=show(first[2]),
        evidence=tuple(
            dict.fromkeys(
                span
                for before, after, _ in off
                for span in (stock.span(before), came.span(after), went.span(after))
            )
        ),
        suggestion=both(
            "đối chiếu số đầu kỳ, số tăng, số giảm; nêu lý do nếu cách thống kê khác nhau",
            "compare what there was, came and went; say why if they are counted otherwise",
        ),
        page=stock.page,
    )


WHOLE = rule("FIG-223", check_wholes)
STOCK = rule("FIG-224", check_stocks)
WHOLE_RULES = (WHOLE, STOCK)
