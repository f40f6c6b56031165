"""FIG of two values that stand apart: what a thing rose or fell by since a year, and two opposites of one whole.

The earlier value is looked for right before the later one, else in the table row that bears the name and holds the
value of the later one. Opposites (đã xử lý, đang xử lý; còn hiệu lực, hết hiệu lực) are pairs of words in a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from graphs.checks.alongside import check_alongside, check_rates_of_change
from graphs.checks.arithmetic import places_of, rounds_to, show
from graphs.checks.both_ways import check_both_ways
from graphs.checks.by_year import check_by_year
from graphs.checks.change_far import check_change_far
from graphs.checks.change_forms import MORE_FORMS, SINCE_FORMS
from graphs.checks.enumerated import counts_things
from graphs.checks.forms import BARE, Form, signs_of
from graphs.checks.moved import check_moved, head
from graphs.checks.points import check_points
from graphs.checks.prose import Stated, everywhere, stated
from graphs.checks.ranks import check_ranks
from graphs.checks.ranks_told import check_ranks_told
from graphs.checks.report import Subject, Tally, rule
from graphs.checks.row_changes import check_row_changes
from graphs.checks.said import cell_of, said_figures
from graphs.checks.since_far import check_since_far
from graphs.checks.told import Told, told_cells
from graphs.checks.two_times import check_mean_change, check_two_times
from kb.bilingual import both
from kb.models import Figure, Finding, Span

_WAY_RE = re.compile(r"\b(?P<way>tăng|giảm)(?:\s+(?:thêm|được))*\s*$", re.IGNORECASE)
_SINCE_RE = re.compile(
    r"[^,;.()\d]{0,40}\bso với\s+(?:cuối\s+|đầu\s+)?năm\s+(?P<year>(?:19|20)\d\d)(?!\d)(?!\s*\([^()]*\d)"
)
_YEAR_RE = re.compile(r"(?:19|20)\d\d")
_NEAR = Decimal("0.25")


def _way(where: Stated, figure: Figure) -> str | None:
    found = _WAY_RE.search(where.text[: where.start(figure)])
    return found["way"].lower() if found and not figure.of and not figure.bound else None


def check_since(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``Năm 2024 đạt 87,92%, tăng 2,22% so với năm 2023`` fits what 2023 had; ``tăng 3% so với cùng kỳ (1.6)``."""
    if subject.is_rule():
        return
    seen: set[Span] = set()
    for finding in (
        *check_moved(subject, tally, SINCE, SINCE_FORMS, MORE_FORMS),
        *check_alongside(subject, tally, SINCE),
        *check_rates_of_change(subject, tally, SINCE),
        *check_by_year(subject, tally, SINCE),
        *check_both_ways(subject, tally, SINCE),
        *check_ranks(subject, tally, SINCE),
        *check_ranks_told(subject, tally, SINCE),
        *check_row_changes(subject, tally, SINCE),
        *check_since_far(subject, tally, SINCE),
        *check_points(subject, tally, SINCE),
        *check_two_times(subject, tally, SINCE),
        *check_mean_change(subject, tally, SINCE),
        *check_change_far(subject, tally, SINCE),
    ):
        if seen.isdisjoint(finding.spans):
            seen.update(finding.spans)
            yield finding
    cells = told_cells(subject)
    said = {one.figure.span: one for one in said_figures(subject)} if cells else {}
    for where in everywhere(subject):
        for at, change in enumerate(where.figures):
            way = _way(where, change)
            since = _SINCE_RE.match(where.text, where.end(change)) if way else None
            if since is None or way is None or not at:
                continue
            later = where.figures[at - 1]
            if later.unit != change.unit and (change.unit != "%" or later.of or later.bound):
                continue
            before = _right_before(where, at - 1, since["year"])
            one = said.get(later.span)
            cell = cell_of(one, cells) if one and before is None and later.unit == change.unit else None
            if before is not None:
                yield from _held_against(where, before, later, (before.span,), change, way, tally)
            elif cell is not None and cell.value == Decimal(later.value):
                yield from _from_row(where, cell, since["year"], later, change, way, tally)


def _changed_by(earlier: Figure | _Value, later: Figure, change: Figure) -> bool:
    """Whether a change is the difference of two values, or its share of the earlier one."""
    one, difference = Decimal(earlier.value), abs(Decimal(later.value) - Decimal(earlier.value))
    relative = difference / one * 100 if one else None
    return rounds_to(difference, change.value) or bool(
        change.unit == "%" and relative is not None and rounds_to(relative, change.value)
    )


def _right_before(where: Stated, at: int, year: str) -> Figure | None:
    """The figure right before another one, of its unit, that tells the same thing of a year."""
    later, one = where.figures[at], where.figures[at - 1] if at else None
    if one is None or one.unit != later.unit or one.of or one.bound or _way(where, one):
        return None
    own = set(_YEAR_RE.findall(one.period or ""))
    near = where.sentence_end(where.end(one)) > where.start(later)
    return one if near and own == {year} and year not in (later.period or "") else None


