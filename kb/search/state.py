"""What stands beside an index: what it holds, and of which state of the base."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kb.search.rows import SCHEMA_VERSION
from kb.settings import Settings
from kb.store.revisions import read_revision


@dataclass(slots=True)
class IndexState:
    """What an index holds: fingerprints by work, how many rows, abbreviations that its documents define.

    `stamp` tells the base that it was made from, where that can be told without reading it.
    """

    works: dict[str, str] = field(default_factory=dict)
    rows: int = 0
    learnt: dict[str, str] = field(default_factory=dict)
    schema: str = SCHEMA_VERSION
    stamp: str = ""


def read_state(path: Path) -> IndexState:
    """The state that stands beside an index; an empty one where none can be read."""
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return IndexState(**found)
    except (OSError, ValueError, TypeError):
        return IndexState()


def write_state(path: Path, state: IndexState) -> None:
    """Replace the state in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(f".{os.getpid()}.tmp")
    values: dict[str, Any] = {
        "schema": state.schema,
        "rows": state.rows,
        "stamp": state.stamp,
        "learnt": state.learnt,
    }
    values["works"] = state.works
    fresh.write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")
    fresh.replace(path)


def base_stamp(settings: Settings) -> str:
    """What changes whenever the content of a base in a file does; empty where that cannot be told.

    Opening a base of 30,000 works to find that nothing changed would cost more than the search.
    """
    revision = read_revision(settings)
    return revision.content if revision else ""
