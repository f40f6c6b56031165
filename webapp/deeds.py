"""Events of a life as people read them: one line a deed, its parts together, who did it and where that stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graphs.status import DEEDS, describe_places
from kb.models import Change
from kb.store.graph import Record
from kb.validity import Event, Origin

#: Parts that a line names before it counts the rest.
_NAMED = 6


@dataclass(frozen=True, slots=True)
class Deed:
    """What was done to which parts (none: the whole), by which work (None: not known), and what proves it.

    `stands` is the work whose text holds the proof, `units` the places in it; without them `quote` says which
    source the catalogue names.
    """

    change: str
    places: str
    by: str | None
    number: str | None
    held: bool
    stands: str | None
    units: tuple[str, ...]
    quote: str


def tell_deeds(work: Record, events: Iterable[Event], acting: Mapping[str, Record]) -> list[Deed]:
    """The deeds behind some events of a work; what names the acting work says more than what does not."""
    groups: dict[tuple[Change, str | None, bool], list[Event]] = {}
    # What concerns the whole stands first and is not mixed with what concerns parts.
    for event in sorted(events, key=lambda event: bool(event.place)):
        groups.setdefault((event.change, event.by, bool(event.place)), []).append(event)
    named = {change for change, by, _ in groups if by}
    return [
        _deed(work, change, by, some, acting)
        for (change, by, _), some in groups.items()
        if by or change not in named or any(event.origin is Origin.TEXT for event in some)
    ]


def _deed(work: Record, change: Change, by: str | None, events: list[Event], acting: Mapping[str, Record]) -> Deed:
    actor = acting.get(by or "")
    proved = [event for event in events if event.evidence and event.origin is Origin.TEXT]
    proof = (proved or events)[0].evidence
    stands = None
    if proved and proof:
        # A text that says what was done to itself ("bị bãi bỏ bởi …") proves it where the acting one is not held.
        stands = by if actor is not None and actor.held else work.id if work.held else None
    units = [event.evidence.unit for event in proved if event.evidence and event.evidence.unit]
    rule = next((event.rule for event in events if event.rule), "")
    return Deed(
        DEEDS[change],
        describe_places(events, _NAMED),
        by,
        (actor.number or actor.title or by) if actor is not None else by,
        bool(actor is not None and actor.held),
        stands,
        tuple(dict.fromkeys(units))[:_NAMED] if stands else (),
        (proof.text if proof else "") or rule,
    )
