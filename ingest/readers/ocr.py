"""The door to Tesseract: a grey picture of a page becomes words with their places and how sure it is of them."""

from __future__ import annotations

import functools
import io
import os
import shutil
import subprocess
from collections import defaultdict
from statistics import median

from PIL import Image

from ingest.readers.ocr_cells import reread_cells
from ingest.readers.ocr_rules import find_rules, without_rules
from ingest.readers.pdf_lines import build_rows
from ingest.readers.pdf_print import PrintedPage, PrintedTable, Rule, Word, may_hold_table, tables_door
from kb.errors import MissingTool, UnreadableFile

DPI = 200
TIMEOUT = 120.0
_LANGUAGE = "vie"
# Rules of a page laid askew on the glass miss each other by this many points.
_SLACK = 6.0
# Words level with a table but outside it, as a part of those in it: more than stray marks, and it is half a table.
_BESIDE_MAX = 0.1
# Below this mean a page may have been laid on the glass sideways; upright pages of the worst copies stay above.
_DOUBTFUL = 0.65


def ocr_problem() -> MissingTool | None:
    """What is missing for OCR: the program or its Vietnamese data; None when all is there."""
    if shutil.which("tesseract") is None:
        return MissingTool(
            "ocr.missing",
            "cần chương trình Tesseract để đọc bản quét: cài gói tesseract-ocr và tesseract-ocr-vie",
            "Tesseract is needed to read scans: install the packages tesseract-ocr and tesseract-ocr-vie",
        )
    if _LANGUAGE not in _languages():
        return MissingTool(
            "ocr.missing_language",
            "Tesseract chưa có dữ liệu tiếng Việt: cài gói tesseract-ocr-vie",
            "Tesseract has no Vietnamese data: install the package tesseract-ocr-vie",
        )
    return None


@functools.cache
def _languages() -> frozenset[str]:
    done = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False, timeout=30)
    return frozenset((done.stdout + done.stderr).split())


def ocr_page(image: Image.Image, number: int, dpi: float = DPI) -> PrintedPage:
    """The page that a picture shows, at `dpi` dots per inch.

    A page that reads like noise is tried lying on either side too. `UnreadableFile` after two minutes.
    """
    page = _recognise(image, number, dpi)
    if page.confidence is not None and page.confidence >= _DOUBTFUL:
        return page
    if page.confidence is None and _is_blank(image):
        return page
    tries = [page]
    for turn in (Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_270):
        tries.append(_recognise(image.transpose(turn), number, dpi))
    return max(tries, key=lambda one: (one.confidence or 0.0) * sum(len(s.text) for row in one.rows for s in row))


def _is_blank(image: Image.Image) -> bool:
    """Whether hardly any of the picture is dark (fewer than one in five hundred dots)."""
    histogram = image.resize((max(image.width // 4, 1), max(image.height // 4, 1))).histogram()
    return sum(histogram[:128]) < sum(histogram) / 500


def _recognise(image: Image.Image, number: int, dpi: float) -> PrintedPage:
    scale = 72 / dpi
    page = PrintedPage(number, image.width * scale, image.height * scale, ocr=True)
    words = _words(_run_tesseract(image, dpi), scale)
    page.rules = find_rules(image, dpi)
    page.tables, outside = _tables(page.rules, words)
    if page.tables:
        cells = [cell for group in tables_door().find_cells(page.rules, _SLACK) for cell in group]
        words = reread_cells(image, cells, without_rules(words), dpi, _read_sheet)
        page.tables, outside = _tables(page.rules, words)
    page.rows = [row for row in build_rows(outside) if any(c.isalnum() for s in row for c in s.text)]
    sure = [(word.confidence or 0.0, len(word.text)) for word in words]
    letters = sum(length for _, length in sure)
    page.confidence = sum(conf * length for conf, length in sure) / letters if letters else None
    return page


def _tables(rules: list[Rule], words: list[Word]) -> tuple[list[PrintedTable], list[Word]]:
    """The ruled tables of a scan and the words outside; none where faint rules show a part of a table only."""
    if not may_hold_table(rules):
        return [], words
    tables, outside = tables_door().find_tables(rules, without_rules(words), _SLACK)
    beside = sum(any(table.top < word.baseline < table.bottom for table in tables) for word in outside)
    inside = sum(len(cell.text.split()) for table in tables for row in table.rows for cell in row)
    return (tables, outside) if tables and beside <= _BESIDE_MAX * inside else ([], words)


def _read_sheet(image: Image.Image) -> list[Word]:
    """The words of a picture that is one block of lines, their places in dots."""
    return _words(_run_tesseract(image, DPI, "6"), 1.0)


def _run_tesseract(image: Image.Image, dpi: float, layout: str = "3") -> str:
    buffer = io.BytesIO()
    image.save(buffer, "PPM")
    command = ["tesseract", "stdin", "stdout", "-l", _LANGUAGE, "--psm", layout, "--dpi", str(round(dpi)), "tsv"]
    try:
        done = subprocess.run(
            command,
            input=buffer.getvalue(),
            capture_output=True,
            check=False,
            timeout=TIMEOUT,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableFile(
            code="ocr.timeout",
            vi=f"nhận dạng quá {TIMEOUT:.0f} giây một trang",
            en=f"OCR took over {TIMEOUT:.0f} s for a page",
        ) from error
    if done.returncode != 0:
        reason = done.stderr.decode("utf-8", "replace").strip().split("\n")[-1]
        raise UnreadableFile(
            code="ocr.failed", vi=f"Tesseract báo lỗi: {reason}", en=f"Tesseract failed: {reason}"
        )
    return done.stdout.decode("utf-8", "replace")


def _words(tsv: str, scale: float) -> list[Word]:
    """The words of Tesseract's table; size and baseline are those of their line, for a word has none of its own.

    Columns: level page block par line word left top width height conf text; level 5 is a word.
    """
    lines: defaultdict[tuple[str, ...], list[tuple[str, int, int, int, int, float]]] = defaultdict(list)
    for row in tsv.split("\n")[1:]:
        field = row.split("\t")
        if len(field) == 12 and field[0] == "5" and field[11].strip():
            left, top, width, height = map(int, field[6:10])
            lines[tuple(field[1:5])].append((field[11].strip(), left, top, width, height, float(field[10])))
    words = []
    for line in lines.values():
        # Half the words have a descender or a stacked mark: the middle height is near the size of the type.
        size = median(height for _, _, _, _, height, _ in line) * scale
        baseline = median(top + height for _, _, top, _, height, _ in line) * scale
        for text, left, top, width, height, confidence in line:
            words.append(
                Word(
                    text,
                    left * scale,
                    top * scale,
                    (left + width) * scale,
                    (top + height) * scale,
                    baseline,
                    size,
                    confidence=max(confidence, 0.0) / 100,
                )
            )
    return words
