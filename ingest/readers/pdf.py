"""PDF: characters where a page has a text layer worth reading, OCR where it has none."""

from __future__ import annotations

from dataclasses import dataclass, field

from PIL import ImageDraw

from ingest.readers.ocr import DPI, ocr_page, ocr_problem
from ingest.readers.pdf_chars import PageContent, PageError, Pdf, open_pdf, paint_page, read_page
from ingest.readers.pdf_lines import build_rows
from ingest.readers.pdf_print import PrintedPage, may_hold_table, tables_door
from ingest.readers.pdf_problems import build_page_problem, describe_ocr
from ingest.readers.pdf_text import build_reading
from ingest.readers.pdf_usable import needs_ocr, with_legacy_converted
from kb.errors import MissingTool, UnreadableFile
from kb.models import Problem, Reading, Severity

_STAGE = "ingest.readers.pdf"


@dataclass(slots=True)
class _Progress:
    """What has come of the pages so far; `scans` is the file once more, on which no stamp is printed."""

    data: bytes
    scans: Pdf | None = None
    pages: list[PrintedPage] = field(default_factory=list)
    damaged: list[int] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    failed: list[int] = field(default_factory=list)
    legacy: dict[str, list[int]] = field(default_factory=dict)
    white: list[int] = field(default_factory=list)


def read_pdf(data: bytes) -> Reading:
    """The text of a PDF with the place of every line; a page at a time, so that memory stays small.

    A damaged page, or one that OCR could not read, is a `Problem`; `UnreadableFile` when no page can be read.
    """
    document = open_pdf(data)
    progress = _Progress(data)
    try:
        count = len(document)
        missing: MissingTool | None = None
        for index in range(count):
            missing = _read_one(document, index, progress) or missing
    finally:
        document.close()
        if progress.scans is not None:
            progress.scans.close()
    if missing is not None and len(progress.unread) + len(progress.damaged) == count:
        raise missing
    if len(progress.damaged) == count:
        raise UnreadableFile(
            code="pdf.damaged",
            vi="không đọc được trang nào của tệp PDF",
            en="no page of the PDF can be read",
        )
    return build_reading(progress.pages, count, _problems(progress, missing))


def _read_one(document: Pdf, index: int, progress: _Progress) -> MissingTool | None:
    """What is missing to read a page, after it has been read as far as it can be."""
    number = index + 1
    try:
        content = read_page(document, index)
    except PageError:
        progress.damaged.append(number)
        return None
    if content.white:
        progress.white.append(number)
    if needs_ocr(content):
        missing = ocr_problem()
        if missing is None:
            _ocr_one(index, content, progress)
            return None
        progress.unread.append(number)
        if content.words:
            progress.pages.append(print_page(content, number))
        return missing
    encoding, content = with_legacy_converted(content)
    if encoding is not None:
        progress.legacy.setdefault(encoding, []).append(number)
    progress.pages.append(print_page(content, number))
    return None


def _ocr_one(index: int, content: PageContent, progress: _Progress) -> None:
    """Read a page from its picture; words printed over the scan (stamps, page numbers) are taken as they are."""
    progress.scans = progress.scans or open_pdf(progress.data)
    over = content.words if not content.hidden and not content.unknown else []
    try:
        image, dpi = paint_page(progress.scans, index, DPI)
        draw = ImageDraw.Draw(image)
        for word in read_page(progress.scans, index, stamped=False).words if over else ():
            draw.rectangle([edge * dpi / 72 for edge in (word.x0, word.top, word.x1, word.bottom)], fill=255)
        page = ocr_page(image, index + 1, dpi)
    except (PageError, UnreadableFile):
        progress.failed.append(index + 1)
        return
    page.rows = sorted([*page.rows, *build_rows(over)], key=lambda row: row[0].baseline)
    progress.pages.append(page)


def print_page(content: PageContent, number: int) -> PrintedPage:
    """The page that its characters and rules print."""
    words, tables = content.words, []
    if may_hold_table(content.rules):
        tables, words = tables_door().find_tables(content.rules, words)
    rows = build_rows(words)
    return PrintedPage(number, content.width, content.height, rows, tables, content.rules)


def _problems(progress: _Progress, missing: MissingTool | None) -> list[Problem]:
    found = [
        ("pdf.damaged_page", progress.damaged, "trang hỏng, không đọc được", "damaged, not read", Severity.ERROR),
        ("ocr.failed", progress.failed, "nhận dạng chữ không thành", "OCR failed", Severity.ERROR),
        (
            "pdf.white_text",
            progress.white,
            "bỏ qua chữ trắng trên nền trắng",
            "white on white left out",
            Severity.NOTE,
        ),
    ]
    if missing is not None:
        vi, en = f"chưa đọc được; {missing.vi}", f"not read; {missing.en}"
        found.append((missing.code, progress.unread, vi, en, Severity.ERROR))
    for name, pages in progress.legacy.items():
        vi, en = f"đã chuyển từ bảng mã {name}", f"converted from {name}"
        found.append(("text.legacy", pages, vi, en, Severity.NOTE))
    return [
        *describe_ocr(_STAGE, progress.pages),
        *(
            build_page_problem(_STAGE, code, pages, vi, en, severity)
            for code, pages, vi, en, severity in found
            if pages
        ),
    ]
