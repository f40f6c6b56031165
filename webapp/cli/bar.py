"""The progress bar of a long batch; the door to rich."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from ingest import pipeline


@contextmanager
def progress_bar() -> Iterator[pipeline.Progress]:
    """A callback that moves a bar with files, pages and the time left."""
    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("tệp · {task.fields[pages]} trang · còn"),
        TimeRemainingColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, pages=0)
        pages = 0

        def advance(done: int, total: int, verdict: pipeline.Verdict) -> None:
            nonlocal pages
            pages += verdict.pages or 0
            name = verdict.path.rsplit("/", 1)[-1].replace("[", "\\[")
            bar.update(task, completed=done, total=total, pages=pages, description=name)

        yield advance
