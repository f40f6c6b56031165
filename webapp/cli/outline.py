"""``cancu outline``: the structure of one document."""

from __future__ import annotations

import click

from kb.models import Unit, UnitKind
from webapp.cli.documents import LineFinder, open_document
from webapp.cli.options import common_options, current_settings, format_option, write_row

#: What a person reads where the document prints no label.
UNLABELLED = {
    UnitKind.PREFACE: "[Phần đầu]",
    UnitKind.PREAMBLE: "[Căn cứ, lời dẫn]",
    UnitKind.QUOTED: "[Nội dung sửa đổi]",
    UnitKind.CONCLUSIONS: "[Nơi nhận, chữ ký]",
    UnitKind.ATTACHMENT: "[Kèm theo]",
}


@click.command("outline")
@click.argument("name", metavar="FILE|ID")
@format_option("text", "json", "jsonl")
@common_options
def command(name: str, shape: str) -> int:
    """Cấu trúc của một tệp hoặc một văn bản trong kho.

    The structure of a file, or of a document in the base: one row a unit.
    """
    document = open_document(name, current_settings())
    lines = LineFinder(document.text)
    for unit in document.units:
        if shape == "text":
            label = unit.label or UNLABELLED.get(unit.kind, "")
            click.echo(f"{'  ' * (unit.level - 1)}{label} {unit.heading}".rstrip())
        else:
            write_row(unit_row(unit, lines))
    return 0


def unit_row(unit: Unit, lines: LineFinder) -> dict[str, object]:
    """A unit as a row of JSON."""
    return {
        "level": unit.level,
        "kind": unit.kind.value,
        "label": unit.label,
        "heading": unit.heading,
        "eid": unit.eid,
        "start": unit.span.start,
        "end": unit.span.end,
        "line": lines(unit.span.start),
        "page": unit.page,
    }
