from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib.utils import ImageReader

from ingest.readers import pdf as pdf_module
from ingest.readers.ocr import ocr_problem
from ingest.readers.pdf import read_pdf
from kb.errors import MissingTool, UnreadableFile
from kb.models import LineKind, Reading
from pdf_maker import HEIGHT, WIDTH, Sheet, make_pdf

needs_tesseract = pytest.mark.skipif(ocr_problem() is not None, reason="Tesseract with Vietnamese data is absent")
Draw = Callable[[Sheet], None]


def texts(reading: Reading, kind: LineKind | None = None) -> list[str]:
    return [line.span.cut(reading.text) for line in reading.lines if kind in (None, line.kind)]


def body(sheet: Sheet, top: float = 300, lines: int = 12) -> None:
    """Enough running text for the usual size and margins to show."""
    for index in range(lines):
        start = 113 if index % 4 == 0 else 85
        sheet.text(start, top + 18 * index, "Ủy ban nhân dân xã tổ chức tiếp nhận hồ sơ của người dân xã")


def covers_everything(reading: Reading) -> bool:
    rest = list(reading.text)
    for line in reading.lines:
        rest[line.span.start : line.span.end] = " " * (line.span.end - line.span.start)
    return not "".join(rest).strip()


def test_a_raised_mark_is_superscript_digits_glued_to_its_word() -> None:
    def draw(sheet: Sheet) -> None:
        end = sheet.text(85, 100, "theo Kế hoạch năm 2025")
        end = sheet.mark(end, 100, "12")
        sheet.text(end, 100, ", các xã rộng 30 m")
        sheet.text(85, 130, "còn lại thực hiện sau.")

    assert texts(read_pdf(make_pdf(draw)))[0] == "theo Kế hoạch năm 2025¹², các xã rộng 30 m"


def test_a_line_has_its_page_its_box_and_its_style() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.centered(296, 100, "QUYẾT ĐỊNH", 14, "SerifBold")
        sheet.text(113, 140, "Căn cứ Luật Tổ chức chính quyền địa phương;", 13, "SerifItalic")
        body(sheet)

    reading = read_pdf(make_pdf(body, draw))
    title, recital = [line for line in reading.lines if line.page == 2][:2]
    assert title.style.bold and title.style.centered and title.style.size == 14
    assert (
        recital.style.italic and not recital.style.centered and recital.style.indent == pytest.approx(28, abs=0.2)
    )
    assert title.box is not None
    assert title.box.top < 100 < title.box.bottom and title.box.x0 > 240
    assert not title.whole


def test_the_left_column_of_a_letterhead_is_read_first() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.centered(160, 60, "ỦY BAN NHÂN DÂN", 13)
        sheet.centered(530, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, "SerifBold")
        sheet.centered(160, 76, "TỈNH KHÁNH HÒA", 13, "SerifBold")
        sheet.centered(530, 76, "Độc lập - Tự do - Hạnh phúc", 14, "SerifBold")
        sheet.centered(160, 106, "Số: 15/KH-UBND", 13)
        sheet.centered(530, 108, "Khánh Hòa, ngày 05 tháng 3 năm 2025", 14, "SerifItalic")
        sheet.centered(370, 150, "KẾ HOẠCH", 14, "SerifBold")
        body(sheet, 200)

    assert texts(read_pdf(make_pdf(draw)))[:7] == [
        "ỦY BAN NHÂN DÂN",
        "TỈNH KHÁNH HÒA",
        "Số: 15/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Khánh Hòa, ngày 05 tháng 3 năm 2025",
        "KẾ HOẠCH",
    ]


def test_columns_of_a_letterhead_that_nearly_touch_are_told_apart() -> None:
    def draw(sheet: Sheet) -> None:
        end = sheet.text(60, 60, "SỞ KHOA HỌC VÀ CÔNG NGHỆ", 13, "SerifBold")
        sheet.text(end + 9, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, "SerifBold")
        sheet.centered(150, 76, "Số: 9/SKHCN-VP", 13)
        sheet.centered(530, 76, "Độc lập - Tự do - Hạnh phúc", 13)
        body(sheet)

    assert texts(read_pdf(make_pdf(draw)))[:4] == [
        "SỞ KHOA HỌC VÀ CÔNG NGHỆ",
        "Số: 9/SKHCN-VP",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
    ]


