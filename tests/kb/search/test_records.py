"""What becomes a record of a document, and where it leads."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.document import build_document
from ingest.readers.door import read_source
from ingest.sources import load_source
from kb.models import Document
from kb.search.records import Record, RecordKind, WorkFacts, build_records
from kb.search.rows import make_rows

DECREE = """CHÍNH PHỦ
Số: 12/2030/NĐ-CP
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hà Nội, ngày 05 tháng 3 năm 2030

NGHỊ ĐỊNH
Quy định về bến thủy nội địa

Căn cứ Luật Giao thông đường thủy nội địa ngày 15 tháng 6 năm 2004;

Chương I
QUY ĐỊNH CHUNG

Điều 1. Phạm vi điều chỉnh
Nghị định này quy định về bến thủy.

Điều 2. Trách nhiệm của chủ bến
1. Chủ bến có trách nhiệm:
a) Treo biển báo;
b) Trang bị phao cứu sinh.
2. Chủ bến nộp phí hằng năm.
"""


def document_of(folder: Path, name: str, text: str) -> Document:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    source, data = load_source(path)
    return build_document(source, read_source(source, data))


@pytest.fixture
def records(tmp_path: Path) -> tuple[Record, ...]:
    return build_records(document_of(tmp_path, "nd.txt", DECREE))


def holding(records: tuple[Record, ...], words: str) -> Record:
    found = [record for record in records if words in record.text]
    assert len(found) == 1, [record.text for record in found]
    return found[0]


def test_a_clause_holds_its_points_and_stands_under_its_article(records: tuple[Record, ...]) -> None:
    clause = holding(records, "phao cứu sinh")
    assert clause.kind is RecordKind.PROVISION
    assert "Treo biển báo" in clause.text and "nộp phí" not in clause.text
    assert clause.article == "2"
    assert "Trách nhiệm của chủ bến" in clause.head
    assert clause.crumbs[0].startswith("Chương I")
    assert clause.unit is not None and clause.unit.endswith("art_2__cla_1")


def test_an_article_without_clauses_is_one_record(records: tuple[Record, ...]) -> None:
    article = holding(records, "quy định về bến thủy.")
    assert (article.kind, article.article) == (RecordKind.PROVISION, "1")


PROGRAMME = """CHÍNH PHỦ
Số: 12/NQ-CP
Hà Nội, ngày 05 tháng 3 năm 2030

NGHỊ QUYẾT
Ban hành Chương trình phát triển bến thủy

Điều 1. Ban hành Chương trình phát triển bến thủy, gồm những nội dung sau:
I. MỤC TIÊU
1. Đến năm 2032
a) 80% bến có phao cứu sinh.
b) 60% bến có đèn hiệu.
2. Đến năm 2035, mọi bến có đèn hiệu.
II. GIẢI PHÁP
1. Rà soát quy hoạch bến.
2. Đào tạo thuyền trưởng.
Điều 2. Hiệu lực
Nghị quyết này có hiệu lực kể từ ngày ký.¹

