"""What the title pages of appendices say of the document they go with.

"(Ban hành kèm theo Báo cáo số 12/BC-UBND ngày ...)" repeats its number, its date and its body.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.structure.nodes import Paragraph
from ingest.structure.openings import ISSUED_WITH_RE
from kb.numbers import NUMBER_RE, DocumentNumber, number_of_match
from kb.text.dates import match_date
from kb.vocabulary.types import type_of_word


@dataclass(frozen=True, slots=True)
class IssuedWith:
    """One such mention; ranges are in the view."""

    type: str | None
    number: DocumentNumber
    number_range: tuple[int, int]
    issued: str | None
    date_range: tuple[int, int]
    issuer: str
    issuer_range: tuple[int, int]


_TYPE_RE = re.compile(r"\s*(?P<type>[^\W\d_]+(?:\s+[^\W\d_]+){0,3}?)\s+số\s*:?\s*")
_DATE_RE = re.compile(r"[\s,]{0,4}(?=ngày)")
_ISSUER_RE = re.compile(r"[\s,]{0,4}của\s+(?P<name>[^)\n;.]{3,120})")
_MOST_LINES = 3
_MOST = 200


def find_issued_with(paragraphs: Sequence[Paragraph], places: Iterable[int], text: str) -> Iterator[IssuedWith]:
    """The mentions under the titles that begin at `places`; `text` is the view's."""
    for count, place in enumerate(places):
        if count >= _MOST:
            return
        for paragraph in paragraphs[place : place + 10]:
            found = ISSUED_WITH_RE.search(paragraph.text, 0, 400)
            if found is not None and (found.start() == 0 or paragraph.text[found.start()] == "("):
                mention = _read(text, paragraph.at + found.end())
                if mention is not None:
                    yield mention
                break


#: A heading of what is attached, in one line with what it goes with: "Biểu số 03 (Kèm theo Báo cáo số ...)".
_HEADED_RE = re.compile(
    r"[\s*_#>|]*(?:Biểu|Phụ biểu|Phụ lục|Mẫu|Bảng|Danh mục|Danh sách)(?![^\W\d_])[^.;\n]{0,240}?"
    r"(?=[ (](?:ban hành\s+)?kèm\s+theo\s)",
    re.IGNORECASE,
)


def find_headed(paragraphs: Sequence[Paragraph], text: str) -> Iterator[IssuedWith]:
    """The mentions that stand in the line of a heading itself."""
    for paragraph in paragraphs:
        if "èm theo" not in paragraph.text[:300] and "ÈM THEO" not in paragraph.text[:300]:
            continue
        heading = _HEADED_RE.match(paragraph.text)
        found = ISSUED_WITH_RE.match(paragraph.text, heading.end()) if heading else None
        mention = _read(text, paragraph.at + found.end()) if found else None
        if mention is not None:
            yield mention


def _read(text: str, at: int) -> IssuedWith | None:
    kind = _TYPE_RE.match(text, at)
    found = NUMBER_RE.match(text, kind.end()) if kind else None
    number = number_of_match(found) if found else None
    if kind is None or found is None or number is None:
        return None
    end = found.end()
    date = _DATE_RE.match(text, end)
    printed = match_date(text, date.end()) if date else None
    issued, date_range = None, (end, end)
    if printed is not None:
        issued, date_range, end = printed.value, (printed.start, printed.end), printed.end
    issuer = _ISSUER_RE.match(text, end)
    name = " ".join(issuer["name"].split()).strip(" *_") if issuer else ""
    return IssuedWith(
        type_of_word(" ".join(kind["type"].split())),
        number,
        found.span(),
        issued,
        date_range,
        name,
        issuer.span("name") if issuer else (end, end),
    )
