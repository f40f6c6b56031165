"""TGT in tables: levels, results and verdicts that stand in columns, beside what running text says of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import replace
from decimal import Decimal

from graphs.checks.goals.judged import (
    LESS_RE,
    MORE_RE,
    MOST_BEHIND_RE,
    MOST_NAMED_RE,
    MOST_RE,
    Judged,
    alike,
    judged_in_text,
)
from graphs.checks.goals.judged_apart import judged_apart
from graphs.checks.goals.judged_named import judged_named
from graphs.checks.reading.arithmetic import decimal
from graphs.checks.reading.forms import signs_of
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.goals import MET, ON_THE_WAY, read_columns
from kb.models import Comparator, Figure, Finding, Row, Severity, Span, Table, Target


def check_judged(
    subject: Subject, tally: Tally, rule: Rule, right: Set[tuple[int, int]], sound: Set[Span]
) -> Iterator[Finding]:
    """What a sentence or a row says of a level is what result and level give; what is known as right is left."""
    found = (
        *judged_in_text(subject),
        *judged_over_sentences(subject),
        *judged_named(subject),
        *judged_in_rows(subject),
        *judged_in_columns(subject),
    )
    seen: set[Span] = set()
    for where, judged in found:
        if judged.met == judged.reached:
            tally.held += 1
            continue
        if any(span.start <= judged.goal.span.start < span.end for span in sound):
            continue
        if judged.result.span in seen or (judged.goal.table, judged.goal.row) in right:
            continue
        seen.add(judged.result.span)
        tally.failed += 1
        vi, en = ("đạt", "met") if judged.met else ("chưa đạt", "missed")
        bound = ("không quá", "at most") if judged.most else ("từ", "at least")
        unit = "" if judged.goal.unit in (None, "%") else f" {judged.goal.unit}"
        away = both(" theo chiều ngược lại", ", the other way") if judged.away else both("", "")
        yield rule.finding(
            (judged.result.span,),
            f"ghi mục tiêu {vi}, nhưng mức đặt ra {bound[0]} {judged.goal.printed}{unit}, kết quả"
            f" {judged.result.printed}{away}",
            f"the goal is said to be {en}, but it is {bound[1]} {judged.goal.printed}{unit} and the result is"
            f" {judged.result.printed}{away.en}",
            stated="Đạt" if judged.met else "Không đạt",
            expected="Đạt" if judged.reached else "Không đạt",
            evidence=(judged.goal.span,),
            suggestion=both("đối chiếu mục tiêu, kết quả và đánh giá", "compare goal, result and verdict"),
            # What reached its level may yet be missed for another reason.
            severity=None if judged.met else Severity.WARNING,
            page=where.block.page if where else judged.result.page,
        )


def reached(target: Target) -> bool | None:
    """Whether the result reaches the level; None where one of them has no number, or they are of unlike kinds."""
    level, result = decimal(target.value), decimal(target.result.value) if target.result else None
    comparator = target.comparator
    if comparator is Comparator.EQUAL and target.table is not None:
        if any(MOST_NAMED_RE.search(words) for words in (target.metric, target.text)):
            comparator = Comparator.AT_MOST
        elif LESS_RE.search(target.text):
            return None  # a level of what should be little may be a most
    if level is None or result is None or target.result is None or target.unit != target.result.unit:
        return None
    if target.unit != "%" and (target.table is not None or not target.unit):
        return None
    return {
        Comparator.AT_LEAST: result >= level,
        Comparator.EQUAL: result >= level,
        Comparator.MORE: result > level,
        Comparator.AT_MOST: result <= level,
        Comparator.LESS: result < level,
        Comparator.INCREASE: result >= level,
        Comparator.DECREASE: result >= level,
    }.get(comparator)


#: One of these stands in all that is said of a result.
_SAID_IN = ("hoàn thành", "đạt", "đều", "vượt", "% kế hoạch", "% chỉ tiêu")


def judged_over_sentences(subject: Subject) -> Iterator[tuple[Stated, Judged]]:
    """Results, goals and verdicts of running text that stand in sentences one after another."""
    for where in stated(subject) if not subject.is_rule() else ():
        text = where.text
        if len(where.figures) > 1 and any(word in text for word in _SAID_IN):
            for judged in judged_apart(signs_of(where)):
                yield where, judged


_LEAST_IN_CELL_RE = re.compile(
    r"\b(?:ít nhất|tối thiểu|không dưới|từ|trên|đạt|có|bình quân)\b|trở lên", re.IGNORECASE
)


_LEVEL_HEAD_RE = re.compile(
    r"\b(?:mức|mục tiêu|chỉ tiêu|kế hoạch)\s+(?:phải|cần|đặt|đề|được giao|giao|yêu cầu|năm|kế hoạch|tối thiểu)"
    r"|^\W*(?:kế hoạch|mục tiêu)(?:\s+(?:quý|cả năm|\d+ tháng)\b.{0,20}|\s+(?:19|20)\d\d)?\W*$",
    re.IGNORECASE,
)
_RESULT_HEAD_RE = re.compile(r"^\W*(?:kết quả|thực hiện)", re.IGNORECASE)
_VERDICT_HEAD_RE = re.compile(
    r"đánh giá|mức độ hoàn thành|^\W*(?:nhận xét|nhận định|kết luận|xếp loại)\W*$", re.IGNORECASE
)
_UNIT_HEAD_RE = re.compile(r"\W*(?:đvt|đv tính|đơn vị(?: tính)?)\W*$", re.IGNORECASE)
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
    at = _cells(subject)
    rates = {(one.table, one.row) for one in subject.targets if one.verdict and one.result and one.unit == "%"}
    for number, table in enumerate(subject.document.tables):
        level, result, verdict = _by_heads(table)
        columns = read_columns(table)
        if level is None or result is None or verdict is None or len({level, result, verdict}) < 3:
            if columns is None and (places := _by_what_they_hold(table, number, at)):
                judged = list(_judged_rows(table, number, at, places))
                right = sum(one.met == one.reached for one in judged)
                # That the verdicts fit shows which columns are meant.
                if right >= max(_FEWEST, _FOR_EACH_WRONG * (len(judged) - right)):
                    yield from ((None, one) for one in judged)
            continue
        if on_the_way(table):
            continue
        own = columns is not None and columns.goal == level
        for one in _judged_rows(table, number, at, (level, result, verdict)):
            # A row that is a target in a rate is judged as such, and so is one with a unit in a table of targets.
            if (number, one.goal.row) not in rates and not (own and one.goal.unit):
                yield None, one


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


def _cells(subject: Subject) -> Cells:
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
        if len(goals) != 1 or len(results) != 1 or not said:
            continue
        name = " ".join(cell.text or "" for cell in line.cells[:level])
        mark = re.search(r"[≥≤<>]|không quá|tối đa|dưới|tối thiểu|ít nhất|từ\b", words, re.IGNORECASE)
        # Of a level of none there can be no less.
        named_most = mark is None and (not Decimal(goals[0].value) or bool(MOST_NAMED_RE.search(name)))
        same = alike(results[0], goals[0]) or _one_unit(table, line, goals[0], results[0])
        plain = mark or named_most or MORE_RE.search(name)
        if not same and (not plain or {goals[0].unit, results[0].unit} != {None} or goals[0].of or results[0].of):
            continue  # a number without unit or mark may be better when it is less
        if mark is None and not named_most and LESS_RE.search(name):
            continue
        most = bool(named_most or (mark and mark.group().lower() in ("≤", "<", "không quá", "tối đa", "dưới")))
        yield Judged(results[0], goals[0], not said["missed"], most)


def _one_unit(table: Table, line: Row, goal: Figure, result: Figure) -> bool:
    """Whether a level and a result without a known unit have one: behind both numbers, or in a column of units."""
    if goal.unit or result.unit or goal.of or result.of:
        return False
    behind = {re.sub(r"^[\d.,\s]+", "", one.printed).lower() for one in (goal, result)}
    units = (cell.text for head, cell in zip(table.columns, line.cells, strict=False) if _UNIT_HEAD_RE.match(head))
    return len(behind) == 1 and (behind != {""} or any(units))


def judged_in_rows(subject: Subject) -> Iterator[tuple[None, Judged]]:
    """Rows of tables of goals whose level and result are one number each of one unit that is no rate."""
    rows: dict[tuple[int, int], list[Target]] = {}
    for target in subject.targets:
        if target.table is not None and target.row is not None and target.verdict:
            rows.setdefault((target.table, target.row), []).append(target)
    cells = _cells(subject) if rows else {}
    for (table, row), targets in rows.items():
        columns = read_columns(subject.document.tables[table])
        if columns is None or columns.result is None or len(targets) != 1 or targets[0].unit == "%":
            continue
        if on_the_way(subject.document.tables[table]):
            continue
        levels = cells.get((table, row, columns.goal), [])
        results = cells.get((table, row, columns.result), [])
        words = subject.document.tables[table].rows[row].cells[columns.goal].text or ""
        if len(levels) != 1 or len(results) != 1:
            continue
        judged = _judged_row(levels[0], results[0], words, (targets[0].verdict or "") in MET)
        if judged is not None:
            yield None, judged


def _judged_row(goal: Figure, result: Figure, words: str, met: bool) -> Judged | None:
    units = [(one.unit or "").lower().split(" ")[0] for one in (goal, result)]
    if "%" in units or not units[0] or units[1] not in ("", units[0]) or goal.of or result.of:
        return None
    before = words[: goal.inside.start] if goal.inside else words
    behind = words[goal.inside.end :] if goal.inside else ""
    most = bool(MOST_RE.search(before) or MOST_BEHIND_RE.match(behind))
    least = bool(_LEAST_IN_CELL_RE.search(words))
    if not most and not least and LESS_RE.search(words):
        return None
    if result.bound == "~" or goal.bound == "~":
        return None
    return Judged(result, goal, met, most)
