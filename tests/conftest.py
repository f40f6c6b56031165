"""Fixtures and Hypothesis profiles for all tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("dev", max_examples=50, deadline=None)
settings.register_profile(
    "ci", max_examples=200, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ci" if os.environ.get("CI") else "dev")

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
