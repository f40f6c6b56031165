"""FIG of what is said to be highest or lowest of the rows of a table: ``cao nhất là …, thấp nhất là …``.

One that is named alone tells which column is meant by its number (``thấp nhất là huyện A (16 vụ)``), by the words
of the head of a column, or by its rank.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from graphs.checks.reading.arithmetic import read_number
from graphs.checks.reading.named import GENERAL, row_place, thing_words
from graphs.checks.reading.rows import RATE_RE, Grid, Line, grids
from graphs.checks.report import Subject, Tally, rule
from graphs.checks.restated.most_columns import RATE_WORD_RE, columns_named
from graphs.checks.restated.most_of_times import check_most_of_times
from graphs.checks.restated.most_told import ALONE_RE, GATES, LOW_WORDS, PART_RE, check_most_told
from graphs.checks.restated.most_valued import check_number_of_most
from graphs.checks.restated.ranked_rows import check_ranked_rows
from graphs.checks.tables.series import is_change
from kb.bilingual import both
from kb.models import BlockKind, Finding, Span, TextBlock
from kb.text.sentences import split_sentences

_MOST_RE = re.compile(r"\b(?P<way>cao|lớn|nhiều|thấp|ít|nhỏ)\s+nhất\b", re.IGNORECASE)
_ITS_VALUE_RE = re.compile(r"[^\d.;:]{0,45}?(?P<value>\d[\d.]*+(?:,\d+)?+)(?!\s*(?:tháng|/))")
_IN_BRACKET_RE = re.compile(r"\s*\((?P<told>[^;:()]{1,60})\)")
_VALUE_RE = re.compile(r"(?P<value>\d[\d.]*(?:,\d+)?)(?P<rate>\s*%)?")
_RANK_RE = re.compile(r"xếp (?:hạng|thứ)|thứ (?:hạng|tự xếp)|^\W*hạng", re.IGNORECASE)
_THINGS = (
    "huyện|xã|phường|tỉnh|địa phương|địa bàn|đơn vị(?! tính)|cơ quan|sở|ngành|lĩnh vực|loại|tháng|trường"
    "|tuyến|nhóm|nguyên nhân|tên|chủ đầu tư|ngân hàng|dự án"
)
_THINGS_RE = re.compile(rf"\b(?:{_THINGS})\b", re.IGNORECASE)
#: "trong các lĩnh vực được thanh tra", "trong các chủ đầu tư nêu tên": of all rows, where they are such things.
_OF_ALL_RE = re.compile(
    rf"\btrong\s+(?:số\s+)?(?:các|những)\s+(?:{_THINGS})\s+(?:nêu\s+(?:tên|trên)|được\s+[^\W\d_]+(?:\s+[^\W\d_]+)?"
    r"|trong\s+(?:bảng|biểu)|của\s+tỉnh)(?=\s*[,.;(]|\s*$)",
    re.IGNORECASE,
)
#: The same at the head of a sentence: "Trong số các huyện, …".
_OF_THESE_RE = re.compile(rf"\W*Trong\s+(?:số\s+)?(?:các|những)\s+(?:{_THINGS})(?:,\s+(?:{_THINGS}))*,\s")
_AMONG_RE = re.compile(r"\btrong\s+(?:số\s+)?(?:các|những|nhóm)\s", re.IGNORECASE)
#: What else a sentence tells before and behind it.
_LED_RE = re.compile(r"[,;]?\s+trong đó,?\s+", re.IGNORECASE)
_WHY_RE = re.compile(
    r",\s+(?:nguyên nhân|tập trung|chủ yếu|cho thấy|thể hiện|góp phần)\b"
    r"|,?\s+(?:nhờ|do|vì|bởi|nhưng|song|tuy|mặc dù|trong khi)\s",
    re.IGNORECASE,
)
#: A rest, or what all rows come to: ``Chung 15 xã``.
_OTHERS_RE = re.compile(
    r"\b(?:còn lại|khác)\b|^\W*(?:(?:chung|bình quân|trung bình)\s+(?:\d|cả\b|các\b)|(?:so sánh|cùng kỳ)\b)", re.I
)
_PART_OF_NAME_RE = re.compile(r",\s+|\s+và\s+")
#: Several that are the most together: ``A và B là hai nơi kiểm tra nhiều nhất``.
_SEVERAL_RE = re.compile(r"\blà\s+(?:hai|ba|bốn|năm|\d{1,2})\s", re.IGNORECASE)
_OPENS_RE = re.compile(r"\s*(?P<is>(?:là|thuộc về|ở|tại|:)\s+)?")
_KIND_RE = re.compile(r"(?:huyện|xã|phường|thị xã|thị trấn|thành phố|tỉnh|quận|tx\.?|tp\.?)\s+", re.IGNORECASE)
#: Names of bodies in short, as the one place or the other writes them.
_SHORT = (("quản lý dự án", "qlda"), ("ủy ban nhân dân", "ubnd"), ("kinh tế - xã hội", "kt-xh"))
#: So far before or behind the words its name may stand.
_NEAR, _LETTERS, _LINES, _SHARED, _BESIDE = 60, 5, 3, 2, 400


@dataclass(frozen=True, slots=True)
class _Claim:
    """A row that is said to be the lowest or the highest, where, and whether right behind its table.

    A number of its own may stand in brackets behind it and the words that say so.
    """

    line: Line
    low: bool
    start: int
    end: int
    beside: bool = False
    behind: int = 0

    def holds(self, rows: Sequence[Line], column: int) -> bool | None:
        """Whether no other row, or none of its group, is lower or higher in a column; None for nothing there."""
        own = self.line.value(column)
        if own is None:
            return None
        beside = [row for row in rows if row.parent == self.line.parent]
        for some in (rows, beside if len(beside) >= _LINES else rows):
            values = [value for row in some if (value := row.value(column)) is not None]
            if own == (min(values) if self.low else max(values)):
                return True
        return False


def check_topmost(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A row that is said to be highest or lowest is so in the column that is meant."""
    if subject.is_rule():
        return
    for check in (check_most_told, check_most_of_times, check_ranked_rows):
        yield from check(subject, tally, TOPMOST)
    tables = [(grid, rows) for grid in grids(subject.document) if len(rows := _rows(grid)) >= _LINES]
    for block in subject.document.blocks if tables else ():
        text = subject.document.block_text(block) if block.kind is BlockKind.TEXT else ""
        if not any(gate in text for gate in GATES):
            continue
        for low, high in split_sentences(text):
            several = len(_MOST_RE.findall(text, low, high)) > 1
            claimed = [(table, list(_claims(text, low, high, table[1]))) for table in tables if several]
            told = [(table, claims) for table, claims in claimed if len(claims) > 1]
            for table, claims in told:
                yield from _held(subject, block, text[low:high], table, claims, tally)
            for clause in split_sentences(text[low:high], clauses=True) if not told else ():
                yield from _alone(subject, block, (text, low + clause[0], low + clause[1]), tables, tally)


