"""FIG of a cut or rise that is aimed at, told as a share and as the number that it comes to.

``Giảm ít nhất 5% số vụ cháy so với năm 2025 (không quá 136 vụ cháy)``: the number it is of stands elsewhere. Where
some number of that very thing gives the aim, it holds; where none does and just one is near, that one was meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from graphs.checks.reading.arithmetic import places_of, show
from graphs.checks.reading.forms import SIGN, Signs, signs_of
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.models import Figure, Finding

_AIM_RE = re.compile(
    rf"\b(?P<way>giảm|tăng)\s+(?:ít nhất\s+|tối thiểu\s+|trên\s+|từ\s+)?(?P<rate>{SIGN})[^.;]{{0,160}}?\bso với\b"
    rf"[^.;]{{0,80}}?(?:,|\()\s*(?:(?:tức|nghĩa|có nghĩa)(?:\s+là)?\s+)?(?:còn\s+)?"
    rf"(?P<bound>không quá|tối đa|không vượt quá|ít nhất|tối thiểu|không dưới)\s+(?P<aims>[^.;()]*)",
    re.IGNORECASE,
)
_TAIL_RE = re.compile(r"\s*(?P<words>(?:(?!và\b)[^\W\d_]+\s*){1,4})")
_NEAR = Decimal("0.03")
_LARGEST = 50


def check_aimed(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """The number aimed at is what the share leaves of the number before."""
    aims = []
    told: list[tuple[str, Figure]] = []
    for where in stated(subject) if not subject.is_rule() else ():
        signs = signs_of(where)
        told += [(_thing(signs, figure), figure) for figure in signs.figures if not figure.of]
        if "so với" in where.text and len(where.figures) > 1:
            aims += [(where, signs, found) for found in _AIM_RE.finditer(signs.text)]
    for where, signs, found in aims:
        rate = signs.of(found["rate"])
        if rate.unit != "%" or Decimal(rate.value) > _LARGEST:
            continue
        factor = 1 + Decimal(rate.value) / 100 * (1 if found["way"].lower() == "tăng" else -1)
        for _, aim in signs.inside(*found.span("aims")):
            yield from _held_against(where, rate, aim, _thing(signs, aim), factor, told, tally, by)


def _thing(signs: Signs, figure: Figure) -> str:
    """The words behind a figure that say what it counts."""
    found = _TAIL_RE.match(signs.text, signs.text.index(signs.sign(figure)) + 1)
    return " ".join(found["words"].lower().split()) if found else ""


def _held_against(
    where: Stated,
    rate: Figure,
    aim: Figure,
    thing: str,
    factor: Decimal,
    told: list[tuple[str, Figure]],
    tally: Tally,
    by: Rule,
) -> Iterator[Finding]:
    if not thing or aim.unit in ("%", None):
        return
    of_it = [
        one
        for words, one in told
        if one is not aim and (words.startswith(thing) or thing.startswith(words)) and words
    ]
    last = Decimal(1).scaleb(-places_of(aim.value))
    value = Decimal(aim.value)
    left = {one.value: one for one in of_it}
    if any(abs(Decimal(one) * factor - value) < last for one in left):
        tally.held += 1
        return
    near = [
        one for number, one in left.items() if abs(Decimal(number) * factor - value) <= _NEAR * Decimal(number)
    ]
    if len(near) != 1 or near[0].value == aim.value:
        return
    tally.failed += 1
    sum_ = f"{near[0].printed} × {show(factor)} = {show(Decimal(near[0].value) * factor, 1)}"
    yield by.finding(
        (aim.span,),
        f"ghi mức phải đạt {aim.printed} (thay đổi {rate.printed}), nhưng {sum_}",
        f"the aim is {aim.printed} (a change of {rate.printed}), but {sum_}",
        stated=aim.printed,
        expected=show(Decimal(near[0].value) * factor, 1),
        evidence=(near[0].span, rate.span),
        suggestion=both(
            "đối chiếu số gốc, tỷ lệ và mức phải đạt", "compare the number before, the share and the aim"
        ),
        page=where.block.page,
    )
