"""FIG of a share that words tell of a row or a column of a table: the table gives it.

``Khu vực công nghiệp chiếm 54,3%``: of a row named so, and of the total, or of the row that words behind it name.
Whichever column is meant, one gives the share; it is wrong only where none does and one is a slip away, or is told
in the row itself, or where the words behind say of which whole of which table it is: ``đóng góp 54,3% GTSXCN``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from graphs.checks.reading.arithmetic import is_rate_slip, places_of, rounds_to, show
from graphs.checks.reading.named import GENERAL, in_full, row_place, thing_words
from graphs.checks.reading.prose import Stated, stated, value_as_printed
from graphs.checks.reading.proved import is_proved
from graphs.checks.reading.rows import Grid, Line, grids
from graphs.checks.reading.telling import about
from graphs.checks.report import Subject, Tally, rule
from graphs.checks.tables.shares_of_cells import check_shares_of_cells
from kb.bilingual import both
from kb.models import Figure, Finding, Span

#: What is said of a thing right before its share, and right behind it.
_SHARE_RE = re.compile(
    r"\b(?:(?:chỉ|đã|còn|mới)\s+)?(?:chiếm|đóng góp)\s+(?:tới\s+|đến\s+|khoảng\s+)?(?:tỷ lệ\s+|tỷ trọng\s+)?$",
    re.IGNORECASE,
)
#: The same of what is the most or the least of all, and of what is called a share.
_MOST = r"(?:cao|lớn|nhiều|thấp|nhỏ|ít) nhất"
_MOST_RE = re.compile(
    rf"\b(?:(?:chiếm|đóng góp|có|giữ|đạt)\s+(?:t[ỷỉ] (?:lệ|trọng)\s+)?{_MOST}|(?:giữ|có|với)\s+t[ỷỉ] trọng"
    rf"|t[ỷỉ] trọng\s+{_MOST})(?:\s+(?:cả|toàn)\s+\w+)?\s*(?:[,:(]\s*|\s)(?:(?:với|là|tới|chiếm|đạt)\s+)*$",
    re.IGNORECASE,
)
#: What leads to the name of what is the most: ``Chiếm tỷ trọng lớn nhất là công nghiệp, 42,3%``.
_LEADS_RE = re.compile(
    rf"(?:^|[.;:,]\s)(?:[^.;:,()\d]{{0,40}}?\s)?(?:t[ỷỉ] trọng|chiếm)\s[^.;:,()\d]{{0,30}}?{_MOST}\s+(?:vẫn\s+)?"
    r"(?:là|thuộc về)\s+(?P<name>[^.;:,()\d]{2,60}?)\s*(?:[,(]|\s)\s*(?:(?:với|chiếm|đạt)\s+)*$",
    re.IGNORECASE,
)
#: The same where a total follows, whatever is said of the share: ``Đứng đầu là công nghiệp, 42,3% tổng giá trị``.
_FIRST = rf"(?:{_MOST}|đứng đầu|dẫn đầu|đứng thứ \w+)"
_LEADS_ALL_RE = re.compile(
    rf"(?:^|[.;:,]\s)(?:[^.;:,()\d]{{0,40}}?\s)?{_FIRST}\s+(?:vẫn\s+)?(?:là|thuộc về)\s+"
    r"(?P<name>[^.;:,()\d]{2,60}?)\s*(?:[,(:]|\s)\s*(?:(?:với|đạt)\s+)*$",
    re.IGNORECASE,
)
_MOST_ALL_RE = re.compile(rf"\b{_FIRST}\s*(?:[,:(]\s*|\s)(?:(?:với|là|đạt)\s+)*$", re.IGNORECASE)
#: ``Tỷ trọng của công nghiệp là 42,3%``.
_CALLED_RE = re.compile(
    r"(?:^|[.;:,]\s)t[ỷỉ] trọng\s+(?:của\s+)?(?P<name>[^.;:,()\d]{2,60}?)\s+(?:là|đạt|ở mức|chiếm|chỉ|lên tới)"
    r"\s+$",
    re.IGNORECASE,
)
_OPENED_RE = re.compile(r"\(\s*(?:chiếm\s+)?$", re.IGNORECASE)
_OF_RE = re.compile(r"\s*(?:của\s+|trên\s+|trong\s+)?(?P<of>(?:(?:tổng(?:\s+số)?|số)\s+)?[^\d,;.()%:]{0,60})")
#: Between a count and its share: ``653 cơ sở, chiếm 63,4%``.
_OF_COUNT_RE = re.compile(r"[^,;.()\d]{0,40},?\s*(?:bằng|chiếm|tức|đạt|tương đương|ứng với)\s+(?:tới\s+|đến\s+)?")
_OF_ALL_RE = re.compile(r"\s*(?:của\s+|trên\s+)?tổng\b", re.IGNORECASE)
_PARTS_RE = re.compile(r"[;:.(]\s|\btrong đó\b", re.IGNORECASE)
_CLAUSE_RE = re.compile(r"[,;:.(]\s|\bvà\b|\btrong đó\b", re.IGNORECASE)
_WHAT_IT_IS_RE = re.compile(r"\s+(?:vẫn\s+|tiếp tục\s+|luôn\s+)*là\s.*$", re.DOTALL)
_RATE_RE = re.compile(r"^\W*t[ỷỉ] lệ|%", re.IGNORECASE)
_WHOLE = 100
_NO_RESULT_RE = re.compile(r"^\W*(?:t[ỷỉ] lệ|t[ỷỉ] trọng|cơ cấu)|%|\b(?:KH|kế hoạch|dự toán)\b", re.IGNORECASE)
#: A short form that is not known says nothing.
_SHORT_RE = re.compile(r"\b[A-ZĐ]{2,5}\b")
_ALL_RE = re.compile(r"\b(?:tổng|cộng|chung|toàn)\b", re.IGNORECASE)
_BRACKET_RE = re.compile(r"\([^()]*\)")
#: Words that name no row of their own.
_EMPTY_WORDS = "khu vực nhóm lĩnh ngành thu chi vốn sự khoản loại nguồn tổng cộng số"
_EMPTY = frozenset(_EMPTY_WORDS.split())
_COVERED = 0.6
_OTHER_RE = re.compile(
    r"\b(?:(?:19|20)\d\d|năm (?:trước|ngoái)|cùng kỳ|phấn đấu|mục tiêu|kế hoạch|quý|tháng)\b", re.IGNORECASE
)
_MOST_COLUMNS = 8
#: So far off, in points, a share is told wrong that the row itself tells.
_NEAR = 10


@dataclass(frozen=True, slots=True)
class RowShare:
    """What a table gives for a share: a part, its whole, the two in per cent, the row that is named."""

    exact: Decimal
    part: Span
    whole: Span
    sum_: str
    grid: Grid
    line: Line
    column: int
    all_: int

    @property
    def told(self) -> bool:
        """Whether the row itself tells the share."""
        values = map(self.line.value, self.grid.columns)
        return any(
            value is not None and places_of(str(value)) and rounds_to(self.exact, str(value)) for value in values
        )


def check_shares_of_rows(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A share said of what a table names is the share that the table gives."""
    tables = grids(subject.document) if not subject.is_rule() else ()
    for where in stated(subject) if tables else ():
        for at, rate in enumerate(where.figures):
            if rate.unit == "%" and not rate.bound and not rate.of:
                parts, of = _names(where, at, rate)
                shares = (list(_found(tables, part, of)) for part in parts)
                found = next(filter(None, shares), [])
                counts = (one for one in where.figures if one.unit != "%") if found else ()
                if any(is_proved(subject, one, rate) for one in counts):
                    tally.held += 1
                    continue
                yield from _told(where, rate, found, _meant(where, at, rate, found, of), tally)


