"""``cancu outline FILE``: rows as the contract has them, words where a unit has no label."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
TEXT = (
    "Căn cứ Luật Tổ chức Chính phủ;\nQUYẾT ĐỊNH:\nĐiều 1. Giao việc\n1. Giao Sở Nội vụ.\nNơi nhận:\n- Lưu: VT.\n"
)


def run(path: Path, *options: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "webapp.cli", "outline", str(path), *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return done.stdout


def test_rows_and_text(tmp_path) -> None:
    path = tmp_path / "quyết định.txt"
    path.write_text(TEXT, encoding="utf-8")
    rows = [json.loads(line) for line in run(path, "--format", "jsonl").splitlines()]
    assert [row["eid"] for row in rows] == [
        "preamble", "preamble__rec_1", "art_1", "art_1__cla_1", "conclusions"
    ]  # fmt: skip
    article = next(row for row in rows if row["eid"] == "art_1")
    assert {key: article[key] for key in ("level", "kind", "label", "heading", "line", "page")} == {
        "level": 1, "kind": "article", "label": "Điều 1.", "heading": "Giao việc", "line": 3, "page": None
    }  # fmt: skip
    assert TEXT[article["start"] : article["end"]] == "Điều 1. Giao việc\n1. Giao Sở Nội vụ."
    lines = run(path).splitlines()
    assert lines[0] == "[Căn cứ, lời dẫn]" and lines[-1] == "[Nơi nhận, chữ ký]"
    assert "  1. Giao Sở Nội vụ." in lines
