"""FIG of a total and its parts that stand apart: in the one place how many there are, in another how they divide.

``Kiểm tra 120 cơ sở`` … ``Kiểm tra theo vùng: miền Bắc 48 cơ sở, miền Trung 27 cơ sở, miền Nam 43 cơ sở``. A list
of parts that tells no total has a name before its colon; a number of that name and unit, in the text or in a row
of a table, is their total where it is their sum or a slip away from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from graphs.checks.reading.arithmetic import mistyped, show
from graphs.checks.reading.named import GENERAL, row_place, thing_words
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.reading.rows import grids
from graphs.checks.report import Subject, Tally, rule
from graphs.checks.sums.shared_out import check_shared_out
from graphs.checks.sums.years_apart import check_years_apart
from kb.bilingual import both
from kb.models import Figure, Finding, Severity, Span
from kb.text.sentences import split_sentences

#: What leads to parts, with the name of what they divide before it.
_LEAD_RE = re.compile(
    r"(?P<name>[^.;:()\d]{6,90}?)\s*"
    r"(?:\(?\btheo\s+[^.;:()\d]{2,40}|,?\s*\b(?:bao gồm|gồm|trong đó|chia ra|cụ thể))?\s*:\s"
    r"|(?P<of>[^.;:()\d]{6,90}?)\s+(?:bao gồm|gồm)\s",
    re.IGNORECASE,
)
_YEAR_RE = re.compile(r"\s*(?:\b(?:sang|trong|của|đến)\s+)?\bnăm\s+(?:19|20)\d\d")
_ORDINAL_RE = re.compile(r"^\s*(?:\d+(?:\.\d+)*[.)]|[a-zđ]\)|[-+])\s*")
#: Words behind which a number is no part of what is divided.
_ASIDE_RE = re.compile(
    r"%|\(|\b(?:tăng|giảm|so với|trong đó|bằng|đạt|vượt|bình quân|mỗi|còn|trước ngày|từ)\b", re.IGNORECASE
)
_FEWEST_PARTS, _FEWEST_WORDS, _LEAST = 3, 2, 100


@dataclass(frozen=True, slots=True)
class _Parts:
    """Parts that tell no total, with the words for what they divide."""

    where: Stated
    name: frozenset[str]
    figures: tuple[Figure, ...]

    @property
    def values(self) -> list[Decimal]:
        """How much each is."""
        return [Decimal(one.value) for one in self.figures]

    @property
    def unit(self) -> str:
        """What all are counted in."""
        return self.figures[-1].unit or ""


@dataclass(frozen=True, slots=True)
class _Total:
    """A number that has the name of some parts."""

    value: Decimal
    printed: str
    span: Span
    place: str
    place_en: str


def check_split_apart(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """Parts told without their total make what is told of it elsewhere."""
    texts = stated(subject) if not subject.is_rule() else ()
    for where in texts:
        for parts in _parts(where):
            totals = [*_in_text(parts, texts), *_in_tables(parts, subject)]
            yield from _held_against(parts, totals, tally)
    yield from check_shared_out(texts, tally, SPLIT_APART)
    yield from check_years_apart(subject, texts, tally, SPLIT_APART)


def _parts(where: Stated) -> Iterator[_Parts]:
    text = where.text
    for low, high in split_sentences(text) if len(where.figures) >= _FEWEST_PARTS else ():
        if ":" not in text[low:high] and "gồm" not in text[low:high]:
            continue
        start = low + (found.end() if (found := _ORDINAL_RE.match(text[low:high])) else 0)
        words = _YEAR_RE.sub(lambda year: " " * len(year.group()), text[start:high])
        lead = _LEAD_RE.match(words)
        if not lead:
            continue
        name = thing_words(lead["name"] or lead["of"]) - GENERAL
        inside = [one for one in where.figures if start + lead.end() <= where.start(one) < high]
        parts = tuple(_listed(where, start + lead.end(), inside))
        if len(name) >= _FEWEST_WORDS and len(parts) >= _FEWEST_PARTS and parts[-1].unit not in (None, "%"):
            yield _Parts(where, name, parts)


def _listed(where: Stated, low: int, figures: Sequence[Figure]) -> Iterator[Figure]:
    """The first figures of one unit that only commas set apart, up to another thing."""
    unit = next((one.unit for one in figures if one.unit), None)
    for one in figures:
        gap = where.text[low : where.start(one)]
        if one.unit not in (unit, None) or one.of or one.bound or _ASIDE_RE.search(gap):
            return
        yield one
        low = where.end(one)
        if ";" in gap or re.match(r"\s*[.;]", where.text[low : low + 2]):
            return


def _in_text(parts: _Parts, texts: Sequence[Stated]) -> Iterator[_Total]:
    for where in texts:
        for one in where.figures:
            if one.unit != parts.unit or one.of or one.bound or one in parts.figures:
                continue
            if parts.name <= thing_words(one.what or ""):
                yield _Total(Decimal(one.value), one.printed, one.span, "lời văn", "the text")


def _in_tables(parts: _Parts, subject: Subject) -> Iterator[_Total]:
    for grid in grids(subject.document):
        for line in grid.lines:
            words = thing_words(line.label) - GENERAL
            if line.rate or words != parts.name:
                continue
            place = row_place(grid, line)
            for column in grid.columns:
                value = line.value(column)
                if value is not None:
                    yield _Total(value, line.printed(column), line.span(column), str(place), place.en)


def _held_against(parts: _Parts, totals: Sequence[_Total], tally: Tally) -> Iterator[Finding]:
    values = parts.values
    sum_ = sum(values, Decimal(0))
    if any(one.value == sum_ for one in totals):
        tally.held += 1
        return
    near = [
        one for one in totals if one.value >= _LEAST and one.value > max(values) and mistyped(one.value, values)
    ]
    if not near:
        return
    one = near[0]
    tally.failed += 1
    words = f"{' + '.join(show(value) for value in values)} = {show(sum_)}"
    yield SPLIT_APART.finding(
        (one.span,),
        f"ghi {one.printed} ({one.place}), nơi khác chia ra {words}",
        f"{one.printed} is stated ({one.place_en}), elsewhere it is divided into {words}",
        stated=one.printed,
        expected=show(sum_),
        evidence=tuple(part.span for part in parts.figures),
        suggestion=both("đối chiếu số tổng với các phần", "compare the total with its parts"),
        severity=Severity.WARNING,
        page=parts.where.block.page,
    )


SPLIT_APART = rule("FIG-276", check_split_apart)
SPLIT_APART_RULES = (SPLIT_APART,)
