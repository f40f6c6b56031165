"""FIG of a number that the text tells under the names of a row and of a column, and that is not in that cell.

``riêng nhóm cấp đổi có 41 hồ sơ quá hạn`` beside the row *Cấp đổi* and the column *Quá hạn*: all that stands
between the name of the row and the number, and behind it, is of the head of the column. Of a row that has most,
the columns in which it does are meant: ``Tổ 4 có số hộ cao nhất (35 hộ)``. Even a short number told like that is
no other.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from graphs.checks.reading.moved import head
from graphs.checks.reading.named import row_place, with_unit
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.reading.rows import RATE_RE, Grid, Line, grids
from graphs.checks.reading.said import PLANNED_RE
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.models import Figure, Finding
from kb.text.sentences import split_sentences

_MARK_RE = re.compile(r"^\W*(?:(?:\d+|[ivx]+|[a-zđ])[.)]\s+)?")
_TAIL_RE = re.compile(r"(?:\s*\([^()]*\)|[\s.:;*]+)+$")
_NO_NAME_RE = re.compile(r"(?:tổng|cộng|chung|toàn|cả|tỷ lệ|tỉ lệ|số|mức|diện tích)\b")
_WORD_RE = re.compile(r"[^\W\d_]+")
_BRACKET_RE = re.compile(r"\(([^()]*)\)")
#: Words of a head, and words around a number, that say nothing of what is counted.
_EMPTY = frozenset(re.findall(r"\w+", "số của các và lượng tổng trong được tỷ tỉ lệ"))
_PLAIN = frozenset(
    re.findall(
        r"\w+",
        "có là đạt với được số của các và lượng tổng trong đã chỉ mới tới đến riêng cả nhiều ít cao thấp lớn nhỏ"
        " đông nhất đứng đầu dẫn ghi nhận xảy ra toàn tỉnh huyện xã thành phố vẫn tuy chiếm tỷ tỉ trọng lệ giữ vai"
        " trò chủ lực về đàn lĩnh vực địa phương đơn vị nơi mức bệnh loại nhóm án tiếp",
    )
)
#: Words of another time, of a change or of a plan, in a clause or in a head.
_OTHER_RE = re.compile(
    r"\b(?:tăng|giảm|thêm|so|cùng kỳ|năm trước|kỳ trước|kế hoạch|chỉ tiêu|mục tiêu|dự toán|phấn đấu|bình quân|mỗi"
    r"|hơn|kém|từ|xuống|vượt|chênh|thiếu|(?:19|20)\d\d|quý|tháng|lũy kế|tối thiểu|%)(?!\w)",
    re.IGNORECASE,
)
#: Before the name of a row that is one of several told together, and before one that is what another thing has.
_SEVERAL_RE = re.compile(r"(?:\bvà|,|\bcùng|\bhai|\bba|\bbốn|\bcác|\bcộng|\bngoài|\btrừ|\d)[^,;.]{0,14}$")
_OWNED_RE = re.compile(r"\b(?:có|là|về|của|diện tích|tỷ lệ|số|với|đạt)\b[^,;:.()]*$")
_WHEN_RE = re.compile(r"\b(?:19|20)\d\d\b|cùng kỳ|năm trước|kỳ trước|năm ngoái|\bquý\b|\btháng\b")
#: A column of another time than that of the paper, or of no results.
_NO_RESULT_RE = re.compile(r"kế hoạch|dự toán|chỉ tiêu|mục tiêu|bình quân|cùng kỳ|\bso\b|tăng|giảm|trước|\w/\w")
_YEAR_RE = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_STOPS_RE, _BEHIND_RE = re.compile(r"[;:.](?=\s)"), re.compile(r"[,;.()]|\bvà\b")
_MOST_RE = re.compile(r"\b(?:nhiều|cao|lớn|đông)\b[^,;.()\d]{0,40}?\bnhất\b|\b(?:dẫn|đứng) đầu\b")
#: Behind what is most, a share of all is told besides.
_SHARE_RE = re.compile(r"\bvà\s+(?:\w+\s+)?chiếm(?:\s+(?:tới|khoảng|gần|hơn))*\s*$")
_LEAST_RE = re.compile(r"\b(?:ít|thấp|nhỏ)\b[^,;.()\d]{0,40}?\bnhất\b")
_MEASURES = frozenset(
    re.findall(r"\w+", "đồng ha m2 km m m3 tấn tạ kg lít gam điểm ngày giờ tháng năm kwh mw usd")
)
_TAKES_RE = re.compile(r"\bchiếm\s*$")
_OF_ALL_RE = re.compile(r"\b(?:cơ cấu|tỷ trọng|tỷ phần|chiếm|tổng)\b|^\W*tỷ lệ\W*$", re.IGNORECASE)
_SHORTEST, _FEWEST, _ROWS, _FAR, _BEFORE, _BEHIND = 4, 2, 3, 70, 40, 60
_ALL = 101  # a hundred, and what rounding adds

Row = tuple[Grid, Line]


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell with the words of the head of its column."""

    grid: Grid
    line: Line
    column: int
    words: frozenset[str]

    @property
    def value(self) -> Decimal | None:
        """What it holds."""
        return self.line.value(self.column)

    @property
    def is_rate(self) -> bool:
        """Whether it tells a share or a rate."""
        title = self.grid.head(self.column)
        return "%" in title + self.line.printed(self.column) or bool(RATE_RE.search(title)) or self.line.rate


