"""FIG of a change told far from its two values: ``cuối năm 2018 đạt 61,4%; năm 2017 là 58,0% … tăng 2,1 điểm %``.

The values are two of one thing and of two times, told close together; the change stands in another paragraph, in
a clause without other numbers, whose words are all among theirs. What is many times more or less is of something
else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from graphs.checks.changes.two_times import (
    NO_VALUE_RE,
    NOW,
    PAST,
    SAID_OF_TIME,
    VALUE_CUT_RE,
    Timed,
    time_of,
    words_beside,
)
from graphs.checks.reading.forms import BARE, PLANNED_RE, SIGN, Signs, signs_of
from graphs.checks.reading.moved import Moved, clause_words, head, judge
from graphs.checks.reading.prose import Stated, everywhere
from graphs.checks.report import Rule, Subject, Tally
from kb.models import Finding, TextBlock

_CHANGE_RE = re.compile(
    rf"\b(?P<way>tăng|giảm|gấp)(?:\s+(?:thêm|được|đi|tới|đến|lên))*\s*(?P<change>{SIGN})"
    rf"(?!{BARE}{{0,30}}so với\s+(?:kế|dự|chỉ|mục|cả nước|mức))",
    re.IGNORECASE,
)
_SINCE_RE = re.compile(
    r"\bso với\s+(?:cùng kỳ\s+|cuối\s+|đầu\s+)?(?:năm\s+(?P<year>(?:19|20)\d\d)|(?P<past>cùng kỳ|năm trước"
    r"|năm ngoái|đầu năm))",
    re.IGNORECASE,
)
_YEAR_RE = re.compile(r"(?:19|20)\d\d")
_IN_BRACKET_RE = re.compile(r"\bnăm\s+(?P<year>(?:19|20)\d\d)\s*\(\s*$")
_BEHIND_END_RE = re.compile(r"\s(?:là|do|nhờ|vì|cho thấy|nên|để|góp)\s")
_CLAUSE_RE = re.compile(r"[;:]|[.,]\s")
_SENTENCE_RE = re.compile(r"[;:]|\.\s")
#: Of a shorter time, of a part, or of what is beside the values.
_NARROW_RE = re.compile(
    r"\b(?:riêng|bình quân|mỗi|tháng|quý|vụ|đợt|tuần|trong đó|giai đoạn|nhiệm kỳ|mục tiêu|kế hoạch|trong số)\b",
    re.IGNORECASE,
)
#: Words of grammar, of telling and of receiving, which make no other thing.
_SAID = (
    "thời điểm con này số lượng của bà người dân được gửi nhận kết quả rà soát tiếp tục đạt những các đã tính cũng"
    " vẫn chung kéo"
)
_ASIDE = SAID_OF_TIME | frozenset(_SAID.split())
_GATES = ("tăng", "giảm", "gấp")
_REACH, _FEWEST, _TIMES = 200, 2, 3


@dataclass(frozen=True, slots=True)
class _Claim:
    """A change as told, its place and way, the words of its clause, and since when it is."""

    where: Stated
    moved: Moved
    words: frozenset[str]
    since: int | None


@dataclass(frozen=True, slots=True)
class _Two:
    """An earlier and a later value of one thing, the words of their sentences, and their paragraph."""

    earlier: Timed
    later: Timed
    words: frozenset[str]
    block: TextBlock

    def gives(self, claim: _Claim) -> Moved:
        """The change of a claim between the two."""
        return Moved(self.earlier.figure, self.later.figure, claim.moved.change, claim.moved.way)


def check_change_far(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """A change told alone is that of the two values that another paragraph tells of the thing."""
    year = subject.as_of.year if subject.as_of else None
    if subject.is_rule() or year is None:
        return
    places = [where for where in everywhere(subject) if where.figures]
    claims = [claim for where in places for claim in _claims(where, year)]
    pairs = [two for where in places if _may_be_of(where, claims) for two in _pairs(where, year)]
    for claim in claims:
        told = [
            two
            for two in pairs
            if two.block is not claim.where.block
            and claim.words <= two.words
            and _one_unit(claim, two)
            and (
                claim.since is None or claim.since in (two.earlier.time, PAST if claim.since == year - 1 else None)
            )
        ]
        if any((off := two.gives(claim).off()) is not None and off < 1 for two in told):
            tally.held += 1
        elif len({(two.earlier.figure, two.later.figure) for two in told}) == 1 and _is_near(told[0].gives(claim)):
            yield from judge(claim.where, told[0].gives(claim), tally, by)


def _may_be_of(where: Stated, claims: Sequence[_Claim]) -> bool:
    """Whether a paragraph has all words of a claim: most are passed over unread."""
    small = where.text.lower() if len(where.figures) >= _FEWEST else ""
    return any(all(map(small.__contains__, claim.words)) for claim in claims)


def _claims(where: Stated, year: int) -> Iterator[_Claim]:
    small = where.text.lower()
    if not any(gate in small for gate in _GATES):
        return
    signs = signs_of(where)
    for found in _CHANGE_RE.finditer(signs.text):
        change = signs.of(found["change"])
        low = signs.behind_last(_SENTENCE_RE, found.start())
        high = _CLAUSE_RE.search(signs.text, found.end())
        before, behind = signs.text[low : found.start()], signs.text[found.end() : high.start() if high else None]
        since = _SINCE_RE.search(before) or _SINCE_RE.search(behind)
        own = _SINCE_RE.sub(" ", before)
        if change.of or change.bound or not change.unit or re.search(SIGN, before + behind):
            continue
        if PLANNED_RE.search(before) or _NARROW_RE.search(own) or set(_YEAR_RE.findall(own)) - {str(year)}:
            continue
        words = clause_words(own.rpartition(",")[2] if "," in own.strip(" ,") else own) - _ASIDE
        if len(words) < _FEWEST:  # "giảm được 83 hộ nghèo": what changed stands behind
            words |= clause_words(_BEHIND_END_RE.split(_SINCE_RE.sub(" ", behind))[0]) - _ASIDE
        if len(words) >= _FEWEST:
            at = int(since["year"]) if since and since["year"] else year - 1 if since else None
            yield _Claim(where, Moved(change, change, change, found["way"].lower()), words, at)


def _pairs(where: Stated, year: int) -> Iterator[_Two]:
    """The values of one thing at two times, the later of the year of the paper."""
    if len(where.figures) < _FEWEST:
        return
    signs = signs_of(where)
    values = list(_values(signs))
    for one in values:
        for two in values:
            since, until = one.time, NOW if two.time in (None, year) else two.time
            if since is None or since >= year or until != NOW or head(one.figure) != head(two.figure):
                continue
            low, high = sorted((one.at, two.at))
            lacking = min(one.words - two.words - _ASIDE, two.words - one.words - _ASIDE, key=len)
            if high - low > _REACH or lacking or one.figure is two.figure:
                continue
            end = _SENTENCE_RE.search(signs.text, high)
            text = signs.text[signs.sentence_start(low) : end.start() if end else None]
            if not PLANNED_RE.search(text):
                yield _Two(one, two, clause_words(text) | {head(one.figure)}, where.block)


def _values(signs: Signs) -> Iterator[Timed]:
    for place, letter in enumerate(signs.text):
        if not signs.is_sign(letter):
            continue
        figure = signs.of(letter)
        low = signs.behind_last(VALUE_CUT_RE, place)
        plain = not figure.of and figure.bound in (None, "~") and head(figure) not in ("", "lần", "điểm")
        if plain and not NO_VALUE_RE.search(signs.text[low:place]):
            bracket = _IN_BRACKET_RE.search(signs.text, 0, place)
            time = int(bracket["year"]) if bracket else time_of(signs, low, place)
            yield Timed(figure, time, words_beside(signs, place), place)


def _one_unit(claim: _Claim, two: _Two) -> bool:
    unit = head(claim.moved.change) if claim.moved.change else ""
    of = head(two.earlier.figure)
    return of == "%" if unit == "điểm" else unit in ("%", "lần", of)


def _is_near(moved: Moved) -> bool:
    """Whether the change goes the way that is told, and is not many times more or less."""
    change = moved.change
    if change is None or not moved.right_way or not moved.difference or not Decimal(moved.earlier.value):
        return False
    told, by = Decimal(change.value), abs(moved.difference)
    first, last = sorted((abs(Decimal(moved.earlier.value)), abs(Decimal(moved.later.value))))
    exact = [by, by / abs(Decimal(moved.earlier.value)) * 100, last / first if first else by]
    if head(change) == "lần":
        return bool(first) and max(told, exact[2]) <= min(told, exact[2]) * Decimal("1.5")
    return any(max(told, one) <= min(told, one) * _TIMES for one in exact[:2] if one)
