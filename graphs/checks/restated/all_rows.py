"""What is said of each row: ``cả 05/05 chỉ tiêu đều hoàn thành``, ``cả 11 huyện đều có tỷ lệ giải ngân trên 90%``.

The rows are those of the nearest table that has as many of the things counted; each is held against the verdict
that its own cell has, or against the level that the sentence tells of one column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from graphs.checks.lists.rows_told import kind_of, kinds_in
from graphs.checks.reading.arithmetic import read_number
from graphs.checks.reading.counted import COUNT, DONE, read_count
from graphs.checks.reading.forms import AT_LEAST, AT_MOST, PLANNED_RE
from graphs.checks.reading.named import GENERAL, row_place, thing_words
from graphs.checks.reading.rows import Grid, Line, read_grid
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.goals import read_verdict
from kb.models import BlockKind, Finding, Table, TextBlock
from kb.text.sentences import split_sentences

_BARE = r"[^.;:()\d%]"
#: All things of a kind, with or without their count.
_ALL = (
    r"(?<![\w/])(?:(?:[Cc]ả|[Tt]ất cả|[Tt]oàn bộ|100%)\s+(?:các\s+|số\s+)?"
    rf"(?:(?P<some>\d{{1,3}})/(?P<of>\d{{1,3}})\s+|(?!năm\b)(?P<count>{COUNT})\s+)?"
    rf"|(?P<some2>\d{{1,3}})/(?P<of2>\d{{1,3}})\s+)(?P<noun>(?!(?:kế hoạch|dự toán)\b)[^\W\d_]{_BARE}{{1,50}}?)"
)
#: Each was met; the year of the goals may stand before.
_MET_RE = re.compile(
    rf"{_ALL}(?:\s+(?:nêu|kể) trên)?(?:\s+(?:năm|quý)\s+[\dIV/]+)?"
    rf"\s+(?:đều\s+|đã\s+|được\s+)+(?:đánh giá\s+)?{DONE}\b"
    r"(?!\s+(?:tỷ lệ|tỉ lệ|trên|từ|dưới|\d))"
)
#: "đã hoàn thành toàn bộ 05 chỉ tiêu", "ngành hoàn thành toàn bộ các chỉ tiêu được giao"
_DONE_RE = re.compile(
    rf"(?:\b(?:đã|đều)\s+|(?<=\w\s)(?<!chưa )(?<!không )){DONE}"
    rf"(?:(?:,|\s+và)?\s+{DONE})?\s+{_ALL}"
    r"(?=\s+(?:đề ra|đặt ra|được giao|kế hoạch|nêu trên|trên|này)\b|\s*(?:[.;,)]|$))"
)
#: How a level is told that something is beyond.
BEYOND = f"{AT_LEAST}|hơn|vượt|cao hơn|{AT_MOST}|thấp hơn"
#: Each is beyond a level.
_LEVEL_RE = re.compile(
    rf"{_ALL}\s+đều\s+(?:đã\s+)?(?P<what>(?:có\s+|đạt\s+|(?=giải ngân\s)){_BARE}{{0,60}}?)?"
    rf"(?P<way>{BEYOND})"
    r"\s+(?:mức\s+)?(?P<level>\d{1,3}(?:,\d+)?)\s*%"
)
_GATE_RE = re.compile(r"[đCcTt1](?:(?<=đ)ều|(?:(?<=[Cc])ả|(?<=[Tt])(?:ất cả|oàn bộ)|(?<=1)00%)\s)")
_MOST = (*AT_MOST.split("|"), "thấp hơn")
_STRICT = ("trên", "hơn", "vượt", "cao hơn", "dưới", "thấp hơn")
_MISSED = ("Không đạt", "Chưa đạt", "Chưa hoàn thành", "Không hoàn thành")
_BUT_RE = re.compile(r"\b(?:trừ|ngoại trừ|riêng|hầu hết|đa số|còn lại|khác|này|nếu|để)\b", re.IGNORECASE)
_URGED_RE = re.compile(
    r"\b(?:tập trung|chỉ đạo|đôn đốc|tăng cường|đẩy mạnh|đẩy nhanh|cần|phải|giúp|nhằm|nỗ lực|cố gắng|cam kết"
    r"|yêu cầu)\b",
    re.IGNORECASE,
)
EXCEPT_RE = re.compile(r"\b(?:trừ|riêng)\b", re.IGNORECASE)
_YEAR_RE = re.compile(r"\b(?:19|20)\d\d\b")
_RATE_HEAD_RE = re.compile(r"%|tỷ lệ|tỉ lệ", re.IGNORECASE)
NAME_MISSED = both("nói rõ dòng chưa đạt, hoặc kiểm tra lại số", "name what was missed, or check the numbers")
_FEWEST, _NEAR, _BESIDE, _NAME_WORDS = 3, 4000, 40, 3


@dataclass(frozen=True, slots=True)
class _Said:
    """What is said of all: the paragraph, what was matched, and its sentence as far as that."""

    block: TextBlock
    found: re.Match[str]
    sentence: str

    @property
    def count(self) -> int | None:
        """How many they are; None where it is not said, or some of them only are meant."""
        return read_count(self.found["count"] or self.found["of"] or self.found["of2"])

    def is_of(self, rows: int) -> bool:
        """Whether a table may have the things meant: as many as are counted, or a name and no part of them."""
        noun = self.found["noun"]
        if self.count is None and len(noun.split()) > _NAME_WORDS:
            return False
        return rows >= _FEWEST and self.count in (None, rows)

    @property
    def all(self) -> bool:
        """Whether all of them are meant."""
        return self.found["some"] == self.found["of"] and self.found["some2"] == self.found["of2"]


def check_all_rows(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """What is said of all rows of a table is true of each of them."""
    if subject.is_rule() or not subject.document.tables:
        return
    for said in _said(subject):
        for table in nearest(subject.document.tables, said.block):
            if said.found.re is not _LEVEL_RE and not is_of_year(said.sentence, subject, table):
                continue
            missed = _levels(table, said) if said.found.re is _LEVEL_RE else _verdicts(table, said)
            if missed is None:
                continue
            if missed:
                tally.failed += 1
                yield _finding(subject, said, missed, by)
            else:
                tally.held += 1
            break


def _said(subject: Subject) -> Iterator[_Said]:
    for block, found, before, behind in sayings(subject, _GATE_RE, (_MET_RE, _DONE_RE, _LEVEL_RE), _BUT_RE):
        said = _Said(block, found, before + found.group())
        urged = found.re is _DONE_RE and _URGED_RE.search(before)
        if said.all and not urged and not EXCEPT_RE.search(behind):
            yield said


def sayings(
    subject: Subject, gate: re.Pattern[str], patterns: Sequence[re.Pattern[str]], but: re.Pattern[str]
) -> Iterator[tuple[TextBlock, re.Match[str], str, str]]:
    """What is said of all of a kind, in each clause: its paragraph, the words matched, those before and behind.

    `gate` stands in every such clause. What is planned is left out, and what `but` says is not of all.
    """
    for block in subject.document.blocks:
        text = subject.document.block_text(block) if block.kind is BlockKind.TEXT else ""
        if not gate.search(text):
            continue
        for low, high in split_sentences(text, clauses=True):
            for pattern in patterns:
                found = pattern.search(text, low, high)
                if found is None or PLANNED_RE.search(text, low, found.start()):
                    continue
                if not but.search(found["noun"]) and not but.search(text, low, found.start()):
                    yield block, found, text[low : found.start()], text[found.end() : high]


def nearest(tables: Sequence[Table], block: TextBlock) -> list[Table]:
    """The tables around a paragraph, the one before it first."""

    def away(table: Table) -> tuple[int, int]:
        before = table.span.end <= block.span.start
        return (block.span.start - table.span.end, 0) if before else (table.span.start - block.span.end, 1)

    return [table for table in sorted(tables, key=away) if away(table)[0] <= _NEAR]


def is_of_year(sentence: str, subject: Subject, table: Table) -> bool:
    """Whether a sentence that tells years tells the last one of the heads, else of what stands over the table."""
    title = subject.document.metadata.title
    over = f"{table.title or ''} {table.caption or ''} {title.value if title else ''}"
    own = _YEAR_RE.findall(" ".join(filter(None, table.columns))) or _YEAR_RE.findall(over)
    years = _YEAR_RE.findall(sentence)
    return not years or max(own, default="") in years


def is_of_another_year(clause: str, heads: str) -> bool:
    """Whether a clause tells one year only, and the heads of a table other years.

    >>> is_of_another_year("Năm 2022 đã đạt", "Chỉ tiêu năm 2023"), is_of_another_year("Đã đạt", "Năm 2023")
    (True, False)
    """
    told, own = set(_YEAR_RE.findall(clause)), set(_YEAR_RE.findall(heads))
    return len(told) == 1 and bool(own) and not told & own


Missed = list[tuple[Grid, Line, int]]


def _verdicts(table: Table, said: _Said) -> Missed | None:
    """The rows whose own verdict says otherwise; None for a table without verdicts, or of other things."""
    grid = read_grid(table)
    if grid is None:
        return None
    told = {line.at: at for line in grid.lines for at in range(len(line.cells)) if read_verdict(line.printed(at))}
    rows = [line for line in grid.lines if line.at in told]
    words = thing_words(said.found["noun"]) - GENERAL
    beside = said.count is not None and 0 <= said.block.span.start - table.span.end <= _BESIDE
    if not said.is_of(len(rows)) or not (beside or words <= thing_words(grid.over)):
        return None
    return [(grid, line, told[line.at]) for line in rows if read_verdict(line.printed(told[line.at])) in _MISSED]


def _levels(table: Table, said: _Said) -> Missed | None:
    """The rows that are not beyond the level; None for a table of other things, or of no such column."""
    grid = read_grid(table)
    column = share_column(grid, said.found["what"] or "") if grid else None
    if grid is None or column is None:
        return None
    lines = [line for line in grid.lines if line.label and not line.total and line.value(column) is not None]
    kinds = kinds_in(said.found["noun"])
    rows = [line for line in lines if kind_of(line.label) in kinds] if kinds else lines
    words = thing_words(said.found["noun"]) - GENERAL
    if not any(kind_of(line.label) for line in rows) and not words <= thing_words(grid.over):
        return None
    told = thing_words(said.found["what"] or "") - GENERAL
    if not said.is_of(len(rows)) or not told <= thing_words(grid.over) or not (told or said.count):
        return None
    bound, way = read_number(said.found["level"]), said.found["way"]
    missed = [(grid, line, column) for line in rows if not is_beyond(line.value(column) or Decimal(0), bound, way)]
    return missed if len(missed) * 2 <= len(rows) else None


def is_beyond(value: Decimal, bound: Decimal, way: str) -> bool:
    """Whether a value is beyond a level in the way that words tell.

    >>> [is_beyond(Decimal(90), Decimal(90), way) for way in ("trên", "từ", "dưới")]
    [False, True, False]
    """
    way = way.lower()
    return (value == bound and way not in _STRICT) or (value < bound if way in _MOST else value > bound)


def share_column(grid: Grid, what: str) -> int | None:
    """The column of shares that is meant: the only one, or the one whose head has all that is said."""
    shares = share_columns(grid, what)
    return shares[0] if len(shares) == 1 else None


def share_columns(grid: Grid, what: str, but: re.Pattern[str] | None = None) -> list[int]:
    """The columns of shares whose head has all that is said, else all of them.

    One whose head says what `but` does is not meant.
    """
    shares = [at for at in grid.columns if _RATE_HEAD_RE.search(grid.head(at))]
    shares = [at for at in shares if but is None or not but.search(grid.head(at))]
    words = thing_words(what) - GENERAL
    named = [at for at in shares if words and words <= thing_words(grid.head(at))]
    return named or shares


def _finding(subject: Subject, said: _Said, missed: Missed, by: Rule) -> Finding:
    words, start = " ".join(said.found.group().split()), said.block.view.start
    verdicts = said.found.re is not _LEVEL_RE
    vi = "; ".join(
        _row(line) if verdicts else f"{row_place(g, line)}: {line.printed(at)}" for g, line, at in missed
    )
    en = "; ".join(
        _row(line) if verdicts else f"{row_place(g, line).en}: {line.printed(at)}" for g, line, at in missed
    )
    return by.finding(
        (subject.document.reading.hull(start + said.found.start(), start + said.found.end()),),
        f"lời văn nói “{words}”, nhưng trong bảng không phải vậy: {vi}",
        f"“{words}” is said, but the table has otherwise: {en}",
        stated=words,
        evidence=tuple(line.span(at) for _, line, at in missed),
        suggestion=NAME_MISSED,
        page=said.block.page,
    )


def _row(line: Line) -> str:
    """A row as it is printed, without its number: goal, level, result and verdict side by side."""
    cells = [cell.text.strip() for cell in line.cells if cell.text and cell.text.strip()]
    return f"“{' | '.join(cells[bool(line.ordinal) :])}”"
