"""The change that words tell again: ``số vụ giảm một phần năm`` where another sentence has 72 of 360, or 20,0%.

What rose or fell is named before the word for the way. Another sentence names it with the rate of a change of that
way, with the change and what it is since, or with the values of two times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from graphs.checks.reading.arithmetic import show
from graphs.checks.reading.compared import Words
from graphs.checks.reading.mentions import proper_names
from graphs.checks.reading.moved import head, scaled
from graphs.checks.reading.named import with_unit
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.reading.rows import Same
from graphs.checks.report import Subject
from graphs.checks.restated.called_values import naming
from graphs.checks.restated.loose_beside import Meant
from graphs.checks.restated.loose_said import LooseSaid
from graphs.checks.restated.shares_near import Near, distinct, is_count
from kb.models import Figure
from kb.text.sentences import split_sentences

_UP = "tăng"
_WAY_RE = re.compile(r"\b(?P<way>tăng|giảm)(?:\s+(?:thêm|được|khoảng|tới|đến|là|tương ứng))*\s*$", re.IGNORECASE)
#: Between a change and its rate: ``giảm 78 cặp (20,0%)``, ``giảm 72 vụ so với 360 vụ, tương ứng 20,0%``.
_ITS_RATE_RE = re.compile(
    r"[^\d.;:(),]{0,40}(?:so với[^.;]{0,60}?)?[,(]?\s*\(?(?:(?:tương ứng|tương đương|tức(?: là)?|hay|bằng)\s+)*"
    r"(?:với\s+)?(?:(?:mức\s+)?(?:tăng|giảm)\s+)?",
    re.IGNORECASE,
)
#: Before or behind the value of the time before.
_THEN_RE = re.compile(
    r"(?:\bso với\b|\bcùng kỳ\b|\bnăm (?:trước|ngoái)\b|\bkỳ trước\b)[^.;]{0,40}$", re.IGNORECASE
)
_YEAR_BEFORE_RE = re.compile(r"\bnăm\s+(?P<year>(?:19|20)\d\d)\b[^.;,\d]{0,40}$", re.IGNORECASE)
_YEAR_RE = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_BEHIND_RE = re.compile(r"[^.;,()\d]{0,30}\bnăm\s+(?:trước|ngoái|(?P<year>(?:19|20)\d\d))", re.IGNORECASE)
_ELSE_RE = re.compile(
    r"\b(?:kế hoạch|dự toán|chỉ tiêu|mục tiêu|phấn đấu|dự kiến|tối thiểu|ít nhất|bình quân|nếu|cả nước"
    r"|toàn quốc|giai đoạn|mỗi năm|hằng năm|điểm phần trăm)\b",
    re.IGNORECASE,
)
#: What was to be reached, told before a colon; what its result is said to be behind that.
_AIMED_RE = re.compile(
    r"[^:;.]*?(?:\b(?:chỉ tiêu|mục tiêu|kế hoạch|tối thiểu|phấn đấu)\b|\btrở lên\b)[^:;]*?[:;]\s", re.IGNORECASE
)
_VERDICT_RE = re.compile(
    r"[,;(]?\s*\b(?:không đạt|chưa đạt|vượt|đạt)(?:\s+và vượt)?\s+(?:chỉ tiêu|kế hoạch|mục tiêu)"
    r"(?:\s+(?:đề ra|giao))?\W*$",
    re.IGNORECASE,
)
#: Before what rose or fell, where its clause says why or how.
_WHY_RE = re.compile(r"\b(?:để|giúp|làm(?: cho)?|khiến|nên|mà|rằng|thì|với)\s", re.IGNORECASE)
_LEAD_RE = re.compile(
    r"^\W*(?:(?:như vậy|nhìn chung|theo đó|đáng chú ý|trong đó|riêng|đặc biệt|kết quả"
    r"|(?:nhờ|vì|do) (?:vậy|đó|thế))\s*,?\s+)+",
    re.IGNORECASE,
)
_FULL = Decimal(100)
_FEWEST, _MORE, _TWO = 2, 6, 2


@dataclass(frozen=True, slots=True)
class _Change:
    """How much something rose or fell, in per cent: the words of its clause, of its sentence, its names."""

    up: bool
    near: Near
    words: Words
    all: Words
    sentence: str
    place: int
    alone: bool


def change_elsewhere(subject: Subject, said: LooseSaid) -> tuple[Meant, Sequence[Near]] | None:
    """The change that the only other place tells of what rose or fell, with all that may bear it out."""
    what = _WHY_RE.split(_LEAD_RE.sub("", said.before[: said.before.lower().rfind(said.way)]))[-1]
    words = naming(what)
    if said.way not in ("tăng", "giảm") or len(re.findall(r"[^\W\d_]+", what)) < _FEWEST or not words:
        return None
    if any(map(str.isdigit, what)) or _ELSE_RE.search(said.before + said.behind):
        return None
    place = said.where.block.view.start + said.low
    sentence = said.text[said.low : said.high]
    years, names = frozenset(_YEAR_RE.findall(sentence)), frozenset(proper_names(sentence))
    meant, around = list[Near](), list[Near]()
    for one in _changes(Same(subject)):
        if one.place == place:
            continue
        if 2 * len(words & one.all) >= len(words):
            around.append(one.near)
        if one.up != (said.way == _UP) or not words <= (one.all if one.alone else one.words):
            continue
        its = frozenset(_YEAR_RE.findall(one.sentence))
        of_one_time = not years or not its or years & its
        few_more = sum(word.isalpha() for word in one.words - words) <= _MORE
        if of_one_time and few_more and frozenset(proper_names(one.sentence)) <= names:
            meant.append(one.near)
    alone = distinct(meant)
    return (Meant((alone[0],), sure=True), around) if len(alone) == 1 else None


@lru_cache(maxsize=2)
def _changes(read: Same[Subject]) -> tuple[_Change, ...]:
    return tuple(
        one
        for where in stated(read.it)
        for low, high in split_sentences(where.text)
        for one in _of_sentence(where, low, high)
    )


def _of_sentence(where: Stated, low: int, high: int) -> Iterator[_Change]:
    aimed = _AIMED_RE.match(where.text, low, high)
    since = aimed.end() if aimed else low
    if _ELSE_RE.search(_VERDICT_RE.sub(" ", where.text[since:high])):
        return
    inside = [
        one for one in where.figures if since <= where.start(one) and where.end(one) <= high and not one.bound
    ]
    sentence, place = where.text[low:high], where.block.view.start + low
    all_ = naming(sentence)
    told = [found for one in inside if one.unit == "%" and (found := _told_rate(where, low, one, inside))]
    for up, near, begin in told:
        words = naming(where.text[begin : near.start])
        yield _Change(up, near, words, all_, sentence, place, len(told) == 1)
    if not told:
        yield from (
            _Change(up, near, all_, all_, sentence, place, alone=True)
            for up, near in _two_values(where, low, [one for one in inside if is_count(one)])
        )


def _told_rate(where: Stated, low: int, rate: Figure, inside: Sequence[Figure]) -> tuple[bool, Near, int] | None:
    """The way and the rate of a change, and where the words for it begin."""
    start = where.start(rate)
    ends = [where.end(one) for one in inside if one.unit == "%" and where.end(one) <= start]
    begin = max([low, *ends, *(cut + 1 for cut in [where.text.rfind(";", low, start)] if cut >= 0)])
    way = _WAY_RE.search(where.text, begin, start)
    if way is None:
        counts = [one for one in inside if begin <= where.start(one) < start and one.unit != "%"]
        for one in counts:
            before = _WAY_RE.search(where.text, begin, where.start(one))
            if before and _ITS_RATE_RE.fullmatch(where.text, where.end(one), start):
                way = before
    if way is None:
        return None
    near = Near(Decimal(rate.value), rate.printed, start, where.end(rate), (rate.span,))
    return way["way"].lower() == _UP, near, begin


def _two_values(where: Stated, low: int, counts: Sequence[Figure]) -> Iterator[tuple[bool, Near]]:
    """The change that two values of a sentence make, or the change it tells and the value that it is since."""
    ways = {id(one): _WAY_RE.search(where.text, low, where.start(one)) for one in counts}
    changes = [one for one in counts if ways[id(one)]]
    values = [one for one in counts if not ways[id(one)]]
    if len({head(one) for one in counts if head(one)}) != 1 or not values or len(values) > _TWO:
        return
    then = [one for one in values if _is_then(where, low, one, values)]
    if len(then) != 1 or not scaled(then[0]):
        return
    base = scaled(then[0])
    if len(changes) == 1 and scaled(changes[0]) < base * _TWO:
        way = ways[id(changes[0])]
        up = way is not None and way["way"].lower() == _UP
        yield up, _made(where, scaled(changes[0]) / base, f"{changes[0].printed} / {with_unit(then[0])}", counts)
    elif len(values) == _TWO and not changes:
        now = next(one for one in values if one is not then[0])
        told = f"|{now.printed} - {then[0].printed}| / {with_unit(then[0])}"
        yield scaled(now) > base, _made(where, abs(scaled(now) - base) / base, told, (now, then[0]))


def _made(where: Stated, share: Decimal, told: str, by: Sequence[Figure]) -> Near:
    exact = share * _FULL
    ends = where.start(by[0]), where.end(by[-1])
    return Near(exact, f"{told} = {show(exact)}%", *ends, tuple(one.span for one in by), counted=True)


def _is_then(where: Stated, low: int, one: Figure, values: Sequence[Figure]) -> bool:
    """Whether a value is that of the time before: by its words, or by the earlier of two years."""
    start, end = where.start(one), where.end(one)
    others = [where.end(other) for other in values if where.end(other) <= start]
    begin = max([low, *others])
    if _THEN_RE.search(where.text, begin, start):
        return True
    mine = _year(where, begin, start, end)
    its = [
        _year(
            where,
            max(
                [low, *(where.end(it) for it in values if it is not other and where.end(it) <= where.start(other))]
            ),
            where.start(other),
            where.end(other),
        )
        for other in values
        if other is not one
    ]
    if mine and (len(values) == 1 or not any(its)):
        return True
    return bool(mine and its and its[0] and mine < its[0])


def _year(where: Stated, begin: int, start: int, end: int) -> int:
    """The year that is told right before a value or right behind it; 0 for none."""
    before, behind = _YEAR_BEFORE_RE.search(where.text, begin, start), _BEHIND_RE.match(where.text, end)
    found = (before and before["year"]) or (behind and behind["year"])
    return int(found) if found else 0
