"""The time that the figures of a paper are of, told twice: at its head and its end, in its text and an annex."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from graphs.checks.reading.named import thing_words
from graphs.checks.reading.periods import WHEN, when
from graphs.checks.report import Subject
from kb.models import Span

_TIME_RE = re.compile(rf"từ\s+(?P<from>{WHEN})\s*(?:đến|tới|-|–)\s+(?:hết\s+)?(?P<to>{WHEN})(?![\d/])")
#: Words right before it that say that it is the time of the figures.
_OF_FIGURES_RE = re.compile(
    r"\b(?:kỳ (?:báo cáo|số liệu)(?! trước)|thời (?:kỳ|gian|điểm) (?:báo cáo|(?:lấy|tổng hợp|chốt) số liệu)"
    r"|số liệu (?:trong |của )?(?:báo cáo|văn bản)(?: này)?)\b[^.;\d]{0,60}$",
    re.IGNORECASE,
)
#: A note or a line that opens with the figures, of the paper or of one of its tables.
_FIGURES_OPEN_RE = re.compile(
    r"(?:^|\n)[\s(*\[\]\d]*Số liệu\b(?:[^.;\d\n]|(?<=[Bb]ảng )\d|(?<=[Bb]iểu )\d){0,60}$"
)
_UNTIL_RE = re.compile(rf"\b(?:đến|tính đến)\s+(?:hết\s+)?(?P<to>ngày\s+{WHEN})(?![\d/])", re.IGNORECASE)
#: The title of an annex, up to what it belongs to.
_TITLE_RE = re.compile(
    r"^(?:PHỤ LỤC|BIỂU|Phụ lục|Biểu)\b[^\n]{0,30}\n+(?P<title>[^\n(]{20,150}(?:\n[^\n(\t]+)?)", re.M
)
#: What an annex is, not what its figures are of.
_TITLE_WORDS = "kinh phí tổng hợp danh sách biểu bảng kết quả chi tiết số liệu thống kê"
_OF_A_TITLE = frozenset(_TITLE_WORDS.split())
_ALIKE, _LONG, _BACK, _LEAD = 62, 6, 400, 110


@dataclass(frozen=True, slots=True)
class Told:
    """A time of figures: its days, how it is printed and where."""

    days: tuple[date, date]
    printed: str
    span: Span


def times_of_figures(subject: Subject) -> Iterator[tuple[Told, Told]]:
    """The time of the figures of a paper, each two tellings of it, the later one second."""
    yield from _of_report(subject)
    yield from _of_annexes(subject)


def _of_report(subject: Subject) -> Iterator[tuple[Told, Told]]:
    """Two tellings of the time of a report; one of another length is of another report.

    What only opens with the figures may be of some of them; it begins or ends with the time of the report.
    """
    text = subject.document.text
    told: list[tuple[Told, bool]] = []
    for found in _TIME_RE.finditer(text) if "20" in text else ():
        lead = text[max(0, found.start() - _LEAD) : found.start()]
        sure = _OF_FIGURES_RE.search(lead) is not None
        if not sure and not _FIGURES_OPEN_RE.search(lead):
            continue
        begin, end = when(found["from"]), when(found["to"])
        if begin is not None and end is not None and begin[0] <= end[1]:
            low, high = found.start("from"), found.end("to")
            told.append((Told((begin[0], end[1]), " ".join(text[low:high].split()), Span(low, high)), sure))
    for at, (other, surely) in enumerate(told):
        for one, sure in told[:at]:
            one_end = one.days[0] == other.days[0] or one.days[1] == other.days[1]
            alike = abs((one.days[1] - one.days[0]).days - (other.days[1] - other.days[0]).days) <= _ALIKE
            if alike and (one_end or (sure and surely)):
                yield one, other
                break


def _of_annexes(subject: Subject) -> Iterator[tuple[Told, Told]]:
    """The title of an annex ``… ĐẾN NGÀY 30/9/2019``, and the sentence before it that has all its words."""
    text = subject.document.text
    for title in _TITLE_RE.finditer(text):
        at = _UNTIL_RE.search(text, title.start("title"), title.end())
        words = thing_words(text[title.start("title") : at.start()]) - _OF_A_TITLE if at else frozenset()
        if at is None or len(words) < _LONG:
            continue
        alike = [
            one
            for found in _UNTIL_RE.finditer(text, 0, title.start())
            if words <= thing_words(re.split(r"[.;:]\s", text[max(0, found.start() - _BACK) : found.start()])[-1])
            and (one := _until(found)) is not None
        ]
        own = _until(at)
        if own is not None and alike:
            yield next((one for one in alike if one.days == own.days), alike[0]), own


def _until(found: re.Match[str]) -> Told | None:
    days = when(found["to"])
    return Told(days, " ".join(found["to"].split()), Span(*found.span("to"))) if days else None
