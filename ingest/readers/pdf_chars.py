"""The door to pypdfium2: opens a PDF, reads the characters and rules of a page, paints a page.

One ctypes call costs half a microsecond and a page has three thousand characters, so each character is
asked for its code, its text object and its box only; font, size and baseline belong to the text object.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image

from ingest.readers.pdf_objects import Handle, Place, fill_color, read_fills, read_objects
from ingest.readers.pdf_print import Rule, Word
from kb.errors import UnreadableFile
from kb.text.legacy import convert_legacy, font_encoding

#: An open document, and what pdfium says of a page it cannot load.
Pdf: TypeAlias = pdfium.PdfDocument
PageError: TypeAlias = pdfium.PdfiumError

_BREAKS = {0, 10, 13}
# pdfium gives a hyphen at the end of a line as one of these.
_HYPHENS = {2, 0xFFFE}
_SPACES = {9, 32, 0xA0, 0x3000, *range(0x2000, 0x200B)}
_UNKNOWN = {0xFFFD, 0xFFFF}
_BOLD_RE = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_ITALIC_RE = re.compile(r"ital|obli", re.IGNORECASE)
_FORCE_BOLD = 1 << 18
_WHITE = 250
_RENDER_FILL_STROKE = 2
_RENDER_INVISIBLE = 3
_PRINTED_ANNOTATIONS = {
    pdfium_c.FPDF_ANNOT_FREETEXT,
    pdfium_c.FPDF_ANNOT_STAMP,
    pdfium_c.FPDF_ANNOT_WIDGET,
}


@dataclass(slots=True)
class PageContent:
    """What a page holds.

    Attributes:
        width, height: of the upright page, in points.
        words: in the order of the file.
        rules: straight lines, as drawn.
        image_share: part of the page that its pictures cover, 0 to 1.
        paths: number of drawn paths.
        chars, unknown, hidden: letters; those without a Unicode value; those painted invisibly (an OCR layer).
        white: words painted white on white, which are no part of `words`.
    """

    width: float
    height: float
    words: list[Word]
    rules: list[Rule]
    image_share: float
    paths: int
    chars: int
    unknown: int
    hidden: int
    white: tuple[str, ...] = ()


class _Face(NamedTuple):
    size: float
    bold: bool
    italic: bool
    hidden: bool
    white: bool
    angle: int
    encoding: str | None
    capitals: bool


def open_pdf(data: bytes) -> Pdf:
    """The document; `UnreadableFile` says why there is none."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium_c.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            raise UnreadableFile(
                code="pdf.encrypted", vi="tệp PDF có mật khẩu", en="the PDF is protected by a password"
            ) from error
        raise UnreadableFile(
            code="pdf.damaged", vi="tệp PDF bị hỏng hoặc bị cắt cụt", en="the PDF is damaged or cut short"
        ) from error
    if len(document) == 0:
        document.close()
        raise UnreadableFile(code="pdf.no_pages", vi="tệp PDF không có trang nào", en="the PDF has no pages")
    return document


def read_page(document: Pdf, index: int, stamped: bool = True) -> PageContent:
    """The content of a page, with what is stamped on it unless told not; `PageError` where it is damaged."""
    page = _load_stamped(document, index) if stamped else document[index]
    textpage = None
    try:
        textpage = page.get_textpage()
        chars = _CharReader(page, textpage)
        chars.read()
        paths, rules, image_share = read_objects(page, chars.place)
        unseen = chars.find_unseen(read_fills(page, chars.place)) if chars.white else set()
        return PageContent(
            chars.width,
            chars.height,
            [word for index, word in enumerate(chars.words) if index not in unseen],
            rules,
            image_share,
            paths,
            chars.count,
            chars.unknown,
            chars.hidden,
            tuple(chars.words[index].text for index in sorted(unseen)),
        )
    finally:
        if textpage is not None:
            textpage.close()
        page.close()


def _load_stamped(document: Pdf, index: int) -> pdfium.PdfPage:
    """The page, with what is stamped on it (number and date, signatures, remarks) as a part of it for good."""
    page = document[index]
    raw = page.raw
    for at in range(pdfium_c.FPDFPage_GetAnnotCount(raw)):
        annotation = pdfium_c.FPDFPage_GetAnnot(raw, at)
        kind = pdfium_c.FPDFAnnot_GetSubtype(annotation) if annotation else None
        pdfium_c.FPDFPage_CloseAnnot(annotation)
        if kind in _PRINTED_ANNOTATIONS:
            pdfium_c.FPDFPage_Flatten(raw, pdfium_c.FLAT_NORMALDISPLAY)
            page.close()
            return document[index]
    return page


