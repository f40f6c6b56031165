"""`cancu tables FILE`: the shape other programs rely on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from webapp.cli.tables import command

TEXT = (
    "Phụ lục 1\nThống kê hồ sơ\n\nĐơn vị tính: hồ sơ\n\nSTT\tLĩnh vực\tSố lượng\n1\tĐất đai (gồm\t1.204¹\n\n"
    "¹ Đến hết tháng 6\n\nSTT\tLĩnh vực\tSố lượng\n\tnhà ở)\t\n2\tHộ tịch\t-\n"
)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "báo cáo.txt"
    path.write_text(TEXT, "utf-8")
    return path


def test_rows_of_json(report: Path):
    done = CliRunner().invoke(command, [str(report), "--format", "jsonl"])
    (row,) = map(json.loads, done.stdout.splitlines())
    assert row["columns"] == ["STT", "Lĩnh vực", "Số lượng"]
    assert row["rows"] == [["1", "Đất đai (gồm nhà ở)", "1.204"], ["2", "Hộ tịch", "-"]]
    assert row["row_lines"] == [[7, 12], [13]]
    assert row["notes"] == {"1": "Đến hết tháng 6"}
    assert (row["appendix"], row["title"], row["measure"]) == ("Phụ lục 1", "Thống kê hồ sơ", "hồ sơ")
    assert row["values"][0][2] == {"kind": "number", "value": "1204"}
    assert TEXT[row["start"] : row["end"]].startswith("STT") and row["page"] is None


def test_text_shows_marks_and_notes(report: Path):
    done = CliRunner().invoke(command, [str(report)])
    assert "1.204[1]" in done.stdout and "[1] Đến hết tháng 6" in done.stdout


def test_csv(report: Path):
    done = CliRunner().invoke(command, [str(report), "--format", "csv"])
    assert done.stdout.splitlines()[1] == "1,1,Đất đai (gồm nhà ở),1.204"
