from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph_maker import add, new_store
from graphs.follow import all_news, news_of, read_signs, see
from graphs.update import update_graph
from kb.catalogue import read_catalogue
from kb.store.catalogue import load_rows, undo_batch
from kb.store.follows import drop_follow, find_follow, list_follows
from kb.store.graph import node_rows
from kb.store.store import Store

TODAY = "2025-06-01"
RULES = {"number": "34/2016/NĐ-CP", "type": "Nghị định", "issuer": "Chính phủ", "issued": "2016-05-14"}
PLAN = {"number": "12/KH-UBND", "type": "Kế hoạch", "issuer": "UBND TỈNH BÌNH AN", "issued": "2024-02-01"}
NEW = {"number": "78/2025/NĐ-CP", "type": "Nghị định", "issuer": "Chính phủ", "issued": "2025-04-01"}
BASED = "Căn cứ Nghị định số 34/2016/NĐ-CP ngày 14 tháng 5 năm 2016 của Chính phủ;\n"
REPEALING = """Điều 1. Hiệu lực thi hành

1. Nghị định này có hiệu lực thi hành từ ngày 01 tháng 4 năm 2025.

2. Nghị định số 34/2016/NĐ-CP ngày 14 tháng 5 năm 2016 hết hiệu lực kể từ ngày Nghị định này có hiệu lực thi hành.
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as opened:
        add(opened, "Điều 1. Phạm vi\n", "/34.txt", **RULES)
        update_graph(opened)
        yield opened


def rules_of(store: Store) -> str:
    return store.find("34/2016/NĐ-CP")[0].id


def told(store: Store) -> list[tuple[str, str | None]]:
    follow = find_follow(store, rules_of(store))
    assert follow
    return [(sign.kind, sign.number) for sign in news_of(store, follow, TODAY)]


def test_what_cites_and_what_ends_a_followed_work_is_news_until_it_is_seen(store: Store) -> None:
    rules = rules_of(store)
    see(store, rules, TODAY)
    assert told(store) == []
    plan = add(store, BASED, "/12.txt", **PLAN)
    update_graph(store, [plan])
    assert told(store) == [("cite", "12/KH-UBND")]
    act = add(store, REPEALING, "/78.txt", **NEW)
    update_graph(store, [act])
    assert told(store) == [("effect", None), ("act", "78/2025/NĐ-CP"), ("cite", "12/KH-UBND")]
    see(store, rules, TODAY)
    assert told(store) == []


def test_one_act_on_many_parts_is_one_piece_of_news(store: Store) -> None:
    see(store, rules_of(store), TODAY)
    text = """Điều 1. Sửa đổi, bổ sung một số điều của Nghị định số 34/2016/NĐ-CP ngày 14 tháng 5 năm 2016

1. Bãi bỏ Điều 2, Điều 3, Điều 4, Điều 5, Điều 6 và Điều 7.

Điều 2. Hiệu lực thi hành

Nghị định này có hiệu lực thi hành từ ngày 01 tháng 4 năm 2025.
"""
    update_graph(store, [add(store, text, "/78.txt", **NEW)])
    follow = find_follow(store, rules_of(store))
    assert follow
    news = [sign for sign in news_of(store, follow, TODAY) if sign.words.startswith("bãi bỏ")]
    assert [(sign.words, sign.on, sign.number) for sign in news] == [
        ("bãi bỏ Điều 2, Điều 3, Điều 4, Điều 5 và 2 chỗ nữa", "2025-04-01", "78/2025/NĐ-CP")
    ]


def test_making_the_graph_anew_brings_no_news(store: Store) -> None:
    update_graph(store, [add(store, BASED, "/12.txt", **PLAN), add(store, REPEALING, "/78.txt", **NEW)])
    see(store, rules_of(store), TODAY)
    update_graph(store)
    assert told(store) == []


def test_the_day_on_which_an_end_arrives_is_news(store: Store) -> None:
    update_graph(store, [add(store, REPEALING, "/78.txt", **NEW)])
    see(store, rules_of(store), "2025-03-01")
    assert told(store) == [("effect", None)]


def test_a_load_that_is_taken_back_and_loaded_again_is_news_once(store: Store) -> None:
    rules = rules_of(store)
    see(store, rules, TODAY)
    data = "Số ký hiệu,Ngày ban hành,Ngày hết hiệu lực,Lý do\n34/2016/NĐ-CP,14/5/2016,01/4/2025,Bãi bỏ\n".encode()
    listed = read_catalogue(Path("dm.csv"), data, "thử")
    batch, keys = load_rows(store, "dm.csv", data, "thử", listed)
    update_graph(store, (), keys)
    assert told(store) == [("effect", None)]
    see(store, rules, TODAY)
    update_graph(store, (), undo_batch(store, batch))
    _, keys = load_rows(store, "dm.csv", data, "thử", listed)
    update_graph(store, (), keys)
    assert told(store) == []


def test_a_status_that_comes_back_is_news_again(store: Store) -> None:
    rules = rules_of(store)
    data = "Số ký hiệu,Ngày ban hành,Ngày hết hiệu lực,Lý do\n34/2016/NĐ-CP,14/5/2016,01/4/2025,Bãi bỏ\n".encode()
    see(store, rules, TODAY)
    batch, keys = load_rows(store, "dm.csv", data, "thử", read_catalogue(Path("dm.csv"), data, "thử"))
    update_graph(store, (), keys)
    see(store, rules, TODAY)
    update_graph(store, (), undo_batch(store, batch))
    assert told(store) == [("effect", None)]


def test_each_follows_for_themselves_and_may_stop(store: Store) -> None:
    rules = rules_of(store)
    see(store, rules, TODAY, "lan")
    assert [follow.work for follow in list_follows(store, "lan")] == [rules]
    assert all_news(store, TODAY, "minh") == []
    drop_follow(store, rules, "lan")
    assert list_follows(store, "lan") == []


def test_a_work_that_gets_another_id_stays_followed(store: Store) -> None:
    update_graph(store, [add(store, "Căn cứ Nghị quyết số 66/NQ-CP của Chính phủ;\n", "/12.txt", **PLAN)])
    with store.connect() as connection:
        (stub,) = [row.id for row in node_rows(connection, "number", ["66/NQ-CP"])]
    see(store, stub, TODAY)
    header = {"number": "66/NQ-CP", "type": "Nghị quyết", "issuer": "Chính phủ", "issued": "2023-05-09"}
    act = add(store, "Điều 1. Phạm vi\n", "/66.txt", **header)
    update_graph(store, [act])
    assert act != stub
    assert [follow.work for follow in list_follows(store)] == [act]
    assert read_signs(store, act, TODAY)