¹ Bản công bố trên Công báo ghi ngày 06 tháng 3.
"""


def test_a_programme_in_an_article_is_found_by_its_items(tmp_path: Path) -> None:
    records = build_records(document_of(tmp_path, "nq.txt", PROGRAMME))
    buoys = holding(records, "phao cứu sinh")
    assert "đèn hiệu" not in buoys.text
    assert buoys.article == "1" and (buoys.unit or "").startswith("art_1__itm_I__itm_1")
    assert "Đến năm 2032" in buoys.head
    assert holding(records, "hiệu lực kể từ ngày ký").unit == "art_2"


def test_a_note_is_of_the_article_that_it_is_a_note_to(tmp_path: Path) -> None:
    records = build_records(document_of(tmp_path, "nq.txt", PROGRAMME))
    note = holding(records, "Công báo")
    assert (note.kind, note.article) == (RecordKind.NOTE, "2")


def test_a_row_that_says_little_counts_the_words_of_the_row_over_it(tmp_path: Path) -> None:
    text = (
        "# Bảng 1. Bến thủy\n\n| TT | Chỉ tiêu | Năm 2030 |\n|---|---|---|\n| 1 | Kế hoạch nạo vét luồng | 80% |\n"
        "| 1.1 | Đã thực hiện | 12 |\n| 1.2 | Số luồng nạo vét bằng tàu hút bụng | 4 |\n"
    )
    records = build_records(document_of(tmp_path, "bc.md", text))
    assert "Kế hoạch nạo vét luồng" in holding(records, "Đã thực hiện").head
    assert "Kế hoạch" not in holding(records, "tàu hút bụng").head


def test_every_record_leads_to_its_line(records: tuple[Record, ...]) -> None:
    lines = DECREE.split("\n")
    for record in records:
        assert record.text.split()[0] in lines[record.line - 1]


def test_table_rows_carry_the_heads_of_their_columns(tmp_path: Path) -> None:
    text = (
        "# Báo cáo kết quả\n\n| TT | Chỉ tiêu | Năm 2029 | Năm 2030 |\n|---|---|---|---|\n"
        "| 1 | Số bến được cấp phép | 12 | 15 |\n| 2 | Số vụ tai nạn | 3 | |\n"
    )
    records = build_records(document_of(tmp_path, "bc.md", text))
    row = holding(records, "Số bến")
    assert row.kind is RecordKind.ROW
    assert "Năm 2030: 15" in row.text
    assert (row.table, row.row) == (0, 0)
    assert "Năm 2030" not in holding(records, "tai nạn").text


def test_the_real_report(report_path: Path) -> None:
    source, data = load_source(report_path)
    document = build_document(source, read_source(source, data))
    records = build_records(document)
    kinds = {kind: [record for record in records if record.kind is kind] for kind in RecordKind}
    assert len(kinds[RecordKind.ROW]) > 100
    assert len(kinds[RecordKind.NOTE]) > 50
    assert len(kinds[RecordKind.PARAGRAPH]) > 200
    eids = {unit.eid for unit in document.units}
    assert all(record.unit in eids for record in records if record.unit)
    assert all(document.text[record.start : record.end].strip() for record in records)
    # No prose is lost: every block of running text is in some record.
    whole = " ".join(record.text for record in records)
    assert "mức độ hài lòng" in whole


def test_a_note_counts_the_words_that_it_is_a_note_to(tmp_path: Path) -> None:
    text = (
        "BÁO CÁO\nKết quả quản lý bến thủy\n\nBến thủy được cấp phép. UBND tỉnh đã ban hành kế hoạch "
        "rà soát bến thủy¹ và giao Sở Xây dựng.\n\n¹ Kế hoạch số 12/KH-UBND ngày 05/01/2030 của UBND tỉnh.\n"
    )
    note = next(r for r in build_records(document_of(tmp_path, "bc.txt", text)) if r.kind is RecordKind.NOTE)
    assert note.head == "UBND tỉnh đã ban hành kế hoạch rà soát bến thủy"
    assert note.crumbs[-2:] == (f"… {note.head}", "Chú thích 1")


def test_a_passage_is_found_by_what_its_notes_say(tmp_path: Path) -> None:
    text = (
        "BÁO CÁO\nKết quả quản lý bến thủy\n\nUBND tỉnh đã giao Sở Xây dựng¹ rà soát bến thủy.\n\n"
        "Các bến còn lại đã được cấp phép.\n\n¹ Kế hoạch kiểm đếm phao tiêu của UBND tỉnh.\n"
    )
    records = build_records(document_of(tmp_path, "bc.txt", text))
    said, other = holding(records, "rà soát"), holding(records, "còn lại")
    assert (said.notes, other.notes) == ("Kế hoạch kiểm đếm phao tiêu của UBND tỉnh.", "")
    rows = {row.stored: row for row in make_rows(WorkFacts("bc"), records)}
    found = [json.loads(stored)["text"] for stored, row in rows.items() if "phao_tieu" in row.pairs]
    assert sorted(found) == sorted((said.text, holding(records, "phao tiêu").text))


def test_a_note_to_a_row_counts_the_words_of_the_row(tmp_path: Path) -> None:
    text = (
        "Bảng 1. Kết quả bến thủy\n\nSTT\tChỉ tiêu\t2029\t2030\n1\tSố bến được khảo sát\t12\t-¹\n"
        "2\tSố bến đóng cửa\t3\t4\n\n¹ Không khảo sát do bão lũ.\n"
    )
    records = build_records(document_of(tmp_path, "bc.txt", text))
    note = next(record for record in records if record.kind is RecordKind.NOTE)
    assert note.head == "Số bến được khảo sát – 2030"
    assert [record.notes for record in records if record.kind is RecordKind.ROW] == [note.text, ""]


REPORT = """ỦY BAN NHÂN DÂN TỈNH BÌNH AN
Số: 12/BC-UBND
Bình An, ngày 20 tháng 6 năm 2025

