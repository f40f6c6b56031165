"""The mark of an own-words digest.

A document says so itself, in one of its first or last lines: ``Lược thuật``, ``> lược thuật``, ``Lược thuật: ..``,
``(Lược thuật ..)`` or ``Bản lược thuật ...``. A digest never proves the wording of what it tells of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.structure.nodes import Paragraph

_MARK_RE = re.compile(
    r"[\s>*_#\[–-]*(?:\(\s*lược\s+thuật(?!\w)|(?:bản\s+)?lược\s+thuật\s*(?:[:.*_\]–—-]|$)|bản\s+lược\s+thuật(?!\w))",
    re.IGNORECASE,
)
_FIRST, _LAST = 15, 6


def is_digest(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether a document marks itself as a digest.

    >>> [
    ...     is_digest([Paragraph(0, t)])
    ...     for t in ("> lược thuật", "(Lược thuật theo Công báo)", "Lược thuật hội nghị")
    ... ]
    [True, True, False]
    """
    return any(
        _MARK_RE.match(paragraph.text) is not None
        for paragraph in (*paragraphs[:_FIRST], *paragraphs[_FIRST:][-_LAST:])
    )
