"""What another paragraph tells year by year of the thing that a claim is about.

``kiểm tra 96 cơ sở: năm 2021 21 cơ sở, năm 2022 24 cơ sở …`` is what ``số cơ sở được kiểm tra năm sau ít hơn năm
trước`` is held against, where it alone counts that thing and has most of the words.
"""

from __future__ import annotations

import re

from graphs.checks.reading.course import Course, told_course
from graphs.checks.reading.named import GENERAL, thing_words
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.reading.yearly import Series, yearly_series
from graphs.checks.report import Subject
from kb.models import Figure
from kb.text.sentences import split_sentences

_PART_OF_YEAR_RE = re.compile(r"\b(?:tháng|quý(?:\s+\S+)?|kỳ|đầu|giữa)\s*$", re.IGNORECASE)
_NUMBER_OF_RE = re.compile(r"^(?:tổng\s+)?số\s+(?:lượng\s+)?(?P<what>\w+)", re.IGNORECASE)
_FEWEST, _MOST_OF = 2, 0.5


def course_far(subject: Subject, claim: Stated, label: str) -> Course | None:
    """The only course by year, told in another paragraph, of what a label counts; None for none or several."""
    counted = _NUMBER_OF_RE.match(label)
    if counted is None:
        return None
    unit, words = counted["what"].lower(), thing_words(label) - GENERAL
    words -= {unit}
    found: list[Course] = []
    for where in stated(subject) if len(words) >= _FEWEST else ():
        if where.block is claim.block or unit not in where.text:
            continue
        for series in yearly_series(where):
            common = words & thing_words(_sentence(where, series))
            if (
                series.unit.split(" ")[0] == unit
                and len(common) >= _FEWEST
                and len(common) >= _MOST_OF * len(words)
            ):
                found.append(told_course(_whole_years(where, series), label, rate=False))
    return found[0] if len(found) == 1 else None


def _sentence(where: Stated, series: Series) -> str:
    start = min(where.start(figure) for figure in series.by_year.values())
    return next((where.text[low:high] for low, high in split_sentences(where.text) if low <= start < high), "")


def _whole_years(where: Stated, series: Series) -> dict[int, Figure]:
    """The figures of a series but those of a part of a year: "09 tháng năm 2025 103 vụ"."""
    return {
        year: figure
        for year, figure in series.by_year.items()
        if not _PART_OF_YEAR_RE.search(where.text[: where.text.rfind(f"ăm {year}", 0, where.start(figure)) - 1])
    }
