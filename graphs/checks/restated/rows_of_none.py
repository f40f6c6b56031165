"""What is said not to have been, or to be left no more, and the row of a table that counts some of it.

The row is called by the very words of the claim; the column is that of the year of the paper, or the only one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graphs.checks.reading.rows import Grid, grids
from graphs.checks.report import Subject
from graphs.checks.restated.happened import what_never_was
from graphs.checks.restated.said_of_all import YEAR_RE, Claim
from kb.models import Span

_LEFT_RE = re.compile(r"\bcòn\s+(?P<what>.+)", re.DOTALL)
#: A row counts them: "Tổng số vụ cháy rừng", "Số phòng học tạm".
_COUNT_RE = re.compile(
    r"^\W*(?:(?:tổng số|số lượng|số|trong đó)\s+)*(?:(?:vụ việc|vụ|ca|trường hợp|lượt|cuộc|điểm)\s+)*"
)
_UNIT_RE = re.compile(r"\s*\([^()]*\)\s*|[\s.:;*]+$")
_NO_RESULT_RE = re.compile(
    r"kế hoạch|chỉ tiêu|mục tiêu|dự kiến|dự toán|\bKH\b|cùng kỳ|so\b|tăng|giảm|%|tỷ lệ"
    r"|giai đoạn|trước|đầu (?:năm|kỳ)",
    re.IGNORECASE,
)
_FEWEST = 2


def rows_of_none(subject: Subject, claim: Claim) -> Iterator[tuple[str, Span]]:
    """The rows that count what a claim says there is none of: as printed, and where."""
    what = _what(claim)
    for grid in grids(subject.document) if what else ():
        if (column := _column(subject, grid)) is None:
            continue
        for line in grid.lines:
            if line.value(column) and _plain(line.label) == what:
                yield f"{line.label}: {line.printed(column)}", line.span(column)


def _what(claim: Claim) -> str:
    """What there is none of, as a row would call it; empty where something else is said."""
    if claim.kind != "none" or claim.denies:
        return ""
    never = what_never_was(claim)
    found = None if never else _LEFT_RE.search(claim.clause.text[claim.start : claim.end])
    what = never or (_plain(found["what"]) if found else "")
    return what if len(what.split()) >= _FEWEST else ""


def _column(subject: Subject, grid: Grid) -> int | None:
    """The column of results of the year of the paper; without years in any head the only column of numbers."""
    heads = {at: grid.head(at) for at in grid.columns}
    results = [at for at, head in heads.items() if not _NO_RESULT_RE.search(head)]
    if not any(map(YEAR_RE.search, heads.values())):
        return results[0] if len(heads) == len(results) == 1 else None
    year = str(subject.as_of.year) if subject.as_of else ""
    own = [at for at in results if YEAR_RE.findall(heads[at]) == [year]]
    return own[0] if len(own) == 1 else None


def _plain(label: str) -> str:
    """What a row counts, in small letters.

    >>> _plain("Tổng số vụ cháy rừng (vụ)")
    'cháy rừng'
    """
    return _COUNT_RE.sub("", _UNIT_RE.sub("", " ".join(label.lower().split())))
