"""The mentions of one text resolved by themselves and the shipped catalogue: no base, nothing heavy."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias

from graphs.resolve import Group, Mention, Resolution, resolve_group
from graphs.slots import Node, Said
from kb.catalogue import read_catalogue, shipped_folder
from kb.mentions import root_of, work_key
from kb.models import Citation, CitationKind, ResolutionStatus
from kb.store.prepared import mention_columns
from kb.works import place_of

SHORT_RE = re.compile(r"\d+[a-z]?(?:\.\d+)?-(?:19|20)\d\d")
#: Works and resolutions of a key, as they stand after what people decided.
Settle: TypeAlias = Callable[[str, list[Node], list[Resolution]], tuple[list[Node], list[Resolution]]]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known beside a text, by key: works held and catalogued, mentions of others, works of fuller keys."""

    held: Mapping[str, Sequence[Node]] = field(default_factory=dict)
    catalogued: Mapping[str, Sequence[Said]] = field(default_factory=dict)
    others: Mapping[str, Sequence[Mention]] = field(default_factory=dict)
    fuller: Mapping[str, Sequence[Node]] = field(default_factory=dict)


def resolve_by_catalogue(
    citations: Sequence[Citation], home: str = "", on: str | None = None
) -> list[Resolution | None]:
    """What each citation means by the shipped catalogue, None for a mere pointer into the text itself.

    `home` is the place of the citing body, `on` the ISO day of the text.
    """
    found = resolve_keys(mentions_by_key(citations, home, on), Known(catalogued=_shipped()))
    return [found.get(at) for at in range(len(citations))]


def name_itself(
    citations: Sequence[Citation], resolved: Sequence[Resolution | None], own: str, status: ResolutionStatus
) -> list[Resolution | None]:
    """What is resolved; its own number and ``Nghị định này`` mean the work `own`, the text itself."""
    found = list(resolved)
    for at, citation in enumerate(citations):
        if found[at] is None and citations[root_of(citations, at)].kind is CitationKind.SELF:
            mention = Mention(Said(citation.number, citation.type), 0, at)
            found[at] = Resolution(mention, status, own, (), "chính văn bản này")
    return found


def mentions_by_key(citations: Sequence[Citation], home: str, on: str | None) -> dict[str, list[Mention]]:
    """The mentions of a text that name documents, by key."""
    own: dict[str, list[Mention]] = defaultdict(list)
    for at, (citation, told) in enumerate(zip(citations, mention_columns(citations, home, on), strict=True)):
        if told["work_key"]:
            issued = citations[told["antecedent"]].issued if told["antecedent"] is not None else citation.issued
            what = Said(
                told["number"],
                citation.type,
                citation.issuer,
                told["place"] or "",
                issued,
                told["year"],
                told["title"],
            )
            mention = Mention(what, 0, at, "", on, told["status"], told["reason"], told["antecedent"])
            own[told["work_key"]].append(mention)
    return own


def resolve_keys(
    own: Mapping[str, Sequence[Mention]],
    known: Known,
    settle: Settle | None = None,
) -> dict[int, Resolution]:
    """What the mentions of a text mean, by position; `settle` puts over it what people decided."""
    found: dict[int, Resolution] = {}
    made: list[tuple[str, Node]] = []
    for key in sorted(own, key=lambda key: (bool(SHORT_RE.fullmatch(key)), key)):
        candidates = {node.id: node for node in known.fuller.get(key, ())}
        if SHORT_RE.fullmatch(key):
            candidates |= {node.id: node for other, node in made if other.startswith(key + "-")}
            if not candidates:
                told = {other: says for other, says in known.catalogued.items() if other.startswith(key + "-")}
                candidates = {
                    node.id: node
                    for other, says in told.items()
                    for node in resolve_group(Group(other, catalogued=says))[0]
                }
        group = Group(
            key,
            known.held.get(key, ()),
            known.catalogued.get(key, ()),
            [*known.others.get(key, ()), *own[key]],
            list(candidates.values()),
        )
        nodes, resolved = resolve_group(group)
        if settle:
            nodes, resolved = settle(key, nodes, resolved)
        made += [(key, node) for node in nodes]
        found |= {one.mention.position: one for one in resolved if one.mention.version == 0}
    return found


@lru_cache(maxsize=1)
def _shipped() -> dict[str, list[Said]]:
    """The works of the shipped catalogue by key."""
    found: dict[str, list[Said]] = defaultdict(list)
    path = shipped_folder() / "works.csv"
    listed: Iterable[dict[str, str]] = read_catalogue(path, path.read_bytes(), "").works if path.is_file() else ()
    for row in listed:
        issued = row["issued"] or None
        place = place_of(row["issuer"])
        year = int(issued[:4]) if issued else None
        what = Said(
            row["number"], row["type"] or None, row["issuer"] or None, place, issued, year, row["title"] or None
        )
        found[work_key(row["number"])].append(what)
    return dict(found)
