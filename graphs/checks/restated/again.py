"""The same thing told at two places of the text in other words, by evidence that adds up.

The one place tells again what the other told: an assessment, a summary, goals, a note; two parts that report may
fill one form in for two things. Two figures are of one thing where their phrases share pairs of words that few
clauses hold, and neither says what the place of the other does not. What differs in time, level, name or kind is
of another thing; and so is a figure that is like several others.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from graphs.checks.reading.moved import scaled
from graphs.checks.reading.named import ANY_UNIT, GENERAL, PLAIN, VIETNAMESE_RE, thing_words
from graphs.checks.reading.phrases import (
    Clause,
    Pair,
    Phrase,
    Phrases,
    read_phrases,
    says_something,
    words_of,
    years_of,
)
from graphs.checks.reading.rated import whole_of
from graphs.checks.reading.telling import TERM_RE, kind_of, retells, retold_of
from graphs.checks.reading.told_times import Paper
from graphs.checks.report import Subject
from graphs.checks.restated.to_reach import OR_MORE_RE, aims_of
from kb.models import BlockKind

#: Words that only say that something is there, or how it was found.
_NEUTRAL = frozenset(
    re.findall(
        r"\w+",
        "phát hiện kết luận có ghi nhận liên quan yếu tố vẫn gồm chiếm cả chung toàn qua cho thấy cần phải thành"
        " cân đối bố trí đủ bảo đảm do bởi nên cũng đều lại đang hết đó nhất mới trong trở lên ngành",
    )
)
#: A figure behind such words is no count of the thing itself.
_NARROW_RE = re.compile(
    r"\b(?:ngoài ra|còn lại|riêng|bổ sung|thêm|mỗi|từng|nhóm|bình quân|trung bình|cùng kỳ|so với|tăng|giảm|vượt"
    r"|hụt|thiếu"
    r"|kế hoạch|dự toán|năm trước|kỳ trước|quý trước|trước đây|(?:cao|thấp|nhiều|ít) nhất|l[ũu][yỹ] kế|từ)\b"
    r"[^,;.\d]*$",
    re.IGNORECASE,
)
_PROVISIONS = ("điều", "khoản")
#: A number in a bracket that another one is held against; what a number is told to be more or less than.
_AGAINST_RE = re.compile(r"\bso với\b[^,;.()]*\(\s*$", re.IGNORECASE)
_THAN_RE = re.compile(r"\b(?:cao|thấp|nhiều|ít|lớn|nhỏ)\s+hơn\b", re.IGNORECASE)
#: What a name is led by: that it is to be reached, and when.
_LED_RE = re.compile(r"\b(?:phấn đấu|đến|hết|cuối|vào|trong|năm|đạt|ước|mới|chỉ|còn|là|\d+)\b")
_PERIOD_RE = re.compile(r"\b(?:năm|quý|tháng)\s+[\dIV/]+|^\W*\(?\w{1,2}[.)]\s", re.IGNORECASE)
#: Which of the parts of a programme a label is of.
_WHICH_RE = re.compile(r"(?:tiểu )?(?:dự án|nội dung|hợp phần|nhiệm vụ)(?: thành phần)?(?: số)? [\divx]+ ")
#: Where the words behind a number end, and what of them is denied.
_NEXT_RE = re.compile(r"[\d,;.()]")
_DENIED_RE = re.compile(r"\b(?:không|chưa)\s+([^\W\d_]+\s[^\W\d_]+)")
_NUMBERED_RE = re.compile(r"\b(?:số thứ tự|STT)\s*$", re.IGNORECASE)
_EACH_RE = re.compile(r"\s*[^\W\d_]+(?:\s[^\W\d_]+)?/\s?[^\W\d_]")
#: Of as many, what is told alone is all of its thing.
_ALONE_RE = re.compile(r"^\W*riêng\b", re.IGNORECASE)
_SAID_RE = re.compile(r"(?:(?!\s(?:do|vì|để|nhằm|nên|trong đó|theo|so với|tăng|giảm)\s)[^,;.:()])*")
_ORDERS_RE = re.compile(r"\W*(?:tổ chức thực hiện|phân công)", re.IGNORECASE)
_PER_TIME_RE = re.compile(r"[^,;.()\d/]{0,20}/\s?(?:ngày|tuần|tháng|quý|năm)\b", re.IGNORECASE)
_NOTE_RE = re.compile(r"\W*(?:ghi chú|chú thích)\b", re.IGNORECASE)
#: A label that only says who is to do it; a head of a body is another one than the body.
_BODY_RE = re.compile(r"(?:sở|bộ|ban|ủy ban|công an|văn phòng|phòng|thanh tra|chi cục|cục)\b")
_HEADS = frozenset([("chủ", "tịch"), ("giám", "đốc"), ("bộ", "trưởng"), ("phó", "chủ"), ("thủ", "trưởng")])
_FROM_RE = re.compile(r"\btừ\s*$", re.IGNORECASE)
#: A pair that more clauses hold than this ties nothing.
_COMMON = 8
#: How many pairs two phrases share at least, what they say, and what is left of it less what only one says.
_PAIRS, _SHARED, _LEFT = 2, 1.2, 0.9
_NUMBER = 0.5
#: How much words that only one says count against what is shared.
_OF_PART, _OF_RATE = 0.25, 0.5
_FAR_POINTS, _FAR_TIMES, _LONGEST, _NAME = 25, 3, 80, 5
#: How a number is judged: no word of its thing.
_JUDGED_RE = re.compile(
    r"\b(?:(?:còn|vẫn|rất|khá|chưa|quá|tương đối|ở mức|đạt|tiến độ|là)\s+)+"
    r"(?:thấp|cao|chậm|kém|hạn chế|tốt|nhanh|đồng đều)(?:\s+nhất)?\b"
    r"|\b(?:thấp|chậm|kém|cao)(?=\s*(?:,|$|\bmới\b|\bchỉ\b))",
    re.IGNORECASE,
)

Value = tuple[str, Decimal]


@dataclass(frozen=True, slots=True, eq=False)
class Twice:
    """Two figures of one thing with two values, the one that is told first first."""

    one: Phrase
    other: Phrase


def told_again(subject: Subject) -> list[Twice]:
    """What is told twice with two values, in reading order."""
    read = read_phrases(subject)
    title = subject.document.metadata.title
    known = _NEUTRAL | (thing_words(title.value) if title else frozenset())
    years = years_of(subject)
    paper = Paper(years, subject.as_of)
    aims = aims_of(subject)
    told: dict[Clause, set[Value]] = defaultdict(set)
    for one in read.found:
        told[one.clause].add(_value(one))
    fit = [one for one in read.found if _counts(one) and (not one.part or _kind(one) == "money")]
    found = []
    for one, other in _with_pairs(fit, read):
        if (
            _value(one) not in told[other.clause]
            and _value(other) not in told[one.clause]
            and _comparable(one, other)
            and paper.at_one_time(one, other)
            and not aims.set_apart(one, other)
            and _one_thing(one, other, read, known)
            and not (_is_made(one, other) or _is_made(other, one))
        ):
            found.append(Twice(one, other))
    return _unlike_others(found, read)


def _with_pairs(fit: list[Phrase], read: Phrases) -> Iterator[tuple[Phrase, Phrase]]:
    """The figures that share pairs of words that few clauses hold; the one tells again what others told."""
    by_pair: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, one in enumerate(fit):
        for pair in one.pairs:
            if read.held[pair] <= _COMMON:
                by_pair[pair].append(at)
    retold = [_retold(one) for one in fit]
    shared = Counter(
        (first, second)
        for places in by_pair.values()
        for first, second in combinations(places, 2)
        if retold[first] != retold[second]
    )
    for (first, second), count in sorted(shared.items()):
        one, other = fit[first], fit[second]
        if count >= _PAIRS or len(_common(one, other)) > _PAIRS:
            yield one, other


def _common(one: Phrase, other: Phrase) -> frozenset[Pair]:
    """The pairs of words that both hold, or one and the clause of the other, which may be held against another."""
    found = one.pairs & other.pairs
    for told, rest in ((one, other), (other, one)):
        if not _THAN_RE.search(rest.told.where.text, rest.told.where.end(rest.figure), rest.clause.end):
            found |= told.pairs & rest.clause.pairs
    return found


def _counts(one: Phrase) -> bool:
    """Whether a figure counts or measures the thing that its phrase tells, and no part or change of it."""
    figure = one.figure
    text, end = one.told.where.text, one.told.where.end(figure)
    before = _FROM_RE.sub("", one.before) if OR_MORE_RE.match(text, end) else one.before
    if "- Kế hoạch" in one.told.sentence:  # "Phòng Tài chính - Kế hoạch" plans nothing
        before = before.replace("Kế hoạch", " ")
    return not (
        not VIETNAMESE_RE.search(text)
        or _NUMBERED_RE.search(one.before)
        or (figure.bound and not OR_MORE_RE.match(text, end))
        or TERM_RE.match(figure.unit or "")
        or _PER_TIME_RE.match(text, end)
        or (figure.unit or "").lower() in _PROVISIONS
        or _NARROW_RE.search(_ALONE_RE.sub("", before) if figure.of else before)
        or _AGAINST_RE.search(text, max(0, one.told.where.start(figure) - _LONGEST), one.told.where.start(figure))
    )


def _kind(one: Phrase) -> str:
    return kind_of((one.figure.unit or "").lower())


def _value(one: Phrase) -> Value:
    return _kind(one), scaled(one.figure)


def _comparable(one: Phrase, other: Phrase) -> bool:
    """Whether two figures may be of one thing by their places, kinds, levels, names and sizes."""
    here, there = one.told.where.block, other.told.where.block
    if (
        here is there
        or here.kind is BlockKind.NOTE is there.kind
        or (one.told.led and one.told.led == other.told.led)
        or not _of_one_whole(one, other)
        or (one.pairs ^ other.pairs) & _HEADS
        or _kind(one) != _kind(other)
        or one.levels != other.levels
        or one.names != other.names
        or _denies(one, other)
        or _denies(other, one)
    ):
        return False
    low, high = sorted((scaled(one.figure), scaled(other.figure)))
    if _kind(one) == "%":
        mine, its = whole_of(one), whole_of(other)
        return high - low <= _FAR_POINTS and (mine <= its or its <= mine)
    return _one_unit(one, other) and high <= low * _FAR_TIMES


def _of_one_whole(one: Phrase, other: Phrase) -> bool:
    """Whether two counts are out of as many; one alone may be out of those too: ``14/23 hồ``, ``16 hồ``."""
    wholes = [told.figure.of for told in (one, other)]
    whole = next(filter(None, wholes), None)
    if whole is None or all(wholes):
        return wholes[0] == wholes[1]
    alone = other if wholes[0] else one
    return bool(alone.figure.unit) and Decimal(alone.figure.value) < Decimal(whole)


def _denies(one: Phrase, other: Phrase) -> bool:
    """Whether the words behind one number deny those behind the other: ``nhà không kiên cố``, ``nhà kiên cố``."""
    mine, its = (
        _NEXT_RE.split(told.told.where.text[told.told.where.end(told.figure) :], maxsplit=1)[0]
        for told in (one, other)
    )
    return any(
        re.search(rf"\b{denied}\b", its) and not re.search(rf"\b(?:không|chưa)\s+{denied}\b", its)
        for denied in _DENIED_RE.findall(mine)
    )


def _one_unit(one: Phrase, other: Phrase) -> bool:
    """Whether two counts are of one noun; what has none must tell it in its phrase."""
    units = [(told.figure.unit or "").lower() for told in (one, other)]
    if _kind(one) == "money":
        return True
    if not all(units):
        nouns = set(" ".join(units).split())
        return bool(nouns) and nouns <= one.tokens & other.tokens
    return units[0].split()[0] == units[1].split()[0] or not ANY_UNIT.isdisjoint(units)


def _shared(one: Phrase, other: Phrase, read: Phrases) -> float:
    """What two phrases say in common: words of the pairs that both hold, or one and the clause of the other.

    The noun that is counted says nothing, a number inside the phrase ("quá 24 tháng") something.
    """
    units = {word for told in (one, other) for word in words_of(told.figure.unit or "")}
    words = frozenset(word for pair in _common(one, other) for word in pair) - units
    measured = GENERAL & words - PLAIN
    return read.weight(words) + _NUMBER * (len(measured) + sum(word[0].isdigit() for word in words))


def _one_thing(one: Phrase, other: Phrase, read: Phrases, known: frozenset[str]) -> bool:
    """Whether much is shared and one says nothing that the other does not.

    What says more may be a part of the other: of counts it tells something only where it is more.
    """
    shared = _shared(one, other, read)
    if shared < _SHARED and not _one_name(one, other):
        return False
    left = {told: _left(told, rest, known) for told, rest in ((one, other), (other, one))}
    wide, narrow = sorted(left, key=lambda told: read.weight(left[told]))
    # Of what is told out of as many, and what is told alone, neither is a part of the other.
    whole = one.part or other.part or one.figure.of != other.figure.of
    if left[wide] or (left[narrow] and whole):
        return False
    part = bool(left[narrow]) and _kind(one) != "%" and not all(map(_is_price, (one, other)))
    if part and scaled(narrow.figure) < scaled(wide.figure):
        return False
    if not left[narrow]:
        return True
    return shared - read.weight(left[narrow]) * (_OF_PART if part else _OF_RATE) >= _LEFT


def _one_name(one: Phrase, other: Phrase) -> bool:
    """Whether two rates bear one name word by word, however often it is told: ``tỷ lệ tảo hôn toàn vùng còn``."""
    names = [
        _LED_RE.sub(" ", " ".join(words_of(_PERIOD_RE.sub(" ", told.before)))).split() for told in (one, other)
    ]
    return _kind(one) == "%" and len(names[0]) >= _NAME and names[0] == names[1]


def _is_price(one: Phrase) -> bool:
    """Whether a number is so much for each: ``30.000 đồng/kg``."""
    return bool(_EACH_RE.match(one.told.where.text, one.told.where.end(one.figure)))


def _retold(one: Phrase) -> str:
    """The heading of the part that it stands in, where that tells again what others told.

    "Ghi chú" does, and the part that says who is to do what.
    """
    note = _NOTE_RE.match(one.told.where.text)
    orders = (heading for heading in one.over if _ORDERS_RE.match(heading))
    return note.group() if note else retold_of(one.over) or next(orders, "")


def _left(one: Phrase, other: Phrase, known: frozenset[str]) -> frozenset[str]:
    """What only one says of its thing: not the clause of the other, nor the place that it stands in."""
    led = _WHICH_RE.sub("", " ".join(one.clause.label))
    plain = retells(led) or _BODY_RE.match(led)
    label = frozenset() if plain else frozenset(filter(says_something, led.split()))
    words = ((one.words | one.head) - known | label - _NEUTRAL | _behind(one)) - other.clause.words
    words = words.difference(*map(words_of, _JUDGED_RE.findall(one.clause.text)))
    if not words:
        return words
    return words - thing_words(" ; ".join(other.led))


def _is_made(one: Phrase, other: Phrase) -> bool:
    """Whether a count is that of two that stand beside the other one: ``1.240 tạm ngừng … 385 giải thể``."""
    alike = [near for near in other.told.where.figures if near.unit == one.figure.unit and not near.of]
    total = scaled(one.figure)
    return any(scaled(first) + scaled(second) == total for first, second in combinations(alike, 2))


def _behind(one: Phrase) -> frozenset[str]:
    """Of so many out of as many, what is said of them: ``57/63 trạm đạt chuẩn``."""
    if one.figure.of is None:
        return frozenset()
    told = _SAID_RE.match(one.told.where.text, one.told.where.end(one.figure))
    return frozenset(filter(says_something, words_of(told.group() if told else ""))) - _NEUTRAL


def _unlike_others(found: list[Twice], read: Phrases) -> list[Twice]:
    """Those of figures that are like one value alone: what is like several is of several things.

    Of the figures of one clause the one that shares most is meant.
    """
    best: dict[tuple[Phrase, Clause], tuple[float, int]] = {}
    shared = {
        twice: (_shared(twice.one, twice.other, read), len(twice.one.tokens & twice.other.tokens))
        for twice in found
    }
    for twice, much in shared.items():
        for key in ((twice.one, twice.other.clause), (twice.other, twice.one.clause)):
            best[key] = max(best.get(key, much), much)
    nearest = [
        twice
        for twice, much in shared.items()
        if much == best[twice.one, twice.other.clause] == best[twice.other, twice.one.clause]
    ]
    values: dict[Phrase, set[Value]] = defaultdict(set)
    for twice in nearest:
        values[twice.one].add(_value(twice.other))
        values[twice.other].add(_value(twice.one))
    return [twice for twice in nearest if len(values[twice.one]) == len(values[twice.other]) == 1]
