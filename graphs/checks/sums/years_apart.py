"""FIG of a total told for some years, and of its division by these years in a paragraph of its own.

``Tổng kinh phí giai đoạn 2026-2028 là 90 tỷ đồng. | Phân kỳ: năm 2026: 20 tỷ đồng; năm 2027: 30 tỷ đồng; …``
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from graphs.checks.reading.arithmetic import show
from graphs.checks.reading.moved import head, in_unit_of, scaled
from graphs.checks.reading.named import GENERAL, thing_words
from graphs.checks.reading.prose import Stated
from graphs.checks.reading.rows import grids
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.models import Figure, Finding, Severity
from kb.text.sentences import split_sentences

_YEAR_RE = re.compile(r"\bnăm\s+(?P<year>20\d\d)\s*(?::|là|cần|bố trí|dự kiến|khoảng)?\s*$", re.IGNORECASE)
_SPAN_RE = re.compile(
    r"(?P<from>20\d\d)\s*[-–]\s*(?P<to>20\d\d)|\btừ năm (?P<a>20\d\d) đến (?:hết )?năm (?P<b>20\d\d)"
)
_TOTAL_RE = re.compile(r"\b(?:tổng(?: cộng| số)?|nhu cầu|kinh phí|vốn|nguồn lực)\b[^.;:()]{0,90}$", re.IGNORECASE)
_CHANGE_RE = re.compile(r"\b(?:tăng|giảm|trong đó|riêng|bình quân)\b[^.;:()]{0,40}$", re.IGNORECASE)
#: Words that only say that there is a division.
_NEUTRAL = frozenset(
    re.findall(r"\w+", "phân kỳ bổ khai chia theo từng năm các như sau cụ thể tổng dự kiến trong đó thực hiện ra")
)
_FEWEST, _AHEAD, _REACH, _NEAR = 3, 40, 3, Decimal("0.25")


@dataclass(frozen=True, slots=True)
class _Division:
    """Parts of years one after another, with the words before the first of them."""

    lead: str
    first: int
    last: int
    parts: tuple[Figure, ...]


def check_years_apart(subject: Subject, texts: Sequence[Stated], tally: Tally, by: Rule) -> Iterator[Finding]:
    """What is told year by year makes the total of these years told shortly before."""
    for at, where in enumerate(texts):
        if where.text.lower().count("năm 20") < _FEWEST:
            continue
        for found in _divisions(where):
            before = [
                one for place in texts[max(0, at - _REACH) : at] for one in _totals(place, found, texts[at - 1])
            ]
            sum_ = sum(map(scaled, found.parts), Decimal(0))
            wholes = {scaled(one) for one in before}
            if len(wholes) != 1 or _is_told(sum_, found, texts, subject):
                tally.held += sum_ in wholes
                continue
            whole = before[-1]
            if abs(scaled(whole) - sum_) <= _NEAR * scaled(whole):
                tally.failed += 1
                yield _finding(whole, found, sum_, by)


def _divisions(where: Stated) -> Iterator[_Division]:
    for low, high in split_sentences(where.text):
        told = [one for one in where.figures if low <= where.start(one) < high]
        years = [
            _YEAR_RE.search(where.text, max(low, where.start(one) - _AHEAD), where.start(one)) for one in told
        ]
        named = [(one, int(year["year"]), year.start()) for one, year in zip(told, years, strict=True) if year]
        parts = [one for one, _, _ in named]
        if (
            len(named) < _FEWEST
            or len(named) != len(told)
            or any(later != earlier + 1 for (_, earlier, _), (_, later, _) in pairwise(named))
            or any(one.of or one.bound or one.unit in (None, "%") for one in parts)
            or len({head(one) for one in parts}) != 1
        ):
            continue
        yield _Division(where.text[low : named[0][2]], named[0][1], named[-1][1], tuple(parts))


def _totals(where: Stated, found: _Division, last: Stated) -> Iterator[Figure]:
    """Totals of a paragraph that are told of these very years, and of what the words over the parts name.

    The paragraph right before may tell no years.
    """
    own = thing_words(found.lead) - GENERAL - _NEUTRAL
    for low, high in split_sentences(where.text):
        sentence = where.text[low:high]
        spans = {(int(one["from"] or one["a"]), int(one["to"] or one["b"])) for one in _SPAN_RE.finditer(sentence)}
        timeless = (
            where is last and "năm 20" not in sentence.lower() and "tổng" in f"{sentence}{found.lead}".lower()
        )
        if (spans or not timeless) and spans != {(found.first, found.last)}:
            continue
        if not own <= thing_words(sentence):
            continue
        for one in where.figures:
            ahead = where.text[low : where.start(one)] if low <= where.start(one) < high else ""
            plain = not one.of and not one.bound and head(one) == head(found.parts[0])
            if plain and _TOTAL_RE.search(ahead) and not _CHANGE_RE.search(ahead):
                yield one
                break


def _is_told(sum_: Decimal, found: _Division, texts: Sequence[Stated], subject: Subject) -> bool:
    """Whether what the parts make is told somewhere: then they are of that."""
    figures = (one for where in texts for one in where.figures if one not in found.parts)
    if any(scaled(one) == sum_ and head(one) == head(found.parts[0]) for one in figures):
        return True
    made = in_unit_of(sum_, found.parts[0])
    cells = (line.value(at) for grid in grids(subject.document) for line in grid.lines for at in grid.columns)
    return any(value is not None and value == made for value in cells)


def _finding(whole: Figure, found: _Division, sum_: Decimal, by: Rule) -> Finding:
    made = show(in_unit_of(sum_, whole))
    words = f"{' + '.join(one.printed for one in found.parts)} = {made}"
    return by.finding(
        (whole.span,),
        f"ghi {whole.printed} {whole.unit or ''} cho các năm {found.first}-{found.last}, nơi khác chia ra {words}",
        f"{whole.printed} is stated for {found.first}-{found.last}, elsewhere it is divided into {words}",
        stated=whole.printed,
        expected=made,
        evidence=tuple(one.span for one in found.parts),
        suggestion=both("đối chiếu số tổng với số từng năm", "compare the total with the years"),
        severity=Severity.WARNING,
        page=whole.page,
    )
