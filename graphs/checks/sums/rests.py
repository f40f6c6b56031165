"""FIG of rests: a whole less its part is what is left, and with its part it makes the whole of a share.

A rest is held against the figures of its kind that its sentence tells before it; where that tells no whole and no
part, the sentences before it do: ``Đầu năm có 46 điểm. Đã xóa 38 điểm, đạt 108,6% kế hoạch; còn 8 điểm``. It is
wrong only where none of them give it, and two give one that is mistyped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from graphs.checks.reading.arithmetic import is_rate_slip, is_typing_slip, percent, show, slipped
from graphs.checks.reading.forms import SIGN, SIGNS, Signs, signs_of
from graphs.checks.reading.moved import head, scaled
from graphs.checks.reading.prose import Stated, everywhere, fits, rate_link
from graphs.checks.report import Subject, Tally, rule
from graphs.checks.sums.balances import check_balances
from graphs.checks.sums.flowing import check_flows
from graphs.checks.sums.ratio_rests import check_ratio_rests, is_mistyped
from graphs.checks.sums.rest_of_all import check_rest_of_all
from graphs.checks.sums.rest_of_named import check_rest_of_named
from kb.bilingual import both
from kb.models import Figure, Finding

_REST_RE = re.compile(
    r"(?<!giảm )(?<!xuống )(?<!chỉ )(?<!vẫn )(?<!hiện )\bcòn(?:\s+(?:lại|thiếu|hụt))?(?:\s+(?:là|có))?\s*"
    rf"(?P<before>{SIGN})|(?P<behind>{SIGN})(?-i:[^.;:,(){SIGNS}]){{0,30}}\bcòn lại\b"
    rf"|\bsố\s(?-i:[^.;:,(){SIGNS}]){{0,30}}?\b(?:chưa|không|còn lại)\b(?-i:[^.;:,(){SIGNS}]){{0,40}}?"
    rf"\b(?:là|có|còn)\s*:?\s*(?P<denied>{SIGN})",
    re.IGNORECASE,
)
_STOP_RE = re.compile(r"[.!?]\s+(?=[A-ZĐÀ-Ỹ])")
#: Before a number that tells by how much something changed, was more or less: it is no part of a whole.
_CHANGE_RE = re.compile(
    r"\b(?:tăng|giảm|vượt|thiếu|hụt|hơn|thêm|bình quân|trung bình|mỗi)(?:\s+[^\W\d_]+){0,2}\s*$", re.IGNORECASE
)
#: Before how many there were to be.
_PLANNED_RE = re.compile(
    r"\b(?:kế hoạch|chỉ tiêu|mục tiêu|dự toán|giao|phấn đấu|đề ra)\b(?:\s+[^\W\d_]+){0,6}\s*$", re.IGNORECASE
)
#: Another time, or other things, of which something else is left.
_ANOTHER_RE = re.compile(r"\b(?:cùng kỳ|năm trước|kỳ trước|so với|riêng|trong đó)\b", re.IGNORECASE)
_NAMED_RE = re.compile(
    r"\b(?:thị trấn|thị xã|thành phố|phường|huyện|đặc khu)(?:\s+[A-ZĐÀ-Ỹ][^\W\d_]*){1,4}\s+(?:và|cùng)\s+$"
)
#: So many figures before a rest are tried; so many sentences before its own are read.
_LAST, _SENTENCES = 8, 2
_ALL = Decimal(100)


def check_rests(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """``Trong 489 đơn có 372 đơn …; 117 đơn còn lại``: the rest is the whole less its part."""
    for check in (check_balances, check_flows, check_rest_of_all, check_rest_of_named, check_ratio_rests):
        yield from check(subject, tally, REST)
    for where in everywhere(subject) if not subject.is_rule() else ():
        if "còn" not in where.text and "chưa" not in where.text:
            continue
        signs = signs_of(where)
        for found in _REST_RE.finditer(signs.text):
            rest = signs.of(found["before"] or found["behind"] or found["denied"])
            if rest.of or rest.bound or rest.unit == "%":
                continue
            near, far = (_before(signs, found.start(), rest, sentences) for sentences in (0, _SENTENCES))
            if _is_given(where, near, rest) or _is_given(where, far, rest) or _with_one_named(where, far, rest):
                tally.held += 1
            else:
                left = (
                    _left(where, near, rest)
                    or _left_of_share(subject, where, far, rest)
                    or _left_of_group(where, far, rest)
                )
                tally.failed += left is not None
                yield from filter(None, [left])


def _rest(where: Stated, rest: Figure, sum_: str, exact: Decimal, terms: tuple[Figure, ...]) -> Finding:
    return REST.finding(
        (rest.span,),
        f"ghi còn {rest.printed} {rest.unit or ''}, nhưng {sum_}",
        f"{rest.printed} is said to be left, but {sum_}",
        stated=rest.printed,
        expected=show(exact),
        evidence=tuple(one.span for one in terms),
        suggestion=both("kiểm tra lại số toàn thể, phần và số còn lại", "check the whole, the part and the rest"),
        page=where.block.page,
    )


def _before(signs: Signs, at: int, rest: Figure, sentences: int = 0) -> list[Figure]:
    """The figures of one unit before a place in its sentence, over semicolons, and in some before it."""
    stops = [0, *(stop.end() for stop in _STOP_RE.finditer(signs.text, 0, at))]
    low = stops[max(-1 - sentences, -len(stops))]
    return [
        figure
        for _, figure in signs.inside(low, at)
        if not figure.of and figure.unit != "%" and head(figure) in ("", head(rest) or head(figure))
    ][-_LAST:]


def _behind(where: Stated, rest: Figure) -> list[Figure]:
    """The figures of its kind that its sentence tells behind what is left: those are left too."""
    end = where.sentence_end(where.end(rest))
    behind = [one for one in where.figures if where.end(rest) <= where.start(one) < end]
    return [one for one in behind if head(one) == head(rest) and not one.of and one.unit != "%"]


def _earlier(where: Stated, rest: Figure) -> list[Figure]:
    """The numbers of its kind that its paragraph told before."""
    return [
        one
        for one in where.figures
        if where.end(one) <= where.start(rest) and not one.of and one.unit != "%" and head(one) == head(rest)
    ]


def _is_given(where: Stated, before: Sequence[Figure], rest: Figure) -> bool:
    """Whether some of the figures before a rest leave it, alone or with others that are left."""
    told, values = scaled(rest), [scaled(figure) for figure in before]
    pairs = (one for one in where.figures if one.of and where.end(one) <= where.start(rest))
    if any(Decimal(one.of or 0) - Decimal(one.value) == Decimal(rest.value) for one in pairs):
        return True  # "đạt 15/19 tiêu chí …. Còn 04 tiêu chí"
    others = _behind(where, rest)
    if len(values) == 2 and others and abs(values[0] - values[1]) == told + sum(map(scaled, others)):
        return True
    return any(
        max(some) * 2 - sum(some) == told
        for size in range(2, len(values) + 1)
        for some in combinations(values, size)
    )


def _with_one_named(where: Stated, before: Sequence[Figure], rest: Figure) -> bool:
    """Whether a part goes with one that is named: ``14 đơn vị; gồm thị trấn Cửa Sa và 07 xã; 06 xã còn lại``."""
    parts = [one for one in before if _NAMED_RE.search(where.text[: where.start(one)])]
    return any(scaled(whole) - scaled(one) - 1 == scaled(rest) for one in parts for whole in before)


def _left(where: Stated, before: list[Figure], rest: Figure) -> Finding | None:
    """What two figures of its own sentence leave."""
    if len(before) != 2 or before[0].bound or before[1].bound or head(rest) == "":
        return None
    whole, part = sorted(before, key=scaled, reverse=True)
    values = [scaled(figure) for figure in before]
    if not is_mistyped(abs(values[0] - values[1]), scaled(rest)):
        return None
    if any(scaled(one) - value == scaled(rest) for one in _earlier(where, rest) for value in values):
        return None  # left of what a sentence before told
    return _less(where, whole, part, rest)


def _less(where: Stated, whole: Figure, part: Figure, rest: Figure) -> Finding:
    left = (scaled(whole) - scaled(part)) / (scaled(rest) / Decimal(rest.value))
    return _rest(where, rest, f"{whole.printed} - {part.printed} = {show(left)}", left, (whole, part))


def _left_of_group(where: Stated, before: list[Figure], rest: Figure) -> Finding | None:
    """What is left of a whole told sentences before, where it is mistyped.

    The part is what was told last: how many it was to be may stand between it and the whole.
    """
    if len(before) < 2 or not _may_leave(where, before[-1], rest):
        return None
    part = before[-1]
    whole = max((one for one in before[:-1] if head(one) == head(rest)), key=scaled, default=part)
    exact = scaled(whole) - scaled(part)
    others = (one for one in before if one not in (whole, part))
    if not all(_PLANNED_RE.search(where.text, 0, where.start(one)) for one in others):
        return None
    typed = exact > 0 and not whole.bound and is_typing_slip(exact, scaled(rest))
    return _less(where, whole, part, rest) if typed else None


def _may_leave(where: Stated, part: Figure, rest: Figure) -> bool:
    """Whether a rest may be what a part of its kind leaves, by the words before that and between the two."""
    if part.bound or head(rest) in ("", "%") or head(part) != head(rest) or not rest.value.strip("0,."):
        return False
    return not (
        _CHANGE_RE.search(where.text, 0, where.start(part)) or _ANOTHER_RE.search(where.between(part, rest))
    )


def _left_of_share(subject: Subject, where: Stated, before: list[Figure], rest: Figure) -> Finding | None:
    """``có 4.622 người, đạt 72,0%; còn 1.798 người``: the share is that of both together."""
    if len(before) != 1 or not _may_leave(where, before[0], rest) or not rest.value.isdigit():
        return None
    part, rate = before[0], where.figures[where.figures.index(before[0]) + 1]
    plain = rate.unit == "%" and not rate.bound and Decimal(rate.value) < _ALL
    if not plain or not rate_link(where.between(part, rate)) or _fits_share(part, rest.value, rate):
        return None
    sum_ = f"{part.printed} / ({part.printed} + {rest.printed}) = {show(_share(part, rest.value))}%"
    if is_rate_slip(_share(part, rest.value), rate.value) and not _fits_another(subject, part, rate):
        return _rate(where, part, rest, rate, sum_)
    meant = [value for value in slipped(rest.value) if _fits_share(part, str(value), rate)]
    if not meant:
        return None
    return _rest(where, rest, f"{sum_}, ghi {rate.printed}", Decimal(meant[0]), (part, rate))


def _fits_another(subject: Subject, part: Figure, rate: Figure) -> bool:
    """Whether a share is that of a part of anything of its kind that the paper counts."""
    told = (one for place in everywhere(subject) for one in place.figures if head(one) == head(part))
    return any(fits(percent(part.value, one.of or one.value) or Decimal(0), rate) for one in told)


def _rate(where: Stated, part: Figure, rest: Figure, rate: Figure, sum_: str) -> Finding:
    return REST.finding(
        (rate.span,),
        f"ghi {rate.printed}, còn {rest.printed} {rest.unit or ''}, nhưng {sum_}",
        f"{rate.printed} is stated and {rest.printed} are left, but {sum_}",
        stated=rate.printed,
        expected=f"{show(_share(part, rest.value))}%",
        evidence=(part.span, rest.span),
        suggestion=both("kiểm tra lại tỷ lệ, phần và số còn lại", "check the share, the part and the rest"),
        page=where.block.page,
    )


def _share(part: Figure, rest: str) -> Decimal:
    return percent(part.value, str(Decimal(part.value) + Decimal(rest))) or Decimal(0)


def _fits_share(part: Figure, rest: str, rate: Figure) -> bool:
    return fits(_share(part, rest), rate)


REST = rule("FIG-241", check_rests)
REST_RULES = (REST,)
