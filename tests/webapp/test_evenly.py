"""Clients are sent on by the worker whose line is the longer one, and only by it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from webapp.evenly import App, Lines, spread_evenly


def plain(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"x"]


def asked(app: App, protocol: str = "HTTP/1.1") -> list[tuple[str, str]]:
    told: list[list[tuple[str, str]]] = []
    body = app({"SERVER_PROTOCOL": protocol}, lambda status, headers: told.append(headers))
    assert b"".join(body) == b"x"
    return told[0]


@pytest.mark.parametrize(
    ("mine", "other", "closed"), [(0, 0, False), (1, 0, True), (1, 1, False), (5, 4, True), (3, 9, False)]
)
def test_only_the_longer_line_sends_on(mine: int, other: int, closed: bool) -> None:
    lines = Lines(2)
    app = spread_evenly(plain, lines)
    lines.counts[0], lines.counts[1] = mine, other  # beside the request that comes now
    assert (("Connection", "close") in asked(app)) == closed
    assert list(lines.counts) == [mine, other]
    assert ("Connection", "close") not in asked(app, "HTTP/2")


def test_what_fails_leaves_the_line_too() -> None:
    def failing(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        raise ValueError

    lines = Lines(2)
    app = spread_evenly(failing, lines)
    with pytest.raises(ValueError):
        app({}, None)
    assert list(lines.counts) == [0, 0]


def test_a_single_worker_sends_nobody_on() -> None:
    assert spread_evenly(plain, Lines(1)) is plain


def test_a_worker_takes_the_place_of_one_that_is_no_more() -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    lines = Lines(2)
    assert [lines.claim(1), lines.claim(gone.pid), lines.claim(2)] == [0, 1, 1]
    lines.pids[1] = 1
    assert lines.claim(3) is None
