"""The events that a text states: its own commencement and end, what it does to others, with the sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.citations.pinpoints import find_pinpoints
from ingest.events.commands import Deed, find_verbs, main_mentions, mask, read_deeds, read_passive
from ingest.events.days import DATE_RE, OWN, Day, date_of, later, read_day
from ingest.events.effects import EFFECT_RE, Effects
from ingest.events.lists import table_events
from ingest.events.paragraphs import ARTICLE, PLAIN, Mentions, Paragraph, read_paragraphs, source_span
from kb.mentions import root_of
from kb.models import Change, Citation, CitationKind, Document, Pinpoint, StatedEvent, When


@dataclass(slots=True)
class _Lead:
    """What a heading or a line with a colon says of the paragraphs under it."""

    target: int | None = None
    outer: tuple[tuple[str, str], ...] = ()
    change: Change | None = None
    day: Day | None = None


def read_events(document: Document, citations: Sequence[Citation]) -> tuple[StatedEvent, ...]:
    """The events of a document, in reading order; targets and days by index into its citations."""
    if _consolidates(document):
        return ()
    mentions = Mentions(document, citations)
    paragraphs = read_paragraphs(document)
    reader = _Reader(document, citations, mentions, paragraphs)
    found = [event for paragraph in paragraphs for event in reader.read(paragraph)]
    found += table_events(document, citations, mentions)
    found += details(document, citations, mentions, paragraphs)
    return tuple(_settled(found, citations))


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
        self.default = _amended_as_a_whole(document, citations, mentions, paragraphs)
        self.effects = Effects(document, citations, mentions)
        self.normative = any(paragraph.article for paragraph in paragraphs)

    def read(self, paragraph: Paragraph) -> Iterator[StatedEvent]:
        """The events of one paragraph."""
        level = self.level if paragraph.level == PLAIN else paragraph.level
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
        yield from self.effects.resumptions(paragraph, text)
        verbs = find_verbs(text, effect)
        deeds = list(read_deeds(text, paragraph.start, self.mentions, verbs, _clause_end(text)))
        if not verbs:
            deeds = list(read_passive(text, paragraph.start, self.mentions))
        if not deeds and not verbs and lead.change is not None and not paragraph.heading:
            deeds = list(self._listed(paragraph, text, lead.change))
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
            if final is None:
                continue
            # "Sửa đổi một số khoản của Điều 5 như sau: a) …": the items below say which.
            leads = ends_open and deed.some and not paragraph.quoted
            if (leads and (places or deed.change is not Change.AMEND)) or (not places and deed.target is None):
                continue
            done.append(self._event(paragraph, deed, final, places, text, lead))
        own.outer = _lead_outer(deeds, lead)
        own.change = deeds[-1].change if deeds and ends_open and paragraph.text.rstrip().endswith(":") else None
        if own.change in (Change.AMEND, Change.INSERT):
            own.change = None
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
        if change is Change.REPEAL and deed.some and not places:
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

    def _listed(self, paragraph: Paragraph, text: str, change: Change) -> Iterator[Deed]:
        """An item of a list under a command: documents, or places in them."""
        cited = main_mentions(text, paragraph.start, self.mentions, 0, len(text))
        end = paragraph.start + len(text)
        if cited:
            first = cited[0][0] - paragraph.start
            runs = [run for run in find_pinpoints(text, 0, first) if not run.self_ended]
            if len(cited) == 1 or runs:
                places = tuple(place for run in runs for place in run.pinpoints)
                yield Deed(change, cited[0][2], places, paragraph.start, end)
                cited = cited[1:]
            yield from (Deed(change, index, (), paragraph.start, end) for _, _, index in cited)
        elif re.match(r"(?:các\s+)?(?:khoản|điểm|điều|tiết|chương|mục|phụ lục)\s", text, re.IGNORECASE):
            for run in find_pinpoints(text, 0, len(text)):
                yield Deed(change, None, run.pinpoints, paragraph.start, end)


_MOVED_LENGTH = 1500


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


_NEW_ARTICLE_RE = re.compile(r"[“\"]?\s*Điều\s+(\d{1,3}[a-zđ]?)\s*[.:]")


def _with_new_articles(event: StatedEvent, paragraph: Paragraph) -> Iterator[StatedEvent]:
    """The event; where it changes a chapter or a section, the articles that its new wording holds as well."""
    yield event
    if event.change not in (Change.AMEND, Change.INSERT) or not event.pinpoints:
        return
    if any(level == "điều" for place in event.pinpoints for level, _ in place.path):
        return
    numbers = [found[1] for text in paragraph.quoted if (found := _NEW_ARTICLE_RE.match(text))]
    if numbers:
        yield replace(event, pinpoints=tuple(Pinpoint((("điều", number),)) for number in numbers))


_AMENDING_RE = re.compile(
    r"(?:sửa\s+đổi|bổ\s+sung)[^.;]{0,60}?(?:một\s+số\s+)?(?:điều|nội\s+dung|quy\s+định)?", re.IGNORECASE
)


def _amended_as_a_whole(
    document: Document, citations: Sequence[Citation], mentions: Mentions, paragraphs: Sequence[Paragraph]
) -> int | None:
    """The one document that the title or the words of enactment say is amended."""
    first = next((at for at, one in enumerate(paragraphs) if one.heading), len(paragraphs))
    found: list[int] = []
    for paragraph in paragraphs[:first]:
        text = mask(paragraph.text)
        verb = re.search(r"(?<!được )(?<!đã )(?:sửa\s+đổi|bổ\s+sung)", text, re.IGNORECASE)
        if verb and not re.match(r"\s*căn\s+cứ|\s*theo\s+đề", text, re.IGNORECASE):
            found += [
                index for _, _, index in main_mentions(text, paragraph.start, mentions, verb.end(), len(text))
            ]
    keys = {_who(citations, index): index for index in found}
    return next(iter(keys.values())) if len(keys) == 1 else found[-1] if found and len(set(found)) == 1 else None


def _who(citations: Sequence[Citation], index: int) -> str:
    citation = citations[root_of(citations, index)]
    return (citation.number or citation.name or citation.surface).casefold()


def details(
    document: Document, citations: Sequence[Citation], mentions: Mentions, paragraphs: Sequence[Paragraph]
) -> list[StatedEvent]:
    """The documents that this one details or guides, by its title or its first article."""
    found: list[StatedEvent] = []
    for paragraph in paragraphs[:40]:
        if paragraph.article not in (None, "1"):
            break
        text = mask(paragraph.text)
        verb = re.search(
            rf"(?:^|{OWN}\s+)(?:về\s+việc\s+)?(?:quy\s+định\s+chi\s+tiết|hướng\s+dẫn\s+(?:chi\s+tiết\s+)?(?:thi\s+hành|thực\s+hiện|một\s+số))",
            text,
            re.IGNORECASE,
        )
        if verb is None:
            continue
        for _, _, index in main_mentions(text, paragraph.start, mentions, verb.end(), len(text)):
            if citations[index].type in _PARENTS:
                span = source_span(document, paragraph.start, paragraph.start + len(paragraph.text))
                found.append(StatedEvent(Change.DETAILS, span, When.UNTIL, other=index, unit=paragraph.unit))
        if found:
            break
    return found


_PARENTS = frozenset(("Luật", "Bộ luật", "Pháp lệnh", "Nghị định", "Nghị quyết"))


def _settled(found: Sequence[StatedEvent], citations: Sequence[Citation]) -> Iterator[StatedEvent]:
    """Events once each, targets traced to the full mention; a whole amendment goes where its parts are told."""
    seen: set[tuple[object, ...]] = set()
    rooted = []
    for event in found:
        target = None if event.target is None else root_of(citations, event.target)
        if target is not None and citations[target].kind is CitationKind.SELF:
            continue
        rooted.append(replace(event, target=target))
    parts = {_who(citations, e.target) for e in rooted if e.pinpoints and e.target is not None}
    for event in rooted:
        who = _who(citations, event.target) if event.target is not None else ""
        if event.change is Change.AMEND and not event.pinpoints and who in parts:
            continue
        key = (event.change, who, event.pinpoints, event.on, event.when, event.other)
        if key not in seen:
            seen.add(key)
            yield event


__all__ = ["ARTICLE", "details", "read_events"]