def shares_named(tables: Sequence[Grid], part: frozenset[str], of: frozenset[str]) -> list[RowShare]:
    """What tables give for the share of a row, or a column, that some words name, of what others name.

    Columns of rates and of plans give none.
    """
    found = _found(tables, part, of) if _own(part) else ()
    return [one for one in found if not _NO_RESULT_RE.search(one.grid.head(one.column))]


def _names(where: Stated, at: int, rate: Figure) -> tuple[list[frozenset[str]], frozenset[str]]:
    """The words that may name the part before a share, the most first, and its whole behind it."""
    low = where.end(where.figures[at - 1]) if at else 0
    before, behind = where.text[low : where.start(rate)], where.text[where.end(rate) :]
    of = _OF_RE.match(behind)
    of_ = thing_words(of["of"]) if of else frozenset()
    all_ = _OF_ALL_RE.match(behind)
    led = _LEADS_RE.search(before) or _CALLED_RE.search(before) or (all_ and _LEADS_ALL_RE.search(before))
    if led:
        name = thing_words(led["name"])
        return [name] if _own(name) else [], of_
    found = _SHARE_RE.search(before) or _MOST_RE.search(before)
    found = found or ((_OPENED_RE.search(before) or _MOST_ALL_RE.search(before)) if all_ else None)
    if not found:
        return [], frozenset()
    words = before[: found.start()]
    parts = []
    for mark_re in (_PARTS_RE, _CLAUSE_RE):
        cut = [mark.end() for mark in mark_re.finditer(words) if _own(thing_words(words[mark.end() :]))]
        part = thing_words(_WHAT_IT_IS_RE.sub("", words[cut[-1] :] if cut else words))
        if _own(part) and part not in parts:
            parts.append(part)
    return parts, of_


