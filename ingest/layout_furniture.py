"""What is no word of the document: drawn lines, page numbers, running heads, stamps of signing programs.

Readers of paged formats tell most of it by place. Here it is told by the words alone, for text exported from a
scan, a gazette or a web page, and only where the text shows it: numbers that count up a page apart, a head that
stands beside them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from ingest.layout_lines import Sheet, Strip
from ingest.layout_website import mark_website
from kb.models import LineKind

_RULE_RE = re.compile(r"[-–—_=~#|\s]{2,}|\*{3,}|(?:\*\s+)+\*|[*_=~#|]")
_RULE_FIRST = frozenset("-–—_=~#|*<[(TtPp")
# What programs print where a page begins: "--- Trang 3 ---", "<!-- page 3 -->", "Page 3 of 9".
_MARKER_RE = re.compile(
    r"[-–—=#*<!\[(\s]*(?:Trang|Page)\s+(?:số\s+)?\d{1,4}(?:\s*(?:/|of|trên)\s*\d{1,4})?[-–—=#*>\])\s]*|<!--.*-->",
    re.IGNORECASE,
)
_NUMBER_RE = re.compile(
    r"(?:(?:Trang|Page|tr\.)\s*)?[-–—(\[]?\s*(?P<number>\d{1,4})\s*[-–—)\]]?(?:\s*/\s*\d{1,4})?", re.IGNORECASE
)
_NUMBER_FIRST = frozenset("0123456789-–—([TtPp")
_GAZETTE_RE = re.compile(r"(?:\d{1,4}\s+)?CÔNG\s+BÁO\s*/\s*Số\s.{1,40}Ngày\s[\d/.\-–]+(?:\s+\d{1,4})?")
_STAMP_RE = re.compile(r"(?:Người ký|Ký bởi|Được ký bởi|Signature Not Verified|Digitally signed)\b", re.IGNORECASE)
_STAMP_LINE_RE = re.compile(
    r"""(?:Người\s+ký|Ký\s+bởi|Được\s+ký|E-?mail|Cơ\s+quan|Tổ\s+chức|Chức\s+vụ|Thời\s+gian\s+ký|Ngày\s+ký|Giờ\s+ký|Ký\s+ngày
        |Digitally|Signature|Date|Reason|Location|DN)\s*[:.]?""",
    re.VERBOSE | re.IGNORECASE,
)
# A page holds at least and at most so many letters (a page of a table is short, a gazette's small print long).
_PAGE_LEAST, _PAGE_MOST = 700, 12_000
_CHAIN_LEAST = 3
_STAMP_MOST = 6
# A line that a page end cuts has at least so many letters.
_FULL_LINE = 45


def mark_furniture(sheet: Sheet) -> None:
    """Set the kind of every line of furniture that the reader has not told."""
    strips = sheet.strips
    before: Strip | None = None
    for strip in strips:
        if strip.kind is LineKind.FURNITURE and before is not None and _ends_note(before, strip):
            strip.kind = LineKind.NOTE
        before = strip
        if strip.text[0] not in _RULE_FIRST or strip.kind is not LineKind.TEXT:
            continue
        if _is_rule(strip):
            strip.kind = LineKind.FURNITURE
        elif strip.plain and _MARKER_RE.fullmatch(strip.text):
            strip.kind = LineKind.FURNITURE
            strip.page_end = True
    if any(strip.plain for strip in strips):
        mark_website(sheet)
        _mark_stamps(strips)
        numbers = _mark_gazette(strips)
        numbers |= _mark_numbers(strips)
        _mark_heads(strips, numbers)


def _ends_note(before: Strip, strip: Strip) -> bool:
    """Whether a line taken for furniture, because many pages end so, is the rest of the note above it."""
    box, above = strip.line.box, before.line.box
    if before.kind is not LineKind.NOTE or box is None or above is None or strip.line.page != before.line.page:
        return False
    near = 0 <= box.top - above.top < 2 * (above.bottom - above.top)
    return near and before.open and any(map(str.isalpha, strip.text))


def _is_rule(strip: Strip) -> bool:
    return _RULE_RE.fullmatch(strip.text) is not None


def _mark_stamps(strips: Sequence[Strip]) -> None:
    """The block that a signing program prints: lines that begin with its labels."""
    for at, strip in enumerate(strips):
        if strip.text[0] in "NKĐSDnkđsd" and strip.kind is LineKind.TEXT and _STAMP_RE.match(strip.text):
            after = strips[at : at + _STAMP_MOST]
            if sum(bool(_STAMP_LINE_RE.match(one.text)) for one in after) >= 3:
                for one in after:
                    if not _STAMP_LINE_RE.match(one.text):
                        break
                    one.kind = LineKind.FURNITURE


def _mark_gazette(strips: Sequence[Strip]) -> set[int]:
    """The running head of the gazette, ``CÔNG BÁO/Số 693 + 694/Ngày 07-6-2024``, with the number beside it."""
    found = set()
    for at, strip in enumerate(strips):
        if "CÔNG" in strip.text[:60] and strip.kind is LineKind.TEXT and _GAZETTE_RE.fullmatch(strip.text):
            strip.kind = LineKind.FURNITURE
            found.add(at)
            for near in (at - 1, at + 1):
                if 0 <= near < len(strips) and strips[near].kind is LineKind.TEXT and strips[near].text.isdigit():
                    strips[near].kind = LineKind.FURNITURE
                    found.add(near)
    _mark_ends(strips, found)
    return found


def _mark_numbers(strips: Sequence[Strip]) -> set[int]:
    """Lone numbers that count up, a page of text apart."""
    lone = list(_lone_numbers(strips))
    if not lone:
        return set()
    paged = _beside_form_feeds(strips, lone)
    chains: dict[int, tuple[int, int, int]] = {}  # number -> place in `lone`, length of the chain, its last line
    longest: list[tuple[int, int | None]] = []
    for place, (at, number) in enumerate(lone):
        best, before = 1, None
        for step in (1, 2):
            chain = chains.get(number - step)
            if chain is None:
                continue
            letters = strips[at].start - strips[chain[2]].start
            if step * _PAGE_LEAST <= letters <= step * _PAGE_MOST and chain[1] + 1 > best:
                best, before = chain[1] + 1, chain[0]
        longest.append((best, before))
        if number not in chains or best > 1:
            chains[number] = place, best, at
    found = paged | {at for at, _ in lone if _cuts_sentence(strips, at) and len(strips[at - 1].text) >= _FULL_LINE}
    top = max(range(len(lone)), key=lambda place: longest[place][0])
    if longest[top][0] >= _CHAIN_LEAST or (longest[top][0] == 2 and _cuts_sentence(strips, lone[top][0])):
        link: int | None = top
        while link is not None:
            found.add(lone[link][0])
            link = longest[link][1]
    for at in found:
        strips[at].kind = LineKind.FURNITURE
    _mark_ends(strips, found)
    return found


def _lone_numbers(strips: Sequence[Strip]) -> Iterator[tuple[int, int]]:
    for at, strip in enumerate(strips):
        if not _is_short(strip) or _is_beside_number(strips, at):
            continue
        number = _NUMBER_RE.fullmatch(strip.text)
        if number:
            yield at, int(number["number"])


def _is_short(strip: Strip) -> bool:
    return len(strip.text) <= 14 and strip.text[0] in _NUMBER_FIRST and strip.kind is LineKind.TEXT


def _is_beside_number(strips: Sequence[Strip], at: int) -> bool:
    """Whether a number stands in the line before or after, as in a table written a cell a line."""
    near = (*strips[max(0, at - 2) : at], *strips[at + 1 : at + 3])
    return any(one.text[0].isdigit() and len(one.text) <= 14 for one in near)


def _beside_form_feeds(strips: Sequence[Strip], lone: Sequence[tuple[int, int]]) -> set[int]:
    """Lone numbers that begin or end a page: the number of that page, or two or more that count with the pages."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    for at, number in lone:
        page = strips[at].line.page
        if page is not None and (strips[at].page_end or at + 1 == len(strips) or strips[at + 1].page_end):
            found[number - page].add(at)
    return {at for offset, agreeing in found.items() if len(agreeing) > 1 or offset == 0 for at in agreeing}