def _from_row(
    where: Stated, cell: Told, year: str, later: Figure, change: Figure, way: str, tally: Tally
) -> Iterator[Finding]:
    columns = [at for at in cell.grid.columns if set(_YEAR_RE.findall(cell.grid.head(at))) == {year}]
    value = cell.line.value(columns[0]) if len(columns) == 1 else None
    if value is not None:
        earlier = _Value(str(value), cell.line.printed(columns[0]), change.unit)
        evidence = (cell.line.span(columns[0]), later.span)
        yield from _held_against(where, earlier, later, evidence, change, way, tally)


@dataclass(frozen=True, slots=True)
class _Value:
    """A value of a table, as far as a comparison needs it."""

    value: str
    printed: str
    unit: str | None


def _held_against(
    where: Stated,
    earlier: Figure | _Value,
    later: Figure,
    evidence: tuple[Span, ...],
    change: Figure,
    way: str,
    tally: Tally,
) -> Iterator[Finding]:
    difference = Decimal(later.value) - Decimal(earlier.value)
    if (difference >= 0) == (way == "tăng") and _changed_by(earlier, later, change):
        tally.held += 1
        return
    tally.failed += 1
    rose = show(difference, max(places_of(earlier.value), places_of(later.value)))
    if change.unit == "%" and later.unit != "%" and Decimal(earlier.value):
        rose = f"{show(difference / Decimal(earlier.value) * 100)}%"
    yield SINCE.finding(
        (change.span,),
        f"ghi {way} {change.printed}, nhưng từ {earlier.printed} đến {later.printed} là {rose}",
        f"{way} {change.printed} is stated, but from {earlier.printed} to {later.printed} it is {rose}",
        stated=f"{way} {change.printed}",
        expected=rose.lstrip("-"),
        evidence=evidence,
        suggestion=both("đối chiếu hai giá trị và mức tăng, giảm", "compare the two values and the change"),
        page=where.block.page,
    )


@dataclass(frozen=True, slots=True)
class Opposites:
    """Two parts that make a whole between them: what is said of the one and of the other."""

    one: re.Pattern[str]
    other: re.Pattern[str]
    example: str


def _pair(one: str, other: str, example: str) -> Opposites:
    tail = r"\b[^.;\d]{0,70}$"
    return Opposites(
        re.compile(rf"\b(?:{one}){tail}", re.IGNORECASE),
        re.compile(rf"\b(?:{other}){tail}", re.IGNORECASE),
        example,
    )


OPPOSITES: tuple[Opposites, ...] = (
    _pair(
        r"đã (?:được )?(?:thực hiện|giải quyết|xử lý|hoàn thành|khắc phục|giải ngân|thu hồi)",
        r"(?:chưa|đang) (?:được )?(?:thực hiện|giải quyết|xử lý|hoàn thành|khắc phục|giải ngân|thu hồi)",
        "tổng số 3.875 …; đã thực hiện 3.642; chưa thực hiện 233",
    ),
    _pair(r"còn hiệu lực", r"hết hiệu lực", "tổng số 596 văn bản; còn hiệu lực 392; hết hiệu lực toàn bộ 204"),
    _pair(
        r"(?:trước hạn, |trước và |sớm hạn, )?đúng hạn",
        r"(?:quá|trễ) hạn",
        "tổng số 100 hồ sơ; đúng hạn 98; quá hạn 2",
    ),
    _pair(r"trực tuyến", r"trực tiếp(?: và [^.;\d]{0,40})?", "tổng số 100 hồ sơ; trực tuyến 60; trực tiếp 40"),
)
_TOTAL_RE = re.compile(r"\b(?:tổng|tiếp nhận|phải|thuộc đối tượng)\b[^.;\d]{0,110}$", re.IGNORECASE)


#: Two opposites told behind their numbers; their total is a number of their unit before them.
_BEHIND_FORMS: tuple[Form, ...] = (
    Form(
        rf"{{one}}{BARE}{{0,40}}\bxong\s*[,;]\s*(?:và\s+)?(?:còn\s+)?{{other}}{BARE}{{0,30}}?\b(?:đang|chưa)\b",
        "15 tỉnh phân bổ xong, 04 tỉnh còn đang phân bổ",
    ),
    Form(
        rf"{{one}}{BARE}{{0,40}}\b(?:đạt|hoàn thành|hoạt động tốt|vượt)(?:\s+(?:và|hoặc)\s+vượt)?"
        rf"(?:\s+(?:kế hoạch|mục tiêu|chỉ tiêu))?\s*[,;]\s*(?:và\s+)?(?:còn\s+)?{{other}}"
        rf"{BARE}{{0,30}}?\b(?:chưa|không|hư hỏng)\b",
        "15 xã đạt, 04 xã chưa đạt",
    ),
)


