from __future__ import annotations

import json
from pathlib import Path

import pytest

from webapp.cli import main

RULES = """CHÍNH PHỦ

Số: 134/2021/NĐ-CP

Hà Nội, ngày 15 tháng 7 năm 2021

NGHỊ ĐỊNH

Về bếp ăn tập thể

Điều 1. Phạm vi điều chỉnh

Nghị định này quy định về bếp ăn tập thể.
"""
PLAN = """ỦY BAN NHÂN DÂN
TỈNH BÌNH AN

Số: 12/KH-UBND

Bình An, ngày 05 tháng 02 năm 2024

KẾ HOẠCH

Kiểm tra bếp ăn tập thể năm 2024

Căn cứ Nghị định số 134/2021/NĐ-CP ngày 15 tháng 7 năm 2021 của Chính phủ về bếp ăn tập thể;
"""


def test_news_are_told_once_seen_no_more(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def run(*arguments: str) -> int:
        return main(["--home", str(tmp_path / "kho"), *arguments])

    for name, text in (("134.txt", RULES), ("12.txt", PLAN)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    run("ingest", str(tmp_path / "134.txt"))
    assert run("follow", "134/2021/NĐ-CP") == 0
    assert run("follow") == 0
    run("ingest", str(tmp_path / "12.txt"))
    capsys.readouterr()
    assert run("follow", "--format", "jsonl", "--seen") == 1
    row = json.loads(capsys.readouterr().out)
    assert row["number"] == "134/2021/NĐ-CP"
    assert [(sign["kind"], sign["number"]) for sign in row["news"]] == [("cite", "12/KH-UBND")]
    assert run("follow") == 0
    assert run("follow", "134/2021", "--stop") == 0
    capsys.readouterr()
    assert run("follow", "--format", "jsonl") == 0
    assert capsys.readouterr().out == ""
    assert run("follow", "999/2021/NĐ-CP") == 1
