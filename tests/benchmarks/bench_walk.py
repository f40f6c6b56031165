"""The three jobs on one base: shipped corpus, 1,000 real documents, the real report; as commands at a terminal."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from ingest.analysis import analyse
from ingest.targets.elsewhere import same_goals
from kb.store.store import open_store
from tests.benchmarks.gold_base import write_drawn
from tests.benchmarks.texts import REPORT
from tests.benchmarks.web_base import settings_of
from webapp.cli.documents import read_file
from webapp.target_trace import trace_target

#: How many documents of each collection: 1,000 in all.
DRAWN = {"phap-dien": 480, "provinces-2025": 300, "cong-bao": 220}
DAY = "2025-06-27"
WORK = "224-bc-ubnd.khanh-hoa.2025-06-27"
QUESTION = "muc do hai long 2024"


def run() -> None:
    """Load the base, then search, trace and check, with what each step says and how long it took."""
    if not REPORT.is_file():
        print("  no real report beside the project: the walk is skipped")
        return
    with tempfile.TemporaryDirectory(prefix="cancu-walk-") as root:
        home, texts = Path(root) / "home", Path(root) / "texts"
        print(f"  {len(write_drawn(texts, DRAWN))} real documents drawn")
        for paths in (["corpus"], [str(texts)], [str(REPORT)]):
            took, _ = cancu(home, "ingest", *paths)
            print(f"  ingest {Path(paths[0]).name[:48]:48} {took:7.2f} s")
        walk(home, Path(root))


def cancu(home: Path, *arguments: str) -> tuple[float, list[dict[str, Any]]]:
    """Seconds from the shell and the rows that a command prints; one that cannot do its work stops the walk."""
    command = [sys.executable, "-m", "webapp.cli", *arguments, "--home", str(home)]
    start = time.perf_counter()
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    took = time.perf_counter() - start
    if done.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(arguments)} ended with {done.returncode}: {done.stderr}")
    return took, [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def walk(home: Path, folder: Path) -> None:
    """The three jobs over a loaded base; sheets are written to a folder."""
    took, rows = cancu(home, "search", QUESTION, "--format", "json")
    print(f"  search “{QUESTION}” {took:.2f} s; first hits:")
    for hit in rows[0]["hits"][:3]:
        print(f"    {hit['work']}#{hit['unit']} line {hit['line']}: {hit['snippet'][:80]}")
    took, targets = cancu(home, "targets", WORK, "--format", "jsonl")
    kinds = Counter(one["bases"][0]["kind"] if one["bases"] else "none found" for one in targets)
    print(f"  targets {took:.2f} s: {len(targets)}, by strongest kind of basis {dict(kinds.most_common())}")
    for told, place in (("result", "result"), ("verdict", "verdict_place")):
        places = Counter(bool(one[place]["elsewhere"]) for one in targets if one[place])
        print(f"  {told} told at the place itself {places[False]}, elsewhere {places[True]}")
    _trace_all(home, targets[0]["id"])
    took, rows = cancu(home, "check", WORK, "--format", "jsonl")
    print(f"  check {took:.2f} s: {rows[-1]['findings']}")
    for family, tally in rows[-1]["checked"].items():
        why = "; ".join(f"{reason}: {count}" for reason, count in tally["why_not"].items())
        print(f"    {family} checked {tally['checked']} of {tally['checked'] + tally['not_checked']}  not: {why}")
    for name in ("sheet.html", "sheet.docx", "sheet.xlsx"):
        took, _ = cancu(home, "check", WORK, "-o", str(folder / name))
        print(f"    {name}: {(folder / name).stat().st_size:,} bytes, {took:.2f} s")


def _trace_all(home: Path, target: str) -> None:
    """One target traced at the terminal, then all: how twins in the basis compare, and where chains stop."""
    took, _ = cancu(home, "trace", f"{WORK}#{target}", "--format", "json")
    compared: Counter[str] = Counter()
    gaps: Counter[str] = Counter()
    analysis = analyse(read_file(str(REPORT)))
    with open_store(settings_of(home)) as store:
        print(f"  goals, each counted once: {len(same_goals(analysis.targets))}")
        for one in analysis.targets:
            row = trace_target(store, analysis, one, f"{WORK}#{one.id}", DAY)
            twins = [edge["compared"] for edge in row["edges"] if "compared" in edge]
            compared[twins[0] if twins else "no twin"] += 1
            gaps.update(row["gaps"])
    print(f"  trace {took:.2f} s; every target: {dict(compared.most_common())}")
    for gap, count in gaps.most_common(6):
        print(f"    {count} times: {gap}")


if __name__ == "__main__":
    run()
