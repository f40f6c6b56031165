"""Errors a person can act on.

    CanCuError                 anything we refuse, with a message in Vietnamese and in English
    ├── UnreadableFile         the bytes cannot become a document (empty, truncated, password, bomb ...)
    │   └── MissingTool        they could, with a program that is not installed
    ├── StoreError             the base cannot be opened or written (locked, full disk, wrong schema)
    └── NotFound               nothing, or more than one thing, answers to an id

Bad data inside a document is a `kb.models.Problem`, never an exception.
"""

from __future__ import annotations


class CanCuError(Exception):
    """A refusal with a code, a message in Vietnamese and in English, and an exit status."""

    exit_code = 3

    def __init__(self, code: str, vi: str, en: str) -> None:
        super().__init__(f"{vi} ({en})")
        self.code = code
        self.vi = vi
        self.en = en


class UnreadableFile(CanCuError):
    """The file cannot be read as a document; the rest of a batch goes on."""

    exit_code = 1


class MissingTool(UnreadableFile):
    """The file needs an outside program that is not installed; the message names the package."""


class StoreError(CanCuError):
    """The knowledge base cannot be opened or written."""


class NotFound(CanCuError):
    """No single thing answers to the id that was asked for."""

    exit_code = 1
