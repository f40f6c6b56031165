"""The story of citations: a document's reading text, its mentions, the values other stages use."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from ingest.citations.aliases import Alias, find_definitions, find_uses
from ingest.citations.anchors import govern_note
from ingest.citations.antecedents import set_antecedents
from ingest.citations.backs import find_backs
from ingest.citations.columns import BasisColumns, settle_rows
from ingest.citations.found import Found, of_name, of_number, without_overlap
from ingest.citations.governing import GOVERNED, govern_all
from ingest.citations.insides import find_insides
from ingest.citations.mentions import Mention, find_mentions
from ingest.citations.names import find_names
from ingest.citations.notes import Notes
from ingest.citations.own import mark_own, own_type
from ingest.citations.owners import owner_of
from ingest.citations.pinpoints import PinpointRun, find_pinpoints
from ingest.citations.repealed import RepealedLists
from ingest.citations.ties import bind_places, points_inside
from ingest.citations.uses import Uses
from ingest.citations.values import Places, citation_of, source_parts
from kb.collector import collector_quiet
from kb.models import Citation, CitationKind, Document, Footnote
from kb.symbols import NumberForm


@collector_quiet()
def find_citations(document: Document) -> tuple[Citation, ...]:
    """Every mention of a legal document in a document, in reading order."""
    text, places = document.reading.text, Places(document)
    found = [one for one in _mentions(text) if places.readable(one.start)]
    for one in found:
        one.parts = source_parts(document, one.start, one.end)
        one.cell = places.in_table(one.start)
    settle_rows(document, found)
    own = mark_own(document, found)
    kind = own_type(document, own)
    if document.grammar == "norm" or _ARTICLES_RE.search(text):
        # A norm speaks of schemes in general ("Đề án sử dụng tài sản công"); only certain names are documents.
        found = [one for one in found if one.name is None or one.name.definite]
    notes = Notes(document)
    _relate(document, found, own, kind, notes)
    set_antecedents(text, found, own, kind, notes)
    index = {id(one): at for at, one in enumerate(found)}
    return tuple(citation_of(document, one, places, index.get(id(one.antecedent))) for one in found)


#: ``Luật A năm 2012 và Luật B``: the cell goes on.
_GOES_ON_RE = re.compile(r"\s*(?:,|;|và)\s+(?:các\s+)?")


def _settle_lists(document: Document, text: str, body: Sequence[Found]) -> None:
    """Give mentions that nothing governs what their column or the heading of their appendix says."""
    columns, repealed = BasisColumns(document), RepealedLists(document)
    before: Found | None = None
    for one in body:
        if one.governing is None or not one.governing.given:
            continue
        settled = columns.settle(one) or repealed.settle(one)
        if settled is None and before is not None and _GOES_ON_RE.fullmatch(text, before.close, one.left):
            settled = before.governing
        if settled is not None:
            one.governing, before = settled, one


#: Two articles, each at the beginning of a line.
_ARTICLES_RE = re.compile(r"\nĐiều 1[.:].{0,20000}?\nĐiều 2[.:]", re.DOTALL)


def _mentions(text: str) -> list[Found]:
    """All mentions of a text in reading order, their places bound to them."""
    defined = list(find_definitions(text))
    names = {one.name.lower() for one in defined}
    numbers = [of_number(mention) for mention in find_mentions(text) if not _is_short_name(text, mention, names)]
    named = without_overlap(numbers, map(_of_alias, defined))
    named = without_overlap(named, (of_name(name) for name in find_names(text)))
    used = (_of_alias(alias) for alias in find_uses(text, (one.name for one in defined)))
    mentions = without_overlap(without_overlap(named, used), _backs(text))
    rest = bind_places(text, mentions, find_pinpoints(text))
    inside = [run for run in rest if points_inside(text, run)]
    mentions = without_overlap(mentions, map(_of_place, inside))
    return without_overlap(mentions, map(_of_place, find_insides(text)))


def _is_short_name(text: str, mention: Mention, names: set[str]) -> bool:
    """Whether a bare number is a name that the text gave to a document: ``(sau đây gọi tắt là Nghị định 45)``."""
    number = mention.number
    if not names or number.form is not NumberForm.SHORT or number.printed_year or mention.issued:
        return False
    return " ".join(text[mention.start : mention.end].split()).lower() in names


def _of_place(run: PinpointRun) -> Found:
    return Found(CitationKind.INTERNAL, run.start, run.whole_end, run.whole_end, run.whole_end, None, run)


def _of_alias(alias: Alias) -> Found:
    return Found(CitationKind.ALIAS, alias.start, alias.end, alias.end, alias.end, alias.type)


def _backs(text: str) -> Iterator[Found]:
    for back in find_backs(text):
        yield Found(CitationKind.BACK, back.start, back.end, back.end, back.end, back.type)


def _relate(document: Document, found: Sequence[Found], own: Found | None, kind: str | None, notes: Notes) -> None:
    """Set relation and use of every mention; a mention in a note takes them from the sentence of its anchor."""
    text, owner = document.reading.text, owner_of(document, own)
    body: list[Found] = []
    of_notes: list[tuple[Footnote, Found]] = []
    for one in found:
        note = notes.at(one.parts[0].start)
        if note is not None:
            one.note = note.mark
        if one.kind not in GOVERNED or one is own:
            continue
        if note is None:
            body.append(one)
        else:
            of_notes.append((note, one))
    govern_all(text, body, owner)
    _settle_lists(document, text, body)
    uses = Uses(document, text, kind)
    for one in body:
        one.use = uses.tell(one)
    for _, pairs in groupby(of_notes, key=lambda pair: id(pair[0])):
        group = list(pairs)
        anchor = notes.anchor(group[0][0])
        mentions = [one for _, one in group]
        govern_all(text, mentions, owner)
        if anchor is not None:
            govern_note(text, anchor, mentions, body, owner)
        for one in mentions:
            one.use = uses.tell(one, anchor)
