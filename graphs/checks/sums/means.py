"""FIG of a rate of a whole and the rates of its parts: the one lies between the others, as a mean does.

The parts are the levels of government, town and country, men and women: rows of a table that tells each by its
words. They are told in rows that differ by those words alone, or in a bracket behind the rate of the whole.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from graphs.checks.reading.arithmetic import places_of, show
from graphs.checks.reading.named import GENERAL, plain_name, row_place, thing_words
from graphs.checks.reading.periods import same_period
from graphs.checks.reading.prose import Stated, everywhere
from graphs.checks.reading.rows import Grid, Line, grids
from graphs.checks.reading.said import said_figures
from graphs.checks.reading.told import Days, Told, told_cells
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import Bilingual, both
from kb.models import Figure, Finding, Span


@dataclass(frozen=True, slots=True)
class MeanRow:
    """Parts that make a whole, each with the words that name it; `least` are those that there must be.

    `example` names one of them.
    """

    name: str
    parts: tuple[tuple[str, str], ...]
    least: frozenset[str]
    source: str
    example: str


_BODY = r"(?:các\s+)?(?:ủy ban nhân dân|đơn vị|cơ quan(?:\s+chuyên môn)?|khối)?\s*"
MEANS: tuple[MeanRow, ...] = (
    MeanRow(
        "cấp chính quyền",
        (
            (
                "tỉnh",
                rf"(?:các\s+)?sở\s*,(?:\s*ban\s*,)?\s*ngành(?:\s+(?:thuộc\s+)?(?:cấp\s+)?tỉnh)?|{_BODY}cấp\s+tỉnh",
            ),
            ("huyện", rf"{_BODY}(?:cấp\s+huyện|huyện\s*,\s*thị xã\s*,\s*thành phố)"),
            ("xã", rf"{_BODY}(?:cấp\s+xã|xã\s*,\s*phường(?:\s*,\s*(?:thị trấn|đặc khu))?)"),
        ),
        frozenset({"tỉnh", "xã"}),
        "Luật Tổ chức chính quyền địa phương",
        "UBND cấp huyện",
    ),
    MeanRow(
        "khu vực",
        (
            ("thành thị", r"(?:khu vực\s+|ở\s+|vùng\s+)?(?:thành thị|đô thị)"),
            ("nông thôn", r"(?:khu vực\s+|ở\s+|vùng\s+)?nông thôn"),
        ),
        frozenset({"thành thị", "nông thôn"}),
        "số học",
        "khu vực nông thôn",
    ),
    MeanRow(
        "giới",
        (
            ("nam", r"(?:lao động\s+|học sinh\s+|cán bộ\s+)?nam(?:\s+giới)?"),
            ("nữ", r"(?:lao động\s+|cán bộ\s+)?nữ(?:\s+giới)?"),
        ),
        frozenset({"nam", "nữ"}),
        "số học",
        "nữ giới",
    ),
)
_PART_RES = tuple(
    (
        row,
        tuple(
            (
                part,
                re.compile(
                    rf"\s*(?:,\s*)?(?:\b(?:của|tại|ở|thuộc|do|đối với)\s+)?\b(?:{pattern})\b", re.IGNORECASE
                ),
            )
            for part, pattern in row.parts
        ),
    )
    for row in MEANS
)
_BRACKET_RE = re.compile(r"\([^()]*\)|</?i>|[*_]+")
#: Of two names that share all other words, these still make two things.
_CONTRAST = frozenset(
    ("đúng", "quá", "trễ", "chậm", "chưa", "không", "mới", "trước", "sau", "một", "phần", "trình", "trực", "tiếp")
) | frozenset(("nội", "bộ", "ngoài", "bình", "quân", "lũy", "kế", "khá", "tốt"))
_COVERED_SAID, _COVERED_ROW, _FEWEST_OWN = 0.85, 0.6, 3
#: Behind the rate of a whole, what says that its parts follow.
_FOLLOW_RE = re.compile(r"[^.;%\d]{0,60}?(?:\(|\btrong đó\b|\bcụ thể\b|:)[^%;]{0,60}", re.IGNORECASE)
_GAP = 45
_ALL, _ROUNDED = Decimal(100), Decimal("0.2")


@dataclass(frozen=True, slots=True)
class _Parts:
    """The rows of one rate for the parts of a whole: its words, those of the row over them, the rows by part."""

    grid: Grid
    words: frozenset[str]
    over: Line | None
    lines: tuple[Line, ...]

    def named_by(self, name: frozenset[str]) -> bool:
        """Whether a name is that of the rate of the whole."""
        if len((name & self.words) - GENERAL) < _FEWEST_OWN or (name ^ self.words) & _CONTRAST:
            return False
        over = thing_words(self.over.label.replace("(", " ")) if self.over else frozenset()
        return (
            len(name & (self.words | over)) >= _COVERED_SAID * len(name)
            and len(self.words & name) >= _COVERED_ROW * len(self.words)
            and not any(word.startswith("cấp-") for word in name)
        )


@dataclass(frozen=True, slots=True)
class _Value:
    """A rate with where it stands and what it is called."""

    value: Decimal
    printed: str
    span: Span
    place: Bilingual


def check_means(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A rate of the whole lies between those of its parts."""
    if subject.is_rule():
        return
    for where in everywhere(subject):
        yield from _in_brackets(where, tally)
    cells = [cell for cell in told_cells(subject) if cell.by_row and cell.rate]
    for group in _groups(subject) if cells else ():
        yield from _of_group(subject, group, cells, tally)


