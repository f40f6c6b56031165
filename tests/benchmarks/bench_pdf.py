"""Time and memory of the PDF reader beside bare pdfplumber, on the same files in the same run.

python tests/benchmarks/bench_pdf.py [FOLDER]     FOLDER holds gazette-pdf, printed-pdf, mixed, frame-laws
"""

from __future__ import annotations

import argparse
import io
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pdfplumber

from ingest.readers.pdf import read_pdf

FOLDERS = ("gazette-pdf", "printed-pdf", "mixed", "frame-laws")
PAGES_MAX = 24


def time_pdfplumber(data: bytes, tables: bool) -> float:
    start = time.perf_counter()
    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            page.extract_text()
            if tables:
                page.extract_tables()
            page.close()
    return time.perf_counter() - start


def first_pages(path: Path, count: int) -> bytes:
    """The first pages of a file as a PDF of its own, so that a run takes minutes, not an hour."""
    import pypdfium2  # noqa: PLC0415

    source = pypdfium2.PdfDocument(path)
    if len(source) <= count:
        return path.read_bytes()
    target = pypdfium2.PdfDocument.new()
    target.import_pages(source, list(range(count)))
    buffer = io.BytesIO()
    target.save(buffer)
    return buffer.getvalue()


def compare(root: Path) -> None:
    totals = {False: [0.0, 0.0, 0], True: [0.0, 0.0, 0]}
    print(f"{'file':58} {'pages':>5} {'ours ms':>8} {'theirs':>8} {'ratio':>6}")
    for path in sorted(path for folder in FOLDERS for path in (root / folder).glob("*.pdf")):
        data = first_pages(path, PAGES_MAX)
        start = time.perf_counter()
        reading = read_pdf(data)
        ours = time.perf_counter() - start
        if reading.ocr_pages:
            continue
        tables = bool(reading.grids)
        theirs = time_pdfplumber(data, tables)
        pages = reading.pages or 1
        totals[tables][0] += ours
        totals[tables][1] += theirs
        totals[tables][2] += pages
        print(
            f"{path.name[-58:]:58} {pages:5} {1000 * ours / pages:8.1f} {1000 * theirs / pages:8.1f}"
            f" {ours / theirs:6.3f}{' tables' if tables else ''}"
        )
    for tables, (ours, theirs, pages) in totals.items():
        if pages:
            what = "with tables, text + tables" if tables else "without tables, text"
            print(
                f"{what}: {pages} pages, ours {ours:.2f} s, pdfplumber {theirs:.2f} s, ratio {ours / theirs:.3f}"
            )


def make_long_pdf(pages: int) -> bytes:
    """A PDF of many pages with text, notes and tables."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from pdf_maker import Sheet, make_pdf  # noqa: PLC0415

    def draw(sheet: Sheet) -> None:
        for line in range(26):
            sheet.text(85, 80 + 18 * line, "Ủy ban nhân dân các xã, phường, đặc khu báo cáo kết quả thực hiện", 13)
        sheet.grid([85, 125, 330, 430, 560], [560, 584, 608, 632])
        for row in range(3):
            for x, text in ((90, str(row)), (130, "Lĩnh vực đất đai"), (335, "1.763"), (435, "67,7%")):
                sheet.text(x, 577 + 24 * row, text, 12)

    return make_pdf(*[draw] * pages)


def measure_memory(pages: int) -> None:
    """Peak memory of a fresh process that reads a long PDF."""
    path = Path(tempfile.gettempdir()) / "cancu-bench-long.pdf"
    path.write_bytes(make_long_pdf(pages))
    try:
        subprocess.run([sys.executable, __file__, "--read", str(path)], check=True)
    finally:
        path.unlink()


def read_and_tell(path: Path) -> None:
    data = path.read_bytes()
    start = time.perf_counter()
    reading = read_pdf(data)
    took = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{reading.pages} pages, {len(reading.lines)} lines, {took:.1f} s, peak memory {peak:.0f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument(
        "folder", nargs="?", type=Path, default=Path(__file__).resolve().parents[3] / "shared/originals"
    )
    parser.add_argument("--pages", type=int, default=1000, help="pages of the long PDF, 0 for none")
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.read:
        read_and_tell(arguments.read)
        return
    if arguments.folder.is_dir():
        compare(arguments.folder)
    if arguments.pages:
        measure_memory(arguments.pages)


if __name__ == "__main__":
    main()
