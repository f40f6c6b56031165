from __future__ import annotations

from pathlib import Path

import pytest

from graph_maker import add, make_document, new_store
from graphs.compare import Comparison, Fate, compare_documents
from graphs.update import update_graph
from graphs.versions import Twin, twins_of_work

OLD = """Điều 1. Phạm vi điều chỉnh

Nghị định này quy định việc kiểm tra bếp ăn tập thể của trường học.

Điều 2. Thời hạn

1. Cơ quan kiểm tra trả kết quả trong thời hạn 10 ngày làm việc.

2. Trường học lưu sổ kiểm tra thực phẩm trong thời hạn một năm.

3. Bếp ăn tự chấm điểm mỗi quý theo mẫu của sở.

Điều 3. Hiệu lực thi hành

Nghị định này có hiệu lực thi hành từ ngày 01 tháng 9 năm 2021.
"""


def compared(old: str, new: str) -> Comparison:
    return compare_documents(make_document(old), make_document(new))


def fates(found: Comparison) -> list[tuple[str, str, str]]:
    """Each pair that differs: what became of it, its labels before and after."""
    return [
        (
            pair.fate.value + (" chuyển" if pair.moved else " đổi số" if pair.renumbered else ""),
            f"{pair.left.group_label} {pair.left.label}".strip() if pair.left else "",
            f"{pair.right.group_label} {pair.right.label}".strip() if pair.right else "",
        )
        for section in found.sections
        for pair in section.pairs
        if pair.differs
    ]


def marked(found: Comparison) -> tuple[list[str], list[str]]:
    """The words marked in both texts."""
    pairs = [pair for section in found.sections for pair in section.pairs]
    return (
        [run.text for pair in pairs for run in pair.left_runs if run.mark],
        [run.text for pair in pairs for run in pair.right_runs if run.mark],
    )


def test_a_text_is_the_same_as_itself_however_its_lines_break() -> None:
    broken = OLD.replace("kiểm tra bếp ăn", "kiểm tra\nbếp ăn").replace("hòa", "hoà")
    found = compared(OLD, broken)
    assert fates(found) == []
    assert found.counts["same"] == 6 and sum(found.counts.values()) == 6


def test_words_that_differ_are_marked_in_their_clause() -> None:
    found = compared(OLD, OLD.replace("10 ngày", "15 ngày"))
    assert fates(found) == [("sửa", "Điều 2 1.", "Điều 2 1.")]
    assert marked(found) == (["10"], ["15"])
    assert found.counts["changed"] == 1


def test_a_clause_that_is_put_in_moves_no_other() -> None:
    new = OLD.replace(
        "2. Trường học lưu", "2. Sở y tế công khai danh sách bếp ăn bị xử phạt.\n\n3. Trường học lưu"
    ).replace("3. Bếp ăn tự", "4. Bếp ăn tự")
    found = compared(OLD, new)
    assert fates(found) == [
        ("thêm", "", "Điều 2 2."),
        ("giống đổi số", "Điều 2 2.", "Điều 2 3."),
        ("giống đổi số", "Điều 2 3.", "Điều 2 4."),
    ]
    assert (found.counts["added"], found.counts["renumbered"], found.counts["moved"]) == (1, 2, 0)


def test_a_clause_that_goes_leaves_the_rest_in_place() -> None:
    new = OLD.replace("2. Trường học lưu sổ kiểm tra thực phẩm trong thời hạn một năm.\n\n3.", "2.")
    assert fates(compared(OLD, new)) == [
        ("bỏ", "Điều 2 2.", ""),
        ("giống đổi số", "Điều 2 3.", "Điều 2 2."),
    ]


def test_an_article_that_stands_elsewhere_moved_as_one() -> None:
    second_at, third_at = OLD.index("Điều 2."), OLD.index("Điều 3.")
    first, second, third = OLD[:second_at], OLD[second_at:third_at], OLD[third_at:]
    new = first + third.replace("Điều 3.", "Điều 2.") + "\n" + second.replace("Điều 2.", "Điều 3.")
    found = compared(OLD, new)
    assert found.counts["moved"] == 1 and found.counts["added"] == found.counts["removed"] == 0
    (moved,) = (section for section in found.sections if section.moved)
    assert (moved.left, moved.right) in (("Điều 3", "Điều 2"), ("Điều 2", "Điều 3"))


