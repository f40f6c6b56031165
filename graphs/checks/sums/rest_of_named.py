"""FIG of some that are so, and the rest that are not yet, of things counted elsewhere.

``Đã có 38 sản phẩm được đưa lên sàn, còn 6 sản phẩm chưa lên sàn`` where the paper counts 46 of them in all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from graphs.checks.reading.arithmetic import show
from graphs.checks.reading.forms import BARE, Form, Signs, signs_of
from graphs.checks.reading.moved import head
from graphs.checks.reading.prose import Stated, stated
from graphs.checks.report import Rule, Subject, Tally
from kb.bilingual import both
from kb.models import Figure, Finding

_PAIR = Form(
    rf"{{part}}{BARE}{{3,90}}?[,;]\s*(?:(?:nghĩa là|tức(?:\s+là)?|như vậy,?|do đó|theo đó|hiện|vẫn|và)\s+)*"
    rf"còn(?:\s+lại)?\s+{{rest}}{BARE}{{0,40}}?\s(?:chưa|không)\s",
    "Đã có 38 sản phẩm được đưa lên sàn, nghĩa là còn 8 sản phẩm chưa lên sàn",
)
_ALL_RE = re.compile(
    r"\b(?:hiện(?:\s+nay)?\s+có|toàn\s+(?:tỉnh|huyện|xã|thành phố|thị xã|ngành|trường)\s+(?:hiện\s+)?có|tổng số"
    r"|tổng cộng|cả\s+(?:tỉnh|huyện|xã)\s+có|(?:tỉnh|huyện|xã|ngành)\s+(?:hiện\s+)?(?:có|quản lý)"
    r"|lũy kế(?:\s+có)?)"
    r"(?:\s+(?:là|có|tổng số))?\s*$",
    re.IGNORECASE,
)
_NEAR = Decimal("0.25")


def check_rest_of_named(subject: Subject, tally: Tally, by: Rule) -> Iterator[Finding]:
    """Some and the rest make all that the paper counts of these things."""
    if subject.is_rule():
        return
    for where in stated(subject):
        if "còn " not in where.text or ("chưa " not in where.text and "không " not in where.text):
            continue
        signs = signs_of(where)
        for match in _PAIR.read(signs):
            part, rest = match.figures["part"], match.figures["rest"]
            noun = _noun(part)
            if not noun or _noun(rest) != noun or any(one.of or one.bound for one in (part, rest)):
                continue
            if _told_before(signs, match.start, noun, part):
                continue  # the whole stands in the sentence, or right before it
            yield from _held(where, part, rest, _all(subject, noun, part), tally, by)


def _noun(figure: Figure) -> str:
    """The noun that a number counts, in two words."""
    return " ".join((figure.unit or "").lower().split()[:2]) if figure.unit != "%" else ""


def _told_before(signs: Signs, at: int, noun: str, part: Figure) -> bool:
    low = signs.sentence_start(max(signs.sentence_start(at) - 2, 0))
    return any(
        head(one) == head(part) and Decimal(one.of or one.value) > Decimal(part.value)
        for _, one in signs.inside(low, at)
    )


def _all(subject: Subject, noun: str, part: Figure) -> dict[Decimal, Figure]:
    """How many of these things there are in all, wherever that is told."""
    return {
        Decimal(one.value): one
        for where in stated(subject)
        for one in where.figures
        if _noun(one) == noun
        and not one.of
        and not one.bound
        and Decimal(one.value) > Decimal(part.value)
        and _ALL_RE.search(where.text, max(0, where.start(one) - 60), where.start(one))
    }


def _held(
    where: Stated, part: Figure, rest: Figure, wholes: dict[Decimal, Figure], tally: Tally, by: Rule
) -> Iterator[Finding]:
    sum_ = Decimal(part.value) + Decimal(rest.value)
    if sum_ in wholes:
        tally.held += 1
        return
    if len(wholes) != 1:
        return
    ((total, whole),) = wholes.items()
    if abs(total - sum_) > max(total * _NEAR, Decimal(1)):
        return
    tally.failed += 1
    left = show(total - Decimal(part.value))
    words = f"{whole.printed} - {part.printed} = {left}"
    yield by.finding(
        (rest.span,),
        f"ghi còn {rest.printed} {rest.unit or ''}, nhưng chỗ khác ghi tổng số {whole.printed}: {words}",
        f"{rest.printed} are said to be left, elsewhere there are {whole.printed} in all: {words}",
        stated=rest.printed,
        expected=left,
        evidence=(part.span, whole.span),
        suggestion=both("kiểm tra lại số toàn thể, phần và số còn lại", "check the whole, the part and the rest"),
        page=where.block.page,
    )
