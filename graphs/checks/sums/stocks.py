"""FIG of the units that a province has: how many districts or communes there are is one number at one time.

Only counts of all of them are read: said to be of the whole province, what is left after a merger, or the whole
of a ratio ("145/145 xã, phường"). What is told of another year, or of some of them, is no count of all. One-stop
shops are held against both together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from graphs.checks.changes.trends import blocks_that_say
from graphs.checks.reading.prose import Stated, everywhere
from graphs.checks.report import Subject, Tally, rule
from kb.bilingual import both
from kb.kept_patterns import patterns_kept
from kb.models import BlockKind, Finding, Severity, Span
from kb.text.sentences import split_sentences
from kb.vocabulary.counts import COUNTS


@dataclass(frozen=True, slots=True)
class Units:
    """The units of one level: how they are called together; `example` is so called, `not_` may be some of them."""

    level: str
    english: str
    noun: str
    example: str
    not_: str

    @property
    def word(self) -> str:
        """The word that stands wherever they are named."""
        return self.level.removeprefix("cấp ")


UNITS: tuple[Units, ...] = (
    Units(
        "cấp xã",
        "communes",
        r"(?:đơn vị(?: hành chính)?|ĐVHC|UBND|Bộ phận [Mm]ột cửa) cấp xã\b"
        r"|(?:UBND )?xã, (?:phường(?:, thị trấn)?|thị trấn)\b",
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
#: The same of a district, in a paper of its own.
_ALL_OF_DISTRICT_RE = re.compile(
    r"(?:\b[Tt]oàn (?:huyện|thị xã|thành phố)"
    r"|\b(?i:huyện|thị xã)(?:\s+[A-ZĐ]\w+){0,3}\s+(?:hiện\s+)?(?:có|còn))[^.;]*$"
)
#: What is said behind of those that are so far: they are some of them.
_SO_FAR_RE = re.compile(
    r"\s+(?:đã|đạt|được|có|hoàn thành|chưa|không|thực hiện|tổ chức|triển khai|còn|bị|đang|vượt|xảy ra"
    r"|thuộc|nằm|công nhận)\b"
)
#: All of them by that word, in digits or in words: "cả mười hai xã, thị trấn".
_ALL_OF_THEM = (
    r"\b(?i:cả|tất cả)\s+(?:(?P<part>\d{1,3})/)?"
    rf"(?P<count>\d{{1,3}}|{'|'.join(sorted(COUNTS, key=len, reverse=True))})\s+"
)
_ALL_OF_THEM_RE = re.compile(_ALL_OF_THEM)
_ALL_WORDS = ("cả ", "Cả ")
#: What is said behind all of them; where they lie, and which they are, makes them some.
_ALL_BY_WORD_BEHIND_RE = re.compile(
    r"\s*(?:[.,;)]|$|đều\b|(?:của|trong|trên địa bàn)\s+(?:toàn\s+)?(?:tỉnh|huyện|thị xã)\b)"
)
#: Of a district that is named, in a paper of a province.
_OF_ONE_RE = re.compile(r"\b(?:huyện|thị xã|thành phố|TP\.?)\s+[A-ZĐ]")
#: That only some are meant, or how many there were before.
_SOME_RE = re.compile(
    r"\b(?:từ|trong đó|gồm|riêng|còn lại|tại|thêm|mới|giảm|tăng|sắp xếp|sáp nhập|nhập|thí điểm"
    r"|trước đó(?: là)?)\s+$"
)
#: How many there were before a merger.
_BEFORE_MERGER_RE = re.compile(r"\b[Tt]rước\s+(?:khi\s+)?(?:thực hiện\s+)?(?:sắp xếp|sáp nhập|hợp nhất)\b[^.;]*$")
_FROM_TO = (
    r"[^.;\d]{0,60}\btừ\s+(?P<part>\d{1,3})(?:\s+đơn vị)?\s+(?:(?:giảm\s+)?xuống\s+còn|giảm còn|xuống|còn)"
    r"\s+(?P<count>\d{1,3})"
)
_DISTRICT_RE = re.compile(r"\b(?:huyện|thị xã|quận)\b", re.IGNORECASE)
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
    places += [one for one in blocks_that_say(subject, _ALL_OF_THEM_RE, _ALL_WORDS) if not one.figures]
    there: list[_Count] = []
    for units in UNITS:
        counts = [count for where in places for count in _counts(subject, where, units)]
        # What there was before a merger may be told of its year.
        before = {count.was for count in counts}
        counts = [count for count in counts if not (count.year and count.value in before)]
        latest = max((count.year for count in counts if count.told), default="")
        told = [count for count in counts if count.told and count.year in ("", latest)]
        there += sorted(told, key=lambda one: one.value)[:1]
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
        known = {count.value for count in counts} | before
        for other in (one for where in places for one in _divided(subject, where, units)) if told else ():
            # Before and after a merger there are as many as is told of each; any other whole leaves some out.
            if other.value not in known and _near(other.value, told[0].value):
                tally.failed += 1
                yield _finding(units, told[0], other, Severity.NOTE)
    if len(there) == len(UNITS):
        yield from _one_stops(subject, places, there, tally)


#: One in each commune and district, and one of the province (Nghị định 61/2018/NĐ-CP, Điều 7).
_ONE_STOP_RE = re.compile(
    r"(?<![\d/.,])(?:(?P<part>\d{2,3})/)?(?P<count>\d{2,3})\s+Bộ phận [Mm]ột cửa\s+"
    r"(?:các cấp|cấp huyện, (?:cấp )?xã)\b"
)


def _one_stops(subject: Subject, places: list[Stated], there: list[_Count], tally: Tally) -> Iterator[Finding]:
    """``138/138 Bộ phận Một cửa các cấp`` are no fewer than districts and communes together."""
    least = sum(one.value for one in there)
    for where in places:
        for found in _ONE_STOP_RE.finditer(where.text) if "ột cửa" in where.text else ():
            count = _count(subject, where, 0, found, told=False)
            if count.value >= least or not _near(count.value, least):
                tally.held += count.value >= least
                continue
            tally.failed += 1
            named = " + ".join(f"“{one.printed}”" for one in there)
            yield STOCK.finding(
                (count.span,),
                f"ghi “{count.printed}”, ít hơn số đơn vị hành chính cấp xã và cấp huyện ({named}: {least}),"
                " mỗi đơn vị có một Bộ phận Một cửa",
                f"“{count.printed}” is stated, fewer than communes and districts ({named}: {least}), each of which"
                " has one",
                stated=str(count.value),
                expected=f">= {least}",
                evidence=tuple(one.span for one in there),
                suggestion=both(
                    "đối chiếu, hoặc nói rõ đơn vị nào không có Bộ phận Một cửa", "compare, or say which has none"
                ),
                page=count.page,
                severity=Severity.NOTE,
            )


@lru_cache(maxsize=4)
@patterns_kept()
def _patterns(units: Units) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """A number of units, all of them by that word, and how many there are left of how many."""
    noun = f"(?:{units.noun})"
    return re.compile(_NUMBER + noun), re.compile(_ALL_OF_THEM + noun), re.compile(noun + _FROM_TO)


def _counts(subject: Subject, where: Stated, units: Units) -> Iterator[_Count]:
    if units.word not in where.text:
        return
    counted, all_of_them, from_to = _patterns(units)
    of_district = any(_DISTRICT_RE.search(issuer.value) for issuer in subject.document.metadata.issuers)
    for low, high in split_sentences(where.text):
        text = where.text[low:high]
        for found in counted.finditer(text):
            before, behind = text[: found.start()], text[found.end() :]
            if _SOME_RE.search(before) or _BEFORE_MERGER_RE.search(before) or int(found["count"]) < 2:
                continue
            whole = found["part"] is not None
            told = not whole and bool(_ALL_BEFORE_RE.search(before) or _ALL_BEHIND_RE.match(behind))
            if not whole and of_district and _ALL_OF_DISTRICT_RE.search(before) and not _SO_FAR_RE.match(behind):
                told = True
            if told or (whole and found["part"] == found["count"]):
                yield _count(subject, where, low, found, told)
        for found in all_of_them.finditer(text) if any(word in text for word in _ALL_WORDS) else ():
            if _ALL_BY_WORD_BEHIND_RE.match(text, found.end()) and (of_district or not _OF_ONE_RE.search(text)):
                yield _count(subject, where, low, found, told=False)
        for found in from_to.finditer(text):
            yield _count(subject, where, low, found, told=True, was=int(found["part"]))


_SUBJECT_RE = re.compile(
    r"(?:Đối với|Trong|Có|Kết quả|Các)\s+(?:các\s+)?(?:UBND|đơn vị(?: hành chính)?|xã, phường(?:, thị trấn)?)?\s*"
    r"(?:cấp\s+(?P<level>xã|huyện))?\b"
)
_RATIO_RE = re.compile(r"(?<![\d/.,])(?P<part>\d{1,3})/(?P<count>\d{2,3})\s+(?:đơn vị|địa phương|xã|UBND)\b")


def _divided(subject: Subject, where: Stated, units: Units) -> Iterator[_Count]:
    """``Đối với UBND cấp xã … 114/128 đơn vị … 14/128 đơn vị``: the whole of ratios whose parts make it."""
    for low, high in split_sentences(where.text) if "/" in where.text else ():
        text = where.text[low:high]
        lead = _SUBJECT_RE.match(text)
        if lead is None or f"cấp {lead['level']}" != units.level:
            continue
        ratios = list(_RATIO_RE.finditer(text))
        wholes = {int(found["count"]) for found in ratios}
        if len(ratios) > 1 and len(wholes) == 1 and sum(int(found["part"]) for found in ratios) in wholes:
            yield _count(subject, where, low, ratios[0], told=False)


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
    printed, year = " ".join(found.group().split()), next(iter(years), "")
    if len(printed) > _SHOWN:
        printed = f"… {printed[-_SHOWN:].partition(' ')[2]}"
    value = COUNTS.get(found["count"].lower()) or int(found["count"])
    return _Count(value, printed, span, year, was, told, where.block.page)


def _one_time(stock: _Count, other: _Count) -> bool:
    """Whether nothing says that one of them is of another time."""
    return not other.year or other.year == stock.year


def _near(one: int, other: int) -> bool:
    low, high = sorted((one, other))
    return (high - low) * 100 <= high * _FAR


def _finding(units: Units, stock: _Count, other: _Count, severity: Severity | None = None) -> Finding:
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
        severity=severity,
    )


STOCK = rule("FIG-281", check_stocks)
STOCK_RULES = (STOCK,)
