"""``cancu graph``: the citation graph written out, drawn, asked."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from graphs.citation_graph import anomalies, authority, common_bases, load_graph, series_with_gaps, shortest_path
from graphs.diagram import build_diagram
from graphs.drawing import draw_svg
from graphs.export import SHAPES, write_graph
from graphs.trace import BASES
from kb.store.store import Store
from webapp.cli.options import FullGroup, common_options, current_settings, format_option, say, write_row
from webapp.cli.status import read_day
from webapp.cli.works_named import named_works, one_work, open_graph

_OUTPUT = click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Tệp ra / output file"
)


@click.group("graph", cls=FullGroup)
@common_options
def command() -> None:
    """Đồ thị viện dẫn: xuất ra tệp, vẽ lược đồ, hỏi đường đi, căn cứ chung, điều bất thường.

    The citation graph: export, diagram, paths, common bases, anomalies, authority, series.
    """


@command.command("export")
@click.option("--format", "shape", type=click.Choice(list(SHAPES)), default="graphml", help="Dạng / format")
@click.option("--bases", is_flag=True, help="Chỉ quan hệ căn cứ, hướng dẫn, triển khai / only what rests on what")
@_OUTPUT
@common_options
def export(shape: str, bases: bool, output: Path | None) -> int:
    """Xuất cả đồ thị: GraphML, GEXF, JSON, CSV, DOT / write the whole graph."""
    with open_graph(current_settings()) as store:
        graph = load_graph(store, BASES if bases else None)
        _write(write_graph(graph, shape), output)
    say(f"{len(graph)} văn bản, {graph.number_of_edges()} quan hệ", f"{len(graph)} works")
    return 0


@command.command("svg")
@click.argument("name", metavar="ID")
@click.option("--as-of", "day", metavar="NGÀY", help="Ngày xét hiệu lực / day of the statuses [hôm nay / today]")
@_OUTPUT
@common_options
def svg(name: str, day: str | None, output: Path | None) -> int:
    """Lược đồ của một văn bản, dạng SVG / the diagram of one work."""
    on = read_day(day)
    with open_graph(current_settings()) as store:
        work = one_work(store, name)
        _write(draw_svg(build_diagram(store, work.id, on)), output)
    return 0


@command.command("path")
@click.argument("source", metavar="ID")
@click.argument("target", metavar="ID")
@click.option("--all", "everything", is_flag=True, help="Mọi quan hệ / every relation")
@format_option("text", "json")
@common_options
def path(source: str, target: str, everything: bool, shape: str) -> int:
    """Chuỗi ngắn nhất từ một văn bản lên văn bản khác / the shortest chain from one work up to another."""
    with open_graph(current_settings()) as store:
        names = [one_work(store, name).id for name in (source, target)]
        found = shortest_path(store, names[0], names[1], None if everything else BASES)
        _print_works(store, found, shape, "path")
    return 0 if found else 1


@command.command("common")
@click.argument("names", metavar="ID...", nargs=-1, required=True)
@format_option("text", "json")
@common_options
def common(names: tuple[str, ...], shape: str) -> int:
    """Căn cứ chung của nhiều văn bản / what several works all rest on."""
    with open_graph(current_settings()) as store:
        found = common_bases(store, [one_work(store, name).id for name in names])
        _print_works(store, found, shape, "common")
    return 0


@command.command("anomalies")
@format_option("text", "json", "jsonl")
@common_options
def odd(shape: str) -> int:
    """Điều bất thường: căn cứ vòng, cấp dưới sửa cấp trên, ban hành trước căn cứ / what cannot be right."""
    with open_graph(current_settings()) as store:
        found = anomalies(store)
        known = named_works(store, (work for one in found for work in one.works))
    for one in found:
        if shape == "text":
            click.echo(f"{one.code}\t{one.vi} ({one.en})")
            for work in one.works:
                click.echo(f"\t{work}\t{known[work]}")
        else:
            write_row({"code": one.code, "works": list(one.works), "vi": one.vi, "en": one.en})
    return 1 if found else 0


@command.command("authority")
@click.option("--limit", type=click.IntRange(1), default=30, show_default=True)
@format_option("text", "json", "jsonl")
@common_options
def ranks(limit: int, shape: str) -> int:
    """Văn bản có trọng lượng nhất theo PageRank / the weightiest works by PageRank."""
    with open_graph(current_settings()) as store:
        found = authority(store, limit)
        known = named_works(store, (name for name, _ in found))
    for name, rank in found:
        if shape == "text":
            click.echo(f"{rank:.5f}\t{name}\t{known[name]}")
        else:
            write_row({"work": name, "rank": rank})
    return 0


@command.command("series")
@format_option("text", "json", "jsonl")
@common_options
def series(shape: str) -> int:
    """Loạt văn bản hằng năm và những năm còn thiếu / yearly series and the years that are missing."""
    with open_graph(current_settings()) as store:
        found = series_with_gaps(store)
    for one in found:
        row: dict[str, Any] = {
            "type": one.type,
            "issuer": one.issuer,
            "title": one.title,
            "works": dict(one.works),
            "missing": list(one.missing),
        }
        if shape == "text":
            click.echo(f"{one.type} {one.issuer}: {one.title}: thiếu / missing {', '.join(map(str, one.missing))}")
        else:
            write_row(row)
    return 0


def _print_works(store: Store, found: list[str], shape: str, name: str) -> None:
    if shape == "json":
        write_row({name: found})
    else:
        known = named_works(store, found)
        for one in found:
            click.echo(f"{one}\t{known[one]}")
    if not found:
        say("không có", "none")


def _write(text: str, output: Path | None) -> None:
    if output:
        output.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
