"""Columns of a table that say by when: ``Chỉ tiêu | Mức | Thời hạn``, and tables of tasks that have no more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ingest.targets.columns import has_letters, text_of
from ingest.targets.deadlines import DAY, is_before
from kb.models import Comparator, Document, Row, Span, Table, Target

_HEAD_RE = re.compile(
    r"(?:thời\s+)?hạn(?:\s+(?:cuối|chót))?(?:\s+(?:hoàn thành|trình|ban hành|thực hiện|xong|nộp|xử lý|phải))*\W*"
    r"|(?:thời gian|thời điểm|tiến độ|ngày|mốc)\s+(?:phải\s+|dự kiến\s+)?"
    r"(?:hoàn thành|trình|ban hành|kết thúc|xong)\W*"
    r"|(?:thời gian|tiến độ)(?:\s+thực hiện)?\W*|(?:mốc\s+)?(?:hoàn thành|thời gian|thời điểm)\W*"
    r"|hoàn thành trước(?:\s+ngày)?\W*",
    re.IGNORECASE,
)
_CELL_RE = re.compile(
    rf"(?:(?:trước|trong|chậm nhất|muộn nhất|đến|hết|cuối|xong|vào|là)\s+)*(?:{DAY}|\d{{1,2}}/20\d\d)\W*",
    re.IGNORECASE,
)
#: Heads over what is to be done, and over what came of it, or what is paid.
_TASK_RE = re.compile(
    r"(?:tên\s+|nội dung\s+|danh mục\s+|các\s+)*(?:nội dung|nhiệm vụ|công việc|đề án|văn bản|chương trình"
    r"|hoạt động|việc|sản phẩm|chuyên đề|đầu việc|phần việc|dự thảo)(?![^\W\d_])",
    re.IGNORECASE,
)
_TOLD_RE = re.compile(
    r"\b(?:kết quả|đã|thực tế|tình trạng|đánh giá|số ngày|chậm|kinh phí|giải ngân|vốn)(?![^\W\d_])", re.IGNORECASE
)
#: The least rows of tasks with a day, and of all rows the share that has one.
_FEWEST, _MOST = 2, 0.5


@lru_cache(maxsize=64)
def _due_at(columns: tuple[str, ...]) -> tuple[int, ...]:
    return tuple(at for at, head in enumerate(columns) if _HEAD_RE.fullmatch(head))


def due_of(table: Table, row: Row) -> str | None:
    """The day by which the goal of a row is to be reached, where a column of its table is of such days."""
    for at in _due_at(_heads(table)):
        text = text_of(row, at)
        if _CELL_RE.fullmatch(text):
            return text.strip(" .;,")
    return None


def tasks_of_table(document: Document, at: int) -> Iterator[Target]:
    """The tasks of a table whose first words say what is to be done, with a day, and not what came of it."""
    table, issued = document.tables[at], document.metadata.issued
    heads = _heads(table)
    rows = table.rows
    name = next((one for one in range(len(heads)) if any(has_letters(text_of(row, one)) for row in rows)), None)
    if (
        issued is None
        or name is None
        or not _TASK_RE.match(heads[name])
        or not _due_at(heads)
        or any(map(_TOLD_RE.search, heads))
    ):
        return
    told = [(row_at, row, day) for row_at, row in enumerate(table.rows) if (day := due_of(table, row))]
    ahead = [one for one in told if not is_before(one[2], issued.value)]
    named = [row for row in table.rows if has_letters(text_of(row, name))]
    if len(ahead) < _FEWEST or len(ahead) < len(told) or len(told) < _MOST * len(named):
        return
    for row_at, row, day in ahead:
        words = text_of(row, name)
        if has_letters(words):
            yield Target(
                "",
                _hull(row),
                " ".join(filter(None, (text_of(row, column) for column in range(len(row.cells)))))[:600],
                words.strip(" .;,:*_")[:200],
                Comparator.COMPLETE,
                period=day,
                eid=table.unit,
                page=row.page,
                table=at,
                row=row_at,
            )


def _heads(table: Table) -> tuple[str, ...]:
    return tuple(" ".join((head or "").split()) for head in table.columns)


def _hull(row: Row) -> Span:
    spans = [span for cell in row.cells for span in cell.spans]
    return Span(spans[0].start, spans[-1].end)
