"""Search as of a day: dated questions with the circular that answers them and the one that no longer may.

Texts without a head (a source dropped it) get one made of the fields that the source gave.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from ingest.pipeline import ingest_paths
from kb.numbers import number_key
from kb.search.home import open_index
from kb.search.index import Wanted
from kb.settings import Settings
from tests.benchmarks.published_sets import SHARED, head_of, held

_TYPES = {"TT": "TT-NHNN", "ND": "NĐ-CP"}


def number_of(name: str | None) -> str | None:
    """``TT40-2024`` is 40/2024/TT-NHNN; papers of one bank have no number and are not held."""
    found = re.fullmatch(r"(TT|ND)(\d+)-(\d{4})", name or "")
    return number_key(f"{int(found[2])}/{found[3]}/{_TYPES[found[1]]}") if found else None


def texts(wanted: set[str]) -> Iterator[tuple[str, str]]:
    """Number and text of the documents that are asked about."""
    for path in sorted((SHARED / "texts").glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                if row["so_hieu"] and number_key(row["so_hieu"]) in wanted and row["text"]:
                    yield number_key(row["so_hieu"]), head_of(row) + row["text"]


def main() -> None:
    if not held():
        print(f"skipped: {SHARED} is not there")
        return
    lines = (SHARED / "labels" / "lexflow_questions.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [row for row in map(json.loads, lines) if number_of(row["expected_doc"])]
    wanted = {number_of(row[key]) for row in questions for key in ("expected_doc", "must_not_doc")} - {None}
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "in"
        source.mkdir()
        for number, text in texts({number for number in wanted if number}):
            (source / f"{number.replace('/', '-')}.txt").write_text(text, encoding="utf-8")
        settings = Settings.load(Path(folder) / "home")
        ingest_paths(settings, [source])
        index = open_index(settings)
        first = five = seen = 0
        for row in questions:
            day = date.fromisoformat(row["as_of"])
            hits = index.search(Wanted(row["query"], day, in_force=day, limit=20)).hits
            found = list(dict.fromkeys(number_key(hit.number or "") for hit in hits))
            expected, banned = number_of(row["expected_doc"]), number_of(row["must_not_doc"])
            first += found[:1] == [expected]
            five += expected in found[:5]
            if banned in found:
                seen += 1
                print(f"must not come: {banned} on {day}: {row['query']}")
        index.close()
    print(
        f"{len(questions)} dated questions: first {first}, in the first five {five},"
        f" what must not come came {seen} times"
    )


if __name__ == "__main__":
    sys.exit(main())
