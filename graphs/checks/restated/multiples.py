"""FIG of multiples: ``gấp gần 3,7 lần phần hỗ trợ từ trung ương`` against the two values that are compared.

The values stand beside the multiple, in brackets and before it; or what is compared is named, and a table, a list
or a paragraph has a value of each name. Where any two that may be meant give the multiple, nothing is told; where
none do, the two must be sure, and the multiple not many times off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from graphs.checks.reading.arithmetic import places_of, rounds_to, show
from graphs.checks.reading.compared import EMPTY, Member, NamedSet, Words, named_sets, unit_of, words_said
from graphs.checks.reading.moved import head, in_unit_of, scaled
from graphs.checks.reading.multiples import Multiple, clauses_before, multiples_in
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.report import Subject, Tally, rule
from graphs.checks.restated.called_values import called_values
from graphs.checks.restated.multiples_named import two_named
from graphs.checks.restated.multiples_since import since_change
from graphs.checks.restated.said_of_all import texts_of
from kb.bilingual import both
from kb.models import Figure, Finding, Severity, Span

#: What is compared with nothing that is named: behind such words, or none.
_NO_OBJECT_RE = re.compile(
    r"\s*(?:(?:chỉ\s+)?(?:sau|trong|qua|trên)\b.*|nhau|lên|trở lên)?\s*", re.IGNORECASE | re.DOTALL
)
#: A share of all; what is worked out before it is compared.
_OF_ALL_RE = re.compile(r"\s*(?:so với\s+|của\s+)?(?:tổng|toàn|cả|số|mức bình quân|bình quân)\b", re.IGNORECASE)
_SUM_RE = re.compile(r"\b(?:cộng|trừ|gộp|thêm)\b", re.IGNORECASE)
_FROM_RE = re.compile(r"\btừ\s+(?:mức\s+)?(?:khoảng\s+|gần\s+|hơn\s+)?$", re.IGNORECASE)
_TO_RE = re.compile(r"[^.;:]*\b(?:lên|đến|tới|thành|xuống|còn)\b[^.;:\d]{0,30}", re.IGNORECASE)
_AGAINST_RE = re.compile(r"[^.;:()\d]{0,30}\b(?:so với|trên|/)\s+(?:mức\s+|số\s+|chỉ\s+)*", re.IGNORECASE)
#: Before a number that is a change, a plan or of another time.
_NO_VALUE_RE = re.compile(
    r"(?:\b(?:tăng|giảm|thêm|vượt|hơn|kém|kế hoạch|dự toán|chỉ tiêu|mục tiêu)\b[^,;.()\d]{0,20}"
    r"|\([^()]*\b(?:năm|kỳ|trước|ngoái|kế hoạch|dự toán)\b[^()]*)$",
    re.IGNORECASE,
)
_TIME_RE = re.compile(r"\b(?:năm|tháng|quý|kỳ|vụ|nay|trước)\b", re.IGNORECASE)
_PAST_RE = re.compile(r"\b(?:năm (?:trước|ngoái)|cùng kỳ|kỳ trước)\b", re.IGNORECASE)
_YEAR_RE = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
#: Words of what is worked out, which a name alone does not tell.
_WORKED_OUT = frozenset(("quân", "lệ", "suất", "trọng", "độ", "mỗi"))
_FAR, _ALIKE, _BEFORE, _BEHIND, _NEAR = 4, Decimal("1.03"), 6000, 1500, 40
#: So much less speaks for a set that does not tell most of what something is compared with.
_ODD = 5


@dataclass(frozen=True, slots=True)
class _Pair:
    """What is compared, what with, and how surely these two are meant; 0 where they only may be."""

    now: Decimal
    then: Decimal
    sum_: str
    spans: tuple[Span, ...]
    sure: int
    severity: Severity | None = None

    @property
    def exact(self) -> Decimal:
        """How many times as much the one is."""
        return self.now / self.then


def check_multiples(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A multiple is the quotient of the two values that it compares."""
    if subject.is_rule():
        return
    figures = {where.block.view.start: where for where in stated(subject)}
    for block, text in texts_of(subject):
        where = figures.get(block.view.start) or Stated(block, text, ())
        for told in multiples_in(text):
            since = (_Pair(*one, 3, Severity.ERROR) for one in since_change(where, told))
            pairs = [*since, *_pairs(subject, where, told)]
            if not any(told.fits(one.exact, _slack(one)) for one in pairs):
                pairs = list(_with_named(subject, where, told, pairs))
            yield from _held(subject, where, told, pairs, tally)


