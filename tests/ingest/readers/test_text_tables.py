"""Which lines of a plain text are rows of tables, and that the others are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.plain import read_plain
from ingest.readers.text_cells import pieces, trim
from kb.models import LineKind, Reading
from tests.endless import MARKS


def read(text: str) -> Reading:
    return read_plain(text.encode())


def rows_of(text: str) -> list[list[list[str]]]:
    reading = read(text)
    return [
        [[" ".join(span.cut(text) for span in cell.spans) for cell in row] for row in grid.rows]
        for grid in reading.grids
    ]  # fmt: skip


def test_rows_and_lines_around_them():
    text = "Mở đầu\nSTT\tTên\tSố\n1\tXã A\t5\nKết thúc\n"
    reading = read(text)
    assert [line.kind for line in reading.lines] == [LineKind.TEXT, LineKind.ROW, LineKind.ROW, LineKind.TEXT]
    assert [grid.lines for grid in reading.grids] == [(1, 2)]


def test_a_head_printed_again_begins_another_grid():
    assert [len(rows) for rows in rows_of("STT\tTên\n1\tA\n2\tB\n\nSTT\tTên\n3\tC\n")] == [3, 2]


def test_empty_cells_at_the_end_of_a_row_stay():
    assert rows_of("STT\tTên\tSố\n1\tNhóm\t\n")[0][1] == ["1", "Nhóm", ""]


def test_rows_with_blank_lines_between_them_are_one_table():
    assert len(rows_of("STT\tTên\tSố\n\n1\tA\t5\n\n2\tB\t6\n")) == 1


def test_cells_broken_over_lines_where_blank_lines_part_the_rows():
    text = "STT\tTên cơ quan,\nđơn vị\tSố\n\n1\tSở A\nvà Sở B\t5\n\n2\tSở C\t6\n"
    assert rows_of(text) == [
        [["STT", "Tên cơ quan, đơn vị", "Số"], ["1", "Sở A và Sở B", "5"], ["2", "Sở C", "6"]]
    ]


def test_a_line_after_the_last_row_ends_its_cell():
    text = "STT\tTên\n1\tSở A\n2\tSở B, gồm\ncác phòng thuộc sở\n\nHết\n"
    assert rows_of(text)[0][-1] == ["2", "Sở B, gồm các phòng thuộc sở"]


def test_a_rule_of_dashes_holds_no_cell():
    assert rows_of("STT\tTên\n---\t---\n1\tA\n")[0] == [["STT", "Tên"], ["1", "A"]]


def test_a_name_and_a_number_in_each_row_are_a_table_without_a_frame():
    text = "Loại văn bản | Số lượng\nNghị quyết | 12\nQuyết định | 1.045 văn bản\nCộng | -\n"
    assert rows_of(text) == [
        [["Loại văn bản", "Số lượng"], ["Nghị quyết", "12"], ["Quyết định", "1.045 văn bản"], ["Cộng", "-"]]
    ]


@pytest.mark.parametrize(
    "text",
    [
        "UBND TỈNH A | CỘNG HÒA\nSố: 1/BC | A, ngày 01 tháng 02 năm 2025\nKính gửi | Sở B\n",
        "Điện thoại | 0258\nHộp thư | bca@a.vn\nĐịa chỉ | số 2 phố C\n",
        "BỘ A\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 1/BC\tHà Nội, ngày 01 tháng 02 năm 2025\n",
        "- Lưu: VT.\tKT. BỘ TRƯỞNG\n",
        "\tĐiều một.\n\tĐiều hai.\n",
        "a)\tMột;\nb)\tHai.\n",
        "Thuế phải nộp\t=\tDoanh thu\tx\tThuế suất 20%\n",
        "(Ký, họ tên)\tNgười đại diện\n(Ký, họ tên)\tThủ kho\n",
        "Không có bảng | chỉ có một vạch\n",
        "|x| + |y| > 2\n",
        "Trang <https://a.vn> và <b>chữ</b>\n",
    ],
)
def test_what_is_no_table(text: str):
    reading = read(text)
    assert not reading.grids
    assert all(line.kind is LineKind.TEXT for line in reading.lines)


def test_a_head_set_side_by_side_in_markdown_becomes_lines():
    text = (
        "| BỘ A<br>------- | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n| --- | --- |\n"
        "| Số: 1/2025/TT-BA | Hà Nội, ngày 01 tháng 02 năm 2025 |\n\nTHÔNG TƯ\n"
    )
    reading = read(text)
    assert not reading.grids
    assert [line.span.cut(text) for line in reading.lines if line.kind is LineKind.TEXT] == [
        "BỘ A",
        "-------",
        "Số: 1/2025/TT-BA",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Hà Nội, ngày 01 tháng 02 năm 2025",
        "THÔNG TƯ",
    ]


def test_merged_cells_of_markup():
    reading = read(
        "<table><tr><td colspan='2'>A</td><td rowspan=2>B</td></tr><tr><td>1</td><td>2</td></tr></table>"
    )
    assert [[(cell.colspan, cell.rowspan) for cell in row] for row in reading.grids[0].rows] == [
        [(2, 1), (1, 2)],
        [(1, 1), (1, 1)],
    ]


def test_markup_that_is_never_closed():
    assert rows_of("<table><tr><td>STT<td>Tên\n<tr><td>1<td>A") == [[["STT", "Tên"], ["1"]]]


def test_a_table_in_a_cell_is_words_of_the_cell():
    text = "<table><tr><td>1</td><td>A <table><tr><td>x</td><td>y</td></tr></table> B</td></tr></table>"
    assert rows_of(text) == [[["1", "A x y B"]]]


def test_head_rows_of_markup():
    reading = read("<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>")
    assert reading.grids[0].header_rows == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<i>Tỷ lệ</i>", ["Tỷ lệ"]),
        (" a &nbsp; ", ["a"]),
        ("&nbsp;", []),
        ("x < 5 và y > 3", ["x < 5 và y > 3"]),
        ("<https://a.vn/b>", ["<https://a.vn/b>"]),
    ],
)
def test_words_of_a_cell(text: str, expected: list[str]):
    assert [span.cut(text) for span in pieces(text, 0, len(text))] == expected


@given(st.text("ab \t\n|<>/td-&nbsp;1²", max_size=80))
def test_any_text_keeps_its_letters(text: str):
    reading = read(text)
    seen = sorted(span for line in reading.lines for span in range(line.span.start, line.span.end))
    assert len(seen) == len(set(seen))
    assert {at for at, letter in enumerate(text) if not letter.isspace()} <= set(seen)
    for grid in reading.grids:
        assert all(reading.lines[at].kind is LineKind.ROW for at in range(grid.lines[0], grid.lines[1] + 1))


@given(st.text(" &nbsp;ab", max_size=12))
def test_trim_leaves_no_white_space(text: str):
    span = trim(text, 0, len(text))
    assert span is None or not (text[span.start].isspace() or text[span.end - 1].isspace())


@pytest.mark.parametrize("piece", MARKS.values(), ids=MARKS.keys())
def test_what_never_ends_is_read_to_its_end(piece: str):
    text = piece * 200_000
    reading = read(text)
    kept = "".join(line.span.cut(text) for line in reading.lines)
    assert "".join(kept.split()) == "".join(text.split())


NAMES = ("Sở Nội vụ", "Sở Tư pháp", "Sở Y tế", "Sở Xây dựng", "Sở Tài chính", "Thanh tra tỉnh")
COUNTS = [(12, 9, 3, 75), (20, 15, 5, 75), (8, 8, 0, 100), (16, 4, 12, 25), (10, 5, 5, 50), (4, 1, 3, 25)]


def stacked(head: list[str], rows: list[list[str]]) -> str:
    """Each cell as a paragraph of its own, between two sentences."""
    cells = [*head, *(cell for row in rows for cell in row)]
    return "\n\n".join(["Kết quả như sau:", *cells, "Trên đây là báo cáo của tỉnh."])


def counted() -> list[list[str]]:
    numbers = zip(NAMES, COUNTS, strict=True)
    return [[str(at), name, *map(str, counts)] for at, (name, counts) in enumerate(numbers, 1)]


def test_cells_that_each_are_a_paragraph_are_rows_again() -> None:
    head = ["STT", "Cơ quan", "Nhiệm vụ", "Đã xong", "Đang làm", "Tỷ lệ (%)"]
    rows = counted()
    total = ["Tổng cộng", "70", "42", "28", "60"]
    (grid,) = rows_of(stacked(head, [*rows, total]))
    assert grid == [head, *rows, ["", *total]]
    lines = read(stacked(head, rows)).lines
    assert [line.kind for line in (lines[0], lines[1], lines[-1])] == [LineKind.TEXT, LineKind.ROW, LineKind.TEXT]


def test_names_repeated_under_others_are_a_second_row_of_the_head() -> None:
    upper, lower = ["STT", "Cơ quan", "Năm 2023", "Năm 2024"], ["Giao", "Xong", "Giao", "Xong"]
    (grid,) = rows_of(stacked([*upper, *lower], counted()))
    assert grid[:3] == [upper, lower, counted()[0]]


def test_rows_with_and_without_an_ordinal_are_told_by_how_many_numbers_they_have() -> None:
    head = ["STT", "Nội dung", "Năm 2021", "Năm 2022", "Năm 2023", "Năm 2024", "Năm 2025"]
    rows = [
        ["", "TỔNG CHI (I+II)", "850", "890", "930", "1.010", "1.120"],
        ["I", "Chi thường xuyên", "560", "590", "610", "640", "700"],
        ["1", "Chi giáo dục", "380", "390", "400", "420", "460"],
        ["", "Trong đó: Chi mầm non", "130", "140", "150", "160", "180"],
        ["2", "Chi y tế", "180", "200", "210", "220", "240"],
        ["3", "Chi khác", "", "", "", "", ""],
        ["II", "Chi đầu tư", "290", "300", "320", "370", "420"],
    ]
    printed = [[cell for cell in row if cell] for row in rows]
    codes = ["A", "B", "1", "2", "3", "4", "5"]
    assert rows_of(stacked([*head, *codes], printed)) == [[head, *rows]]
    assert rows_of(stacked([], printed)) == []


def test_a_counted_list_ends_before_a_row_that_lost_a_cell() -> None:
    head = ["STT", "Đơn vị", "Hồ sơ", "Đúng hạn", "Quá hạn", "Tỷ lệ (%)"]
    rows = [*counted(), *([str(at), f"Phường {at}", "9", "5", "4", "56"] for at in range(7, 12))]
    del rows[8][3]
    (grid,) = rows_of(stacked(head, rows))
    assert grid == [head, *rows[:8]]


def test_a_total_before_a_row_that_lost_a_cell_makes_no_table() -> None:
    head = ["STT", "Nội dung", "Năm 2023", "Năm 2024", "Năm 2025"]
    rows = [["TỔNG", "110", "99", "88"], *([str(at), f"Khoản {at}", "10", "9", "8"] for at in range(1, 12))]
    assert len(rows_of(stacked(head, rows))[0]) == 13
    del rows[6][3]
    assert not any("TỔNG" in row for grid in rows_of(stacked(head, rows)) for row in grid)


def test_a_number_twice_in_a_counted_list_is_the_number_of_a_row() -> None:
    rows = counted()
    rows[4][0] = "4"
    (grid,) = rows_of(stacked(["STT", "Cơ quan", "Giao", "Xong", "Đang làm", "Tỷ lệ"], rows))
    assert [row[0] for row in grid] == ["STT", "1", "2", "3", "4", "4", "6"]


def test_paragraphs_of_which_one_was_lost_stay_paragraphs() -> None:
    rows = counted()
    del rows[2][3]
    assert not any(len(row) == 6 and row[0] == "3" for grid in rows_of(stacked([], rows)) for row in grid)


def test_a_row_with_rows_under_it_is_no_row() -> None:
    rows = [[str(at), name, "-", "Giao", "5", "-", "Xong", "4"] for at, name in enumerate(NAMES, 1)]
    assert rows_of(stacked([], [*rows, *[["9"]] * 20])) == []


def test_a_last_row_that_lost_a_cell_is_left_out() -> None:
    rows = counted()
    del rows[-1][4]
    assert all(row[0] != "6" for grid in rows_of(stacked([], [*rows, ["7"]])) for row in grid)
