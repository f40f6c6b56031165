"""Which column of a table words mean that say which row has the most or the least of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graphs.checks.reading.named import GENERAL, thing_words
from graphs.checks.reading.rows import RATE_RE, Grid

RATE_WORD_RE = re.compile(r"\bt[ỷỉ] lệ\b", re.IGNORECASE)
_ASIDE = thing_words(
    "nhiều ít cao thấp lớn nhỏ đông nhất nhứt là dẫn đứng đầu cuối xếp thứ huyện xã phường thị trấn thành phố"
    " tỉnh địa phương đơn vị cơ quan sở thuộc vị trí hạng đó lĩnh vực"
)


def columns_named(grid: Grid, filled: Sequence[int], said: str, *, beside: bool) -> list[int]:
    """The columns, of those with numbers, whose heads are what is `said`; `beside` right behind the table.

    Where the table is about what else is said, the only head that is said with it.
    """
    rates = [at for at in filled if RATE_RE.search(grid.head(at))]
    of_rate = bool(RATE_WORD_RE.search(said))
    words = thing_words(said) - GENERAL - _ASIDE
    heads = {at: thing_words(grid.head(at)) - GENERAL - _ASIDE for at in (rates if of_rate else filled)}
    # The only rates: their head says no more than the table, or the sentence no more than that they are rates.
    if of_rate and len(rates) == 1 and (words <= thing_words(grid.over) if words else beside):
        return rates
    exact = [
        at
        for at, head in heads.items()
        if words and (words == head or (of_rate and heads.keys() == {at} and head and head < words))
    ]
    within = [at for at, head in heads.items() if head and head < words and words - head <= thing_words(grid.over)]
    return exact or (within if len(within) == 1 and beside and not of_rate else [])