def _told_behind(where: Stated) -> Iterator[tuple[Figure, Figure, list[Figure]]]:
    """Two opposites and the numbers before them in their paragraph that may be their total, the last first."""
    if len(where.figures) < 3 or ("xong" not in where.text and "ạt" not in where.text):
        return
    signs = signs_of(where)
    for form in _BEHIND_FORMS:
        for match in form.read(signs):
            one, other = match.figures["one"], match.figures["other"]
            if not one.unit or one.unit != other.unit or one.of or other.of or one.bound or other.bound:
                continue
            least = max(Decimal(one.value), Decimal(other.value))
            before = [
                figure
                for figure in where.figures
                if where.end(figure) <= where.start(one) and figure.unit == one.unit and not figure.of
            ]
            near = before and where.sentence_end(where.end(before[-1])) > where.start(one)
            if near and Decimal(before[-1].value) < least:
                continue  # a third part stands before them
            yield one, other, [figure for figure in reversed(before) if Decimal(figure.value) >= least]


def check_opposites(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A total and the two opposites that it is made of: met and unmet, in force and ended."""
    before: Stated | None = None
    for where in stated(subject) if not subject.is_rule() else ():
        for one, other, totals in _told_behind(where):
            yield from _opposed(one, other, totals, totals[:1], where, tally)
        own = _labelled(where)
        earlier = _labelled(before) if before is not None else []
        for pair in OPPOSITES:
            yield from _of_pair(pair, own, earlier, where, tally)
        before = where


def _labelled(where: Stated) -> list[tuple[str, Figure]]:
    """The figures of a block that count, each with the words since the figure before it."""
    found, low = [], 0
    for figure in where.figures:
        words = where.text[low : where.start(figure)]
        low = where.end(figure)
        if figure.unit != "%" and not figure.of and not figure.bound:
            found.append((words, figure))
    return found


def _of_pair(
    pair: Opposites,
    own: Sequence[tuple[str, Figure]],
    earlier: Sequence[tuple[str, Figure]],
    where: Stated,
    tally: Tally,
) -> Iterator[Finding]:
    ones = [at for at, (words, _) in enumerate(own) if pair.one.search(words) and not pair.other.search(words)]
    others = [at for at, (words, _) in enumerate(own) if pair.other.search(words)]
    if len(ones) != 1 or not others:
        return
    one, other = own[ones[0]][1], own[others[0]][1]
    ahead = [*earlier, *own[: min(ones[0], others[0])]]
    totals = [
        figure
        for words, figure in reversed(ahead)
        if _TOTAL_RE.search(words) and (figure.unit or "") == (one.unit or "") == (other.unit or "")
    ]
    if totals:
        yield from _opposed(one, other, [figure for _, figure in ahead], totals, where, tally)


def _opposed(
    one: Figure,
    other: Figure,
    ahead: Sequence[Figure],
    totals: Sequence[Figure],
    where: Stated,
    tally: Tally,
) -> Iterator[Finding]:
    """Whether two opposites make one of the numbers ahead; the finding where they nearly make the only total."""
    sum_ = Decimal(one.value) + Decimal(other.value)
    if any(sum_ == Decimal(figure.value) for figure in ahead) or _has_others(one, other, totals, sum_, where):
        tally.held += 1
    elif len(totals) == 1 and abs(sum_ - Decimal(totals[0].value)) <= max(
        _NEAR * Decimal(totals[0].value), Decimal(1)
    ):
        total = totals[0]
        tally.failed += 1
        yield OPPOSED.finding(
            (total.span,),
            f"ghi {total.printed}, nhưng hai phần {one.printed} + {other.printed} = {show(sum_)}",
            f"{total.printed} is stated, but its two parts are {one.printed} + {other.printed} = {show(sum_)}",
            stated=total.printed,
            expected=show(sum_),
            evidence=(one.span, other.span),
            suggestion=both("kiểm tra lại số tổng hoặc hai phần", "check the total or its two parts"),
            page=where.block.page,
        )


def _has_others(one: Figure, other: Figure, totals: Sequence[Figure], sum_: Decimal, where: Stated) -> bool:
    """Whether what is neither, told in the paragraph, makes the total: ``9 đạt, 4 chưa đạt, 1 không áp dụng``."""
    low, high = sorted((where.start(one), where.start(other)))
    counts = [
        figure
        for figure in where.figures
        if figure not in (one, other, *totals)
        and counts_things(figure)
        and head(figure) in ("", head(one))
        and low < where.start(figure)
    ]
    for total in totals:
        left = Decimal(total.value) - sum_
        behind = list(accumulate(Decimal(figure.value) for figure in counts if where.start(figure) > high))
        if left > 0 and left in {*behind, *(Decimal(figure.value) for figure in counts)}:
            return True
    return False


OPPOSED = rule("FIG-218", check_opposites)
SINCE = rule("FIG-219", check_since)
COMPARED_RULES = (OPPOSED, SINCE)
