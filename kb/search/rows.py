"""Records as engines index them: tokens, exact values, whole numbers, and the row that comes back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kb.search.analysis import ANALYSIS_VERSION, Analysis, analyse, sentence_ends
from kb.search.records import Interval, Record, RecordKind, WorkFacts
from kb.search.wishes import number_keys
from kb.text.normalize import fold, nfc
from kb.text.words import fold_words, pairs_of, printed_words
from kb.vocabulary.abbreviations import find_definitions
from kb.vocabulary.fields import UNCLEAR

#: Raised when the rows of an index change shape: an index of another version rebuilds itself.
SCHEMA_VERSION = f"12.{ANALYSIS_VERSION}"

#: Days as whole numbers; an open interval ends on the last.
NEVER, ALWAYS = 99_999_999, 0

#: One encoder for all rows: making one takes a third of the time of using it.
_ENCODE = json.JSONEncoder(ensure_ascii=False).encode

#: Fewer letters are a label, not a statement.
_LABEL_LETTERS = 30

#: Fields whose values over the whole hit set are counted.
FACETS = ("type", "issuer", "level", "year", "field", "held")


@dataclass(frozen=True, slots=True)
class Row:
    """One record made ready.

    `words`, `pairs`, `marks`, `keys` and `heads` are token lists; `exact` values that filters and facets ask for
    (a field may have several); `numbers` whole numbers for ranges and sorting; `stored` the JSON that comes back.
    """

    id: str
    work: str
    words: tuple[str, ...]
    marks: tuple[str, ...]
    keys: tuple[str, ...]
    heads: tuple[str, ...]
    exact: Mapping[str, tuple[str, ...]]
    numbers: Mapping[str, int]
    authority: float
    stored: str

    @property
    def pairs(self) -> list[str]:
        """Every two neighbours of its words."""
        return pairs_of(self.words)

    def __reduce__(self) -> tuple[Any, ...]:
        # Tokens hold no spaces: as one text they go to another process three times faster.
        lists = tuple(" ".join(tokens) for tokens in (self.words, self.marks, self.keys, self.heads))
        rest = (self.exact, self.numbers, self.authority, self.stored)
        return _row_again, (self.id, self.work, lists, rest)


def _row_again(name: str, work: str, lists: tuple[str, ...], rest: tuple[Any, ...]) -> Row:
    words, marks, keys, heads = (tuple(text.split(" ")) if text else () for text in lists)
    return Row(name, work, words, marks, keys, heads, *rest)


def make_rows(facts: WorkFacts, records: Iterable[Record]) -> Iterator[Row]:
    """The rows of one work: its title first, then its records."""
    records = list(records)
    own = dict(pair for record in records for pair in find_definitions(record.text)) if records else {}
    maker = _RowMaker(facts, own)
    for position, record in enumerate([_title(facts, records), *records]):
        yield maker.row(position, record)


def day_number(day: str | None) -> int | None:
    """An ISO day, month or year as a whole number.

    >>> day_number("2025-06-27"), day_number("2025"), day_number(None)
    (20250627, 20250101, None)
    """
    if not day:
        return None
    figures = "".join(part.zfill(2) for part in day[:10].split("-"))
    return int(figures.ljust(8, "0")) + (0 if len(figures) == 8 else 1 if len(figures) == 6 else 101)


_NOTHING = Analysis((), ())


class _RowMaker:
    """Makes rows of one work; what they share is made once."""

    def __init__(self, facts: WorkFacts, own: Mapping[str, str]) -> None:
        self._facts = facts
        self._own = own
        self._heads: dict[str, Analysis] = {}
        self._overs: dict[tuple[str, ...], tuple[str, ...]] = {}
        year = int(facts.issued[:4]) if facts.issued else None
        self._number_keys = number_keys(facts.number, facts.type, year)
        title = " ".join(filter(None, (facts.type, facts.title)))
        self._title_words = analyse(title, own).words
        issuer = nfc(facts.issuer or "")
        self._exact = {
            "work": (facts.work,),
            "type": _some(facts.type),
            "issuer": _some(facts.issuer_shown or issuer),
            "issuerword": tuple(dict.fromkeys(analyse(issuer).words)),
            "level": _some(facts.level),
            "field": (nfc(facts.field or UNCLEAR),),
            "held": ("held" if facts.held else "cited",),
            "year": _some(str(year) if year else None),
        }
        self._numbers = _numbers(facts, year)
        shared = {
            "work": facts.work,
            "number": facts.number,
            "type": facts.type,
            "issuer": facts.issuer,
            "issued": facts.issued,
            "title": facts.title,
            "held": facts.held,
            "digest": facts.digest,
            "field": facts.field,
            "authority": round(facts.authority, 4),
            **({"force": _force(self._numbers)} if facts.intervals else {}),
        }
        # Written once a work: what follows is put before the closing brace.
        self._shared = _ENCODE(shared)[:-1]

    def row(self, position: int, record: Record) -> Row:
        """The row of one record."""
        own = self._own
        body = analyse(record.text, own)
        # A heading over "STT" or "cấp xã" would make a hit of every cell under it.
        head = self._head("" if is_label(record.text) else record.head)
        notes = analyse(record.notes, own) if record.notes else _NOTHING
        title = record.kind is RecordKind.TITLE
        exact = {**self._exact, "kind": (record.kind.value,)}
        if title:
            exact["number"] = self._number_keys
        if record.article:
            exact["article"] = (record.article,)
        return Row(
            f"{self._facts.work}#{position}",
            self._facts.work,
            head.words + body.words + notes.words,
            head.marks + body.marks + notes.marks,
            head.keys + body.keys + notes.keys,
            self._over(() if title else record.crumbs),
            exact,
            self._numbers,
            self._facts.authority,
            f"{self._shared}, {_ENCODE(_stored(position, record, own, body.words, notes.words))[1:]}",
        )

    def _head(self, text: str) -> Analysis:
        """The tokens of the headings that count as a record's own; those beside it have the same."""
        if text not in self._heads:
            self._heads[text] = analyse(text, self._own)
        return self._heads[text]

    def _over(self, crumbs: tuple[str, ...]) -> tuple[str, ...]:
        """Words and pairs of what stands over a record: its breadcrumb and the title of the work."""
        if crumbs not in self._overs:
            words = analyse(" ".join(crumbs), self._own).words
            tokens = (*words, *self._title_words, *pairs_of(words), *pairs_of(self._title_words))
            self._overs[crumbs] = tuple(dict.fromkeys(tokens))
        return self._overs[crumbs]