def _with_named(subject: Subject, where: Stated, told: Multiple, pairs: Sequence[_Pair]) -> Iterator[_Pair]:
    """Some pairs with those of the names; no goal is compared where the result of it is told."""
    named = list(_by_name(subject, where, told))
    aims = frozenset[Span]()
    if any(one.sure for one in named):
        every = (one.node.told for one in called_values(subject).found)
        aims = frozenset(one.span for one in every if one.said.aim[0])
    yield from (one for one in pairs if aims.isdisjoint(one.spans))
    yield from named


def _by_name(subject: Subject, where: Stated, told: Multiple) -> Iterator[_Pair]:
    """The values that bear the names before and behind a multiple."""
    year = subject.as_of.year if subject.as_of else 0
    for now, then, sure in two_named(where, told, called_values(subject), year):
        sum_ = f"{now.told} / {then.told}"
        yield _Pair(now.value, then.value, sum_, (*now.spans, *then.spans), sure, Severity.WARNING)


def _pairs(subject: Subject, where: Stated, told: Multiple) -> Iterator[_Pair]:
    """The values that a multiple may compare."""
    near = [one for one in where.figures if told.low_at <= where.start(one) and where.end(one) <= told.high_at]
    before = [one for one in near if where.end(one) <= told.start]
    then = _then(where, told)
    beside: Sequence[_Pair] = ()
    if _NO_OBJECT_RE.fullmatch(told.object) and told.bracket is None:
        yield from _from_to(where, told, near)
        if told.value < 1 and len(before) > 1:  # "thu 90 tấn, trong đó ngô 60 tấn, bằng hai phần ba"
            yield from (_two(before[-1], one, 0) for one in before[:-1] if _may_be_now(where, before[-1], one))
        return
    if told.bracket:
        beside = tuple(_in_one_bracket(where, told))
    if then is not None and not beside:
        beside = tuple(_beside(where, told, before, then))
    if told.loose and not beside:
        beside = tuple(_from_to(where, told, near))
    yield from beside
    if not beside and (not _OF_ALL_RE.match(told.object) or told.value > 1):
        yield from _of_names(subject, where, told, before)


def _then(where: Stated, told: Multiple) -> Figure | None:
    """The value that something is compared with, where it is told beside it: a count, else a rate."""
    for low, high in filter(None, (told.bracket, told.object_at)):
        inside = [one for one in where.figures if low <= where.start(one) and where.end(one) <= high]
        plain = [one for one in inside if one.unit != "lần" and not one.of and Decimal(one.value)]
        plain = [one for one in plain if one.unit or (low, high) == told.bracket]  # "Dự án 4" counts nothing
        counts = [one for one in plain if one.unit != "%"] or plain
        if counts:
            return counts[0] if len(counts) == 1 else None
    return None


def _in_one_bracket(where: Stated, told: Multiple) -> Iterator[_Pair]:
    """The two values that a bracket compares: ``(1.260 tỷ đồng so với 420 tỷ đồng)``."""
    low, high = told.bracket or (0, 0)
    inside = [one for one in where.figures if low <= where.start(one) and where.end(one) <= high]
    if len(inside) == 2 and _may_be_now(where, *inside):
        now, then = inside
        if not then.of and Decimal(then.value):
            plain = bool(_AGAINST_RE.fullmatch(where.between(now, then))) and not (now.bound or then.bound)
            yield _two(now, then, 2 * (plain and (head(now) == head(then) or not now.unit)))
    elif len(inside) == 1 and inside[0].of and Decimal(inside[0].of):
        one = inside[0]
        now, then = replace(one, of=None), replace(one, value=one.of or "", of=None)
        yield _two(now, then, 0)


def _beside(where: Stated, told: Multiple, before: Sequence[Figure], then: Figure) -> Iterator[_Pair]:
    """The numbers of the unit before a multiple, the nearest surely, with what they are compared with."""
    alike = [one for one in before if _may_be_now(where, one, then)]
    for at, now in enumerate(reversed(alike)):
        last = not at and now is _last_count(where, before, "%" if then.unit == "%" else "")
        close = last and not where.text[where.end(now) : told.start].count(";")
        sure = close and not (now.bound or then.bound) and not _SUM_RE.search(told.object)
        yield _two(now, then, 2 * bool(sure and head(now) == head(then)))


