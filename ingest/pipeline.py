"""Files into the base: read in parallel, written by one process, one transaction a document."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.crew import Crew
from ingest.relate import relate_works
from ingest.sources import Passed, iter_files
from ingest.worker import Refusal, shown_path
from kb.errors import StoreError
from kb.models import MediaType, Severity, SourceFile
from kb.search.home import refresh_index
from kb.settings import Settings
from kb.store.prepared import Prepared
from kb.store.store import Place, Store, open_store

#: Seconds one file may take: a scan of 300 pages takes some 400 on a small machine.
TIMEOUT = 600.0

REFUSED, SKIPPED, UNCHANGED = "refused", "skipped", "unchanged"
#: What the queue of the pages calls a file that was read anew.
AGAIN = "again"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one file.

    `verdict` is added, unchanged, new_version, same_document, refused or skipped; a refusal has a code and
    says why in Vietnamese and English; `perhaps` are works of the same number that this could be or not; `old`:
    an unchanged file that an older version of the program read; `again`: read anew.
    """

    path: str
    verdict: str
    work: str | None = None
    version: int | None = None
    code: str | None = None
    vi: str = ""
    en: str = ""
    pages: int | None = None
    problems: int = 0
    seconds: float = 0.0
    perhaps: tuple[str, ...] = ()
    trace: str = ""
    old: bool = False
    again: bool = False


#: Called after every file with how many are done, how many there are, and the last verdict.
Progress = Callable[[int, int, Verdict], None]


def ingest_paths(
    settings: Settings,
    paths: Iterable[Path | str],
    jobs: int | None = None,
    progress: Progress | None = None,
    *,
    timeout: float = TIMEOUT,
    again: bool = False,
    renew: bool = False,
    debug: bool = False,
) -> list[Verdict]:
    """One verdict a file, in the order of the files.

    `again` reads files that have not changed too, `renew` those of them that an older version of the program read.
    Raises `StoreError` when the base itself cannot be written; what was written until then is sound.
    """
    said: list[Passed] = []
    found = [Path(os.path.abspath(path)) for path in iter_files(paths, said)]  # noqa: PTH100 (keeps links)
    verdicts = [_passed(one) for one in said]
    total = len(found)
    with open_store(settings) as store:
        old = store.old_hashes()
        fresh, done = _sort_out(store, found, again, old, renew)
        for count, verdict in enumerate(done, 1):
            if progress:
                progress(count, total, verdict)
        verdicts += done
        with Crew(settings.home, min(jobs or os.cpu_count() or 1, max(len(fresh), 1)), timeout, debug) as crew:
            for count, verdict in enumerate(_write_all(store, crew, fresh, again or renew), len(done) + 1):
                verdicts.append(verdict)
                if progress:
                    progress(count, total, verdict)
        relate_works(store)
    refresh_index(settings)
    place = {shown_path(path): at for at, path in enumerate(found)}
    return sorted(verdicts, key=lambda verdict: place.get(verdict.path, total))


def _write_all(store: Store, crew: Crew, paths: list[Path], again: bool) -> Iterator[Verdict]:
    for path, result, seconds in crew.read(paths):
        if isinstance(result, Refusal):
            if result.fatal:
                raise StoreError(result.code, result.vi, result.en)
            yield _refused(path, result, seconds)
        else:
            yield _saved(store, path, result, seconds, again)


def _saved(store: Store, path: Path, prepared: Prepared, seconds: float, again: bool) -> Verdict:
    saved = store.save_prepared(prepared, again)
    return Verdict(
        shown_path(path),
        saved.verdict.value,
        saved.work_id,
        saved.version,
        pages=prepared.pages,
        problems=prepared.problems,
        seconds=seconds,
        perhaps=saved.perhaps,
        again=saved.again,
    )


def _refused(path: Path, refusal: Refusal, seconds: float) -> Verdict:
    return Verdict(
        shown_path(path),
        REFUSED,
        code=refusal.code,
        vi=refusal.vi,
        en=refusal.en,
        seconds=seconds,
        trace=refusal.trace,
    )


def _sort_out(
    store: Store, found: list[Path], again: bool, old: set[str], renew: bool
) -> tuple[list[Path], list[Verdict]]:
    """The files that must be read, and verdicts for those that need not."""
    if again:
        return found, []
    places = store.places()
    held = store.known_hashes()
    known_sizes = set(store.kept_files().values())
    fresh: list[Path] = []
    done: list[Verdict] = []
    for path in found:
        verdict = _recognise(store, path, places, known_sizes, held, old)
        if verdict is None or (verdict.old and renew):
            fresh.append(path)
        else:
            done.append(verdict)
    return fresh, done


def _recognise(
    store: Store, path: Path, places: dict[str, Place], sizes: set[int], held: set[str], old: set[str]
) -> Verdict | None:
    """The verdict on a file whose bytes are held already; None when it has to be read."""
    name = shown_path(path)
    try:
        status = path.stat()
        place = places.get(name)
        if place and (place.size, place.mtime) == (status.st_size, status.st_mtime_ns):
            return Verdict(name, UNCHANGED, place.work_id, place.version, old=place.sha256 in old)
        if status.st_size not in sizes:
            return None
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None  # the worker says why
    if sha256 not in held:
        return None
    saved = store.record_place(SourceFile(name, sha256, MediaType.PLAIN, status.st_size), status.st_mtime_ns)
    if saved is None:
        return None
    return Verdict(name, saved.verdict.value, saved.work_id, saved.version, old=sha256 in old)


def _passed(one: Passed) -> Verdict:
    verdict = REFUSED if one.severity is Severity.ERROR else SKIPPED
    return Verdict(shown_path(Path(os.path.abspath(one.path))), verdict, code=one.code, vi=one.vi, en=one.en)  # noqa: PTH100 (keeps links)
