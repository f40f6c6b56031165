"""Whether the text layer of a page can be trusted: a scan may carry a stamp's few words, or poor OCR."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.readers.pdf_chars import PageContent
from kb.text.legacy import convert_legacy, detect_legacy

# A picture over most of the page is a scan of it; its layer must hold a page of text to be believed.
_SCAN_SHARE = 0.5
_SCAN_CHARS = 150
# The stamp of a signature covers half a percent of A4, three lines of text two.
_SCAN_TEXT_SHARE = 0.015
# A page of outlines instead of letters: drawing after drawing and no text.
_OUTLINE_PATHS = 400
_FEW_CHARS = 20
_UNKNOWN_SHARE = 0.2
# Half the words of any Vietnamese text carry a mark; an OCR layer made without Vietnamese has next to none.
_MARKED_SHARE = 0.2
_MARKED_RE = re.compile("[À-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9]")


def needs_ocr(content: PageContent) -> bool:
    """Whether the page must be read from its picture."""
    if content.chars and content.unknown > _UNKNOWN_SHARE * content.chars:
        return True
    if content.image_share >= _SCAN_SHARE:
        if content.chars < _SCAN_CHARS or _text_share(content) < _SCAN_TEXT_SHARE:
            return True
        if content.hidden > content.chars / 2 or content.image_share > 0.8:
            return not _reads_vietnamese(content)
        return False
    return content.chars < _FEW_CHARS and (content.paths > _OUTLINE_PATHS or content.image_share > 0.2)


def with_legacy_converted(content: PageContent) -> tuple[str | None, PageContent]:
    """The old encoding of the page's text and the page in Unicode; None and the page itself as a rule.

    Only what the fonts' names did not tell already: fonts may be renamed when a PDF is made.
    """
    encoding = detect_legacy(" ".join(word.text for word in content.words))
    if encoding is None:
        return None, content
    words = [word._replace(text=convert_legacy(word.text, encoding)) for word in content.words]
    return encoding, replace(content, words=words)


def _text_share(content: PageContent) -> float:
    area = sum((word.x1 - word.x0) * (word.bottom - word.top) for word in content.words)
    return area / max(content.width * content.height, 1.0)


def _reads_vietnamese(content: PageContent) -> bool:
    words = [word.text for word in content.words if any(c.isalpha() for c in word.text)]
    text = " ".join(words)
    if detect_legacy(text) is not None:
        return True
    marked = sum(bool(_MARKED_RE.search(word)) for word in words)
    return not words or marked >= _MARKED_SHARE * len(words)
