"""The base that a process shares."""

from __future__ import annotations

from pathlib import Path

import pytest

from graphs.base import shared_base
from kb.settings import Settings
from kb.store.audit import count_entries, record
from kb.store.backup import backup_base, restore_base

pytestmark = pytest.mark.new_base


def test_a_base_is_opened_once_and_anew_after_a_restore(tmp_path: Path) -> None:
    home = tmp_path / "kho"
    settings = Settings(home, f"sqlite:///{home / 'cancu.sqlite3'}")
    first = shared_base(settings)
    backup_base(settings, tmp_path / "kho.zip")
    record(first, "cli:me", "works.merge", "a")
    assert shared_base(settings) is first
    restore_base(settings, tmp_path / "kho.zip", force=True)
    again = shared_base(settings)
    assert again is not first
    assert count_entries(again) == 0
