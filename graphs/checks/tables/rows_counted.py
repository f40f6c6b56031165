"""FIG of how many rows of a table are said to rise, fall, reach what was planned: ``bốn lĩnh vực giảm``.

What a row does is told by the table in several ways: two columns of years, a column of changes, a percentage of
the year before or of the plan. Only a count that none of them makes is told of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from enum import StrEnum
from functools import partial

from graphs.checks.reading.named import thing_words
from graphs.checks.reading.rows import Grid, Line, grids
from graphs.checks.report import Subject, Tally, rule
from graphs.checks.tables.row_claims import COUNT, NOUN, OF_WHOLE, Claim, number
from graphs.checks.tables.row_levels import level_claims
from kb.bilingual import both
from kb.models import BlockKind, Finding, Severity, Span, TextBlock
from kb.text.sentences import split_sentences


class Did(StrEnum):
    """What rows are said to have done."""

    ROSE = "tăng"
    FELL = "giảm"
    REACHED = "đạt"
    PASSED = "vượt"
    MISSED = "không đạt"


#: Words that say that a thing did so; the longer ones first.
_DID = (
    (Did.REACHED, r"đạt\s+(?:và|hoặc|,)\s*vượt|đạt,\s*vượt|hoàn thành\s+(?:và|hoặc)\s+(?:hoàn thành\s+)?vượt"),
    (Did.MISSED, r"(?:không|chưa)\s+(?:đạt|hoàn thành)|hụt(?:\s+thu)?|đạt thấp"),
    (Did.PASSED, r"vượt"),
    (Did.REACHED, r"đạt"),
    (Did.FELL, r"giảm"),
    (Did.ROSE, r"tăng"),
)
_PLANNED = (Did.REACHED, Did.PASSED, Did.MISSED)
_WHAT = (
    r"(?:\s+(?:dự toán|kế hoạch|chỉ tiêu|so với\s+(?:cùng kỳ(?: năm trước)?|năm trước|năm (?:19|20)\d\d)"
    r"|số vụ|về số|lên|đi|xuống|điểm|hạng))?"
    r"(?=\s*(?:[.;:(]|$|,|và\b|nhưng\b|còn\b|gồm\b|là\b|trong khi\b))"
)
_CLAIM_RE = re.compile(
    rf"(?<![\w.,/-])(?P<count>{COUNT})(?:(?:\s*/\s*|{OF_WHOLE})(?P<whole>{COUNT}))?\s+"
    rf"(?:(?P<noun>{NOUN})\b\s*)?(?P<more>(?:(?!có\b|với\b|bị\b|mà\b)[^\W\d_]+\s+){{0,4}}?)"
    r"(?:có\s+(?:[^\W\d_]+\s+){0,5}?)?(?:đều\s+|đã\s+)?"
    rf"(?P<did>{'|'.join(pattern for _, pattern in _DID)}){_WHAT}",
    re.IGNORECASE,
)
_WHOLE_RE = re.compile(
    rf"\b(?:trong|trên)\s+(?:tổng\s+)?(?:số\s+)?(?P<whole>{COUNT})\s+(?P<noun>{NOUN})\b[^.;:,\d]{{0,40}}",
    re.IGNORECASE,
)
_GATE_RE = re.compile(rf"(?:tăng|giảm|đạt|vượt|hụt|hoàn thành){_WHAT}")
#: What every claim has.
_MAY_RE = re.compile(rf"{_GATE_RE.pattern}|\d\s*%|không (?:có|còn)|trên \d|dưới \d|từ \d")
#: A count that is no exact one, or of another time.
_NO_CLAIM_RE = re.compile(
    r"\b(?:ít nhất|tối thiểu|hơn|trên|gần|khoảng|thứ|mục|bảng|quý|tháng|năm|phấn đấu|mục tiêu|thêm)\s*$",
    re.IGNORECASE,
)
_TO_COME_RE = re.compile(r"\b(?:phấn đấu|dự kiến|sẽ|mục tiêu|yêu cầu|kế hoạch đề ra|nếu)\b", re.IGNORECASE)
_PLAN_RE = re.compile(r"dự toán|kế hoạch|chỉ tiêu|\bKH\b|\bDT\b", re.IGNORECASE)
_DONE_RE = re.compile(r"thực hiện|ước|kết quả|giải ngân|đã ", re.IGNORECASE)
_CHANGE_RE = re.compile(r"tăng|giảm|chênh lệch|biến động", re.IGNORECASE)
_OF_BEFORE_RE = re.compile(r"so\s+(?:với\s+|sánh\s+)?(?:năm|cùng kỳ|CK)|cùng kỳ|tốc độ", re.IGNORECASE)
_PERCENT_RE = re.compile(r"%|\btỷ lệ\b", re.IGNORECASE)
_YEAR_RE = re.compile(r"(?:19|20)\d\d")
_CALLED_RE = re.compile(r"\b(?:Bảng|Biểu)(?:\s+số)?\s+\d{1,2}\b")
_AFTER, _BEFORE, _FEWEST, _HUNDRED, _SURE = 3, 2, 3, 100, 2


def check_rows_counted(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``Trong sáu lĩnh vực, bốn lĩnh vực giảm`` where the table has five that do."""
    document = subject.document
    tables = {grid.table.span.start: grid for grid in grids(document)} if not subject.is_rule() else {}
    blocks = [block for block in document.blocks if block.kind in (BlockKind.TEXT, BlockKind.TABLE)]
    for at, block in enumerate(blocks if tables else ()):
        text = document.block_text(block) if block.kind is BlockKind.TEXT else ""
        near = list(_near(blocks, at, tables, text)) if _MAY_RE.search(text) else []
        for claim in _claims(text) if near else ():
            yield from _held(subject, block, claim, near, tally)


