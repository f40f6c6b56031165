"""The two columns of a table that tell when each row begins and when it is done.

Heads that are two deeds of which one comes after the other (`orders`), or plainly a beginning and an end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from graphs.checks.reading.events import ORDER_RES
from graphs.checks.reading.periods import WHEN, when
from graphs.checks.report import Subject
from kb.models import Row, Span

#: What a head says besides: that it is a time, and in brackets how it is written.
_ASIDE_RE = re.compile(
    r"^\W*(?:(?:thời (?:gian|điểm|hạn)|ngày(?:,? tháng(?:,? năm)?)?|năm|tháng|dự kiến|ước)\s+)*|\([^()]*\)|\W+$"
)
#: Two heads of which the first is no later than the second; each is all that its column says.
_PAIRS = (
    (
        re.compile(r"bắt đầu|khởi công|triển khai|khởi động|mở|từ"),
        re.compile(
            r"kết thúc|hoàn thành|xong|vận hành|khánh thành|nghiệm thu|bàn giao|đưa vào \w+ \w+|đến|bế mạc"
        ),
    ),
    *((first, then) for row, first, then in ORDER_RES if not row.other),
)
_WORD_RE = re.compile(r"[^\W\d_]{3}")
#: A cell that is a time, or two, one until the other; a year may stand bare.
_WHEN = rf"(?:{WHEN}|(?:19|20)\d\d)"
_CELL_RE = re.compile(rf"\W*(?:{_WHEN})\W*", re.IGNORECASE)
_TWO_RE = re.compile(
    rf"\W*(?:từ\s+)?(?P<begin>{_WHEN})\s*(?:-|–|đến|tới)\s*(?:hết\s+)?(?P<end>{_WHEN})\W*", re.IGNORECASE
)
_BARE_RE = re.compile(r"\W*((?:19|20)\d\d)\W*")
_TIME_HEAD_RE = re.compile(r"\b(?:thời (?:gian|hạn|kỳ)|tiến độ|lộ trình|giai đoạn)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Time:
    """A time of a row: the head of its column, its first and last day, as printed and where."""

    head: str
    days: tuple[date, date]
    printed: str
    span: Span


@dataclass(frozen=True, slots=True)
class Times:
    """When a row begins and when it is done, and which row it is."""

    begin: Time
    end: Time
    row: str
    page: int | None

    @property
    def holds(self) -> bool:
        """Whether the one may come before the other."""
        return self.begin.days[0] <= self.end.days[1]


def columns_of_times(subject: Subject) -> Iterator[Times]:
    """The rows of the tables that tell both times, in two columns or in one cell."""
    for table in subject.document.tables:
        heads = [" ".join((head or "").split()).rpartition(" / ")[2] for head in table.columns]
        pair = _heads(heads)
        spans = [at for at, head in enumerate(heads) if _TIME_HEAD_RE.search(head)]
        for row in table.rows if pair or spans else ():
            told = [tuple(_time(row, at, heads[at]) for at in pair)] if pair else []
            for begin, end in (*told, *(_both(row, at, heads[at]) for at in spans)):
                if begin and end:
                    yield Times(begin, end, _called(row), row.page)


def _heads(heads: Sequence[str]) -> tuple[int, int] | None:
    """The columns of a beginning and of an end: one of each."""
    plain = [_ASIDE_RE.sub("", head.lower()) for head in heads]
    for first, then in _PAIRS if len(heads) > 1 else ():
        ones = [at for at, head in enumerate(plain) if head and first.fullmatch(head)]
        others = [at for at, head in enumerate(plain) if head and then.fullmatch(head)]
        if len(ones) == len(others) == 1 and ones != others:
            return ones[0], others[0]
    return None


def _time(row: Row, at: int, head: str) -> Time | None:
    """The time that a cell is, and says nothing else."""
    found = _CELL_RE.fullmatch(_text(row, at))
    return _read(row, at, head, found.group()) if found else None


def _both(row: Row, at: int, head: str) -> tuple[Time | None, Time | None]:
    """The two times of a cell that is a span of time."""
    found = _TWO_RE.fullmatch(_text(row, at))
    if found is None:
        return None, None
    return _read(row, at, head, found["begin"]), _read(row, at, head, found["end"])


def _text(row: Row, at: int) -> str:
    return (row.cells[at].text or "") if at < len(row.cells) else ""


def _read(row: Row, at: int, head: str, words: str) -> Time | None:
    days = _days(words)
    return Time(head, days, " ".join(words.split()), _span(row, at)) if days else None


def _days(words: str) -> tuple[date, date] | None:
    """First and last day of a time.

    >>> [str(day) for day in _days("Quý I/2027") or ()], [str(day) for day in _days("2026") or ()]
    (['2027-01-01', '2027-03-31'], ['2026-01-01', '2026-12-31'])
    """
    bare = _BARE_RE.fullmatch(words)
    return when(f"năm {bare[1]}" if bare else words)


def _span(row: Row, at: int) -> Span:
    return row.cells[at].span if row.cells[at].spans else Span(0, 0)


def _called(row: Row) -> str:
    """The words of a row that are no number and no time."""
    texts = (" ".join((cell.text or "").split()) for cell in row.cells)
    return next((text for text in texts if _WORD_RE.search(text) and not _CELL_RE.fullmatch(text)), "")
