"""Texts of documents drawn before anybody asks for them, by a process that works when nothing else does."""

from __future__ import annotations

import logging
import os
import signal
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from importlib import import_module

from flask import Flask, g

from kb.errors import CanCuError
from kb.settings import Settings
from kb.store.lookup import DocumentRow
from kb.store.revisions import read_revision
from kb.store.store import Store, open_store
from webapp.app import create_app
from webapp.current import current_settings, current_store
from webapp.drawn import read_drawn
from webapp.held import version_of
from webapp.serving import Serving

_LOG = logging.getLogger("cancu.ahead")

#: Seconds between two looks at whether something came in.
_PAUSE = 5.0
_LEAST_URGENT = 19


def draw_ahead(settings: Settings, serving: Serving, parent: int) -> None:
    """Draw what there is and what comes in, for as long as the server that began this process lives."""
    with suppress(ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the server, which ends this process
    os.nice(_LEAST_URGENT)
    app = create_app(settings, serving)
    seen: set[DocumentRow] = set()
    told: object = settings  # no state of a base: the first look always draws
    while os.getppid() == parent:
        revision = read_revision(settings)
        now = revision and revision.content
        if now != told:
            with suppress(CanCuError):  # whoever asks for a page is told what is wrong
                for _ in draw_new(app, seen):
                    if os.getppid() != parent:
                        return
                told = now
                read_ahead(settings, parent)  # what fails here is tried again when something comes in
        time.sleep(_PAUSE)


def read_ahead(settings: Settings, parent: int) -> None:
    """Read what new passages mean, where the model is installed, until something else comes in."""
    before = read_revision(settings)
    with suppress(OSError):
        for _ in import_module("kb.search.reading").read_meanings(settings):
            if os.getppid() != parent or read_revision(settings) != before:
                return


def draw_new(app: Flask, seen: set[DocumentRow]) -> Iterator[str]:
    """Draw the current texts that are not among those seen, latest first; the works, one by one."""
    with app.test_request_context():
        rows = current_store().list_documents()
    for row in rows:
        if row not in seen:
            draw_work(app, row.id)
            seen.add(row)
            yield row.id


def draw_works(settings: Settings, works: Iterable[str]) -> None:
    """Draw the current texts of some works, as they are: the base is only read."""
    app = create_app(settings)
    with open_store(settings) as store:
        for work in works:
            draw_work(app, work, store)


def draw_work(app: Flask, work: str, store: Store | None = None) -> None:
    """Draw the current text of a work; whoever asks for one that cannot be drawn is told why."""
    try:
        with app.test_request_context(), suppress(CanCuError):  # it may be gone by now
            g.store = store or current_store()
            read = version_of(work)
            read_drawn(current_settings(), work, g.store.packed(work, read.ordinal), read.current)
    except Exception:  # noqa: BLE001 (one text must not stop the others)
        _LOG.exception("%s cannot be drawn", work)
