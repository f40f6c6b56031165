"""Levels that a sentence sets year by year: ``năm 2030: 2.800 hộ; năm 2031: 3.100 hộ``, ``các năm … lần lượt``.

What they measure stands before them, in their sentence or in the goal before; money for each year is no goal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import blake2b

from ingest.figures.measures import PERIOD_RE, measure
from ingest.figures.quantities import Quantity, find_quantities
from ingest.targets.amounts import unit_of
from ingest.targets.levels import modal_ends, read_level
from ingest.targets.papers import year_of
from ingest.targets.setting import LONGEST
from kb.models import Comparator, Document, Target, TextBlock
from kb.text.sentences import split_sentences

_YEAR = r"(?:20\d\d)"
_UNIT = r"(?:(?:\s+|\s?/\s?)[^\W\d_]+[23²³]?){0,6}?"
_NUMBER = r"\d[\d.,]*(?:\s*[-–]\s*\d[\d.,]*)?"
_ONE = rf"(?:năm\s+)?{_YEAR}\s*(?::|là|đạt|giảm|tăng|\s)\s*{_NUMBER}\s*%?{_UNIT}"
#: The year behind its number: "46 - 48 triệu m3 vào năm 2030"
_BY = r"\s+(?:vào|đến|trong)\s+(?:cuối\s+)?năm\s+"
_BEHIND = rf"(?:(?:khoảng|trên|từ|hơn|đạt)\s+)*{_NUMBER}\s*%?{_UNIT}{_BY}{_YEAR}"
#: Pairs of a year and a number, two at least.
_PAIRS_RE = re.compile(
    rf"(?<![\d/.])(?:{_ONE})(?:\s*(?:[;,]|và|,\s*và)\s*(?:{_ONE}))+(?=\s*(?:[;,.()]|$))", re.IGNORECASE
)
_PAIR_RE = re.compile(
    rf"(?:năm\s+)?(?P<year>{_YEAR})\s*(?::|là|đạt|giảm|tăng|\s)\s*(?=(?P<number>\d[\d.,]*\d|\d))", re.IGNORECASE
)
_BEHIND_RE = re.compile(rf"(?<![\d/.,])(?:{_BEHIND})(?:\s*(?:[;,]|và|,\s*và)\s*(?:{_BEHIND}))+", re.IGNORECASE)
_PAIR_BEHIND_RE = re.compile(
    rf"(?P<number>\d[\d.,]*\d|\d)(?:\s*[-–]\s*\d[\d.,]*)?\s*%?{_UNIT}{_BY}(?P<year>{_YEAR})",
    re.IGNORECASE,
)
#: "2030 - 2032 theo năm lần lượt là 42, 36 và 31 người"
_IN_TURN_RE = re.compile(
    rf"(?P<first>{_YEAR})\s*[-–]\s*(?P<last>{_YEAR})[^.;:\d]{{0,40}}\b(?:lần lượt|tương ứng)(?:\s+là)?\s+"
    r"(?=(?P<numbers>\d+(?:[.,]\d+)*\s*%?(?:\s*(?:,|;|và)\s*\d+(?:[.,]\d+)*\s*%?)+))",
    re.IGNORECASE,
)
_MONEY_RE = re.compile(
    r"\b(?:kinh phí|nguồn vốn|vốn|dự toán|ngân sách|chi phí|mức chi|nhu cầu|thu nhập)\b", re.IGNORECASE
)
#: What only says that years follow.
_ONLY_YEARS_RE = re.compile(
    r"\W*(?:(?:\w{1,3}[.)])?\W*(?:chia|phân|tính|cụ thể|trong đó|lộ trình|tiến độ|kế hoạch|chỉ tiêu|mục tiêu"
    r"|theo|từng|các|hằng|hàng|mỗi|ra|năm|như|sau|thực hiện|là|gồm)[\s,:]*)+\W*",
    re.IGNORECASE,
)
#: Words before what a series measures.
_LEADS_RE = re.compile(r"^(?:cụ thể|trong đó|dự kiến|theo đó|ước)[\s,:]+", re.IGNORECASE)
#: Verbs and bounds around what a series measures.
_VERB_RE = re.compile(r"^\s*(?:đạt|là)\s+|(?:\s+(?:khoảng|đạt|trên|dưới|từ|là|hơn))+\s*$")
_RANGE_RE = re.compile(r"\s*[-–]\s*\d")
_UPPER_RE = re.compile(r"\s*[-–]\s*(?P<number>\d+(?:[.,]\d+)*)")
_FEWEST = 2
_METRIC = 240


@dataclass(frozen=True, slots=True)
class Yearly:
    """One level of a series: its year, its number, and what the words before the series say it measures."""

    year: str
    quantity: Quantity
    words: str


def yearly_levels(sentence: str, year: int | None) -> tuple[Yearly, ...]:
    """The levels that a sentence sets for each of several years, none of them before that of the paper.

    >>> [(one.year, one.quantity.value, one.words) for one in yearly_levels("Rừng: 2030: 28 ha; 2031: 3 ha", 2030)]
    [('2030', '28', 'Rừng'), ('2031', '3', 'Rừng')]
    >>> yearly_levels("Trồng rừng: năm 2028: 28 ha; năm 2029: 31 ha", 2030)
    ()
    """
    found = _pairs(sentence, _PAIRS_RE, _PAIR_RE) or _pairs(sentence, _BEHIND_RE, _PAIR_BEHIND_RE)
    found = found or _in_turn(sentence)
    if len(found) < _FEWEST or any(year is not None and int(one.year) < year for one in found):
        return ()
    return () if any(_MONEY_RE.search(one.words) for one in found) else found


def _unit(sentence: str, quantity: Quantity) -> str | None:
    """The unit of a number, that of a range behind its upper end."""
    upper = _UPPER_RE.match(sentence, quantity.end)
    if upper and not quantity.percent:
        quantity = replace(quantity, start=upper.start("number"), end=upper.end())
    return unit_of(sentence, quantity, measure(sentence, quantity).unit)


def _comparator(sentence: str, quantity: Quantity) -> Comparator:
    """How a level is meant; the lower end of a range is the least."""
    told = read_level(sentence, quantity.start, quantity.end)[0]
    ranges = told is Comparator.EQUAL and _RANGE_RE.match(sentence, quantity.end)
    return Comparator.AT_LEAST if ranges else told


def named_by(words: str) -> str | None:
    """What the words before a series measure; None where they only say that years follow."""
    words = _LEADS_RE.sub("", " ".join(PERIOD_RE.sub(" ", words).split())).strip(" ,:;")
    return None if not words or _ONLY_YEARS_RE.fullmatch(words) else words


def _pairs(sentence: str, whole: re.Pattern[str], each: re.Pattern[str]) -> tuple[Yearly, ...]:
    series = whole.search(sentence)
    if series is None:
        return ()
    quantities = {one.start: one for one in find_quantities(sentence)}
    words = _before(sentence[: series.start()])
    pairs = (found for found in each.finditer(sentence, *series.span()) if found.start("number") in quantities)
    return tuple(Yearly(one["year"], quantities[one.start("number")], words) for one in pairs)


def _in_turn(sentence: str) -> tuple[Yearly, ...]:
    found = _IN_TURN_RE.search(sentence)
    if found is None:
        return ()
    years = range(int(found["first"]), int(found["last"]) + 1)
    low, high = found.span("numbers")
    numbers = [one for one in find_quantities(sentence) if low <= one.start < high]
    if len(numbers) != len(years):
        return ()
    words = _before(sentence[: found.start()])
    return tuple(Yearly(str(year), one, words) for year, one in zip(years, numbers, strict=True))


def _before(left: str) -> str:
    """The words before a series without the number of the whole: ``Giải phóng 96 ha còn lại:`` is of that goal."""
    words = re.sub(r"^[\s*_“\"+•–-]*(?:\(?\w{1,3}[.)]\s+|\d{1,2}(?:\.\d{1,2})*\.?\s+)?", "", left)
    aims = modal_ends(words)
    words = words[aims[-1] :] if aims and len(words[aims[-1] :].split()) > 1 else words
    cut = next((one.start for one in find_quantities(words)), None)
    return _VERB_RE.sub("", words if cut is None else words[:cut]).strip(" ,:;")


def targets_by_year(
    document: Document, block: TextBlock, text: str, before: Target | None
) -> Iterator[tuple[int, Target]]:
    """The targets of the series of a paragraph, each with where its number stands in it.

    `before` is the goal before it, of which a series without words of its own is.
    """
    year = year_of(document)
    for low, high in split_sentences(text):
        sentence = text[low:high]
        series = yearly_levels(sentence, year)
        metric = (named_by(series[0].words) or (before and before.metric)) if series else None
        if not metric:
            continue
        units = [_unit(sentence, one.quantity) for one in series]
        shared = next((unit for unit in reversed(units) if unit), None)
        words = " ".join(sentence.split())
        group = blake2b(words.lower().encode(), digest_size=4).hexdigest()
        for one, unit in zip(series, units, strict=True):
            start, end = low + one.quantity.start, low + one.quantity.end
            yield (
                start,
                Target(
                    "",
                    document.reading.hull(block.view.start + low, block.view.start + high),
                    words[:LONGEST],
                    metric[:_METRIC],
                    _comparator(sentence, one.quantity),
                    one.quantity.value,
                    "%" if one.quantity.percent else unit or shared,
                    f"năm {one.year}",
                    eid=block.unit,
                    page=block.page,
                    group=group,
                    level=document.reading.hull(block.view.start + start, block.view.start + end),
                ),
            )
