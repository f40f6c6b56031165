"""``cancu check``: findings on one report, with what was and was not checked."""

from __future__ import annotations

import gc
import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from importlib import import_module
from pathlib import Path

import click

from graphs.base import open_base
from ingest.analysis import Analysis, analyse
from kb.clock import told_day
from kb.collector import collector_quiet
from kb.settings import Settings
from kb.store.originals import original_path
from kb.store.store import Store
from kb.text.words import cut_short
from webapp.checking import check_against
from webapp.cli.documents import open_document
from webapp.cli.options import (
    common_options,
    current_settings,
    format_option,
    lay,
    named_home,
    say,
    write_row,
)
from webapp.library import shipped_base
from webapp.mutes import accepted, check_name, reasons
from webapp.outputs.sheet import SEVERITIES, Sheet, coverage

#: How much of what stands elsewhere a line of the terminal shows.
_SHORT, _FEW_LINES = 60, 4
#: Where the words of a finding go on.
_HANG = 12
_AS_OF = "Ngày áp dụng, YYYY-MM-DD hoặc D/M/YYYY / the day to check for"
#: Formats that are files: the module and the function that make the bytes.
_FILES = {
    "html": ("webapp.outputs.page", "sheet_page"),
    "docx": ("webapp.outputs.word", "sheet_document"),
    "xlsx": ("webapp.outputs.workbook", "sheet_workbook"),
}


@click.command("check")
@click.argument("name", metavar="FILE|ID")
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d", "%d/%m/%Y"]),
    metavar="NGÀY",
    help=_AS_OF,
)
@click.option("--mute", multiple=True, metavar="QUY TẮC[=LÝ DO]", help="Tắt quy tắc, nhóm / leave out")
@click.option(
    "--since",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Kết quả lần trước (jsonl) / an earlier run",
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Ghi ra tệp / write to a file"
)
@format_option("text", "json", "jsonl", *_FILES)
@common_options
def command(
    name: str, as_of: date | None, mute: tuple[str, ...], since: Path | None, output: Path | None, shape: str
) -> int:
    """Kiểm tra một báo cáo trước khi ký: viện dẫn, hiệu lực, số liệu, chỉ tiêu, thể thức, chú thích.

    Check one report before it is signed. Exit status 1 when there are errors or warnings.
    """
    with collector_quiet():
        found = _check(name, as_of, mute, since, output, shape)
        gc.freeze()  # the process ends: nobody need look through what it made
    return found


def _check(
    name: str, as_of: date | None, mute: tuple[str, ...], since: Path | None, output: Path | None, shape: str
) -> int:
    settings = current_settings()
    earlier = _earlier(since) if since else {}
    analysis = analyse(open_document(name, settings), with_claims=False)
    day = date(as_of.year, as_of.month, as_of.day) if as_of else None
    with _known(settings, analysis) as store:
        muted = {**(reasons(settings.home) if named_home() else {}), **_given(mute)}
        agreed = accepted(settings.home) if named_home() else {}
        sheet = replace(check_against(store, analysis, muted, day, in_two_processes=True), agreed=agreed)
    if output and shape == "text":
        shape = output.suffix.lstrip(".").lower()
    if shape in _FILES:
        original = _original(name, settings, analysis) if shape == "docx" else b""
        _write_file(replace(sheet, original=original), shape, output)
    elif shape == "text":
        _print(sheet)
        if since:
            _compare(sheet, earlier)
    else:
        for row in (*sheet.rows(), sheet.summary()):
            write_row(row)
    return 1 if any(finding.severity.value != "note" for finding in sheet.report.findings) else 0


def _given(mute: tuple[str, ...]) -> dict[str, str]:
    """What the command line sets aside: ``FIG-205`` or ``FIG-205=reason``."""
    parts = (one.partition("=") for one in mute)
    given = {what.strip(): reason.strip() for what, _, reason in parts}
    for what in given:
        check_name(what)
    return given


@contextmanager
def _known(settings: Settings, analysis: Analysis) -> Iterator[Store]:
    """The base that the command line names, else what of the shipped catalogue bears on the document."""
    if named_home():
        with open_base(settings) as store:
            yield store
    else:
        with shipped_base(analysis) as store:
            yield store


def _original(name: str, settings: Settings, analysis: Analysis) -> bytes:
    """The file that was checked as it came: the one named, else the one that the base keeps."""
    kept = original_path(settings.home, analysis.document.source.sha256)
    return next((path.read_bytes() for path in (Path(name), kept) if path.is_file()), b"")


def _write_file(sheet: Sheet, shape: str, output: Path | None) -> None:
    if output is None:
        message = f"-o FILE: --format {shape} là một tệp / is a file"
        raise click.UsageError(message)
    module, function = _FILES[shape]
    make: Callable[[Sheet], bytes] = getattr(import_module(module), function)
    output.write_bytes(make(sheet))
    say(f"đã ghi {output}", f"written to {output}")


def _print(sheet: Sheet) -> None:
    lay(sheet.name)
    for row, finding in zip(sheet.rows(), sheet.report.findings, strict=True):
        lay(f"dòng {row['line']:<5} {SEVERITIES[finding.severity]:8} {finding.rule}  {finding.vi}", _HANG)
        if told := _elsewhere(row):
            lay(f"{'':{_HANG}}so với: {told}", _HANG + 2)
        if finding.suggestion:
            lay(f"{'':{_HANG}}gợi ý: {finding.suggestion}", _HANG + 2)
    found = Counter(finding.severity for finding in sheet.report.findings)
    counts = ", ".join(f"{found[severity]} {words.lower()}" for severity, words in SEVERITIES.items())
    click.echo(f"\n{found.total()} phát hiện: {counts}")
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


def _earlier(since: Path) -> dict[str, str]:
    """The findings of an earlier run by their ids; a file that is no such run is refused."""
    try:
        rows = [json.loads(line) for line in since.read_text(encoding="utf-8").splitlines() if line.strip()]
    except ValueError:
        rows = []
    # A run without findings still has its summary.
    if not rows or not all(isinstance(row, dict) and (row.get("summary") or "rule" in row) for row in rows):
        message = (
            f"--since: {since} không phải kết quả của “cancu check TỆP --format jsonl”"
            f" / {since} is not the output of “cancu check FILE --format jsonl”"
        )
        raise click.UsageError(message)
    return {str(row["id"]): str(row["message"]) for row in rows if "id" in row and "message" in row}


def _compare(sheet: Sheet, before: dict[str, str]) -> None:
    """What an earlier run found that is gone, and what is new."""
    now = {sheet.id_of(finding): finding.vi for finding in sheet.report.findings}
    for title, found, other in (("Đã sửa", before, now), ("Mới", now, before)):
        gone = [words for name, words in found.items() if name not in other]
        click.echo(f"\n{title}: {len(gone)}")
        for words in gone:
            lay(f"  {words}", 4)
