"""The default engine: Tantivy, embedded, in a folder of the home. The only door to it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import mkdtemp
from weakref import finalize

import tantivy

from kb.errors import StoreError
from kb.search.protocol import EngineHit, Found, IndexBusy, Request, Sort
from kb.search.rows import FACETS, Row
from kb.search.tantivy_door.counts import count_facets
from kb.search.tantivy_door.queries import Compiler
from kb.search.tantivy_door.reader import Reader
from kb.settings import Settings

_SPLIT = "tokens"
_NUMBERS = (
    "issued", "yearnumber", "forcefrom", "forceto", "partialfrom", "partialto", "suspendedfrom", "suspendedto",
)  # fmt: skip
_EXACT = ("number", "issuerword", "kind", "article", "work")
#: Bytes that one writer gathers before it writes a segment.
_HEAP = 128_000_000


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in ("words", "marks"):
        builder.add_text_field(name, tokenizer_name=_SPLIT, index_option="position")
    for name in ("pairs", "keys", "heads"):
        builder.add_text_field(name, tokenizer_name=_SPLIT, index_option="freq")
    for name in _EXACT:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in FACETS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in _NUMBERS:
        builder.add_unsigned_field(name, indexed=True, fast=True)
    builder.add_float_field("authority", fast=True)
    builder.add_bytes_field("stored", stored=True)
    return builder.build()


class TantivyEngine:
    """An index of Tantivy in a folder."""

    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        self._kept = folder
        self._schema = _schema()
        self._index = self._open()
        self._reader = Reader(self._schema, self._index.searcher())

    def _open(self) -> tantivy.Index:
        self._folder = self._kept
        if self._kept.is_dir() and not os.access(self._kept, os.W_OK):
            # To open an index Tantivy locks its folder; one that may only be read is opened by way of links to it.
            self._folder = Path(mkdtemp(prefix="cancu-index-"))
            finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
            for file in self._kept.iterdir():
                if file.suffix != ".lock":
                    (self._folder / file.name).symlink_to(file)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            try:
                index = tantivy.Index(self._schema, str(self._folder))
            except ValueError:
                # Of another schema, or its files were damaged: an index holds nothing that the base does not.
                shutil.rmtree(self._folder)
                self._folder.mkdir(parents=True)
                index = tantivy.Index(self._schema, str(self._folder))
        except (OSError, ValueError) as error:
            raise _said(error) from error
        splitter = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        index.register_tokenizer(_SPLIT, splitter)
        index.config_reader("manual", 0)
        self._seen = self._committed()
        index.reload()
        return index

    def _committed(self) -> tuple[int, ...]:
        """What tells one commit from the next: each replaces the file that names the segments."""
        try:
            status = (self._kept / "meta.json").stat()
        except OSError:
            return ()
        return status.st_ino, status.st_mtime_ns, status.st_size

    def search(self, request: Request) -> Found:
        """The hits of a plan."""
        reader = self._reader
        searcher = reader.searcher
        query = Compiler(self._schema, reader).query(request.plan)
        order = {Sort.DATE: "issued", Sort.AUTHORITY: "authority"}.get(request.sort)
        found = searcher.search(query, max(request.limit, 1), count=True, order_by_field=order)
        hits = tuple(
            EngineHit(float(score or 0.0), bytes(searcher.doc(address)["stored"][0]).decode())
            for score, address in found.hits[: request.limit]
        )
        facets = self._facets(request, reader) if request.facets else {}
        return Found(int(found.count), hits, facets)  # type: ignore[attr-defined]

    def _facets(self, request: Request, reader: Reader) -> dict[str, dict[str, int]]:
        # Which records are hits is found without what only ranks them.
        lean = Compiler(self._schema, reader, lean=True)
        return count_facets(reader, lean.query(request.plan), request.day)

    def update(self, rows: Iterable[Row], drop: Iterable[str] = (), *, fresh: bool = False) -> int:
        """Drop, add and commit; readers see all of it or nothing."""
        added = 0
        try:
            writer = self._index.writer(_HEAP, 1)
            if fresh:
                writer.delete_all_documents()
            for work in drop:
                writer.delete_documents_by_term("work", work)
            for row in rows:
                writer.add_document(_document(row))
                added += 1
            writer.commit()
            # Readers see it from here on; segments are put together behind them.
            writer.wait_merging_threads()
        except ValueError as error:
            raise _said(error) from error
        self.refresh()
        return added

    def frequency(self, field: str, token: str) -> int:
        """In how many rows a token stands."""
        return self._reader.frequency(field, token)

    def vocabulary(self, prefix: str) -> Mapping[str, int]:
        """The folded words with a prefix."""
        return dict(self._reader.searcher.terms_with_prefix("words", prefix))

    def count(self) -> int:
        """How many rows there are."""
        return self._reader.rows

    def refresh(self) -> None:
        """See what was committed since."""
        committed = self._committed()
        if committed and committed == self._seen:
            return
        if self._folder != self._kept:
            self._index = self._open()
        self._seen = committed
        self._index.reload()
        self._reader = Reader(self._schema, self._index.searcher())

    def close(self) -> None:
        """Nothing is held open but mapped files, which go with the object."""


def _document(row: Row) -> tantivy.Document:
    document = tantivy.Document()
    for name in ("words", "marks", "pairs", "keys", "heads"):
        document.add_text(name, " ".join(getattr(row, name)))
    document.add_float("authority", row.authority)
    document.add_bytes("stored", row.stored.encode())
    for name, number in row.numbers.items():
        document.add_unsigned(name, number)
    for name, values in row.exact.items():
        for value in values:
            document.add_text(name, value)
    return document


def _said(error: Exception) -> StoreError:
    if "LockBusy" in str(error):
        return IndexBusy("index.busy", "chỉ mục đang được tiến trình khác cập nhật", "the index is being updated")
    for mark, vi, en in _READINGS:
        if mark in str(error):
            return StoreError("index.failed", f"chỉ mục tìm kiếm {vi}", f"the search index {en}")
    return StoreError(
        "index.failed",
        "chỉ mục tìm kiếm không mở hoặc ghi được; xóa thư mục index của kho để lập lại",
        f"the search index failed ({error}); remove the folder index of the home to make it again",
    )


#: What the system says of a folder, and what it means to a person.
_READINGS = (
    (
        "Permission denied",
        "không mở hoặc ghi được: kiểm tra quyền của thư mục index trong kho",
        "cannot be opened or written: check the permissions of the folder index of the home",
    ),
    (
        "Read-only file system",
        "nằm trên ổ chỉ đọc, không cập nhật được",
        "is on a read-only disk and cannot be brought up to date",
    ),
    (
        "No space left",
        "không ghi được vì ổ đĩa đã đầy",
        "cannot be written: the disk is full",
    ),
)


def open_engine(settings: Settings) -> TantivyEngine:
    """The index in the folder of a home."""
    return TantivyEngine(settings.home / "index" / "tantivy")
