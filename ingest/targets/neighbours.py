"""What numbers of one paragraph say of each other: that one goes on from another, that one sets the rest."""

from __future__ import annotations

import re
from decimal import Decimal

from ingest.figures.measures import measure
from ingest.figures.quantities import Quantity
from ingest.targets.levels import MODAL_RE, REQUIRING, read_level
from ingest.targets.rules import EXTREME_RE, PAST_RE, is_rule
from ingest.targets.worded import level_quantities

#: A part that is named before its number: ", trong đó rừng phòng hộ".
_PART_RE = re.compile(r"[^.;:()\d]*,\s*trong đó(?:\s+riêng)?(?:\s+[^\W\d_]+){1,6}\s+", re.IGNORECASE)
_NEXT_PART_RE = re.compile(r"[^.;:()\d]*(?:,|\bvà)\s+(?:[^\W\d_]+\s+){1,6}\d")


def goes_on(sentence: str, last: Quantity, quantity: Quantity) -> bool:
    """Whether a number is set as the level before it is: ``ít nhất 20% số thủ tục và 20% chi phí``.

    >>> text = "giảm ít nhất 20% số thủ tục và 20% chi phí, đạt 90%"
    >>> one, two, three = level_quantities(text)
    >>> goes_on(text, one, two), goes_on(text, two, three)
    (True, False)
    >>> text = "trồng mới 3.000 ha rừng, trong đó rừng phòng hộ 800 ha"
    >>> goes_on(text, *level_quantities(text))
    True
    """
    between = sentence[last.end : quantity.start]
    if _PART_RE.fullmatch(between) and not (last.percent or quantity.percent or last.of or quantity.of):
        whole, part = measure(sentence, last).unit, measure(sentence, quantity).unit
        alike = bool(whole and part) and f"{whole} ".startswith(f"{part} ")
        shared_out = _NEXT_PART_RE.match(sentence, quantity.end)  # "trong đó huyện sửa 20 bến, tỉnh sửa 100 bến"
        return alike and not shared_out and Decimal(quantity.value) < Decimal(last.value)
    if last.percent != quantity.percent or not re.fullmatch(
        r"[^.;:()\d]*(?:\bvà(?:\s+(?:khoảng|trên|hơn))?|,)\s*", between
    ):
        return False
    units = measure(sentence, last).unit, measure(sentence, quantity).unit
    return units[0] is not None and units[0] == units[1] and (quantity.percent is False or between.endswith("và "))


def requires(sentence: str, norm: bool) -> bool:
    """Whether a sentence sets a level by its own words, so that its neighbours may set theirs plainly."""
    for quantity in level_quantities(sentence):
        if not quantity.percent or read_level(sentence, quantity.start, quantity.end)[1] not in REQUIRING:
            continue
        left = sentence[: quantity.start]
        if EXTREME_RE.search(left):
            continue
        rule = is_rule(sentence, quantity, left, listed=False, norm=norm) and not MODAL_RE.search(left)
        if not rule and not PAST_RE.search(left):
            return True
    return False
