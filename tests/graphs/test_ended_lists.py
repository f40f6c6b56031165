"""Lists of ended documents as offices publish them, from a Word file to the status of each document in it."""

from __future__ import annotations

from collections.abc import Sequence

import docx
import pytest

from graphs.diagram import build_diagram
from graphs.finding import find_works
from graphs.status import Answer, answer_status
from ingest.pipeline import ingest_paths
from kb.settings import Settings
from kb.store.store import Store, open_store

HEAD = (
    "ỦY BAN NHÂN DÂN\nTỈNH KHÁNH HÒA",
    "Số: 77/QĐ-UBND",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
    "Khánh Hòa, ngày 31 tháng 01 năm 2024",
    "QUYẾT ĐỊNH",
    "Về việc công bố Danh mục văn bản quy phạm pháp luật hết hiệu lực năm 2023",
    "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH",
    "Căn cứ Luật Ban hành văn bản quy phạm pháp luật ngày 22/6/2015;",
    "QUYẾT ĐỊNH:",
    "Điều 1. Công bố kèm theo Quyết định này Danh mục văn bản quy phạm pháp luật hết hiệu lực.",
    "Điều 2. Quyết định này có hiệu lực kể từ ngày ký.",
    "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nNguyễn Văn A",
)
WHOLE = (
    "STT",
    "Tên loại văn bản",
    "Số, ký hiệu",
    "Ngày, tháng, năm ban hành",
    "Tên gọi của văn bản/Trích yếu nội dung",
    "Lý do hết hiệu lực",
    "Ngày hết hiệu lực",
)
PART = (
    "STT",
    "Tên loại văn bản; số, ký hiệu; ngày, tháng, năm ban hành; tên gọi của văn bản",
    "Nội dung, quy định hết hiệu lực",
    "Lý do hết hiệu lực",
    "Ngày hết hiệu lực",
)


def add_table(document: object, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(rows=0, cols=len(columns))  # type: ignore[attr-defined]
    for row in (columns, *rows):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("danh-muc")
    document = docx.Document()
    for line in HEAD:
        document.add_paragraph(line)
    document.add_page_break()
    document.add_paragraph("DANH MỤC\nVĂN BẢN QUY PHẠM PHÁP LUẬT HẾT HIỆU LỰC NĂM 2023")
    document.add_paragraph("(Ban hành kèm theo Quyết định số 77/QĐ-UBND ngày 31 tháng 01 năm 2024)")
    document.add_paragraph("A. VĂN BẢN HẾT HIỆU LỰC TOÀN BỘ")
    reason = "Được thay thế bởi Quyết định số 21/2023/QĐ-UBND ngày 01/8/2023"
    first = ("1", "Quyết định", "15/2014/QĐ-UBND", "05/6/2014", "Ban hành Quy chế bến đò", reason, "11/8/2023")
    reason = "Hết thời hạn có hiệu lực được quy định trong văn bản"
    second = ("2", "Nghị quyết", "09/2016/NQ-HĐND", "07/7/2016", "Về mức thu phí bến đò", reason, "01/01/2023")
    add_table(document, WHOLE, [first])
    document.add_page_break()
    add_table(document, WHOLE, [second])
    document.add_paragraph("B. VĂN BẢN HẾT HIỆU LỰC MỘT PHẦN")
    named = "Quyết định số 30/2019/QĐ-UBND ngày 09/9/2019 hướng dẫn Điều 7 Quy chế bến đò"
    reason = "Được sửa đổi, bổ sung bởi Quyết định số 22/2023/QĐ-UBND ngày 02/8/2023"
    add_table(document, PART, [("1", named, "Khoản 2 Điều 5; Điều 6", reason, "15/8/2023")])
    document.save(str(folder / "qd.docx"))
    settings = Settings.load(folder / "kho")
    ingest_paths(settings, [folder / "qd.docx"])
    return open_store(settings)


def ask(store: Store, number: str, day: str, place: str = "") -> Answer:
    (work,) = find_works(store, number)
    return answer_status(store, work.id, day, place)


def test_a_row_ends_its_document_on_its_day_with_the_row_as_proof(store: Store) -> None:
    answer = ask(store, "15/2014/QĐ-UBND", "2023-08-11")
    assert (answer.standing.word.value, answer.standing.start) == ("Hết hiệu lực toàn bộ", "2023-08-11")
    (event,) = answer.standing.because
    assert event.evidence and "Quy chế bến đò" in event.evidence.text and "77-qd-ubnd" in event.evidence.work
    assert answer.names[event.by or ""] == "Quyết định 21/2023/QĐ-UBND"
    assert answer.issued == "2014-06-05" and answer.type == "Quyết định"
    assert answer.standing.reason == "replaced"


def test_a_term_ends_with_a_row_of_the_next_page(store: Store) -> None:
    answer = ask(store, "09/2016/NQ-HĐND", "2024-01-01")
    assert (answer.standing.word.value, answer.standing.start) == ("Hết hiệu lực toàn bộ", "2023-01-01")
    assert (answer.issued, answer.type) == ("2016-07-07", "Nghị quyết")


def test_a_part_ends_and_the_rest_goes_on(store: Store) -> None:
    answer = ask(store, "30/2019/QĐ-UBND", "2024-01-01")
    places = {event.place: event.on for event in answer.parts}
    assert places == {"điều 5/khoản 2": "2023-08-15", "điều 6": "2023-08-15"}
    assert {answer.names.get(event.by or "") for event in answer.parts} == {"Quyết định 22/2023/QĐ-UBND"}


def test_the_list_tells_what_others_did_and_does_nothing_itself(store: Store) -> None:
    (work,) = find_works(store, "15/2014/QĐ-UBND")
    diagram = build_diagram(store, work.id, "2024-01-01")
    groups = {name: [one.label for one in some] for name, some in diagram.right}
    assert [label for label in groups["Văn bản thay thế"] if "21/2023/QĐ-UBND" in label]
    assert [label for label in groups["Văn bản dẫn chiếu"] if "77/QĐ-UBND" in label]
