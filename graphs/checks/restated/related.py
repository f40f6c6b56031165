"""What a text says that two numbers make, wherever they stand: so many times, a part, so much to each.

Each `Related` has the words for the one number and for the other, and how well its own words tell what two
numbers make: rightly, and by a slip (another fraction, one time more, digits that changed places, thousands).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from graphs.checks.reading.arithmetic import digits_of
from graphs.checks.reading.each_said import may_be_means, unit_end
from graphs.checks.reading.multiples import Multiple, multiples_in
from graphs.checks.reading.prose import Stated
from graphs.checks.restated.called_values import naming
from graphs.checks.restated.loose_said import LooseSaid, loose_said
from graphs.checks.restated.multiples_since import since_change
from graphs.checks.restated.related_fits import Fit, fits_of_each, fits_of_part, fits_of_times
from kb.models import Figure

TIMES, PART, EACH = "times", "part", "each"

_MEAN_RE = re.compile(
    r"\b(?:bình quân|trung bình|tính ra|tính bình quân)\b(?P<between>[^;.()\d]{0,60})$", re.IGNORECASE
)
_HEDGE_RE = re.compile(
    r"\b(?P<hedge>gần|hơn|trên|khoảng|chừng|xấp xỉ|ước|dưới|chưa đến|chưa tới|ngót|tới|đến|quá)\s*$", re.IGNORECASE
)
_BY_RE = re.compile(
    r"[^.,;:()\d/]{0,25}?\s*(?:/\s*|\s(?:trên\s+|cho\s+)?(?:mỗi|một|từng|01|1)\s+)"
    r"(?P<by>[^\W\d_]+(?:\s+[^\W\d_]+){0,3})|[^.;:()\d/]{0,25}?\s(?:mỗi|một)\s+(?P<by2>[^\W\d_]+)",
    re.IGNORECASE,
)
_EACH_RE = re.compile(r"\b(?:mỗi|một|từng)\s+(?P<by>[^\W\d_]+(?:\s+[^\W\d_]+){0,3})", re.IGNORECASE)
_ELSE_RE = re.compile(
    r"\b(?:tối thiểu|tối đa|ít nhất|nhiều nhất|không quá|trở lên|quy định|định mức|mức hỗ trợ|phấn đấu|mục tiêu"
    r"|chỉ tiêu|kế hoạch|dự kiến|dự toán|sẽ|cần|phải|yêu cầu|cả nước|toàn quốc|tăng|giảm|hơn|kém|thấp|cao)\b",
    re.IGNORECASE,
)
_PAST_RE = re.compile(
    r"\b(?:năm (?:trước|ngoái)|cùng kỳ|kỳ trước|(?:tháng|quý|vụ|nhiệm kỳ|giai đoạn) trước|trước (?:đây|đó)"
    r"|đầu (?:năm|kỳ))\b|\bnăm (?:19|20)\d\d\b",
    re.IGNORECASE,
)
_AGAIN_RE = re.compile(
    r"\b(?:tức(?: là)?|nghĩa là|có nghĩa|hay|nói (?:cách khác|gọn)|như vậy|như thế|tính ra|quy ra"
    r"|đồng nghĩa)\b[^;:.]*$",
    re.IGNORECASE,
)
_ASKED_RE = re.compile(
    r"\s*(?:tổng\s+)?(?:số\s+(?!lượng|đó|này)(?P<noun>[^\W\d_]+)"
    r"|(?P<kind>diện|tiền|vốn|kinh|sản)(?=\s+(?:tích|phí|lượng)|\b))",
    re.IGNORECASE,
)
_SHARE_RE = re.compile(r"(?P<whole>\d+)(?P<rest>,\d+)?")
_FEW, _ROUND = 3, 5
_WORD_RE = re.compile(r"[^\W\d_]+")
_YEAR_RE = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
#: What a number or a letter tells apart.
_CLASS_RE = re.compile(
    r"\b(nhóm|loại|hạng|cấp|mức|khối|lớp|khu|cụm|đợt|độ|dự án|quý|tháng|bảng|vùng|tuyến|đội|tổ|hợp phần)\s+"
    r"(\d{1,2}|[IVX]+|[A-Z]|một|hai|ba|bốn)\b(?!\s*[/,.]\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, eq=False)
class Related:
    """A number that two others make: its place in the text of a block, its sentence, its words.

    `first` are the words for what is compared, is a part, falls to each; `second` those for what it is compared
    with, the whole, what it falls to. `bracket` stands right behind, in brackets.
    """

    kind: str
    where: Stated
    start: int
    end: int
    low: int
    high: int
    words: str
    first: str
    second: str
    bracket: tuple[int, int] | None
    fits: Fit
    slip: Fit
    by: str = ""
    figure: Figure | None = None
    denies: bool = False
    unit: str = ""
    value: float = 0.0
    digits: int = 0

    @property
    def by_chance(self) -> float:
        """How likely its words are where none of the numbers is meant."""
        if self.kind == TIMES:
            return 0.03
        return 0.05 if self.kind != EACH else max(1 / (27 * 10.0 ** (self.digits - 1)), 1e-5)

    @property
    def past(self) -> bool:
        """Whether what it is compared with is of an earlier time."""
        return bool(_PAST_RE.search(self.second))

    @cached_property
    def nouns(self) -> tuple[frozenset[str], frozenset[str]]:
        """The words before it and behind it."""
        return frozenset(_WORD_RE.findall(self.first.lower())), frozenset(_WORD_RE.findall(self.second.lower()))

    @cached_property
    def asked(self) -> str:
        """The first word for what is counted or measured, where the words behind it tell that."""
        if self.kind == EACH:
            return ""
        found = _ASKED_RE.match(self.second) or _ASKED_RE.search(self.first)
        return (found["noun"] or found["kind"]).lower() if found else ""

    @property
    def of_all(self) -> bool:
        """Whether what it is compared with is all there is."""
        return bool(re.search(r"\b(?:tổng|toàn|cả)\b", self.second, re.IGNORECASE))

    @cached_property
    def again(self) -> bool:
        """Whether words before it say that it tells again what was told."""
        return bool(_AGAIN_RE.search(self.where.text, self.low, self.start))

    @cached_property
    def opens(self) -> bool:
        """Whether little stands before it in its sentence."""
        return len(self.where.text[self.low : self.start].split()) <= _FEW

    @cached_property
    def years(self) -> frozenset[str]:
        """The years of the words for what it is compared with."""
        return frozenset(_YEAR_RE.findall(self.second))

    def overlaps(self, other: Related) -> bool:
        """Whether another one has some of its words."""
        return self.where.block is other.where.block and self.start < other.end and other.start < self.end

    @property
    def at(self) -> int:
        """Where it stands in the document."""
        return self.where.block.span.start + self.start


def names_in(text: str) -> frozenset[str]:
    """The words of a text that may name a number, with what numbers or letters tell apart.

    >>> sorted(names_in("Số đơn vị nhóm 4 và xã Bình An"))
    ['an', 'nhóm 4']
    """
    return naming(text) | frozenset(f"{one[0].lower()} {one[1].lower()}" for one in _CLASS_RE.findall(text))


def related_in(where: Stated) -> Iterator[Related]:
    """What a block says that two numbers make."""
    for told in multiples_in(where.text):
        if not any(True for _ in since_change(where, told)):
            yield _of_times(where, told)
    for said in loose_said(where):
        if said.loose.part and not (said.loose.is_bound or said.way or _is_exact(said) or _is_first(said)):
            yield _of_part(said)
    yield from _of_each(where)


def _is_first(said: LooseSaid) -> bool:
    """Whether it is what something was before: ``giảm từ một phần tư số hộ xuống còn 11,0%``."""
    before, behind = said.text[said.low : said.loose.start], said.text[said.loose.end : said.high]
    return bool(re.search(r"\btừ\s+$", before) and re.search(r"\b(?:xuống|lên)\b", behind))


def _is_exact(said: LooseSaid) -> bool:
    """Whether a share is told so finely that it is no part in round words: ``khoảng 40,94%``."""
    if not said.loose.is_number or (found := _SHARE_RE.search(said.loose.words)) is None:
        return False
    return bool(found["rest"]) or bool(int(found["whole"]) % _ROUND)


def _of_times(where: Stated, told: Multiple) -> Related:
    fits, slip = fits_of_times(told)
    return Related(
        TIMES,
        where,
        told.start,
        told.end,
        told.low_at,
        told.high_at,
        told.words,
        told.subject,
        _object_of(where.text, told),
        told.bracket,
        fits,
        slip,
        value=float(told.value),
    )


def _object_of(text: str, told: Multiple) -> str:
    """What a multiple compares with: all words behind it up to a mark."""
    if told.object_at[0] != told.end:
        return told.object
    behind = re.compile(r"[^,;:.(]*").match(text, told.end, told.high_at)
    return behind.group() if behind else told.object


def _of_part(said: LooseSaid) -> Related:
    fits, slip = fits_of_part(said.loose)
    bracket = re.compile(r"[^.;()]{0,60}\((?P<in>[^()]*)\)").match(said.text, said.loose.end, said.high)
    return Related(
        PART,
        said.where,
        said.loose.start,
        said.loose.end,
        said.low,
        said.high,
        said.loose.words,
        said.before,
        said.behind,
        bracket.span("in") if bracket else None,
        fits,
        slip,
        denies=said.denies,
    )


def _of_each(where: Stated) -> Iterator[Related]:
    """What a block says to fall to each: behind *bình quân*."""
    if not where.figures or not re.search(r"quân|trung bình|tính ra", where.text, re.IGNORECASE):
        return
    for one, (low, high), (last, follow) in may_be_means(where):
        clause = re.split(r"[;(]", where.text[last : where.start(one)])[-1]
        found = _MEAN_RE.search(clause)
        if found is None:
            continue
        around = f"{found['between']} {where.text[where.end(one) : min(follow, where.end(one) + 40)]}"
        if _ELSE_RE.search(_HEDGE_RE.sub("", found["between"])) or re.search(r"\b(?:trở lên|trở xuống)\b", around):
            continue
        hedge = _HEDGE_RE.search(clause)
        ends = unit_end(where, one)
        by = _BY_RE.match(where.text, ends, follow)
        named = (by["by"] or by["by2"]) if by else ""
        if not named and (before := list(_EACH_RE.finditer(clause))):
            named = before[-1]["by"]
        fits, slip = fits_of_each(one, hedge["hedge"].lower() if hedge else "")
        yield Related(
            EACH,
            where,
            where.start(one),
            where.end(one),
            low,
            high,
            one.printed,
            f"{where.text[low : where.start(one)]} {where.text[where.end(one) : ends]}",
            named,
            None,
            fits,
            slip,
            by=named.lower(),
            figure=one,
            unit=(one.unit or "").lower(),
            digits=len(digits_of(Decimal(one.value))),
        )
