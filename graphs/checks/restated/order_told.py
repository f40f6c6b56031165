"""What a sentence says comes next, or is slowest, of things listed right before it, each with its number.

``A 742 người; B 291 người; C 268 người. A là thị trường lớn nhất; tiếp đến là C``; items with rates of what was
carried out, then ``Giải ngân chậm nhất là B``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from graphs.checks.reading.named import GENERAL, thing_words
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.report import Rule, Subject, Tally
from graphs.checks.restated.most_told import ALONE_RE, LOW_WORDS
from graphs.checks.restated.next_of_rows import NEXT_RE
from graphs.checks.restated.said_of_all import texts_of
from kb.bilingual import both
from kb.models import Figure, Finding
from kb.text.sentences import split_sentences

_PACE_RE = re.compile(
    r"\b(?P<pace>chậm|nhanh)\s+nhất\b(?!\s+(?:là\s+)?(?:\d|vào|trong (?:năm|tháng|quý|ngày)))", re.I
)
_GATES = ("iếp ", "ế ", " sau", "thứ ", " nhất")
#: Of some of them, of others, of what changed or is to come.
_SOME_RE = re.compile(
    r"\b(?:cả nước|toàn quốc|khu vực|vùng|một trong|trong (?:số|các|nhóm|những)|từ trước|cùng kỳ|phấn đấu|mục tiêu"
    r"|dự kiến|tăng|giảm|tốc độ|bình quân|mỗi|lần lượt|năm trước)\b",
    re.IGNORECASE,
)
_ITEM_RE = re.compile(r"\s*(?:[-+*•–]|(?:[a-zđ]|\d{1,2})[).])\s")
_PART_RE = re.compile(r";\s|,\s(?![^()]*\))|\.\s")
_NO_NAME_RE = re.compile(
    r"\b(?:tổng|toàn|cả|trong đó|so với|tăng|giảm|kế hoạch|năm|quý|chỉ tiêu|mục tiêu|bình quân|còn lại|khác|hơn"
    r"|dưới|trên|từ|đến|gấp|kém|mức|chung)\b",
    re.IGNORECASE,
)
_SAID_RE = re.compile(r"\s*(?:đã\s+)?(?:giải ngân|thực hiện|đạt|có|được|là|với|hoàn thành|:)\s*$", re.IGNORECASE)
_NAME_RE = re.compile(
    r"\s*(?:(?:\w+\s+){0,2}?(?:là|thuộc về|ở|tại)\s+)?(?P<name>[^\d;,.:()]{3,80}?)\s*(?=[\d;,.:()]|$)"
)
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class _Thing:
    """A thing of a list: the words of its name, its count and its rate where it has one of each."""

    words: frozenset[str]
    count: Figure | None
    rate: Figure | None


def check_order_told(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """Of the things that are listed none is between the most and the next, or slower than the slowest."""
    items: list[_Thing] = []
    figures = {where.block.view.start: where for where in stated(subject)}
    for block, text in texts_of(subject):
        where = figures.get(block.view.start) or Stated(block, text, ())
        item = _ITEM_RE.match(where.text)
        if any(gate in where.text for gate in _GATES):
            sentences = split_sentences(where.text)
            for at, (low, high) in enumerate(sentences):
                since = sentences[at - 1][0] if at else low
                for claim in _claims(where, (since, low, high), items):
                    yield from _held(subject, where, claim, tally, by)
        thing = _thing(where, item.end() if item else 0, len(where.text)) if item else None
        items = [*items, thing] if thing else []


@dataclass(frozen=True, slots=True)
class _Claim:
    """The words, what is listed, which is named, which is most if that is told, if the least is said, of rates."""

    mark: re.Match[str]
    things: list[_Thing]
    own: _Thing
    first: _Thing | None
    least: bool
    rates: bool


def _claims(where: Stated, reach: tuple[int, int, int], items: Sequence[_Thing]) -> Iterator[_Claim]:
    """What a sentence says of the things that it, the one before or the items before it list."""
    since, low, high = reach
    for mark in ALONE_RE.finditer(where.text, low, high):
        told = NEXT_RE.search(where.text, mark.end(), high)
        if told is None or _SOME_RE.search(where.text, low, told.start()):
            continue
        things = _listed(where, since, mark.start()) or list(items)
        first = _called(things, _clause_before(where, low, mark)) or _called(
            things, _behind(where, mark.end(), high)
        )
        after = _called(things, _behind(where, told.end(), high))
        if first and after and first is not after:
            least = bool(mark["last"]) or (mark["way"] or "").lower() in LOW_WORDS
            yield _Claim(told, things, after, first, least, rates=False)
        return
    for mark in _PACE_RE.finditer(where.text, low, high):
        if _SOME_RE.search(where.text, low, high):
            continue
        things = _listed(where, since, mark.start()) or list(items)
        named = _called(things, _behind(where, mark.end(), high)) or _called(
            things, _clause_before(where, low, mark)
        )
        if named:
            yield _Claim(mark, things, named, None, mark["pace"].lower() == "chậm", rates=True)


def _held(subject: Subject, where: Stated, claim: _Claim, tally: Tally, by: Rule) -> Iterator[Finding]:
    own, first, things, mark = claim.own, claim.first, claim.things, claim.mark
    values = {id(one): figure for one in things if (figure := one.rate if claim.rates else one.count) is not None}
    mine, most = values.get(id(own)), values.get(id(first)) if first else None
    others = [figure for at, figure in values.items() if at not in (id(own), id(first))]
    if mine is None or len(values) != len(things) or len({one.unit for one in values.values()}) != 1:
        return
    sign = -1 if claim.least else 1
    if first is not None and (most is None or any(_value(one, sign) > _value(most, sign) for one in others)):
        return
    beyond = [one for one in others if _value(one, sign) > _value(mine, sign)]
    if not beyond:
        tally.held += 1
        return
    tally.failed += 1
    view, start, end = where.block.view.start, mark.start(), mark.end()
    found = _NAME_RE.match(where.text, end)
    span = subject.document.reading.hull(view + start, view + (found.end("name") if found else end))
    words = " ".join(mark.group().split()).strip(" ,;")
    told = "; ".join(f"{one.printed} {one.unit}" if one.unit != "%" else one.printed for one in beyond)
    yield by.finding(
        (span or mine.span,),
        f"nói “{words}” với {mine.printed}, nhưng cùng chỗ kê {told}",
        f"“{words}” is said of {mine.printed}, but beside it stand {told}",
        stated=mine.printed,
        expected=beyond[0].printed,
        evidence=(mine.span, *(one.span for one in beyond)),
        suggestion=both("kiểm tra lại tên hoặc số", "check the name or the numbers"),
        page=where.block.page,
    )


def _value(one: Figure, sign: int) -> Decimal:
    return sign * Decimal(one.value)


def _listed(where: Stated, low: int, high: int) -> list[_Thing]:
    """The things told one after another between two places, each in a part of its own; few are none."""
    colon = where.text.find(": ", low, high)
    cuts = [
        colon + 1 if colon >= 0 else low,
        *(cut.end() for cut in _PART_RE.finditer(where.text, low, high)),
        high,
    ]
    cuts = [cut for cut in cuts if cut >= cuts[0]]
    found: list[_Thing] = []
    for start, end in pairwise(cuts):
        thing = _thing(where, start, end)
        if thing is None and found:
            break
        if thing is not None:
            found.append(thing)
    return found if len(found) >= _FEWEST else []


def _thing(where: Stated, low: int, high: int) -> _Thing | None:
    inside = [one for one in where.figures if low <= where.start(one) and where.end(one) <= high]
    if not inside or any(one.bound for one in inside):
        return None
    lead = where.text[low : where.start(inside[0])]
    name = _SAID_RE.sub("", lead.rstrip(" (")).strip()
    words = thing_words(name) - GENERAL
    if not words or _NO_NAME_RE.search(name):
        return None
    counts = [one for one in inside if one.unit != "%" and one.unit and not one.of]
    rates = [one for one in inside if one.unit == "%"]
    return _Thing(words, counts[0] if len(counts) == 1 else None, rates[0] if len(rates) == 1 else None)


def _behind(where: Stated, start: int, high: int) -> frozenset[str]:
    found = _NAME_RE.match(where.text, start, high)
    return thing_words(found["name"]) - GENERAL if found else frozenset()


def _clause_before(where: Stated, low: int, mark: re.Match[str]) -> frozenset[str]:
    clause = re.split(r"[,;:.]\s", where.text[low : mark.start()])[-1]
    return thing_words(clause) - GENERAL


def _called(things: Sequence[_Thing], name: frozenset[str]) -> _Thing | None:
    """The one thing that a name holds, or that holds it; the longest of those that it holds."""
    held = [one for one in things if one.words <= name]
    longest = max((len(one.words) for one in held), default=0)
    found = [one for one in held if len(one.words) == longest] or [
        one for one in things if name and name <= one.words
    ]
    return found[0] if len(found) == 1 else None
