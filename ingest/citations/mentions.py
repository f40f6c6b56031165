"""Mentions of documents by number: number, type, date, body, title and places, each with its range.

Two stages: one pass finds all that is shaped like a number (`kb.numbers.NUMBER_RE`), then each is read to the left
(type word) and to the right (date, body, title). Lists share what is printed once (`ingest.citations.lists`).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from ingest.citations.dates import DatePart, read_date
from ingest.citations.issuers import IssuerPart, fits, known_code, read_issuer
from ingest.citations.lists import Link, link_between
from ingest.citations.patterns import BARE_RE, Head, is_bare_number, is_lookalike, norm_words, read_distant_head, read_head
from ingest.citations.pinpoints import PinpointRun, find_pinpoints
from ingest.citations.titles import read_title
from kb.models import Pinpoint, Span
from kb.numbers import NUMBER_RE, DocumentNumber, NumberForm, issuer_of, number_of_match, type_of
from kb.text.view import View, view_of
from kb.vocabulary.lookalikes import lookalike_codes

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mention:
    """A document mentioned by its number; all ranges are of the text that was searched.

    Attributes:
        start, end: the surface, from the type word (where there is one) to the end of the number.
        number, number_span: the parsed number and its range.
        type, type_span: as the vocabulary calls the printed word, else what the symbol tells; the word's range, None
            when inherited or told by the symbol.
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


@dataclass(slots=True)
class _Draft:
    """A mention being read."""

    number: DocumentNumber
    span: Range
    head: Head
    date: DatePart | None = None
    issuer: IssuerPart | None = None
    reach: int = 0
    title: Range | None = None
    list_head: int | None = None
    type: str | None = None
    plural: bool = False
    link: Link | None = None
    shared: bool = False


def find_mentions(text: str) -> tuple[Mention, ...]:
    """The numbered mentions of a text, in reading order; any text is taken, NFC or not.

    >>> found = find_mentions("theo khoản 2 Điều 5 Nghị định số 34/2016/NĐ-CP ngày 14/5/2016 của Chính phủ")
    >>> [(str(m.number), m.type, m.issued, m.issuer, m.pinpoint) for m in found]
    [('34/2016/NĐ-CP', 'Nghị định', '2016-05-14', 'Chính phủ', 'khoản 2 Điều 5')]
    """
    if not unicodedata.is_normalized("NFC", text):
        view = view_of(text, [Span(0, len(text))])
        return tuple(_moved(mention, view) for mention in find_mentions(view.text))
    drafts = _read_drafts(text)
    _share(drafts, text)
    return tuple(_finish(text, drafts, index) for index in range(len(drafts)))


def _read_drafts(text: str) -> list[_Draft]:
    found = [(hit.start(), hit.end(), hit) for hit in NUMBER_RE.finditer(text)]
    bare = [(hit.start("num"), hit.end("num"), hit) for hit in BARE_RE.finditer(text) if is_bare_number(text, hit)]
    if bare:
        taken = {start for start, _, _ in found}
        found = sorted(found + [item for item in bare if item[0] not in taken], key=lambda item: item[0])
    drafts: list[_Draft] = []
    for index, (start, _, hit) in enumerate(found):
        stop = found[index + 1][0] if index + 1 < len(found) else len(text)
        draft = _read_one(text, start, hit, drafts, stop)
        if draft:
            drafts.append(draft)
    return drafts


def _read_one(text: str, start: int, hit: re.Match[str], drafts: list[_Draft], stop: int) -> _Draft | None:
    """The mention of one number; None when what stands around it says that it is none."""
    number = _bare(hit) if hit.re is BARE_RE else number_of_match(hit)
    if number is None or _never(number):
        return None
    end = start + len(number.raw)
    before = drafts[-1] if drafts else None
    floor = before.span[1] if before else 0
    head = read_head(text, start, floor)
    link = None
    if head.word is None:
        link = link_between(text, before.reach, start, before.plural, before.title) if before else None
        if link is None:
            lawlike = number.form is NumberForm.LAW or number.type_code in ("PL", "L", "LCT", "PLCT")
            head = read_distant_head(text, start, floor, lawlike) or head
    if not _plausible(number, head, link) or (head.word is None and is_lookalike(text, start)):
        return None
    draft = _Draft(number, (start, end), head, reach=end, type=head.type, plural=head.plural, link=link)
    if link and before:
        draft.type, draft.plural = before.type, True
        draft.list_head = before.list_head if before.list_head is not None else len(drafts) - 1
    _read_right(text, draft, stop)
    return draft


def _bare(hit: re.Match[str]) -> DocumentNumber:
    figures = hit["num"]
    return DocumentNumber(figures, "", "", None, "", "", "", NumberForm.SHORT, None, (), "", figures)


def _never(number: DocumentNumber) -> bool:
    first = number.type_code or (number.issuers[0] if number.issuers else "")
    return first.lower() in lookalike_codes()


