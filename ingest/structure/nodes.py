"""Units while they are being built."""

from __future__ import annotations

from dataclasses import dataclass, field

from kb.models import BlockKind, UnitKind


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block as the structure sees it: its place in the list of blocks, what one reads, what it is."""

    index: int
    text: str
    kind: BlockKind = BlockKind.TEXT


@dataclass(slots=True)
class Node:
    """A unit in the making.

    Attributes:
        kind: what it is.
        label: as printed.
        number: the part of the label that goes into the eid.
        heading: its title or opening words.
        first: index of the block it begins in.
        at: offset of its label in what one reads of that block.
        parent: the node that holds it.
        style: how it is labelled (``arabic``, ``letter`` ...), for finding its siblings.
        ordinal: its place among its siblings, by its label.
        last: index of the last block it holds.
        titled: its heading is a title still to be read from the next blocks.
        bullets: bullets counted so far among its children.
    """

    kind: UnitKind
    label: str
    number: str
    heading: str
    first: int
    parent: Node | None = None
    at: int = 0
    style: str = ""
    rank: int = 0
    ordinal: int = 0
    last: int = -1
    until: int | None = None
    eid: str = ""
    titled: bool = False
    bullets: int = 0
    seen: dict[str, int] = field(default_factory=dict)

    @property
    def level(self) -> int:
        """1 for the outermost."""
        return 1 if self.parent is None else self.parent.level + 1

    def close(self, index: int) -> None:
        """Reach as far as block `index`, and so do the nodes that hold this one."""
        node: Node | None = self
        while node is not None and node.last < index:
            node.last = index
            node = node.parent
