"""The door to LibreOffice: old Word files, RTF and ODT become Word files of today, and are read as such."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

from ingest.readers.docx import read_docx
from ingest.readers.docx_package import check_package
from kb.errors import MissingTool, UnreadableFile
from kb.models import Reading

if sys.platform != "win32":
    import fcntl

_PROGRAMS = ("soffice", "libreoffice")
_SECONDS = 180
_THREADS = threading.Lock()


def read_doc(data: bytes) -> Reading:
    """The text of a Word 97-2003 file."""
    return read_docx(convert(data, "doc"))


def read_rtf(data: bytes) -> Reading:
    """The text of an RTF file."""
    return read_docx(convert(data, "rtf"))


def read_odt(data: bytes) -> Reading:
    """The text of an OpenDocument text; refuses bombs before LibreOffice opens them."""
    check_package(data)
    return read_docx(convert(data, "odt"))


def convert(data: bytes, suffix: str, seconds: float = _SECONDS) -> bytes:
    """The same document as .docx, by a headless LibreOffice with a profile of its own.

    One conversion runs at a time, whatever the number of processes: each takes some 300 MB.
    """
    program = find_office()
    with tempfile.TemporaryDirectory(prefix="cancu-office-") as folder, _one_at_a_time():
        source = Path(folder) / f"source.{suffix}"
        source.write_bytes(data)
        command = [
            program,
            f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--nolockcheck",
            "--convert-to",
            "docx:MS Word 2007 XML",
            "--outdir",
            folder,
            str(source),
        ]
        said = _run(command, seconds)
        target = source.with_suffix(".docx")
        if not target.is_file() or not target.stat().st_size:
            detail = said.strip().splitlines()[-1][:200] if said.strip() else "-"
            raise UnreadableFile(
                code="office.failed",
                vi=f"LibreOffice không mở được .{suffix}: hỏng, có mật khẩu hoặc sai định dạng ({detail})",
                en=f"LibreOffice cannot open the .{suffix}: damaged, protected or not in its format ({detail})",
            )
        return target.read_bytes()


def find_office() -> str:
    """The program to run; raises `MissingTool` where LibreOffice is not installed."""
    for name in _PROGRAMS:
        if found := shutil.which(name):
            return found
    raise MissingTool(
        code="office.missing",
        vi="cần LibreOffice để đọc .doc, .rtf, .odt: hãy cài gói libreoffice-writer, hoặc lưu tệp thành .docx",
        en="LibreOffice is needed for .doc, .rtf, .odt: install the package libreoffice-writer, or save as .docx",
    )


def _run(command: list[str], seconds: float) -> str:
    """What the program said; it and its children are stopped when the time is over."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
        # Without a display of its own it would look for one, and for a session bus.
        env={**os.environ, "SAL_USE_VCLPLUGIN": "svp", "LC_ALL": "C.UTF-8"},
    )
    try:
        return process.communicate(timeout=seconds)[0]
    except subprocess.TimeoutExpired as error:
        raise UnreadableFile(
            code="office.timeout",
            vi=f"LibreOffice không chuyển đổi xong sau {seconds:.0f} giây",
            en=f"LibreOffice did not finish within {seconds:.0f} seconds",
        ) from error
    finally:
        # The launcher leaves a child behind when it is stopped.
        if process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.communicate()


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    with _THREADS:
        if sys.platform == "win32":
            # It has no such lock; there the programs run side by side, each in its own profile.
            yield
            return
        path = Path(tempfile.gettempdir()) / f"cancu-office-{os.getuid()}.lock"
        # Not through a link that someone else put there.
        handle = os.open(path, os.O_CREAT | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0), 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)
