"""Reading text: pass 1 without citations, a folder of 1,000 documents, the same unchanged, memory of a PDF."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from ingest.document import build_document
from ingest.pipeline import Verdict, ingest_paths
from ingest.readers.plain import read_plain
from kb.models import MediaType, SourceFile
from kb.settings import Settings
from tests.benchmarks.bench_pdf import make_long_pdf
from tests.benchmarks.texts import real_report, report_like

FILES, FILE_SIZE, JOBS, PAGES = 1_000, 20_000, 2, 1_000

# Reads one file as a worker does, citations and all, and says what it took.
READ = (
    "import resource, sys, tempfile, time\n"
    "from pathlib import Path\n"
    "from ingest.worker import prepare_file\n"
    "start = time.perf_counter()\n"
    "prepared = prepare_file(Path(sys.argv[1]), Path(tempfile.mkdtemp(dir=sys.argv[2])))\n"
    "peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024\n"
    "pages = getattr(prepared, 'pages', None)\n"
    "print(f'{pages} pages, {time.perf_counter() - start:.1f} s, peak memory {peak:.0f} MB')\n"
)


def pass_one(size: int = 4_000_000) -> None:
    """MB/s from decoded bytes to a document: layout, header, units, tables, notes; no citations."""
    texts = [("report-like text", report_like(size))]
    if (report := real_report(size)) is not None:
        texts.append(("the real report, repeated", report))
    for name, text in texts:
        data = text.encode("utf-8")
        source = SourceFile("bench.txt", "0" * 64, MediaType.PLAIN, len(data))
        best = float("inf")
        for _ in range(3):
            start = time.perf_counter()
            document = build_document(source, read_plain(data))
            best = min(best, time.perf_counter() - start)
        print(
            f"  pass 1 without citations, {name:28} {len(data) / 1e6 / best:8.2f} MB/s"
            f"  ({len(document.blocks):,} blocks, {len(document.units):,} units)"
        )


def folder(root: Path) -> Path:
    """A thousand documents of 20 KB, each with its own number and text."""
    files = root / "files"
    files.mkdir()
    for number in range(1, FILES + 1):
        head = (
            f"UBND TỈNH BÌNH MINH\nSố: {number}/BC-UBND\nBình Minh, ngày 05 tháng 6 năm 2025\n\nBÁO CÁO\n"
            f"Kết quả công tác của đơn vị số {number}\n\n"
        )
        (files / f"{number:04}.txt").write_text(head + report_like(FILE_SIZE, number), encoding="utf-8")
    return files


def ingest_folder(root: Path) -> None:
    """Time of a first run over the folder, and of a second one in which nothing has changed."""
    files = folder(root)
    size = sum(path.stat().st_size for path in files.iterdir()) / 1e6
    home = root / "home"
    settings = Settings(home, f"sqlite:///{home / 'cancu.sqlite3'}")
    home.mkdir()
    for name in ("first run", "unchanged"):
        start = time.perf_counter()
        verdicts = ingest_paths(settings, [files], JOBS)
        took = time.perf_counter() - start
        print(
            f"  ingest of {FILES:,} documents of 20 KB, --jobs {JOBS}, {name:12} {took:7.2f} s"
            f" {FILES / took:10,.0f} documents/s {size / took:8.2f} MB/s  {told(verdicts)}"
        )


def told(verdicts: list[Verdict]) -> str:
    return ", ".join(f"{count} {name}" for name, count in Counter(one.verdict for one in verdicts).items())


def long_pdf(root: Path) -> None:
    """Peak memory of a fresh process that makes a document of a PDF of a thousand pages."""
    path = root / "long.pdf"
    path.write_bytes(make_long_pdf(PAGES))
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path), str(root)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])},
    )
    print(f"  PDF of {path.stat().st_size / 1e6:.1f} MB, citations and all: {done.stdout.strip()}")


def run() -> None:
    """Print every figure."""
    pass_one()
    with tempfile.TemporaryDirectory(prefix="cancu-bench-") as root:
        ingest_folder(Path(root))
    with tempfile.TemporaryDirectory(prefix="cancu-bench-") as root:
        long_pdf(Path(root))
