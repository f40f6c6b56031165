"""The index of a home follows its base, whatever happened in between."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import threading
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ingest.pipeline import ingest_paths
from kb.search import home, making, state
from kb.search.facts import known_works
from kb.search.index import Wanted
from kb.search.saved import SavedSearch, drop_saved, get_saved, keep_saved, list_saved
from kb.search.sync import bring_up_to_date
from kb.search.unanswered import list_unanswered, note_unanswered
from kb.settings import Settings
from kb.store.store import open_store

PLAN = """UBND TỈNH AN GIANG
Số: {number}/KH-UBND
An Giang, ngày 05 tháng 3 năm 2030

KẾ HOẠCH
{title}

1. Mục tiêu
{words}
"""


def write_plan(folder: Path, number: int, title: str, words: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"kh-{number}.txt"
    path.write_text(PLAN.format(number=number, title=title, words=words), encoding="utf-8")
    return path


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    folder = tmp_path / "kho"
    return Settings(folder, f"sqlite:///{folder / 'cancu.sqlite3'}", "tantivy")


@pytest.fixture
def filled(settings: Settings, tmp_path: Path) -> Settings:
    """A base of three documents."""
    for number, words in ((1, "Trồng rừng ngập mặn."), (2, "Xây cầu nông thôn."), (3, "Khám sức khỏe học sinh.")):
        write_plan(tmp_path / "vào", number, f"Việc thứ {number}", words)
    ingest_paths(settings, [tmp_path / "vào"], jobs=1)
    return settings


def found(settings: Settings, query: str) -> list[str]:
    index = home.open_index(settings)
    try:
        return [hit.work for hit in index.search(Wanted(query, date(2030, 4, 1))).hits]
    finally:
        index.close()


def test_ingest_makes_documents_findable(filled: Settings) -> None:
    assert "1-kh-ubnd.an-giang.2030-03-05" in found(filled, "rừng ngập mặn")
    assert found(filled, "kh 2")[0] == "2-kh-ubnd.an-giang.2030-03-05"


def test_several_processes_make_the_rows_that_one_makes(filled: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "_MANY", 1)
    monkeypatch.setattr(making, "_HANDED", 1)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    with open_store(filled) as store:
        works = known_works(store)
        with making.crew_for(filled, works) as crew:
            assert crew is not None
            there = list(making.rows_of_works(store, works, {}, crew))
            for process in multiprocessing.active_children():
                process.kill()
            # What processes that died leave behind is made here.
            again = list(making.rows_of_works(store, works, {}, crew))
        assert there == again == list(making.rows_of_works(store, works, {}))


class _DyingCrew(Executor):
    """Takes one thing and never answers it; then it is dead."""

    def __init__(self) -> None:
        self.taken = 0

    def submit(self, *asked: object, **also: object) -> Future[Any]:  # type: ignore[override]
        self.taken += 1
        if self.taken > 1:
            raise BrokenExecutor
        return Future()


def test_what_a_dying_crew_never_answers_is_made_here(filled: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "_PATIENCE", 0.01)
    with open_store(filled) as store:
        works = known_works(store)
        alone = list(making.rows_of_works(store, works, {}))
        assert list(making.rows_of_works(store, works, {}, _DyingCrew())) == alone


def test_an_up_to_date_index_does_not_open_the_base(filled: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    found(filled, "rừng")
    real = home.import_module
    monkeypatch.setattr(home, "import_module", lambda name: pytest.fail(name) if "sync" in name else real(name))
    assert found(filled, "rừng ngập mặn")


def test_a_changed_document_is_found_by_its_new_words_only(filled: Settings, tmp_path: Path) -> None:
    write_plan(tmp_path / "vào", 1, "Việc thứ 1", "Nuôi tôm sinh thái.")
    ingest_paths(filled, [tmp_path / "vào"], jobs=1)
    assert found(filled, "tôm sinh thái")
    assert not found(filled, "ngập mặn")


def test_the_other_embedded_engine_follows_the_same_base(filled: Settings) -> None:
    other = replace(filled, search_engine="whoosh")
    for query in ("rừng ngập mặn", "việc thứ", "kh 2"):
        assert found(other, query) == found(filled, query)


@pytest.mark.parametrize("lost", ["tantivy.json", "tantivy"])
def test_lost_files_come_back(filled: Settings, lost: str) -> None:
    path = filled.home / "index" / lost
    if path.is_dir():
        shutil.rmtree(path)
    elif path.exists():
        path.unlink()
    assert found(filled, "rừng ngập mặn") == ["1-kh-ubnd.an-giang.2030-03-05"]


def test_another_schema_is_made_anew(filled: Settings) -> None:
    path = home.state_path(filled)
    old = state.read_state(path)
    old.schema = "0"
    state.write_state(path, old)
    assert found(filled, "rừng ngập mặn")
    assert state.read_state(path).schema == state.IndexState().schema


def test_adding_one_document_equals_a_rebuild(filled: Settings, tmp_path: Path) -> None:
    ingest_paths(filled, [write_plan(tmp_path / "sau", 4, "Việc thứ 4", "Nạo vét kênh mương.")], jobs=1)
    queries = ("kênh mương", "việc thứ", "kh 4", "nông thôn")
    grown = [found(filled, query) for query in queries]
    shutil.rmtree(filled.home / "index")
    assert [found(filled, query) for query in queries] == grown


def test_only_what_changed_is_made_again(filled: Settings, tmp_path: Path) -> None:
    engine = home.open_engine(filled)
    with open_store(filled) as store:
        assert bring_up_to_date(store, engine, home.state_path(filled)).works == 0
    engine.close()


def test_saved_searches(settings: Settings) -> None:
    keep_saved(settings, SavedSearch("Đất đai", "đất đai", {"type": ("Nghị định",)}))
    keep_saved(settings, SavedSearch("khác", "học phí"))
    keep_saved(settings, SavedSearch("KHÁC", "lệ phí"))
    assert [saved.query for saved in list_saved(settings)] == ["lệ phí", "đất đai"]
    assert get_saved(settings, "đất ĐAI").filters == {"type": ("Nghị định",)}
    drop_saved(settings, "khác")
    assert len(list_saved(settings)) == 1


def test_queries_without_an_answer_are_noted_unless_turned_off(filled: Settings) -> None:
    index = home.open_index(filled)
    note_unanswered(filled, index.search(Wanted("wxyz jjjj")))
    note_unanswered(filled, index.search(Wanted("rừng ngập mặn")))
    quiet = Settings(filled.home, filled.database_url, filled.search_engine, query_log=False)
    note_unanswered(quiet, index.search(Wanted("wxyz qqqq")))
    index.close()
    assert [row["query"] for row in list_unanswered(filled)] == ["wxyz jjjj"]


def test_a_search_that_all_share_does_not_wait_for_what_a_crash_left_behind(
    filled: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def seen() -> list[str]:
        return [hit.work for hit in home.shared_index(filled).search(Wanted("nuôi hươu", date(2030, 4, 1))).hits]

    assert seen() == []
    # Killed between the base and its index: the document is held, nothing has told the index.
    monkeypatch.setattr("ingest.pipeline.refresh_index", lambda _: None)
    ingest_paths(filled, [write_plan(tmp_path / "vào", 4, "Nuôi hươu", "Nuôi hươu lấy nhung.")], jobs=1)
    assert home.is_behind(filled)
    begun = threading.Event()
    go_on = threading.Event()
    follow = home.refresh_index

    def slowly(settings: Settings) -> None:
        begun.set()
        go_on.wait(60)
        follow(settings)

    monkeypatch.setattr(home, "refresh_index", slowly)
    assert seen() == []
    assert begun.wait(60)
    assert seen() == []  # another search meanwhile starts nothing and waits for nothing
    go_on.set()
    for thread in threading.enumerate():
        if thread.name == "index":
            thread.join(60)
    assert seen()[0] == "4-kh-ubnd.an-giang.2030-03-05"
    assert not home.is_behind(filled)
