"""A whole and a part of it that one paragraph tells: ``tiếp nhận 1.846 vụ việc, hòa giải thành 1.532 vụ việc``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import groupby, islice

from graphs.checks.reading.moved import head, scaled
from graphs.checks.reading.named import ANY_UNIT, PLAIN
from graphs.checks.reading.phrases import Pair, Phrase, words_of
from graphs.checks.reading.said import PLANNED_RE
from graphs.checks.reading.telling import Words, carrying_in
from kb.text.sentences import split_sentences

_OUT_OF_RE = re.compile(r"\b(?:trên|trong)\s+(?:tổng\s+số|tổng|số)\s*$", re.IGNORECASE)
_NOT_RE = re.compile(r"\b(?:chưa|không)\b", re.IGNORECASE)
#: A clause that only tells the result of what was said before it.
_ANSWERS_RE = re.compile(
    r"\s*(?:(?:kết quả|thực hiện|thực tế|đến nay|hiện|đã|mới|có|đạt|được)\s*:?\s*)+", re.IGNORECASE
)
#: In a bracket behind what a number is held against: it is of another time.
_EARLIER_RE = re.compile(r"\b(?:so với|cùng kỳ|năm trước)\b[^.;()]*\(\s*$", re.IGNORECASE)
#: Two of a kind: the one is no part of the other.
_AND_RE = re.compile(r"\bvà(?:\s+có)?\s*$", re.IGNORECASE)
#: Words of grammar, and those that say nothing of what is counted.
_NEUTRAL = (PLAIN - {"phương"}) | frozenset(
    re.findall(
        r"\w+",
        "chưa không vẫn còn mới chỉ rất khá đều lại cũng đang phải bị nhiều một cao thấp quá trễ chậm muộn hạn trả"
        " tốt thiếu phần lớn khi hết ngay kết quả thực hiện"
        " tỷ lệ tiến mức độ bằng chiếm tổng số xong tiếp tục nghìn ngàn triệu"
        " tỉ đồng",
    )
)
#: So many wholes a part may have, so near before it.
_WHOLES, _FARTHEST = 3, 320
#: What all sums of money count.
MONEY = "đồng"


@dataclass(frozen=True, eq=False)
class Parted:
    """A whole and a part of it that one paragraph tells."""

    whole: Phrase
    part: Phrase
    total: Decimal
    done: Decimal

    @property
    def place(self) -> int:
        """Where their paragraph begins."""
        return self.part.told.where.block.view.start

    @property
    def times(self) -> frozenset[str]:
        """The times that are told of them."""
        return self.part.times or self.whole.times

    @property
    def levels(self) -> frozenset[str]:
        """The levels of government that they name."""
        return self.part.levels | self.whole.levels

    @cached_property
    def negated(self) -> bool:
        """Whether the part is told to be not so, or not yet so."""
        return bool(_NOT_RE.search(self.part.text))

    @cached_property
    def deed(self) -> Words:
        """What is said of the part alone, or of it too."""
        own = says(self.part.tokens) | self._title
        alone = own - self.whole.tokens
        return alone if len(alone) > 1 and self.whole is not self.part else own

    @cached_property
    def _title(self) -> Words:
        """What its item is called, where the part only answers: ``Trạm có bác sĩ: từ 90%; kết quả 9/13``."""
        part, text = self.part, self.part.told.where.text
        if not _ANSWERS_RE.fullmatch(text, part.clause.start, part.told.where.start(part.figure)):
            return frozenset()
        sentences = (low for low, high in split_sentences(text) if low <= part.clause.start < high)
        return says(words_of(text[next(sentences, 0) : part.clause.start]))

    @cached_property
    def words(self) -> Words:
        """What is said of both where they stand."""
        ends = (self.whole, self.part)
        return says(word for one in ends for word in (*one.tokens, *one.clause.words)) | self._title

    @cached_property
    def pairs(self) -> frozenset[Pair]:
        """Their words, two by two."""
        return self.whole.clause.pairs | self.part.clause.pairs

    @cached_property
    def over(self) -> Words:
        """What stands over them."""
        return frozenset[str]().union(*map(carrying_in, self.part.over))


@dataclass(frozen=True, slots=True)
class _Count:
    """A count of a paragraph, its value, what it counts, where it begins and ends."""

    told: Phrase
    value: Decimal
    noun: str
    start: int
    end: int


def parted(found: Sequence[Phrase]) -> Iterator[Parted]:
    """The wholes and parts that the paragraphs tell, each ``a/b`` among them."""
    for where, group in groupby(found, key=lambda one: one.told.where):
        counts = [
            _Count(one, scaled(one.figure), noun_of(one), where.start(one.figure), where.end(one.figure))
            for one in group
            if one.figure.unit != "%" and not one.figure.bound
        ]
        for at, part in enumerate(counts):
            figure = part.told.figure
            if figure.of is not None:
                if 0 < Decimal(figure.value) < Decimal(figure.of):
                    yield Parted(part.told, part.told, Decimal(figure.of), Decimal(figure.value))
                continue
            wholes = list(_wholes(counts, at))
            earlier = _EARLIER_RE.search(where.text, max(0, part.start - _FARTHEST), part.start)
            if wholes and not earlier and not PLANNED_RE.search(part.told.before):
                for whole in wholes:
                    yield Parted(whole.told, part.told, whole.value, part.value)


def _wholes(counts: Sequence[_Count], at: int) -> Iterator[_Count]:
    """What a number may be a part of: what it is told to be out of, else the nearest larger ones before it."""
    part = counts[at]
    text = part.told.told.where.text
    behind = counts[at + 1] if at + 1 < len(counts) else None
    if behind is not None and _OUT_OF_RE.search(text, part.end, behind.start):
        if _is_larger(behind, part):
            yield behind
        return
    low = part.start - _FARTHEST
    larger = (one for one in reversed(counts[:at]) if one.end >= low and _is_larger(one, part))
    for whole in islice(larger, _WHOLES):
        if not _AND_RE.search(text, whole.end, part.start):
            yield whole


def _is_larger(one: _Count, other: _Count) -> bool:
    larger = one.told.figure.of is None and 0 < other.value < one.value
    return larger and _one_noun(one.told, one.noun, other.told, other.noun)


def noun_of(told: Phrase) -> str:
    """The first word of what is counted; of all sums of money the same."""
    return head(told.figure)


def one_noun(one: Phrase, other: Phrase) -> bool:
    """Whether two numbers count one kind of thing, as far as both say."""
    return _one_noun(one, noun_of(one), other, noun_of(other))


def _one_noun(one: Phrase, first: str, other: Phrase, second: str) -> bool:
    if first == second or not second:
        return bool(first) and (bool(second) or first in other.tokens)
    return second in one.tokens and (one.figure.unit or "") in ANY_UNIT


def says(words: Iterable[str]) -> Words:
    """The words that say what a thing is or what is done with it."""
    return frozenset(word for word in words if word not in _NEUTRAL and word[0].isalpha())
