"""The same target at several places: the same level, and nearly the same words.

Words too few to tell a thing are compared whole, and of two passages whose levels follow one another alike, one of
them less alike than its neighbours is the same too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from kb.models import Target
from kb.text.normalize import fold, nfc, unify_tones
from kb.vocabulary.abbreviations import abbreviate, long_forms
from kb.vocabulary.schemes import name_words

_STOP = frozenset(
    re.findall(
        r"\w+",
        "va cua cac duoc trong cho theo ve la co tai voi den tu thi mot nhung so do khi de dat toi thieu",
    )
)
_ENOUGH = 0.6
#: The same between two whose neighbours are the same, in the same order.
_BESIDE = 0.45
#: Fewer words than this name a thing too loosely ("thủ tục hành chính"): the whole sentence is compared.
_TELLING = 5
#: How far the next sentence of a paragraph may begin behind the end of the one before.
_NEXT = 2
#: How near to each other two targets stand that are of one list.
_NEAR = 1_500
#: Words that two tasks have in common at the least of which one syllable may differ.
_LONG = 12
_BRACKETS_RE = re.compile(r"\([^()]*\)")
_DONE_RE = re.compile(r"\bhoàn thành\b", re.IGNORECASE)
#: Words of a name that are now there and now not: "dự án được thẩm định", "dự án thẩm định".
_SPARE = frozenset(["được", "của", "các", "và", "đạt", "là", "những"])
#: So many words name a row.
_NAMING = 2
#: A rate is named by few words: "tỷ lệ đô thị hóa".
_RATE_RE = re.compile(r"(?:tỷ|tỉ)\s+(?:lệ|trọng|suất)\s|tốc độ\s|chỉ số\s", re.IGNORECASE)
_RATE_WORDS = 4
#: What a target is reckoned in, as a key: its number and unit; that it is to be completed.
_Level = tuple[str, str]
_DONE: _Level = ("", "hoàn thành")


def link_same(targets: tuple[Target, ...]) -> tuple[Target, ...]:
    """The targets with the ids of their like; none is dropped."""
    same: dict[int, set[int]] = defaultdict(set)
    surely = frozenset(_alike(targets))
    for one, other in (*surely, *_beside(targets, surely), *_answered_alike(targets)):
        same[one].add(other)
        same[other].add(one)
    return tuple(
        replace(target, same_as=tuple(targets[other].id for other in sorted(same[at]))) if same[at] else target
        for at, target in enumerate(targets)
    )


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Common words as a share of all, 0 to 1 (Jaccard)."""
    return len(one & other) / len(one | other) if one and other else 0.0


def _alike(targets: tuple[Target, ...]) -> Iterator[tuple[int, int]]:
    """Pairs of one level whose words are nearly the same, or whose names are."""
    alike: dict[tuple[int, int], float] = {}
    best: dict[int, tuple[float, int]] = defaultdict(lambda: (0.0, -1))
    for one, other in _of_one_level(targets):
        pair = targets[one], targets[other]
        how = how_alike(*pair)
        if how >= _ENOUGH and not (_in_one_list(*pair) and differ(*pair)):
            alike[one, other] = how
            best[one] = max(best[one], (how, other))
            best[other] = max(best[other], (how, one))
    for (one, other), how in alike.items():
        (near, mine), (next_, theirs) = best[one], best[other]
        apart = mine != theirs and alike.get((min(mine, theirs), max(mine, theirs)), 0) <= how
        # "hồ sơ sức khỏe", "hồ sơ học tập" of a list, and both again in the annex: each has its own there
        if not (apart and min(near, next_) > how):
            yield one, other


def _answered_alike(targets: tuple[Target, ...]) -> Iterator[tuple[int, int]]:
    """A row and the sentence of one level and one result whose words hold all that name the row, if one does.

    ``Sản lượng muối | 52.000 | 52.780``; ``Kế hoạch sản lượng muối cả năm 52.000 tấn, thực hiện 52.780 tấn``.
    """
    for row, one in enumerate(targets):
        words = content_words(one.metric) if one.table is not None and _came_to(one) else frozenset()
        if len(words) < _NAMING:
            continue
        told = [
            at
            for at, other in enumerate(targets)
            if other.table is None and _came_to(other) == _came_to(one) and words <= content_words(other.text)
        ]
        if len(told) == 1:
            yield min(row, told[0]), max(row, told[0])


def _came_to(target: Target) -> tuple[str, str] | None:
    """The level of a target and what was reached of it, in numbers; None without either."""
    if target.value is None or target.result is None or target.result.value is None:
        return None
    return _plain(target.value), _plain(target.result.value)


def how_alike(one: Target, other: Target) -> float:
    """How alike two targets of one level are told, 0 to 1; 1 where both measure what has the same name."""
    if (one.value is None) is not (other.value is None):
        # "Hoàn thành số hóa …", "100% xã hoàn thành số hóa …": by all that each says
        return likeness(_whole(one), _whole(other))
    name = _name(one.metric)
    return 1.0 if name and name == _name(other.metric) else likeness(_words(one), _words(other))


