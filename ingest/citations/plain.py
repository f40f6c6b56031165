"""Citations of a bare text: for programs that have a string and no file."""

from __future__ import annotations

import hashlib
import re

from ingest.citations.find import find_citations
from ingest.document import build_document
from kb.models import Citation, Line, MediaType, Reading, SourceFile, Span

_LINE_RE = re.compile(r"[^\r\n]+")


def cite_text(text: str) -> tuple[Citation, ...]:
    """Every mention of a legal document in a text, in reading order; offsets are into the text as given.

    Any string is taken, also one that no file could hold (a mark of byte order, half a surrogate pair).

    >>> [one.number for one in cite_text("Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ;")]
    ['30/2020/NĐ-CP']
    >>> cite_text("")
    ()
    """
    lines = tuple(Line(Span(*found.span())) for found in _LINE_RE.finditer(text) if not found.group().isspace())
    data = text.encode("utf-8", "replace")
    source = SourceFile("", hashlib.sha256(data).hexdigest(), MediaType.PLAIN, len(data))
    return find_citations(build_document(source, Reading(text, lines)))
