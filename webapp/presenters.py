"""Values as Vietnamese words for people."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import PurePath
from typing import Protocol

from flask_babel import format_decimal
from markupsafe import Markup, escape

from kb.clock import told_day, told_moment
from kb.mentions import printed_place
from kb.models import Document, MediaType
from kb.search.answers import Hit
from kb.text.normalize import unify_tones
from kb.vocabulary.issuers import load_issuers
from kb.vocabulary.types import english_types
from webapp.language import in_language
from webapp.target_words import amount

MEDIA_NAMES: Mapping[MediaType, str] = {
    MediaType.PLAIN: "Văn bản thuần",
    MediaType.MARKDOWN: "Markdown",
    MediaType.HTML: "Trang web",
    MediaType.PDF: "PDF",
    MediaType.DOCX: "Word (.docx)",
    MediaType.ODT: "OpenDocument",
    MediaType.DOC: "Word (.doc)",
    MediaType.RTF: "RTF",
    MediaType.PNG: "Ảnh PNG",
    MediaType.JPEG: "Ảnh JPEG",
    MediaType.TIFF: "Ảnh TIFF",
}


#: What is said of a text and why: a digest, one read by OCR, one as its file has it.
SOURCE_WORDS = (
    "Lược thuật",
    "Bản tóm lược do người soạn kho viết lại; không phải nguyên văn, không dùng để trích dẫn câu chữ.",
    "Nhận dạng chữ (OCR), độ tin cậy trung bình",
    "Chữ do máy đọc từ ảnh quét; đối chiếu bản gốc trước khi trích dẫn.",
    "Nguyên văn theo tệp",
    "Chữ lấy nguyên từ tệp đã nạp.",
)


@dataclass(frozen=True, slots=True)
class SourceNote:
    """Where a document comes from, in words: what its text is, its file, its hash."""

    text: str
    explanation: str
    kind: str
    file: str
    media: str
    sha256: str
    sure: str = ""


def describe_source(document: Document) -> SourceNote:
    """What one must know before trusting the words of a document."""
    source = document.source
    sure = ""
    doubt = [block.confidence for block in document.blocks if block.confidence is not None]
    if document.metadata.digest:
        kind, (text, explanation) = "digest", SOURCE_WORDS[:2]
    elif doubt:
        kind, (text, explanation) = "ocr", SOURCE_WORDS[2:4]
        sure = f"{sum(doubt) / len(doubt):.0%}"
    else:
        kind, (text, explanation) = "full", SOURCE_WORDS[4:]
    media = MEDIA_NAMES[source.media_type]
    return SourceNote(text, explanation, kind, PurePath(source.path).name, media, source.sha256, sure)


def vietnamese_date(value: str | date | None) -> str:
    """A date as Vietnamese papers print it; an incomplete one keeps what it has, a moment is by Vietnam's clock.

    >>> vietnamese_date("2025-06-27"), vietnamese_date("2021"), vietnamese_date(None)
    ('27/6/2025', '2021', '')
    >>> vietnamese_date("2025-06-27T08:15:30+00:00")
    '27/6/2025 15:15'
    """
    if not value:
        return ""
    if "T" in str(value):
        moment = told_moment(str(value))
        return f"{vietnamese_date(moment.date().isoformat())} {moment:%H:%M}"
    parts = str(value).split("-")
    if len(parts) == 1:
        return parts[0]
    if len(parts) == 2:  # a month of no day: as in the first of its days
        return told_day(f"{value}-01").partition("/")[2]
    return told_day(value)


def vietnamese_day(moment: str) -> str:
    """The day of a moment by Vietnam's clock, as papers print it.

    >>> vietnamese_day("2025-06-27T20:15:30+00:00")
    '28/6/2025'
    """
    return vietnamese_date(told_moment(moment).date())


class Named(Protocol):
    """What has the parts of a name; its id is ``id`` or ``work``."""

    @property
    def type(self) -> str | None:
        """Its kind."""

    @property
    def number(self) -> str | None:
        """Its number and symbol."""

    @property
    def title(self) -> str | None:
        """What it is about."""


def kind_name(kind: str | None) -> str:
    """The kind of a document in the language of the page; a kind of no table is as it was read."""
    return in_language(kind, english_types().get(kind, kind)) if kind else ""


def called(work: Named | Mapping[str, object]) -> str:
    """What a work is called: its type and number; without a number its title, with the type unless it says it.

    A row of JSON is a work too.
    """

    def part(name: str) -> str:
        return str((work.get(name) if isinstance(work, Mapping) else getattr(work, name, None)) or "")

    kind, number, title = part("type"), part("number"), part("title")
    if number:
        return f"{kind_name(kind)} {number}".lstrip()
    if title.casefold().startswith(kind.casefold()):
        return title or part("id") or part("work")
    return f"{kind_name(kind)} {title}".rstrip()


STATUS_CLASSES = {
    "Còn hiệu lực": "full",
    "Hết hiệu lực toàn bộ": "bad",
    "Hết hiệu lực một phần": "part",
    "Chưa có hiệu lực": "future",
    "Ngưng hiệu lực": "part",
}


def issuer_name(name: str | None) -> str:
    """Issuers whose names a head prints in capitals, as a sentence prints them; what no table knows is left.

    >>> issuer_name("THANH TRA CHÍNH PHỦ VÀ BỘ NỘI VỤ"), issuer_name("BỘ NHÀ"), issuer_name("Bộ Y tế")
    ('Thanh tra Chính phủ và Bộ Nội vụ', 'BỘ NHÀ', 'Bộ Y tế')
    """
    if not name or not name.isupper():
        return name or ""
    known, pattern = _issuers_in_capitals()
    words = unify_tones(name).upper()
    if pattern.sub("", words).replace("VÀ", "").strip(" ,;-–"):
        return name
    return pattern.sub(lambda found: known[found[0]], words).replace(" VÀ ", " và ")


@lru_cache(maxsize=1)
def _issuers_in_capitals() -> tuple[dict[str, str], re.Pattern[str]]:
    """The names of the table by their capitals, and what finds them, the longest first."""
    known = {unify_tones(row.name).upper(): row.name for row in load_issuers()}
    names = sorted(known, key=len, reverse=True)
    return known, re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b")


def status_class(status: str) -> str:
    """The class of a badge for a status; its shape and words differ too, not only its colour."""
    return STATUS_CLASSES.get(status, "stub")


def marked_snippet(hit: Hit) -> Markup:
    """The snippet of a hit with the words that were found marked; everything else escaped."""
    out: list[str] = []
    at = 0
    for start, end in hit.marks:
        out += (escape(hit.snippet[at:start]), "<mark>", escape(hit.snippet[start:end]), "</mark>")
        at = end
    return Markup("".join((*out, escape(hit.snippet[at:]))))


FILTERS: Mapping[str, Callable[..., str]] = {
    "vndate": vietnamese_date,
    "vnday": vietnamese_day,
    "amount": amount,
    "called": called,
    "kind": kind_name,
    "issuer": issuer_name,
    "thousands": format_decimal,
    "status_class": status_class,
    "marked": marked_snippet,
    "place": printed_place,
}
