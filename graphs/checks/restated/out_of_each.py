"""A share told as so many out of each so many: ``cứ 10 hồ sơ thì có hơn 8 hồ sơ nộp qua mạng (82,5%)``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from graphs.checks.reading.arithmetic import read_number
from graphs.checks.reading.loose import Loose
from graphs.checks.reading.prose import Stated
from graphs.checks.restated.loose_beside import Meant
from graphs.checks.restated.shares_near import Near

_WORDS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_SMALL = {word: at for at, word in enumerate(_WORDS, 1)}
_COUNT = rf"(?:\d{{1,3}}(?:,\d+)?|{'|'.join(_SMALL)})"
_HEDGE = r"(?P<more>hơn|trên)|(?P<less>gần|chưa (?:đến|tới|đầy)|dưới)|(?P<about>khoảng|chừng|xấp xỉ)"
_EACH_RE = re.compile(
    rf"\b[Cc]ứ\s+(?P<of>{_COUNT})\s+(?P<unit>[^\W\d_]+)(?:\s+[^\W\d_]+){{0,8}}?,?\s+(?:(?:thì|lại|mới|chỉ|đã)\s+)*"
    rf"(?:có|là)\s+(?:(?:{_HEDGE})\s+)?(?P<part>{_COUNT})\s+(?P<same>[^\W\d_]+)"
)
_HUNDRED = Decimal(100)


def out_of_each(where: Stated) -> Iterator[tuple[Loose, Meant]]:
    """What a block says of each so many, with the one share that its sentence tells behind it.

    What is counted out of the others is of their noun: *cứ 100 hộ thì có 12 hộ*.
    """
    for found in _EACH_RE.finditer(where.text) if "ứ " in where.text else ():
        of, part = (_number(found[name]) for name in ("of", "part"))
        end = where.sentence_end(found.end())
        rates = [one for one in where.figures if one.unit == "%" and found.end() <= where.start(one) < end]
        if found["unit"] != found["same"] or part >= of or len(rates) != 1 or rates[0].bound:
            continue
        rate, step = rates[0], _HUNDRED / of
        low, high = _bounds(found, part * step, step)
        told = Near(Decimal(rate.value), rate.printed, where.start(rate), where.end(rate), (rate.span,))
        yield Loose(*found.span(), found.group(), low, high), Meant((told,), sure=True)


def _bounds(found: re.Match[str], share: Decimal, step: Decimal) -> tuple[Decimal, Decimal]:
    """Between which shares what is told may lie: a step is one more or less."""
    half = step / 2
    if found["more"]:
        return share - half / 5, share + step
    if found["less"]:
        return share - step, share + half / 5
    return (share - step, share + step) if found["about"] else (share - half, share + half)


def _number(told: str) -> Decimal:
    word = told.lower()
    return Decimal(_SMALL[word]) if word in _SMALL else read_number(word)
