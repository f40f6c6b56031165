"""The shares that stand near a loose word, told or worked out from two counts: what it is held against."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import permutations

from graphs.checks.reading.arithmetic import show
from graphs.checks.reading.moved import head, scaled
from graphs.checks.reading.named import with_unit
from graphs.checks.reading.prose import Stated
from kb.models import Figure, Span

_FULL = Decimal(100)
#: Before a rate: it tells a change, or what was, or what is to be.
_CHANGE_RE = re.compile(
    r"\b(?:tăng|giảm|thêm|hụt|vượt|hơn|kém|từ|năm trước|cùng kỳ|bình quân|tốc độ|lãi suất|mức)\b[^,;%\d]{0,30}$",
    re.IGNORECASE,
)
#: Behind a rate: it is of a plan, or no share.
PLAN_RE = re.compile(
    r"\s*\)?\s*(?:so với|kế hoạch|dự toán|chỉ tiêu|mục tiêu|mức giao|nhiệm vụ|KH\b|DT\b)", re.IGNORECASE
)
#: What makes a rate of a plan one of its parts, and no rate at which it is met.
_PART_OF_PLAN_RE = re.compile(r"\bchiếm\s+(?:tỷ lệ\s+|tỷ trọng\s+)?$", re.IGNORECASE)
_OUT_OF_RE = re.compile(r"\b(?:trên|trong)(?:\s+tổng(?:\s+số)?|\s+số)?\s*$", re.IGNORECASE)
#: What is not yet so: the rest.
_OF_WHICH_RE = re.compile(r"\b(?:trong đó|bao gồm|gồm|chia ra)\b", re.IGNORECASE)
_REST_RE = re.compile(r"\b(?:chưa|không|còn|thiếu)\b[^,;.\d]{0,40}$", re.IGNORECASE)
_AND_RE = re.compile(r"\s(?:và|cùng|cộng)\s+(?:có\s+)?$|\bthêm\b", re.IGNORECASE)
#: Between a count and its share.
_BRACKET_RE = re.compile(r"[^.;:,()\d]{0,60}\((?:(?:chiếm|bằng|t[ỷỉ] lệ|t[ỷỉ] trọng)\s+)?", re.IGNORECASE)
#: So many people or things a rate is told for: ``13,2 bác sĩ trên 10.000 dân``.
_PER_RE = re.compile(r"1000*")
_YEAR_RE = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Near:
    """A share in per cent, what gives it, where in the text of its block it stands, whether two counts make it."""

    value: Decimal
    told: str
    start: int
    end: int
    spans: tuple[Span, ...]
    counted: bool = False

    @property
    def worked_out(self) -> bool:
        """Whether it is no rate as it is printed, but made of two counts, or what another one leaves."""
        return self.counted or "=" in self.told

    @property
    def rest(self) -> Near:
        """What is left of the whole."""
        return replace(
            self,
            value=_FULL - self.value,
            told=f"{show(_FULL)} - {show(self.value)} = {show(_FULL - self.value)}%",
        )


def rates(where: Stated, low: int, high: int) -> list[Near]:
    """The shares that are told as such between two places: rates that are no changes, and ``201/214``."""
    found = (one for one in where.figures if low <= where.start(one) and where.end(one) <= high)
    return [near for one in found if (near := _rate(where, one, low)) is not None]


def _rate(where: Stated, one: Figure, low: int) -> Near | None:
    start, end = where.start(one), where.end(one)
    if one.of:
        whole = Decimal(one.of)
        alone = where.text[start - 1 : start] == "(" and where.text[end : end + 1] == ")"
        if not whole or Decimal(one.value) > whole or not (one.unit or alone):
            return None
        return Near(Decimal(one.value) / whole * _FULL, one.printed, start, end, (one.span,), counted=True)
    if one.unit != "%" or one.bound or not 0 <= Decimal(one.value) <= _FULL:
        return None
    of_plan = PLAN_RE.match(where.text, end) and not _PART_OF_PLAN_RE.search(where.text, low, start)
    if of_plan or _CHANGE_RE.search(where.text, low, start):
        return None
    return Near(Decimal(one.value), one.printed, start, end, (one.span,))


def pairs(where: Stated, part: Figure, low: int) -> list[Near]:
    """The shares that a count is of larger ones of its unit before it, or of what it is told to be out of."""
    at = where.figures.index(part)
    before = [one for one in where.figures[:at] if where.start(one) >= low]
    out = _OUT_OF_RE.search(where.text, where.end(before[-1]), where.start(part)) if before else None
    if out:
        # "12 người đã trên 70 tuổi", "14 dự án chậm trên 24 tháng": no whole.
        other = "" not in (head(before[-1]), head(part)) and head(before[-1]) != head(part)
        if _PER_RE.fullmatch(part.value) or (other and "tổng" not in out.group()):
            return []
        return [near] if (near := share_of(where, before[-1], part)) else []
    # What is itself a part of something is no whole of what stands beside it.
    parted = _OF_WHICH_RE.search(where.text, low, where.start(part))
    ends = parted.end() if parted else len(where.text)
    wholes = [one for one in before if head(one) == head(part) and is_count(one) and where.start(one) < ends]
    found = [near for one in wholes if (near := share_of(where, part, one)) and not _added(where, one, part)]
    share = _share_behind(where, at)  # "3.600 xe (45%), 3.440 xe (43%)": which one is its whole
    return [near for near in found if share is None or abs(near.value - share) < 1]


def _share_behind(where: Stated, at: int) -> Decimal | None:
    """The rate in the bracket that opens right behind a count."""
    part, rate = where.figures[at], next(iter(where.figures[at + 1 :]), None)
    if rate is None or rate.unit != "%" or PLAN_RE.match(where.text, where.end(rate)):
        return None
    return Decimal(rate.value) if _BRACKET_RE.fullmatch(where.between(part, rate)) else None


def every_share(where: Stated, low: int, high: int) -> list[Near]:
    """The shares between two places as they are told, and those that any two of its counts make."""
    counts = [one for one in where.figures if low <= where.start(one) and where.end(one) <= high and is_count(one)]
    made = (share_of(where, *pair) for pair in permutations(counts, 2) if head(pair[0]) == head(pair[1]) != "")
    return [*rates(where, low, high), *filter(None, made)]


def is_count(one: Figure) -> bool:
    """Whether a figure is a plain number of things, or an amount.

    A year that is printed alone is none.
    """
    return one.unit != "%" and not one.of and not (one.unit is None and _YEAR_RE.fullmatch(one.value))


def share_of(where: Stated, part: Figure, whole: Figure) -> Near | None:
    """What share one count is of another; None where it is none."""
    if not head(whole) or not 0 < scaled(part) < scaled(whole):
        return None
    exact = _value(part, whole) / scaled(whole) * _FULL
    places = sorted((where.start(part), where.end(part), where.start(whole), where.end(whole)))
    told = f"{part.printed} / {with_unit(whole)} = {show(exact)}%"
    return Near(exact, told, places[0], places[-1], (part.span, whole.span), counted=True)


def _value(part: Figure, whole: Figure) -> Decimal:
    return scaled(part) if part.unit else scaled(part) * scaled(whole) / Decimal(whole.value)


def _added(where: Stated, one: Figure, other: Figure) -> bool:
    return bool(_AND_RE.search(where.between(one, other)))


def is_rest(where: Stated, figure: Figure, low: int) -> bool:
    """Whether a number is told to be what is left, or not so."""
    return bool(_REST_RE.search(where.text, low, where.start(figure)))


def distinct(shares: Sequence[Near]) -> list[Near]:
    """Shares of which each is another value, the first of each; told ones stand for those that are worked out."""
    kept: list[Near] = []
    for one in sorted(shares, key=lambda share: share.counted):
        if all(abs(one.value - other.value) > _SAME for other in kept):
            kept.append(one)
    return kept


_SAME = Decimal("0.6")
