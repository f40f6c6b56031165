"""The period of a target that says none: that of the paper which sets it, as its title gives it."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.figures.measures import periods
from kb.models import BasisKind, Citation, CitationKind, Document, Target

#: The name behind a number and its date.
_NAMED_RE = re.compile(
    r"(?:[^,;.\n]|\n(?!\s*\n)){0,80}?\b(?P<name>(?:về|ban hành|phê duyệt)\s(?:[^,;.\n]|\n(?!\s*\n)){5,240})"
)
#: Ties by which a target is surely one of the document's.
_SURE = (BasisKind.EXPLICIT, BasisKind.FOOTNOTE, BasisKind.SECTION, BasisKind.TABLE)


def dated(document: Document, citations: tuple[Citation, ...], target: Target) -> Target:
    """A target with the one period of the title of its basis: ``Kế hoạch cải cách hành chính năm 2025``."""
    if target.period or not target.bases or target.bases[0].kind not in _SURE:
        return target
    basis = citations[target.bases[0].citation]
    if basis.kind is CitationKind.SELF:
        kind, title = document.metadata.type, document.metadata.title
        titles = [title.value] if title and not (kind and kind.value == "Báo cáo") else []
    else:
        titles = [_named(document, one) for one in citations if one.number and one.number == basis.number]
    told = {period for words in titles for period in _periods(words)}
    return replace(target, period=told.pop()) if len(told) == 1 else target


def _named(document: Document, citation: Citation) -> str:
    """What stands behind the number of a document: ``… ngày 29/12/2021 của UBND tỉnh về cải cách năm 2022``."""
    found = _NAMED_RE.match(document.text, citation.span.end)
    return " ".join(found["name"].split()) if found else ""


def _periods(words: str) -> set[str]:
    words = words.lower() if words.isupper() else words
    return {" ".join(one.group().split()) for one in periods(words, 0, len(words))}
