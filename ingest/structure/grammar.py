"""Which grammar a document follows: articles (norm) or headings and bullets (report)."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.structure.labels import read_label
from ingest.structure.nodes import Paragraph

_ENOUGH = 2
#: A codified text may begin with any article, and be that one article.
_FIRST = 3


def choose_grammar(paragraphs: Sequence[Paragraph]) -> str:
    """``norm`` when articles follow each other, ``report`` otherwise."""
    last = articles = 0
    for place, paragraph in enumerate(paragraphs):
        if paragraph.text[:1] not in "ĐÐA*#":
            continue
        label = read_label(paragraph.text)
        if label is None or label.style != "article":
            continue
        if label.text[-1:].isalnum() and paragraph.text[label.end :].strip():
            continue
        if label.value in (1, last + 1) or label.value > last:
            articles += 1
            if label.value == 1 or articles >= _ENOUGH or place < _FIRST:
                return "norm"
        last = label.value
    return "report"
