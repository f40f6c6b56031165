"""Which column of a table of goals is which: what is measured, the levels, what was reached, the verdicts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.targets.contexts import SCHOOL_YEAR_RE
from ingest.targets.papers import reports, year_of
from ingest.targets.planned import UNIT_RE, sets_plan_beside_result, sets_years
from ingest.targets.years import year_of_words
from kb.models import Document, Row, Table

_NAME_RE = re.compile(
    r"(?:các\s+|tên\s+|nội dung\s+|nhóm\s+|hệ thống\s+)*(?:mục tiêu|chỉ tiêu|chỉ số)(?![^\W\d_])"
    r"(?!.*(?:20\d\d|\bgiao\b|\bkế hoạch\b|\bnăm\b|sử dụng đất))",
    re.IGNORECASE,
)
_LOOSE_NAME_RE = re.compile(r"(?:nội dung|lĩnh vực|tiêu chí|tên|danh mục)(?![^\W\d_])", re.IGNORECASE)
_DONE_RE = re.compile(
    r"\b(?:TH|thực hiện|kết quả|đạt được|hiện trạng|hiện có|cùng kỳ|số liệu|ước|quyết toán|cuối kỳ)\b|^đã\s",
    re.IGNORECASE,
)
_GOAL_RE = re.compile(
    r"^(?:mức\s+)?(?:đăng ký|cam kết)\W*$|^mức(?:\s+(?:cần đạt|phấn đấu))?\W*$"
    r"|\b(?:KH|kế hoạch|mục tiêu|chỉ tiêu|phấn đấu|giao|nghị quyết|NQ"
    r"|yêu cầu|mức (?:phải đạt|cần đạt|đề ra))\b",
    re.IGNORECASE,
)
_STRICT_RE = re.compile(
    r"\b(?:KH|kế hoạch|mục tiêu|chỉ tiêu|phấn đấu|mức (?:được )?(?:giao|yêu cầu|phải đạt|cần đạt|đề ra))\b",
    re.IGNORECASE,
)
#: A budget that was given, and what was taken in or paid out under it.
_ESTIMATE_RE = re.compile(r"\b(?:dự toán|DT)\b", re.IGNORECASE)
_SETTLED_RE = re.compile(r"\bquyết toán\b", re.IGNORECASE)
#: A column that holds one number against another.
_SHARE_RE = re.compile(
    r"\bso\b|so sánh|tỷ lệ|tỉ lệ|tỷ trọng|chênh|\btăng\b|\bgiảm\b|^\W*%\W*$"
    r"|%\s*(?:KH|TH|hoàn thành|đạt|kế hoạch)|\b(?:TH|QT|UTH)\s*/\s*(?:KH|DT|NQ)\b",
    re.IGNORECASE,
)
_RATE_RE = re.compile(r"\bt[ỷỉ] lệ\b(?!.*\b(?:so|KH|kế hoạch|TH)\b)", re.IGNORECASE)
_YEARS_RE = re.compile(
    r"\W*(?:đến\s+|hết\s+|cuối\s+)?(?:năm\s+|giai đoạn\s+)?20\d\d(?:\s*[-–]\s*20\d\d)?\W*", re.IGNORECASE
)
_YEAR_RE = re.compile(r"\b20\d\d\b")
_PERIOD_RE = re.compile(r"(?:đến\s+(?:hết\s+|cuối\s+)?)?(?:năm\s+)?20\d\d(?:\s*[-–]\s*20\d\d)?", re.IGNORECASE)
_GOALS_RE = re.compile(r"mục tiêu|chỉ tiêu", re.IGNORECASE)
LEVEL_RE = re.compile(
    r"(?P<how>(?:≥|>=|≤|<=|>|<|[^\W\d_]+\s)*)\s*(?P<number>\d[\d.,]*)(?:/\d{1,5}(?=\s+[^\W\d_]))?\s*(?P<range>(?:[-–]|đến)\s*\d[\d.,]*)?\s*"
    r"(?P<unit>%|‰)?(?P<up>\s*trở (?:lên|xuống))?(?P<things>(?:\s+[^\W\d_]+(?:/[^\W\d_]+)*){1,5})?",
    re.IGNORECASE,
)
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
#: "Chỉ tiêu năm 2031" over words, beside a column of levels
_CALLED_RE = re.compile(
    r"(?:các\s+|tên\s+|nội dung\s+)*(?:mục tiêu|chỉ tiêu)(?!\s+(?:giao|sử dụng))(?![^\W\d_])", re.IGNORECASE
)
#: A count of goals is no level.
_COUNT_RE = re.compile(r"(?:tổng\s+)?số(?:\s+lượng)?\s+(?:chỉ tiêu|mục tiêu|nhiệm vụ|tiêu chí)", re.IGNORECASE)
#: A title over goals that are shared out to places and bodies; posts, pupils and land are no goals.
_ALLOTS_RE = re.compile(
    r"\W*(?:(?:giao|phân bổ|phân giao|bảng|biểu|kế hoạch)\s+)*chỉ tiêu"
    r"(?!\s+(?:biên chế|tuyển|xét|sử dụng đất))(?![^\W\d_])",
    re.IGNORECASE,
)
_PLACE_RE = re.compile(
    r"(?:tên\s+)?(?:đơn vị|địa phương|địa bàn|huyện|xã|phường|thành phố|khu vực|vùng|cơ quan|cơ sở|trường)"
    r"(?!\s+tính)(?![^\W\d_])",
    re.IGNORECASE,
)
_ORDER_RE = re.compile(r"(?:TT|STT|số TT|số thứ tự)", re.IGNORECASE)
_SHARE_CELL_RE = re.compile(r"\d\s*%")
_MONEY_OVER_RE = re.compile(r"\b(?:vốn|kinh phí|dự toán|giải ngân|biên chế)\b", re.IGNORECASE)
#: The least rows, and the share of all, that hold a number where a level is to stand.
_FEWEST, _MOST = 2, 0.5


@dataclass(frozen=True, slots=True)
class Heads:
    """Which column is which.

    `levels` with the period that its head gives; it `settles` a budget; what it sets is `placed`, a row a place.
    """

    name: int
    unit: int | None
    levels: tuple[tuple[int, str | None], ...]
    results: tuple[tuple[int, str | None], ...]
    verdict: int | None
    settles: bool
    placed: bool = False


def read_heads(document: Document, table: Table) -> Heads | None:
    """The columns of a table that gives each goal a number; None where its columns hold no levels."""
    columns = [" ".join((head or "").split()) for head in table.columns]
    over = " ".join(filter(None, (table.title, table.caption)))
    name = next((at for at, head in enumerate(columns) if _NAME_RE.match(head)), None)
    if name and _holds_numbers(table, name) and any(_holds_words(table, at) for at in range(name)):
        name = None  # "Nhiệm vụ | Chỉ tiêu": the levels of what another column names
    called = name is not None
    settles = all(any(form.search(head) for head in columns) for form in (_ESTIMATE_RE, _SETTLED_RE))
    if name is None and (settles or _GOALS_RE.search(over)):
        name = next((at for at, head in enumerate(columns) if _LOOSE_NAME_RE.match(head)), None)
    if name is None:
        name = next((at for at in range(len(columns)) if _names_by_words(table, columns, at)), None)
        called = name is not None
    placed = name is None and _ALLOTS_RE.search(over) is not None
    if placed:
        name = next((at for at in range(len(columns)) if _lists_places(table, columns, at)), None)
        called = True
    year = year_of(document)
    tells = reports(document) and not _PLANNED_RE.search(over)
    if name is None:
        name, called = _named_by_plan(table, columns, over, None if tells else year), True
    if name is None:
        return None
    levels: list[tuple[int, str | None]] = []
    results: list[tuple[int, str | None]] = []
    for at, head in enumerate(columns):
        if (
            at == name
            or UNIT_RE.fullmatch(head)
            or _COUNT_RE.match(head)
            or (_SHARE_RE.search(head) and not _GOAL_RE.match(head))
        ):
            continue
        if _DONE_RE.search(head):
            results.append((at, _period_of(head)))
        elif (_GOAL_RE if called else _STRICT_RE).search(head) or (settles and _ESTIMATE_RE.search(head)):
            levels.append((at, _period_of(head) or _single_year(over) or _single_year(columns[name])))
        elif levels and _PASSED_RE.fullmatch(head):
            results.append((at, None))
        elif called and _YEARS_RE.fullmatch(head) and _may_come(last_year(head), year, tells=tells):
            levels.append((at, _period_of(head)))
    levels = [one for one in levels if _holds_numbers(table, one[0])]
    if placed and not levels and _ALLOTS_RE.match(over):
        alone = [
            at
            for at in range(len(columns))
            if at != name and _holds_numbers(table, at) and not _is_order(columns[at])
        ]
        levels = [(alone[0], _single_year(over))] if len(alone) == 1 else []
    if not levels:
        return None
    unit, results = _unit_column(columns, name), _rates_for(columns, levels, results)
    return Heads(name, unit, tuple(levels), tuple(results), _verdicts(table, columns, name), settles, placed)


def _rates_for(
    columns: list[str], levels: list[tuple[int, str | None]], results: list[tuple[int, str | None]]
) -> list[tuple[int, str | None]]:
    """What was reached of levels in per cent: the one rate beside them, and not the counts that it is of."""
    told = {at for at, _ in levels}
    if any("%" not in columns[at] for at in told) or any("%" in columns[at] for at, _ in results):
        return results
    rates = [at for at, head in enumerate(columns) if at not in told and "%" in head and _RATE_RE.search(head)]
    return [(rates[0], _period_of(columns[rates[0]]))] if len(rates) == 1 else results


def _named_by_plan(table: Table, columns: list[str], over: str, year: int | None) -> int | None:
    """The first column of words of a table that holds a plan beside what came of it, or the years to come."""
    name = next((at for at in range(len(columns)) if _holds_words(table, at) and not _is_order(columns[at])), None)
    if name is None:
        return None
    unit = _unit_column(columns, name)
    units = [table.measure or ""] if unit is None else _cells(table, unit)
    planned = sets_plan_beside_result(columns, columns[name]) and not _MONEY_OVER_RE.search(over)
    return name if planned or sets_years(columns, columns[name], over, units, year) else None


def _unit_column(columns: list[str], name: int) -> int | None:
    return next((at for at, head in enumerate(columns) if at != name and UNIT_RE.fullmatch(head)), None)


def _holds_words(table: Table, column: int) -> bool:
    told = _cells(table, column)
    return len(told) >= _FEWEST and all(map(has_letters, told)) and not _holds_numbers(table, column)


def _names_by_words(table: Table, columns: list[str], at: int) -> bool:
    """Whether a column of goals names them without a level, and another holds the levels."""
    told = _cells(table, at)
    return (
        _CALLED_RE.match(columns[at]) is not None
        and len(told) >= _FEWEST
        and all(map(has_letters, told))
        and sum(bool(_SHARE_CELL_RE.search(text) or LEVEL_RE.fullmatch(text)) for text in told) < _MOST * len(told)
        and any(
            _GOAL_RE.search(head) and not _COUNT_RE.match(head) and _holds_numbers(table, other)
            for other, head in enumerate(columns)
            if other != at
        )
    )


def _lists_places(table: Table, columns: list[str], at: int) -> bool:
    """Whether a column names places or bodies, and no other column has words."""
    told = _cells(table, at)
    return (
        _PLACE_RE.match(columns[at]) is not None
        and len(told) >= _FEWEST
        and all(map(has_letters, told))
        and not any(
            has_letters(text)
            for other in range(len(columns))
            if other != at
            for text in _cells(table, other)[:_FEWEST]
            if not _is_order(columns[other])
        )
    )


def has_letters(text: str) -> bool:
    """Whether a cell says anything in words."""
    return any(letter.isalpha() for letter in text)


def _cells(table: Table, column: int) -> list[str]:
    return [text for row in table.rows if (text := text_of(row, column))]


def _is_order(head: str) -> bool:
    return _ORDER_RE.fullmatch(head) is not None


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
        told = _cells(table, at)
        if at != name and len(told) >= _FEWEST and all(_VERDICT_CELL_RE.fullmatch(text) for text in told):
            return at
    return None


def _holds_numbers(table: Table, column: int) -> bool:
    cells = [row.cells[column].text for row in table.rows if column < len(row.cells)]
    told = [text for text in cells if text and text.strip("- –")]
    read = [text for text in told if LEVEL_RE.fullmatch(" ".join(text.split()))]
    return len(read) >= _FEWEST and len(read) >= _MOST * len(told)


def text_of(row: Row, column: int) -> str:
    """The words of a cell in one line; empty where there is none."""
    return " ".join((row.cells[column].text or "").split()) if column < len(row.cells) else ""


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


def last_year(period: str | None) -> int | None:
    """The last year that a period names."""
    years = _YEAR_RE.findall(period or "")
    return int(years[-1]) if years else None
