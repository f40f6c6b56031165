"""Mentions resolved: every document held or only cited is one work, every mention means one, several or none.

Mentions are grouped by key (`kb.mentions`); what a group says is a pure function of what stands in it, so that the
order of arrival never matters and a document that arrives touches its own groups only. A number is no identity:
numbers of an office begin again every year, so place and year of issue part works that share a number, and a date
within one year that differs is a slip, said so. What cannot be told apart stays ambiguous with all candidates.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha1

from graphs.slots import ANY_TYPE, Node, Said, Slot, Slots
from kb.bilingual import Bilingual, both
from kb.models import ResolutionStatus
from kb.numbers import DOUBTS

RESOLVED, KNOWN = ResolutionStatus.RESOLVED, ResolutionStatus.KNOWN
AMBIGUOUS, SUSPECT, UNREADABLE = (
    ResolutionStatus.AMBIGUOUS,
    ResolutionStatus.SUSPECT,
    ResolutionStatus.UNREADABLE,
)
_DAY = len("2025-07-01")
#: Why people must look at a mention. Kept as text; `kb.bilingual.recalled` has the English again.
SAME_NUMBER = Bilingual(
    "{n} văn bản cùng số, ký hiệu; lời dẫn không đủ để phân biệt",
    "{n} documents bear this number; the mention does not say enough to tell them apart",
)
SHORT_NUMBER = Bilingual("số rút gọn, {n} văn bản có thể", "a short number, which {n} documents may mean")
MISREAD = both("số, ký hiệu có vẻ sai", "the number looks wrong")
REASONS = (SAME_NUMBER, SHORT_NUMBER, MISREAD, *DOUBTS)
#: Letters of a key in an id; of a longer one (a scheme's name) a piece of its hash stands for the rest.
_KEY = 80


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention: what it says, where it stands, in which work of which day."""

    said: Said
    version: int
    position: int
    source: str = ""
    on: str | None = None
    status: str | None = None
    reason: str | None = None
    antecedent: int | None = None


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a mention means: one node, candidates or nothing, and why."""

    mention: Mention
    status: ResolutionStatus
    target: str | None
    candidates: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Group:
    """All that bears one key."""

    key: str
    held: Sequence[Node] = ()
    catalogued: Sequence[Said] = ()
    mentions: Sequence[Mention] = ()
    candidates: Sequence[Node] = ()  # works under fuller keys, for short numbers and names


def resolve_group(group: Group) -> tuple[list[Node], list[Resolution]]:
    """The works that bear a key, and what each mention of it means.

    >>> def cite(at: int, issued: str) -> Mention:
    ...     return Mention(Said("66/NQ-CP", "Nghị quyết", issued=issued, year=int(issued[:4])), 1, at)
    >>> nodes, found = resolve_group(Group("66-nq-cp", mentions=[cite(0, "2024-05-09"), cite(1, "2025-03-26")]))
    >>> [node.id for node in nodes], [(one.target, one.status.value) for one in found]
    ... # doctest: +NORMALIZE_WHITESPACE
    (['66-nq-cp.2024-05-09', '66-nq-cp.2025-03-26'],
     [('66-nq-cp.2024-05-09', 'known'), ('66-nq-cp.2025-03-26', 'known')])
    """
    mentions = sorted(group.mentions, key=lambda one: (one.version, one.position))
    good = [one for one in mentions if one.antecedent is None and one.status is None]
    slots = Slots(
        group.key,
        [node.said.number for node in group.held]
        + [said.number for said in group.catalogued]
        + [one.said.number for one in good],
    )
    _seed(slots, group)
    meant: dict[tuple[int, int], tuple[list[Slot], str]] = {}
    if not group.candidates:
        _place_dated(slots, [one for one in good if _dated(one.said) or slots.alone], meant)
        _place_undated(slots, [one for one in good if not (_dated(one.said) or slots.alone)], meant)
    nodes = _nodes(slots)
    if group.candidates:
        more, resolutions = _resolve_short(group, good)
        nodes += more
    else:
        resolutions = {_at(one): _resolution(one, *meant[_at(one)]) for one in good}
    done = [_finish(one, resolutions, nodes) for one in mentions]
    return nodes, done


def _seed(slots: Slots, group: Group) -> None:
    for node in sorted(group.held, key=lambda node: node.id):
        slot = slots.add(node.said)
        slot.held = node
    for said in sorted(group.catalogued, key=_said_key):
        same = [slot for slot in slots.same(said) if slot.known is None or slots.alone]
        if not same and not said.issued:
            same = slots.could_be(said, None)
        exact = next((slot for slot in same if slot.issued == said.issued), None)
        slot = (same[0] if len(same) == 1 else exact) or slots.add(said)
        slot.known = slot.known or said


def _place_dated(
    slots: Slots, mentions: Iterable[Mention], meant: dict[tuple[int, int], tuple[list[Slot], str]]
) -> None:
    """Mentions with a day; those that name a place first, so that those that do not can join them."""
    for one in sorted(mentions, key=lambda one: (not one.said.place, _said_key(one.said), _at(one))):
        same = slots.same(one.said)
        if not same:
            same = [slots.add(one.said)]
        if len(same) == 1 and _dated(one.said):
            same[0].dates[one.said.issued or ""] += 1
        if len(same) == 1:
            same[0].said.append(one.said)
        meant[_at(one)] = (same, "")


def _place_undated(
    slots: Slots, mentions: Sequence[Mention], meant: dict[tuple[int, int], tuple[list[Slot], str]]
) -> None:
    in_text: dict[int, set[int]] = defaultdict(set)
    for (version, _), (found, _) in meant.items():
        if len(found) == 1:
            in_text[version].add(id(found[0]))
    left: list[Mention] = []
    for one in mentions:
        found = slots.could_be(one.said, one.on)
        reason = ""
        if len(found) > 1:
            near = [slot for slot in found if id(slot) in in_text[one.version]]
            if len(near) == 1:
                found, reason = near, "cùng số, ký hiệu đã dẫn đủ ngày trong văn bản"
        if found:
            meant[_at(one)] = (found, reason)
            if len(found) == 1:
                found[0].said.append(one.said)
        else:
            left.append(one)
    # What says a year makes a work that what says none can join.
    for one in sorted(
        left, key=lambda one: (not (one.said.year or one.said.issued), not one.said.place, _at(one))
    ):
        found = slots.could_be(one.said, one.on) or [slots.add(one.said)]
        meant[_at(one)] = (found, "")
        if len(found) == 1:
            found[0].said.append(one.said)


def _nodes(slots: Slots) -> list[Node]:
    """The works, each with its id; a slot nobody speaks of makes none."""
    nodes = []
    taken: set[str] = {slot.held.id for slot in slots.all if slot.held}
    for slot in sorted(slots.all, key=lambda slot: (slot.held is None, slot.place, slot.issued or "", slot.kind)):
        if slot.held:
            held = slot.held.said
            said = held if held.issued else replace(held, issued=slot.issued)
            slot.node = replace(slot.held, said=said, catalogued=slot.known is not None)
        else:
            said = _summary(slot)
            name = _node_id(slots, slot, said)
            while name in taken:
                name += ".2"
            taken.add(name)
            slot.node = Node(name, said, catalogued=slot.known is not None)
        nodes.append(slot.node)
    return nodes


def _summary(slot: Slot) -> Said:
    """What is known of a work that is not held: the catalogue's word first, then what most mentions say."""
    known = slot.known
    sources = [known] if known else []

    def most(name: str) -> str | None:
        for said in sources:
            if getattr(said, name):
                return str(getattr(said, name))
        counted = Counter(value for said in slot.said if (value := getattr(said, name)))
        return min(counted, key=lambda value: (-counted[value], value)) if counted else None

    issued = slot.issued or most("issued")
    year = int(issued[:4]) if issued else int(slot.period[:4]) if slot.period else None
    return Said(most("number"), most("type"), most("issuer"), slot.place, issued, year, most("title"))