def _own(words: frozenset[str]) -> frozenset[str]:
    return words - _EMPTY - GENERAL


def _found(tables: Sequence[Grid], part: frozenset[str], of: frozenset[str]) -> Iterator[RowShare]:
    for grid in tables:
        yield from _shares(grid, part, of)


def _meant(where: Stated, at: int, rate: Figure, found: Sequence[RowShare], of: frozenset[str]) -> list[RowShare]:
    """The shares of a row of one table, where the words behind a rate name its whole; [] where they do not."""
    of = _own(of) - _EMPTY
    before = where.text[where.end(where.figures[at - 1]) if at else 0 : where.start(rate)]
    if not of or _OTHER_RE.search(before.rpartition(". ")[2]) or len({one.line.label for one in found}) != 1:
        return []
    by_head = [one for one in found if of <= _head(one.grid, one.column)]
    tables = {id(one.grid): one.grid for one in found}
    about = {key: _row_words(grid) | thing_words(grid.table.caption or "") for key, grid in tables.items()}
    called = {key for key, words in about.items() if len(of & words) >= _COVERED * len(of)}
    of_table = [
        one for one in found if id(one.grid) in called and not _NO_RESULT_RE.search(one.grid.head(one.column))
    ]
    return by_head or (of_table if len(tables) == 1 else [])


def _is_of_count(where: Stated, rate: Figure, one: RowShare) -> bool:
    """Whether the count told right before a share makes it with a number of the row: ``còn 310 hộ, chiếm 62%``."""
    count = _count_before(where, rate)
    wholes = [value for column in one.grid.columns if (value := one.line.value(column))]
    return count is not None and any(about(rate, Decimal(count.value) / whole * 100) for whole in wholes)


def _is_of_other_count(where: Stated, rate: Figure, one: RowShare) -> bool:
    """Whether a share is of a count right before it that the row has not: ``gộp lại 653 cơ sở, chiếm 63,4%``."""
    count = _count_before(where, rate)
    if count is None or not _OF_COUNT_RE.fullmatch(where.text[where.end(count) : where.start(rate)]):
        return False
    own = [Decimal(str(value)) for column in one.grid.columns if (value := one.line.value(column))]
    told = [Decimal(count.value).scaleb(power) for power in (0, 3, 6, 9, -3, -6, -9)]
    return not any(abs(value - number) <= abs(value) / 10 for value in own for number in told)


def _count_before(where: Stated, rate: Figure) -> Figure | None:
    """The count right before a share in its sentence."""
    at = where.figures.index(rate)
    count = where.figures[at - 1] if at else None
    if count is None or count.unit == "%" or count.of or where.sentence_end(where.end(count)) < where.start(rate):
        return None
    return count


def _told(
    where: Stated, rate: Figure, found: Sequence[RowShare], meant: Sequence[RowShare], tally: Tally
) -> Iterator[Finding]:
    printed = value_as_printed(rate)
    found = [one for one in found if not _is_of_other_count(where, rate, one)]
    meant = [one for one in meant if one in found]
    if any(about(rate, one.exact) or _in_a_row(rate, one) or _is_of_count(where, rate, one) for one in found):
        tally.held += 1
        return
    slips = [one for one in found if places_of(printed) and is_rate_slip(one.exact, printed)]
    if not slips and _OF_ALL_RE.match(where.text, where.end(rate)):
        slips = [one for one in found if one.told and abs(one.exact - Decimal(rate.value)) <= _NEAR]
    near = [one for one in meant if abs(one.exact - Decimal(rate.value)) <= _NEAR]
    slips = [one for one in slips if one in near] or near[-1:] or slips
    if not slips or any(one.line is not slips[0].line for one in slips):
        return
    one = min(
        slips, key=lambda share: sorted(show(share.exact, places_of(printed))) != sorted(show(Decimal(printed)))
    )
    place = row_place(one.grid, one.line)
    tally.failed += 1
    yield SHARE_OF_ROW.finding(
        (rate.span,),
        f"ghi {rate.printed}, bảng cho {one.sum_} = {show(one.exact)}% ({place})",
        f"{rate.printed} is stated, the table gives {one.sum_} = {show(one.exact)}% ({place.en})",
        stated=rate.printed,
        expected=f"{show(one.exact)}%",
        evidence=(one.part, one.whole),
        suggestion=both("đối chiếu tỷ lệ với bảng", "compare the rate with the table"),
        page=where.block.page,
    )


