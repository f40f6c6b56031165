from __future__ import annotations

from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases import Case, load_cases
from graph_maker import add, new_store
from graphs.resolve import Group, Mention, resolve_group
from graphs.slots import Node, Said
from graphs.update import update_graph
from kb.models import ResolutionStatus
from kb.store import graph as rows
from kb.store.audit import Filter, list_entries
from kb.store.decided import list_decisions, merge_works, pin_mentions, withdraw_decision
from kb.store.graph_schema import DERIVED
from kb.store.store import Store

REPORT = {
    "number": "224/BC-UBND",
    "type": "Báo cáo",
    "issuer": "ỦY BAN NHÂN DÂN TỈNH KHÁNH HÒA",
    "issued": "2025-06-27",
}


def edges(store: Store) -> list[rows.Record]:
    with store.connect() as connection:
        found = [row for row in rows.edge_rows(connection, "source", None) if row.version_id]
    return sorted(found, key=lambda row: (row.source, row.position))


def node_ids(store: Store) -> set[str]:
    with store.connect() as connection:
        return {row.id for row in rows.node_rows(connection, "id", None)}


@pytest.mark.parametrize("case", load_cases("resolve"), ids=lambda case: case.id)
def test_cases(case: Case, tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        add(store, case.text, **REPORT)
        update_graph(store, None)
        found = [
            f"{row.target or '?'} {row.status}" + (f" {row.candidates}" if row.candidates else "")
            for row in edges(store)
        ]
    assert found == case.expected.split("\n")


def test_a_circular_with_a_local_number_by_a_slip_is_none_of_a_province() -> None:
    slip = Said("97/2031/QĐ-UBND", "Thông tư", "Bộ Tài chính", "", "2031-10-24", 2031)
    bare = Said("97/2031/QĐ-UBND", "Quyết định", None, "", None, 2031)
    own = Said("97/2031/QĐ-UBND", "Quyết định", None, "quang-ninh", None, 2031)
    cited = [Mention(bare, 1, 0), Mention(own, 1, 1)]
    held = Node("97-2031-qd-ubnd.2031-10-24", slip, held=True)
    _, found = resolve_group(Group("97-2031-qd-ubnd", held=[held], mentions=cited))
    assert [one.status for one in found] == [ResolutionStatus.KNOWN] * 2
    assert {one.target for one in found} == {"97-2031-qd-ubnd.quang-ninh.2031"}
    same = Mention(Said("97/2031/QĐ-UBND", "Thông tư", None, "", "2031-10-24", 2031), 1, 0)
    _, found = resolve_group(Group("97-2031-qd-ubnd", held=[held], mentions=[same]))
    assert [one.target for one in found] == [held.id]


numbers = st.sampled_from(
    (
        ("66/NQ-CP", "Nghị quyết"),
        ("34/2016/NĐ-CP", "Nghị định"),
        ("34/2016", "Nghị định"),
        ("12/QĐ-UBND", "Quyết định"),
        ("19/CP", "Nghị định"),
    )
)
said = st.builds(
    lambda number, issued, place: Said(
        number[0], number[1], None, place, issued, int(issued[:4]) if issued else None
    ),
    numbers,
    st.sampled_from((None, "2024", "2024-05-09", "2025-03-26", "2025-08-01", "2025")),
    st.sampled_from(("", "khanh-hoa", "hue")),
)


@given(st.lists(said, min_size=1, max_size=8), st.integers(0, 99))
def test_every_mention_has_one_resolution_whatever_the_order(found: list[Said], seed: int) -> None:
    number = found[0].number
    same = [one for one in found if one.number == number]
    mentions = [Mention(one, 1, at, "a", "2025-06-27") for at, one in enumerate(same)]
    shuffled = list(mentions)
    Random(seed).shuffle(shuffled)
    nodes, resolved = resolve_group(Group("k", mentions=mentions))
    again, resolved_again = resolve_group(Group("k", mentions=shuffled))
    assert (nodes, resolved) == (again, resolved_again)
    assert [one.mention for one in resolved] == mentions
    assert len({node.id for node in nodes}) == len(nodes)
    for one in resolved:
        assert one.reason
        single = one.status in (ResolutionStatus.RESOLVED, ResolutionStatus.KNOWN)
        assert (one.target is not None) is single
        assert single or len(one.candidates) > 1 or one.status is not ResolutionStatus.AMBIGUOUS


DOCUMENTS = (
    ("34/2016/NĐ-CP", "Nghị định", "Chính phủ", "2016-05-14", "Điều 1. Nghị định này quy định chi tiết Luật Giá."),
    ("66/NQ-CP", "Nghị quyết", "Chính phủ", "2024-05-09", "Căn cứ Nghị định số 34/2016/NĐ-CP."),
    ("66/NQ-CP", "Nghị quyết", "Chính phủ", "2025-03-26", "Tiếp tục Nghị quyết số 66/NQ-CP ngày 09/5/2024."),
    (
        "12/QĐ-UBND",
        "Quyết định",
        "UBND tỉnh Bình Định",
        "2024-03-02",
        "Theo Nghị quyết số 66/NQ-CP và Nghị định 34/2016.",
    ),
    (
        "78/2025/NĐ-CP",
        "Nghị định",
        "Chính phủ",
        "2025-04-01",
        "Điều 1. Hiệu lực\n1. Nghị định này có hiệu lực từ ngày ký và thay thế Nghị định số 34/2016/NĐ-CP.",
    ),
    (
        "5/BC-UBND",
        "Báo cáo",
        "UBND tỉnh Huế",
        "2025-05-05",
        "Quyết định số 12/QĐ-UBND; Luật Giá; Luật Giá năm 2012; 34/2016/NĐ-CP.",
    ),
    (
        "7/QĐ-UBND",
        "Quyết định",
        "UBND tỉnh Huế",
        "2023-02-01",
        "Căn cứ Nghị định số 34/2016/NĐ-CP được sửa đổi, bổ sung bởi Nghị định số 154/2020/NĐ-CP.",
    ),
    (
        "8/QĐ-UBND",
        "Quyết định",
        "UBND tỉnh Huế",
        "2022-02-01",
        "Căn cứ Nghị định số 34/2016/NĐ-CP (được sửa đổi bởi Nghị định số 154/2020/NĐ-CP).",
    ),
    (
        "154/2020/NĐ-CP",
        "Nghị định",
        "Chính phủ",
        "2020-12-31",
        "Điều 1. Sửa đổi Điều 2 Nghị định số 34/2016/NĐ-CP.\nĐiều 2. Nghị định này có hiệu lực từ ngày ký.",
    ),
)
_TIMES = frozenset(("id", "version_id"))


def snapshot(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """All that is worked out, without the numbers that the order of arrival gives."""
    with store.connect() as connection:
        versions = dict(connection.exec_driver_sql("SELECT id, sha256 FROM versions").all())
        found = {}
        for table in DERIVED:
            names = [column.name for column in table.columns if column.name not in ("id", "version_id")]
            listed = []
            for row in connection.execute(table.select()).mappings():
                key = versions.get(row["version_id"]) if "version_id" in row else row.get("id")
                listed.append((key, *[row[name] for name in names]))
            found[table.name] = sorted(listed, key=repr)
    return found


@settings(max_examples=15)
@given(st.permutations(range(len(DOCUMENTS))), st.integers(1, len(DOCUMENTS)))
def test_one_by_one_equals_a_full_rebuild(order: list[int], size: int) -> None:
    with TemporaryDirectory() as folder, new_store(Path(folder)) as store:
        for at in order[:size]:
            number, kind, issuer, issued, text = DOCUMENTS[at]
            work = add(store, text, f"/{at}.txt", number=number, type=kind, issuer=issuer, issued=issued)
            update_graph(store, [work])
        one_by_one = snapshot(store)
        update_graph(store, None)
        assert snapshot(store) == one_by_one


def test_a_stub_becomes_the_document_and_its_old_address_works(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        update_graph(store, [add(store, "Căn cứ Nghị quyết số 76/NQ-CP của Chính phủ.", **REPORT)])
        assert "76-nq-cp" in node_ids(store)
        header = {"number": "76/NQ-CP", "type": "Nghị quyết", "issuer": "Chính phủ", "issued": "2021-07-15"}
        update_graph(store, [add(store, "Nghị quyết", "/b.txt", **header)])
        assert node_ids(store) == {"76-nq-cp.2021-07-15", "224-bc-ubnd.khanh-hoa.2025-06-27"}
        assert [(row.target, row.status) for row in edges(store)] == [("76-nq-cp.2021-07-15", "resolved")]
        with store.connect() as connection:
            assert rows.former_node(connection, "76-nq-cp") == "76-nq-cp.2021-07-15"


def test_a_merge_survives_rebuilds_and_can_be_withdrawn(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        add(
            store,
            "Quyết định số 1858/QĐ-BLĐTĐ ngày 12/11/2024; Quyết định số 1858/QĐ-BLĐTBXH ngày 12/11/2024.",
            **REPORT,
        )
        update_graph(store, None)
        wrong, right = sorted((row.target for row in edges(store)), key=lambda name: "bldtbxh" in name)
        update_graph(store, (), merge_works(store, wrong, right, "người thử").keys)
        assert {row.target for row in edges(store)} == {right}
        update_graph(store, None)
        assert {row.target for row in edges(store)} == {right} and wrong not in node_ids(store)
        (decision,) = list_decisions(store)
        update_graph(store, (), withdraw_decision(store, decision.id).keys)
        assert {row.target for row in edges(store)} == {wrong, right}


def test_a_pin_and_a_split_survive_rebuilds(tmp_path: Path) -> None:
    text = "Nghị quyết số 55/NQ-CP ngày 09/5/2023; Nghị quyết số 55/NQ-CP ngày 26/3/2025; Nghị quyết số 55/NQ-CP."
    with new_store(tmp_path) as store:
        work = add(store, text, **REPORT)
        update_graph(store, None)
        start = text.rindex("Nghị quyết")
        update_graph(
            store, (), pin_mentions(store, "pin", [(work, start)], "55-nq-cp.2025-03-26", "người thử").keys
        )
        update_graph(store, None)
        assert edges(store)[2].target == "55-nq-cp.2025-03-26"
        update_graph(
            store, (), pin_mentions(store, "split", [(work, 0)], "55-nq-cp.2023-05-09.2", "người thử").keys
        )
        update_graph(store, None)
        assert edges(store)[0].target == "55-nq-cp.2023-05-09.2" in node_ids(store)


def test_a_pin_to_a_work_of_another_number_makes_no_second_one(tmp_path: Path) -> None:
    text = "Nghị định số 61/2018/NĐ-CP ngày 23/4/2018; Nghị định số 16/2018/NĐ-CP ngày 23/4/2018."
    with new_store(tmp_path) as store:
        work = add(store, text, **REPORT)
        update_graph(store, None)
        made = pin_mentions(store, "pin", [(work, text.rindex("Nghị định"))], "61-2018-nd-cp", "người thử")
        for works, keys in (((), made.keys), (None, ())):
            update_graph(store, works, keys)
            assert [row.target for row in edges(store)] == ["61-2018-nd-cp"] * 2
        held = add(
            store, "Nội dung", number="61/2018/NĐ-CP", type="Nghị định", issuer="CHÍNH PHỦ", issued="2018-04-23"
        )
        for works in ([held], None):
            update_graph(store, works)
            assert [(row.target, row.status) for row in edges(store)] == [("61-2018-nd-cp", "resolved")] * 2


def test_none_survives_rebuilds_and_what_repeats_a_mention_follows_it(tmp_path: Path) -> None:
    text = (
        "Nghị quyết số 55/NQ-CP ngày 09/5/2023; Nghị quyết số 55/NQ-CP ngày 26/3/2025. "
        "Thực hiện Nghị quyết số 55/NQ-CP của Chính phủ. Nghị quyết trên được phổ biến."
    )
    with new_store(tmp_path) as store:
        work = add(store, text, **REPORT)
        update_graph(store, None)
        assert [row.status for row in edges(store)][2:] == ["ambiguous"] * 2
        start = text.index("Nghị quyết số 55/NQ-CP của")
        none = pin_mentions(store, "none", [(work, start)], "", "người thử")
        for works, keys in (((), none.keys), (None, ())):
            update_graph(store, works, keys)
            found = edges(store)[2:]
            assert [(row.target, row.status, row.candidates) for row in found] == [(None, "suspect", None)] * 2
        update_graph(store, (), withdraw_decision(store, none.number).keys)
        made = pin_mentions(store, "pin", [(work, start)], "55-nq-cp.2025-03-26", "người thử")
        update_graph(store, (), made.keys)
        assert [row.target for row in edges(store)[2:]] == ["55-nq-cp.2025-03-26"] * 2


def test_decisions_are_in_the_log(tmp_path: Path) -> None:
    text = "Nghị quyết số 55/NQ-CP ngày 09/5/2023; Nghị quyết số 55/NQ-CP."
    with new_store(tmp_path) as store:
        work = add(store, text, **REPORT)
        update_graph(store, None)
        made = pin_mentions(store, "pin", [(work, 0)], "55-nq-cp.2023-05-09", "lan", "rõ", who="cli:lan")
        withdraw_decision(store, made.number, who="minh")
        last, first = list_entries(store, Filter(action="works"))
    assert (first.who, first.action, first.subject) == ("cli:lan", "works.pin", work)
    assert first.details["mentions"] == [f"{work}#0"] and first.details["note"] == "rõ"
    assert (last.who, last.action, last.details["decision"]) == ("minh", "works.withdraw", made.number)


def test_a_file_put_back_with_less_leaves_nothing_behind(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        update_graph(store, [add(store, "Quyết định số 5/QĐ-BNV ngày 02/3/2024.", **REPORT)])
        update_graph(store, [add(store, "Quyết định số 6/QĐ-BNV ngày 02/3/2024.", **REPORT)])
        assert "5-qd-bnv.2024-03-02" not in node_ids(store) and "6-qd-bnv.2024-03-02" in node_ids(store)