def _last_count(where: Stated, before: Sequence[Figure], unit: str) -> Figure | None:
    """The last number before a multiple that is no change: a rate where the other one is a rate, else a count."""
    counts = [one for one in before if (one.unit == "%") == (unit == "%") and not _is_change(where, one)]
    return counts[-1] if counts else None


def _is_change(where: Stated, one: Figure) -> bool:
    return bool(_NO_VALUE_RE.search(where.text[max(0, where.start(one) - _NEAR) : where.start(one)]))


def _may_be_now(where: Stated, one: Figure, then: Figure) -> bool:
    units = {head(one), head(then)} - {""}
    return not one.of and one is not then and len(units) <= 1 and bool(Decimal(one.value))


def _from_to(where: Stated, told: Multiple, near: Sequence[Figure]) -> Iterator[_Pair]:
    """What something rose from and to, told in the sentence of a multiple; else the two times told before it."""
    found = False
    for at, then in enumerate(near[:-1]):
        if not _FROM_RE.search(where.text[: where.start(then)]):
            continue
        for now in near[at + 1 :]:
            if _may_be_now(where, now, then) and _TO_RE.fullmatch(where.between(then, now)):
                sure = head(now) == head(then) or not then.unit
                yield _two(now, then, 2 * (sure and not (now.bound or then.bound)))
                found = True
                break
    counts = [one for one in near if where.end(one) <= told.start and one.unit != "%"]
    if not found and len(counts) == 2 and _may_be_now(where, counts[1], counts[0]):
        then, now = counts
        earlier, later = where.text[told.low_at : where.start(then)], where.between(then, now)
        timed = _TIME_RE.search(earlier) and _TIME_RE.search(later) and not _PAST_RE.search(later)
        plain = not any(one.bound or not one.unit or _is_change(where, one) for one in counts)
        yield _two(now, then, bool(timed and plain and head(now) == head(then)))


def _two(now: Figure, then: Figure, sure: int) -> _Pair:
    later, earlier = scaled(now), scaled(then)
    if not then.unit and now.unit:
        earlier = Decimal(then.value) * (scaled(now) / Decimal(now.value))
    elif not now.unit and then.unit:
        later = Decimal(now.value) * (scaled(then) / Decimal(then.value))
    sum_ = f"{now.printed} / {then.printed}"
    return _Pair(later, earlier, sum_, (now.span, then.span), sure, Severity.ERROR)


def _of_names(subject: Subject, where: Stated, told: Multiple, before: Sequence[Figure]) -> Iterator[_Pair]:
    """The values of what is named before a multiple and behind it, in each set that has both."""
    own = [one for one in before if one.unit != "%" and not one.bound]
    object_ = words_said(told.object)
    past = bool(_PAST_RE.search(told.object)) or (
        bool(_YEAR_RE.search(told.object)) and not _YEAR_RE.search(told.subject)
    )
    all_ = words_said(told.subject) | object_
    found: list[tuple[int, NamedSet, _Pair, Words]] = []
    for set_ in named_sets(subject):
        if set_.place[0] == "row" and not (set_.about - EMPTY) & all_:
            continue
        if (years := _years(set_.about)) and _years(all_) and not years & _years(all_):
            continue
        year = _last_year(subject, set_) if past else 0
        its = object_ | {str(year - 1)} if year and _PAST_RE.search(told.object) else object_
        then = set_.named(its)
        for clause in clauses_before(told.subject) if then is not None else ():
            now = set_.named(words_said(clause) | ({str(year)} if year else set()))
            if now is None or then is None:
                continue
            if now.value != then.value:
                text = set_.place[0] in ("text", "list")
                rest = (words_said(clause) | its if text else all_) - now.words - then.words - EMPTY
                told_of = its - EMPTY - set_.about - set_.over
                score = _score(set_, now, rest, own, words_said(clause)) - _ODD * (
                    2 * len(told_of & then.words) < len(told_of)
                )
                found.append((score, set_, _named(now, then), rest))
            break
    at = where.block.view.start + told.start
    near = [row for row in found if -_BEHIND < at - row[1].at < _BEFORE or row[1].place[0] == "column"]
    best = max((row[0] for row in near), default=0)
    for row in found:
        score, set_, pair, rest = row
        if score or not best:
            sure = score == best and row in near and _is_meant(set_, rest, score)
            yield _Pair(pair.now, pair.then, pair.sum_, pair.spans, int(sure), Severity.WARNING)
    if not found:
        yield from _told_before(subject, where, told, before)


