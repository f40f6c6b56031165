"""`cancu cite` keeps its contract: fields, offsets, reading order, exit statuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from webapp.cli.main import main

FIELDS = {
    "start", "end", "surface", "parts", "kind", "type", "number", "issuer", "date", "year", "pinpoint",
    "pinpoints", "relation", "direction", "relation_evidence", "use", "footnote", "unit", "line", "page", "work",
    "status",
    "candidates", "reason",
}  # fmt: skip
TEXT = """ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH BẮC SƠN\tĐộc lập - Tự do - Hạnh phúc

Số: 12/BC-UBND\tBắc Sơn, ngày 05 tháng 6 năm 2027

BÁO CÁO
Kết quả thực hiện công tác cải cách

Thực hiện Quyết định số 14/QĐ-BNV ngày 03/3/2027 của Bộ Nội vụ về việc sơ kết, Ủy ban nhân dân tỉnh báo cáo:
I. KẾT QUẢ
1. UBND tỉnh đã ban hành Kế hoạch số 28/KH-UBND ngày 13/3/2027 thực hiện Nghị quyết số 10/NQ-CP¹.
2. Việc công bố theo khoản 2, 3 Điều 9 Nghị định số 71/2017/NĐ-CP và Luật Đất đai năm 2024.

¹ Nghị quyết số 10/NQ-CP ngày 13/02/2027 của Chính phủ
"""


@pytest.fixture
def rows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> list[dict]:
    path = tmp_path / "bao-cao.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert main(["cite", str(path), "--format", "jsonl"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_fields_and_offsets(rows: list[dict]):
    for row in rows:
        assert row.keys() >= FIELDS
        assert "".join(TEXT[start:end] for start, end in row["parts"]) == row["surface"]
        assert TEXT[: row["start"]].count("\n") + 1 == row["line"]
        if row["relation_evidence"]:
            assert TEXT[row["relation_evidence"]["start"] : row["relation_evidence"]["end"]].strip()
    assert [row["start"] for row in rows] == sorted(row["start"] for row in rows)


def test_what_is_told(rows: list[dict]):
    told = [(row["kind"], row["number"], row["date"], row["relation"], row["pinpoint"]) for row in rows]
    assert told == [
        ("self", "12/BC-UBND", None, None, None),
        ("number", "14/QĐ-BNV", "2027-03-03", "triển khai thực hiện", None),
        ("number", "28/KH-UBND", "2027-03-13", "ban hành", None),
        ("number", "10/NQ-CP", None, "triển khai thực hiện", None),
        ("number", "71/2017/NĐ-CP", None, "dẫn chiếu", "khoản 2, 3 Điều 9"),
        ("name", None, "2024", "dẫn chiếu", None),
        ("number", "10/NQ-CP", "2027-02-13", "triển khai thực hiện", None),
    ]
    assert rows[0]["work"] == "12-bc-ubnd.bac-son.2027-06-05", "its own number means the document itself"
    assert rows[-1]["footnote"] == "1"
    assert rows[4]["pinpoints"] == [{"điều": "9", "khoản": "2"}, {"điều": "9", "khoản": "3"}]
    assert all(row["status"] in ("known", "suspect", "unreadable", "resolved", "ambiguous", None) for row in rows)


def test_people_read_a_line_a_mention(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = tmp_path / "bao-cao.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert main(["cite", str(path)]) == 0
    out = capsys.readouterr().out
    assert "Quyết định số 14/QĐ-BNV" in out
    assert "03/3/2027" in out


def test_nothing_found_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = tmp_path / "thu.txt"
    path.write_text("Kính gửi các anh chị,\nHôm nay trời đẹp.\n", encoding="utf-8")
    for command, words in (
        ("cite", "viện dẫn"),
        ("targets", "chỉ tiêu"),
        ("figures", "số liệu"),
        ("tables", "bảng"),
    ):
        assert main([command, str(path)]) == 0
        captured = capsys.readouterr()
        assert captured.out == ""
        assert f"không thấy {words} nào" in captured.err


def test_an_absent_file_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["cite", str(tmp_path / "khong-co.txt")]) != 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "khong-co.txt" in captured.err


def test_the_real_report(report_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["cite", str(report_path), "--format", "jsonl"]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    text = report_path.read_text(encoding="utf-8")
    assert len([row for row in found if row["kind"] == "number"]) > 200
    assert {row["footnote"] for row in found} >= {"1", "11", "23", "68"}
    for row in found:
        assert "".join(text[start:end] for start, end in row["parts"]) == row["surface"]


DECISION = """ỦY BAN NHÂN DÂN TỈNH BẮC SƠN
Số: 12/QĐ-UBND
Bắc Sơn, ngày {day}

QUYẾT ĐỊNH
Về việc ban hành Kế hoạch {what}

Điều 1. Ban hành Kế hoạch {what}.
"""
REPORT = """ỦY BAN NHÂN DÂN TỈNH BẮC SƠN
Số: 40/BC-UBND
Bắc Sơn, ngày 09 tháng 9 năm 2028

BÁO CÁO
Kết quả kiểm tra

Thực hiện Quyết định số 12/QĐ-UBND ngày 05/6/2026 của Ủy ban nhân dân tỉnh Bắc Sơn,
Quyết định số 12/QĐ-UBND của Ủy ban nhân dân tỉnh Bắc Sơn,
Quyết định số 12/QĐ-UBND ngày 01/01/2025 của Ủy ban nhân dân tỉnh Bắc Sơn,
Nghị định số 991/2027/NĐ-CP ngày 03/3/2027 của Chính phủ; Luật số 1/2027/QH99.
"""


def test_a_base_tells_what_mentions_mean(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Held, only cited, several of one number, misread: each with its status and its reason."""
    home = str(tmp_path / "home")
    for name, day, what in (("a", "05 tháng 6 năm 2026", "kiểm tra"), ("b", "07 tháng 8 năm 2027", "rà soát")):
        (tmp_path / f"{name}.txt").write_text(DECISION.format(day=day, what=what), encoding="utf-8")
    report = tmp_path / "bao-cao.txt"
    report.write_text(REPORT, encoding="utf-8")
    assert main(["ingest", str(tmp_path / "a.txt"), str(tmp_path / "b.txt"), "--home", home]) == 0
    capsys.readouterr()
    assert main(["cite", str(report), "--home", home, "--format", "jsonl"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    held, unclear, other, cited, misread = [row for row in rows if row["kind"] == "number"]
    assert (held["status"], held["work"]) == ("resolved", "12-qd-ubnd.bac-son.2026-06-05")
    assert held["reason"] == "có trong kho"
    assert (unclear["status"], unclear["work"]) == ("ambiguous", None)
    assert set(unclear["candidates"]) >= {"12-qd-ubnd.bac-son.2026-06-05", "12-qd-ubnd.bac-son.2027-08-07"}
    assert "không đủ để phân biệt" in unclear["reason"]
    assert (other["status"], other["work"]) == ("known", "12-qd-ubnd.bac-son.2025-01-01")
    assert (cited["status"], cited["work"]) == ("known", "991-2027-nd-cp")
    assert "chưa có trong kho" in cited["reason"]
    assert (misread["status"], misread["work"]) == ("suspect", None)
    assert misread["reason"] == "khóa Quốc hội không thể có"
    assert main(["cite", str(report), "--format", "jsonl"]) == 0
    alone = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert "resolved" not in {row["status"] for row in alone}
