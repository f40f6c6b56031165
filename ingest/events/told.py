"""What a text tells in passing of others: ``Nghị định A (được sửa đổi, bổ sung bởi Nghị định B)``.

A recital, a provision or a consolidated text names a document together with those that amended it; the title of a
cited document says what that one amends. Neither is done by the text that says so: the acting document is named
(`StatedEvent.other`), and its day is its own (`When.TOLD`) unless it is printed beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.events.days import read_day
from ingest.events.listed import family, is_named
from ingest.events.paragraphs import Mentions, Paragraph, source_span
from ingest.events.titles import name_of
from kb.models import (
    Change,
    Citation,
    CitationKind,
    Direction,
    Document,
    Footnote,
    Pinpoint,
    Relation,
    Span,
    StatedEvent,
    When,
)

_NAMED = (CitationKind.NUMBER, CitationKind.NAME, CitationKind.ALIAS)
#: The words of the deed; what was only added to still stands as it was issued.
_DEEDS = (
    (re.compile(r"bãi\s+bỏ", re.IGNORECASE), Change.REPEAL),
    (re.compile(r"sửa\s+đổi|điều\s+chỉnh|thay\s+thế", re.IGNORECASE), Change.AMEND),
    (re.compile(r"bổ\s+sung", re.IGNORECASE), Change.INSERT),
)
#: The title of a document that amends others.
_TITLE_RE = re.compile(r"\s*(?:V/v|về)?\s*(?:việc\s+)?(?:sửa\s+đổi|bổ\s+sung(?!,?\s+sửa))", re.IGNORECASE)
_STOP_RE = re.compile(r";|\.\s+(?=[A-ZĐÀ-Ỹ])")
_DATE = r"ngày\s[\d/.\s]+(?:tháng\s+\d+\s+năm\s+\d+)?"
_DATED_RE = re.compile(rf"(?:[\s,]|{_DATE}|của\s+[^,;()]{{3,80}}?(?=\s+(?:sửa|bổ|về|quy)\s|[,;.(]|\s*$))*")
#: What may stand between a place and the words that say what was done to it.
_TOUCHING_RE = re.compile(rf"(?:[\s,(]|{_DATE}|của\s+[^,;()]{{3,60}}?(?=[\s,(]*$))*")
_EFFECT_RE = re.compile(r"[^;.]{0,700}?,?\s*có\s+hiệu\s+lực(?:\s+thi\s+hành)?\s+(?=(?:kể\s+)?từ\s+ngày\s+\d)")
#: How a note of a consolidated text begins that tells of the unit at its anchor.
_UNIT_RE = re.compile(r"\s*(?P<unit>Điều|Khoản|Điểm|Đoạn|Cụm\s+từ|Nội\s+dung|Tên)\b", re.IGNORECASE)
_EID_RE = re.compile(r"art_(?P<article>\d+[a-zđ]?)(?:__cla_(?P<clause>\d+[a-zđ]?))?(?:__|~|$)")
_LABEL_RE = re.compile(r"\s*(?P<clause>\d{1,3}[a-zđ]?)\s*[.)]\s*$")
_FAR = 1500


@dataclass(frozen=True, slots=True)
class _Told:
    """That `by` changed `target`, by the words of `span`."""

    target: int
    by: int
    change: Change
    span: Span
    unit: str | None
    places: tuple[Pinpoint, ...] = ()
    on: str | None = None

    def event(self) -> StatedEvent:
        when = When.DAY if self.on else When.TOLD
        return StatedEvent(
            self.change,
            self.span,
            when,
            self.on,
            target=self.target,
            pinpoints=self.places,
            other=self.by,
            unit=self.unit,
        )


def told_events(
    document: Document, citations: Sequence[Citation], mentions: Mentions, paragraphs: Sequence[Paragraph]
) -> list[StatedEvent]:
    """The amendments of other documents by third ones that a text speaks of, each once."""
    seen: set[tuple[object, ...]] = set()
    found = []
    for told in _Teller(document, citations, mentions).tell(paragraphs):
        key = name_of(citations, told.target), name_of(citations, told.by), told.places, told.change
        if key[0] != key[1] and key not in seen:
            seen.add(key)
            found.append(told.event())
    return found


def noted_events(
    document: Document, citations: Sequence[Citation], told: Sequence[StatedEvent]
) -> Iterator[StatedEvent]:
    """What the notes of a consolidated text say of its units: ``Khoản này được sửa đổi theo quy định tại …``.

    `told` is what its text says; the document that is consolidated is the one that it opens with, dated.
    """
    if not told or told[0].on is None or told[0].target is None:
        return
    seen: set[tuple[object, ...]] = set()
    for index, by in enumerate(citations):
        words = by.evidence
        if not (by.footnote and words and _acts(by)):
            continue
        notes = (note for note in document.footnotes if any(p.start <= words.start < p.end for p in note.parts))
        note = next(notes, None)
        place = _anchored(document, note) if note else None
        if note is None or place is None:
            continue
        opening = _UNIT_RE.match(document.text, note.parts[0].start)
        change = _deed(words.cut(document.text))
        if opening is None or change is None or _STOP_RE.search(document.text, opening.end(), words.start):
            continue
        path = place[: 1 if opening["unit"].lower() == "điều" else 2]
        key = name_of(citations, index), path, change
        if key in seen:
            continue
        seen.add(key)
        span, day = Span(opening.start(), by.span.end), _day_after(document.text, by)
        yield _Told(told[0].target, index, change, span, by.unit, (Pinpoint(path),), day).event()


def _anchored(document: Document, note: Footnote) -> tuple[tuple[str, str], ...] | None:
    """The article, and the clause, at which a note is anchored; the mark may touch the number of its clause."""
    if note.anchor is None:
        return None
    at = note.anchor.start
    inner = [unit for unit in document.units if unit.span.start <= at < unit.span.end and _EID_RE.match(unit.eid)]
    found = _EID_RE.match(inner[-1].eid) if inner else None
    if found is None:
        return None
    label = _LABEL_RE.match(document.text[document.text.rfind("\n", 0, at) + 1 : at])
    clause = label["clause"] if label else found["clause"]
    return (("điều", found["article"]), *((("khoản", clause),) if clause else ()))


class _Teller:
    """Reads the paragraphs of one document."""

    def __init__(self, document: Document, citations: Sequence[Citation], mentions: Mentions) -> None:
        self.document, self.citations, self.mentions = document, citations, mentions
        self.text = document.text
        #: Mentions passed so far, each with where its paragraph lies in the text.
        self.cited: list[tuple[int, Span]] = []

    def tell(self, paragraphs: Sequence[Paragraph]) -> Iterator[_Told]:
        """Every telling, in reading order."""
        for paragraph in paragraphs:
            here = [index for _, _, index in self.mentions.between(paragraph.start, paragraph.end)]
            if not here:
                continue
            span = source_span(self.document, paragraph.start, paragraph.end)
            self.cited += [(index, span) for index in here]
            for index in here:
                told = self._done_by(index, paragraph.unit) or self._by_title(index, paragraph.unit)
                if told is not None:
                    yield told

    def _done_by(self, index: int, unit: str | None) -> _Told | None:
        """The deed of a document that amended the one named before it."""
        by = self.citations[index]
        words = by.evidence
        if words is None or not _acts(by) or by.relation is not Relation.AMENDS or words.start >= by.span.start:
            return None
        change = _deed(words.cut(self.text))
        for other, paragraph in reversed(self.cited):
            one = self.citations[other]
            end = one.span.end
            if end > words.start or other == index:
                continue
            if not paragraph.start <= words.start < paragraph.end or self._apart(end, words.start):
                return None
            if one.kind not in _NAMED or one.direction is Direction.PASSIVE or family(one) != family(by):
                continue
            if change is None or _before(by, one) or self._goes_on(index, words):
                return None
            touching = by.pinpoints and _TOUCHING_RE.fullmatch(self.text, end, words.start)
            places = one.pinpoints if touching else ()
            span = Span(one.span.start, by.span.end)
            return _Told(other, index, change, span, unit, places, _day_after(self.text, by))
        return None

    def _goes_on(self, index: int, words: Span) -> bool:
        """Whether a list goes on behind those that amended one of it: ``… theo Luật số 1, Luật Giá số 3``."""
        between = (self.citations[at] for at, _ in self.cited if words.end <= self.citations[at].span.start)
        told = [one for one in between if one.span.end <= self.citations[index].span.start]
        apart = ";" in self.text[words.end : self.citations[index].span.start]
        return not apart and is_named(self.citations[index]) and any(not is_named(one) for one in told)

    def _by_title(self, index: int, unit: str | None) -> _Told | None:
        """The deed of a cited document whose title names another: ``Nghị định A sửa đổi … Nghị định B``."""
        one = self.citations[index]
        words = one.evidence
        if one.kind is not CitationKind.NUMBER or one.relation is not Relation.AMENDS or words is None:
            return None
        if one.direction is not Direction.ACTIVE or words.start >= one.span.start:
            return None
        further = False
        for other, paragraph in reversed(self.cited):
            by = self.citations[other]
            end = by.span.end
            if other == index:
                continue
            if end > words.start:
                further = True
                continue
            titled = self._amending(end)
            if further and self._amending(one.span.end):
                return None  # "Thông tư A sửa đổi Thông tư B và Thông tư C sửa đổi Thông tư D": A and C in a list
            if by.kind is not CitationKind.NUMBER or titled is None:
                return None
            if family(one) != family(by) or _before(by, one):
                return None
            if not paragraph.start <= words.start < paragraph.end or self._apart(end, one.span.start):
                return None
            change = _deed(titled.group()) or Change.AMEND
            return _Told(index, other, change, Span(by.span.start, one.span.end), unit)
        return None

    def _amending(self, end: int) -> re.Match[str] | None:
        """Where the title of an amending document begins behind its mention."""
        behind = _DATED_RE.match(self.text, end)
        return _TITLE_RE.match(self.text, behind.end() if behind else end)

    def _apart(self, low: int, high: int) -> bool:
        return high - low > _FAR or _STOP_RE.search(self.text, low, high) is not None


def _acts(by: Citation) -> bool:
    """Whether a mention says that its document changed another."""
    return (
        by.kind is CitationKind.NUMBER
        and by.direction is Direction.PASSIVE
        and by.relation in (Relation.AMENDS, Relation.REPEALS)
    )


def _deed(words: str) -> Change | None:
    return next((change for pattern, change in _DEEDS if pattern.search(words)), None)


def _before(by: Citation, one: Citation) -> bool:
    """Whether a document that is said to act is older than what it is said to change."""
    if by.issued and one.issued and len(by.issued) == len(one.issued):
        return by.issued < one.issued
    return bool(by.year and one.year and by.year < one.year)


def _day_after(text: str, by: Citation) -> str | None:
    """The first day of force printed behind a mention: ``…, có hiệu lực kể từ ngày 01 tháng 7 năm 2026``."""
    found = _EFFECT_RE.match(text, by.span.end)
    day = read_day(text, found.end()) if found else None
    return day.on if day and day.when is When.DAY else None
