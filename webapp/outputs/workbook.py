"""The check sheet and the target matrix as an XLSX workbook; the door to openpyxl for writing."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from ingest.analysis import Analysis
from kb.models import Citation, Target
from kb.search.answers import Answer, Hit
from kb.text.normalize import printable
from kb.vocabulary.schemes import known_scheme
from webapp.cli.analysed import Rows
from webapp.outputs.front import basics, decision, sentence, verdict
from webapp.outputs.sheet import FAMILIES, SEVERITIES, Sheet, rule_name
from webapp.presenters import vietnamese_date
from webapp.target_words import BASIS_WORDS, COMPARATORS, RESULT_ELSEWHERE, VERDICT_ELSEWHERE

_DAY_RE = re.compile(r"\d{4}-\d\d-\d\d")
_HEAD = PatternFill("solid", fgColor="DDE6F0")
#: The column of what another place of the paper tells.
_ELSEWHERE = "Nêu ở chỗ khác"
#: Columns with their widths.
_FINDINGS = {
    "Mức": 10,
    "Nhóm": 12,
    "Quy tắc": 10,
    "Tên quy tắc": 34,
    "Dòng": 8,
    "Trang": 8,
    "Nội dung": 70,
    "Đã ghi": 22,
    "Đúng ra": 22,
    "Gợi ý": 34,
    "Dẫn chứng": 60,
    "Xử lý": 30,
    "Chỗ": 24,
}
_TARGETS = {
    "Mã": 14,
    "Dòng": 8,
    "Chỉ tiêu": 60,
    "So sánh": 10,
    "Mức": 10,
    "Đơn vị": 10,
    "Thời hạn": 20,
    "Phạm vi": 18,
    "Kết quả": 40,
    "Số đạt được": 12,
    "Đánh giá": 14,
    _ELSEWHERE: 24,
    "Căn cứ": 60,
    "Cách gắn": 16,
}
_HITS = {
    "Số, ký hiệu": 22,
    "Loại": 16,
    "Tên": 60,
    "Cơ quan": 26,
    "Ngày": 12,
    "Hiệu lực": 22,
    "Chỗ": 40,
    "Trích": 80,
    "Trang": 8,
    "Dòng": 8,
    "Mã": 30,
}
_SUMMARY = {"Phiếu kiểm tra": 26, "": 110}
_COVERAGE = {"Nhóm": 16, "Đã kiểm tra": 14, "Khớp": 10, "Không khớp": 12, "Không kiểm tra được": 20, "Vì sao": 80}
_ALONE = {"Dòng": 8, "Trang": 8, "Số": 16, "Nói về": 100, "Chỗ": 24}
#: What a spreadsheet would run as a formula; some take the wide forms of the signs for the signs.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def sheet_workbook(sheet: Sheet) -> bytes:
    """A workbook: the summary for the one who signs, findings, targets, what was checked, numbers alone."""
    book = Workbook()
    book.remove(book.worksheets[0])
    _write(book.create_sheet("Tổng hợp"), _SUMMARY, _summary_rows(sheet))
    _write(book.create_sheet("Phát hiện"), _FINDINGS, _finding_rows(sheet))
    _write(book.create_sheet("Chỉ tiêu"), _TARGETS, _target_rows(sheet.analysis))
    _write(book.create_sheet("Đã kiểm tra"), _COVERAGE, _coverage_rows(sheet))
    _write(book.create_sheet("Số đứng một mình"), _ALONE, _alone_rows(sheet))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def targets_workbook(analysis: Analysis, targets: Iterable[Target] | None = None) -> bytes:
    """A workbook of one sheet: the target matrix, or the rows of some targets."""
    return rows_workbook("Chỉ tiêu", _TARGETS, _target_rows(analysis, targets))


def hits_workbook(answer: Answer) -> bytes:
    """A workbook of one sheet: the hits of a search."""
    return rows_workbook("Kết quả", _HITS, map(_hit_row, answer.hits))


def rows_workbook(title: str, columns: Mapping[str, int], rows: Iterable[Sequence[object]]) -> bytes:
    """A workbook of one sheet: columns with their widths, and rows."""
    book = Workbook()
    book.remove(book.worksheets[0])
    _write(book.create_sheet(title), columns, rows)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _hit_row(hit: Hit) -> Sequence[object]:
    place = " › ".join(hit.crumbs)
    head = (hit.number, hit.type, hit.title, hit.issuer, hit.issued, hit.status)
    return (*head, place, hit.snippet, hit.page, hit.line, hit.work)


def _write(page: Worksheet, columns: Mapping[str, int], rows: Iterable[Sequence[object]]) -> None:
    page.append(list(columns))
    for row in rows:
        page.append([safe_cell(value) for value in row])
    for cell in page[1]:
        cell.font, cell.fill = Font(bold=True), _HEAD
    for at, width in enumerate(columns.values(), 1):
        page.column_dimensions[get_column_letter(at)].width = width
    for line in page.iter_rows(min_row=2):
        for cell in line:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    _link_elsewhere(page)
    page.freeze_panes = "A2"
    page.auto_filter.ref = page.dimensions
    # Printed: as wide as a lying sheet of paper, the head on each page.
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.page_setup.fitToHeight, page.print_title_rows = 0, "1:1"
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def safe_cell(value: object) -> object:
    r"""A value that no spreadsheet takes for a formula, without what no workbook can hold.

    >>> safe_cell("=1+1"), safe_cell(5), safe_cell("\x00=1+1")
    ("'=1+1", 5, "'=1+1")
    """
    if not isinstance(value, str):
        return value
    words = printable(value)
    return f"'{words}" if words.startswith(_FORMULA) and len(words) > 1 else words


def _summary_rows(sheet: Sheet) -> Iterable[Sequence[object]]:
    yield "Văn bản", sheet.name
    yield "Phạm vi", basics(sheet)
    yield "Kết luận", verdict(sheet)
    found = Counter(finding.severity for finding in sheet.report.findings)
    for severity, words in SEVERITIES.items():
        yield words, found[severity]
    for finding, why in sheet.aside:
        yield f"Đã bỏ qua: {finding.rule}", f"{sentence(finding.vi)}. Lý do: {why}"


def _finding_rows(sheet: Sheet) -> Iterable[Sequence[object]]:
    for finding, row in zip(sheet.report.findings, sheet.rows(), strict=True):
        evidence = "\n".join(f"dòng {one['line']}: {one['text']}" for one in row["evidence"])  # type: ignore[attr-defined]
        yield (
            SEVERITIES[finding.severity],
            FAMILIES[finding.family],
            finding.rule,
            rule_name(finding.rule),
            row["line"],
            finding.page,
            sentence(finding.vi),
            _read(finding.stated),
            _read(finding.expected),
            finding.suggestion,
            evidence,
            decision(sheet, finding),
            row["where"],
        )


def _read(value: str | None) -> str | None:
    """What a finding holds against the text, a day as papers print it."""
    return vietnamese_date(value) if value and _DAY_RE.fullmatch(value) else value


def _target_rows(analysis: Analysis, targets: Iterable[Target] | None = None) -> Iterable[Sequence[object]]:
    rows = Rows(analysis)
    citations = analysis.citations
    for target in analysis.targets if targets is None else targets:
        at, judged_at = rows.shown(target)
        yield (
            target.id,
            rows.place(target.span)["line"],
            target.metric,
            COMPARATORS[target.comparator.value] or "bằng",
            _number(target.value),
            target.unit,
            target.period,
            target.scope,
            at.result.text if at.result else None,
            _number(at.result.value) if at.result else None,
            judged_at.verdict,
            _elsewhere(rows, target),
            "\n".join(_named(citations[basis.citation]) for basis in target.bases) or "không thấy",
            "\n".join(BASIS_WORDS[basis.kind] for basis in target.bases),
        )


def _elsewhere(rows: Rows, target: Target) -> str | None:
    """Where the result and the verdict of a target are told, where not at its own place."""
    at, judged_at = rows.shown(target)
    told = {
        RESULT_ELSEWHERE: (at, at.result.span if at.result else at.span),
        VERDICT_ELSEWHERE: (judged_at, judged_at.judged or judged_at.span),
    }
    places = (
        f"{words}: dòng {rows.place(span)['line']}, {there.id}"
        for words, (there, span) in told.items()
        if there is not target
    )
    return "\n".join(places) or None


def _link_elsewhere(page: Worksheet) -> None:
    """Cells that name the row of another target lead to it, where it is on the page."""
    heads = [cell.value for cell in page[1]]
    if _ELSEWHERE not in heads:
        return
    places = {str(line[0].value): line[0].coordinate for line in page.iter_rows(min_row=2)}
    for line in page.iter_rows(min_row=2):
        cell = line[heads.index(_ELSEWHERE)]
        there = places.get(str(cell.value or "").rpartition(" ")[2])
        if there:
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{page.title}'!{there}")
            cell.font = Font(underline="single", color="1F5FA8")


def _number(value: str | None) -> Decimal | None:
    """A number that a spreadsheet can reckon with."""
    return Decimal(value) if value is not None else None


def _named(citation: Citation) -> str:
    """A mention on one line, a scheme with the number that its name stands for."""
    scheme = known_scheme(citation.surface) if citation.number is None else None
    surface = " ".join(citation.surface.split())
    return f"{surface} ({scheme.number})" if scheme else surface


def _coverage_rows(sheet: Sheet) -> Iterable[Sequence[object]]:
    for family, tally in sheet.report.checked.items():
        why = "; ".join(f"{reason}: {count}" for reason, count in tally.reasons.items())
        yield FAMILIES[family], tally.checked, tally.held, tally.failed, tally.not_checked, why


def _alone_rows(sheet: Sheet) -> Iterable[Sequence[object]]:
    for one in sheet.alone():
        yield one["line"], one["page"], one["printed"], one["about"], one["where"]
