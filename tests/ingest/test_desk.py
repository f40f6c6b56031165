"""The inbox loses nothing: kills, two workers at once, files that take the program down."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bad_files import bad_bytes
from ingest import desk
from ingest.inbox import (
    FILE_LIMIT,
    adopt_files,
    clean_name,
    inbox_folder,
    kept_data,
    named_copy,
    new_batch,
    receive_file,
)
from ingest.worker import prepare_file
from kb.errors import StoreError
from kb.settings import Settings
from kb.store.audit import Filter, list_entries
from kb.store.graph import edge_rows
from kb.store.inbox import DONE, WAITING, Item, claim_items, list_batch
from kb.store.store import Store, open_store
from tests.made_once import MadeOnce

ROOT = Path(__file__).resolve().parents[2]
GOOD = "Số: {n}/KH-UBND\n\nKẾ HOẠCH\n\nRà soát thủ tục hành chính đợt {n}\n\n1. Mục đích\n\nNâng cao chất lượng.\n"


@pytest.fixture
def store(tmp_path: Path, made_once: MadeOnce) -> Iterator[Store]:
    home = tmp_path / "kho"
    made_once.fill(home)
    with open_store(Settings(home, f"sqlite:///{home / 'cancu.sqlite3'}")) as opened:
        yield opened


def send(store: Store, count: int, batch: str = "", first: int = 1) -> str:
    batch = batch or new_batch()
    for n in range(first, first + count):
        receive_file(store, batch, n, f"kế hoạch {n}.txt", "lan", io.BytesIO(GOOD.format(n=n).encode()))
    return batch


def verdicts(store: Store, batch: str) -> list[str | None]:
    return [item.verdict for item in list_batch(store, batch)]


def test_files_wait_and_then_become_documents_with_a_line_in_the_log(store: Store) -> None:
    batch = send(store, 2)
    receive_file(store, batch, 9, "rỗng.txt", "lan", io.BytesIO(b""))
    assert {item.state for item in list_batch(store, batch)} == {WAITING}
    assert desk.work_through(store.settings) == 3
    items = list_batch(store, batch)
    assert [(item.verdict, item.state) for item in items] == [("added", DONE), ("added", DONE), ("refused", DONE)]
    assert items[2].code == "file.empty" and items[2].vi and items[2].en
    assert {row.id for row in store.list_documents()} == {item.work for item in items if item.work}
    logged = list_entries(store, Filter(action="ingest.file"))
    assert {(entry.who, entry.subject, entry.details["verdict"]) for entry in logged} == {
        ("lan", "kế hoạch 1.txt", "added"),
        ("lan", "kế hoạch 2.txt", "added"),
        ("lan", "rỗng.txt", "refused"),
    }


def test_originals_are_kept_and_the_inbox_is_emptied_but_for_what_was_refused(store: Store) -> None:
    batch = send(store, 1)
    receive_file(store, batch, 9, "hỏng.pdf", "lan", io.BytesIO(bad_bytes("cụt.pdf")))
    desk.work_through(store.settings)
    good, bad = list_batch(store, batch)
    assert store.original(good.sha256).read_text(encoding="utf-8") == GOOD.format(n=1)
    assert kept_data(store, good.id) is None
    kept = kept_data(store, bad.id)
    assert kept is not None and kept.read_bytes() == bad_bytes("cụt.pdf")


def test_the_same_bytes_again_are_unchanged_within_an_upload_and_later(store: Store) -> None:
    batch = send(store, 1)
    send(store, 1, batch)
    receive_file(store, batch, 3, "tên khác.txt", "lan", io.BytesIO(GOOD.format(n=1).encode()))
    desk.work_through(store.settings)
    assert sorted(map(str, verdicts(store, batch))) == ["added", "unchanged", "unchanged"]
    later = send(store, 1)
    desk.work_through(store.settings)
    (item,) = list_batch(store, later)
    assert (item.verdict, item.work) == ("unchanged", store.list_documents()[0].id)
    assert store.count_documents() == 1


def test_what_a_dead_worker_left_is_finished_and_linked(store: Store) -> None:
    batch = send(store, 3)
    assert len(claim_items(store, 2)) == 2  # a worker takes two and dies
    assert desk.work_through(store.settings) == 3
    assert verdicts(store, batch) == ["added"] * 3


def test_files_left_in_work_once_are_taken_together_then_one_by_one(store: Store) -> None:
    send(store, 3)
    assert [len(claim_items(store, 9)) for _ in range(4)] == [3, 3, 1, 1]
    send(store, 1, first=9)
    assert [item.name for item in claim_items(store, 9)] == ["kế hoạch 9.txt"]


def test_a_worker_that_died_between_saving_and_linking_leaves_no_unlinked_document(store: Store) -> None:
    batch = new_batch()
    text = GOOD.format(n=1) + "\nCăn cứ Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ.\n"
    receive_file(store, batch, 0, "một.txt", "lan", io.BytesIO(text.encode()))
    (item,) = claim_items(store, 1)
    path = named_copy(store, item)
    assert path is not None
    store.save_prepared(prepare_file(path, store.settings.home))  # the kill comes before the graph
    desk.work_through(store.settings)
    with store.connect() as connection:
        work = list_batch(store, batch)[0].work
        assert [row.target for row in edge_rows(connection, "source", [work])] == ["61-2018-nd-cp"]


def test_a_folder_without_a_row_is_taken_in_once(store: Store) -> None:
    batch = send(store, 1)
    (item,) = list_batch(store, batch)
    with store.transaction() as connection:
        connection.exec_driver_sql("DELETE FROM inbox")
    adopt_files(store)
    adopt_files(store)
    assert list_batch(store, batch) == [item]
    desk.work_through(store.settings)
    assert verdicts(store, batch) == ["added"]


def test_a_folder_half_written_is_no_file(store: Store) -> None:
    half = inbox_folder(store) / ".partial-0"
    half.mkdir(parents=True)
    half.joinpath("data").write_bytes(b"x")
    assert desk.work_through(store.settings) == 0
    assert half.exists(), "a colleague may be writing it now"
    os.utime(half, (0, 0))
    desk.work_through(store.settings)
    assert not half.exists()


def test_a_file_that_takes_the_program_down_is_refused_in_the_end(store: Store) -> None:
    batch = send(store, 1)
    for _ in range(desk.TRIES):
        assert len(claim_items(store, 9)) == 1
    good = send(store, 1, first=2)
    desk.work_through(store.settings)
    (item,) = list_batch(store, batch)
    assert (item.verdict, item.code) == ("refused", "inbox.crash")
    assert verdicts(store, good) == ["added"]


def test_a_base_that_cannot_be_written_leaves_the_files_waiting(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = send(store, 2)

    def full(*_: object, **__: object) -> None:
        raise StoreError("store.full", "ổ đĩa đã đầy", "the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(desk, "ingest_paths", full)
        desk.wake(store.settings)
        assert desk.rest(store.settings, 30)
    said = desk.trouble(store.settings)
    assert said is not None and said.code == "store.full"
    assert {item.state for item in list_batch(store, batch)} == {WAITING}
    desk.wake(store.settings)
    assert desk.rest(store.settings, 60)
    assert desk.trouble(store.settings) is None
    assert verdicts(store, batch) == ["added"] * 2


def test_two_workers_do_not_take_the_same_file(store: Store) -> None:
    batch = send(store, 6)
    counts: list[int] = []
    both = [threading.Thread(target=lambda: counts.append(desk.work_through(store.settings))) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join(120)
    assert sum(counts) == 6
    assert verdicts(store, batch) == ["added"] * 6
    assert len(list_entries(store, Filter(action="ingest.file"))) == 6


@pytest.mark.slow
def test_a_kill_at_any_moment_loses_nothing(store: Store) -> None:
    batch = send(store, 30)
    program = (
        "import sys\nfrom pathlib import Path\nfrom kb.settings import Settings\n"
        "from ingest.desk import work_through\n"
        "if __name__ == '__main__':\n"
        "    home = Path(sys.argv[1]); work_through(Settings(home, f\"sqlite:///{home / 'cancu.sqlite3'}\"))\n"
    )
    script = store.settings.home / "work.py"
    script.write_text(program, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    for wait in (0.6, 1.5, 2.5):
        process = subprocess.Popen(
            [sys.executable, str(script), str(store.settings.home)],
            env=environment,
            start_new_session=True,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(wait)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    desk.work_through(store.settings)
    items = list_batch(store, batch)
    assert {item.state for item in items} == {DONE}
    assert store.count_documents() == 30
    assert {item.work for item in items} == {row.id for row in store.list_documents()}
    assert len(list_entries(store, Filter(action="ingest.file"))) == 30


def test_a_file_over_the_limit_is_refused_and_not_kept(store: Store) -> None:
    class Endless(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            return b"a" * (size or 0)

    item = receive_file(store, "b", 0, "to.txt", "lan", Endless())
    assert (item.verdict, item.code, item.state) == ("refused", "file.size", DONE)
    assert item.size <= FILE_LIMIT + (1 << 20)
    assert not any(inbox_folder(store).iterdir())
    assert list_batch(store, "b") == [item]


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../../etc/passwd", "passwd"),
        ("/tuyệt/đối.pdf", "đối.pdf"),
        ("C:\\Users\\a\\báo cáo.docx", "báo cáo.docx"),
        ("a\x00b\nc\u202ed.txt", "abcd.txt"),
        ("..", "khong-ten"),
        ("", "khong-ten"),
        ("dir/", "khong-ten"),
        ("<img src=x onerror=alert(1)>.txt", "<img src=x onerror=alert(1)>.txt"),
        ("đ" * 300 + ".docx", "đ" * 87 + ".docx"),
        ("khoảng   trắng .txt", "khoảng trắng .txt"),
    ],
)
def test_names_cannot_lead_out_or_hide(name: str, clean: str) -> None:
    assert clean_name(name) == clean


def test_a_file_keeps_its_name_on_the_way_through(store: Store) -> None:
    batch = new_batch()
    text = "Ghi chép không số, không ngày\n\nNội dung\n"
    receive_file(store, batch, 0, "../ghi chép.txt", "lan", io.BytesIO(text.encode()))
    desk.work_through(store.settings)
    (row,) = store.list_documents()
    assert Path(row.path).name == "ghi chép.txt"
    facts = json.dumps([item.name for item in list_batch(store, batch)], ensure_ascii=False)
    assert facts == '["ghi chép.txt"]'
    assert isinstance(list_batch(store, batch)[0], Item)
