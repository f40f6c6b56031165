"""Whose text it is: which mentions the citing body issued itself, and which only others can have issued."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ingest.citations.found import Found
from ingest.citations.relations import Governing
from kb.models import Document, Relation
from kb.vocabulary.issuers import issuer_of_name, issuers_by_key

#: Bodies of the party's centre; the rest of the party's bodies are local.
_CENTRE = frozenset(("TW", "BCT-TW", "BBT", "VPTW", "QUTW", "ĐUCA"))


@dataclass(frozen=True, slots=True)
class Owner:
    """The citing body: its keys in the vocabulary and its level; empty where the document does not say."""

    keys: frozenset[str] = frozenset()
    level: str = ""

    def issued(self, found: Found) -> bool | None:
        """Whether the citing body, or one beside it, can have issued a document; None when nobody can tell."""
        key = found.mention.issuer_key if found.mention else None
        if key is None and found.name and found.name.issuer:
            issuer = issuer_of_name(found.name.issuer)
            key = issuer.key if issuer else None
        if key is None:
            return None
        return key in self.keys or (level_of_key(key) == "local" and self.level != "central")

    def settle(self, found: Found, governing: Governing) -> Governing:
        """``ban hành`` is said of the citing side only; what others issue is a mere mention."""
        issued = self.issued(found)
        if governing.relation is Relation.ISSUES and issued is False:
            return replace(governing, relation=Relation.CITES)
        if governing.given and issued and found.note is not None and not found.placed:
            return replace(governing, relation=Relation.ISSUES)
        return governing


def owner_of(document: Document, own: Found | None) -> Owner:
    """The body that issued a document, by its header and by its own number."""
    keys = set()
    passage = own is None and document.metadata.number is not None
    for field in () if passage else document.metadata.issuers:
        issuer = issuer_of_name(field.value.capitalize()) or issuer_of_name(field.value)
        if issuer:
            keys.add(issuer.key)
    if own and own.mention and own.mention.issuer_key:
        keys.add(own.mention.issuer_key)
    levels = {level_of_key(key) for key in keys}
    return Owner(frozenset(keys), "central" if levels == {"central"} else "local" if levels else "")


def level_of_key(key: str) -> str:
    """``central`` or ``local``.

    >>> level_of_key("CP"), level_of_key("TU"), level_of_key("BCT-TW")
    ('central', 'local', 'central')
    """
    row = issuers_by_key().get(key)
    if row is None:
        return "local"
    if row.level == "party":
        return "central" if key in _CENTRE or key.endswith("TW") else "local"
    return "central" if row.level == "central" else "local"
