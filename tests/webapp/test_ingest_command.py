"""`cancu ingest` as a person meets it: bad files, kills, full disks, two at once."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument
from reportlab.pdfgen import canvas

from bad_files import BAD, bad_bytes, pdf
from kb.settings import Settings
from kb.store.soundness import check_base
from kb.store.store import open_store

ROOT = Path(__file__).resolve().parents[2]
GOOD = "Số: {n}/KH-UBND\n\nKẾ HOẠCH\n\nRà soát thủ tục hành chính đợt {n}\n\n1. Mục đích\n\nNâng cao chất lượng.\n"


def command(*arguments: object, home: Path) -> list[str]:
    return [sys.executable, "-m", "webapp.cli", *map(str, arguments), "--home", str(home)]


def run(*arguments: object, home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments, home=home), cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
    )


def rows(done: subprocess.CompletedProcess[str]) -> dict[str, dict[str, object]]:
    return {Path(str(row["path"])).name: row for row in map(json.loads, done.stdout.splitlines())}


def settings_of(home: Path) -> Settings:
    return Settings(home, f"sqlite:///{home / 'cancu.sqlite3'}")


def assert_sound(home: Path, documents: int | None = None) -> None:
    with open_store(settings_of(home)) as store:
        broken = [check for check in check_base(store) if not check.holds]
        assert not broken
        if documents is not None:
            assert store.count_documents() == documents


def many(folder: Path, count: int, repeat: int = 1) -> None:
    folder.mkdir(exist_ok=True)
    for n in range(1, count + 1):
        folder.joinpath(f"kế hoạch {n}.txt").write_text(GOOD.format(n=n) * repeat, encoding="utf-8")


@pytest.fixture
def bad_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "văn bản đến"
    many(folder, 3)
    for name in BAD:
        folder.joinpath(name).write_bytes(bad_bytes(name))
    folder.joinpath("sai đuôi.docx").write_bytes(pdf())
    return folder


def test_each_bad_file_is_one_clear_line_and_the_rest_goes_on(bad_folder: Path, tmp_path: Path) -> None:
    home = tmp_path / "kho"
    done = run("ingest", bad_folder, "--format", "jsonl", home=home)
    found = rows(done)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    for name, (_, code) in BAD.items():
        assert found[name]["verdict"] == "refused", name
        assert found[name]["vi"] and found[name]["en"]
        if code:
            assert found[name]["code"] == code, name
    assert found["sai đuôi.docx"]["verdict"] == "added"
    assert found["sai đuôi.docx"]["problems"]
    assert_sound(home, 4)


def test_the_table_for_people_names_each_refusal_in_two_languages(bad_folder: Path, tmp_path: Path) -> None:
    done = run("ingest", bad_folder, home=tmp_path / "kho")
    shown = done.stdout + done.stderr
    for name in BAD:
        (line,) = [line for line in shown.splitlines() if name in line]
        assert "(" in line
    assert "4 mới" in shown
    assert f"{len(BAD)} bị từ chối" in shown


def test_only_bad_files_is_nothing_done(tmp_path: Path) -> None:
    path = tmp_path / "rỗng.txt"
    path.touch()
    assert run("ingest", path, home=tmp_path / "kho").returncode == 3
    assert run("ingest", tmp_path / "không có", home=tmp_path / "kho").returncode == 3
    assert run("ingest", home=tmp_path / "kho").returncode == 2


def test_a_kill_leaves_a_base_that_the_next_run_completes(tmp_path: Path) -> None:
    home, folder = tmp_path / "kho", tmp_path / "đến"
    many(folder, 60, repeat=40)
    for _ in range(3):
        process = subprocess.Popen(
            command("ingest", folder, "--jobs", 2, home=home),
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        database = home / "cancu.sqlite3"
        deadline = time.monotonic() + 300
        while not database.exists() and time.monotonic() < deadline:
            time.sleep(0.02)
        time.sleep(0.25)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        assert_sound(home)
    done = run("ingest", folder, "--format", "jsonl", home=home)
    assert done.returncode == 0
    assert Counter(row["verdict"] for row in rows(done).values()).keys() <= {"added", "unchanged"}
    assert_sound(home, 60)


def test_two_at_once_make_one_sound_base(tmp_path: Path) -> None:
    home, folder = tmp_path / "kho", tmp_path / "đến"
    many(folder, 25)
    both = [
        subprocess.Popen(
            command("ingest", folder, "--format", "jsonl", home=home),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    verdicts: Counter[str] = Counter()
    for process in both:
        out, err = process.communicate(timeout=300)
        assert process.returncode == 0, err
        verdicts.update(json.loads(line)["verdict"] for line in out.splitlines())
    assert verdicts["added"] == 25
    assert sum(verdicts.values()) == 50
    assert_sound(home, 25)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own with room for little; only the superuser can make one."""
    folder = tmp_path / "đĩa nhỏ"
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1536k", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("a small file system cannot be mounted here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_stops_the_batch_with_one_line_and_a_sound_base(small_disk: Path, tmp_path: Path) -> None:
    folder = tmp_path / "đến"
    many(folder, 150, repeat=60)
    done = run("ingest", folder, home=small_disk / "kho")
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert "đầy" in done.stderr or "ghi" in done.stderr
    assert_sound(small_disk / "kho")


@pytest.mark.slow
def test_a_pdf_of_two_thousand_pages_is_read(tmp_path: Path) -> None:
    path, home = tmp_path / "dài.pdf", tmp_path / "kho"
    page = canvas.Canvas(str(path))
    for number in range(1, 2001):
        page.drawString(72, 720, f"Dieu {number}. Noi dung cua dieu thu {number}")
        page.showPage()
    page.save()
    done = run("ingest", path, "--format", "jsonl", home=home)
    assert done.returncode == 0, done.stderr
    assert rows(done)["dài.pdf"]["pages"] == 2000
    with PdfDocument(path) as pdf:
        assert len(pdf) == 2000


def test_a_table_of_ten_thousand_rows_is_read(tmp_path: Path) -> None:
    path, home = tmp_path / "bảng dài.txt", tmp_path / "kho"
    body = "\n".join(f"{n}\tĐơn vị {n}\t{n * 3}\t{n % 100}%" for n in range(1, 10_001))
    path.write_text(f"BÁO CÁO\n\nPhụ lục 1\n\nSTT\tĐơn vị\tSố hồ sơ\tTỷ lệ\n{body}\n", encoding="utf-8")
    done = run("tables", path, "--format", "jsonl", home=home)
    assert done.returncode == 0, done.stderr
    (table,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(table["rows"]) == 10_000
    assert table["rows"][-1] == ["10000", "Đơn vị 10000", "30000", "0%"]
