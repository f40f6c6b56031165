"""FIG in lists: the numbered rows of an appendix that the text counts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graphs.checks.reading.forms import occurrences
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.models import Figure, Finding
from kb.text.sentences import split_sentences

_OF_APPENDIX_RE = re.compile(r"\b[Pp]hụ lục\s+(?:số\s+)?(?P<label>[IVX]{1,5}|\d{1,2})\b[^.;:()\d]{0,60}$")
_FEWEST = 2
_TASKS_RE = re.compile(
    r"\s+(?:nhiệm vụ|chỉ tiêu|mục tiêu|dự án|thủ tục|văn bản|công trình|đề án|danh mục|nội dung)\b", re.IGNORECASE
)


#: "11 dự án với 8.900 căn (Phụ lục 2)": the appendix behind the count.
_BEHIND_RE = re.compile(
    r"\s+(?P<noun>nhiệm vụ|dự án|thủ tục|văn bản|công trình|đề án|mô hình|sản phẩm|đơn vị)\b[^;()]{0,60}?"
    r"\((?:[Cc]hi tiết\s+|[Xx]em\s+|[Dd]anh (?:mục|sách)\s+)?(?:tại\s+|theo\s+|kèm theo\s+)?"
    r"[Pp]hụ lục\s+(?:số\s+)?(?P<label>[IVX]{1,5}|\d{1,2})\b[^()]{0,30}\)"
)


def appendix_rows(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """``Phụ lục II giao 26 nhiệm vụ``: the numbered rows of that appendix are as many."""
    rows = _rows_by_label(subject)
    yield from _told_in_lists(subject, rows, tally, by)
    for where in stated(subject) if rows else ():
        for figure in where.figures:
            named = _OF_APPENDIX_RE.search(where.text[: where.start(figure)])
            named = named if _TASKS_RE.match(where.text, where.end(figure)) else None
            behind = _BEHIND_RE.match(where.text, where.end(figure))
            # The rows of an appendix behind a count may be other things than those counted.
            if behind and _lists(subject, behind["label"], behind["noun"]):
                named = named or behind
            count = rows.get(named["label"]) if named else None
            if named is None or count is None or figure.of or figure.bound or _is_part(where, figure):
                continue
            if int(float(figure.value)) == count:
                tally.held += 1
                continue
            tally.failed += 1
            label = named["label"]
            yield by.finding(
                (figure.span,),
                f"ghi {figure.printed} {figure.unit or ''}, nhưng bảng của Phụ lục {label} có {count} dòng",
                f"{figure.printed} is stated, but the table of the appendix has {count} rows",
                stated=figure.printed,
                expected=str(count),
                suggestion=both("kiểm tra lại số lượng hoặc phụ lục", "check the count or the appendix"),
                page=where.block.page,
            )


#: "Trong 12 chỉ tiêu tại Phụ lục I, có 9 chỉ tiêu đạt": what is said of some of those counted before.
_SAID_OF_SOME_RE = re.compile(
    r"\s+(?:[^\W\d_]+\s){1,3}?(?:(?:đã|đang|còn|chưa|không)\s+)*(?:đạt|hoàn thành|vượt|bảo đảm|chậm|quá hạn)\b",
    re.IGNORECASE,
)


def _is_part(where: Stated, figure: Figure) -> bool:
    """Whether a count is of some of what its sentence counted before, by its words and by a larger number."""
    low, high = next(
        (one for one in split_sentences(where.text) if one[0] <= where.start(figure) < one[1]), (0, 0)
    )
    more = any(
        low <= where.start(one) < where.start(figure)
        and one.value.isdigit()
        and int(one.value) > int(float(figure.value))
        and (one.unit or "").split(" ")[:1] == (figure.unit or "").split(" ")[:1]
        for one in where.figures
    )
    return more and bool(_SAID_OF_SOME_RE.match(where.text, where.end(figure), high))


#: "danh mục 09 dự án": the number belongs to the name of the list, and is no figure.
_LIST_OF_RE = re.compile(r"\b[Dd]anh (?:mục|sách)\s+(?P<count>\d{1,3})(?=\s)")


def _told_in_lists(subject: Subject, rows: dict[str, int], tally: Tally, by: Rule) -> Iterator[Finding]:
    text, reading = subject.document.reading.text, subject.document.reading
    read = {figure.view.start for figure in subject.figures}
    for listed in _LIST_OF_RE.finditer(text) if rows else ():
        behind = _BEHIND_RE.match(text, listed.end())
        count = rows.get(behind["label"]) if behind else None
        if (
            behind is None
            or count is None
            or listed.start("count") in read
            or not _lists(subject, behind["label"], behind["noun"])
        ):
            continue
        if int(listed["count"]) == count:
            tally.held += 1
            continue
        tally.failed += 1
        label = behind["label"]
        yield by.finding(
            (reading.hull(listed.start("count"), listed.end()),),
            f"ghi {listed['count']} {behind['noun']}, nhưng bảng của Phụ lục {label} có {count} dòng",
            f"{listed['count']} is stated, but the table of the appendix has {count} rows",
            stated=listed["count"],
            expected=str(count),
            suggestion=both("kiểm tra lại số lượng hoặc phụ lục", "check the count or the appendix"),
        )


def _lists(subject: Subject, label: str, noun: str) -> bool:
    """Whether the table of an appendix is a list of what is called so, by its title."""
    titles = [
        f"{table.title or ''} {table.caption or ''}".lower()
        for table in subject.document.tables
        if (table.appendix or "").rpartition(" ")[2] == label
    ]
    return len(titles) == 1 and bool(re.search(rf"danh (?:mục|sách)\s+(?:các\s+)?{noun}", titles[0]))


#: "Ban hành kèm theo Quyết định này … và 04 Phụ lục"; the annexes of a paper by their labels.
_ANNEXES_RE = re.compile(r"(?<![\d/])(?P<count>0?[2-9]|1\d)\s+[Pp]hụ lục(?=\s*(?:[.;,]|kèm theo|\(|$))")
_ENCLOSES_RE = re.compile(r"\b(?:[Kk]èm theo|gồm|[Bb]an hành|có)\b[^.;:()]*?(?<!số)(?<!mục)(?<!cột)(?<!bảng)\s+$")
_FARTHEST = 200
_ANNEX_RE = re.compile(r"^\W*(?:PHỤ LỤC|Phụ lục)\s+(?:số\s+|SỐ\s+)?(?P<label>[IVX]{1,5}|\d{1,2})\b", re.MULTILINE)
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def annexes_told(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """``kèm theo … 04 Phụ lục``: as many annexes stand in the paper, where they stand in it at all."""
    reading = subject.document.reading
    told = _annexes(reading.text)
    labels = {found["label"] for found in _ANNEX_RE.finditer(reading.text)} if told else set()
    numbers = sorted(
        _ROMANS.index(one) + 1 if one in _ROMANS else int(one) for one in labels if one.isdigit() or one in _ROMANS
    )
    if told is None or len(numbers) < _FEWEST or numbers != list(range(1, len(numbers) + 1)):
        return
    if int(told["count"]) == len(numbers):
        tally.held += 1
        return
    tally.failed += 1
    yield by.finding(
        (reading.hull(told.start("count"), told.end()),),
        f"ghi {told['count']} phụ lục, nhưng trong văn bản có {len(numbers)} phụ lục",
        f"{told['count']} annexes are stated, but {len(numbers)} stand in the paper",
        stated=told["count"],
        expected=str(len(numbers)),
        suggestion=both("kiểm tra lại số phụ lục, hoặc phụ lục còn thiếu", "check the count, or what is missing"),
    )


def _annexes(text: str) -> re.Match[str] | None:
    """Where a text says first how many annexes it has."""
    for at in occurrences(text, "hụ lục"):
        found = _ANNEXES_RE.search(text, max(0, at - 5), at + 20)
        if found and _ENCLOSES_RE.search(text[max(0, found.start() - _FARTHEST) : found.start()]):
            return found
    return None


#: A list that says in its title how many things it has.
_TITLE_RE = re.compile(
    r"\bdanh (?:mục|sách)\s+(?:các\s+)?(?P<count>\d{1,3})\s+(?!(?:năm|tháng|ngày|quý)\b)[^\W\d_]", re.IGNORECASE
)


def titled_rows(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """``DANH MỤC 12 DỰ ÁN``: the numbered rows of the table are as many."""
    for table in subject.document.tables:
        named = _TITLE_RE.search(table.title or "")
        firsts = [(row.cells[0].text or "").strip(" .") for row in table.rows if row.cells]
        numbers = [int(first) for first in firsts if first.isdecimal()]
        if not named or len(numbers) < _FEWEST or numbers != list(range(1, len(numbers) + 1)):
            continue
        if int(named["count"]) == len(numbers):
            tally.held += 1
            continue
        tally.failed += 1
        row = table.rows[firsts.index(str(len(numbers)))]
        yield by.finding(
            (row.cells[0].spans[0],),
            f"tên bảng ghi {named['count']}, nhưng bảng có {len(numbers)} dòng được đánh số",
            f"the title says {named['count']}, but the table has {len(numbers)} numbered rows",
            stated=named["count"],
            expected=str(len(numbers)),
            suggestion=both("kiểm tra lại tên bảng hoặc các dòng", "check the title or the rows"),
            page=row.page,
        )


def _rows_by_label(subject: Subject) -> dict[str, int]:
    """How many rows the appendices have whose rows are numbered through, by the label of the appendix."""
    numbers: dict[str, list[int]] = {}
    for table in subject.document.tables:
        label = (table.appendix or "").rpartition(" ")[2]
        firsts = [(row.cells[0].text or "").strip(" .") for row in table.rows if row.cells]
        if label:
            numbers.setdefault(label, []).extend(int(first) for first in firsts if first.isdecimal())
    return {label: len(all_) for label, all_ in numbers.items() if all_ and all_ == list(range(1, len(all_) + 1))}
