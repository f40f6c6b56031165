"""``cancu claims``: what one document claims, and what it offers for it."""

from __future__ import annotations

import click

from ingest.analysis import analyse
from kb.text.words import cut_short
from webapp.cli.analysed import Rows
from webapp.cli.documents import open_document
from webapp.cli.options import common_options, current_settings, format_option, lay, say_none, write_row
from webapp.target_words import SOURCE_WORDS


@click.command("claims")
@click.argument("name", metavar="FILE|ID")
@format_option("text", "json", "jsonl")
@common_options
def command(name: str, shape: str) -> int:
    """Khẳng định của một văn bản và nguồn mà văn bản đưa ra.

    The claims of a document and what it offers for each: a cited document, a note, a cell, a system, or nothing.
    """
    analysis = analyse(open_document(name, current_settings()))
    rows = Rows(analysis)
    say_none(analysis.claims, "khẳng định", "claims")
    for claim in analysis.claims:
        if shape != "text":
            write_row(rows.claim(claim))
            continue
        kinds = ", ".join(dict.fromkeys(SOURCE_WORDS.get(source.kind, source.kind) for source in claim.sources))
        line = rows.place(claim.span)["line"]
        lay(f"{claim.id}  dòng {line}  [{kinds}]  {cut_short(claim.text, 160)}", 4)
    return 0
