"""A served base with the sound reports and the shipped corpus, and Debian's Chromium to look at it."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from ingest.pipeline import ingest_paths
from kb.settings import Settings
from webapp.app import create_app

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium")


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
def page(chromium: Browser, site: str) -> Iterator[Page]:
    """A fresh window on the site; an error in the console or a failed request fails the test."""
    context = chromium.new_context(base_url=site, locale="vi-VN")
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    yield opened
    context.close()
    assert not wrong
