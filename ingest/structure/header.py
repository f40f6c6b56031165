"""The header of a document: number, place and date, bodies, type, title, recipients.

Nghị định 30/2020/NĐ-CP, Điều 8 and Phụ lục I (state); Hướng dẫn 36-HD/VPTW (party). What a damaged head does not
show is not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.structure.addressees import find_addressees
from ingest.structure.bodies import choose_bodies, find_bodies, readable_name
from ingest.structure.citation_head import read_citation_head
from ingest.structure.header_lines import HeadText, read_head_text
from ingest.structure.headings import clean_heading
from ingest.structure.kinds import LETTER, kind_of_number
from ingest.structure.letters import LOWER, UPPER
from ingest.structure.nodes import Paragraph
from ingest.structure.own_reference import without_own_reference
from ingest.structure.title import HeadLine, TypeLine, find_type, issuing_lines, title_lines
from kb.models import Field, Span
from kb.numbers import NUMBER_RE, DocumentNumber, format_number, number_of_match
from kb.text.dates import find_dates
from kb.text.view import View


@dataclass(frozen=True, slots=True)
class Header:
    """What the head says; `end` is the place of the first paragraph after it."""

    end: int
    number: Field | None = None
    type: Field | None = None
    issuers: tuple[Field, ...] = ()
    parent_issuer: Field | None = None
    place: Field | None = None
    issued: Field | None = None
    title: Field | None = None
    recipients: tuple[Field, ...] = ()
    issuer_codes: tuple[str, ...] = ()


_LINE_RE = re.compile(r"\S(?:(?![ ]{3})[^\n])*")
_NUMBER_LABEL_RE = re.compile(r"(?<!\w)(?:S[ốôoóồ6]|SỐ|số|No|N[o0]\.)[ \t]*[.:;]{0,2}\s{0,3}(?=\d)")
#: What stands before the number of another document in a sentence, "... theo quy định tại Nghị định số", and how
#: many letters before it are looked at.
_CITING_REACH = 60
_CITING_RE = re.compile(
    rf"(?<!\w)(?:[{LOWER}]+|Theo|Tại|Xét|Từ|Về|Do|Qua|Sau),?[ \t]+"
    rf"(?:[{UPPER}][{LOWER}]+(?:[ \t]+[{LOWER}]+){{0,3}}"
    rf"|(?:Bộ luật|Luật|Pháp lệnh)[ \t]+[^\n.;:\d]{{2,40}}?)[ \t]+$"
)
_OLD_NUMBER_RE = re.compile(
    r"\s*(?:CỦA\s+[^\d\n]{3,90}\s+|(?:Joint\s+)?(?:Decree|Decision|Circular|Law|Resolution|Ordinance|Directive)\s+)?"
    r"(?:SỐ|số|Số|No\.?)\s*:?\s*(?=\d)"
)
_OF_DATE_RE = re.compile(r"\s*,?\s*(?:of|ngày|NGÀY|dated)?\s*$")
_OTHER_DATE_RE = re.compile(r"hiệu\s+lực|cập\s+nhật|đăng|áp\s+dụng", re.IGNORECASE)
_UNREAD_DATE_RE = re.compile(
    rf"^[ \t]*[{UPPER}][^\d\n]{{1,30}},[ \t]*ngày(?!\w)[^\n]{{0,12}}tháng(?!\w)[^\n]{{0,8}}năm(?!\w)", re.MULTILINE
)
_NAME = rf"[{UPPER}][{LOWER}]+"
_PLACE_RE = re.compile(
    r"(?<![\w/-])(?:(?:Thành\s+phố|Thị\s+xã|Tỉnh|Huyện|Quận|Xã|Phường|Đặc\s+khu|TP\.?|Tp\.?|T\.P)\s*)?"
    rf"(?:{_NAME}(?:(?:\s*[–-]\s*|\s+){_NAME}\.?){{0,5}}|HCM|H{_NAME})\s*[,.;]?\s*$"
)
#: A line that the name of a place begins on: "Hà" over "Nội, ngày ..."; the place itself over "ngày ...".
_FRAGMENT_RE = re.compile(rf"(?:Thành\s+phố|TP\.?|{_NAME})(?:\s+{_NAME}){{0,4}},?")
_NO_BODY_RE = re.compile(r"(?:S[ốôoóồ6]|SỐ|số)\W|.*[/@]|.*(?<!\w)ngày\W")
_SUBJECT_RE = re.compile(r"(?<!\w)(?:V\s?/\s?[vV]\s*[:.]?|[vV]/[vV]\s*:?)\s*(?=\w)")
_FIRST_LINES = 40
_GREETING_RE = re.compile(r"(?:^|\n)(?:[^\S\n]|[*_])*(?:Kính\s+gửi|KÍNH\s+GỬI)\s*:")
#: Letters whose number only looks like that of another type (5485/CT-CS of the Cục Thuế).
_KEEP_TYPE = frozenset(("Báo cáo", "Tờ trình", "Kế hoạch"))
_TERM_RE = re.compile(r"[ \t]{1,2}\d{1,2}(?!\w)")
_CAPITAL_SHARE = 0.8


class HeaderReader:
    """Reads one head; its methods give fields."""

    def __init__(self, head: HeadText, paragraphs: Sequence[Paragraph], view: View) -> None:
        self.head = head
        self.text = head.text
        self._paragraphs = paragraphs
        self._view = view
        self.lines: list[HeadLine] = [
            (found.start(), found.end(), found.group().strip()) for found in _LINE_RE.finditer(self.text)
        ]
        self.reach = self.number_start = self.number_end = 0
        self._subject_ranges: list[tuple[int, int]] = []

    def field(self, value: str, *ranges: tuple[int, int]) -> Field:
        """A field read from ranges of the head."""
        spans: list[Span] = []
        for start, end in ranges:
            spans.extend(self._view.to_source(self.head.offset + start, self.head.offset + end))
            self.reach = max(self.reach, end)
        return Field(value, tuple(spans))

    def number_before(self, limit: int) -> tuple[DocumentNumber, Field] | None:
        """The number behind ``Số:``, over the type."""
        for label in _NUMBER_LABEL_RE.finditer(self.text, 0, limit):
            line = self.text.rfind("\n", 0, label.start()) + 1
            if _CITING_RE.search(self.text, max(line, label.start() - _CITING_REACH), label.start()):
                continue
            found = NUMBER_RE.match(self.text, label.end())
            number = self._number(found) if found else None
            if number:
                return number
        for start, _, text in self.lines:
            if start >= limit:
                break
            found = NUMBER_RE.fullmatch(text.strip(" *_"))
            if found:
                at = start + text.index(found.group())
                found = NUMBER_RE.match(self.text, at)
                if found:
                    return self._number(found)
        return None

    def number_after(self, start: int) -> tuple[DocumentNumber, Field] | None:
        """The number of older heads, under the type: NGHỊ ĐỊNH CỦA CHÍNH PHỦ SỐ 69/2000/NĐ-CP NGÀY ..."""
        label = _OLD_NUMBER_RE.match(self.text, start)
        found = NUMBER_RE.match(self.text, label.end()) if label else None
        return self._number(found) if found else None

    def number_at(self, start: int) -> tuple[DocumentNumber, Field] | None:
        """The number that begins at a place."""
        found = NUMBER_RE.match(self.text, start)
        return self._number(found) if found else None

    def _number(self, found: re.Match[str]) -> tuple[DocumentNumber, Field] | None:
        number = number_of_match(found)
        if number is None:
            return None
        self.number_start, self.number_end = found.span()
        term = _TERM_RE.match(self.text, found.end()) if number.symbol.endswith("QH") else None
        if term:
            return number, self.field(format_number(number) + term.group().strip(), (found.start(), term.end()))
        return number, self.field(format_number(number), found.span())

    def date(self, limit: int, *, beside: bool = False) -> tuple[Field | None, Field | None]:
        """Place and date; the date beside a place comes first, then any other (none when it must be `beside`)."""
        other: Field | None = None
        folded = self.text.lower()
        for found in find_dates(folded, 0, limit):
            if found.value is None and self.text.startswith("ngày", found.start):
                found = next(find_dates(folded, found.start + len("ngày"), found.end), found)
            if found.value is None or len(found.value) < len("2025-01-01"):
                continue
            line = self.text.rfind("\n", 0, found.start) + 1
            before = self.text[line : found.start].rstrip().removesuffix("ngày").rstrip()
            above = self.text.rfind("\n", 0, max(line - 1, 0)) + 1
            if _FRAGMENT_RE.fullmatch(self.text[above : max(line - 1, above)].strip()):
                line = above
                before = self.text[line : found.start].rstrip().removesuffix("ngày").rstrip()
            place = _PLACE_RE.search(before) if before.endswith((",", ".", ";")) or len(before) < 30 else None
            if place:
                name = place.group().strip(" ,.\n")
                start = line + place.start()
                return (
                    self.field(" ".join(name.split()), (start, start + len(name))),
                    self.field(found.value, (found.start, found.end)),
                )
            own = beside and _OF_DATE_RE.fullmatch(self.text[self.number_end : found.start])
            if other is None and (own if beside else not _OTHER_DATE_RE.search(before)):
                other = self.field(found.value, (found.start, found.end))
        # Where the line of place and date cannot be read, no other date of the head is the document's.
        return None, None if other and _UNREAD_DATE_RE.search(self.text, 0, limit) else other

    def capital_lines(self, limit: int) -> Iterable[HeadLine]:
        """The lines in capitals over the type, which name bodies."""
        for start, end, text in self.lines:
            if start >= limit:
                break
            if any(left <= start < right for left, right in self._subject_ranges):
                continue
            if self.number_start <= start < self.number_end:
                continue
            letters = [letter for letter in text if letter.isalpha()]
            if len(letters) < 2 or _NO_BODY_RE.match(text) or NUMBER_RE.search(text):
                continue
            if sum(map(str.isupper, letters)) >= _CAPITAL_SHARE * len(letters):
                yield start, end, text

    def greeting(self) -> int:
        """Where ``Kính gửi`` stands, the end of the head where it does not: what is under it is the text's own."""
        greeting = _GREETING_RE.search(self.text)
        return greeting.start() if greeting else len(self.text)

    def is_letter(self) -> bool:
        """Whether the head has the greeting or the subject of a letter."""
        return self.greeting() < len(self.text) or _SUBJECT_RE.search(self.text) is not None

    def subject(self) -> Field | None:
        """The subject of a letter: V/v ..."""
        found = _SUBJECT_RE.search(self.text)
        if found is None:
            return None
        ranges: list[tuple[int, int]] = []
        words: list[str] = []
        for start, end, _ in self.lines:
            if end <= found.start():
                continue
            at = max(start, found.end())
            piece = self.text[at:end].strip()
            ends = piece.startswith(("Kính", "KÍNH")) or bool(words and _is_date_line(piece)) or len(words) > 7
            if ends or (words and piece.upper() == piece):
                break
            ranges.append((at, end))
            words.append(piece)
        self._subject_ranges = ranges
        return self.field(clean_heading(" ".join(words)), *ranges) if words else None

    def end(self) -> int:
        """The place of the first paragraph after all that was read."""
        return self.head.place_of(self.reach - 1, self._paragraphs) + 1 if self.reach else 0


