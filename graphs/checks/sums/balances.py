"""FIG of numbers that are known to make each other: what is left of two that are set against each other.

Thu, chi and what lies between them; exports, imports and the surplus. Each balance is a row of data; a rest that
misses the difference by a digit is mistyped, one that misses it by more may be of other numbers.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from graphs.checks.reading.arithmetic import is_slip, places_of, show
from graphs.checks.reading.forms import SIGN, SIGNS, Signs, signs_of
from graphs.checks.reading.moved import head, scaled
from graphs.checks.reading.prose import stated
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.models import Figure, Finding


@dataclass(frozen=True, slots=True)
class Balance:
    """Names of a larger number, of the one taken from it, and of what is left; a sentence that has all three."""

    more: str
    less: str
    rest: str
    example: str


BALANCES: tuple[Balance, ...] = (
    Balance(
        r"tổng thu",
        r"tổng chi",
        r"chênh lệch thu[^.;,()]{0,14}chi|thu lớn hơn chi|kết dư",
        "Tổng thu 198.600. Tổng chi 191.220. Chênh lệch thu lớn hơn chi 7.380.",
    ),
    Balance(r"xuất khẩu", r"nhập khẩu", r"xuất siêu", "Xuất khẩu 12.480. Nhập khẩu 11.260. Xuất siêu 1.220."),
    Balance(r"nhập khẩu", r"xuất khẩu", r"nhập siêu", "Xuất khẩu 11.260. Nhập khẩu 12.480. Nhập siêu 1.220."),
    Balance(
        r"tổng chi(?: ngân sách)?",
        r"tổng (?:nguồn )?thu(?: ngân sách)?",
        r"bội chi",
        "Tổng thu 41.700. Tổng chi 42.020. Bội chi 320.",
    ),
    Balance(
        r"nhu cầu|được giao|giao",
        r"hiện có|có mặt|đã tuyển|đã bố trí",
        r"(?:còn )?thiếu|chưa sử dụng|chưa tuyển",
        "Tổng nhu cầu 248 người, hiện có 171 người, thiếu 77 người.",
    ),
    Balance(
        r"doanh thu",
        r"chi phí",
        r"lợi nhuận",
        "Doanh thu 98,6 tỷ đồng. Chi phí 81,2 tỷ đồng. Lợi nhuận 17,4 tỷ đồng.",
    ),
)
#: What stands between a name and its number.
_TO = rf"(?-i:[^.;:,()\d{SIGNS}]){{0,45}}?(?:\s*(?:là|đạt|ước|:))?\s*(?P<figure>{SIGN})"
_REACH = 12


def _named(names: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{names})\b{_TO}", re.IGNORECASE)


_PATTERNS = tuple(tuple(_named(names) for names in (one.more, one.less, one.rest)) for one in BALANCES)
#: What each rest is called, for a quick look.
_RESTS = (
    "hênh lệch",
    "lớn hơn chi",
    "ết dư",
    "uất siêu",
    "hập siêu",
    "ội chi",
    "ợi nhuận",
    "thiếu",
    "chưa sử dụng",
    "chưa tuyển",
)


def check_balances(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """What is left between two numbers is the one less the other."""
    before: deque[Signs] = deque(maxlen=_REACH)
    for where in stated(subject) if not subject.is_rule() else ():
        signs = signs_of(where)
        before.append(signs)
        if not any(word in where.text for word in _RESTS):
            continue
        for more, less, rest in _PATTERNS:
            found = rest.search(signs.text)
            told = signs.of(found["figure"]) if found else None
            if found is None or told is None or told.of or told.unit == "%" or told.bound:
                continue
            one, other = _last(before, more, found.start()), _last(before, less, found.start())
            if one is not None and other is not None and len({head(one), head(other), head(told)} - {""}) <= 1:
                yield from _held(one, other, told, tally, by, where.block.page)


def _last(before: deque[Signs], pattern: re.Pattern[str], end: int) -> Figure | None:
    """The last number of a name: before a place of the last paragraph, else in those before it."""
    for at in range(len(before) - 1, -1, -1):
        signs = before[at]
        high = end if at == len(before) - 1 else len(signs.text)
        figures = [signs.of(found["figure"]) for found in pattern.finditer(signs.text, 0, high)]
        figures = [one for one in figures if not one.of and one.unit != "%"]
        if figures:
            return figures[0]
    return None


def _held(one: Figure, other: Figure, told: Figure, tally: Tally, by: Rule, page: int | None) -> Iterator[Finding]:
    exact, rest = scaled(one) - scaled(other), scaled(told)
    places = max(places_of(str(exact.normalize())), places_of(str(rest.normalize())), 0)
    if exact == rest:
        tally.held += 1
        return
    digits = [Decimal(int(value.scaleb(places))) for value in (exact, rest)]
    if exact <= 0 or not is_slip(*(Decimal(str(value).rstrip("0") or "0") for value in digits)):
        return
    tally.failed += 1
    unit = rest / Decimal(told.value) if Decimal(told.value) else Decimal(1)
    sum_ = f"{one.printed} - {other.printed} = {show(exact / unit)}"
    yield by.finding(
        (told.span,),
        f"ghi {told.printed} {told.unit or ''}".rstrip() + f", nhưng {sum_}",
        f"{told.printed} is stated, but {sum_}",
        stated=told.printed,
        expected=show(exact / unit),
        evidence=(one.span, other.span),
        suggestion=both(
            "kiểm tra lại hai số và số chênh lệch", "check the two numbers and what lies between them"
        ),
        page=page,
    )
