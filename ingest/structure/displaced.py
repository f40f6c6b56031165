"""Number and date that a reader found away from the head.

In the gazette's files they are boxes of their own, read after the first page; a consolidated text carries its own
number and date at its end, beside the words that certify it (Pháp lệnh 01/2012/UBTVQH13).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.structure.header import Header
from ingest.structure.issued_with import IssuedWith
from ingest.structure.letters import UPPER
from ingest.structure.nodes import Paragraph
from kb.models import Field
from kb.numbers import NUMBER_RE, format_number, number_of_match
from kb.text.dates import match_date
from kb.text.view import View

_LABEL_RE = re.compile(r"[\s*_]*(?:S[ốô]|SỐ)\s*[.:]{0,2}\s{0,3}(?=\d)")
_PLACE_RE = re.compile(rf"[\s*_]*(?P<place>[{UPPER}][^\d,;:]{{1,40}}),\s*(?=ngày)")
_FAR = 90
_NEAR = 12


def complete_header(
    header: Header,
    paragraphs: Sequence[Paragraph],
    mentions: Sequence[IssuedWith],
    view: View,
    *,
    consolidated: bool,
) -> Header:
    """The header with a number and date that stand elsewhere, where the head itself has none."""
    if header.number is None and header.type is not None:
        header = _find_box(header, paragraphs, view, consolidated=consolidated)
    if header.number is None and header.type is not None:
        header = _take_mention(header, mentions, view)
    return header


def _find_box(header: Header, paragraphs: Sequence[Paragraph], view: View, *, consolidated: bool) -> Header:
    end = len(paragraphs) if consolidated else min(len(paragraphs), header.end + _FAR)
    for place in range(end):
        text = paragraphs[place].text
        if len(text) > 60 or "/" not in text or (consolidated and "VBHN" not in text):
            continue
        label = _LABEL_RE.match(text)
        found = NUMBER_RE.match(text, label.end()) if label else None
        number = number_of_match(found) if found else None
        if found is None or number is None or text[found.end() :].strip(" *_"):
            continue
        at = paragraphs[place].at
        spans = view.to_source(at + found.start(), at + found.end())
        header = replace(header, number=Field(format_number(number), spans), issuer_codes=number.issuers)
        return _date_beside(header, paragraphs[max(0, place - _NEAR) : place + _NEAR], view)
    return header


def _date_beside(header: Header, paragraphs: Sequence[Paragraph], view: View) -> Header:
    if header.issued is not None:
        return header
    for paragraph in paragraphs:
        place = _PLACE_RE.match(paragraph.text) if len(paragraph.text) < 90 else None
        date = match_date(paragraph.text, place.end()) if place else None
        if place is None or date is None or date.value is None or paragraph.text[date.end :].strip(" *_"):
            continue
        at = paragraph.at
        return replace(
            header,
            place=Field(
                " ".join(place["place"].split()),
                view.to_source(at + place.start("place"), at + place.end("place")),
            ),
            issued=Field(date.value, view.to_source(at + date.start, at + date.end)),
        )
    return header


def _take_mention(header: Header, mentions: Sequence[IssuedWith], view: View) -> Header:
    """What the first appendix says of the document, when it names a document of the same type."""
    for mention in mentions:
        if header.type is None or mention.type != header.type.value:
            continue
        number = Field(format_number(mention.number), view.to_source(*mention.number_range))
        header = replace(header, number=number, issuer_codes=mention.number.issuers)
        if header.issued is None and mention.issued is not None and len(mention.issued) == len("2025-01-01"):
            header = replace(header, issued=Field(mention.issued, view.to_source(*mention.date_range)))
        return header
    return header
