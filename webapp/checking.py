"""A document held against itself and against the library: one call for the command line and the web pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from graphs.checks.report import Library, Namesakes, Subject, Twins
from graphs.checks.run import check_subject
from ingest.analysis import Analysis, Begun
from kb.bilingual import both
from kb.collector import collector_quiet
from kb.store.store import Store
from webapp.library import library_date, library_of, namesakes_of, works_meant
from webapp.outputs.sheet import Sheet
from webapp.twins import twins_of


def check_analysis(
    analysis: Analysis,
    as_of: date | None = None,
    muted: Mapping[str, str] | None = None,
    library: Library | None = None,
    library_as_of: str = "",
    twins: Twins | None = None,
    namesakes: Namesakes | None = None,
    *,
    forgiving: bool = False,
    in_two_processes: bool = False,
) -> Sheet:
    """The sheet of one document; `as_of` is by default the document's own date.

    `muted` gives what is set aside (a rule, a family, the id of one finding) and why; `forgiving` and
    `in_two_processes` are told of at `check_subject`.
    """
    day = as_of or own_date(analysis)
    subject = Subject(
        analysis.document,
        analysis.citations,
        analysis.figures,
        analysis.targets,
        as_of=day,
        today=date.today(),
        library=library,
        twins=twins,
        namesakes=namesakes,
    )
    muted = muted or {}
    report = check_subject(subject, muted, forgiving=forgiving, in_two_processes=in_two_processes)
    sheet = Sheet(analysis, report, day, library_as_of)
    names = [sheet.id_of(finding) for finding in report.findings]
    aside = tuple((one, muted[name]) for one, name in zip(report.findings, names, strict=True) if name in muted)
    counted = tuple(one for one, name in zip(report.findings, names, strict=True) if name not in muted)
    for finding, why in aside:
        tally = report.checked[finding.family]
        tally.failed = max(tally.failed - 1, 0)
        tally.skip(both("phát hiện được bỏ qua: {why}", "set aside: {why}", why=why))
    return replace(sheet, report=replace(report, findings=counted), aside=aside)


@collector_quiet()
def check_against(
    store: Store,
    analysis: Analysis | Begun,
    muted: Mapping[str, str] | None = None,
    as_of: date | None = None,
    *,
    in_two_processes: bool = False,
) -> Sheet:
    """The sheet of one document held against all that a base knows."""
    meant = works_meant(store, analysis)
    library, twins = library_of(store, analysis, meant), twins_of(store, analysis, meant)
    namesakes, library_as_of = namesakes_of(store, analysis), library_date(store)
    return check_analysis(
        analysis.whole() if isinstance(analysis, Begun) else analysis,
        as_of,
        muted,
        library,
        library_as_of,
        twins,
        namesakes,
        forgiving=True,
        in_two_processes=in_two_processes,
    )


def own_date(analysis: Analysis) -> date | None:
    """The date that a document's head states; None where there is none, or no whole one."""
    issued = analysis.document.metadata.issued
    try:
        return date.fromisoformat(issued.value) if issued else None
    except ValueError:
        return None
