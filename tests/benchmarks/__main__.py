"""Prints the product's figures.

python -m tests.benchmarks                     everything: quality, then every bench_* module
python -m tests.benchmarks NAME...             some of them: citations, text, cli, pdf ...
python -m tests.benchmarks list                the names
python -m tests.benchmarks reports FOLDER...   any sound reports: told of the faults that they prove themselves; -v
python -m tests.benchmarks score [--split dev|test|all] [--save FILE] [--errors]
python -m tests.benchmarks diff OLD NEW        gains and losses between two saved runs
"""

from __future__ import annotations

import argparse
import importlib
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks import score_citations

HERE = Path(__file__).parent


def names() -> list[str]:
    """Every benchmark beside this file, found by its name."""
    return sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))


def run(name: str) -> None:
    """Run one benchmark; one that has only a `main` is run as a command without arguments."""
    module = importlib.import_module(f"tests.benchmarks.bench_{name}")
    print(f"\n== {name}: {(module.__doc__ or '').strip().splitlines()[0]}", flush=True)
    started = time.perf_counter()
    if hasattr(module, "run"):
        module.run()
    else:
        kept, sys.argv = sys.argv, [f"bench_{name}.py"]
        try:
            module.main()
        finally:
            sys.argv = kept
    print(f"-- {name} took {time.perf_counter() - started:.1f} s", flush=True)


def main(arguments: Sequence[str]) -> int:
    if arguments and arguments[0] in ("score", "diff"):
        return score_citations.main(arguments)
    if len(arguments) > 1 and arguments[0] == "reports":
        importlib.import_module("tests.benchmarks.bench_reports").main(arguments[1:])
        return 0
    if list(arguments) == ["list"]:
        print("\n".join(names()))
        return 0
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", epilog=__doc__.split("\n\n", 1)[1])
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("name", nargs="*", choices=[*names(), []], metavar="NAME", help=", ".join(names()))
    chosen = parser.parse_args(arguments).name or names()
    if not arguments:
        print("== quality of citations: corpus/gold/citations, conventions in docs/accuracy.md")
        score_citations.print_scores("all")
    for name in chosen:
        run(name)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
