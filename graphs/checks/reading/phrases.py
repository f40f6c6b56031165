"""The phrase in which a figure tells what it is of: pairs of words that stand side by side, and words alone.

``Có 12 vụ liên quan đến nồng độ cồn`` and ``số vụ có yếu tố nồng độ cồn là 14 vụ`` have *nồng độ* and *độ cồn* in
common. The fewer clauses hold a pair, the more it says.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise
from math import fsum, log

from graphs.checks.reading.mentions import Mention, mentions, proper_names
from graphs.checks.reading.named import GENERAL, LEVEL_RE, PLAIN, PROVINCE_RE, SAME_WORDS, in_full
from graphs.checks.reading.prose import Stated
from graphs.checks.reading.rows import Same
from graphs.checks.report import Subject
from kb.models import Figure
from kb.text.normalize import nfc, unify_tones
from kb.text.sentences import split_sentences

_TOKEN_RE = re.compile(r"[^\W_]+(?:[.,]\d+)*")
_PART_RE = re.compile(r";(?=\s)")
_TIME_RE = re.compile(
    r"\d{1,2}/\d{1,2}/(?:19|20)\d\d|\d{1,2}/(?:19|20)\d\d|quý\s+(?:iv|i{1,3}|[1-4])\b"
    r"|\d{1,2}\s+tháng\s+(?:đầu|cuối)\b|(?:19|20)\d\d(?!\d)",
    re.IGNORECASE,
)
#: A document that is cited, with its day; what a thing is compared with.
_CITED_RE = re.compile(r"so với[^,;.]{0,40}|\bsố\s+\S*\d\S*/\S+(?:\s+ngày\s+[\d/]+)?")
_YEAR_RE = re.compile(r"(?:19|20)\d\d")
_YEAR_END_RE = re.compile(r"31/12/((?:19|20)\d\d)")
_BRACKET_RE = re.compile(r"\([^()]*\)")
#: Where the words of a figure begin at the latest, and where those behind it end.
_CUT_RE = re.compile(r"[;:,(]|\s[-–]\s")
_END_RE = re.compile(
    r"[;:()]|[,.](?!\d)|\scòn\s+\d|\s(?:theo|tại|để|nhằm|so với|do|vì|trong đó|bằng|đạt|chiếm|tăng|giảm|là)\s",
    re.IGNORECASE,
)
#: What only leads to a number from what stands before a comma: ``thu hồi nợ còn thấp, mới được 38,7%``.
_IDLE_RE = re.compile(r"\s*(?:(?:mới|chỉ|đã|ước|vẫn)\s+)*(?:đạt|có|bằng|được|là|còn)\s*", re.IGNORECASE)
_LONGEST = 90
#: By so many letters a heading is known to be the paragraph itself.
_OWN = 30
_LABEL_RE = re.compile(r"(?:\W*(?:\(?[a-zđ\divx]{1,4}[).])?)\s*(?P<label>[^:;]{3,80}?):")
#: A number that stands for a whole of which the next one is a part: "Trong 489 đơn … có 372 đơn".
_WHOLE_RE = re.compile(r"\b(?:trong|trên)\s+(?:tổng\s+)?(?:số\s+)?$", re.IGNORECASE)
#: Between a number and what it is a part of; between a number and its rate.
_OUT_OF_RE = re.compile(r".*(?:\b(?:trên|trong)\s+(?:tổng\s+)?(?:số\s+)?|/)\s*", re.IGNORECASE | re.DOTALL)
_RATE_RE = re.compile(r"[^.;:\d]{0,60}(?:\(|\bđạt|\bchiếm|\bbằng|\btỷ lệ|,)\s*(?:tỷ lệ\s*)?", re.IGNORECASE)
#: ``84% số xã đạt tiêu chí``: what a rate is of stands behind it.
_SHARE_RE = re.compile(r"\s*(?:tổng\s+)?số\s", re.IGNORECASE)
#: What stands behind such words only divides the figure before it.
_DIVIDES_RE = re.compile(r":|\b(?:bao gồm|gồm(?! cả)|chia ra|cụ thể)\b", re.IGNORECASE)
_EMPTY = PLAIN | GENERAL
_FEWEST, _SHORT = 2, 3
#: In a short paper a word that two clauses hold is as telling as in one of so many clauses.
_LEAST_CLAUSES = 30
_SAME = {tuple(other.split()): one.split() for one, other in SAME_WORDS if len(other.split()) == _FEWEST}

Pair = tuple[str, str]
Range = tuple[int, int]


@lru_cache(maxsize=8192)
def says_something(word: str) -> bool:
    """Whether a word carries more than grammar, measures and numbers do."""
    return word not in _EMPTY and not word[0].isdigit()


@dataclass(frozen=True, slots=True, eq=False)
class Clause:
    """A sentence, or a part of one that a semicolon ends: its place, the label of its sentence, its words."""

    where: Stated
    start: int
    end: int
    label: tuple[str, ...]
    words: frozenset[str]
    pairs: frozenset[Pair]

    @property
    def text(self) -> str:
        """Its text."""
        return self.where.text[self.start : self.end]


@dataclass(frozen=True, slots=True, eq=False)
class Phrase:
    """A figure with the words, and pairs of words, that tell what it is of.

    `before` is what stands before it in its part of the clause, `head` what the first of several figures of its
    kind says for all, `opening` the words before the first figure of its clause. One that is a `part` only divides
    another one.
    """

    told: Mention
    clause: Clause
    before: str
    text: str
    tokens: frozenset[str]
    words: frozenset[str]
    head: frozenset[str]
    pairs: frozenset[Pair]
    opening: frozenset[str]
    part: bool

    @property
    def figure(self) -> Figure:
        """The figure."""
        return self.told.figure

    @property
    def called(self) -> str:
        """Its words, as a person reads them."""
        return " ".join(self.text.split()).strip(" -+*•(,")

    @property
    def levels(self) -> frozenset[str]:
        """The levels of government that it names."""
        return level_words(self.text)

    @property
    def names(self) -> frozenset[str]:
        """The names that it holds."""
        return frozenset(proper_names(self.text))

    @property
    def over(self) -> tuple[str, ...]:
        """The leads of its list and the headings over it, the nearest first; one may run into its paragraph."""
        return tuple(self.told.places.over(self.told.where.block))

    @property
    def led(self) -> tuple[str, ...]:
        """What stands over it without its own paragraph."""
        return tuple(one for one in self.over if one[:_OWN] not in self.told.where.text)

    @property
    def times(self) -> frozenset[str]:
        """The times that its clause tells, or else the leads of its list or the headings over it."""
        texts = (_BRACKET_RE.sub(" ", self.clause.text), *self.over)
        return next(filter(None, map(times_in, texts)), frozenset())


@lru_cache(maxsize=4096)
def times_in(text: str) -> frozenset[str]:
    """The times that a text tells; the last day of a year is the year.

    >>> sorted(times_in("đến 31/12/2024, nhiều hơn quý II"))
    ['2024', 'quý ii']
    """
    return frozenset(_times(text))


def _times(text: str) -> Iterator[str]:
    for found in _TIME_RE.findall(_CITED_RE.sub(" ", text)):
        yield _YEAR_END_RE.sub(r"\1", " ".join(found.lower().split()))


def years_of(subject: Subject) -> frozenset[str]:
    """The years that a paper is of: that of its day, and those of its title."""
    title = subject.document.metadata.title
    years: Iterable[str] = _YEAR_RE.findall(title.value) if title else ()
    return frozenset((*years, str(subject.as_of.year))) if subject.as_of else frozenset(years)


def one_time(mine: frozenset[str], its: frozenset[str], years: frozenset[str]) -> bool:
    """Whether two numbers are told of one time; what tells none is of the years of the paper.

    >>> one_time(frozenset(), frozenset(["2024"]), frozenset(["2024"]))
    True
    """
    if mine and its:
        return mine == its
    return {time[-4:] for time in mine | its if time[-4:].isdigit()} <= years


def level_words(text: str) -> frozenset[str]:
    """The levels of government that a text names.

    >>> level_words("UBND cấp xã")
    frozenset({'xã'})
    """
    return frozenset(LEVEL_RE.findall(text.lower()))


@dataclass(frozen=True, slots=True)
class Phrases:
    """The figures of a paper with their phrases, and in how many clauses a word or a pair stands."""

    found: tuple[Phrase, ...]
    held: Counter[str | Pair]
    clauses: int

    def weight(self, items: Iterable[str]) -> float:
        """What words say together: one that a single clause holds 1, one that all hold nothing."""
        return self.weight_of(filter(says_something, items))

    def weight_of(self, items: Iterable[str | Pair]) -> float:
        """What words, and pairs of them, say together, all taken to say something."""
        total = log(self.clauses + 1)
        return fsum(1 - log(max(self.held[one], 1)) / total for one in items)


def read_phrases(subject: Subject) -> Phrases:
    """The figures of running text with their phrases; read once for all rules."""
    return _read_phrases(Same(subject))


@lru_cache(maxsize=2)
def _read_phrases(read: Same[Subject]) -> Phrases:
    subject = read.it
    held: Counter[str | Pair] = Counter()
    found: list[Phrase] = []
    count = 0
    for where, group in groupby(mentions(subject), key=lambda told: told.where):
        left = list(group)
        for low, high in split_sentences(where.text):
            inside = [told for told in left if low <= where.start(told.figure) < high]
            if not inside:
                continue
            tokens = list(_tokens(where.text[low:high], low))
            for clause in _clauses(where, (low, high), tokens):
                of_it = [told for told in inside if clause.start <= where.start(told.figure) < clause.end]
                if not of_it:
                    continue
                count += 1
                held.update(clause.words)
                held.update(clause.pairs)
                found.extend(_phrase(told, clause, tokens) for told in of_it)
    return Phrases(tuple(found), held, max(count, _LEAST_CLAUSES))


def _tokens(text: str, at: int) -> Iterator[tuple[int, str]]:
    """The words of a text that begins at `at`, abbreviations in full, two words of one sense as one."""
    text = PROVINCE_RE.sub(lambda found: " " * len(found.group()), unify_tones(nfc(text)))
    before: tuple[int, str] | None = None
    for found in _TOKEN_RE.finditer(text):
        word, place = found.group(), at + found.start()
        if word.isupper() and len(word) > 1:
            if before:
                yield before
            *others, last = in_full(word).lower().split()
            yield from ((place, other) for other in others)
            before = place, last
            continue
        word = word.lower().lstrip("0") or word
        if before and (same := _SAME.get((before[1], word))):
            yield before[0], same[0]
            before = place, same[1]
            continue
        if before:
            yield before
        before = place, word
    if before:
        yield before


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, abbreviations in full.

    >>> words_of("TTHC")
    ('thủ', 'tục', 'hành', 'chính')
    """
    return tuple(word for _, word in _tokens(text, 0))


