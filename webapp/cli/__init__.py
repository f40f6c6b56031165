"""The command line. Commands are loaded when they are used, so that ``cancu --help`` is instant."""

from __future__ import annotations

from webapp.cli.main import main

__all__ = ["main"]
