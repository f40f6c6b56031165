"""A process that reads files: one path in, one prepared document or one refusal out."""

from __future__ import annotations

import errno
import os
import signal
import traceback
from dataclasses import dataclass, replace
from importlib import import_module
from importlib.util import find_spec
from multiprocessing.connection import Connection
from pathlib import Path

from ingest.document import build_document
from ingest.events.read import read_events
from ingest.readers.door import read_source
from ingest.sources import load_source
from kb.errors import CanCuError, system_reason
from kb.models import Citation, Document, SourceFile
from kb.store.originals import keep_original
from kb.store.prepared import Prepared, prepare


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file did not become a document; `fatal` stops the batch, `trace` is for developers."""

    code: str
    vi: str
    en: str
    fatal: bool = False
    trace: str = ""


# What a fault in a reader can raise. It is caught at this one border, so that one file never stops a batch.
_FAULTS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    ImportError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
)


def serve_files(pipe: Connection, home: Path, debug: bool) -> None:
    """Answer every path that comes down the pipe until it closes; the life of a worker process."""
    # The parent decides what a Ctrl-C means and ends its workers itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if not debug:
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 2)
    try:
        while True:
            pipe.send(prepare_file(Path(pipe.recv()), home))
    except (EOFError, OSError):
        return


def prepare_file(path: Path, home: Path) -> Prepared | Refusal:
    """A file read, its original kept, its document prepared; or why not."""
    try:
        mtime = path.stat().st_mtime_ns
        source, data = load_source(path)
        source = replace(source, path=shown_path(path))
        document = build_document(source, read_source(source, data))
        citations = find_mentions(document)
        prepared = prepare(document, citations, mtime, read_events(document, citations))
    except CanCuError as error:
        return Refusal(error.code, error.vi, error.en)
    except MemoryError:
        return Refusal(
            "file.memory", "tệp cần nhiều bộ nhớ hơn máy có", "the file needs more memory than there is"
        )
    except _FAULTS as error:
        return Refusal(
            "file.fault",
            f"lỗi của chương trình khi đọc tệp ({type(error).__name__}); hãy báo cho người phát triển",
            f"a fault of the program while reading the file ({type(error).__name__}); please report it",
            trace=traceback.format_exc(),
        )
    return _keep(home, source, data, prepared)


def find_mentions(document: Document) -> tuple[Citation, ...]:
    """The citations of a document."""
    if find_spec("ingest.citations.find") is None:
        return ()
    found: tuple[Citation, ...] = import_module("ingest.citations.find").find_citations(document)
    return found


def shown_path(path: Path) -> str:
    """A path as text that can be stored; bytes that are no UTF-8 stay visible.

    >>> shown_path(Path("báo cáo 2025.txt"))
    'báo cáo 2025.txt'
    """
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _keep(home: Path, source: SourceFile, data: bytes, prepared: Prepared) -> Prepared | Refusal:
    try:
        keep_original(home, source.sha256, data)
    except OSError as error:
        why = system_reason(error)
        return Refusal(
            "store.full" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "store.permission",
            f"không ghi được tệp gốc vào kho: {why}; phần đã nạp vẫn nguyên vẹn",
            f"the original cannot be written into the base: {why.en}; what was stored is sound",
            fatal=True,
        )
    return prepared
