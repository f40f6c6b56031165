"""FIG of a rate that names its whole, and was worked out from another one.

``Phải giải quyết 128.832 (tiếp nhận mới 125.425); 71.865 hồ sơ trực tuyến, chiếm 55,8% số tiếp nhận mới`` tells
the share of all that were to be dealt with. Told only where the other whole gives the very rate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from graphs.checks.learned.worked_out import comparable
from graphs.checks.reading.arithmetic import show
from graphs.checks.reading.placed import Placed, placed
from graphs.checks.reading.prose import Stated, everywhere
from graphs.checks.report import Subject, Tally, rule
from graphs.checks.sums.share_of_all import check_share_of_all
from kb.bilingual import both
from kb.models import Finding

#: Words behind a rate that name its whole: ``chiếm 55,8% số tiếp nhận mới``, ``vượt 16,7% so với giá khởi điểm``.
_NAMED_RE = re.compile(
    r"\s*(?:so\s+với|của|trong|trên)?\s*(?:tổng\s+)?(?:số\s+)?(?P<whole>[^\W\d_]+(?:\s+[^\W\d_]+){1,7})"
)
_WORD_RE = re.compile(r"[^\W\d_]+")
#: What tells nothing of what is meant.
_EMPTY_WORDS = (
    "số tổng so với của trong trên các những là có đã được và toàn cả này đó nêu cùng kỳ năm trước tháng quý"
    " kế hoạch dự toán hồ sơ người hộ vụ việc đồng triệu tỷ"
)
_EMPTY = frozenset(_EMPTY_WORDS.split())
#: Before how many there were to be, of which nothing is a share.
_PLAN_RE = re.compile(r"\b(?:kế hoạch|chỉ tiêu|mục tiêu|dự toán|nghị quyết|giao|phấn đấu|đề ra)\b", re.IGNORECASE)
_FEWEST_WORDS, _LABEL = 2, 60


def check_another_whole(subject: Subject, tally: Tally) -> Iterator[Finding]:
    """A rate that names its whole is of that whole."""
    yield from check_share_of_all(subject, tally, ANOTHER_WHOLE)
    for where in everywhere(subject) if not subject.is_rule() else ():
        if "%" not in where.text or len(where.figures) < 4:
            continue
        places = placed(where)
        for told in places:
            part = _part_of(told, places)
            words = _whole_words(told) if part else frozenset()
            if part is None or len(words) < _FEWEST_WORDS:
                continue
            counts = (one for one in _counts(told, part, places) if part.value <= one.value)
            wholes = [one for one in counts if words <= _label(one) and not _PLAN_RE.search(_words_before(one))]
            if any(_gives(told, part, one) or told.told_as(abs(_share(part, one) - 100)) for one in wholes):
                tally.held += 1
            elif len(wholes) == 1 and (others := _others(told, part, wholes[0], places)):
                tally.failed += 1
                yield _finding(where, told, part, wholes[0], others[0])


def _part_of(told: Placed, places: Sequence[Placed]) -> Placed | None:
    """The number right before a rate, in its clause; None for what is no rate of a part."""
    before = places[told.at - 1] if told.at else None
    if before is None or told.sort != "%" or told.of is not None:
        return None
    between = told.where.text[before.end : told.start]
    fits = before.sort not in ("%", "time") and before.of is None and not before.is_name and before.value > 0
    return before if fits and before.sentence == told.sentence and ";" not in between else None


def _whole_words(told: Placed) -> frozenset[str]:
    found = _NAMED_RE.match(told.where.text, told.end)
    return frozenset(_WORD_RE.findall(found["whole"].lower())) - _EMPTY if found else frozenset()


def _counts(told: Placed, part: Placed, places: Sequence[Placed]) -> Iterator[Placed]:
    """What the part may be a part of, before the rate."""
    for one in places[: told.at]:
        fits = one is not part and one.of is None and one.value and one.sort != "%" and not one.is_name
        if fits and comparable(part, one):
            yield one


def _label(one: Placed) -> frozenset[str]:
    """The words before and behind a number, from the figure before to the one that follows."""
    text = one.where.text
    before = re.split(r"[;:(]", text[max(one.low, one.start - _LABEL) : one.start])[-1]
    behind = re.split(r"[;:(),]", text[one.end : min(one.high, one.end + _LABEL)])[0]
    return frozenset(_WORD_RE.findall(f"{before} {behind}".lower()))


def _words_before(one: Placed) -> str:
    return one.where.text[one.low : one.start]


def _gives(told: Placed, part: Placed, whole: Placed) -> bool:
    return told.told_as(_share(part, whole))


def _share(part: Placed, whole: Placed) -> float:
    return part.beside(whole) / whole.beside(part) * 100


def _others(told: Placed, part: Placed, whole: Placed, places: Sequence[Placed]) -> list[Placed]:
    """What gives the very rate in place of the whole that is named."""
    return [one for one in _counts(told, part, places) if one.value != whole.value and _gives(told, part, one)]


def _finding(where: Stated, told: Placed, part: Placed, whole: Placed, other: Placed) -> Finding:
    share = show(Decimal(f"{_share(part, whole):.6f}"), 2)
    sum_ = f"{part.figure.printed} / {whole.figure.printed} = {share}%"
    return ANOTHER_WHOLE.finding(
        (told.figure.span,),
        f"ghi {told.figure.printed}, là tỷ lệ trên {other.figure.printed}; trên số nêu tên thì {sum_}",
        f"{told.figure.printed} is a share of {other.figure.printed}; of the whole that is named it is {sum_}",
        stated=told.figure.printed,
        expected=f"{share}%",
        evidence=(part.figure.span, whole.figure.span, other.figure.span),
        suggestion=both("tính lại tỷ lệ, hoặc ghi đúng mẫu số", "work the rate out again, or name its whole"),
        page=where.block.page,
    )


ANOTHER_WHOLE = rule("FIG-305", check_another_whole)
ANOTHER_WHOLE_RULES = (ANOTHER_WHOLE,)
