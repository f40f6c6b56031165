"""Real documents beside the shipped ones, for judged queries over a base as an office has it: drawn by hash."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Collection, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from kb.text.normalize import fold
from tests.benchmarks.published_sets import TEXTS, head_of

#: How many of each source, and how long a text may be.
DRAWN = {"phap-dien": 80, "provinces-2025": 80}
#: The same and more, for a base of 300.
MANY = {"phap-dien": 140, "provinces-2025": 160}
_SHORTEST, _LONGEST = 1_500, 60_000
#: Where the works stand that judged queries name.
_NAMED = "phap-dien"


def drawn_texts(drawn: Mapping[str, int] = DRAWN) -> Iterator[tuple[str, str]]:
    """Names of files and their texts, so many of each source, the same ones every time."""
    for source, count in drawn.items():
        with gzip.open(TEXTS / f"{source}.jsonl.gz", "rt", encoding="utf-8") as lines:
            rows = [row for row in map(json.loads, lines) if _fits(row)]
        for at, row in enumerate(sorted(rows, key=_lot)[:count]):
            yield f"{source}-{at:03}.txt", head_of(row) + row["text"]


def write_drawn(folder: Path, drawn: Mapping[str, int] = DRAWN) -> list[Path]:
    """The drawn texts as files."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, text in drawn_texts(drawn):
        paths.append(folder / name)
        paths[-1].write_text(text, encoding="utf-8")
    return paths


def write_named(folder: Path, works: Collection[str]) -> list[Path]:
    """Texts of the works that judged queries name, as files."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    with gzip.open(TEXTS / f"{_NAMED}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            number = re.sub(r"[^a-z0-9]+", "-", fold(row["so_hieu"] or "").lstrip("0")).strip("-")
            if row["text"] and number in works:
                paths.append(folder / f"{number}.txt")
                paths[-1].write_text(head_of(row) + row["text"], encoding="utf-8")
    return paths


def _fits(row: dict[str, Any]) -> bool:
    text = row["text"] or ""
    return bool(row["so_hieu"] and row["ngay_ban_hanh"]) and _SHORTEST <= len(text) <= _LONGEST


def _lot(row: dict[str, Any]) -> str:
    return sha256(fold(f"{row['so_hieu']} {row['ngay_ban_hanh']}").encode()).hexdigest()
