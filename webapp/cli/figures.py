"""``cancu figures``: the quantities that one document states."""

from __future__ import annotations

import click

from ingest.analysis import analyse
from webapp.cli.analysed import Rows
from webapp.cli.documents import open_document
from webapp.cli.options import common_options, current_settings, format_option, say_none, write_row


@click.command("figures")
@click.argument("name", metavar="FILE|ID")
@format_option("text", "json", "jsonl")
@common_options
def command(name: str, shape: str) -> int:
    """Số liệu của một văn bản: trong lời văn, danh sách, bảng.

    The quantities that a document states in prose, lists, notes and tables.
    """
    analysis = analyse(open_document(name, current_settings()), with_claims=False)
    rows = Rows(analysis)
    say_none(analysis.figures, "số liệu", "figures")
    for at, figure in enumerate(analysis.figures):
        if shape != "text":
            write_row(rows.figure(at, figure))
            continue
        line = rows.place(figure.span)["line"]
        click.echo(f"{line}\t{figure.printed}\t{figure.unit or ''}\t{figure.period or ''}\t{figure.what or ''}")
    return 0
