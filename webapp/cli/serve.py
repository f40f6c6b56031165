"""``cancu serve``: the web pages and the API."""

from __future__ import annotations

import ipaddress
from importlib import import_module

import click

from webapp.cli.options import common_options, current_settings, say


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Địa chỉ / address")
@click.option("--port", default=8765, show_default=True, type=click.IntRange(0, 65535), help="Cổng / port")
@click.option("--read-only", is_flag=True, help="Chỉ đọc; bắt buộc khi mở ra mạng / needed beyond this machine")
@common_options
def command(host: str, port: int, read_only: bool) -> int:
    """Mở trang web của kho trên máy này.

    Serve the web pages of the base. They have no log-in: beyond this machine they are served read-only.
    """
    if not (read_only or _is_loopback(host)):
        message = f"{host}: thêm --read-only khi mở ra ngoài máy này / beyond this machine: add --read-only"
        raise click.UsageError(message)
    settings = current_settings()
    app = import_module("webapp.app").create_app(settings)
    app.config["CANCU_READ_ONLY"] = read_only
    say(f"http://{host}:{port}/  (Ctrl+C để dừng)", f"serving {settings.home}")
    import_module("waitress").serve(app, host=host, port=port, ident=None)
    return 0


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"
