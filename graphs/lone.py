"""The mentions of one text resolved without saving it: by itself, the catalogue, and a base where there is one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from graphs.decided import Decisions, load_decisions
from graphs.resolve import Group, Mention, Resolution, resolve_group
from graphs.slots import Node, Said
from graphs.update import fuller_works, known_works, mention_of
from kb.catalogue import read_catalogue
from kb.mentions import work_key
from kb.models import Citation
from kb.store import graph as rows
from kb.store.catalogue import shipped_folder
from kb.store.engine import said
from kb.store.prepared import mention_columns
from kb.store.store import Store
from kb.works import place_of

_SHORT_RE = re.compile(r"\d+[a-z]?(?:\.\d+)?-(?:19|20)\d\d")


def resolve_alone(
    citations: Sequence[Citation], home: str = "", on: str | None = None, store: Store | None = None
) -> list[Resolution | None]:
    """What each citation means, None for a mere pointer into the text itself.

    `home` is the place of the citing body, `on` the ISO day of the text. Without a base the shipped catalogue is
    all that is known.
    """
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
    if store is None:
        found = _resolve(own, *_shipped(), {}, {}, Decisions())
    else:
        with said(), store.connect() as connection:
            found = _in_base(connection, own)
    return [found.get(at) for at in range(len(citations))]


def _in_base(connection: rows.Base, own: dict[str, list[Mention]]) -> dict[int, Resolution]:
    keys = sorted(own)
    held, catalogued = known_works(connection, keys)
    others: dict[str, list[Mention]] = defaultdict(list)
    for row in rows.mention_rows(connection, keys):
        others[row.work_key].append(mention_of(row))
    short = [key for key in keys if _SHORT_RE.fullmatch(key) or not key[:1].isdigit()]
    fuller = {
        key: fuller_works(connection, key, [mention.said.title for mention in own[key] if mention.said.title])
        for key in short
    }
    return _resolve(own, held, catalogued, others, fuller, load_decisions(connection))


def _resolve(
    own: dict[str, list[Mention]],
    held: Mapping[str, Sequence[Node]],
    catalogued: Mapping[str, Sequence[Said]],
    others: Mapping[str, Sequence[Mention]],
    fuller: Mapping[str, Sequence[Node]],
    decided: Decisions,
) -> dict[int, Resolution]:
    found: dict[int, Resolution] = {}
    made: list[tuple[str, Node]] = []
    for key in sorted(own, key=lambda key: (bool(_SHORT_RE.fullmatch(key)), key)):
        candidates = {node.id: node for node in fuller.get(key, ())}
        if _SHORT_RE.fullmatch(key):
            candidates |= {node.id: node for other, node in made if other.startswith(key + "-")}
            if not candidates:
                told = {other: says for other, says in catalogued.items() if other.startswith(key + "-")}
                candidates = {
                    node.id: node
                    for other, says in told.items()
                    for node in resolve_group(Group(other, catalogued=says))[0]
                }
        group = Group(
            key,
            held.get(key, ()),
            catalogued.get(key, ()),
            [*others.get(key, ()), *own[key]],
            list(candidates.values()),
        )
        nodes, resolved = decided.apply(key, *resolve_group(group))
        made += [(key, node) for node in nodes]
        found |= {one.mention.position: one for one in resolved if one.mention.version == 0}
    return found


@lru_cache(maxsize=1)
def _shipped() -> tuple[dict[str, list[Node]], dict[str, list[Said]]]:
    """The works of the shipped catalogue by key; no texts."""
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
    return {}, dict(found)
