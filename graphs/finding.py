"""The work that a person means: by id, former id, URL, or number as people type it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from kb.names import key_of_name, work_key
from kb.store import graph as rows
from kb.store.engine import said
from kb.store.store import Store
from kb.text.normalize import fold, nfc
from kb.vocabulary.types import load_types

#: "Nghị quyết số 76/NQ-CP năm 2021": words, number, year.
_TYPED_RE = re.compile(
    r"(?P<words>[^\d]*?)\s*(?:\bsố:?\s*)?(?P<number>\d+[a-zđ]?(?:\.\d+)?\s*[/-].*?|\d+[a-z]?)"
    r"(?:,?\s+(?:năm\s+|ngày\s+)?(?:(?P<d>\d{1,2})[/-](?P<m>\d{1,2})[/-])?(?P<y>(?:19|20)\d\d))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FoundWork:
    """A work as a list shows it."""

    id: str
    number: str | None
    type: str | None
    issuer: str | None
    issued: str | None
    title: str | None
    held: bool
    catalogued: bool
    place: str = ""


def find_works(store: Store, text: str) -> list[FoundWork]:
    """The works that a text can mean, held or only known of: none, one or several."""
    wanted = " ".join(nfc(text).split())
    name = re.sub(r"[?#].*$", "", wanted).rstrip("/").rsplit("/", 1)[-1] if "://" in wanted else wanted
    with said(), store.connect() as connection:
        found = rows.node_rows(connection, "id", [name])
        if not found:
            now = rows.former_node(connection, name)
            found = rows.node_rows(connection, "id", [now]) if now else []
        if not found and "://" not in wanted:
            found = _by_number(connection, wanted) or _by_name(connection, wanted)
    return sorted(map(_work, found), key=lambda work: (work.issued or "", work.id))


def _by_number(connection: rows.Base, text: str) -> list[rows.Record]:
    typed = _TYPED_RE.fullmatch(text)
    if typed is None:
        return []
    found = rows.nodes_like(connection, work_key(typed["number"]))
    words = fold(typed["words"]).strip()
    if words:
        meant = _coded(words.split()[-1])
        found = [row for row in found if not row.type or words.endswith(fold(row.type)) or fold(row.type) in meant]
    year = typed["y"]
    if year:
        day = f"{year}-{int(typed['m']):02d}-{int(typed['d']):02d}" if typed["d"] else ""
        found = [row for row in found if _of_year(row, year) and (not day or row.issued in (None, day))]
    exact = [row for row in found if row.work_key == work_key(typed["number"])]
    return exact or found


@lru_cache(maxsize=64)
def _coded(code: str) -> frozenset[str]:
    """The types, folded, that a code stands for as people type it: "nđ 30/2020", "qd 1085"."""
    return frozenset(fold(row.name) for row in load_types() if code in map(fold, row.codes))


def _of_year(row: rows.Record, year: str) -> bool:
    if row.issued:
        return bool(row.issued.startswith(year))
    return f"-{year}-" in row.work_key or row.id.endswith(f".{year}")


def _by_name(connection: rows.Base, text: str) -> list[rows.Record]:
    """A law by its name: the one in force today."""
    named = re.fullmatch(
        r"(Bộ luật|Luật|Pháp lệnh|Hiến pháp)\s+(.+?)(?:\s+(?:năm\s+)?((?:19|20)\d\d))?", text, re.IGNORECASE
    )
    if named is None:
        return []
    kind = named[1][0].upper() + named[1][1:].lower()
    key = key_of_name(named[2], kind, int(named[3]) if named[3] else None, "9999-12-31")
    return rows.node_rows(connection, "work_key", [key.key])


def works_by_id(store: Store, ids: Iterable[str]) -> dict[str, FoundWork]:
    """What is known of works, by id; an id that nothing is known of is left out."""
    with said(), store.connect() as connection:
        found = rows.node_rows(connection, "id", sorted(set(ids)))
    return {row.id: _work(row) for row in found}


def _work(row: rows.Record) -> FoundWork:
    names = ("id", "number", "type", "issuer", "issued", "title", "held", "catalogued", "place")
    return FoundWork(*[getattr(row, name) for name in names])
