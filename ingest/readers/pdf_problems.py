"""What to say of pages that were not read as printed text is."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.readers.pdf_print import PrintedPage
from kb.models import Problem, Severity


def build_page_problem(
    stage: str, code: str, pages: Sequence[int], vi: str, en: str, severity: Severity
) -> Problem:
    """A problem that names its pages."""
    places = format_pages(pages)
    return Problem(stage, code, f"{vi} (trang {places})", f"{en} (page {places})", (), severity)


def describe_ocr(stage: str, pages: Sequence[PrintedPage]) -> list[Problem]:
    """One note on the pages that OCR read and how sure it was, by the mean over their letters; or none."""
    read = [page for page in pages if page.ocr]
    if not read:
        return []
    sure = [page.confidence for page in read if page.confidence is not None]
    mean = f"{sum(sure) / len(sure):.0%}" if sure else "0%"
    return [
        build_page_problem(
            stage,
            "ocr.read",
            [page.number for page in read],
            f"đọc bằng nhận dạng chữ, độ tin cậy trung bình {mean}",
            f"read by OCR, mean confidence {mean}",
            Severity.NOTE,
        )
    ]


def format_pages(pages: Sequence[int]) -> str:
    """Page numbers as one writes them.

    >>> format_pages([1, 2, 3, 7, 9, 10])
    '1-3, 7, 9-10'
    """
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)
