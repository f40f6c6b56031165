"""A page of a PDF as a picture, with the places of some words on it.

Run as a program it answers one question and ends: a file that kills the reader kills nothing else, and pdfium,
which knows no threads, has a process to itself.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from ingest.readers.pdf_chars import open_pdf
from ingest.readers.pdf_show import find_words, show_page
from kb.errors import UnreadableFile
from kb.models import Box

#: Dots an inch: sharp enough to read on a wide screen, some 150 kB a page.
DPI = 120
_SECONDS = 30


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as PNG; `width` and `height` in points, `boxes` where the words stand that were asked for."""

    png: bytes
    width: float
    height: float
    boxes: tuple[Box, ...]


def picture_page(path: Path, page: int, words: str = "") -> PagePicture:
    """A page (from 1) of a PDF file; `UnreadableFile` when it cannot be painted."""
    command = [sys.executable, "-m", "ingest.page_picture", str(path), str(page), words]
    surroundings = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=True, env=surroundings)
    except (subprocess.SubprocessError, OSError) as error:
        raise UnreadableFile(
            code="page.unpainted",
            vi=f"không vẽ được trang {page} của tệp gốc",
            en=f"page {page} of the original cannot be painted",
        ) from error
    head, _, png = done.stdout.partition(b"\n")
    facts = json.loads(head)
    return PagePicture(png, facts["width"], facts["height"], tuple(Box(*one) for one in facts["boxes"]))


def main(path: str, page: str, words: str) -> None:
    """Write the picture: one line of JSON, then the PNG."""
    document = open_pdf(Path(path).read_bytes())
    image, width, height = show_page(document, int(page) - 1, DPI)
    boxes = find_words(document, int(page) - 1, words) if words else []
    out = io.BytesIO()
    image.save(out, "PNG", optimize=False, compress_level=4)
    head = {"width": width, "height": height, "boxes": [[b.x0, b.top, b.x1, b.bottom] for b in boxes]}
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + out.getvalue())


if __name__ == "__main__":
    main(*sys.argv[1:4])
