"""What is in force on a day, and why: dated events become intervals ``[from, to)``.

A status is computed, never stored as a word. What a text says outranks the catalogue, and a conflict between the
two is kept and shown; of two ends equally well proved the earlier counts. Which document falls with which follows
the law of that day (`kb.lawrules`). The order in which events arrive never matters.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from kb.bilingual import both
from kb.models import Change


class Word(StrEnum):
    """The six words of a status."""

    IN_FORCE = "Còn hiệu lực"
    EXPIRED = "Hết hiệu lực toàn bộ"
    PARTLY = "Hết hiệu lực một phần"
    NOT_YET = "Chưa có hiệu lực"
    SUSPENDED = "Ngưng hiệu lực"
    UNKNOWN = "Không xác định"


class Origin(StrEnum):
    """Who says so; a stronger origin stands first."""

    PERSON = "person"
    TEXT = "text"
    CATALOGUE = "catalogue"
    LAW = "law"  # a rule of law applied to what is known


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where the words stand that prove something: `start` and `end` cut the text of the work."""

    work: str
    unit: str | None = None
    start: int | None = None
    end: int | None = None
    line: int | None = None
    page: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """A change of a work on a day (None: not known).

    `place` is the part concerned, outer level first (``điều 5/khoản 2``), empty for the whole; `saved` the parts
    that an end leaves alive; `by` the id of the acting work; `certainty` is text, official, general or derived;
    `rule` the provision it follows from.
    """

    change: Change
    on: str | None
    place: str = ""
    saved: tuple[str, ...] = ()
    by: str | None = None
    origin: Origin = Origin.TEXT
    certainty: str = "text"
    rule: str = ""
    until: str | None = None
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Interval:
    """Days from `start` (None: always) up to, not with, `end` (None: until now) in one status."""

    start: str | None
    end: str | None
    word: Word
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Validity:
    """The intervals of a work or of a part of it, the events without a day, those that others contradict."""

    intervals: tuple[Interval, ...]
    undated: tuple[Event, ...] = ()
    conflicts: tuple[Event, ...] = ()
    formal: bool = True


@dataclass(frozen=True, slots=True)
class Standing:
    """The status on one day: word, code of the reason, the interval, the events that decide it."""

    word: Word
    reason: str
    start: str | None
    end: str | None
    because: tuple[Event, ...]
    certain: bool
    conflicts: tuple[Event, ...] = ()


#: The rule of a start of which only the last possible day is known: before it, nothing can be said.
LATEST = both(
    "chưa biết ngày ban hành; theo năm trong số, ký hiệu, muộn nhất là ngày này",
    "its day of issue is not known; by the year in its number this is the latest day",
)

#: Changes that end what they touch.
ENDS = frozenset((Change.REPLACE, Change.REPEAL, Change.END, Change.TERM))
#: Changes of a part after which the document no longer stands as it was issued.
PARTS = ENDS | {Change.AMEND}

_RANK = {Origin.PERSON: 0, Origin.TEXT: 1, Origin.CATALOGUE: 2, Origin.LAW: 4}
#: On one day: an end closes what a resumption opened, a resumption what a suspension closed.
_ORDER = {Change.SUSPEND: 1, Change.RESUME: 2}
_REASONS = {
    Change.REPLACE: "replaced",
    Change.REPEAL: "repealed",
    Change.TERM: "term_ended",
    Change.END: "ended",
}


