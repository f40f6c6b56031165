"""A check tells the same at every start, however Python orders the words of a set."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import planted


def told(path: Path, seed: str) -> str:
    """What the check of a paper prints where sets are ordered by a seed."""
    command = [sys.executable, "-m", "webapp.cli", "check", str(path), "--format", "jsonl"]
    run = subprocess.run(
        command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True, check=False
    )
    assert run.returncode in (0, 1), run.stderr
    return run.stdout


def test_a_paper_with_faults_is_told_the_same_whatever_the_order_of_sets(tmp_path: Path) -> None:
    paper = tmp_path / "bao-cao.txt"
    fault = next(iter(planted.plant(planted.REPORTS[0].read_text("utf-8"))))
    paper.write_text(fault.text, "utf-8")
    one = told(paper, "1")
    assert '"rule"' in one
    assert told(paper, "2") == one
