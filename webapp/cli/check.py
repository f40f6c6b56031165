"""``cancu check``: findings on one report, with what was and was not checked."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ingest.analysis import begin
from kb.collector import collector_quiet
from kb.kept_patterns import loaded
from webapp.cli.documents import open_document
from webapp.cli.options import common_options, current_settings, format_option, say, write_row

if TYPE_CHECKING:
    from webapp.outputs.sheet import Sheet

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
    begun = begin(open_document(name, settings))
    # The rules and SQL are loaded while a second process finds the targets of a long paper.
    terminal = loaded("webapp.cli.sheet")
    day = date(as_of.year, as_of.month, as_of.day) if as_of else None
    sheet: Sheet = terminal.make_sheet(settings, begun, mute, day)
    if output and shape == "text":
        shape = output.suffix.lstrip(".").lower()
    if shape in _FILES:
        original = terminal.original_of(name, settings, sheet.analysis) if shape == "docx" else b""
        _write_file(replace(sheet, original=original), shape, output)
    elif shape == "text":
        terminal.print_sheet(sheet)
        if since:
            terminal.print_changes(sheet, earlier)
    else:
        for row in (*sheet.rows(), sheet.summary()):
            write_row(row)
    return 1 if any(finding.severity.value != "note" for finding in sheet.report.findings) else 0


def _write_file(sheet: Sheet, shape: str, output: Path | None) -> None:
    if output is None:
        message = f"-o FILE: --format {shape} là một tệp / is a file"
        raise click.UsageError(message)
    module, function = _FILES[shape]
    make: Callable[[Sheet], bytes] = getattr(loaded(module), function)
    output.write_bytes(make(sheet))
    say(f"đã ghi {output}", f"written to {output}")


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
