"""Digests as scans: pages of a PDF turned into slightly skewed grey pictures without a text layer."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tools.digests.pdf import HEIGHT, WIDTH, write_pdf
from tools.digests.source import Digest

_DOTS_PER_INCH = 200
_SKEW = 0.6  # degrees, as of a sheet laid on the glass by hand
_GREYS = 16


def write_scan(digest: Digest, path: Path) -> None:
    """Write the digest as a PDF of pictures."""
    with tempfile.TemporaryDirectory() as folder:
        printed = Path(folder) / "printed.pdf"
        write_pdf(digest, printed)
        document = pypdfium2.PdfDocument(str(printed))
        pages = [page.render(scale=_DOTS_PER_INCH / 72, grayscale=True).to_pil() for page in document]
        document.close()
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT), invariant=1)
    for number, page in enumerate(pages):
        angle = _SKEW if number % 2 == 0 else -_SKEW / 2
        skewed = page.convert("L").rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=250)
        buffer = io.BytesIO()
        skewed.quantize(_GREYS).save(buffer, "PNG", optimize=True)
        buffer.seek(0)
        canvas.drawImage(ImageReader(buffer), 0, 0, WIDTH, HEIGHT)
        canvas.showPage()
    canvas.save()
