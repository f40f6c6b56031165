"""The values that a paper has of things named, in sets of which each member is told in one way.

A set is a column of a table (each row names a value), a row (each head does), the items of a list, the numbers of
a paragraph. What all its members are called says nothing; what is left tells one from another.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import groupby

from graphs.checks.reading.forms import CAPITAL
from graphs.checks.reading.moved import head, scaled
from graphs.checks.reading.phrases import Phrase, read_phrases, words_of
from graphs.checks.reading.rows import Grid, Line, Same, grids
from graphs.checks.reading.telling import PLAN_HEAD_RE, measured_in
from graphs.checks.report import Subject
from kb.models import Figure, Span

Words = frozenset[str]

#: Words that name nothing: of grammar, of telling, of comparing.
_NO_NAME = (
    "của các những và với ở tại từ cho là có được đã thì số phần mức con ước hiện thu đạt cả vẫn cũng còn bị do"
    " nhiều cao lớn đông rộng dài nặng nhanh tăng giảm hơn gấp lần so này đó khi trong trên nêu chỉ riêng mới nay"
    " năm tổng cộng triệu tỷ nghìn đồng theo việc mỗi một tính chung về vào đến tới lên ra lại rất khoảng gần bằng"
    " trị gồm nguồn nhóm khối loại đều ngay nơi đứng thứ nhất vị trí dẫn cách mạnh"
)
EMPTY = frozenset(_NO_NAME.split())
_BRACKET_RE = re.compile(r"\([^()]*\)")
#: A kind of place before its name, which the text may leave out.
_KIND_RE = re.compile(
    r"\b(?:[Hh]uyện(?: đảo)?|[Xx]ã|[Pp]hường|[Qq]uận|[Tt]hị (?:trấn|xã)|[Tt]hành phố|TP\.?|[Đđ]ặc khu)"
    rf"\s+(?={CAPITAL})"
)
_MEASURED_IN = "kg tấn tạ ha km m m2 m² m3 m³ km2 km² lít điểm mw mwh kwh bậc usd g"
_MEASURES = frozenset(_MEASURED_IN.split())
_NO_COLUMN_RE = re.compile(
    r"%|\bt[ỷỉ] (?:lệ|trọng)|tăng|giảm|so (?:với|sánh)|chênh lệch|\bstt\b|\btt\b|xếp hạng|thứ hạng|ghi chú", re.I
)
_YEAR_RE = re.compile(r"^\s*(?:năm\s+)?(?P<year>(?:19|20)\d\d)\s*$", re.IGNORECASE)
#: Where the words before a number begin that name it, and where those behind it end.
_CUT_RE = re.compile(r"[;,(]|[.:]\s|\b(?:và|trong đó|gồm|với|tăng|giảm)\b", re.IGNORECASE)
_LABEL_RE = re.compile(r"(?P<label>[^.;:,()]{3,80}):\s*(?:là\s+|có\s+|đạt\s+)?$")
_OPENED_RE = re.compile(r"(?P<label>[^.;:,()]{3,80})\(\s*(?:là\s+|đạt\s+|chiếm\s+|với\s+)?$")
_END_RE = re.compile(r"[;:(),.]|\s(?:và|trong đó|gồm|tăng|giảm|chiếm|đạt|bằng|so với)\s|\d", re.IGNORECASE)
_CHANGED_RE = re.compile(
    r"\b(?:(?:tăng|giảm|thêm|hụt)\s+(?:\w+\s+)?|(?:hơn|kém|vượt)\s+[^,;.()\d]{0,60})$", re.IGNORECASE
)
_REACH, _SHORT = 90, range(2, 6)
_MOST_MEMBERS = 80


@dataclass(frozen=True, slots=True, eq=False)
class Member:
    """A value with the words that name it in its set."""

    words: Words
    value: Decimal
    span: Span
    printed: str
    unit: str


@dataclass(frozen=True, slots=True, eq=False)
class NamedSet:
    """Values that are named in one way: its members, the words about all, where it stands, of what sort it is."""

    members: tuple[Member, ...]
    about: Words
    over: Words
    at: int
    place: tuple[str, int, int]

    def own(self) -> tuple[Words, ...]:
        """What tells each member from the others: the words that it alone has, else those that few have."""
        held = Counter(word for one in self.members for word in one.words)
        many = max(2, (len(self.members) + 1) // 2)
        alone = [frozenset(word for word in one.words if held[word] == 1) - EMPTY for one in self.members]
        few = [frozenset(word for word in one.words if held[word] < many) - EMPTY for one in self.members]
        return tuple(own or others for own, others in zip(alone, few, strict=True))

    def named(self, words: Words) -> Member | None:
        """The one member that some words name; None for none or several.

        All that is its own is among the words, or all of the words are its own.
        """
        said = words - EMPTY
        found: list[tuple[Decimal, int, Member]] = []
        for own, one in zip(self.own(), self.members, strict=True):
            common = said & own
            if common and (own <= words or said <= one.words):
                found.append((Decimal(len(common)) / len(said | own), len(common), one))
        found.sort(key=lambda row: (row[1], row[0]), reverse=True)
        if not found or (
            len(found) > 1 and found[0][:2] == found[1][:2] and found[0][2].value != found[1][2].value
        ):
            return None
        return found[0][2]


def named_sets(subject: Subject) -> tuple[NamedSet, ...]:
    """The sets of a paper; read once for all rules."""
    return _named_sets(Same(subject))


@lru_cache(maxsize=2)
def _named_sets(read: Same[Subject]) -> tuple[NamedSet, ...]:
    subject = read.it
    return (*_of_tables(grids(subject.document)), *_of_text(read_phrases(subject).found))


def unit_of(figure: Figure) -> str:
    """What a number of the text is measured in; nothing of what is counted, one noun beside another."""
    unit = head(figure)
    return unit if unit in ("%", "đồng") or unit in _MEASURES else ""


def words_said(text: str) -> Words:
    """The words of a text, without what stands in brackets and kinds of places.

    >>> sorted(words_said("Huyện Đông Sơn (miền núi) và thị trấn Vạn Hà"))
    ['hà', 'sơn', 'và', 'vạn', 'đông']
    """
    return frozenset(words_of(_KIND_RE.sub(" ", _BRACKET_RE.sub(" ", text))))


def _of_tables(tables: Sequence[Grid]) -> Iterator[NamedSet]:
    for number, grid in enumerate(tables):
        over = words_said(f"{grid.table.title or ''} {grid.table.caption or ''}")
        start = min(
            (span.start for row in grid.table.rows for cell in row.cells for span in cell.spans), default=0
        )
        plain = [at for at in grid.columns if not _NO_COLUMN_RE.search(grid.head(at))]
        for column in plain:
            if all(_YEAR_RE.fullmatch(line.printed(column) or "2000") for line in grid.lines):
                continue
            members = [_cell(grid, line, column, _name(line)) for line in grid.lines if not line.rate]
            yield from _set(members, words_said(grid.head(column)), over, start, ("column", number, column))
        for line in grid.lines if len(plain) > 1 else ():
            heads = [_cell(grid, line, column, frozenset(words_of(grid.head(column)))) for column in plain]
            if not any(PLAN_HEAD_RE.search(grid.head(column)) for column in plain):
                yield from _set(heads, words_said(line.label), over, start, ("row", number, line.at))


def _name(line: Line) -> Words:
    """The words of a row, those before a colon where few are; its year, where it has no other name."""
    years = (_YEAR_RE.search(cell.text or "") for cell in line.cells[:3])
    name, mark, _ = line.label.partition(":")
    label = name if mark and len(name.split()) in _SHORT else line.label
    return words_said(label) or frozenset(found["year"] for found in years if found)


def _cell(grid: Grid, line: Line, column: int, words: Words) -> Member | None:
    value = line.value(column)
    if value is None or not words:
        return None
    own, above = (
        (line.label, grid.head(column)),
        (f"({grid.table.measure or ''})", grid.table.title or "", grid.table.caption or ""),
    )
    kind, unit, scale = measured_in(line, column, own, above)
    return Member(
        words, value * scale, line.span(column), line.printed(column), "đồng" if kind == "money" else unit
    )


def _set(
    members: Iterable[Member | None], about: Words, over: Words, at: int, place: tuple[str, int, int]
) -> Iterator[NamedSet]:
    """The members of one unit each as a set; of a paragraph a number alone is one too."""
    by_unit: dict[str, list[Member]] = defaultdict(list)
    for one in members:
        if one is not None and one.value > 0:
            by_unit[one.unit].append(one)
    for told in by_unit.values():
        if (place[0] != "text") < len(told) <= _MOST_MEMBERS:
            yield NamedSet(tuple(told), about, over, at, place)


def _of_text(phrases: Sequence[Phrase]) -> Iterator[NamedSet]:
    """The numbers of each sentence and paragraph, and those that the items of a list begin with."""
    items: list[Phrase] = []
    led: tuple[str, ...] = ()
    for where, group in groupby(phrases, key=lambda one: one.told.where):
        told = [
            one for one in group if not (one.figure.of or one.figure.bound or one.figure.unit in ("lần", "năm"))
        ]
        at = where.block.view.start
        yield from _set(map(_number, told), frozenset(), frozenset(), at, ("text", at, 0))
        if not told:
            continue
        own = told[0].told.led
        if items and own != led:
            yield from _list(items)
            items = []
        led = own
        if own:
            items.append(told[0])
    yield from _list(items)


def _list(items: Sequence[Phrase]) -> Iterator[NamedSet]:
    if len(items) > 1:
        about = words_said(items[0].told.led[0])
        at = items[-1].told.where.block.view.start
        yield from _set(map(_number, items), about, frozenset(), at, ("list", at, 0))


def _number(one: Phrase) -> Member | None:
    """A number of the text with the words right beside it; none of a change."""
    where, figure = one.told.where, one.figure
    low, start, end = one.clause.start, where.start(figure), where.end(figure)
    low = max([low, *(where.end(other) for other in where.figures if where.end(other) <= start)])
    before, behind = where.text[low:start], where.text[end : end + _REACH]
    if _CHANGED_RE.search(before):
        return None
    label = _LABEL_RE.search(before) or _OPENED_RE.search(before)
    cuts = [cut.end() for cut in _CUT_RE.finditer(before)]
    before = label["label"] if label else before[cuts[-1] if cuts else 0 :]
    stop = _END_RE.search(behind)
    words = words_said(f"{before} , {figure.unit or ''} {behind[: stop.start() if stop else None]}")
    return Member(words, scaled(figure), figure.span, figure.printed, unit_of(figure))
