"""The pages of what comes in, drawn beside the last steps of taking it in, which keep one core busy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.process import BaseProcess

from ingest.pipeline import REFUSED, SKIPPED, UNCHANGED, Progress, Verdict
from kb.settings import Settings

#: Of fewer new texts than this nothing is drawn: loading the pages takes as long as drawing a hundred.
FROM = 100


@contextmanager
def drawing_ahead(settings: Settings, progress: Progress | None) -> Iterator[Progress]:
    """What tells of every file; after the last one the pages begin to be drawn, and they are drawn at the end."""
    works: dict[str, None] = {}
    drawer: list[BaseProcess] = []

    def told(done: int, total: int, verdict: Verdict) -> None:
        if progress:
            progress(done, total, verdict)
        if verdict.work and verdict.verdict not in (REFUSED, SKIPPED, UNCHANGED):
            works[verdict.work] = None
        if done == total and len(works) >= FROM:
            drawer.append(get_context("spawn").Process(target=draw, args=(settings, list(works)), daemon=True))
            drawer[0].start()

    yield told
    for process in drawer:
        process.join()


def draw(settings: Settings, works: list[str]) -> None:
    """Draw the pages of some works, in a process of its own: their library takes a second to load."""
    import_module("webapp.ahead").draw_works(settings, works)
