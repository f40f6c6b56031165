"""Reports checked: planted faults found by kind, what sound and unseen papers raise, the time of a paper.

python -m tests.benchmarks reports            our own sound reports, the real one, unseen papers
python -m tests.benchmarks reports FOLDER...  any sound reports (folders of .txt, or files): one thing broken at
                                              a time that another place proves; -v shows what is missed
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from pathlib import Path

from ingest.analysis import Analysis, analyse
from ingest.document import build_document
from ingest.readers.door import read_source
from ingest.sources import source_of
from kb.models import Finding, Severity
from tests import planted, proved_by_value, reworded
from tests.benchmarks.texts import REPORT
from webapp.checking import check_analysis
from webapp.library import library_of, shipped_base
from webapp.outputs.sheet import Sheet

TEXTS = REPORT.parents[1] / "texts"
_KINDS = ("báo cáo", "kế hoạch", "nghị quyết", "quyết định", "chỉ thị", "thông báo")
_UNSEEN, _SEED, _PLANTED, _LONG = 60, 20, 60, 100_000


def run() -> None:
    """Planted faults in our own sound reports and in the real one, then unseen papers of provinces."""
    sound = {path.stem: path.read_text("utf-8") for path in planted.REPORTS}
    for name, text in sound.items():
        _planted(name, text)
        _altered(name, text)
    proved_told(planted.REPORTS)
    if REPORT.is_file():
        _planted(REPORT.stem, REPORT.read_text("utf-8"))
    papers = unseen()
    if papers:
        _alarms(papers)
    else:
        print("  no collection of papers beside the project: the unseen part is skipped")


def read(text: str) -> Analysis:
    """One text as the check reads it."""
    source = source_of("van-ban.txt", text.encode())
    return analyse(build_document(source, read_source(source, text.encode())))


def unseen() -> list[str]:
    """Papers of the collection that state figures, drawn with a fixed seed."""
    path = TEXTS / "provinces-2025.jsonl.gz"
    if not path.is_file():
        return []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    fit = [
        row["text"]
        for row in rows
        if 3_000 < len(row["text"] or "") < 60_000 and (row["loai"] or "").lower().startswith(_KINDS)
    ]
    random.Random(_SEED).shuffle(fit)
    return fit[:_UNSEEN]


def _planted(name: str, text: str) -> None:
    """Of each kind of fault how many were found, and what else was raised by them."""
    before = _told(check_analysis(read(text)))
    faults = list(planted.plant(text))
    random.Random(_SEED).shuffle(faults)
    planned: Counter[str] = Counter()
    found: Counter[str] = Counter()
    others = 0
    for fault in faults[: _PLANTED if len(text) < _LONG else _PLANTED // 3]:
        new = _new(fault.text, before)
        planned[planted.kind(fault)] += 1
        found[planted.kind(fault)] += any(one.family == fault.family for one in new)
        others += sum(one.family not in (fault.family, "VAL") for one in new)
    shown = "  ".join(f"{kind} {found[kind]}/{count}" for kind, count in sorted(planned.items()))
    print(f"  {name[:40]:40} {sum(found.values())}/{sum(planned.values())} found, {others} others   {shown}")
    print(f"  {'':40} raised without any fault: {len(before)}")


def _altered(name: str, text: str) -> None:
    """Of all figures of a report, each altered in one digit, how many are seen: what the checks cover."""
    chance = random.Random(_SEED)
    before = _told(check_analysis(read(text)))
    seen = count = 0
    for figure in read(text).figures:
        printed = text[figure.span.start : figure.span.end]
        digits = [at for at, letter in enumerate(printed) if letter.isdigit()]
        if figure.inside or not digits or figure.value == "0":
            continue
        at = digits[min(1, len(digits) - 1)]
        other = str((int(printed[at]) + chance.randint(2, 7)) % 10)
        place = figure.span.start + at
        count += 1
        seen += bool(_new(text[:place] + other + text[place + 1 :], before))
    print(f"  {name[:40]:40} {seen}/{count} figures altered in one digit are seen")


def proved_told(paths: Iterable[Path], *, verbose: bool = False) -> None:
    """Of faults that another place of the report proves, by kind, how many are told where they stand."""
    found: Counter[str] = Counter()
    planned: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for path in paths:
        analysis = read(path.read_text("utf-8"))
        before = _told(check_analysis(analysis))
        for fault in proved_by_value.plant(analysis.document, _SEED):
            new = _new(fault.text, before)
            there = [one for one in new if fault.touched_by(_places(one))]
            planned[fault.kind] += 1
            found[fault.kind] += bool(there)
            away = [one for one in new if one not in there and not fault.follows(_places(one))]
            others[fault.kind] += len(away)
            if verbose and (away or not there):
                print(f"  {path.parent.name}/{path.name} {_shown(fault)}")
                for one in new:
                    print(f"    {'OTHER' if one in away else 'told'} {one.rule} {one.vi}")
    for kind, count in sorted(planned.items()):
        print(f"  {kind:24} {found[kind]}/{count} told, {others[kind]} others")
    print(f"  {'proved by value, all':24} {found.total()}/{planned.total()} told, {others.total()} others")


def _places(finding: Finding) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in (*finding.spans, *finding.evidence)]


def _shown(fault: proved_by_value.Broken) -> str:
    """One line on a fault: kind, line, what was altered, its sentence or row, the first proof."""
    text, (start, end) = fault.text, fault.place
    line = text[text.rfind("\n", 0, start) + 1 : start][-100:] + f"[{fault.was} > {fault.new}]"
    low, high = fault.proofs[0]
    proof = text[text.rfind("\n", 0, low) + 1 : low][-60:] + f"[{text[low:high][:60]}]"
    row = text.count("\n", 0, start) + 1
    return f"{fault.kind}, line {row}: {line}{text[end:].partition(chr(10))[0][:60]} <= {proof}".replace("\n", " ")


def _told(sheet: Sheet) -> dict[str, Finding]:
    """Errors and warnings by their names."""
    return {sheet.id_of(one): one for one in sheet.report.findings if one.severity is not Severity.NOTE}


def _new(text: str, before: Container[str]) -> list[Finding]:
    """What is told of a text and was not before."""
    return [finding for name, finding in _told(check_analysis(read(text))).items() if name not in before]


def reworded_told(paths: Iterable[Path]) -> None:
    """What sound reports raise once they are told in other words: each shows a reading that hangs on wording."""
    for path in paths:
        text = path.read_text("utf-8")
        before = {(one.rule, one.stated) for one in _told(check_analysis(read(text))).values()}
        for name, way in reworded.WAYS.items():
            other = way(text)
            for one in _told(check_analysis(read(other))).values() if other != text else ():
                if (one.rule, one.stated) not in before:
                    print(f"  {path.parent.name}/{path.name}, {name}: {one.rule} {one.vi}")


def _alarms(papers: list[str]) -> None:
    """What unseen papers raise, errors and warnings by rule, and how much of them was checked."""
    rules: Counter[str] = Counter()
    held = failed = skipped = 0
    started = time.perf_counter()
    with shipped_base() as store:
        for text in papers:
            analysis = read(text)
            sheet = check_analysis(analysis, library=library_of(store, analysis))
            rules.update(one.rule for one in _told(sheet).values() if not one.rule.startswith("DOC"))
            for tally in sheet.report.checked.values():
                held, failed, skipped = held + tally.held, failed + tally.failed, skipped + tally.not_checked
    took = time.perf_counter() - started
    print(f"  {len(papers)} unseen papers: {took / len(papers):.2f} s a paper; {held} held, {failed} failed,")
    print(f"    {skipped} not checked; errors and warnings: {dict(sorted(rules.items()))}")


def main(arguments: Sequence[str] = ()) -> None:
    """Everything; or, of the reports named, what is told of faults that they prove themselves."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks reports")
    parser.add_argument("path", nargs="*", type=Path, help="folders of sound reports (.txt), or files")
    parser.add_argument("-v", "--verbose", action="store_true", help="what is missed, what else is told")
    parser.add_argument("-w", "--reworded", action="store_true", help="what they raise, told in other words")
    chosen = parser.parse_args(arguments)
    if not chosen.path:
        run()
        return
    paths = [one for path in chosen.path for one in (sorted(path.glob("*.txt")) if path.is_dir() else [path])]
    if chosen.reworded:
        reworded_told(paths)
    else:
        proved_told(paths, verbose=chosen.verbose)


if __name__ == "__main__":
    main(sys.argv[1:])
