"""What is known of cited documents: the base of a home, or the shipped catalogue alone."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import lru_cache, partial
from pathlib import Path

from graphs.checks.report import Changed, Library, Namesake, Namesakes, Standing
from graphs.lives import Lives
from graphs.lone import resolve_alone
from graphs.status import Answer, Life, answer_from, describe, life_of
from graphs.update import update_within
from ingest.analysis import Analysis, Begun
from kb.bilingual import Bilingual, both
from kb.mentions import printed_place
from kb.models import Change, Citation
from kb.names import work_key
from kb.settings import Settings
from kb.store import graph as rows
from kb.store.catalogue import list_batches, load_shipped
from kb.store.engine import said
from kb.store.prepared import mention_columns
from kb.store.store import Store, open_store
from kb.validity import ENDS, PARTS
from kb.works import identify


@contextmanager
def shipped_base(analysis: Analysis | Begun | None = None) -> Iterator[Store]:
    """A base in memory that holds the shipped catalogue, or what of it bears on one text, and no documents."""
    about = None
    if analysis is not None:
        own = identify(analysis.document)
        columns = mention_columns(analysis.citations, own.place, own.issued)
        about = {told["work_key"] for told in columns if told["work_key"]}
    with tempfile.TemporaryDirectory(prefix="cancu-") as folder:
        store = open_store(Settings(Path(folder), "sqlite://"))
        load_shipped(store, partial(update_within, ranked=False), about)
        try:
            yield store
        finally:
            store.close()


def library_date(store: Store) -> str:
    """The day on which the catalogue of a base was last added to (ISO)."""
    return max((batch.loaded[:10] for batch in list_batches(store) if not batch.undone), default="")


#: The work of the base that each citation of a text means; None where none or several answer.
Meant = tuple[str | None, ...]


def works_meant(store: Store, analysis: Analysis | Begun) -> Meant:
    """The one work of the base that each citation means; None where none or several answer."""
    own = identify(analysis.document)
    found = resolve_alone(analysis.citations, own.place, own.issued, store)
    meant = tuple(one.target if one else None for one in found)
    with said(), store.connect() as connection:
        known = {row.id for row in rows.node_rows(connection, "id", sorted({name for name in meant if name}))}
    return tuple(name if name in known else None for name in meant)


def library_of(store: Store, analysis: Analysis | Begun, meant: Meant | None = None) -> Library:
    """How the documents that a text cites stand on a day; None for what the base cannot tell.

    `meant` are the `works_meant`, where they are known already.
    """
    spans = (citation.span for citation in analysis.citations)
    meant = works_meant(store, analysis) if meant is None else meant
    works = dict(zip(spans, meant, strict=True))
    with said(), store.connect() as connection:
        named = sorted({name for name in meant if name})
        nodes = rows.node_rows(connection, "id", named)
        lives = Lives(connection)
        lives.read_ahead(named)
    # What other papers say of a date may be a slip like this one: only a text or the catalogue tells it.
    told = {row.id for row in nodes if row.held or row.catalogued}
    types = {row.id: row.type for row in nodes}

    known: dict[str, Life] = {}

    @lru_cache(maxsize=4096)
    def of(work: str, on: str) -> Standing:
        with store.connect() as connection:
            here = lives.over(connection)
            life = known[work] = known.get(work) or life_of(here, work)
            answer = answer_from(here, work, on, life=life)
            changes = tuple(_changes(answer, here))
        reason = Bilingual(*describe(answer))
        called = ", ".join(answer.names[one] for one in answer.successors)
        successor = ", ".join(_number(lives, one) for one in answer.successors)
        standing = answer.standing
        since, until = _day(standing.start), _day(standing.end)
        # Of a document that has ended the interval is that of its absence: it ended where the interval begins.
        ended = standing.word.value == "Hết hiệu lực toàn bộ"
        return Standing(
            standing.word.value,
            since,
            since if ended else until,
            reason,
            successor or None,
            standing.certain,
            _day(answer.issued) if work in told else None,
            work,
            answer.number,
            changes,
            (answer.title or "") if work in told else "",
            called,
        )

    def library(citation: Citation, on: date) -> Standing | None:
        work = works.get(citation.span)
        if work is None or _numbered_apart(citation.number, citation.type, types.get(work)):
            return None
        return of(work, on.isoformat())

    return library


_OF_ASSEMBLY_RE = re.compile(r"QH\d{1,2}$")


def _numbered_apart(number: str | None, said: str | None, known: str | None) -> bool:
    """Whether a work of a number is another: laws and resolutions of the National Assembly are numbered apart.

    >>> _numbered_apart("100/2015/QH13", "Nghị quyết", "Bộ luật"), _numbered_apart("80/2015/QH13", "Luật", "Luật")
    (True, False)
    """
    resolution = "Nghị quyết"
    parted = said and known and _OF_ASSEMBLY_RE.search(number or "")
    return bool(parted) and (said == resolution) != (known == resolution)


def namesakes_of(store: Store, analysis: Analysis | Begun) -> Namesakes:
    """The documents of central bodies, held or catalogued, that bear the numbers that a text cites."""
    keys = {one.number: work_key(one.number) for one in analysis.citations if one.number}
    with said(), store.connect() as connection:
        nodes = rows.node_rows(connection, "work_key", sorted(set(keys.values())))
    found: dict[str, list[Namesake]] = {}
    for node in nodes:
        issued = _day(node.issued)
        # What other papers say of a date may be a slip like this one; of places each numbers for itself.
        if issued and node.number and not node.place and (node.held or node.catalogued):
            found.setdefault(node.work_key, []).append(Namesake(node.number, issued, node.title or ""))

    def namesakes(citation: Citation) -> tuple[Namesake, ...]:
        return tuple(found.get(keys.get(citation.number or "", ""), ()))

    return namesakes


#: What a document suffers by another one.
_SUFFERED = {
    Change.AMEND: both("được sửa đổi, bổ sung", "amended"),
    Change.REPLACE: both("được thay thế", "replaced"),
    Change.REPEAL: both("bị bãi bỏ", "repealed"),
    Change.END: both("hết hiệu lực", "ended"),
    Change.TERM: both("hết thời hạn", "ended with its term"),
}


def _changes(answer: Answer, lives: Lives) -> list[Changed]:
    """What other documents did to this one, each once and the earliest first; an end goes before what it undid."""
    found: dict[tuple[str, str], Changed] = {}
    for event in sorted(answer.standing.because, key=lambda event: event.change not in ENDS):
        name = answer.names.get(event.by or "")
        if name and event.change in PARTS:
            saved = ", ".join(printed_place(place) for place in event.saved)
            whole = event.change in ENDS and not event.place
            part = Bilingual("", "") if whole or event.change is Change.AMEND else both(" một phần", " in part")
            deed = both("{deed}{part}", "{deed}{part}", deed=_SUFFERED[event.change], part=part)
            other = lives.node(event.by or "")
            issued = _day(other.issued) if other else None
            partly = not whole and event.change is not Change.AMEND
            number = _number(lives, event.by or "")
            changed = Changed(deed, _day(event.on), number, whole, saved, issued, name, partly)
            found.setdefault((number, event.on or ""), changed)
    return [found[key] for key in sorted(found, key=lambda key: key[::-1])]


def _number(lives: Lives, work: str) -> str:
    """The number of a work; what it is called where it has none."""
    node = lives.node(work)
    return str(node.number or node.title or work) if node else work


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None  # a month or a year alone
