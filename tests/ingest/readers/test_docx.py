from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.enum.text import WD_BREAK

from ingest.readers.docx import read_docx
from kb.errors import UnreadableFile
from kb.models import LineKind, Reading
from word_files import abstract, level, listed, note, num, p, r, ref, sup, table, tc, tr, word

SECTION = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'


def texts(reading: Reading, kind: LineKind | None = None) -> list[str]:
    return [line.span.cut(reading.text) for line in reading.lines if kind in {None, line.kind}]


def rows(reading: Reading, index: int = 0) -> list[list[tuple[str, int, int]]]:
    return [
        [(" ".join(span.cut(reading.text) for span in cell.spans), cell.colspan, cell.rowspan) for cell in row]
        for row in reading.grids[index].rows
    ]


def test_paragraphs_and_tables_stand_in_order() -> None:
    file = docx.Document()
    file.add_paragraph("Kết quả như sau:")
    grid = file.add_table(rows=2, cols=2, style="Table Grid")
    for index, text in enumerate(("STT", "Tên", "1", "Lĩnh vực đất đai")):
        grid.cell(index // 2, index % 2).text = text
    file.add_paragraph("Trên đây là báo cáo.")
    target = io.BytesIO()
    file.save(target)
    reading = read_docx(target.getvalue())
    assert texts(reading) == ["Kết quả như sau:", "STT\tTên", "1\tLĩnh vực đất đai", "Trên đây là báo cáo."]
    assert reading.grids[0].lines == (1, 2)
    assert all(line.whole for line in reading.lines)


ARTICLES = abstract(
    0, level(0, "Điều %1."), level(1, "%2."), level(2, "%3)", "lowerLetter"), level(3, "", "bullet")
)
PARTS = abstract(1, level(0, "%1.", "upperRoman"), level(1, "%1.%2", extra="<w:isLgl/>"), level(2, "-", "bullet"))


def test_numbering_is_printed() -> None:
    body = "".join(
        (
            listed("Phạm vi", 1),
            listed("Quyết định này", 1, 1),
            listed("Áp dụng", 1, 1),
            listed("đối với", 1, 2),
            listed("đối với", 1, 2),
            listed("chi tiết", 1, 3),
            listed("Hiệu lực", 1),
            listed("Từ ngày ký", 1, 1),
            listed("KẾT QUẢ", 2),
            listed("Chung", 2, 1),
            listed("gạch", 2, 2),
        )
    )
    reading = read_docx(word(body, numbering=ARTICLES + PARTS + num(1, 0) + num(2, 1)))
    assert texts(reading) == [
        "Điều 1. Phạm vi",
        "1. Quyết định này",
        "2. Áp dụng",
        "a) đối với",
        "b) đối với",
        "+ chi tiết",
        "Điều 2. Hiệu lực",
        "1. Từ ngày ký",
        "I. KẾT QUẢ",
        "1.1 Chung",
        "- gạch",
    ]


def test_two_lists_of_one_kind_go_on_counting_unless_told_to_start_again() -> None:
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = abstract(0, level(0, "%1.")) + num(1, 0) + num(2, 0) + num(3, 0, restart)
    body = listed("một", 1) + listed("hai", 2) + listed("lại một", 3) + listed("lại hai", 3)
    assert texts(read_docx(word(body, numbering=numbering))) == ["1. một", "2. hai", "1. lại một", "2. lại hai"]


def test_a_list_may_come_from_a_style() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Dieu"><w:name w:val="Dieu"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr>'
        "<w:rPr><w:b/></w:rPr></w:style>"
        '<w:style w:type="paragraph" w:styleId="DieuCon"><w:basedOn w:val="Dieu"/></w:style>'
    )
    numbering = abstract(0, level(0, "Điều %1.", extra='<w:pStyle w:val="Dieu"/>')) + num(1, 0)
    body = p("Phạm vi", '<w:pStyle w:val="Dieu"/>') + p("Đối tượng", '<w:pStyle w:val="DieuCon"/>')
    body += p("Không số", '<w:pStyle w:val="Dieu"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    reading = read_docx(word(body, styles=styles, numbering=numbering))
    assert texts(reading) == ["Điều 1. Phạm vi", "Điều 2. Đối tượng", "Không số"]
    assert reading.lines[0].style.bold and reading.lines[0].style.heading == 2


def test_notes_follow_the_paragraph_of_their_mark() -> None:
    body = p(r("Chính phủ") + ref(2) + r(" ban hành") + ref(3) + r(".")) + p("Đoạn sau.")
    notes = note("footnote", 2, "Nghị quyết A.") + note("footnote", 3, "Gồm:", "- Một;", "- Hai.")
    assert texts(read_docx(word(body, footnotes=notes))) == [
        "Chính phủ¹ ban hành².",
        "¹ Nghị quyết A.",
        "² Gồm:",
        "- Một;",
        "- Hai.",
        "Đoạn sau.",
    ]


def test_marks_side_by_side_stay_two_and_a_mark_is_glued_to_its_word() -> None:
    body = p(r("Chính phủ ") + ref(1) + ref(2))
    notes = note("footnote", 1, "Một.") + note("footnote", 2, "Hai.")
    assert texts(read_docx(word(body, footnotes=notes)))[0] == "Chính phủ¹,²"


def test_custom_marks_do_not_count_and_endnotes_have_numbers_of_their_own() -> None:
    body = p(r("Tỉnh") + ref(1, custom="*") + r(" và huyện") + ref(2) + r(" và xã") + ref(1, "endnote"))
    notes = note("footnote", 1, "Sao.").replace("<w:r><w:footnoteRef/></w:r>", "<w:r><w:t>*</w:t></w:r>", 1)
    reading = read_docx(
        word(body, footnotes=notes + note("footnote", 2, "Số."), endnotes=note("endnote", 1, "Cuối."))
    )
    assert texts(reading) == ["Tỉnh* và huyện¹ và xãⁱ", "* Sao.", "¹ Số.", "ⁱ Cuối."]


def test_note_numbers_start_again_where_the_section_says() -> None:
    again = '<w:sectPr><w:footnotePr><w:numRestart w:val="eachSect"/></w:footnotePr></w:sectPr>'
    body = p(r("Một") + ref(1)) + p("", again) + p(r("Hai") + ref(2)) + again
    notes = note("footnote", 1, "A.") + note("footnote", 2, "B.")
    assert texts(read_docx(word(body, footnotes=notes))) == ["Một¹", "¹ A.", "Hai¹", "¹ B."]


def test_notes_of_a_table_come_after_it() -> None:
    body = table(tr(tc("Tên"), tc("Số")), tr(tc(p(r("A") + ref(1))), tc("5"))) + p("Sau bảng.")
    reading = read_docx(word(body, footnotes=note("footnote", 1, "Trong ô.")))
    assert texts(reading) == ["Tên\tSố", "A¹\t5", "¹ Trong ô.", "Sau bảng."]
    assert [line.kind.value for line in reading.lines] == ["row", "row", "note", "text"]


def test_typed_superscripts_are_superscript_digits() -> None:
    body = p(r("1.200 m") + sup("2") + r(" theo Luật") + sup("(3)") + r(" ngày 1") + sup("st"))
    body += p(sup("3") + r(" Luật Đất đai."))
    reading = read_docx(word(body))
    assert texts(reading) == ["1.200 m² theo Luật³ ngày 1st", "³ Luật Đất đai."]
    assert reading.lines[1].kind is LineKind.NOTE


def test_tracked_changes_are_accepted() -> None:
    gone = '<w:del w:id="1"><w:r><w:delText>20 ngày</w:delText></w:r></w:del>'
    added = f'<w:ins w:id="2">{r("15 ngày")}</w:ins>'
    moved = f'<w:moveFrom w:id="3">{r("cũ")}</w:moveFrom><w:moveTo w:id="4">{r(" mới")}</w:moveTo>'
    mark = '<w:rPr><w:del w:id="5"/></w:rPr>'
    body = p(r("Thời hạn ") + gone + added + moved) + p("Câu đầu ", mark) + p("và câu cuối.")
    body += table(
        tr(tc("A"), tc("B")), tr(tc("xóa"), tc("xóa"), properties='<w:del w:id="6"/>'), tr(tc("C"), tc("D"))
    )
    reading = read_docx(word(body))
    assert texts(reading) == ["Thời hạn 15 ngày mới", "Câu đầu và câu cuối.", "A\tB", "C\tD"]
    assert [(problem.code, problem.vi[:6]) for problem in reading.problems] == [("docx.changes", "còn 5 ")]


def test_remarks_in_the_margin_are_not_read_and_are_said() -> None:
    remark = '<w:r><w:commentReference w:id="0"/></w:r>'
    reading = read_docx(word(p(r("Tỷ lệ 95%") + remark)))
    assert texts(reading) == ["Tỷ lệ 95%"]
    assert [problem.code for problem in reading.problems] == ["docx.comments"]


def test_a_note_that_cites_itself_is_read_once() -> None:
    notes = note("footnote", 1, "xem").replace("</w:p>", ref(2) + "</w:p>")
    notes += note("footnote", 2, "lại").replace("</w:p>", ref(1) + "</w:p>")
    assert texts(read_docx(word(p(r("Điều 1") + ref(1)), footnotes=notes))) == ["Điều 1¹", "¹ xem²", "² lại³"]


def test_of_a_field_the_result_is_read() -> None:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    def code(text: str) -> str:
        return f"<w:r><w:instrText>{text}</w:instrText></w:r>"

    inner = mark("begin") + code("PAGE") + mark("separate") + r("7") + mark("end")
    field = mark("begin") + code("IF ") + inner + mark("separate") + r("trang 7") + mark("end")
    simple = f'<w:fldSimple w:instr="REF x">{r("Điều 5")}</w:fldSimple>'
    assert texts(read_docx(word(p(r("Xem ") + field + r(" và ") + simple)))) == ["Xem trang 7 và Điều 5"]


def test_content_controls_and_text_boxes_are_read_once() -> None:
    box = f"<w:txbxContent>{p('Trong khung')}</w:txbxContent>"
    choice = f"<mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
    fallback = f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
    boxed = p(f"<w:r><w:t>Đoạn.</w:t><mc:AlternateContent>{choice}{fallback}</mc:AlternateContent></w:r>")
    control = f"<w:sdt><w:sdtContent>{p('Trong ô điều khiển')}</w:sdtContent></w:sdt>"
    inline = p(f"<w:sdt><w:sdtContent>{r('Ngày 5')}</w:sdtContent></w:sdt>")
    assert texts(read_docx(word(control + inline + boxed))) == [
        "Trong ô điều khiển",
        "Ngày 5",
        "Đoạn.",
        "Trong khung",
    ]


def test_breaks_keep_heads_apart_and_sentences_together() -> None:
    centered = p("<w:r><w:t>CỘNG HÒA</w:t><w:br/><w:t>Độc lập</w:t></w:r>", '<w:jc w:val="center"/>')
    sentence = p("<w:r><w:t>theo Nghị định số</w:t><w:br/><w:t>30/2020/NĐ-CP ngày</w:t></w:r>")
    items = p("<w:r><w:t>- Như trên;</w:t><w:br/><w:t>- Lưu: VT.</w:t></w:r>")
    assert texts(read_docx(word(centered + sentence + items))) == [
        "CỘNG HÒA",
        "Độc lập",
        "theo Nghị định số 30/2020/NĐ-CP ngày",
        "- Như trên;",
        "- Lưu: VT.",
    ]


@pytest.mark.parametrize("borders", ["nil", "single"])
def test_head_and_foot_are_lines_left_column_first(borders: str) -> None:
    head = table(
        tr(tc("UBND TỈNH A"), tc(p("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM") + p("Độc lập - Tự do - Hạnh phúc"))),
        tr(tc("Số: 12/BC-UBND"), tc("A, ngày 5 tháng 6 năm 2024")),
        borders=borders,
    )
    foot = table(
        tr(tc(p("Nơi nhận:") + p("- Như trên;")), tc(p("KT. CHỦ TỊCH") + p("Trần Văn B"))), borders=borders
    )
    reading = read_docx(word(head + p("BÁO CÁO") + foot))
    assert texts(reading) == [
        "UBND TỈNH A",
        "Số: 12/BC-UBND",
        "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "A, ngày 5 tháng 6 năm 2024",
        "BÁO CÁO",
        "Nơi nhận:",
        "- Như trên;",
        "KT. CHỦ TỊCH",
        "Trần Văn B",
    ]
    assert not reading.grids


def test_a_small_ruled_table_is_a_table() -> None:
    reading = read_docx(word(table(tr(tc("Nơi nhận hồ sơ"), tc("Số lượng")), tr(tc("Một cửa"), tc("15")))))
    assert rows(reading) == [[("Nơi nhận hồ sơ", 1, 1), ("Số lượng", 1, 1)], [("Một cửa", 1, 1), ("15", 1, 1)]]


def test_a_small_table_without_rules_is_text_only_when_it_sets_lines_side_by_side() -> None:
    values = table(tr(tc("Nội dung"), tc("Số")), tr(tc("Hồ sơ"), tc("5")), borders="nil")
    assert texts(read_docx(word(values))) == ["Nội dung\tSố", "Hồ sơ\t5"]
    addressed = table(tr(tc("Kính gửi:"), tc(p("- Sở A;") + p("- Sở B."))), borders="nil")
    assert texts(read_docx(word(addressed))) == ["Kính gửi:", "- Sở A;", "- Sở B."]


def test_merged_cells_keep_their_reach() -> None:
    restart, go_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = table(
        tr(tc("TT", restart), tc("Kết quả", '<w:gridSpan w:val="2"/>'), properties="<w:tblHeader/>"),
        tr(tc("", go_on), tc("Tổng"), tc("Đúng hạn"), properties="<w:tblHeader/>"),
        tr(tc("1"), tc("20"), tc("19")),
    )
    reading = read_docx(word(body))
    assert texts(reading) == ["TT\tKết quả\t", "\tTổng\tĐúng hạn", "1\t20\t19"]
    assert rows(reading)[:2] == [
        [("TT", 1, 2), ("Kết quả", 2, 1)],
        [("Tổng", 1, 1), ("Đúng hạn", 1, 1)],
    ]
    assert reading.grids[0].header_rows == 2


def test_columns_finer_than_any_cell_are_none_and_repeated_covered_text_is_left_out() -> None:
    wide = '<w:gridSpan w:val="7"/>'
    left, right = '<w:hMerge w:val="restart"/>', "<w:hMerge/>"
    body = table(tr(tc("STT"), tc("Tên", wide), tc("Số")), tr(tc("1"), tc("A", wide), tc("9")))
    body += p("Bảng sau:") + table(tr(tc("Cả hàng", left), tc("Cả hàng", right)), tr(tc("x"), tc("y")))
    reading = read_docx(word(body))
    assert texts(reading) == ["STT\tTên\tSố", "1\tA\t9", "Bảng sau:", "Cả hàng\t", "x\ty"]


def test_pages_are_words_own_or_typed_or_unknown() -> None:
    noted = p("<w:r><w:t>Một</w:t></w:r>") + p("<w:r><w:lastRenderedPageBreak/><w:t>Hai</w:t></w:r>")
    reading = read_docx(word(noted))
    assert [line.page for line in reading.lines] == [1, 2] and reading.pages == 2
    file = docx.Document()
    file.add_paragraph("Một").add_run().add_break(WD_BREAK.PAGE)
    file.add_paragraph("Hai")
    target = io.BytesIO()
    file.save(target)
    assert [line.page for line in read_docx(target.getvalue()).lines] == [1, 2]
    assert read_docx(word(p("Một"))).pages is None


def test_stale_page_breaks_are_not_believed() -> None:
    body = p("<w:r><w:t>Một</w:t></w:r>") + p("<w:r><w:lastRenderedPageBreak/><w:t>Hai</w:t></w:r>")
    reading = read_docx(word(body + p("Một câu của văn bản dài. ") * 1 + p("chữ " * 4000)))
    assert reading.pages is None and {line.page for line in reading.lines} == {None}


def test_running_heads_are_furniture_but_page_numbers_and_letterheads_are_not() -> None:
    reading = read_docx(word(p("Nội dung."), header1=p("CÔNG BÁO/Số 5") + p("12"), footer1=p("- 3 -")))
    assert [(line.kind.value, line.span.cut(reading.text)) for line in reading.lines] == [
        ("furniture", "CÔNG BÁO/Số 5"),
        ("furniture", "12"),
        ("text", "Nội dung."),
    ]
    reading = read_docx(word(p("BÁO CÁO"), header1=p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")))
    assert texts(reading, LineKind.TEXT) == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "BÁO CÁO"]


def test_old_fonts_capitals_and_hidden_text() -> None:
    font = '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>'
    body = p(r("NghÞ ®Þnh cña ", font) + r("Chính phủ") + r("ẩn", "<w:vanish/>")) + p(r("báo cáo", "<w:caps/>"))
    reading = read_docx(word(body))
    assert texts(reading) == ["Nghị định của Chính phủ", "BÁO CÁO"]
    assert [problem.code for problem in reading.problems] == ["docx.hidden", "text.converted"]


def test_unicode_words_left_in_an_old_font_are_not_converted() -> None:
    font = '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>'
    reading = read_docx(word(p(r("Trách nhiệm của toàn ", font) + r("dân", font)) + p(r("Luật này", font))))
    assert texts(reading) == ["Trách nhiệm của toàn dân", "Luật này"]
    assert not reading.problems


def test_numbers_of_empty_cells_are_printed() -> None:
    empty = p("", '<w:numPr><w:numId w:val="1"/></w:numPr>')
    body = table(tr(tc("STT"), tc("Tên")), tr(tc(empty), tc("Báo cáo")), tr(tc(empty), tc("Kế hoạch")))
    reading = read_docx(word(body + empty, numbering=abstract(0, level(0, "%1")) + num(1, 0)))
    assert texts(reading) == ["STT\tTên", "1\tBáo cáo", "2\tKế hoạch", "3"]


def test_letters_are_composed_and_symbols_read() -> None:
    body = p(r("Nghi\u0323 đi\u0323nh")) + p('<w:r><w:sym w:font="Wingdings" w:char="F0A8"/><w:t> Có</w:t></w:r>')
    assert texts(read_docx(word(body))) == ["Nghị định", "□ Có"]


def test_a_long_table_is_read_whole() -> None:
    data = word(table(*(tr(tc(str(n)), tc("Thủ tục"), tc("15,5")) for n in range(10_000))))
    assert len(read_docx(data).grids[0].rows) == 10_000


def test_a_paragraph_of_two_megabytes_is_read_whole() -> None:
    text = "Điều khoản chung. " * 110_000
    reading = read_docx(word(p(text)))
    assert len(reading.lines) == 1 and len(reading.text) == len(text)


def test_a_file_without_words_is_refused() -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_docx(word(p("") + SECTION))
    assert caught.value.code == "file.no_text" and "ảnh" not in caught.value.vi


def test_a_file_of_pictures_alone_says_how_to_have_them_read() -> None:
    target = io.BytesIO(word(p("")))
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("word/media/image1.png", b"...")
    with pytest.raises(UnreadableFile, match="lưu thành PDF") as caught:
        read_docx(target.getvalue())
    assert caught.value.code == "file.no_text"


def test_a_head_typed_with_tabs_is_read_column_by_column() -> None:
    tab = "</w:t></w:r><w:r><w:tab/></w:r><w:r><w:t>"
    body = p(f"<w:r><w:t>UBND TỈNH A{tab}CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</w:t></w:r>")
    body += p(f"<w:r><w:t>SỞ NỘI VỤ{tab}Độc lập - Tự do - Hạnh phúc</w:t></w:r>") + p("BÁO CÁO")
    body += p(f"<w:r><w:t>Họ và tên:{tab}Lê B</w:t></w:r>")
    body += (
        p("Nơi nhận:                    TM. ỦY BAN NHÂN DÂN")
        + p("- Như trên;")
        + p("- Lưu: VT.          CHỦ TỊCH")
    )
    assert texts(read_docx(word(body))) == [
        "UBND TỈNH A",
        "SỞ NỘI VỤ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "BÁO CÁO",
        "Họ và tên: Lê B",
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
    ]


def test_columns_cut_at_unequal_places_on_each_page_are_one() -> None:
    def wide(text: str, span: int, more: str = "") -> str:
        return tc(text, f'<w:gridSpan w:val="{span}"/>{more}')

    restart, go_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = table(
        tr(wide("TT", 1), wide("Tên", 3), wide("Số", 2)),
        tr(wide("I. Lĩnh vực", 6)),
        tr(wide("1", 2, restart), wide("Cấp mới", 3), wide("5", 1)),
        tr(wide("", 2, go_on), wide("Cấp lại", 3), wide("6", 1)),
        tr(wide("II", 1), wide("Khác", 5)),
    )
    reading = read_docx(word(body))
    assert texts(reading) == ["TT\tTên\tSố", "I. Lĩnh vực\t\t", "1\tCấp mới\t5", "\tCấp lại\t6", "II\tKhác\t"]
    assert [[cell.colspan for cell in row] for row in reading.grids[0].rows] == [
        [1] * 3,
        [3],
        [1] * 3,
        [1] * 2,
        [1, 2],
    ]


def test_a_page_put_whole_into_a_word_file_is_read() -> None:
    body = p("Trước") + '<w:altChunk r:id="rchunk"/>' + p("Sau")
    reading = read_docx(word(body, chunk="<html><body><p>Điều 1</p></body></html>".encode()))
    assert texts(reading) == ["Trước", "Điều 1", "Sau"]
    reading = read_docx(word(body, chunk=b"PK..."))
    assert texts(reading) == ["Trước", "Sau"]
    assert [problem.code for problem in reading.problems] == ["docx.chunk"]