def test_recipients_come_before_the_signature() -> None:
    def draw(sheet: Sheet) -> None:
        body(sheet, 100)
        sheet.centered(550, 400, "TM. ỦY BAN NHÂN DÂN", 14, "SerifBold")
        sheet.text(85, 404, "Nơi nhận:", 12, "SerifItalic")
        sheet.text(85, 418, "- Như trên;", 11)
        sheet.centered(550, 418, "CHỦ TỊCH", 14, "SerifBold")
        sheet.text(85, 432, "- Thường trực Tỉnh ủy;", 11)
        sheet.text(85, 446, "- Lưu: VT.", 11)
        sheet.centered(550, 500, "Nguyễn Văn A", 14, "SerifBold")

    assert texts(read_pdf(make_pdf(draw)))[-7:] == [
        "Nơi nhận:",
        "- Như trên;",
        "- Thường trực Tỉnh ủy;",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
        "Nguyễn Văn A",
    ]


def test_words_far_apart_in_running_text_stay_one_line() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(85, 100, "1.")
        sheet.text(140, 100, "Tổng số hồ sơ đã giải quyết trong quý")
        body(sheet, 130)

    assert texts(read_pdf(make_pdf(draw)))[0] == "1. Tổng số hồ sơ đã giải quyết trong quý"


def numbered(number: int) -> Draw:
    def draw(sheet: Sheet) -> None:
        sheet.centered(370, 40, str(number))
        sheet.text(85, 800, "Báo cáo cải cách hành chính", 10)
        body(sheet, 100 + 20 * number)
        sheet.text(85, 600, f"Biểu mẫu số {number * 3}")

    return draw


def test_page_numbers_and_repeated_feet_are_furniture() -> None:
    reading = read_pdf(make_pdf(*(numbered(number) for number in (2, 3, 4))))
    assert texts(reading, LineKind.FURNITURE) == [
        "2",
        "Báo cáo cải cách hành chính",
        "3",
        "Báo cáo cải cách hành chính",
        "4",
        "Báo cáo cải cách hành chính",
    ]
    assert "Biểu mẫu số 9" in texts(reading, LineKind.TEXT)


def test_gazette_heads_with_numbers_at_alternate_sides_are_furniture() -> None:
    def page(number: int) -> Draw:
        def draw(sheet: Sheet) -> None:
            sheet.text(85 if number % 2 == 0 else 500, 40, str(number))
            sheet.text(190, 40, "CÔNG BÁO/Số 15 + 16/Ngày 20-01-2025")
            body(sheet, 80)

        return draw

    reading = read_pdf(make_pdf(page(7), page(8)))
    assert sorted(texts(reading, LineKind.FURNITURE)) == ["7", "8"] + ["CÔNG BÁO/Số 15 + 16/Ngày 20-01-2025"] * 2


def test_the_stamp_of_a_digital_signature_is_furniture() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(560, 20, "Người ký: Ủy ban nhân dân tỉnh", 7)
        sheet.text(560, 28, "Email: ubnd@khanhhoa.gov.vn", 7)
        sheet.text(560, 36, "Thời gian ký: 05.03.2025 09:10:11", 7)
        body(sheet, 100)

    assert len(texts(read_pdf(make_pdf(draw)), LineKind.FURNITURE)) == 3


def with_note(first: str, marks: bool = True) -> Draw:
    def draw(sheet: Sheet) -> None:
        body(sheet, 100)
        end = sheet.text(85, 330, "thực hiện theo quy định của tỉnh")
        sheet.mark(end, 330, "3")
        sheet.rule(85, 740, 229, 740)
        end = sheet.mark(85, 755, "3", 11) if marks else sheet.text(85, 755, "3", 11)
        sheet.text(end + 2, 755, first, 11)
        sheet.text(85, 768, "ban hành quy chế phối hợp.", 11)

    return draw


