"""``Các chỉ tiêu về sàng lọc đều đạt``: of goals that are named, against the shares told right before it.

The shares are those of the sentence before, of the paragraph before, or of the rows of the table right before. A
level that the paper sets for a share of the same words is what it is held against.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from graphs.checks.goals.levels_missed import LEVEL, Missed, missed_at_all, said_met
from graphs.checks.reading.arithmetic import read_number
from graphs.checks.reading.counted import COUNT, DONE
from graphs.checks.reading.forms import PLANNED_RE
from graphs.checks.reading.named import thing_words
from graphs.checks.reading.rows import RATE_RE, read_grid
from graphs.checks.report import Rule, Subject, Tally
from kb.models import BlockKind, Finding, Span, Table, TextBlock
from kb.text.sentences import split_sentences

_SAID_RE = re.compile(
    rf"\b(?:[Cc]ả|[Tt]ất cả|[Tt]oàn bộ|[Cc]ác|[Nn]hững)\s+(?:các\s+)?(?:(?:{COUNT})\s+)?(?:chỉ tiêu|mục tiêu)"
    rf"(?P<of>\s+(?:về\s+)?[^.;:()\d%]{{6,160}}?)\s+đều\s+(?:đã\s+|được\s+)*{DONE}\b"
    r"(?!\s+(?:\d|từ|trên|dưới|tỷ lệ))"
)
_BUT_RE = re.compile(r"\b(?:trừ|ngoại trừ|riêng|hầu hết|đa số|còn lại|khác|chưa|không|nếu|để)\b", re.IGNORECASE)
#: A share behind what it is of: "trẻ sơ sinh được sàng lọc (đạt) 57,4%".
_SHARE_RE = re.compile(
    r"(?:^|[;:.,]\s+)\W*(?P<label>[^.;:,()\d%]{8,120}?)\s+(?:(?:đã|ước|đạt|là|chiếm|mới)\s+)*"
    r"(?:\d[\d./]*\s[^.;:,()\d%]{2,20}\()?"
    r"(?P<value>\d{1,3}(?:,\d+)?)\s*%"
)
_RATE_RE = re.compile(r"^(?:tỷ lệ|tỉ lệ|số)\s+", re.IGNORECASE)
_BESIDE, _FEWEST, _MOST_OF = 40, 3, Decimal("0.6")


@dataclass(frozen=True, slots=True)
class _Share:
    """A share told of something: its words, how much, as printed and where."""

    label: str
    value: Decimal
    printed: str
    span: Span


def check_goals_said_met(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """None of the shares that such a sentence is of misses its level."""
    document = subject.document
    before: TextBlock | None = None
    for block in document.blocks if not subject.is_rule() else ():
        if block.kind is not BlockKind.TEXT:
            continue
        text = document.block_text(block)
        for low, high in split_sentences(text) if " đều " in text and "iêu" in text else ():
            found = _SAID_RE.search(text, low, high)
            if found is None or _BUT_RE.search(text, low, high) or PLANNED_RE.search(text, low, found.start()):
                continue
            shares = [*_told(subject, block, 0, low), *_of_rows(document.tables, block)]
            shares += _told(subject, before, 0, None) if before is not None and not shares else []
            yield from _held(subject, block, found, shares, tally, by)
        before = block


def _told(subject: Subject, block: TextBlock, low: int, high: int | None) -> list[_Share]:
    """The shares of a stretch of a paragraph."""
    text, at = subject.document.block_text(block), block.view.start
    return [
        _Share(
            found["label"],
            read_number(found["value"]),
            f"{found['value']}%",
            subject.document.reading.hull(at + found.start("value"), at + found.end()),
        )
        for found in _SHARE_RE.finditer(text, low, len(text) if high is None else high)
    ]


def _of_rows(tables: Sequence[Table], block: TextBlock) -> list[_Share]:
    """The rows of the table right before a paragraph, by its only column of rates."""
    near = [table for table in tables if 0 <= block.span.start - table.span.end <= _BESIDE]
    grid = read_grid(near[-1]) if near else None
    rates = [at for at in grid.columns if RATE_RE.search(grid.head(at))] if grid else []
    if grid is None or len(rates) != 1:
        return []
    return [
        _Share(line.label, value, f"{line.printed(rates[0])}%", line.span(rates[0]))
        for line in grid.lines
        if line.label and not line.total and (value := line.value(rates[0])) is not None
    ]


def _held(
    subject: Subject, block: TextBlock, found: re.Match[str], shares: Sequence[_Share], tally: Tally, by: Rule
) -> Iterator[Finding]:
    of = thing_words(found["of"])
    missed: list[Missed] = []
    for share in shares:
        words = thing_words(share.label)
        if len(words) < _FEWEST or len(words & of) < _MOST_OF * len(words):
            continue
        levels = _levels(subject, share.label)
        if level := missed_at_all(share.value, levels):
            missed.append(Missed(f"{share.label.strip()}: {share.printed}", share.span, level))
        elif levels:
            tally.held += 1
    if missed:
        tally.failed += 1
        yield said_met(by, subject, block, found, missed)


def _levels(subject: Subject, label: str) -> list[re.Match[str]]:
    """The levels that the paper sets for a share of that name, before it or behind."""
    names = [re.escape(word) for word in _RATE_RE.sub("", label.strip()).split()]
    name = r"\s+(?:trở lên\s+)?".join(names)
    forms = (
        rf"\b{LEVEL}\s+(?:số\s+)?{name}\b",
        rf"\b{name}\s+(?:(?:đạt|chiếm|phải)\s+)*{LEVEL}",
    )
    text = subject.document.reading.text
    return [found for form in forms for found in re.finditer(form, text, re.IGNORECASE)]
