"""A commit of the index as searches read it: what is the same for all of them is asked for once."""

from __future__ import annotations

from functools import cached_property

import tantivy

from kb.search.rows import NEVER

#: Tokens whose frequency is remembered; queries of people share most of their words.
_MOST = 50_000


class Reader:
    """One commit; another one is another reader."""

    def __init__(self, schema: tantivy.Schema, searcher: tantivy.Searcher) -> None:
        self.searcher = searcher
        self.rows = int(searcher.num_docs)
        self._schema = schema
        self._known: dict[tuple[str, str], int] = {}

    def frequency(self, field: str, token: str) -> int:
        """In how many rows a token stands."""
        key = (field, token)
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= _MOST:
                self._known = {}
            known = self._known[key] = int(self.searcher.doc_freq(field, token))
        return known

    @cached_property
    def intervals(self) -> tuple[str, ...]:
        """The intervals of force that some record has; hardly any document is ever suspended."""
        return tuple(name for name in ("force", "partial", "suspended") if self._any(f"{name}from"))

    def _any(self, field: str) -> bool:
        bounds = tantivy.Query.range_query(self._schema, field, tantivy.FieldType.Unsigned, 0, NEVER - 1)
        return bool(self.searcher.search(bounds, 1, count=False).hits)
