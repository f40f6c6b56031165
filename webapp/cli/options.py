"""Options that every command takes, and lines for people."""

from __future__ import annotations

import getpass
import json
import os
import sys
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, TypeVar

import click

from kb.settings import Settings

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(slots=True)
class _Debug:
    on: bool = False


#: Whether tracebacks are shown.
DEBUG = _Debug()


def common_options(function: F) -> F:
    """The function with ``--home`` and ``--debug``, which stand before or after the command."""
    home = click.option(
        "--home",
        metavar="DIR",
        expose_value=False,
        callback=_set_home,
        help="Thư mục của kho / folder of the base [CANCU_HOME, cancu-home]",
    )
    debug = click.option(
        "--debug",
        is_flag=True,
        expose_value=False,
        callback=_set_debug,
        help="Hiện chi tiết lỗi / show tracebacks",
    )
    return home(debug(function))


def format_option(*names: str) -> Callable[[F], F]:
    """``--format`` with the formats a command knows; the first is the default."""
    return click.option(
        "--format", "shape", type=click.Choice(names), default=names[0], help="Dạng kết quả / output format"
    )


def current_settings() -> Settings:
    """The settings of the base that the command line names."""
    return Settings.load(click.get_current_context().find_root().meta.get("cancu.home"))


def user_name() -> str:
    """The user of the machine; a question mark where the system knows none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "?"


def cli_user() -> str:
    """Who acts, as the log of changes names users of the command line."""
    return f"cli:{user_name()}"


def named_home() -> bool:
    """Whether the command line or the environment names a base."""
    named = click.get_current_context().find_root().meta.get("cancu.home")
    return bool(named or os.environ.get("CANCU_HOME"))


class FullGroup(click.Group):
    """A group whose help tells what each command does in full, in both languages."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table of commands."""
        with formatter.section("Lệnh / Commands"):
            formatter.write_dl([(name, _about(command)) for name, command in sorted(self.commands.items())])


def _about(command: click.Command) -> str:
    """The first paragraph of what a command says of itself."""
    return " ".join((command.help or "").split("\n\n", 1)[0].split()).rstrip(".")


def lay(text: str, hang: int = 0) -> None:
    """Print a line for a person; what a terminal is too narrow for goes on below, further in."""
    width = import_module("shutil").get_terminal_size().columns if sys.stdout.isatty() else 0
    click.echo(laid(text, hang, width))


def laid(text: str, hang: int, width: int) -> str:
    """A line cut between words so that it fits into a width, its further lines moved in; 0 is any width.

    >>> print(laid("dòng 3  ngày ghi thiếu năm, không rõ tháng", 8, 30))
    dòng 3  ngày ghi thiếu năm,
            không rõ tháng
    """
    if not width or len(text) <= width:
        return text
    return textwrap.fill(
        text, max(width, hang + 20), subsequent_indent=" " * hang, break_long_words=False, break_on_hyphens=False
    )


def say(vi: str, en: str) -> None:
    """One line for a person, on standard error, in both languages."""
    click.echo(f"cancu: {vi} ({en})", err=True)


def say_none(found: Sequence[object], vi: str, en: str) -> None:
    """Say that a document holds nothing of what was asked for; nothing where it does."""
    if not found:
        say(f"không thấy {vi} nào trong văn bản", f"the document holds no {en}")


def write_row(row: Mapping[str, Any]) -> None:
    """One row of JSON on standard output."""
    sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")


def _set_home(context: click.Context, _: click.Parameter, value: str | None) -> None:
    if value:
        context.find_root().meta["cancu.home"] = value


def _set_debug(_: click.Context, __: click.Parameter, value: bool) -> None:
    DEBUG.on = DEBUG.on or value
