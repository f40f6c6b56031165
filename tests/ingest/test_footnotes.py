from __future__ import annotations

from pathlib import Path

import pytest

from ingest.document import build_document
from ingest.readers.plain import read_text
from kb.models import Document, Footnote, MediaType, SourceFile

SOURCE = SourceFile("a.txt", "0" * 64, MediaType.PLAIN, 1)


def document_of(text: str) -> Document:
    return build_document(SOURCE, read_text(text))


def anchors(document: Document) -> list[tuple[str, str, str | None]]:
    """Mark, series, and the words before the anchor, for every note."""
    return [
        (note.mark, note.series, document.text[: note.anchor.start].split()[-1] if note.anchor else None)
        for note in document.footnotes
    ]


def codes(document: Document) -> list[str]:
    return [problem.code for problem in document.problems if problem.stage == "ingest.footnotes"]


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def check(document: Document, note: Footnote) -> None:
    assert letters("".join(part.cut(document.text) for part in note.parts)) == letters(note.text)


def test_a_note_at_its_anchor() -> None:
    document = document_of("Thực hiện Kế hoạch của tỉnh¹, các sở đã triển khai.\n\n¹ Kế hoạch số 9/KH-UBND\n")
    (note,) = document.footnotes
    assert (note.mark, note.series, note.text) == ("1", "main", "Kế hoạch số 9/KH-UBND")
    assert note.anchor is not None
    assert note.anchor.cut(document.text) == "¹"
    check(document, note)
    assert codes(document) == []


def test_a_note_in_brackets_right_under_another_is_a_note_without_its_mark() -> None:
    document = document_of("Độ che phủ rừng trên 60%[1].\n\n[1] Năm 2022: 61,3%.\n[2] Chi tiết theo Biểu số 02.\n")
    assert anchors(document) == [("1", "main", "60%"), ("2", "main", None)]
    assert "footnote.no_anchor" in codes(document)


@pytest.mark.parametrize("mark", ["(1)", "(*)", "[1]"])
def test_a_note_under_a_drawn_line_is_a_note_without_its_mark(mark: str) -> None:
    document = document_of(f"Bệnh viện đạt loại khá.\n__________\n{mark} Theo bảng chấm điểm của Sở Y tế.\n")
    assert [note.anchor for note in document.footnotes] == [None]


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("Tiếp nhận hồ sơ[1] và trả kết quả[2].\n\n[1] Trực tiếp.\n\n[2] Đúng hạn.\n", ["1", "2"]),
        ("Tiếp nhận hồ sơ[^1] tại sở.\n\n[^1]: Trực tiếp.\n", ["1"]),
        ("Tiếp nhận hồ sơ<sup>1</sup> tại sở.\n\n¹ Trực tiếp.\n", ["1"]),
        ("Tổng số hồ sơ(*) tăng.\n\n(*) Không tính hồ sơ trễ hạn.\n", ["*"]),
        ("Mức thu(1) áp dụng từ nay.\n\nGhi chú:\n(1) Chưa gồm thuế.\n", ["1"]),
    ],
    ids=["brackets", "Markdown", "sup", "star", "round"],
)
def test_marks_of_all_kinds(text: str, marks: list[str]) -> None:
    document = document_of(text)
    assert [note.mark for note in document.footnotes] == marks
    assert all(note.anchor is not None for note in document.footnotes)
    assert codes(document) == []


def test_a_note_right_under_another_is_one_though_its_mark_is_lost() -> None:
    text = (
        "Hội nghị ngày 26/5/2033(1) và ngày 27/5/2033(2).\n\n----------\n"
        "(1) Tại tỉnh.\n(2) Tại xã.\n(3) Không kể kinh phí.\n"
    )
    notes = document_of(text).footnotes
    assert [(note.mark, note.anchor is not None) for note in notes] == [("1", True), ("2", True), ("3", False)]


def test_two_notes_of_one_anchor_place() -> None:
    document = document_of("Các sở²,³ đã nộp báo cáo của quý¹.\n\n¹ Quý I.\n\n² Sở A.\n\n³ Sở B.\n")
    assert [note.anchor is not None for note in document.footnotes] == [True, True, True]


