from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases import Case, load_cases
from ingest.layout import Layout, lay_out
from ingest.readers.plain import read_text
from kb.models import BlockKind, Box, Line, LineKind, Reading, Span, Style
from strategies import cut_paragraphs, messy_texts


def lay_out_text(text: str) -> Layout:
    return lay_out(read_text(text))


def shown(layout: Layout) -> list[str]:
    rows = []
    for block in layout.blocks:
        text = block.view.cut(layout.view.text)
        rows.append(text if block.kind is BlockKind.TEXT else f"{block.kind.value} | {text}")
    return rows


@pytest.mark.parametrize("case", load_cases("layout"), ids=lambda case: case.id)
def test_cases(case: Case) -> None:
    text = case.text.replace("\n~\n", "\n\f")
    assert shown(lay_out_text(text)) == case.expected.split("\n")


def letters(text: str) -> str:
    return "".join(text.split())


def check_tiling(text: str, layout: Layout) -> None:
    """Every character that is not white space stands in exactly one block, and the view maps back."""
    count = [0] * len(text)
    for block in layout.blocks:
        for part in block.parts:
            for at in range(part.start, part.end):
                count[at] += 1
    for at, letter in enumerate(text):
        assert count[at] == 1 or (letter.isspace() and count[at] < 2), (at, letter, count[at])
    end = -1
    for block in layout.blocks:
        assert end < block.view.start <= block.view.end
        end = block.view.end
        for at in range(block.view.start, block.view.end):
            for span in layout.view.to_source(at, at + 1):
                inside = any(part.start <= span.start and span.end <= part.end + 1 for part in block.parts)
                assert inside or span.start == span.end


@given(messy_texts())
def test_blocks_tile_the_text_and_offsets_map_back(text: str) -> None:
    layout = lay_out_text(text)
    check_tiling(text, layout)
    alone = letters(layout.view.text)
    assert all(letter in text or letter in "¹²³⁴⁵⁶⁷⁸⁹⁰" for letter in alone if letter.isalnum())


@given(messy_texts())
def test_no_letter_is_lost(text: str) -> None:
    reading = read_text(text)
    layout = lay_out(reading)
    words = re.sub(r"</?\w+>", "", reading.text)
    assert sorted(filter(str.isalpha, layout.view.text)) == sorted(filter(str.isalpha, words))


@given(cut_paragraphs())
def test_a_page_end_anywhere_in_a_paragraph_changes_no_text(cut: tuple[str, str]) -> None:
    whole, broken = cut
    texts = [
        [block.view.cut(layout.view.text) for block in layout.blocks if block.kind is BlockKind.TEXT]
        for layout in (lay_out_text(whole), lay_out_text(broken))
    ]
    assert texts[0] == texts[1]


@given(st.text(max_size=400))
def test_any_text_is_laid_out(text: str) -> None:
    reading = read_text(text.encode("utf-8", "ignore").decode())
    check_tiling(reading.text, lay_out(reading))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_all_kinds(end: str) -> None:
    text = "Thực hiện kế hoạch chuyển đổi số của tỉnh¹, các cơ quan đã~~¹ Kế hoạch số 1/KH-UBND~~hoàn thành."
    layout = lay_out_text(text.replace("~", end))
    assert shown(layout) == [
        "Thực hiện kế hoạch chuyển đổi số của tỉnh¹, các cơ quan đã hoàn thành.",
        "note | ¹ Kế hoạch số 1/KH-UBND",
    ]
    assert len(layout.blocks[0].parts) == 2


def test_decomposed_letters_are_read_composed() -> None:
    # "Điều" and "hòa" with their marks as letters of their own.
    text = "\u0110ie\u0302\u0300u 1. Ho\u0300a gia\u0309i\n"
    layout = lay_out_text(text)
    assert shown(layout) == ["Điều 1. Hòa giải"]
    at = layout.view.text.index("Hòa")
    assert layout.view.hull(at, at + 3).cut(text) == "Ho\u0300a"


def test_form_feeds_count_pages() -> None:
    layout = lay_out_text("Điều 1. Phạm vi\n\f\nĐiều 2. Đối tượng\n\fĐiều 3. Hiệu lực\n")
    assert [block.page for block in layout.blocks] == [1, 2, 3]


def test_control_characters_are_no_words() -> None:
    layout = lay_out_text("Điều\x00 1. Phạm\x02 vi\n\x00\x00\n")
    assert shown(layout)[0] == "Điều 1. Phạm vi"


