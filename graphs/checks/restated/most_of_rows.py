"""FIG of the row that is said to be the most or the least, by whatever columns the words may mean.

What is said of a change is held against columns of changes, and against what two columns of times make; what is
said of a value against the columns that its words name, else against all. Where the row is so in any, it is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graphs.checks.learned.rose import CHANGES_RE
from graphs.checks.reading.arithmetic import read_number
from graphs.checks.reading.compared import words_said
from graphs.checks.reading.most_said import GATES, MostSaid, most_said
from graphs.checks.reading.named import row_place
from graphs.checks.reading.rows import Grid, Line, grids
from graphs.checks.report import Rule, Subject, Tally
from graphs.checks.restated.called_values import naming
from graphs.checks.restated.most_valued import check_number_of_most
from graphs.checks.restated.next_of_rows import check_next_of_most
from graphs.checks.restated.row_measures import (
    Measure,
    changes_of,
    has_value,
    is_measured,
    is_rate,
    of_two_columns,
    ratios,
    values_of,
)
from graphs.checks.restated.rows_meant import named_in_short
from graphs.checks.restated.said_of_all import texts_of
from graphs.checks.tables.series import is_change
from kb.bilingual import both
from kb.models import Finding, Span, TextBlock

#: A rest, or what all rows come to: ``Chung 15 xã``.
_OTHERS_RE = re.compile(
    r"\b(?:còn lại|khác)\b|^\W*(?:(?:chung|bình quân|trung bình)\s+(?:\d|cả\b|các\b)|(?:so sánh|cùng kỳ)\b)", re.I
)
_RANK_RE = re.compile(r"xếp (?:hạng|thứ)|thứ (?:hạng|tự xếp)|^\W*hạng|^\W*(?:stt|tt)\b|ghi chú", re.IGNORECASE)
_RATE_SAID_RE = re.compile(r"\bt[ỷỉ] (?:lệ|trọng)\b|\bphần trăm\b|%|\bbình quân\b|\bmật độ\b", re.IGNORECASE)
_PART_HEAD_RE = re.compile(r"\bt[ỷỉ] trọng\b|\bcơ cấu\b", re.IGNORECASE)
_MEAN_HEAD_RE = re.compile(r"\bbình quân\b|\btrung bình\b|/|\bnăng suất\b|\bmật độ\b|\bđiểm\b", re.IGNORECASE)
_KIND_RE = re.compile(
    r"(?:huyện|xã|phường|thị xã|thị trấn|thành phố|tỉnh|quận|tx\.?|tp\.?|khu|cụm)\s+", re.IGNORECASE
)
_TABLE_RE = re.compile(r"\b[Bb](?:ảng|iểu)(?:\s+số)?\s+(?P<number>\d{1,2})\b")
_PROPER_RE = re.compile(r"(?:\s+(?-i:[A-ZĐÀ-Ỹ])[^\W_]*){2,}$")
_SUM_RE = re.compile(r"^\W*(?:tổng(?: số| cộng)?|cộng)\b", re.IGNORECASE)
_ITS_VALUE_RE = re.compile(r"[^\d.;:]{0,45}?(?P<value>\d[\d.]*+(?:,\d+)?+)(?!\s*(?:tháng|/))")
_IN_BRACKET_RE = re.compile(r"\s*\((?:(?:đạt|với|là|có|chiếm)\s+)?\d")
_BRACKET_RE = re.compile(r"\s*\(\s*(?:(?:là|huyện|xã|phường|thị xã|thành phố)\s+)*", re.IGNORECASE)
_PART_OF_NAME_RE = re.compile(r",\s+|\s+và\s+")
#: Names of bodies in short, as the one place or the other writes them.
_SHORT = (("quản lý dự án", "qlda"), ("ủy ban nhân dân", "ubnd"), ("kinh tế - xã hội", "kt-xh"))
#: How far a plan was carried out, as the words say it and as a column tells it.
_PLAN_SAID_RE = re.compile(
    r"\bso với (?:kế hoạch|chỉ tiêu|dự toán)\b[^.;]*\b(?:tỷ lệ|mức)\b|\b(?:tỷ lệ"
    r"|mức)\b[^.;]*\bso với (?:kế hoạch|chỉ tiêu)\b"
    r"|\b(?:tỷ lệ|mức)(?: độ)? hoàn thành (?:kế hoạch|chỉ tiêu|dự toán)\b",
    re.IGNORECASE,
)
_PLAN_HEAD_RE = re.compile(r"(?=.*(?:%|tỷ lệ)).*\bso (?:với )?(?:kế hoạch|KH|chỉ tiêu|dự toán)\b", re.IGNORECASE)
_SMALL = frozenset(["của", "là", "có", "về", "ở", "tại", "và", "nơi", "được", "trong"])
#: So far over a text its table may end, and under it begin.
_ABOVE, _BELOW, _FEWEST, _LETTERS, _TWO, _TELLING = 1500, 500, 3, 3, 2, 4


def rows_compared(grid: Grid) -> list[Line]:
    """The rows that may be compared: named, no totals, no rest, nothing that is held against them, no groups."""
    totals = [line.at for line in grid.lines if line.total]
    # Behind a total that closes the rows stand the year before, the plan and what differs.
    end = totals[-1] if totals and totals[-1] > len(grid.lines) // 2 else len(grid.lines)
    return [
        line
        for line in grid.lines[:end]
        if line.label
        and not line.total
        and not is_change(line)
        and not grid.children(line)
        and not _OTHERS_RE.search(line.label)
    ]


def check_most_of_rows(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """No other row is beyond the one that a clause names as the most or the least."""
    tables = [(grid, rows) for grid in grids(subject.document) if len(rows := rows_compared(grid)) >= _FEWEST]
    for block, text in texts_of(subject) if tables else ():
        if not any(gate in text for gate in GATES):
            continue
        for said in most_said(text):
            for grid, rows in _near(block, said, tables):
                named = (
                    _named(said, rows) or named_in_short(said.text, said.low, said.high, grid, rows)
                    if said.among in (0, len(rows))
                    else None
                )
                if named is None:
                    continue
                line, low, high = named
                measures = _meant(said, _measures(said, grid, rows, line), (grid, rows, line), high)
                if not measures:
                    break
                right = [one for one in measures if _is_most(said, one, line, rows)]
                right = right or [
                    one for one in _told_behind(said, grid, rows, line, high) if _is_most(said, one, line, rows)
                ]
                if right:
                    tally.held += 1
                    row = (grid, line, [one.column for one in right])
                    end = max(high, said.end)
                    yield from check_number_of_most(subject, (block, end), row, tally, by)
                    names = [(name, one) for one in rows for name in _names(one)]
                    yield from check_next_of_most(
                        subject, (block, said, end), (grid, names, line), right, tally, by
                    )
                    break
                tally.failed += 1
                span = subject.document.reading.hull(block.view.start + low, block.view.start + high)
                yield _finding(block, said, grid, rows, line, measures[0], span, by)
                break


def _meant(
    said: MostSaid, measures: list[Measure], of: tuple[Grid, Sequence[Line], Line], end: int
) -> list[Measure]:
    """The measures in which a row has the number told behind its name; else one in which the most is that.

    A number in a bracket that is neither is worked out from two columns, or from what the table does not tell.
    """
    grid, rows, line = of
    told = _ITS_VALUE_RE.match(said.text, max(said.end, end), said.high)
    if told is None or not measures:
        return measures
    value = str(read_number(told["value"]))
    own = [one for one in measures if has_value(one, line.at, value)]
    choose = min if said.least else max
    others = [
        one
        for one in measures
        if one.values and has_value(one, choose(one.values, key=lambda at: one.values[at]), value)
    ]
    if own or others or not _IN_BRACKET_RE.match(told.group()):
        return own or others or measures
    if any(has_value(Measure("", values_of(rows, at), at), line.at, value) for at in grid.columns):
        return measures
    made = of_two_columns(grid, rows) if len(value) >= _TELLING else ()
    # Of a row that is the most only the number may be wrong.
    return [one for one in made if has_value(one, line.at, value)] or [
        one for one in measures if _is_most(said, one, line, rows)
    ]


def _told_behind(said: MostSaid, grid: Grid, rows: Sequence[Line], line: Line, end: int) -> Iterator[Measure]:
    """The columns, whatever they are called, in which a row has the number told behind its name."""
    told = _ITS_VALUE_RE.match(said.text, max(said.end, end), said.sentence[1])
    value = str(read_number(told["value"])) if told else ""
    for at in grid.columns if told else ():
        measure = Measure(grid.called(at), values_of(rows, at), at)
        if has_value(measure, line.at, value):
            yield measure


def _near(
    block: TextBlock, said: MostSaid, tables: Sequence[tuple[Grid, list[Line]]]
) -> Iterator[tuple[Grid, list[Line]]]:
    """The table that a sentence names, else those over it, the nearest first, and the one right under it."""
    named = _TABLE_RE.search(said.text, *said.sentence)
    if named:
        yield from (
            one
            for one in tables
            if re.search(
                rf"\b(?:Bảng|Biểu)\D{{0,4}}{named['number']}\b", one[0].table.caption or one[0].table.title or ""
            )
        )
        return
    at = block.span.start
    yield from (one for one in reversed(tables) if 0 <= at - one[0].table.span.end <= _ABOVE)
    yield from (one for one in tables if 0 <= one[0].table.span.start - block.span.end <= _BELOW)


def _named(said: MostSaid, rows: Sequence[Line]) -> tuple[Line, int, int] | None:
    """The one row that a clause names right behind the words, else before them; and where."""
    lower = said.text.lower()
    found: list[tuple[int, int, Line]] = []
    for line in rows:
        for name in _names(line):
            for start in _places(lower, name, said.low, said.high):
                if not re.match(r"\s+(?-i:[A-ZĐ])", said.text[start + len(name) :]):
                    found.append((start, start + len(name), line))
    own = [
        one
        for one in found
        if not any(o is not one and o[0] <= one[0] < one[1] <= o[1] and o[2] is not one[2] for o in found)
    ]
    behind = [one for one in own if one[0] >= said.end]
    for some in (behind[:1] if _opens(said, behind) else [], [one for one in own if one[1] <= said.start], behind):
        if len({id(one[2]) for one in some}) == 1:
            start, end, line = max(some, key=lambda one: one[1] - one[0])
            return line, start, end
    return None


def _opens(said: MostSaid, behind: Sequence[tuple[int, int, Line]]) -> bool:
    """Whether a name stands right behind the words, or behind what it is of."""
    first = min((one[0] for one in behind), default=0)
    between = said.text[said.end : first] if behind else ""
    if behind and _BRACKET_RE.fullmatch(between):  # "đơn vị thấp nhất (Tân Lập)", not "(Tân Lập chỉ 12)"
        return said.text[behind[0][1] :].lstrip().startswith(")")
    return bool(behind) and bool(re.search(r"(?:^|\s)(?:là|thuộc(?: về)?|ở|tại|có)?\s*(?:\S+\s)?$", between))


def _names(line: Line) -> Iterator[str]:
    label = " ".join(line.label.split()).strip(" .:-")
    first = (line.cells[0].text or "").strip() if line.cells else ""
    names = [label, label.partition(" (")[0], _KIND_RE.sub("", label, count=1)]
    if proper := _PROPER_RE.search(label):
        names.append(proper.group().strip())
    if first != label and any(map(str.isalpha, first)) and len(first.split()) > 1:
        names.append(first)
    names += [part for part in _PART_OF_NAME_RE.split(label) if len(part.split()) >= _TWO and part != label]
    names += [label.lower().replace(*pair) for long, short in _SHORT for pair in ((long, short), (short, long))]
    seen: set[str] = set()
    for name in (one.lower() for one in names):
        if len(name) >= _LETTERS and name not in seen and words_said(name):
            seen.add(name)
            yield name


def _places(lower: str, name: str, low: int, high: int) -> Iterator[int]:
    at = lower.find(name, low, high)
    while at >= 0:
        around = lower[at - 1 : at] + lower[at + len(name) : at + len(name) + 1]
        if not any(map(str.isalnum, around)):
            yield at
        at = lower.find(name, at + 1, high)


def _measures(said: MostSaid, grid: Grid, rows: Sequence[Line], own: Line) -> list[Measure]:
    """What the words may mean that the rows are compared by; nothing where no column says it."""
    filled = [at for at in grid.columns if not _RANK_RE.search(grid.head(at))]
    filled = [
        at
        for at in filled
        if sum(row.value(at) is not None for row in rows) >= _FEWEST and own.value(at) is not None
    ]
    if said.of_many:  # "nhóm đông nhất" beside a table of money
        filled = [at for at in filled if not (is_rate(grid, at) or is_measured(grid, at))]
    if said.way:
        return list(changes_of(said, grid, rows, filled))
    of_plan = [at for at in filled if _PLAN_HEAD_RE.search(grid.head(at))]
    if of_plan and _PLAN_SAID_RE.search(said.text[said.sentence[0] : said.high]):
        return [Measure(grid.called(at), values_of(rows, at), at) for at in of_plan]
    plain = [at for at in filled if not CHANGES_RE.search(grid.head(at))] or filled
    rates = [at for at in plain if is_rate(grid, at)]
    of = f"{said.before} {said.behind}" if said.first else said.clause
    if not naming(of) - naming(own.label) - _SMALL:  # "tỷ lệ thu gom của A cao nhất, B thấp nhất"
        of = said.text[said.sentence[0] : said.high]
    words = naming(of) - naming(own.label)
    heads = {at: naming(re.sub(r"\([^()]*\)", " ", grid.head(at))) for at in plain}
    done = [at for at in rates if said.of_pace and not _PART_HEAD_RE.search(grid.head(at))]
    if done:
        meant = done
    elif _RATE_SAID_RE.search(of):
        meant = rates or [at for at in plain if _MEAN_HEAD_RE.search(grid.head(at))]
        if not meant:
            return list(ratios(grid, rows, of, heads))
    else:
        meant = [at for at in plain if at not in rates] or rates
    told = {at: len(words & heads[at]) for at in meant}
    most = max(told.values(), default=0)
    whole = {at: len(heads[at]) for at in meant if heads[at] and heads[at] <= words}
    sums = [at for at in meant if _SUM_RE.search(grid.head(at))]
    if whole or (most and not sums):
        least = max(whole.values(), default=most)
        meant = [at for at in meant if (whole or told).get(at) == least]
    elif sums and words:
        meant = sums
    elif len(meant) > 1 and not said.first:
        meant = filled  # what it is of is not told by any head: it has to be so in no column at all
    measures = [Measure(grid.called(at), values_of(rows, at), at) for at in meant]
    return [*measures, *of_two_columns(grid, rows)] if said.of_pace and measures and not done else measures


def _is_most(said: MostSaid, measure: Measure, line: Line, rows: Sequence[Line]) -> bool:
    """Whether no other row is beyond a row, or none of its group."""
    own = measure.values.get(line.at)
    if own is None or len(measure.values) < _FEWEST:
        return True
    beside = [measure.values[row.at] for row in rows if row.parent == line.parent and row.at in measure.values]
    for values in (list(measure.values.values()), beside):
        if len(values) >= _FEWEST and own == (min(values) if said.least else max(values)):
            return True
    return False


def _finding(
    block: TextBlock,
    said: MostSaid,
    grid: Grid,
    rows: Sequence[Line],
    line: Line,
    measure: Measure,
    span: Span | None,
    by: Rule,
) -> Finding:
    choose = min if said.least else max
    best = next(row for row in rows if row.at == choose(measure.values, key=lambda at: measure.values[at]))
    words, place = " ".join(said.text[said.start : said.end].split()).lower(), row_place(grid, best)
    own = line.printed(measure.column)
    return by.finding(
        (span or Span(block.span.start, block.span.start),),
        f"lời văn nói “{line.label}” {words} ({own}), nhưng {place}, cột {measure.called}, ghi"
        f" {best.printed(measure.column)}",
        f"“{line.label}” is said to be “{words}” ({own}), but {place.en}, column {measure.called},"
        f" {best.printed(measure.column)}",
        stated=line.label,
        expected=best.label,
        evidence=(line.span(measure.column), best.span(measure.column)),
        suggestion=both("kiểm tra lại tên nêu trong lời văn và bảng", "check the name in the text and the table"),
        page=block.page,
    )
