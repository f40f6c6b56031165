"""The units found so far, and which of them are open."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.structure.labels import STYLES, Label
from ingest.structure.nodes import Node, Paragraph
from ingest.structure.openings import Opening
from kb.models import UnitKind

_PROGRAMME_STYLES = frozenset(("roman", "romandec", "upper"))
_BEFORE_BODY = frozenset((UnitKind.PREFACE, UnitKind.PREAMBLE, UnitKind.RECITAL, UnitKind.PARAGRAPH))


class Tree:
    """A tree that grows at its end.

    Attributes:
        nodes: in reading order.
        current: the innermost open unit.
        scope: the appendix, attachment or quotation that is open, with a numbering of its own; None in the
            document itself.
        articles: the last article of each scope.
    """

    def __init__(self, paragraphs: Sequence[Paragraph], *, norm: bool) -> None:
        self.nodes: list[Node] = []
        self.current: Node | None = None
        self.scope: Node | None = None
        self.articles: dict[Node | None, Node] = {}
        self._paragraphs = paragraphs
        self._norm = norm

    def open(
        self,
        kind: UnitKind,
        place: int,
        parent: Node | None = None,
        *,
        label: str = "",
        number: str = "",
        at: int = 0,
    ) -> Node:
        """A new unit, which is now the innermost."""
        node = Node(kind, label, number, "", self._paragraphs[place].index, parent, at)
        self.nodes.append(node)
        self.current = node
        return node

    def open_labelled(self, kind: UnitKind, label: Label, place: int, base: int, parent: Node | None) -> Node:
        """A new unit with a label; `base` is where the text that the label was read from begins."""
        node = self.open(
            kind,
            place,
            parent,
            label=label.text,
            number=label.number,
            at=base + label.start if base else label.start,
        )
        node.style, node.rank = label.style, STYLES[label.style].rank
        node.value, node.suffix = label.value, label.suffix
        return node

    def open_scope(self, place: int, opening: Opening) -> Node:
        """A new appendix, form or attachment."""
        node = self.open(opening.kind, place, self._holder(opening), label=opening.label, number=opening.number)
        node.style, node.scope = opening.style, True
        self.scope = node
        return node

    def _holder(self, opening: Opening) -> Node | None:
        """Forms stand below an appendix, appendices below their title page."""
        holder = self.scope
        while holder is not None and (holder.style == "form" or holder.kind is UnitKind.QUOTED):
            holder = holder.parent
        if opening.style == "form":
            return holder
        if opening.kind is UnitKind.APPENDIX and holder is not None:
            if holder.style == "cover":
                return holder
            if holder.parent is not None and holder.parent.style == "cover":
                return holder.parent
        return None

    def list_level(self) -> Node | None:
        """The innermost open unit that lists may stand below: none that stands before the body."""
        node = self.current
        while node is not None and node.kind in _BEFORE_BODY:
            node = node.parent
        return node

    def above(self, rank: int) -> Node | None:
        """The innermost open unit of an outer rank."""
        node = self.list_level()
        while node is not self.scope and node is not None and node.rank >= rank:
            node = node.parent
        return node

    def item_kind(self, label: Label, parent: Node | None) -> UnitKind:
        """Khoản, điểm and tiết below an article (or in the quoted text of one), items elsewhere.

        A programme approved in an article (I., 1., a) ...) is made of items too.
        """
        node = parent
        programme = label.style in _PROGRAMME_STYLES
        while node is not None and not node.scope and node.kind is not UnitKind.ARTICLE:
            programme = programme or node.style in _PROGRAMME_STYLES
            node = node.parent
        if node is None or programme:
            return UnitKind.ITEM
        if node.kind is not UnitKind.ARTICLE and not (node.kind is UnitKind.QUOTED and self._norm):
            return UnitKind.ITEM
        if label.style == "arabic" and parent is node:
            return UnitKind.CLAUSE
        if label.style == "letter" and parent is not None and (parent is node or parent.kind is UnitKind.CLAUSE):
            return UnitKind.POINT
        return UnitKind.SUBPOINT
