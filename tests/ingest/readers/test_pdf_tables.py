from __future__ import annotations

from pathlib import Path

from ingest.readers.pdf import read_pdf
from kb.models import Grid, LineKind, Reading
from pdf_maker import Sheet, make_pdf


def rows(reading: Reading) -> list[str]:
    return [line.span.cut(reading.text) for line in reading.lines if line.kind is LineKind.ROW]


def cells(reading: Reading, grid: Grid) -> list[list[tuple[str, int, int]]]:
    return [
        [(" ".join(span.cut(reading.text) for span in cell.spans), cell.colspan, cell.rowspan) for cell in row]
        for row in grid.rows
    ]


def ruled(sheet: Sheet) -> None:
    sheet.text(85, 80, "Bảng 1. Kết quả giải quyết hồ sơ")
    sheet.grid([85, 125, 330, 430, 560], [100, 124, 164, 188])
    for x, text in ((90, "TT"), (130, "Lĩnh vực"), (335, "Số hồ sơ"), (435, "Tỷ lệ")):
        sheet.text(x, 117, text, 12, "SerifBold")
    sheet.text(90, 141, "1", 12)
    sheet.text(130, 141, "Đất đai, môi trường và", 12)
    sheet.text(130, 156, "tài nguyên nước", 12)
    sheet.text(335, 141, "1.763", 12)
    end = sheet.text(435, 141, "67,7%", 12)
    sheet.mark(end, 141, "5", 12)
    sheet.text(90, 181, "2", 12)
    sheet.text(130, 181, "Hộ tịch", 12)
    sheet.text(435, 181, "-", 12)
    sheet.text(85, 220, "Kết quả trên cho thấy các xã đã cố gắng.")


def test_a_ruled_table_is_rows_of_cells_at_its_place() -> None:
    reading = read_pdf(make_pdf(ruled))
    assert [line.kind for line in reading.lines] == [LineKind.TEXT, *[LineKind.ROW] * 3, LineKind.TEXT]
    assert rows(reading) == [
        "TT\tLĩnh vực\tSố hồ sơ\tTỷ lệ",
        "1\tĐất đai, môi trường và tài nguyên nước\t1.763\t67,7%⁵",
        "2\tHộ tịch\t\t-",
    ]
    (grid,) = reading.grids
    assert grid.lines == (1, 3) and grid.page == 1
    assert cells(reading, grid)[2] == [("2", 1, 1), ("Hộ tịch", 1, 1), ("", 1, 1), ("-", 1, 1)]


def merged(sheet: Sheet) -> None:
    for x, top, bottom in ((85, 100, 196), (200, 100, 196), (300, 124, 196), (400, 100, 196)):
        sheet.rule(x, top, x, bottom)
    for top, left in ((100, 85), (124, 200), (148, 85), (172, 85), (196, 85)):
        sheet.rule(left, top, 400, top)
    sheet.text(90, 140, "Đơn vị", 12)
    sheet.text(205, 117, "Năm 2025", 12)
    sheet.text(205, 141, "Kế hoạch", 12)
    sheet.text(305, 141, "Thực hiện", 12)
    for row, name in enumerate(("Xã A", "Xã B")):
        for x, text in ((90, name), (205, "12"), (305, "15")):
            sheet.text(x, 165 + 24 * row, text, 12)


def test_merged_cells_say_how_far_they_reach() -> None:
    reading = read_pdf(make_pdf(merged))
    (grid,) = reading.grids
    assert cells(reading, grid) == [
        [("Đơn vị", 1, 2), ("Năm 2025", 2, 1)],
        [("Kế hoạch", 1, 1), ("Thực hiện", 1, 1)],
        [("Xã A", 1, 1), ("12", 1, 1), ("15", 1, 1)],
        [("Xã B", 1, 1), ("12", 1, 1), ("15", 1, 1)],
    ]
    assert rows(reading)[:2] == ["Đơn vị\tNăm 2025\t", "\tKế hoạch\tThực hiện"]


def test_a_table_over_pages_is_one_grid_a_page() -> None:
    assert [grid.page for grid in read_pdf(make_pdf(ruled, ruled)).grids] == [1, 2]


def test_a_frame_around_a_paragraph_is_no_table() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.grid([80, 560], [90, 150])
        sheet.text(90, 110, "Ghi chú: số liệu tính đến ngày 14 tháng 6.")
        sheet.text(90, 130, "Các xã mới chưa có số liệu.")

    reading = read_pdf(make_pdf(draw))
    assert not reading.grids
    assert {line.kind for line in reading.lines} == {LineKind.TEXT}


def unruled(sheet: Sheet) -> None:
    sheet.text(85, 80, "Số liệu từng quý như sau:")
    for row, values in enumerate(
        (("Quý", "Tiếp nhận", "Trả đúng hạn"), ("I", "120", "118"), ("II", "95", "95"), ("III", "130", "127"))
    ):
        for x, value in zip((120, 260, 420), values, strict=True):
            sheet.text(x, 110 + 20 * row, value)
    sheet.text(85, 220, "Tỷ lệ trả đúng hạn đạt yêu cầu đã đề ra.")


def test_columns_that_line_up_in_three_rows_are_a_table() -> None:
    reading = read_pdf(make_pdf(unruled))
    assert rows(reading) == ["Quý\tTiếp nhận\tTrả đúng hạn", "I\t120\t118", "II\t95\t95", "III\t130\t127"]
    assert len(reading.grids) == 1


def test_the_tables_of_a_real_circular_keep_their_columns(shared: Path) -> None:
    path = shared / "originals/gazette-pdf/thong-tu-so-10-2022-tt-bldtbxh-37336.pdf"
    reading = read_pdf(path.read_bytes())
    assert len(reading.grids) > 40
    for grid in reading.grids:
        widths = {0}
        first, last = grid.lines
        widths = {line.span.cut(reading.text).count("\t") for line in reading.lines[first : last + 1]}
        assert len(widths) == 1
        for row in grid.rows:
            for cell in row:
                assert all("\t" not in span.cut(reading.text) for span in cell.spans)
