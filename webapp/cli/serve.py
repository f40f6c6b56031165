"""``cancu serve``: the web pages and the API."""

from __future__ import annotations

from importlib import import_module

import click

from kb.store.accounts import has_admin
from kb.store.store import open_store
from webapp.cli.options import common_options, current_settings, say


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Địa chỉ / address")
@click.option("--port", default=8765, show_default=True, type=click.IntRange(0, 65535), help="Cổng / port")
@click.option("--read-only", is_flag=True, help="Từ chối mọi thay đổi / refuse every change")
@click.option(
    "--proxy",
    "proxies",
    type=click.IntRange(0, 5),
    default=0,
    metavar="N",
    help="Số máy chủ ủy nhiệm đứng trước / how many reverse proxies stand before it [0]",
)
@click.option(
    "--workers", type=click.IntRange(1, 64), default=1, metavar="N", help="Số tiến trình / worker processes [1]"
)
@click.option("--log-format", type=click.Choice(["text", "json"]), default="text", help="Dạng nhật ký / log lines")
@common_options
def command(host: str, port: int, read_only: bool, proxies: int, workers: int, log_format: str) -> int:
    """Mở trang web của kho.

    Trên chính máy này: không cần đăng nhập khi chưa có tài khoản. Mở ra mạng: cần một quản trị
    (cancu users add TÊN --role admin) hoặc --read-only.

    Serve the web pages and the API. On this machine nobody logs in while there is no account; beyond it an
    admin account is needed, or --read-only. Docs: docs/serve.md.
    """
    settings = current_settings()
    serving_module = import_module("webapp.serving")
    exposed = proxies > 0 or not serving_module.is_loopback(host)
    if exposed and not read_only:
        with open_store(settings) as store:
            ready = has_admin(store)
        if not ready:
            message = (
                "mở ra ngoài máy này cần một quản trị (cancu users add TÊN --role admin) hoặc --read-only"
                " / beyond this machine: make an admin (cancu users add NAME --role admin) or add --read-only"
            )
            raise click.UsageError(message)
    names = frozenset() if exposed else serving_module.OWN_NAMES
    serving = serving_module.Serving(read_only, exposed, proxies, names)
    server = import_module("webapp.server")
    port = server.free_port(host, port)
    say(f"http://{host}:{port}/  (Ctrl+C để dừng)", f"serving {settings.home}")
    server.serve(settings, serving, host, port, workers, log_format)
    return 0
