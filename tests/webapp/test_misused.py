"""A command line that cannot be read is answered in Vietnamese first; words with a dash before them are words."""

from __future__ import annotations

from pathlib import Path

import pytest

from webapp.cli.main import main


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("check --foo x", "không có tùy chọn “--foo”"),
        ("check --since-when x", "có phải --since?"),
        ("check", "thiếu FILE|ID"),
        ("kiemtra", "không có lệnh “kiemtra”"),
        ("check a b", "thừa “b”"),
        ("check a -o", "tùy chọn “-o” thiếu giá trị"),
        ("check a --format pdf", "“pdf” không dùng được ở đây"),
        ("check a --as-of 31/02/2025", "“31/02/2025” không phải ngày"),
        ("check a --since /không/có", "không có tệp “/không/có”"),
        ("search đất --limit nhiều", "“nhiều” không phải là số"),
        ("search đất --limit 900", "900 nằm ngoài khoảng"),
    ],
)
def test_what_is_wrong_is_said_in_vietnamese(line: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(line.split()) == 2
    last = capsys.readouterr().err.splitlines()[-1]
    assert last.startswith("cancu: ") and told in last and last.endswith(")")


@pytest.mark.parametrize("group", ["works", "catalogue", "graph"])
def test_a_group_without_a_command_tells_its_commands_once(group: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([group]) == 2
    told = capsys.readouterr().err
    assert told.startswith("Usage: ") and told.count("Usage: ") == 1 and "Lệnh / Commands" in told


def test_a_folder_is_no_document_and_a_file_that_is_not_there_is_said_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = ["--home", str(tmp_path / "kho")]
    assert main([*home, "ingest", "corpus", "-j", "1"]) == 0
    assert main([*home, "check", str(tmp_path)]) == 1
    assert "là thư mục, ở đây cần một tệp" in capsys.readouterr().err
    assert main([*home, "check", str(tmp_path / "mất.docx")]) == 1
    assert "không có tệp" in capsys.readouterr().err


@pytest.mark.parametrize("query", ["-loại:luật đất đai", "- đất đai", "-đất đai", '-"đất đai" nhà ở'])
def test_words_behind_a_dash_are_no_option(query: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--home", str(tmp_path / "không có"), "search", query, "-n", "3"]) == 1
    assert "chưa có kho" in capsys.readouterr().err
