"""The API asked in hundreds of odd ways: never an error of ours, never an answer other than described."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from kb.settings import Settings
from tests.webapp.bases import corpus_home
from webapp.app import create_app

CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance, status_code_conformance]


def _application(home: Path) -> Flask:
    return create_app(Settings(home, f"sqlite:///{home / 'cancu.sqlite3'}"))


def _questions() -> Iterator[tuple[str, str, GenerationMode]]:
    """Every operation, asked rightly, and wrongly where something can be wrong: a query or a body."""
    with TemporaryDirectory() as home:
        spec = _application(Path(home)).test_client().get("/api/v1/openapi.json").get_json()
    for path, item in spec["paths"].items():
        for method in ("get", "post", "delete"):
            if method not in item:
                continue
            yield path, method, GenerationMode.POSITIVE
            parameters = item[method].get("parameters", ())
            if "requestBody" in item[method] or any(one["in"] == "query" for one in parameters):
                yield path, method, GenerationMode.NEGATIVE


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Any:
    home = corpus_home(tmp_path_factory.mktemp("api"))
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", _application(home))


@pytest.mark.parametrize(("path", "method", "mode"), list(_questions()))
def test_no_question_breaks_it(described: Any, path: str, method: str, mode: GenerationMode) -> None:
    @settings(
        max_examples=20,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=described[path][method].as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        case.call_and_validate(checks=CHECKS)

    ask()
