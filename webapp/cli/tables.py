"""``cancu tables``: the tables of one document, as data."""

from __future__ import annotations

import csv
import sys

import click

from kb.models import Cell, Table
from webapp.cli.documents import LineFinder, open_document
from webapp.cli.options import common_options, current_settings, format_option, say_none, write_row


@click.command("tables")
@click.argument("name", metavar="FILE|ID")
@format_option("text", "json", "jsonl", "csv")
@common_options
def command(name: str, shape: str) -> int:
    """Các bảng của một tệp hoặc một văn bản trong kho.

    The tables of a file, or of a document in the base.
    """
    document = open_document(name, current_settings())
    lines = LineFinder(document.text)
    say_none(document.tables, "bảng", "tables")
    writer = csv.writer(sys.stdout, lineterminator="\n")
    for number, table in enumerate(document.tables, 1):
        if shape in ("json", "jsonl"):
            write_row(table_row(table, lines))
        elif shape == "csv":
            writer.writerow(["table", *table.columns])
            writer.writerows([number, *(cell.text or "" for cell in row.cells)] for row in table.rows)
        else:
            _print_table(number, table, lines)
    return 0


def table_row(table: Table, lines: LineFinder) -> dict[str, object]:
    """A table as a row of JSON."""
    return {
        "title": table.title,
        "appendix": table.appendix,
        "caption": table.caption,
        "columns": list(table.columns),
        "rows": [[cell.text for cell in row.cells] for row in table.rows],
        "row_lines": [[lines(span.start) for span in row.spans] for row in table.rows],
        "notes": table.notes,
        "start": table.span.start,
        "end": table.span.end,
        "page": table.page,
        "measure": table.measure,
        "values": [[_value(cell) for cell in row.cells] for row in table.rows],
        "problems": list(table.problems),
    }


def _value(cell: Cell) -> dict[str, str] | None:
    """The number of a cell; None where it holds none."""
    value = cell.value
    if value.value is None:
        return None
    parts = {"kind": value.kind.value, "value": value.value, "of": value.of, "unit": value.unit}
    return {name: part for name, part in parts.items() if part is not None}


def _print_table(number: int, table: Table, lines: LineFinder) -> None:
    title = " · ".join(filter(None, (table.appendix, table.title, table.caption, table.measure)))
    click.echo(f"[{number}] {title} (dòng {lines(table.span.start)}, {len(table.rows)} hàng)")
    click.echo("\t".join(table.columns))
    for row in table.rows:
        click.echo(
            "\t".join((cell.text or "") + "".join(f"[{mark}]" for mark in cell.marks) for cell in row.cells)
        )
    for mark, note in table.notes.items():
        click.echo(f"[{mark}] {note}")
    for problem in table.problems:
        click.echo(f"! {problem}")
    click.echo()
