"""A document held against itself and against the library: one call for the command line and the web pages."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from graphs.checks.report import Library, Subject
from graphs.checks.run import check_subject
from ingest.analysis import Analysis
from webapp.outputs.sheet import Sheet


def check_analysis(
    analysis: Analysis,
    as_of: date | None = None,
    muted: Collection[str] = (),
    library: Library | None = None,
    library_as_of: str = "",
) -> Sheet:
    """The sheet of one document; `as_of` is by default the document's own date."""
    day = as_of or own_date(analysis)
    subject = Subject(
        analysis.document,
        analysis.citations,
        analysis.figures,
        analysis.targets,
        as_of=day,
        library=library,
    )
    return Sheet(analysis, check_subject(subject, muted), day, library_as_of)


def own_date(analysis: Analysis) -> date | None:
    """The date that a document's head states; None where there is none, or no whole one."""
    issued = analysis.document.metadata.issued
    try:
        return date.fromisoformat(issued.value) if issued else None
    except ValueError:
        return None