def _rows(grid: Grid) -> list[Line]:
    """The rows that may be compared: named, no totals, no rest, nothing that is held against them, no groups."""
    totals = [line.at for line in grid.lines if line.total]
    # Behind a total that closes the rows stand the year before, the plan and what differs.
    end = totals[-1] if totals and totals[-1] > len(grid.lines) // 2 else len(grid.lines)
    return [
        line
        for line in grid.lines[:end]
        if line.label
        and not line.total
        and not is_change(line)
        and not grid.children(line)
        and not _OTHERS_RE.search(line.label)
    ]


def _claims(text: str, low: int, high: int, rows: Sequence[Line]) -> Iterator[_Claim]:
    """Rows named right behind, or right before, "cao nhất" and the like in a sentence."""
    names = [(line, " ".join(line.label.lower().split()).strip(" .:-")) for line in rows]
    lower = text.lower()
    marks = list(_MOST_RE.finditer(text, low, high))
    since = low
    for at, found in enumerate(marks):
        until = min(marks[at + 1].start() if at + 1 < len(marks) else high, found.end() + _NEAR)
        # "cao nhất là thành phố Tây Ninh": the name begins right there; before, it is the nearest.
        opened = _OPENS_RE.match(text, found.end(), until)
        begins = opened.end() if opened else found.end()
        named = [(line, name) for line, name in names if len(name) >= _LETTERS]
        kind = _KIND_RE.match(text, begins, until)
        starts = (begins, kind.end()) if kind else (begins,)
        there = [(line, at, name) for line, name in named for at in starts if lower.startswith(name, at, until)]
        if not there and not (opened and opened["is"]):
            scope = (max(since, found.start() - _NEAR), found.start())
            there = [(line, place, name) for line, name in named if (place := lower.rfind(name, *scope)) >= 0]
        if there:
            line, place, name = max(there, key=lambda one: (one[1], len(one[2])))
            if _SEVERAL_RE.search(text, place + len(name), found.start()):
                continue  # no single one of them has to be the first
            since = max(found.end(), place + len(name))
            yield _Claim(line, found["way"].lower() in LOW_WORDS, place, place + len(name), behind=since)


