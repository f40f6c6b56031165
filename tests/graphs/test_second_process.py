"""Rules in a second process find what they find in the first, and run in it where the second fails."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import planted

#: In a process of its own: this one has threads, and a process with threads begins no other.
_SCRIPT = """
import os, sys
from graphs.checks import second_process
from graphs.checks.report import Subject
from graphs.checks.run import check_subject
from tests.benchmarks.bench_reports import read

second_process._LONG = 100
of = read(sys.stdin.read())

def checked(twice):
    return check_subject(Subject(of.document, of.citations, of.figures, of.targets), in_two_processes=twice)

begun = []
fork = os.fork
os.fork = lambda: begun.append(1) or fork()
alone, both = checked(False), checked(True)
assert len(begun) == 1, begun
assert alone.findings and alone == both
assert [list(one.reasons) for one in alone.checked.values()] == [
    list(one.reasons) for one in both.checked.values()
]

def stop(*_):
    raise MemoryError

second_process._outcomes = stop
assert checked(True) == alone
assert len(begun) == 2, begun

def none_more():
    raise BlockingIOError

os.fork = none_more
assert checked(True) == alone
"""


_CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


@pytest.mark.skipif(not hasattr(os, "fork") or _CORES < 2, reason="all rules run in one process here")
def test_rules_of_a_second_process_find_what_they_find_alone() -> None:
    papers = [path.read_text("utf-8") for path in planted.REPORTS]
    text = "\n\n".join((*papers, papers[0].replace("6.150.000", "6.510.000")))
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT],
        input=text,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr[-2000:]
