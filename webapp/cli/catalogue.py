"""``cancu catalogue``: known works, listed, added, loaded from lists of an office, taken back, written out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from graphs.update import update_within
from kb.catalogue import KINDS, Rows, read_catalogue, write_csv
from kb.clock import told_day
from kb.numbers import normalize_number, parse_number, type_of
from kb.sheets import write_sheet
from kb.store.audit import record
from kb.store.catalogue import Batch, export_rows, list_batches, load_rows, undo_batch
from webapp.cli.options import (
    FullGroup,
    cli_user,
    common_options,
    current_settings,
    format_option,
    say,
    user_name,
    write_row,
)
from webapp.cli.status import read_day
from webapp.cli.works_named import open_graph

#: Rows of a preview.
_SHOWN = 10


@click.group("catalogue", cls=FullGroup)
@common_options
def command() -> None:
    """Danh mục văn bản đã biết: số, ngày, hiệu lực, quan hệ, mỗi dữ kiện có nguồn.

    The catalogue of known works: facts with their sources.
    """


@command.command("list")
@click.option("--loads", is_flag=True, help="Các lần nạp / the loads")
@format_option("text", "json", "jsonl")
@common_options
def listing(loads: bool, shape: str) -> int:
    """Các văn bản trong danh mục, hoặc các lần nạp / the works of the catalogue, or its loads."""
    with open_graph(current_settings()) as store:
        rows = [_batch_row(batch) for batch in list_batches(store)] if loads else export_rows(store, "works")
    for row in rows:
        if shape != "text":
            write_row({name: value for name, value in row.items() if name not in ("work_key", "place")})
        elif loads:
            state = f"đã rút / undone {row['undone']}" if row["undone"] else ""
            counts = f"{row['works']} văn bản, {row['relations']} quan hệ, {row['events']} sự kiện"
            click.echo(f"{row['id']}\t{row['name']}\t{row['loaded']}\t{counts}\t{state}")
        else:
            dates = f"hiệu lực {told_day(row['effective']) or '?'} → {told_day(row['ended']) or '…'}"
            sure = _CERTAINTIES.get(row["certainty"], row["certainty"])
            click.echo(
                f"{row['number']}\t{row['type']}\t{told_day(row['issued'])}\t{dates}\t{sure}\t{row['title']}"
            )
    return 0


#: How sure a fact of the catalogue is, in words.
_CERTAINTIES = {
    "text": "lời văn bản / text",
    "official": "nguồn chính thức / official",
    "general": "hiểu biết chung / general knowledge",
}


@command.command("add")
@click.argument("number")
@click.option("--type", "kind", default="", help="Tên loại / type")
@click.option("--issuer", default="", help="Cơ quan ban hành / issuing body")
@click.option("--issued", default="", help="Ngày ban hành / day of issue")
@click.option("--title", default="", help="Trích yếu / title")
@click.option("--effective", default="", help="Ngày có hiệu lực / first day of force")
@click.option("--ended", default="", help="Ngày hết hiệu lực / first day without force")
@click.option("--end-kind", default="", help="thay thế, bãi bỏ, hết thời hạn")
@click.option("--replaced-by", default="", help="Số văn bản thay thế / number of the successor")
@click.option("--source", required=True, help="Nguồn của dữ kiện / where the facts stand")
@click.option("--by", default="", help="Người chịu trách nhiệm / who stands for it [tên người dùng / user]")
@common_options
def add(number: str, **facts: str) -> int:
    """Thêm một văn bản vào danh mục / add one work to the catalogue."""
    parsed = parse_number(number)
    if parsed is None:
        message = f"“{number}” không phải số, ký hiệu / is no number"
        raise click.BadParameter(message)
    by = facts["by"] or user_name()
    days = {name: read_day(facts[name]) if facts[name] else "" for name in ("issued", "effective", "ended")}
    told = dict.fromkeys(KINDS["works"], "") | {
        "number": str(parsed),
        "type": facts["kind"] or type_of(parsed) or "",
        **{name: facts[name] for name in ("issuer", "title", "end_kind", "source")},
        **days,
        "certainty": "official",
        "by": by,
    }
    rows = Rows(works=[told])
    if facts["replaced_by"]:
        relation = dict.fromkeys(KINDS["relations"], "") | {
            "number": told["number"],
            "issued": told["issued"],
            "relation": "thay thế",
            "direction": "passive",
            "other_number": normalize_number(facts["replaced_by"]),
            "on": told["ended"],
            "certainty": "official",
            "source": told["source"],
            "by": by,
            "note": "",
        }
        rows.relations.append(relation)
    with open_graph(current_settings()) as store:
        batch, _ = load_rows(store, f"thêm {told['number']}", told["number"].encode(), by, rows, update_within)
        record(store, cli_user(), "catalogue.add", told["number"], {"load": batch, "by": by})
    say(f"đã thêm {told['number']} (lần nạp {batch})", f"added {told['number']} (load {batch})")
    return 0


@command.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--map", "mapping", multiple=True, metavar="CỘT=TÊN", help="number=“Số ký hiệu”: cột nào là gì / a mapping"
)
@click.option("--issuer", default="", help="Cơ quan ban hành của dòng không ghi / body of rows that name none")
@click.option("--dry-run", is_flag=True, help="Chỉ xem trước, không nạp / preview only")
@click.option("--by", default="", help="Người chịu trách nhiệm / who stands for it [tên người dùng / user]")
@format_option("text", "json")
@common_options
def load(
    files: tuple[Path, ...], mapping: tuple[str, ...], issuer: str, dry_run: bool, by: str, shape: str
) -> int:
    """Nạp bảng của danh mục hoặc danh mục riêng của cơ quan (CSV, XLSX).

    Load tables of the catalogue or an office's own list; the mapping of columns is shown, --dry-run loads nothing,
    `cancu catalogue undo` takes a load back.
    """
    chosen = dict(pair.split("=", 1) for pair in mapping if "=" in pair)
    person = by or user_name()
    refused = 0
    for path in files:
        data = path.read_bytes()
        rows = read_catalogue(path, data, person, chosen, issuer)
        refused += len(rows.refused)
        batch = None
        if not dry_run:
            with open_graph(current_settings()) as store:
                batch, _ = load_rows(store, path.name, data, person, rows, update_within)
                record(store, cli_user(), "catalogue.load", path.name, {"load": batch, "works": len(rows.works)})
        _report(path, rows, batch, shape)
    return 1 if refused else 0


@command.command("undo")
@click.argument("batch", type=int)
@common_options
def undo(batch: int) -> int:
    """Rút lại một lần nạp / take a load back."""
    with open_graph(current_settings()) as store:
        undo_batch(store, batch, update_within)
        record(store, cli_user(), "catalogue.undo", str(batch), {"load": batch})
    say(f"đã rút lần nạp {batch}", f"load {batch} taken back")
    return 0


@command.command("export")
@click.argument("kind", type=click.Choice(list(KINDS)), default="works")
@click.option("--format", "shape", type=click.Choice(("csv", "xlsx", "json", "jsonl")), default="csv")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Tệp ra / output file")
@common_options
def export(kind: str, shape: str, output: Path | None) -> int:
    """Xuất danh mục, đọc lại được bằng import / write the catalogue, as import reads it."""
    with open_graph(current_settings()) as store:
        rows = export_rows(store, kind)
    columns = KINDS[kind]
    if shape in ("json", "jsonl"):
        for row in rows:
            write_row({name: row.get(name, "") for name in columns})
    elif shape == "xlsx":
        content = write_sheet(columns, [[str(row.get(name, "")) for name in columns] for row in rows])
        if output is None:
            message = "--format xlsx: cần -o TỆP / needs -o FILE"
            raise click.UsageError(message)
        output.write_bytes(content)
    elif output:
        output.write_text(write_csv(columns, rows), encoding="utf-8")
    else:
        sys.stdout.write(write_csv(columns, rows))
    return 0


def _batch_row(batch: Batch) -> dict[str, Any]:
    return {name: getattr(batch, name) for name in Batch.__dataclass_fields__}


def _report(path: Path, rows: Rows, batch: int | None, shape: str) -> None:
    counts = {"works": len(rows.works), "relations": len(rows.relations), "events": len(rows.events)}
    if shape == "json":
        told = {"file": path.name, "load": batch, "mapping": rows.mapping, **counts}
        write_row({**told, "refused": [{"row": line, "why": why} for line, why in rows.refused]})
        return
    click.echo(f"{path.name}: " + "; ".join(f"{ours} ← “{theirs}”" for ours, theirs in rows.mapping.items()))
    for work in rows.works[:_SHOWN]:
        issued, effective, ended = (told_day(work[name]) for name in ("issued", "effective", "ended"))
        dates = f"{issued or '?'}: {effective or '?'} → {ended}"
        click.echo(f"  {work['number']}\t{work['type']}\t{dates} {work['end_kind']}\t{work['title'][:80]}")
    if len(rows.works) > _SHOWN:
        click.echo(f"  … {len(rows.works) - _SHOWN} dòng nữa / more rows")
    for line, why in rows.refused[:_SHOWN]:
        say(f"dòng {line} bị bỏ: {why}", f"row {line} refused")
    state = f"đã nạp, lần nạp {batch}" if batch else "chưa nạp (xem trước)"
    say(
        f"{counts['works']} văn bản, {counts['relations']} quan hệ, {counts['events']} sự kiện,"
        f" {len(rows.refused)} dòng bị bỏ; {state}",
        f"load {batch}" if batch else "nothing loaded (preview)",
    )
