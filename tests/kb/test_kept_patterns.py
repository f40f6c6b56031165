from __future__ import annotations

import marshal
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PATTERN = r"(?P<count>\d+)\s*(?P<unit>tỷ|triệu)?(?!\w)"
START = f"""
import re, sys
from dataclasses import dataclass
from kb.kept_patterns import patterns_kept
with patterns_kept():
    found = re.compile({PATTERN!r}, re.IGNORECASE)
    @dataclass(frozen=True, slots=True)
    class Told:
        a_kept_field: int
@dataclass
class Document:
    a_field_of_its_own: int
assert Told(3) == Told(3) and hash(Told(3)) == hash(Told(3)) and repr(Document(5)).endswith("own=5)")
assert re.compile("lời của một văn bản").search("lời của một văn bản")
print(found.fullmatch("15 TỶ").groupdict(), found.flags, found.groups, found.groupindex, found.pattern)
"""


def start(folder: Path, *options: str) -> str:
    """What a start of Python says that keeps its compiled modules below a folder."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    command = [sys.executable, "-X", f"pycache_prefix={folder}", *options, "-c", START]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=300, check=True)
    return done.stdout


def kept(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.patterns"))


def test_the_next_start_takes_what_was_kept(tmp_path: Path) -> None:
    first = start(tmp_path)
    [file] = kept(tmp_path)
    written = file.read_bytes()
    assert PATTERN in first and PATTERN.encode() in written
    assert b"a_kept_field" in written and b"a_field_of_its_own" not in written
    assert start(tmp_path) == first
    assert file.read_bytes() == written


def test_patterns_of_documents_are_not_kept(tmp_path: Path) -> None:
    start(tmp_path)
    [file] = kept(tmp_path)
    assert "lời của một văn bản".encode() not in file.read_bytes()


def test_nothing_is_kept_where_python_keeps_nothing(tmp_path: Path) -> None:
    assert PATTERN in start(tmp_path, "-B")
    assert kept(tmp_path) == []


@pytest.mark.parametrize("made", [5, (0, b"\0" * 8, 0, {}, ()), (0, b"abc", 2, {}, ()), (0, b"", 0, {}, ())])
def test_what_cannot_be_read_is_compiled_anew(tmp_path: Path, made: object) -> None:
    first = start(tmp_path)
    [file] = kept(tmp_path)
    version, patterns = marshal.loads(file.read_bytes())
    for damaged in (b"", b"\xff" * 40, marshal.dumps(7), marshal.dumps((version, dict.fromkeys(patterns, made)))):
        file.write_bytes(damaged)
        assert start(tmp_path) == first
    file.write_bytes(marshal.dumps(("another Python", dict.fromkeys(patterns, made))))
    assert start(tmp_path) == first