def _cuts_sentence(strips: Sequence[Strip], at: int) -> bool:
    """Whether the line before a page number goes on after it."""
    return 0 < at < len(strips) - 1 and strips[at - 1].open and strips[at + 1].small


def _mark_heads(strips: Sequence[Strip], numbers: set[int]) -> None:
    """Lines beside page numbers, or at the edge of pages, that come again and again."""
    edges = {near for at in numbers for near in (at - 1, at + 1)}
    paged = any(strip.page_end for strip in strips)
    if paged:
        edges |= {at - side for at, strip in enumerate(strips) if strip.page_end for side in (0, 1)}
    alike: defaultdict[str, list[int]] = defaultdict(list)
    for at in edges:
        if 0 <= at < len(strips) and _may_be_head(strips[at]):
            alike[re.sub(r"\d+", "0", strips[at].text)].append(at)
    pages = max(len(numbers), sum(strip.page_end for strip in strips) if paged else 0)
    for found in alike.values():
        if len(found) >= max(3, pages // 3):
            for at in found:
                strips[at].kind = LineKind.FURNITURE


def _may_be_head(strip: Strip) -> bool:
    if strip.kind is not LineKind.TEXT or not strip.plain or len(strip.text) > 120:
        return False
    return any(map(str.isalpha, strip.text))


def _mark_ends(strips: Sequence[Strip], found: set[int]) -> None:
    """A page ends where its number or head stands."""
    for at in found:
        if at + 1 < len(strips):
            strips[at + 1].page_end = True
        strips[at].page_end = True