BÁO CÁO
Kết quả chuyển đổi số năm 2025

I. KẾT QUẢ
1. Dữ liệu số
- Các cơ quan dùng chung 20 cơ sở dữ liệu¹.
- Tỉnh đã thiết lập và triển khai thí điểm Cổng dữ liệu mở

¹ Cơ sở dữ liệu quốc gia về dân cư; cơ sở dữ liệu về đất đai.

tại địa chỉ dulieu.binhan.vn.
- Tổng cộng: 607 đơn vị.

Trong đó có 40 đơn vị cấp tỉnh được giao tự chủ.
- Về tổ chức bộ máy

Đã sắp xếp 12 phòng.
"""


def test_a_paragraph_that_a_note_cuts_is_a_passage(tmp_path: Path) -> None:
    records = build_records(document_of(tmp_path, "bc.txt", REPORT))
    found = holding(records, "Cổng dữ liệu mở")
    assert found.kind is RecordKind.PARAGRAPH
    assert found.text.endswith("tại địa chỉ dulieu.binhan.vn.")


def test_a_sentence_with_more_behind_it_is_a_passage_and_a_heading_is_none(tmp_path: Path) -> None:
    records = build_records(document_of(tmp_path, "bc.txt", REPORT))
    assert holding(records, "607 đơn vị").kind is RecordKind.PARAGRAPH
    assert not any(record.text.strip("- ") == "Về tổ chức bộ máy" for record in records)


def test_a_row_holds_where_its_sentences_end_counted_in_its_words() -> None:
    text = "Giải quyết TTHC, KT-XH. Kết quả: 05 thủ tục."
    stored = json.loads(list(make_rows(WorkFacts("a"), [Record(RecordKind.PARAGRAPH, text)]))[1].stored)
    words = stored["folded"].split()
    first, second = stored["ends"][:2]
    assert " ".join(words[:first]) == "giai quyet thu tuc hanh chinh kinh te xa hoi"
    assert (words[first:second], stored["ends"][-1]) == (["ket", "qua"], len(words))


FEES = """PHỤ LỤC
MỨC CHI TỔ CHỨC HỘI THAO
(Kèm theo Nghị quyết số 12/2030/NQ-HĐND ngày 05 tháng 3 năm 2030)

STT

Nội dung

Mức chi cấp tỉnh

Mức chi cấp xã

1

Chi cho trọng tài

1.1

Trọng tài chính

300.000 đồng/người/trận

240.000 đồng/người/trận

1.2

Trọng tài bàn

200.000 đồng/người/trận

160.000 đồng/người/trận

2

Chi cho người phục vụ

90.000 đồng/người/ngày
"""


def test_amounts_that_came_out_as_paragraphs_stand_with_their_label(tmp_path: Path) -> None:
    records = build_records(document_of(tmp_path, "chi.txt", FEES))
    table = holding(records, "Trọng tài bàn")
    assert table.text == "Trọng tài bàn 200.000 đồng/người/trận 160.000 đồng/người/trận"
    assert table.crumbs[-1] == "Chi cho trọng tài"
    assert "Chi cho trọng tài" in table.head
    served = holding(records, "Chi cho người phục vụ")
    assert served.text.endswith("90.000 đồng/người/ngày")
    assert not [record for record in records if record.text == "1.1" or record.text.startswith("300.000")]
