from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from graph_maker import add, new_store
from graphs.effects import END, PART, START, Effects, Wish, read_effects
from graphs.update import update_graph
from kb.store.store import Store

OLD = {"number": "34/2016/NĐ-CP", "type": "Nghị định", "issuer": "Chính phủ", "issued": "2016-05-14"}
RULES = "Điều 1. Hiệu lực\n\nNghị định này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2016.\n"
AMENDING = {"number": "59/2024/NĐ-CP", "type": "Nghị định", "issuer": "Chính phủ", "issued": "2024-05-25"}
AMENDS = """Điều 1. Sửa đổi, bổ sung một số điều của Nghị định số 34/2016/NĐ-CP ngày 14 tháng 5 năm 2016

1. Sửa đổi, bổ sung khoản 2 Điều 5 như sau:

“2. Cơ quan lập báo cáo.”

Điều 2. Hiệu lực thi hành

Nghị định này có hiệu lực thi hành từ ngày 09 tháng 7 năm 2024.
"""
NEW = {"number": "78/2025/NĐ-CP", "type": "Nghị định", "issuer": "Chính phủ", "issued": "2025-04-01"}
ENDS = """Điều 1. Hiệu lực thi hành

1. Nghị định này có hiệu lực thi hành từ ngày 01 tháng 4 năm 2025.

2. Nghị định số 34/2016/NĐ-CP ngày 14 tháng 5 năm 2016 hết hiệu lực kể từ ngày Nghị định này có hiệu lực thi hành.
"""
PLAN = {"type": "Kế hoạch", "issuer": "UBND TỈNH BÌNH AN"}
BASED = "Căn cứ Nghị định số 34/2016/NĐ-CP ngày 14 tháng 5 năm 2016 của Chính phủ;\n"
AT_PLACE = "Căn cứ Điều 5 Nghị định số 34/2016/NĐ-CP ngày 14 tháng 5 năm 2016 của Chính phủ;\n"
ALL = Wish(None, "9999-12-31", "2024-12-01")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as opened:
        for at, (text, header) in enumerate(((RULES, OLD), (AMENDS, AMENDING), (ENDS, NEW))):
            add(opened, text, f"/{at}.txt", **header)
        add(opened, BASED, "/before.txt", number="12/KH-UBND", issued="2024-02-01", **PLAN)
        add(opened, AT_PLACE, "/place.txt", number="13/KH-UBND", issued="2024-03-01", **PLAN)
        add(opened, BASED, "/between.txt", number="14/KH-UBND", issued="2024-12-01", **PLAN)
        add(opened, BASED, "/late.txt", number="15/KH-UBND", issued="2025-06-01", **PLAN)
        add(opened, f"Theo {BASED[8:]}", "/cites.txt", number="16/KH-UBND", issued="2024-01-01", **PLAN)
        update_graph(opened)
        yield opened


def told(found: Effects) -> list[tuple[str, str, str | None]]:
    return [(row.turn.on, row.turn.kind, row.work.number) for row in found.rows]


def test_what_is_ahead_stands_first_then_the_past_latest_first(store: Store) -> None:
    found = read_effects(store, ALL)
    assert told(found) == [
        ("2025-04-01", END, "34/2016/NĐ-CP"),
        ("2024-07-09", PART, "34/2016/NĐ-CP"),
    ]
    assert (found.total, found.ahead, found.kinds) == (2, 1, {END: 1, PART: 1})
    later = read_effects(store, replace(ALL, today="2025-12-01"))
    assert (later.total, later.ahead) == (2, 0)


def test_a_turn_names_who_did_it_where_it_says_so_and_who_rests_on_it(store: Store) -> None:
    end = read_effects(store, ALL).rows[0]
    (event,) = (event for event in end.turn.events if not event.place)
    assert event.by in end.acting and end.acting[event.by].number == "78/2025/NĐ-CP"
    assert event.evidence and event.evidence.unit == "art_1__cla_2"
    assert [(one.work.number, one.late) for one in end.resting] == [
        ("15/KH-UBND", True),
        ("14/KH-UBND", False),
        ("13/KH-UBND", False),
        ("12/KH-UBND", False),
    ]
    assert end.resting[-1].unit


def test_a_change_of_parts_concerns_what_was_issued_before_it_those_first_that_name_the_part(store: Store) -> None:
    part = read_effects(store, ALL).rows[1]
    assert [(one.work.number, one.places, one.touched) for one in part.resting] == [
        ("13/KH-UBND", ("điều 5",), True),
        ("12/KH-UBND", (), False),
    ]


@pytest.mark.parametrize(
    ("wish", "days"),
    [
        (replace(ALL, since="2025-01-01"), ["2025-04-01"]),
        (replace(ALL, until="2025-01-01"), ["2024-07-09"]),
        (replace(ALL, kinds=frozenset((PART,))), ["2024-07-09"]),
        (replace(ALL, today="2016-06-01", kinds=frozenset((START,))), []),
    ],
)
def test_the_window_and_the_kinds_narrow(store: Store, wish: Wish, days: list[str]) -> None:
    assert [row.turn.on for row in read_effects(store, wish).rows] == days


def test_what_only_cites_counts_when_asked_for(store: Store) -> None:
    def numbers(wish: Wish) -> set[str]:
        return {one.work.number for row in read_effects(store, wish).rows for one in row.resting}

    assert "16/KH-UBND" not in numbers(ALL)
    assert "16/KH-UBND" in numbers(replace(ALL, everything=True))


def test_what_ended_itself_is_left_out_unless_asked_for(store: Store) -> None:
    header = {"number": "5/2017/TT-BTP", "type": "Thông tư", "issuer": "Bộ Tư pháp", "issued": "2017-01-05"}
    add(store, BASED, "/tt.txt", **header)
    ending = """Điều 1. Hiệu lực thi hành

1. Thông tư này có hiệu lực thi hành từ ngày 01 tháng 02 năm 2024.

2. Thông tư số 5/2017/TT-BTP ngày 05 tháng 01 năm 2017 hết hiệu lực kể từ ngày Thông tư này có hiệu lực thi hành.
"""
    header = {"number": "1/2024/TT-BTP", "type": "Thông tư", "issuer": "Bộ Tư pháp", "issued": "2024-01-05"}
    add(store, ending, "/tt2.txt", **header)
    update_graph(store)
    for wish, seen in ((ALL, False), (replace(ALL, ended_too=True), True)):
        numbers = {one.work.number for row in read_effects(store, wish).rows for one in row.resting}
        assert ("5/2017/TT-BTP" in numbers) is seen


def test_pages_follow_one_another(store: Store) -> None:
    first, second = (read_effects(store, ALL, limit=1, offset=at) for at in (0, 1))
    assert told(first) + told(second) == told(read_effects(store, ALL))
    assert first.total == second.total == 2
