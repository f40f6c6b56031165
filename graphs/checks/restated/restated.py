"""FIG across places: the same thing stated twice in the text, and in the text and a table.

Two statements are of one thing only when their words agree, with period, unit and level, but for words that the
place of the one already says; anything less is not compared, since a wrong alarm costs more than a missed one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import chain

from graphs.checks.learned.twice import Twice as Unlike
from graphs.checks.learned.twice import told_twice
from graphs.checks.reading.arithmetic import digits_of, places_of, rounds_to, show, slip_by_chance
from graphs.checks.reading.moved import scaled
from graphs.checks.reading.named import ANY_UNIT, GENERAL, cost, row_place, thing_told, with_unit
from graphs.checks.reading.periods import same_period
from graphs.checks.reading.rated import Twice as Rated
from graphs.checks.reading.rated import rated_twice
from graphs.checks.reading.said import MONEY_RE, Said, cells_of, is_of_part, said_figures, untimed_figures
from graphs.checks.reading.told import Told, told_cells
from graphs.checks.report import Rule, Subject, Tally, rule
from graphs.checks.restated.again import Twice, told_again
from graphs.checks.restated.beyond import check_beyond
from graphs.checks.restated.cells_named import check_cells_named
from graphs.checks.restated.goals_beside import check_goals_beside
from graphs.checks.restated.grown import Twice as Grown
from graphs.checks.restated.grown import grown_twice
from graphs.checks.restated.ranks_elsewhere import check_ranks_elsewhere
from graphs.checks.restated.rows_beside import check_rows_beside
from graphs.checks.restated.rows_called import check_rows_called
from graphs.checks.restated.sums_beside import check_sums_beside
from graphs.checks.restated.tasks_beside import check_tasks_beside
from kb.bilingual import Bilingual, both
from kb.models import Finding, Severity, Span
from kb.text.normalize import fold

_STOP = frozenset(re.findall(r"\w+", "va cua cac duoc trong cho theo ve la co tai voi den tu thi da so nam"))
#: Units under which a thing may be counted that bears its own name elsewhere.
_ANY_THING = {"", "đơn vị", "trường hợp"}
_COUNTERS = ANY_UNIT - _ANY_THING
#: How long a thing may take is set anew for each thing; a voltage is a name.
_TERM_RE = re.compile(r"(?:ngày|tháng|năm|giờ|phút|tuần|quý|kv)\b", re.IGNORECASE)
_FEWEST_WORDS, _LONG = 3, 3
_ONLY_UNLIKE = both("", "")
_FEW_SUPPLIED = 2
#: So far apart two values are of two things rather than one told wrong.
_FAR_POINTS, _FAR_TIMES = Decimal(25), 3


def words_of(text: str) -> frozenset[str]:
    """The carrying words of a text, folded."""
    return frozenset(re.findall(r"[a-z]+", fold(text))) - _STOP


def check_restated(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A thing stated at two places of the text has one value; ``17/23`` and ``06/23`` of one thing differ."""
    groups: dict[tuple[str, date, bool, bool], list[Said]] = defaultdict(list)
    for said in said_figures(subject) if not subject.is_rule() else ():
        unit = (said.figure.unit or "").lower()
        kind = unit if unit == "%" or MONEY_RE.match(unit) else ""
        key = (kind, said.period[1], said.planned, said.figure.of is not None)
        if (
            (said.figure.period or said.led)
            and not said.follows_ratio
            and not _TERM_RE.match(said.figure.unit or "")
        ):
            groups[key].append(said)
    places: set[Span] = set()
    for found in groups.values():
        for alike in _clusters(found):
            for finding in _one_value(alike, tally):
                places.update((*finding.spans, *finding.evidence))
                yield finding
    for unlike in told_twice(subject):
        if not {unlike.one.span, unlike.other.span} <= places:
            if not unlike.mistyped and not unlike.in_text_and_table:
                tally.failed += 1
                yield unlike_finding(RESTATED, unlike)
            places.update((*unlike.spans, *unlike.evidence))
    for twice in _again(subject):
        if not {twice.one.figure.span, twice.other.figure.span} <= places:
            tally.failed += 1
            places.update((twice.one.figure.span, twice.other.figure.span))
            yield _in_other_words(twice, sure=not isinstance(twice, Twice) or _is_slip(twice))


