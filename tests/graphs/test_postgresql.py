from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from graph_maker import add, new_store
from graphs.base import ensure_catalogue
from graphs.effects import Wish, read_effects
from graphs.finding import find_works
from graphs.follow import all_news, see
from graphs.loads import try_load
from graphs.status import answer_status
from graphs.trace import UP, walk
from graphs.update import update_graph
from graphs.versions import twins_of_work
from kb.catalogue import read_catalogue
from kb.settings import Settings
from kb.store import graph as rows
from kb.store.audit import Filter, list_entries
from kb.store.catalogue import load_rows
from kb.store.follows import drop_follow, list_follows
from kb.store.inbox import Item, add_item, claim_items, finish_items, list_batch, list_batches
from kb.store.resting import most_cited
from kb.store.review import Queue, Said, count_open, find_open, next_open, same_mentions, say_of, unsay
from kb.store.store import Store, open_store
from postgres_cluster import Server, find_programs, new_server

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    programs = find_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    made = new_server(programs)
    made.make()
    made.start()
    yield made
    made.stop()


def fill(store: Store) -> None:
    ensure_catalogue(store)
    decree = {"number": "90/2015/NĐ-CP", "type": "Nghị định", "issuer": "Chính phủ", "issued": "2015-09-12"}
    plan = {"number": "5/KH-UBND", "type": "Kế hoạch", "issuer": "UBND thành phố Huế", "issued": "2024-01-05"}
    works = [
        add(store, "Căn cứ Luật Giá;\nĐiều 2. Nghị định này có hiệu lực từ ngày 01/01/2016.", "/a.txt", **decree),
        add(store, "Thực hiện Nghị định 90/2015 và Nghị quyết số 76/NQ-CP của Chính phủ.", "/b.txt", **plan),
    ]
    for work in works:
        update_graph(store, [work])


def seen(store: Store) -> list[object]:
    with store.connect() as connection:
        nodes = sorted(tuple(row) for row in rows.node_rows(connection, "id", None))
        cited = most_cited(connection, 5)
    return [
        nodes,
        [(row.id, row.citing, row.mentions) for row in cited],
        walk(store, "5-kh-ubnd.hue.2024-01-05", UP, 3).hops,
        answer_status(store, "90-2015-nd-cp", "2020-01-01"),
        answer_status(store, "80-2015-qh13", "2025-04-01"),
        find_works(store, "Nghị định 90/2015"),
    ]


def test_both_databases_say_the_same(server: Server, tmp_path: Path) -> None:
    home = tmp_path / "pg"
    url = server.url.replace("postgresql://", "postgresql+psycopg://")
    with new_store(tmp_path) as first, open_store(Settings(home, url)) as second:
        fill(first)
        fill(second)
        assert seen(first) == seen(second)
        update_graph(second, None)
        assert seen(first) == seen(second)


def test_queues_and_log_are_the_same_on_both_databases(server: Server, tmp_path: Path) -> None:
    text = "Nghị quyết số 55/NQ-CP ngày 09/5/2023; Nghị quyết số 55/NQ-CP ngày 26/3/2025. Nghị quyết số 55/NQ-CP."
    plan = {"number": "6/KH-UBND", "type": "Kế hoạch", "issuer": "UBND thành phố Huế", "issued": "2025-05-05"}

    def told(store: Store) -> list[object]:
        work = add(store, text, "/c.txt", **plan)
        update_graph(store, [work])
        first = next_open(store, Queue.AMBIGUOUS)
        assert first is not None and find_open(store, first.place) == first
        assert next_open(store, Queue.AMBIGUOUS, after=first.place) is None and same_mentions(store, first) == []
        say_of(store, first.place, Said.LATER, "lan", work)
        counts = count_open(store)
        assert unsay(store, first.place, "lan", work)
        item = Item("0" * 32, "b", 0, "a.txt", 1, "0" * 64, "lan", "2025-01-01T00:00:00+00:00")
        assert add_item(store, item) and not add_item(store, item)
        (claimed,) = claim_items(store, 5)
        finish_items(store, [replace(claimed, verdict="unchanged", perhaps=("x",))])
        batches = [(batch.files, batch.done, batch.refused) for batch in list_batches(store, 5)]
        log = [(entry.action, entry.subject) for entry in list_entries(store, Filter(words="A.TXT"))]
        place = (first.place, first.reason, first.candidates, first.later)
        return [place, counts, count_open(store), list_batch(store, "b"), batches, log]

    url = server.url.replace("postgresql://", "postgresql+psycopg://")
    with open_store(Settings(tmp_path / "server", url)) as store:
        there = told(store)
    with new_store(tmp_path / "lite") as store:
        assert told(store) == there


def test_force_follows_and_trials_are_the_same_on_both_databases(server: Server, tmp_path: Path) -> None:
    data = "Số ký hiệu,Ngày ban hành,Ngày hết hiệu lực,Lý do\n91/2015/NĐ-CP,12/9/2015,01/4/2020,Bãi bỏ\n".encode()
    listed = read_catalogue(Path("dm.csv"), data, "thử")
    decree = {"number": "91/2015/NĐ-CP", "type": "Nghị định", "issuer": "Chính phủ", "issued": "2015-09-12"}
    plan = {"number": "7/KH-UBND", "type": "Kế hoạch", "issuer": "UBND thành phố Huế", "issued": "2019-05-05"}

    def told(store: Store) -> list[object]:
        work = add(store, "Điều 1. Nghị định này có hiệu lực từ ngày 01/01/2016.", "/91.txt", **decree)
        update_graph(store, [work])
        see(store, work, "2021-01-01", "lan")
        based = add(store, "Căn cứ Nghị định số 91/2015/NĐ-CP ngày 12/9/2015 của Chính phủ;", "/7.txt", **plan)
        update_graph(store, [based])
        trial = try_load(store, "dm.csv", data, "thử", listed, "2021-01-01")
        _, keys = load_rows(store, "dm.csv", data, "thử", listed)
        update_graph(store, (), keys)
        rows_of = read_effects(store, Wish("2020-01-01", "2020-12-31", "2021-01-01")).rows
        turns = [(row.turn.on, row.turn.kind, [one.work.id for one in row.resting]) for row in rows_of]
        news = [sign.words for _, signs in all_news(store, "2021-01-01", "lan") for sign in signs]
        drop_follow(store, work, "lan")
        return [trial, turns, news, list_follows(store, "lan"), twins_of_work(store, work)]

    url = server.url.replace("postgresql://", "postgresql+psycopg://")
    with new_store(tmp_path) as first, open_store(Settings(tmp_path / "force", url)) as second:
        ours = told(first)
        assert ours[1] == [("2020-04-01", "hết hiệu lực", ["7-kh-ubnd.hue.2019-05-05"])]
        assert len(ours[2]) == 2  # it ended, and a plan rests on it
        assert told(second) == ours
