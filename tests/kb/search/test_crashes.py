"""An index survives kill -9, a change of its schema, lost files, and writers beside readers."""

from __future__ import annotations

import json
import multiprocessing
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kb.search.home import open_engine
from kb.search.index import SearchIndex, Wanted
from kb.search.protocol import IndexBusy
from kb.search.rows import make_rows
from kb.search.state import IndexState, read_state, write_state
from kb.settings import Settings
from search_base import paragraph, rows, works

EMBEDDED = ("tantivy", "whoosh")

#: Writes one work after the other for ever; says each commit.
WRITER = """
import sys
from pathlib import Path
from kb.search.home import open_engine
from kb.search.records import Record, RecordKind, WorkFacts
from kb.search.rows import make_rows
from kb.search.state import IndexState, read_state, write_state
from kb.settings import Settings

engine = open_engine(Settings(Path(sys.argv[1]), sys.argv[3], sys.argv[2]))
for number in range(100_000):
    work = f"kh-{number}"
    records = [Record(RecordKind.PARAGRAPH, f"Trồng rừng phòng hộ đợt {number} lần {part}") for part in range(20)]
    engine.update(make_rows(WorkFacts(work, f"{number}/KH-UBND", "Kế hoạch"), records), [work])
    print(number, flush=True)
"""


def settings_of(name: str, folder: Path, url: str = "sqlite://") -> Settings:
    return Settings(folder, url, name)


def written_until_killed(settings: Settings, after: int, delay: float) -> int:
    """The last commit that a writer told of before it was killed in the midst of the next ones."""
    arguments = [sys.executable, "-c", WRITER, str(settings.home), settings.search_engine, settings.database_url]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        last = -1
        while last < after:
            last = int(writer.stdout.readline())
        time.sleep(delay)
        writer.send_signal(signal.SIGKILL)
        told = [int(line) for line in writer.stdout.read().split("\n") if line]
    return told[-1] if told else last


@pytest.mark.slow
@pytest.mark.parametrize("delay", [0.0, 0.011, 0.037])
@pytest.mark.parametrize("name", EMBEDDED)
def test_kill_during_commits_leaves_whole_works(tmp_path: Path, name: str, delay: float) -> None:
    settings = settings_of(name, tmp_path)
    told = written_until_killed(settings, 2, delay)
    engine = open_engine(settings)
    # What was told of is there; every work is there whole or not at all.
    assert engine.count() % 21 == 0
    assert engine.count() >= (told + 1) * 21
    assert engine.update(rows()) == len(rows())
    engine.close()


@pytest.mark.slow
def test_kill_of_a_writer_of_postgresql(tmp_path: Path, database: str) -> None:
    settings = settings_of("postgresql", tmp_path, database)
    told = written_until_killed(settings, 2, 0.02)
    engine = open_engine(settings)
    assert engine.count() % 21 == 0
    assert engine.count() >= (told + 1) * 21
    engine.close()


# Whoosh leaves the file open that it could not read.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("name", EMBEDDED)
def test_damaged_files_are_made_anew(tmp_path: Path, name: str) -> None:
    settings = settings_of(name, tmp_path)
    engine = open_engine(settings)
    engine.update(rows())
    engine.close()
    folder = tmp_path / "index" / name
    for path in folder.iterdir():
        if path.name in ("meta.json",) or path.suffix == ".toc":
            path.write_bytes(b"{}")
    engine = open_engine(settings)
    assert engine.count() == 0
    assert engine.update(rows()) == len(rows())
    engine.close()


@pytest.mark.parametrize("name", EMBEDDED)
def test_a_second_writer_is_told_to_wait(tmp_path: Path, name: str) -> None:
    settings = settings_of(name, tmp_path)
    one, other = open_engine(settings), open_engine(settings)

    def meanwhile() -> object:
        yield from make_rows(works()[0][0], [paragraph("Một")])
        with pytest.raises(IndexBusy):
            other.update(rows())

    one.update(meanwhile())
    assert one.count() == 2
    other.update(rows())
    one.refresh()
    assert one.count() == 2 + len(rows())


def read_for_ever(settings: Settings, until: float, results: multiprocessing.Queue[str]) -> None:
    engine = open_engine(settings)
    index = SearchIndex(engine)
    wrong = ""
    asked = 0
    # On a busy machine a reader may start after the last moment: it reads once at least.
    while (not asked or time.monotonic() < until) and not wrong:
        engine.refresh()
        answer = index.search(Wanted("trồng rừng phòng hộ"))
        if answer.total % 20:
            wrong = f"half a work: {answer.total}"
        asked += 1
    results.put(wrong or f"ok {asked}")


@pytest.mark.slow
@pytest.mark.parametrize("name", EMBEDDED)
def test_readers_beside_a_writer_see_whole_works(tmp_path: Path, name: str) -> None:
    settings = settings_of(name, tmp_path)
    open_engine(settings).close()
    context = multiprocessing.get_context("spawn")
    results: multiprocessing.Queue[str] = context.Queue()
    until = time.monotonic() + 5
    readers = [context.Process(target=read_for_ever, args=(settings, until, results)) for _ in range(3)]
    for reader in readers:
        reader.start()
    written_until_killed(settings, 20, 0.5)
    said = [results.get(timeout=300) for _ in readers]
    for reader in readers:
        reader.join()
    assert all(line.startswith("ok ") and int(line.split()[1]) > 0 for line in said), said


def test_state_that_cannot_be_read_is_no_state(tmp_path: Path) -> None:

    path = tmp_path / "index" / "x.json"
    assert read_state(path).works == {}
    write_state(path, IndexState({"a": "1:2"}, 3))
    assert read_state(path).works == {"a": "1:2"}
    for damaged in ("", "[]", '{"nothing": 1}', json.dumps({"works": 1})[:-3]):
        path.write_text(damaged)
        assert read_state(path).works == {}
    assert not list(path.parent.glob("*.tmp"))
