"""Where the words of a document stand on a page of its PDF: a box for every line of them.

Text and page are compared letter by letter without blanks: lines end elsewhere, and a paragraph may begin on one
page and end on the next. A page without a text layer (a scan) has no letters, so its words have no boxes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.page_picture import PagePicture
from kb.models import BlockKind, Box, Document, Span, TextBlock

#: Letters that must agree where a paragraph is cut by the end of a page.
_LEAST = 8
#: How much longer or shorter a paragraph may be printed than it was read: letters put right while reading.
_SLACK = 0.1
_SIGNS = str.maketrans({"–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "\u00ad": "-", "’": "'", "‘": "'"})


@dataclass(frozen=True, slots=True)
class Printed:
    """What of a place stands on a page: boxes of its paragraph and of its words, a line each.

    `before` and `after` say that the paragraph begins on an earlier page, or goes on on the next one.
    """

    paragraph: tuple[Box, ...] = ()
    words: tuple[Box, ...] = ()
    before: bool = False
    after: bool = False


def block_at(document: Document, place: int) -> TextBlock | None:
    """The paragraph, note or table that holds a place of the source; None for furniture."""
    block = document.block_over(place)
    return None if block is None or block.kind is BlockKind.FURNITURE else block


def printed_at(
    picture: PagePicture, document: Document, number: int, place: int, words: Sequence[Span]
) -> Printed:
    """Where the paragraph with a place of the source stands on a page, and the words of it that are asked for."""
    block = block_at(document, place)
    if block is None or block.page is None or block.page > number or not picture.letters:
        return Printed()
    page = _Letters(_composed(enumerate(picture.letters)))
    asked = {at for span in words for at in range(span.start, span.end)}
    sought = _Letters(
        _composed((at, document.text[at]) for part in block.parts for at in range(part.start, part.end))
    )
    near = block.box.top if block.box and block.page == number else 0.0
    found = None
    if block.kind is not BlockKind.TABLE:  # cells stand in the file in another order
        found = _stretch(sought.text, page, picture, near, here=block.page == number)
    if found is None:
        return Printed(words=_alone(sought, page, picture, asked, near))
    low, high, start, end = found
    exact = high - low == end - start
    inside = [start + at - low for at in range(low, high) if sought.at[at] in asked] if exact else []
    lines = _lines(picture.boxes[page.at[at]] for at in inside)
    return Printed(
        _lines(picture.boxes[at] for at in page.at[start:end]),
        lines or _within(sought, page, picture, asked, (start, end)),
        low > 0,
        high < len(sought.text),
    )


class _Letters:
    """Letters in one string, each with the index of what it was made from."""

    def __init__(self, pairs: Iterable[tuple[int, str]]) -> None:
        kept = list(pairs)
        self.at = [at for at, _ in kept]
        self.text = "".join(letter for _, letter in kept)


def _composed(letters: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Letters as they are compared: composed with the marks behind them, raised figures as figures, no blanks."""
    kept: list[tuple[int, str]] = []
    for at, letter in letters:
        if unicodedata.combining(letter) and kept:
            kept[-1] = (kept[-1][0], kept[-1][1] + letter)
        elif not letter.isspace():
            kept.append((at, letter))
    for at, cluster in kept:
        for letter in unicodedata.normalize("NFKC", cluster).translate(_SIGNS):
            if not letter.isspace():
                yield at, letter


def _stretch(
    sought: str, page: _Letters, picture: PagePicture, near: float, *, here: bool
) -> tuple[int, int, int, int] | None:
    """Which letters of a paragraph stand where on a page: all of them, else its beginning, or its end."""
    whole = _nearest(sought, page, picture, near)
    if whole is not None:
        return 0, len(sought), whole, whole + len(sought)
    head = _most(sought, page.text, first=True) if here else 0
    tail = _most(sought, page.text, first=False)
    end = page.text.find(sought[len(sought) - tail :]) + tail if tail else 0
    if not head:
        return (len(sought) - tail, len(sought), end - tail, end) if tail and not here else None
    start = _nearest(sought[:head], page, picture, near)
    assert start is not None
    if tail and abs(end - start - len(sought)) <= _SLACK * len(sought):
        return 0, len(sought), start, end
    return 0, head, start, start + head


def _most(sought: str, page: str, *, first: bool) -> int:
    """How many of the first (or last) letters of a text stand on a page in a row; 0 for too few to tell."""
    low, high = 0, len(sought)
    while low < high:
        middle = (low + high + 1) // 2
        if (sought[:middle] if first else sought[len(sought) - middle :]) in page:
            low = middle
        else:
            high = middle - 1
    return low if low >= min(_LEAST, len(sought)) else 0


def _nearest(sought: str, page: _Letters, picture: PagePicture, near: float) -> int | None:
    """Where a text stands on a page, of several places the one nearest to a height."""
    found: list[int] = []
    at = page.text.find(sought) if sought else -1
    while at >= 0:
        found.append(at)
        at = page.text.find(sought, at + 1)
    return min(found, key=lambda at: abs(picture.boxes[page.at[at]].top - near), default=None)


def _within(
    sought: _Letters, page: _Letters, picture: PagePicture, asked: set[int], stretch: tuple[int, int]
) -> tuple[Box, ...]:
    """The words inside a paragraph that is printed a little otherwise than it was read."""
    words = "".join(letter for at, letter in zip(sought.at, sought.text, strict=True) if at in asked)
    start = page.text.find(words, *stretch) if words else -1
    return _lines(picture.boxes[at] for at in page.at[start : start + len(words)]) if start >= 0 else ()


def _alone(
    sought: _Letters, page: _Letters, picture: PagePicture, asked: set[int], near: float
) -> tuple[Box, ...]:
    """The words where their paragraph is not found, as in a table: of several places the one nearest to it."""
    words = "".join(letter for at, letter in zip(sought.at, sought.text, strict=True) if at in asked)
    start = _nearest(words, page, picture, near) if len(words) >= _LEAST else None
    return _lines(picture.boxes[at] for at in page.at[start : start + len(words)]) if start is not None else ()


def _lines(boxes: Iterable[Box]) -> tuple[Box, ...]:
    """The boxes of letters joined to one a line."""
    lines: list[Box] = []
    for box in boxes:
        last = lines[-1] if lines else None
        if last and last.top < (box.top + box.bottom) / 2 < last.bottom and box.x0 > last.x0:
            lines[-1] = Box(last.x0, min(last.top, box.top), max(last.x1, box.x1), max(last.bottom, box.bottom))
        else:
            lines.append(box)
    return tuple(lines)
