"""The log of changes keeps what it is given and finds it again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.clock import told_moment
from kb.settings import Settings
from kb.store.audit import Filter, count_entries, list_entries, people_and_actions, record, write_entry
from kb.store.schema import audit
from kb.store.store import Store, open_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(Settings(tmp_path, f"sqlite:///{tmp_path / 'cancu.sqlite3'}")) as opened:
        record(opened, "lan", "works.pin", "12-2025-bc", {"mention": 40, "note": "đúng là của tỉnh"})
        record(opened, "cli:minh", "ingest.file", "nghị định.pdf")
        record(opened, "lan", "works.merge", "50%_a")
        yield opened


def test_the_latest_comes_first_and_details_come_back_whole(store: Store) -> None:
    found = list_entries(store)
    assert [entry.action for entry in found] == ["works.merge", "ingest.file", "works.pin"]
    assert found[2].details == {"mention": 40, "note": "đúng là của tỉnh"}
    assert found[2].at.endswith("+00:00")
    assert [entry.id for entry in list_entries(store, limit=1, offset=1)] == [found[1].id]


@pytest.mark.parametrize(
    ("wanted", "subjects"),
    [
        (Filter(who="lan"), ["50%_a", "12-2025-bc"]),
        (Filter(action="works"), ["50%_a", "12-2025-bc"]),
        (Filter(action="works.pin"), ["12-2025-bc"]),
        (Filter(action="work"), []),
        (Filter(words="đúng là"), ["12-2025-bc"]),
        (Filter(words="0%_"), ["50%_a"]),
        (Filter(words="2%_"), []),
        (Filter(since="2000-01-01", until="2000-12-31"), []),
        (Filter(who="cli:minh", action="works"), []),
    ],
)
def test_a_filter_lets_through_what_it_says(store: Store, wanted: Filter, subjects: list[str]) -> None:
    assert [entry.subject for entry in list_entries(store, wanted)] == subjects
    assert count_entries(store, wanted) == len(subjects)


def test_the_day_itself_is_within(store: Store) -> None:
    last, *_, first = (told_moment(entry.at).date().isoformat() for entry in list_entries(store))
    assert count_entries(store, Filter(since=first, until=last)) == 3


def test_a_day_is_a_day_in_vietnam(store: Store) -> None:
    with store.transaction() as connection:
        row = {"at": "2025-06-27T17:00:00+00:00", "who": "a", "action": "b", "subject": "c", "details": "{}"}
        connection.execute(audit.insert().values(**row))
    assert count_entries(store, Filter(since="2025-06-28", until="2025-06-28")) == 1
    assert count_entries(store, Filter(until="2025-06-27")) == 0
    assert count_entries(store, Filter(since="0001-01-01", until="9999-12-31")) == 4


def test_who_and_what_are_listed_once(store: Store) -> None:
    assert people_and_actions(store) == (["cli:minh", "lan"], ["ingest.file", "works.merge", "works.pin"])


def test_a_change_that_fails_leaves_no_entry(store: Store) -> None:
    with pytest.raises(RuntimeError), store.transaction() as connection:
        write_entry(connection, "lan", "works.split", "x")
        raise RuntimeError
    assert count_entries(store) == 3