def _again(subject: Subject) -> Iterator[Twice | Grown | Rated]:
    """What is told again: how fast it grew, the rate of one count, anything in other words."""
    if not subject.is_rule():
        yield from rated_twice(subject)
        yield from grown_twice(subject)
        yield from told_again(subject)


def _is_slip(twice: Twice) -> bool:
    """Whether one of two numbers is the other mistyped: in like words alone two things are told far oftener."""
    return slip_by_chance(scaled(twice.one.figure), scaled(twice.other.figure)) is not None


def _in_other_words(twice: Twice | Grown | Rated, *, sure: bool) -> Finding:
    one, other = twice.one.figure, twice.other.figure
    what = thing_told(twice.other.called or twice.one.called)
    return RESTATED.finding(
        (other.span,),
        f"ghi {with_unit(other)}, chỗ khác ghi {with_unit(one)}, hai chỗ dường như cùng nói về {what}",
        f"{with_unit(other)} is stated, elsewhere {with_unit(one)}; both places seem to speak of {what.en}",
        stated=other.printed,
        expected=one.printed,
        evidence=(one.span,),
        suggestion=both(
            "đối chiếu phạm vi và thời điểm của hai chỗ; nếu cùng một việc, giữ số đúng và sửa chỗ còn lại",
            "compare the scope and the time of the two places; if they are of one thing, keep the right number",
        ),
        severity=None if sure else Severity.NOTE,
        page=other.page,
    )


def unlike_finding(by: Rule, unlike: Unlike, how: Bilingual = _ONLY_UNLIKE) -> Finding:
    """The finding of two numbers of one thing that are unlike, `how` they are."""
    one, other = unlike.one, unlike.other
    called = thing_told(other.called or one.called)
    what = next((row_place(*told.cell[:2]) for told in (other, one) if told.cell), called)
    return by.finding(
        unlike.spans,
        f"ghi {other.told}, chỗ khác ghi {one.told}, hai chỗ dường như cùng nói về {what}{how}",
        f"{other.told} is stated, elsewhere {one.told}; both places seem to speak of {what.en}{how.en}",
        stated=other.printed,
        expected=one.printed,
        evidence=unlike.evidence,
        suggestion=both(
            "đối chiếu phạm vi và thời điểm của hai chỗ; nếu cùng một việc, giữ số đúng và sửa chỗ còn lại",
            "compare the scope and the time of the two places; if they are of one thing, keep the right number",
        ),
        severity=None if unlike.certain else Severity.WARNING,
        page=other.page,
    )


def _clusters(found: list[Said]) -> Iterator[list[Said]]:
    """Those that are of one thing, each put with the first of its kind."""
    left = list(found)
    while left:
        first = left.pop(0)
        alike = [other for other in left if _same(first, other)]
        left = [other for other in left if other not in alike]
        if alike:
            yield [first, *alike]


def _same(one: Said, other: Said) -> bool:
    units = {(said.figure.unit or "").lower() for said in (one, other)}
    if len(units) > 1 and units & _COUNTERS and not units & _ANY_THING:
        return False
    if one.block == other.block or not same_period(one.period, other.period) or one.names_told != other.names_told:
        return False
    if None not in (one.count, other.count) and one.count != other.count:
        return False  # shares of two counts
    if one.led and other.led and (one.led == other.led or set(one.names) & set(other.names)):
        return False  # two items of a list are two things, and so are items of one name in lists of one form
    for first in one.names:
        for second in other.names:
            supplied = cost(first, second, one.around, other.around)
            if (supplied is not None and supplied <= _FEW_SUPPLIED) or _led_to(one, other, first, second):
                return len((first & second) - GENERAL) >= _FEWEST_WORDS
    return False