def build_validity(events: Iterable[Event], place: str = "", formal: bool = True) -> Validity:
    """The intervals of a work, or of the part at `place`, from its events in any order.

    >>> found = build_validity(
    ...     [
    ...         Event(Change.REPEAL, "2025-04-01"),
    ...         Event(Change.START, "2016-07-01"),
    ...         Event(Change.START, "2016-07-01"),
    ...     ]
    ... )
    >>> [(i.start, i.end, i.word.value) for i in found.intervals]
    ... # doctest: +NORMALIZE_WHITESPACE
    [(None, '2016-07-01', 'Chưa có hiệu lực'), ('2016-07-01', '2025-04-01', 'Còn hiệu lực'),
     ('2025-04-01', None, 'Hết hiệu lực toàn bộ')]
    """
    known = sorted(set(events), key=_sort_key)
    dated = [event for event in known if event.on]
    undated = tuple(event for event in known if not event.on)
    if not formal:
        return Validity((Interval(None, None, Word.UNKNOWN, tuple(dated)),), undated, (), formal=False)
    first, contradicted = _start_of(dated, place)
    start = first.on if first else None
    life, ends_contradicted = _switches(dated, place)
    days = sorted(
        {start} | {day for day, _ in life} | {event.on for event in dated} - {None}, key=lambda d: d or ""
    )
    intervals: list[Interval] = []
    state = _State(start, place, Word.UNKNOWN if first and first.rule == LATEST else Word.NOT_YET)
    walk = iter(life)
    ahead = next(walk, None)
    for low, high in zip([None, *filter(None, days)], [*filter(None, days), None], strict=True):
        while ahead and low and ahead[0] <= low:
            state.apply(ahead[1])
            ahead = next(walk, None)
        here = tuple(event for event in dated if event.on == low) if low else ()
        word = state.word(low)
        if intervals and intervals[-1].word is word:
            before = intervals.pop()
            intervals.append(Interval(before.start, high, word, before.events + here))
        else:
            intervals.append(Interval(low, high, word, here))
    return Validity(tuple(intervals), undated, (*contradicted, *ends_contradicted))


def status_at(validity: Validity, on: str) -> Standing:
    """The status on a day (ISO), with what decides it."""
    here = next(part for part in validity.intervals if part.end is None or on < part.end)
    past = [event for part in validity.intervals for event in part.events if event.on and event.on <= on]
    if not validity.formal:
        told = tuple(event for event in past if event.change in ENDS or event.change is Change.AMEND)
        return Standing(Word.UNKNOWN, "no_formal_end", None, None, told, certain=True)
    events = [event for event in past if event not in validity.conflicts]
    because, reason = _because(here, events, validity)
    certain = here.word is not Word.UNKNOWN and all(_sure(event) for event in because)
    return Standing(here.word, reason, here.start, here.end, because, certain, validity.conflicts)


def covers(outer: str, inner: str) -> bool:
    """Whether a place holds another: the whole holds all, an article its clauses.

    >>> covers("", "điều 5"), covers("điều 5", "điều 5/khoản 2"), covers("điều 5", "điều 50")
    (True, True, False)
    """
    return not outer or inner == outer or inner.startswith(outer + "/")


class _State:
    """What holds while one walks through the events of a life in their order."""

    def __init__(self, start: str | None, place: str, before: Word) -> None:
        self.start, self.place, self.before = start, place, before
        self.ended = self.suspended = self.partly = self.kept = False
        self.left: set[str] = set()  # what an end saved, until that ends too

    def apply(self, event: Event) -> None:
        whole = covers(event.place, self.place)
        saved = bool(event.saved) and not self.place
        if event.change in ENDS and whole and not _saves(event, self.place):
            if saved:
                self.partly, self.left = True, set(event.saved)
            else:
                self.ended, self.suspended = True, False
        elif event.change in ENDS or event.change is Change.AMEND:
            # That a document was amended somewhere says nothing of one of its articles.
            self.partly = self.partly or bool(event.place) or not self.place
            if event.change in ENDS and self.left:
                self.left = {place for place in self.left if not covers(event.place, place)}
                self.ended = self.ended or not self.left
        elif event.change is Change.SUSPEND:
            self.suspended = self.suspended or whole
        elif event.change is Change.RESUME:
            if whole:
                self.ended = self.suspended = False
            else:
                self.kept = True

    def word(self, day: str | None) -> Word:
        if self.ended:
            return Word.PARTLY if self.kept else Word.EXPIRED
        if self.start is None:
            return Word.UNKNOWN
        if day is None or day < self.start:
            return self.before
        if self.suspended:
            return Word.SUSPENDED
        return Word.PARTLY if self.partly else Word.IN_FORCE


def _saves(event: Event, place: str) -> bool:
    return bool(place) and any(covers(saved, place) for saved in event.saved)