@dataclass(frozen=True, slots=True)
class _Said:
    """A number with the words before the name of its row, those from there to it, and those behind it."""

    figure: Figure
    before: str
    between: str
    behind: str

    @property
    def unit(self) -> frozenset[str]:
        """The words of its unit."""
        return frozenset(_WORD_RE.findall((self.figure.unit or "").lower()))

    @property
    def words(self) -> frozenset[str]:
        """All that is said of it behind the name of its row."""
        return self.unit | frozenset(_WORD_RE.findall(f"{self.between} {self.behind}"))


def check_cells_named(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """A number told by the names of one row and one column is that of their cell."""
    rows = {} if subject.is_rule() else _rows(subject)
    if not rows:
        return
    names = "|".join(sorted(map(re.escape, rows), key=len, reverse=True))
    named = re.compile(rf"(?<!\w)(?:{names})(?!\w)")
    for where in stated(subject):
        for name, said in _told(where, named):
            cells = _cells(rows[name])
            told = _extreme(said, cells) or _plain(said, cells)
            if not told:
                continue
            value = Decimal(said.figure.value)
            if any(cell.value == value for cell in told):
                tally.held += 1
            elif all(line.value(at) != value for _, line in rows[name] for at in range(len(line.cells))):
                tally.failed += 1
                yield _finding(by, said.figure, min(told, key=lambda cell: abs((cell.value or value) - value)))


def _rows(subject: Subject) -> dict[str, list[Row]]:
    """The rows by name, in small letters; those of all things, and those that say what is measured, have none."""
    found: dict[str, list[Row]] = defaultdict(list)
    for grid in grids(subject.document):
        for line in grid.lines:
            name = _MARK_RE.sub("", _TAIL_RE.sub("", " ".join(line.label.lower().split())))
            if len(name) >= _SHORTEST and not line.total and not _NO_NAME_RE.match(name):
                found[name].append((grid, line))
    return found


def _told(where: Stated, named: re.Pattern[str]) -> Iterator[tuple[str, _Said]]:
    """The numbers of a text with the name of a row before each, no other number between."""
    text = where.text.lower()
    for start, end in split_sentences(where.text) if len(text) == len(where.text) else ():
        rows = list(named.finditer(text, start, end))
        figures = [one for one in where.figures if rows and start <= where.start(one) < end]
        for at, figure in enumerate(figures):
            low, high = where.end(figures[at - 1]) if at else start, where.start(figure)
            row = next((one for one in reversed(rows) if low <= one.start() and one.end() <= high), None)
            if row is None or figure.of or figure.bound or "/" in (figure.unit or ""):
                continue
            between, limit = text[row.end() : high], min(end, where.end(figure) + _BEHIND)
            behind = _BEHIND_RE.split(text[where.end(figure) : limit])[0]
            said = _Said(figure, text[max(start, row.start() - _BEFORE) : row.start()], between, behind)
            around = f"{said.before} {between} {behind}"
            if len(between) <= _FAR and not _SEVERAL_RE.search(said.before) and not PLANNED_RE.search(around):
                yield row.group(), said


def _cells(rows: Sequence[Row]) -> list[_Cell]:
    """The cells of results of some rows, of several years those of the last."""
    found = []
    for grid, line in rows:
        last = max((year for at in grid.columns for year in _YEAR_RE.findall(grid.head(at))), default="")
        for column in grid.columns:
            title = grid.head(column).lower()
            years = _YEAR_RE.findall(title)
            if not _NO_RESULT_RE.search(title) and (not years or max(years) == last):
                words = _WORD_RE.findall(_BRACKET_RE.sub("", title))
                found.append(_Cell(grid, line, column, frozenset(words) - _EMPTY))
    return [cell for cell in found if cell.value is not None]


def _plain(said: _Said, cells: Sequence[_Cell]) -> list[_Cell]:
    """The only cell that a number is told of by all words around it; none for several."""
    between = said.between
    if said.figure.unit == "%" or _OTHER_RE.search(f"{said.before} {between} {said.behind}"):
        return []
    fit = [
        one
        for one in cells
        if len(one.words) >= _FEWEST
        and one.words <= said.words
        and not one.words <= said.unit
        and said.words <= one.words | said.unit | _PLAIN | _over(one.grid)
        and not _OTHER_RE.search(one.grid.head(one.column))
        and _is_of_unit(one, said.figure)
    ]
    most = max((len(one.words) for one in fit), default=0)
    fit = [one for one in fit if len(one.words) == most]
    return fit if len(fit) == 1 and not _STOPS_RE.search(between) else []


def _extreme(said: _Said, cells: Sequence[_Cell]) -> list[_Cell]:
    """The cells in which a row is said to have most, or least, and does; where a head is said, those under it."""
    most, least = _MOST_RE.search(said.between), _LEAST_RE.search(said.between)
    if bool(most) == bool(least) or _OTHER_RE.search(said.between) or _OWNED_RE.search(said.before):
        return []
    if _WHEN_RE.search(said.before) or _SHARE_RE.search(said.between):
        return []
    kind = said.figure.unit == "%"
    if _TAKES_RE.search(said.between):  # a share of all is told of no other rate
        cells = [one for one in cells if _OF_ALL_RE.search(one.grid.head(one.column)) and _may_add_up(one)]
    fit = [
        one
        for one in cells
        if one.is_rate == kind and _is_beyond(one, bool(most)) and (kind or _is_of_unit(one, said.figure))
    ]
    around = said.words | frozenset(_WORD_RE.findall(said.before))
    between = frozenset(_WORD_RE.findall(said.between)) - _PLAIN - said.unit
    full = [one for one in fit if one.words and one.words <= around]
    longest = max((len(one.words) for one in full), default=0)
    full = [one for one in full if len(one.words) == longest and between <= one.words]
    if full:
        return full
    return fit if all(between <= one.words and (kind or _is_counted(one, said.figure)) for one in fit) else []


def _is_beyond(cell: _Cell, most: bool) -> bool:
    """Whether a row alone has the most, or the least, of a column."""
    values = [one.value(cell.column) for one in cell.grid.lines if not one.total]
    known = sorted(value for value in values if value is not None)
    if len(known) < _ROWS:
        return False
    first, second = (known[-1], known[-2]) if most else (known[0], known[1])
    return cell.value == first != second


def _may_add_up(cell: _Cell) -> bool:
    """Whether the rates of a column may be shares of one whole: those of a plan come to more than all."""
    values = (one.value(cell.column) for one in cell.grid.lines if not one.total)
    return not cell.is_rate or sum(value for value in values if value is not None) <= _ALL


def _is_of_unit(cell: _Cell, figure: Figure) -> bool:
    """Whether a cell tells its number in the unit of a figure, as far as head, row and title say."""
    unit, noun = (figure.unit or "").lower(), head(figure)
    said = _BRACKET_RE.findall(f"{cell.grid.head(cell.column)} {cell.line.label}".lower())
    said = [one.strip() for one in (*said, cell.line.unit.lower()) if one.strip()]
    if said:
        return unit in said or (noun in said and noun not in _MEASURES)
    return noun not in _MEASURES or unit in f"{cell.grid.over} {cell.grid.table.caption or ''}".lower()


def _is_counted(cell: _Cell, figure: Figure) -> bool:
    """Whether a head, a row or a title names what a figure counts."""
    words = f"{cell.grid.head(cell.column)} {cell.line.unit} {cell.line.label} {cell.grid.over}".lower()
    return head(figure) in _WORD_RE.findall(words) or (figure.unit or "-").lower() in words


def _over(grid: Grid) -> frozenset[str]:
    """The words of the title of a table."""
    return frozenset(_WORD_RE.findall(f"{grid.table.title or ''} {grid.table.caption or ''}".lower()))


def _finding(by: Rule, figure: Figure, cell: _Cell) -> Finding:
    place, printed = row_place(cell.grid, cell.line), cell.line.printed(cell.column)
    column = cell.grid.head(cell.column)
    return by.finding(
        (figure.span,),
        f"lời văn ghi {with_unit(figure)}; {place}, cột {column}, ghi {printed}",
        f"the text says {with_unit(figure)}; {place.en}, column {column}, has {printed}",
        stated=figure.printed,
        expected=printed,
        evidence=(cell.line.span(cell.column),),
        suggestion=both(
            "đối chiếu lời văn với bảng, thống nhất một số liệu",
            "compare the text with the table and keep one number",
        ),
        page=figure.page,
    )