def differ(one: Target, other: Target) -> bool:
    """Whether each of two says something that the other does not: ``tiêm phòng đàn lợn``, ``tiêm phòng đàn bò``.

    Of a long task that is to be completed one syllable may be another.
    """
    if (name := _name(one.metric)) and name == _name(other.metric):
        return False
    whole = one.value is None or other.value is None
    mine, theirs = (_whole(one), _whole(other)) if whole else (_words(one), _words(other))
    long = one.value is None and other.value is None and len(mine & theirs) >= _LONG
    return min(len(mine - theirs), len(theirs - mine)) > long


def _in_one_list(one: Target, other: Target) -> bool:
    """Whether two stand in one table, or near each other in the text: a list tells a goal once."""
    if one.table is not None or other.table is not None:
        return one.table == other.table
    return abs(one.span.start - other.span.start) < _NEAR


def _of_one_level(targets: tuple[Target, ...]) -> Iterator[tuple[int, int]]:
    held: dict[_Level, list[int]] = defaultdict(list)
    for at, target in enumerate(targets):
        keys = _levels(target)
        yield from ((other, at) for other in sorted({other for key in keys for other in held[key]}))
        for key in keys:
            held[key].append(at)


def _levels(target: Target) -> tuple[_Level, ...]:
    """The level of a target as it is told, and as others may tell it: 100% completed is completed.

    >>> from kb.models import Comparator, Span
    >>> done = Target("t", Span(0, 9), "100% xã hoàn thành số hóa hộ tịch", "xã", Comparator.EQUAL, "100.0", "%")
    >>> _levels(done)
    (('100', '%'), ('', 'hoàn thành'))
    """
    done = _DONE_RE.search(target.text) is not None
    if target.value is None:
        return (("", ""), _DONE) if done else (("", ""),)
    level = (_plain(target.value), (target.unit or "").lower())
    return (level, _DONE) if done and level == ("100", "%") else (level,)


def _plain(number: str) -> str:
    """A number without zeros behind it: ``100.0`` is ``100``."""
    try:
        return f"{Decimal(number).normalize():f}"
    except InvalidOperation:
        return number


def _words(target: Target) -> frozenset[str]:
    words = content_words(target.metric) if target.value else frozenset()
    if len(words) >= _TELLING:
        return words
    return content_words(target.text) if target.value else _whole(target)


def _whole(target: Target) -> frozenset[str]:
    """The words of a target's text without its brackets, which tell what became of it."""
    return content_words(without_brackets(target.text))


def without_brackets(text: str) -> str:
    """A text without what stands in brackets, those inside of others too.

    >>> without_brackets("Hoàn thành đề án (đã trình (lần 2) trong tháng 5).")
    'Hoàn thành đề án .'
    """
    found = 1
    while found:
        text, found = _BRACKETS_RE.subn("", text)
    return text


@lru_cache(maxsize=512)
def _name(metric: str) -> tuple[str, ...]:
    """The words of what is measured, abbreviations written out, where they are enough to tell a thing.

    >>> _name("Tỷ lệ đô thị hóa") == _name("tỉ lệ đô thị hoá"), _name("thủ tục hành chính")
    (True, ())
    """
    words = re.findall(r"\w+", unify_tones(nfc(metric)))
    words = " ".join(long_forms().get(word, word) for word in words).lower().replace("tỉ ", "tỷ ").split()
    enough = len(words) >= (_RATE_WORDS if _RATE_RE.match(metric) else _TELLING)
    return tuple(word for word in words if word not in _SPARE) if enough else ()


def _beside(targets: tuple[Target, ...], surely: frozenset[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Pairs of one level, less alike, that stand right before or behind two which are `surely` the same."""
    levels = [_levels(target)[0] for target in targets]
    for one, other in surely:
        for step in (-1, 1):
            left, right = one + step, other + step
            if not 0 <= left < right < len(targets) or (left, right) in surely or levels[left] != levels[right]:
                continue
            if _in_one_list(targets[left], targets[right]):
                continue
            near = all(_next_to(targets[at], targets[at + step]) for at in (one, other))
            if near and likeness(_words(targets[left]), _words(targets[right])) >= _BESIDE:
                yield left, right


def is_linked_by_neighbours(one: Target, other: Target) -> bool:
    """Whether two are linked though their own words alone would not link them."""
    return other.id in one.same_as and how_alike(one, other) < _ENOUGH


def _next_to(one: Target, other: Target) -> bool:
    """Whether two targets stand in one row of a table, or in sentences one after the other."""
    if one.table is not None or other.table is not None:
        return (one.table, one.row) == (other.table, other.row)
    first, second = sorted((one.span, other.span), key=lambda span: span.start)
    return one.eid == other.eid and second.start - first.end <= _NEXT


@lru_cache(maxsize=4096)
def content_words(text: str) -> frozenset[str]:
    """The words of a text that carry it, folded, abbreviations for what they stand for."""
    return frozenset(re.findall(r"[a-z0-9]+", fold(abbreviate(text)))) - _STOP


def spelled_words(text: str) -> frozenset[str]:
    """The words of a text that carry it, folded, abbreviations written out.

    >>> sorted(spelled_words("mục tiêu CCHC"))
    ['cach', 'cai', 'chinh', 'hanh', 'muc', 'tieu']
    """
    return frozenset(name_words(text).split()) - _STOP