def _is_date_line(text: str) -> bool:
    return re.search(r"(?<!\w)ngày\s.{0,12}tháng\s.{0,8}năm", text) is not None and len(text) < 70


def read_header(paragraphs: Sequence[Paragraph], view: View) -> Header:
    """The header of a document; everything empty where it has none."""
    head = read_head_text(paragraphs)
    if not head.limit:
        return Header(0)
    reader = HeaderReader(head, paragraphs, view)
    formal = head.motto or _NUMBER_LABEL_RE.search(head.text) is not None
    greeting = reader.greeting()
    line = find_type([line for line in reader.lines if line[0] <= greeting], formal=formal)
    limit = line.start if line else greeting
    number = reader.number_before(limit) or (reader.number_after(line.end) if line else None)
    told = _read_sentence(reader) if line is None and not head.motto and not reader.is_letter() else None
    if told is not None:
        return told
    if number is None and not head.motto and line is None:
        return Header(0)
    kind, title = _type_and_title(reader, line, number)
    place, issued = reader.date(limit)
    if issued is None and line is not None:
        place, issued = reader.date(min(len(head.text), line.end + 400), beside=True)
    codes = number[0].issuers if number else ()
    below = issuing_lines(reader.lines, reader.reach) if line else []
    issuers, parent = choose_bodies(find_bodies(reader.capital_lines(limit)), codes)
    fields = tuple(reader.field(readable_name(body.name), *body.ranges) for body in issuers)
    if below:
        name = " ".join(text for _, _, text in below).strip(" *_#")
        field = reader.field(readable_name(name), *((start, end) for start, end, _ in below))
        fields = fields or (field,)
    above = reader.field(readable_name(parent.name), *parent.ranges) if parent else None
    if above is not None and any(above.value == field.value for field in fields):
        above = None  # the gazette prints the body once more over the head
    recipients = tuple(
        reader.field(words, (start, end)) for start, end, words in find_addressees(head.text, limit if line else 0)
    )
    return Header(
        reader.end(), number[1] if number else None, kind, fields, above, place, issued, title, recipients, codes
    )


