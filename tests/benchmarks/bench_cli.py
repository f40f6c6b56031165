"""Whole-process time of commands, as a person at a terminal feels it: the median of fifteen runs."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.texts import report_like

RUNS = 15


def median_of(command: Sequence[str], runs: int = RUNS) -> tuple[float, float]:
    """Median and longest seconds of a command; one that cannot do its work stops the benchmark."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        done = subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        times.append(time.perf_counter() - start)
        if done.returncode:
            raise SystemExit(f"{' '.join(command)} ended with {done.returncode}: {done.stderr}")
    return statistics.median(times), max(times)


def run() -> None:
    """Print every figure."""
    cancu = [sys.executable, "-m", "webapp.cli"]
    with tempfile.TemporaryDirectory(prefix="cancu-bench-") as root:
        short, long = Path(root) / "short.txt", Path(root) / "long.txt"
        short.write_text("Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ;\n", encoding="utf-8")
        long.write_text(report_like(290_000), encoding="utf-8")
        home = ["--home", str(Path(root) / "home")]
        rows = (
            ("python -c pass (nothing of ours)", [sys.executable, "-c", "pass"]),
            ("cancu --help", [*cancu, "--help"]),
            ("cancu --version", [*cancu, "--version"]),
            ("cancu cite, one line", [*cancu, "cite", str(short), "--format", "jsonl", *home]),
            ("cancu cite, a report of 290 KB", [*cancu, "cite", str(long), "--format", "jsonl", *home]),
            ("cancu outline, a report of 290 KB", [*cancu, "outline", str(long), "--format", "jsonl", *home]),
        )
        for name, command in rows:
            middle, worst = median_of(command)
            print(f"  {name:36} {1000 * middle:7.0f} ms   longest {1000 * worst:7.0f} ms")
