"""Page numbers, running heads and feet, stamps of digital signatures: kept in the text, marked as furniture."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from ingest.readers.pdf_print import PrintedPage, Segment
from kb.models import LineKind

# Rows at the head and the foot of a page among which furniture is sought, and how far they reach in.
_ROWS = 3
_BAND = 0.14
_DIGITS_RE = re.compile(r"\d+")
_NUMBER_RE = re.compile(
    r"""\s* (?: (?:Trang|Page|tr\.?)\s* )?   # "Trang 3"
        [-–—|(\[]? \s* (?P<number>\d{1,4}) \s* [-–—|)\]]?
        (?: \s*/\s*\d{1,4} )? \s*            # "3/36"
    """,
    re.VERBOSE | re.IGNORECASE,
)
_GAZETTE_RE = re.compile(
    r"CÔNG\s+BÁO\s*/\s*Số\s.*Ngày|^\s*CÔNG\s+BÁO\s*$|^\s*\d*\s*CÔNG BÁO\s.*\bSố\s", re.IGNORECASE
)
_STAMP_RE = re.compile(
    r"""^\s*(?: (?:Người|Ngày|Giờ|Thời\s+gian)\s+ký\b | Ký\s+bởi\b | Ký\s+(?:số\s+)?ngày\b | Được\s+ký\s+bởi
        | Digitally\s+signed | (?:Signature|Signed)\s+(?:Not\s+)?(?:by|Verified|valid)
        | (?:E-?mail|Cơ\s+quan|Tổ\s+chức|Chức\s+vụ|Thời\s+gian|Date|Reason|Location)\s*: )""",
    re.VERBOSE | re.IGNORECASE,
)
_STAMP_SURE_RE = re.compile(
    r"^\s*(?:Người ký|Ký bởi|Được ký bởi|Thời gian ký|Digitally signed|Signature Not Verified)\b", re.IGNORECASE
)


def mark_furniture(pages: Sequence[PrintedPage]) -> None:
    """Set the kind of every segment of furniture."""
    for page in pages:
        _mark_stamps(page)
    _mark_repeated(pages)
    _mark_numbers(pages)


def _edges(page: PrintedPage) -> Iterator[tuple[Segment, str]]:
    """Segments of the outermost rows of a page with the side they stand at."""
    text = [row for row in page.rows if any(s.kind is LineKind.TEXT for s in row) and not row[0].turned]
    for side, rows in (("head", text[:_ROWS]), ("foot", text[-_ROWS:][::-1])):
        for row in rows:
            for segment in row:
                far = segment.bottom if side == "head" else page.height - segment.top
                if far < _BAND * page.height:
                    yield segment, side
    for row in page.rows:
        if row[0].turned and min(row[0].x0, page.width - row[0].x1) < _BAND * page.width:
            yield row[0], "side"


def _mark_repeated(pages: Sequence[PrintedPage]) -> None:
    """Lines that stand at the same height on several pages, figures apart."""
    seen: defaultdict[tuple[str, str], list[tuple[int, Segment]]] = defaultdict(list)
    for page in pages:
        for segment, side in _edges(page):
            for shape in _shapes(segment.text, page.number):
                seen[side, shape].append((page.number, segment))
            if _GAZETTE_RE.search(segment.text):
                segment.kind = LineKind.FURNITURE
    for found in seen.values():
        if len(found) < 2:
            continue
        near = sum(1 for (a, one), (b, two) in pairwise(found) if b - a <= 2 and abs(one.top - two.top) < 12)
        if near + 1 >= max(min(3, len(pages)), len(found) // 2):
            for _, segment in found:
                segment.kind = LineKind.FURNITURE


def _shapes(text: str, page: int) -> set[str]:
    """What a line has in common with running heads: its words, and one of its numbers may count the pages."""
    shapes = set() if text.isdigit() else {text}
    for found in _DIGITS_RE.finditer(text):
        offset = int(found.group()) - page if len(found.group()) < 6 else 0
        shapes.add(f"{text[: found.start()]}#{offset}{text[found.end() :]}")
    return shapes


def _mark_numbers(pages: Sequence[PrintedPage]) -> None:
    """Lone figures at the edge that count the pages: two pages agree, or a running head stands beside."""
    found: list[tuple[int, Segment, bool]] = []
    for page in pages:
        for segment, _ in _edges(page):
            number = _NUMBER_RE.fullmatch(segment.text)
            if number and segment.kind is LineKind.TEXT:
                row = next(row for row in page.rows if segment in row)
                others = [other for other in row if other is not segment]
                if all(other.kind is LineKind.FURNITURE for other in others):
                    found.append((int(number["number"]) - page.number, segment, bool(others)))
    offsets = Counter(offset for offset, _, _ in found)
    for offset, segment, beside in found:
        if offsets[offset] >= 2 or offset == 0 or beside:
            segment.kind = LineKind.FURNITURE


def _mark_stamps(page: PrintedPage) -> None:
    """The block a signing program prints: lines set close together that begin with its labels."""
    segments = [segment for row in page.rows for segment in row]
    for index, segment in enumerate(segments):
        if _STAMP_SURE_RE.match(segment.text):
            for other in _close(segments, index):
                if _STAMP_RE.match(other.text) or other.size < 0.8 * _body_size(segments):
                    other.kind = LineKind.FURNITURE


def _close(segments: Sequence[Segment], index: int) -> Iterable[Segment]:
    """Segments within a few lines of one, overlapping it from left to right."""
    one = segments[index]
    reach = 6 * one.size
    return [
        s
        for s in segments
        if s is one
        or (abs(s.top - one.top) < reach and s.x0 < one.x1 and one.x0 < s.x1 and s.size < 1.3 * one.size)
    ]


def _body_size(segments: Sequence[Segment]) -> float:
    sizes: Counter[float] = Counter()
    for segment in segments:
        sizes[segment.size] += len(segment.text)
    return sizes.most_common(1)[0][0]
