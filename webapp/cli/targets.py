"""``cancu targets``: targets of one document, their results and legal bases."""

from __future__ import annotations

import click

from ingest.analysis import analyse
from webapp.cli.analysed import Rows
from webapp.cli.documents import open_document
from webapp.cli.options import common_options, current_settings, format_option, say_none, write_row
from webapp.target_words import BASIS_WORDS, COMPARATORS, amount, called


@click.command("targets")
@click.argument("name", metavar="FILE|ID")
@format_option("text", "json", "jsonl")
@common_options
def command(name: str, shape: str) -> int:
    """Chỉ tiêu của một văn bản: mức, thời hạn, kết quả, đánh giá, căn cứ.

    The targets of a document: level, deadline, result, verdict, legal bases with their kind.
    """
    analysis = analyse(open_document(name, current_settings()))
    rows = Rows(analysis)
    say_none(analysis.targets, "chỉ tiêu", "targets")
    for target in analysis.targets:
        if shape != "text":
            write_row(rows.target(target))
            continue
        level = f"{COMPARATORS[target.comparator.value]} {amount(target.value, target.unit)}".strip()
        level = ", ".join(filter(None, (level, target.period)))
        line = rows.place(target.span)["line"]
        bases = [
            f"{called(analysis.citations[basis.citation])} ({BASIS_WORDS[basis.kind]})" for basis in target.bases
        ]
        click.echo(f"{target.id}  dòng {line}  {level}  {target.verdict or '-'}  {target.metric}")
        if target.result:
            told = amount(target.result.value, target.result.unit) or target.result.text[:100]
            click.echo(f"    kết quả: {told}")
        click.echo(f"    căn cứ: {'; '.join(bases) if bases else 'không thấy'}")
    return 0
