"""The share that a loose word is said of, in its own sentence or in the one before.

In a bracket behind it (``hầu hết cơ sở (201/214 cơ sở)``); right before it (``đạt 52,8%, hơn một nửa số …``), or
before the bracket that holds it alone (``đạt 52,8% (quá nửa)``); in the sentence before it of the same words (``Có
41% số hộ … Như vậy, chưa đến một nửa số hộ …``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from graphs.checks.reading.moved import head, scaled
from graphs.checks.reading.prose import Stated
from graphs.checks.restated.loose_said import NOT_RE, LooseSaid, own_words
from graphs.checks.restated.shares_near import Near, distinct, is_count, is_rest, pairs, rates
from kb.models import Figure
from kb.text.sentences import split_sentences

_BRACKET_RE = re.compile(
    r"(?P<between>[^.;:()\d]{0,110}?(?:(?:với|là|có)\s+\d[\d.,]*\s+[^.;:(),\d]{1,40})?)\((?P<in>[^()]{1,90})\)"
)
_OPENS_RE = re.compile(r"\s*(?:(?:chiếm|đạt|bằng|tỷ lệ|tương đương|tức|là|khoảng|có)\s+)*\d", re.IGNORECASE)
#: Between a loose word and a bracket: the bracket tells another thing, or how much of it.
_OTHER_RE = re.compile(
    r"\b(?:tỷ lệ|tỉ lệ|mức|tăng|giảm|cao|thấp|hơn|kém|bình quân|năng suất|điểm|tỷ trọng)\b", re.IGNORECASE
)
_YEAR_RE = re.compile(r"\b(?:năm|quý|tháng|kỳ)\b")
#: What follows is a part of what stands before, and none beside it.
_OF_WHICH_RE = re.compile(r"\b(?:trong đó|trong số đó|bao gồm|gồm)\b", re.IGNORECASE)
#: Between a share and the loose word that says the same of it.
_SAME_AS = (
    r"(?:(?:nghĩa là|có nghĩa là|tức là|tức|hay|như vậy|đồng nghĩa(?: với)?|tương đương|tương ứng|chiếm|bằng|đạt"
    r"|là|mới|chỉ|đã(?: [^\W\d_]+){0,2}|như thế|vì vậy|do đó|cho thấy|vẫn|cũng|với)\s+)*"
)
_LINK_RE = re.compile(
    r"(?P<tail>[^.;:,()%\d]{0,70})(?:\([^()]{0,40})?\)?\s*"
    rf"(?:[,;–-]\s*|(?<=\))\s+|(?P<in>\()){_SAME_AS}$",
    re.IGNORECASE,
)
_MEANS_RE = re.compile(r"\b(?:nghĩa là|tức|hay|đồng nghĩa|như vậy)\b", re.IGNORECASE)
_BEHIND_RE = re.compile(r",\s+(?:(?:chiếm|đạt|tức|bằng|tương đương|với|là)\s+)*(?=\d)", re.IGNORECASE)
#: So near to a round number a share is the one that is meant.
_NEAR_NUMBER = 3
_COVERED, _FEWEST, _FAR = 0.5, 2, 15
_DEED_RE = re.compile(r"\b(?:đã|được|có|đang|đều|sử dụng|tham gia|thực hiện)\b")
#: Of what goes wrong, most things do the opposite.
_BAD_RE = re.compile(
    r"\b(?:chưa|không|còn|thiếu|quá hạn|trễ|chậm|(?<!chuẩn )(?<!trang )(?<!thiết )bị|mất|bỏ|nghèo|vi phạm|tử vong"
    r"|chết|lỗi|sai|hỏng|yếu|kém|hụt|tồn|nợ|từ chối|trả lại|dừng|giảm|ô nhiễm|mắc|nhiễm|thất nghiệp|trùng)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Meant:
    """The shares that a loose word may be said of, and how surely it is said of one of them."""

    shares: tuple[Near, ...]
    sure: bool


def in_bracket(said: LooseSaid) -> Meant | None:
    """The share in the bracket behind it."""
    where = said.where
    found = _BRACKET_RE.match(where.text, said.loose.end, said.high)
    if not found or not _OPENS_RE.match(found["in"]) or _YEAR_RE.search(found["in"]):
        return None
    low, high = found.span("in")
    told = rates(where, low, high)
    if (
        said.way
        or said.loose.is_bound
        or (_OTHER_RE.search(found["between"]) and not any(one.counted for one in told))
    ):
        return None
    if told:
        return Meant(tuple(told), sure=True)
    counts = [one for one in where.figures if low <= where.start(one) and where.end(one) <= high]
    if len(counts) != 1 or not is_count(counts[0]):
        return None
    before = [one for one in where.figures if said.low <= where.start(one) and where.end(one) <= said.loose.start]
    if not any(head(one) == head(counts[0]) for one in before):
        return None
    worked = pairs(where, counts[0], said.low)
    return Meant(tuple(worked), sure=True) if worked else None


def right_behind(said: LooseSaid) -> Meant | None:
    """The share behind the comma that ends the words for the whole: ``quá nửa khối dịch vụ, 55,8%``."""
    where, end = said.where, said.loose.end + len(said.behind)
    found = _BEHIND_RE.match(where.text, end, said.high)
    if not found or said.way or said.loose.is_bound or not said.is_whole:
        return None
    told = [one for one in rates(where, end, said.high) if one.start == found.end() and not one.counted]
    return Meant(tuple(told), sure=True) if told else None


def right_before(said: LooseSaid) -> Meant | None:
    """The share that is told right before it, in its sentence."""
    where = said.where
    before = [one for one in where.figures if said.low <= where.start(one) and where.end(one) <= said.loose.start]
    if not before or said.way:
        return None
    last = before[-1]
    link = _LINK_RE.fullmatch(where.text[where.end(last) : said.loose.start])
    own = [
        one
        for one in where.figures
        if said.loose.end <= where.start(one) < said.loose.end + len(said.behind) and one.unit != "tuổi"
    ]
    if not link or own or (said.is_made and said.behind.strip()):
        return None
    if ";" in link.group() and _counts_its_own(said):
        return None
    # "20 ha mất trắng (trên 70%)": the bracket tells a class.
    if link["in"] and (said.loose.is_bound or where.text[said.loose.end : said.loose.end + 1] != ")"):
        return None
    told, rest = rates(where, said.low, said.loose.start), False
    shares = [one for one in told if one.end == where.end(last)]
    if not shares and is_count(last):
        shares = pairs(where, last, said.low)
        rest = is_rest(where, last, said.low) != said.denies
        if rest:
            shares = [one.rest for one in shares]
    if not shares:
        return None
    # "gần 2/3 số xã" is what is said, and bears nothing out.
    around = [one for one in rates(where, said.low, said.high) if not one.start < said.loose.end <= one.end]
    everything = [*around, *_side_by_side(where, last, said.low)]
    if any(said.loose.fits(one.value) for one in everything):
        return Meant((*shares, *everything), sure=False)
    sure = bool(link["in"]) or _is_same(said, shares, link.group(), where.text[said.low : where.end(last)], rest)
    return Meant(tuple(shares), sure)


def _counts_its_own(said: LooseSaid) -> bool:
    """Whether a bracket behind it tells how many are meant: ``…, 45%; hơn một nửa số khách (198 khách)``."""
    where, end = said.where, said.loose.end + len(said.behind)
    if where.text[end : end + 1] != "(":
        return False
    inside = next((one for one in where.figures if where.start(one) > end), None)
    return inside is not None and where.start(inside) == end + 1 and is_count(inside)


def _side_by_side(where: Stated, last: Figure, low: int) -> Iterator[Near]:
    """What a count and one of its unit before it are of both: ``người dân 31 vụ, lực lượng chức năng 26 vụ``."""
    at = where.figures.index(last)
    for one in where.figures[:at] if is_count(last) else ():
        if _OF_WHICH_RE.search(where.text, where.end(one), where.start(last)):
            continue
        if where.start(one) >= low and is_count(one) and head(one) == head(last) and scaled(one) and scaled(last):
            for part in (one, last):
                value = scaled(part) / (scaled(one) + scaled(last)) * 100
                yield Near(
                    value, f"{part.printed} / ({one.printed} + {last.printed})", 0, 0, (part.span,), counted=True
                )


def _is_same(said: LooseSaid, shares: Sequence[Near], link: str, before: str, rest: bool) -> bool:
    """Whether what is said right behind a share is said of it."""
    if not (rest or said.is_whole) and said.denies != bool(NOT_RE.search(f"{before} {link}")):
        return False
    if _MEANS_RE.search(link) or said.is_whole:
        return True
    if said.loose.is_number:
        middle = [
            one for one in shares if said.loose.low - _NEAR_NUMBER <= one.value <= said.loose.high + _NEAR_NUMBER
        ]
        return bool(middle)
    words, told = said.of, f"{before} {link}"
    if len(words & own_words(told)) >= max(2, _COVERED * len(words)):
        return True
    # "đạt 99,8%; chỉ một phần trẻ 5 tuổi được …": of the things just counted, and nothing denied of them.
    things = own_words(_DEED_RE.split(said.behind, maxsplit=1)[0])
    if len(things) < _FEWEST or not things <= own_words(told) or _BAD_RE.search(f"{told} {said.behind}"):
        return False
    return all(_away(said, one) >= _FAR for one in shares)


def _away(said: LooseSaid, share: Near) -> Decimal:
    """How far a share lies from what is said."""
    return max(said.loose.low - share.value, share.value - said.loose.high)


def just_told(said: LooseSaid, before: Stated | None) -> Meant | None:
    """The share of the same words in the sentence before it, of its block or of the one before, or behind it."""
    if not said.opens or said.is_made or said.way:
        return None
    if any(said.loose.end <= said.where.start(one) < said.high for one in said.where.figures):
        return None
    for where, low, high in _told_beside(said, before):
        words, told = said.of, where.text[low:high]
        shares = [one for one in rates(where, low, high) if _of_same(said, where, one, low)]
        if not shares and len(words) > 1 and len(words & own_words(told)) >= _COVERED * len(words):
            shares = list(_worked(said, where, low, high))
        if shares:
            every = rates(where, low, high)
            fits = [one for one in every if said.loose.fits(one.value)]
            return Meant((*shares, *fits), sure=len(distinct(shares)) == 1)
    return None


def _told_beside(said: LooseSaid, before: Stated | None) -> Iterator[tuple[Stated, int, int]]:
    sentences = [one for one in split_sentences(said.text) if one[1] <= said.low]
    if sentences:
        yield (said.where, *sentences[-1])
    elif before is not None:
        yield (before, 0, len(before.text))
    behind = [one for one in split_sentences(said.text) if one[0] >= said.high]
    yield from ((said.where, *one) for one in behind[:1])


def _of_same(said: LooseSaid, where: Stated, share: Near, low: int) -> bool:
    """Whether a share of another sentence is of the words that stand behind a loose word."""
    start = max(where.text.rfind(mark, low, share.start) for mark in ";:")
    end = re.search(r"[,;.(]", where.text[share.end :])
    told = where.text[max(start, low) : share.end + (end.start() if end else len(where.text))]
    words = said.of
    return len(words) > 1 and words <= own_words(told) and bool(NOT_RE.search(told)) == said.denies


def _worked(said: LooseSaid, where: Stated, low: int, high: int) -> Iterator[Near]:
    """The shares of two counts of a sentence: of what is named behind the loose word, and that it is so or not."""
    own = [one for one in where.figures if low <= where.start(one) < high and is_count(one)]
    for part in own:
        if head(part) in own_words(said.behind) and is_rest(where, part, low) == said.denies:
            yield from pairs(where, part, low)
