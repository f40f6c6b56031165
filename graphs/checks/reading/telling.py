"""A number of a paper with the words that tell what it is of, in three circles.

Its own words stand around it, or name its row and column; then those of its clause, or of the rows over it; then
those of its place: leads, headings, the title of its table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache

from graphs.checks.reading.arithmetic import digits_of, places_of
from graphs.checks.reading.moved import MONEY, scaled
from graphs.checks.reading.named import PLAIN
from graphs.checks.reading.phrases import Pair, times_in, words_of
from graphs.checks.reading.rows import Grid, Line, names_rate
from graphs.checks.reading.said import MONEY_RE
from kb.models import Figure, Span, ValueKind

#: Words that say how a number stands to another one, to a plan or to a result, and nothing of its thing.
_EMPTY = PLAIN | frozenset(
    re.findall(
        r"\w+",
        "tỷ tỉ triệu nghìn ngàn đồng kết quả th kh tth uth ưth dt thực hiện kế hoạch giao mục tiêu ước trong đó"
        " bằng là tăng giảm hơn chiếm đạt lên trên dưới gồm bao cộng lệ phấn đấu tối thiểu đa trở chỉ",
    )
)
#: What stands before or around a number and makes it another one than the whole, the value, of its thing.
MARKS: tuple[tuple[str, str], ...] = (
    (
        "change",
        r"\b(?:(?<!gia )(?<!giá trị gia )tăng|giảm(?! nghèo)|vượt|hụt|thêm|chênh lệch|cao hơn|thấp hơn)\b"
        r"(?:(?! (?:lên|xuống)\b)[^,:;.\d]){0,25}$",
    ),
    ("from", r"\btừ\s*$"),
    ("rest", r"\b(?:còn lại|còn|chưa)\b"),
    ("part", r"\b(?:trong đó|riêng|ngoài ra|bổ sung|nhóm)\b"),
    ("total", r"\b(?:tổng|cộng|toàn)\b"),
    ("mean", r"\b(?:bình quân|trung bình|mỗi|từng)\b|/(?:năm|người|hộ|tháng)"),
    ("cumulative", r"\bl[ũu][yỹ] kế\b"),
    ("compared", r"\b(?:so với|cùng kỳ|năm trước|kỳ trước|quý trước|năm học trước|trước đây|trước khi)\b"),
    ("extreme", r"\b(?:cao|thấp|nhiều|ít) nhất\b"),
)
_MARKS = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in MARKS)
AIMS_RE = re.compile(
    r"\b(?:mục tiêu|chỉ tiêu|nhiệm vụ|phương hướng|kế hoạch|dự toán|định hướng|phấn đấu|giải pháp)\b",
    re.IGNORECASE,
)
#: Heads of columns that hold what is to be reached.
PLAN_HEAD_RE = re.compile(
    r"\b(?:KH|DT|NQ|giao|kế hoạch|dự toán|mục tiêu|chỉ tiêu|phấn đấu|nhu cầu|quy hoạch|mức phải đạt"
    r"|yêu cầu|nghị quyết)\b",
    re.IGNORECASE,
)
#: Times, scores and sizes are set anew for each thing.
TERM_RE = re.compile(r"(?:ngày|tháng|năm|giờ|phút|tuần|quý|điểm|mm|cm|m|kg|g|kw|lít|độ)\b", re.IGNORECASE)
BRACKET_RE = re.compile(r"\([^()]*\)")
_BEFORE_ONLY = ("change", "from")
#: Parts of a paper that tell again what others told, or what is to follow; a heading may run on into its text.
_RETELLS_RE = re.compile(
    r"đánh giá|nhận xét|kết luận|ưu điểm|nổi bật|hạn chế|tồn tại|khó khăn|vướng mắc|nguyên nhân|kiến nghị|đề nghị"
    r"|đề xuất|phương hướng|nhiệm vụ|giải pháp|mục tiêu|chỉ tiêu|khái quát|tóm tắt|kính trình",
    re.IGNORECASE,
)
_GOALS_RE = re.compile(r"mục tiêu|chỉ tiêu|phương hướng|nhiệm vụ|định hướng", re.IGNORECASE)
_HEADING = 40
_DECIMALS_RE = re.compile(r"\d,(\d+)(?![\d.])")
_MEASURE_RE = re.compile(
    r"\((?!(?:tính|thời|đến|lũy|năm|quý|tháng|gồm|trong|theo|không|kể|giá)\b)([^()]{1,40})\)"
    r"|(?:đvt|đơn vị(?: tính)?)\s*:?\s*([^,;)]{1,25})|\s((?:nghìn |triệu |tỷ |tỉ )+đồng)\s*$",
    re.IGNORECASE,
)
_SHORT, _DIGITS, _LONG = 2, 3, 1000


Words = frozenset[str]
Aim = tuple[bool, bool, bool]
Known = Callable[[Decimal], bool]


@dataclass(frozen=True, slots=True)
class Saying:
    """What is said around a number: pairs of words of its own, the words of its clause, of its place.

    `way` is that of a change (*tăng*, *giảm*); `aim` says whether it is to be reached by its own words, by its
    clause, by its place; `retold` is the heading of a part that tells again what others told.
    """

    pairs: frozenset[Pair]
    clause: Words
    over: Words
    times: frozenset[str]
    marks: frozenset[str]
    way: str
    aim: Aim
    retold: str
    names: Words
    levels: Words


@dataclass(frozen=True, eq=False)
class Telling:
    """A number and where it stands.

    `kind` is ``%``, ``money`` or empty for what is counted or measured; `value` is in đồng where it is money,
    `step` one of its last printed place. `place` is its block or table, `circle` its clause or row, `text` its
    clause, or row and column. What is said of it is worked out when asked for.
    """

    span: Span
    page: int | None
    printed: str
    unit: str
    kind: str
    value: Decimal
    step: Decimal
    of: str | None
    place: tuple[str, int]
    circle: tuple[str, int, int]
    led: tuple[str, ...]
    text: str
    called: str
    cell: tuple[Grid, Line, int] | None
    name: Callable[[], Words]
    say: Callable[[], Saying]

    @cached_property
    def own(self) -> Words:
        """The words of its own."""
        return self.name()

    @cached_property
    def said(self) -> Saying:
        """What is said around it."""
        return self.say()

    @cached_property
    def digits(self) -> str:
        """Its digits from the first to the last that is not 0."""
        return digits_of(self.value)

    @cached_property
    def rare(self) -> bool:
        """Whether it has so many digits that another number is hardly the same by chance."""
        return len(self.digits) >= _DIGITS

    @cached_property
    def ahead(self) -> bool:
        """Whether it stands in the text under a heading of what is to be reached."""
        return self.cell is None and _GOALS_RE.search(self.said.retold[:_HEADING]) is not None

    @property
    def head(self) -> str:
        """The words over the column of a cell."""
        return self.cell[0].head(self.cell[2]) if self.cell else ""

    @property
    def told(self) -> str:
        """The number as printed with what it counts."""
        return self.printed if self.unit in ("", "%") else f"{self.printed} {self.unit}"

    @cached_property
    def noun(self) -> str:
        """The first word of what is counted; none of money and shares."""
        return self.unit.split(" ")[0] if not self.kind else ""


def kind_of(unit: str) -> str:
    """The `kind` of a number by its unit, in small letters."""
    return "%" if unit == "%" else "money" if MONEY_RE.match(unit) else ""


def telling_of(
    figure: Figure,
    place: tuple[str, int],
    circle: tuple[str, int, int],
    led: tuple[str, ...],
    text: str,
    called: str,
    name: Callable[[], Words],
    say: Callable[[], Saying],
) -> Telling:
    """The telling of a figure that is no cell of its own."""
    value, printed, unit = Decimal(figure.value), scaled(figure), (figure.unit or "").lower()
    return Telling(
        figure.span,
        figure.page,
        figure.printed,
        unit,
        kind_of(unit),
        printed,
        (printed / value if value else Decimal(1)).scaleb(-places_printed(figure.value, figure.printed)),
        figure.of,
        place,
        circle,
        led,
        text,
        called,
        None,
        name,
        say,
    )


#: A number with nothing, or nothing with the words of a clause, row or head.
Read = tuple[Telling | None, Iterable[str] | None]


def tells_apart(value: Decimal) -> bool:
    """Whether a number is long enough to be known again: smaller ones are everywhere.

    >>> (
    ...     tells_apart(Decimal("93.5")),
    ...     tells_apart(Decimal("83.0")),
    ...     tells_apart(Decimal(5500)),
    ...     tells_apart(Decimal(90)),
    ... )
    (True, True, True, False)
    """
    return (
        value >= _LONG
        or len(digits_of(value)) >= _DIGITS
        or len(value.as_tuple().digits) >= _DIGITS > value.adjusted() + 1
    )


def known_among(values: Iterable[Decimal]) -> Known:
    """What can be known again among some numbers: long ones, and of two digits those also told turned about.

    >>> known = known_among([Decimal(84), Decimal(48), Decimal(57)])
    >>> known(Decimal(84)), known(Decimal(57)), known(Decimal(570_000))
    (True, False, True)
    """
    told = {(digits, value.adjusted()) for value in set(values) if len(digits := digits_of(value)) == _SHORT}
    turned = {(one, size) for one, size in told if one[0] != one[1] and (one[::-1], size) in told}
    return lambda value: tells_apart(value) or (digits_of(value), value.adjusted()) in turned


def carrying(words: Iterable[str]) -> Words:
    """The words that say something of a thing."""
    return frozenset(word for word in words if word not in _EMPTY and word[0].isalpha())


@lru_cache(maxsize=1024)
def retells(heading: str) -> bool:
    """Whether a heading is that of a part that tells again what others told."""
    return _RETELLS_RE.search(heading) is not None


@lru_cache(maxsize=4096)
def carrying_in(text: str) -> Words:
    """The words of a text that say something of a thing."""
    return carrying(words_of(text))


def first_times(*texts: str) -> frozenset[str]:
    """The times that the first of some texts tells that tells any."""
    return next(filter(None, map(times_in, texts)), frozenset())


def retold_of(over: Iterable[str]) -> str:
    """The heading of a part that tells again what others told; empty in other parts."""
    return next((heading for heading in over if retells(heading[:_HEADING])), "")


def as_printed(value: Decimal, printed: str) -> Decimal:
    """A number with the decimals that it is printed with.

    >>> as_printed(Decimal(83), "83,0%"), as_printed(Decimal("93.5"), "93,5")
    (Decimal('83.0'), Decimal('93.5'))
    """
    places = places_printed(str(value), printed)
    return value.quantize(Decimal(1).scaleb(-places)) if places else value


@lru_cache(maxsize=4096)
def places_printed(value: str, printed: str) -> int:
    """How many decimals a number is printed with: ``35,0`` has one, though its value has none."""
    digits = _DECIMALS_RE.search(printed)
    return max(places_of(value), len(digits[1]) if digits else 0)


def about(figure: Figure, exact: Decimal) -> bool:
    """Whether an exact value is less than one off in the last place of a figure, as what is rounded twice is."""
    last = Decimal(1).scaleb(-places_printed(figure.value, figure.printed))
    return abs(exact - Decimal(figure.value)) < last


def marks_of(text: str, *before: str) -> frozenset[str]:
    """The `MARKS` of a number, by all its words and by what leads to it: text before it, or a row and a head."""
    return frozenset(
        name for name, pattern in _MARKS if any(map(pattern.search, before if name in _BEFORE_ONLY else (text,)))
    )


def measured_in(line: Line, column: int, own: Iterable[str], over: Iterable[str]) -> tuple[str, str, Decimal]:
    """Of what kind a cell is, what it is measured in, and how many đồng one of it is where that is money.

    The row and the head say it, else the table.
    """
    near = [line.unit, *(measure for text in own for measure in _measures(text))]
    percent = line.cells[column].value.kind is ValueKind.PERCENT
    if percent or "%" in near or names_rate(line.label) or any(map(names_rate, own)):
        return "%", "%", Decimal(1)
    said = [measure for measure in near if measure]
    money = next(filter(MONEY_RE.match, said or [measure for text in over for measure in _measures(text)]), "")
    if money:
        return "money", money, Decimal(10) ** MONEY.get(money.split()[0], 0)
    measure = next(iter(said), "")
    return "", measure, Decimal(10) ** MONEY.get(measure.split(" ")[0], 0)


@lru_cache(maxsize=4096)
def _measures(text: str) -> tuple[str, ...]:
    """The measures that brackets, or words for them, tell: ``Kinh phí (tỷ đồng)``."""
    found = (part for parts in _MEASURE_RE.findall(text) for part in parts)
    return tuple(part.strip().lower() for part in found if part.strip())
