"""``cancu backup``: the base as one file."""

from __future__ import annotations

from pathlib import Path

import click

from kb.store.backup import backup_base
from webapp.cli.documents import open_existing
from webapp.cli.options import common_options, current_settings, say


@click.command("backup")
@click.argument("target", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
@common_options
def command(target: Path) -> int:
    """Sao lưu kho ra một tệp .zip: cơ sở dữ liệu, tệp gốc, mã băm.

    Write the base to one .zip: database, originals, hashes. Others may go on working meanwhile.
    """
    settings = current_settings()
    open_existing(settings, str(settings.home)).close()
    count = backup_base(settings, target)
    say(f"đã sao lưu vào {target}: {count} tệp gốc", f"written to {target}: {count} originals")
    return 0
