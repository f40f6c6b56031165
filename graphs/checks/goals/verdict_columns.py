"""TGT in tables whose levels, results and verdicts stand in columns, found by their heads or by what they hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from graphs.checks.goals.judged import MORE_RE, MOST_NAMED_RE, Judged, alike, is_harm, wants_less
from graphs.checks.report import Subject
from kb.goals import ON_THE_WAY, counts_goals, read_columns
from kb.models import Figure, Row, Table

_LEVEL_HEAD_RE = re.compile(
    r"\b(?:mức|mục tiêu|chỉ tiêu|kế hoạch)\s+(?:phải|cần|đặt|đề|được giao|giao|yêu cầu|năm|kế hoạch|tối thiểu)"
    r"|^\W*(?:kế hoạch|mục tiêu|mức)(?:\s+(?:quý|cả năm|\d+ tháng)\b.{0,20}|\s+(?:19|20)\d\d)?\W*$",
    re.IGNORECASE,
)
_RESULT_HEAD_RE = re.compile(r"^\W*(?:kết quả|thực hiện)", re.IGNORECASE)
_VERDICT_HEAD_RE = re.compile(
    r"đánh giá|mức độ hoàn thành|^\W*(?:nhận xét|nhận định|kết luận|xếp loại)\W*$", re.IGNORECASE
)
_UNIT_HEAD_RE = re.compile(r"\W*(?:đvt|đv tính|đơn vị(?: tính)?)\W*$", re.IGNORECASE)
_UNIT_OF_NAME_RE = re.compile(r"\([^()]{1,20}\)\s*$")
#: A level of none, in words.
_NONE_RE = re.compile(r"\W*không(?: để)?(?: xảy ra| phát sinh)?\W*", re.IGNORECASE)
#: The figures of cells, by table, row and column.
Cells = dict[tuple[int, int, int], list[Figure]]
#: So many verdicts must fit, and so many for each that does not, where no head names a column.
_FEWEST, _FOR_EACH_WRONG = 3, 3
_VERDICT_RE = re.compile(
    rf"\W*(?:(?P<missed>chưa|không)\s+)?(?:đạt|hoàn thành|vượt)\b(?!{ON_THE_WAY}\b)", re.IGNORECASE
)
#: A column of what was done in part of a year, or of verdicts on the pace.
_PART_OF_YEAR_RE = re.compile(r"\b(?:(?!12\b)\d{1,2}|ba|sáu|chín) tháng\b|\bquý\b", re.IGNORECASE)
_PACE_RE = re.compile(r"\b(?:tiến độ|lộ trình)\b", re.IGNORECASE)


def judged_in_columns(subject: Subject) -> Iterator[tuple[None, Judged]]:
    """Rows of tables that have the name of a goal, its level, its result and its verdict in four columns."""
    at = cells_of(subject)
    rates = {(one.table, one.row) for one in subject.targets if one.verdict and one.result and one.unit == "%"}
    for number, table in enumerate(subject.document.tables):
        level, result, verdict = _by_heads(table)
        columns = read_columns(table)
        if level is None or result is None or verdict is None or len({level, result, verdict}) < 3:
            if columns is None and (places := _by_what_they_hold(table, number, at)):
                judged = list(_judged_rows(table, number, at, places))
                # That the verdicts fit shows which columns are meant.
                yield from ((None, one) for one in judged if _fit(judged))
            continue
        if on_the_way(table):
            continue
        own = columns is not None and columns.goal == level
        judged = list(_judged_rows(table, number, at, (level, result, verdict)))
        fit = _fit(judged)
        for one in judged:
            # A row that is a target in a rate is judged as such, and so is one with a unit in a table of targets.
            if (number, one.goal.row) in rates or (own and one.goal.unit) or (one.supposed and not fit):
                continue
            yield None, one


def _fit(judged: list[Judged]) -> bool:
    """Whether nearly all verdicts of a table are what its numbers give."""
    right = sum(one.met == one.reached for one in judged)
    return right >= max(_FEWEST, _FOR_EACH_WRONG * (len(judged) - right))


def _by_heads(table: Table) -> list[int | None]:
    """The columns of levels, results and verdicts by their heads.

    Of "Mục tiêu | Mức đề ra | Kết quả" the first names the goals, and the last before the results is their level.
    """
    found = [
        [column for column, words in enumerate(table.columns) if pattern.search(words)]
        for pattern in (_LEVEL_HEAD_RE, _RESULT_HEAD_RE, _VERDICT_HEAD_RE)
    ]
    levels, results, verdicts = found
    near = [column for column in levels if results and column < results[0]] if levels[:1] <= [1] else []
    return [next(iter(some), None) for some in (near[-1:] or levels, results, verdicts)]


def on_the_way(table: Table) -> bool:
    """Whether the results of a table are of part of the time of its levels, or its verdicts are on the pace."""
    level, result, verdict = ("" if at is None else table.columns[at] for at in _by_heads(table))
    part = _PART_OF_YEAR_RE.search(result) and not _PART_OF_YEAR_RE.search(level)
    return bool(part or _PACE_RE.search(verdict))


def cells_of(subject: Subject) -> Cells:
    """The figures of all tables by where they stand."""
    at: Cells = {}
    for figure in subject.figures:
        if figure.table is not None and figure.row is not None and figure.column is not None:
            at.setdefault((figure.table, figure.row, figure.column), []).append(figure)
    return at


def _by_what_they_hold(table: Table, number: int, at: Cells) -> tuple[int, int, int] | None:
    """The columns of levels, results and verdicts by their cells: two of numbers, one of verdicts behind them."""
    width = max((len(row.cells) for row in table.rows), default=0)
    most = len(table.rows) / 2
    told = [
        column
        for column in range(2, width)
        if sum(
            bool(_VERDICT_RE.match(row.cells[column].text or "")) for row in table.rows if column < len(row.cells)
        )
        > most
    ]
    if len(told) != 1 or len(table.rows) < _FEWEST:
        return None
    numbers = [
        column
        for column in range(1, told[0])
        if sum(len(at.get((number, row, column), ())) == 1 for row in range(len(table.rows))) > most
    ]
    return (numbers[0], numbers[1], told[0]) if len(numbers) > 1 else None


def _judged_rows(table: Table, number: int, at: Cells, places: tuple[int, int, int]) -> Iterator[Judged]:
    """The rows of a table with one number each in the columns of level and result, and a verdict."""
    level, result, verdict = places
    for row, line in enumerate(table.rows):
        goals, results = at.get((number, row, level), []), at.get((number, row, result), [])
        words = (line.cells[level].text or "") if level < len(line.cells) else ""
        if not goals and len(results) == 1 and _NONE_RE.fullmatch(words):
            goals = [replace(results[0], value="0", printed="0", span=line.cells[level].span, bound=None)]
        judged = line.cells[verdict].text if verdict < len(line.cells) else None
        said = _VERDICT_RE.match(judged or "")
        if len(goals) != 1 or len(results) != 1 or not said or counts_goals(line):
            continue
        name = " ".join(cell.text or "" for cell in line.cells[:level])
        mark = re.search(r"[≥≤<>]|không quá|tối đa|dưới|tối thiểu|ít nhất|từ\b", words, re.IGNORECASE)
        # Of a level of none there can be no less.
        named_most = mark is None and (not Decimal(goals[0].value) or bool(MOST_NAMED_RE.search(name)))
        same = alike(results[0], goals[0]) or _one_unit(table, line, goals[0], results[0], name)
        plain = bool(mark or named_most or MORE_RE.search(name))
        if not same and ({goals[0].unit, results[0].unit} != {None} or goals[0].of or results[0].of):
            continue
        equal = Decimal(goals[0].value) == Decimal(results[0].value)
        # A number without unit or mark may be better when it is less.
        supposed = not same and not plain
        if mark is None and not named_most and not equal and (wants_less(name) or (supposed and is_harm(name))):
            continue
        most = bool(named_most or (mark and mark.group().lower() in ("≤", "<", "không quá", "tối đa", "dưới")))
        yield Judged(results[0], goals[0], not said["missed"], most, supposed=supposed)


def _one_unit(table: Table, line: Row, goal: Figure, result: Figure, name: str) -> bool:
    """Whether a level and a result without a known unit have one: behind both, in a name, in a column of units."""
    if goal.unit or result.unit or goal.of or result.of:
        return False
    behind = {re.sub(r"^[\d.,\s]+", "", one.printed).lower() for one in (goal, result)}
    units = (cell.text for head, cell in zip(table.columns, line.cells, strict=False) if _UNIT_HEAD_RE.match(head))
    return len(behind) == 1 and (behind != {""} or any(units) or bool(_UNIT_OF_NAME_RE.search(name)))
