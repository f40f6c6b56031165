from __future__ import annotations

import subprocess

import pytest
from PIL import Image, ImageDraw, ImageFont

from ingest.readers import ocr
from ingest.readers.ocr import ocr_page, ocr_problem
from ingest.readers.pdf import read_pdf
from kb.errors import UnreadableFile
from kb.models import LineKind
from pdf_maker import FOLDER, HEIGHT, WIDTH, Sheet, make_pdf

needs_tesseract = pytest.mark.skipif(ocr_problem() is not None, reason="Tesseract with Vietnamese data is absent")

LINES = [
    "Thực hiện Kế hoạch cải cách hành chính năm 2025, các xã, phường",
    "đã tiếp nhận 1.763 hồ sơ, trả đúng hạn 1.750 hồ sơ, đạt 99,3%.",
]


def scan(*texts: tuple[float, float, str], size: int = 36) -> Image.Image:
    """A page of 200 dots an inch with texts at places in points."""
    image = Image.new("L", (1654, 2339), 255)
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(f"{FOLDER}/DejaVuSerifCondensed.ttf", size)
    for x, top, text in texts:
        draw.text((x * 200 / 72, top * 200 / 72), text, 0, font)
    return image


@needs_tesseract
def test_a_scanned_page_becomes_lines_with_places_and_confidence() -> None:
    page = ocr_page(scan(*((60, 80 + 22 * index, line) for index, line in enumerate(LINES))), 3)
    segments = [segment for row in page.rows for segment in row]
    assert [segment.text for segment in segments] == LINES
    assert page.number == 3 and page.ocr
    assert page.confidence is not None and page.confidence > 0.85
    assert segments[0].x0 == pytest.approx(60, abs=3)
    assert 76 < segments[0].top < 90
    assert all(segment.confidence is not None and 0 < segment.confidence <= 1 for segment in segments)


@needs_tesseract
def test_a_scan_in_a_pdf_is_read_and_said_to_be() -> None:
    picture = scan(
        (60, 60, "ỦY BAN NHÂN DÂN"),
        (270, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (60, 78, "TỈNH KHÁNH HÒA"),
        (300, 78, "Độc lập - Tự do - Hạnh phúc"),
        (60, 140, "Kính gửi các sở, ban, ngành và Ủy ban nhân dân các xã, phường;"),
        size=28,
    )

    def draw(sheet: Sheet) -> None:
        sheet.canvas.drawInlineImage(picture, 0, 0, WIDTH, HEIGHT)
        sheet.text(560, 20, "Ký bởi: Văn phòng", 7)

    reading = read_pdf(make_pdf(draw))
    texts = [line.span.cut(reading.text) for line in reading.lines if line.kind is LineKind.TEXT]
    assert texts[:4] == [
        "ỦY BAN NHÂN DÂN",
        "TỈNH KHÁNH HÒA",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
    ]
    assert reading.ocr_pages == (1,)
    assert [problem.code for problem in reading.problems] == ["ocr.read"]
    stamp = [line for line in reading.lines if line.kind is LineKind.FURNITURE]
    assert [line.span.cut(reading.text) for line in stamp] == ["Ký bởi: Văn phòng"]
    assert all(line.confidence is not None for line in reading.lines if line not in stamp)


@needs_tesseract
def test_a_blank_page_has_no_lines() -> None:
    assert ocr_page(Image.new("L", (800, 1100), 255), 1).rows == []


@needs_tesseract
def test_a_page_on_its_side_is_turned() -> None:
    lines = [(60, 80 + 22 * index, LINES[index % 2]) for index in range(10)]
    page = ocr_page(scan(*lines).transpose(Image.Transpose.ROTATE_90), 1)
    assert LINES[0] in [segment.text for row in page.rows for segment in row]


def test_a_page_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def hang(*_: object, **options: object) -> None:
        assert options["timeout"] == ocr.TIMEOUT
        raise subprocess.TimeoutExpired("tesseract", ocr.TIMEOUT)

    monkeypatch.setattr(subprocess, "run", hang)
    with pytest.raises(UnreadableFile) as refused:
        ocr_page(scan((60, 80, "chữ")), 1)
    assert refused.value.code == "ocr.timeout"


def test_without_the_program_the_message_names_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr.shutil, "which", lambda _: None)
    problem = ocr_problem()
    assert problem is not None and "tesseract-ocr-vie" in problem.vi


def test_without_vietnamese_data_the_message_names_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr.shutil, "which", lambda _: "/usr/bin/tesseract")
    monkeypatch.setattr(ocr, "_languages", lambda: frozenset(("eng", "osd")))
    problem = ocr_problem()
    assert problem is not None and problem.code == "ocr.missing_language"


@needs_tesseract
def test_a_ruled_table_on_a_scan_has_cells() -> None:
    xs, tops = (60, 160, 380, 520), (100, 130, 160, 190)
    values = (("Thứ tự", "Lĩnh vực", "Hồ sơ"), ("12", "Đất đai", "1.763"), ("13", "Hộ tịch", "950"))
    image = scan(
        *(
            (x + 12, top + 6, text)
            for row, top in zip(values, tops, strict=False)
            for x, text in zip(xs, row, strict=False)
        )
    )
    draw = ImageDraw.Draw(image)
    scale = 200 / 72
    for x in xs:
        draw.line((x * scale, tops[0] * scale, x * scale + 3, tops[-1] * scale), 0, 3)
    for top in tops:
        draw.line((xs[0] * scale, top * scale, xs[-1] * scale, top * scale + 4), 0, 3)
    page = ocr_page(image, 1)
    assert [[cell.text for cell in row] for row in page.tables[0].rows] == [list(row) for row in values]
    assert not page.rows
