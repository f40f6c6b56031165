"""Fixtures and Hypothesis profiles for all tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.made_once import MadeOnce, install

# The same examples every time, so that a red run is red for everybody; `make fuzz` looks for new ones.
settings.register_profile("steady", max_examples=50, derandomize=True, deadline=None)
settings.register_profile("fuzz", max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

SHARED = Path(__file__).resolve().parents[2] / "shared"
REPORT = SHARED / "documents" / "bao-cao-224-BC-UBND-khanh-hoa-2025.txt"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Folder of real documents beside the project; the test is skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the folder ../shared with real documents is absent")
    return SHARED


@pytest.fixture(scope="session")
def report_path(shared: Path) -> Path:
    """The real report of a province, with nine appendices."""
    return REPORT


@pytest.fixture(scope="session", autouse=True)
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOnce]:
    """New bases are copies of one that was made in earnest."""
    with pytest.MonkeyPatch.context() as patch:
        yield install(tmp_path_factory.mktemp("once"), patch.setattr)


@pytest.fixture(scope="module", autouse=True)
def own_base(request: pytest.FixtureRequest, made_once: MadeOnce) -> Iterator[None]:
    """Tests marked ``new_base`` make their own base."""
    made_once.on = request.node.get_closest_marker("new_base") is None
    yield
    made_once.on = True