def _plausible(number: DocumentNumber, head: Head, link: Link | None) -> bool:
    """Whether so little stands before a number that its own shape must vouch for it, and does."""
    if number.form is NumberForm.SHORT:
        if not number.printed_year:
            return head.word is not None
        return head.type in norm_words() and head.word is not None
    if head.word or head.numbered or link:
        return not (number.joint == " " and not head.word)
    match number.form:
        case NumberForm.LAW:
            return True
        case NumberForm.STATE:
            return bool(number.issuers) and (bool(number.printed_year) or len(number.issuers[0]) > 1)
        case NumberForm.PARTY:
            return number.type_code is not None and (issuer_of(number) is not None or bool(number.suspect))
        case NumberForm.LETTER:
            return bool(number.unit) and known_code(number.issuers[0])
    return number.type_code is not None and number.joint == "-"


def _read_right(text: str, draft: _Draft, stop: int) -> None:
    """Date and body, in either order, then the title; also a date and body behind the title."""
    at = draft.reach
    for _ in range(2):
        if draft.date is None and (date := read_date(text, at)):
            draft.date, at = date, date.end
        if draft.issuer is None and (issuer := read_issuer(text, at)):
            draft.issuer, at = issuer, issuer.end
        elif draft.date is None:
            break
    draft.reach = at
    draft.title = read_title(text, at, stop)
    if draft.date is None and draft.issuer is None and draft.title is None or draft.issuer is None:
        _read_behind_title(text, draft, stop)


def _read_behind_title(text: str, draft: _Draft, stop: int) -> None:
    """``… về việc X ngày 30/01/2011 của Chính phủ``: taken only when the body fits the number."""
    low, high = draft.reach, min(stop, draft.reach + 400)
    if draft.title:
        high = min(high, draft.title[1] + 60)
    elif text[low : low + 2].strip()[:1] in (".", ";", ")"):
        return
    of = text.find(" của ", low, high)
    while of >= 0:
        issuer = read_issuer(text, of)
        if issuer and fits(issuer, draft.number):
            sentence = text[low:of]
            if ";" in sentence or ". " in sentence or "\n" in sentence:
                return
            back = sentence.rfind(" ngày ") if draft.date is None else -1
            date = read_date(text, low + back) if back >= 0 else None
            if date and date.end == of:
                draft.date, draft.issuer = date, issuer
                draft.title = (draft.title[0] if draft.title else _skip_space(text, low), low + back)
                draft.reach = issuer.end
            elif draft.title and issuer.end >= draft.title[1] - 1:
                draft.issuer, draft.title = issuer, (draft.title[0], of)
            return
        of = text.find(" của ", of + 4, high)


def _skip_space(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \n,":
        at += 1
    return at


def _share(drafts: list[_Draft], text: str) -> None:
    """Give earlier members of a list the date and body printed once behind the last; later ones, those before all."""
    for index in range(len(drafts) - 1, 0, -1):
        link, here, before = drafts[index].link, drafts[index], drafts[index - 1]
        if link is None:
            continue
        if before.date is None and here.date and link.tight and before.title is None:
            before.date, before.shared = here.date, True
        if before.issuer is None and here.issuer and (fits(here.issuer, before.number) or link.tight):
            before.issuer, before.shared = here.issuer, True
    for index in range(1, len(drafts)):
        here, before = drafts[index], drafts[index - 1]
        if here.link and here.issuer is None:
            head = drafts[here.list_head].head if here.list_head is not None else before.head
            shared = head.issuer or (before.issuer if before.issuer and _same_body(before.number, here.number) else None)
            if shared:
                here.issuer, here.shared = shared, True


def _same_body(first: DocumentNumber, second: DocumentNumber) -> bool:
    return first.issuers == second.issuers


def _finish(text: str, drafts: list[_Draft], index: int) -> Mention:
    draft = drafts[index]
    number, head = draft.number, draft.head
    told = type_of(number)
    issuer = head.issuer or draft.issuer
    implied = issuer_of(number) if issuer is None else None
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
        type_conflict=draft.type is not None and told is not None and draft.type != told and bool(number.type_code),
        shared=draft.shared,
    )


def _type(draft: _Draft, told: str | None) -> str | None:
    """The printed word; a list's word only where the symbol does not say otherwise."""
    inherited = draft.head.word is None and draft.type is not None
    if inherited and told and draft.number.type_code and draft.type not in ("Văn bản", "Công văn"):
        party = draft.number.form is NumberForm.PARTY
        return draft.type if party or draft.type.startswith(told) else told
    return draft.type or told


#: Between a place and its document: nothing, a comma, "của", or the act the document came with.
_TIE_RE = re.compile(
    r",?[ \n]{0,2}(?:(?:của|tại|trong|thuộc|theo)[ \n](?:các[ \n])?|các[ \n])?"
    r"(?:(?:(?:bản )?(?:Quy chế|Quy định|Điều lệ|Danh mục|Chương trình|Kế hoạch|Đề án|Hướng dẫn|Quy trình|Nội quy)(?:[ \n][^;.:\n]{0,120}?)?,?[ \n])?"
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
        tie = _TIE_RE.fullmatch(text, run.end, start)
        return run if tie else None
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
