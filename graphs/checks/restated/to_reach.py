"""Whether figures of the text are to be reached or were: a goal and its result are two things."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from graphs.checks.reading.phrases import Phrase, years_of
from graphs.checks.reading.said import PLANNED_RE
from graphs.checks.reading.telling import retold_of
from graphs.checks.report import Subject

OR_MORE_RE = re.compile(r"\s*(?:[^\W\d_]+\s+){0,2}trở lên", re.IGNORECASE)
#: A heading of what is to be reached.
_AIMED_RE = re.compile(r"[\W\d]*(?:các\s+)?(?:mục tiêu|chỉ tiêu)\b(?!.*\b(?:kết quả|thực hiện)\b)", re.IGNORECASE)
#: A heading of how things are, before what is planned.
_STATE_RE = re.compile(
    r"[\W\d]*(?:(?:phân tích|đánh giá|khái quát)\s+)?(?:về\s+)?(?:thực trạng|hiện trạng|tình hình|kết quả)\b",
    re.IGNORECASE,
)
_REACHED_RE = re.compile(r"\b(?:đã|đến nay|hiện nay|hiện có)\b", re.IGNORECASE)
#: What is estimated was reached; a body that makes plans sets no level.
_ESTIMATED_RE = re.compile(r"\bước\b", re.IGNORECASE)
_BODY_OF_PLANS_RE = re.compile(r"(?<=[\w-] )Kế hoạch\b(?! số)")
_PLANS = ("Kế hoạch", "Chương trình", "Đề án", "Chỉ thị")
_NEVER = "9999"


@dataclass(frozen=True, slots=True)
class Aims:
    """From which year on a plan tells of what is to come, and where the targets of a paper stand."""

    since: str
    levels: Sequence[tuple[int, int]]

    def set_apart(self, one: Phrase, other: Phrase) -> bool:
        """Whether of two figures the one is to be reached and the other was."""
        return {self._planned(one), self._planned(other)} >= {True, False}

    def _planned(self, one: Phrase) -> bool | None:
        """Whether a figure is to be reached, as the level of a goal is; in a plan what is told of its year is.

        None where nothing in a plan tells that.
        """
        text, end = one.told.where.text, one.told.where.end(one.figure)
        at = bisect_right(self.levels, (one.figure.span.start, sys.maxsize)) - 1
        if at >= 0 and one.figure.span.start < self.levels[at][1]:
            return True
        strive = any("phấn đấu" in lead.lower() for lead in one.told.led) or _AIMED_RE.match(retold_of(one.over))
        sentence = _BODY_OF_PLANS_RE.sub(" ", _ESTIMATED_RE.sub(" ", one.told.sentence))
        if strive or PLANNED_RE.search(sentence) or OR_MORE_RE.match(text, end):
            return True
        if _REACHED_RE.search(one.told.sentence):
            return False
        if not one.times and self.since != _NEVER:
            return False if any(map(_STATE_RE.match, one.over)) else None
        return any(time[-4:].isdigit() and time[-4:] >= self.since for time in one.times)


def aims_of(subject: Subject) -> Aims:
    """What tells of a paper which of its figures are to be reached."""
    kind = subject.document.metadata.type
    plan = kind is not None and kind.value in _PLANS
    since = max(years_of(subject), default=_NEVER) if plan else _NEVER
    return Aims(since, sorted((target.span.start, target.span.end) for target in subject.targets))
