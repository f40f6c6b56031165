"""``cancu meaning``: read what passages mean, so that search orders by it too."""

from __future__ import annotations

import click
from rich.console import Console
from rich.progress import Progress

from kb.errors import StoreError
from kb.search.meaning_door.encoder import load_encoder
from kb.search.reading import read_meanings
from webapp.cli.options import common_options, current_settings, say


@click.command("meaning")
@common_options
def command() -> int:
    """Đọc nghĩa các đoạn chưa đọc, để kết quả tìm được xếp thêm theo nghĩa; dừng lúc nào cũng được.

    Read what passages mean, so that hits are ordered by it as well. It takes about 40 ms a passage, may be
    stopped at any moment and goes on from there. `cancu serve` does the same beside its work.
    """
    if load_encoder() is None:
        raise StoreError(
            code="meaning.model",
            vi="chưa cài mô hình đọc nghĩa: pip install 'cancu[meaning]' (Linux, x86-64)",
            en="the model is not installed: pip install 'cancu[meaning]' (Linux, x86-64)",
        )
    count = 0
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        for done, total, count in read_meanings(current_settings()):
            bar.update(task, completed=done, total=total, description=str(count))
    say(f"đã đọc nghĩa thêm {count} đoạn", f"{count} passages read")
    return 0
