"""What people decided about works: merged, split, pinned. It outlives every rebuild.

A merge says that one work is another; a pin says which work a mention means, whatever resolution thinks; a split
is several pins to a work of its own. A decision names works by id and mentions by the
hash of their file and offset.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace

from graphs.resolve import Resolution
from graphs.slots import Node
from kb.models import ResolutionStatus
from kb.store.graph import Base, decision_rows, mention_place


@dataclass(slots=True)
class Decisions:
    """Merges by the id they do away with, pins by mention; `keys` joins the keys that one decision touches."""

    merges: dict[str, str] = field(default_factory=dict)
    pins: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
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
        held = {node.id for node in nodes if node.held}
        done, extra = [], {}
        for one in resolved:
            pin = self.pins.get((one.mention.version, one.mention.position))
            if pin:
                name, why = pin
                if name not in {node.id for node in nodes}:
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
            for sha256, start in told["mentions"]:
                place = mention_place(connection, sha256, start)
                if place:
                    found.pins[place] = (told["into"], f"{_WORDS[row.kind]} theo quyết định của người dùng")
        found.keys.append(frozenset(told["keys"]))
    return found


_WORDS = {"pin": "ghim", "split": "tách"}


def _status(name: str, held: set[str]) -> ResolutionStatus:
    return ResolutionStatus.RESOLVED if name in held else ResolutionStatus.KNOWN
