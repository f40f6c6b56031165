"""The events that a text states: its own commencement and end, what it does to others, with the sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.citations.pinpoints import find_pinpoints
from ingest.events.annexes import Annexes
from ingest.events.commands import WHOLES, Deed, change_at, find_verbs, mask, read_deeds, read_passive
from ingest.events.days import DATE_RE, Day, date_of, later, read_day
from ingest.events.described import part_before
from ingest.events.effects import EFFECT_RE, Effects
from ingest.events.lasting import read_lasting, with_saved
from ingest.events.listed import main_mentions
from ingest.events.lists import table_events
from ingest.events.paragraphs import ARTICLE, PLAIN, Mentions, Paragraph, read_paragraphs, source_span
from ingest.events.titles import amended_as_a_whole, amendments, details, name_of
from ingest.events.told import noted_events, told_events
from kb.mentions import root_of
from kb.models import Change, Citation, CitationKind, Document, Pinpoint, StatedEvent, When


@dataclass(slots=True)
class _Lead:
    """What a heading or a line with a colon says of the paragraphs under it."""

    target: int | None = None
    outer: tuple[tuple[str, str], ...] = ()
    change: Change | None = None
    day: Day | None = None
    partly: bool = False


def read_events(document: Document, citations: Sequence[Citation]) -> tuple[StatedEvent, ...]:
    """The events of a document, in reading order; targets and days by index into its citations."""
    mentions = Mentions(document, citations)
    paragraphs = read_paragraphs(document)
    told = told_events(document, citations, mentions, paragraphs)
    if _consolidates(document):
        return (*told, *noted_events(document, citations, told))
    reader = _Reader(document, citations, mentions, paragraphs)
    annexes = Annexes(document, mentions)
    speaking = (paragraph for paragraph in paragraphs if not annexes.holds(paragraph.unit))
    found = [event for paragraph in speaking for event in reader.read(paragraph)]
    found += reader.unfilled(found)
    found += annexes.events()
    found += table_events(document, citations, mentions)
    found += amendments(document, mentions, paragraphs)
    found += details(document, citations, mentions, paragraphs)
    return (*_settled(found, citations), *told)


def _consolidates(document: Document) -> bool:
    """Whether a document only puts others together: it tells their events, in notes, and does nothing itself."""
    number, kind = document.metadata.number, document.metadata.type
    return bool(number and "VBHN" in number.value) or bool(kind and kind.value.lower() == "văn bản hợp nhất")


class _Reader:
    """Walks through the paragraphs with what stands over them."""

    def __init__(
        self,
        document: Document,
        citations: Sequence[Citation],
        mentions: Mentions,
        paragraphs: Sequence[Paragraph],
    ) -> None:
        self.document, self.citations, self.mentions = document, citations, mentions
        self.leads: dict[int, _Lead] = {}
        self.level = PLAIN
        self.annex = ""
        self.default = amended_as_a_whole(document, citations, mentions, paragraphs)
        self.effects = Effects(document, citations, mentions)
        self.normative = any(paragraph.article for paragraph in paragraphs)
        #: What headings say is done to parts of a document, which the items below them should name.
        self.headed: list[StatedEvent] = []

    def unfilled(self, found: Sequence[StatedEvent]) -> list[StatedEvent]:
        """Of what headings say of parts of documents, that below which no item says anything of the document."""
        filled = {self._named(event) for event in found}
        return [one for one in self.headed if self._named(one) not in filled]

    def _named(self, event: StatedEvent) -> tuple[str | None, str]:
        return event.article, "" if event.target is None else name_of(self.citations, event.target)

    def read(self, paragraph: Paragraph) -> Iterator[StatedEvent]:
        """The events of one paragraph."""
        level = self.level if paragraph.level == PLAIN else paragraph.level
        annex = _ANNEX_RE.match(paragraph.unit or "")
        if annex and annex.group() != self.annex:
            self.annex = annex.group()
            self.leads.clear()  # no list runs on from the articles into an annex
        if paragraph.level != PLAIN:
            for deeper in [one for one in self.leads if one >= level]:
                del self.leads[deeper]
            self.level = level
        text = mask(paragraph.text)
        lead = self._lead(level, plain=paragraph.level == PLAIN)
        effect, events = self.effects.own(paragraph, text)
        yield from events
        if not self.normative and effect < 0:
            return
        ends = list(self.effects.expiries(paragraph, text))
        announced = None if ends else self.effects.listed(text)
        if announced:
            self.leads[level] = _Lead(change=Change.END, day=announced[0])
        yield from ends
        yield from read_lasting(self.document, self.mentions, paragraph, text)
        verbs = find_verbs(text, effect)
        deeds = list(read_deeds(text, paragraph.start, self.mentions, verbs, _clause_end(text)))
        if not verbs:
            deeds = list(read_passive(text, paragraph.start, self.mentions))
        if not deeds and not verbs and lead.change is not None and not paragraph.heading:
            deeds = list(self._listed(paragraph, text, lead.change, lead.partly))
        yield from self._events(paragraph, text, deeds, lead, level)

    def _lead(self, level: int, plain: bool) -> _Lead:
        """What stands over a paragraph, nearest first."""
        joined = _Lead()
        for at in sorted((one for one in self.leads if one < level or (plain and one <= level)), reverse=True):
            lead = self.leads[at]
            joined.target = lead.target if joined.target is None else joined.target
            joined.outer = joined.outer or lead.outer
            joined.change = joined.change or lead.change
            joined.day = joined.day or lead.day
            joined.partly = joined.partly or (lead.partly and joined.change is lead.change)
        return joined

    def _events(
        self, paragraph: Paragraph, text: str, deeds: Sequence[Deed], lead: _Lead, level: int
    ) -> Iterator[StatedEvent]:
        own = _Lead()
        ends_open = text.rstrip().endswith(":") or paragraph.heading
        backwards: tuple[tuple[str, str], ...] = ()
        done: list[StatedEvent] = []
        for deed in reversed(deeds):
            target = deed.target if deed.target is not None else own.target
            if deed.target is not None:
                own.target = deed.target
            places = deed.places or ()
            outer = backwards or lead.outer
            places = tuple(_inside(place, outer) for place in places)
            if places and any(level_ == "điều" for level_, _ in places[-1].path):
                backwards = tuple(part for part in places[0].path if part[0] == "điều")
            final = target if target is not None else lead.target if lead.target is not None else self.default
            if final is None or (paragraph.article is None and deed.change in _AMENDING):
                continue  # what a title amends, `amendments` tells
            # "Sửa đổi một số khoản của Điều 5 như sau: a) …": the items below say which.
            leads = ends_open and deed.some and not paragraph.quoted
            if leads and not places and deed.target is not None and deed.change in WHOLES and paragraph.article:
                self.headed.append(self._event(paragraph, deed, final, (), text, lead))
            if (leads and (places or deed.change is not Change.AMEND)) or (not places and deed.target is None):
                continue
            event = self._event(paragraph, deed, final, places, text, lead)
            sole = len(deeds) == 1 and event.change in WHOLES
            done += reversed([*with_saved(event, text, deed.end - paragraph.start, sole)])
        own.outer = _lead_outer(deeds, lead)
        own.change = _announced(deeds, text) if paragraph.article else None
        own.partly = own.change is not None and bool(_PARTLY_RE.search(text))
        if deeds or paragraph.heading:
            own.target = self._only_target(deeds, paragraph, text)
            before = self.leads.get(level)
            if paragraph.level != PLAIN or before is None or deeds:
                self.leads[level] = own
        yield from (event for one in reversed(done) for event in _with_new_articles(one, paragraph))

    def _only_target(self, deeds: Sequence[Deed], paragraph: Paragraph, text: str) -> int | None:
        targets = {deed.target for deed in deeds if deed.target is not None}
        if len(targets) == 1:
            return targets.pop()
        if paragraph.heading and not targets and re.match(r"(?:sửa đổi|bổ sung|bãi bỏ|thay)", text, re.IGNORECASE):
            found = main_mentions(text, paragraph.start, self.mentions, 0, len(text))
            return found[0][2] if len(found) == 1 else None
        return None

    def _event(
        self, paragraph: Paragraph, deed: Deed, target: int, places: tuple[Pinpoint, ...], text: str, lead: _Lead
    ) -> StatedEvent:
        moved = self._moved(paragraph, deed, target)
        if moved is not None:
            return moved
        change = deed.change
        if change is Change.INSERT and not places:
            change = Change.AMEND
        if change in WHOLES and deed.some and not places:
            change = Change.AMEND
        day = _day_of_deed(text) or lead.day
        return StatedEvent(
            change,
            source_span(self.document, paragraph.start, paragraph.start + len(paragraph.text)),
            day.when if day and day.on else When.ACT,
            day.on if day else None,
            target=target,
            pinpoints=places,
            unit=paragraph.unit,
            article=paragraph.article,
            until=_until(text) if change is Change.SUSPEND else None,
        )

    def _moved(self, paragraph: Paragraph, deed: Deed, target: int) -> StatedEvent | None:
        """An amended clause of effect: the amended document starts on another day."""
        if deed.change is not Change.AMEND or not paragraph.quoted:
            return None
        words = " ".join(paragraph.quoted[:4])
        found = EFFECT_RE.search(words)
        if found is None or len(words) > _MOVED_LENGTH:
            return None
        day = read_day(words, found.end())
        if day is None or day.on is None:
            return None
        span = source_span(self.document, paragraph.start, paragraph.start + len(paragraph.text))
        return StatedEvent(
            Change.MOVE, span, When.DAY, day.on, target=target, unit=paragraph.unit, article=paragraph.article
        )

    def _listed(self, paragraph: Paragraph, text: str, change: Change, partly: bool) -> Iterator[Deed]:
        """An item of a list under a command: documents, or places in them."""
        cited = main_mentions(text, paragraph.start, self.mentions, 0, len(text))
        end = paragraph.start + len(text)
        if cited:
            first = cited[0][0] - paragraph.start
            runs = [run for run in find_pinpoints(text, 0, first) if not run.self_ended]
            if len(cited) == 1 or runs:
                kinds = [change_at(text, 0, run.start, change) for run in runs]
                yield from (
                    Deed(kind, cited[0][2], run.pinpoints, paragraph.start, end)
                    for kind, run in zip(kinds, runs, strict=True)
                )
                if not runs:
                    places = part_before(text, 0, first) if change in WHOLES else ()
                    yield Deed(change, cited[0][2], places, paragraph.start, end, some=partly and not places)
                cited = cited[1:]
            yield from (Deed(change, index, (), paragraph.start, end, some=partly) for _, _, index in cited)
        elif re.match(r"(?:các\s+)?(?:khoản|điểm|điều|tiết|chương|mục|phụ lục)\s", text, re.IGNORECASE):
            for run in find_pinpoints(text, 0, len(text)):
                yield Deed(change_at(text, 0, run.start, change), None, run.pinpoints, paragraph.start, end)


_MOVED_LENGTH = 1500
_ANNEX_RE = re.compile(r"(?:att|app)(?:_\d+)?")
#: ``Bỏ cụm từ … tại các điều, khoản, điểm của các luật sau đây:``
_PHRASES_RE = re.compile(
    r"^[^:]*?\b(?:từ|dấu)\b.*\b(?:tại|vào|trong)\b.*\b(?:sau|sau\s+đây)\s*:\s*$", re.IGNORECASE | re.DOTALL
)
_PARTLY_RE = re.compile(r"một\s+phần|một\s+số\s+(?:nội\s+dung|quy\s+định|điều)", re.IGNORECASE)
#: Documents that a command speaks of without naming one: they are listed below it, colon or not.
_UNNAMED_RE = re.compile(
    r"(?:các|một\s+số|những|\d+|toàn\s+bộ|một\s+phần)\s+(?:\(\d+\)\s*)?(?:nội\s+dung\s+)?(?:của\s+|các\s+|một\s+số\s+)*"
    r"(?:văn\s+bản|quy\s+định|thông\s+tư|nghị\s+định|quyết\s+định|nghị\s+quyết|chỉ\s+thị|điều)\b",
    re.IGNORECASE,
)


def _announced(deeds: Sequence[Deed], text: str) -> Change | None:
    """The change that a paragraph announces for the list under it."""
    if not deeds:
        return None
    if deeds[-1].change in (Change.AMEND, Change.INSERT):
        return Change.AMEND if deeds[-1].target is None and _PHRASES_RE.search(text) else None
    bare = all(deed.target is None and not deed.places for deed in deeds)
    if text.rstrip().endswith(":") or (bare and _UNNAMED_RE.search(text)):
        return deeds[-1].change
    return None


def _clause_end(text: str) -> int:
    """Where the commands of a paragraph end: before the new wording or the exceptions."""
    found = re.search(r"như\s+sau\s*:?\s*$|,?\s*trừ\s+(?:trường|các|quy|khoản|điểm|Điều)", text)
    return found.start() if found and found.group().lstrip(", ").startswith("trừ") else len(text)


def _day_of_deed(text: str) -> Day | None:
    """A day of its own that a command names: ``Bãi bỏ … kể từ ngày 01/01/2027``."""
    found = re.search(r"(?:kể\s+từ|từ)\s+(?=ngày\s+\d)", text)
    if found is None or EFFECT_RE.search(text[: found.start() + 1] + " kể"):
        return None
    return read_day(text, found.start())


def _until(text: str) -> str | None:
    found = re.search(rf"đến\s+(?P<before>trước\s+)?(?:hết\s+)?{DATE_RE.pattern}", text, re.IGNORECASE)
    on = date_of(found) if found else None
    return later(on, 0 if found and found["before"] else 1) if on else None


def _inside(place: Pinpoint, outer: tuple[tuple[str, str], ...]) -> Pinpoint:
    """A place of inner levels under the article that stands over it."""
    levels = {level for level, _ in place.path}
    if "điều" in levels or not levels & {"khoản", "điểm", "tiết", "gạch đầu dòng"}:
        return place
    kept = tuple(part for part in outer if part[0] not in levels)
    return Pinpoint((*kept, *place.path))


def _lead_outer(deeds: Sequence[Deed], lead: _Lead) -> tuple[tuple[str, str], ...]:
    """The article, and the clause in it, that the paragraphs below are about."""
    paths = [_inside(place, lead.outer).path for deed in deeds for place in deed.places]
    if not paths:
        return ()
    common = [part for part in paths[0] if all(part in path for path in paths)]
    kept = [part for part in common if part[0] in ("điều", "khoản", "điểm")]
    # The common part of several places is outer as far as it runs unbroken from the article down.
    return tuple(kept) if kept and kept[0][0] == "điều" else ()


_NEW_GROUP_RE = re.compile(r"bổ\s+sung\s+(?:thêm\s+)?(?:các\s+)?(?:chương|mục|phần)\s", re.IGNORECASE)
_NEW_ARTICLE_RE = re.compile(r"[“\"]?\s*Điều\s+(\d{1,3}[a-zđ]?)\s*[.:]")


def _with_new_articles(event: StatedEvent, paragraph: Paragraph) -> Iterator[StatedEvent]:
    """The event; where it changes a chapter or a section, the articles that its new wording holds as well."""
    yield event
    if event.change not in (Change.AMEND, Change.INSERT) or not event.pinpoints:
        return
    group = event.change is Change.INSERT and _NEW_GROUP_RE.match(paragraph.text)
    if not group and any(level == "điều" for place in event.pinpoints for level, _ in place.path):
        return
    numbers = [found[1] for text in paragraph.quoted if (found := _NEW_ARTICLE_RE.match(text))]
    if numbers:
        yield replace(event, pinpoints=tuple(Pinpoint((("điều", number),)) for number in numbers))


_AMENDING = (Change.AMEND, Change.INSERT, Change.MOVE)


def _settled(found: Sequence[StatedEvent], citations: Sequence[Citation]) -> Iterator[StatedEvent]:
    """Events once each, targets traced to the full mention; a whole amendment goes where its parts are told."""
    seen: set[tuple[object, ...]] = set()
    rooted = []
    for event in found:
        target = None if event.target is None else root_of(citations, event.target)
        if target is not None and citations[target].kind is CitationKind.SELF:
            continue
        rooted.append(replace(event, target=target))
    told = [event for event in rooted if event.pinpoints and event.change in _AMENDING]
    parts = {name_of(citations, event.target) for event in told if event.target is not None}
    for event in rooted:
        who = name_of(citations, event.target) if event.target is not None else ""
        if event.change is Change.AMEND and not event.pinpoints and who in parts:
            continue
        key = (event.change, who, event.pinpoints, event.on, event.when, event.other)
        if key not in seen:
            seen.add(key)
            yield event


__all__ = ["ARTICLE", "read_events"]
