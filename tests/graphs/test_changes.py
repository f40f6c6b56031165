"""What stated events become in the graph: chapters as their articles, edges as what their text does, late days."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_maker import add, new_store
from graphs.status import answer_status
from graphs.update import update_graph
from kb.models import Change
from kb.store import graph as rows
from kb.store.store import Store
from kb.validity import Word

OLD = {"number": "90/2015/NĐ-CP", "type": "Nghị định", "issuer": "Chính phủ", "issued": "2015-09-12"}
NEW = {"number": "50/2024/NĐ-CP", "type": "Nghị định", "issuer": "Chính phủ", "issued": "2024-05-10"}
OLD_TEXT = """NGHỊ ĐỊNH
Về bếp ăn tập thể
Căn cứ Luật Tổ chức Chính phủ ngày 25 tháng 12 năm 2001;
Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
Nghị định này quy định về bếp ăn tập thể.
Chương II
BẾP ĂN
Mục 1
SUẤT ĂN
Điều 2. Suất ăn
Suất ăn do cơ sở quy định.
Điều 3. Thực đơn
Thực đơn do cơ sở quy định.
Mục 2
KHO
Điều 4. Kho
Kho do cơ sở quản lý.
Chương III
ĐIỀU KHOẢN THI HÀNH
Điều 5. Hiệu lực thi hành
Nghị định này có hiệu lực từ ngày 01 tháng 01 năm 2016.
"""


def repeal(what: str) -> str:
    return (
        f"Điều 1. Bãi bỏ {what} Nghị định số 90/2015/NĐ-CP.\nĐiều 2. Nghị định này có hiệu lực từ ngày 01/7/2024."
    )


def test_a_chapter_falls_with_its_articles(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        names = [add(store, repeal("Mục 1 Chương II"), "/moi.txt", **NEW)]
        names.append(add(store, OLD_TEXT, "/cu.txt", **OLD))
        update_graph(store, names)
        words = {
            at: answer_status(store, "90-2015-nd-cp", "2025-01-01", f"điều {at}").standing.word for at in "1234"
        }
        whole = answer_status(store, "90-2015-nd-cp", "2025-01-01")
    assert words == {"1": Word.IN_FORCE, "2": Word.EXPIRED, "3": Word.EXPIRED, "4": Word.IN_FORCE}
    assert whole.standing.word is Word.PARTLY
    assert {event.place for event in whole.parts} == {"chương II/mục 1", "điều 2", "điều 3"}


def test_a_chapter_of_a_text_that_is_not_held_stays_a_chapter(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        update_graph(store, [add(store, repeal("Chương II"), "/moi.txt", **NEW)])
        with store.connect() as connection:
            changed = rows.change_rows(connection, "node_id", ["90-2015-nd-cp"])
        assert [row.place for row in changed] == ["chương II"]


def test_the_articles_of_a_chapter_come_with_the_text_that_has_them(tmp_path: Path) -> None:
    """Adding the repealed text later equals having it first."""
    with new_store(tmp_path) as store:
        update_graph(store, [add(store, repeal("Chương II"), "/moi.txt", **NEW)])
        update_graph(store, [add(store, OLD_TEXT, "/cu.txt", **OLD)])
        answer = answer_status(store, "90-2015-nd-cp", "2025-01-01", "điều 4")
    assert answer.standing.word is Word.EXPIRED


def test_who_tells_of_an_amendment_does_not_amend(tmp_path: Path) -> None:
    text = (
        "Điều 1. Cơ sở thực hiện theo Nghị định số 91/2017/NĐ-CP ngày 02/8/2017 của Chính phủ sửa đổi, bổ sung"
        " một số điều của Nghị định số 90/2015/NĐ-CP.\nĐiều 2. Bãi bỏ Nghị định số 92/2018/NĐ-CP.\n"
        "Điều 3. Nghị định này có hiệu lực từ ngày 01/7/2024."
    )
    with new_store(tmp_path) as store:
        work = add(store, text, "/moi.txt", **NEW)
        update_graph(store, [work])
        with store.connect() as connection:
            found = {row.target: row.relation for row in rows.edge_rows(connection, "source", [work])}
    assert found["90-2015-nd-cp"] == "dẫn chiếu" and found["92-2018-nd-cp"] == "bãi bỏ"


def told(store: Store, day: str) -> str:
    """A decision of a day that tells in its recital who amended a decree."""
    text = "Căn cứ Nghị định số 90/2015/NĐ-CP (được sửa đổi, bổ sung bởi Nghị định số 91/2017/NĐ-CP)."
    header = {"type": "Quyết định", "issuer": "UBND tỉnh Huế", "issued": day}
    return add(store, text, f"/{day}.txt", number=f"{day[-1]}/QĐ-UBND", **header)


def test_an_amendment_told_in_passing_is_known_by_the_first_who_tells_it(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        update_graph(store, [add(store, OLD_TEXT, "/cu.txt", **OLD)])
        update_graph(store, [told(store, "2023-05-06")])
        first = told(store, "2021-03-04")
        update_graph(store, [first])
        before, after = (answer_status(store, "90-2015-nd-cp", day) for day in ("2021-01-01", "2022-01-01"))
    assert before.standing.word is Word.IN_FORCE
    assert after.standing.word is Word.PARTLY and not after.standing.certain
    (event,) = after.standing.because
    assert (event.by, event.on, event.certainty) == ("91-2017-nd-cp", "2021-03-04", "derived")
    assert event.evidence and event.evidence.work == first and "bởi Nghị định số 91/2017" in event.evidence.text


def test_what_the_amending_text_says_itself_is_not_told_again(tmp_path: Path) -> None:
    """One that only adds leaves the other in force, whatever its title makes others say."""
    text = (
        "Điều 1. Bổ sung khoản 3 vào sau khoản 2 Điều 1 Nghị định số 90/2015/NĐ-CP.\n"
        "Điều 2. Nghị định này có hiệu lực từ ngày 01/10/2017."
    )
    acting = {"number": "91/2017/NĐ-CP", "type": "Nghị định", "issuer": "Chính phủ", "issued": "2017-08-02"}
    with new_store(tmp_path) as store:
        update_graph(store, [add(store, OLD_TEXT, "/cu.txt", **OLD), told(store, "2023-05-06")])
        update_graph(store, [add(store, text, "/sua.txt", **acting)])
        answer = answer_status(store, "90-2015-nd-cp", "2025-01-01")
    assert answer.standing.word is Word.IN_FORCE
    assert [(event.change, event.place) for event in answer.parts] == [(Change.INSERT, "điều 1/khoản 3")]


def test_a_consolidated_text_tells_who_changed_what_and_from_when(tmp_path: Path) -> None:
    text = (
        "Nghị định số 90/2015/NĐ-CP ngày 12 tháng 9 năm 2015 của Chính phủ về bếp ăn, có hiệu lực kể từ ngày"
        " 01 tháng 01 năm 2016, được sửa đổi, bổ sung bởi:\n"
        "1. Nghị định số 91/2017/NĐ-CP ngày 02 tháng 8 năm 2017 của Chính phủ sửa đổi, bổ sung một số điều của"
        " Nghị định số 90/2015/NĐ-CP, có hiệu lực kể từ ngày 01 tháng 10 năm 2017.\n"
        "Điều 1. Phạm vi\n1. Bếp của trường.\n2.[1] Bếp của xã.\n\n"
        "[1] Khoản này được sửa đổi theo quy định tại khoản 2 Điều 1 của Nghị định số 91/2017/NĐ-CP, có hiệu lực"
        " kể từ ngày 01 tháng 10 năm 2017.\n"
    )
    both = {"number": "7/VBHN-BYT", "type": "Văn bản hợp nhất", "issuer": "Bộ Y tế", "issued": "2018-01-05"}
    with new_store(tmp_path) as store:
        update_graph(store, [add(store, OLD_TEXT, "/cu.txt", **OLD), add(store, text, "/hn.txt", **both)])
        words = [answer_status(store, "90-2015-nd-cp", day).standing.word for day in ("2017-09-30", "2017-10-01")]
        parts = answer_status(store, "90-2015-nd-cp", "2025-01-01", "điều 1").parts
    assert words == [Word.IN_FORCE, Word.PARTLY]
    assert {(event.place, event.on, event.by) for event in parts} == {
        ("điều 1/khoản 2", "2017-10-01", "91-2017-nd-cp")
    }


@pytest.mark.parametrize(
    ("issuer", "number", "word"),
    [
        ("UBND tỉnh Huế", "5/QĐ-UBND", Word.IN_FORCE),
        ("UBND tỉnh Huế", "5/2024/QĐ-UBND", Word.IN_FORCE),
        ("Chính phủ", "5/2024/NQ-CP", Word.EXPIRED),
    ],
)
def test_no_lower_body_changes_what_a_higher_one_issued(
    issuer: str, number: str, word: Word, tmp_path: Path
) -> None:
    """A decision may propose it, or announce procedures: the decree stands."""
    kind = "Quyết định" if "QĐ" in number else "Nghị quyết"
    text = "Điều 1. Bãi bỏ Nghị định số 90/2015/NĐ-CP.\nĐiều 2. Văn bản này có hiệu lực từ ngày ký."
    header = {"number": number, "type": kind, "issuer": issuer, "issued": "2024-03-01"}
    with new_store(tmp_path) as store:
        update_graph(store, [add(store, OLD_TEXT, "/cu.txt", **OLD), add(store, text, "/moi.txt", **header)])
        assert answer_status(store, "90-2015-nd-cp", "2025-01-01").standing.word is word


def test_of_a_document_without_a_day_the_year_tells_when_it_had_begun_at_the_latest(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        header = {"number": "45/2024/QĐ-TTg", "type": "Quyết định", "issuer": "Thủ tướng Chính phủ"}
        work = add(store, "Điều 1. Quyết định này có hiệu lực kể từ ngày ký ban hành.", **header)
        update_graph(store, [work])
        before, answer = (answer_status(store, work, day) for day in ("2024-06-27", "2025-06-27"))
    assert before.standing.word is Word.UNKNOWN
    assert answer.standing.word is Word.IN_FORCE and answer.standing.start == "2024-12-31"
    assert not answer.standing.certain


def test_what_an_end_saves_for_a_while_is_gone_in_the_end(tmp_path: Path) -> None:
    text = (
        "Điều 9. Hiệu lực thi hành\n1. Nghị định này có hiệu lực từ ngày 01/7/2024.\n"
        "2. Nghị định số 90/2015/NĐ-CP hết hiệu lực kể từ ngày Nghị định này có hiệu lực, trừ Điều 2 và Điều 3"
        " có hiệu lực đến hết ngày 30 tháng 9 năm 2024."
    )
    with new_store(tmp_path) as store:
        update_graph(store, [add(store, text, "/moi.txt", **NEW), add(store, OLD_TEXT, "/cu.txt", **OLD)])
        words = [answer_status(store, "90-2015-nd-cp", day).standing for day in ("2024-08-01", "2024-10-01")]
    assert [one.word for one in words] == [Word.PARTLY, Word.EXPIRED]
    assert words[1].because and words[1].reason == "ended"
