"""``cancu mute``: rules, families and findings set aside with a reason."""

from __future__ import annotations

from dataclasses import asdict

import click

from webapp.cli.logged import log_change
from webapp.cli.options import common_options, current_settings, format_option, say, write_row
from webapp.mutes import drop_mute, keep_mute, list_mutes


@click.command("mute")
@click.argument("what", metavar="[RULE|FAMILY|FINDING]", required=False)
@click.option("--reason", default="", help="Lý do / why (bắt buộc khi bỏ qua / needed)")
@click.option("--remove", is_flag=True, help="Thôi bỏ qua / take it back")
@format_option("text", "json", "jsonl")
@common_options
def command(what: str | None, reason: str, remove: bool, shape: str) -> int:
    """Bỏ qua một quy tắc, một nhóm hay một phát hiện, kèm lý do; không nêu gì thì liệt kê.

    Set aside a rule, a family or one finding (the id that check gives), with a reason; alone, list them.
    """
    settings = current_settings()
    home = settings.home
    if what and remove:
        drop_mute(home, what)
        log_change(settings, "check.unmute", what)
        say(f"thôi bỏ qua {what}", f"{what} counts again")
    elif what:
        keep_mute(home, what, reason)
        log_change(settings, "check.mute", what, {"reason": reason})
        say(f"bỏ qua {what}", f"{what} is set aside")
    else:
        for mute in list_mutes(home):
            if shape == "text":
                click.echo(f"{mute.what:22} {mute.made[:10]}  {mute.reason}")
            else:
                write_row(asdict(mute))
    return 0
