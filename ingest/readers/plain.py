"""Plain text and Markdown: the text as decoded, a line a line."""

from __future__ import annotations

import re

from kb.models import Line, Reading, Span

_LINE_RE = re.compile(r"[^\r\n]+")


def read_plain(data: bytes) -> Reading:
    """The text of a UTF-8 file, a BOM dropped, line ends untouched, and its lines."""
    text = data.decode("utf-8-sig")
    lines = tuple(Line(Span(*found.span())) for found in _LINE_RE.finditer(text) if not found.group().isspace())
    return Reading(text, lines)