def _led_to(one: Said, other: Said, first: frozenset[str], second: frozenset[str]) -> bool:
    """Whether the leads of two lists say all that their items do not say themselves."""
    if not one.led or not other.led:
        return False
    return first - second <= other.led_words | GENERAL and second - first <= one.led_words | GENERAL


def _one_value(alike: list[Said], tally: Tally) -> Iterator[Finding]:
    first, *others = alike
    if len({(said.figure.value, said.figure.of) for said in alike}) > _FEW_SUPPLIED:
        # So many values under one name are of as many things: their words do not tell them apart.
        tally.skip(
            both(
                "cùng tên gọi nhưng có nhiều giá trị, không chắc là một chỉ tiêu",
                "called the same with several values: not surely one thing",
            ),
            len(others),
        )
        return
    for said in others:
        one, other = first.figure, said.figure
        if _equal(Decimal(one.value), other.value) and one.of == other.of:
            tally.held += 1
            continue
        if one.of is None and _far(Decimal(one.value), Decimal(other.value), one.unit == "%"):
            tally.skip(
                both("hai số khác xa, không chắc là một chỉ tiêu", "two numbers far apart: not surely one thing")
            )
            continue
        tally.failed += 1
        what = thing_told(re.sub(r"\s+,", ",", " ".join(f"{said.label} {other.period or ''}".split())))
        yield RESTATED.finding(
            (other.span,),
            f"ghi {with_unit(other)}, chỗ khác ghi {with_unit(one)}, cùng nói về {what}",
            f"{with_unit(other)} is stated, elsewhere {with_unit(one)}, of {what.en}",
            stated=other.printed,
            expected=one.printed,
            evidence=tuple(alike_.figure.span for alike_ in alike if alike_.figure.value != other.value),
            suggestion=both(
                "đối chiếu hai chỗ, giữ số đúng và sửa chỗ còn lại",
                "compare the two places, keep the right number and mend the other",
            ),
            page=other.page,
        )


def _equal(exact: Decimal, printed: str) -> bool:
    """Whether two values are one, each rounded to the places of the coarser."""
    other = Decimal(printed)
    if exact == other:
        return True
    if places_of(str(exact)) == places_of(printed):
        return False
    return rounds_to(exact, printed) or rounds_to(other, str(exact))


_BESIDE = (
    check_rows_called,
    check_rows_beside,
    check_beyond,
    check_sums_beside,
    check_goals_beside,
    check_tasks_beside,
    check_cells_named,
    check_ranks_elsewhere,
)


_DONE_HEAD_RE = re.compile(r"thực hiện|kết quả|đạt được|\bTH\b|\bKQ\b", re.IGNORECASE)


