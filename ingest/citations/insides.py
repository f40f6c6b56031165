"""The unit one stands in, named alone: ``quy định tại khoản này``, ``Điều này được bãi bỏ``.

``điều này`` and ``khoản này`` are everyday words too (``điều này cho thấy``, ``khoản này là chi phí``): what
stands before or behind must make them a place of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.citations.letters import LOWER, NO_LETTER, occurrences
from ingest.citations.pinpoints import PinpointRun

_ENDS = tuple(f"{word}{gap}này" for word in ("iều", "hoản", "iểm", "iết") for gap in " \n")
_HERE_RE = re.compile(rf"(?P<word>[Đđ]iều|[Kk]hoản|[Đđ]iểm|[Tt]iết)[ \n]này{NO_LETTER}")
#: ``theo khoản này``; a point or a small ``điều`` needs the verb as well: ``nêu tại điểm này``.
_LED_RE = re.compile(r"(?<![^\W\d_])(?:tại|theo|ở|trong|quy định[ \n]của)[ \n]$")
_SAID_RE = re.compile(r"(?<![^\W\d_])(?:quy định|nêu|ghi|nói|dẫn|đề cập)[ \n](?:tại|ở|trong|của)[ \n]$")
#: A capital within a sentence is the unit of a law.
_WITHIN_RE = re.compile(rf"[{LOWER}\d,;][ \n]$")
#: What is said of a unit at the beginning of a sentence.
_TOLD_RE = re.compile(
    r"[ \n](?:đã[ \n])?(?:(?:được|bị)[ \n](?:sửa|bổ sung|bãi|thay|hướng dẫn|hợp nhất)|(?:không[ \n])?áp dụng"
    r"|(?:không[ \n]còn|có|hết)[ \n]hiệu lực|quy định)"
)
_LONGEST_WORD = 6
_LEAD = 16


def find_insides(text: str) -> Iterator[PinpointRun]:
    """The units a text names by themselves, in reading order; they have no label.

    >>> text = "Trường hợp quy định tại khoản này; điều này cho thấy. Điều này được bãi bỏ."
    >>> [run.text for run in find_insides(text)]
    ['khoản này', 'Điều này']
    """
    for at in occurrences(text, _ENDS):
        for start in range(at - 1, max(-1, at - _LONGEST_WORD), -1):
            found = _HERE_RE.match(text, start)
            if found:
                if (start == 0 or not text[start - 1].isalpha()) and _is_place(text, found):
                    yield PinpointRun(start, start, " ".join(found.group().split()), (), found.end())
                break


def _is_place(text: str, found: re.Match[str]) -> bool:
    start, word = found.start(), found["word"]
    low = max(0, start - _LEAD)
    if _SAID_RE.search(text, low, start):
        return True
    if (word == "Điều" or word.lower() == "khoản") and _LED_RE.search(text, low, start):
        return True
    if word == "Điều" and _WITHIN_RE.search(text, low, start):
        return True
    return word[0].isupper() and _TOLD_RE.match(text, found.end()) is not None
