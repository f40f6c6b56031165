"""FIG of what the text tells of rows of a table, row by row: one of the numbers is another than the table has.

Such a list is known by its own values: the column that has all of them but one is what it tells of. Two numbers of
which each stands in the row of the other changed places. ``Ngành đã xong 8/8 nhiệm vụ`` names its whole,
and its column by the words of the head.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, pairwise

from graphs.checks.reading.arithmetic import digits_of, slip_by_chance
from graphs.checks.reading.mentions import proper_names
from graphs.checks.reading.moved import scaled
from graphs.checks.reading.named import row_place, surroundings, with_unit
from graphs.checks.reading.phrases import times_in
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.reading.roles import Role, role_of
from graphs.checks.reading.rows import Grid, grids
from graphs.checks.reading.said import PLANNED_RE
from graphs.checks.reading.telling import BRACKET_RE, carrying, carrying_in, places_printed
from graphs.checks.report import Rule, Subject, Tally
from graphs.checks.restated.beside import OfRow, Sentence, amount, names_in, tokens
from graphs.checks.restated.plans_beside import check_plans_beside
from kb.bilingual import both
from kb.models import Figure, Finding
from kb.text.sentences import split_sentences

#: Who has what is counted, which says nothing of how much of it.
_BY_RE = re.compile(r"\bdo\s+(?=[A-ZĐ])[^,;:.()]{4,60}?\b(?:quản lý|chủ trì|thực hiện|ban hành|tham mưu)\b")
#: What is told of other times, or of what is to come.
_OTHER_RE = re.compile(
    r"\b(?:năm trước|kỳ trước|cùng kỳ|năm ngoái|trước đây|trước khi|lần lượt|tương ứng|bình quân|tăng|giảm|thêm"
    r"|so với)\b",
    re.IGNORECASE,
)
_CHANGE_RE = re.compile(r"\b(?:tăng|giảm|thêm|hơn|vượt|còn|từ)\s*$", re.IGNORECASE)
#: By how much one is behind another, or ahead of it, and that a number is in points of rates.
_BEHIND_RE = re.compile(
    r"\b(?:hơn|kém|thua|bỏ xa)\s+(?:(?!(?:là|đạt|có|còn|với|gồm)\b)[^\W\d_]+\s+){1,6}$", re.IGNORECASE
)
_POINTS_RE = re.compile(r"\s*điểm (?:phần trăm|%)", re.IGNORECASE)
_NOT_RE = re.compile(r"\b(?:chưa|không|còn|quá hạn|trễ hạn)\b", re.IGNORECASE)
_TOTAL_RE = re.compile(r"\b(?:gồm|trong đó|cụ thể|chia ra)\b|[:(]\s*$", re.IGNORECASE)
#: A share of a whole, and a head over such shares.
_SHARE_RE = re.compile(r"\bchiếm(?:\s+(?:tỷ lệ|khoảng|tới|trên))?\s*$", re.IGNORECASE)
_SHARES_RE = re.compile(r"\b(?:chiếm|cơ cấu|tỷ trọng)\b", re.IGNORECASE)
_TABLE_RE = re.compile(r"\b(?:phụ lục|bảng|biểu)\s+(?:số\s+)?(?:[IVX]+|\d+)\b", re.IGNORECASE)
_FEWEST, _MANY, _DIGITS, _EXTRA, _TAIL = 2, 3, 5, 4, 2
#: So near to its table a number is told, and so near to what it has.
#: A number behind such a sign is a level to be reached.
_LEVEL_RE = re.compile(r"[≥≤]\s*\d")
_CLOSE, _POINTS, _TIMES = 2500, Decimal(25), Decimal("1.5")


def check_rows_beside(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """``gồm 2 cầu, 6 cống, 8 trạm bơm`` beside the rows *Cầu 2*, *Cống 6*, *Trạm bơm 5*."""
    tables = [] if subject.is_rule() else list(grids(subject.document))
    names = names_in(tables)
    places = surroundings(subject.document)
    for where in stated(subject) if names else ():
        for low, high in split_sentences(where.text):
            figures = [one for one in where.figures if low <= where.start(one) and where.end(one) <= high]
            alone = len(figures) < _FEWEST and not any(figure.of for figure in figures)
            if not figures or (alone and not any(_is_near(where, grid) for grid in tables)):
                continue
            sentence = Sentence(where, low, high, tuple(figures), names, places)
            yield from _of_sentence(sentence, tables, tally, by)


def _of_sentence(sentence: Sentence, tables: Sequence[Grid], tally: Tally, by: Rule) -> Iterator[Finding]:
    before = sentence.before()
    for at, told in before.items():
        yield from check_plans_beside(sentence, told, tables[at], tally, by)
    if PLANNED_RE.search(sentence.text) or _LEVEL_RE.search(sentence.text):
        return
    for read in (before, sentence.behind(), sentence.over()):
        for at, told in read.items():
            grid = tables[at]
            found = (
                _swapped(told, grid)
                or _one_off(sentence, told, grid)
                or _of_whole(sentence, told, grid)
                or _mistyped(sentence, told, grid)
                or _by_head(sentence, told, grid)
            )
            if found is not None and not (
                _other_time(sentence.text, grid) or _meant_elsewhere(sentence, grid, *found)
            ):
                tally.failed += 1
                yield _finding(by, grid, *found)
                return


def _same(told: OfRow, cell: Decimal) -> bool:
    """Whether a cell is the number, or rounds to it."""
    value, figure = scaled(told.figure), told.figure
    if cell == value:
        return True
    places = places_printed(figure.value, figure.printed)
    return bool(value) and places > 0 and abs(cell - value) < (value / Decimal(figure.value)).scaleb(-places)


def _stands(grid: Grid, told: OfRow) -> bool:
    """Whether any column of the row has the number, one that few rows fill in too."""
    if any(told.line.value(column) == Decimal(told.figure.value) for column in range(len(told.line.cells))):
        return True
    cells = (amount(grid, told.line, column, told.kind) for column in grid.columns)
    return any(cell is not None and _same(told, cell) for cell in cells)


def _meant_elsewhere(sentence: Sentence, grid: Grid, told: Sequence[OfRow], column: int) -> bool:
    """Whether a number is what another row tells, or a share of a whole that the column does not tell."""
    if len(told) > 1:
        return False
    one = told[0]
    if one.kind == "%" and _SHARE_RE.search(sentence.before_it(one.figure)):
        return not _SHARES_RE.search(grid.head(column))
    value = Decimal(one.figure.value)
    others = (line.value(column) for line in grid.lines if line is not one.line)
    return len(digits_of(value)) >= _MANY and value in others


def _swapped(told: Sequence[OfRow], grid: Grid) -> tuple[Sequence[OfRow], int] | None:
    """Two numbers, each of which stands in the row of the other, in one column."""
    wrong = [one for one in told if one.figure.of is None and not _stands(grid, one)]
    for one, other in combinations(wrong, 2):
        values = scaled(one.figure), scaled(other.figure)
        short = min(len(digits_of(value)) for value in values) < _FEWEST
        if one.line is other.line or one.kind != other.kind or short or values[0] == values[1]:
            continue
        for column in grid.columns:
            cells = [amount(grid, each.line, column, one.kind) for each in (other, one)]
            if cells[0] is not None and cells[1] is not None and tuple(cells) == values:
                return (one, other), column
    return None


def _one_off(sentence: Sentence, told: Sequence[OfRow], grid: Grid) -> tuple[Sequence[OfRow], int] | None:
    """The one number of its kind that is not in the column that has all others of the list."""
    kinds: dict[tuple[str, bool], list[OfRow]] = defaultdict(list)
    for one in told:
        kinds[one.kind, one.figure.of is not None].append(one)
    found = (_differing(sentence, alike, grid) for alike in kinds.values() if len(alike) >= _MANY)
    return next((one for one in found if one is not None), None)


def _differing(sentence: Sentence, told: Sequence[OfRow], grid: Grid) -> tuple[Sequence[OfRow], int] | None:
    lines = [one.line.at for one in told]
    if len(set(lines)) < len(lines):
        return None
    best: tuple[list[OfRow], list[OfRow], int] | None = None
    for column in grid.columns:
        cells = [(one, amount(grid, one.line, column, one.kind)) for one in told]
        agree = [one for one, cell in cells if cell is not None and _same(one, cell)]
        differ = [one for one, cell in cells if cell is not None and not _same(one, cell)]
        if len(agree) + len(differ) == len(told) and (best is None or len(agree) > len(best[0])):
            best = agree, differ, column
    if best is None or len(best[1]) != 1 or len(best[0]) < _FEWEST or _stands(grid, best[1][0]):
        return None
    agree, differ, column = best
    odd = differ[0]
    if odd.figure.of:  # each tells its whole, which the row has too
        return ((odd,), column) if all(_whole_column(grid, one) is not None for one in told) else None
    values = {scaled(one.figure) for one in agree}
    digits = sum(len(digits_of(value)) for value in values)
    telling = len(agree) >= _MANY or digits >= _DIGITS or _whole(sentence, told)
    if len(values) < _FEWEST or not telling or not _of_this_table(sentence, grid, column):
        return None
    return (odd,), column


def _whole_column(grid: Grid, told: OfRow) -> int | None:
    """The column that has what a ratio is of."""
    of = Decimal(told.figure.of or 0)
    return next((at for at in grid.columns if told.line.value(at) == of), None)


def _of_whole(sentence: Sentence, told: Sequence[OfRow], grid: Grid) -> tuple[Sequence[OfRow], int] | None:
    """A ratio whose whole its row has, where the column that its words name has another number."""
    for one in told:
        whole = _whole_column(grid, one) if one.figure.of else None
        if whole is None or _stands_apart(grid, one, whole) or _OTHER_RE.search(sentence.text):
            continue
        said = sentence.clause(one.figure)
        near = carrying_in(said)
        kept = carrying_in(grid.head(whole))
        heads = {at: carrying_in(grid.head(at)) - kept for at in grid.columns if at != whole}
        fit = [
            at
            for at, words in heads.items()
            if words and words <= near and bool(_NOT_RE.search(said)) == bool(_NOT_RE.search(grid.head(at)))
        ]
        fit = [at for at in fit if amount(grid, one.line, at, "") is not None]
        if len(fit) != 1:
            continue
        known = kept | heads[fit[0]] | carrying_in(one.line.label) | carrying_in(grid.over)
        rest = near - known - carrying_in(one.figure.unit or "") - sentence.headings
        if len(rest) <= _TAIL:
            return (one,), fit[0]
    return None


def _mistyped(sentence: Sentence, told: Sequence[OfRow], grid: Grid) -> tuple[Sequence[OfRow], int] | None:
    """The one of several numbers of a row that the row has with another digit, where it has the others."""
    own = {id(one.figure) for one in told}
    for one in told:
        at, group = sentence.figures.index(one.figure), [one]
        for before, figure in pairwise(sentence.figures[at:]):
            if id(figure) in own or ";" in sentence.where.between(before, figure):
                break
            group.append(OfRow(one.line, figure))
        long = [each for each in group if each.figure.of is None and _is_long(each.figure)]
        odd = [each for each in long if not _stands(grid, each)]
        if len(odd) != 1 or len(long) < _FEWEST or _is_change(sentence, odd[0].figure):
            continue
        value = scaled(odd[0].figure)
        cells = {column: amount(grid, one.line, column, odd[0].kind) for column in grid.columns}
        places = places_printed(odd[0].figure.value, odd[0].figure.printed) if odd[0].kind == "%" else None
        near = [
            column
            for column, cell in cells.items()
            if cell and slip_by_chance(cell if places is None else round(cell, places), value) is not None
        ]
        if len(near) == 1:
            return (odd[0],), near[0]
    return None


def _by_head(sentence: Sentence, told: Sequence[OfRow], grid: Grid) -> tuple[Sequence[OfRow], int] | None:
    """A number told of a row near its table, where the one column that the words name has another."""
    if not _is_near(sentence.where, grid):
        return None
    for one in told:
        if one.figure.of or one.figure.bound or _is_change(sentence, one.figure):
            continue
        column = _column(sentence, one, grid)
        cell = None if column is None else amount(grid, one.line, column, one.kind)
        if column is None or cell is None or _stands(grid, one):
            continue
        low, high = sorted((cell, scaled(one.figure)))
        near = high - low <= _POINTS if one.kind == "%" else high <= low * _TIMES
        if near and _of_this_table(sentence, grid, column, _TAIL):
            return (one,), column
    return None


def _is_change(sentence: Sentence, figure: Figure) -> bool:
    """Whether a number is by how much something changed, or one is behind another, and stands in no column."""
    before = sentence.before_it(figure)
    if _CHANGE_RE.search(before) or _BEHIND_RE.search(before):
        return True
    return _POINTS_RE.match(sentence.where.text, sentence.where.start(figure) + len(figure.printed)) is not None


def _is_near(where: Stated, grid: Grid) -> bool:
    block, table = where.block.span, grid.table.span
    return max(block.start - table.end, table.start - block.end) <= _CLOSE


def _column(sentence: Sentence, told: OfRow, grid: Grid) -> int | None:
    """The column of its kind that the words about a number name; the only one of shares need not be named."""
    near = carrying_in(sentence.clause(told.figure))
    heads = {at: carrying_in(grid.head(at)) for at in grid.columns if role_of(grid.head(at)) is not Role.CHANGE}
    fit = [at for at in heads if amount(grid, told.line, at, told.kind) is not None]
    if told.kind == "%":
        return fit[0] if len(fit) == 1 and heads[fit[0]] <= carrying_in(sentence.text) else None
    named = [at for at in fit if heads[at] - carrying_in(told.figure.unit or "") and heads[at] <= near]
    return named[0] if len(named) == 1 else None


def _is_long(figure: Figure) -> bool:
    """Whether a number is printed with so many digits that it hardly stands in a row by chance."""
    return sum(letter.isdigit() for letter in figure.printed) >= _MANY


def _stands_apart(grid: Grid, told: OfRow, whole: int) -> bool:
    """Whether another column than that of the whole has the number of a ratio."""
    value = Decimal(told.figure.value)
    return any(told.line.value(at) == value for at in grid.columns if at != whole)


def _whole(sentence: Sentence, told: Sequence[OfRow]) -> bool:
    """Whether the sum of the list stands before it, as what it divides."""
    where, first = sentence.where, told[0].figure
    sum_ = sum((scaled(one.figure) for one in told), Decimal(0))
    return any(
        scaled(one) == sum_ and _TOTAL_RE.search(where.text, where.end(one), where.start(first))
        for one in sentence.figures
        if where.end(one) <= where.start(first)
    )


def _of_this_table(sentence: Sentence, grid: Grid, column: int, extra: int = _EXTRA) -> bool:
    """Whether a sentence says little that neither the table nor its place says: no part of what it counts."""
    if _OTHER_RE.search(sentence.text):
        return False
    if grid.table.appendix and _TABLE_RE.search(sentence.text):
        return True
    rows = frozenset[str]().union(*(carrying(tokens(line.label)) for line in grid.lines))
    heads = " ; ".join(grid.head(at) for at in (0, *grid.columns))
    table = carrying_in(f"{grid.over} ; {grid.table.appendix or ''} ; {heads}") | rows
    units = carrying_in(" ; ".join(one.unit or "" for one in sentence.figures))
    negated = bool(_NOT_RE.search(sentence.text)) and not _NOT_RE.search(grid.head(column))
    named = (word for name in proper_names(sentence.text) for word in name.lower().split())
    said = carrying(tokens(_BY_RE.sub(" ", BRACKET_RE.sub(" ", sentence.text)))) - frozenset(named)
    return not negated and len(said - table - sentence.headings - units) <= extra


def _other_time(text: str, grid: Grid) -> bool:
    """Whether a sentence tells a year that the table, which tells years, does not."""
    told = times_in(text)
    there = times_in(" ; ".join((grid.over, *(grid.head(at) for at in grid.columns))))
    years, others = ({time[-4:] for time in times if time[-4:].isdigit()} for times in (told, there))
    return bool(years and others and years.isdisjoint(others))


def _finding(by: Rule, grid: Grid, told: Sequence[OfRow], column: int) -> Finding:
    shown = [(one, row_place(grid, one.line)) for one in told]
    head = grid.called(column)
    vi = "; ".join(
        f"lời văn ghi {with_unit(one.figure)}; {place}, cột {head}, ghi {one.line.printed(column)}"
        for one, place in shown
    )
    en = "; ".join(
        f"the text says {with_unit(one.figure)}; {place.en}, column {head}, {one.line.printed(column)}"
        for one, place in shown
    )
    return by.finding(
        tuple(one.figure.span for one in told),
        vi,
        en,
        stated=told[0].figure.printed,
        expected=told[0].line.printed(column),
        evidence=tuple(one.line.span(column) for one in told),
        suggestion=both(
            "đối chiếu lời văn với bảng, thống nhất một số liệu",
            "compare the text with the table and keep one number",
        ),
        page=told[0].figure.page,
    )
