"""``cancu show``: one document, unit or table."""

from __future__ import annotations

import sys
from dataclasses import asdict

import click

from kb.errors import NotFound
from kb.models import Document, Table
from kb.store.lookup import DocumentRow
from webapp.cli.documents import LineFinder, find_one, open_existing, say_old
from webapp.cli.options import common_options, current_settings, format_option, write_row
from webapp.cli.outline import unit_row
from webapp.cli.tables import table_row


@click.command("show")
@click.argument("name", metavar="ID")
@click.option("--text", is_flag=True, help="Toàn văn như nguồn / the text as in the source")
@click.option("--unit", metavar="EID", help="Một đơn vị / one unit (art_5, ...)")
@click.option("--table", type=click.IntRange(1), metavar="N", help="Bảng thứ N / table number N")
@click.option("--version", "ordinal", type=click.IntRange(1), help="Một phiên bản / one version")
@format_option("text", "json")
@common_options
def command(name: str, text: bool, unit: str | None, table: int | None, ordinal: int | None, shape: str) -> int:
    """Xem một văn bản theo mã, địa chỉ hoặc số (34/2016, 76/NQ-CP 2021).

    Show a document by id, URL or number; with --unit or --table a part of it.
    """
    with open_existing(current_settings(), name) as store:
        row = find_one(store, name)
        say_old(store, row.id)
        document = store.load(row.id, ordinal)
    if unit:
        shown = unit_text_row(document, unit)
        _print(str(shown["text"]), shape, shown)
    elif table:
        _show_table(document, table, shape)
    elif text:
        _print(document.text, shape, {"work": row.id, "text": document.text})
    elif shape == "json":
        write_row(document_row(row, document))
    else:
        for key, value in asdict(row).items():
            click.echo(f"{key:12} {'' if value is None else value}")
        for problem in document.problems:
            click.echo(f"{problem.severity.value:12} {problem.code}: {problem.vi} ({problem.en})")
    return 0


def document_row(row: DocumentRow, document: Document) -> dict[str, object]:
    """A document as a row of JSON, with what was odd in reading it."""
    problems = [asdict(problem) for problem in document.problems]
    return {**asdict(row), "sha256": document.source.sha256, "problem_list": problems}


def unit_text_row(document: Document, eid: str) -> dict[str, object]:
    """One unit with its words as a row of JSON; raises `NotFound`."""
    unit = next((unit for unit in document.units if unit.eid == eid), None)
    if unit is None:
        raise NotFound(code="unit.absent", vi=f"văn bản không có đơn vị “{eid}”", en=f"there is no unit “{eid}”")
    row = unit_row(unit, LineFinder(document.text))
    del row["level"]
    return {**row, "text": unit.span.cut(document.text)}


def find_table(document: Document, number: int) -> Table:
    """The table with a number (from 1); raises `NotFound`."""
    if not 1 <= number <= len(document.tables):
        raise NotFound(
            code="table.absent",
            vi=f"văn bản chỉ có {len(document.tables)} bảng",
            en=f"the document has {len(document.tables)} tables",
        )
    return document.tables[number - 1]


def _show_table(document: Document, number: int, shape: str) -> None:
    table = find_table(document, number)
    if shape == "json":
        write_row(table_row(table, LineFinder(document.text)))
        return
    click.echo("\t".join(table.columns))
    for row in table.rows:
        click.echo("\t".join(cell.text or "" for cell in row.cells))


def _print(text: str, shape: str, row: dict[str, object]) -> None:
    if shape == "json":
        write_row(row)
    else:
        sys.stdout.write(text if text.endswith("\n") else text + "\n")