def _alone(
    subject: Subject,
    block: TextBlock,
    clause: tuple[str, int, int],
    tables: Sequence[tuple[Grid, list[Line]]],
    tally: Tally,
) -> Iterator[Finding]:
    """A row that is named alone, in the columns that its clause tells."""
    text, low, high = clause
    gate = any(text.find(gate, low, high) >= 0 for gate in GATES)
    marks = list(ALONE_RE.finditer(text, low, high)) if gate else []
    for grid, rows in tables if len(marks) == 1 else ():
        mark = marks[0]
        low = max((led.end() for led in _LED_RE.finditer(text, low, mark.start())), default=low)
        why = _WHY_RE.search(text, mark.end(), high)
        high = why.start() if why else high
        claim = _only_claim(text, low, high, mark, rows) if _are_things(grid, rows) else None
        if claim is None:
            continue
        claim = replace(claim, beside=0 <= block.span.start - grid.table.span.end <= _BESIDE)
        before = _OF_THESE_RE.sub(" ", text[low : claim.start])
        said = _OF_ALL_RE.sub(" ", before + " ; " + text[claim.end : high])
        columns = [] if PART_RE.search(said) else _columns(text, said, high, mark, claim, (grid, rows))
        if not columns:
            yield from _mistyped(subject, block, [claim], (grid, rows), tally)
            continue
        if any(_is_most(grid, claim, rows, at) for at in columns):
            tally.held += 1
        elif len(columns) == 1:
            tally.failed += 1
            yield _finding(subject, block, (grid, rows), claim, columns[0])
        return


def _are_things(grid: Grid, rows: Sequence[Line]) -> bool:
    """Whether the rows are things of one kind, not measures."""
    head = " ".join(grid.table.columns[: grid.columns[0]])
    return len({line.unit for line in rows}) == 1 and bool(_THINGS_RE.search(head))


def _only_claim(text: str, low: int, high: int, mark: re.Match[str], rows: Sequence[Line]) -> _Claim | None:
    """The one row that a clause names."""
    found: list[_Claim] = []
    is_low = bool(mark["last"]) or (mark["way"] or "").lower() in LOW_WORDS
    clause = text[low:high].lower()
    for line in rows:
        label = " ".join(line.label.split()).strip(" .:-").lower()
        parts = [part for part in _PART_OF_NAME_RE.split(label) if len(part.split()) >= _SHARED and part != label]
        other = [label.replace(*pair) for long, short in _SHORT for pair in ((long, short), (short, long))]
        for name in (label, _KIND_RE.sub("", label), *parts, *other):
            at = clause.find(name) if len(name) > _SHARED + 1 else -1
            if at >= 0 and not re.match(r"\w|\s+(?-i:[A-ZĐ])", text[low + at + len(name) : high]):
                found.append(_Claim(line, is_low, low + at, low + at + len(name)))
                break
    # "Yên Định" within "Yên Định Bắc": the longest name is meant.
    own = [
        one for one in found if not any(o is not one and o.start <= one.start < one.end <= o.end for o in found)
    ]
    return own[0] if len(own) == 1 else None


