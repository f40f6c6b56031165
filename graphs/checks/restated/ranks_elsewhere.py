"""FIG of the place of an index that is told twice: ``PAR INDEX (hiện đứng thứ 19)`` where it was the 17th.

Of the text and of tables with the places by year; what is told of now is of the last year that any place has.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from graphs.checks.reading.prose import Stated
from graphs.checks.reading.rows import Grid, Line, grids
from graphs.checks.reading.years import set_of_years
from graphs.checks.report import Rule, Subject, Tally
from graphs.checks.restated.said_of_all import texts_of
from kb.bilingual import both
from kb.models import Finding, Span
from kb.text.sentences import split_sentences

_SHORT_RE = re.compile(r"\b(?:[A-ZĐ]{3,6}[ -]INDEX|PCI|PAPI|SIPAS|DTI|DDCI|DGI|PGI|PII|GII)\b", re.IGNORECASE)
#: An index by its whole name.
_INDEX_RE = re.compile(
    r"\bchỉ số\s+(?P<name>(?!thành phần\b|này\b|trên\b|đó\b)[^\W\d_]+(?:\s+[^\W\d_]+){0,6}?)"
    r"(?=\s+(?:của|năm|xếp|đứng|đạt|lên|tăng|giữ|ở|hiện|tỉnh|cấp tỉnh)\b|\s*(?:[,(]|$))",
    re.IGNORECASE,
)
_IN_LAND_RE = re.compile(r"\s*(?:/\s*63|trong (?:tổng số )?63|toàn quốc|cả nước)\b", re.IGNORECASE)
_RANK_HEAD_RE = re.compile(r"xếp (?:hạng|thứ)|thứ (?:hạng|bậc)|vị trí|^\W*hạng", re.IGNORECASE)
_RANKED_RE = re.compile(
    r"\b(?:(?:xếp|đứng|ở|giữ|đạt|lên)\s+(?:vị trí\s+|hạng\s+|vị thứ\s+)?(?:thứ\s+)?"
    r"|(?:vị trí|thứ hạng|hạng)\s+(?:thứ\s+)?|(?<!lần )(?<!năm )(?<!kỳ )(?<!quý )(?<!tháng )thứ\s+)"
    r"(?P<rank>\d{1,2})(?![\d.,%]*\d|\s*%)(?=\s*/\s*\d|\W|$)",
    re.IGNORECASE,
)
_THIRD_RE = re.compile(r"\b(?:thứ|hạng|vị trí)\b", re.IGNORECASE)
_YEAR_RE = re.compile(r"\bnăm\s+(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE)
_YEAR_CELL_RE = re.compile(r"\W*(?:[Nn]ăm\s+)?(?:19|20)\d\d")
_NOW_RE = re.compile(r"\b(?:hiện|hiện nay|hiện tại|đang|đến nay|nay)\b", re.IGNORECASE)
_NO_FACT_RE = re.compile(
    r"\b(?:phấn đấu|mục tiêu|chỉ tiêu|kế hoạch|dự kiến|sẽ|nhóm|từ|top|yêu cầu|khu vực|vùng|thành phần"
    r"|trục|nội dung)\b",
    re.IGNORECASE,
)
_SOME_RE = re.compile(r"\b(?:khu vực|vùng|miền|cụm|trong (?:số|các|nhóm))\b", re.IGNORECASE)
_BEHIND = 40


@dataclass(frozen=True, slots=True)
class _Place:
    """The place of an index in a year, 0 for now: where it stands, and whether the text tells it."""

    year: int
    rank: int
    span: Span
    page: int | None
    told: bool


def check_ranks_elsewhere(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """One index has one place in a year."""
    told: dict[str, list[_Place]] = defaultdict(list)
    for block, text in texts_of(subject) if not subject.is_rule() else ():
        if (_SHORT_RE.search(text) or _INDEX_RE.search(text)) and _THIRD_RE.search(text):
            _gather(subject, Stated(block, text, ()), told)
    if not told:
        return
    for grid in grids(subject.document):
        _gather_rows(grid, told)
    for name, places in told.items():
        yield from _held(name, places, tally, by)


def _name(found: str) -> str:
    return found.upper().replace("-", " ")


def _gather(subject: Subject, where: Stated, told: dict[str, list[_Place]]) -> None:
    """The places that the sentences of a block tell of the index that they name last before them."""
    for low, high in split_sentences(where.text):
        for found in _RANKED_RE.finditer(where.text, low, high):
            names = [*_INDEX_RE.finditer(where.text, low, found.start())]
            names += _SHORT_RE.finditer(where.text, low, found.start())
            if not names or not _THIRD_RE.search(found.group()):
                continue
            around = where.text[max(one.end() for one in names) : found.start()]
            behind = where.text[found.end() : min(high, found.end() + _BEHIND)]
            aside = _NO_FACT_RE.search(where.text[low : found.start()]) or _SOME_RE.search(behind)
            if aside or _RANKED_RE.search(around):
                continue
            years = _YEAR_RE.findall(where.text, low, found.start())
            # What tells no time is of now: "nhờ đó chỉ số … lên hạng 12 toàn quốc".
            now = bool(_NOW_RE.search(around)) or (not years and bool(_IN_LAND_RE.match(where.text, found.end())))
            view = where.block.view.start
            span = subject.document.reading.hull(view + found.start("rank"), view + found.end("rank"))
            if span is not None and (now or years):
                place = _Place(0 if now else int(years[-1]), int(found["rank"]), span, where.block.page, told=True)
                told[_name(names[-1].groupdict().get("name") or names[-1].group())].append(place)


def _gather_rows(grid: Grid, told: dict[str, list[_Place]]) -> None:
    """The places that a table has year by year: in a row of the index, or in the column behind its own."""
    years = {at: found for at in grid.columns if len(found := set_of_years(grid.head(at))) == 1}
    by_year = [(at, int(found[0])) for at, found in years.items()]
    for line in grid.lines if by_year else ():
        names = _SHORT_RE.findall(line.label)
        if len(names) == 1 and _RANK_HEAD_RE.search(line.label):
            for column, year in by_year:
                _add(told, names[0], year, line, column)
    for column in grid.columns:
        own = _SHORT_RE.findall(grid.head(column)) or _SHORT_RE.findall(grid.head(column - 1))
        if len(own) != 1 or not _RANK_HEAD_RE.search(grid.head(column)):
            continue
        for line in grid.lines:
            firsts = [cell.text or "" for cell in line.cells[:column]]
            told_years = [
                int(text[-4:]) for text in firsts if re.fullmatch(r"\W*(?:[Nn]ăm\s+)?(?:19|20)\d\d", text)
            ]
            if len(told_years) == 1:
                _add(told, own[0], told_years[0], line, column)


def _add(told: dict[str, list[_Place]], name: str, year: int, line: Line, column: int) -> None:
    value = line.value(column)
    if value is not None and _name(name) in told:
        told[_name(name)].append(_Place(year, int(value), line.span(column), line.page, told=False))


def _held(name: str, places: list[_Place], tally: Tally, by: Rule) -> Iterator[Finding]:
    last = max(one.year for one in places)
    for one in places:
        year = one.year or last
        others = [other for other in places if other is not one and other.year == year != 0]
        ranks = {other.rank for other in others}
        if not one.told or not others:
            continue
        if one.rank in ranks:
            tally.held += 1
        elif len(ranks) == 1 and (one.year == 0 or not others[0].told or others[-1].span.start < one.span.start):
            tally.failed += 1
            rank = next(iter(ranks))
            yield by.finding(
                (one.span,),
                f"ghi {name} xếp thứ {one.rank}, chỗ khác ghi thứ {rank} (năm {year})",
                f"{name} is said to be number {one.rank}, elsewhere number {rank} ({year})",
                stated=str(one.rank),
                expected=str(rank),
                evidence=(others[0].span,),
                suggestion=both("thống nhất thứ hạng", "make the places agree"),
                page=one.page,
            )
