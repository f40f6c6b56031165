"""Quality of citations against gold, and gains and losses between two runs."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.citations.plain import cite_text
from tests.gold_files import GoldFile, Mention, faults_of, find_texts, gold_paths, load_gold
from tests.gold_scorer import Tally, gains_and_losses, mention_of, outcome_rows

LOOKALIKES = Path(__file__).resolve().parents[2] / "corpus" / "gold" / "citations" / "lookalikes.txt"


@dataclass(frozen=True, slots=True)
class Scored:
    """One document of gold, its text and what the extractor found."""

    file: GoldFile
    text: str
    found: tuple[Mention, ...]


def score_files(split: str) -> Iterator[Scored]:
    """Every gold document of a split whose text is here; a faulty gold file stops the run."""
    files = [load_gold(path) for path in gold_paths(split)]
    texts = find_texts(files)
    if faults := [fault for file in files for fault in faults_of(file, texts.get(file.id))]:
        sys.exit("gold is faulty:\n" + "\n".join(faults))
    if absent := [file.id for file in files if file.id not in texts]:
        print(f"texts absent, not scored: {', '.join(absent)}")
    for file in files:
        if file.id in texts:
            text = texts[file.id]
            yield Scored(file, text, tuple(mention_of(one) for one in cite_text(text)))


def print_scores(split: str, errors: bool = False, save: Path | None = None) -> None:
    """The tables of spans and fields, a split at a time; saves outcomes by document where asked."""
    outcomes = {}
    for name in ("dev", "test") if split == "all" else (split,):
        tally, report = Tally(), Tally()
        rows = []
        for scored in score_files(name):
            tally.add(scored.file.mentions, scored.found)
            if scored.file.source.startswith("documents/"):
                report.add(scored.file.mentions, scored.found)
            outcomes[scored.file.id] = outcome_rows(scored.file.mentions, scored.found, scored.text)
            rows.append((scored.file.id, outcomes[scored.file.id]))
        if tally.documents:
            _print_tally(name, tally)
        if report.documents and tally.documents > report.documents:
            _print_tally(f"{name}, the report alone", report)
        if errors:
            for id_, found in rows:
                _print_errors(id_, found)
    _print_lookalikes()
    if save:
        save.parent.mkdir(parents=True, exist_ok=True)
        save.write_text(json.dumps(outcomes, ensure_ascii=False, indent=1), encoding="utf-8")
        print(f"outcomes saved in {save}")


def _print_tally(name: str, tally: Tally) -> None:
    print(f"\n{name}: {tally.documents} documents, {sum(tally.gold.values())} mentions that count")
    print(f"  {'kind':10} {'gold':>5} {'found':>5} {'exact F1':>9} {'precision':>9} {'recall':>7} {'F1':>6}")
    for kind, gold, found, exact, precision, recall, f1 in tally.span_rows():
        print(f"  {kind:10} {gold:5} {found:5} {exact:9.3f} {precision:9.3f} {recall:7.3f} {f1:6.3f}")
    cells = [f"{field} {share:.3f} ({judged})" for field, judged, share in tally.field_rows() if judged]
    for at in range(0, len(cells), 4):
        print(f"  {'fields: ' if not at else '        '}{' · '.join(cells[at : at + 4])}")


def _print_errors(id_: str, rows: Sequence[dict]) -> None:
    print(f"\n{id_}: {dict(Counter(row['outcome'] for row in rows))}")
    for row in rows:
        head = f"  {row['start']:6} {row['kind']:8} {row['surface'][:90]!r}"
        if row["outcome"] in ("missed", "false"):
            print(f"{head} {row['outcome'].upper()}")
        elif row["outcome"] == "found" and (row["wrong"] or row["as"] or row["kind_found"] != row["kind"]):
            notes = [f"{name}: {wanted!r} <> {got!r}" for name, (wanted, got) in row["wrong"].items()]
            notes += [f"span as {row['as'][2][:90]!r}"] if row["as"] else []
            notes += [f"kind as {row['kind_found']}"] if row["kind_found"] != row["kind"] else []
            print(f"{head} {'; '.join(notes)}")


def lookalike_lines() -> list[str]:
    """Our own sentences that look as if they cited a document and do not."""
    lines = LOOKALIKES.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


def _print_lookalikes() -> None:
    lines = lookalike_lines()
    alarms = [(line, one) for line in lines for one in cite_text(line)]
    print(f"\nlook-alikes: {len(lines)} lines, {len(alarms)} false alarms")
    for line, one in alarms:
        print(f"  {one.kind.value} {one.surface!r} in {line!r}")


def print_difference(old: Path, new: Path) -> None:
    """Gains and losses by document between two saved runs."""
    before, after = (json.loads(path.read_text(encoding="utf-8")) for path in (old, new))
    total: Counter[str] = Counter()
    for id_ in sorted(before.keys() | after.keys()):
        lines = gains_and_losses(before.get(id_, []), after.get(id_, []))
        total.update(line[0] for line in lines)
        if lines:
            print(f"{id_}")
            print("\n".join(f"  {line}" for line in lines))
    print(f"{total['+']} gains, {total['-']} losses, {total['~']} other changes")


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    commands = parser.add_subparsers(dest="command", required=True)
    score = commands.add_parser("score")
    score.add_argument("--split", choices=("dev", "test", "all"), default="dev")
    score.add_argument("--save", type=Path)
    score.add_argument("--errors", action="store_true", help="every miss, false alarm and wrong field")
    diff = commands.add_parser("diff")
    diff.add_argument("old", type=Path)
    diff.add_argument("new", type=Path)
    chosen = parser.parse_args(arguments)
    if chosen.command == "score":
        print_scores(chosen.split, chosen.errors, chosen.save)
    else:
        print_difference(chosen.old, chosen.new)
    return 0
