"""A text as it lies in the base, before it is unpacked: enough to tell whether something kept is still of it."""

from __future__ import annotations

from dataclasses import dataclass

from kb.models import Citation, Document
from kb.store.codec import load_value, unpack


@dataclass(frozen=True, slots=True)
class Packed:
    """A document and its citations as they are stored; equal ones are one text, read alike."""

    payload: bytes
    mentions: str

    def document(self) -> Document:
        """The very document that was saved."""
        return unpack(Document, self.payload)

    def citations(self) -> tuple[Citation, ...]:
        """Its mentions, in the order they were found."""
        return load_value(tuple[Citation, ...], self.mentions)