def _told_before(subject: Subject, where: Stated, told: Multiple, before: Sequence[Figure]) -> Iterator[_Pair]:
    """The number told right before a multiple, with that of what is named behind it, in an earlier paragraph."""
    now, object_ = _last_count(where, before, ""), words_said(told.object) - EMPTY
    if now is None or now.bound or now.of or len(object_) < 2 or ";" in where.text[where.end(now) : told.start]:
        return
    for set_ in named_sets(subject):
        then = set_.named(object_) if set_.place[0] in ("text", "list") else None
        if then is None or then.span == now.span or not object_ <= then.words | set_.about:
            continue
        unit = unit_of(now)
        if unit == then.unit and (unit or head(now) in then.words):
            near = 0 < where.block.view.start - set_.at < _BEFORE
            spans = (now.span, then.span)
            sum_ = f"{now.printed} / {then.printed}"
            yield _Pair(scaled(now), then.value, sum_, spans, int(near), Severity.WARNING)


def _years(words: Words) -> Words:
    return frozenset(word for word in words if _YEAR_RE.fullmatch(word))


def _last_year(subject: Subject, set_: NamedSet) -> int:
    """The last year of which a set has a value, not after that of the paper; 0 for none."""
    until = subject.as_of.year if subject.as_of else 0
    years = (int(word) for one in set_.members for word in one.words if _YEAR_RE.fullmatch(word))
    return max((year for year in years if year <= until), default=0)


def _score(set_: NamedSet, now: Member, rest: Words, own: Sequence[Figure], clause: Words) -> int:
    """How much speaks for a set: the value is told too, its words are those of the clause, or of the sentence."""
    told = any(rounds_to(in_unit_of(now.value, one), one.value) for one in own)
    near = 3 * len(rest & clause & set_.about)
    return 10 * told + 2 * len(rest & set_.about) + near + len(rest & set_.over - set_.about)


def _is_meant(set_: NamedSet, rest: Words, score: int) -> bool:
    """Whether the words beside two names say that this set is meant."""
    told = set_.about | set_.over
    if rest & _WORKED_OUT - told:
        return False
    if set_.place[0] in ("text", "list"):
        return len(rest) <= 2
    return score >= 10 or bool(rest & set_.about) or not rest


def _named(now: Member, then: Member) -> _Pair:
    return _Pair(now.value, then.value, f"{now.printed} / {then.printed}", (now.span, then.span), 0)


def _held(
    subject: Subject, where: Stated, told: Multiple, pairs: Sequence[_Pair], tally: Tally
) -> Iterator[Finding]:
    if any(told.fits(one.exact, _slack(one)) for one in pairs):
        tally.held += 1
        return
    most = max((one.sure for one in pairs), default=0)
    sure = sorted((one for one in pairs if one.sure == most > 0), key=lambda one: one.exact)
    # Columns of one table may all have nearly the same multiple.
    if not sure or sure[-1].exact > sure[0].exact * _ALIKE:
        return
    one = sure[len(sure) // 2]
    if max(one.exact, told.value) > _FAR * min(one.exact, told.value):
        return
    tally.failed += 1
    view = where.block.view.start
    digits = next((f for f in where.figures if told.start <= where.start(f) < told.end), None)
    span = digits.span if digits else subject.document.reading.hull(view + told.start, view + told.end)
    times = show(one.exact)
    yield MULTIPLE.finding(
        (span,),
        f"ghi “{told.words}”, nhưng {one.sum_} = {times} lần",
        f"“{told.words}” is stated, but {one.sum_} = {times} times",
        stated=told.words,
        expected=f"{times} lần",
        evidence=one.spans,
        suggestion=both("đối chiếu hai số được so sánh và số lần", "compare the two numbers and the multiple"),
        severity=one.severity,
        page=where.block.page,
    )


def _slack(one: _Pair) -> Decimal:
    """By what share a quotient may be off because its numbers are rounded."""
    return sum((_half(value) / value for value in (one.now, one.then)), Decimal(0))


def _half(value: Decimal) -> Decimal:
    digits = value.normalize()
    places = places_of(f"{digits:f}")
    if places:
        return Decimal("0.5").scaleb(-places)
    # What ends in noughts may be rounded to them, as money is.
    exponent = int(digits.as_tuple().exponent)
    return Decimal("0.5").scaleb(exponent) if exponent >= 6 else Decimal(0)


MULTIPLE = rule("FIG-312", check_multiples)
MULTIPLE_RULES = (MULTIPLE,)
