"""Mentions of documents by number: number, type, date, body, title and places, each with its range.

Two stages: one pass finds all that is shaped like a number (`kb.numbers.NUMBER_RE`), then each is read to the left
(type word) and to the right (date, body, title). Lists share what is printed once (`ingest.citations.lists`).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from ingest.citations.drafts import Draft, read_drafts, share_parts
from ingest.citations.pinpoints import PinpointRun, find_pinpoints
from kb.models import Pinpoint, Span
from kb.numbers import DocumentNumber, issuer_of, type_of
from kb.symbols import NumberForm
from kb.text.view import View, view_of
from kb.vocabulary.types import type_of_code

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mention:
    """A document mentioned by its number; all ranges are of the text that was searched.

    Attributes:
        start, end: the surface, from the type word (where there is one) to the end of the number.
        number, number_span: the parsed number and its range.
        type, type_span: as the vocabulary calls the printed word, else what the symbol tells; the word's range,
            None when inherited or told by the symbol.
        issuer, issuer_span, issuer_key: the printed body, else the vocabulary's name for the symbol (span None);
            its key in the vocabulary.
        issued, year, date_span: ISO date (or ``YYYY-MM``); its year, else a printed year, else the number's.
        title_span: the trích yếu behind it; it may hold other mentions.
        pinpoint, pinpoints, pinpoint_span: places in the document, printed before it.
        reach: end of number, date and body together.
        list_head: index of the mention whose type word this one inherits; None when it has its own.
        suspect: why the number looks misread, else empty.
        date_unreadable: a date is printed that is impossible or not finished.
        type_conflict: printed type and symbol disagree.
        shared: the date or the body was printed once for several members of a list.
    """

    start: int
    end: int
    number: DocumentNumber
    number_span: Range
    type: str | None = None
    type_span: Range | None = None
    issuer: str | None = None
    issuer_span: Range | None = None
    issuer_key: str | None = None
    issued: str | None = None
    year: int | None = None
    date_span: Range | None = None
    title_span: Range | None = None
    pinpoint: str | None = None
    pinpoints: tuple[Pinpoint, ...] = ()
    pinpoint_span: Range | None = None
    reach: int = 0
    list_head: int | None = None
    suspect: str = ""
    date_unreadable: bool = False
    type_conflict: bool = False
    shared: bool = False


def find_mentions(text: str) -> tuple[Mention, ...]:
    """The numbered mentions of a text, in reading order; any text is taken, NFC or not.

    >>> found = find_mentions("theo khoản 2 Điều 5 Nghị định số 34/2016/NĐ-CP ngày 14/5/2016 của Chính phủ")
    >>> [(str(m.number), m.type, m.issued, m.issuer, m.pinpoint) for m in found]
    [('34/2016/NĐ-CP', 'Nghị định', '2016-05-14', 'Chính phủ', 'khoản 2 Điều 5')]
    """
    if not unicodedata.is_normalized("NFC", text):
        view = view_of(text, [Span(0, len(text))])
        return tuple(_moved(mention, view) for mention in _find(view.text))
    return _find(text)


def _find(text: str) -> tuple[Mention, ...]:
    drafts = read_drafts(text)
    share_parts(drafts, text)
    return tuple(_finish(text, drafts, index) for index in range(len(drafts)))


def _finish(text: str, drafts: list[Draft], index: int) -> Mention:
    draft = drafts[index]
    number, head = draft.number, draft.head
    told = type_of(number)
    issuer = head.issuer or draft.issuer
    implied = issuer_of(number) if issuer is None and not _names_type(draft) else None
    printed_key = issuer.key if issuer else None
    date = draft.date
    run = _pinpoint_before(text, head.start, drafts[index - 1].span[1] if index else 0)
    return Mention(
        start=head.start,
        end=draft.span[1],
        number=number,
        number_span=draft.span,
        type=_type(draft, told),
        type_span=head.word,
        issuer=issuer.name if issuer else (implied.name if implied else None),
        issuer_span=(issuer.start, issuer.end) if issuer else None,
        issuer_key=printed_key or (implied.key if implied else None),
        issued=date.value if date else None,
        year=(date.year if date else None) or number.year,
        date_span=(date.start, date.end) if date else None,
        title_span=draft.title or head.name,
        pinpoint=run.text if run else None,
        pinpoints=run.pinpoints if run else (),
        pinpoint_span=(run.start, run.end) if run else None,
        reach=draft.reach,
        list_head=draft.list_head,
        suspect=number.suspect,
        date_unreadable=date is not None and date.value is None and date.year is None,
        type_conflict=draft.type is not None
        and told is not None
        and draft.type not in (told, "Văn bản")
        and bool(number.type_code)
        and not (number.party and number.type_code == "QĐ"),
        shared=draft.shared,
    )


def _names_type(draft: Draft) -> bool:
    """Whether the code that stands where a body's does is the type's: ``Tờ trình số 12/TTr-NV``, ``Hợp đồng``."""
    first = draft.number.issuers[0] if draft.number.issuers else ""
    return draft.type == "Hợp đồng" or (draft.type is not None and draft.type == type_of_code(first))


def _type(draft: Draft, told: str | None) -> str | None:
    """The printed word; a list's word only where the symbol does not say otherwise."""
    given = draft.type
    if given == "Văn bản":
        return told or given
    if given is None or draft.head.word is not None or told is None or not draft.number.type_code:
        return given or told
    if given == "Công văn" or draft.number.form is NumberForm.PARTY or given.startswith(told):
        return given
    return told


