"""``cancu works``: what is cited and not held; works merged, split, pinned by people."""

from __future__ import annotations

import re
from typing import Any

import click

from graphs.update import update_within
from kb.store.decided import list_decisions, merge_works, pin_mentions, withdraw_decision
from kb.store.store import Store
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
from webapp.cli.works_named import named, numbers_of, one_work, open_graph
from webapp.collecting import WantedWork, works_to_collect

_NOTE = click.option("--note", default="", help="Lý do / why")
_BY = click.option("--by", default="", help="Ai quyết định / who decides [tên người dùng / user]")


@click.group("works", cls=FullGroup)
@common_options
def command() -> None:
    """Văn bản cần thu thập; gộp, tách, ghim theo quyết định của người dùng, giữ qua mọi lần dựng lại.

    Works to collect; merge, split, pin: decisions that outlive every rebuild.
    """


@command.command("to-collect")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True)
@format_option("text", "json", "jsonl")
@common_options
def to_collect(limit: int, shape: str) -> int:
    """Văn bản được dẫn nhiều nhất mà kho chưa có, ai dẫn / what is cited most and not held, and by whom."""
    with open_graph(current_settings()) as store:
        found = [cited_row(wanted) for wanted in works_to_collect(store, limit)]
        if shape != "text":
            for told in found:
                write_row(told)
            return 0
        numbers = numbers_of(store, [name for told in found for name in told["cited_by"][:3]])
        for told in found:
            by = ", ".join(numbers[name] for name in told["cited_by"][:3])
            by += " …" if told["citing"] > len(told["cited_by"][:3]) else ""
            words = named(told["type"], told["number"], told["issued"], told["title"])
            counts = f"{told['citing']} văn bản dẫn {told['mentions']} lần"
            click.echo(
                f"{told['work']}\t{words}\t{counts} / cited by {told['citing']}, {told['mentions']} times\t← {by}"
            )
    return 0


def cited_row(wanted: WantedWork) -> dict[str, Any]:
    """What is cited and not held, with who cites it, as a row of JSON."""
    row = wanted.work
    return {
        "work": row.id,
        "number": row.number,
        "type": row.type,
        "issuer": row.issuer,
        "issued": row.issued,
        "title": row.title,
        "held": False,
        "citing": wanted.citing,
        "mentions": wanted.mentions,
        "cited_by": list(wanted.cited_by),
        "catalogued": bool(row.catalogued),
    }


@command.command("merge")
@click.argument("former", metavar="ID")
@click.argument("into", metavar="ID")
@_NOTE
@_BY
@common_options
def merge(former: str, into: str, note: str, by: str) -> int:
    """Hai mã là một văn bản: gộp mã đầu vào mã sau / two ids are one work: the first goes into the second."""
    with open_graph(current_settings()) as store:
        one, other = one_work(store, former), one_work(store, into)
        if one.held:
            message = f"{one.id}: văn bản có toàn văn không gộp vào nơi khác / a held text stays itself"
            raise click.UsageError(message)
        merge_works(store, one.id, other.id, by or user_name(), note, cli_user(), update_within)
    say(f"đã gộp {one.id} vào {other.id}", f"merged {one.id} into {other.id}")
    return 0


@command.command("split")
@click.argument("work", metavar="ID")
@click.argument("mentions", metavar="VĂN_BẢN#VỊ_TRÍ...", nargs=-1, required=True)
@click.option("--into", default="", help="Mã mới / new id [ID.2]")
@_NOTE
@_BY
@common_options
def split(work: str, mentions: tuple[str, ...], into: str, note: str, by: str) -> int:
    """Tách những viện dẫn nêu ra khỏi một văn bản / take the named mentions out of a work into one of their own.

    VĂN_BẢN#VỊ_TRÍ: mã văn bản dẫn và vị trí (ký tự) của viện dẫn, như `cancu cite` in ra ở cột start.
    """
    with open_graph(current_settings()) as store:
        one = one_work(store, work)
        places = _places(store, mentions)
        pin_mentions(
            store, "split", places, into or f"{one.id}.2", by or user_name(), note, cli_user(), update_within
        )
    say(f"đã tách {len(mentions)} viện dẫn khỏi {one.id}", f"split {len(mentions)} mentions from {one.id}")
    return 0


@command.command("pin")
@click.argument("mention", metavar="VĂN_BẢN#VỊ_TRÍ")
@click.argument("work", metavar="ID")
@_NOTE
@_BY
@common_options
def pin(mention: str, work: str, note: str, by: str) -> int:
    """Ghim một viện dẫn vào một văn bản / say which work a mention means."""
    with open_graph(current_settings()) as store:
        one = one_work(store, work)
        places = _places(store, (mention,))
        pin_mentions(store, "pin", places, one.id, by or user_name(), note, cli_user(), update_within)
    say(f"đã ghim {mention} vào {one.id}", f"pinned {mention} to {one.id}")
    return 0


@command.command("none")
@click.argument("mention", metavar="VĂN_BẢN#VỊ_TRÍ")
@_NOTE
@_BY
@common_options
def none(mention: str, note: str, by: str) -> int:
    """Một viện dẫn không phải văn bản nào đã biết / a mention means no work that is known."""
    with open_graph(current_settings()) as store:
        pin_mentions(
            store, "none", _places(store, (mention,)), "", by or user_name(), note, cli_user(), update_within
        )
    say(f"{mention}: không phải văn bản nào đã biết", f"{mention} means no known work")
    return 0


@command.command("decisions")
@click.option("--withdraw", type=int, metavar="SỐ", help="Rút một quyết định / take a decision back")
@format_option("text", "json", "jsonl")
@common_options
def decided(withdraw: int | None, shape: str) -> int:
    """Các quyết định gộp, tách, ghim; rút lại một quyết định / the decisions; take one back."""
    with open_graph(current_settings()) as store:
        if withdraw is not None:
            withdraw_decision(store, withdraw, cli_user(), update_within)
            say(f"đã rút quyết định {withdraw}", f"decision {withdraw} taken back")
        for one in list_decisions(store):
            if shape == "text":
                click.echo(f"{one.id}\t{one.kind}\t{one.payload}\t{one.made}\t{one.by}\t{one.note}")
            else:
                told = {"id": one.id, "kind": one.kind, **one.payload}
                write_row({**told, "made": one.made, "by": one.by, "note": one.note})
    return 0


def _places(store: Store, mentions: tuple[str, ...]) -> list[tuple[str, int]]:
    found = []
    for mention in mentions:
        told = re.fullmatch(r"(.+)#(\d+)", mention)
        if told is None:
            message = f"“{mention}”: cần VĂN_BẢN#VỊ_TRÍ / needs WORK#OFFSET"
            raise click.BadParameter(message)
        found.append((one_work(store, told[1]).id, int(told[2])))
    return found
