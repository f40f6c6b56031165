"""What an engine of search must do; the same tests run on each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from kb.errors import StoreError
from kb.search.plan import Plan
from kb.search.rows import Row


class IndexBusy(StoreError):
    """Another process is writing the index; what it holds can be read meanwhile."""


class Sort(StrEnum):
    """In which order hits come."""

    RELEVANCE = "relevance"
    DATE = "date"
    AUTHORITY = "authority"


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of an engine; `day` (``20250627``) is that of the status facet."""

    plan: Plan
    limit: int = 10
    sort: Sort = Sort.RELEVANCE
    facets: bool = False
    day: int = 0


@dataclass(frozen=True, slots=True)
class EngineHit:
    """A hit: its score and the stored JSON of its row."""

    score: float
    stored: str


@dataclass(frozen=True, slots=True)
class Found:
    """What an engine found; `total` counts all hits; `status` counts works' states among them by name."""

    total: int
    hits: tuple[EngineHit, ...]
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


class Engine(Protocol):
    """An index that is open; readers see what was last committed, whole or not at all."""

    name: str

    def search(self, request: Request) -> Found:
        """The hits of a plan."""
        ...

    def update(self, rows: Iterable[Row], drop: Iterable[str] = (), *, fresh: bool = False) -> int:
        """Drop some works (`fresh`: everything), add rows, in one commit; how many were added."""
        ...

    def frequency(self, field: str, token: str) -> int:
        """In how many rows a token of ``words`` or ``pairs`` stands."""
        ...

    def vocabulary(self, prefix: str) -> Mapping[str, int]:
        """The folded words with a prefix, and in how many rows each stands."""
        ...

    def count(self) -> int:
        """How many rows there are."""
        ...

    def refresh(self) -> None:
        """See what others have committed since."""
        ...

    def close(self) -> None:
        """Let go of files and connections."""
        ...