def test_an_exponent_is_no_anchor() -> None:
    document = document_of("Diện tích 30 m² và 5 km², dân số 10⁶ người tại tỉnh¹.\n\n¹ Số liệu năm 2030.\n")
    assert anchors(document) == [("1", "main", "tỉnh")]
    assert codes(document) == []


def test_a_numbering_that_restarts_in_an_appendix_is_kept_apart() -> None:
    text = (
        "Điều 1. Phạm vi điều chỉnh của quy định¹\n\n¹ Quy định của tỉnh.\n\n"
        "Nơi nhận:\n- Như trên.\n\nCHỦ TỊCH\n\n"
        "PHỤ LỤC I\nDANH MỤC\n\n1. Hồ sơ đất đai¹\n\n2. Hồ sơ xây dựng²\n\n¹ Cấp tỉnh.\n\n² Cấp xã.\n\n"
        "PHỤ LỤC II\nBIỂU MẪU\n\n1. Đơn đề nghị¹\n\n¹ Bản chính.\n"
    )
    document = document_of(text)
    found = anchors(document)
    assert [(mark, word) for mark, _, word in found] == [
        ("1", "định"),
        ("1", "đai"),
        ("2", "dựng"),
        ("1", "nghị"),
    ]
    series = [name for _, name, _ in found]
    assert series[0] == "main"
    assert series[1] == series[2]
    assert len({series[0], series[1], series[3]}) == 3
    assert {unit.eid for unit in document.units} >= {series[1], series[3]}


def test_an_anchor_in_a_table_cell_has_its_cell() -> None:
    text = (
        "Biểu 1\n\nSTT\tNội dung\tNăm 2030\tNăm 2031\n1\tHồ sơ\t12 ¹\t15\n2\tĐơn\t7\t9 ²\n\n"
        "¹ Chưa đủ.\n\n² Ước tính.\n"
    )
    document = document_of(text)
    assert [(note.table, note.column) for note in document.footnotes] == [(0, 2), (0, 3)]
    rows = [document.tables[0].rows[note.row or 0].cells[1].text for note in document.footnotes]
    assert rows == ["Hồ sơ", "Đơn"]


def test_notes_and_anchors_without_the_other_are_problems_with_places() -> None:
    document = document_of("Các sở³ đã nộp báo cáo của tỉnh¹.\n\n¹ Quý I.\n\n² Quý II.\n")
    assert codes(document) == ["footnote.no_anchor", "footnote.no_note"]
    first, second = (problem for problem in document.problems if problem.stage == "ingest.footnotes")
    assert first.spans[0].cut(document.text) == "² Quý II."
    assert second.spans[0].cut(document.text) == "³"
    assert "2" in first.vi
    assert "3" in second.en


def test_a_second_anchor_of_a_note_is_no_problem() -> None:
    document = document_of("Cấp tỉnh¹ và cấp xã¹ đã nộp.\n\n¹ Đến tháng 6.\n")
    assert codes(document) == []


def test_a_note_that_runs_over_keeps_all_its_places() -> None:
    text = (
        "Nhiệm vụ được giao tại nhiều văn bản¹.\n\n¹ Văn bản số 10/UBND-NC về nâng cao chất lượng\n\n"
        "Tỉnh đã sắp xếp² xong tổ chức của các cơ quan chuyên\n\ncông tác xây dựng kế hoạch\n\n"
        "² Nghị quyết số 22/NQ-HĐND\n\nmôn, bảo đảm hoạt động.\n"
    )
    document = document_of(text)
    assert [len(note.parts) for note in document.footnotes] == [2, 1]
    for note in document.footnotes:
        check(document, note)
    assert document.footnotes[0].text.endswith("nâng cao chất lượng công tác xây dựng kế hoạch")


def test_the_real_report(report_path: Path) -> None:
    document = document_of(report_path.read_text(encoding="utf-8"))
    main = [note for note in document.footnotes if note.series == "main"]
    other = [note for note in document.footnotes if note.series != "main"]
    assert [note.mark for note in main] == [str(number) for number in range(1, 71)]
    assert [note.mark for note in other] == [str(number) for number in range(1, 9)]
    assert all(note.anchor is not None for note in document.footnotes)
    assert all(note.table is not None and note.column is not None for note in other)
    places = [note.anchor.start for note in document.footnotes if note.anchor]
    assert places == sorted(places)
    assert codes(document) == []
    for note in document.footnotes:
        check(document, note)
