"""What people decided about works: merged, split, pinned. It outlives every rebuild.

A merge says that one work is another; a pin says which work a mention means, whatever resolution thinks; a split
is several pins to a work of its own; none says that a mention means no work that is known. A decision names works
by id and mentions by the hash of their file and offset.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace

from graphs.resolve import Mention, Resolution
from graphs.slots import Node
from kb.models import ResolutionStatus
from kb.store.graph import Base
from kb.store.resolving import decision_rows, held_among, mention_place


@dataclass(slots=True)
class Decisions:
    """Merges by the id they do away with, pins by mention; `keys` joins the keys that one decision touches.

    `homes` gives the key under which a work stands that a decision names, `held` those whose text is held.
    """

    merges: dict[str, str] = field(default_factory=dict)
    pins: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    homes: dict[str, str] = field(default_factory=dict)
    held: set[str] = field(default_factory=set)
    keys: list[frozenset[str]] = field(default_factory=list)

    def partners(self, keys: set[str]) -> set[str]:
        """The keys that hang on these by a decision."""
        return {key for pair in self.keys if pair & keys for key in pair}

    def apply(
        self, key: str, nodes: list[Node], resolved: list[Resolution]
    ) -> tuple[list[Node], list[Resolution]]:
        """The works and resolutions of a key as people decided them."""
        if not self.merges and not self.pins:
            return nodes, resolved
        held = {node.id for node in nodes if node.held} | self.held
        done, extra = [], {}
        for one in resolved:
            pin = self._pin_of(one.mention)
            if pin and not pin[0]:
                one = replace(one, target=None, candidates=(), reason=pin[1], status=ResolutionStatus.SUSPECT)
            elif pin:
                name, why = pin
                # A work under another key is made there.
                if name not in {node.id for node in nodes} and self.homes.get(name) in (None, key):
                    extra[name] = Node(name, replace(one.mention.said, title=one.mention.said.title))
                one = replace(one, target=name, candidates=(), reason=why, status=_status(name, held))
            if one.target in self.merges:
                name = self.final(one.target)
                one = replace(
                    one, target=name, reason="gộp theo quyết định của người dùng", status=_status(name, held)
                )
            done.append(one)
        alive = [node for node in nodes if node.id not in self.merges or node.held]
        return alive + [extra[name] for name in sorted(extra) if name not in self.merges], done

    def _pin_of(self, mention: Mention) -> tuple[str, str] | None:
        """What was decided of a mention, or of the one that it repeats."""
        found = self.pins.get((mention.version, mention.position))
        if found is None and mention.antecedent is not None:
            return self.pins.get((mention.version, mention.antecedent))
        return found

    def final(self, name: str) -> str:
        """The id that a merged work has in the end."""
        seen = {name}
        while (after := self.merges.get(name)) and after not in seen:
            seen.add(after)
            name = after
        return name


def load_decisions(connection: Base) -> Decisions:
    """The decisions that stand, later ones over earlier ones."""
    found = Decisions()
    for row in decision_rows(connection):
        told = json.loads(row.payload)
        if row.kind == "merge":
            found.merges[told["from"]] = told["into"]
        else:
            why = _WORDS[row.kind]
            for sha256, start in told["mentions"]:
                place = mention_place(connection, sha256, start)
                if place:
                    found.pins[place] = (told["into"], f"{why} theo quyết định của người dùng")
        if told.get("into_key"):
            found.homes[told["into"]] = told["into_key"]
        found.keys.append(frozenset(told["keys"]))
    found.held = held_among(connection, sorted(found.homes))
    return found


_WORDS = {"pin": "ghim", "split": "tách", "none": "không phải văn bản nào đã biết,"}


def _status(name: str, held: set[str]) -> ResolutionStatus:
    return ResolutionStatus.RESOLVED if name in held else ResolutionStatus.KNOWN