def _columns(
    text: str, said: str, high: int, mark: re.Match[str], claim: _Claim, table: tuple[Grid, Sequence[Line]]
) -> list[int]:
    """The columns that are meant: of its rank, else with the number told beside it, else of the name `said`."""
    grid, rows = table
    filled = [at for at in grid.columns if sum(row.value(at) is not None for row in rows) >= _LINES]
    ranks = [at for at in filled if _RANK_RE.search(grid.head(at))]
    if (mark["first"] or mark["last"]) and ranks and claim.line.value(ranks[0]) is not None:
        return ranks[:1]
    filled = [at for at in filled if at not in ranks]
    told = _ITS_VALUE_RE.match(text, max(mark.end(), claim.end), high)
    if told:
        value = read_number(told["value"])
        return [at for at in filled if claim.line.value(at) == value]
    return columns_named(grid, filled, said, beside=claim.beside)


def _is_most(grid: Grid, claim: _Claim, rows: Sequence[Line], column: int) -> bool:
    if _RANK_RE.search(grid.head(column)):
        claim = replace(claim, low=not claim.low)
    return claim.holds(rows, column) is not False


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
    if _AMONG_RE.search(_OF_ALL_RE.sub(" ", _OF_THESE_RE.sub(" ", sentence))):
        return
    text = subject.document.block_text(block)
    if all(_is_shown(text, one, table) for one in claims):
        tally.held += len(claims)
        return
    own = [one for one in claims if not _is_told_elsewhere(text, one, table)]
    for some in (claims, own):
        columns = [at for at in grid.columns if all(one.holds(rows, at) is not None for one in some)]
        if some and any(all(one.holds(rows, at) for one in some) for at in columns):
            tally.held += len(some)
            yield from _mistyped(subject, block, some, table, tally)
            return
    if not (claims := own):
        return
    words = thing_words(sentence) - GENERAL
    named = [at for at in columns if len((thing_words(grid.head(at)) - GENERAL) & words) >= _SHARED]
    meant = [at for at in columns if any(one.holds(rows, at) for one in claims)]
    if all(RATE_WORD_RE.search(told) for told in _told_clauses(sentence)):
        meant = [at for at in columns if RATE_RE.search(grid.head(at))] or meant
    wrong = {tuple((one, _best(rows, one, at).label) for one in claims if not one.holds(rows, at)) for at in meant}
    if len(wrong) == 1:
        rates = "tỷ lệ" in sentence.lower()
        column = max(meant, key=lambda at: (bool(RATE_RE.search(grid.head(at))) == rates, at in named, at))
        for claim, _ in next(iter(wrong)):
            tally.failed += 1
            yield _finding(subject, block, table, claim, column)


def _is_told_elsewhere(text: str, claim: _Claim, table: tuple[Grid, list[Line]]) -> bool:
    """Whether the name of a row has a number, or a rate, in brackets behind it that the row has not."""
    found, (grid, _) = _IN_BRACKET_RE.match(text, claim.behind), table
    values = {claim.line.value(at) for at in grid.columns}
    told = list(_VALUE_RE.finditer(found["told"])) if found else []
    return any(read_number(one["value"]) not in values for one in told if one["rate"] or one is told[0])


def _is_shown(text: str, claim: _Claim, table: tuple[Grid, list[Line]]) -> bool:
    """Whether the number in brackets behind the name of a row is that of a column in which it is so."""
    found, (grid, rows) = _IN_BRACKET_RE.match(text, claim.behind), table
    told = [read_number(one["value"]) for one in _VALUE_RE.finditer(found["told"])] if found else []
    return any(claim.line.value(at) in told and claim.holds(rows, at) for at in grid.columns)


def _told_clauses(sentence: str) -> Iterator[str]:
    """The clauses of a sentence that say what is most."""
    clauses = (sentence[low:high] for low, high in split_sentences(sentence, clauses=True))
    return filter(_MOST_RE.search, clauses)


def _best(rows: Sequence[Line], claim: _Claim, column: int) -> Line:
    """The row that is what is claimed."""
    choose = min if claim.low else max
    return choose((row for row in rows if row.value(column) is not None), key=lambda row: row.value(column) or 0)


def _mistyped(
    subject: Subject, block: TextBlock, claims: Sequence[_Claim], table: tuple[Grid, list[Line]], tally: Tally
) -> Iterator[Finding]:
    """The numbers told of rows that are most, where a digit is not that of the row."""
    grid, rows = table
    for claim in claims:
        most = [at for at in grid.columns if claim.holds(rows, at)]
        yield from check_number_of_most(subject, (block, claim.end), (grid, claim.line, most), tally, TOPMOST)


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
