"""Mentions being read: each number with what stands to its left and to its right."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.citations.dates import DatePart, read_date
from ingest.citations.issuers import IssuerPart, fits, known_code, read_issuer
from ingest.citations.lists import Link, link_between
from ingest.citations.patterns import (
    BARE_RE,
    Head,
    find_bare_numbers,
    is_lookalike,
    norm_words,
    read_distant_head,
    read_head,
)
from ingest.citations.subjects import read_subject
from ingest.citations.titles import read_title
from kb.numbers import NUMBER_RE, DocumentNumber, issuer_of, number_of_match
from kb.symbols import NumberForm
from kb.vocabulary.lookalikes import lookalike_codes


@dataclass(slots=True)
class Draft:
    """A mention being read; `carried` says that its body goes on for the rest of the sentence."""

    number: DocumentNumber
    span: tuple[int, int]
    head: Head
    date: DatePart | None = None
    issuer: IssuerPart | None = None
    reach: int = 0
    title: tuple[int, int] | None = None
    list_head: int | None = None
    type: str | None = None
    plural: bool = False
    link: Link | None = None
    shared: bool = False
    carried: bool = False


def read_drafts(text: str) -> list[Draft]:
    """Every number of a text that is a document's, read to both sides, in reading order."""
    found = [(hit.start(), hit.end(), hit) for hit in NUMBER_RE.finditer(text)]
    bare = [(hit.start("num"), hit.end("num"), hit) for hit in find_bare_numbers(text)]
    if bare:
        taken = {start for start, _, _ in found}
        found = sorted(found + [item for item in bare if item[0] not in taken], key=lambda item: item[0])
    drafts: list[Draft] = []
    for index, (start, _, hit) in enumerate(found):
        stop = found[index + 1][0] if index + 1 < len(found) else len(text)
        draft = _read_one(text, start, hit, drafts, stop)
        if draft:
            drafts.append(draft)
    return drafts


def _read_one(text: str, start: int, hit: re.Match[str], drafts: list[Draft], stop: int) -> Draft | None:
    """The mention of one number; None when what stands around it says that it is none."""
    number = _bare(hit) if hit.re is BARE_RE else number_of_match(hit)
    if number is None or _never(number):
        return None
    end = start + len(number.raw)
    if _YEAR_RE.fullmatch(number.number) and "-" not in number.symbol and _OTHER_YEAR_RE.match(text, end):
        return None  # "KH 2025/TH 2024": a plan of one year and what was done in another
    before = drafts[-1] if drafts else None
    floor = before.span[1] if before else 0
    head = read_head(text, start, floor)
    if head.form:
        return None
    link = None
    lawlike = number.form is NumberForm.LAW or number.type_code in ("PL", "L", "LCT", "PLCT")
    if head.word and head.type == "Luật" and not lawlike and "\n" in text[head.word[1] : start]:
        head = Head(start, numbered=head.numbered)  # "PHỔ BIẾN PHÁP / LUẬT" above "Số: 27/BC-HĐPH"
    if lawlike and head.type in _IN_NAMES:
        # "Luật Ban hành văn bản quy phạm pháp luật số ...": the words belong to the name of the law.
        head = read_distant_head(text, start, floor, lawlike) or head
    if head.word is None:
        link = link_between(text, before.reach, start, before.plural, before.title) if before else None
        if link is None:
            head = read_distant_head(text, start, floor, lawlike) or head
    if not _plausible(number, head, link) or (head.word is None and is_lookalike(text, start)):
        return None
    draft = Draft(
        number,
        (start, end),
        head,
        reach=max(end, hit.end()) if hit.re is not BARE_RE else end,
        type=head.type,
        plural=head.plural,
        link=link,
    )
    if link and before:
        draft.type, draft.plural = before.type, True
        draft.list_head = before.list_head if before.list_head is not None else len(drafts) - 1
    _read_right(text, draft, stop)
    if draft.issuer is None and head.issuer is None:
        subject = read_subject(text, head.start, floor, number)
        if subject:
            draft.issuer, draft.carried = subject.issuer, True
            draft.date = draft.date or subject.date
    return draft


_YEAR_RE, _OTHER_YEAR_RE = re.compile(r"(?:19|20)\d\d"), re.compile(r"\s{1,2}(?:19|20)\d\d(?!\d)")
#: Type words with which the name of a law may end.
_IN_NAMES = ("Văn bản", "Hợp đồng", "Quy hoạch", "Báo cáo", "Kế hoạch", "Quyết định", "Chiến lược", "Thông báo")
#: ``704 NQ/HĐNN7``: only with a type word before it.
_SPACED_RE = re.compile(r"\d+[a-z]? [A-ZĐ]")


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
    if number.repaired and number.printed_year and number.type_code is None and number.form is not NumberForm.LAW:
        return False
    if head.word or head.numbered or link:
        return bool(head.word) or not _SPACED_RE.match(number.raw)
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