@pytest.mark.parametrize("marks", [True, False], ids=["raised", "level"])
def test_a_note_begins_with_its_superscript_mark(marks: bool) -> None:
    reading = read_pdf(make_pdf(with_note("Quyết định số 7/QĐ-UBND", marks)))
    assert texts(reading, LineKind.NOTE) == ["³ Quyết định số 7/QĐ-UBND", "ban hành quy chế phối hợp."]
    assert "thực hiện theo quy định của tỉnh³" in texts(reading, LineKind.TEXT)


def test_a_note_runs_on_at_the_foot_of_the_next_page() -> None:
    def after(sheet: Sheet) -> None:
        body(sheet, 100)
        sheet.rule(85, 755, 640, 755)
        sheet.text(85, 768, "và phân công nhiệm vụ cho các sở.", 11)

    reading = read_pdf(make_pdf(with_note("Quyết định số 7/QĐ-UBND"), after))
    assert texts(reading, LineKind.NOTE)[-1] == "và phân công nhiệm vụ cho các sở."


def test_small_type_without_mark_or_rule_is_no_note() -> None:
    def draw(sheet: Sheet) -> None:
        body(sheet, 100)
        sheet.text(85, 760, "- Lưu: VT.", 11)

    assert not texts(read_pdf(make_pdf(draw)), LineKind.NOTE)


def test_text_in_an_old_font_encoding_is_converted() -> None:
    def draw(sheet: Sheet) -> None:
        for index in range(4):
            sheet.text(85, 100 + 20 * index, "Céng hßa x· héi chñ nghÜa ViÖt Nam - ñy ban nh©n d©n cña tØnh ®· cã")

    reading = read_pdf(make_pdf(draw))
    assert texts(reading)[0].startswith("Cộng hòa xã hội chủ nghĩa Việt Nam - ủy ban nhân dân của tỉnh")
    assert [problem.code for problem in reading.problems] == ["text.legacy"]


def test_a_page_turned_on_its_side_is_read_upright() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.canvas.rotate(90)
        sheet.canvas.translate(0, -HEIGHT)
        sheet.text(60, 300, "Tổng số thủ tục hành chính được giải quyết trong năm")
        sheet.text(60, 330, "Số hồ sơ quá hạn")

    reading = read_pdf(make_pdf(draw))
    assert texts(reading) == ["Tổng số thủ tục hành chính được giải quyết trong năm", "Số hồ sơ quá hạn"]
    assert reading.lines[0].box is not None and reading.lines[0].box.x1 > 300


BROKEN = {
    "empty": (b"", "pdf.damaged"),
    "not a PDF": (b"Kh\xc3\xb4ng ph\xe1\xba\xa3i PDF" * 50, "pdf.damaged"),
    "head only": (b"%PDF-1.7\n", "pdf.damaged"),
    "password": (make_pdf(body, encrypt="bí mật"), "pdf.encrypted"),
}


