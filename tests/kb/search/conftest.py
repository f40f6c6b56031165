"""The engines that the suite runs on."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.search.home import open_engine
from kb.search.index import SearchIndex
from kb.search.protocol import Engine
from kb.settings import Settings
from postgres_cluster import Server, find_programs, new_server
from search_base import rows

NAMES = ("tantivy", "whoosh", "postgresql")


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A running PostgreSQL; what needs it is skipped where it is not installed."""
    programs = find_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    found = new_server(programs)
    try:
        found.make()
        found.start()
        yield found
    finally:
        found.stop()
        shutil.rmtree(found.folder, ignore_errors=True)


@pytest.fixture
def database(server: Server) -> str:
    """The URL of a database without search tables."""
    with server.connect() as connection:
        connection.execute("DROP TABLE IF EXISTS search_rows, search_terms, search_state")
    return server.url


@pytest.fixture(params=NAMES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty index of each engine."""
    url = request.getfixturevalue("database") if request.param == "postgresql" else "sqlite://"
    opened = open_engine(Settings(tmp_path, url, request.param))
    yield opened
    opened.close()


@pytest.fixture
def index(engine: Engine) -> SearchIndex:
    """The small base in an index of each engine."""
    engine.update(rows())
    return SearchIndex(engine)
