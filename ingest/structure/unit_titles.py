"""Titles that stand under their label: ``Chương I`` / QUY ĐỊNH CHUNG, ``Phụ lục 3`` / its name on a few lines."""

from __future__ import annotations

from ingest.structure.header_lines import MOTTO_RE
from ingest.structure.headings import clean_heading
from ingest.structure.nodes import Node
from ingest.structure.openings import ISSUED_WITH_RE
from kb.models import UnitKind

_MOST_LINES = 4
_LONGEST = 500
_LONGEST_OF_ARTICLE = 250


def takes_title(node: Node, text: str, *, told: bool) -> bool:
    """Whether a line under a label is its title, or goes on with it; the node is given the words.

    All lines over "(Ban hành kèm theo ...)" are `told` to be the title; where the title stands under that line,
    capitals show it.
    """
    if told:
        _take(node, text)
        return True
    if ISSUED_WITH_RE.match(text):
        node.titled = not node.heading
        node.issued_with = True
        return False
    letters = sum(map(str.isalpha, text[:80]))
    capital = text.upper() == text
    first = not node.heading
    if first:
        takes = (
            letters >= 4
            and not (node.scope and MOTTO_RE.search(text))
            and (capital or not node.issued_with)
            and not (node.kind is UnitKind.ARTICLE and len(text) > _LONGEST_OF_ARTICLE)
        )
        # The line "(Ban hành kèm theo ...)" may run over a second one before the title comes.
        node.titled = takes or (node.issued_with and text.endswith(")") and letters >= 4)
    else:
        goes_on = text[:1].islower() or (capital and node.heading.upper() == node.heading)
        takes = goes_on and node.heading[-1:] not in ".;:" and node.title_lines < _MOST_LINES
        node.titled = takes
    if not takes or len(text) > _LONGEST:
        node.titled = node.titled and len(text) <= _LONGEST
        return False
    _take(node, text)
    return True


def _take(node: Node, text: str) -> None:
    node.heading = clean_heading(f"{node.heading} {text}")
    node.title_lines += 1