def _near(blocks: Sequence[TextBlock], at: int, tables: dict[int, Grid], text: str) -> Iterator[Grid]:
    """The tables that a paragraph may speak of: those it calls, else those right before and behind it."""
    called = {" ".join(one.split()).casefold() for one in _CALLED_RE.findall(text)}
    for grid in tables.values() if called else ():
        caption = " ".join((grid.table.caption or "").split()).casefold()
        if any(re.match(rf"{re.escape(name)}\b", caption) for name in called):
            yield grid
    if called:
        return
    for one in (*reversed(blocks[max(0, at - _AFTER) : at]), *blocks[at + 1 : at + 1 + _BEFORE]):
        grid_there = tables.get(one.span.start) if one.kind is BlockKind.TABLE else None
        if grid_there is not None:
            yield grid_there


def _claims(text: str) -> Iterator[Claim]:
    """What the sentences of a paragraph say of how many did so."""
    for low, high in split_sentences(text):
        sentence = text[low:high]
        if _TO_COME_RE.search(sentence):
            continue
        over, nouns = _WHOLE_RE.search(sentence), ""
        whole = number(over["whole"]) if over else None
        yield from level_claims(sentence, low, (whole, over.end()) if over and whole is not None else None)
        if not _GATE_RE.search(sentence):
            continue
        for found in _CLAIM_RE.finditer(sentence):
            count, whole = number(found["count"]), number(found["whole"] or "")
            noun = found["noun"] or (over["noun"] if over and over.end("whole") <= found.start() else "")
            if over and over.start("whole") == found.start("count"):
                continue  # "trong 12 khoản thu đạt …" counts the whole
            if whole is None and over and over.end() <= found.start():
                whole = number(over["whole"])
            if count is None or not noun or _NO_CLAIM_RE.search(sentence[: found.start()]):
                continue
            did = next(one for one, pattern in _DID if re.fullmatch(pattern, found["did"], re.IGNORECASE))
            told = (low + found.start("count"), low + found.end("did"))
            nouns = f"{nouns} {noun} {found['more'] or ''}"
            yield Claim(count, whole, nouns, told, " ".join(found.group().split()), partial(_made, did))