def inside(tokens: Sequence[tuple[int, str]], *ranges: Range) -> list[str]:
    """The words in some ranges of a text."""
    return [
        word
        for low, high in ranges
        for _, word in tokens[bisect_left(tokens, (low, "")) : bisect_left(tokens, (high, ""))]
    ]


def _clauses(where: Stated, sentence: Range, tokens: Sequence[tuple[int, str]]) -> Iterator[Clause]:
    low, high = sentence
    head = _LABEL_RE.match(where.text, low, high)
    if head and any(low <= where.start(one) < head.end() for one in where.figures):
        head = None
    label = tuple(inside(tokens, head.span("label"))) if head else ()
    cuts = [low, *(cut.end() for cut in _PART_RE.finditer(where.text, low, high)), high]
    for start, end in pairwise(cuts):
        words = inside(tokens, (start, end))
        yield Clause(where, start, end, label, frozenset(filter(says_something, words)), pairs_of(words))


def pairs_of(words: Sequence[str]) -> frozenset[Pair]:
    """The pairs of words that stand side by side, and say something."""
    return frozenset(pair for pair in pairwise(words) if says_something(pair[0]) or says_something(pair[1]))


def _phrase(told: Mention, clause: Clause, tokens: Sequence[tuple[int, str]]) -> Phrase:
    """The phrase of a figure; a rate is of what the count before it is of."""
    where, figure = told.where, told.figure
    earlier = [one for one in where.figures[: told.at] if where.start(one) >= clause.start]
    count = figure
    if figure.unit == "%" and earlier and _RATE_RE.fullmatch(where.between(earlier[-1], figure)):
        count = earlier.pop()
        if earlier and _OUT_OF_RE.fullmatch(where.between(earlier[-1], count)):
            count = earlier.pop()
    part = bool(earlier) and bool(
        _DIVIDES_RE.search(_BRACKET_RE.sub(" ", where.text[where.end(earlier[0]) : where.start(count)]))
        or _WHOLE_RE.search(where.text, clause.start, where.start(earlier[-1]))
    )
    before, behind = _reach(where, clause, count, earlier)
    behind = (behind[0], min(behind[1], where.start(figure))) if count is not figure else behind
    alone = count is figure and figure.unit == "%" and not _SHARE_RE.match(where.text, where.end(figure))
    ranges = [before] if alone else [before, behind]
    words = inside(tokens, *ranges)
    carrying, pairs = frozenset(filter(says_something, words)), pairs_of(words)
    if len(carrying) < _FEWEST:
        words = [*words, *clause.label]
        carrying, pairs = frozenset(filter(says_something, words)), pairs | pairs_of(clause.label)
    first = next((one for one in earlier if one.unit == figure.unit), None)
    listed = first is not None and (figure.unit == "%" or len(carrying) <= _SHORT)
    head = inside(tokens, (clause.start, where.start(first))) if first and listed else []
    text = " ".join(where.text[low:high] for low, high in ranges)
    said = frozenset(filter(says_something, head))
    opening = frozenset(inside(tokens, (clause.start, where.start(earlier[0]))) if earlier else ())
    own = where.text[slice(*before)]
    return Phrase(told, clause, own, text, frozenset(words), carrying, said, pairs, opening, part)


def _reach(where: Stated, clause: Clause, figure: Figure, earlier: Sequence[Figure]) -> tuple[Range, Range]:
    """How far the words of a figure reach to both sides."""
    start, end = where.start(figure), where.end(figure)
    low = max(clause.start, *(where.end(one) for one in earlier)) if earlier else clause.start
    told = _BRACKET_RE.sub(lambda bracket: "_" * len(bracket.group()), where.text[low:start])
    cuts = [low, *(low + cut.end() for cut in _CUT_RE.finditer(told))]
    while len(cuts) > 1 and where.text[cuts[-1] - 1] == "," and _IDLE_RE.fullmatch(where.text, cuts[-1], start):
        cuts.pop()
    low = cuts[-1]
    high = min(clause.end, end + _LONGEST)
    stop = _END_RE.search(where.text, end, high)
    return (low, start), (end, stop.start() if stop else high)
