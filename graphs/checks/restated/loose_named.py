"""The share of what a loose word names: ``Tiền thu từ thủy điện chiếm gần 90% tổng thu``.

A count of that name among the counts told just before, and all of them; or a row of that name of a table.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from graphs.checks.reading.arithmetic import show
from graphs.checks.reading.moved import head, scaled
from graphs.checks.reading.named import thing_words
from graphs.checks.reading.prose import Stated
from graphs.checks.reading.rows import Grid
from graphs.checks.restated.loose_beside import Meant
from graphs.checks.restated.loose_said import LooseSaid, twos
from graphs.checks.restated.shares_near import Near, is_count, share_of
from graphs.checks.tables.shares_of_rows import shares_named
from kb.models import Figure
from kb.text.sentences import split_sentences

_NAMED_RE = re.compile(
    r"(?P<name>[^.;:,()%\d]{4,90}?)\s+(?:(?:vẫn|cũng|đã|luôn|tiếp tục|ước|chỉ|mới|hiện|còn|riêng)\s+)*"
    r"(?:chiếm|đóng góp|(?:là\s+[^.;:,()\d]{2,30}\s+)?(?:có|đạt|giữ|với)\s+t[ỷỉ] (?:trọng|lệ))"
    r"(?:\s+(?:tới|đến|t[ỷỉ] lệ|t[ỷỉ] trọng|là|bằng|mức))*\s*$",
    re.IGNORECASE,
)
#: Behind the word: of all, and of nothing less.
_ALL_RE = re.compile(
    r"\s*(?:(?:của|trong|trên)\s+)?(?:$|tổng\b|toàn\b|cả\b|số\b|(?:giá trị|vốn|cơ cấu|chi|thu|doanh thu)\b)",
    re.IGNORECASE,
)
_OF_WHICH_RE = re.compile(r"\b(?:trong đó|gồm|bao gồm|chia ra|cụ thể|cơ cấu|trong số)\b|:", re.IGNORECASE)
_OF_ALL_LINK_RE = re.compile(
    r"[^.;:()\d]{0,40}?,?\s+(?:(?:chỉ|đã|mới|còn)\s+)*(?:chiếm|bằng|đạt|tương đương)\s+(?:tới\s+|khoảng\s+)?",
    re.IGNORECASE,
)
_COMMA_RE = re.compile(r"[^.;:()\d]{0,40}?,\s+(?:tức\s+|đạt\s+)?", re.IGNORECASE)
#: Of a plan, and a column of plans: no share of one, and no plan of another time.
_PLAN_RE = re.compile(
    r"\s*(?:so với\s+)?(?:kế hoạch|dự toán|chỉ tiêu|mức giao|số phải|số được giao)\b", re.IGNORECASE
)
_PLAN_HEAD_RE = re.compile(
    r"^(?!.*(?:%|t[ỷỉ] lệ|so\s)).*\b(?:kế hoạch|dự toán|chỉ tiêu|giao|phải|KH|DT)\b", re.IGNORECASE
)
#: A whole that is named without its number, before what it is split into.
_OF_ALL_OPENS_RE = re.compile(r"\W*(?:\w{1,2}[.)]\s+)?Trong (?:tổng )?số\s+[^\d.;:]+?[,:]\s", re.IGNORECASE)
_LONG = 3
_MARK_RE = re.compile(r"[,;:(]|\bvà\b")
_PART_END_RE = re.compile(r"[,;:()\d.]|\bvà\b")
_FEWEST = 2
_ROUNDED = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class _Part:
    """A count, and the words before it that name it, two by two."""

    figure: Figure
    named: frozenset[tuple[str, str]]


def by_name(said: LooseSaid, before: Stated | None, tables: Sequence[Grid]) -> Meant | None:
    """The shares of the thing that is named before a loose word, in the counts told before it or in the tables."""
    if said.way:
        return None
    found = _NAMED_RE.search(said.text, said.clause_start, said.loose.start)
    if found and not _ALL_RE.match(said.behind):
        return None
    if not found and not said.opens:
        return None
    name = found["name"] if found else said.behind
    for where, low, high in _told(said, before):
        shares = list(_among(where, low, high, twos(name))) or list(
            _of_split(where, (low, high), twos(name), _known(said, before, tables))
        )
        if shares:
            return Meant(tuple(shares), sure=True)
    if not found:
        return None
    shares = [
        Near(one.exact, f"{one.sum_}", 0, 0, (one.part, one.whole), counted=True)
        for one in shares_named(tables, thing_words(name), thing_words(said.behind))
    ]
    return Meant(tuple(shares), sure=True) if shares else None


def of_cell(said: LooseSaid, tables: Sequence[Grid]) -> Meant | None:
    """The share of the count right before it, which a cell of a table tells, of the total of its column."""
    where = said.where
    before = [one for one in where.figures if said.low <= where.start(one) and where.end(one) <= said.loose.start]
    planned = bool(_PLAN_RE.match(said.behind))
    if not before or said.way or not (planned or _ALL_RE.match(said.behind)):
        return None
    last = before[-1]
    link = where.text[where.end(last) : said.loose.start]
    linked = _OF_ALL_LINK_RE.fullmatch(link) or (planned and _COMMA_RE.fullmatch(link))
    if not is_count(last) or last.bound or not linked or len(last.value) < _LONG:
        return None
    shares = [near for grid in tables for near in (_of_plans if planned else _cells)(grid, last)]
    # "251 dự án đã chiếm hơn một nửa": of what its row has in another column.
    shares += [near for grid in tables for near in _rows_of(grid, last) if said.loose.fits(near.value)]
    return Meant(tuple(shares), sure=True) if shares else None


def of_totals(said: LooseSaid, tables: Sequence[Grid]) -> Iterator[Near]:
    """The shares that the count right before a loose word has in the columns that tell it."""
    before = [one for one in said.where.figures if said.low <= said.where.start(one) < said.loose.start]
    if before and is_count(before[-1]) and len(before[-1].value) >= _LONG:
        yield from (near for grid in tables for near in _cells(grid, before[-1]))


def _cells(grid: Grid, figure: Figure) -> Iterator[Near]:
    value = Decimal(figure.value)
    for line in grid.lines:
        for column in grid.columns if not line.total else ():
            if line.value(column) != value:
                continue
            for total in (one for one in grid.lines if one.total):
                whole = grid.amount(total, column)
                if whole is not None and whole > value:
                    exact = value / whole * 100
                    told = f"{line.printed(column)} / {total.printed(column)} = {show(exact)}%"
                    yield Near(exact, told, 0, 0, (line.span(column), total.span(column)), counted=True)


def _rows_of(grid: Grid, figure: Figure) -> Iterator[Near]:
    """The shares that a row with a cell of that value has of the total in its other columns."""
    value = Decimal(figure.value)
    totals = [line for line in grid.lines if line.total]
    for line in grid.lines:
        if not line.total and any(line.value(column) == value for column in grid.columns):
            for column, total in ((column, total) for column in grid.columns for total in totals):
                part, whole = line.value(column), total.value(column)
                if part and whole and part <= whole:
                    yield Near(part / whole * 100, "", 0, 0, (line.span(column),), counted=True)


def _of_plans(grid: Grid, figure: Figure) -> Iterator[Near]:
    """The shares that a cell of that value is of the plans in its row."""
    value = Decimal(figure.value)
    plans = [at for at in grid.columns if _PLAN_HEAD_RE.search(grid.head(at))]
    for line in grid.lines:
        for column in (at for at in grid.columns if at not in plans and line.value(at) == value):
            for at in plans:
                if plan := line.value(at):
                    exact = value / plan * 100
                    told = f"{line.printed(column)} / {line.printed(at)} = {show(exact)}%"
                    yield Near(exact, told, 0, 0, (line.span(column), line.span(at)), counted=True)


def _told(said: LooseSaid, before: Stated | None) -> Iterator[tuple[Stated, int, int]]:
    """The sentences in reach, the nearest first: its own up to it, those before it, the block before."""
    yield said.where, said.low, said.clause_start
    for low, high in reversed([one for one in split_sentences(said.text) if one[1] <= said.low]):
        yield said.where, low, high
    if before is not None:
        yield before, 0, len(before.text)


def _among(where: Stated, low: int, high: int, name: frozenset[tuple[str, str]]) -> Iterator[Near]:
    """The share of the only count of that name among those that a whole is split into."""
    counts = [one for one in where.figures if low <= where.start(one) and where.end(one) <= high and is_count(one)]
    parts = [
        _Part(one, twos(_words_before(where, one, low)) | twos(_words_behind(where, one, high))) for one in counts
    ]
    # Words of the whole, and those that stand at several parts, tell them not apart.
    seen = Counter(pair for one in parts for pair in one.named)
    named = [one for one in parts[1:] if any(seen[pair] == 1 for pair in one.named & name)]
    if len(named) != 1:
        return
    part = named[0].figure
    whole = _whole(where, part, counts)
    if whole is not None and (near := share_of(where, part, whole)):
        yield near


def _of_split(
    where: Stated, sentence: tuple[int, int], name: frozenset[tuple[str, str]], known: frozenset[Decimal]
) -> Iterator[Near]:
    """The share of the only count of that name of counts that a whole without its number is split into.

    What they come to is told elsewhere: ``Trong số rác đã thu gom, 38 tấn chôn lấp, 20 tấn đốt, 9 tấn tái chế``.
    """
    low, high = sentence
    counts = [one for one in where.figures if low <= where.start(one) and where.end(one) <= high and is_count(one)]
    alike = len({head(one) for one in counts}) == 1
    if len(counts) < _FEWEST or not alike or not _OF_ALL_OPENS_RE.match(where.text, low, high):
        return
    total = sum(map(scaled, counts), Decimal(0))
    named = [
        one
        for one in counts
        if name & (twos(_words_before(where, one, low)) | twos(_words_behind(where, one, high)))
    ]
    if len(named) == 1 and total in known:
        told = " + ".join(one.printed for one in counts)
        value = scaled(named[0]) / total * 100
        sum_ = f"{named[0].printed} / ({told}) = {show(value)}%"
        yield Near(value, sum_, 0, 0, tuple(one.span for one in counts), counted=True)


def _known(said: LooseSaid, before: Stated | None, tables: Sequence[Grid]) -> frozenset[Decimal]:
    """The numbers of the tables and of the paragraphs in reach."""
    near = [one for where in (said.where, before) if where for one in where.figures if is_count(one)]
    cells = (line.value(at) for grid in tables for line in grid.lines for at in grid.columns)
    return frozenset(map(scaled, near)) | frozenset(value for value in cells if value)


def _whole(where: Stated, part: Figure, counts: Sequence[Figure]) -> Figure | None:
    """The count before the parts that they come to, or of which they are told to be."""
    alike = [one for one in counts if head(one) == head(part)]
    first = alike[0]
    if first is part or len(alike) < _FEWEST:
        return None
    rest = alike[1:]
    added = sum(map(scaled, rest)) if len(rest) > 1 else Decimal(0)
    if abs(added - scaled(first)) <= _ROUNDED * scaled(first):
        return first
    told = _OF_WHICH_RE.search(where.text, where.end(first), where.start(rest[0]))
    return first if told and scaled(part) < scaled(first) else None


def _words_before(where: Stated, figure: Figure, low: int) -> str:
    at = where.figures.index(figure)
    start = max(low, where.end(where.figures[at - 1]) if at else low)
    text = where.text[start : where.start(figure)]
    marks = [one.end() for one in _MARK_RE.finditer(text) if one.group() not in ":(" or text[one.end() :].strip()]
    return text[marks[-1] :] if marks else text


def _words_behind(where: Stated, figure: Figure, high: int) -> str:
    text = where.text[where.end(figure) : high]
    end = _PART_END_RE.search(text)
    return text[: end.start()] if end else text
