"""Held documents that pages show: the last few stay in memory, since one reads on in what one has opened."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from flask import g

from ingest.analysis import Analysis, analyse
from kb.models import Citation, Document
from kb.settings import Settings
from kb.store.store import VersionRow, not_held
from webapp.current import current_settings, current_store


@dataclass(frozen=True, slots=True)
class Held:
    """A text of a work with its citations and the row that tells where it came from."""

    document: Document
    citations: tuple[Citation, ...]
    version: VersionRow


def read_held(work_id: str, ordinal: int | None = None) -> Held:
    """The current text of a work, or one of its texts; `NotFound` where it is not held."""
    version = version_of(work_id, ordinal)
    return _held(current_settings(), work_id, version)


def read_analysis(work_id: str) -> Analysis:
    """What the current text of a work says: citations, figures, targets."""
    return _analysis(current_settings(), work_id, version_of(work_id))


def versions_of(work_id: str) -> list[VersionRow]:
    """All texts of a work, oldest first; read anew for every request, so that what was read again is seen."""
    known: dict[str, list[VersionRow]] = g.setdefault("versions", {})
    if work_id not in known:
        known[work_id] = current_store().versions(work_id)
    return known[work_id]


def version_of(work_id: str, ordinal: int | None = None) -> VersionRow:
    """The current text of a work, or one of its texts; `NotFound` where it is not held."""
    versions = versions_of(work_id)
    found = [one for one in versions if (one.current if ordinal is None else one.ordinal == ordinal)]
    if not found:
        raise not_held(work_id)
    return found[0]


def is_read_by_older(work_id: str) -> bool:
    """Whether an older version of the program read the current text of a work, which may have read less."""
    return any(one.current and one.is_old for one in versions_of(work_id))


@lru_cache(maxsize=16)
def _held(_settings: Settings, work_id: str, version: VersionRow) -> Held:
    store = current_store()
    return Held(store.load(work_id, version.ordinal), store.citations(work_id, version.ordinal), version)


@lru_cache(maxsize=8)
def _analysis(_settings: Settings, work_id: str, version: VersionRow) -> Analysis:
    return analyse(current_store().load(work_id, version.ordinal), with_claims=False)
