"""Citations of a bare text: for programs that have a string and no file."""

from __future__ import annotations

from ingest.citations.find import find_citations
from ingest.document import text_document
from kb.collector import collector_quiet
from kb.models import Citation


@collector_quiet()
def cite_text(text: str) -> tuple[Citation, ...]:
    """Every mention of a legal document in a text, in reading order; offsets are into the text as given.

    Any string is taken, also one that no file could hold (half a surrogate pair).

    >>> [one.number for one in cite_text("Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ;")]
    ['30/2020/NĐ-CP']
    >>> cite_text("")
    ()
    """
    return find_citations(text_document(text))
