"""The fields of a document, from its head, its foot and what its appendices say of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.structure.digest import is_digest
from ingest.structure.displaced import complete_header
from ingest.structure.header import Header
from ingest.structure.issued_with import IssuedWith
from ingest.structure.nodes import Node, Paragraph
from ingest.structure.signature import Signature, read_signature
from kb.models import Field, Metadata, UnitKind
from kb.numbers import format_number, same_number
from kb.text.dates import match_date
from kb.text.view import View
from kb.vocabulary.issuers import issuer_of_code

_CLOSING_RE = re.compile(r"\W{0,4}(?:Bộ luật|Luật|Nghị quyết|Pháp lệnh)\s+này\s+(?:đã\s+)?được\s")
_PASSED_RE = re.compile(r"được\s.{5,160}?\sthông\s+qua\s+(?=ngày)", re.DOTALL)


def read_metadata(
    header: Header,
    paragraphs: Sequence[Paragraph],
    owners: Sequence[Node | None],
    mentions: Sequence[IssuedWith],
    view: View,
) -> Metadata:
    """All fields that the document itself shows."""
    consolidated = header.type is not None and header.type.value == "Văn bản hợp nhất"
    header = complete_header(header, paragraphs, mentions, view, consolidated=consolidated)
    foot = [
        paragraph
        for paragraph, owner in zip(paragraphs, owners, strict=True)
        if owner is not None and owner.kind is UnitKind.CONCLUSIONS
    ]
    signature = read_signature(foot, view) if foot else Signature()
    if header.issued is None and header.number is not None:
        header = replace(header, issued=_passed(paragraphs, foot, view))
    return Metadata(
        number=header.number,
        type=header.type,
        issuers=header.issuers or _issuers_elsewhere(header, mentions, view),
        parent_issuer=header.parent_issuer,
        place=header.place,
        issued=header.issued,
        title=header.title,
        signing=signature.signing,
        signer=signature.signer,
        recipients=(*header.recipients, *signature.recipients),
        digest=is_digest(paragraphs),
    )


def _passed(paragraphs: Sequence[Paragraph], foot: Sequence[Paragraph], view: View) -> Field | None:
    """The day on which the closing words say that a law or a resolution was passed."""
    end = next((place for place, paragraph in enumerate(paragraphs) if foot and paragraph is foot[0]), None)
    near = paragraphs[max(0, end - 4) : end] if end is not None else paragraphs
    for paragraph in reversed(near):
        # Of a copy without a foot the words must be those that close a law.
        found = _PASSED_RE.search(paragraph.text) if foot or _CLOSING_RE.match(paragraph.text) else None
        date = match_date(paragraph.text, found.end()) if found else None
        if date is not None and date.value is not None and len(date.value) == len("2025-01-01"):
            return Field(date.value, view.to_source(paragraph.at + date.start, paragraph.at + date.end))
    return None


def _issuers_elsewhere(header: Header, mentions: Sequence[IssuedWith], view: View) -> tuple[Field, ...]:
    """The body that the appendices name, else the one that the number stands for."""
    if header.number is None:
        return ()
    for mention in mentions:
        same = header.issued is not None and mention.issued == header.issued.value
        same = same or same_number(header.number.value, format_number(mention.number))
        if mention.issuer and same and mention.number.issuers == header.issuer_codes:
            return (Field(mention.issuer, view.to_source(*mention.issuer_range)),)
    known = (issuer_of_code(code) for code in header.issuer_codes)
    return tuple(Field(issuer.name, header.number.spans) for issuer in known if issuer is not None)
