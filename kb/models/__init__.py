"""The values that pass between stages.

All are frozen; a changed value is a new one (`dataclasses.replace`). Names follow Akoma Ntoso; the
Vietnamese term stands in the comment. Every offset is in Unicode code points into `Document.text`,
the text of the source exactly as decoded; a value read from text carries the span it was read from.
"""

from __future__ import annotations

from kb.models.citations import (
    PINPOINT_LEVELS,
    Citation,
    CitationKind,
    Direction,
    Pinpoint,
    Relation,
    ResolutionStatus,
    Use,
    WorkKey,
)
from kb.models.documents import (
    BlockKind,
    Cell,
    CellValue,
    Document,
    Field,
    Footnote,
    Metadata,
    Row,
    Table,
    TextBlock,
    Unit,
    UnitKind,
    ValueKind,
)
from kb.models.figures import (
    Basis,
    BasisKind,
    Claim,
    ClaimSource,
    Comparator,
    Figure,
    Finding,
    Result,
    Target,
    Where,
)
from kb.models.lifecycle import Change, StatedEvent, When
from kb.models.places import Box, Span
from kb.models.readings import PLAIN_STYLE, Grid, GridCell, Line, LineKind, Reading, Style
from kb.models.sources import MediaType, Problem, Severity, SourceFile

__all__ = [
    "PINPOINT_LEVELS",
    "PLAIN_STYLE",
    "Basis",
    "BasisKind",
    "BlockKind",
    "Box",
    "Cell",
    "CellValue",
    "Change",
    "Citation",
    "CitationKind",
    "Claim",
    "ClaimSource",
    "Comparator",
    "Direction",
    "Document",
    "Field",
    "Figure",
    "Finding",
    "Footnote",
    "Grid",
    "GridCell",
    "Line",
    "LineKind",
    "MediaType",
    "Metadata",
    "Pinpoint",
    "Problem",
    "Reading",
    "Relation",
    "ResolutionStatus",
    "Result",
    "Row",
    "Severity",
    "SourceFile",
    "Span",
    "StatedEvent",
    "Style",
    "Table",
    "Target",
    "TextBlock",
    "Unit",
    "UnitKind",
    "Use",
    "ValueKind",
    "When",
    "Where",
    "WorkKey",
]
