"""Rows of a table that a clause names in short: by words that only one label has, or by its kind and one word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graphs.checks.reading.rows import Grid, Line

_WORD_RE = re.compile(r"[^\W\d_]+")
_BRACKET_RE = re.compile(r"\([^()]*\)")
#: Words beside the name of a thing in its clause, which make it no other thing.
_BESIDE_RE = re.compile(
    r"\b(?:nhất|cao|thấp|nhanh|chậm|mạnh|lớn|nhỏ|nhiều|ít|tỷ trọng|là|có|thì|vẫn|đã|nhóm|loại|loại hình"
    r"|lĩnh vực|đơn|về|ở|tại|của|so với|kế hoạch|được|giao|tuyến|cấp|và|mức|tỷ lệ"
    r"|tốc độ|số|đạt|vượt|tăng|giảm|trưởng|hoàn thành|thực hiện|chiếm|năm|qua|trong|nay|trước|giải ngân"
    r"|phát triển)\b",
    re.IGNORECASE,
)
_TWO, _STRANGE = 2, 1


def named_in_short(
    text: str, low: int, high: int, grid: Grid, rows: Sequence[Line]
) -> tuple[Line, int, int] | None:
    """The one row that a clause means, and where it is named; None where it names another thing, or two.

    A name in short is two words or more that stand together in one label and in no other; one word is enough
    behind what all rows are, as the head of their names tells: ``Tuyến xã`` for the row ``Trạm y tế xã``.
    """
    labels = {
        line.at: [word.lower() for word in _WORD_RE.findall(_BRACKET_RE.sub(" ", line.label))] for line in rows
    }
    words = list(_WORD_RE.finditer(text, low, high))
    said = [one.group().lower() for one in words]
    kind = _kind(grid, rows)
    best: tuple[int, int, int] | None = None  # how many words, the first of them, the row
    for first in range(len(said)):
        for count in range(len(said) - first, 0, -1):
            run = said[first : first + count]
            own = [at for at, label in labels.items() if _has(label, run)]
            enough = count >= _TWO or (first > 0 and said[first - 1] == kind)
            if len(own) == 1 and enough and (best is None or count > best[0]):
                if best is not None and best[2] != own[0]:
                    return None
                best = (count, first, own[0])
            elif len(own) == 1 and enough and best is not None and best[2] != own[0]:
                return None
    if best is None:
        return None
    count, first, row = best
    start, end = words[first].start(), words[first + count - 1].end()
    rest = f"{text[low:start]} . {text[end:high]}"
    strange = _WORD_RE.findall(_BESIDE_RE.sub(" ", rest))
    if len(strange) > _STRANGE:
        return None
    return next(line for line in rows if line.at == row), start, end


def _has(label: Sequence[str], run: Sequence[str]) -> bool:
    return any(list(label[at : at + len(run)]) == list(run) for at in range(len(label) - len(run) + 1))


def _kind(grid: Grid, rows: Sequence[Line]) -> str:
    """What all rows are, by the one word over their names; nothing for more."""
    heads = _kinds(grid, rows)
    return next(heads, "")


def _kinds(grid: Grid, rows: Sequence[Line]) -> Iterator[str]:
    for column in range(min(grid.columns, default=0)):
        words = _WORD_RE.findall(grid.head(column).lower())
        if len(words) == 1 and words[0] not in ("stt", "tt"):
            yield words[0]