def printed(*lines: tuple[str, int, float, float, float, LineKind]) -> Reading:
    """Lines of pages: text, page, top, indent, right edge, kind."""
    text, found = "", []
    for words, page, top, indent, right, kind in lines:
        box = Box(85.0 + indent, top, right, top + 14)
        found.append(Line(Span(len(text), len(text) + len(words)), kind, page, box, Style(14, indent=indent)))
        text += words + "\n"
    return Reading(text, tuple(found), pages=max(line[1] for line in lines))


TEXT, NOTE, FURNITURE = LineKind.TEXT, LineKind.NOTE, LineKind.FURNITURE


def test_printed_lines_join_over_a_page_end_with_notes_and_numbers_out_of_the_way() -> None:
    reading = printed(
        ("Thực hiện kế hoạch của tỉnh về chuyển đổi số¹, các cơ quan đã sắp", 1, 700, 36, 538, TEXT),
        ("xếp lại bộ phận một cửa theo hướng tập trung, tinh gọn, giao cho", 1, 720, 0, 538, TEXT),
        ("¹ Kế hoạch số 901/KH-UBND ngày 03/02/2031 của UBND tỉnh về", 1, 760, 0, 538, NOTE),
        ("chuyển đổi số", 1, 772, 0, 160, NOTE),
        ("2", 2, 40, 220, 310, FURNITURE),
        ("Sở Nội vụ làm đầu mối theo dõi.", 2, 80, 0, 300, TEXT),
        ("Các xã, phường đã bố trí đủ nhân lực cho bộ phận này. Công chức", 2, 100, 36, 538, TEXT),
        ("được tập huấn.", 2, 120, 0, 180, TEXT),
    )
    layout = lay_out(reading)
    assert shown(layout) == [
        "Thực hiện kế hoạch của tỉnh về chuyển đổi số¹, các cơ quan đã sắp xếp lại bộ phận một cửa theo hướng tập "
        "trung, tinh gọn, giao cho Sở Nội vụ làm đầu mối theo dõi.",
        "note | ¹ Kế hoạch số 901/KH-UBND ngày 03/02/2031 của UBND tỉnh về chuyển đổi số",
        "furniture | 2",
        "Các xã, phường đã bố trí đủ nhân lực cho bộ phận này. Công chức được tập huấn.",
    ]
    assert [block.page for block in layout.blocks] == [1, 1, 2, 2]


def test_whole_lines_are_never_joined() -> None:
    words = ("Thực hiện kế hoạch của tỉnh,", "các cơ quan đã hoàn thành.")
    lines = (Line(Span(0, 28), whole=True), Line(Span(29, 55), whole=True))
    assert shown(lay_out(Reading("\n".join(words), lines))) == list(words)


def test_a_table_has_a_line_a_row_and_its_grid() -> None:
    layout = lay_out_text("Biểu 1\n\nSTT\tNội dung\tSố lượng\n1\tHồ sơ¹\t12\n\n¹ Tính đến tháng 6\n")
    assert [block.kind for block in layout.blocks] == [BlockKind.TEXT, BlockKind.TABLE, BlockKind.NOTE]
    table = layout.blocks[1]
    assert table.view.cut(layout.view.text) == "STT\tNội dung\tSố lượng\n1\tHồ sơ¹\t12"
    assert len(layout.grids) == 1


def test_words_of_an_html_table_outside_its_cells_are_kept() -> None:
    text = "<table><tr><td>Tên</td><td>Số</td></tr><tr><td>A</td><td>1</td></tr></table> Ghi chú thêm\n"
    layout = lay_out_text(text)
    check_tiling(text, layout)
    assert "Ghi chú thêm" in layout.view.text


def test_lines_out_of_order_stand_apart() -> None:
    # A letterhead in a table of Markdown is read column by column.
    text = "| SỞ NỘI VỤ CỦA | CỘNG HÒA XÃ HỘI |\n| --- | --- |\n| TỈNH AN HẢI | CHỦ NGHĨA VIỆT NAM |\n"
    order = ("SỞ NỘI VỤ CỦA", "TỈNH AN HẢI", "CỘNG HÒA XÃ HỘI", "CHỦ NGHĨA VIỆT NAM")
    spans = [Span(text.index(words), text.index(words) + len(words)) for words in order]
    layout = lay_out(Reading(text, tuple(Line(span) for span in spans)))
    joined = " ".join(block.view.cut(layout.view.text) for block in layout.blocks)
    assert joined == " ".join(order)
    for block in layout.blocks:
        assert [part.start < part.end for part in block.parts] == [True] * len(block.parts)
