"""`cancu users` and what `cancu serve` asks for before it opens to others."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

CODE = "import sys; from webapp.cli import main; sys.exit(main(sys.argv[1:]))"
PASSWORD = "bốn từ không liên quan"


def run(home: Path, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", CODE, "--home", str(home), *arguments],
        input=typed,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_accounts_from_the_command_line(tmp_path: Path) -> None:
    assert run(tmp_path, "users", "add", "hanh", "--role", "admin", typed=PASSWORD + "\n").returncode == 0
    short = run(tmp_path, "users", "add", "an", typed="ngắn\n")
    assert short.returncode == 3
    assert "10" in short.stderr
    assert run(tmp_path, "users", "add", "an", typed=PASSWORD).returncode == 0
    assert run(tmp_path, "users", "role", "an", "editor").returncode == 0
    listed = run(tmp_path, "users", "list", "--format", "jsonl").stdout
    assert [(row["name"], row["role"]) for row in map(json.loads, listed.splitlines())] == [
        ("an", "editor"),
        ("hanh", "admin"),
    ]
    token = run(tmp_path, "users", "token", "an", "--label", "máy in").stdout.strip()
    assert token.startswith("cancu_")
    assert "máy in" in run(tmp_path, "users", "token", "an", "--list").stdout
    assert run(tmp_path, "users", "remove", "hanh").returncode == 3
    assert run(tmp_path, "users", "remove", "không-ai").returncode == 1


def test_beyond_this_machine_an_admin_or_read_only_is_demanded(tmp_path: Path) -> None:
    refused = run(tmp_path, "serve", "--host", "0.0.0.0", "--port", "0")
    assert refused.returncode == 2
    assert "--read-only" in refused.stderr
    assert "cancu users add" in refused.stderr
    # Behind a proxy the address it listens on says nothing of who can come.
    assert run(tmp_path, "serve", "--proxy", "1", "--port", "0").returncode == 2
