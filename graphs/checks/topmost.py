"""FIG of what is said to be highest or lowest of the rows of a table: ``cao nhất là …, thấp nhất là …``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graphs.checks.named import GENERAL, row_place, thing_words
from graphs.checks.report import Subject, Tally, rule
from graphs.checks.rows import RATE_RE, Grid, Line, grids
from kb.bilingual import both
from kb.models import BlockKind, Finding, Span, TextBlock
from kb.text.sentences import split_sentences

_MOST_RE = re.compile(r"\b(?P<way>cao|lớn|nhiều|thấp|ít|nhỏ)\s+nhất\b", re.IGNORECASE)
_LOW = ("thấp", "ít", "nhỏ")
#: So far before or behind the words its name may stand.
_NEAR = 60
_LETTERS, _LINES, _SHARED = 5, 3, 2


@dataclass(frozen=True, slots=True)
class _Claim:
    """A row that is said to be the lowest or the highest, and where in the text of its paragraph."""

    line: Line
    low: bool
    start: int
    end: int

    def holds(self, rows: Sequence[Line], column: int) -> bool | None:
        """Whether no other row is lower, or higher, in a column; None where it has nothing there."""
        own = self.line.value(column)
        values = [value for row in rows if (value := row.value(column)) is not None]
        return None if own is None else own == (min(values) if self.low else max(values))


def check_topmost(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A row that is said to be highest or lowest is so in the column that is meant."""
    if subject.is_rule():
        return
    tables = [(grid, rows) for grid in grids(subject.document) if len(rows := _rows(grid)) >= _LINES]
    for block in subject.document.blocks if tables else ():
        text = subject.document.block_text(block) if block.kind is BlockKind.TEXT else ""
        if not _MOST_RE.search(text):
            continue
        for low, high in split_sentences(text):
            for grid, rows in tables:
                claims = list(_claims(text, low, high, rows))
                if len(claims) > 1:  # one alone does not tell which column is meant
                    yield from _held(subject, block, text[low:high], (grid, rows), claims, tally)


def _rows(grid: Grid) -> list[Line]:
    """The rows that may be compared: named, no totals, no rates among counts, none under another."""
    return [line for line in grid.lines if line.label and not line.total and not grid.children(line)]


def _claims(text: str, low: int, high: int, rows: Sequence[Line]) -> Iterator[_Claim]:
    """Rows named right behind, or right before, "cao nhất" and the like in a sentence."""
    names = [(line, " ".join(line.label.lower().split()).strip(" .:-")) for line in rows]
    lower = text.lower()
    marks = list(_MOST_RE.finditer(text, low, high))
    for at, found in enumerate(marks):
        until = min(marks[at + 1].start() if at + 1 < len(marks) else high, found.end() + _NEAR)
        since = max(marks[at - 1].end() if at else low, found.start() - _NEAR)
        behind = re.match(r"\s*(?:là|thuộc về|ở|tại|:)\s+", text[found.end() : until])
        scope = (found.end() + behind.end(), until) if behind else (since, found.start())
        there = [
            (line, place, name)
            for line, name in names
            if len(name) >= _LETTERS and (place := lower.find(name, *scope)) >= 0
        ]
        # "cao nhất là thành phố Tây Ninh": the name begins right there; before, it is the nearest.
        if behind:
            there = [one for one in there if one[1] == scope[0]]
        if there:
            line, place, name = max(there, key=lambda one: (one[1], len(one[2])))
            yield _Claim(line, found["way"].lower() in _LOW, place, place + len(name))


def _held(
    subject: Subject,
    block: TextBlock,
    sentence: str,
    table: tuple[Grid, list[Line]],
    claims: Sequence[_Claim],
    tally: Tally,
) -> Iterator[Finding]:
    """The claims of one sentence against the column that its words name, or of which most of them hold."""
    grid, rows = table
    columns = [at for at in grid.columns if all(one.holds(rows, at) is not None for one in claims)]
    words = thing_words(sentence) - GENERAL
    named = [at for at in columns if len((thing_words(grid.head(at)) - GENERAL) & words) >= _SHARED]
    if any(all(one.holds(rows, at) for one in claims) for at in columns):
        tally.held += len(claims)
        return
    meant = [at for at in columns if any(one.holds(rows, at) for one in claims)]
    wrong = {tuple((one, _best(rows, one, at).label) for one in claims if not one.holds(rows, at)) for at in meant}
    if len(wrong) == 1:
        rates = "tỷ lệ" in sentence.lower()
        column = max(meant, key=lambda at: (bool(RATE_RE.search(grid.head(at))) == rates, at in named, at))
        for claim, _ in next(iter(wrong)):
            tally.failed += 1
            yield _finding(subject, block, table, claim, column)


def _best(rows: Sequence[Line], claim: _Claim, column: int) -> Line:
    """The row that is what is claimed."""
    choose = min if claim.low else max
    return choose((row for row in rows if row.value(column) is not None), key=lambda row: row.value(column) or 0)


def _finding(
    subject: Subject, block: TextBlock, table: tuple[Grid, list[Line]], claim: _Claim, column: int
) -> Finding:
    grid, rows = table
    best = _best(rows, claim, column)
    vi, en = ("thấp nhất", "lowest") if claim.low else ("cao nhất", "highest")
    place, head = row_place(grid, best), grid.called(column)
    span = subject.document.reading.hull(block.view.start + claim.start, block.view.start + claim.end)
    own = claim.line.printed(column)
    return TOPMOST.finding(
        (span or Span(block.span.start, block.span.start),),
        f"lời văn nói “{claim.line.label}” {vi} ({own}), nhưng {place}, cột {head}, ghi {best.printed(column)}",
        f"“{claim.line.label}” is said to be {en} ({own}), but {place.en}, column {head}, {best.printed(column)}",
        stated=claim.line.label,
        expected=best.label,
        evidence=(claim.line.span(column), best.span(column)),
        suggestion=both("kiểm tra lại tên nêu trong lời văn và bảng", "check the name in the text and the table"),
        page=block.page,
    )


TOPMOST = rule("FIG-272", check_topmost)
TOPMOST_RULES = (TOPMOST,)
