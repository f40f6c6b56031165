"""Targets of tables that give each goal a number in a column: ``Chỉ tiêu | Đơn vị | Kế hoạch 2026 | Thực hiện``.

The row says what is measured, a unit column or the brackets of the row in what, the head of the column by when.
A number in a bracket of years (``Năm 2026 | Năm 2030``) is a level for each; a column of what was reached is the
result of a report's level, and only where things stood in a plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b

from ingest.figures.measures import periods
from ingest.figures.quantities import parse_decimal
from ingest.targets.contexts import SCHOOL_YEAR_RE
from ingest.targets.levels import read_level
from ingest.targets.years import year_of_words
from kb.goals import read_verdict
from kb.models import Cell, Comparator, Document, Result, Row, Span, Table, Target, ValueKind

_NAME_RE = re.compile(
    r"(?:các\s+|tên\s+|nội dung\s+|nhóm\s+|hệ thống\s+)*(?:mục tiêu|chỉ tiêu|chỉ số)(?![^\W\d_])"
    r"(?!.*(?:20\d\d|\bgiao\b|\bkế hoạch\b|\bnăm\b|sử dụng đất))",
    re.IGNORECASE,
)
_LOOSE_NAME_RE = re.compile(r"(?:nội dung|lĩnh vực|tiêu chí|tên|danh mục)(?![^\W\d_])", re.IGNORECASE)
_UNIT_RE = re.compile(r"(?:đvt|đ\.v\.t|đv tính|đơn vị(?:\s+tính)?)\.?", re.IGNORECASE)
_DONE_RE = re.compile(
    r"\b(?:TH|thực hiện|kết quả|đạt được|hiện trạng|hiện có|cùng kỳ|số liệu|ước|quyết toán)\b", re.IGNORECASE
)
_GOAL_RE = re.compile(
    r"\b(?:KH|kế hoạch|mục tiêu|chỉ tiêu|phấn đấu|giao|nghị quyết|NQ|yêu cầu|mức (?:phải đạt|cần đạt|đề ra))\b",
    re.IGNORECASE,
)
_STRICT_RE = re.compile(r"\b(?:KH|kế hoạch|mục tiêu|chỉ tiêu|phấn đấu)\b", re.IGNORECASE)
#: A budget that was given, and what was taken in or paid out under it.
_ESTIMATE_RE = re.compile(r"\b(?:dự toán|DT)\b", re.IGNORECASE)
_SETTLED_RE = re.compile(r"\bquyết toán\b", re.IGNORECASE)
_ROMAN_RE = re.compile(r"[IVX]+\.?")
#: A column that holds one number against another.
_SHARE_RE = re.compile(
    r"\bso\b|so sánh|tỷ lệ|tỉ lệ|tỷ trọng|chênh|\btăng\b|\bgiảm\b|^\W*%\W*$"
    r"|%\s*(?:KH|TH|hoàn thành|đạt|kế hoạch)|\b(?:TH|QT|UTH)\s*/\s*(?:KH|DT|NQ)\b",
    re.IGNORECASE,
)
_YEARS_RE = re.compile(
    r"\W*(?:đến\s+|hết\s+|cuối\s+)?(?:năm\s+|giai đoạn\s+)?20\d\d(?:\s*[-–]\s*20\d\d)?\W*", re.IGNORECASE
)
_YEAR_RE = re.compile(r"\b20\d\d\b")
_PERIOD_RE = re.compile(r"(?:đến\s+(?:hết\s+|cuối\s+)?)?(?:năm\s+)?20\d\d(?:\s*[-–]\s*20\d\d)?", re.IGNORECASE)
_GOALS_RE = re.compile(r"mục tiêu|chỉ tiêu", re.IGNORECASE)
_BRACKET_RE = re.compile(r"\s*\((?P<unit>%|[^()\d]{1,25})\)\s*$")
_LEVEL_RE = re.compile(
    r"(?P<how>(?:≥|>=|≤|<=|>|<|[^\W\d_]+\s)*)\s*(?P<number>\d[\d.,]*)\s*(?P<range>(?:[-–]|đến)\s*\d[\d.,]*)?\s*"
    r"(?P<unit>%|‰)?(?P<up>\s*trở (?:lên|xuống))?(?P<things>(?:\s+[^\W\d_]+(?:/[^\W\d_]+)*){1,5})?",
    re.IGNORECASE,
)
_SIGNS = {
    "≥": Comparator.AT_LEAST,
    ">=": Comparator.AT_LEAST,
    "≤": Comparator.AT_MOST,
    "<=": Comparator.AT_MOST,
    ">": Comparator.MORE,
    "<": Comparator.LESS,
}
_PART_RE = re.compile(r"[-+–•*]\s*|trong đó\b", re.IGNORECASE)
#: Texts whose tables are forms and criteria, not goals of a plan.
_NORMS = ("Luật", "Bộ luật", "Pháp lệnh", "Nghị định", "Thông tư", "Thông tư liên tịch", "Văn bản hợp nhất")
#: "6 tháng", "Quý I": behind a column of levels, how far they were reached by then.
_PASSED_RE = re.compile(
    r"\W*(?:\d{1,2}\s+tháng|quý\s+[IVX]+)(?:\s+(?:đầu\s+)?năm(?:\s+20\d\d)?|/20\d\d)?\W*", re.IGNORECASE
)
_VERDICT_RE = re.compile(r"đánh giá|mức độ hoàn thành|đạt\s*/\s*(?:không|chưa)", re.IGNORECASE)
_VERDICT_CELL_RE = re.compile(
    r"(?:(?:không|chưa)\s+(?:đạt|hoàn thành)|(?:hoàn thành\s+)?vượt|hoàn thành|đạt)(?:\W[^\d]*)?", re.IGNORECASE
)
#: What a report's table of years is of where its later years are still to come.
_PLANNED_RE = re.compile(
    r"\b(?:lộ trình|kế hoạch|mục tiêu|phấn đấu|dự kiến|dự báo|chỉ tiêu giao)\b", re.IGNORECASE
)
#: The least rows, and the share of all, that hold a number where a level is to stand.
_FEWEST, _MOST = 2, 0.5


@dataclass(frozen=True, slots=True)
class _Heads:
    """Which column is which; `levels` with the period that its head gives; it `settles` a budget."""

    name: int
    unit: int | None
    levels: tuple[tuple[int, str | None], ...]
    results: tuple[tuple[int, str | None], ...]
    verdict: int | None
    settles: bool


def indicators_of(document: Document, at: int) -> tuple[Target, ...]:
    """The targets of one table of a document; none where its columns hold no levels."""
    table, kind = document.tables[at], document.metadata.type
    if kind and kind.value in _NORMS:
        return ()
    heads = _read_heads(document, table)
    if heads is None:
        return ()
    reports = heads.settles or (kind is not None and kind.value == "Báo cáo")
    return tuple(_of_rows(table, at, heads, reports=reports))


def period_over(table: Table) -> str | None:
    """The one period that the title or the caption of a table of goals names; None where there are several."""
    words = " ".join(filter(None, (table.caption, table.title)))
    words = words.lower() if words.isupper() else words
    school = SCHOOL_YEAR_RE.search(words)
    if school:
        return " ".join(school.group().split())
    told = {" ".join(one.group().split()) for one in periods(words, 0, len(words))}
    return told.pop() if len(told) == 1 else None


def _read_heads(document: Document, table: Table) -> _Heads | None:
    columns = [" ".join((head or "").split()) for head in table.columns]
    over = " ".join(filter(None, (table.title, table.caption)))
    name = next((at for at, head in enumerate(columns) if _NAME_RE.match(head)), None)
    called = name is not None
    settles = all(any(form.search(head) for head in columns) for form in (_ESTIMATE_RE, _SETTLED_RE))
    if name is None and (settles or _GOALS_RE.search(over)):
        name = next((at for at, head in enumerate(columns) if _LOOSE_NAME_RE.match(head)), None)
    if name is None:
        return None
    year = _year_of(document)
    kind = document.metadata.type
    tells = kind is not None and kind.value == "Báo cáo" and not _PLANNED_RE.search(over)
    levels: list[tuple[int, str | None]] = []
    results: list[tuple[int, str | None]] = []
    for at, head in enumerate(columns):
        if at == name or _UNIT_RE.fullmatch(head) or (_SHARE_RE.search(head) and not _GOAL_RE.match(head)):
            continue
        if _DONE_RE.search(head):
            results.append((at, _period_of(head)))
        elif (_GOAL_RE if called else _STRICT_RE).search(head) or (settles and _ESTIMATE_RE.search(head)):
            levels.append((at, _period_of(head) or _single_year(over)))
        elif levels and _PASSED_RE.fullmatch(head):
            results.append((at, None))
        elif called and _YEARS_RE.fullmatch(head) and _may_come(_last_year(head), year, tells=tells):
            levels.append((at, _period_of(head)))
    levels = [one for one in levels if _holds_numbers(table, one[0])]
    if not levels:
        return None
    unit = next((at for at, head in enumerate(columns) if _UNIT_RE.fullmatch(head)), None)
    return _Heads(name, unit, tuple(levels), tuple(results), _verdicts(table, columns, name), settles)


def _may_come(told: int | None, year: int | None, *, tells: bool) -> bool:
    """Whether a column of one year holds levels: of the paper's year on; where it `tells` what was, behind it."""
    if year is None:
        return not tells
    return (told or 0) >= year + tells


