"""The sheet of `cancu check` as a terminal has it made, and shows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from graphs.base import open_base
from ingest.analysis import Analysis, Begun
from kb.clock import told_day
from kb.models import Severity
from kb.settings import Settings
from kb.store.originals import original_path
from kb.store.store import Store
from kb.text.words import cut_short
from webapp.checking import check_against
from webapp.cli.options import lay, named_home
from webapp.library import shipped_base
from webapp.mutes import accepted, check_name, reasons
from webapp.outputs.sheet import SEVERITIES, Sheet, coverage

#: How much of what stands elsewhere a line of the terminal shows.
_SHORT, _FEW_LINES = 60, 4
#: Where the words of a finding go on.
_HANG = 12


def make_sheet(settings: Settings, begun: Begun, mute: tuple[str, ...], day: date | None) -> Sheet:
    """The sheet of a document, without what people set aside in the base or on the command line."""
    with _known(settings, begun) as store:
        muted = {**(reasons(settings.home) if named_home() else {}), **_given(mute)}
        agreed = accepted(settings.home) if named_home() else {}
        return replace(check_against(store, begun, muted, day, in_two_processes=True), agreed=agreed)


def _given(mute: tuple[str, ...]) -> dict[str, str]:
    """What the command line sets aside: ``FIG-205`` or ``FIG-205=reason``."""
    parts = (one.partition("=") for one in mute)
    given = {what.strip(): reason.strip() for what, _, reason in parts}
    for what in given:
        check_name(what)
    return given


@contextmanager
def _known(settings: Settings, begun: Begun) -> Iterator[Store]:
    """The base that the command line names, else what of the shipped catalogue bears on the document."""
    if named_home():
        with open_base(settings) as store:
            yield store
    else:
        with shipped_base(begun) as store:
            yield store


def original_of(name: str, settings: Settings, analysis: Analysis) -> bytes:
    """The file that was checked as it came: the one named, else the one that the base keeps."""
    kept = original_path(settings.home, analysis.document.source.sha256)
    return next((path.read_bytes() for path in (Path(name), kept) if path.is_file()), b"")


def print_sheet(sheet: Sheet) -> None:
    """Print the findings, what each is held against, and what was and was not checked."""
    lay(sheet.name)
    rows = list(sheet.rows())
    for row, finding in zip(rows, sheet.report.findings, strict=True):
        lay(f"dòng {row['line']:<5} {SEVERITIES[finding.severity]:8} {finding.rule}  {finding.vi}", _HANG)
        if told := _elsewhere(row):
            lay(f"{'':{_HANG}}so với: {told}", _HANG + 2)
        if finding.suggestion:
            lay(f"{'':{_HANG}}gợi ý: {finding.suggestion}", _HANG + 2)
    found = Counter(finding.severity for finding in sheet.report.findings)
    counts = ", ".join(f"{found[severity]} {words.lower()}" for severity, words in SEVERITIES.items())
    click.echo(f"\n{found.total()} phát hiện: {counts}")
    errors = [row["line"] for row in rows if row["severity"] == Severity.ERROR]
    if 0 < len(errors) < found.total():
        lay(f"Lỗi ở dòng {', '.join(map(str, dict.fromkeys(errors)))}", 2)
    click.echo(f"Ngày áp dụng: {told_day(sheet.as_of) or 'không đọc được ngày của văn bản'}")
    for family, tally in sheet.report.checked.items():
        lay(coverage(family, tally), 2)
    for finding, why in sheet.aside:
        lay(f"Bỏ qua {sheet.id_of(finding)}: {finding.vi} ({why})", 2)


def _elsewhere(row: dict[str, object]) -> str:
    """What stands at other lines and was held against the place of a finding: ``dòng 1297 “24.364”, “23.988”``."""
    by_line: dict[object, list[str]] = {}
    for one in row["evidence"]:  # type: ignore[attr-defined]
        if one["line"] != row["line"]:
            by_line.setdefault(one["line"], []).append(f"“{cut_short(one['text'], _SHORT)}”")
    return "; ".join(f"dòng {line} {', '.join(texts)}" for line, texts in list(by_line.items())[:_FEW_LINES])


def print_changes(sheet: Sheet, before: Mapping[str, str]) -> None:
    """Print what an earlier run found that is gone, and what is new."""
    now = {sheet.id_of(finding): finding.vi for finding in sheet.report.findings}
    for title, found, other in (("Đã sửa", before, now), ("Mới", now, before)):
        gone = [words for name, words in found.items() if name not in other]
        click.echo(f"\n{title}: {len(gone)}")
        for words in gone:
            lay(f"  {words}", 4)
