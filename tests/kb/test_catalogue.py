from __future__ import annotations

import csv
from pathlib import Path

import pytest

from graph_maker import add, new_store
from graphs.status import answer_status
from graphs.update import update_graph
from kb.catalogue import KINDS, CatalogueError, find_head, read_catalogue, shipped_folder, write_csv
from kb.sheets import SheetError, read_sheet, write_sheet
from kb.store import graph as rows
from kb.store.catalogue import (
    SHIPPED,
    export_rows,
    list_batches,
    load_rows,
    load_shipped,
    undo_batch,
)
from kb.store.store import Store
from kb.validity import Word

OFFICE_LIST = "\n".join(
    (
        'STT,Tên loại,"Số, ký hiệu; ngày, tháng, năm ban hành",Trích yếu,Lý do hết hiệu lực,Ngày hết hiệu lực',
        "1,Quyết định,45/2015/QĐ-UBND ngày 10/8/2015,Về bếp ăn,"
        "Được thay thế bởi Quyết định số 9/2021/QĐ-UBND ngày 01/3/2021,11/3/2021",
        "2,Quyết định,12/2016/QĐ-UBND ngày 05/5/2016,Về chợ,"
        "Bị bãi bỏ bởi Quyết định số 30/2022/QĐ-UBND,01/01/2023",
        ",Tổng,hai văn bản,,,",
    )
)

pytestmark = pytest.mark.new_base


def statuses(store: Store, work: str, *days: str) -> list[Word]:
    return [answer_status(store, work, day).standing.word for day in days]


def node_ids(store: Store) -> set[str]:
    with store.connect() as connection:
        return {row.id for row in rows.node_rows(connection, "id", None)}


def test_a_list_of_an_office_is_mapped_by_its_head() -> None:
    found = read_catalogue(Path("dm.csv"), OFFICE_LIST.encode(), "phòng thử", issuer="UBND tỉnh Bắc Ninh")
    assert set(found.mapping) == {"number", "type", "title", "reason", "ended"}
    first, second = found.works
    assert (first["number"], first["issued"], first["ended"], first["end_kind"]) == (
        "45/2015/QĐ-UBND",
        "2015-08-10",
        "2021-03-11",
        "thay thế",
    )
    assert first["issuer"] == "UBND tỉnh Bắc Ninh" and second["end_kind"] == "bãi bỏ"
    assert [
        (row["relation"], row["direction"], row["other_number"], row["other_issued"]) for row in found.relations
    ] == [
        ("thay thế", "passive", "9/2021/QĐ-UBND", "2021-03-01"),
        ("bãi bỏ", "passive", "30/2022/QĐ-UBND", ""),
    ]
    assert [line for line, _ in found.refused] == [4]


def test_a_list_loads_answers_and_is_taken_back(tmp_path: Path) -> None:
    data = OFFICE_LIST.encode()
    found = read_catalogue(Path("dm.csv"), data, "phòng thử", issuer="UBND tỉnh Bắc Ninh")
    with new_store(tmp_path) as store:
        batch, keys = load_rows(store, "dm.csv", data, "phòng thử", found)
        update_graph(store, (), keys)
        name = "45-2015-qd-ubnd.bac-ninh.2015-08-10"
        answer = answer_status(store, name, "2022-01-01")
        assert (answer.standing.word, answer.standing.reason) == (Word.EXPIRED, "replaced")
        assert any("9-2021-qd-ubnd" in work for work in answer.successors)
        update_graph(store, (), undo_batch(store, batch))
        assert node_ids(store) == set()
        assert [one.undone is not None for one in list_batches(store)] == [True]


