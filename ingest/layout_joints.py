"""Which lines go on with the line before them: by what the lines say, and by how this document is set.

A text may have a line a paragraph or a line a printed line, with or without blank lines between paragraphs. What
holds is counted in the document itself: how often a line ends in mid-sentence and the next begins small.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from ingest.layout_cuts import (
    begins_item,
    gives_number,
    is_cut_label,
    is_leader,
    is_lone_label,
    is_motto,
    names_act,
)
from ingest.layout_lines import Strip
from ingest.layout_words import (
    ends_sentence,
    first_word,
    is_wanting,
    label_style,
    last_letter,
    last_word,
    wants_figure,
    wants_name,
)
from ingest.structure.kinds import kind_of_line
from kb.models import LineKind

# Lines are printed lines when so many neighbours, and this share of them, are cut in mid-sentence.
_WRAPPED = ((3, 0.12), (2, 0.4))
# A paragraph whose last printed line fills the page has at least so many letters.
_FULL_LINE = 45
# What stands in the place of a signature, under the capacity of who signs.
_SIGNED = "(đã ký)"
# Points by which the first line of a paragraph stands to the right of the others.
_INDENT = 8.0
# Words are looked for in the document near by, so that a long document is laid out in linear time.
_NEAR = 60_000
_AUTHORITIES = (
    "CHỦ TỊCH", "ỦY BAN", "UỶ BAN", "UBND", "HỘI ĐỒNG", "HĐND", "BỘ TRƯỞNG", "CHÍNH PHỦ", "THỦ TƯỚNG", "QUỐC HỘI",
    "BỘ ", "GIÁM ĐỐC", "TỔNG", "CHÁNH", "VIỆN TRƯỞNG", "THỐNG ĐỐC", "BAN ", "SỞ ",
)  # fmt: skip
#: Words that a title line goes on with.
_LINKS = (
    "CỦA",
    "VÀ",
    "TRÊN",
    "THUỘC",
    "TẠI",
    "CHO",
    "GIAI",
    "NGÀY",
    "NĂM",
    "ĐỐI",
    "THEO",
    "BẰNG",
    "DO",
    "TRONG",
    "ĐẾN",
)
_ENACTING = ("Căn cứ", "Xét ", "Theo đề nghị", "Để ")
_SIGNERS = ("KT.", "TM.", "TL.", "TUQ.", "Q.", "PHÓ ", "THỨ TRƯỞNG", "TRƯỞNG", "K/T", "T/M", "T/L")


class Joints:
    """Tells whether a line goes on with the one before it.

    Attributes:
        wrapped: a line of this document is a printed line, not a paragraph.
        spaced: its paragraphs are parted by blank lines.
    """

    def __init__(self, text: str, strips: Sequence[Strip]) -> None:
        self._text = text
        self._known: dict[tuple[str, str], bool] = {}
        touching = cuts = 0
        lengths: list[int] = []
        labels = {True: 0, False: 0}
        indents = {True: 0, False: 0}
        ends: defaultdict[tuple[int | None, float], list[float]] = defaultdict(list)
        for before, strip in pairwise(strips):
            if strip.kind is not LineKind.TEXT or before.kind is not LineKind.TEXT:
                continue
            if strip.line.box is not None:
                ends[_column(strip)].append(strip.line.box.x1)
            if strip.label:
                labels[strip.gap > 1] += 1
                if strip.line.box is not None:
                    indents[(strip.line.style.indent or 0) > _INDENT] += 1
            if strip.gap > 1 or strip.line.whole or before.line.whole:
                continue
            touching += 1
            if strip.small and before.open:
                cuts += 1
                lengths.append(len(before.text))
        lengths.sort()
        self.wrapped = any(cuts >= least and cuts >= share * touching for least, share in _WRAPPED)
        self.spaced = labels[True] > 3 * labels[False]
        self._indented = indents[True] > 8 * indents[False]
        self._wide = lengths[len(lengths) * 6 // 10] if lengths else 0
        self._right = {column: _edge(found) for column, found in ends.items()}
        self._headings = _share_of_headings(strips)

    def touching(self, before: Strip, strip: Strip, after: Strip | None) -> bool:
        """Whether a line goes on with the line right before it, nothing standing between them."""
        if _are_apart(before, strip):
            return False
        box, above = strip.line.box, before.line.box
        if box is not None and above is not None:
            return self._printed(before, strip, after)
        if strip.gap > 1 or strip.page_end:
            return False
        if strip.label:
            return is_cut_label(before, strip)
        if begins_item(before.text, strip.text, after.text if after else ""):
            return False
        if is_lone_label(before.text):
            return self.wrapped
        if strip.small:
            if before.open:
                return True
            return self.wrapped and (self._is_full(before, strip) or last_letter(before.text) == ";")
        if gives_number(before.text, strip.text):
            return True
        if strip.text[0].isdigit() and before.open and self._is_full(before, strip):
            return True  # a number that had no room on a printed line, where few lines are cut
        return self.wrapped and self.goes_on(before, strip, after)

    def over_page(
        self, before: Strip, strip: Strip, *, page: bool, listed: bool = True, after: Strip | None = None
    ) -> bool:
        """Whether a paragraph goes on over a blank line.

        `page` says that a page surely ends there, `listed` that the paragraph may be an item of an unmarked list;
        `after` is the line after `strip`.
        """
        if _are_apart(before, strip):
            return False
        if strip.line.box is not None and before.line.box is not None:
            return self._printed(before, strip, after)
        if gives_number(before.text, strip.text):
            return True
        if strip.label:
            return is_cut_label(before, strip)
        if page and is_lone_label(before.text):
            return True
        full = len(before.text) >= (0.7 * self._wide if self.wrapped else _FULL_LINE)
        if not before.open:
            prose = not before.label and not listed
            return strip.small and last_letter(before.text) == ";" and full and (page or prose)
        if before.capital or strip.capital:
            return page and before.capital and strip.capital and self._are_neighbours(before, strip)
        if strip.small:
            return page or full or (is_wanting(before.text, certain=True) and len(before.text) > 12)
        if strip.text[0] in '(“"' and not page:
            # A remark in brackets that ends the sentence; "(Kèm theo ...)" under a title has no full stop.
            return full and strip.text[0] == "(" and strip.text.endswith((").", ");"))
        if is_wanting(before.text, certain=True) and (page or full):
            return True
        if page and wants_name(before.text):
            return True
        if strip.text[:1].isdigit() and is_wanting(before.text) and last_letter(before.text) != ",":
            return page or full
        if not page:
            return False
        if self._are_neighbours(before, strip) or last_letter(before.text) == "," or strip.text[:1].isdigit():
            return True
        return len(before.text) >= _FULL_LINE and self._headings.get(label_style(before.text), 0.0) < 0.1

    def fills(self, before: Strip, strip: Strip) -> bool:
        """Whether lines are printed lines here, and the first word of one had no room on the line before it."""
        return self.wrapped and self._is_full(before, strip)

    def goes_on(self, before: Strip, strip: Strip, after: Strip | None) -> bool:
        """Whether a line that begins with a capital, a figure or a bracket goes on with the one before it."""
        if before.capital and before.text[-1:] != ",":
            return strip.capital and self._is_title_cut(before, strip, after)
        if (strip.capital and len(strip.text) > 8 and not before.open) or is_leader(before.text, strip.text):
            return False
        if before.open:
            if is_wanting(before.text) or names_act(before.text, strip.text):
                return True
            if strip.text[0].isdigit() and wants_figure(before.text):
                return True
            if strip.text.isdigit() and len(strip.text) <= 4:
                return False
            return self._is_full(before, strip) or self._are_neighbours(before, strip)
        if last_letter(before.text) == ":" or (last_letter(before.text) == ";" and not self.spaced):
            return False
        return self._is_full(before, strip)

    def _is_title_cut(self, before: Strip, strip: Strip, after: Strip | None) -> bool:
        """Whether a title in capitals goes on in the next line."""
        if kind_of_line(before.text) is not None or kind_of_line(strip.text) is not None or not before.open:
            return False
        if strip.text.startswith(_SIGNERS):
            return False
        enacts = after is not None and after.text.startswith(_ENACTING) and strip.text.startswith(_AUTHORITIES)
        if enacts and last_word(before.text) not in ("ỦY", "UỶ"):
            return False
        if " " not in before.text or is_wanting(before.text) or is_motto(before.text, strip.text):
            return True
        if first_word(strip.text) in _LINKS:
            return True
        return self._is_full(before, strip) or self._are_neighbours(before, strip)

    def _is_full(self, before: Strip, strip: Strip) -> bool:
        """Whether the first word of a line had no room on the line before it."""
        return bool(self._wide) and len(before.text) + 1 + len(first_word(strip.text)) >= self._wide

    def _are_neighbours(self, before: Strip, strip: Strip) -> bool:
        """Whether the last word of a line and the first of the next stand side by side elsewhere."""
        if before.text[-1:] in ",)" or strip.text[:1] in "(-":
            return False
        pair = last_word(before.text), first_word(strip.text)
        if (
            not (pair[0][:1].isalpha() or (before.capital and pair[0].isdigit()))
            or not pair[1][:1].isalnum()
            or len(pair[1]) < 2
        ):
            return False
        found = self._known.get(pair)
        if found is None:
            low, high = max(0, before.start - _NEAR), strip.end + _NEAR
            words = f" {pair[0]} {pair[1]}"
            around = self._text[low:high]
            if before.capital:
                words, around = words.lower(), around.lower()
            at = around.find(words)
            while at >= 0 and around[at + len(words) : at + len(words) + 1].isalnum():
                at = around.find(words, at + 1)
            found = self._known[pair] = at >= 0
        return found

    # Lines of a printed page, whose place is known

    def _printed(self, before: Strip, strip: Strip, after: Strip | None) -> bool:
        """Whether a line of a page goes on: by its indent, the room left on the line before it, and the words."""
        turned = before.line.page != strip.line.page
        if strip.label and not is_cut_label(before, strip) and not self._is_no_label(before, strip):
            return False
        if turned and not before.open and ends_sentence(before.text) and not self._is_full_printed(before, strip):
            return False
        if not turned and self._stands_apart(before, strip):
            return strip.small and before.open and not strip.line.style.centered
        one, two = before.line.style, strip.line.style
        if one.centered or two.centered:
            return self._centered(before, strip, after)
        indented = (two.indent or 0) > _INDENT
        if indented and ((one.indent or 0) < (two.indent or 0) - _INDENT or _begins_block(strip, after)):
            return strip.small and before.open
        full = self._is_full_printed(before, strip)
        if before.open:
            return full or strip.small or is_wanting(before.text, certain=True)
        # Where paragraphs begin indented, a line that does not goes on even after a colon.
        inside = self._indented or (one.indent or 0) > _INDENT
        return full and not indented and (strip.small or inside or last_letter(before.text) != ":")

    def _is_no_label(self, before: Strip, strip: Strip) -> bool:
        """Whether a word like a label ("ra.", "(i)") only begins a line: all labels here are indented."""
        return self._indented and (strip.line.style.indent or 0) <= 1 and self._is_full_printed(before, strip)

    def _centered(self, before: Strip, strip: Strip, after: Strip | None) -> bool:
        if before.line.style.centered != strip.line.style.centered and not strip.small:
            return False
        if before.capital:
            return strip.capital and self._is_title_cut(before, strip, after)
        number = strip.text[:1].isdigit() and not strip.label
        return before.open and (strip.small or number or is_wanting(before.text)) and not strip.capital

    def _stands_apart(self, before: Strip, strip: Strip) -> bool:
        """Whether white space parts two lines of a page, or they stand side by side."""
        box, above = strip.line.box, before.line.box
        if box is None or above is None:
            return False
        height = max(above.bottom - above.top, box.bottom - box.top, 1.0)
        return box.top - above.bottom > 1.1 * height or box.top < above.top - height

    def _is_full_printed(self, before: Strip, strip: Strip) -> bool:
        box, here = before.line.box, strip.line.box
        if box is None or here is None:
            return False
        right = self._right.get(_column(before), box.x1)
        letter = (here.x1 - here.x0) / max(len(strip.text), 1)
        return box.x1 + letter * (len(first_word(strip.text)) + 1) > right - 2


def _begins_block(strip: Strip, after: Strip | None) -> bool:
    """Whether the line after an indented one stands further left: a paragraph begins."""
    if (
        after is None
        or after.line.box is None
        or after.kind is not strip.kind
        or after.line.page != strip.line.page
    ):
        return False
    return (after.line.style.indent or 0) < (strip.line.style.indent or 0) - _INDENT


def _column(strip: Strip) -> tuple[int | None, float]:
    """The page of a line, and the left edge of its column."""
    box, indent = strip.line.box, strip.line.style.indent or 0.0
    return strip.line.page, round(((box.x0 if box else 0.0) - indent) / 20)


def _edge(ends: list[float]) -> float:
    """The right edge that most full lines reach."""
    ends.sort()
    return ends[len(ends) * 8 // 10]


def _share_of_headings(strips: Sequence[Strip]) -> dict[str, float]:
    """For each style of label, the share of its lines, one of them left out, that end open, as headings do."""
    counts: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for strip in strips:
        if strip.kind is LineKind.TEXT:
            count = counts[label_style(strip.text) if strip.label else ""]
            count[0] += 1
            count[1] += strip.open
    return {style: (opened - 1) / (total + 2) for style, (total, opened) in counts.items() if style}


def _are_apart(before: Strip, strip: Strip) -> bool:
    """Whether two lines can be no part of one paragraph: whole paragraphs, no text, out of order, a signature."""
    if before.line.whole or strip.line.whole or strip.start < before.end:
        return True
    if strip.text.strip("*_ ").lower() == _SIGNED:
        return True
    return before.kind is not LineKind.TEXT or strip.kind is not LineKind.TEXT
