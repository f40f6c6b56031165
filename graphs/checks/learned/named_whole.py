"""What a share is of, where the words right behind it name that: ``bằng 20,4% trị giá bốn nhóm quả tươi``."""

from __future__ import annotations

import re

from graphs.checks.reading.placed import Placed
from graphs.checks.reading.telling import carrying_in

_NAMED_RE = re.compile(r"[^,;:.()\d]*")
#: So many words name a whole; of the words of a sentence that tells it so large a part are the same.
_FEWEST, _SHARED = 3, 1 / 3


def is_another_whole(share: Placed, whole: Placed) -> bool:
    """Whether a share names its whole, and a number of a later sentence, of other words, is not that."""
    if whole.sentence <= share.sentence:
        return False
    found = _NAMED_RE.match(share.where.text, share.end, share.high)
    named = carrying_in(found.group().removeprefix("%")) if found else frozenset[str]()
    there = carrying_in(whole.where.text[whole.low : whole.high])
    return len(named) >= _FEWEST and len(named & there) <= _SHARED * len(named)
