"""FIG of the units that a province has: how many districts or communes there are is one number at one time.

Only counts of all of them are read: said to be of the whole province, what is left after a merger, or the whole of
a ratio ("145/145 xã, phường"). What is told of another year, or of some of them, is no count of all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graphs.checks.prose import Stated, everywhere
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.models import BlockKind, Finding, Span
from kb.text.sentences import split_sentences


@dataclass(frozen=True, slots=True)
class Units:
    """The units of one level: how they are called together; `example` is so called, `not_` may be some of them."""

    level: str
    english: str
    noun: str
    example: str
    not_: str


UNITS: tuple[Units, ...] = (
    Units(
        "cấp xã",
        "communes",
        r"(?:đơn vị(?: hành chính)?|ĐVHC|UBND|Bộ phận [Mm]ột cửa) cấp xã\b|(?:UBND )?xã, phường(?:, thị trấn)?\b",
        "132 đơn vị hành chính cấp xã",
        "12 xã đạt chuẩn",
    ),
    Units(
        "cấp huyện",
        "districts",
        r"(?:đơn vị(?: hành chính)?|ĐVHC|UBND|Bộ phận [Mm]ột cửa) cấp huyện\b"
        r"|(?:UBND )?huyện(?:, thị xã)?, thành phố\b",
        "09 huyện, thị xã, thành phố",
        "03 huyện nghèo",
    ),
)
_NUMBER = r"(?<![\d/.,])(?:(?P<part>\d{1,3})/)?(?P<count>\d{1,3})\s+"
#: That all are meant, before the number or behind the noun.
_ALL_BEFORE_RE = re.compile(
    r"(?:\btổng số|\btoàn tỉnh|\bcả tỉnh|\btỉnh(?:\s+[A-ZĐ]\w+){0,3}\s+(?:hiện\s+)?(?:có|còn)|\b(?:xuống|giảm)"
    r" còn)[^.;]*$"
    r"|\b[Hh]iện(?:\s+nay)?(?:\s+có)?\s+$"
)
_ALL_BEHIND_RE = re.compile(r"[\s,]*(?:trên địa bàn tỉnh|của tỉnh|của toàn tỉnh)\b")
#: That only some are meant, or how many there were before.
_SOME_RE = re.compile(
    r"\b(?:từ|trong đó|gồm|riêng|còn lại|tại|thêm|mới|giảm|tăng|sắp xếp|sáp nhập|nhập|thí điểm"
    r"|trước đó(?: là)?)\s+$"
)
_FROM_TO = (
    r"[^.;\d]{0,60}\btừ\s+(?P<part>\d{1,3})(?:\s+đơn vị)?\s+(?:(?:giảm\s+)?xuống\s+còn|giảm còn|xuống|còn)"
    r"\s+(?P<count>\d{1,3})"
)
#: A document that is cited, with its day.
_CITED_RE = re.compile(r"\bsố\s+\S*\d\S*/\S+(?:\s+ngày\s+[\d/]+)?")
_YEAR_RE = re.compile(r"(?<![\d/.])(?:19|20)\d\d|(?<=/)(?:19|20)\d\d")
#: So far apart, in parts of a hundred of the larger, two counts are of two things.
_FAR = 25
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class _Count:
    value: int
    printed: str
    span: Span
    year: str
    was: int | None
    told: bool
    page: int | None


def check_stocks(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """How many communes, or districts, there are is told alike, but for what is told of another time."""
    if subject.is_rule():
        return
    places = list(everywhere(subject))
    for units in UNITS:
        counts = [count for where in places for count in _counts(subject, where, units)]
        # What there was before a merger may be told of its year.
        before = {count.was for count in counts}
        counts = [count for count in counts if not (count.year and count.value in before)]
        latest = max((count.year for count in counts if count.told), default="")
        told = [count for count in counts if count.told and count.year in ("", latest)]
        seen: set[frozenset[int]] = set()
        for stock in told:
            for other in counts:
                pair = frozenset((stock.value, other.value))
                if stock.value == other.value:
                    tally.held += other is not stock
                elif pair not in seen and _one_time(stock, other) and _near(*pair):
                    seen.add(pair)
                    tally.failed += 1
                    yield _finding(units, stock, other)


def _counts(subject: Subject, where: Stated, units: Units) -> Iterator[_Count]:
    for low, high in split_sentences(where.text):
        text = where.text[low:high]
        for found in re.finditer(_NUMBER + f"(?:{units.noun})", text):
            before, behind = text[: found.start()], text[found.end() :]
            if _SOME_RE.search(before) or int(found["count"]) < 2:
                continue
            whole = found["part"] is not None
            told = not whole and bool(_ALL_BEFORE_RE.search(before) or _ALL_BEHIND_RE.match(behind))
            if told or (whole and found["part"] == found["count"]):
                yield _count(subject, where, low, found, told)
        for found in re.finditer(f"(?:{units.noun}){_FROM_TO}", text):
            yield _count(subject, where, low, found, told=True, was=int(found["part"]))


def _count(
    subject: Subject, where: Stated, low: int, found: re.Match[str], told: bool, was: int | None = None
) -> _Count:
    before = found.string[: found.end()]
    years = _YEAR_RE.findall(_CITED_RE.sub(" ", before))[-1:]
    at = where.block.view.start + low
    figure = next(
        (one for one in where.figures if where.start(one) <= low + found.start("count") < where.end(one)), None
    )
    if figure:
        span = figure.span
    elif where.block.kind is BlockKind.TABLE:
        span = where.block.span
    else:
        span = subject.document.reading.hull(at + found.start("count"), at + found.end("count"))
    printed, year = " ".join(found.group().split())[-_SHOWN:], next(iter(years), "")
    return _Count(int(found["count"]), printed, span, year, was, told, where.block.page)


def _one_time(stock: _Count, other: _Count) -> bool:
    """Whether nothing says that one of them is of another time."""
    return not other.year or other.year == stock.year


def _near(one: int, other: int) -> bool:
    low, high = sorted((one, other))
    return (high - low) * 100 <= high * _FAR


def _finding(units: Units, stock: _Count, other: _Count) -> Finding:
    return STOCK.finding(
        (other.span,),
        f"ghi “{other.printed}”, chỗ khác ghi “{stock.printed}”: số đơn vị {units.level} khác nhau",
        f"“{other.printed}” is stated, elsewhere “{stock.printed}”: the number of {units.english} differs",
        stated=str(other.value),
        expected=str(stock.value),
        evidence=(stock.span,),
        suggestion=both(
            "đối chiếu phạm vi và thời điểm của hai chỗ (trước hay sau sắp xếp)",
            "compare the scope and the time of the two places (before or after a merger)",
        ),
        page=other.page,
    )


STOCK = rule("FIG-281", check_stocks)
STOCK_RULES = (STOCK,)
