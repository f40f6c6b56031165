"""Figures in their places: what each counts or measures, how exactly it is printed, the words around it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache

from graphs.checks.reading.moved import head, scaled
from graphs.checks.reading.prose import Stated, value_as_printed
from graphs.checks.reading.rows import Same
from kb.models import Figure
from kb.text.sentences import split_sentences

_TOKEN_RE = re.compile(r"[^\W\d_]+|\d[\d.,/]*|[^\w\s]")
_BEFORE, _BEHIND = 120, 80
#: What is measured, by the first word of a unit; money and per cent are told apart before, the rest is counted.
_SORTS = {
    word: sort
    for sort, words in (
        ("time", "năm tháng ngày giờ phút tuần quý buổi"),
        ("area", "ha m² m2 km² km2 hecta héc"),
        ("length", "km m mét cm"),
        ("weight", "tấn tạ kg gam g"),
        ("age", "tuổi"),
        ("points", "điểm"),
        ("places", "bậc"),
        ("times", "lần"),
        ("volume", "m³ m3 lít"),
    )
    for word in words.split()
}
#: What is measured and never counted.
MEASURED = frozenset(("area", "length", "weight", "volume"))
#: Weights in kilograms; the unit may begin with so many of it: ``nghìn tấn``.
_WEIGHTS = {"tấn": 1000, "tạ": 100}
_WORD_RE = re.compile(r"[^\W\d_]+")
#: A number behind such a word is a name: ``cấp 1``, ``Phụ lục 2``.
_NAMED_WORDS = (
    "mức cấp số loại hạng khóa khoá khoản điểm điều mục bảng biểu phụ lục hình nhóm thứ quý đợt",
    "kỳ trang cột lớp khối tự mũi tầng vòng chặng",
)
_NAMED = frozenset(" ".join(_NAMED_WORDS).split())
#: Names told one after another: ``số thứ tự 107, 108, 109``.
_NAMES_RE = re.compile(
    rf"\b(?:{'|'.join(sorted(_NAMED))})\s+\d[\d.]*(?:\s*(?:,|và)\s*\d[\d.]*)*\s*(?:,|và)\s*$", re.IGNORECASE
)
#: Marks behind the number of an item.
_ITEM = frozenset("-).")
#: Before a number of what is there no more.
_TAKEN_RE = re.compile(r"\b(?:trừ|giảm|bớt|dừng|bãi bỏ|hủy bỏ|giải thể|sáp nhập|chuyển đi)\b", re.IGNORECASE)
#: A range is no number to work with: ``6-7 ngày``.
_RANGE_BEFORE_RE = re.compile(r"\d\s?[-–]\s?$")
_RANGE_BEHIND_RE = re.compile(r"\s?[-–]\s?\d")
#: Before a number that is told so many times.
_TIMES_BEFORE_RE = re.compile(r"[\d\s][x×*]\s?$")
_YEAR_RE = re.compile(r"(?:19|20)\d\d")
#: Nothing is numbered so high: ``giá khởi điểm 5.060``.
_THOUSANDS_RE = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_HALF = 0.5000001


@dataclass(frozen=True, eq=False)
class Placed:
    """A figure in a text: the how-manieth it is, its sentence, how deep in brackets, its value and its last place.

    `rank` leaves out the numbers before it that only name something. `value` and `step` are in ones (đồng, tấn,
    lượt), `scale` is how many of them its unit is; `of` is the whole of a ratio; `sort` what is measured, ``""``
    where no unit says so.
    """

    where: Stated
    figure: Figure
    at: int
    rank: int
    sentence: int
    start: int
    end: int
    low: int
    high: int
    depth: int
    value: float
    step: float
    scale: float
    of: float | None
    sort: str

    @cached_property
    def before(self) -> list[str]:
        """The words and marks between the figure before and this one, within its sentence."""
        return _TOKEN_RE.findall(self.where.text[max(self.low, self.start - _BEFORE) : self.start].lower())

    @cached_property
    def behind(self) -> list[str]:
        """The words and marks behind it and its unit, up to the next figure."""
        text = self.where.text[self.end : min(self.high, self.end + _BEHIND)].strip().lower()
        return _TOKEN_RE.findall(text.removeprefix(self.unit))

    @cached_property
    def weighed(self) -> dict[tuple[str, str], float]:
        """What the words around it are worth for each way and role, as far as that was asked."""
        return {}

    @cached_property
    def unit(self) -> str:
        """Its unit in small letters, nothing where it has none."""
        return (self.figure.unit or "").lower()

    @cached_property
    def is_name(self) -> bool:
        """Whether it numbers something, is a year, or an end of a range."""
        text = self.where.text
        if _RANGE_BEFORE_RE.search(text[max(0, self.start - 4) : self.start]) or _RANGE_BEHIND_RE.match(
            text, self.end
        ):
            return True
        if self.figure.unit or _THOUSANDS_RE.fullmatch(self.figure.printed):
            return False
        if self.before in ([","], ["và"]) and _NAMES_RE.search(text[max(0, self.start - _BEFORE) : self.start]):
            return True
        if not self.before:
            return self.behind[:1] != [] and self.behind[0] in _ITEM
        if self.before[-2:] == ["hạ", "tầng"]:  # "Phòng Kinh tế và Hạ tầng 01"
            return False
        return self.before[-1] in _NAMED or bool(_YEAR_RE.fullmatch(self.figure.printed))

    @cached_property
    def is_factor(self) -> bool:
        """Whether it is told so many times: ``lề đường 2 x 1,0 m``."""
        return bool(_TIMES_BEFORE_RE.search(self.where.text, max(0, self.start - 4), self.start))

    @cached_property
    def is_taken(self) -> bool:
        """Whether the words before it say that so many are there no more."""
        return bool(_TAKEN_RE.search(self.where.text, self.low, self.start))

    def beside(self, other: Placed) -> float:
        """Its value beside another number: without a unit of its own it is told in the unit of that one."""
        return self.value if self.unit else self.value * other.scale

    def told_as(self, exact: float) -> bool:
        """Whether an exact value, rounded or cut to the places it is printed with, is what it tells."""
        near = abs(exact - self.value) <= max(self.step * _HALF, 1e-9 * abs(self.value))
        return near or self.value <= exact + 1e-9 < self.value + self.step


def placed(where: Stated) -> tuple[Placed, ...]:
    """The figures of a text in their places; read once for all rules."""
    return _placed(Same(where))


@lru_cache(maxsize=1024)
def _placed(read: Same[Stated]) -> tuple[Placed, ...]:
    where = read.it
    text, figures = where.text, where.figures
    sentences = split_sentences(text)
    starts = [low for low, _ in sentences]
    found: list[Placed] = []
    for at, figure in enumerate(figures):
        start, end = where.start(figure), where.end(figure)
        sentence = max(0, bisect_right(starts, start) - 1)
        first, last = sentences[sentence]
        following = where.start(figures[at + 1]) if at + 1 < len(figures) else len(text)
        value, step, scale = _value(figure)
        found.append(
            Placed(
                where,
                figure,
                at,
                found[-1].rank + (not found[-1].is_name) if found else 0,
                sentence,
                start,
                end,
                max(first, found[-1].end if found else 0),
                min(last, following),
                text.count("(", first, start) - text.count(")", first, start),
                value,
                step,
                scale,
                float(figure.of) * scale if figure.of else None,
                sort_of(figure),
            )
        )
    return tuple(found)


def _value(figure: Figure) -> tuple[float, float, float]:
    """The value of a figure, what one in its last printed place is worth, and how many ones its unit is."""
    if figure.unit == "%":
        return float(figure.value), 10.0 ** -len(value_as_printed(figure).partition(".")[2]), 1.0
    value, plain = float(scaled(figure)), float(figure.value)
    scale = value / plain if plain else 1.0
    heavy = next((_WEIGHTS[word] for word in _WORD_RE.findall(figure.unit or "")[:2] if word in _WEIGHTS), 1)
    value, scale = value * heavy, scale * heavy
    return value, 10.0 ** -len(figure.value.partition(".")[2]) * scale, scale


def sort_of(figure: Figure) -> str:
    """What a figure counts or measures; nothing where no unit says so."""
    unit = (figure.unit or "").lower()
    if unit == "%":
        return "%"
    if "usd" in unit:
        return "usd"
    if "/" in unit:
        return unit
    word, _, rest = unit.partition(" ")
    if head(figure) == "đồng":
        if not rest or "đồng" in unit:
            return "đồng"
        word = rest.partition(" ")[0]  # "nghìn tấn"
    return sort_of_unit(word)


def sort_of_unit(unit: str) -> str:
    """What is counted or measured in a unit that is no money nor per cent.

    >>> sort_of_unit("m3"), sort_of_unit("hộ nghèo"), sort_of_unit("")
    ('volume', 'count', '')
    """
    return _SORTS.get(unit.partition(" ")[0], "count") if unit else ""
