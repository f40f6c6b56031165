"""The one door to all readers: bytes of a known kind become a `Reading`."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import replace

from ingest.readers.decode import convert_passages
from ingest.sources import check_extension
from kb.errors import UnreadableFile
from kb.models import MediaType, Reading, Severity, SourceFile

# Readers are named, not imported: a text file is read without loading lxml or pdfium.
_READERS = {
    MediaType.PLAIN: "ingest.readers.plain:read_plain",
    MediaType.MARKDOWN: "ingest.readers.plain:read_plain",
    MediaType.HTML: "ingest.readers.html:read_html",
    MediaType.PDF: "ingest.readers.pdf:read_pdf",
    MediaType.DOCX: "ingest.readers.docx:read_docx",
    MediaType.ODT: "ingest.readers.office:read_odt",
    MediaType.DOC: "ingest.readers.office:read_doc",
    MediaType.RTF: "ingest.readers.office:read_rtf",
    MediaType.PNG: "ingest.readers.image:read_image",
    MediaType.JPEG: "ingest.readers.image:read_image",
    MediaType.TIFF: "ingest.readers.image:read_image",
}


def read_source(source: SourceFile, data: bytes) -> Reading:
    """The text and lines of a file; raises `UnreadableFile` where there are none to be had."""
    reading = find_reader(source.media_type)(data)
    if not reading.text.strip():
        raise _without_text(reading)
    text, converted = convert_passages(reading.text, same_length=True)
    problems = (*check_extension(source), *reading.problems, *converted)
    return replace(reading, text=text, problems=problems) if problems else reading


def _without_text(reading: Reading) -> UnreadableFile:
    """The refusal of a file of which nothing could be read: checked, it would seem to be without a fault."""
    grave = [one for one in reading.problems if one.severity is Severity.ERROR]
    vi = "; ".join(one.vi for one in grave) or "trang trống, hoặc bản quét quá mờ"
    en = "; ".join(one.en for one in grave) or "blank pages, or a scan too faint"
    return UnreadableFile(
        code="file.no_text", vi=f"không đọc được chữ nào trong tệp: {vi}", en=f"no words can be read: {en}"
    )


def find_reader(media_type: MediaType) -> Callable[[bytes], Reading]:
    """The function that reads files of a kind."""
    module, _, name = _READERS[media_type].partition(":")
    reader: Callable[[bytes], Reading] = getattr(importlib.import_module(module), name)
    return reader
