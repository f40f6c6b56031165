"""Documents piped in, runs that are compared, times that no clock can count, a home that may only be read."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest

from kb.settings import Settings, read_only_uri
from webapp.cli.main import main

LINE = "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ;\n"
PAPER = "Số: 7/KH-UBND\n\nKẾ HOẠCH\n\nRà soát thủ tục hành chính\n\n1. Nâng cao chất lượng phục vụ.\n"


def pipe_in(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))


def test_a_dash_reads_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    pipe_in(monkeypatch, LINE.encode())
    assert main(["cite", "-", "--format", "jsonl"]) == 0
    (row,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert LINE[row["start"] : row["end"]] == row["surface"] == "Nghị định số 30/2020/NĐ-CP"


def test_nothing_piped_in_is_said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    pipe_in(monkeypatch, b"")
    assert main(["cite", "-"]) == 1
    assert "tệp rỗng" in capsys.readouterr().err


@pytest.mark.parametrize("earlier", ['{"a": 1}\n', "không phải JSON\n", "", "[1]\n", "\x00\x01"])
def test_a_file_that_is_no_earlier_run_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], earlier: str
) -> None:
    paper, other = tmp_path / "a.txt", tmp_path / "truoc.jsonl"
    paper.write_text(LINE, encoding="utf-8")
    other.write_text(earlier, encoding="utf-8")
    assert main(["check", str(paper), "--since", str(other)]) == 2
    assert "không phải kết quả" in capsys.readouterr().err


def test_an_earlier_run_is_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paper, other = tmp_path / "a.txt", tmp_path / "truoc.jsonl"
    paper.write_text("Tỉnh có Quyết định số 15/QĐ-UBND ngày 31/02/2024 của UBND tỉnh.\n", encoding="utf-8")
    main(["check", str(paper), "--format", "jsonl"])
    other.write_text(capsys.readouterr().out, encoding="utf-8")
    paper.write_text("Tỉnh có Quyết định số 15/QĐ-UBND ngày 28/02/2024 của UBND tỉnh.\n", encoding="utf-8")
    main(["check", str(paper), "--since", str(other)])
    told = capsys.readouterr().out
    assert "Đã sửa: 1" in told and "Mới: 0" in told


def test_each_part_that_a_paper_lacks_is_a_finding_of_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paper = tmp_path / "a.txt"
    paper.write_text(f"{PAPER}\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n", encoding="utf-8")
    main(["check", str(paper), "--format", "jsonl"])
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    names = [row["id"] for row in rows if row.get("rule") == "DOC-001"]
    assert len(names) == len(set(names)) > 1


@pytest.mark.parametrize("seconds", ["nan", "-1", "0", "inf"])
def test_a_time_that_no_clock_can_count_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], seconds: str
) -> None:
    assert main(["ingest", str(tmp_path), f"--timeout={seconds}", "--home", str(tmp_path / "kho")]) == 2
    assert "không phải số giây" in capsys.readouterr().err
    assert not (tmp_path / "kho").exists()


def test_a_home_that_may_only_be_read_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    paper, home = tmp_path / "a.txt", tmp_path / "kho"
    paper.write_text(PAPER, encoding="utf-8")
    assert main(["ingest", str(paper), "--home", str(home)]) == 0
    capsys.readouterr()
    before = {path: path.stat().st_mtime_ns for path in home.rglob("*")}
    access = os.access
    # The superuser, who may run the tests, is held by no permission of files.
    monkeypatch.setattr(
        os,
        "access",
        lambda path, mode: access(path, mode) and not (mode & os.W_OK and str(path).startswith(str(home))),
    )
    assert Settings.load(home).is_read_only()
    for arguments in (["search", "rà soát"], ["show", "7/KH-UBND"], ["status", "30/2020"], ["cite", "7/KH-UBND"]):
        assert main([*arguments, "--home", str(home)]) == 0, capsys.readouterr().err
        told = capsys.readouterr()
        assert told.out
        assert "Errno" not in told.err
    assert {path: path.stat().st_mtime_ns for path in home.rglob("*")} == before


def test_a_base_that_somebody_writes_is_read_beside_him(tmp_path: Path) -> None:
    base = tmp_path / "cancu.sqlite3"
    assert read_only_uri(base).endswith("?mode=ro&immutable=1")
    for end in ("-wal", "-shm"):
        base.with_name(base.name + end).touch()
    assert read_only_uri(base).endswith("?mode=ro")
