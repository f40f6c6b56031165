"""A report written to Word and PDF and read back; its scan read by OCR: units, notes, cells, letters, numbers.

python -m tests.benchmarks.bench_roundtrip [FILE] [--scanned N]    N pages of the scan, evenly spread; 0 for all
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from ingest.document import build_document
from ingest.readers.door import find_reader
from kb.models import Document, MediaType, SourceFile
from tests.benchmarks.texts import REPORT
from tests.round_trip import Agreement, compare, flow_of
from tests.round_trip_docx import write_docx
from tests.round_trip_pdf import write_pdf
from tests.round_trip_scan import compare_pages, page_count, scan, text_of_page

OWN = Path(__file__).resolve().parents[1] / "reports" / "bao-cao-bang-va-chu-thich.txt"


def read_back(data: bytes, kind: MediaType) -> Document:
    """The document in some bytes."""
    return build_document(SourceFile("report", "", kind, len(data)), find_reader(kind)(data))


def print_agreement(name: str, found: Agreement, seconds: float, show: int) -> None:
    """One line of figures, and the first differences."""
    pairs = {
        "units": found.units,
        "paragraphs": found.texts,
        "notes": found.notes,
        "tables": found.tables,
        "cells": found.cells,
    }
    print(
        f"{name:6}",
        "  ".join(f"{key} {equal}/{total}" for key, (equal, total) in pairs.items()),
        f"{seconds:.1f} s",
    )
    for difference in found.differences[:show]:
        print("      ", difference[:300])


def print_scan(data: bytes, count: int) -> None:
    """How well OCR reads pages of the PDF, drawn at 200 dpi."""
    total = page_count(data)
    pages = range(total) if count <= 0 or count >= total else [total * at // count for at in range(count)]
    read_pdf = find_reader(MediaType.PDF)
    printed = read_pdf(data)
    started = time.perf_counter()
    scanned = read_pdf(scan(data, pages))
    seconds = time.perf_counter() - started
    found = compare_pages(
        [text_of_page(printed, page + 1) for page in pages],
        [text_of_page(scanned, at + 1) for at in range(len(pages))],
    )
    print(
        f"scan   {len(pages)} of {total} pages, {found.letters} letters: error rate {found.error_rate:.2%}, "
        f"numbers {found.numbers[0]}/{found.numbers[1]} (others {found.invented}), "
        f"dates {found.dates[0]}/{found.dates[1]}, {seconds / len(pages):.1f} s a page"
    )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("file", nargs="?", default=REPORT if REPORT.exists() else OWN, type=Path)
    parser.add_argument("--scanned", type=int, default=6, help="pages to scan, 0 for all")
    parser.add_argument("--show", type=int, default=0, help="differences to show")
    options = parser.parse_args()
    document = read_back(options.file.read_bytes(), MediaType.PLAIN)
    flow = flow_of(document)
    print(
        f"{options.file.name}: {len(document.units)} units, {len(flow.notes)} notes, {len(document.tables)} tables"
    )
    files = {MediaType.DOCX: write_docx(flow), MediaType.PDF: write_pdf(flow)}
    for kind, data in files.items():
        started = time.perf_counter()
        after = read_back(data, kind)
        print_agreement(kind.name.lower(), compare(document, after), time.perf_counter() - started, options.show)
    print_scan(files[MediaType.PDF], options.scanned)


if __name__ == "__main__":
    main()
