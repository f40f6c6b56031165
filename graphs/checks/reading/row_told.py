"""Numbers that running text tells right behind the name of a row that has them: ``Dự án 6 đứng đầu (98%)``."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache

from graphs.checks.reading.placed import Placed
from graphs.checks.reading.rows import Same, grids
from graphs.checks.report import Subject
from kb.models import Document

#: What ends the short name of a row: ``Dự án 6. Truyền thông``, ``Sở Tài chính (thẩm tra)``.
_SHORT_RE = re.compile(r"[.:;(–]\s")
_FEWEST, _REACH = 4, 90


def is_of_row(subject: Subject, told: Placed) -> bool:
    """Whether the words between a number and the one before it name a row of a table that has the number."""
    words = " ".join(told.where.text[max(told.low, told.start - _REACH) : told.start].lower().split())
    values = {told.value, told.value / told.scale}
    for name, cells in _rows(Same(subject.document)).items():
        if not values.isdisjoint(cells) and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words):
            return True
    return False


@lru_cache(maxsize=2)
def _rows(read: Same[Document]) -> dict[str, set[float]]:
    """The numbers of the rows that have a name, by the whole name and by its beginning."""
    found: dict[str, set[float]] = defaultdict(set)
    for grid in grids(read.it):
        for line in grid.lines:
            label = " ".join(line.label.lower().split())
            for name in {label, _SHORT_RE.split(label)[0].rstrip(" .")}:
                if len(name) >= _FEWEST and not line.total:
                    found[name].update(float(line.value(column) or 0) for column in grid.columns)
    return found
