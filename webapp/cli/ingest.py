"""``cancu ingest``: files and folders into the base."""

from __future__ import annotations

import math
import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from pathlib import Path

import click

import kb
from ingest.again import file_of
from ingest.pipeline import AGAIN, REFUSED, SKIPPED, TIMEOUT, UNCHANGED, Progress, Verdict, ingest_paths
from webapp.cli.documents import find_one, open_existing
from webapp.cli.drawing_ahead import drawing_ahead
from webapp.cli.logged import log_change
from webapp.cli.options import DEBUG, common_options, current_settings, format_option, say, write_row

_WORDS = {
    "added": ("mới", "added"),
    "new_version": ("phiên bản mới", "new version"),
    "same_document": ("tệp khác của cùng văn bản", "another file of the same document"),
    AGAIN: ("đọc lại", "read again"),
    "unchanged": ("không đổi", "unchanged"),
    "refused": ("bị từ chối", "refused"),
    "skipped": ("bỏ qua", "skipped"),
}
#: More verdicts than this and those without news are only counted.
_LINES = 40


def _seconds(_context: click.Context, _option: click.Parameter, value: float) -> float:
    """A length of time that a clock can count."""
    if math.isfinite(value) and value >= 1:
        return value
    message = f"{value:g} không phải số giây từ 1 trở lên / {value:g} is not a number of seconds, 1 or more"
    raise click.BadParameter(message)


@click.command("ingest")
@click.argument("paths", nargs=-1, required=True)
@click.option("--jobs", "-j", type=click.IntRange(1, 256), help="Số tiến trình / processes [số lõi / cores]")
@click.option(
    "--timeout", type=float, default=TIMEOUT, callback=_seconds, help="Giây cho một tệp / seconds a file"
)
@click.option("--again", is_flag=True, help="Đọc lại cả tệp không đổi / read unchanged files too")
@format_option("text", "json", "jsonl")
@common_options
def command(paths: tuple[str, ...], jobs: int | None, timeout: float, again: bool, shape: str) -> int:
    """Nạp tệp, thư mục vào kho. `corpus` là bộ văn bản đi kèm.

    Read files and folders into the base; `corpus` means the shipped documents. A file that cannot become a
    document is named with the reason, and the others go on. With --again the id of a held document reads that
    one anew.
    """
    with _bar(shape) as bar, drawing_ahead(current_settings(), bar) as progress, _meant(paths, again) as found:
        verdicts = ingest_paths(
            current_settings(),
            found,
            jobs or os.cpu_count(),
            progress,
            timeout=timeout,
            again=again,
            # The shipped documents are few and have no scans to speak of.
            renew=all(map(_means_corpus, paths)),
            debug=DEBUG.on,
        )
    counts = Counter(verdict.verdict for verdict in verdicts)
    if set(counts) - {UNCHANGED}:
        log_change(current_settings(), "ingest.run", ", ".join(paths)[:1000], counts)
    if shape == "text":
        _print_table(verdicts)
    else:
        for verdict in verdicts:
            write_row(verdict_row(verdict))
    refused = sum(verdict.verdict == REFUSED for verdict in verdicts)
    done = sum(verdict.verdict not in (REFUSED, SKIPPED) for verdict in verdicts)
    return 0 if not refused else 1 if done else 3


def shipped_corpus() -> Path:
    """Folder of the documents that come with the program."""
    corpus = Path(kb.__file__).resolve().parents[1] / "corpus"
    documents = corpus / "documents"
    return documents if documents.is_dir() else corpus


@contextmanager
def _meant(paths: tuple[str, ...], again: bool) -> Iterator[list[Path | str]]:
    """The files and folders that are asked for; read anew, a document that is held may be named by its id."""
    with ExitStack() as stack:
        found: list[Path | str] = []
        for path in paths:
            if _means_corpus(path):
                found.append(shipped_corpus())
            elif again and not Path(path).exists():
                store = stack.enter_context(open_existing(current_settings(), path))
                found.append(stack.enter_context(file_of(store, find_one(store, path).id)))
            else:
                found.append(path)
        yield found


def verdict_row(verdict: Verdict) -> dict[str, object]:
    """A verdict as a row of JSON."""
    return {
        "path": verdict.path,
        "verdict": verdict.verdict,
        "work": verdict.work,
        "version": verdict.version,
        "code": verdict.code,
        "vi": verdict.vi,
        "en": verdict.en,
        "pages": verdict.pages,
        "problems": verdict.problems,
        "seconds": round(verdict.seconds, 3),
        "perhaps": list(verdict.perhaps),
        "again": verdict.again,
    }


def _told(verdict: Verdict) -> str:
    return AGAIN if verdict.again else verdict.verdict


def _means_corpus(path: str) -> bool:
    """Whether an argument is the word `corpus`, or the project's own folder of that name."""
    if path.rstrip("/\\") != "corpus":
        return False
    return not Path(path).exists() or Path(path).resolve() in (shipped_corpus(), shipped_corpus().parent)


def _print_table(verdicts: list[Verdict]) -> None:
    for verdict in verdicts:
        vi, _ = _WORDS[_told(verdict)]
        if verdict.verdict in (REFUSED, SKIPPED):
            say(f"{vi}: {verdict.path}: {verdict.vi}", f"{verdict.code}: {verdict.en}")
            if DEBUG.on and verdict.trace:
                click.echo(verdict.trace, err=True)
        elif len(verdicts) <= _LINES or verdict.problems or verdict.perhaps:
            facts = [vi, f"{verdict.problems} điểm cần xem"] if verdict.problems else [vi]
            if verdict.perhaps:
                facts.append("có thể trùng với / perhaps the same as " + ", ".join(verdict.perhaps))
            click.echo(f"{verdict.work}\t{'; '.join(facts)}\t{verdict.path}")
    counts = Counter(map(_told, verdicts))
    parts = [f"{counts[key]} {vi}" for key, (vi, _) in _WORDS.items() if counts[key]]
    english = [f"{counts[key]} {en}" for key, (_, en) in _WORDS.items() if counts[key]]
    say(", ".join(parts) or "không có tệp nào", ", ".join(english) or "no files")
    if old := sum(verdict.old for verdict in verdicts):
        say(
            f"{old} tệp không đổi do phiên bản cũ của chương trình đọc; đọc lại: thêm --again",
            f"an older version of the program read {old} unchanged files; to read them anew: add --again",
        )


@contextmanager
def _bar(shape: str) -> Iterator[Progress | None]:
    """A progress bar on standard error; none when nobody looks."""
    if shape != "text" or not sys.stderr.isatty():
        yield None
        return
    # Rich takes a tenth of a second to load: only a terminal pays for it.
    bar = import_module("webapp.cli.bar")
    with bar.progress_bar() as progress:
        yield progress
