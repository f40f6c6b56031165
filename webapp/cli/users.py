"""``cancu users``: accounts, their roles, passwords and tokens."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import timedelta
from importlib import import_module

import click

from kb.store import accounts as rows
from kb.store.accounts import KeyKind, Role
from kb.store.store import open_store
from webapp.cli.options import FullGroup, cli_user, common_options, current_settings, format_option, say, write_row

_NAME = click.argument("name", metavar="TÊN")
_ROLE = click.Choice([role.value for role in Role])


@click.group("users", cls=FullGroup)
@common_options
def command() -> None:
    """Tài khoản. Chưa có tài khoản nào: mở trang trên chính máy này thì không cần đăng nhập.

    Accounts. While there is none, nobody logs in and the pages are served on this machine only.
    """


@command.command("add")
@_NAME
@click.option("--role", type=_ROLE, default=Role.READER.value, show_default=True, help="Vai trò / role")
@common_options
def add(name: str, role: str) -> int:
    """Thêm tài khoản; mật khẩu hỏi trên màn hình hoặc đọc từ đầu vào chuẩn / password asked for, or from stdin."""
    hashed = _asked_hash()
    with open_store(current_settings()) as store:
        account = rows.add_account(store, name, Role(role), hashed, cli_user())
    say(f"đã thêm {account.name} ({role})", f"added {account.name} ({role})")
    return 0


@command.command("list")
@format_option("text", "json", "jsonl")
@common_options
def listed(shape: str) -> int:
    """Các tài khoản / the accounts."""
    with open_store(current_settings()) as store:
        for account in rows.list_accounts(store):
            if shape == "text":
                click.echo(f"{account.name}\t{account.role}\t{account.made}")
            else:
                write_row({"name": account.name, "role": account.role.value, "made": account.made})
    return 0


@command.command("remove")
@_NAME
@common_options
def remove(name: str) -> int:
    """Bỏ tài khoản cùng phiên đăng nhập và khóa của nó / remove an account, its sessions and tokens."""
    with open_store(current_settings()) as store:
        rows.remove_account(store, name, cli_user())
    say(f"đã bỏ {name}", f"removed {name}")
    return 0


@command.command("password")
@_NAME
@common_options
def password(name: str) -> int:
    """Đặt mật khẩu mới; các phiên đăng nhập chấm dứt / set a password; sessions end."""
    with open_store(current_settings()) as store:
        account = rows.get_account(store, name)
        rows.set_password(store, account.name, _asked_hash(), cli_user())
    say(f"đã đổi mật khẩu của {account.name}", f"the password of {account.name} is changed")
    return 0


@command.command("role")
@_NAME
@click.argument("role", type=_ROLE)
@common_options
def set_role(name: str, role: str) -> int:
    """Đổi vai trò: reader đọc và kiểm tra, editor sửa kho, admin quản lý tài khoản / change a role."""
    with open_store(current_settings()) as store:
        rows.set_role(store, name, Role(role), cli_user())
    say(f"{name}: {role}", f"{name} is now {role}")
    return 0


@command.command("token")
@_NAME
@click.option("--label", default="", help="Dùng vào việc gì / what it is for")
@click.option("--days", type=click.IntRange(1, 3650), help="Số ngày có hiệu lực / how long it holds")
@click.option("--list", "listing", is_flag=True, help="Liệt kê / list them")
@click.option("--end", type=int, metavar="SỐ", help="Chấm dứt một khóa / end one")
@common_options
def token(name: str, label: str, days: int | None, listing: bool, end: int | None) -> int:
    """Khóa API của một tài khoản, chỉ hiện một lần; gửi trong đầu mục Authorization: Bearer.

    A token for programs, printed once on standard output; it does what the role of its account may.
    """
    with open_store(current_settings()) as store:
        account = rows.get_account(store, name)
        if listing:
            for key in rows.list_tokens(store, account):
                click.echo(f"{key.id}\t{key.made}\t{key.ends or '–'}\t{key.label}")
        elif end is not None:
            rows.drop_token(store, account, end, cli_user())
            say(f"đã chấm dứt khóa {end}", f"token {end} is ended")
        else:
            lasts = timedelta(days=days) if days else None
            click.echo(rows.open_key(store, account, KeyKind.TOKEN, label, lasts, cli_user()))
    return 0


def _asked_hash() -> str:
    """The hash of the password that is typed twice, or of the first line of standard input."""
    if sys.stdin.isatty():
        typed = click.prompt("Mật khẩu / password", hide_input=True, confirmation_prompt="Lần nữa / again")
    else:
        typed = sys.stdin.readline().rstrip("\r\n")
    # Argon2 is loaded by the commands that need it, not by the help.
    hashed: Callable[[str], str] = import_module("webapp.accounts.passwords").hash_password
    return hashed(typed)
