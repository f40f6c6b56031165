"""What a search gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: a passage, a table row, a footnote or a document itself.

    `heading` is the nearest heading, `crumbs` all of them from the outermost; `marks` are ranges of `snippet`;
    `score` is what ranked it, `authority` how much the document is relied on, from 0 to 1.
    """

    work: str
    unit: str | None
    number: str | None
    title: str | None
    heading: str | None
    snippet: str
    score: float
    line: int | None
    page: int | None
    status: str
    kind: str
    type: str | None
    issuer: str | None
    issued: str | None
    crumbs: tuple[str, ...]
    marks: tuple[tuple[int, int], ...]
    authority: float
    held: bool
    digest: bool
    start: int
    end: int
    table: int | None = None
    row: int | None = None
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """The hits of one document: their places in the list of hits."""

    work: str
    number: str | None
    type: str | None
    title: str | None
    hits: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """All that one search gives; `explanation` says how the query was read, `slips` what it was widened to."""

    query: str
    total: int
    took_ms: float
    hits: tuple[Hit, ...]
    groups: tuple[Group, ...]
    facets: Mapping[str, Mapping[str, int]]
    did_you_mean: str | None
    explanation: tuple[str, ...]
    slips: Mapping[str, str] = field(default_factory=dict)
