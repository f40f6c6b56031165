"""Pictures of pages (PNG, JPEG, TIFF of several pages): OCR, a frame a page."""

from __future__ import annotations

import io
import math
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from ingest.readers.ocr import DPI, ocr_page, ocr_problem
from ingest.readers.pdf_print import PrintedPage
from ingest.readers.pdf_problems import build_page_problem, describe_ocr
from ingest.readers.pdf_text import build_reading
from kb.errors import UnreadableFile
from kb.models import Reading, Severity

_STAGE = "ingest.readers.image"
# An A0 drawing at 150 dpi has 35 million dots; more is a mistake or an attack.
_PIXELS_MAX = 80_000_000
# A4 is 8.27 inches wide: what a picture is taken to show when it does not tell its resolution.
_PAPER_INCHES = 8.27
_BROKEN = (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, struct.error)


def read_image(data: bytes) -> Reading:
    """The text on a picture with the place of every line and how sure OCR is of it.

    `MissingTool` without Tesseract; `UnreadableFile` when the picture is broken or too large to unpack.
    """
    missing = ocr_problem()
    pages: list[PrintedPage] = []
    failed: list[int] = []
    with _refusing(), Image.open(io.BytesIO(data)) as picture:
        for number, frame in enumerate(ImageSequence.Iterator(picture), 1):
            _refuse_bomb(frame)
            upright, dpi = _prepare(frame)
            if missing is not None:
                raise missing
            page = _read_frame(upright, number, dpi)
            if page is None:
                failed.append(number)
            else:
                pages.append(page)
    problems = describe_ocr(_STAGE, pages)
    if failed:
        vi, en = "nhận dạng chữ không thành", "OCR failed"
        problems.append(build_page_problem(_STAGE, "ocr.failed", failed, vi, en, Severity.ERROR))
    return build_reading(pages, len(pages) + len(failed), problems)


@contextmanager
def _refusing() -> Iterator[None]:
    """Turns what the picture library says of bad data into a refusal."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")
            yield
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large() from error
    except _BROKEN as error:
        raise UnreadableFile(
            code="image.damaged", vi="tệp ảnh bị hỏng hoặc bị cắt cụt", en="the picture is damaged or cut short"
        ) from error


def _too_large() -> UnreadableFile:
    return UnreadableFile(
        code="image.too_large",
        vi=f"ảnh quá lớn (trên {_PIXELS_MAX // 1_000_000} triệu điểm ảnh)",
        en=f"the picture is too large (over {_PIXELS_MAX // 1_000_000} million pixels)",
    )


def _refuse_bomb(frame: Image.Image) -> None:
    if frame.width * frame.height > _PIXELS_MAX:
        raise _too_large()


def _prepare(frame: Image.Image) -> tuple[Image.Image, float]:
    """The frame upright, grey and at about the resolution that OCR wants, with its dots an inch."""
    grey = ImageOps.exif_transpose(frame).convert("L")
    told = frame.info.get("dpi", (0, 0))[0]
    dpi = float(told) if 72 < told < 2400 else min(grey.size) / _PAPER_INCHES
    dpi = max(dpi, 30.0)
    # Small print is lost below 150 dots an inch; above 300 only time is.
    wanted = DPI if dpi < 150 else min(dpi, 300.0)
    scale = min(wanted / dpi, math.sqrt(_PIXELS_MAX / 2 / (grey.width * grey.height)))
    if abs(scale - 1) > 0.05:
        grey = grey.resize((max(round(grey.width * scale), 1), max(round(grey.height * scale), 1)))
        dpi *= scale
    return grey, dpi


def _read_frame(image: Image.Image, number: int, dpi: float) -> PrintedPage | None:
    try:
        return ocr_page(image, number, dpi)
    except UnreadableFile:
        return None
