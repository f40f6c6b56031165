"""Rows of a paper's own tables that hold the numbers of a claim, and the tables that it refers to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from ingest.targets.same import content_words
from kb.models import ClaimSource, Document, Figure, Table

#: "(Phụ lục II)", "tại Bảng 1", "Biểu số 2".
_REFERS_RE = re.compile(
    r"\b(?P<kind>phụ lục|biểu(?: mẫu)?|bảng)\s+(?:số\s+)?(?P<label>\d{1,2}[a-z]?|[IVX]{1,5}|[A-Z])(?![\w/])",
    re.IGNORECASE,
)
#: Digits that a number has which a row shares with a claim by no chance; of two numbers together.
_TELLING, _TOGETHER = 5, 6
#: A rate with two decimals is met as rarely, where a word is shared too.
_RATE = 4
#: Digits of a count that a row has together with a claim, and the share of its name that the claim then has.
_COUNT, _NAMED = 3, 0.75
#: The most rows told of one claim, and cells of a row.
_MOST, _CELLS = 2, 3

#: "100%", "50": many rows have them.
_ROUND_RE = re.compile(r"\d{1,2}0(?:\.0+)?")
#: The numbers of a row, or of a column (its place below nought), with the figure that has each.
Values = dict[tuple[int, int], dict[Decimal, Figure]]


def values_of(figures: tuple[Figure, ...]) -> Values:
    """The numbers of each row and column of a paper's tables."""
    lines: Values = defaultdict(dict)
    for figure in figures:
        if figure.table is None or figure.row is None:
            continue
        for number in _numbers(figure):
            lines[figure.table, figure.row].setdefault(number, figure)
            if figure.column is not None:
                lines[figure.table, -1 - figure.column].setdefault(number, figure)
    return dict(lines)


def rows_with(document: Document, lines: Values, figures: list[Figure], sentence: str) -> Iterator[ClaimSource]:
    """The cells of the rows, or the column, that share most numbers with a claim: several, or one that tells."""
    said = _said(figures)
    words = content_words(sentence)
    found = []
    for place, held in lines.items() if said else ():
        shared = said.keys() & held.keys()
        if shared and _tells(document, place, {number: said[number] for number in shared}, held, words):
            found.append((-sum(said[number] for number in shared), place[1] < 0, place, shared))
    for *_, place, shared in sorted(found, key=lambda one: one[:3])[:_MOST]:
        for number in sorted(shared, key=lambda one: (-said[one], one))[:_CELLS]:
            figure = lines[place][number]
            yield _cell(figure)


def referred(document: Document, lines: Values, figures: list[Figure], sentence: str) -> Iterator[ClaimSource]:
    """The tables that a claim refers to by their label: the cell that has a number of it, else the whole."""
    said = _said(figures)
    for found in _REFERS_RE.finditer(sentence):
        for at, table in enumerate(document.tables):
            if not _is_called(table, found["kind"].lower(), found["label"].lower()):
                continue
            held = [
                (said[number], -row, number)
                for (where, row), numbers in lines.items()
                if where == at and row >= 0
                for number in said.keys() & numbers.keys()
            ]
            if held:
                _, row, number = max(held)
                yield _cell(lines[at, -row][number])
            else:
                yield ClaimSource("table", table.span, table=at)
            break


def refers_to(sentence: str) -> bool:
    """Whether a sentence refers to a table or an annex by its label.

    >>> refers_to("Nhu cầu ba năm là 2.306 tỷ đồng (Phụ lục 2)"), refers_to("theo Phụ lục kèm theo")
    (True, False)
    """
    return _REFERS_RE.search(sentence) is not None


def _cell(figure: Figure) -> ClaimSource:
    place = {"table": figure.table, "row": figure.row, "column": figure.column}
    return ClaimSource("table", figure.span, **place, agrees=True)


def _is_called(table: Table, kind: str, label: str) -> bool:
    """Whether a table bears a label: in its appendix, its title or its caption."""
    for words in (table.appendix, table.title, table.caption):
        for found in _REFERS_RE.finditer(words or ""):
            same = found["label"].lower().lstrip("0") == label.lstrip("0")
            if same and found["kind"].lower().split()[0] == kind.split()[0]:
                return True
    return False


def _tells(
    document: Document,
    place: tuple[int, int],
    shared: dict[Decimal, int],
    held: dict[Decimal, Figure],
    words: frozenset[str],
) -> bool:
    """Whether numbers that a row shares with a claim, with their digits, are no chance."""
    most = max(shared.values())
    if len(shared) > 1 and sum(shared.values()) >= _TOGETHER:
        return True
    if place[1] < 0:
        return False
    rate = any(held[number].unit == "%" or "." in str(number) for number in shared)
    row = document.tables[place[0]].rows[place[1]]
    label = content_words(" ".join(cell.text or "" for cell in row.cells[:3]))
    common = sum(not word.isdigit() for word in words & label)
    if most >= _TELLING or (rate and most >= _RATE - 1 and common >= (1 if most >= _RATE else _MOST)):
        return True
    # A count of three digits, beside words that are nearly all of those that name the row.
    named = sum(not word.isdigit() for word in label)
    if any(str(number) in label or held[number].of for number in shared):
        return False  # "Dự án 2 (135)": a number of the row's own name
    return most >= _COUNT and common >= _MOST and common >= _NAMED * named


def _said(figures: list[Figure]) -> dict[Decimal, int]:
    """The numbers of a claim, with the digits that tell."""
    told: dict[Decimal, int] = {}
    for figure in figures:
        digits = len(re.sub(r"\D", "", re.sub(r"(?:\.000)+$", "", figure.printed.split("/")[0])))
        for number in _numbers(figure):
            told[number] = max(told.get(number, 0), digits)
    return told


def _numbers(figure: Figure) -> Iterator[Decimal]:
    for told in (figure.value, figure.of):
        if told and re.fullmatch(r"\d+(?:\.\d+)?", told):
            year = figure.unit is None and re.fullmatch(r"(?:19|20)\d\d", told)
            if len(told) > 1 and not year and not _ROUND_RE.fullmatch(told):
                yield Decimal(told)
