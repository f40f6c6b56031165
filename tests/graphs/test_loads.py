from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph_maker import add, new_store
from graphs.loads import try_load
from graphs.status import answer_status
from graphs.update import update_graph
from kb.catalogue import Rows, read_catalogue
from kb.store import graph as rows
from kb.store.catalogue import list_batches
from kb.store.store import Store
from kb.validity import Word

TODAY = "2025-06-01"
RULES = {"number": "34/2016/NĐ-CP", "type": "Nghị định", "issuer": "Chính phủ", "issued": "2016-05-14"}
TEXT = "Điều 1. Hiệu lực\n\nNghị định này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2016.\n"
LIST = """Số ký hiệu,Ngày ban hành,Ngày hết hiệu lực,Lý do
34/2016/NĐ-CP,14/5/2016,01/4/2025,Được thay thế bởi Nghị định số 78/2025/NĐ-CP ngày 01/4/2025
10/2010/NĐ-CP,01/2/2010,01/4/2012,Bị bãi bỏ
""".encode()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as opened:
        add(opened, TEXT, "/34.txt", **RULES)
        update_graph(opened)
        yield opened


def listed() -> Rows:
    return read_catalogue(Path("dm.csv"), LIST, "thử")


def whole(store: Store) -> list[tuple[object, ...]]:
    with store.connect() as connection:
        found = [*rows.node_rows(connection, "id", None), *rows.edge_rows(connection, "source", None)]
        return sorted((tuple(row) for row in found), key=str)


def test_a_trial_tells_what_would_change_and_leaves_no_trace(store: Store) -> None:
    before = whole(store)
    trial = try_load(store, "dm.csv", LIST, "thử", listed(), TODAY)
    assert [(one.number, one.before, one.after, one.since) for one in trial.turned] == [
        ("34/2016/NĐ-CP", Word.IN_FORCE, Word.EXPIRED, "2025-04-01")
    ]
    assert (trial.works, trial.known) == (2, 1)
    assert trial.others == 1, "one that nobody here cites"
    assert whole(store) == before and list_batches(store) == []
    assert answer_status(store, "34-2016-nd-cp", TODAY).standing.word is Word.IN_FORCE


def test_a_day_before_the_end_nothing_changes(store: Store) -> None:
    assert try_load(store, "dm.csv", LIST, "thử", listed(), "2025-03-01").turned == ()


def test_what_falls_with_a_work_is_told_too(store: Store) -> None:
    header = {"number": "5/2017/TT-BTP", "type": "Thông tư", "issuer": "Bộ Tư pháp", "issued": "2017-01-05"}
    text = """Căn cứ Nghị định số 34/2016/NĐ-CP ngày 14 tháng 5 năm 2016 của Chính phủ;

Thông tư này quy định chi tiết một số điều của Nghị định số 34/2016/NĐ-CP.

Điều 1. Hiệu lực

Thông tư này có hiệu lực thi hành từ ngày 01 tháng 3 năm 2017.
"""
    add(store, text, "/5.txt", title="Quy định chi tiết Nghị định số 34/2016/NĐ-CP", **header)
    update_graph(store)
    early = read_catalogue(Path("dm.csv"), LIST.replace(b"01/4/2025", b"01/4/2020"), "thử")
    trial = try_load(store, "dm.csv", LIST, "thử", early, TODAY)
    assert {one.number for one in trial.turned} == {"34/2016/NĐ-CP", "5/2017/TT-BTP"}
