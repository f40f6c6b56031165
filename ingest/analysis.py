"""Everything that is read from one document: citations, figures, targets with their bases, claims."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from ingest.citations.find import find_citations
from ingest.figures.find import find_figures
from ingest.targets.bases import find_bases
from ingest.targets.claims import find_claims
from ingest.targets.find import find_targets
from kb.collector import collector_quiet
from kb.models import Citation, Claim, Document, Figure, Target
from kb.second_process import meanwhile


@dataclass(frozen=True, slots=True)
class Analysis:
    """A document with its citations, figures, targets and claims."""

    document: Document
    citations: tuple[Citation, ...]
    figures: tuple[Figure, ...]
    targets: tuple[Target, ...]
    claims: tuple[Claim, ...]


@collector_quiet()
def analyse(
    document: Document, citations: tuple[Citation, ...] | None = None, *, with_claims: bool = True
) -> Analysis:
    """What a document says; `citations` when they are known already; a check asks for no claims."""
    found = find_citations(document) if citations is None else citations
    figures = find_figures(document, found)
    targets = targets_of(document, found)
    claims = find_claims(document, found, figures, targets) if with_claims else ()
    return Analysis(document, found, figures, targets, claims)


@dataclass(frozen=True, slots=True)
class Begun:
    """A document with its citations and figures, while a second process may still look for its targets."""

    document: Document
    citations: tuple[Citation, ...]
    figures: tuple[Figure, ...]
    targets: Callable[[], tuple[Target, ...]]

    def whole(self) -> Analysis:
        """All that is read from the document but its claims, once the targets are there."""
        return Analysis(self.document, self.citations, self.figures, self.targets(), ())


@collector_quiet()
def begin(document: Document) -> Begun:
    """What a document says, but for its claims, which a check asks for none of."""
    citations = find_citations(document)
    targets = meanwhile(partial(targets_of, document, citations), on=document.text)
    return Begun(document, citations, find_figures(document, citations), targets)


@collector_quiet()
def targets_of(document: Document, citations: tuple[Citation, ...]) -> tuple[Target, ...]:
    """The targets of a document with their bases; `citations` are its own."""
    return find_bases(document, citations, find_targets(document, citations))