#: Between a place and its document: nothing, a comma, "của", or the act the document came with.
_TIE_RE = re.compile(
    r"(?:[ \n]{1,2}\([^()\n]{1,80}\))?,?[ \n]{0,2}(?:(?:của|tại|trong|thuộc|theo)[ \n](?:các[ \n])?|các[ \n])?"
    r"(?:(?:(?:bản )?(?:Quy chế|Quy định|Điều lệ|Danh mục|Chương trình|Kế hoạch|Đề án|Hướng dẫn"
    r"|Quy trình|Nội quy)(?:[ \n][^;.:\n]{0,120}?)?,?[ \n])?"
    r"(?:được[ ])?(?:ban hành[ \n])?(?:kèm|kèm theo|theo)(?:[ \n]theo)?[ \n])?"
)
_UNIT_TAIL_RE = re.compile(r"(?:iều|hoản|iểm|iết|ục|hương|hần|ẫu)\s{0,2}:?\s{0,2}(?:số\s)?[\"“']?[0-9A-Za-zđ]")
_PINPOINT_WINDOW = 320


def _pinpoint_before(text: str, start: int, floor: int) -> PinpointRun | None:
    """The run of units that ends where a mention begins."""
    low = max(floor, start - _PINPOINT_WINDOW)
    if not _UNIT_TAIL_RE.search(text, max(low, start - 150), start):
        return None
    for run in reversed(find_pinpoints(text, low, start)):
        if run.self_ended:
            return None
        if _TIE_RE.fullmatch(text, run.end, start):
            return run
        if ")" not in text[run.end : start]:
            return None  # only an explanation in brackets may stand between
    return None


def _moved(mention: Mention, view: View) -> Mention:
    """A mention found in a composed copy, with its ranges moved to the text as given."""

    def moved(span: Range | None) -> Range | None:
        if span is None:
            return None
        hull = view.hull(*span)
        return hull.start, hull.end

    start, end = moved((mention.start, mention.end)) or (0, 0)
    reach = moved((mention.start, mention.reach)) or (0, 0)
    return replace(
        mention,
        start=start,
        end=end,
        number_span=moved(mention.number_span) or (start, end),
        type_span=moved(mention.type_span),
        issuer_span=moved(mention.issuer_span),
        date_span=moved(mention.date_span),
        title_span=moved(mention.title_span),
        pinpoint_span=moved(mention.pinpoint_span),
        reach=reach[1],
    )
