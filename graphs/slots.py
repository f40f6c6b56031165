"""Works in the making: what shares a number, parted by place, time and type."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from kb.mentions import central
from kb.numbers import parse_number, type_of
from kb.symbols import NumberForm
from kb.vocabulary.places import renumbered
from kb.works import slug

#: Words that stand for any type.
ANY_TYPE = frozenset((None, "", "Văn bản", "Công văn"))
_DAY = len("2025-07-01")


@dataclass(frozen=True, slots=True)
class Said:
    """What a document, a row of the catalogue or a mention says of a work; `issued` may be a month or a year."""

    number: str | None
    type: str | None = None
    issuer: str | None = None
    place: str = ""
    issued: str | None = None
    year: int | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """A work: its id, what is known of it, whether its text is held, whether the catalogue has it."""

    id: str
    said: Said
    held: bool = False
    catalogued: bool = False


@dataclass(slots=True)
class Slot:
    """A work in the making."""

    place: str
    period: str
    kind: str
    held: Node | None = None
    known: Said | None = None
    dates: Counter[str] = field(default_factory=Counter)
    said: list[Said] = field(default_factory=list)
    node: Node | None = None

    @property
    def issued(self) -> str | None:
        """Its day: that of the text, else of the catalogue, else what most mentions say."""
        for fixed in (self.held and self.held.said.issued, self.known and self.known.issued):
            if fixed:
                return fixed
        return min(self.dates, key=lambda day: (-self.dates[day], day)) if self.dates else None


class Slots:
    """The works of one key, found by place, period and type."""

    def __init__(self, key: str, numbers: Iterable[str | None]) -> None:
        self.key = key
        printed = min((number for number in numbers if number), default=None)
        parsed = parse_number(printed) if printed else None
        self.central = bool(printed) and central(printed or "")
        self.alone = bool(
            self.central and parsed and (parsed.printed_year or "-qh" in key or key.startswith("qh"))
        )
        # Of "19-CP" the type word alone tells whether it is a decree or a decision.
        self.by_kind = bool(parsed and parsed.form is NumberForm.OLD and not self.alone)
        self.told = type_of(parsed) if parsed else None
        self.all: list[Slot] = []
        self.by_place: dict[tuple[str, str], list[Slot]] = defaultdict(list)

    def period(self, said: Said) -> str:
        """The time in which a number of an office comes once: a year, or half of 2025."""
        if self.alone:
            return ""
        year = (said.issued or "")[:4] or (str(said.year) if said.year else "")
        day = said.issued if said.issued and len(said.issued) == _DAY else None
        if self.central or not year:
            return year
        return renumbered(said.place, year, day)

    def kind(self, said: Said) -> str:
        """The type as far as it parts works of one number."""
        return slug(said.type, 30) if self.by_kind and said.type not in ANY_TYPE and said.type else ""

    def add(self, said: Said) -> Slot:
        """A new work."""
        slot = Slot("" if self.alone else said.place, self.period(said), self.kind(said))
        self.all.append(slot)
        self.by_place[slot.place, slot.period].append(slot)
        return slot

    def same(self, said: Said) -> list[Slot]:
        """The works that something dated can be: of its day, else of its time and place."""
        if self.alone:
            return self.all
        near = [slot for slot in self.all_at(said) if self._kind_fits(slot, said)]
        exact = [slot for slot in near if said.issued and said.issued in (slot.issued, *slot.dates)]
        return exact or [slot for slot in near if slot.place == said.place]

    def all_at(self, said: Said) -> list[Slot]:
        """The works of the time and, where it is said, the place."""
        period = self.period(said)
        if said.place:
            return self.by_place.get((said.place, period), []) + self.by_place.get(("", period), [])
        return [slot for slot in self.all if slot.period == period]

    def could_be(self, said: Said, on: str | None) -> list[Slot]:
        """The works that something without a day can be, none issued after the day of the citing text."""
        if self.alone:
            return self.all
        period = self.period(said)
        month = said.issued or ""
        found = [
            slot
            for slot in self.all
            if (not said.place or not slot.place or slot.place == said.place)
            and (not period or slot.period.startswith(period))
            and (not slot.issued or not month or slot.issued.startswith(month))
            and self._kind_fits(slot, said)
        ]
        if on:
            return [slot for slot in found if not slot.issued or slot.issued[: len(on)] <= on] or found
        return found

    def _kind_fits(self, slot: Slot, said: Said) -> bool:
        kind = self.kind(said)
        if kind and slot.kind:
            return kind == slot.kind
        return not self._misprinted(slot) or said.type == (slot.held and slot.held.said.type)

    def _misprinted(self, slot: Slot) -> bool:
        """Whether a text bears the number of a local office by a slip: a circular headed ``97/2025/QĐ-UBND``."""
        held = slot.held.said if slot.held else None
        local = held is not None and not self.central and not held.place
        return bool(local and held and self.told and held.type not in ANY_TYPE and held.type != self.told)
