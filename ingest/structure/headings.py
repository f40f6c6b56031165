"""Headings of units: titles of chapters and articles, opening words of clauses and items."""

from __future__ import annotations

import re

#: A heading this long is shown whole; of a longer paragraph, its first sentence or its opening words.
_WHOLE = 200
_OPENING = 120
_SENTENCE_RE = re.compile(r"(?<=[^\W\d_]{2})[.:;](?=\s)|(?<=[)”%\d])[.:;](?=\s+[^\W\d_a-z])")
_MARKUP_RE = re.compile(r"\*{1,3}|_{2,3}|</?[biu]>|</?(?:sup|sub|em|strong)>|^#{1,6}\s+|`")


def clean_heading(text: str) -> str:
    """The words without Markdown marks and double spaces."""
    if "*" in text or "_" in text or "<" in text or "#" in text or "`" in text:
        text = _MARKUP_RE.sub("", text)
    return " ".join(text.split())


def opening_words(text: str) -> str:
    """A short paragraph whole; of a longer one its first sentence, or its first words and ``…``.

    >>> opening_words("**Phạm vi điều chỉnh**"), opening_words("Hồ sơ gồm: " + "giấy tờ " * 60)
    ('Phạm vi điều chỉnh', 'Hồ sơ gồm:')
    """
    words = clean_heading(text[: 2 * _WHOLE])
    if len(words) <= _WHOLE and len(text) <= 2 * _WHOLE:
        return words
    stop = _SENTENCE_RE.search(words, 6, _WHOLE)
    if stop:
        return words[: stop.end()].rstrip()
    return words[:_OPENING].rsplit(" ", 1)[0].rstrip(" ,;:-") + "…"
