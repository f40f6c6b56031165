"""Figures that stand alone in the cells of a scanned table."""

from __future__ import annotations

import pytest
from PIL import Image

from ingest.readers.ocr_cells import reread_cells
from ingest.readers.ocr_rules import find_rules
from ingest.readers.pdf import read_pdf
from tests.pdf_maker import Sheet, make_pdf
from tests.round_trip_scan import scan

HEAD = ["STT", "Chỉ tiêu báo cáo", "2021", "2022", "2023"]
ROWS = [
    ["1", "Số vụ việc phát hiện", "0", "3", "7"],
    ["2", "Số vụ việc đã xử lý", "0", "3", "-"],
    ["3", "Số cuộc kiểm tra", "9", "12", "8"],
    ["4", "Số lớp tập huấn", "4", "5", "0"],
]


def draw(sheet: Sheet) -> None:
    xs, tops = [71, 118, 330, 410, 490, 570], [101 + 31 * row for row in range(len(ROWS) + 2)]
    sheet.grid(xs, tops)
    for row, cells in enumerate([HEAD, *ROWS]):
        for x, cell in zip(xs, cells, strict=False):
            sheet.text(x + 6, tops[row] + 20, cell, 12)


@pytest.mark.slow
def test_every_cell_of_a_scanned_table_of_counts_is_read():
    reading = read_pdf(scan(make_pdf(draw), [0]))
    (grid,) = reading.grids
    rows = [[" ".join(span.cut(reading.text) for span in cell.spans) for cell in row] for row in grid.rows]
    assert [row[0] for row in rows] == ["STT", "1", "2", "3", "4"]
    assert [row[2:] for row in rows[1:]] == [row[2:] for row in ROWS]


@pytest.mark.parametrize("left", [40, 47, 55, 61, 66])
def test_rules_reach_to_their_ends_wherever_they_begin(left: int):
    image = Image.new("L", (600, 400), 255)
    for top in (50, 120, 190):
        image.paste(0, (left, top, 501, top + 2))
    for x in (left, 280, 500):
        image.paste(0, (x, 50, x + 2, 192))
    rules = [[edge * 200 / 72 for edge in rule] for rule in find_rules(image, 200)]
    level = [rule for rule in rules if rule[2] - rule[0] > rule[3] - rule[1]]
    assert len(rules) == 6 and len(level) == 3
    assert all(abs(rule[0] - left) <= 2 and abs(rule[2] - 501) <= 2 for rule in level)
    assert all(abs(rule[1] - 50) <= 2 and abs(rule[3] - 192) <= 2 for rule in rules if rule not in level)


def test_a_stroke_is_read_without_ocr():
    image = Image.new("L", (200, 100), 255)
    image.paste(0, (90, 50, 104, 53))
    words = reread_cells(image, [(50.0, 20.0, 150.0, 90.0)], [], 72, lambda sheet: [])
    assert [word.text for word in words] == ["-"]