def _groups(subject: Subject) -> Iterator[_Parts]:
    for grid in grids(subject.document):
        found: dict[tuple[int, int | None, frozenset[str]], dict[str, Line]] = defaultdict(dict)
        for line in grid.lines:
            for at, part, rest in _part_of(line.label) if line.rate else ():
                found[at, line.parent, thing_words(rest)].setdefault(part, line)
        for (at, parent, words), lines in found.items():
            if MEANS[at].least <= set(lines):
                over = next((line for line in grid.lines if line.at == parent), None)
                yield _Parts(grid, words, over, tuple(lines.values()))


def _part_of(label: str) -> Iterator[tuple[int, str, str]]:
    """The part that a label names, by the row of the table of parts, and the label without it."""
    name = plain_name(_BRACKET_RE.sub(" ", label))
    for at, (_, parts) in enumerate(_PART_RES):
        found = [(part, pattern.sub(" ", name)) for part, pattern in parts if pattern.search(name)]
        if len(found) == 1:
            yield at, *found[0]


def _of_group(subject: Subject, group: _Parts, cells: Sequence[Told], tally: Tally) -> Iterator[Finding]:
    at_time: dict[Days, list[_Value]] = defaultdict(list)
    for cell in cells:
        if any(cell.line is line for line in group.lines):
            at_time[cell.period].append(_value(cell))
    whole: dict[tuple[Days, Decimal], list[_Value]] = defaultdict(list)
    full = {period: parts for period, parts in at_time.items() if len(parts) == len(group.lines)}
    for cell in cells:
        if cell.line is group.over and cell.period in full:
            whole[cell.period, cell.value].append(_value(cell))
    for said in said_figures(subject):
        if said.figure.unit == "%" and not said.planned and any(group.named_by(name) for name in said.names):
            told = _figure_value(said.figure)
            for period in full:
                if same_period(said.period, period):
                    whole[period, told.value].append(told)
    for (period, _), alike in whole.items():
        yield from _between(alike, full[period], tally)


def _value(cell: Told) -> _Value:
    return _Value(cell.value, cell.printed, cell.spans[0], row_place(cell.grid, cell.line))


def _figure_value(figure: Figure) -> _Value:
    return _Value(Decimal(figure.value), figure.printed, figure.span, both("lời văn", "the text"))


def _in_brackets(where: Stated, tally: Tally) -> Iterator[Finding]:
    """``đạt 99,1% (cấp tỉnh 98,5%, cấp huyện 98,9%, cấp xã 98,7%)``."""
    shares = [figure for figure in where.figures if figure.unit == "%" and not figure.of and not figure.bound]
    for at, whole in enumerate(shares[:-2]):
        end = where.sentence_end(where.end(whole))
        gap = where.between(whole, shares[at + 1])
        if where.start(shares[at + 1]) >= end or not _FOLLOW_RE.fullmatch(gap):
            continue
        for row, parts in _PART_RES:
            told = _parts_behind(where, shares[at:], end, parts)
            if row.least <= set(told) and not any(pattern.search(_name(where, whole)) for _, pattern in parts):
                yield from _between([_figure_value(whole)], [_figure_value(one) for one in told.values()], tally)


def _parts_behind(
    where: Stated, shares: Sequence[Figure], end: int, parts: Sequence[tuple[str, re.Pattern[str]]]
) -> dict[str, Figure]:
    """The shares right behind the first, each with the part named before it, up to one that has none."""
    told: dict[str, Figure] = {}
    for before, share in pairwise(shares):
        gap = where.between(before, share)
        named = [part for part, pattern in parts if pattern.search(gap[-_GAP:])]
        if where.start(share) >= end or len(named) != 1 or named[0] in told:
            break
        told[named[0]] = share
    return told


def _name(where: Stated, figure: Figure) -> str:
    return where.text[max(0, where.start(figure) - _GAP) : where.start(figure)]


def _between(alike: Sequence[_Value], parts: Sequence[_Value], tally: Tally) -> Iterator[Finding]:
    first = alike[0]
    half = Decimal(5).scaleb(-places_of(str(first.value)) - 1)
    low, high = min(one.value for one in parts), max(one.value for one in parts)
    if abs(sum((one.value for one in parts), -_ALL)) <= _ROUNDED:
        return  # shares of one whole, and the first is of another
    if low - half <= first.value <= high + half:
        tally.held += len(alike)
        return
    tally.failed += len(alike)
    told = "; ".join(f"{one.place}: {one.printed}" for one in parts)
    told_en = "; ".join(f"{one.place.en}: {one.printed}" for one in parts)
    yield MEAN.finding(
        tuple(one.span for one in alike),
        f"{first.place} ghi chung {first.printed}, ngoài khoảng của các phần ({told})",
        f"{first.place.en}: {first.printed} for the whole, outside those of its parts ({told_en})",
        stated=first.printed,
        expected=f"{show(low)}% – {show(high)}%" if low < high else f"{show(low)}%",
        evidence=tuple(one.span for one in parts),
        suggestion=both(
            "đối chiếu tỷ lệ chung với tỷ lệ từng phần", "compare the rate of the whole with those of its parts"
        ),
    )


MEAN = rule("FIG-262", check_means)
MEAN_RULES = (MEAN,)