def _verdicts(table: Table, columns: list[str], name: int) -> int | None:
    """The column of verdicts: called so, or one whose cells say nothing else."""
    called = next((at for at, head in enumerate(columns) if _VERDICT_RE.search(head)), None)
    if called is not None:
        return called
    for at in range(len(columns)):
        told = [text for row in table.rows if (text := _text(row, at))]
        if at != name and len(told) >= _FEWEST and all(_VERDICT_CELL_RE.fullmatch(text) for text in told):
            return at
    return None


def _holds_numbers(table: Table, column: int) -> bool:
    cells = [row.cells[column].text for row in table.rows if column < len(row.cells)]
    told = [text for text in cells if text and text.strip("- –")]
    read = [text for text in told if _LEVEL_RE.fullmatch(" ".join(text.split()))]
    return len(read) >= _FEWEST and len(read) >= _MOST * len(told)


def _of_rows(table: Table, at: int, heads: _Heads, *, reports: bool) -> Iterator[Target]:
    whole = ""
    parted = heads.settles and any(map(_is_roman, table.rows))
    for row_at, row in enumerate(table.rows):
        name = _text(row, heads.name)
        if parted and row.cells[0].text and not _is_roman(row):
            continue  # what a part of the budget is made of
        if not any(letter.isalpha() for letter in name):
            continue
        part = _PART_RE.match(name)
        whole = whole if part else name
        metric = f"{_bare(whole)}: {_bare(name[part.end() :])}" if part and whole else _bare(name)
        words = " ".join(filter(None, (_text(row, column) for column in range(len(row.cells)))))
        told = [(level, found) for level in heads.levels if (found := _LEVEL_RE.fullmatch(_text(row, level[0])))]
        group = blake2b(words.lower().encode(), digest_size=4).hexdigest() if len(told) > 1 else None
        for level, found in told:
            unit = _unit(table, row, heads, level[0], _own_unit(found))
            verdict = read_verdict(_text(row, heads.verdict)) if heads.verdict is not None else None
            yield Target(
                "",
                _hull(row),
                words[:600],
                metric[:200],
                _comparator(name, _text(row, level[0]), found),
                _value(row.cells[level[0]], found["number"]),
                unit,
                level[1],
                group=group,
                # A plan's column of what was reached says where things stood, unless a verdict goes with it.
                result=_result(row, heads, level, unit) if reports or verdict else None,
                verdict=verdict,
                eid=table.unit,
                page=row.page,
                table=at,
                row=row_at,
                level=_hull_of(row.cells[level[0]]),
            )