def _held(
    subject: Subject, block: TextBlock, claim: Claim, near: Sequence[Grid], tally: Tally
) -> Iterator[Finding]:
    for grid in near:
        rows = _rows(grid)
        if (
            len(rows) < _FEWEST
            or not _is_of(grid, claim)
            or (claim.whole is not None and claim.whole != len(rows))
        ):
            continue
        made = {count for count in claim.made(grid, rows) if count is not None}
        if not made:
            continue
        if claim.count in made:
            tally.held += 1
            return
        if claim.count > len(rows):
            continue
        tally.failed += 1
        reading, start = subject.document.reading, block.view.start
        shown = " hoặc ".join(map(str, sorted(made)))
        sure = claim.whole is not None and len(made) <= _SURE
        yield ROWS.finding(
            (reading.hull(start + claim.told[0], start + claim.told[1]),),
            f"nói “{claim.words}”, nhưng bảng “{(grid.table.caption or grid.over)[:80]}” có {shown}",
            f"“{claim.words}” is said, but the table has {shown}",
            stated=str(claim.count),
            expected=str(min(made, key=lambda one: abs(one - claim.count))),
            evidence=(Span(grid.table.span.start, min(grid.table.span.end, grid.table.span.start + 200)),),
            suggestion=both("đếm lại số dòng của bảng", "count the rows of the table again"),
            page=block.page,
            severity=None if sure else Severity.NOTE,
        )
        return


def _rows(grid: Grid) -> list[Line]:
    """The numbered rows of a table, or all but its totals."""
    lines = [line for line in grid.lines if not line.total and line.label and not line.rate]
    numbered = [line for line in lines if len(line.ordinal) == 1 and line.ordinal[0].isdigit()]
    return numbered or [line for line in lines if not grid.children(line)]


def _is_of(grid: Grid, claim: Claim) -> bool:
    """Whether the rows of a table are called so: by the head over them, or by its title."""
    words = thing_words(claim.noun)
    return bool(words) and bool(words & thing_words(grid.over))


def _made(did: Did, grid: Grid, rows: Sequence[Line]) -> Iterator[int | None]:
    """How many rows did so, by each way in which the table tells it."""
    planned = did in _PLANNED
    for column in grid.columns:
        head = grid.head(column)
        of_plan = bool(_PLAN_RE.search(head))
        values = [line.value(column) for line in rows]
        if planned != of_plan and not (_CHANGE_RE.search(head) and not planned):
            continue
        if _PERCENT_RE.search(head) and (of_plan or _OF_BEFORE_RE.search(head)):
            around = [value for value in values if value is not None and value > _HUNDRED / 2]
            if len(around) == len(values):
                yield _count(values, Decimal(_HUNDRED), did)
            elif not planned:
                yield _count(values, Decimal(0), did)
        elif _CHANGE_RE.search(head) and any(value is not None and value < 0 for value in values):
            yield _count(values, Decimal(0), did)
    for before, after in _pairs(grid, planned):
        apart = [
            None if (one := line.value(after)) is None or (other := line.value(before)) is None else one - other
            for line in rows
        ]
        yield _count(apart, Decimal(0), did)


def _pairs(grid: Grid, planned: bool) -> Iterator[tuple[int, int]]:
    """The columns of a plan and of what was done, or those of two times."""
    heads = [(column, grid.head(column)) for column in grid.columns if not _PERCENT_RE.search(grid.head(column))]
    heads = [(column, head) for column, head in heads if not _CHANGE_RE.search(head)]
    if planned:
        plans = [column for column, head in heads if _PLAN_RE.search(head)]
        done = [column for column, head in heads if _DONE_RE.search(head) and not _PLAN_RE.search(head)]
        if plans and done:
            yield plans[0], next((one for one in done if one > plans[0]), done[0])
        return
    dated = [(column, int(years[-1])) for column, head in heads if len(years := _YEAR_RE.findall(head)) == 1]
    dated = [(column, year) for column, year in dated if not _PLAN_RE.search(grid.head(column))]
    for at, (column, year) in enumerate(dated):
        for other, later in (*dated[:at], *dated[at + 1 :]):
            if later > year:
                yield column, other


def _count(values: Sequence[Decimal | None], level: Decimal, did: Did) -> int | None:
    """How many values are over a level, under it, or at least as high; None where one is not told."""
    if any(value is None for value in values):
        return None
    told = [value for value in values if value is not None]
    match did:
        case Did.ROSE | Did.PASSED:
            return sum(value > level for value in told)
        case Did.REACHED:
            return sum(value >= level for value in told)
        case _:
            return sum(value < level for value in told)


ROWS = rule("FIG-350", check_rows_counted)
ROWS_COUNTED_RULES = (ROWS,)
