"""A Word copy of a document with the findings as comments at their places; the door to python-docx for writing.

A report that came as text or PDF becomes a new Word file, and says so in its first line; one that came as a Word
file bears the comments itself (`webapp.outputs.commented`).
"""

from __future__ import annotations

import io
from bisect import bisect_right
from collections import defaultdict
from itertools import pairwise

from docx import Document as new_document
from docx.document import Document as WordFile

from kb.models import BlockKind, Document, Finding, Table
from kb.text.normalize import printable
from webapp.cli.analysed import Rows
from webapp.outputs.commented import commented_copy
from webapp.outputs.front import basics, decision, finding_words, sentence, verdict, worst_first
from webapp.outputs.sheet import SEVERITIES, Sheet, coverage
from webapp.presenters import MEDIA_NAMES

_AUTHOR, _INITIALS = "Căn Cứ", "CC"
_MADE = "Bản sao do Căn Cứ tạo từ {kind}, kèm ghi chú kiểm tra; không thay thế bản gốc."


def sheet_document(sheet: Sheet) -> bytes:
    """The bytes of a Word file: the sheet's first page, then the document with each finding a comment.

    A Word file that was handed in is given back as it is, with the comments.
    """
    copied = commented_copy(sheet)
    if copied is not None:
        return copied
    word = new_document()
    document = sheet.analysis.document
    _add_front(word, sheet)
    made = word.add_paragraph(_MADE.format(kind=MEDIA_NAMES[document.source.media_type]), style="Intense Quote")
    made.paragraph_format.page_break_before = True
    at = _by_block(document, sheet.report.findings)
    tables = {table.span.start: table for table in document.tables}
    for index, block in enumerate(document.blocks):
        if block.kind is BlockKind.TABLE:
            # A table that runs over pages is several blocks; it is written where it begins.
            table = tables.pop(next((start for start in tables if start < block.span.end), -1), None)
            if table:
                _add_table(word, table, sheet.report.findings)
        elif block.kind is not BlockKind.FURNITURE:
            _add_paragraph(word, document, index, at[index])
    target = io.BytesIO()
    word.save(target)
    return target.getvalue()


def _by_block(document: Document, findings: tuple[Finding, ...]) -> dict[int, list[Finding]]:
    """The findings by the block in which their first place stands."""
    order = sorted(range(len(document.blocks)), key=lambda at: document.blocks[at].span.start)
    starts = [document.blocks[at].span.start for at in order]
    found: dict[int, list[Finding]] = defaultdict(list)
    for finding in findings:
        place = bisect_right(starts, finding.spans[0].start) - 1 if finding.spans else 0
        found[order[max(place, 0)] if order else 0].append(finding)
    return found


def _add_paragraph(word: WordFile, document: Document, index: int, findings: list[Finding]) -> None:
    """The text of a block, cut where findings begin and end, so that each comment marks its own words."""
    block = document.blocks[index]
    text = document.block_text(block)
    paragraph = word.add_paragraph()
    cuts = {0, len(text)}
    ranges = []
    for finding in findings:
        span = finding.spans[0] if finding.spans else block.span
        low = document.reading.from_source(span.start, block.view)
        high = document.reading.from_source(max(span.start, span.end - 1), block.view)
        start = 0 if low is None else low - block.view.start
        end = len(text) if high is None else high - block.view.start + 1
        ranges.append((start, max(end, start + 1), finding))
        cuts |= {start, min(max(end, start + 1), len(text))}
    edges = sorted(cuts)
    runs = [paragraph.add_run(printable(text[low:high])) for low, high in pairwise(edges)]
    for start, end, finding in ranges:
        marked = [run for run, low in zip(runs, edges, strict=False) if start <= low < end] or runs[:1]
        if marked:
            word.add_comment(marked, text=printable(finding_words(finding)), author=_AUTHOR, initials=_INITIALS)


def _add_table(word: WordFile, table: Table, findings: tuple[Finding, ...]) -> None:
    width = max([len(table.columns), *(len(row.cells) for row in table.rows)], default=0)
    if not width:
        return
    made = word.add_table(rows=1 + len(table.rows), cols=width, style="Table Grid")
    for column, head in enumerate(table.columns):
        made.rows[0].cells[column].text = printable(head)
    places = {finding.spans[0].start: finding for finding in findings if finding.spans}
    for line, row in zip(made.rows[1:], table.rows, strict=True):
        cells = line.cells
        for column, cell in enumerate(row.cells):
            run = cells[column].paragraphs[0].add_run(printable(cell.text or ""))
            for finding in (places[span.start] for span in cell.spans if span.start in places):
                word.add_comment([run], text=printable(finding_words(finding)), author=_AUTHOR, initials=_INITIALS)


def _add_front(word: WordFile, sheet: Sheet) -> None:
    """What the one who signs reads first; the document begins on the next page."""
    word.add_heading("Phiếu kiểm tra", level=1)
    word.add_paragraph(printable(sheet.name))
    word.add_paragraph(printable(basics(sheet)))
    word.add_paragraph().add_run(verdict(sheet)).bold = True
    rows = Rows(sheet.analysis)
    for finding in worst_first(sheet):
        decided = decision(sheet, finding)
        line = word.add_paragraph(style="List Number")
        line.add_run(f"{SEVERITIES[finding.severity]}, dòng {rows.finding(finding)['line']}: ").bold = True
        line.add_run(printable(f"{sentence(finding.vi)}{f' (✓ {decided})' if decided else ''}"))
    if sheet.aside:
        word.add_heading("Đã bỏ qua", level=2)
    for finding, why in sheet.aside:
        word.add_paragraph(printable(f"{sentence(finding.vi)}. Lý do: {why}"), style="List Bullet")
    word.add_heading("Đã kiểm tra đến đâu", level=2)
    for family, tally in sheet.report.checked.items():
        word.add_paragraph(printable(coverage(family, tally)), style="List Bullet")
