"""What place a sentence gives one of the things it lists, by the numbers that it tells of them all.

``lúa 52,0%, ngô 30,0%, lạc 12,0%; vừng đứng thứ ba, chiếm 6,0%`` has three above. A list may leave things out: a
place may be lower than the list makes it, but for one that stands in the list itself and for shares of one whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from graphs.checks.reading.named import GENERAL, thing_words
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.models import Figure, Finding
from kb.text.sentences import split_sentences

_ORDINALS = {"nhất": 1, "hai": 2, "nhì": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7}
_HIGH, _LOW = "cao|lớn|nhiều|(?-i:đông)|rộng|dài", "thấp|ít|nhỏ|hẹp|ngắn"
_PLACE_RE = re.compile(
    r"\b(?:(?:đứng|xếp)(?:\s+ở)?(?:\s+hạng|\s+vị trí)?\s+thứ\s+(?P<place>{0}|\d{{1,2}})"
    r"|(?:(?P<high>{1})|(?P<low>{2}))\s+(?:thứ\s+(?P<nth>{0})|nhất)"
    r"|(?P<last>(?:đứng|xếp) cuối(?: cùng)?))(?!\w)".format("|".join(_ORDINALS), _HIGH, _LOW),
    re.IGNORECASE,
)
_GATES = (" thứ ", " nhất", " cuối")
#: Of others than those listed; of a change, of what is to come; of several.
_ELSE_RE = re.compile(
    r"\b(?:cả nước|toàn (?:quốc|tỉnh|huyện|ngành|vùng)|trong (?:tỉnh|huyện|vùng|khu vực|cả nước)|khu vực"
    r"|thế giới|một trong"
    r"|phấn đấu|mục tiêu|kế hoạch|dự kiến|lần lượt|liên tiếp|so với|cùng kỳ|tăng|giảm|bình quân|trung bình"
    r"|tốc độ|từ trước"
    r"|trước đây|lần thứ|năm thứ|mỗi|từng|ít nhất\s+\d|(?:hai|ba|bốn|0?[2-9]) (?:huyện|xã|sở|đơn vị|nơi|loại|nhóm)"
    r" (?:có|đạt))\b",
    re.IGNORECASE,
)
_WHOLE_RE = re.compile(
    r"\b(?:tổng(?: cộng| số)?|cộng|toàn (?:huyện|tỉnh|xã)|cả (?:huyện|tỉnh|xã|nước))\b", re.IGNORECASE
)
#: What is no name of a thing that is listed.
_NO_PEER_RE = re.compile(
    r"\b(?:tăng|giảm|so với|kế hoạch|chỉ tiêu|mục tiêu|bình quân|hơn|dưới|trên|khoảng|gấp|kém|chênh|cách|năm"
    r"|quý|tháng"
    r"|trong đó|còn lại)\b|\b(?:từ|đến)\s*$",
    re.IGNORECASE,
)
_MEASURE_RE = re.compile(
    r"\b(?:tỷ lệ|tỉ lệ|diện tích|sản lượng|giá trị|số|mức|năng suất|doanh thu|tốc độ)\b", re.IGNORECASE
)
_OPENS_RE = re.compile(r"\b(?:gồm|trong đó|cụ thể)\b|:")
_BRACKET_RE = re.compile(r"\([^()]*\)")
_CUT_RE = re.compile(r"[;:]\s|,(?!\d)\s?|\.\s")
_OWN_RE = re.compile(r"\s*[,(]?\s*(?:(?:chiếm|với|đạt|có|là|được|chỉ|tỷ lệ|khoảng)\s+)*", re.IGNORECASE)
_LEAD_WORDS = re.compile(
    r"\b(?:chiếm|với|đạt|tiếp (?:đến|theo|sau)|kế (?:đến|tiếp)|sau đó|đứng đầu|dẫn đầu|gồm|trong đó|trong số"
    r"|nhiều nhất|lớn nhất"
    r"|cao nhất|thấp nhất|ít nhất|thứ|là|có|và|còn)\b",
    re.IGNORECASE,
)
_FEWEST, _LONGEST, _HUNDRED, _ROUND = 2, 90, Decimal(100), Decimal("0.6")


@dataclass(frozen=True, slots=True)
class _Listed:
    """A thing of a list: the words before its number, and the number."""

    words: frozenset[str]
    figure: Figure

    @property
    def value(self) -> Decimal:
        """How much of it there is."""
        return Decimal(self.figure.value)


def check_ranked_told(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """Of the things that a sentence lists as many are above one as its place says."""
    for where in stated(subject):
        if not any(gate in where.text for gate in _GATES):
            continue
        sentences = split_sentences(where.text)
        for at, (low, high) in enumerate(sentences):
            marks = list(_PLACE_RE.finditer(where.text, low, high))
            for mark in marks:
                since = sentences[at - 1][0] if at else low
                yield from _held(subject, where, (since, low, high), mark, tally, by)


def _held(
    subject: Subject, where: Stated, reach: tuple[int, int, int], mark: re.Match[str], tally: Tally, by: Rule
) -> Iterator[Finding]:
    since, low, high = reach
    cut = max((one.end() for one in _CUT_RE.finditer(where.text, low, mark.start())), default=low)
    name = thing_words(_LEAD_WORDS.sub(" ", where.text[cut : mark.start()])) - GENERAL
    if not name or any(map(str.isdigit, where.text[cut : mark.start()])):
        return
    own = _own_value(where, mark, high)
    end = where.end(own) if own else mark.end()
    if _ELSE_RE.search(where.text, cut, min(high, end + _LONGEST)) or _MEASURE_RE.search(
        where.text, cut, mark.start()
    ):
        return
    listed = _listed(where, low, cut, own) or _listed(where, since, cut, own)
    inside = own is None
    if own is None:
        alike = [one for one in listed if one.words and (name <= one.words or one.words <= name)]
        if len(alike) != 1:
            return
        own = alike[0].figure
    others = [one for one in listed if one.figure is not own]
    if len(others) < _FEWEST:
        return
    place, value = _place(mark), Decimal(own.value)
    below = bool(mark["low"] or mark["last"])
    beyond = [one for one in others if (one.value < value if below else one.value > value)]
    ties = sum(one.value == value for one in others)
    whole = sum((one.value for one in others), value)
    complete = inside or (own.unit == "%" and abs(whole - _HUNDRED) <= _ROUND)
    right = len(beyond) < place and (not complete or place > len(others) + 1 or place <= len(beyond) + 1 + ties)
    if right:
        tally.held += 1
        return
    tally.failed += 1
    yield _finding(subject, where, mark, (cut, own), [*others], len(beyond) + 1, by)


def _place(mark: re.Match[str]) -> int:
    told = mark["place"] or mark["nth"] or "nhất"
    return int(told) if told.isdigit() else _ORDINALS[told.lower()]


def _own_value(where: Stated, mark: re.Match[str], high: int) -> Figure | None:
    """The number told right behind the words for a place."""
    for one in where.figures:
        if mark.end() <= where.start(one) < high:
            near = _OWN_RE.fullmatch(where.text, mark.end(), where.start(one)) is not None
            return one if near and _is_exact(one) else None
    return None


def _is_exact(one: Figure) -> bool:
    return bool(one.unit) and not one.of and not one.bound


def _listed(where: Stated, low: int, high: int, own: Figure | None) -> list[_Listed]:
    """The things told one behind the other up to a place, each with one number of one unit; nothing if unsure."""
    inside = [one for one in where.figures if low <= where.start(one) and where.end(one) <= high]
    units = [one.unit for one in inside if _is_exact(one)]
    unit = own.unit if own else units[0] if units else None
    found: list[_Listed] = []
    since = low
    for one in inside:
        if one.unit != unit:
            continue
        lead = _BRACKET_RE.sub(" ", where.text[since : where.start(one)]).rstrip(" (")
        since = where.end(one)
        if _WHOLE_RE.search(lead):
            found = []
            continue
        last = _LEAD_WORDS.sub(" ", re.split(r"[;:]\s|\.\s", lead)[-1])
        if not _is_exact(one) or any(map(str.isdigit, last)) or _NO_PEER_RE.search(last) or len(lead) > _LONGEST:
            return []
        if found and not re.search(r"[,;]|\bvà\b|\bcòn\b", lead):
            return []
        words = thing_words(last) - GENERAL or thing_words(last)
        if found and _OPENS_RE.search(lead):
            found = []  # a whole, told before its parts
        if words:
            found.append(_Listed(words, one))
    # Nor is a thing what all others make.
    return [one for one in found if one.value != sum(other.value for other in found if other is not one)]


def _finding(
    subject: Subject,
    where: Stated,
    mark: re.Match[str],
    told: tuple[int, Figure],
    others: Sequence[_Listed],
    right: int,
    by: Rule,
) -> Finding:
    start, own = told
    view, words = where.block.view.start, " ".join(mark.group().split())
    span = subject.document.reading.hull(view + start, view + mark.end())
    listed = "; ".join(
        f"{one.figure.printed}{'' if one.figure.unit == '%' else f' {one.figure.unit}'}" for one in others
    )
    name = " ".join(where.text[start : mark.start()].split()).strip(" ,")
    return by.finding(
        (span or own.span,),
        f"nói “{name}” {words} ({own.printed}), nhưng cùng chỗ kê {listed}: đứng thứ {right}",
        f"“{name}” is said to be “{words}” ({own.printed}), but beside it stand {listed}: it is number {right}",
        stated=words,
        expected=str(right),
        evidence=(own.span, *(one.figure.span for one in others)),
        suggestion=both("kiểm tra lại thứ hạng hoặc số", "check the place or the numbers"),
        page=where.block.page,
    )
