"""Our judged queries (corpus/gold/search): numbers first, nDCG@10 of the rest, with marks and without.

python -m tests.benchmarks.bench_search_gold [--errors]     also the queries of dev that fall short
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

from ingest.pipeline import ingest_paths
from kb.errors import NotFound
from kb.search.answers import Hit
from kb.search.home import open_index
from kb.search.index import SearchIndex, Wanted
from kb.search.protocol import Sort
from kb.settings import Settings
from kb.store.store import Store, open_store
from kb.text.normalize import fold, nfc
from tests.benchmarks.gold_base import MANY, write_drawn, write_named
from tests.benchmarks.published_sets import held

sys.path.insert(0, str(Path(__file__).parent))
from search_sets import averaged, ndcg

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT.parent / "shared" / "documents" / "bao-cao-224-BC-UBND-khanh-hoa-2025.txt"
DAY = date(2025, 12, 1)


class Judge:
    """Grades hits by the words of the text they point at."""

    def __init__(self, store: Store, index: SearchIndex) -> None:
        self._store, self._index = store, index
        self._texts: dict[str, tuple[str, str]] = {}
        self._known: dict[str, tuple[Hit, ...]] = {}

    def score(self, judged: dict[str, Any], typed: str) -> float:
        """nDCG@10 against the best order of all there is; for a number, whether its document is first."""
        hits = self._index.search(Wanted(typed, DAY)).hits
        if judged["kind"] == "number":
            return float(bool(hits) and hits[0].work == judged["relevant"][0]["work"])
        grades = {_place(hit): self.grade(hit, judged) for hit in hits}
        return ndcg(list(grades.values()), list((self.answers(judged) | grades).values()))

    def answers(self, judged: dict[str, Any]) -> dict[tuple[Any, ...], int]:
        """What should come: passages that hold the words of a judgement, titles of works judged as a whole."""
        found = {}
        for work in dict.fromkeys(each["work"] for each in judged["relevant"]):
            for hit in self._passages(work):
                if hit.kind == "title" or self.grade(hit, judged, named=True):
                    found[_place(hit)] = self.grade(hit, judged)
        return found

    def _passages(self, work: str) -> tuple[Hit, ...]:
        if work not in self._known:
            wanted = Wanted(f'văn bản:"{work}"', DAY, sort=Sort.DATE, limit=2000, facets=False)
            self._known[work] = self._index.search(wanted).hits
        return self._known[work]

    def grade(self, hit: Hit, judged: dict[str, Any], *, named: bool = False) -> int:
        """The best grade that fits a hit; with `named` of the judgements that name words only."""
        fits = [each for each in judged["relevant"] if each["work"] == hit.work and (each["has"] or not named)]
        text = self._text(hit) if fits else ""
        return max((each["grade"] for each in fits if each["has"] in text), default=0)

    def _text(self, hit: Hit) -> str:
        if hit.kind == "title":
            return " ".join(fold(hit.snippet).split())
        if hit.work not in self._texts:
            self._texts[hit.work] = self._read(hit.work)
        whole, passages = self._texts[hit.work]
        return " ".join(fold(nfc((whole if hit.kind == "note" else passages)[hit.start : hit.end])).split())

    def _read(self, work: str) -> tuple[str, str]:
        """The text of a work, and the same with its notes blotted out: passages run around the foot of a page."""
        try:
            document = self._store.load(work)
        except NotFound:
            return "", ""
        passages = document.text
        for part in (part for note in document.footnotes for part in note.parts):
            passages = passages[: part.start] + " " * (part.end - part.start) + passages[part.end :]
        return document.text, passages


def _place(hit: Hit) -> tuple[Any, ...]:
    return (hit.work, hit.kind, hit.start, hit.end)


def measure(judge: Judge, part: str) -> None:
    """The figures of one part, by kind of query."""
    lines = (ROOT / "corpus" / "gold" / "search" / f"{part}.jsonl").read_text(encoding="utf-8")
    kinds = defaultdict(list)
    for line in lines.splitlines():
        judged = json.loads(line)
        scores = judge.score(judged, judged["query"]), judge.score(judged, fold(judged["query"]))
        kinds[judged["kind"]].append(scores)
        if "--errors" in sys.argv and part == "dev" and min(scores) < 0.9:
            print(f"  {scores[0]:.3f} {scores[1]:.3f} {judged['kind']}: {judged['query']}")
        if judged["kind"] != "number":
            kinds["all but numbers"].append(scores)
    for kind, found in kinds.items():
        marked, plain = averaged([a for a, _ in found]), averaged([b for _, b in found])
        print(f"{part:8}{kind:18} n {len(found):3}  with marks {marked:.3f}  without {plain:.3f}", flush=True)


def measure_base(folder: Path, paths: list[Path], parts: list[str]) -> None:
    """Some parts over a base of its own."""
    settings = Settings.load(folder)
    ingest_paths(settings, paths)
    index = open_index(settings)
    with open_store(settings) as store:
        judge = Judge(store, index)
        for part in parts:
            measure(judge, part)
    index.close()


def main() -> None:
    own = [ROOT / "corpus" / "documents", *([REPORT] if REPORT.exists() else [])]
    with tempfile.TemporaryDirectory() as folder:
        measure_base(Path(folder) / "own", own, ["dev", "test", "look", "blind", "clerks", "legal", "readers"])
        if not held():
            print("real, hands, offices: skipped, the documents are not there")
            return
        drawn = write_drawn(Path(folder) / "texts")
        measure_base(Path(folder) / "real", [*own, *drawn], ["real"])
        judged = map(
            json.loads, (ROOT / "corpus/gold/search/hands.jsonl").read_text(encoding="utf-8").splitlines()
        )
        works = {each["work"] for row in judged for each in row["relevant"] if each["has"]}
        named = write_named(Path(folder) / "named", works)
        measure_base(Path(folder) / "hands", [*own, *drawn, *named], ["hands"])
        many = write_drawn(Path(folder) / "many", MANY)
        measure_base(Path(folder) / "offices", [*own, *many], ["offices"])


if __name__ == "__main__":
    main()
