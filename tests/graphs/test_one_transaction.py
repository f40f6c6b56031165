"""A decision and what it does to the graph: both or neither, whenever the program is stopped."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from graph_maker import add, new_store
from graphs.update import update_graph, update_within
from kb.catalogue import shipped_folder
from kb.settings import Settings
from kb.store import graph as rows
from kb.store.audit import list_entries
from kb.store.catalogue import list_batches, load_shipped
from kb.store.decided import list_decisions, merge_works, withdraw_decision
from kb.store.store import Store, open_store

pytestmark = pytest.mark.new_base
PLAN = {"number": "12/KH-UBND", "type": "Kế hoạch", "issuer": "UBND tỉnh Bình An", "issued": "2025-02-03"}
TEXT = "Căn cứ Nghị quyết số 66/NQ-CP ngày 09/5/2024 và Nghị quyết số 67/NQ-CP ngày 10/5/2024 của Chính phủ;\n"
#: What is done, stopped by force when the rows are written and the graph is about to follow.
STOPPED = """
import os, sys
from pathlib import Path
from kb.catalogue import read_catalogue
from kb.catalogue import shipped_folder
from kb.settings import Settings
from kb.store.catalogue import load_rows, load_shipped, undo_batch
from kb.store.decided import merge_works, pin_mentions, withdraw_decision
from kb.store.store import open_store

stop = lambda connection, keys: os._exit(9)
LIST = "Số ký hiệu,Ngày ban hành,Ngày hết hiệu lực\\n66/NQ-CP,09/5/2024,01/4/2025\\n".encode()
with open_store(Settings(Path(sys.argv[1]), sys.argv[2])) as store:
    {deed}
"""
DEEDS = (
    "merge_works(store, '66-nq-cp.2024-05-09', '67-nq-cp.2024-05-10', '', relate=stop)",
    "pin_mentions(store, 'pin', [('12-kh-ubnd.binh-an.2025-02-03', 8)], '66-nq-cp.2024-05-09', '', relate=stop)",
    "withdraw_decision(store, 1, relate=stop)",
    "load_rows(store, 'dm.csv', LIST, 'thử', read_catalogue(Path('dm.csv'), LIST, 'thử'), stop)",
    "load_shipped(store, stop)",
)


def whole(store: Store) -> list[str]:
    """All that the base holds of the graph, of decisions and of loads, and how much its log has."""
    with store.connect() as connection:
        nodes = [tuple(row) for row in rows.node_rows(connection, "id", None)]
        edges = [tuple(row)[1:] for row in rows.edge_rows(connection, "source", None)]  # without their own number
    told = [*list_decisions(store), *list_batches(store), len(list_entries(store))]
    return sorted(map(str, (*nodes, *edges, *told)))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    with new_store(tmp_path) as store:
        add(store, TEXT, "/12.txt", **PLAN)
        update_graph(store)
        merge_works(store, "67-nq-cp.2024-05-10", "66-nq-cp.2024-05-09", "thử", relate=update_within)
    return tmp_path / "kho"


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.split("(")[0])
def test_a_stop_in_between_leaves_all_as_it_was(home: Path, deed: str) -> None:
    url = f"sqlite:///{home / 'cancu.sqlite3'}"
    with open_store(Settings(home, url)) as store:
        before = whole(store)
    done = subprocess.run([sys.executable, "-c", STOPPED.format(deed=deed), str(home), url], check=False)
    assert done.returncode == 9
    with open_store(Settings(home, url)) as store:
        assert whole(store) == before


def test_what_was_stopped_can_be_done_again(home: Path) -> None:
    with open_store(Settings(home, f"sqlite:///{home / 'cancu.sqlite3'}")) as store:
        withdraw_decision(store, 1, relate=update_within)
        after = whole(store)
        update_graph(store)
        assert whole(store) == after and list_decisions(store) == []
        if shipped_folder().is_dir():
            load_shipped(store, update_within)
            loaded = whole(store)
            update_graph(store)
            assert whole(store) == loaded
