"""The engines that the suite runs on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.search.home import open_engine
from kb.search.index import SearchIndex
from kb.search.protocol import Engine
from kb.settings import Settings
from search_base import rows

NAMES = ("tantivy", "whoosh")


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
