"""A served base with the sound reports and the shipped corpus, and Debian's Chromium to look at it."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from werkzeug.serving import make_server

from ingest.pipeline import ingest_paths
from kb.settings import Settings
from webapp.app import create_app

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium")
#: Milliseconds that a busy machine may need for what a free one does at once.
PATIENCE = 120_000
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the pages over a fresh base."""
    home = tmp_path_factory.mktemp("kho")
    settings = Settings(home, f"sqlite:///{home / 'cancu.sqlite3'}")
    corpus = ROOT / "corpus" / "documents"
    documents = [*sorted(corpus.glob("*.txt")), *corpus.glob("nghi-quyet-76*"), *corpus.glob("nghi-dinh-34-*")]
    ingest_paths(settings, [ROOT / "tests" / "reports", *documents], jobs=2)
    server = make_server("127.0.0.1", 0, create_app(settings), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join(10)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=CHROMIUM,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
            ],
        )
        yield browser
        browser.close()


@pytest.fixture
def window(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Opens fresh windows that wait as long as a busy machine needs; they close with the test."""
    with ExitStack() as opened:

        def open_window(base_url: str | None = None, *, script: bool = True) -> Page:
            context = chromium.new_context(base_url=base_url, java_script_enabled=script, locale="vi-VN")
            opened.callback(context.close)
            context.set_default_timeout(PATIENCE)
            return context.new_page()

        yield open_window


@pytest.fixture
def sound_window(window: Callable[..., Page]) -> Iterator[Callable[..., Page]]:
    """As `window`; an error in the console or a failed request fails the test."""
    wrong: list[str] = []

    def open_window(base_url: str) -> Page:
        page = window(base_url)
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        return page

    yield open_window
    assert not wrong


@pytest.fixture
def page(sound_window: Callable[..., Page], site: str) -> Page:
    """A fresh window on the site."""
    return sound_window(site)
