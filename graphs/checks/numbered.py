"""FIG in lists that number themselves: "Một là", "Thứ hai", and the rows of an appendix that the text counts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graphs.checks.prose import stated
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.models import BlockKind, Finding

_WORDS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_IN_WORDS_RE = re.compile(
    r"^\W*(?:[\dIVX]{1,4}(?:\.\d+)*[.)]\s*|[a-zđ]\)\s*)?(?:Có\s+)?"
    rf"(?P<count>\d{{1,2}}|{'|'.join(_WORDS[1:])})\s+(?P<noun>bài học|nguyên nhân|giải pháp|nhiệm vụ|kinh nghiệm"
    r"|hạn chế|tồn tại|khó khăn|đột phá|kiến nghị|đề xuất|nội dung)\b",
    re.IGNORECASE,
)
_ORDINAL_RE = re.compile(
    rf"\W*(?:(?:{'|'.join(_WORDS)}|mười một|mười hai) là\b"
    r"|thứ (?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)\b)",
    re.IGNORECASE,
)


def numbered(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """``Năm bài học kinh nghiệm:`` is followed by "Một là", "Hai là" and so on, as many as it says."""
    document = subject.document
    blocks = [block for block in document.blocks if block.kind is BlockKind.TEXT]
    texts = [document.block_text(block).strip() for block in blocks]
    for at, text in enumerate(texts):
        lead = _IN_WORDS_RE.match(text)
        if not lead or at + 1 >= len(texts) or not _ORDINAL_RE.match(texts[at + 1]):
            continue
        listed = 0
        while at + 1 + listed < len(texts) and _ORDINAL_RE.match(texts[at + 1 + listed]):
            listed += 1
        word = lead["count"].lower()
        count = int(word) if word.isdigit() else _WORDS.index(word) + 1
        if count == listed:
            tally.held += 1
        elif listed >= 2:
            tally.failed += 1
            start = blocks[at].view.start
            yield by.finding(
                (document.reading.hull(start + lead.start("count"), start + lead.end()),),
                f"ghi {lead['count']} {lead['noun']}, nhưng nêu {listed}",
                f"{lead['count']} are announced, but {listed} are told",
                stated=lead["count"],
                expected=str(listed),
                suggestion=both("kiểm tra lại số lượng hoặc danh sách", "check the count or the list"),
                page=blocks[at].page,
            )


_OF_APPENDIX_RE = re.compile(r"\b[Pp]hụ lục\s+(?:số\s+)?(?P<label>[IVX]{1,5}|\d{1,2})\b[^.;:()\d]{0,60}$")
_TASKS_RE = re.compile(
    r"\s+(?:nhiệm vụ|chỉ tiêu|mục tiêu|dự án|thủ tục|văn bản|công trình|đề án|danh mục|nội dung)\b", re.IGNORECASE
)


def appendix_rows(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """``Phụ lục II giao 26 nhiệm vụ``: the numbered rows of that appendix are as many."""
    rows = _rows_by_label(subject)
    for where in stated(subject) if rows else ():
        for figure in where.figures:
            named = _OF_APPENDIX_RE.search(where.text[: where.start(figure)])
            count = rows.get(named["label"]) if named else None
            if named is None or count is None or figure.of or figure.bound:
                continue
            if not _TASKS_RE.match(where.text, where.end(figure)):
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


def _rows_by_label(subject: Subject) -> dict[str, int]:
    """How many rows the appendices have whose rows are numbered through, by the label of the appendix."""
    numbers: dict[str, list[int]] = {}
    for table in subject.document.tables:
        label = (table.appendix or "").rpartition(" ")[2]
        firsts = [(row.cells[0].text or "").strip(" .") for row in table.rows if row.cells]
        if label:
            numbers.setdefault(label, []).extend(int(first) for first in firsts if first.isdigit())
    return {label: len(all_) for label, all_ in numbers.items() if all_ and all_ == list(range(1, len(all_) + 1))}
