"""The mentions of one text resolved without saving it: by itself, the catalogue, and a base where there is one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from graphs.alone import SHORT_RE, Known, mentions_by_key, resolve_by_catalogue, resolve_keys
from graphs.decided import load_decisions
from graphs.resolve import Mention, Resolution
from graphs.update import fuller_works, known_works, mention_of, names_called
from kb.models import Citation
from kb.store import graph as rows
from kb.store import resolving
from kb.store.engine import said
from kb.store.store import Store


def resolve_alone(
    citations: Sequence[Citation], home: str = "", on: str | None = None, store: Store | None = None
) -> list[Resolution | None]:
    """What each citation means, None for a mere pointer into the text itself.

    `home` is the place of the citing body, `on` the ISO day of the text. Without a base the shipped catalogue is
    all that is known.
    """
    if store is None:
        return resolve_by_catalogue(citations, home, on)
    with said(), store.connect() as connection:
        found = _in_base(connection, mentions_by_key(citations, home, on))
    return [found.get(at) for at in range(len(citations))]


def _in_base(connection: rows.Base, own: dict[str, list[Mention]]) -> dict[int, Resolution]:
    keys = sorted(own)
    held, catalogued = known_works(connection, keys)
    others: dict[str, list[Mention]] = defaultdict(list)
    for row in resolving.mention_rows(connection, keys):
        others[row.work_key].append(mention_of(row))
    short = [key for key in keys if SHORT_RE.fullmatch(key) or not key[:1].isdigit()]
    titles = {key: [mention.said.title for mention in own[key] if mention.said.title] for key in short}
    names = names_called(title for some in titles.values() for title in some)
    called = resolving.laws_called(connection, sorted(names))
    fuller = {key: fuller_works(connection, key, titles[key], called) for key in short}
    known = Known(held, catalogued, others, fuller)
    return resolve_keys(own, known, load_decisions(connection).apply)