@pytest.mark.parametrize(("data", "code"), BROKEN.values(), ids=BROKEN.keys())
def test_what_is_no_readable_pdf_is_refused_by_name(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_pdf(data)
    assert refused.value.code == code
    assert refused.value.vi and refused.value.en


def test_a_truncated_pdf_gives_what_is_left_or_a_refusal() -> None:
    whole = make_pdf(*([body] * 4))
    for part in (0.2, 0.5, 0.8, 0.97):
        try:
            reading = read_pdf(whole[: int(len(whole) * part)])
        except UnreadableFile:
            continue
        assert covers_everything(reading)


def test_a_damaged_page_is_a_problem_and_the_rest_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    real = pdf_module.read_page

    def fail(document: pdf_module.Pdf, index: int) -> pdf_module.PageContent:
        if index == 1:
            message = "Failed to load page."
            raise pdf_module.PageError(message)
        return real(document, index)

    monkeypatch.setattr(pdf_module, "read_page", fail)
    reading = read_pdf(make_pdf(body, body, body))
    assert {line.page for line in reading.lines} == {1, 3}
    assert [problem.code for problem in reading.problems] == ["pdf.damaged_page"]
    assert "2" in reading.problems[0].vi


def picture_page(sheet: Sheet) -> None:
    sheet.canvas.setFillGray(0.9)
    from_picture = _grey_picture()
    sheet.canvas.drawImage(from_picture, 0, 0, WIDTH, HEIGHT)
    sheet.canvas.setFillGray(0)
    sheet.text(300, 20, "Ký bởi: Văn phòng", 7)


def _grey_picture() -> ImageReader:
    return ImageReader(Image.new("L", (60, 84), 200))


def test_without_tesseract_the_other_pages_are_read_and_the_scanned_ones_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    missing = MissingTool(code="ocr.missing", vi="thiếu", en="missing")
    monkeypatch.setattr(pdf_module, "ocr_problem", lambda: missing)
    reading = read_pdf(make_pdf(body, picture_page))
    assert {problem.code for problem in reading.problems} == {"ocr.missing"}
    assert "trang 2" in reading.problems[0].vi
    with pytest.raises(MissingTool):
        read_pdf(make_pdf(picture_page))


@needs_tesseract
def test_a_short_signature_on_a_scan_does_not_pass_for_its_text(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    real = pdf_module.ocr_page
    monkeypatch.setattr(pdf_module, "ocr_problem", lambda: None)
    monkeypatch.setattr(
        pdf_module, "ocr_page", lambda image, number, dpi: seen.append(number) or real(image, number, dpi)
    )
    assert read_pdf(make_pdf(picture_page, body)).ocr_pages == (1,)
    assert seen == [1]


WORDS = st.lists(
    st.sampled_from(
        ["Điều", "khoản", "5", "xã,", "phường;", "đặc", "khu", "(mới)", "30%", "quý", "I/2025", "-", "Ủy", "ban"]
    ),
    min_size=1,
)


@given(st.lists(WORDS.map(lambda words: " ".join(words)[:60].strip()), min_size=1, max_size=20))
def test_every_letter_that_is_printed_is_read(lines: list[str]) -> None:
    def draw(sheet: Sheet) -> None:
        for index, line in enumerate(lines):
            sheet.text(85, 100 + 20 * index, line)

    reading = read_pdf(make_pdf(draw))
    assert covers_everything(reading)
    assert texts(reading) == [" ".join(line.split()) for line in lines]


@pytest.mark.parametrize(
    "name", ["gazette-pdf/van-ban-hop-nhat-so-2650-vbhn-bldtbxh-42110.pdf", "printed-pdf/Luật-Phá-sản-2014.pdf"]
)
def test_real_documents_lose_nothing(shared: Path, name: str) -> None:
    reading = read_pdf((shared / "originals" / name).read_bytes())
    assert covers_everything(reading)
    assert not reading.problems
    assert reading.pages == max(line.page or 0 for line in reading.lines)


def test_notes_of_a_real_consolidated_text_are_numbered_through(shared: Path) -> None:
    path = shared / "originals/gazette-pdf/van-ban-hop-nhat-so-2650-vbhn-bldtbxh-42110.pdf"
    notes = texts(read_pdf(path.read_bytes()), LineKind.NOTE)
    digits = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
    marks = [int(note.split()[0].translate(digits)) for note in notes if note[0] in "⁰¹²³⁴⁵⁶⁷⁸⁹"]
    assert marks == list(range(1, len(marks) + 1))
    assert len(marks) > 50


def test_the_signature_field_of_a_real_gazette_is_read_as_furniture(shared: Path) -> None:
    path = shared / "originals/gazette-pdf/nghi-quyet-so-126-nq-cp-469505.pdf"
    furniture = texts(read_pdf(path.read_bytes()), LineKind.FURNITURE)
    assert sum(text.startswith(("Ký bởi:", "Cơ quan:", "Ngày ký:")) for text in furniture) == 3


def test_white_letters_count_only_on_a_coloured_ground() -> None:
    def draw(sheet: Sheet) -> None:
        end = sheet.text(85, 100, "ngày 23 tháng 02 năm 2026")
        sheet.canvas.setFillGray(1)
        sheet.text(end, 100, "4")
        sheet.canvas.setFillGray(0.2)
        sheet.canvas.rect(80, HEIGHT - 150, 300, 30, stroke=0, fill=1)
        sheet.canvas.setFillGray(1)
        sheet.text(90, 140, "BẢNG TỔNG HỢP")

    reading = read_pdf(make_pdf(draw))
    assert texts(reading) == ["ngày 23 tháng 02 năm 2026", "BẢNG TỔNG HỢP"]
    assert [problem.code for problem in reading.problems] == ["pdf.white_text"]
