"""``cancu saved``: searches kept by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date

import click

from kb.search.index import Wanted
from kb.search.protocol import Sort
from kb.search.saved import drop_saved, get_saved, list_saved
from kb.search.unanswered import list_unanswered
from webapp.cli.logged import log_change
from webapp.cli.options import common_options, current_settings, format_option, say, write_row
from webapp.cli.search import ask, show_answer


@click.command("saved")
@click.argument("name", required=False)
@click.option("--remove", is_flag=True, help="Bỏ tìm kiếm này / forget this search")
@click.option("--unanswered", is_flag=True, help="Những câu không có kết quả / queries without an answer")
@click.option("--limit", "-n", type=click.IntRange(1, 200), default=10, help="Số kết quả / how many hits")
@format_option("text", "json", "jsonl")
@common_options
def command(name: str | None, remove: bool, unanswered: bool, limit: int, shape: str) -> int:
    """Tìm kiếm đã lưu (cancu search ... --save TÊN): xem danh sách, chạy lại một tìm kiếm, bỏ nó.

    Saved searches: list them, run one by its NAME, remove it.
    """
    settings = current_settings()
    if unanswered:
        for noted in list_unanswered(settings):
            _print(noted, f"{noted['at']}  {noted['query']}", shape)
        return 0
    if name is None:
        for saved in list_saved(settings):
            filters = "  ".join(f"{key}: {', '.join(values)}" for key, values in saved.filters.items())
            _print(asdict(saved), f"{saved.name}\t{saved.query}\t{filters}".rstrip(), shape)
        return 0
    if remove:
        drop_saved(settings, name)
        log_change(settings, "search.forget", name)
        say(f"đã bỏ tìm kiếm “{name}”", f"the search “{name}” is forgotten")
        return 0
    saved = get_saved(settings, name)
    in_force = date.fromisoformat(saved.in_force) if saved.in_force else None
    wanted = Wanted(saved.query, date.today(), in_force, saved.filters, Sort(saved.sort), limit)
    show_answer(ask(settings, wanted), "text" if shape == "text" else "json")
    return 0


def _print(row: Mapping[str, object], line: str, shape: str) -> None:
    if shape == "text":
        click.echo(line)
    else:
        write_row(row)
