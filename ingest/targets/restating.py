"""Where a paper says again what a claim says: rows and cells of its tables, other sentences."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from graphs.checks.reading.rows import Same
from graphs.checks.reading.years import YearRow, year_rows
from ingest.targets.cells import cells_of, total_of
from ingest.targets.offered import Values, referred, rows_with, values_of
from ingest.targets.same import content_words, likeness
from kb.models import (
    BlockKind,
    Citation,
    ClaimSource,
    Document,
    Figure,
    Footnote,
    Span,
    Target,
    TextBlock,
    Where,
)
from kb.text.items import list_style
from kb.text.sentences import split_sentences

_LIKE_TABLE, _LIKE_TEXT = 0.6, 0.7
#: How alike the words of two different values must be before the one is told of the other.
_OTHERWISE = 0.85
_FEWEST_WORDS = 3
#: Places that say the same, told of one claim.
_MOST = 6
#: Digits of a value that few things share, and the words that two statements of it have in common.
_TELLING, _SHARED = 3, 2
#: So many values that another place has too, nearly all of a claim's, are no chance.
_SEVERAL, _NEARLY, _LIKE_PLACE = 4, 0.8, 0.4
#: A sentence of so many words is told again by no chance; items so near belong to one list.
_LONG, _BESIDE = 12, 3
_YEAR_RE = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Places:
    """What a document offers for claims: citations and the order in which they stand, notes, figures.

    A citation keeps its index: those of a note at the end of a page stand before what the next page goes on with.
    """

    document: Document
    citations: tuple[Citation, ...]
    starts: tuple[int, ...]  # where each begins, in the order in which they stand
    order: tuple[int, ...]  # the index of each of those
    notes: tuple[Footnote, ...]
    figures: tuple[Figure, ...]
    words: tuple[frozenset[str], ...]
    alike: dict[tuple[bool, frozenset[str]], tuple[int, ...]]
    valued: dict[tuple[str, str | None, bool], tuple[int, ...]]
    rows: tuple[YearRow, ...]
    cells: dict[Span, list[ClaimSource]]
    together: dict[tuple[int, int, int], tuple[int, ...]]  # the figures of each cell
    values: Values  # the numbers of each row
    targets: tuple[Target, ...]


def read_places(
    document: Document, citations: tuple[Citation, ...], figures: tuple[Figure, ...], targets: tuple[Target, ...]
) -> Places:
    """The citations, notes, figures, rows and cells of a document, as claims ask for them."""
    order = tuple(sorted(range(len(citations)), key=lambda at: citations[at].span.start))
    return Places(
        document,
        citations,
        tuple(citations[at].span.start for at in order),
        order,
        document.footnotes,
        figures,
        tuple(content_words(figure.what or "") for figure in figures),
        _grouped(figures, _period_key),
        _grouped(figures, _value_key),
        tuple(year_rows(document.tables)),
        cells_of(document, citations, figures, targets),
        _grouped(figures, _place_key),
        values_of(figures),
        targets,
    )


_Key = TypeVar("_Key")


def _grouped(figures: tuple[Figure, ...], key: Callable[[Figure], _Key]) -> dict[_Key, tuple[int, ...]]:
    """The figures that share a key: of the same years, of the same value."""
    groups: dict[_Key, list[int]] = defaultdict(list)
    for at, figure in enumerate(figures):
        groups[key(figure)].append(at)
    return {one: tuple(found) for one, found in groups.items()}


def _value_key(figure: Figure) -> tuple[str, str | None, bool]:
    return figure.value, figure.of, figure.unit == "%"


def _place_key(figure: Figure) -> tuple[int, int, int]:
    """The cell that holds a figure; one place for all running text."""
    told = (figure.table, figure.row, figure.column)
    return tuple(-1 if one is None else one for one in told)  # type: ignore[return-value]  # three of them


def _period_key(figure: Figure) -> tuple[bool, frozenset[str]]:
    return figure.unit == "%", frozenset(_YEAR_RE.findall(figure.period or ""))


def in_paper(places: Places, inside: tuple[int, ...], sentence: str, block: TextBlock) -> Iterator[ClaimSource]:
    """The row of a total, the cells that figures name, other places that say the same; each place once."""
    total = total_of(places.document, places.rows, [places.figures[at] for at in inside], sentence)
    named = [source for at in inside for source in places.cells.get(places.figures[at].span, ())]
    seen: set[tuple[int | None, int | None, int | None] | Span | None] = set()
    told = _told_whole(places, inside, sentence)
    figures = [places.figures[at] for at in inside]
    rows = (
        *referred(places.document, places.values, figures, sentence),
        *rows_with(places.document, places.values, figures, sentence),
    )
    elsewhere = _elsewhere(places, inside, sentence, block)
    for source in (*([total] if total else []), *named, *told, *rows, *elsewhere):
        place = (source.table, source.row, source.column) if source.kind == "table" else source.span
        if place not in seen:
            seen.add(place)
            yield source


def set_again(places: Places, span: Span, known: Sequence[ClaimSource]) -> Iterator[ClaimSource]:
    """The rows of tables that set and judge again the goal that a claim says was met."""
    rows = {(one.table, one.row) for one in known}
    twins = {
        twin
        for one in places.targets
        if one.table is None and one.span.start < span.end and span.start < one.span.end
        if one.level is None or span.start <= one.level.start < span.end
        for twin in one.same_as
    }
    for one in places.targets if twins else ():
        if one.id in twins and one.table is not None and one.row is not None and (one.table, one.row) not in rows:
            rows.add((one.table, one.row))
            cells = places.document.tables[one.table].rows[one.row].cells
            at = next((at for at, cell in enumerate(cells) if _holds(cell.spans, one.level or one.span)), None)
            yield ClaimSource("table", one.level or one.span, table=one.table, row=one.row, column=at, agrees=True)


def _holds(spans: Sequence[Span], place: Span) -> bool:
    return any(one.start <= place.start < one.end for one in spans)


def word_for_word(places: Places, span: Span, sentence: str) -> Iterator[ClaimSource]:
    """The first other sentence that has nearly all words of a claim, where nothing else is offered for it."""
    words = content_words(sentence)
    if len(words) < _LONG:
        return
    for where, other in _sentences(Same(places.document)):
        own = where.start < span.end and span.start < where.end
        if not own and len(other) >= len(words) * _NEARLY and likeness(words, other) >= _OTHERWISE:
            yield ClaimSource("restated", where, agrees=True)
            return


@lru_cache(maxsize=1)
def _sentences(read: Same[Document]) -> tuple[tuple[Span, frozenset[str]], ...]:
    """The sentences of running text of a document with their words."""
    return tuple(
        (read.it.reading.hull(block.view.start + low, block.view.start + high), content_words(text[low:high]))
        for block in read.it.blocks
        if block.kind is BlockKind.TEXT
        for text in (read.it.block_text(block),)
        for low, high in split_sentences(text, clauses=True)
    )


def _told_whole(places: Places, inside: tuple[int, ...], sentence: str) -> Iterator[ClaimSource]:
    """A cell of words that has nearly all figures of a sentence and many of its words: it tells the same."""
    values = {places.figures[at].value for at in inside}
    if len(values) < _SEVERAL:
        return
    said = content_words(sentence)
    for (table, row, column), held in places.together.items():
        if table < 0 or len(held) < _SEVERAL:
            continue
        shared = values & {places.figures[at].value for at in held}
        cell = places.document.tables[table].rows[row].cells[column]
        if len(shared) >= _NEARLY * len(values):
            words = content_words(cell.text or "")
            if len(said & words) >= _LIKE_PLACE * len(said):
                span = cell.span
                yield ClaimSource("table", span, table=table, row=row, column=column, agrees=True)


def _elsewhere(places: Places, inside: tuple[int, ...], sentence: str, block: TextBlock) -> Iterator[ClaimSource]:
    """Cells and other sentences that speak of the same thing in the same year, or state the same telling value."""
    told: dict[int, ClaimSource] = {}
    counts = [at for at in inside if places.figures[at].unit != "%"]
    for at in inside:
        figure, words = places.figures[at], places.words[at]
        if _names_a_class(figure, sentence):
            continue
        if len(words) >= _FEWEST_WORDS:
            for other_at in places.alike[_period_key(figure)]:
                near = _within(block, places.figures[other_at])
                if near or other_at in told:
                    continue
                if found := _alike(places, at, other_at):
                    told[other_at] = found
        if (least := _shared_least(figure)) is not None:
            # A value of three digits is often met by chance: only the words that name it count.
            own = _is_short(figure) and len(counts) > 1
            around = content_words(f"{figure.what} {figure.unit}" if own else sentence)
            for other_at in places.valued[_value_key(figure)]:
                other = places.figures[other_at]
                shared = len(places.words[other_at] & around) + (other.unit == figure.unit)
                if _is_short(figure) and other.where is Where.TABLE:
                    least = max(least, len(places.words[other_at]) // 2 + 1)
                if other_at not in inside and other_at not in told and shared >= least:
                    told[other_at] = _source(places.figures[other_at], True)
    yield from list(told.values())[:_MOST]


def _names_a_class(figure: Figure, sentence: str) -> bool:
    """Whether a share is the bound of what is counted: ``đơn vị tự bảo đảm từ 30% - dưới 70% chi: 35``."""
    printed = re.escape(figure.printed)
    bounds = rf"\btừ\s*{printed}\s*(?:[-–]|đến)|\d\s*%?\s*(?:[-–]|đến)\s*(?:dưới\s*)?{printed}"
    return figure.unit == "%" and re.search(bounds, sentence) is not None


def _within(block: TextBlock, figure: Figure) -> bool:
    return bool(figure.view.end) and block.view.start <= figure.view.start < block.view.end


def _shared_least(figure: Figure) -> int | None:
    """How many words, the unit for one, two statements of a value share; None for a value that tells nothing."""
    digits = sum(letter.isdigit() for letter in figure.value)
    if digits < _TELLING or (_is_short(figure) and figure.value.endswith("00")):
        return None
    if digits > _TELLING + 1 or (digits > _TELLING and figure.unit == "%"):
        return _SHARED - 1
    return _SHARED + (1 if digits > _TELLING or "." in figure.value or figure.unit != "%" else 3)


def _is_short(figure: Figure) -> bool:
    return len(figure.value) == _TELLING and figure.value.isdigit()


def _alike(places: Places, at: int, other_at: int) -> ClaimSource | None:
    figure, other = places.figures[at], places.figures[other_at]
    tabled = other.where is Where.TABLE
    alike = likeness(places.words[at], places.words[other_at])
    if alike < (_LIKE_TABLE if tabled else _LIKE_TEXT):
        return None
    agrees = (figure.value, figure.of) == (other.value, other.of)
    if not agrees and (alike < _OTHERWISE or figure.unit != other.unit or not figure.period):
        return None  # another thing of like words, for all that is said
    if not agrees and not tabled and _beside(places.document, figure.span, other.span):
        return None  # the next item of a list tells of another thing
    return _source(other, agrees)


def _beside(document: Document, one: Span, other: Span) -> bool:
    """Whether two places stand in items of one list that follow each other."""
    at, to = document.block_at(one.start), document.block_at(other.start)
    if at is None or to is None or not 0 < abs(at - to) < _BESIDE:
        return False
    texts = [document.block_text(block) for block in document.blocks[min(at, to) : max(at, to) + 1]]
    styles = {list_style(text) for text in texts}
    return len(styles) == 1 and None not in styles


def _source(other: Figure, agrees: bool) -> ClaimSource:
    kind = "table" if other.where is Where.TABLE else "restated"
    return ClaimSource(kind, other.span, table=other.table, row=other.row, column=other.column, agrees=agrees)
