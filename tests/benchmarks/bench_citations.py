"""Speed of citations in MB/s and mentions/s, beside eyecite on English text of the same size; linearity.

MB are millions of bytes of UTF-8. Every figure is the best of three runs on one core, start-up apart.
eyecite gets its text in documents of 20 KB, as courts write them: on one long text it takes more than linear time.
"""

from __future__ import annotations

import logging
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from itertools import pairwise

from ingest.citations.mentions import find_mentions
from ingest.citations.plain import cite_text
from tests.benchmarks.texts import ADVERSARIAL, adversarial, english, real_report, report_like

SIZE = 1_000_000
RUNS = 3
DOCUMENT = 20_000
START = (
    "import time; start = time.perf_counter()\n"
    "from ingest.citations.plain import cite_text; cite_text('Nghị định số 30/2020/NĐ-CP')\n"
    "print(time.perf_counter() - start)"
)
#: A doubled text may take this much longer: twice, and some for the noise of a shared machine.
LINEAR = 3.0


def best_of(work: Callable[[str], Sequence[object]], text: str, runs: int = RUNS) -> tuple[float, int]:
    """Seconds of the fastest run, and how many things it found."""
    best, found = float("inf"), 0
    for _ in range(runs):
        start = time.perf_counter()
        found = len(work(text))
        best = min(best, time.perf_counter() - start)
    return best, found


def row(name: str, work: Callable[[str], Sequence[object]], text: str, runs: int = RUNS) -> float:
    """One line of the table; its MB/s."""
    size = len(text.encode("utf-8")) / 1e6
    seconds, found = best_of(work, text, runs)
    print(f"  {name:68} {size / seconds:8.2f} MB/s {found / seconds:10,.0f} mentions/s {found:7,} found")
    return size / seconds


def speed(size: int = SIZE) -> None:
    done = subprocess.run([sys.executable, "-c", START], capture_output=True, text=True, check=True)
    print(f"  start-up: tables, patterns and a first citation in a fresh process {float(done.stdout):.3f} s")
    texts = [("report-like text", report_like(size))]
    if (report := real_report(size)) is not None:
        texts.append(("the real report, repeated", report))
    for name, text in texts:
        row(f"finder, {name}", find_mentions, text)
        row(f"whole of cite (notes, units, relations), {name}", cite_text, text)
    peer(size)


def peer(size: int) -> None:
    """The line of eyecite, where it is installed."""
    try:
        from eyecite import get_citations  # noqa: PLC0415
    except ImportError:
        print("  eyecite is not installed; `make install-dev` brings it")
        return
    logging.getLogger("eyecite").setLevel(logging.CRITICAL)
    documents = [english(DOCUMENT, seed) for seed in range(size // DOCUMENT)]
    get_citations(documents[0])
    row(
        f"eyecite, {len(documents)} English documents",
        lambda _: [found for document in documents for found in get_citations(document)],
        "".join(documents),
        runs=1,
    )


def linearity(size: int = SIZE // 4) -> None:
    print("  time for N, 2N and 4N bytes of report-like text:")
    for name, work in (("finder", find_mentions), ("whole of cite", cite_text)):
        times = [best_of(work, report_like(size * factor))[0] for factor in (1, 2, 4)]
        ratios = " ".join(f"x{later / earlier:.2f}" for earlier, later in pairwise(times))
        print(f"    {name:16} {' '.join(f'{seconds:.3f} s' for seconds in times)}   {ratios}")


def hostile(size: int = 20_000) -> list[str]:
    """Names of the strings on which time grows faster than length, or that break something."""
    slow = []
    print(f"  adversarial strings of {size:,} and {2 * size:,} characters, slowest first:")
    rows = []
    for name, piece, end in ADVERSARIAL:
        try:
            once = best_of(cite_text, adversarial(piece, end, size), 2)[0]
            twice = best_of(cite_text, adversarial(piece, end, 2 * size), 2)[0]
        except (RecursionError, ValueError, LookupError, TypeError, AttributeError) as error:
            slow.append(f"{name} RAISES {type(error).__name__}")
            continue
        rows.append((twice, twice / once, name))
        if twice > 0.05 and twice / once > LINEAR:
            slow.append(name)
    for twice, ratio, name in sorted(rows, reverse=True)[:8]:
        print(f"    {name:28} {twice:8.3f} s  x{ratio:.2f}")
    print(f"    {len(ADVERSARIAL)} strings, {len(slow)} out of bounds{': ' + ', '.join(slow) if slow else ''}")
    return slow


def run() -> None:
    """Print every figure."""
    speed()
    linearity()
    hostile()
