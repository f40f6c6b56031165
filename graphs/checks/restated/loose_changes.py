"""What is told in loose words of a change: ``giảm hơn một nửa``, ``tăng gần 20%``, ``gấp đôi năm trước``.

It is held against the rate of the same way that its sentence tells, or against the only two counts of one unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from graphs.checks.learned.rose import CHANGES_RE, order
from graphs.checks.reading.arithmetic import show
from graphs.checks.reading.loose import Loose
from graphs.checks.reading.moved import scaled
from graphs.checks.reading.named import GENERAL, thing_words
from graphs.checks.reading.prose import Stated
from graphs.checks.reading.rows import Grid, Line
from graphs.checks.restated.loose_beside import Meant
from graphs.checks.restated.loose_said import LooseSaid, is_else
from graphs.checks.restated.shares_near import Near, is_count
from kb.models import Figure
from kb.text.sentences import split_sentences

_FULL = Decimal(100)
#: So many times as much, in per cent: between what it may lie.
_TIMES: tuple[tuple[str, int, int], ...] = (
    ("rưỡi", 130, 170),
    ("đôi", 170, 235),
    ("ba", 260, 345),
    ("bốn", 350, 450),
)
_TIMES_RE = re.compile(
    rf"\b(?P<hedge>hơn\s+|gần\s+|khoảng\s+|xấp xỉ\s+)?gấp\s+(?P<times>{'|'.join(words for words, _, _ in _TIMES)})"
    r"(?=\s+(?:so\s+với\s+)?(?:năm|cùng kỳ|kỳ|số|mức|kế hoạch|chỉ tiêu)\b|\s*[,;.(])",
    re.IGNORECASE,
)
_WAY_RE = re.compile(r"\b(?P<way>tăng|giảm)(?:\s+[^\W\d_]+){0,2}\s*$", re.IGNORECASE)
#: Before a difference: "cao hơn năm 2022 là 0,9 triệu đồng".
_DIFFERENCE_RE = re.compile(
    r"\b(?:hơn|kém|thêm|bớt|hụt|vượt|chênh lệch)\b(?:\s+[^\W\d_]+){0,4}(?:\s+(?:19|20)\d\d)?"
    r"(?:\s+(?:là|tới|đến))?\s+$",
    re.IGNORECASE,
)
_SINCE_RE = re.compile(
    r"\b(?:so với|so cùng|cùng kỳ|năm (?:trước|ngoái|(?:19|20)\d\d)|từ|xuống|lên)\b", re.IGNORECASE
)
_ASKED_RE = re.compile(r"\b(?:tối thiểu|ít nhất|trở lên|không quá|phấn đấu|mục tiêu)\b", re.IGNORECASE)
_PLAN_HEAD_RE = re.compile(r"\b(?:kế hoạch|dự toán|chỉ tiêu|mục tiêu|giao|KH|DT)\b|%", re.IGNORECASE)
#: What follows is of a part, what was told before of the whole.
_OF_WHICH_RE = re.compile(r"\b(?:trong đó|trong số đó|riêng)\b", re.IGNORECASE)
_FEWEST = 2
_BACK = 40
_ROUNDED = Decimal("0.5")


def of_change(said: LooseSaid) -> Meant | None:
    """The change of the same way that its sentence tells."""
    if said.way not in ("tăng", "giảm"):
        return None
    where = said.where
    parted = [one.end() for one in _OF_WHICH_RE.finditer(where.text, said.low, said.loose.start)]
    low = max((said.low, *parted))
    own = [one for one in where.figures if low <= where.start(one) and where.end(one) <= said.high]
    rates = [_told(where, one) for one in own if _is_rate(where, one, said)]
    if rates:
        return Meant(tuple(rates), sure=True)
    two = _only_two(where, own, said.loose.start)
    if not two or not _SINCE_RE.search(where.text, said.low, said.high):
        return None
    less, more = sorted(two, key=scaled)
    base = more if said.way == "giảm" else less
    return Meant((_near(where, scaled(more) - scaled(less), scaled(base), (less, more)),), sure=True)


def times_said(where: Stated) -> Iterator[tuple[Loose, Meant]]:
    """What a block says is so many times as much, with the only two counts of the sentence."""
    found = list(_TIMES_RE.finditer(where.text)) if "gấp" in where.text.lower() else []
    for low, high in split_sentences(where.text) if found else ():
        own = [one for one in where.figures if low <= where.start(one) and where.end(one) <= high]
        for one in found:
            two = _only_two(where, own, one.start())
            if not two or not low <= one.start() < high or is_else(where.text[low : one.start()], ""):
                continue
            less, more = sorted(two, key=scaled)
            yield _times(one), Meant((_near(where, scaled(more), scaled(less), (less, more)),), sure=True)


def _times(found: re.Match[str]) -> Loose:
    low, high = next((low, high) for words, low, high in _TIMES if words == found["times"].lower())
    hedge = (found["hedge"] or "").strip().lower()
    whole = {"rưỡi": 150, "đôi": 200, "ba": 300, "bốn": 400}[found["times"].lower()]
    return Loose(
        *found.span(),
        found.group(),
        whole - _ROUNDED if hedge == "hơn" else Decimal(low),
        whole + _ROUNDED if hedge == "gần" else Decimal(high) + (50 if hedge == "hơn" else 0),
    )


def _is_rate(where: Stated, one: Figure, said: LooseSaid) -> bool:
    way = _WAY_RE.search(where.text, said.low, where.start(one)) if one.unit == "%" and not one.bound else None
    return way is not None and way["way"].lower() == said.way and where.start(one) != said.loose.start


def _told(where: Stated, one: Figure) -> Near:
    return Near(Decimal(one.value), one.printed, where.start(one), where.end(one), (one.span,))


def _only_two(where: Stated, own: list[Figure], at: int) -> tuple[Figure, Figure] | None:
    """The two counts of one unit, where a sentence has no others, none is a difference, and one is told last."""
    counts = [one for one in own if is_count(one) and one.unit and not one.bound and scaled(one)]
    if len(counts) != 2 or len({(one.unit or "").split()[-1] for one in counts}) != 1:
        return None
    last = next((one for one in reversed(own) if where.start(one) < at), counts[1])
    if last not in counts or any(is_count(one) and not one.unit for one in own):
        return None  # it is of a number told meanwhile: "193 triệu đồng" behind "từ 92 lên"
    low, high = max(0, where.start(own[0]) - _BACK), where.end(own[-1]) + _BACK
    if _ASKED_RE.search(where.text, low, high):
        return None
    before = [where.text[: where.start(one)] for one in counts]
    if any(_WAY_RE.search(words[-24:]) or _DIFFERENCE_RE.search(words[-_BACK:]) for words in before):
        return None
    return counts[0], counts[1]


def _near(where: Stated, part: Decimal, whole: Decimal, two: tuple[Figure, Figure]) -> Near:
    value = part / whole * _FULL
    spans = tuple(one.span for one in two)
    told = f"{two[0].printed} / {two[1].printed}: {show(value)}%"
    return Near(value, told, where.start(two[0]), where.end(two[1]), spans, counted=True)


def of_row_change(said: LooseSaid, tables: Sequence[Grid]) -> Meant | None:
    """By how much the row rose or fell that is named before: ``thu từ … tăng hơn một phần tư``."""
    if said.way not in ("tăng", "giảm"):
        return None
    words = thing_words(said.before.rpartition(said.way)[0]) - GENERAL
    found: list[Near] = []
    for grid in tables:
        for line in grid.lines:
            name = thing_words(line.label) - GENERAL
            if len(name) >= _FEWEST and name <= words and len(words - name) <= _FEWEST:
                found += _changes(grid, line, said.way == "tăng")
    right = [one for one in found if said.loose.fits(one.value)]
    return Meant(tuple((right or found)[:1]), sure=True) if found else None


def _changes(grid: Grid, line: Line, up: bool) -> Iterator[Near]:
    """The changes of a row between two columns that differ only in their time."""
    heads = {one: grid.head(one) for one in grid.columns}
    columns = [
        one for one, head in heads.items() if not CHANGES_RE.search(head) and not _PLAN_HEAD_RE.search(head)
    ]
    for now in columns:
        for was in columns:
            one, other = line.value(now), line.value(was)
            later = order(grid.head(now), grid.head(was))
            if later == 1 and one is not None and other and (one > other) == up:
                share = abs(one - other) / abs(other) * _FULL
                told = f"({line.printed(now)} - {line.printed(was)}) / {line.printed(was)} = {show(share)}%"
                yield Near(share, told, 0, 0, (line.span(now), line.span(was)), counted=True)
