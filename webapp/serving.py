"""How the pages are served: to whom, behind what, how requests are written down."""

from __future__ import annotations

import ipaddress
import os
import secrets
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, Response, current_app, request
from flask.sessions import SecureCookieSessionInterface
from werkzeug.middleware.proxy_fix import ProxyFix

#: Names of this machine for itself. A page of the Internet that bends its name to 127.0.0.1 still comes under it.
OWN_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Serving:
    """How the pages are served.

    Attributes:
        read_only: whether every change is refused.
        exposed: whether people at other machines can come; then nobody comes in without an account.
        proxies: how many reverse proxies stand before it, whose ``X-Forwarded-*`` are believed.
        names: the only host names it answers to; empty for any.
    """

    read_only: bool = False
    exposed: bool = False
    proxies: int = 0
    names: frozenset[str] = frozenset()


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address.

    >>> is_loopback("127.0.0.1"), is_loopback("[::1]"), is_loopback("0.0.0.0"), is_loopback("kho.example")
    (True, True, False, False)
    """
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def current_serving() -> Serving:
    """How the request that is being answered is served."""
    serving: Serving = current_app.config["CANCU_SERVING"]
    return serving


def set_up_serving(app: Flask, serving: Serving, home: Path) -> None:
    """Cookies, proxies and names of an application."""
    app.config.update(
        CANCU_SERVING=serving,
        SECRET_KEY=cookie_secret(home),
        SESSION_COOKIE_NAME="cancu",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
    )
    app.session_interface = _Sessions()
    if serving.proxies:
        count = serving.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    if serving.names:
        app.before_request(refuse_other_names)


def refuse_other_names() -> Response | None:
    """A refusal for a request under a name that is not ours."""
    name = request.host.rsplit(":", 1)[0] if not request.host.endswith("]") else request.host
    if name.strip("[]") in current_serving().names:
        return None
    words = (
        "Trang này chỉ mở trên chính máy này: dùng http://127.0.0.1 hoặc http://localhost.\n"
        "Served on this machine only: use http://127.0.0.1 or http://localhost.\n"
    )
    return Response(words, 421, content_type="text/plain; charset=utf-8")


def cookie_secret(home: Path) -> bytes:
    """What cookies are signed with: made once, kept in the home where only its owner reads it."""
    path = home / "cookie.key"
    if not path.exists():
        home.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=home)  # mode 0600
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(32))
        # Of several workers that begin at once, one gives its secret to all.
        with suppress(FileExistsError):
            os.link(name, path)
        Path(name).unlink()
    return path.read_bytes()


class _Sessions(SecureCookieSessionInterface):
    def get_cookie_secure(self, app: Flask) -> bool:
        """Over https the cookie never travels without it."""
        return request.is_secure
