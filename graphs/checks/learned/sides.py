"""What stands right beside the numbers of a paper: words, numbers they go with, numbers that hold them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from graphs.checks.learned.anchored import in_table, in_text
from graphs.checks.reading.moved import scaled
from graphs.checks.reading.named import ANY_UNIT
from graphs.checks.reading.phrases import Phrase, words_of
from graphs.checks.reading.rated import whole_of
from graphs.checks.reading.telling import Telling, Words, carrying
from graphs.checks.reading.tellings import Tellings
from kb.text.sentences import split_sentences

#: A number behind or before such words is a mark to be reached or passed.
_BOUND = r"từ|tối thiểu|tối đa|không quá|dưới|trên|ít nhất|không dưới|không thấp hơn|phấn đấu(?: đạt)?"
_BEFORE_BOUND_RE = re.compile(rf"(?:\b(?:{_BOUND})|[<>≥≤])\s*$", re.IGNORECASE)
_BEHIND_BOUND_RE = re.compile(r"\s*(?:[^\W\d_]+\s+){0,2}trở (?:lên|xuống)", re.IGNORECASE)
_BOUND_CELL_RE = re.compile(rf"\b(?:{_BOUND}|trở lên|trở xuống)\b|[<>≥≤]", re.IGNORECASE)
#: Headings of what is to follow, and not of what came of it.
_TO_COME_RE = re.compile(
    r"\b(?:mục tiêu|chỉ tiêu|phương hướng|nhiệm vụ|định hướng|giải pháp|kế hoạch)\b", re.IGNORECASE
)
_CAME_RE = re.compile(
    r"\b(?:kết quả|thực hiện|đánh giá|hoàn thành|tồn tại|hạn chế|nguyên nhân|ưu điểm|tình hình|đạt)\b",
    re.IGNORECASE,
)
#: Between a number and what it goes with: its rate, what it is out of.
_WITH_RE = re.compile(r"[^;.:\d]{0,28}")
_BOUND_REACH, _REACH, _WORDS, _HEADING = 24, 90, 6, 80
#: A difference of fewer digits is often told by chance.
_LONG, _TWO = 100, 2


@dataclass(slots=True)
class Sides:
    """What stands beside the numbers of a paper, told by their place in what was read."""

    read: Tellings
    _phrases: dict[int, Phrase] = field(init=False)
    _held: dict[tuple[int, Decimal | None], float] = field(init=False, default_factory=dict)
    _before: dict[int, Words] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Find the phrases of the text."""
        self._phrases = {phrase.figure.span.start: phrase for phrase in self.read.phrases.found}

    def _phrase(self, at: int) -> Phrase | None:
        one = self.read.found[at]
        return None if one.cell else self._phrases.get(one.span.start)

    def held(self, at: int) -> float:
        """How surely the numbers around one hold it in place."""
        return self._holding(at, None)

    def fits(self, at: int, other: Telling) -> float:
        """How surely the numbers around one would hold another one in its place."""
        return self._holding(at, other.value) if other.kind == self.read.found[at].kind else 0.0

    def _holding(self, at: int, value: Decimal | None) -> float:
        if (at, value) not in self._held:
            one, phrase = self.read.found[at], self._phrase(at)
            told = 0.0
            if one.cell:
                scale = self._scale(one)
                told = in_table(*one.cell, None if value is None else float(value / scale))
            elif phrase:
                told = in_text(phrase.told.where, phrase.figure, None if value is None else float(value))
            self._held[at, value] = told
        return self._held[at, value]

    @staticmethod
    def _scale(one: Telling) -> Decimal:
        """How many times what a cell prints its value is."""
        printed = one.cell[1].value(one.cell[2]) if one.cell else None
        return one.value / printed if printed else Decimal(1)

    def before(self, at: int) -> Words:
        """The last words right before a number of the text; those of its own of a cell."""
        one, phrase = self.read.found[at], self._phrase(at)
        if one.cell:
            return one.own
        if at not in self._before:
            text = phrase.told.where.text[: phrase.told.where.start(phrase.figure)] if phrase else ""
            words = [word for word in words_of(text[-_REACH:]) if carrying((word,))]
            self._before[at] = frozenset(words[-_WORDS:])
        return self._before[at]

    def partners(self, at: int) -> frozenset[Decimal]:
        """The numbers that one of the text goes with: its rate, what it is a rate of."""
        if (phrase := self._phrase(at)) is None:
            return frozenset()
        where, figure, place = phrase.told.where, phrase.figure, phrase.told.at
        before, behind = where.figures[:place][-1:], where.figures[place + 1 : place + 2]
        with_it = [one for one in before if _WITH_RE.fullmatch(where.between(one, figure))]
        with_it += [one for one in behind if _WITH_RE.fullmatch(where.between(figure, one))]
        return frozenset(map(scaled, with_it))

    def around(self, at: int) -> frozenset[Decimal]:
        """The other numbers of the row or the clause of one; of a row also in the unit of the cell."""
        one, phrase = self.read.found[at], self._phrase(at)
        if one.cell:
            grid, line, column = one.cell
            row = [value for at in grid.columns if at != column and (value := line.value(at)) is not None]
            return frozenset(row) | frozenset(value * self._scale(one) for value in row)
        if phrase is None:
            return frozenset()
        where, clause = phrase.told.where, phrase.clause
        inside = (one for one in where.figures if clause.start <= where.start(one) < clause.end)
        return frozenset(scaled(one) for one in inside if one is not phrase.figure)

    def _in_sentence(self, at: int) -> frozenset[Decimal]:
        """The numbers of its kind that the sentence of one of the text tells."""
        phrase = self._phrase(at)
        if phrase is None:
            return frozenset()
        where, start = phrase.told.where, phrase.told.where.start(phrase.figure)
        low, high = next(((low, high) for low, high in split_sentences(where.text) if low <= start < high), (0, 0))
        inside = (one for one in where.figures if low <= where.start(one) < high and not one.of)
        return frozenset(scaled(one) for one in inside if (one.unit == "%") == (phrase.figure.unit == "%"))

    def told_apart(self, at: int, other: int) -> bool:
        """Whether two numbers are two things by what is told with them.

        The row or clause of the one tells the other too, or how much more it is; two rates name two wholes.
        """
        one, two = (self.read.found[place].value for place in (at, other))
        mine, its = self.around(at), self.around(other)
        if two in mine or one in its:
            return True
        phrases = [self._phrase(place) for place in (at, other)]
        if any(phrase and abs(one - two) in told for phrase, told in zip(phrases, (mine, its), strict=True)):
            return True
        if abs(one - two) >= _LONG and any(abs(one - two) in self._in_sentence(place) for place in (at, other)):
            return True  # "trước hạn 36.905; đúng hạn 23.512" beside a column "Trước và đúng hạn"
        if any(self._is_of_another(*pair) or self._counts_too(*pair) for pair in ((at, other), (other, at))):
            return True
        wholes = [whole_of(phrase) for phrase in phrases if phrase and phrase.figure.unit == "%"]
        return len(wholes) > 1 and not (wholes[0] <= wholes[1] or wholes[1] <= wholes[0])

    def _counts_too(self, at: int, other: int) -> bool:
        """Whether the clause of a number of the text counts what the other one counts, by another number.

        ``118 cuộc thanh tra và 294 cuộc kiểm tra đối với 945 tổ chức, 5.902 cá nhân`` beside ``264 cá nhân``.
        """
        phrase, counted = self._phrase(at), self._phrase(other)
        nouns = [(told.figure.unit or "").lower() for told in (phrase, counted) if told]
        if phrase is None or len(set(filter(None, nouns))) < _TWO or nouns[1] in ANY_UNIT:
            return False
        where, own = phrase.told.where, phrase.figure
        inside = (one for one in where.figures if phrase.clause.start <= where.start(one) < phrase.clause.end)
        return any((one.unit or "").lower() == nouns[1] for one in inside if one is not own)

    def _is_of_another(self, at: int, cell: int) -> bool:
        """Whether a rate names another whole than a row, which is what a rate beside it is of.

        ``52,3% lượt cơ sở được kiểm tra nhưng mang về 65,8% số tiền phạt`` beside the row “Cơ sở được kiểm tra”.
        """
        row, phrase = self.read.found[cell], self._phrase(at)
        if not row.cell or phrase is None or phrase.figure.unit != "%":
            return False
        beside = (one for one in self._phrases.values() if one.clause is phrase.clause and one is not phrase)
        named = row.own | row.said.clause
        mine = whole_of(phrase)
        return (
            bool(mine and row.own) and mine.isdisjoint(named) and any(row.own <= whole_of(one) for one in beside)
        )

    def is_bound(self, at: int) -> bool:
        """Whether a number is a mark to be reached or passed, and counts nothing."""
        one, phrase = self.read.found[at], self._phrase(at)
        if one.cell:
            return _BOUND_CELL_RE.search(one.cell[1].printed(one.cell[2])) is not None
        if phrase is None:
            return False
        where, figure = phrase.told.where, phrase.figure
        start = where.start(figure)
        return bool(
            figure.bound in ("<", ">")
            or _BEFORE_BOUND_RE.search(where.text, max(0, start - _BOUND_REACH), start)
            or _BEHIND_BOUND_RE.match(where.text, where.end(figure))
        )

    def is_to_come(self, at: int) -> bool:
        """Whether a number stands under a heading of what is to be done or reached, not of what came of it."""
        one, phrase = self.read.found[at], self._phrase(at)
        over = [one.cell[0].table.title or ""] if one.cell else phrase.over if phrase else ()
        return any(_heads_what_is_to_come(head[:_HEADING]) for head in over)


@lru_cache(maxsize=1024)
def _heads_what_is_to_come(head: str) -> bool:
    return _TO_COME_RE.search(head) is not None and _CAME_RE.search(head) is None