def _comparator(name: str, text: str, found: re.Match[str]) -> Comparator:
    """How a level is meant, by its sign, by its words, else by those that end the name of its row."""
    how = found["how"].strip()
    if how in _SIGNS:
        return _SIGNS[how]
    if name.lower().startswith("giảm "):
        return Comparator.DECREASE
    said = f"{_bare(name)} {text}"
    start = said.rindex(found["number"])
    comparator = read_level(said, start, start + len(found["number"]))[0]
    return Comparator.AT_LEAST if comparator is Comparator.EQUAL and found["range"] else comparator


def _unit(table: Table, row: Row, heads: _Heads, column: int, own: str | None) -> str | None:
    """The unit: of the cell, of its column, of the row's brackets, of the head's, else of the whole table."""
    told = _text(row, heads.unit) if heads.unit is not None else ""
    brackets = (_BRACKET_RE.search(_text(row, heads.name)), _BRACKET_RE.search(table.columns[column] or ""))
    return own or told or next((one["unit"] for one in brackets if one), None) or table.measure


def _own_unit(found: re.Match[str]) -> str | None:
    """What a cell counts (``420 cuộc``); of a share what it is one of is no unit."""
    return found["unit"] or (" ".join(found["things"].split()) if found["things"] and not found["up"] else None)


