"""Fixtures and Hypothesis profiles for all tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

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
