from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image, ImageDraw, ImageFont

from ingest.readers import image as image_module
from ingest.readers.image import read_image
from ingest.readers.ocr import ocr_problem
from kb.errors import MissingTool, UnreadableFile
from pdf_maker import FOLDER

needs_tesseract = pytest.mark.skipif(ocr_problem() is not None, reason="Tesseract with Vietnamese data is absent")
TEXT = "Thông báo về việc niêm yết thủ tục hành chính"


def picture(text: str, mode: str = "RGB") -> Image.Image:
    image = Image.new(mode, (1240, 1754), "white")
    font = ImageFont.truetype(f"{FOLDER}/DejaVuSerifCondensed.ttf", 30)
    ImageDraw.Draw(image).text((100, 150), text, "black", font)
    return image


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


@needs_tesseract
@pytest.mark.parametrize(
    "data",
    [saved(picture(TEXT), "PNG"), saved(picture(TEXT), "JPEG", dpi=(150, 150)), saved(picture(TEXT, "L"), "TIFF")],
    ids=["PNG", "JPEG", "TIFF"],
)
def test_a_picture_of_a_page_is_read(data: bytes) -> None:
    reading = read_image(data)
    assert [line.span.cut(reading.text) for line in reading.lines] == [TEXT]
    box = reading.lines[0].box
    assert box is not None and box.x0 == pytest.approx(100 * 72 / 150, abs=4)
    assert reading.pages == 1 and reading.ocr_pages == (1,)


@needs_tesseract
def test_a_tiff_of_several_pages_is_several_pages() -> None:
    data = saved(picture(TEXT, "L"), "TIFF", save_all=True, append_images=[picture("Phụ lục kèm theo", "L")])
    assert [line.page for line in read_image(data).lines] == [1, 2]


def bomb() -> bytes:
    """A PNG of a few hundred bytes that says it is 60,000 dots wide and high."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 60000, 60000, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


BROKEN = {
    "empty": (b"", "image.damaged"),
    "no picture": ("Đây là văn bản".encode() * 20, "image.damaged"),
    "cut short": (saved(picture(TEXT), "JPEG")[:4000], "image.damaged"),
    "cut short PNG": (saved(picture(TEXT), "PNG")[:2000], "image.damaged"),
    "bomb": (bomb(), "image.too_large"),
}


@pytest.mark.parametrize(("data", "code"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_picture_is_refused_by_name(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_image(data)
    assert refused.value.code == code


def test_without_tesseract_the_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    missing = MissingTool(code="ocr.missing", vi="thiếu", en="missing")
    monkeypatch.setattr(image_module, "ocr_problem", lambda: missing)
    with pytest.raises(MissingTool):
        read_image(saved(picture(TEXT), "PNG"))
