"""Where a place of a document stands, in the words in which people speak of it: a section, a table, a note."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.models import Document, Table, Unit, UnitKind

#: What bears a name of its own, told whole; an article has one in its whole document.
_NAMED = {UnitKind.PART, UnitKind.CHAPTER, UnitKind.APPENDIX}
_TABLE_RE = re.compile(r"(?:bảng|biểu)(?:\s+số)?\s+\d+(?:\.\d+)*", re.IGNORECASE)


class Places:
    """The sections, tables and notes of a document by the places of its source."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._units = {unit.eid: unit for unit in document.units}

    def words(self, start: int) -> str:
        """Where a place stands: ``mục II.2``, ``Bảng 3, mục II.2``, ``chú thích 4``; empty where nothing tells."""
        for note in self._document.footnotes:
            if any(part.start <= start < part.end for part in note.parts):
                return f"chú thích {note.mark}"
        for number, table in enumerate(self._document.tables, 1):
            if table.span.start <= start < table.span.end:
                named = table.appendix or _numbered(table) or f"bảng thứ {number}"
                around = "" if table.appendix else section(list(self._above(table.unit)))
                return ", ".join(filter(None, (named, around)))
        block = self._document.block_over(start)
        return section(list(self._above(block.unit if block else None)))

    def _above(self, eid: str | None) -> Iterator[Unit]:
        """A unit and those over it, the smallest first."""
        while eid is not None and eid in self._units:
            yield self._units[eid]
            eid = self._units[eid].parent


def section(units: list[Unit]) -> str:
    """Units, the smallest first, as one speaks of them; bullets have no name.

    >>> from kb.models import Span
    >>> def item(label):
    ...     return Unit(label, UnitKind.ITEM, label, "", Span(0, 1), None, 1)
    >>> section([item("-"), item("a)"), item("2.1."), item("2."), item("II.")])
    'mục II.2.1.a'
    >>> section([item("2."), Unit("art_5", UnitKind.ARTICLE, "Điều 5.", "", Span(0, 1), None, 1)])
    'khoản 2 Điều 5'
    """
    article = next((unit for unit in units if unit.kind is UnitKind.ARTICLE), None)
    if article is not None:
        under = [unit.label.strip().strip(".):;") for unit in units[: units.index(article)]]
        kinds = ("khoản", "điểm")[: len(under)] if all(label[:1].isalnum() for label in under) else ()
        parts = [f"{kind} {label}" for kind, label in zip(kinds, reversed(under), strict=False)]
        return " ".join([*reversed(parts), article.label.strip().strip(".:")])
    names: list[str] = []
    labels: list[str] = []
    for unit in reversed(units):
        label = unit.label.strip().strip(".):;")
        if unit.kind in _NAMED:
            names.append(label)
            labels = []
        elif label[:1].isalnum():
            whole = labels and label.startswith(f"{labels[-1]}.")
            labels = [*labels[:-1], label] if whole else [*labels, label]
    return ", ".join([*([f"mục {'.'.join(labels)}"] if labels else []), *reversed(names)])


def _numbered(table: Table) -> str | None:
    """The number that a table is called by in the line over it: ``Bảng 2``."""
    found = _TABLE_RE.match(table.caption or table.title or "")
    return " ".join(found[0].split()) if found else None
