"""What one may mean while typing: abbreviations, numbers, titles; what is known of a number that is not held."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graphs.finding import find_works
from kb.search.answers import Hit
from kb.search.index import SearchIndex, Wanted
from kb.search.wishes import find_wish, number_keys
from kb.store import graph as rows
from kb.store.engine import said
from kb.store.lookup import read_query
from kb.store.store import Store
from kb.text.normalize import fold
from kb.vocabulary.abbreviations import load_abbreviations

#: What a suggestion is.
SHORT, DOCUMENT, CITED = "viết tắt", "văn bản", "chỉ được viện dẫn"
#: Suggestions shown, those of abbreviations among them, and hits looked at for titles.
MOST, _SHORT, _HITS = 8, 2, 20
_NUMBER_RE = re.compile(r"^(?P<words>.*?)\s*(?:\bso:?\s*)?(?P<number>\d[^\s]*)$")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line under the box: what it is, its words, more words; `work` its document, `query` what to search."""

    kind: str
    text: str
    title: str = ""
    work: str = ""
    held: bool = False
    query: str = ""


def suggest(store: Store, index: SearchIndex, typed: str) -> list[Suggestion]:
    """At most `MOST` suggestions for what is being typed; none for less than two letters."""
    words = " ".join(typed.split())
    if len(words) < 2:
        return []
    found: dict[str, Suggestion] = {}
    for one in (*_abbreviations(words), *_numbers(store, words), *_titles(index, words)):
        found.setdefault(one.work or one.text, one)
    return list(found.values())[:MOST]


def _abbreviations(words: str) -> Iterator[Suggestion]:
    """Abbreviations that are typed, or whose words are."""
    asked = fold(words)
    rows_of = [row for row in load_abbreviations() if fold(row.short).startswith(asked)]
    if not rows_of and len(asked) > 4:
        rows_of = [row for row in load_abbreviations() if fold(row.long).startswith(asked)]
    for row in sorted(rows_of, key=lambda row: (len(row.short), row.short))[:_SHORT]:
        yield Suggestion(SHORT, row.short, row.long, query=row.short)


def _numbers(store: Store, words: str) -> Iterator[Suggestion]:
    """Works whose number begins as typed, those held first."""
    typed = _NUMBER_RE.fullmatch(fold(words))
    if typed is None:
        return
    number = typed["number"].lstrip("0")
    head = re.match(r"\d+[a-z]?", number)
    with said(), store.connect() as connection:
        near = rows.node_rows(connection, "head", [head[0]]) if head else []
    near = [
        row
        for row in near
        if fold(row.number or "").lstrip("0").startswith(number)
        and (not typed["words"] or fold(row.type or "").startswith(typed["words"]))
    ]
    for row in sorted(near, key=lambda row: (not row.held, len(row.number or ""), row.number or "")):
        text = " ".join(filter(None, (row.type, row.number)))
        yield Suggestion(DOCUMENT, text, row.title or "", row.id, bool(row.held))


def _titles(index: SearchIndex, words: str) -> Iterator[Suggestion]:
    """Works whose titles hold the words, the last of them perhaps not typed to its end."""
    questions = [words, f"{words}*"] if words[-1:].isalpha() else [words]
    for question in questions:
        answer = index.search(Wanted(question, limit=_HITS, facets=False))
        for hit in answer.hits:
            if hit.kind == "title":
                text = " ".join(filter(None, (hit.type, hit.number))) or hit.title or hit.work
                yield Suggestion(DOCUMENT, text, hit.title or "", hit.work, hit.held)


@dataclass(frozen=True, slots=True)
class KnownWork:
    """A work that is asked for by its number and not held: its id and name, how many works cite it."""

    work: str
    name: str
    title: str
    citing: int


def looks_like_number(query: str) -> bool:
    """Whether a whole query is the number of a document.

    >>> looks_like_number("quyết định 999/QĐ-TTg"), looks_like_number("chi 2021-2025"), looks_like_number("76")
    (True, False, False)
    """
    return ("/" in query or "-" in query) and read_query(query) is not None and find_wish(query) is not None


def is_unknown_number(store: Store, query: str, hits: Iterable[Hit]) -> bool:
    """Whether a query is a number that nothing held or known of bears, nor any of what it found."""
    wish = find_wish(query)
    if wish is None or not looks_like_number(query) or find_works(store, query):
        return False
    keys = (number_keys(hit.number, hit.type, int(hit.issued[:4]) if hit.issued else None) for hit in hits)
    return not any(set(wish.keys) <= set(each) for each in keys)


def known_not_held(store: Store, query: str) -> list[KnownWork]:
    """The works that a query names by number or name, which are cited or in the catalogue but not held."""
    works = find_works(store, query)
    if not works or any(work.held for work in works):
        return []
    with said(), store.connect() as connection:
        edges = rows.edge_rows(connection, "target", [work.id for work in works])
    citing = {work.id: len({edge.source for edge in edges if edge.target == work.id}) for work in works}
    return [
        KnownWork(
            work.id,
            " ".join(filter(None, (work.type, work.number))) or work.title or work.id,
            work.title or "",
            citing[work.id],
        )
        for work in sorted(works, key=lambda work: -citing[work.id])
    ]