def body_of(head: str | None, text: str) -> str:
    """The words that a record is found by: the headings that count as its own, and its text."""
    return f"{head}. {text}" if head and not is_label(text) else text


def is_label(text: str) -> bool:
    """Whether a text is but the label of something; a row that gives it a figure says something of it.

    >>> is_label("TT: 2; Thuyền phó"), is_label("2; Thuyền phó; 1"), is_label("Vốn đầu tư công")
    (True, False, True)
    """
    return len(text) < _LABEL_LETTERS and _FIGURE_RE.search(text) is None


def label_of(text: str) -> str:
    """What a row of a table is called: its first cell with words, without the head of its column.

    >>> label_of("TT: 1; Chỉ tiêu: Số sở; Năm 2024: 14"), label_of("2021; 14")
    ('Số sở', '')
    """
    for cell in text.split("; "):
        head, colon, value = cell.partition(": ")
        said = value if colon else head
        if _WORD_RE.search(said):
            return said
    return ""


_WORD_RE = re.compile(r"[^\W\d_]{2}")
# A later cell of a row that holds a figure.
_FIGURE_RE = re.compile(r"; [^;]*\d")


def _stored(
    position: int, record: Record, own: Mapping[str, str], words: Iterable[str], notes: Iterable[str]
) -> dict[str, Any]:
    out: dict[str, Any] = {
        "position": position,
        "kind": record.kind.value,
        "unit": record.unit,
        "crumbs": list(record.crumbs),
        "head": record.head or None,
        "text": record.text,
        "folded": " ".join(words),  # what coverage asks of it at every search
        "ends": sentence_ends(record.text, own) or None,  # what the last order asks of it
        "noted": " ".join(notes) or None,
        "start": record.start,
        "end": record.end,
        "line": record.line,
        "page": record.page,
        "table": record.table,
        "row": record.row,
    }
    used = {short: words for short, words in own.items() if short in record.text}
    return {key: value for key, value in out.items() if value is not None} | ({"own": used} if used else {})


