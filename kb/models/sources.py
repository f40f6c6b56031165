"""Files as they come in, and what is wrong with a document."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kb.models.places import Span


class MediaType(StrEnum):
    """What a file is, by its content."""

    PLAIN = "text/plain"
    MARKDOWN = "text/markdown"
    HTML = "text/html"
    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    ODT = "application/vnd.oasis.opendocument.text"
    DOC = "application/msword"
    RTF = "application/rtf"
    PNG = "image/png"
    JPEG = "image/jpeg"
    TIFF = "image/tiff"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as it came in. `path` is as given; `sha256` is of the bytes; `retrieved` is ISO 8601."""

    path: str
    sha256: str
    media_type: MediaType
    size: int
    origin: str = ""
    retrieved: str = ""


class Severity(StrEnum):
    """How much a problem or a finding matters."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a document that does not keep it out of the base.

    `stage` is the module that saw it, `code` a stable word (``header.number_conflict``), the message
    stands in Vietnamese and in English, `spans` are the places.
    """

    stage: str
    code: str
    vi: str
    en: str
    spans: tuple[Span, ...] = ()
    severity: Severity = Severity.WARNING
