"""The tree of units: every paragraph into the innermost unit that holds it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.structure.closing import closes_document
from ingest.structure.headings import clean_heading, opening_words
from ingest.structure.labels import STYLES, Label, read_label
from ingest.structure.nodes import Node, Paragraph
from ingest.structure.openings import Opening, begins_attached, find_title_end
from ingest.structure.parted import Parted, behind_stop, inside, over_line_end
from ingest.structure.places import CONTAINERS, Ending, Place, find_place, is_article, read_ending, settle_style
from ingest.structure.quotes import Quotation
from ingest.structure.recitals import leads_in, recital_starts
from ingest.structure.tree import Tree
from ingest.structure.unit_titles import takes_title
from kb.models import BlockKind, UnitKind

_KINDS = {
    "part": UnitKind.PART,
    "chapter": UnitKind.CHAPTER,
    "section": UnitKind.SECTION,
    "subsection": UnitKind.SUBSECTION,
    "article": UnitKind.ARTICLE,
}
_FRESH = Ending()
_NUMBERED = frozenset(("arabic", "decimal", "roman", "upper"))
_QUOTE_MARK_RE = re.compile(r"[\s*_>]*[“\"„«]\s*")


class Outliner:
    """Builds the nodes of one document, paragraph by paragraph.

    Attributes:
        owners: the innermost node of every paragraph, by its place in the list.
    """

    def __init__(
        self,
        paragraphs: Sequence[Paragraph],
        head: int,
        openings: dict[int, Opening],
        quotations: dict[int, Quotation],
        *,
        norm: bool,
    ) -> None:
        self.paragraphs = paragraphs
        self._tree = Tree(paragraphs, norm=norm)
        self.owners: list[Node | None] = [None] * len(paragraphs)
        self._head = head
        self._openings = openings
        self._quotations = quotations
        self._norm = norm
        self._ending = _FRESH
        self._quoted_to = -1
        self._quoting: tuple[Node | None, Node | None] = (None, None)
        self._closed = False
        self._begun = False
        self._title_to = self._done = -1

    @property
    def nodes(self) -> Sequence[Node]:
        """All units, in reading order."""
        return self._tree.nodes

    def build(self) -> None:
        """Go through all paragraphs."""
        for place, paragraph in enumerate(self.paragraphs):
            if place < self._head:
                self._put_in_head(place)
            elif place == self._done:
                continue
            elif paragraph.kind is not BlockKind.TEXT:
                self._put_aside(place, paragraph)
            else:
                self._put(place, paragraph)
            if place == self._quoted_to:
                self._tree.current, self._tree.scope = self._quoting
                self._ending = Ending()

    # What stands before the first label

    def _put_in_head(self, place: int) -> None:
        if not self._tree.nodes:
            self._tree.open(UnitKind.PREFACE, place)
        self.owners[place] = self._tree.nodes[0]

    def _put_aside(self, place: int, paragraph: Paragraph) -> None:
        """A table or a note belongs where it stands."""
        if paragraph.kind is BlockKind.TABLE:
            self._ending = _FRESH
            if self._tree.scope is None and not self._closed and closes_document(paragraph.text):
                self._close_document(place)
        if self._tree.current is None:
            self._stand_alone(place, paragraph)
        self.owners[place] = self._tree.current

    def _put_before_body(self, place: int, paragraph: Paragraph) -> bool:
        """A recital or lead-in of the preamble; False when the paragraph is none."""
        starts = recital_starts(paragraph.text)
        recital = (
            self._tree.current if self._tree.current and self._tree.current.kind is UnitKind.RECITAL else None
        )
        if starts:
            preamble = self._preamble(place)
            for number, at in enumerate(starts):
                node = self._tree.open(UnitKind.RECITAL, place, preamble, at=at)
                node.heading = opening_words(paragraph.text[at:])
                if number == 0:
                    self.owners[place] = node if len(starts) == 1 else preamble
            self._ending = read_ending(paragraph.text, own=False)
            return True
        if recital is not None and not self._ending.complete:
            self.owners[place] = recital
            self._ending = read_ending(paragraph.text, own=False)
            return True
        if leads_in(paragraph.text):
            self._tree.current = self._preamble(place)
            self.owners[place] = self._tree.current
            self._ending = read_ending(paragraph.text, own=False)
            return True
        return False

    def _preamble(self, place: int) -> Node:
        node = self._tree.current
        while node is not None:
            if node.kind is UnitKind.PREAMBLE:
                return node
            node = node.parent
        return self._tree.open(UnitKind.PREAMBLE, place)

    def _stand_alone(self, place: int, paragraph: Paragraph) -> None:
        node = self._tree.open(UnitKind.PARAGRAPH, place, self._tree.scope)
        node.heading = opening_words(paragraph.text)

    # The body

    def _put(self, place: int, paragraph: Paragraph) -> None:
        text = paragraph.text
        quoted = place <= self._quoted_to
        if not quoted:
            opening = self._openings.get(place)
            if opening is not None and self._counts(opening):
                self._open_scope(place, opening)
                return
            if self._tree.scope is None and not self._closed and self._closes(text):
                self._close_document(place)
                return
            if self._closed and self._tree.scope is None:
                if not begins_attached(text):
                    self.owners[place] = self._tree.current
                    return
                self._attach_from(place)
        quotation = None if quoted else self._quotations.get(place)
        if quotation is not None and quotation.at <= 3:
            self._open_quotation(place, quotation)
            self._put_text(place, text, _skip_mark(text))
            return
        self._put_text(place, text, _skip_mark(text) if quoted and text[:1] in '“"' else 0)
        if not quoted and quotation is None:
            self._put_inside(place, text)
        if quotation is not None:
            owner = self.owners[place]
            self._open_quotation(place, quotation)
            self._put_text(place, text, _skip_mark(text, quotation.at))
            self.owners[place] = owner

    def _put_text(self, place: int, text: str, base: int) -> None:
        """A paragraph, or what follows the opening mark of a quotation."""
        inner = text[base:] if base else text
        label = read_label(inner)
        if label is None and self._put_parted(over_line_end(self.paragraphs, place, inner)):
            self._done = place + 1
            self.owners[place + 1] = self._tree.current
            return
        if (
            label is not None
            and label.style == "arabic"
            and self._put_parted(behind_stop(self.paragraphs, place, inner))
        ):
            self.owners[place] = self._tree.current
            return
        if label is not None and self._put_label(place, inner, label, base):
            return
        current = self._tree.current
        told = place < self._title_to
        if current is not None and current.titled and takes_title(current, inner, told=told):
            self.owners[place] = current
            if not told:
                self._ending, current.leads = Ending(own=True, bare=True), True
            return
        if (
            not self._begun
            and self._tree.scope is None
            and not base
            and self._put_before_body(place, self.paragraphs[place])
        ):
            return
        if self._tree.current is None or self._tree.current.kind in (
            UnitKind.PREFACE,
            UnitKind.PREAMBLE,
            UnitKind.RECITAL,
        ):
            self._tree.current = self._tree.scope
            self._stand_alone(place, self.paragraphs[place])
        elif self._tree.current.kind is UnitKind.PARAGRAPH and self._ending.complete:
            self._tree.current = self._tree.current.parent
            self._stand_alone(place, self.paragraphs[place])
        self.owners[place] = self._tree.current
        self._ending = read_ending(text, own=False)

    def _put_parted(self, parted: Parted | None) -> bool:
        """A label cut by a line end or hidden in a paragraph; the paragraph it begins in stays where it is."""
        if parted is None:
            return False
        owner = self.owners[parted.place]
        if not self._put_label(parted.place, parted.text, parted.label, parted.base):
            return False
        if parted.base:
            self.owners[parted.place] = owner
        return True

    def _put_inside(self, place: int, text: str) -> None:
        """An article in the middle of a paragraph, when it is the next of the document."""
        last = self._tree.articles.get(self._tree.scope)
        if last is not None and " Điều " in text and place > self._quoted_to:
            self._put_parted(inside(place, text, last.value + 1))

    def _put_label(self, place: int, text: str, label: Label, base: int) -> bool:
        """Open the unit a label names; False when it names none."""
        rest = text[label.end :]
        if label.style in CONTAINERS or label.style == "article":
            found = self._container_place(label, rest)
            if found is None:
                return False
            node = self._tree.open_labelled(_KINDS[label.style], label, place, base, found.parent)
            if label.style == "article":
                self._tree.articles[self._tree.scope] = node
            node.titled = not rest.strip(" *_.:-–")
            node.heading = clean_heading(rest) if label.style != "article" else opening_words(rest)
        else:
            wrapped = not self._ending.complete and not self._ending.own
            if wrapped and label.style in _NUMBERED and rest[:1].islower():
                return False
            current = self._tree.list_level()
            label = settle_style(label, current, self._tree.scope)
            found = find_place(label, current, self._tree.scope, self._ending)
            if found is None:
                return False
            if found.restart and self._ending.leads and not self._ending.own and place:
                self._give_lead(place - 1, found.parent)
            node = self._tree.open_labelled(
                self._tree.item_kind(label, found.parent), label, place, base, found.parent
            )
            node.heading = opening_words(rest)
        self.owners[place] = node
        self._ending = read_ending(text, own=True)
        node.leads = self._ending.leads or self._ending.bare
        self._begun = True
        return True

    def _container_place(self, label: Label, rest: str) -> Place | None:
        """The parent of a chapter or article; False when a sentence only begins with its name."""
        if label.style == "article":
            current = self._tree.current
            below = current is not None and current.style in CONTAINERS
            last = self._tree.articles.get(self._tree.scope)
            counts = is_article(label, rest, last, self._ending, below=below) and (
                last is None or label.value >= last.value or label.value == 1 or self._norm
            )
        else:
            told = self._ending.complete or self._ending.own or not rest or rest.upper() == rest
            counts = told and not self._ending.dangling and rest[-1:] != ";" and len(rest) <= 400
        if not counts:
            return None
        return Place(self._tree.above(STYLES[label.style].rank))

    def _give_lead(self, place: int, parent: Node | None) -> None:
        """The sentence that leads to a list begun again stands above that list."""
        owner = self.owners[place]
        if parent is not None and owner is not None and owner.first != self.paragraphs[place].index:
            self.owners[place] = parent

    # Numberings of their own

    def _counts(self, opening: Opening) -> bool:
        if opening.late and not self._closed and self._tree.scope is None:
            return False
        return opening.kind is not UnitKind.ATTACHMENT or self._begun

    def _open_scope(self, place: int, opening: Opening) -> None:
        node = self._tree.open_scope(place, opening)
        node.heading = clean_heading(opening.rest)
        node.titled = True
        node.title_lines = 1 if node.heading else 0
        self._title_to = find_title_end(self.paragraphs, place)
        self.owners[place] = node
        self._ending = _FRESH
        self._closed = self._begun = True

    def _open_quotation(self, place: int, quotation: Quotation) -> None:
        self._quoting = (self._tree.current, self._tree.scope)
        parent = self._tree.list_level()
        if parent is None and self._tree.current is not None:
            parent = self._tree.current
        node = self._tree.open(UnitKind.QUOTED, place, parent, at=quotation.at)
        node.style, node.scope = "quoted", True
        text = self.paragraphs[place].text
        node.heading = opening_words(text[_skip_mark(text, quotation.at) :])
        self._tree.scope = node
        self._quoted_to = quotation.last
        self._ending = _FRESH
        self.owners[place] = node

    def _closes(self, text: str) -> bool:
        """Whether a paragraph begins the foot; a line under ``Chương III`` is its title, whatever it says."""
        current = self._tree.current
        awaited = current is not None and current.titled and current.style in CONTAINERS
        return not awaited and closes_document(text, begun=self._begun)

    def _close_document(self, place: int) -> None:
        self._tree.open(UnitKind.CONCLUSIONS, place)
        self.owners[place] = self._tree.current
        self._closed = True
        self._ending = _FRESH

    def _attach_from(self, place: int) -> None:
        """An attached document begins at its title, or, without one, here."""
        self._tree.open_scope(place, Opening(UnitKind.ATTACHMENT, "", "", "attachment", ""))
        self._ending = _FRESH


def _skip_mark(text: str, at: int = 0) -> int:
    found = _QUOTE_MARK_RE.match(text, at)
    return found.end() if found else at
