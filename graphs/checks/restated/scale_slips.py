"""FIG of units: a number that fits the numbers it is worked out with but for its unit.

``Kế hoạch 126,8 tỷ đồng; đã giải ngân 103,4 triệu đồng, đạt 81,5%``: the digits are those of 81,5 %, the units are
not. What any numbers give in the units that are printed is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from graphs.checks.reading.arithmetic import digits_of, rounds_to, show
from graphs.checks.reading.moved import RISES
from graphs.checks.reading.prose import Stated, rate_link, stated, value_as_printed
from graphs.checks.reading.unit_words import WholeUnit, unit_behind
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.models import Figure, Finding, Severity
from kb.text.sentences import split_sentences

_HUNDRED = Decimal(100)
#: Between a number and its rate: that it is a share, or that it rose or fell by it.
_GROWN_RE = re.compile(r"[^.;%]{0,40}?\b(?P<way>tăng|giảm|vượt|cao hơn|thấp hơn)\s*(?:khoảng\s*)?$", re.IGNORECASE)
_OPEN_RE = re.compile(r"[^.;%\d]{0,40}\(\s*(?:chiếm|đạt|bằng|tỷ lệ)?\s*$", re.IGNORECASE)
#: Behind a rate: of a whole that is told elsewhere.
_WHOLE_RE = re.compile(
    r"\s*(?:so với\s+|của\s+|trên\s+)?(?:tổng|kế hoạch|dự toán|chỉ tiêu|vốn|số vốn|tổng mức|mức|số)\b",
    re.IGNORECASE,
)
_DIFFERS_RE = re.compile(
    r"\b(?:tiết kiệm|giảm trừ|cắt giảm|chênh lệch|còn thiếu|còn lại|còn nợ|còn dư|còn|thiếu|thừa|dư|hụt|vượt|tăng"
    r"|giảm|loại trừ|xuất siêu|nhập siêu|bội chi|bội thu|chưa giải ngân)"
    r"(?:\s+(?:được|thêm|là|khoảng|cho|ngân sách|nhà nước|qua|số tiền))*\s*$",
    re.IGNORECASE,
)
#: From a total to its first part.
_MADE_OF_RE = re.compile(r"[^.:()\d]{0,60}?(?:\b(?:gồm|trong đó|cụ thể)\b|:|\()[^.;()\d]{0,60}", re.IGNORECASE)
_BEFORE, _BLOCKS, _DIGITS, _MOST_PARTS = 40, 12, 3, 8


@dataclass(frozen=True, slots=True)
class _Measured:
    """A number with its whole unit and the how-manieth its sentence is."""

    figure: Figure
    where: Stated
    unit: WholeUnit | None
    sentence: int

    @property
    def value(self) -> Decimal:
        return Decimal(self.figure.value)

    @property
    def telling(self) -> bool:
        """Whether it has so many digits that few are like it."""
        return len(digits_of(self.value)) >= _DIGITS

    def apart(self, other: _Measured) -> bool:
        """Whether both measure alike in units that are many times each other."""
        return bool(self.unit and other.unit and self.unit.times(other.unit) not in (0, 1))

    def in_unit_of(self, other: _Measured) -> Decimal | None:
        """The value in the unit of another number; None where they do not measure alike."""
        many = self.unit.times(other.unit) if self.unit and other.unit else Decimal(0)
        return self.value * many if many else None


def check_scale_slips(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """Shares, changes, differences and sums whose digits are right and whose units are not."""
    before: list[list[_Measured]] = []
    for where in stated(subject):
        here = _measured(where)
        near = [one for block in before[-_BLOCKS:] for one in block if _one_section(block, where)]
        found = [*_rates(where, here, near), *_differences(where, here), *_sums(here)]
        tally.failed += len(found)
        for one, words, terms in found:
            yield _finding(by, one, words, terms)
        before.append(here)


_Slip = tuple[_Measured, str, tuple[_Measured, ...]]


def _measured(where: Stated) -> list[_Measured]:
    ends = [high for _, high in split_sentences(where.text)]
    return [
        _Measured(
            figure,
            where,
            unit_behind(where.text, where.end(figure))
            if figure.unit not in (None, "%") and not figure.of
            else None,
            sum(end <= where.start(figure) for end in ends),
        )
        for figure in where.figures
    ]


def _one_section(block: Sequence[_Measured], where: Stated) -> bool:
    return bool(block) and block[0].where.block.unit == where.block.unit


def _rates(where: Stated, here: Sequence[_Measured], near: Sequence[_Measured]) -> Iterator[_Slip]:
    for at in range(1, len(here)):
        part, rate = here[at - 1], here[at].figure
        if (
            rate.unit != "%"
            or rate.of
            or part.unit is None
            or not part.telling
            or part.sentence != here[at].sentence
        ):
            continue
        gap = where.between(part.figure, rate)
        grown = _GROWN_RE.fullmatch(gap)
        if (
            not (grown or rate_link(gap) or _OPEN_RE.fullmatch(gap))
            or len(rate.value.replace(".", "")) < _DIGITS - 1
        ):
            continue
        wholes = [one for one in here if one is not part and abs(one.sentence - part.sentence) <= 1]
        if _WHOLE_RE.match(where.text, where.end(rate)):
            wholes += [one for one in near if one.telling]
        terms = [one for one in wholes if one.value and one.figure.unit != "%"]
        way = grown["way"].lower() if grown else ""
        if any(
            (value := part.in_unit_of(one)) is not None and _gives(value, one.value, rate, way) for one in terms
        ):
            continue
        for one in terms:
            if one.apart(part) and _gives(part.value, one.value, rate, way):
                sum_ = f"({_show(part)} - {_show(one)}) / {_show(one)}" if way else f"{_show(part)} / {_show(one)}"
                odd = _odd(part, one, terms)
                yield odd, f"{sum_} = {rate.printed}", (part if odd is one else one, here[at])
                break


def _gives(part: Decimal, whole: Decimal, rate: Figure, way: str) -> bool:
    exact = part / whole * _HUNDRED
    if way:
        exact = exact - _HUNDRED if way in RISES else _HUNDRED - exact
    return exact > 0 and rounds_to(exact, value_as_printed(rate))


def _odd(part: _Measured, whole: _Measured, terms: Sequence[_Measured]) -> _Measured:
    """Of two numbers the one whose unit the others of their kind do not have."""
    like_part, like_whole = (
        sum(one not in (part, whole) and bool(one.unit and one.unit.times(its) == 1) for one in terms)
        for its in (part.unit, whole.unit)
        if its is not None
    )
    return whole if like_part > like_whole else part


def _differences(where: Stated, here: Sequence[_Measured]) -> Iterator[_Slip]:
    for at, told in enumerate(here):
        if told.unit is None or not told.telling or at < 2:
            continue
        start = where.start(told.figure)
        if not _DIFFERS_RE.search(where.text, max(0, start - _BEFORE), start):
            continue
        terms = [one for one in here[:at] if one.unit and told.sentence - one.sentence <= 1]
        for one, other in combinations(terms, 2):
            alike = one.unit is not None and other.unit is not None and one.unit.times(other.unit) == 1
            if alike and told.apart(one) and one.telling and abs(one.value - other.value) == told.value:
                larger, smaller = sorted((one, other), key=lambda term: -term.value)
                yield told, f"{_show(larger)} - {_show(smaller)} = {told.figure.printed}", (one, other)
                break


def _sums(here: Sequence[_Measured]) -> Iterator[_Slip]:
    """A total whose digits are those of a sum of numbers beside it, not all of them in its unit."""
    for at, told in enumerate(here):
        if told.unit is None or not (told.telling or _leads_to_parts(here, at)):
            continue
        for run in (here[at + 1 : at + 1 + _MOST_PARTS], here[max(0, at - _MOST_PARTS) : at][::-1]):
            parts = _parts(told, run)
            odd = [one for one in parts if one.apart(told)]
            if odd:
                wrong = told if len(odd) == len(parts) else odd[0]
                others = (told, *parts)
                yield (
                    wrong,
                    f"{' + '.join(map(_show, parts))} = {told.figure.printed}",
                    tuple(one for one in others if one is not wrong),
                )
                break


def _leads_to_parts(here: Sequence[_Measured], at: int) -> bool:
    """Whether the words behind a number lead to all its parts: then few digits tell enough."""
    told, first = here[at], here[at + 1] if at + 1 < len(here) else None
    return first is not None and bool(_MADE_OF_RE.fullmatch(told.where.between(told.figure, first.figure)))


def _parts(told: _Measured, run: Sequence[_Measured]) -> list[_Measured]:
    """The first numbers of a run whose digits add up to those of a total; none where none do or units fit."""
    parts: list[_Measured] = []
    exact = Decimal(0)
    for one in run:
        value = one.in_unit_of(told)
        if value is None or abs(one.sentence - told.sentence) > 1:
            break
        parts.append(one)
        exact += value
        if len(parts) > 1 and exact == told.value:
            break
        if len(parts) > 1 and sum(part.value for part in parts) == told.value:
            return parts
    return []


def _show(one: _Measured) -> str:
    return show(one.value, 4)


def _finding(by: Rule, one: _Measured, words: str, terms: tuple[_Measured, ...]) -> Finding:
    stated_ = f"{one.figure.printed} {one.unit.printed if one.unit else ''}".strip()
    other = next((term.unit.printed for term in terms if term.unit and term.apart(one)), "")
    return by.finding(
        (one.figure.span,),
        f"ghi {stated_}, nhưng số ấy khớp với {words} khi tính theo {other}: khác nhau ở đơn vị",
        f"{stated_} is stated, but {words} holds in {other}: the units differ",
        stated=stated_,
        expected=other or None,
        evidence=tuple(term.figure.span for term in terms),
        suggestion=both("xem đơn vị nào gõ sai", "see which of the units is wrong"),
        severity=Severity.WARNING,
        page=one.where.block.page,
    )
