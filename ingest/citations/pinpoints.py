"""Places inside a document: ``điểm a, điểm b khoản 3 Điều 25``, ``từ Điều 3 đến Điều 9``, ``Mục II Phần A``.

A small grammar over tokens. A *group* is one level with its items (``khoản 2, 3, 4``); a *run* is a row of groups
with nothing but commas and ``và`` between. Groups are read from the smaller to the larger, as the law prescribes
(Nghị quyết 351/2017/UBTVQH14, Điều 24): a larger group closes every smaller one still open before it. Where a
larger one stands first and nothing larger follows, the run goes the other way (``Điều 4 khoản 6``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product

from kb.models import PINPOINT_LEVELS, Pinpoint

#: Letters of points in the order of the law (Nghị định 78/2025/NĐ-CP): no f, j, w, z.
POINT_LETTERS = "abcdđeghiklmnopqrstuvxy"
_MOST_IN_RANGE = 200

_ROMAN = r"(?:[IVXLC]{1,7}|[ivx]{1,5})"
_ITEMS = {
    "điều": r"[0-9l]{1,4}[a-zđ]?(?![0-9]|[.,]\d)",
    "khoản": r"(?:[0-9l]{1,3}(?:\.\d{1,3}){0,3}[a-zđ]?(?![0-9])|[A-ZĐ]\.[IVX]{1,5})",
    "điểm": r"[“\"']?(?:[a-zđ]{1,2}(?:\.?\d{1,2})?|[0-9]{1,3}[a-zđ]?(?:\.\d{1,3}){0,3})(?![0-9])[”\"']?",
    "tiết": rf"[“\"']?(?:[a-zđ]{{1,2}}(?:\.?\d{{1,2}})?|{_ROMAN}|[0-9]{{1,3}}(?:\.\d{{1,3}}){{0,3}})(?![0-9])"
    r"[”\"']?",
    "tiểu mục": rf"(?:{_ROMAN}|[0-9]{{1,3}}(?:\.\d{{1,3}}){{0,3}}|[A-ZĐ])(?![0-9])",
    "mục": rf"(?:{_ROMAN}|T[VX]|[0-9]{{1,3}}(?:\.\d{{1,3}}){{0,3}}|[A-ZĐ]|[a-zđ])(?:\.\d{{1,2}})?(?![0-9])",
    "chương": r"(?:[IVXLC]{1,7}[a-z]?|T[VX]|[0-9]{1,3})(?![0-9])",
    "phần": r"(?:thứ (?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)|[IVXLC]{1,7}|[A-ZĐ]|[0-9]{1,2})(?![0-9])",
    "phụ lục": r"(?:số\s+)?(?:[IVXLC]{1,7}(?:[.-]?\d{1,2}|[A-Z])?|[0-9]{1,3}[a-zA-Z]?|[A-ZĐ])(?![0-9])",
    "mẫu": r"(?:số\s+)?[0-9]{1,3}(?:\.\d{1,2})?[a-zđ]{0,2}(?:[-/][A-ZĐ][A-ZĐa-z0-9]*)*(?![0-9])",
    "gạch đầu dòng": r"(?:thứ (?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)|đầu tiên|cuối cùng)",
}
_NO_LETTER = r"(?![^\W\d_¹²³⁰⁴-⁹])"
_ITEM_RES = {level: re.compile(f"(?:{item}){_NO_LETTER}") for level, item in _ITEMS.items()}
_WORD = (
    r"(?P<word>[Tt]iểu mục|[Pp]hụ lục|[Gg]ạch đầu dòng|[Đđ]iều|[Kk]hoản|[Đđ]iểm|[Tt]iết|[Mm]ục"
    r"|[Cc]hương|[Pp]hần|[Mm]ẫu)"
)
_UNIT_RE = re.compile(rf"(?P<lead>(?:(?:[Cc]ác|[Nn]hững|[Tt]ừ)\s+){{0,2}}){_WORD}(?P<gap>\s{{0,2}}:?\s{{0,2}})")
#: Where a run may begin; led by the rarest letters, for one pass over a long text.
_START_RE = re.compile(
    r"(?:iều|hoản|iểm|iết|ục|hương|hần|ẫu|CHƯƠNG|ĐIỀU|dòng)(?=\s{0,2}:?\s{0,2}(?:số\s|thứ\s"
    r"|[“\"']?[0-9A-ZĐa-zđl]{1,7}[“”\"']?(?![^\W\d_])))"
)
_LEAD_RE = re.compile(r"(?:[Cc]ác|[Nn]hững|[Tt]ừ)\s+(?:(?:[Cc]ác|[Tt]ừ)\s+)?$")
_JOIN_RE = re.compile(
    r"\s{0,2}của\s+một\s+trong\s+(?=các\s)|"
    r"(?:\s{0,2}(?:[,;]|(?:và|hoặc|hay|tại|của|thuộc|trong|đến(?:\s+hết)?|tới|-|–)(?=\W"
    r"|[a-zđ]\W))){1,2}\s{0,2}|\s{0,2}"
)
_RANGE_RE = re.compile(r"\s*(?:đến(?:\s+hết)?|tới|-|–)\s*")
_LARGE = ("chương", "phần", "phụ lục")
_RANK = {level: rank for rank, level in enumerate(PINPOINT_LEVELS)}


@dataclass(frozen=True, slots=True)
class Group:
    """One level and its items, ranges expanded.

    `tied` says no comma or ``và`` stands before it; `apart` that ``và`` does, before a large unit which holds none
    of what stands before it (``Điều 6 và Chương III``).
    """

    level: str
    items: tuple[str, ...]
    tied: bool
    apart: bool = False


@dataclass(frozen=True, slots=True)
class PinpointRun:
    """A run of units: ``text[start:end]``, how one reads it, and the places it names.

    `start` takes in ``các`` or ``từ`` before the first unit. `whole_end` lies behind `end` when a unit is said
    to be the present one (``khoản 2 Điều này``): the run then belongs to the citing document.
    """

    start: int
    end: int
    text: str
    pinpoints: tuple[Pinpoint, ...]
    whole_end: int = -1

    @property
    def self_ended(self) -> bool:
        """Whether the run points into the citing document."""
        return self.whole_end != self.end


_SELF_RE = re.compile(
    r",?\s{0,2}(?:của\s+|tại\s+)?(?P<word>[Đđ]iều|[Kk]hoản|[Đđ]iểm|[Tt]iết|[Mm]ục|[Cc]hương|[Pp]hần"
    r"|[Pp]hụ lục)\s+(?:này|trên)(?![^\W\d_])|[ ]này(?![^\W\d_])"
)


def find_pinpoints(text: str, start: int = 0, end: int | None = None) -> tuple[PinpointRun, ...]:
    """The runs of units in a text (NFC), left to right.

    >>> [
    ...     (r.text, len(r.pinpoints))
    ...     for r in find_pinpoints("theo các Điều 5, 6 và 7 và bỏ từ Điều 3 đến Điều 9 Nghị định này")
    ... ]
    [('các Điều 5, 6 và 7', 3), ('từ Điều 3 đến Điều 9', 7)]
    """
    return tuple(_iter_runs(text, start, len(text) if end is None else end))


def _iter_runs(text: str, start: int, end: int) -> Iterator[PinpointRun]:
    reach = start
    for hint in _START_RE.finditer(text, start, end):
        if hint.start() < reach:
            continue
        unit = _unit_at(text, hint, reach, end)
        if unit is None:
            continue
        run = _read_run(text, unit, reach, end)
        if run:
            yield run
            reach = run.end


def _unit_at(text: str, hint: re.Match[str], reach: int, end: int) -> re.Match[str] | None:
    """The unit word that ends where the hint ends."""
    for length in (13, 8, 7, 6, 5, 4, 3):
        begin = hint.end() - length
        if begin < reach or (begin > 0 and text[begin - 1].isalpha() and not text[begin - 1].islower()):
            continue
        found = _UNIT_RE.match(text, begin, end)
        # A letter before the word is a lost space ("tạiĐiều 5") only when the word is capitalised.
        if found and found.end("word") == hint.end():
            glued = begin > 0 and text[begin - 1].isalpha() and text[begin - 1] not in "¹²³⁰⁴⁵⁶⁷⁸⁹"
            if not glued or found["word"][0].isupper():
                return found
    return None


def _read_run(text: str, unit: re.Match[str], floor: int, end: int) -> PinpointRun | None:
    lead = _LEAD_RE.search(text, max(floor, unit.start() - 12), unit.start())
    begin = lead.start() if lead else unit.start()
    groups: list[Group] = []
    at, joint = unit.end(), ""
    level = _level(unit["word"])
    reach = unit.end()
    while True:
        first = _ITEM_RES[level].match(text, at, end)
        if first is None:
            break
        items, at = _read_items(text, level, first, end)
        groups.append(Group(level, items, not joint.strip(), level in _LARGE and joint.strip(" ,;") == "và"))
        reach = at
        gap = _JOIN_RE.match(text, at, end)
        following = _UNIT_RE.match(text, gap.end(), end) if gap else None
        if following is None or gap is None:
            break
        joint, level_next = gap.group(), _level(following["word"])
        if _RANGE_RE.fullmatch(joint) and level_next == level:
            closing = _ITEM_RES[level].match(text, following.end(), end)
            if closing is None:
                break
            more, reach = _read_items(text, level, closing, end)
            between = expand_range(items[-1], _clean(closing.group()))
            groups[-1] = replace(groups[-1], items=items[:-1] + between + more[1:])
            gap = _JOIN_RE.match(text, reach, end)
            following = _UNIT_RE.match(text, gap.end(), end) if gap else None
            if following is None or gap is None:
                break
            joint, level_next = gap.group(), _level(following["word"])
        level, at = level_next, following.end()
    if not groups:
        return None
    this = _SELF_RE.match(text, reach, end)
    whole = this.end() if this else reach
    if this and this["word"]:
        groups.append(Group(_level(this["word"]), (_THIS,), True))
    shown = _SLIP_RE.sub(lambda found: _clean(found.group()), _printed(text[begin:whole]))
    pinpoints, ascending = _combine(tuple(groups))
    printed = shown if ascending else _format(pinpoints, shown)
    return PinpointRun(begin, reach, printed, tuple(map(_without_this, pinpoints)), whole)


#: Label of a unit that is the present one, while a run is being read.
_THIS = "này"
_SLIP_RE = re.compile(r"(?<=[ ])(?:[0-9]*l[0-9]+|[0-9]+l[0-9l]*|T[VX])(?![^\W_])")


def _without_this(pinpoint: Pinpoint) -> Pinpoint:
    return Pinpoint(tuple(step for step in pinpoint.path if step[1] != _THIS))


def _read_items(text: str, level: str, first: re.Match[str], end: int) -> tuple[tuple[str, ...], int]:
    """The items of one group, from the first on: ``2, 3, 4``, ``a, b và đ``, ``36 đến 40``."""
    items, at = [_clean(first.group())], first.end()
    pattern = _ITEM_RES[level]
    while True:
        gap = _MORE_RE.match(text, at, end)
        if gap is None:
            return tuple(items), at
        item = pattern.match(text, gap.end(), end)
        if item is None or not _continues(text, level, items[-1], item, end):
            return tuple(items), at
        value = _clean(item.group())
        if _RANGE_RE.fullmatch(gap.group()):
            items.extend(expand_range(items.pop(), value))
        else:
            items.append(value)
        at = item.end()


_MORE_RE = re.compile(
    r"\s{0,2}(?:,|;|và(?!o\b)|hoặc|hay|đến(?:\s+hết)?|tới|-|–)(?=\W|[a-zđ](?:\W|$)|\d)(?:\s{0,2}(?:và|hoặc))?\s{0,2}"
)
# A figure followed by these is a count or a date, not an item: "Điều 5, 02 phòng", "khoản 2 và 3 tháng".
_NOT_ITEM_RE = re.compile(
    r"[/.]\d|\s?%|[ ](?:tháng|năm|ngày|người|lần|giờ|phòng|đơn vị|cơ quan|tỉnh|xã|triệu|tỷ|đồng|loại"
    r"|nhóm|trường hợp|văn bản)"
)


def _continues(text: str, level: str, before: str, item: re.Match[str], end: int) -> bool:
    """Whether an item goes on a list: the same sort of label, and no count or date."""
    value = _clean(item.group())
    if value.isdigit() != before[0].isdigit() and not value[0].isdigit():
        return level in ("điều", "khoản") or not before[0].isdigit()
    if _NOT_ITEM_RE.match(text, item.end(), end):
        return False
    return value[0].isdigit() == before[0].isdigit()


def expand_range(first: str, last: str) -> tuple[str, ...]:
    """Every item from the first to the last; just these two where the order is not known.

    >>> expand_range("c", "e"), expand_range("3", "6"), expand_range("I", "III")
    (('c', 'd', 'đ', 'e'), ('3', '4', '5', '6'), ('I', 'II', 'III'))
    """
    if first.isdigit() and last.isdigit() and 0 < int(last) - int(first) <= _MOST_IN_RANGE:
        return tuple(map(str, range(int(first), int(last) + 1)))
    for order in (POINT_LETTERS, _romans()):
        if first in order and last in order and order.index(first) < order.index(last):
            return tuple(order[order.index(first) : order.index(last) + 1])
    return (first, last) if first != last else (first,)


@lru_cache(maxsize=1)
def _romans() -> tuple[str, ...]:
    tens, ones = ("", "X", "XX", "XXX"), ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    return tuple(ten + one for ten in tens for one in ones)[1:]


def _combine(groups: tuple[Group, ...]) -> tuple[tuple[Pinpoint, ...], bool]:
    """The places a row of groups names, and whether it went from small to large."""
    done: list[dict[str, tuple[str, ...]]] = []
    # Entries by the rank of their outermost level: one further out closes them all at once.
    open_to: dict[int, list[dict[str, tuple[str, ...]]]] = defaultdict(list)
    ascending = True
    for index, group in enumerate(groups):
        rank = _RANK[group.level]
        if index and rank < _RANK[groups[index - 1].level] and not group.apart:
            for inner in [one for one in open_to if one > rank]:
                for entry in open_to.pop(inner):
                    entry[group.level] = group.items
                    open_to[rank].append(entry)
        elif index and rank > _RANK[groups[index - 1].level] and _descends(groups, index):
            done[-1][group.level] = group.items
            ascending = False
        else:
            done.append({group.level: group.items})
            open_to[rank].append(done[-1])
    return tuple(place for entry in done for place in _places(entry)), ascending


def _descends(groups: tuple[Group, ...], index: int) -> bool:
    """Whether a smaller group belongs to the larger one before it rather than to one after it."""
    if groups[index].tied:
        return True
    return all(_RANK[later.level] >= _RANK[groups[index].level] for later in groups[index + 1 :])


def _places(entry: dict[str, tuple[str, ...]]) -> Iterator[Pinpoint]:
    levels = sorted(entry, key=_RANK.__getitem__)
    for labels in product(*(entry[level] for level in levels)):
        yield Pinpoint(tuple(zip(levels, labels, strict=True)))


def _format(pinpoints: tuple[Pinpoint, ...], shown: str) -> str:
    """Smallest first: ``khoản 6 Điều 4``; several as they were printed."""
    if len(pinpoints) != 1:
        return shown
    low = {"điều": "Điều", "mục": "Mục", "chương": "Chương", "phần": "Phần", "phụ lục": "Phụ lục", "mẫu": "Mẫu"}
    return " ".join(f"{low.get(level, level)} {label}" for level, label in reversed(pinpoints[0].path))


def _level(word: str) -> str:
    return word.lower()


def _clean(item: str) -> str:
    """The label alone: quotes and ``số`` off, ``l6`` read as 16, ``TV`` as IV."""
    label = re.sub(r"^số\s+", "", item.strip("“”\"' "))
    if re.fullmatch(r"[0-9]*l[0-9l]+|[0-9]+l[0-9l]*", label):
        label = label.replace("l", "1")
    return {"TV": "IV", "TX": "IX"}.get(label, label)


def _printed(text: str) -> str:
    return " ".join(text.split())