def _in_a_row(rate: Figure, one: RowShare) -> bool:
    """Whether the two columns of a share give it in another row than the total: that of one year, one place."""
    if one.column == one.all_:
        return False
    amounts = ((one.grid.amount(line, one.column), one.grid.amount(line, one.all_)) for line in one.grid.lines)
    return any(part is not None and all_ and about(rate, part / all_ * 100) for part, all_ in amounts)


def _shares(grid: Grid, part: frozenset[str], of: frozenset[str]) -> Iterator[RowShare]:
    """What a table gives for a part and a whole named so: by the row of that name, or by its column."""
    if len(grid.columns) > _MOST_COLUMNS:
        return
    lines = [line for line in grid.lines if not line.rate and _is_named(_words(line), part, _row_words(grid))]
    totals = [line for line in grid.lines if line.total]
    for line in lines:
        over = [other for other in grid.lines if other.at == line.parent]
        wholes = _wholes(grid, of, [*totals, *over])
        for whole in wholes:
            for column in grid.columns if whole is not line else ():
                yield from _share(grid, line, line, column, whole, column)
    columns = [column for column in grid.columns if _is_named(_head(grid, column), part, frozenset())]
    alls = [column for column in grid.columns if _ALL_RE.search(grid.head(column))]
    for column in columns:
        for line in totals or lines:
            for all_ in alls:
                if all_ != column:
                    yield from _share(grid, line, line, column, line, all_)


def _wholes(grid: Grid, of: frozenset[str], usual: list[Line]) -> list[Line]:
    """The rows of what a share is said to be of; those of all where no row is named so."""
    named = [line for line in grid.lines if _own(_words(line)) and _words(line) - _EMPTY <= of]
    return named or usual


def _words(line: Line) -> frozenset[str]:
    label = _BRACKET_RE.sub(" ", line.label)
    short = {word for word in _SHORT_RE.findall(label) if in_full(word) == word} if not label.isupper() else ()
    words = thing_words(label)
    return words - {word.lower() for word in short} or words


def _head(grid: Grid, column: int) -> frozenset[str]:
    return thing_words(_BRACKET_RE.sub(" ", grid.head(column)))


def _row_words(grid: Grid) -> frozenset[str]:
    """Words that all rows of a table are about: those of its title and of the head over their names."""
    return thing_words(f"{grid.table.title or ''} {' '.join(grid.table.columns)}")


def _is_named(own: frozenset[str], part: frozenset[str], around: frozenset[str]) -> bool:
    """Whether words name a row or a column: all that are its own, and little else but what its table is about."""
    return bool(_own(own)) and _own(own) <= part and len(_own(part) & (own | around)) >= _COVERED * len(_own(part))


def _share(grid: Grid, named: Line, one: Line, column: int, other: Line, whole: int) -> Iterator[RowShare]:
    part, all_ = grid.amount(one, column), grid.amount(other, whole)
    if part is None or not all_ or part > all_:
        return
    if all_ != _WHOLE and _RATE_RE.search(grid.head(column)):
        return  # a rate is no part of that of all
    sum_ = f"{show(part)} / {show(all_)}"
    yield RowShare(part / all_ * 100, one.span(column), other.span(whole), sum_, grid, named, column, whole)


def _check_shares(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """Shares of what words name in a table, then of a number that stands in one."""
    told: set[Span] = set()
    for finding in check_shares_of_rows(subject, tally):
        told.update(finding.spans)
        yield finding
    for finding in check_shares_of_cells(subject, tally, SHARE_OF_ROW):
        if told.isdisjoint(finding.spans):
            yield finding


SHARE_OF_ROW = rule("FIG-275", _check_shares)
SHARE_OF_ROW_RULES = (SHARE_OF_ROW,)