def test_a_clause_that_goes_to_another_article_is_found_there() -> None:
    clause = "3. Bếp ăn tự chấm điểm mỗi quý theo mẫu của sở.\n\n"
    new = OLD.replace(clause, "") + "\nĐiều 4. Tự chấm điểm\n\n1. Bếp ăn tự chấm điểm mỗi quý theo mẫu của sở.\n"
    found = compared(OLD, new)
    assert ("giống chuyển", "Điều 2 3.", "Điều 4 1.") in fates(found)
    assert found.counts["moved"] == 1 and found.counts["removed"] == 0


def test_an_article_of_the_same_heading_is_the_same_article_whatever_it_says() -> None:
    new = OLD.replace("kiểm tra bếp ăn tập thể của trường học", "các mức thu học phí và cách quản lý khoản thu ấy")
    found = compared(OLD, new)
    assert [pair[0] for pair in fates(found)] == ["sửa"]
    section = found.sections[0]
    assert (
        section.pairs[0].left_runs[0].text.startswith("Phạm vi điều chỉnh")
        and not section.pairs[0].left_runs[0].mark
    )


def test_what_has_nothing_in_common_is_gone_and_new() -> None:
    found = compared(
        "Điều 1. Bếp ăn\n\n1. Trường học lưu sổ.\n", "Điều 7. Học phí\n\n1. Sở tài chính thu qua ngân hàng.\n"
    )
    assert {pair[0] for pair in fates(found)} == {"bỏ", "thêm"}


def test_rows_of_tables_are_compared_one_by_one() -> None:
    rows = ("| TT | Nội dung | Kết quả |", "|---|---|---|", "| 1 | Hồ sơ | 120 |", "| 2 | Kiểm tra | 15 |")
    table = "\n".join(("Phụ lục 1", "", "Số liệu", "", *rows, ""))
    found = compared(table, table.replace("| 15 |", "| 16 |"))
    (pair,) = (pair for section in found.sections for pair in section.pairs if pair.differs)
    assert pair.fate is Fate.CHANGED and pair.right and "16" in pair.right.text
    assert marked(found) == (["15"], ["16"])


@pytest.mark.parametrize("old", ["", OLD])
def test_an_empty_text_can_be_compared(old: str) -> None:
    assert compared(old, "").counts["added"] == 0
    assert compared("", old).counts["removed"] == 0


def test_texts_to_compare_are_offered_older_first(tmp_path: Path) -> None:
    header = {"type": "Nghị định", "issuer": "Chính phủ"}
    with new_store(tmp_path) as store:
        old = add(store, OLD, "/old.txt", number="134/2021/NĐ-CP", issued="2021-07-15", **header)
        add(store, OLD + "\nĐiều 4. Thêm\n", "/old2.txt", number="134/2021/NĐ-CP", issued="2021-07-15", **header)
        text = """Điều 1. Hiệu lực thi hành

Nghị định này có hiệu lực từ ngày 01/8/2024 và thay thế Nghị định số 134/2021/NĐ-CP ngày 15 tháng 7 năm 2021.
"""
        new = add(store, text, "/new.txt", number="208/2024/NĐ-CP", issued="2024-06-10", **header)
        update_graph(store)
        # What is said of a third text makes no pair with the one that says it.
        text = "Căn cứ Nghị định số 134/2021/NĐ-CP (đã được sửa đổi, bổ sung theo Nghị định số 208/2024/NĐ-CP);\n"
        text += "Năm 2024 có văn bản mới, thay thế Nghị định số 134/2021/NĐ-CP của Chính phủ.\n"
        add(
            store,
            text,
            "/plan.txt",
            type="Kế hoạch",
            issuer="UBND TỈNH BÌNH AN",
            number="9/KH-UBND",
            issued="2025-01-02",
        )
        update_graph(store)
        assert twins_of_work(store, new) == [Twin(old, new, "thay thế", "134/2021/NĐ-CP")]
        assert twins_of_work(store, old) == [
            Twin(f"{old}@1", f"{old}@2", "bản khác của văn bản này", "bản 2"),
            Twin(old, new, "được thay thế bởi", "208/2024/NĐ-CP"),
        ]
