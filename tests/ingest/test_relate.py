"""Documents that came in are in the graph, whenever the program was stopped on the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.desk import work_through
from ingest.pipeline import ingest_paths
from kb.settings import Settings
from kb.store.graph import node_rows
from kb.store.store import Store, open_store

PLAN = "UBND TỈNH BÌNH AN\nSố: 12/KH-UBND\n\nKẾ HOẠCH\nCải cách hành chính\n\nCăn cứ Nghị quyết số 76/NQ-CP;\n"


def planned(store: Store) -> bool:
    with store.connect() as connection:
        return any(row.number == "12/KH-UBND" for row in node_rows(connection, "id", None))


@pytest.fixture
def stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A base whose ingest was stopped when the documents were saved and the graph was about to follow."""

    def stop(store: Store) -> None:
        raise KeyboardInterrupt

    (tmp_path / "12.txt").write_text(PLAN, encoding="utf-8")
    settings = Settings(tmp_path / "kho", f"sqlite:///{tmp_path / 'kho' / 'cancu.sqlite3'}")
    with monkeypatch.context() as patched:
        patched.setattr("ingest.pipeline.relate_works", stop)
        with pytest.raises(KeyboardInterrupt):
            ingest_paths(settings, [tmp_path / "12.txt"], 1)
    with open_store(settings) as store:
        assert store.count_documents() == 1
        assert store.has_news()
        assert not planned(store)
    return settings


def test_the_next_run_catches_up_though_its_files_are_unchanged(stopped: Settings) -> None:
    [verdict] = ingest_paths(stopped, [stopped.home.parent / "12.txt"], 1)
    assert verdict.verdict == "unchanged"
    with open_store(stopped) as store:
        assert planned(store)
        assert not store.has_news()


def test_so_does_the_worker_of_the_inbox(stopped: Settings) -> None:
    assert work_through(stopped) == 0
    with open_store(stopped) as store:
        assert planned(store)