def _read_right(text: str, draft: Draft, stop: int) -> None:
    """Date and body, in either order, then the title; also a date and body behind the title."""
    at = draft.reach
    joint = _is_joint(draft.number)
    for _ in range(2):
        if draft.date is None and (date := read_date(text, at)):
            draft.date, at = date, date.end
        if draft.issuer is None and (issuer := read_issuer(text, at, joint=joint)):
            draft.issuer, at = issuer, issuer.end
        elif draft.date is None:
            break
    draft.reach = at
    draft.title = read_title(text, at, stop)
    if draft.issuer is None and not _read_codified(text, draft):
        _read_behind_title(text, draft, stop)


def _is_joint(number: DocumentNumber) -> bool:
    """Whether the symbol tells an act of several bodies: ``TTLT-BTC-BNV``, ``TT/LB``; a lost symbol may be one."""
    return len(number.issuers) != 1 or "LT" in number.symbol or "LB" in number.symbol


def _read_behind_title(text: str, draft: Draft, stop: int) -> None:
    """``… về việc X ngày 30/01/2011 của Chính phủ``: taken only when the body fits the number."""
    low, high = draft.reach, min(stop, draft.reach + 400)
    if draft.title:
        high = min(high, draft.title[1] + 60)
    elif text[low : low + 2].strip()[:1] in (".", ";", ")"):
        return
    of = text.find(" của ", low, high)
    while of >= 0:
        issuer = read_issuer(text, of, joint=_is_joint(draft.number))
        if issuer and fits(issuer, draft.number):
            if _CODIFIED_END_RE.match(text, issuer.end):
                return
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


_OPEN_RE = re.compile(r"\((?:[^()\n]{0,60}[ \n])?$")
_CODIFIED_END_RE = re.compile(r",?[ \n]có hiệu lực(?: thi hành)? kể từ ngày")
_LONGEST_CODIFIED = 1500


def _read_codified(text: str, draft: Draft) -> bool:
    """Whether this is a source note of the official codification, and was read.

    ``(Điều 2 Thông tư số … <title> ngày 29/3/2013 của Bộ …, có hiệu lực thi hành kể từ ngày …)``. Its
    title may hold other documents, so date and body are read from the end of the note.
    """
    low = draft.reach
    if draft.date or text.find(" kể từ ngày", low, low + _LONGEST_CODIFIED) < 0:
        return False
    if not _OPEN_RE.search(text, max(0, draft.head.start - 70), draft.head.start):
        return False
    end = _CODIFIED_END_RE.search(text, low, low + _LONGEST_CODIFIED)
    if end is None:
        return False
    day = text.rfind(" ngày ", low, end.start())
    date = read_date(text, day) if day >= 0 else None
    issuer = read_issuer(text, date.end) if date else None
    if date is None or issuer is None or issuer.end > end.start() or "\n" in text[low:day]:
        return False
    draft.date, draft.issuer = date, issuer
    draft.title = (min(_skip_space(text, low), day), day)
    return True


def _skip_space(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \n,":
        at += 1
    return at


def share_parts(drafts: list[Draft], text: str) -> None:
    """Give every member of a list the date and body printed once: behind its last member, or before all."""
    for index in range(len(drafts) - 1, 0, -1):
        link, here, before = drafts[index].link, drafts[index], drafts[index - 1]
        if link is None:
            if before.issuer is None and here.issuer and fits(here.issuer, before.number):
                between = text[before.reach : here.head.start]
                if _JOINED_RE.fullmatch(between):
                    before.issuer, before.shared = here.issuer, True
            continue
        if before.date is None and here.date and link.tight and before.title is None:
            before.date, before.shared = here.date, True
        if before.issuer is None and here.issuer and (fits(here.issuer, before.number) or link.tight):
            before.issuer, before.shared = here.issuer, True
    for index in range(1, len(drafts)):
        here, before = drafts[index], drafts[index - 1]
        if here.link is None and here.issuer is None and before.carried and _same_body(before.number, here.number):
            between = text[before.reach : here.head.start]
            if len(between) < _LONGEST_CARRY and "\n" not in between and ". " not in between:
                here.issuer, here.carried, here.shared = before.issuer, True, True
        if here.link and here.issuer is None:
            head = drafts[here.list_head].head if here.list_head is not None else before.head
            shared = head.issuer or (
                before.issuer if before.issuer and _same_body(before.number, here.number) else None
            )
            if shared:
                here.issuer, here.shared = shared, True


_LONGEST_CARRY = 400
#: ``Kết luận số A ngày … và Kết luận số B ngày … của Bộ Chính trị``: one body for both.
_JOINED_RE = re.compile(r"[¹²³⁰⁴-⁹]{0,3}[ \n]{0,2}(?:,|và|,[ \n]và)[ \n]{1,2}(?:các[ \n])?")


def _same_body(first: DocumentNumber, second: DocumentNumber) -> bool:
    return first.issuers == second.issuers
