"""The number of the reading: what is kept of an older one is told, read anew by its id, and raised in time."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from ingest.document import build_document
from ingest.events.read import read_events
from ingest.pipeline import ingest_paths
from ingest.readers.door import read_source
from ingest.sources import source_of
from ingest.worker import find_mentions
from kb.models import MediaType, SourceFile
from kb.settings import Settings
from kb.store.codec import dump_value
from kb.store.prepared import READING
from kb.store.soundness import check_base
from kb.store.store import open_store
from webapp.app import create_app

ROOT = Path(__file__).resolve().parents[2]
PLAN = """UBND TỈNH BÌNH AN
Số: 45/KH-UBND
Bình An, ngày 05 tháng 3 năm 2019

KẾ HOẠCH
Rà soát thủ tục hành chính năm 2019

I. MỤC TIÊU

- Tối thiểu 85% người dân hài lòng khi làm thủ tục tại bộ phận một cửa.
"""
WORK = "45-kh-ubnd.binh-an.2019-03-05"
#: The number of the reading, and what it makes of the documents of this project.
READ = (5, "9e480c377ddaa67a")


def test_the_number_is_raised_when_the_reading_changes() -> None:
    made = sha256()
    corpus = (ROOT / "corpus" / "documents").glob("*.[hmt][tdx]*")
    for path in sorted((*(ROOT / "tests" / "reports").rglob("*.txt"), *corpus)):
        source = source_of(path.name, path.read_bytes())
        document = build_document(source, read_source(source, path.read_bytes()))
        document = replace(document, source=SourceFile(path.name, "", MediaType.PLAIN, 0))
        citations = find_mentions(document)
        for value in (document, *citations, *read_events(document, citations)):
            made.update(dump_value(value).encode())
    assert (READING, made.hexdigest()[:16]) == READ, (
        "files are read otherwise than under this number: raise kb.store.prepared.READING, and write it here"
        " with what is made now"
    )


@pytest.fixture
def old(tmp_path: Path) -> Settings:
    """A base whose one document was read, and whose tables were made, by a program of before."""
    home, path = tmp_path / "kho", tmp_path / "ke-hoach.txt"
    path.write_text(PLAN, encoding="utf-8")
    settings = Settings(home, f"sqlite:///{home / 'cancu.sqlite3'}")
    ingest_paths(settings, [path], jobs=1)
    with sqlite3.connect(home / "cancu.sqlite3") as base:
        base.execute("ALTER TABLE versions DROP COLUMN reading")
        base.execute("UPDATE alembic_version SET version_num = '0010'")
    return settings


def run(settings: Settings, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "webapp.cli", *arguments, "--home", str(settings.home)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)


def test_commands_and_pages_say_what_an_older_version_read(old: Settings) -> None:
    told = f"cancu: văn bản này do phiên bản cũ của chương trình đọc; đọc lại: cancu ingest --again {WORK}"
    for command in ("check", "targets", "trace", "show"):
        done = run(old, command, WORK, "--format", "json")
        assert told in done.stderr
        assert all(map(json.loads, done.stdout.splitlines())), "rows of JSON and nothing else"
    client = create_app(old).test_client()
    for page in (f"/van-ban/{WORK}", f"/van-ban/{WORK}/chi-tieu"):
        assert f"<code>cancu ingest --again {WORK}</code>" in client.get(page).text
    with open_store(old) as store:
        (line,) = [check.vi for check in check_base(store) if check.name == "reading"]
    assert line.startswith("1 văn bản do phiên bản cũ")


def test_a_document_is_read_anew_by_its_id_even_when_its_file_is_gone(old: Settings, tmp_path: Path) -> None:
    path = tmp_path / "ke-hoach.txt"
    (same,) = ingest_paths(old, [path], jobs=1)
    assert (same.verdict, same.old) == ("unchanged", True)
    path.unlink()
    done = run(old, "ingest", "--again", WORK)
    assert done.returncode == 0 and "1 đọc lại (1 read again)" in done.stdout + done.stderr
    assert not (old.home / "again").exists()
    with open_store(old) as store:
        (text,) = store.versions(WORK)
        assert not text.is_old
    assert "phiên bản cũ" not in run(old, "check", WORK).stderr
    assert "cancu ingest --again" not in create_app(old).test_client().get(f"/van-ban/{WORK}").text
    refused = run(old, "ingest", "--again", "khong-co")
    assert refused.returncode != 0
    assert "khong-co" in refused.stderr and "Traceback" not in refused.stderr


def test_shipped_documents_and_files_handed_in_are_read_anew_by_themselves(old: Settings, tmp_path: Path) -> None:
    (again,) = ingest_paths(old, [tmp_path / "ke-hoach.txt"], jobs=1, renew=True)
    assert again.again
    (same,) = ingest_paths(old, [tmp_path / "ke-hoach.txt"], jobs=1, renew=True)
    assert (same.verdict, same.old) == ("unchanged", False)


def test_a_text_read_anew_stays_the_one_that_is_read_of_several(old: Settings, tmp_path: Path) -> None:
    copy = tmp_path / "ban-khac.txt"
    copy.write_text(PLAN + "\nNơi nhận: Lưu VT.\n", encoding="utf-8")
    ingest_paths(old, [copy], jobs=1)
    assert run(old, "ingest", "--again", WORK).returncode == 0
    with open_store(old) as store:
        told = [(Path(text.path).name, text.ordinal, text.current) for text in store.versions(WORK)]
    assert told == [("ke-hoach.txt", 1, True), ("ban-khac.txt", 2, False)]
