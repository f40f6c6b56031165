"""Bodies that come slowly hold few threads, and none for long; what comes whole is what was sent."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from threading import Event
from typing import Any

import pytest
from flask import Flask, request
from werkzeug.exceptions import RequestTimeout, ServiceUnavailable
from werkzeug.test import Client, EnvironBuilder

from webapp.bodies import await_bodies


class Silent:
    """A connection over which some bytes come and then nothing, until it is let go."""

    def __init__(self, begun: bytes) -> None:
        self.begun, self.gone, self.asked = begun, Event(), Event()

    def read(self, _: int = -1) -> bytes:
        if self.begun:
            begun, self.begun = self.begun, b""
            return begun
        self.asked.set()
        self.gone.wait()
        return b""


def application() -> Flask:
    app = Flask(__name__)

    @app.route("/", methods=["GET", "POST"])
    def show() -> str:
        return request.form.get("words", "") or request.get_data().decode()

    @app.post("/again")
    def again() -> str:
        for _ in range(2):
            with pytest.raises((RequestTimeout, ServiceUnavailable)):
                request.get_data()
        return "refused twice"

    return app


def ask(app: Any, source: Any, path: str = "/", length: int = 100) -> int:
    environ = EnvironBuilder(path=path, method="POST", content_type="text/plain").get_environ()
    environ |= {"wsgi.input": source, "CONTENT_LENGTH": str(length)}
    told: list[str] = []
    answer: Iterable[bytes] = app(environ, lambda status, _headers, *_: told.append(status))
    b"".join(answer)
    return int(told[0].split()[0])


def test_what_comes_whole_is_what_was_sent() -> None:
    client = Client(await_bodies(application(), at_once=1))
    for words in ("a", "ă" * 200_000, "one\ntwo\n\nthree"):
        assert client.post("/", data={"words": words}).text == words
        assert client.post("/", data=words, content_type="text/plain").text == words
    assert client.get("/").text == ""
    file = BytesIO(b"x" * 300_000)
    assert client.post("/", data={"words": "beside a file", "file": (file, "a.txt")}).text == "beside a file"


def test_lines_are_lines() -> None:
    lines: list[bytes] = []

    def app(environ: dict[str, Any], start: Any) -> list[bytes]:
        body = environ["wsgi.input"]
        lines.extend([body.readline(), body.readline(2), *body])
        start("200 OK", [])
        return [body.read()]

    Client(await_bodies(app, at_once=1)).post("/", data=b"one\ntwo\nthree\n\nfour")
    assert lines == [b"one\n", b"tw", b"o\n", b"three\n", b"\n", b"four"]


def test_a_body_that_does_not_come_is_given_up() -> None:
    app, silent = await_bodies(application(), at_once=1, patience=0.05), Silent(b"begun")
    try:
        assert ask(app, silent) == 408
        # Whoever waited is free for the next one, although nothing has come yet.
        assert ask(app, BytesIO(b"x" * 100)) == 200
    finally:
        silent.gone.set()


def test_who_asks_again_for_what_did_not_come_is_told_again() -> None:
    app, silent = await_bodies(application(), at_once=1, patience=0.05), Silent(b"")
    try:
        assert ask(app, silent, "/again") == 200
    finally:
        silent.gone.set()


def test_one_body_too_many_is_refused_and_pages_go_on() -> None:
    slots = await_bodies(application(), at_once=1, patience=60)
    inner: list[int] = []

    class Meanwhile(BytesIO):
        """While this body is awaited, others come."""

        def read(self, size: int | None = -1, /) -> bytes:
            if not inner:
                inner.append(ask(slots, BytesIO(b"x" * 100)))
                inner.append(Client(slots).get("/").status_code)
            return super().read(size)

    assert ask(slots, Meanwhile(b"x" * 100)) == 200
    assert inner == [503, 200]
    assert ask(slots, BytesIO(b"x" * 100)) == 200