def _start_of(events: list[Event], place: str) -> tuple[Event | None, tuple[Event, ...]]:
    """What begins the force of a place, and the starts that contradict it.

    What is said of the place itself goes before what is said of all that holds it, a start that was moved before
    the first one, better proof before weaker.
    """
    said = [e for e in events if e.change in (Change.START, Change.MOVE) and covers(e.place, place)]
    if not said:
        return None, ()
    closest = max(len(event.place) for event in said)
    said = [event for event in said if len(event.place) == closest]
    moved = [event for event in said if event.change is Change.MOVE]
    if moved:
        latest = max(moved, key=lambda e: (-_RANK[e.origin], e.by or "", e.on or "", _sort_key(e)))
        return latest, ()
    best = min(said, key=lambda e: (_RANK[e.origin], e.on or "", _sort_key(e)))
    others = (e for e in said if e.on != best.on and e.origin is not Origin.LAW)
    return best, tuple(sorted(others, key=_sort_key))


def _switches(events: list[Event], place: str) -> tuple[list[tuple[str, Event]], tuple[Event, ...]]:
    """The events that turn a place's force off and on, by day; and the ends that better proof contradicts."""
    outlived = _outlived(events)
    touching = [
        event
        for event in events
        if (event.change in PARTS or event.change in _ORDER)
        and (covers(event.place, place) or covers(place, event.place))
        and event not in outlived
    ]
    whole = [
        event for event in touching if event.change in ENDS and covers(event.place, place) and not event.saved
    ]
    best = min((_RANK[event.origin] for event in whole), default=0)
    days = {event.on for event in whole if _RANK[event.origin] == best}
    weaker = [event for event in whole if _RANK[event.origin] > best]
    contradicted = tuple(event for event in weaker if event.on not in days and event.origin is not Origin.LAW)
    life = [(event.on or "", event) for event in touching if event not in weaker]
    life += [
        (event.until, Event(Change.RESUME, event.until, event.place, by=event.by, origin=event.origin))
        for event in touching
        if event.change is Change.SUSPEND and event.until and event.until > (event.on or "")
    ]
    life.sort(key=lambda pair: (pair[0], _order(pair[1]), _sort_key(pair[1])))
    return life, contradicted


def _outlived(events: Iterable[Event]) -> set[Event]:
    """The ends of a term that the document set itself, where another text lengthened it."""
    terms = [event for event in events if event.change is Change.TERM and not event.place and not event.saved]
    latest = max((event.on or "" for event in terms if event.by), default="")
    return {event for event in terms if not event.by and (event.on or "") < latest}


def _order(event: Event) -> int:
    """On one day: an end closes what a resumption opened; what an end saves, the end of a part can end with it."""
    return _ORDER.get(event.change, 3 if event.saved and not event.place else 4)


def _because(here: Interval, past: list[Event], validity: Validity) -> tuple[tuple[Event, ...], str]:
    """The events that decide the word of an interval, and the code of the reason."""
    starts = tuple(e for e in past if e.change in (Change.START, Change.MOVE) and not e.place)
    if here.word is Word.EXPIRED:
        outlived = _outlived(past)
        ends = [e for e in past if e.change in ENDS and (not e.place or here.start == e.on) and e not in outlived]
        best = min((_RANK[e.origin] for e in ends), default=0)
        ends = [e for e in ends if _RANK[e.origin] == best]
        reason = "with_parent" if ends and ends[0].origin is Origin.LAW else "ended"
        if ends and reason == "ended":
            reason = _REASONS[ends[0].change]
        return tuple(ends), reason
    if here.word is Word.PARTLY:
        return tuple(e for e in past if e.change in PARTS or e.change is Change.RESUME), "partly"
    if here.word is Word.SUSPENDED:
        return tuple(e for e in past if e.change is Change.SUSPEND), "suspended"
    if here.word is Word.NOT_YET:
        ahead = [e for part in validity.intervals for e in part.events if e.change in (Change.START, Change.MOVE)]
        return tuple(e for e in ahead if e.on == here.end), "not_started"
    if here.word is Word.UNKNOWN:
        return (), "start_unknown"
    return starts, "in_force"


def _sure(event: Event) -> bool:
    return event.certainty in ("text", "official")


def _sort_key(event: Event) -> tuple[str, ...]:
    proof = event.evidence
    return (
        event.on or "",
        event.change.value,
        event.place,
        event.by or "",
        event.origin.value,
        event.certainty,
        "|".join(event.saved),
        event.until or "",
        event.rule,
        f"{proof.work}:{proof.start or 0:09d}:{proof.unit}:{proof.text}" if proof else "",
    )