def check_against_tables(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A figure of the text that names a row and a period of a table is what stands there.

    One that tells no time is of the time of the paper; it holds where any column of the row has it.
    """
    places: set[Span] = set()
    for finding in _against_tables(subject, tally):
        places.update((*finding.spans, *finding.evidence))
        yield finding
    beside = (check(subject, tally, TABLE) for check in _BESIDE)
    mistyped = {span for one in told_twice(subject) if one.mistyped for span in (*one.spans, *one.evidence)}
    for finding in chain.from_iterable(beside):
        if places.isdisjoint(finding.spans) and mistyped.isdisjoint(finding.spans):
            places.update((*finding.spans, *finding.evidence))
            yield finding
    for unlike in told_twice(subject):
        if unlike.in_text_and_table and not unlike.mistyped and unlike.other.span not in places:
            tally.failed += 1
            yield unlike_finding(TABLE, unlike)


def _against_tables(subject: Subject, tally: Tally) -> Iterator[Finding]:
    by_end: dict[date, list[Told]] = defaultdict(list)
    for cell in told_cells(subject):
        by_end[cell.period[1]].append(cell)
    goals = [one.span for one in subject.targets if one.result is None and one.verdict is None]
    for said in said_figures(subject) if by_end else ():
        cells = cells_of(said, by_end[said.period[1]])
        if any(span.start <= said.figure.span.start < span.end for span in goals):
            # A level is no result.
            cells = tuple(cell for cell in cells if not _DONE_HEAD_RE.search(cell.head))
        differ = [cell for cell in cells if not _told_in(cell, said) and not _of_another(cell, said)]
        differ = [cell for cell in differ if not is_of_part(subject, cell, said.figure)]
        tally.held += len(cells) - len(differ)
        if differ:
            yield from _against(said, differ, tally)
    for said in untimed_figures(subject) if by_end and not subject.is_rule() else ():
        cells = cells_of(said, by_end.get(said.period[1], ()))
        if any(_in_row(said.figure.value, cell) for cell in cells):
            tally.held += 1
        elif cells := tuple(cell for cell in cells if not is_of_part(subject, cell, said.figure)):
            yield from _against(said, list(cells), tally)


def _of_another(cell: Told, said: Said) -> bool:
    """Whether a long number is that of another year in the row: the text tells two years in one breath."""
    return len(digits_of(Decimal(said.figure.value))) >= _LONG and _in_row(said.figure.value, cell)


def _told_in(cell: Told, said: Said) -> bool:
    """Whether a number is that of a cell, or in per cent a tenth of one in thousandths."""
    tenth = said.figure.unit == "%" and "‰" in f"{cell.line.label} {cell.head}"
    return _equal(cell.value, said.figure.value) or (tenth and _equal(cell.value / 10, said.figure.value))


def _in_row(value: str, cell: Told) -> bool:
    """Whether any number of the row, or of the column of a table by years, is a value."""
    lines = (cell.line,) if cell.by_row else cell.grid.lines
    columns = cell.grid.columns if cell.by_row else cell.columns
    there = (line.value(column) for line in lines for column in columns)
    return any(one is not None and _equal(one, value) for one in there)


def _against(said: Said, cells: list[Told], tally: Tally) -> Iterator[Finding]:
    figure, value = said.figure, Decimal(said.figure.value)
    near = [cell for cell in cells if not _far(cell.value, value, cell.rate)]
    tally.skip(
        both(
            "số trong bảng khác xa, không chắc là cùng một chỉ tiêu",
            "the number in the table is far off: not surely the same thing",
        ),
        len(cells) - len(near),
    )
    if not near:
        return
    tally.failed += 1
    places = [(row_place(cell.grid, cell.line), cell) for cell in near]
    vi = "; ".join(f"{place}, cột {cell.head}, ghi {cell.printed}" for place, cell in places)
    en = "; ".join(f"{place.en}, column {cell.head}, {cell.printed}" for place, cell in places)
    yield TABLE.finding(
        (figure.span,),
        f"lời văn ghi {with_unit(figure)}; {vi}",
        f"the text says {with_unit(figure)}; {en}",
        stated=figure.printed,
        expected=show(near[0].value) + ("%" if figure.unit == "%" else ""),
        evidence=tuple(span for cell in near for span in cell.spans),
        suggestion=both(
            "đối chiếu lời văn với bảng, thống nhất một số liệu",
            "compare the text with the table and keep one number",
        ),
        page=figure.page,
    )


def _far(told: Decimal, value: Decimal, rate: bool) -> bool:
    if rate:
        return abs(told - value) > _FAR_POINTS
    low, high = sorted((told, value))
    return low * _FAR_TIMES < high


RESTATED = rule("FIG-206", check_restated)
TABLE = rule("FIG-207", check_against_tables)
RESTATED_RULES = (RESTATED, TABLE)
