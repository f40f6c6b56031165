"""Changes made on the command line, in the log of changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kb.settings import Settings
from kb.store.audit import record
from kb.store.store import open_store
from webapp.cli.options import cli_user


def log_change(settings: Settings, action: str, subject: str, details: Mapping[str, Any] | None = None) -> None:
    """Add one change to the log of a base, by the user of this machine."""
    with open_store(settings) as store:
        record(store, cli_user(), action, subject, details)
