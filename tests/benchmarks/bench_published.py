"""What texts say, read by the product, against what official sources publish: status, relations, articles amended.

python -m tests.benchmarks.bench_published [--home DIR] [--errors N] [status|relations|events ...]

Two thousand real documents are read into a base first (some two minutes); with --home they are kept and read once.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from ingest.pipeline import ingest_paths
from kb.settings import Settings
from kb.store.store import open_store
from tests.benchmarks.published_scores import Base, Score, score_events, score_relations, score_status
from tests.benchmarks.published_sets import SHARED, Published, held, read_published, write_texts

SCORES: dict[str, Callable[[Base, Published], list[Score]]] = {
    "status": score_status,
    "relations": score_relations,
    "events": score_events,
}


def load(home: Path, published: Published) -> Settings:
    """The base of all documents concerned; one that is there already is taken as it is."""
    settings = Settings.load(home)
    if not (home / "cancu.sqlite3").exists():
        with tempfile.TemporaryDirectory() as folder:
            write_texts(published.rows.values(), Path(folder))
            ingest_paths(settings, [Path(folder)])
    return settings


def show(home: Path, names: list[str], errors: int) -> None:
    """Print the scores; at most so many misses each."""
    published = read_published()
    print(
        f"  {len(published.rows)} documents; {len(published.strangers)} left out: their text is another document"
    )
    start = time.perf_counter()
    settings = load(home, published)
    print(f"  base ready in {time.perf_counter() - start:.0f} s")
    with open_store(settings) as store:
        base = Base(store)
        for name in names or list(SCORES):
            for score in SCORES[name](base, published):
                print(score, flush=True)
                for line in score.misses[:errors]:
                    print(f"      {line}")


def run(arguments: list[str] | None = None) -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.bench_published")
    parser.add_argument("name", nargs="*", choices=[*SCORES, []], metavar="NAME", help=", ".join(SCORES))
    parser.add_argument("--home", type=Path, help="keep the base there")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print so many misses of every score")
    told = parser.parse_args(arguments or [])
    if not held():
        print(f"  skipped: {SHARED / 'texts'} is not there")
        return
    if told.home:
        show(told.home, told.name, told.errors)
        return
    with tempfile.TemporaryDirectory(prefix="cancu-bench-") as folder:
        show(Path(folder), told.name, told.errors)


if __name__ == "__main__":
    run(sys.argv[1:])
