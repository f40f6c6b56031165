"""In force on a day? The answer for a work or a part of it, with its reason, rule and proof, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from graphs.lives import Lives
from kb.bilingual import Bilingual, both, english, joined
from kb.lawrules import has_formal_end
from kb.mentions import printed_place
from kb.models import Change
from kb.store.engine import said
from kb.store.store import Store
from kb.validity import Event, Interval, Origin, Standing, Validity, Word, build_validity, status_at

#: The reasons in words, Vietnamese and English.
REASONS = {
    "in_force": (
        "đã có hiệu lực, đến ngày đó chưa biết văn bản nào chấm dứt",
        "it has taken effect and nothing known had ended it by that day",
    ),
    "replaced": ("đã được thay thế", "it was replaced"),
    "repealed": ("đã bị bãi bỏ", "it was repealed"),
    "term_ended": ("đã hết thời hạn", "its term is over"),
    "ended": ("đã hết hiệu lực", "it ended"),
    "with_parent": (
        "hết hiệu lực theo văn bản mà nó quy định chi tiết hoặc sửa đổi",
        "it fell with the document that it details or amends",
    ),
    "partly": (
        "một phần đã được sửa đổi, bổ sung, thay thế hoặc bãi bỏ",
        "parts were amended, replaced or repealed",
    ),
    "suspended": ("đang ngưng hiệu lực", "it is suspended"),
    "not_started": ("chưa đến ngày có hiệu lực", "its first day of force is ahead"),
    "no_formal_end": (
        "văn bản hành chính, công văn hoặc văn bản của Đảng: pháp luật không định việc hết hiệu lực",
        "an administrative or party document: it has no formal end of force",
    ),
    "start_unknown": ("chưa biết ngày có hiệu lực", "its first day of force is not known"),
    "not_held": (
        "kho không có toàn văn, cũng không ghi hiệu lực",
        "neither its text nor its dates are held",
    ),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """The status of a work on a day.

    `place` is the part that was asked for; `rule` the provision that an answer by law rests on; `note` what
    becomes of a document whose parent has ended; `parts` the changes of parts up to that day; `history` all
    intervals; `names` what the works that changed it are called, by id.
    """

    work: str
    number: str | None
    type: str | None
    title: str | None
    issued: str | None
    as_of: str
    place: str
    standing: Standing
    rule: str
    note: str
    parts: tuple[Event, ...]
    history: tuple[Interval, ...]
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def ahead(self) -> Interval | None:
        """What comes next: the interval after that of the day, where its word is another."""
        if not self.standing.end:
            return None
        return next((part for part in self.history if part.start == self.standing.end), None)

    @property
    def successors(self) -> tuple[str, ...]:
        """Ids of the works that replaced it."""
        return tuple(sorted({e.by for e in self.standing.because if e.by and e.change in _ENDING}))


_ENDING = (Change.REPLACE, Change.REPEAL, Change.END)


def answer_status(store: Store, work: str, on: str, place: str = "") -> Answer:
    """The status of a work, or of a part of it (``điều 5/khoản 2``), on an ISO day."""
    with said(), store.connect() as connection:
        return answer_from(Lives(connection), work, on, place)


#: The changes of a work, and the intervals that they make of it or of a part of it.
Life = tuple[list[Event], Validity]


def life_of(lives: Lives, work: str, place: str = "") -> Life:
    """The life of a work or of a part of it, for answers of several days."""
    node, events = lives.node(work), lives.events(work)
    return events, build_validity(events, place, node is None or has_formal_end(node.number, node.type))


def answer_from(lives: Lives, work: str, on: str, place: str = "", life: Life | None = None) -> Answer:
    """The same from lives that are being read; `life` is that of the work or part, where it is known already."""
    node = lives.node(work)
    all_events, validity = life or life_of(lives, work, place)
    standing = _known(status_at(validity, on), validity, node)
    events = all_events if standing.word is not Word.EXPIRED else []
    parts = tuple(e for e in events if e.place and e.on and e.on <= on and e.change is not Change.START)
    ahead = next((part for part in validity.intervals if standing.end and part.start == standing.end), None)
    acting = {event.by for event in (*standing.because, *parts, *(ahead.events if ahead else ())) if event.by}
    law = [e for e in standing.because if e.origin is Origin.LAW]
    lives_on = [e for e in all_events if e.change is Change.DETAILS and e.on and e.on <= on]
    note = ""
    if lives_on and standing.word in (Word.IN_FORCE, Word.PARTLY):
        note = both(
            "văn bản mà nó quy định chi tiết hết hiệu lực ngày {day}; nó tiếp tục có hiệu lực"
            " nếu không trái và chưa được công bố hết hiệu lực ({rule})",
            "the document that it details ended on {day}; it lives on where it does not contradict what came"
            " instead and is not announced as ended ({rule})",
            day=lives_on[0].on,
            rule=lives_on[0].rule,
        )
    return Answer(
        work,
        node.number if node else None,
        node.type if node else None,
        node.title if node else None,
        node.issued if node else None,
        on,
        place,
        standing,
        law[0].rule if law and len(law) == len(standing.because) else "",
        note,
        parts,
        validity.intervals,
        {name: _name(lives, name) for name in sorted(acting)},
    )


def _name(lives: Lives, work: str) -> str:
    """What a work is called: by type and number, a number alone says too little of an act of the assembly."""
    node = lives.node(work)
    if node is None:
        return work
    return " ".join(filter(None, (node.type, node.number))) if node.number else str(node.title or work)


def _known(standing: Standing, validity: Validity, node: object) -> Standing:
    """A work of which nothing is known that bears on its force says so."""
    held = bool(getattr(node, "held", False))
    if standing.word is Word.UNKNOWN and standing.reason == "start_unknown" and not held:
        dated = any(part.events for part in validity.intervals)
        if not dated:
            return Standing(standing.word, "not_held", None, None, (), certain=False)
    return standing


def describe(answer: Answer) -> tuple[str, str]:
    """The reason in one line, Vietnamese and English, with what did it and when."""
    vi, en = REASONS[answer.standing.reason]
    ends = [event for event in answer.standing.because if event.by]
    if ends and answer.standing.reason in ("replaced", "repealed", "ended", "suspended"):
        named = ", ".join(sorted({answer.names.get(event.by or "", event.by or "") for event in ends}))
        by = "theo" if answer.standing.reason == "ended" else "bởi"
        vi, en = f"{vi} {by} {named}", f"{en} by {named}"
    if answer.rule:
        vi, en = f"{vi} ({answer.rule})", f"{en} ({english(answer.rule)})"
    return vi, en


#: What a change does to the work that it happens to.
DEEDS = {
    Change.START: both("có hiệu lực", "takes effect"),
    Change.MOVE: both("dời hiệu lực", "effect postponed"),
    Change.AMEND: both("sửa đổi bổ sung", "amended"),
    Change.INSERT: both("bổ sung", "supplemented"),
    Change.REPLACE: both("thay thế", "replaced"),
    Change.REPEAL: both("bãi bỏ", "repealed"),
    Change.END: both("hết hiệu lực", "ended"),
    Change.TERM: both("hết thời hạn", "term ended"),
    Change.SUSPEND: both("ngưng hiệu lực", "suspended"),
    Change.RESUME: both("tiếp tục hiệu lực", "resumed"),
    Change.CORRECT: both("đính chính", "corrected"),
    Change.CONSOLIDATE: both("hợp nhất", "consolidated"),
    Change.DETAILS: both("theo văn bản được quy định chi tiết", "with the document that it details"),
}


def describe_event(event: Event) -> Bilingual:
    """An event in a few words.

    >>> describe_event(Event(Change.REPEAL, "2025-04-01", "điều 5/khoản 2", by="78-2025-nd-cp"))
    'bãi bỏ khoản 2 Điều 5'
    """
    return deed_of(event.change, printed_place(event.place))


def deed_of(change: Change, places: str) -> Bilingual:
    """A change and the parts that it concerns, none for the whole."""
    return joined(filter(None, (DEEDS[change], places)), " ")


def describe_places(events: Iterable[Event], most: int = 4) -> Bilingual:
    """The parts that events concern, each once; of many some, and how many more.

    >>> describe_places([Event(Change.REPEAL, None, f"điều {n}") for n in (5, 6, 6, 7)], 2)
    'Điều 5, Điều 6 và 1 chỗ nữa'
    """
    places = list(dict.fromkeys(printed_place(event.place) for event in events if event.place))
    told = joined(places[:most], ", ", "; ")
    if len(places) <= most:
        return told
    return both("{places} và {n} chỗ nữa", "{places} and {n} more places", places=told, n=len(places) - most)


__all__ = [
    "DEEDS",
    "REASONS",
    "Answer",
    "Life",
    "answer_from",
    "answer_status",
    "deed_of",
    "describe",
    "describe_event",
    "describe_places",
    "has_formal_end",
    "life_of",
]