def _is_roman(row: Row) -> bool:
    return _ROMAN_RE.fullmatch(_text(row, 0)) is not None


def _value(cell: Cell, number: str) -> str:
    plain = cell.value.kind in (ValueKind.NUMBER, ValueKind.PERCENT) and cell.value.value is not None
    return str(cell.value.value) if plain else parse_decimal(number)


def _result(row: Row, heads: _Heads, level: tuple[int, str | None], unit: str | None) -> Result | None:
    """What was reached in the time of a level: the nearest column behind it, of no earlier year."""
    year = _last_year(level[1])
    for column, period in sorted(heads.results, key=lambda one: (one[0] < level[0], one[0])):
        told = _last_year(period)
        text = _text(row, column)
        if not text or (told and year and told < year):
            continue
        found = _LEVEL_RE.fullmatch(text)
        span = _hull_of(row.cells[column])
        if found is None:
            return Result(text, None, None, span)
        return Result(text, _value(row.cells[column], found["number"]), _own_unit(found) or unit, span)
    return None


def _text(row: Row, column: int) -> str:
    return " ".join((row.cells[column].text or "").split()) if column < len(row.cells) else ""


def _bare(name: str) -> str:
    return _BRACKET_RE.sub("", name).strip(" .;,:*_")


def _hull(row: Row) -> Span:
    spans = [span for cell in row.cells for span in cell.spans]
    return Span(spans[0].start, spans[-1].end)


def _hull_of(cell: Cell) -> Span:
    return Span(cell.spans[0].start, cell.spans[-1].end)


def _period_of(head: str) -> str | None:
    found = _PERIOD_RE.search(head)
    return found.group().strip() if found else None


def _single_year(words: str) -> str | None:
    """``năm 2026`` where the words over a table name one year; of several none."""
    school = SCHOOL_YEAR_RE.search(words)
    if school:
        return " ".join(school.group().split())
    year = year_of_words(words)
    return f"năm {year}" if year else None


def _last_year(period: str | None) -> int | None:
    years = _YEAR_RE.findall(period or "")
    return int(years[-1]) if years else None


def _year_of(document: Document) -> int | None:
    issued = document.metadata.issued
    return int(issued.value[:4]) if issued else None