def _read_sentence(reader: HeaderReader) -> Header | None:
    """The header of a document that only a sentence names."""
    for start, _, text in reader.lines[:_FIRST_LINES]:
        head = read_citation_head(text)
        number = reader.number_at(start + head.number_range[0]) if head else None
        if head is None or number is None:
            continue

        def field(value: str | None, part: tuple[int, int], start: int = start) -> Field | None:
            return reader.field(value, (start + part[0], start + part[1])) if value and part[0] < part[1] else None

        issuer = field(clean_heading(text[slice(*head.issuer)]), head.issuer)
        return Header(
            reader.end(),
            number[1],
            field(head.type, head.type_range),
            (issuer,) if issuer else (),
            issued=field(head.issued if head.issued and len(head.issued) == 10 else None, head.date_range),
            title=field(clean_heading(text[slice(*head.title)]), head.title),
            issuer_codes=number[0].issuers,
        )
    return None


def _type_and_title(
    reader: HeaderReader, line: TypeLine | None, number: tuple[DocumentNumber, Field] | None
) -> tuple[Field | None, Field | None]:
    """Type and title: of the type line, else those of a letter, else the type that the number tells."""
    told = kind_of_number(number[1].value) if number else None
    if line is not None:
        kind = reader.field(line.name, (line.start, line.end))
        if told == "Văn bản hợp nhất" and number is not None:
            kind = Field(told, number[1].spans)
        elif reader.head.consolidated:
            kind = Field("Văn bản hợp nhất", kind.spans)
        pieces = title_lines(reader.lines, line, reader.number_end if reader.number_end > line.end else 0)
        if not pieces:
            return kind, None
        reader.reach = max(reader.reach, pieces[-1][1])
        if number is not None:
            pieces = without_own_reference(pieces, number[1].value, line.name)
        if not pieces:
            return kind, None
        words = clean_heading(" ".join(text for _, _, text in pieces))
        return kind, reader.field(words, *((start, end) for start, end, _ in pieces))
    subject = reader.subject()
    if subject is not None and told not in _KEEP_TYPE:
        return Field(LETTER, subject.spans), subject
    return Field(told, number[1].spans) if told and number else None, subject
