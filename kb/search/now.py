"""Who asks for what holds now ("mức lương cơ sở hiện nay") means texts in force, new ones first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kb.bilingual import both
from kb.search.force import ENDED, state_of
from kb.search.rows import day_number
from kb.text.normalize import fold, nfc

#: How such a query was read.
NOW_FIRST = both(
    "hỏi điều đang áp dụng: văn bản mới đứng trước, văn bản đã hết hiệu lực xếp sau",
    "asks what holds now: newer documents first, those no longer in force last",
)
#: What is left of a hit whose document has ended, and what each year of age costs one that has not.
_ENDED_SHARE, _YEAR_SHARE = 0.5, 0.95
#: No document loses more for its age.
_OLDEST = 8
#: The fewest words that must stand before such a wish.
_LEAST_WORDS = 2

# Behind it stands nothing, or words that only ask; "pháp luật hiện hành" is a thing.
_NOW_RE = re.compile(
    r"(?<!phap luat)(?<!van ban)[\s,(]+(?:hien (?:nay|hanh|tai|gio)|bay gio|moi nhat|dang ap dung)"
    r"(?=[\s,)]*(?:la )?(?:bao nhieu|the nao|nhu the nao|ra sao|gi|may)?[\s,.?!)]*$)"
)


def without_now(text: str) -> str | None:
    """What is looked for where a query asks for what holds now; None where it does not.

    >>> without_now("mức lương cơ sở hiện nay là bao nhiêu"), without_now("học phí mới nhất")
    ('mức lương cơ sở là bao nhiêu', 'học phí')
    >>> without_now("pháp luật hiện hành"), without_now("hiện nay"), without_now("tình hình hiện nay của xã")
    (None, None, None)
    """
    found = _NOW_RE.search(fold(nfc(text)))
    if found is None or len(text[: found.start()].split()) < _LEAST_WORDS:
        return None
    return nfc(text)[: found.start()] + nfc(text)[found.end() :]


def now_share(stored: Mapping[str, Any], day: int) -> float:
    """What a record is worth to who asks for what holds on a day (``20250701``).

    >>> old, new = {"issued": "2015-02-03"}, {"issued": "2025-02-03"}
    >>> round(now_share(old, 20250701), 2), now_share(new, 20250701)
    (0.66, 1.0)
    """
    if state_of(stored.get("force", {}), day) == ENDED:
        return _ENDED_SHARE
    issued = day_number(stored["issued"])
    years = (day - issued) // 10000 if issued else _OLDEST
    return float(_YEAR_SHARE ** min(max(years, 0), _OLDEST))