def _node_id(slots: Slots, slot: Slot, said: Said) -> str:
    key = slots.key.replace(".", "-")
    if len(key) > _KEY:
        key = f"{key[: _KEY - 11]}-{sha1(key.encode(), usedforsecurity=False).hexdigest()[:10]}"
    parts = [key, slot.kind, slot.place[:60]]
    if not slots.alone:
        parts.append(said.issued or slot.period)
    return ".".join(filter(None, parts))


def _resolution(one: Mention, found: list[Slot], reason: str) -> Resolution:
    nodes = [slot.node for slot in found if slot.node]
    if len(nodes) == 1:
        node = nodes[0]
        told = reason or one.reason or ("có trong kho" if node.held else "chỉ được dẫn, chưa có trong kho")
        if one.said.issued != node.said.issued and node.said.issued and _dated(one.said):
            told = f"{told}; ngày ghi {one.said.issued} khác ngày của văn bản {node.said.issued}"
        return Resolution(one, RESOLVED if node.held else KNOWN, node.id, (), told)
    ids = tuple(sorted(node.id for node in nodes))
    return Resolution(one, AMBIGUOUS, None, ids, SAME_NUMBER.format(n=len(ids)))


def _resolve_short(group: Group, good: Sequence[Mention]) -> tuple[list[Node], dict[tuple[int, int], Resolution]]:
    """Mentions by a short number or a name, held against the works under fuller keys."""
    done: dict[tuple[int, int], Resolution] = {}
    for one in good:
        fits = [node for node in group.candidates if _short_fits(one, node)]
        if len(fits) > 1 and not one.said.place:
            fits = [node for node in fits if not node.said.place] or fits
        if len(fits) == 1:
            status = RESOLVED if fits[0].held else KNOWN
            done[_at(one)] = Resolution(one, status, fits[0].id, (), "số rút gọn, một văn bản phù hợp")
        else:
            ids = tuple(sorted(node.id for node in fits or group.candidates))
            done[_at(one)] = Resolution(one, AMBIGUOUS, None, ids, SHORT_NUMBER.format(n=len(ids)))
    return [], done


def _short_fits(one: Mention, node: Node) -> bool:
    said, known = one.said, node.said
    if said.type not in ANY_TYPE and known.type not in ANY_TYPE and said.type != known.type:
        return False
    if said.place and known.place and said.place != known.place:
        return False
    if _dated(said) and known.issued and said.issued != known.issued:
        return False
    if said.year and known.year and said.year != known.year:
        return False
    return not (one.on and known.issued and known.issued > one.on)


def _finish(one: Mention, done: dict[tuple[int, int], Resolution], nodes: list[Node]) -> Resolution:
    if one.antecedent is not None:
        root = done.get((one.version, one.antecedent))
        if root:
            return replace(root, mention=one, reason="nhắc lại văn bản đã dẫn ở trên")
        return Resolution(one, UNREADABLE, None, (), "không rõ văn bản được nhắc lại")
    if one.status is not None:
        status = ResolutionStatus(one.status)
        near = tuple(sorted(node.id for node in nodes))
        return Resolution(one, status, None, near, one.reason or MISREAD)
    return done[_at(one)]


def _dated(said: Said) -> bool:
    return said.issued is not None and len(said.issued) == _DAY


def _at(one: Mention) -> tuple[int, int]:
    return one.version, one.position


def _said_key(said: Said) -> tuple[str, ...]:
    return (said.issued or "", said.place, said.type or "", said.issuer or "", said.number or "", said.title or "")
