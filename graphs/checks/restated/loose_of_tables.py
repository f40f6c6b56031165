"""The share of a loose word that a table right before it gives: the rate of a row that it names, or of all.

``Hầu hết số hộ của xã Bình Lâm đã đăng ký`` under a table with one column of rates; without a name it is of the
total, and nothing is told where the rate of any row would fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from graphs.checks.lists.rows_told import kind_of, kinds_in
from graphs.checks.reading.arithmetic import read_number, rounds_to
from graphs.checks.reading.named import thing_words
from graphs.checks.reading.prose import Stated
from graphs.checks.reading.rows import Grid, Line
from graphs.checks.restated.all_rows import BEYOND, is_beyond
from graphs.checks.restated.loose_amounts import columns_of_now, named_twos
from graphs.checks.restated.loose_beside import Meant
from graphs.checks.restated.loose_said import LooseSaid, own_words
from graphs.checks.restated.shares_near import Near, is_count
from kb.text.sentences import split_sentences

_RATE_RE = re.compile(r"\bt[ỷỉ] lệ\b|%", re.IGNORECASE)
_CHANGE_RE = re.compile(
    r"\b(?:tăng|giảm|so|cùng kỳ|năm trước|tốc độ|(?:19|20)\d\d|kế hoạch|dự toán|KH|DT)\b|[+/]", re.IGNORECASE
)
_END_RE = re.compile(r"[.;:]")
#: Rows of a kind that are beyond a level.
_BEYOND_RE = re.compile(
    r"\s+(?:(?:số|các|tổng số)\s+)*(?P<noun>[^.;:()\d%]{2,60}?)\s+(?P<what>(?:có|đạt)\s+[^.;:()\d%]{0,60}?)"
    rf"\b(?P<way>{BEYOND})\s+(?:mức\s+)?(?P<level>\d[\d.,]*)(?<![.,])",
    re.IGNORECASE,
)
_EMPTY = frozenset(("có", "đạt", "số", "chỉ", "tỷ", "tỉ", "lệ", "mức", "được", "năm"))
_SUMS_UP_RE = re.compile(r"\W*(?:như vậy|như thế|nghĩa là|có nghĩa là|tức là|vì vậy|do đó)\b", re.IGNORECASE)
_SOME_RE = re.compile(r"\b(?:còn lại|khác|này|đó)\b", re.IGNORECASE)
_BESIDE, _FEWEST, _FULL = 700, 2, 100


def of_table(said: LooseSaid, before: Stated | None, tables: Sequence[Grid]) -> Meant | None:
    """The rate of the row that is named behind a loose word, or of the total, by the table right before it."""
    start = said.where.block.span.start
    above = [grid for grid in tables if 0 <= start - grid.table.span.end <= _BESIDE]
    if not above or said.way or said.loose.is_bound:
        return None
    grid = above[-1]
    rates = {line.at: near for line in grid.lines if (near := _rate(grid, line))}
    clause = said.text[said.loose.end : said.high]
    end = _END_RE.search(clause)
    words = own_words(clause[: end.start()] if end else clause)
    named = [
        line
        for line in grid.lines
        if not line.total and len(own_words(line.label)) >= _FEWEST and own_words(line.label) <= words
    ]
    if named:
        shares = [rates[line.at] for line in named if line.at in rates]
        return Meant(tuple(shares), sure=True) if len(shares) == 1 == len(named) else None
    return _of_all(said, grid, rates, words, before)


def of_rows(said: LooseSaid, tables: Sequence[Grid]) -> Meant | None:
    """How many rows are beyond the level that is told: ``quá nửa số huyện có điểm dưới 89 điểm``."""
    found = _BEYOND_RE.match(said.text, said.loose.end, said.high)
    if not found or said.way or said.loose.is_number or _SOME_RE.search(found["noun"]):
        return None
    level, way, what = read_number(found["level"]), found["way"].lower(), _words(found["what"])
    shares = []
    for grid in tables:
        rows = [line for line in grid.lines if line.label and not line.total]
        kinds, noun = {kind_of(line.label) for line in rows}, kinds_in(found["noun"])
        if len(rows) < _FEWEST + 1 or not noun or not all(kind in noun for kind in kinds):
            continue
        for column in columns_of_now(grid):
            values = [value for line in rows if (value := line.value(column)) is not None]
            if len(values) == len(rows) and what & _words(grid.head(column)):
                so = sum(is_beyond(value, level, way) for value in values)
                spans = tuple(line.span(column) for line in rows)
                told = f"{so}/{len(rows)} dòng của bảng"
                shares.append(Near(Decimal(so) / len(rows) * _FULL, told, 0, 0, spans[:1], counted=True))
    return Meant(tuple(shares), sure=True) if shares else None


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W\d_]+", text.lower())) - _EMPTY


def _of_all(
    said: LooseSaid, grid: Grid, rates: dict[int, Near], words: frozenset[str], before: Stated | None
) -> Meant | None:
    total = [rates[line.at] for line in grid.lines if line.total and line.at in rates]
    if not said.opens or said.is_made or len(total) != 1 or words & _kinds(grid) or _sums_up_counts(said):
        return None
    fits = [one for one in rates.values() if said.loose.fits(one.value)]
    about = thing_words(
        f"{grid.table.caption or ''} {grid.table.title or ''} {' '.join(map(grid.head, grid.columns))}"
    )
    # Or of what the paragraph between the table and this one speaks of.
    again = before is not None and before.block.span.start >= grid.table.span.end
    same = named_twos(said.behind) & named_twos(before.text) if again and before else ()
    return Meant(tuple(fits or total), sure=len(words & about) >= _FEWEST or bool(same))


def _sums_up_counts(said: LooseSaid) -> bool:
    """Whether it concludes from counts in the sentence before it: ``38 tấn chôn lấp, 20 tấn đốt. Như vậy, …``."""
    before = [one for one in split_sentences(said.text) if one[1] <= said.low]
    if not before or not _SUMS_UP_RE.match(said.text, said.low):
        return False
    low, high = before[-1]
    return sum(low <= said.where.start(one) < high and is_count(one) for one in said.where.figures) > 1


def _kinds(grid: Grid) -> frozenset[str]:
    """The words for what each row is: of these a loose word counts rows."""
    labels = [line.label for line in grid.lines if not line.total]
    firsts = [label.lower().split()[0] for label in labels if label.split()]
    often = {word for word in firsts if firsts.count(word) > 1}
    return frozenset(often) | thing_words(" ".join(grid.table.columns[: grid.columns[0]]))


def _rate(grid: Grid, line: Line) -> Near | None:
    """The share that the only column of rates tells of a row, and that two others of its numbers make."""
    heads = [at for at in grid.columns if _RATE_RE.search(grid.head(at)) and not _CHANGE_RE.search(grid.head(at))]
    if len(heads) != 1:
        return None
    value, printed = line.value(heads[0]), line.printed(heads[0])
    if value is None or not 0 <= value <= _FULL or not _is_made(grid, line, heads[0]):
        return None
    told = printed if "%" in printed else f"{printed}%"
    return Near(value, told, 0, 0, (line.span(heads[0]),))


def _is_made(grid: Grid, line: Line, rate: int) -> bool:
    values = [value for at in grid.columns if at != rate and (value := line.value(at)) is not None]
    printed = str(line.value(rate))
    return any(rounds_to(part / whole * _FULL, printed) for part, whole in _two(values))


def _two(values: Sequence[Decimal]) -> Iterator[tuple[Decimal, Decimal]]:
    for part in values:
        for whole in values:
            if 0 < part <= whole and part is not whole:
                yield part, whole
