"""A page of a PDF as a picture, with the places of its letters.

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
from ingest.readers.pdf_show import read_letters, show_page
from kb.errors import UnreadableFile
from kb.models import Box

#: Dots an inch: sharp enough to read on a wide screen, some 150 kB a page.
DPI = 120
_SECONDS = 30


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as PNG; `width` and `height` in points; its letters without blanks, and a box for each of them."""

    png: bytes
    width: float
    height: float
    letters: tuple[str, ...] = ()
    boxes: tuple[Box, ...] = ()


def picture_page(path: Path, page: int) -> PagePicture:
    """A page (from 1) of a PDF file; `UnreadableFile` when it cannot be painted."""
    command = [sys.executable, "-m", "ingest.page_picture", str(path), str(page)]
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
    boxes = tuple(Box(*one) for one in facts["boxes"])
    return PagePicture(png, facts["width"], facts["height"], tuple(facts["letters"]), boxes)


def main(path: str, page: str) -> None:
    """Write the picture: one line of JSON, then the PNG."""
    document = open_pdf(Path(path).read_bytes())
    image, width, height = show_page(document, int(page) - 1, DPI)
    letters = read_letters(document, int(page) - 1)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=False, compress_level=4)
    head = {
        "width": width,
        "height": height,
        "letters": [letter for letter, _ in letters],
        "boxes": [[round(edge, 1) for edge in (b.x0, b.top, b.x1, b.bottom)] for _, b in letters],
    }
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + out.getvalue())


if __name__ == "__main__":
    main(*sys.argv[1:3])
