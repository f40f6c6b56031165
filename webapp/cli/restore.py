"""``cancu restore``: a base back from its backup."""

from __future__ import annotations

from pathlib import Path

import click

from kb.store.backup import restore_base
from webapp.cli.logged import log_change
from webapp.cli.options import common_options, current_settings, say


@click.command("restore")
@click.argument("archive", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--force", is_flag=True, help="Thay kho đang có / replace a base that has data")
@common_options
def command(archive: Path, force: bool) -> int:
    """Khôi phục kho từ bản sao lưu; mọi mã băm được kiểm tra trước khi thay đổi gì.

    Bring a base back from its backup; every hash is checked before anything is touched.
    """
    settings = current_settings()
    count = restore_base(settings, archive, force)
    log_change(settings, "backup.restore", archive.name, {"originals": count})
    say(f"đã khôi phục vào {settings.home}: {count} tệp gốc", f"restored to {settings.home}: {count} originals")
    return 0
