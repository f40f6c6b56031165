"""The faults that a sound report proves itself: where they are made, and that each stands alone."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from ingest.document import build_document
from ingest.readers.door import read_source
from ingest.sources import source_of
from kb.models import Document
from tests import planted, proved_by_value
from tests.proved_by_value.numbers import numbers_in

DISTRICT = next(path for path in planted.REPORTS if path.stem == "bao-cao-kinh-te-xa-hoi-huyen")
#: Tables of another hand: strokes, and columns set apart by spaces as a PDF leaves them.
STROKES = """Các hợp tác xã còn nợ 3.120 triệu đồng, gồm 2.045 triệu đồng ngắn hạn và 1.075 triệu đồng dài hạn.

BIỂU 1. DƯ NỢ CỦA HỢP TÁC XÃ
Hợp tác xã | Số thành viên | Dư nợ (triệu đồng)
Trồng nấm | 214 | 1.205
Nuôi ong | 96 | 640
Dệt chiếu | 178 | 1.275
Cộng | 488 | 3.120
"""
SPACES = """Kết quả cho vay của các hợp tác xã

Hợp tác xã        Số thành viên     Dư nợ (triệu đồng)
Trồng nấm                   214                  1.205
Nuôi ong                     96                    640
Dệt chiếu                   178                  1.275
Cộng                        488                  3.120
"""


def document(text: str) -> Document:
    source = source_of("van-ban.txt", text.encode())
    return build_document(source, read_source(source, text.encode()))


@pytest.fixture(scope="module")
def district() -> Document:
    return document(DISTRICT.read_text("utf-8"))


def picked(read: Document) -> dict[str, set[str]]:
    """By kind what may be altered, as printed."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in proved_by_value.proved(read):
        found[one.kind].add(read.text[one.start : one.end])
    return found


def test_what_a_report_proves_is_found(district: Document) -> None:
    found = picked(district)
    assert {"26.450", "24.357"} <= found["restated"]
    assert "96,4" in found["rate"]
    assert {"109,4", "92,1"} <= found["rate of a row"]
    assert {"17.300", "312", "2.952"} <= found["difference of a row"]
    assert len(found["sum of a row"]) >= 5
    assert len(found["total of a column"]) >= 5
    assert found["type of a citation"] == {"Kế hoạch", "Quyết định"}


def test_what_nothing_proves_is_left_alone(district: Document) -> None:
    found = picked(district)
    assert "14" not in found["restated"], "fourteen communes, and fourteen late files of one of them"
    assert not any("2024" in printed for printed in found["restated"])


def test_the_order_of_a_report_proves_its_headings_times_and_bases() -> None:
    text = """BÁO CÁO
Kết quả công tác năm 2024; phương hướng, nhiệm vụ năm 2025

I. KẾT QUẢ
Hội đồng họp 03 lần, vào tháng 3, tháng 6 và tháng 10. Sở ban hành Kế hoạch số 12/KH-SYT ngày 10/5/2024 \
để thực hiện Kế hoạch số 45/KH-UBND ngày 02/4/2024.

Bảng 1. Thu
Khoản | Số tiền
Phí | 120
Lệ phí | 140

Bảng 2. Chi
Khoản | Số tiền
Lương | 130
Vật tư | 150

Chi tiết tại Bảng 2.

II. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2025
Gieo trồng 130 ha.
"""
    found = picked(document(text))
    assert found["number of a heading"] == {"II"}
    assert found["number of a table"] == {"2"}
    assert found["year of a heading"] == {"2025"}
    assert found["times named"] == {"03"}
    assert found["year of what carries out"] == {"2024"}


@pytest.mark.parametrize("text", [STROKES, SPACES], ids=["strokes", "spaces"])
def test_tables_of_any_hand_are_read(text: str) -> None:
    found = picked(document(text))
    assert found["total of a column"] & {"214", "96", "178", "488"}
    assert found["total of a column"] & {"1.205", "640", "1.275", "3.120"}


def test_sentence_and_table_prove_one_another() -> None:
    found = picked(document(STROKES))
    assert found["restated"] == {"3.120"}
    assert found["total in a sentence"] & {"3.120", "2.045", "1.075"}


def test_a_multiple_is_proved_by_what_it_compares() -> None:
    found = picked(document(f"{STROKES}\nTrồng nấm vay nhiều nhất, gấp 1,9 lần Nuôi ong.\n"))
    assert found["multiple"] == {"1,9"}
    found = picked(document("Thu 12,5 tấn chè, gấp 2,5 lần năm trước (5 tấn); dự kiến gấp 4,1 lần vào năm sau.\n"))
    assert found["multiple"] == {"2,5"}


@pytest.mark.parametrize("path", planted.REPORTS, ids=lambda path: path.stem)
def test_each_fault_differs_from_the_sound_text_in_one_place(path: Path) -> None:
    whole = document(path.read_text("utf-8"))
    faults = list(proved_by_value.plant(whole))
    assert 5 < len(faults) <= proved_by_value.MOST
    for fault in faults:
        start, end = fault.place
        was = fault.text[:start] + fault.was + fault.text[end:]
        assert was == whole.text
        assert fault.was != fault.new == fault.text[start:end]
        assert fault.proofs, fault
        assert not any(low < end and start < high for low, high in fault.proofs), fault


def test_the_same_seed_plants_the_same(district: Document) -> None:
    assert list(proved_by_value.plant(district, 3)) == list(proved_by_value.plant(district, 3))


def test_years_days_labels_and_names_are_no_quantities() -> None:
    text = "2.1. Ngày 05/3/2024, theo Kế hoạch số 118/KH-UBND, quý I/2025 có 21/25 xã (84,0%) đạt tiêu chí 17"
    assert [one.printed for one in numbers_in(text)] == ["21", "25", "84,0"]
