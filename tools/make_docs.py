"""Writes the pages of documentation that come from the program itself: commands and rules.

Run ``python tools/make_docs.py`` after changing a command or a rule; a test tells when that was forgotten.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from graphs.checks.report import rule_table  # noqa: E402 (the project is found first)
from webapp.cli.main import COMMANDS, group  # noqa: E402
from webapp.outputs.sheet import FAMILIES  # noqa: E402

_SEVERITY = {"error": "lỗi / error", "warning": "cần xem / warning", "note": "ghi chú / note"}


def commands_page() -> str:
    """Every command with its help, as ``cancu COMMAND --help`` prints it."""
    parts = ["# Dòng lệnh · The command line\n", "Trang này do `tools/make_docs.py` viết từ chính chương trình.\n"]
    sizes = {"terminal_width": 100, "max_content_width": 100}
    context = click.Context(group, info_name="cancu", **sizes, **group.context_settings)
    for name in COMMANDS:
        command = group.get_command(context, name)
        assert command is not None
        with click.Context(command, parent=context, info_name=name, **sizes) as inner:
            parts.append(f"## cancu {name}\n\n```text\n{command.get_help(inner)}\n```\n")
    return "\n".join(parts)


def rules_page() -> str:
    """Every rule of ``cancu check``: what it looks for, why, an example that breaks it and one that holds."""
    parts = [
        "# Quy tắc kiểm tra · Rules of the check\n",
        "Tắt một quy tắc hoặc cả nhóm: `cancu check TỆP --mute FIG-205 --mute DOC`. Chỗ bị tắt được ghi là"
        " không kiểm tra, kèm lý do.\n",
        "Turn a rule or a family off with `--mute`; what is off counts as not checked, with the reason.\n",
    ]
    for family, words in FAMILIES.items():
        parts.append(f"## {family} · {words}\n")
        for name, row in rule_table().items():
            if name.startswith(family):
                level = _SEVERITY[row["severity"]]
                parts.append(
                    f"### {name} {row['vi']}\n\n{row['en']}. Mức: {level}. Nguồn: {row['source']}.\n\n"
                    f"* Vi phạm / breaks: {row['breaks']}\n* Đúng / holds: {row['holds']}\n"
                )
    return "\n".join(parts)


PAGES = {"docs/cli.md": commands_page, "docs/rules.md": rules_page}


def main() -> None:
    """Write the pages."""
    for path, make in PAGES.items():
        ROOT.joinpath(path).write_text(make(), encoding="utf-8")


if __name__ == "__main__":
    main()
