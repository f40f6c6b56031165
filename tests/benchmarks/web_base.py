"""The base that pages are measured over: real decrees and circulars, 60,000 units, and one document of 1,000."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path

from sqlalchemy import func, select

from ingest.pipeline import ingest_paths
from kb.settings import Settings
from kb.store.schema import versions
from kb.store.store import open_store
from tests.benchmarks.texts import report_like

SHARED = Path(__file__).resolve().parents[3] / "shared" / "texts" / "phap-dien.jsonl.gz"
UNITS, LARGEST = 60_000, 1_000
_BATCH = 150


def settings_of(home: Path) -> Settings:
    return Settings(home, f"sqlite:///{home / 'cancu.sqlite3'}")


def count_units(settings: Settings) -> int:
    with open_store(settings) as store, store.connect() as connection:
        return int(connection.execute(select(func.sum(versions.c.units)).where(versions.c.current)).scalar() or 0)


def build(home: Path) -> Settings:
    """The base in a folder, made unless it is there already."""
    settings = settings_of(home)
    files = home / "files"
    files.mkdir(parents=True, exist_ok=True)
    (files / "largest.txt").write_text(largest(), encoding="utf-8")
    ingest_paths(settings, [files / "largest.txt"], jobs=1)
    texts = decrees()
    while count_units(settings) < UNITS and (some := list(islice(texts, _BATCH))):
        for name, text in some:
            (files / name).write_text(text, encoding="utf-8")
        ingest_paths(settings, [files / name for name, _ in some], jobs=2)
        print(f"  {count_units(settings)} units", flush=True)
    return settings


def decrees() -> Iterator[tuple[str, str]]:
    """Names and texts of real documents, drawn by a seeded die, with a head of the usual form."""
    with gzip.open(SHARED, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    random.Random(11).shuffle(rows)
    for at, row in enumerate(rows):
        if row["text"] and row["ngay_ban_hanh"] and row["so_hieu"]:
            yield f"{at:05}.txt", _with_head(row)


def _with_head(row: dict[str, str]) -> str:
    day = date.fromisoformat(row["ngay_ban_hanh"])
    return (
        f"{row['co_quan'].upper()}\nSố: {row['so_hieu']}\n"
        f"Hà Nội, ngày {day.day:02} tháng {day.month:02} năm {day.year}\n\n"
        f"{row['loai'].upper()}\n{row['trich_yeu']}\n\n{row['text']}\n"
    )


def largest() -> str:
    """A decree of our own words: 250 articles of three clauses are 1,000 units."""
    sentences = [part for part in report_like(400_000).split("\n\n") if len(part) > 80]
    parts = ["CHÍNH PHỦ\nSố: 999/2024/NĐ-CP\nHà Nội, ngày 02 tháng 12 năm 2024\n\nNGHỊ ĐỊNH\nVề đo tốc độ trang\n"]
    taken = iter(sentences)
    for article in range(1, LARGEST // 4 + 1):
        parts.append(f"Điều {article}. Nội dung thứ {article}\n")
        parts.extend(f"{clause}. {next(taken).lstrip('-+ ')}\n" for clause in (1, 2, 3))
    return "\n".join(parts)
