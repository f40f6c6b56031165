"""What a second process finds is what the first would, and the first finds it where the second fails."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import planted

#: In a process of its own: this one has threads, and a process with threads begins no other.
_SCRIPT = """
import os, sys, time
from dataclasses import replace
from graphs.checks import run
from graphs.checks.report import Subject
from ingest.analysis import analyse, begin
from ingest.document import build_document
from ingest.readers.door import read_source
from ingest.sources import source_of
from kb import second_process
from kb.second_process import from_both_ends

second_process._LONG = 100
data = sys.stdin.buffer.read()
source = source_of("paper.txt", data)
document = build_document(source, read_source(source, data))
begun = []
fork = os.fork
os.fork = lambda: begun.append(1) or fork()

of = begin(document).whole()
assert len(begun) == 1, begun
assert of.targets and of == analyse(document, with_claims=False)
assert len(begun) == 1, begun

def checked(twice, library=None):
    subject = Subject(of.document, of.citations, of.figures, of.targets, library=library)
    return run.check_subject(subject, in_two_processes=twice)

alone, both = checked(False), checked(True)
assert len(begun) == 2, begun
assert alone.findings and alone.alone and alone == both
assert [list(one.reasons) for one in alone.checked.values()] == [
    list(one.reasons) for one in both.checked.values()
]

# Rules that ask the base do so in the process that opened it.
here, asked = os.getpid(), []
rules = run.RULES

def asking(rule):
    def ask(subject, tally):
        subject.library(of.citations[0], None)
        asked.append(os.getpid())
        return rule.run(subject, tally)
    ask.__module__ = rule.run.__module__
    return replace(rule, run=ask)

run.RULES = tuple(map(asking, rules))
assert checked(True, lambda citation, on: None).findings == alone.findings
assert set(asked) == {here} and len(asked) == len(rules), (asked, here)
run.RULES = rules

# Each does pieces from its end.
who = from_both_ends([lambda: time.sleep(0.3) or os.getpid()] * 2, on=document.text)
assert len(who) == 2 and who[0] == here != who[1], (who, here)

def stop(*_):
    raise MemoryError

second_process.pickle.dumps = stop
assert checked(True) == alone
assert len(begun) == 5, begun

def none_more():
    raise BlockingIOError

os.fork = none_more
assert checked(True) == alone
"""


_CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


@pytest.mark.skipif(not hasattr(os, "fork") or _CORES < 2, reason="all is done in one process here")
def test_two_processes_find_what_one_does() -> None:
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
