"""The production server: worker processes that share one port; running requests are finished before they stop."""

from __future__ import annotations

import gc
import logging
import multiprocessing
import os
import socket
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from flask import Flask
from granian import Granian
from granian.constants import Interfaces

from graphs.base import open_base
from ingest.desk import wake
from kb.errors import CanCuError, system_reason
from kb.search.home import refresh_index
from kb.search.index import Wanted
from kb.settings import Settings
from webapp.ahead import draw_ahead
from webapp.app import create_app
from webapp.bodies import await_bodies
from webapp.current import current_index, current_store
from webapp.evenly import Lines, spread_evenly
from webapp.logs import write_logs
from webapp.serving import Serving, cookie_secret

_LOG = logging.getLogger("cancu.server")

#: Requests that one worker process answers at a time: some of them wait for the disk, some stream; some wait for
#: a body that is being sent, which others do not wait for.
THREADS, BODIES = 24, 8
#: Seconds that running requests have after a request to stop.
PATIENCE = 30


def serve(settings: Settings, serving: Serving, host: str, port: int, workers: int, log_format: str) -> None:
    """Serve the pages until the process is told to stop (SIGTERM, SIGINT)."""
    write_logs(log_format)
    # What only one process may do is done before there are several; after an upgrade it can take a minute.
    _LOG.info("chuẩn bị kho và chỉ mục, xin chờ (bringing base and index up to date)")
    open_base(settings).close()
    cookie_secret(settings.home)
    refresh_index(settings)
    # Forked workers would share what libraries keep open; new ones begin clean.
    multiprocessing.set_start_method("spawn", force=True)
    drawer = multiprocessing.Process(target=draw_ahead, args=(settings, serving, os.getpid()), daemon=True)
    drawer.start()
    server = Granian(
        "cancu",
        address=host.strip("[]"),
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        log_enabled=False,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=PATIENCE,
    )
    server.serve(
        target_loader=partial(load_worker, settings, serving, log_format, Lines(workers)), wrap_loader=False
    )


def load_worker(settings: Settings, serving: Serving, log_format: str, lines: Lines) -> Callable[..., Any]:
    """The application of one worker process, which writes its own log lines."""
    write_logs(log_format)
    app = create_app(settings, serving)
    warm_up(app)
    if not serving.read_only:
        wake(settings)  # what a crash left in the inbox goes on
    _LOG.info("sẵn sàng (worker ready)")
    return spread_evenly(await_bodies(app, BODIES), lines)


def warm_up(app: Flask) -> None:
    """Do once what the first pages would wait for: the library of the base, vocabulary, templates.

    What is loaded by then stays: the collector of garbage need not look at it again.
    """
    with suppress(CanCuError), app.test_request_context():  # what is wrong is told to whoever asks
        current_index().search(Wanted("nghị định 34/2016 về xử phạt"))
        current_store().list_documents(limit=1)
    for name in _FIRST_SHOWN:
        app.jinja_env.get_template(name)
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECTED)


#: Templates that are made ready before the first page is asked for.
_FIRST_SHOWN = ("base.html", "_text.html", "search/index.html", "documents/show.html", "check/show.html")
#: A page of a document makes ten thousands of values that all go at its end.
_COLLECTED = (20_000, 20, 20)


def free_port(host: str, port: int) -> int:
    """The port to listen on, a free one for 0; an address that cannot be listened on is refused."""
    try:
        family, kind, number, _, address = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, number) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            return int(probe.getsockname()[1])
    except OSError as error:
        why = system_reason(error)
        raise CanCuError(
            code="serve.address",
            vi=f"không mở được {host}:{port}: {why}",
            en=f"cannot listen on {host}:{port}: {why.en}",
        ) from error
