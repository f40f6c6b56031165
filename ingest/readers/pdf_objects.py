"""What is drawn on a page of a PDF besides letters: straight rules, and how much of it pictures cover."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ingest.readers.pdf_print import Rule

#: A pointer that pdfium gave out, or a structure it fills.
Handle: TypeAlias = Any
#: From a point of the page as stored to one of the upright page, from its top left corner.
Place: TypeAlias = Callable[[float, float], tuple[float, float]]

# Drawings have tens of thousands of paths; no table does.
_PATHS_MAX = 6000
_FORM_DEPTH = 4
# A ground for letters is at least this high and not this near to white.
_GROUND, _PALE = 5.0, 240


def read_objects(page: pdfium.PdfPage, place: Place) -> tuple[int, list[Rule], float]:
    """Number of paths, straight rules, and the share of the page that pictures cover."""
    rules: list[Rule] = []
    covered, paths = 0.0, 0
    left, bottom, right, top = page.get_bbox()
    area = max((right - left) * (top - bottom), 1.0)
    for kind, pointer, matrices in _iter_objects(
        page.raw, pdfium_c.FPDFPage_CountObjects, pdfium_c.FPDFPage_GetObject
    ):
        if kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            x0, y0, x1, y1 = _bounds(pointer, matrices)
            wide = max(0.0, min(x1, right) - max(x0, left))
            covered += wide * max(0.0, min(y1, top) - max(y0, bottom))
        elif kind == pdfium_c.FPDF_PAGEOBJ_PATH:
            paths += 1
            if paths <= _PATHS_MAX:
                rules += _path_rules(pointer, matrices, place)
    return paths, rules, min(covered / area, 1.0)


def read_fills(page: pdfium.PdfPage, place: Place) -> list[Rule]:
    """The boxes of pictures and coloured areas."""
    fills = []
    for kind, pointer, matrices in _iter_objects(
        page.raw, pdfium_c.FPDFPage_CountObjects, pdfium_c.FPDFPage_GetObject
    ):
        x0, y0, x1, y1 = _bounds(pointer, matrices)
        if min(x1 - x0, y1 - y0) > _GROUND and (
            kind != pdfium_c.FPDF_PAGEOBJ_PATH or min(fill_color(pointer)) < _PALE
        ):
            fills.append(_rule(place(x0, y1), place(x1, y0)))
    return fills


def fill_color(pointer: Handle) -> tuple[int, int, int]:
    """Red, green and blue of what an object is filled with, 0 to 255."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    pdfium_c.FPDFPageObj_GetFillColor(pointer, red, green, blue, alpha)
    return red.value, green.value, blue.value


def _iter_objects(
    holder: Handle,
    count: Callable[[Handle], int],
    get: Callable[[Handle, int], Handle],
    depth: int = 0,
    matrices: tuple[Handle, ...] = (),
) -> Iterator[tuple[int, Handle, tuple[Handle, ...]]]:
    for index in range(count(holder)):
        pointer = get(holder, index)
        kind = pdfium_c.FPDFPageObj_GetType(pointer)
        if kind == pdfium_c.FPDF_PAGEOBJ_TEXT:
            continue
        if kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth < _FORM_DEPTH:
            matrix = pdfium_c.FS_MATRIX()
            pdfium_c.FPDFPageObj_GetMatrix(pointer, matrix)
            yield from _iter_objects(
                pointer,
                pdfium_c.FPDFFormObj_CountObjects,
                pdfium_c.FPDFFormObj_GetObject,
                depth + 1,
                (matrix, *matrices),
            )
        else:
            yield kind, pointer, matrices


def _map(x: float, y: float, matrices: tuple[Handle, ...]) -> tuple[float, float]:
    for m in matrices:
        x, y = m.a * x + m.c * y + m.e, m.b * x + m.d * y + m.f
    return x, y


def _bounds(pointer: Handle, matrices: tuple[Handle, ...]) -> tuple[float, float, float, float]:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium_c.FPDFPageObj_GetBounds(pointer, left, bottom, right, top)
    x0, y0 = _map(left.value, bottom.value, matrices)
    x1, y1 = _map(right.value, top.value, matrices)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _path_rules(pointer: Handle, matrices: tuple[Handle, ...], place: Place) -> list[Rule]:
    """The straight lines of a path: a thin box is one; of a wider one the strokes along its sides."""
    x0, y0, x1, y1 = _bounds(pointer, matrices)
    if min(x1 - x0, y1 - y0) <= 3:
        return [_rule(place(x0, y1), place(x1, y0))] if max(x1 - x0, y1 - y0) > 5 else []
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDFPath_GetDrawMode(pointer, fill, stroke)
    if not stroke.value:
        return []
    own = pdfium_c.FS_MATRIX()
    pdfium_c.FPDFPageObj_GetMatrix(pointer, own)
    x, y = ctypes.c_float(), ctypes.c_float()
    found, first, last = [], None, None
    for index in range(min(pdfium_c.FPDFPath_CountSegments(pointer), 400)):
        segment = pdfium_c.FPDFPath_GetPathSegment(pointer, index)
        pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
        point = place(*_map(x.value, y.value, (own, *matrices)))
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        if kind == pdfium_c.FPDF_SEGMENT_LINETO and last is not None:
            found.append(_rule(last, point))
        if kind == pdfium_c.FPDF_SEGMENT_MOVETO:
            first = point
        if pdfium_c.FPDFPathSegment_GetClose(segment) and first is not None:
            found.append(_rule(point, first))
        last = point
    return [rule for rule in found if min(rule.x1 - rule.x0, rule.bottom - rule.top) <= 3]


def _rule(one: tuple[float, float], other: tuple[float, float]) -> Rule:
    return Rule(min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1]))
