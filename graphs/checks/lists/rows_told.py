"""FIG in lists: counts against the rows of the table that is announced, referred to, or whose total is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from graphs.checks.lists.itemised import MEASURED_RE
from graphs.checks.reading.named import thing_words
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.reading.rows import Grid, grids
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.models import BlockKind, Figure, Finding, Severity, Table
from kb.text.sentences import split_sentences

_WORD = r"[^\W\d_]+"
#: What is counted, then the table that has it: by its number, by its annex, or right behind a colon.
_REFERS_RE = re.compile(
    rf"\s+(?P<noun>{_WORD}(?:,?\s{_WORD}){{0,7}}?)\s*(?:"
    r"\(\s*(?:(?:chi tiết|cụ thể|như|xem|tại|theo|có|danh mục|ở|các)\s+)*"
    r"(?:(?P<annex>[Pp]hụ lục(?:\s+(?:số\s+)?(?P<label>[IVX]{1,5}|\d{1,2}))?)"
    r"|(?P<table>[Bb](?:ảng|iểu)(?:\s+số)?\s+\d{1,2}))"
    r"(?:\s+(?:kèm theo|đính kèm|dưới đây|sau đây))*[^()]{0,30}\)"
    r"|(?:(?:chi tiết|cụ thể)\s+)?(?:tại|theo)\s+[Pp]hụ lục(?:\s+(?:số\s+)?(?P<called>[IVX]{1,5}|\d{1,2}))?"
    r"(?=\s*(?:[.;,]|$|kèm theo|đính kèm))"
    r"|(?P<colon>(?:,?\s*(?:bao gồm|gồm(?: có)?|cụ thể|như sau|sau đây|sau))?\s*:\s*$))"
)
_GATE_RE = re.compile(r"\([^()]{0,30}?(?:[Pp]hụ lục|[Bb]ảng|[Bb]iểu)|\b(?:tại|theo) [Pp]hụ lục|:\s*$")
#: Not all that the table has.
_SOME_RE = re.compile(
    r"\b(?:trong đó|hoàn thành|còn|chưa|quá hạn|thêm|ngoài|khoảng|ít nhất|tối thiểu)\b[^.;]{0,30}$"
)
_CAPTION_RE = re.compile(r"\s*(?:bảng|biểu|đơn vị(?: tính)?|đvt|\(|danh (?:mục|sách))", re.IGNORECASE)
_NUMBER_RE = re.compile(rf"(?:{_WORD}\s*)?0?(?P<number>\d{{1,3}})[.)]?")
_FEWEST, _FAR, _LONG, _HEADS = 2, 3, 4, 2
_KINDS = {
    "huyện": ("huyện", "h."),
    "thị xã": ("thị xã", "tx.", "tx"),
    "thành phố": ("thành phố", "tp.", "tp"),
    "quận": ("quận", "q."),
    "xã": ("xã",),
    "phường": ("phường", "p."),
    "thị trấn": ("thị trấn", "tt.", "tt"),
}
_KIND = "|".join(sorted(_KINDS, key=len, reverse=True))
_PLACE_RE = re.compile(rf"\d\s+(?:{_KIND})\b")
_PLACES_RE = re.compile(rf"\s+(?P<kinds>(?:{_KIND})(?:(?:,|\s+và)\s+(?:{_KIND}))*)\b")


def numbered_rows(table: Table) -> int | None:
    """How many rows a table has that are numbered from 1, one after another; None where they are not.

    A name may stand before the numbers: ``Gói 01``, ``DA1``.
    """
    firsts = [(row.cells[0].text or "").strip() for row in table.rows if row.cells]
    numbers = [int(found["number"]) for first in firsts if (found := _NUMBER_RE.fullmatch(first))]
    in_order = numbers[:1] == [1] and all(one + 1 == other for one, other in pairwise(numbers))
    return len(numbers) if len(numbers) >= _FEWEST and in_order else None


def check_rows_told(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """``13 nhiệm vụ (Phụ lục kèm theo)``, ``có 05 gói thầu:`` are as many as the numbered rows there."""
    if not subject.document.tables or subject.is_rule():
        return
    places: list[tuple[Grid, frozenset[str], int]] | None = None
    for where in stated(subject):
        refers = bool(_GATE_RE.search(where.text))
        for figure in where.figures if refers or _PLACE_RE.search(where.text) else ():
            if not _is_count(figure):
                continue
            found = _REFERS_RE.match(where.text, where.end(figure)) if refers else None
            if found and not _SOME_RE.search(where.text[: where.start(figure)]):
                table = _referred(subject, where, found)
                named = table is not None and (_names(table, found["noun"]) or _lists(table, found["noun"]))
                if table is not None and named and (rows := numbered_rows(table)):
                    yield from _held(subject, where, figure, rows, tally, by, Severity.ERROR)
            elif found := _PLACES_RE.match(where.text, where.end(figure)):
                places = list(_with_rows(subject)) if places is None else places
                for grid, kinds, rows in places:
                    if kinds == kinds_in(found["kinds"]) and _gives_total(where, figure, grid):
                        yield from _held(subject, where, figure, rows, tally, by, Severity.WARNING)


def _is_count(figure: Figure) -> bool:
    return figure.value.isdigit() and not figure.of and not figure.bound and figure.unit != "%"


def _referred(subject: Subject, where: Stated, found: re.Match[str]) -> Table | None:
    """The one table that is referred to; None where there is none, or several may be."""
    tables = subject.document.tables
    if found["colon"]:
        return _behind(subject, where)
    if found["table"]:
        name = found["table"].lower()
        called = [table for table in tables if re.match(rf"{re.escape(name)}\b", (table.caption or "").lower())]
    else:
        label = found["label"] or found["called"]
        called = [
            table for table in tables if table.appendix and (not label or table.appendix.split()[-1] == label)
        ]
    return called[0] if len(called) == 1 else None


def _behind(subject: Subject, where: Stated) -> Table | None:
    """The table right behind a paragraph, with nothing but its title between."""
    document = subject.document
    blocks = [block for block in document.blocks if block.view.start > where.block.view.start]
    for block in blocks:
        if block.kind is BlockKind.TABLE:
            return next((table for table in document.tables if table.span.start == block.span.start), None)
        if block.kind is BlockKind.TEXT and not _CAPTION_RE.match(document.block_text(block)):
            return None
    return None


def _names(table: Table, noun: str) -> bool:
    """Whether the rows of a table are the things counted: its first heads, or its title, list them by name."""
    if MEASURED_RE.match(noun):
        return False
    heads = table.columns[:_HEADS]
    title = " ; ".join(words for words in (table.title, table.caption) if words)
    name = re.escape(" ".join(noun.split()[:_HEADS]))
    lists = re.search(rf"\b(?:danh (?:mục|sách)|các)\s+(?:\d+\s+)?{name}\b", title, re.IGNORECASE)
    called = any(re.match(rf"\W*(?:tên\s+)?{name}\b", head, re.IGNORECASE) for head in heads)
    return bool(lists or called) and thing_words(noun) <= thing_words(" ; ".join((title, *heads)))


def _lists(table: Table, noun: str) -> bool:
    """Whether what is counted are places, and the rows of a table that say of what kind they are, are such."""
    labels = (next((cell.text for cell in row.cells[1:] if cell.text), "") for row in table.rows)
    kinds = {kind for label in labels if (kind := kind_of(label))}
    return bool(kinds) and bool(_PLACES_RE.fullmatch(f" {noun}")) and kinds <= kinds_in(noun)


def _with_rows(subject: Subject) -> Iterator[tuple[Grid, frozenset[str], int]]:
    """The tables with a total whose numbered rows are places: of which kinds, and how many."""
    for grid in grids(subject.document):
        lines = [line for line in grid.lines if line.ordinal and line.label]
        if not any(line.total for line in grid.lines) or numbered_rows(grid.table) is None:
            continue
        kinds = {kind for line in lines if (kind := kind_of(line.label))}
        own = [line for line in lines if kind_of(line.label)]
        if len(own) > _FAR:
            yield grid, frozenset(kinds), len(own)


def kind_of(label: str) -> str | None:
    """The kind of place that a row is named as: ``TX. An Nhơn`` is a *thị xã*; None for anything else."""
    words = label.lower()
    return next(
        (kind for kind in _KIND.split("|") if any(words.startswith(f"{one} ") for one in _KINDS[kind])), None
    )


def kinds_in(words: str) -> frozenset[str]:
    """The kinds of places that words count: ``huyện, thị xã``."""
    return frozenset(re.findall(_KIND, words))


def _gives_total(where: Stated, figure: Figure, grid: Grid) -> bool:
    """Whether the sentence of a count tells a total of the table, a number that is no round one."""
    low, high = next((low, high) for low, high in split_sentences(where.text) if low <= where.start(figure) < high)
    told = {
        one.printed.split()[0] for one in where.figures if low <= where.start(one) < high and one is not figure
    }
    totals = {line.printed(at) for line in grid.lines if line.total for at in grid.columns}
    return any(len(re.sub(r"\D", "", one)) > _LONG for one in told & totals)


def _held(
    subject: Subject, where: Stated, figure: Figure, rows: int, tally: Tally, by: Rule, severity: Severity
) -> Iterator[Finding]:
    count = int(figure.value)
    if count == rows:
        tally.held += 1
    elif abs(count - rows) <= max(1, rows // _FAR):
        tally.failed += 1
        yield by.finding(
            (figure.span,),
            f"ghi {figure.printed} {figure.unit or ''}, nhưng bảng có {rows} dòng",
            f"{figure.printed} is stated, but the table has {rows} rows",
            stated=figure.printed,
            expected=str(rows),
            suggestion=both("kiểm tra lại số lượng hoặc bảng", "check the count or the table"),
            page=where.block.page,
            severity=severity,
        )
