"""Units while they are being built."""

from __future__ import annotations

from dataclasses import dataclass, field

from kb.models import PLAIN_STYLE, BlockKind, Style, UnitKind


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block as the structure sees it: its place in the list of blocks, what one reads, what it is.

    `at` is the offset of `text` in the view.
    """

    index: int
    text: str
    at: int = 0
    kind: BlockKind = BlockKind.TEXT
    style: Style = PLAIN_STYLE


@dataclass(slots=True, eq=False)
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
        rank: how far out that style usually stands; small is outer.
        value: its place among its siblings, by its label.
        suffix: the letter of an inserted one (``a`` of Điều 6a).
        scope: has a numbering of its own (appendix, attachment, quoted text).
        titled: its heading is a title still to be read from the next blocks.
        title_lines: lines of that title read so far.
        issued_with: the line "(Ban hành kèm theo ...)" stands over its title.
        leads: its own text ends as a lead-in does, or as a bare heading: what follows is below it.
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
    value: int = 0
    suffix: str = ""
    scope: bool = False
    titled: bool = False
    title_lines: int = 0
    issued_with: bool = False
    leads: bool = False
    level: int = field(init=False)
    eid: str = ""

    def __post_init__(self) -> None:
        """Stand one level below the parent."""
        self.level = 1 if self.parent is None else self.parent.level + 1