def test_a_new_base_starts_with_the_shipped_catalogue(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        keys = load_shipped(store)
        assert keys
        update_graph(store, (), keys)
        assert load_shipped(store) is None, "loaded once"
        (batch,) = list_batches(store)
        assert batch.name == SHIPPED and batch.works >= 300
        assert statuses(store, "80-2015-qh13", "2025-03-31", "2025-04-01")[1] is Word.EXPIRED
        assert statuses(store, "34-2016-nd-cp", "2025-06-27") == [Word.EXPIRED]
        assert answer_status(store, "34-2016-nd-cp", "2025-06-27").successors
        assert statuses(store, "31-2024-qh15", "2024-07-31", "2024-08-01")[0] is Word.NOT_YET


def test_every_end_of_the_shipped_catalogue_is_told(tmp_path: Path) -> None:
    """Each work that the catalogue gives an end is expired from that day on, and in no other way before it."""
    with (shipped_folder() / "works.csv").open(encoding="utf-8") as file:
        listed = [row for row in csv.DictReader(file) if row["ended"]]
    with new_store(tmp_path) as store:
        update_graph(store, (), load_shipped(store) or ())
        with store.connect() as connection:
            known = {(row.number, row.issued): row.id for row in rows.node_rows(connection, "id", None)}
        for row in listed:
            work = known[row["number"], row["issued"]]
            found = statuses(store, work, row["ended"])
            assert found in ([Word.EXPIRED], [Word.PARTLY]), row["number"]


def test_export_and_import_keep_every_fact(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        load_shipped(store)
        for kind, columns in KINDS.items():
            exported = export_rows(store, kind)
            again = read_catalogue(Path(f"{kind}.csv"), write_csv(columns, exported).encode(), "")
            sheet = write_sheet(columns, [[str(row.get(name, "")) for name in columns] for row in exported])
            from_sheet = read_catalogue(Path(f"{kind}.xlsx"), sheet, "")
            facts = [[row.get(name, "") for name in columns] for row in exported]
            for read in (again, from_sheet):
                assert not read.refused
                assert [[row[name] for name in columns] for row in getattr(read, kind)] == facts


def test_what_a_text_says_outranks_the_catalogue(tmp_path: Path) -> None:
    told = dict.fromkeys(KINDS["works"], "") | {
        "number": "90/2015/NĐ-CP",
        "type": "Nghị định",
        "issued": "2015-09-12",
        "effective": "2015-12-01",
        "certainty": "general",
        "source": "nghe nói",
    }
    found = read_catalogue(Path("w.csv"), write_csv(KINDS["works"], [told]).encode(), "")
    with new_store(tmp_path) as store:
        _, keys = load_rows(store, "w", b"w", "", found)
        work = add(
            store,
            "Điều 2. Nghị định này có hiệu lực từ ngày 01/01/2016.",
            number="90/2015/NĐ-CP",
            type="Nghị định",
            issuer="Chính phủ",
            issued="2015-09-12",
        )
        update_graph(store, [work], keys)
        answer = answer_status(store, work, "2020-01-01")
    assert answer.standing.start == "2016-01-01"
    assert [event.on for event in answer.standing.conflicts] == ["2015-12-01"], "the conflict is shown"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.csv", b"", "catalogue.empty"),
        ("a.csv", "tên,tuổi\nAn,5\n".encode(), "catalogue.no_number"),
        ("a.csv", b"\xff\xfe\x00ab", "catalogue.encoding"),
        ("a.xlsx", b"PK\x03\x04 no workbook", "sheet.broken"),
    ],
)
def test_what_is_no_list_is_refused_in_words(name: str, data: bytes, code: str) -> None:
    with pytest.raises((CatalogueError, SheetError)) as caught:
        read_catalogue(Path(name), data, "")
    assert caught.value.code == code and caught.value.vi and caught.value.en


def test_quotation_marks_in_late_rows_lose_no_row() -> None:
    plain = "".join(f"{number}/2020/TT-BNV,tên {number},x\n" for number in range(1, 400))
    data = f'số ký hiệu,trích yếu,ghi chú\n{plain}400/2020/TT-BNV,"gọi là ""Đề án"", bản đầy đủ",y\n'.encode()
    found = read_catalogue(Path("a.csv"), data, "")
    assert len(found.works) == 400
    assert found.works[-1]["title"] == 'gọi là "Đề án", bản đầy đủ'


def test_a_mapping_by_hand_goes_first() -> None:
    data = "mã,ghi\n5/2020/TT-BNV,x\n".encode()
    found = read_catalogue(Path("a.csv"), data, "", {"number": "mã"})
    assert [row["number"] for row in found.works] == ["5/2020/TT-BNV"]
    with pytest.raises(CatalogueError):
        read_catalogue(Path("a.csv"), data, "", {"number": "không có"})


def test_the_head_of_a_list_may_stand_below_its_title() -> None:
    at, columns = find_head([["DANH MỤC"], ["", ""], ["Số ký hiệu", "Ngày ban hành"]])
    assert (at, columns) == (2, {"number": 0, "issued": 1})


def test_a_sheet_comes_back() -> None:
    rows_of_sheet = [["a", "", "c"], ["", "<&>", "d"]]
    assert read_sheet(write_sheet(["x", "y", "z"], rows_of_sheet)) == [["x", "y", "z"], *rows_of_sheet]


def test_a_province_s_own_list_loads_whole(shared: Path) -> None:
    path = shared / "facts" / "danh-muc-van-ban-binh-duong.csv"
    found = read_catalogue(path, path.read_bytes(), "phòng thử", issuer="UBND tỉnh Bình Dương")
    assert len(found.works) > 4000 and len(found.refused) < 10
    assert sum(bool(row["issued"]) for row in found.works) / len(found.works) > 0.99


def test_a_guide_of_the_catalogue_lives_with_what_it_guides(tmp_path: Path) -> None:
    """Its text names no parent; the shipped catalogue does, and the law of the day says what becomes of it."""
    with new_store(tmp_path) as store:
        load_shipped(store)
        header = {"number": "03/2022/TT-BTP", "type": "Thông tư", "issuer": "Bộ Tư pháp", "issued": "2022-02-10"}
        work = add(store, "Điều 1. Thông tư này có hiệu lực từ ngày 28 tháng 3 năm 2022.", **header)
        update_graph(store, None)
        answer = answer_status(store, work, "2025-06-27")
    assert answer.standing.word is Word.IN_FORCE and "Luật 64/2025/QH15 Điều 57 khoản 2" in answer.note
    assert answer.ahead is not None and answer.ahead.word is Word.EXPIRED
