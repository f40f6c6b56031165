"""Where notes begin in plain text: a mark at the beginning of a line, and its anchor before it.

A superscript mark at the beginning of a line is enough. ``[3]``, ``(*)``, ``(1)`` and a bare figure begin items
and sentences too: there the anchor must stand before the line, and the numbering must fit.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence

from ingest.layout_anchors import FINDERS, SUPERSCRIPTS, Mark, read_raised_start, read_starts
from ingest.layout_lines import Sheet, Strip
from ingest.layout_words import is_open
from kb.models import LineKind

# A note set at the foot of a page stands at most so many letters behind its anchor.
_PAGE = 9_000
# Notes without anchor at hand are taken for notes only in such a place.
_HEADS = ("ghi chú", "chú thích", "chú ý", "ghi chu", "note")
_STAR_REACH = 6_000
_MOST_LINES_AHEAD = 70
_MOST_LEFT_OUT = 4
_FULL_LINE = 60
# A short note runs over so many lines.
_NOTE_LINES = 3
# A line drawn with signs over the first note of a page.
_RULE_RE = re.compile(r"[-_–—=]{5,}")
_NEEDED = {"bracket": "[", "star": "*", "round": ")", "close": ""}


class Anchors:
    """The marks of each kind in a text, by number, in reading order; found when first asked for."""

    def __init__(self, text: str, starts: dict[int, Mark]) -> None:
        self._text = text
        self._starts = starts
        self._found: dict[str, dict[str, list[int]]] = {}
        self._all: dict[str, list[int]] = {}

    def of(self, kind: str, number: str) -> list[int]:
        """The places of a mark."""
        found = self._found.get(kind)
        if found is None:
            places: defaultdict[str, list[int]] = defaultdict(list)
            for mark in FINDERS[kind](self._text):
                if mark.start not in self._starts:
                    places[mark.number].append(mark.start)
            found = self._found[kind] = dict(places)
            self._all[kind] = sorted(place for some in found.values() for place in some)
        return found.get(number, [])

    def between(self, kind: str, number: str, low: int, high: int) -> int | None:
        """The first place of a mark in ``[low, high)``."""
        places = self.of(kind, number)
        at = bisect_left(places, low)
        return places[at] if at < len(places) and places[at] < high else None

    def before(self, kind: str, number: str, high: int) -> int | None:
        """The last place of a mark before `high`."""
        places = self.of(kind, number)
        at = bisect_left(places, high)
        return places[at - 1] if at else None

    def any_between(self, kind: str, low: int, high: int) -> bool:
        """Whether any mark of a kind stands in ``[low, high)``."""
        self.of(kind, "")
        places = self._all[kind]
        at = bisect_left(places, low)
        return at < len(places) and places[at] < high


def find_note_starts(sheet: Sheet) -> tuple[dict[int, Mark], Anchors]:
    """The lines that begin a note, by their place in the list, with their marks; and the anchors of the text."""
    found: dict[int, Mark] = {}
    places: dict[int, Mark] = {}
    raised = any(letter in sheet.text for letter in SUPERSCRIPTS) or "<sup" in sheet.text
    for at, strip in enumerate(sheet.strips):
        if raised and strip.kind in (LineKind.TEXT, LineKind.NOTE):
            mark = read_raised_start(strip.text)
            if mark is not None and (mark.kind == "raised" or strip.kind is LineKind.NOTE):
                found[at] = mark
                places[strip.start] = mark
    anchors = Anchors(sheet.text, places)
    candidates = list(_candidates(sheet))
    if candidates:
        _confirm(sheet, candidates, anchors, found)
    return found, anchors


def _candidates(sheet: Sheet) -> Iterator[tuple[int, Mark]]:
    """Lines that may begin a note if an anchor stands before them."""
    kinds = {kind for kind, letter in _NEEDED.items() if letter in sheet.text}
    for at, strip in enumerate(sheet.strips):
        if strip.text[0] in "[(*0123456789" and strip.kind in (LineKind.TEXT, LineKind.NOTE):
            for mark in read_starts(strip.text):
                if mark.kind in kinds:
                    yield at, mark


def _confirm(
    sheet: Sheet, candidates: Sequence[tuple[int, Mark]], anchors: Anchors, found: dict[int, Mark]
) -> None:
    """Keep the candidates whose anchor stands before them."""
    strips = sheet.strips
    tried = {strips[at].start for at, mark in candidates if mark.kind == "bracket"}
    used: dict[tuple[str, str], int] = {}
    last: dict[str, tuple[int, int]] = {}  # kind -> (number of the last note, its place in the list of lines)
    for at, mark in candidates:
        strip = strips[at]
        if at in found or (mark.kind == "close" and not _may_be_close(strips, at, mark, last)):
            continue
        ruled = _RULE_RE.fullmatch(strips[at - 1].text) is not None if at else False
        if mark.kind == "round" and not ruled and not _follows_head(strips, at, mark, last):
            continue
        low = used.get((mark.kind, mark.number), 0)
        if mark.kind in ("close", "round", "star"):
            low = max(low, strip.start - (_STAR_REACH if mark.kind == "star" else _PAGE))
        places = anchors.of(mark.kind, mark.number)
        near = range(bisect_left(places, low), bisect_left(places, strip.start))
        anchor = next((places[place] for place in near if places[place] not in tried), None)
        ruled = ruled and mark.kind in ("round", "star", "bracket") and mark.value <= 1
        next_one = _counts_on(strip, mark, last) or _is_next_note(at, mark, last) or ruled
        if strip.kind is not LineKind.NOTE and anchor is None and not next_one:
            continue
        if mark.kind == "star" and not ruled and not _is_star_note(strips, at, strip):
            continue
        found[at] = mark
        if anchor is not None:
            used[mark.kind, mark.number] = anchor + 1
        last[mark.kind] = mark.value, at
    _add_first(strips, candidates, found)


def _add_first(strips: Sequence[Strip], candidates: Sequence[tuple[int, Mark]], found: dict[int, Mark]) -> None:
    """Notes whose anchors are lost, right over one that they count up to: [1] over [2], * over ** alone."""
    ahead: tuple[int, Mark] | None = None
    for at, mark in reversed(candidates):
        if ahead is not None and mark.kind == ahead[1].kind and mark.value == ahead[1].value - 1:
            near = at < ahead[0] <= at + _NOTE_LINES and strips[at].kind is LineKind.TEXT
            stars = mark.kind == "star" and mark.value == 1 and ahead[0] == at + 1 and _are_alone(strips, at)
            if near and at not in found and ((mark.kind == "bracket" and ahead[0] in found) or stars):
                found[at] = mark
                found.setdefault(*ahead)
        ahead = at, mark


def _are_alone(strips: Sequence[Strip], at: int) -> bool:
    """Whether a line and the next are the only ones around that begin with a star: others would be bullets."""
    near = strips[max(0, at - 12) : at + 14]
    return sum(one.text.startswith("*") for one in near) == 2


def _counts_on(strip: Strip, mark: Mark, last: dict[str, tuple[int, int]]) -> bool:
    """Whether a bare figure, its anchor lost, is the next of a numbering of notes, at the foot of a page."""
    number = last.get("close", (0, 0))[0]
    return (
        mark.kind == "close"
        and number > 1
        and mark.value == number + 1
        and strip.gap > 1
        and len(strip.text) >= _FULL_LINE
    )


def _is_next_note(at: int, mark: Mark, last: dict[str, tuple[int, int]]) -> bool:
    """Whether a mark in brackets, its anchor lost, stands right under the note before it."""
    number, place = last.get(mark.kind, (0, 0))
    known = mark.kind in ("bracket", "round") and number > 0
    return known and mark.value == number + 1 and at - place <= _NOTE_LINES


def _may_be_close(strips: Sequence[Strip], at: int, mark: Mark, last: dict[str, tuple[int, int]]) -> bool:
    """Whether a bare figure may begin a note: next in order, at the foot of a page."""
    number = last.get("close", (0, 0))[0]
    # The anchor of a note between may be lost: the numbering may leave a few out where a foot of a page begins.
    if mark.value != 1 and not number < mark.value <= number + _MOST_LEFT_OUT:
        return False
    strip = strips[at]
    # The first line of a note fills the page or is all of it; a row of a table is short and has no full stop.
    if len(strip.text) < _FULL_LINE and is_open(strip.text):
        return False
    before = strips[at - 1] if at else None
    apart = strip.gap > 1 or before is None or before.kind is LineKind.FURNITURE
    follows = number and mark.value == number + 1 and last["close"][1] >= at - _MOST_LINES_AHEAD
    if not (follows or (apart and (mark.value == 1 or number))):
        return False
    ahead = strips[at : at + _MOST_LINES_AHEAD]
    if number and at + len(ahead) == len(strips):
        return True  # the last page ends with the text
    return any(one.page_end or one.kind is LineKind.FURNITURE for one in ahead)


def _follows_head(strips: Sequence[Strip], at: int, mark: Mark, last: dict[str, tuple[int, int]]) -> bool:
    """Whether ``(1)`` stands under "Ghi chú:", or follows the note before it in the numbering."""
    number, place = last.get("round", (0, -100))
    if mark.value == number + 1 and at - place <= 12:
        return True
    before = strips[at - 1] if at else None
    return mark.value == 1 and before is not None and before.text.lower().lstrip("*_ ").startswith(_HEADS)


def _is_star_note(strips: Sequence[Strip], at: int, strip: Strip) -> bool:
    """A star at the beginning of a line is a bullet where the lines around begin with one too."""
    if strip.text.startswith("(*"):
        return True
    near = strips[max(0, at - 12) : at + 12]
    return sum(one.text.startswith("*") and one.kind is LineKind.TEXT for one in near) == 1
