"""``cancu follow``: works that one follows, and what is new of them."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from graphs.finding import find_works
from graphs.follow import Sign, all_news, see
from kb.clock import told_day
from kb.store.follows import drop_follow
from webapp.cli.options import common_options, current_settings, format_option, say, write_row
from webapp.cli.works_named import one_work, open_graph


@click.command("follow")
@click.argument("name", metavar="ID", required=False)
@click.option("--stop", is_flag=True, help="Thôi theo dõi / follow it no longer")
@click.option("--seen", is_flag=True, help="Đã xem tin của mọi văn bản / all news have been seen")
@click.option("--who", default="web", show_default=True, help="Của ai: tên tài khoản / whose: an account")
@format_option("text", "json", "jsonl")
@common_options
def command(name: str | None, stop: bool, seen: bool, who: str, shape: str) -> int:
    """Theo dõi một văn bản; không nêu ID: tin mới của các văn bản đang theo dõi. Có tin mới: mã thoát 1.

    Follow a work; without an ID what cites, amends or ends the works that are followed since they were last seen.
    """
    today = date.today().isoformat()
    with open_graph(current_settings()) as store:
        if name is not None:
            work = one_work(store, name)
            if stop:
                drop_follow(store, work.id, who)
                say(f"thôi theo dõi {work.id}", f"{work.id} is followed no longer")
            else:
                see(store, work.id, today, who)
                say(f"theo dõi {work.id}: tin mới kể từ bây giờ", f"{work.id} is followed from now on")
            return 0
        found = all_news(store, today, who)
        for follow, news in found:
            known = find_works(store, follow.work)
            number = known[0].number if known else None
            if shape == "text":
                click.echo(f"{follow.work}\t{number or ''}\t{len(news)}")
                for sign in news:
                    click.echo(f"  {_line(sign)}")
            else:
                row = {"work": follow.work, "number": number, "since": follow.since, "seen": follow.seen}
                write_row({**row, "news": [_row(sign) for sign in news]})
            if seen and news:
                see(store, follow.work, today, who)
    return int(any(news for _, news in found))


def _line(sign: Sign) -> str:
    by = f": {sign.number or sign.by}" if sign.by else ""
    return f"{sign.words}{by}{f', {told_day(sign.on)}' if sign.on else ''}"


def _row(sign: Sign) -> dict[str, Any]:
    return {name: getattr(sign, name) for name in ("kind", "words", "on", "by", "number", "unit")}
