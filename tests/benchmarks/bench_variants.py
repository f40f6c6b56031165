"""Quality on gold when its texts are typed otherwise: broken lines, other dashes, spaces and letters."""

from __future__ import annotations

from ingest.citations.plain import cite_text
from tests.benchmarks.variants import VARIANTS
from tests.gold_files import find_texts, gold_paths, load_gold
from tests.gold_scorer import Tally, mention_of


def run() -> None:
    """One line a variant: all mentions, numbered ones, and the fields that must not suffer."""
    files = [load_gold(path) for path in gold_paths("all")]
    texts = find_texts(files)
    if not texts:
        print("  none of the annotated documents is here")
        return
    print(
        f"  {'variant':32} {'exact F1':>8} {'F1':>6} {'number F1':>9}  number type   date   issuer place  relation"
    )
    for name, change in VARIANTS:
        tally = Tally()
        for file in files:
            if file.id in texts:
                text = change(texts[file.id])
                if len(text) != len(texts[file.id]):
                    raise ValueError(f"{name} moves the offsets")
                tally.add(file.mentions, [mention_of(one) for one in cite_text(text)])
        spans = {row[0]: row for row in tally.span_rows()}
        fields = {field: share for field, _, share in tally.field_rows()}
        shares = "  ".join(
            f"{fields[field]:.3f}" for field in ("number", "type", "date", "issuer", "pinpoint", "relation")
        )
        print(f"  {name:32} {spans['all'][3]:8.3f} {spans['all'][6]:6.3f} {spans['number'][6]:9.3f}  {shares}")