def paint_page(document: Pdf, index: int, dpi: int) -> tuple[Image.Image, float]:
    """The page without its stamps as a grey picture of at most 40 million dots, and its dots an inch."""
    page = document[index]
    try:
        width, height = page.get_size()
        scale = min(dpi / 72, math.sqrt(40e6 / max(width * height, 1)))
        bitmap = page.render(scale=scale, grayscale=True, draw_annots=False, may_draw_forms=False)
        try:
            return bitmap.to_pil().copy(), 72 * scale
        finally:
            bitmap.close()
    finally:
        page.close()


def upright(page: pdfium.PdfPage, turned: int) -> tuple[Place, float, float]:
    """How a point of the page lies on the upright page (from its top left corner), and its width and height."""
    left, bottom, right, top = page.get_bbox()
    width, height = right - left, top - bottom
    if turned == 90:
        return (lambda x, y: (y - bottom, x - left)), height, width
    if turned == 180:
        return (lambda x, y: (right - x, y - bottom)), width, height
    if turned == 270:
        return (lambda x, y: (top - y, right - x)), height, width
    return (lambda x, y: (x - left, top - y)), width, height


class _CharReader:
    """Gathers the characters of one page into words."""

    def __init__(self, page: pdfium.PdfPage, textpage: pdfium.PdfTextPage) -> None:
        self.raw = textpage.raw
        self.total = pdfium_c.FPDFText_CountChars(self.raw)
        self.rotation = page.get_rotation()
        self.page = page
        self.faces: dict[int, _Face] = {}
        self.fonts: dict[int, tuple[bool, bool, str | None, bool]] = {}
        self.words: list[Word] = []
        self.white: set[int] = set()
        self.count = self.unknown = self.hidden = 0
        self.place, self.width, self.height = upright(page, self.rotation)

    def read(self) -> None:
        """Fill `words`; a page whose letters mostly run sideways is turned upright."""
        self._read_chars()
        angles = Counter({word.angle: 0 for word in self.words})
        for word in self.words:
            angles[word.angle] += len(word.text)
        if not angles:
            return
        angle, letters = angles.most_common(1)[0]
        if angle in (90, 180, 270) and letters > 0.6 * angles.total():
            self.rotation = (self.rotation - angle) % 360
            self.place, self.width, self.height = upright(self.page, self.rotation)
            self.words.clear()
            self.white.clear()
            self.faces.clear()
            self.count = self.unknown = self.hidden = 0
            self._read_chars()

    def find_unseen(self, fills: list[Rule]) -> set[int]:
        """The white words that stand on no coloured ground: typing marks that nobody is meant to read."""
        unseen = set()
        for index in self.white:
            word = self.words[index]
            x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
            if not any(fill.x0 <= x <= fill.x1 and fill.top <= y <= fill.bottom for fill in fills):
                unseen.add(index)
        return unseen

    def _read_chars(self) -> None:
        raw, faces = self.raw, self.faces
        get_code, get_object = pdfium_c.FPDFText_GetUnicode, pdfium_c.FPDFText_GetTextObject
        get_box, address = pdfium_c.FPDFText_GetLooseCharBox, ctypes.addressof
        rect = pdfium_c.FS_RECTF()
        letters: list[str] = []
        spaced, key, face, start = True, 0, None, 0
        left = bottom = right = top = 0.0
        for index in range(self.total):
            code = get_code(raw, index)
            if code in _SPACES or code in _BREAKS:
                if letters and face:
                    self._flush(letters, face, start, (left, bottom, right, top), spaced)
                    letters, spaced = [], False
                # pdfium breaks sideways text between any two pieces; there the distance decides.
                spaced = spaced or code in _SPACES
                continue
            if code in _HYPHENS:
                code = 0x2D
            pointer = get_object(raw, index)
            if not pointer:
                continue
            here = address(pointer.contents)
            get_box(raw, index, rect)
            if letters and (here != key or _apart(rect, left, right, bottom, top)):
                if face:
                    self._flush(letters, face, start, (left, bottom, right, top), spaced)
                letters, spaced = [], False
            if here != key:
                key = here
                face = faces.get(here) or self._read_face(pointer, here)
            if letters:
                left, right = min(left, rect.left), max(right, rect.right)
                bottom, top = min(bottom, rect.bottom), max(top, rect.top)
            else:
                start, left, bottom, right, top = index, rect.left, rect.bottom, rect.right, rect.top
            letters.append(chr(code))
        if letters and face:
            self._flush(letters, face, start, (left, bottom, right, top), spaced)

    def _flush(
        self, letters: list[str], face: _Face, start: int, box: tuple[float, float, float, float], spaced: bool
    ) -> None:
        text = "".join(letters)
        self.count += len(text)
        self.hidden += len(text) if face.hidden else 0
        self.unknown += sum(0xE000 <= ord(c) <= 0xF8FF or ord(c) in _UNKNOWN or c < " " for c in text)
        if not text.isascii() and any("\ud800" <= c <= "\udfff" for c in text):
            text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        if face.encoding:
            text = convert_legacy(text, face.encoding)
            text = text.upper() if face.capitals else text
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium_c.FPDFText_GetCharOrigin(self.raw, start, x, y)
        x0, top = self.place(box[0], box[3])
        x1, bottom = self.place(box[2], box[1])
        if x0 > x1:
            x0, x1 = x1, x0
        if top > bottom:
            top, bottom = bottom, top
        if face.white:
            self.white.add(len(self.words))
        size = face.size if 0.5 < face.size < 2000 else max(bottom - top, 1.0)
        baseline = self.place(x.value, y.value)[1] if face.angle == 0 else bottom
        self.words.append(
            Word(text, x0, top, x1, bottom, baseline, size, face.bold, face.italic, spaced, face.angle)
        )

    def _read_face(self, pointer: Handle, here: int) -> _Face:
        size = ctypes.c_float()
        pdfium_c.FPDFTextObj_GetFontSize(pointer, size)
        matrix = pdfium_c.FS_MATRIX()
        pdfium_c.FPDFPageObj_GetMatrix(pointer, matrix)
        mode = pdfium_c.FPDFTextObj_GetTextRenderMode(pointer)
        scale = math.hypot(matrix.c, matrix.d) or 1.0
        # The matrix turns anticlockwise, the page clockwise.
        angle = (self.rotation - round(math.degrees(math.atan2(matrix.b, matrix.a)))) % 360
        font = pdfium_c.FPDFTextObj_GetFont(pointer)
        bold, italic, encoding, capitals = self._read_font(font) if font else (False, False, None, False)
        self.faces[here] = _Face(
            abs(size.value) * scale,
            bold or mode == _RENDER_FILL_STROKE,
            italic or (matrix.b == 0 and abs(matrix.c) > 0.1 * abs(matrix.d)),
            mode == _RENDER_INVISIBLE,
            _is_white(pointer),
            angle,
            encoding,
            capitals,
        )
        return self.faces[here]

    def _read_font(self, font: Handle) -> tuple[bool, bool, str | None, bool]:
        key = ctypes.addressof(font.contents)
        if key not in self.fonts:
            buffer = ctypes.create_string_buffer(256)
            pdfium_c.FPDFFont_GetBaseFontName(font, buffer, 256)
            name = buffer.value.decode("utf-8", "replace")
            bold = bool(_BOLD_RE.search(name)) or bool(pdfium_c.FPDFFont_GetFlags(font) & _FORCE_BOLD)
            angle = ctypes.c_int()
            pdfium_c.FPDFFont_GetItalicAngle(font, angle)
            italic = bool(_ITALIC_RE.search(name)) or angle.value != 0
            encoding, capitals = font_encoding(name)
            self.fonts[key] = bold, italic, encoding, capitals
        return self.fonts[key]


def _is_white(pointer: Handle) -> bool:
    return min(fill_color(pointer)) >= _WHITE


def _apart(rect: Handle, left: float, right: float, bottom: float, top: float) -> bool:
    """Whether a character stands away from the word so far, in any direction of writing."""
    size = max(rect.top - rect.bottom, rect.right - rect.left, 1.0)
    level = min(abs(rect.left - right), abs(left - rect.right))
    upright = min(abs(rect.bottom - top), abs(bottom - rect.top))
    beside = rect.bottom < top and bottom < rect.top
    above = rect.left < right and left < rect.right
    if beside and above:
        return False
    return bool((level if beside else upright) > 0.25 * size)
