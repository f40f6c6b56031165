"""What each share of the ranking is worth: each a little smaller and larger, on parts of the judged queries.

python -m tests.benchmarks.fit_search [PART...]     dev look test by default; not those that are to stay blind

A share is kept where no step to either side gains on most parts.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from types import ModuleType

from ingest.pipeline import ingest_paths
from kb.search import asking, coverage, weighing
from kb.search.home import open_index
from kb.settings import Settings
from kb.store.store import open_store
from tests.benchmarks.bench_search_gold import REPORT, ROOT, Judge

sys.path.insert(0, str(Path(__file__).parent))
from search_sets import averaged

#: Modules and the names of their shares; a share is a number that others are multiplied by.
SHARES: tuple[tuple[ModuleType, str], ...] = (
    (asking, "NAMED_WEIGHT"),
    (asking, "NAME_SHARE"),
    (asking, "MEANING_SHARE"),
    (asking, "DATED_SHARE"),
    (asking, "FIGURE_SHARE"),
    (asking, "LENT_SHARE"),
    (weighing, "PROVISION_SHARE"),
    (weighing, "ROW_SHARE"),
    (weighing, "NOTE_SHARE"),
    (weighing, "TITLE_SHARE"),
    (weighing, "CITED_SHARE"),
    (weighing, "FORMAL_SHARE"),
    (weighing, "LABEL_SHARE"),
    (coverage, "WORD_LOSS"),
    (coverage, "PAIR_LOSS"),
)
_STEPS = (0.8, 0.9, 1.1, 1.25)


def score(judge: Judge, part: str) -> float:
    """nDCG@10 of a part, numbers left out."""
    lines = (ROOT / "corpus" / "gold" / "search" / f"{part}.jsonl").read_text(encoding="utf-8").splitlines()
    judged = [each for each in map(json.loads, lines) if each["kind"] != "number"]
    return averaged([judge.score(each, each["query"]) for each in judged])


def main() -> None:
    parts = sys.argv[1:] or ["dev", "look", "test"]
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.load(Path(folder))
        ingest_paths(settings, [ROOT / "corpus" / "documents", *([REPORT] if REPORT.exists() else [])])
        index = open_index(settings)
        with open_store(settings) as store:
            judge = Judge(store, index)
            before = [score(judge, part) for part in parts]
            print("as it is", *(f"{part} {value:.4f}" for part, value in zip(parts, before, strict=True)))
            for module, name in SHARES:
                kept = getattr(module, name)
                for step in _STEPS:
                    setattr(module, name, kept * step)
                    moved = [score(judge, part) - was for part, was in zip(parts, before, strict=True)]
                    print(f"{name:16} {kept * step:5.2f} ", *(f"{value:+.4f}" for value in moved), flush=True)
                setattr(module, name, kept)
        index.close()


if __name__ == "__main__":
    main()
