"""The life of a work: its changes with their days, worked out, and the intervals of force they make.

The day of a change often hangs on another text: a repeal works when the act that repeals takes effect, a document
that details another may fall with it. Such days are looked up here, one work after another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from graphs.falls import AMENDS, Act, falls_with_amended, falls_with_parents, only_amends, overtaken
from kb.bilingual import both
from kb.lawrules import default_start, has_formal_end, power_of, rank_of
from kb.models import Change, When
from kb.numbers import parse_number
from kb.store import graph as rows
from kb.store.graph import Base, Record
from kb.store.graph_schema import is_told
from kb.validity import ENDS, LATEST, Event, Evidence, Origin, Validity, Word, build_validity

_DAY = len("2025-07-01")
_OWN = (Change.START.value, Change.MOVE.value)
#: How far one life may hang on another before it is left unknown.
DEPTH = 6


class Lives:
    """Reads lives from the base and keeps what it has read."""

    def __init__(self, connection: Base, everything: bool = False) -> None:
        self._connection = connection
        self._nodes: dict[str, Any] = {}
        self._changes: dict[str, list[Record]] = {}
        self._targets: dict[tuple[int, int], str | None] = {}
        self._starts: dict[tuple[str, str], tuple[str | None, str]] = {}
        self._ranks: dict[str, int | None] = {}
        self._powers: dict[str, int | None] = {}
        self._changed: dict[str, list[Event]] = {}
        self._all = everything
        self._acts: dict[str, list[Record]] = {}
        if everything:
            self._nodes = {row.id: row for row in rows.node_rows(connection, "id", None)}
            grouped: dict[str, list[Record]] = defaultdict(list)
            for row in rows.change_rows(connection, "node_id", None):
                grouped[row.node_id].append(row)
            self._changes = dict(grouped)
            self._acts = defaultdict(list)
            for changes in grouped.values():
                for row in changes:
                    if row.by_id and row.change in AMENDS:
                        self._acts[row.by_id].append(row)

    def read_ahead(self, names: Sequence[str]) -> None:
        """Read the nodes and changes of many works in four questions; each one asked for later costs none."""
        wanted = [name for name in names if name not in self._changes]
        changes: dict[str, list[Record]] = {name: [] for name in wanted}
        for row in rows.change_rows(self._connection, "node_id", wanted):
            changes[row.node_id].append(row)
        self._changes.update(changes)
        acts: dict[str, list[Record]] = {name: [] for name in wanted}
        for row in rows.change_rows(self._connection, "by_id", wanted):
            acts[row.by_id].append(row)
        self._acts.update(acts)
        read = [row for found in (*changes.values(), *acts.values()) for row in found]
        beside = {name for row in read for name in (row.node_id, row.by_id) if name}
        new = sorted(beside.union(wanted) - self._nodes.keys())
        self._nodes |= dict.fromkeys(new) | {row.id: row for row in rows.node_rows(self._connection, "id", new)}
        places = {(row.version_id, row.other) for row in read if None not in (row.version_id, row.other)}
        places -= self._targets.keys()
        self._targets.update(dict.fromkeys(places))
        self._targets.update(rows.targets_of(self._connection, sorted(places)))

    def known(self) -> list[str]:
        """The works whose changes have been read."""
        return sorted(self._changes)

    def over(self, connection: Base) -> Lives:
        """These lives, what is still unread asked over another connection."""
        self._connection = connection
        return self

    def node(self, name: str) -> Record | None:
        """The row of a work."""
        if name not in self._nodes and not self._all:
            found = rows.node_rows(self._connection, "id", [name])
            self._nodes[name] = found[0] if found else None
        return self._nodes.get(name)

    def read(self, names: Sequence[str]) -> None:
        """Read some works, those that act on them and their changes in a few queries instead of two a work."""
        if self._all:
            return
        self._read_many(names)
        acting = {row.by_id for name in names for row in self._changes[name] if row.by_id}
        self._read_many(sorted(acting - self._changes.keys()))

    def _read_many(self, names: Sequence[str]) -> None:
        self._nodes |= {row.id: row for row in rows.node_rows(self._connection, "id", names)}
        grouped: dict[str, list[Record]] = {name: [] for name in names}
        for row in rows.change_rows(self._connection, "node_id", names):
            grouped[row.node_id].append(row)
        self._changes |= grouped

    def validity(self, name: str, place: str = "", depth: int = 0) -> Validity:
        """The intervals of a work or of a part of it."""
        node = self.node(name)
        formal = node is None or has_formal_end(node.number, node.type)
        return build_validity(self.events(name, depth), place, formal)

    def events(self, name: str, depth: int = 0) -> list[Event]:
        """All changes of a work with their days, and those that follow from a rule of law."""
        node = self.node(name)
        found = self._told(name, node, depth)
        if node is not None and node.held and not any(e.change is Change.START and not e.place for e in found):
            found += self._by_default(node)
        return found + self._with_parents(name, depth) + self._with_amended(name, node, depth)

    def _told(self, name: str, node: Record | None, depth: int) -> list[Event]:
        """The changes of a work that texts, the catalogue or people tell."""
        told = [row for row in self._read(name) if row.change != Change.DETAILS.value and self._may(row, node)]
        return [_not_before(self._event(row, depth), node) for row in told]

    def _told_of(self, name: str, depth: int) -> list[Event]:
        """The same, kept: many amendments of one law ask for what happened to it since."""
        if name not in self._changed:
            self._changed[name] = [e for e in self._told(name, self.node(name), depth) if e.place and e.by]
        return self._changed[name]

    def _with_amended(self, name: str, node: Record | None, depth: int) -> list[Event]:
        """What is left of a document that only amends others, as those end."""
        if node is None or depth > DEPTH or not only_amends(node.title):
            return []
        done = (row for row in self._read_acts(name) if not is_told(row))
        changing = (row for row in done if row.change in AMENDS and row.node_id != name)
        acts = [Act(row.node_id, row.place, row.article, self._called(row.node_id)) for row in changing]
        born = self.start(name, None, depth + 1)[0]
        found = falls_with_amended(acts, lambda target: self._end(target, depth + 1), born)
        later = {act.target: self._told_of(act.target, depth + 1) for act in acts if act.place}
        return found + overtaken(name, acts, later, born)

    def _called(self, name: str) -> str:
        node = self.node(name)
        return str(node.number or node.title or name) if node is not None else name

    def start(self, name: str, article: str | None = None, depth: int = 0) -> tuple[str | None, str]:
        """The first day of force of a work, or of one of its articles, and how sure that is."""
        asked = (name, article or "")
        if asked in self._starts:
            return self._starts[asked]
        self._starts[asked] = None, "derived"  # what hangs on itself has no start
        self._starts[asked] = self._find_start(name, article, depth)
        return self._starts[asked]

    def _find_start(self, name: str, article: str | None, depth: int) -> tuple[str | None, str]:
        own = [self._event(row, depth + 1) for row in self._read(name) if row.change in _OWN]
        node = self.node(name)
        if not any(not event.place for event in own) and node is not None:
            own += self._by_default(node)
        validity = build_validity(own, f"điều {article}" if article else "")
        first = next((part for part in validity.intervals if part.word is Word.IN_FORCE), None)
        if first is None:
            return None, "derived"
        deciding = [e for e in own if e.on == first.start]
        return first.start, min((e.certainty for e in deciding), key=_CERTAINTY.index, default="derived")

    def _may(self, row: Record, node: Record | None) -> bool:
        """Whether the acting document can do this: none of a lower body changes what a higher one issued."""
        by = self._by(row)
        acting = self.node(by) if by else None
        if acting is None or node is None or row.change not in _DEEDS:
            return True
        low, high = self._power(acting), self._rank(node)
        announced = row.change == Change.END.value and self._rank(acting) is None  # a list of what has ended
        return announced or low is None or high is None or low <= high

    def _by(self, row: Record) -> str | None:
        """The work that acts: that of the text, or the one that the text says did it."""
        if is_told(row):
            return self._target(row.version_id, row.other) or row.by_id
        return str(row.by_id) if row.by_id else None

    def _rank(self, node: Record) -> int | None:
        if node.id not in self._ranks:
            self._ranks[node.id] = rank_of(node.number, node.type)
        return self._ranks[node.id]

    def _power(self, node: Record) -> int | None:
        if node.id not in self._powers:
            self._powers[node.id] = power_of(node.number, node.type)
        return self._powers[node.id]

    def _read(self, name: str) -> list[Record]:
        if name not in self._changes:
            found = [] if self._all else rows.change_rows(self._connection, "node_id", [name])
            self._changes[name] = found
        return self._changes[name]

    def _read_acts(self, name: str) -> list[Record]:
        """The changes that a work makes to others."""
        if name not in self._acts:
            found = [] if self._all else rows.change_rows(self._connection, "by_id", [name])
            self._acts[name] = found
        return self._acts[name]

    def around(self, name: str) -> list[Record]:
        """The changes of a work and those that it makes to others."""
        return [*self._read(name), *self._read_acts(name)]

    def _event(self, row: Record, depth: int) -> Event:
        on, certainty = self._day(row, depth)
        evidence = None
        rule = row.rule
        if on and row.change == Change.START.value and certainty == "derived" and self._undated(row):
            rule = LATEST
        if on and row.when == When.TOLD.value and certainty == "derived":
            rule = TOLD_LATEST
        if row.origin == "text":
            evidence = Evidence(
                row.by_id or row.node_id, row.unit, row.start, row.end, None, None, " ".join(row.text.split())
            )
        elif row.text:
            evidence = Evidence(row.node_id, text=row.text)
        return Event(
            Change(row.change),
            on,
            row.place,
            tuple(filter(None, row.saved.split("; "))),
            self._by(row),
            Origin(row.origin),
            certainty,
            rule,
            row.until,
            evidence,
        )

    def _undated(self, row: Record) -> bool:
        node = self.node(row.by_id or row.node_id)
        return When(row.when) in (When.SIGNING, When.PUBLICATION) and (node is None or not node.issued)

    def _day(self, row: Record, depth: int) -> tuple[str | None, str]:
        """The day of a change and how sure it is."""
        if row.on:
            return row.on, row.certainty
        when = When(row.when)
        if when in (When.SIGNING, When.PUBLICATION):
            node = self.node(row.by_id or row.node_id)
            day = _later(node.issued, row.days) if node is not None else None
            if day is None and node is not None:
                return _latest(node.number, row.days), "derived"
            return day, row.certainty if when is When.SIGNING else "derived"
        if when is When.ACT and row.by_id and depth <= DEPTH:
            on, sure = self.start(row.by_id, row.article if row.origin == "text" else None, depth + 1)
            return on, _weaker(row.certainty, sure)
        if when is When.TOLD and depth <= DEPTH:
            by, teller = self._by(row), self.node(row.by_id)
            on, sure = self.start(by, None, depth + 1) if by else (None, "")
            return (on, _weaker(row.certainty, sure)) if on else (teller and teller.issued, "derived")
        if when in (When.WITH, When.UNTIL) and row.other is not None and depth <= DEPTH:
            other = self._target(row.version_id, row.other)
            if other and when is When.WITH:
                on, sure = self.start(other, None, depth + 1)
                return on, _weaker(row.certainty, sure)
            if other:
                return self._end(other, depth + 1), row.certainty
        return None, row.certainty

    def _target(self, version: int, position: int) -> str | None:
        place = (version, position)
        if place not in self._targets:
            self._targets[place] = rows.targets_of(self._connection, [place]).get(place)
        return self._targets[place]

    def _end(self, name: str, depth: int) -> str | None:
        validity = self.validity(name, "", depth)
        last = validity.intervals[-1]
        return last.start if last.word is Word.EXPIRED else None

    def _by_default(self, node: Record) -> list[Event]:
        """The first day the law allows, for a held document whose text says none."""
        if not node.issued or not has_formal_end(node.number, node.type):
            return []
        told = default_start(node.issued, node.number)
        if told is None:
            return []
        return [Event(Change.START, told[0], origin=Origin.LAW, certainty="derived", rule=told[1])]

    def _with_parents(self, name: str, depth: int) -> list[Event]:
        """What becomes of a document when those that it details end."""
        parents = []
        for row in self._read(name):
            if row.change != Change.DETAILS.value:
                continue
            parent = row.by_id
            if row.other is not None and row.version_id is not None:
                parent = self._target(row.version_id, row.other)
            if parent and parent != name:
                parents.append(parent)
        if not parents or depth > DEPTH:
            return []
        born = self.start(name, None, depth + 1)[0]
        return falls_with_parents(parents, lambda parent: self._end(parent, depth + 1), born)


#: The rule of a change that a text only tells: its day is not known, that of the text is the last it can be.
TOLD_LATEST = both(
    "chưa biết ngày; muộn nhất là ngày của văn bản nêu việc này",
    "the day is not known; no later than the text that tells it",
)
_DEEDS = frozenset(change.value for change in (Change.AMEND, Change.INSERT, *ENDS, Change.SUSPEND))


def _not_before(event: Event, node: Record | None) -> Event:
    """What is said to happen before a document was issued happened to another: it keeps its proof, not its day."""
    if node is None or not node.issued or not event.on or event.change in (Change.START, Change.MOVE):
        return event
    if event.on >= node.issued[: len(event.on)]:
        return event
    return replace(
        event,
        on=None,
        rule=both("ngày nêu trước ngày ban hành văn bản này", "the day told is before this document was issued"),
    )


_CERTAINTY = ("text", "official", "general", "derived")


def _weaker(one: str, other: str) -> str:
    return max(one, other, key=_CERTAINTY.index)


def _latest(number: str | None, days: int) -> str | None:
    """The last day that a document can have begun on, of which only the year is known, by its number.

    >>> _latest("45/2025/QĐ-TTg", 0), _latest("45/QĐ-TTg", 0)
    ('2025-12-31', None)
    """
    parsed = parse_number(number) if number else None
    year = parsed.year if parsed and parsed.printed_year else None
    return _later(f"{year}-12-31", days) if year else None


def _later(issued: str | None, days: int) -> str | None:
    if not issued or len(issued) != _DAY:
        return None
    return (date.fromisoformat(issued) + timedelta(days=days)).isoformat()