def _force(numbers: Mapping[str, int]) -> dict[str, int]:
    return {name: value for name, value in numbers.items() if name.endswith(("from", "to"))}


def _numbers(facts: WorkFacts, year: int | None) -> dict[str, int]:
    numbers = {"issued": day_number(facts.issued) or 0, "yearnumber": year or 0}
    for state, words in _STATES.items():
        low, high = _bounds([each for each in facts.intervals if each.word in words])
        numbers[f"{state}from"], numbers[f"{state}to"] = low, high
    return numbers


#: Bounds that are kept, and the words of the intervals they span.
_STATES = {
    "force": ("Còn hiệu lực", "Hết hiệu lực một phần", "Ngưng hiệu lực"),
    "partial": ("Hết hiệu lực một phần",),
    "suspended": ("Ngưng hiệu lực",),
}


def _bounds(intervals: list[Interval]) -> tuple[int, int]:
    """First and last day of intervals as whole numbers; none is an interval that never begins."""
    if not intervals:
        return NEVER, NEVER
    lows = [day_number(each.start) or ALWAYS for each in intervals]
    highs = [day_number(each.end) or NEVER for each in intervals]
    return min(lows), max(highs)


def _title(facts: WorkFacts, records: list[Record]) -> Record:
    title = bare_title(facts.type, facts.number, facts.title)
    parts = [facts.type, facts.number, title, f"({facts.issuer})" if facts.issuer else None]
    text = nfc(" ".join(filter(None, parts))) or facts.work
    first = records[0] if records else None
    return Record(RecordKind.TITLE, text, page=first.page if first else None)


def bare_title(kind: str | None, number: str | None, title: str | None) -> str:
    """A title without the type and number that some sources repeat in it.

    >>> bare_title("Thông tư", "08/2023/TT-NHNN", "Thông tư số 08/2023/TT-NHNN của Ngân hàng Nhà nước")
    'của Ngân hàng Nhà nước'
    >>> bare_title("Luật", "31/2024/QH15", "Đất đai"), bare_title("Đề án", None, "Đề án Làng số")
    ('Đất đai', 'Làng số')
    """
    text = " ".join(nfc(title or "").split())
    rest = _behind(f"{kind} ", text) if kind else None
    if rest is None:
        return text
    if number:
        named = _behind("số ", rest)
        rest = rest if named is None else named
        numbered = _behind(number, rest)
        rest = rest if numbered is None else numbered.removeprefix(" ")
    return rest or text


def _behind(words: str, text: str) -> str | None:
    """What follows some words, whatever their capitals; None where a text does not begin with them.

    A pattern would have to be compiled for each of them.
    """
    return text[len(words) :] if text[: len(words)].lower() == words.lower() else None


def _some(value: str | None) -> tuple[str, ...]:
    return (nfc(value),) if value else ()


def fold_value(value: str) -> str:
    """A value of a facet to compare by: no marks, single spaces.

    >>> fold_value("Nghị  quyết")
    'nghi quyet'
    """
    return " ".join(fold_words(printed_words(fold(value))))
