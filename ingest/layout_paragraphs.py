"""From lines to paragraphs and notes: what a page end cut is one again, a note that runs on is one note.

First every run of lines that touch becomes a paragraph; then the paragraphs are read in order, and those that go
on over a page end, with that page's notes in between, are joined.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.layout_anchors import Mark
from ingest.layout_joints import Joints
from ingest.layout_lines import Sheet, Strip
from ingest.layout_notes import Anchors, find_note_starts
from ingest.layout_words import bullet_of, label_style, last_letter
from ingest.readers.flow import is_foot_line
from kb.models import LineKind

_BEFORE_ANCHOR = 220
_APPENDIX_RE = re.compile(r"(?:Phụ lục|Mẫu|Biểu)\b", re.IGNORECASE)
_LEADS = (":", ";", "")
_CLOSING = ("Nơi", "NƠI", "TM", "T/", "KT", "K/", "TL", "TU", "Q.")
_COUNTED_RE = re.compile(r"\((?P<number>\d{1,2})\)")
# Between two notes of one zone stand at most so many paragraphs of the first.
_MOST_BETWEEN = 60


class Piece:
    """A paragraph, note, row or piece of furniture in the making: its lines and, for a note, its mark."""

    __slots__ = ("kind", "mark", "strips")

    def __init__(self, strip: Strip, kind: LineKind, mark: Mark | None = None) -> None:
        self.strips = [strip]
        self.kind = kind
        self.mark = mark

    @property
    def first(self) -> Strip:
        """Its first line."""
        return self.strips[0]

    @property
    def last(self) -> Strip:
        """Its last line."""
        return self.strips[-1]


def build_pieces(sheet: Sheet) -> list[Piece]:
    """The lines put together, in reading order; a paragraph stands where it begins."""
    starts, anchors = find_note_starts(sheet)
    joints = Joints(sheet.text, sheet.strips)
    pieces = _touching(sheet.strips, starts, joints)
    return _Reader(sheet, pieces, anchors, joints).read()


def _touching(strips: Sequence[Strip], starts: dict[int, Mark], joints: Joints) -> list[Piece]:
    """Runs of lines with nothing between them."""
    pieces: list[Piece] = []
    text: Strip | None = None  # the last line of running text
    for at, strip in enumerate(strips):
        mark = starts.get(at)
        if mark is not None or strip.kind is not LineKind.TEXT:
            note = mark is not None or strip.kind is LineKind.NOTE
            piece = pieces[-1] if pieces else None
            goes_on = mark is None and note and not strip.line.whole
            if goes_on and piece is not None and piece.kind is LineKind.NOTE:
                piece.strips.append(strip)
            else:
                pieces.append(Piece(strip, LineKind.NOTE if note else strip.kind, mark))
            continue
        piece = pieces[-1] if pieces else None
        after = strips[at + 1] if at + 1 < len(strips) else None
        if piece is None or not _joins(piece, strip, after, text, joints):
            pieces.append(Piece(strip, LineKind.TEXT))
        else:
            piece.strips.append(strip)
        if pieces[-1].kind is LineKind.TEXT:
            text = strip
    return pieces


def _joins(piece: Piece, strip: Strip, after: Strip | None, text: Strip | None, joints: Joints) -> bool:
    if piece.kind is LineKind.TEXT:
        return joints.touching(piece.last, strip, after) or _counts_on(piece, strip)
    if piece.kind is not LineKind.NOTE or piece.last.kind is LineKind.NOTE or strip.gap > 1 or strip.page_end:
        return False
    last = piece.last
    if piece.mark is not None and last is piece.first and len(last.text) <= piece.mark.end:
        return True
    if strip.label:
        return False
    if strip.small and text is not None and text.open and not joints.fills(last, strip):
        return False
    if strip.small:
        return last.open or joints.wrapped
    return joints.wrapped and joints.goes_on(last, strip, after)


def _counts_on(piece: Piece, strip: Strip) -> bool:
    """Whether a line that begins with ``(2)`` goes on with a sentence in which ``(1)`` stands."""
    found = _COUNTED_RE.match(strip.text)
    if found is None or strip.gap > 1 or strip.line.whole or strip.page_end:
        return False
    number = int(found["number"])
    wanted = f"({number - 1})"
    return number > 1 and any(wanted in one.text[1:] for one in piece.strips[-12:])


class _Reader:
    """Goes through the pieces once, joining what a page end cut."""

    def __init__(self, sheet: Sheet, pieces: list[Piece], anchors: Anchors, joints: Joints) -> None:
        self._sheet = sheet
        self._pieces = pieces
        self._anchors = anchors
        self._joints = joints
        self._done: list[Piece] = []
        self._text: Piece | None = None  # the last paragraph of running text that may go on
        self._note: Piece | None = None  # the last note
        self._page = False  # a page surely ended since that paragraph
        self._ruled = False  # a drawn line stands since that paragraph
        self._notes_since = False  # notes stand since that paragraph
        self._closed = False  # the signature stands above
        self._listed = True  # the paragraph before that one leads to a list, or is an item of one

    def read(self) -> list[Piece]:
        """All pieces, joined."""
        at = 0
        while at < len(self._pieces):
            piece = self._pieces[at]
            if piece.kind is LineKind.NOTE:
                at = self._take_note(at)
                continue
            if piece.kind is LineKind.FURNITURE:
                self._page = self._page or piece.first.page_end
                self._ruled = self._ruled or not piece.first.page_end
                self._done.append(piece)
            elif piece.kind is LineKind.ROW:
                self._done.append(piece)
                self._text = None
            else:
                self._take_text(at)
            at += 1
        return self._done

    def _take_note(self, at: int) -> int:
        """A note and the paragraphs that surely belong to it; where to read on."""
        piece = self._pieces[at]
        self._page = self._notes_since = True
        if piece.mark is None and self._note is not None:
            self._note.strips += piece.strips
            return at + 1
        self._done.append(piece)
        self._note = piece
        upto = self._next_in_zone(at)
        if upto is not None:
            for between in self._pieces[at + 1 : upto]:
                if between.kind is LineKind.TEXT:
                    piece.strips += between.strips
                else:
                    self._done.append(between)
            return upto
        return at + 1 + self._take_bullets(at)

    def _next_in_zone(self, at: int) -> int | None:
        """The next note, when its anchor stands before this one: between them is nothing but this note."""
        note = self._pieces[at]
        for upto, piece in enumerate(self._pieces[at + 1 : at + 1 + _MOST_BETWEEN], at + 1):
            if piece.kind is LineKind.ROW or piece.first.page_end or not piece.first.plain:
                return None
            if piece.kind is not LineKind.NOTE:
                continue
            if piece.mark is None or note.mark is None or piece.mark.value != note.mark.value + 1:
                return None
            kind, number = piece.mark.kind, piece.mark.number
            before = self._anchors.before(kind, number, note.first.start) is not None
            between = self._anchors.any_between(kind, note.last.end, piece.first.start)
            return upto if before and not between else None
        return None

    def _take_bullets(self, at: int) -> int:
        """How many bullets after a note that ends with a colon belong to it."""
        note = self._pieces[at]
        if note.mark is None or note.first.line.whole:
            return 0
        if note.mark.kind == "close":
            return self._take_rest(at, page=True)
        if self._closed and note.mark.kind != "raised":
            return self._take_rest(at)
        if last_letter(note.last.text) != ":":
            return 0
        run: list[Piece] = []
        style = ""
        for piece in self._pieces[at + 1 : at + 1 + _MOST_BETWEEN]:
            here = label_style(piece.first.text) if piece.kind is LineKind.TEXT and piece.first.label else ""
            if not here or (style and here != style) or piece.first.line.whole:
                break
            style = here
            run.append(piece)
        count = self._own_bullets(note, run, style)
        for piece in run[:count]:
            note.strips += piece.strips
        return count

    def _take_rest(self, at: int, *, page: bool = False) -> int:
        """How many paragraphs belong to a note under the signature, or at the foot of a page: all to its end."""
        note, count = self._pieces[at], 0
        for piece in self._pieces[at + 1 : at + 1 + _MOST_BETWEEN]:
            if piece.kind is not LineKind.TEXT or piece.first.page_end:
                break
            if not page and (piece.first.capital or _APPENDIX_RE.match(piece.first.text)):
                break
            note.strips += piece.strips
            count += 1
        return count

    def _own_bullets(self, note: Piece, run: Sequence[Piece], style: str) -> int:
        """How many of the bullets are the note's: all where the running text can have none, or those it names."""
        text = self._text
        if not run or text is None or note.mark is None:
            return len(run)
        closed = not text.last.open and last_letter(text.last.text) != ":"
        if closed and label_style(text.first.text if text.first.label else "") != style:
            return len(run)
        anchor = self._anchors.before(note.mark.kind, note.mark.number, note.first.start)
        named = self._sheet.text[max(0, anchor - _BEFORE_ANCHOR) : anchor].lower() if anchor is not None else ""
        count = 1
        while count < len(run) and _opening(run[count].first.text) in named:
            count += 1
        return count

    def _take_text(self, at: int) -> None:
        piece, text, note = self._pieces[at], self._text, self._note
        page = self._page or piece.first.page_end
        ruled = self._ruled and not page and not (piece.first.small and text is not None and text.last.open)
        if text is not None and not ruled:
            if self._runs_over(at):
                assert note is not None
                note.strips += piece.strips
                return
            after = piece.strips[1] if len(piece.strips) > 1 else None
            if self._joints.over_page(text.last, piece.first, page=page, listed=self._listed, after=after):
                text.strips += piece.strips
                self._reset(text)
                return
        if self._notes_since and note is not None and text is not None and self._goes_on_note(piece, note, text):
            note.strips += piece.strips
            return
        self._done.append(piece)
        self._reset(piece)

    def _reset(self, text: Piece) -> None:
        if self._text is not text:
            self._listed = self._text is None or last_letter(self._text.last.text) in _LEADS
        self._text = text
        self._page = self._ruled = self._notes_since = False
        if not self._closed and text.first.text.startswith(_CLOSING):
            self._closed = is_foot_line(text.first.text[:40])

    def _goes_on_note(self, piece: Piece, note: Piece, text: Piece) -> bool:
        """Whether a paragraph that begins small goes on with the note: the running text before it is complete."""
        return piece.first.small and not piece.first.line.whole and note.last.open and not text.last.open

    def _runs_over(self, at: int) -> bool:
        """Whether a paragraph is the rest of the page before's last note, set over the notes of its own page.

        It begins small, notes follow it, and all their anchors stand before it: so no page ends between it and the
        text before it, which goes on behind those notes, or is complete.
        """
        piece, note, text = self._pieces[at], self._note, self._text
        if note is None or text is None or self._notes_since or not piece.first.small or not note.last.open:
            return False
        after = self._pieces[at + 1] if at + 1 < len(self._pieces) else None
        if after is None or after.mark is None or piece.first.gap < 2 or text.first.start < note.first.start:
            return False
        kind = after.mark.kind
        end = piece.last.end
        if self._anchors.any_between(kind, piece.first.start, end):
            return False
        upto = at + 1
        while upto < len(self._pieces) and (mark := self._pieces[upto].mark) is not None:
            if self._anchors.between(kind, mark.number, note.first.start, piece.first.start) is None:
                return False
            upto += 1
        if not text.last.open:
            return True
        return upto < len(self._pieces) and self._joints.over_page(text.last, self._pieces[upto].first, page=True)


def _opening(text: str) -> str:
    """The first two words behind a bullet, in small letters."""
    words = text[len(bullet_of(text)) :].strip(' *_"“').lower().split()
    return " ".join(words[:2]) or "\0"
