"""Our judged queries (corpus/gold/search): numbers first, nDCG@10 of the rest, with marks and without."""

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
from kb.settings import Settings
from kb.store.store import Store, open_store
from kb.text.normalize import fold, nfc

sys.path.insert(0, str(Path(__file__).parent))
from search_sets import averaged, ndcg

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT.parent / "shared" / "documents" / "bao-cao-224-BC-UBND-khanh-hoa-2025.txt"
DAY = date(2025, 12, 1)


class Judge:
    """Grades hits by the words of the text they point at."""

    def __init__(self, store: Store, index: SearchIndex) -> None:
        self._store, self._index = store, index
        self._texts: dict[str, str] = {}

    def score(self, judged: dict[str, Any], typed: str) -> float:
        """nDCG@10 against the best order of the first 200 hits; for a number, whether its document is first."""
        hits = self._index.search(Wanted(typed, DAY, limit=200)).hits
        if judged["kind"] == "number":
            return float(bool(hits) and hits[0].work == judged["relevant"][0]["work"])
        pool = [
            self.grade(hit, judged) for hit in self._index.search(Wanted(judged["query"], DAY, limit=200)).hits
        ]
        return ndcg([self.grade(hit, judged) for hit in hits[:10]], pool)

    def grade(self, hit: Hit, judged: dict[str, Any]) -> int:
        """The best grade that fits a hit."""
        fits = [each["grade"] for each in judged["relevant"] if each["work"] == hit.work]
        if not fits:
            return 0
        text = self._text(hit)
        return max(
            (each["grade"] for each in judged["relevant"] if each["work"] == hit.work and each["has"] in text),
            default=0,
        )

    def _text(self, hit: Hit) -> str:
        if hit.kind == "title":
            return " ".join(fold(hit.snippet).split())
        if hit.work not in self._texts:
            try:
                self._texts[hit.work] = self._store.load(hit.work).text
            except NotFound:
                self._texts[hit.work] = ""
        return " ".join(fold(nfc(self._texts[hit.work][hit.start : hit.end])).split())


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.load(folder)
        ingest_paths(settings, [ROOT / "corpus" / "documents", *([REPORT] if REPORT.exists() else [])])
        index = open_index(settings)
        with open_store(settings) as store:
            judge = Judge(store, index)
            for part in ("dev", "test"):
                lines = (ROOT / "corpus" / "gold" / "search" / f"{part}.jsonl").read_text(encoding="utf-8")
                kinds = defaultdict(list)
                for line in lines.splitlines():
                    judged = json.loads(line)
                    scores = judge.score(judged, judged["query"]), judge.score(judged, fold(judged["query"]))
                    kinds[judged["kind"]].append(scores)
                    if judged["kind"] != "number":
                        kinds["all but numbers"].append(scores)
                for kind, found in kinds.items():
                    marked, plain = averaged([a for a, _ in found]), averaged([b for _, b in found])
                    print(f"{part:5}{kind:18} n {len(found):3}  with marks {marked:.3f}  without {plain:.3f}")
        index.close()


if __name__ == "__main__":
    main()
