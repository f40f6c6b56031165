"""The structure of a document: header, units, what its grammar is, what contradicts itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.layout import Layout
from ingest.structure.conflicts import find_conflicts
from ingest.structure.eids import assign_eids
from ingest.structure.grammar import choose_grammar
from ingest.structure.header import read_header
from ingest.structure.issued_with import find_headed, find_issued_with
from ingest.structure.metadata import read_metadata
from ingest.structure.nodes import Node, Paragraph
from ingest.structure.openings import find_openings
from ingest.structure.outline import Outliner
from ingest.structure.quotes import find_quotations
from ingest.structure.spans import assign_units, make_units
from kb.models import BlockKind, Metadata, Problem, TextBlock, Unit


@dataclass(frozen=True, slots=True)
class Structure:
    """A layout with its structure.

    `blocks` are the layout's, each with the eid of the innermost unit that holds it (None for furniture);
    `grammar` is ``norm`` (điều, khoản, điểm) or ``report`` (I, 1, a, -).
    """

    blocks: tuple[TextBlock, ...]
    units: tuple[Unit, ...]
    metadata: Metadata
    grammar: str
    problems: tuple[Problem, ...] = ()


def parse_structure(layout: Layout) -> Structure:
    """The structure of a document; whatever the text, every block but furniture is in a unit."""
    paragraphs = read_paragraphs(layout)
    grammar = choose_grammar(paragraphs)
    header = read_header(paragraphs, layout.view)
    openings = find_openings(paragraphs)
    outliner = Outliner(
        paragraphs,
        header.end,
        openings,
        find_quotations(paragraphs) if grammar == "norm" else {},
        norm=grammar == "norm",
    )
    outliner.build()
    nodes: Sequence[Node] = outliner.nodes
    assign_eids(nodes)
    units = make_units(nodes, outliner.owners, paragraphs, layout.blocks, layout.view)
    mentions = tuple(find_issued_with(paragraphs, sorted(openings), layout.view.text))
    metadata = read_metadata(header, paragraphs, outliner.owners, mentions, layout.view)
    return Structure(
        assign_units(layout.blocks, outliner.owners, paragraphs),
        units,
        metadata,
        grammar,
        tuple(find_conflicts(metadata, (*mentions, *find_headed(paragraphs, layout.view.text)), layout.view)),
    )


def read_paragraphs(layout: Layout) -> list[Paragraph]:
    """The blocks of a layout without furniture, as the structure reads them."""
    text = layout.view.text
    return [
        Paragraph(index, text[block.view.start : block.view.end], block.view.start, block.kind, block.style)
        for index, block in enumerate(layout.blocks)
        if block.kind is not BlockKind.FURNITURE
    ]
